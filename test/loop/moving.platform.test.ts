import { execFileSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readDeclaration, selectTargets } from '../../src/declaration/index.ts'
import { kubernetesEngine } from '../../src/loop/engine.ts'
import type { Engines } from '../../src/loop/engines/index.ts'
import { givenImages } from '../../src/loop/images.ts'
import { type Command, runEnvironment } from '../../src/loop/index.ts'
import type { RunReport } from '../../src/report/report.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from '../platform/use.ts'
import { fakeUnit, memoryLog } from './doubles.ts'

const platform = usePlatform()
let workspace = ''
let namespace = ''
let log = memoryLog()

beforeAll(async () => {
  workspace = await platform.createDirectory('moving')
})
beforeEach(async () => {
  namespace = await platform.createNamespace('moving')
  await rm(workspace, { recursive: true, force: true })
})

/** Folders of ConfigMaps by name, and a declaration. */
async function write(folders: Record<string, string[]>, declaration: string): Promise<void> {
  await rm(path.join(workspace, 'manifests'), { recursive: true, force: true })
  for (const [folder, names] of Object.entries(folders)) {
    const directory = path.join(workspace, 'manifests', folder)
    await mkdir(directory, { recursive: true })
    for (const name of names)
      await writeFile(
        path.join(directory, `${name}.yaml`),
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: b}\n`
      )
  }
  await writeFile(path.join(workspace, 'gitops.yaml'), declaration)
}

/** `environments` with the targets of each, all in this test's namespace. */
function declare(environments: Record<string, string[]>, more = '', within = ''): string {
  const lines = Object.entries(environments).flatMap(([environment, targets]) => [
    `  ${environment}:`,
    `    cluster: {context: ${context()}}`,
    ...(within === '' ? [] : [`    ${within}`]),
    '    targets:',
    ...targets.map(
      (target) => `      ${target}: {manifests: [manifests/${environment}-${target}], namespace: ${namespace}}`
    )
  ])
  return ['version: 1', ...(more === '' ? [] : [more]), 'environments:', ...lines, ''].join('\n')
}

const context = () => kubectl('config', 'current-context').trim()

async function run(
  name: string,
  command: Command['name'],
  only: readonly string[] = [],
  engines: Engines = {}
): Promise<RunReport> {
  log = memoryLog()
  const declaration = await readDeclaration(workspace, 'gitops.yaml')
  const whole = declaration.environments.get(name)
  if (!whole) throw new Error(`no ${name}`)
  const wanted: Command =
    command === 'drift' ? { name: 'drift', heal: 'off', maxChanges: 10, revision: 'head' } : { name: command }
  return runEnvironment(
    {
      name,
      declared: selectTargets(whole, only),
      whole,
      declaration: 'gitops.yaml',
      environments: declaration.environments,
      retireEnvironments: declaration.retire,
      declaredIn: async () => whole,
      images: givenImages(new Map()),
      engines,
      command: wanted
    },
    {
      workspace,
      repository: `acme/${namespace}`,
      engine: kubernetesEngine({ workspace, kubeconfig: platform.kubeconfig, log, exec }),
      exec,
      log
    }
  )
}

function kubectl(...args: string[]): string {
  return execFileSync(platform.bin.kubectl, args, {
    encoding: 'utf8',
    env: { ...process.env, KUBECONFIG: platform.kubeconfig }
  })
}

/** Every ConfigMap with its UID. */
function uids(): Record<string, string> {
  const text = kubectl(
    'get',
    'configmap',
    '-n',
    namespace,
    '-o',
    'jsonpath={range .items[*]}{.metadata.name} {.metadata.uid}{"\\n"}{end}'
  )
  const pairs = text.split('\n').flatMap((line) => {
    const [name, uid] = line.split(' ')
    return name && uid && name !== 'kube-root-ca.crt' ? [[name, uid] as const] : []
  })
  return Object.fromEntries(pairs)
}

/** An engine whose target gives out the kubeconfig of the platform, as that of the cluster which it made. */
function makesCluster(): Engines {
  const outputs = { before: { kubeconfig: platform.kubeconfig }, declared: ['kubeconfig'] }
  return {
    kops: {
      kind: 'kops',
      values: () => new Map(),
      combine: (deployed) => deployed,
      async target() {
        const images = {}
        const output = async () => ''
        return (await fakeUnit('infra', [], { outputs }).open({ workspace, images, output })).target
      }
    }
  }
}

const target = (report: RunReport, id: string) => report.targets.find((one) => one.id === id)
const changes = (report: RunReport, id: string) =>
  target(report, id)?.plan?.changes.map((change) => `${change.action} ${change.resource.name}`)
const notes = (report: RunReport, id: string) => target(report, id)?.plan?.notes.join('\n') ?? ''

describe('an object that moves between declared targets', () => {
  it.each([
    ['in one run', [[]]],
    ['when the old one is deployed first', [['one'], ['two']]],
    ['when the new one is deployed first', [['two'], ['one']]]
  ])('stays the same object %s', async (_when, runs) => {
    await write({ 'prod-one': ['stays', 'moves'], 'prod-two': ['own'] }, declare({ prod: ['one', 'two'] }))
    expect((await run('prod', 'deploy')).status).toBe('succeeded')
    const before = uids()
    await write({ 'prod-one': ['stays'], 'prod-two': ['own', 'moves'] }, declare({ prod: ['one', 'two'] }))

    const preview = await run('prod', 'preview')
    expect(preview.status).toBe('planned')
    expect(changes(preview, 'one')).toEqual([])
    expect(notes(preview, 'one')).toMatch(/moves moves to target "two" of prod/)
    expect(target(preview, 'two')?.plan?.changes).toMatchObject([
      { action: 'update', resource: { name: 'moves' }, reason: 'taken over from target "one" of prod' }
    ])
    for (const only of runs) expect((await run('prod', 'deploy', only)).status).toBe('succeeded')
    expect(uids()).toEqual(before)
    const after = await run('prod', 'deploy')
    expect([changes(after, 'one'), changes(after, 'two')]).toEqual([[], []])
    expect(notes(after, 'one')).toBe('')
  })

  it('stays the same object when it moves to another environment of the same cluster', async () => {
    await write({ 'prod-one': ['stays', 'moves'], 'test-two': ['own'] }, declare({ prod: ['one'], test: ['two'] }))
    for (const name of ['prod', 'test']) expect((await run(name, 'deploy')).status).toBe('succeeded')
    const before = uids()
    await write({ 'prod-one': ['stays'], 'test-two': ['own', 'moves'] }, declare({ prod: ['one'], test: ['two'] }))
    for (const name of ['prod', 'test']) expect((await run(name, 'deploy')).status).toBe('succeeded')
    expect(uids()).toEqual(before)
  })

  it('is refused while both declare it', async () => {
    await write({ 'prod-one': ['both'], 'prod-two': ['own'] }, declare({ prod: ['one', 'two'] }))
    await run('prod', 'deploy')
    await write({ 'prod-one': ['both'], 'prod-two': ['own', 'both'] }, declare({ prod: ['one', 'two'] }))
    const report = await run('prod', 'preview')
    expect(target(report, 'two')?.error?.message).toMatch(/target "one" of prod still declares it/)
  })
})

describe('a target that leaves the declaration', () => {
  const declareBoth = () =>
    write({ 'prod-one': ['a'], 'prod-gone': ['left', 'right'] }, declare({ prod: ['one', 'gone'] }))

  it('stays where it is and is shown in every preview, unless the policy says otherwise', async () => {
    await declareBoth()
    expect((await run('prod', 'deploy')).status).toBe('succeeded')
    await write({ 'prod-one': ['a'] }, declare({ prod: ['one'] }))
    const preview = await run('prod', 'preview')
    expect(preview.status).toBe('planned')
    expect(changes(preview, 'gone')).toEqual([])
    expect(notes(preview, 'gone')).toMatch(
      /"gone" of prod is no longer declared, and its 2 objects stay: .*left, .*right/
    )
    const deployed = await run('prod', 'deploy')
    expect(deployed.status).toBe('succeeded')
    expect(notes(deployed, 'gone')).toMatch(/2 objects stay/)
    expect(Object.keys(uids())).toEqual(['a', 'left', 'right'])
    await run('prod', 'drift')
    expect(log.lines.join('\n')).toMatch(/warning: Target "gone" of prod is no longer declared/)
    // What was chosen is not the whole: nothing is retired by it.
    expect(target(await run('prod', 'deploy', ['one']), 'gone')).toBeDefined()
  })

  it('is deleted with its inventory where the policy says so, but for what asks to be kept', async () => {
    await declareBoth()
    expect((await run('prod', 'deploy')).status).toBe('succeeded')
    kubectl('annotate', 'configmap', 'right', '-n', namespace, 'argocd.argoproj.io/sync-options=Delete=false')
    await write({ 'prod-one': ['a'] }, declare({ prod: ['one'] }, '', 'retire: {objects: delete}'))
    const preview = await run('prod', 'preview')
    expect(changes(preview, 'gone')).toEqual(['delete left'])
    expect(Object.keys(uids())).toEqual(['a', 'left', 'right'])
    const deployed = await run('prod', 'deploy')
    expect(deployed.status).toBe('succeeded')
    expect(notes(deployed, 'gone')).toMatch(/right is no longer declared and is kept: .*Delete=false/)
    expect(Object.keys(uids())).toEqual(['a', 'right'])
    expect(kubectl('get', 'secret', '-n', namespace, '-o', 'name')).toContain('gitops.prod.gone')

    kubectl('annotate', 'configmap', 'right', '-n', namespace, 'argocd.argoproj.io/sync-options-')
    const last = await run('prod', 'deploy')
    expect(changes(last, 'gone')).toEqual(['delete right', 'delete gitops.prod.gone'])
    expect(kubectl('get', 'secret', '-n', namespace, '-o', 'name')).not.toContain('gitops.prod.gone')
    expect(target(await run('prod', 'deploy'), 'gone')).toBeUndefined()
  })

  it('keeps everything where it has more objects than may be deleted', async () => {
    await declareBoth()
    expect((await run('prod', 'deploy')).status).toBe('succeeded')
    await write({ 'prod-one': ['a'] }, declare({ prod: ['one'] }, '', 'retire: {objects: delete, maxPrune: 1}'))
    const report = await run('prod', 'deploy')
    expect(report.status).toBe('succeeded')
    expect(notes(report, 'gone')).toMatch(/Nothing of it is deleted: pruning would delete 2 of 2 objects/)
    expect(Object.keys(uids())).toEqual(['a', 'left', 'right'])
  })

  it('gives what moves to its successor: a target that is renamed loses nothing', async () => {
    await declareBoth()
    expect((await run('prod', 'deploy')).status).toBe('succeeded')
    const old = uids()
    await write(
      { 'prod-one': ['a'], 'prod-renamed': ['left', 'right'] },
      declare({ prod: ['one', 'renamed'] }, '', 'retire: {objects: delete}')
    )
    const report = await run('prod', 'deploy')
    expect(report.status).toBe('succeeded')
    expect(notes(report, 'gone')).toMatch(/left moves to target "renamed" of prod/)
    expect(uids()).toEqual(old)
    const after = await run('prod', 'deploy')
    expect(changes(after, 'gone')).toEqual(['delete gitops.prod.gone'])
    expect(uids()).toEqual(old)
  })

  it('goes with its environment as the policy for environments says', async () => {
    await write({ 'prod-one': ['a'], 'old-web': ['x'] }, declare({ prod: ['one'], old: ['web'] }))
    for (const name of ['prod', 'old']) await run(name, 'deploy')
    await write({ 'prod-one': ['a'] }, declare({ prod: ['one'] }))
    expect(notes(await run('prod', 'preview'), 'old/web')).toMatch(
      /"web" of old is no longer declared, and its one object stays/
    )
    await write({ 'prod-one': ['a'] }, declare({ prod: ['one'] }, 'retire: {objects: delete}'))
    const report = await run('prod', 'deploy')
    expect(changes(report, 'old/web')).toEqual(['delete x', 'delete gitops.old.web'])
    expect(Object.keys(uids())).toEqual(['a'])
  })

  it('is shown with what is left where its namespace was changed, and goes as the policy says', async () => {
    const home = (target: string, rest = '') =>
      `version: 1\nenvironments:\n  prod:\n    cluster: {context: ${context()}}\n    ${rest}\n    targets:\n      web: {manifests: [manifests/prod-web], namespace: ${target}}\n`
    await write({ 'prod-web': ['a'] }, home(namespace))
    expect((await run('prod', 'deploy')).status).toBe('succeeded')
    const next = await platform.createNamespace('moving')
    await write({ 'prod-web': ['a'] }, home(next))
    const moved = await run('prod', 'deploy')
    expect(moved.status).toBe('succeeded')
    expect(notes(moved, 'web')).toMatch(new RegExp(`was deployed with the namespace ${namespace} before`))
    expect(notes(moved, `web@${namespace}`)).toMatch(
      new RegExp(`no longer declared with the namespace ${namespace}, and its one object stays`)
    )
    expect(Object.keys(uids())).toEqual(['a'])

    await write({ 'prod-web': ['a'] }, home(next, 'retire: {objects: delete}'))
    const report = await run('prod', 'deploy')
    expect(report.status).toBe('succeeded')
    expect(changes(report, `web@${namespace}`)).toEqual(['delete a', 'delete gitops.prod.web'])
    expect(Object.keys(uids())).toEqual([])
    expect(kubectl('get', 'configmap', 'a', '-n', next, '-o', 'name').trim()).toBe('configmap/a')
    expect((await run('prod', 'deploy')).targets.map((one) => one.id)).toEqual(['web'])
  })

  it('goes as the policy says from a cluster that a target of the same declaration makes', async () => {
    const declared = (targets: string[], rest = '') =>
      [
        'version: 1',
        'environments:',
        '  prod:',
        `    ${rest}`,
        '    targets:',
        '      infra: {kops: {manifest: gitops.yaml, state: "s3://state"}}',
        ...targets.map(
          (name) => `      ${name}: {manifests: [manifests/prod-${name}], namespace: ${namespace}, dependsOn: [infra]}`
        ),
        ''
      ].join('\n')
    await write({ 'prod-one': ['a'], 'prod-gone': ['left', 'moves'] }, declared(['one', 'gone']))
    expect((await run('prod', 'deploy', [], makesCluster())).status).toBe('succeeded')
    const before = uids()

    await write({ 'prod-one': ['a', 'moves'] }, declared(['one']))
    expect(notes(await run('prod', 'preview', [], makesCluster()), 'gone@infra')).toMatch(
      /"gone" of prod is no longer declared, and its one object stays: .*left/
    )
    await write({ 'prod-one': ['a', 'moves'] }, declared(['one'], 'retire: {objects: delete}'))
    await run('prod', 'deploy', ['one'], makesCluster())
    expect(log.lines.join('\n')).toMatch(/Target "gone" of prod is no longer declared/)
    expect(uids()).toEqual(before)
    const report = await run('prod', 'deploy', [], makesCluster())
    expect(report.status).toBe('succeeded')
    expect(changes(report, 'gone@infra')).toEqual(['delete left', 'delete gitops.prod.gone'])
    expect(uids()).toEqual({ a: before['a'], moves: before['moves'] })
  })
})
