import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { KubernetesDeclaration } from '../../src/declaration/index.ts'
import type { JsonObject } from '../../src/json.ts'
import { type KubernetesEngine, kubernetesUnit } from '../../src/loop/kubernetes-unit.ts'
import type { Unit } from '../../src/loop/unit.ts'
import type { KubernetesObject, RenderedSet } from '../../src/render/manifest.ts'
import type { Cluster } from '../../src/targets/kubernetes/cluster.ts'
import type { KubernetesTargetOptions } from '../../src/targets/kubernetes/options.ts'
import type { Target } from '../../src/targets/target.ts'
import { contextOf, environmentOf, memoryLog, noOutput, recordOf, targetOf } from './doubles.ts'

let folder: string
let workspace: string
let checkout: string
/** What was rendered from where, and what the target was made of. */
let rendered: {
  source: Parameters<KubernetesEngine['render']>[0]
  options: Parameters<KubernetesEngine['render']>[1]
}[]
let made: KubernetesTargetOptions | undefined
let tracked: Set<string>

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'unit-'))
  workspace = path.join(folder, 'workspace')
  checkout = path.join(folder, 'checkout')
  await mkdir(path.join(workspace, 'manifests'), { recursive: true })
  await mkdir(path.join(checkout, 'manifests'), { recursive: true })
  await writeFile(path.join(workspace, 'manifests/a.yaml'), '')
  rendered = []
  made = undefined
  tracked = new Set(['manifests'])
})
afterEach(() => rm(folder, { recursive: true }))

const CLUSTER = {
  version: async () => ({ gitVersion: 'v1.36.3', major: '1', minor: '36' }),
  resources: async () => [
    { group: 'apps', version: 'v1', kind: 'Deployment' },
    { group: '', version: 'v1', kind: 'Service' }
  ]
} as unknown as Cluster

function object(name: string, more: JsonObject = {}, kind = 'ConfigMap'): KubernetesObject {
  return { apiVersion: 'v1', kind, metadata: { name }, ...more }
}

function setOf(objects: readonly KubernetesObject[], more: Partial<RenderedSet> = {}): RenderedSet {
  const manifests = objects.map((one) => ({ object: one, source: { file: 'a.yaml' } }))
  return { manifests, digest: `sha256:${'d'.repeat(64)}`, images: [], ...more }
}

function unitOf(
  declared: KubernetesDeclaration,
  renders: readonly RenderedSet[] = [setOf([object('a')])],
  old: KubernetesDeclaration = declared
): Unit {
  const engine: KubernetesEngine = {
    connect: async () => CLUSTER,
    render: async (source, options) => {
      rendered.push({ source, options })
      return renders[Math.min(rendered.length, renders.length) - 1] ?? setOf([])
    },
    target: async (options) => {
      made = options
      return { id: options.id, kind: 'kubernetes' } as Target
    },
    readDeployment: async () => undefined
  }
  return kubernetesUnit({
    id: 'web',
    declared,
    environment: environmentOf({}, { ignore: [{ kind: 'Job', pointers: ['/spec'] }] }),
    cluster: async () => CLUSTER,
    engine,
    declaredIn: async () => old,
    isTracked: async (location) => tracked.has(location),
    context: contextOf({ workspace }),
    secretKey: Buffer.alloc(32),
    log: memoryLog()
  })
}

test('a chart is rendered for the cluster it is deployed to, its release named like the target', async () => {
  const helm = {
    chart: 'charts/web',
    version: undefined,
    release: undefined,
    values: ['a.yaml'],
    set: new Map([['replicas', '3']]),
    includeCrds: true
  }
  await unitOf(targetOf({ manifests: undefined, helm })).open({ workspace, images: {}, output: noOutput })
  expect(rendered[0]?.source).toEqual({
    type: 'helm',
    chart: 'charts/web',
    release: 'web',
    values: ['a.yaml'],
    set: [['replicas', '3']],
    includeCrds: true,
    kubeVersion: 'v1.36.3',
    apiVersions: ['apps/v1', 'apps/v1/Deployment', 'v1', 'v1/Service']
  })
})

test('an image is put where containers name its repository or its bare name', async () => {
  const reference = 'ghcr.io/acme/web@sha256:abc'
  const set = setOf([object('a')], { images: [reference] })
  await unitOf(targetOf({ images: ['web'] }), [set]).open({ workspace, images: { web: reference }, output: noOutput })
  expect(rendered[0]?.options.images).toEqual([
    { name: 'web', reference },
    { name: 'ghcr.io/acme/web', reference }
  ])
  expect(made?.source.images).toEqual({ web: reference })
})

test('an image that no container uses is refused: it would not be deployed', async () => {
  const set = setOf([object('a')], { images: ['ghcr.io/acme/wep:1'] })
  const unit = unitOf(targetOf({ images: ['web'] }), [set])
  await expect(
    unit.open({ workspace, images: { web: 'ghcr.io/acme/web@sha256:abc' }, output: noOutput })
  ).rejects.toThrow('none of its containers uses ghcr.io/acme/web. They use: ghcr.io/acme/wep:1.')
})

describe('at an earlier commit', () => {
  test('what is deployed comes from there, the policy from the present', async () => {
    const old = targetOf({ manifests: ['old'], prune: true, configChecksums: false })
    await mkdir(path.join(checkout, 'old'))
    const unit = unitOf(targetOf({ manifests: ['manifests'], prune: false }), undefined, old)
    await unit.open({ workspace: checkout, revision: 'a'.repeat(40), images: {}, output: noOutput })
    expect(rendered[0]).toMatchObject({
      source: { paths: ['old'] },
      options: { workspace: checkout, configChecksums: false }
    })
    expect(made?.policy).toMatchObject({ prune: false, ignore: [{ kind: 'Job', pointers: ['/spec'] }] })
  })

  test('the namespace too: one that changed since is not where it was deployed', async () => {
    const old = targetOf({ manifests: ['old'], namespace: 'before' })
    await mkdir(path.join(checkout, 'old'))
    await unitOf(targetOf({ namespace: 'after' }), undefined, old).open({
      workspace: checkout,
      images: {},
      output: noOutput
    })
    expect(made?.namespace).toBe('before')
    expect(rendered[0]?.options.namespace).toBe('before')
  })

  test('manifests that an earlier step made lie in no commit, and are taken as they are', async () => {
    await mkdir(path.join(workspace, 'rendered'))
    const unit = unitOf(targetOf({ manifests: ['rendered/*.yaml'] }))
    const { notes } = await unit.open({ workspace: checkout, images: {}, output: noOutput })
    expect(rendered[0]?.options.workspace).toBe(workspace)
    expect(notes).toEqual(['The manifests lie in no commit; they are taken as they are in the workspace.'])
  })

  test('what lay elsewhere then is refused: the present content is not what was deployed', async () => {
    await mkdir(path.join(workspace, 'moved'))
    tracked.add('moved')
    const unit = unitOf(targetOf({ manifests: ['moved/*.yaml'] }))
    const opened = unit.open({ workspace: checkout, revision: 'c'.repeat(40), images: {}, output: noOutput })
    await expect(opened).rejects.toThrow(`Commit ${'c'.repeat(40)}, which was deployed, has no "moved"`)
  })

  test('what an earlier step made goes with what is committed, which is that of the commit', async () => {
    await mkdir(path.join(workspace, 'made'))
    await writeFile(path.join(workspace, 'made/b.yaml'), 'b')
    const unit = unitOf(targetOf({ manifests: ['manifests', 'made'] }))
    const { notes } = await unit.open({ workspace: checkout, images: {}, output: noOutput })
    expect(rendered[0]?.options.workspace).toBe(checkout)
    expect(await readFile(path.join(checkout, 'made/b.yaml'), 'utf8')).toBe('b')
    expect(notes).toEqual(['What lies in no commit is taken as it is in the workspace: made.'])
  })

  test('manifests that were removed since are still those of that commit', async () => {
    await mkdir(path.join(checkout, 'gone'))
    const { notes } = await unitOf(targetOf({ manifests: ['gone'] })).open({
      workspace: checkout,
      images: {},
      output: noOutput
    })
    expect(rendered[0]?.options.workspace).toBe(checkout)
    expect(notes).toEqual([])
  })
})

describe('a rendering that differs from what was recorded', () => {
  const recorded = recordOf('web', { digest: 'sha256:other' })

  test('is no difference when the digest is the same', async () => {
    const opened = await unitOf(targetOf()).open({ workspace, images: {}, output: noOutput, recorded: recordOf('web') })
    expect(opened).toMatchObject({ reproducible: true, notes: [] })
    expect(rendered).toHaveLength(1)
  })

  test('names the random fields, and leaves exactly them out', async () => {
    const secret = (password: string) => object('db', { stringData: { password, user: 'shop' } }, 'Secret')
    const unit = unitOf(targetOf(), [setOf([secret('x'), object('a')]), setOf([secret('y'), object('a')])])
    const opened = await unit.open({ workspace, images: {}, output: noOutput, recorded })
    expect(opened.reproducible).toBe(false)
    expect(opened.notes.join()).toContain('it draws random values, in Secret/db (/stringData/password)')
    expect(made?.policy.ignore.slice(1)).toEqual([
      { group: '', kind: 'Secret', name: 'db', pointers: ['/stringData/password', '/data/password'] }
    ])
  })

  test('leaves out objects with a random name, so that healing does not make new ones every night', async () => {
    const unit = unitOf(targetOf(), [setOf([object('job-x1'), object('a')]), setOf([object('job-y2'), object('a')])])
    const opened = await unit.open({ workspace, images: {}, output: noOutput, recorded })
    expect(made?.manifests.map(({ object: one }) => one.metadata.name)).toEqual(['a'])
    expect(opened.notes.join()).toContain('ConfigMap/job-x1 (its name)')
  })

  test('that is stable in itself is laid to the tools', async () => {
    const opened = await unitOf(targetOf()).open({ workspace, images: {}, output: noOutput, recorded })
    expect(opened.notes.join()).toContain('the version of helm, of kustomize or of the cluster may be another one')
    expect(made?.policy.ignore.slice(1)).toEqual([])
  })
})
