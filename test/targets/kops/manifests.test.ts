import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import { readManifests } from '../../../src/targets/kops/manifests.ts'

const MANIFEST = readFileSync(path.join(import.meta.dirname, 'fixtures/cluster.yaml'), 'utf8')
const folder = mkdtempSync(path.join(tmpdir(), 'kops-manifests-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function read(text: string, cluster?: string) {
  writeFileSync(path.join(folder, 'cluster.yaml'), text)
  return readManifests({ checkout: folder, manifests: ['cluster.yaml'], ...(cluster === undefined ? {} : { cluster }) })
}

async function refusal(text: string, cluster?: string): Promise<string> {
  try {
    await read(text, cluster)
  } catch (error) {
    if (error instanceof GitOpsError) return [error.message, ...error.details].join('\n')
    throw error
  }
  throw new Error('it was read')
}

const group = (name: string, cluster = 'shop.example.com') =>
  `---\napiVersion: kops.k8s.io/v1alpha2\nkind: InstanceGroup\nmetadata: {name: ${name}, labels: {kops.k8s.io/cluster: ${cluster}}}\nspec: {role: Node}\n`

test('a cluster with its instance groups is read with places', async () => {
  const declared = await read(MANIFEST)
  expect(declared.cluster).toMatchObject({ name: 'shop.example.com', source: { file: 'cluster.yaml', line: 1 } })
  expect(declared.instanceGroups.map((one) => one.name)).toEqual(['control-plane-us-east-1a', 'nodes'])
})

test('files of a folder are read together', async () => {
  const [cluster = '', ...groups] = MANIFEST.split('---\n')
  const many = mkdtempSync(path.join(folder, 'many-'))
  writeFileSync(path.join(many, 'a.yaml'), groups.join('---\n'))
  writeFileSync(path.join(many, 'b.yaml'), cluster)
  writeFileSync(path.join(many, 'notes.txt'), 'no manifest')
  const declared = await readManifests({ checkout: folder, manifests: [path.basename(many)] })
  expect(declared.instanceGroups).toHaveLength(2)
})

describe('what kops would refuse, or take for something else, is refused with its place', () => {
  test.each<[string, string, RegExp]>([
    [
      'a kind of something else',
      `${MANIFEST}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n`,
      /cluster\.yaml:67: the kind ConfigMap is none that kops replaces/
    ],
    ['another API', MANIFEST.replace('kops.k8s.io/v1alpha2', 'kops.k8s.io/v1'), /apiVersion kops\.k8s\.io\/v1 is none/],
    ['no Cluster', group('nodes'), /No Cluster is declared/],
    ['two Clusters', `${MANIFEST}---\n${MANIFEST.split('---\n')[0]}`, /a second Cluster: one target is one cluster/],
    [
      'a group of another cluster',
      MANIFEST + group('batch', 'other.example.com'),
      /belongs to the cluster "other\.example\.com"/
    ],
    [
      'a group without a cluster',
      MANIFEST.replace('    kops.k8s.io/cluster: shop.example.com\n', '    a: b\n'),
      /needs the label kops\.k8s\.io\/cluster: shop\.example\.com/
    ],
    ['a group twice', MANIFEST + group('nodes'), /"nodes" is declared twice/],
    ['a name that is a path', MANIFEST + group('../../evil'), /must be of lower case letters/],
    ['a name that is an option', MANIFEST + group('"--yes"'), /must be of lower case letters/],
    ['what is no YAML', 'kind: Cluster\nspec: [a\n', /cluster\.yaml:\d+/],
    ['a template that was not rendered', MANIFEST.replace('t3.medium', '{{ .type }}'), /cluster\.yaml:\d+/],
    [
      'a list of objects',
      `apiVersion: v1\nkind: List\nitems:\n- ${MANIFEST.split('---')[0]?.split('\n').join('\n  ')}`,
      /the kind List is none/
    ],
    ['a list', '- a\n- b\n', /needs apiVersion and kind/]
  ])('%s', async (_, text, reason) => {
    expect(await refusal(text)).toMatch(reason)
  })

  test('another cluster than the one that is expected', async () => {
    expect(await refusal(MANIFEST, 'prod.example.com')).toContain(
      'this is the Cluster "shop.example.com", but the target is "prod.example.com": kops cannot rename a cluster'
    )
  })

  test('a path out of the checkout', async () => {
    await expect(readManifests({ checkout: folder, manifests: ['../../etc/hosts'] })).rejects.toThrow(
      'leaves the workspace'
    )
  })
})

test('a role that kops does not know: file, line and group are named', async () => {
  const text = MANIFEST.replace('role: Node', 'role: Nodes')
  const line = text.split('\n').indexOf('  role: Nodes') + 1
  expect(await refusal(text)).toBe(
    `cluster.yaml:${line}: the InstanceGroup "nodes" has the role "Nodes", and kops knows ControlPlane, Master, Node, APIServer, Bastion: Node was probably meant.`
  )
})
