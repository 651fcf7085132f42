import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type BundleRun, runBundle } from '../actions/run-bundle.ts'
import { repository, type Sample } from '../image/sample.ts'
import { usePlatform } from '../platform/use.ts'

const platform = usePlatform()
let namespace: string

beforeEach(async () => {
  namespace = await platform.createNamespace('healing')
})

const deployment = (replicas: number) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  minReadySeconds: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web:1}]}
`
const FILES = {
  'deploy/web.yaml': deployment(2),
  'deploy/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {greeting: hello}\n',
  'deploy/web-service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n'
}

/** Every run is a process of its own: what one knows of another lies in the cluster. */
function run(action: string, workspace: string, inputs: Record<string, string> = {}): Promise<BundleRun> {
  return runBundle(action, {
    inputs: {
      manifests: 'deploy',
      target: 'web',
      namespace,
      kubeconfig: platform.kubeconfig,
      wait: 'false',
      ...inputs
    },
    workspace,
    path: platform.path,
    entry: path.resolve(import.meta.dirname, `../../actions/${action}/main.ts`)
  })
}

const heal = (sample: Sample, inputs: Record<string, string> = {}) =>
  run('drift-check', sample.root, { heal: 'automatic', ...inputs })

async function deployed(): Promise<Sample> {
  const sample = repository(FILES)
  expect((await run('deploy', sample.root)).outputs['status']).toBe('succeeded')
  return sample
}

const kubectl = (...args: string[]) => platform.kubectl(['-n', namespace, ...args])
const scale = (replicas: number) => kubectl('scale', 'deployment', 'web', `--replicas=${replicas}`)
const greet = (text: string) => kubectl('patch', 'configmap', 'settings', '-p', `{"data":{"greeting":"${text}"}}`)
const replicas = () => kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}')
const greeting = () => kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data.greeting}')

// Each of them is about ten processes: seconds on a quiet machine, minutes on one that others keep busy.
describe('a fight', { timeout: 300_000 }, () => {
  test('over a field ends after three healings: the opponent is named, a rule is proposed, and the rest is healed', async () => {
    using sample = await deployed()
    for (let night = 1; night <= 3; night++) {
      await scale(5)
      expect((await heal(sample)).outputs['status']).toBe('healed')
    }
    await scale(5)
    await kubectl('patch', 'deployment', 'web', '-p', '{"spec":{"minReadySeconds":9}}')
    await greet('hacked')
    const fourth = await heal(sample)
    expect(fourth.log).not.toContain('::error')
    expect(fourth.outputs).toMatchObject({ status: 'drifted', healed: '2' })
    // The same object's other field is put back, the fought one is left alone.
    expect(await kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas} {.spec.minReadySeconds}')).toBe(
      '5 1'
    )
    expect(await greeting()).toBe('hello')
    expect(fourth.log).toMatch(/::warning.*spec\.replicas of apps\/Deployment\/.*put back 3 times since .*kubectl/)
    expect(fourth.summary).toMatch(
      /`spec\.replicas` of `.*web`: put back 3 times since .*, and kubectl changes it each/
    )
    const [, proposal = ''] = /```yaml\nignore:\n([\s\S]*?)```/.exec(fourth.summary) ?? []
    expect(proposal).toContain('- "spec.replicas"')

    // Pasted as it stands, the rule settles it, and with it the fight is forgotten.
    const settled = await heal(sample, { 'ignore-differences': proposal })
    expect(settled.outputs['status']).toBe('in-sync')
    expect((await heal(sample)).outputs['status']).toBe('healed')
    expect(await replicas()).toBe('2')
  })

  test('ends when another value is deployed, and not with a deploy that declares the same', async () => {
    using sample = await deployed()
    for (let night = 1; night <= 3; night++) {
      await greet('hacked')
      const healed = await heal(sample)
      expect(healed.outputs['status'], healed.log).toBe('healed')
      expect(healed.log).not.toContain('cannot be remembered')
    }
    sample.write('deploy/web.yaml', deployment(3))
    sample.git('commit', '--quiet', '-a', '-m', 'more pods')
    expect((await run('deploy', sample.root)).outputs['status']).toBe('succeeded')
    await greet('hacked')
    const fourth = await heal(sample)
    expect(fourth.outputs['status'], fourth.log).toBe('drifted')
    sample.write('deploy/settings.yaml', FILES['deploy/settings.yaml'].replace('hello', 'welcome'))
    sample.git('commit', '--quiet', '-a', '-m', 'another greeting')
    await run('deploy', sample.root)
    await greet('hacked')
    expect((await heal(sample)).outputs['status']).toBe('healed')
    expect(await greeting()).toBe('welcome')
  })

  test('over what a controller adds each time ends alike, and the rule leaves the rest of the object to healing', async () => {
    using sample = await deployed()
    // As an autoscaler of somebody's own does it: by the subresource, and a container beside that.
    const controller = async () => {
      const patch = (body: unknown, ...more: string[]) =>
        kubectl('patch', 'deployment', 'web', '--field-manager=acme-scaler', '-p', JSON.stringify(body), ...more)
      await patch({ spec: { replicas: 7 } }, '--subresource=scale', '--type=merge')
      const containers = [{ name: 'side', image: 'side:1' }]
      await patch({ spec: { template: { metadata: { annotations: { 'acme.io/x': '1' } }, spec: { containers } } } })
    }
    const revert = { 'foreign-fields': 'revert' }
    for (let night = 1; night <= 3; night++) {
      await controller()
      expect((await heal(sample, revert)).outputs['status']).toBe('healed')
    }
    await controller()
    await greet('hacked')
    const fourth = await heal(sample, revert)
    expect(fourth.outputs).toMatchObject({ status: 'drifted', healed: '1' })
    expect(fourth.summary).toMatch(
      /put back 3 times since .*, and acme-scaler changes it each time: healing has stopped/
    )
    expect(await replicas()).toBe('7')
    const proposals = [...fourth.summary.matchAll(/```yaml\nignore:\n([\s\S]*?)```/g)].map(([, rules = '']) => rules)
    const rules = proposals.join('')
    expect(rules).toContain('containers[name=side]')
    const settled = await heal(sample, { ...revert, 'ignore-differences': rules })
    expect(settled.log).not.toContain('::error')
    expect(settled.outputs['status']).toBe('in-sync')
    await kubectl('patch', 'deployment', 'web', '-p', '{"spec":{"minReadySeconds":9}}')
    expect((await heal(sample, { ...revert, 'ignore-differences': rules })).outputs['status']).toBe('healed')
    expect(await replicas()).toBe('7')
  })

  test('is none where a person errs twice', async () => {
    using sample = await deployed()
    for (let night = 1; night <= 3; night++) {
      await scale(4 + night)
      expect((await heal(sample)).outputs['status']).toBe('healed')
      expect(await replicas()).toBe('2')
    }
  })

  test('over an object that is deleted each time proposes to leave it out', async () => {
    using sample = await deployed()
    for (let night = 1; night <= 3; night++) {
      await kubectl('delete', 'service', 'web')
      expect((await heal(sample)).outputs['status']).toBe('healed')
    }
    await kubectl('delete', 'service', 'web')
    const fourth = await heal(sample)
    expect(fourth.outputs).toMatchObject({ status: 'drifted', missing: '1', healed: '0' })
    expect(fourth.summary).toContain(`- "Service/${namespace}/web"`)
    expect((await heal(sample, { 'heal-except': `Service/${namespace}/web` })).log).not.toContain('::error')
  })
})

describe('break-glass', () => {
  const annotate = (until: string) =>
    kubectl('annotate', '--overwrite', 'deployment', 'web', `gitops-actions.dev/pause-healing-until=${until}`)

  test('an annotation on an object is no drift, leaves it alone, is told in every report, and ends by itself', async () => {
    using sample = await deployed()
    await annotate('2999-01-01')
    await kubectl('annotate', 'deployment', 'web', 'gitops-actions.dev/pause-healing-reason=incident 4711')
    const quiet = await heal(sample)
    expect(quiet.outputs['status']).toBe('in-sync')
    expect(quiet.summary).toMatch(/paused until 2999-01-01 by kubectl-annotate .*, because: incident 4711/)
    await scale(5)
    await greet('hacked')
    const paused = await heal(sample)
    expect(paused.outputs).toMatchObject({ status: 'drifted', drifted: '2', healed: '1' })
    expect([await replicas(), await greeting()]).toEqual(['5', 'hello'])
    expect((await run('drift-check', sample.root)).summary).toContain('healing is paused until 2999-01-01')
    await annotate('2020-01-01T10:00:00Z')
    expect((await heal(sample)).outputs['status']).toBe('healed')
    expect(await replicas()).toBe('2')
  })

  test('a date that cannot be read leaves the object alone for a day, and says so', async () => {
    using sample = await deployed()
    await annotate('tomorrow')
    await scale(5)
    const check = await heal(sample)
    expect(check.outputs).toMatchObject({ status: 'drifted', healed: '0' })
    expect(check.log).toMatch(/::warning.*pause-healing-until is "tomorrow", but must be a date such as 2026-12-01/)
    expect(check.summary).toMatch(/healing is paused until .* by kubectl-annotate .*, for a day only: /)
    expect(await replicas()).toBe('5')
  })

  test('a whole target is paused by an input, until its date', async () => {
    using sample = await deployed()
    await scale(5)
    const paused = await heal(sample, { 'pause-until': '2999-01-01', 'pause-reason': 'migration' })
    expect(paused.outputs).toMatchObject({ status: 'drifted', drifted: '1', healed: '0' })
    expect(paused.summary).toContain('paused until 2999-01-01 by the input pause-until, because: migration')
    expect((await heal(sample, { 'pause-until': '2020-01-01' })).outputs['status']).toBe('healed')
  })
})

test('what healing may not touch is reported, and the rest is put back', async () => {
  using sample = await deployed()
  const tamper = async () => {
    await scale(5)
    await greet('hacked')
    await kubectl('delete', 'service', 'web')
  }
  await tamper()
  const except = await heal(sample, { 'heal-except': 'Deployment.apps\nService/web' })
  expect(except.outputs).toMatchObject({ status: 'drifted', drifted: '3', healed: '1' })
  expect(except.summary).toContain('except: Deployment.apps')
  expect([await replicas(), await greeting()]).toEqual(['5', 'hello'])
  await greet('hacked')
  const only = await heal(sample, { 'heal-only': 'Service', 'max-changes': '1' })
  expect(only.outputs).toMatchObject({ status: 'drifted', drifted: '3', healed: '1' })
  expect(await greeting()).toBe('hacked')
})

test('whoever edits the inventory cannot make healing apply a commit that nobody has accepted', async () => {
  using sample = await deployed()
  const accepted = sample.git('rev-parse', 'HEAD').trim()
  sample.git('switch', '--quiet', '--detach')
  sample.write('deploy/settings.yaml', FILES['deploy/settings.yaml'].replace('hello', 'evil'))
  sample.git('commit', '--quiet', '-a', '-m', 'of a fork')
  const foreign = sample.git('rev-parse', 'HEAD').trim()
  sample.git('switch', '--quiet', '-')
  const secret = 'secret/gitops.default.web'
  const encoded = await kubectl('get', secret, '-o', 'jsonpath={.data.record}')
  const record = Buffer.from(encoded, 'base64').toString('utf8').replaceAll(accepted, foreign)
  const data = { record: Buffer.from(record).toString('base64') }
  await kubectl('patch', secret, '--type', 'merge', '-p', JSON.stringify({ data }))
  await kubectl('delete', 'service', 'web')
  const check = await heal(sample)
  expect(check.outputs).toMatchObject({ status: 'drifted', healed: '0' })
  expect(check.log).toMatch(/Nothing is healed: the record of what was deployed was edited by kubectl-patch/)
  expect(await greeting()).toBe('hello')
})
