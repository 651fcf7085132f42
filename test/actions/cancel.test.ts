import { rmSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { repository } from '../image/sample.ts'
import { openGate, type Passing } from '../platform/gate.ts'
import { usePlatform } from '../platform/use.ts'
import { type BundleOptions, type BundleRun, runBundle } from './run-bundle.ts'

const platform = usePlatform()

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: b}\n`
const CONFIG_MAPS = { 'deploy/a.yaml': configMap('a'), 'deploy/b.yaml': configMap('b') }

/**
 * Cancels as GitHub does: SIGINT, then SIGTERM, then it kills. It waits longer than GitHub, so that a slow machine is
 * no failure; that the run ends by itself is what counts, since what it waits for never comes.
 */
function cancelling() {
  let kill: (signal: NodeJS.Signals) => void = () => {}
  let cancelled = false
  const timers: NodeJS.Timeout[] = []
  return {
    onOutput: (_text: string, send: (signal: NodeJS.Signals) => void) => {
      kill = send
    },
    now() {
      if (cancelled) return
      cancelled = true
      kill('SIGINT')
      timers.push(
        setTimeout(() => kill('SIGTERM'), 15_000),
        setTimeout(() => kill('SIGKILL'), 20_000)
      )
    },
    die: () => kill('SIGKILL'),
    done: () => timers.forEach(clearTimeout)
  }
}

async function deploy(workspace: string, namespace: string, kubeconfig: string, rest: Partial<BundleOptions> = {}) {
  const inputs = { manifests: 'deploy', target: 'web', namespace, kubeconfig, timeout: '5m', 'max-prune': '100%' }
  return runBundle('deploy', { inputs, workspace, path: platform.path, ...rest })
}

const leases = (namespace: string) => platform.kubectl(['-n', namespace, 'get', 'lease', '-o', 'name'])
const objects = async (namespace: string) => {
  const text = await platform.kubectl(['-n', namespace, 'get', 'configmap', '-o', 'name'])
  return text.split('\n').filter((line) => line !== '' && !line.endsWith('kube-root-ca.crt'))
}
async function recordedStatus(namespace: string): Promise<unknown> {
  const path = 'jsonpath={.data.record}'
  const encoded = await platform.kubectl(['-n', namespace, 'get', 'secret', 'gitops.default.web', '-o', path])
  return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')).status
}

/** Deploys through a gate that holds what `held` says, and cancels when the first such request is there. */
async function cancelAt(
  sample: { root: string },
  namespace: string,
  held: (request: Passing) => boolean
): Promise<BundleRun> {
  const gate = await openGate(platform)
  onTestFinished(gate.close)
  const cancel = cancelling()
  gate.rule = (request) => {
    if (!held(request)) return 'pass'
    cancel.now()
    return 'hold'
  }
  const run = await deploy(sample.root, namespace, gate.kubeconfig, { onOutput: cancel.onOutput })
  cancel.done()
  return run
}

function expectInOrder(run: BundleRun): void {
  expect(run.code, run.log).toBe(1) // not killed
  expect(run.log).toContain('The run was cancelled (SIGINT)')
  expect(run.log).not.toContain('Unexpected error')
  expect(run.outputs).toMatchObject({ status: 'cancelled' })
  expect(run.outputs['report']).toMatch(/deploy-default\.json$/)
  expect(run.summary).toContain('cancelled')
  expect(run.state).toMatchObject({ STATE_begun: 'true', STATE_ended: 'true' })
}

describe('a deploy that is cancelled ends by itself, says what it did and lets go of its lease', () => {
  test.each([
    ['while it plans', (one: Passing) => one.method === 'GET' && one.url.includes('/configmaps?')],
    ['during pre-flight', (one: Passing) => one.method === 'PATCH' && one.dryRun]
  ])('%s', async (_when, held) => {
    using sample = repository(CONFIG_MAPS)
    const namespace = await platform.createNamespace('cancel')
    const run = await cancelAt(sample, namespace, held)
    expectInOrder(run)
    expect(run.outputs).toMatchObject({ created: '0' })
    expect(await objects(namespace)).toEqual([])
    expect(await leases(namespace)).toBe('')
  })

  test('while it applies: the others of the level are done, nothing after them, and the record says so', async () => {
    using sample = repository({
      ...CONFIG_MAPS,
      'deploy/late.yaml': configMap('late').replace(
        '{name: late}',
        '{name: late, annotations: {argocd.argoproj.io/sync-wave: "1"}}'
      )
    })
    const namespace = await platform.createNamespace('cancel')
    const run = await cancelAt(
      sample,
      namespace,
      (one) => one.method === 'PATCH' && !one.dryRun && one.url.includes('/configmaps/b?')
    )
    expectInOrder(run)
    expect(run.outputs).toMatchObject({ created: '1' })
    expect(await objects(namespace)).toEqual(['configmap/a'])
    expect(await leases(namespace)).toBe('')
    expect(await recordedStatus(namespace)).toBe('failed')

    const again = await deploy(sample.root, namespace, platform.kubeconfig)
    expect(again.outputs).toMatchObject({ status: 'succeeded', created: '2', unchanged: '1' })
    expect(await recordedStatus(namespace)).toBe('succeeded')
  })

  test('while it waits', async () => {
    const behaviour = 'platform.gitops-actions.dev/behaviour: never-ready'
    using sample = repository({
      'deploy/web.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: web, annotations: {${behaviour}}}\nspec: {containers: [{name: web, image: web}]}\n`
    })
    const namespace = await platform.createNamespace('cancel')
    const cancel = cancelling()
    const run = await deploy(sample.root, namespace, platform.kubeconfig, {
      onOutput(text, send) {
        cancel.onOutput(text, send)
        if (text.includes('to become healthy')) cancel.now()
      }
    })
    cancel.done()
    expectInOrder(run)
    expect(run.outputs).toMatchObject({ created: '1' })
    expect(await leases(namespace)).toBe('')
    expect(await recordedStatus(namespace)).toBe('failed')
  })

  test('while it prunes: what was not deleted is deleted by the next', async () => {
    using sample = repository({ ...CONFIG_MAPS, 'deploy/old.yaml': configMap('old') })
    const namespace = await platform.createNamespace('cancel')
    expect((await deploy(sample.root, namespace, platform.kubeconfig)).code).toBe(0)
    rmSync(sample.path('deploy/old.yaml'))
    const run = await cancelAt(sample, namespace, (one) => one.method === 'DELETE' && one.url.includes('/configmaps/'))
    expectInOrder(run)
    expect(run.outputs).toMatchObject({ pruned: '0' })
    expect(await leases(namespace)).toBe('')
    expect((await deploy(sample.root, namespace, platform.kubeconfig)).outputs).toMatchObject({ pruned: '1' })
    expect(await objects(namespace)).toEqual(['configmap/a', 'configmap/b'])
  })
})

describe('the post step', () => {
  async function post(namespace: string, kubeconfig: string, env: Readonly<Record<string, string>>) {
    return deploy('/', namespace, kubeconfig, { file: 'post.js', env })
  }

  test('releases the lease of a run that was killed, and says that it was cut off', async () => {
    using sample = repository(CONFIG_MAPS)
    const namespace = await platform.createNamespace('cancel')
    const gate = await openGate(platform)
    onTestFinished(gate.close)
    const cancel = cancelling()
    gate.rule = (one) => {
      if (one.method !== 'PATCH' || one.dryRun || !one.url.includes('/configmaps/')) return 'pass'
      cancel.die()
      return 'hold'
    }
    const killed = await deploy(sample.root, namespace, gate.kubeconfig, { onOutput: cancel.onOutput })
    expect(killed.code).toBeNull()
    expect(await leases(namespace)).toContain('gitops.default.web')
    const run = await post(namespace, platform.kubeconfig, killed.state)
    expect(run.code, run.log).toBe(0)
    expect(run.log).toContain(`Released the lease ${namespace}/gitops.default.web.`)
    expect(run.summary).toContain('Deploy was cut off')
    expect(await leases(namespace)).toBe('')
    // The next run need not wait for the lease to end.
    expect((await deploy(sample.root, namespace, platform.kubeconfig)).outputs).toMatchObject({ status: 'succeeded' })
  })

  test('leaves a lease that is somebody else’s by now', async () => {
    const namespace = await platform.createNamespace('cancel')
    const lease = { namespace, name: 'gitops.default.web', holder: 'we' }
    await platform.kubectl(
      ['apply', '-f', '-'],
      JSON.stringify({
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { namespace, name: lease.name },
        spec: { holderIdentity: 'they' }
      })
    )
    const state = { STATE_begun: 'true', STATE_leases: JSON.stringify([lease]) }
    expect((await post(namespace, platform.kubeconfig, state)).code).toBe(0)
    expect(await leases(namespace)).toContain('gitops.default.web')
  })

  test.each([
    ['after a run that ended in order does nothing', { STATE_begun: 'true', STATE_ended: 'true', STATE_leases: '[]' }],
    ['of a run that never began does nothing', {}]
  ])('%s', async (_what, state: Record<string, string>) => {
    const run = await post('default', 'no kubeconfig is needed', state)
    expect(run).toMatchObject({ code: 0, log: '', summary: '' })
  })

  test('does not fail the job when the cluster is away', async () => {
    const lease = { namespace: 'default', name: 'gitops.default.web', holder: 'we' }
    const kubeconfig = `{apiVersion: v1, kind: Config, current-context: a, contexts: [{name: a, context: {cluster: a, user: a}}],
clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}], users: [{name: a, user: {token: t}}]}`
    const run = await post('default', kubeconfig, { STATE_begun: 'true', STATE_leases: JSON.stringify([lease]) })
    expect(run.code).toBe(0)
    expect(run.log).toMatch(/::warning::The lease default\/gitops\.default\.web could not be released/)
    expect(run.summary).toContain('Deploy was cut off')
  })
})
