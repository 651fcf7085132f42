import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { render } from '../../src/render/index.ts'
import { writeManifests } from '../../src/render/output.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { errorOf, folder, keepLog, manifests } from './support.ts'

const SET = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "system:web"}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web, namespace: shop}
data: {key: "line\\r\\n", big: "9007199254740993", yes: "no"}
`

const visible = (directory: string) => readdirSync(directory).filter((name) => !name.startsWith('.'))

function read(workspace: string, ...paths: string[]) {
  return render({ type: 'manifests', paths }, { workspace, images: [], configChecksums: true, log: keepLog(), exec })
}

describe('writes a set of objects', () => {
  test('one file each, by names that work everywhere', async () => {
    const workspace = folder()
    await writeManifests(manifests(SET), 'out/web', workspace)
    expect(visible(path.join(workspace, 'out/web'))).toEqual([
      expect.stringMatching(/^clusterrole\.rbac\.authorization\.k8s\.io_system-web-[0-9a-f]{8}\.yaml$/),
      'namespace_shop.yaml',
      'shop_configmap_web.yaml',
      'shop_deployment.apps_web.yaml'
    ])
    expect(readFileSync(path.join(workspace, 'out/web/shop_deployment.apps_web.yaml'), 'utf8')).toBe(
      '# Source: f.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\n'
    )
  })

  test('of which other users of the machine cannot read a Secret', async () => {
    const workspace = folder()
    const set = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: shop}\nstringData: {password: x}\n'
    await writeManifests(manifests(set), 'out', workspace)
    expect(statSync(path.join(workspace, 'out/shop_secret_db.yaml')).mode & 0o077).toBe(0)
  })

  test('that reads back to the same digest, again and again', async () => {
    const workspace = folder({ 'k8s/set.yaml': SET })
    const first = await read(workspace, 'k8s')
    await writeManifests(first.manifests, 'out', workspace)
    const second = await read(workspace, 'out')
    expect(second.digest).toBe(first.digest)
    const files = visible(path.join(workspace, 'out'))
    await writeManifests(second.manifests, 'out', workspace)
    expect(visible(path.join(workspace, 'out'))).toEqual(files)
    expect((await read(workspace, 'out')).digest).toBe(first.digest)
  })

  test('the same whatever the order of the objects', async () => {
    const workspace = folder()
    await writeManifests(manifests(SET), 'a', workspace)
    await writeManifests(manifests(SET).reverse(), 'b', workspace)
    const content = (directory: string) =>
      visible(path.join(workspace, directory)).map((name) => [
        name,
        readFileSync(path.join(workspace, directory, name), 'utf8')
      ])
    expect(content('b')).toEqual(content('a'))
  })

  test('and removes what an earlier run wrote and this one does not', async () => {
    const workspace = folder()
    await writeManifests(manifests(SET), 'out', workspace)
    await writeManifests(manifests('{apiVersion: v1, kind: Secret, metadata: {name: a}}'), 'out', workspace)
    expect(visible(path.join(workspace, 'out'))).toEqual(['secret_a.yaml'])
  })

  test('with names of any length and the same name twice', async () => {
    const workspace = folder()
    const hook = (when: string) =>
      `{apiVersion: batch/v1, kind: Job, metadata: {name: a, annotations: {helm.sh/hook: ${when}}}}`
    const long = (end: string) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${'x'.repeat(252)}${end}}}`
    await writeManifests(
      manifests([hook('pre-install'), hook('post-install'), long('a'), long('b')].join('\n---\n')),
      'out',
      workspace
    )
    const names = visible(path.join(workspace, 'out'))
    expect(names).toHaveLength(4)
    expect(names.every((name) => name.length <= 200)).toBe(true)
    expect((await read(workspace, 'out')).manifests).toHaveLength(4)
  })

  test('and no file name of theirs leaves the directory or is hidden', async () => {
    const workspace = folder()
    const named = (kind: string, name: string) =>
      `{apiVersion: v1, kind: ${kind}, metadata: {name: ${JSON.stringify(name)}}}`
    await writeManifests(
      manifests([named('A', '..x'), named('.B', 'y'), named('C', 'a\nb'), named('D', 'ü')].join('\n---\n')),
      'out',
      workspace
    )
    expect(readdirSync(workspace)).toEqual(['out'])
    expect(visible(path.join(workspace, 'out'))).toHaveLength(4)
    expect((await read(workspace, 'out')).manifests).toHaveLength(4)
    // Names with a slash are not even read.
    expect(() => manifests(named('A', '../../x'))).toThrow('cannot be part of a URL')
  })
})

describe('leaves alone', () => {
  test('a directory with files of others, and changes nothing in it', async () => {
    const workspace = folder({ 'k8s/own.yaml': 'a: 1', 'k8s/notes.txt': '' })
    const error = await errorOf(() => writeManifests(manifests(SET), 'k8s', workspace))
    expect(error.message).toBe(
      'The output directory "k8s" holds files that are not of an earlier run: notes.txt, own.yaml.'
    )
    expect(readdirSync(path.join(workspace, 'k8s'))).toEqual(['notes.txt', 'own.yaml'])
  })

  test('a file that somebody put beside ours', async () => {
    const workspace = folder()
    await writeManifests(manifests(SET), 'out', workspace)
    writeFileSync(path.join(workspace, 'out/extra.yaml'), '')
    expect((await errorOf(() => writeManifests(manifests(SET), 'out', workspace))).message).toContain(
      'earlier run: extra.yaml.'
    )
    expect(visible(path.join(workspace, 'out'))).toHaveLength(5)
  })

  test('whatever a forged marker names', async () => {
    const workspace = folder({
      'keep.yaml': 'a: 1',
      'out/.gitops-actions-rendered.json': '{"files": ["../keep.yaml", "sub/x.yaml", 1, ".hidden"]}'
    })
    await writeManifests(manifests(SET), 'out', workspace)
    expect(readFileSync(path.join(workspace, 'keep.yaml'), 'utf8')).toBe('a: 1')
  })

  test('the workspace itself, a file, and what lies outside', async () => {
    const outside = folder()
    const workspace = folder({ file: '' })
    mkdirSync(path.join(workspace, 'sub'))
    symlinkSync(outside, path.join(workspace, 'link'))
    for (const [output, message] of [
      ['.', 'is the workspace itself'],
      ['sub/..', 'is the workspace itself'],
      ['file', 'it is a file'],
      ['../x', 'leaves the workspace'],
      ['link', 'leaves the workspace'],
      ['link/new', 'leaves the workspace']
    ] as const)
      expect((await errorOf(() => writeManifests(manifests(SET), output, workspace))).message).toContain(message)
    expect(readdirSync(outside)).toEqual([])
  })
})
