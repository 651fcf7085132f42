import { beforeAll, describe, expect, it } from 'vitest'
import { asList, asString, at, type JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject, Manifest } from '../../../../src/render/manifest.ts'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { kubernetesTarget } from '../../../../src/targets/kubernetes/target.ts'
import { usePlatform } from '../../../platform/use.ts'
import { silent } from '../compare/play.ts'

const platform = usePlatform()
let cluster: Cluster
beforeAll(async () => {
  cluster = await connect({ kubeconfig: platform.kubeconfig, log: silent })
})

function object(apiVersion: string, kind: string, name: string, rest: JsonObject): Manifest {
  return {
    object: { apiVersion, kind, metadata: { name }, ...rest } as KubernetesObject,
    source: { file: `${kind.toLowerCase()}.yaml` }
  }
}

const settings = () => object('v1', 'ConfigMap', 'settings', { data: { LEVEL: 'info' } })
const container: JsonObject = { name: 'web', image: 'busybox:1.36', envFrom: [{ configMapRef: { name: 'settings' } }] }
const web = () =>
  object('apps/v1', 'Deployment', 'web', {
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } }
    }
  })

function target(namespace: string, manifests: readonly Manifest[], timeout = 30_000) {
  return kubernetesTarget({
    id: 'web',
    environment: 'test',
    cluster,
    manifests,
    declaredDigest: 'sha256:restart',
    namespace,
    source: { revision: 'c0ffee', images: {} },
    policy: {
      prune: true,
      maxPrune: 10,
      fieldConflicts: 'take-from-people',
      ignore: [],
      wait: true,
      timeout,
      foreignFields: 'report',
      unmanaged: 'ignore'
    },
    log: silent
  })
}

async function deploy(namespace: string, manifests: readonly Manifest[]): Promise<void> {
  const one = target(namespace, manifests)
  expect(await one.apply(await one.plan('deploy'))).toMatchObject({ status: 'succeeded' })
}

const kubectl = (namespace: string, ...args: string[]) => platform.kubectl(['-n', namespace, ...args])

async function pods(namespace: string): Promise<KubernetesObject[]> {
  const type = await cluster.resourceFor('v1', 'Pod')
  if (!type) throw new Error('no pods')
  const { items } = await cluster.list(type, { namespace })
  return items.filter((pod) => at(pod, 'metadata', 'deletionTimestamp') === undefined)
}

const names = (list: readonly KubernetesObject[]) => list.map((pod) => pod.metadata.name).sort()
const startOf = (pod: KubernetesObject) =>
  asString(at((asList(at(pod, 'status', 'containerStatuses')) ?? [])[0], 'state', 'running', 'startedAt')) ?? ''

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${what} did not happen within 30 s`)
}

/** Has one of two pods start again while the content is wrong; the names of the old one that stays and of the new one. */
async function drifted(namespace: string): Promise<{ old: string; fresh: string }> {
  const before = await pods(namespace)
  const [doomed, old] = names(before)
  if (doomed === undefined || old === undefined) throw new Error('there are no two pods')
  // Times are whole seconds: what starts in the second of a change counts as started after it.
  const last = Math.max(...before.map((pod) => Date.parse(startOf(pod))))
  await until('the next second', async () => Date.now() > last + 1000)
  await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"LEVEL":"debug"}}')
  await kubectl(namespace, 'delete', 'pod', doomed, '--now')
  await until('a new pod', async () => {
    const now = await pods(namespace)
    return now.length === 2 && now.every((pod) => startOf(pod) !== '')
  })
  const fresh = names(await pods(namespace)).find((name) => name !== old)
  return { old, fresh: fresh ?? '' }
}

describe('healing content that pods had started with', () => {
  it('evicts exactly the pods that started while it was wrong, and leaves no trace', async () => {
    const namespace = await platform.createNamespace('stale')
    const manifests = [settings(), web()]
    await deploy(namespace, manifests)
    const { old, fresh } = await drifted(namespace)
    const one = target(namespace, manifests)
    const plan = await one.plan('drift')
    expect(plan.changes.map((change) => `${change.action} ${change.resource.kind} ${change.resource.name}`)).toEqual([
      'update ConfigMap settings',
      `restart Pod ${fresh}`
    ])
    expect(plan.changes[1]?.reason).toMatch(/^started with content of ConfigMap settings that was wrong since 20/)
    const outcome = await one.apply(plan)
    expect(outcome).toMatchObject({ status: 'succeeded' })
    expect(
      outcome.results.filter((result) => result.action === 'restarted').map((result) => result.resource.name)
    ).toEqual([fresh])
    await until('a pod in its place', async () => (await pods(namespace)).length === 2)
    const after = names(await pods(namespace))
    expect(after).toContain(old)
    expect(after).not.toContain(fresh)
    expect((await target(namespace, manifests).plan('drift')).changes).toEqual([])
  })

  it('leaves pods to the rollout that replaces them anyway, and waits for none of them', async () => {
    const namespace = await platform.createNamespace('rollout')
    const manifests = [settings(), web()]
    await deploy(namespace, manifests)
    const before = names(await pods(namespace))
    await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"LEVEL":"debug"}}')
    await kubectl(namespace, 'set', 'image', 'deployment/web', 'web=busybox:1.37')
    await until('both pods are new', async () => {
      const now = await pods(namespace)
      return now.length === 2 && now.every((pod) => startOf(pod) !== '' && !before.includes(pod.metadata.name))
    })
    const stale = names(await pods(namespace))
    const one = target(namespace, manifests)
    const plan = await one.plan('drift')
    const restarts = plan.changes.filter((change) => change.action === 'restart')
    expect(restarts.map((change) => change.resource.name).sort()).toEqual(stale)
    const outcome = await one.apply(plan)
    expect(outcome).toMatchObject({ status: 'succeeded' })
    const restarted = outcome.results.filter((result) => result.action === 'restarted')
    expect(restarted.map((result) => result.resource.name).sort()).toEqual(expect.arrayContaining(stale))
    for (const { resource, message } of restarted)
      if (stale.includes(resource.name)) expect(message).toMatch(/^not evicted: it /)
    await until('the old pods are gone', async () =>
      (await pods(namespace)).every((pod) => !stale.includes(pod.metadata.name))
    )
    expect((await target(namespace, manifests).plan('drift')).changes).toEqual([])
  })

  it('says that it does not know since when a key was missing', async () => {
    const namespace = await platform.createNamespace('removed')
    const manifests = [settings(), web()]
    await deploy(namespace, manifests)
    await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"LEVEL":null}}')
    const { changes } = await target(namespace, manifests).plan('drift')
    const reasons = changes.filter((change) => change.action === 'restart').map((change) => change.reason)
    expect(reasons.length).toBeGreaterThan(0)
    for (const reason of reasons)
      expect(reason).toMatch(/that was wrong, perhaps: it became so at some time after 20.* UTC, when it was deployed$/)
  })

  it('waits for a disruption budget, and says which pods it could not evict', async () => {
    const namespace = await platform.createNamespace('budget')
    const budget = object('policy/v1', 'PodDisruptionBudget', 'web', {
      spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } }
    })
    const manifests = [settings(), web(), budget]
    await deploy(namespace, manifests)
    const { fresh } = await drifted(namespace)
    await until('the budget counts its pods', async () => {
      const found = await cluster.get({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name: 'web', namespace })
      return at(found, 'status', 'currentHealthy') === 2
    })
    const one = target(namespace, manifests, 3_000)
    const outcome = await one.apply(await one.plan('drift'))
    expect(outcome.status).toBe('failed')
    expect(outcome.failure?.message).toContain(`could not be evicted: ${namespace}/${fresh}`)
    expect(outcome.failure?.message).toContain('Its disruption budget forbade it until the timeout: ')
    expect(outcome.failure?.hint).toContain(`kubectl delete pod -n ${namespace} ${fresh}`)
    expect(names(await pods(namespace))).toContain(fresh)
    expect(await kubectl(namespace, 'get', 'configmap', 'settings', '-o', 'jsonpath={.data.LEVEL}')).toBe('info')
  })
})

describe('what nothing starts again', () => {
  it('is recreated: a bare pod that failed, and one that started with wrong content', async () => {
    const namespace = await platform.createNamespace('bare')
    // Gone at once: kwok ends a pod by its name, and might meet the one that was made in its place.
    const spec = { terminationGracePeriodSeconds: 0, containers: [container] }
    const manifests = [settings(), object('v1', 'Pod', 'failed', { spec }), object('v1', 'Pod', 'stale', { spec })]
    const one = target(namespace, manifests)
    const deployed = await one.apply(await one.plan('deploy'))
    expect(deployed.failure).toBeUndefined()
    await until('both pods run', async () => (await pods(namespace)).every((pod) => startOf(pod) !== ''))
    const uid = async (name: string) => kubectl(namespace, 'get', 'pod', name, '-o', 'jsonpath={.metadata.uid}')
    const before = [await uid('failed'), await uid('stale')]
    const last = Math.max(...(await pods(namespace)).map((pod) => Date.parse(startOf(pod))))
    const status = {
      phase: 'Failed',
      containerStatuses: [
        {
          name: 'web',
          image: 'busybox:1.36',
          imageID: '',
          ready: false,
          restartCount: 0,
          state: { terminated: { exitCode: 3, reason: 'Error' } }
        }
      ]
    }
    const patch = ['--subresource=status', '--type=merge', '-p', JSON.stringify({ status })]
    await kubectl(namespace, 'patch', 'pod', 'failed', ...patch)
    await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"LEVEL":"debug"}}')
    // The pod as it would be had it started a moment later.
    const late = new Date(last + 3_600_000).toISOString().replace(/\.\d+Z/, 'Z')
    const running = [{ ...status.containerStatuses[0], ready: true, state: { running: { startedAt: late } } }]
    const started = JSON.stringify({ status: { containerStatuses: running } })
    await kubectl(namespace, 'patch', 'pod', 'stale', '--subresource=status', '--type=merge', '-p', started)

    const again = target(namespace, manifests)
    const plan = await again.plan('drift')
    expect(plan.changes.map((change) => `${change.action} ${change.resource.name}`).sort()).toEqual([
      'restart failed',
      'restart stale',
      'update settings'
    ])
    const failed = plan.changes.find((change) => change.resource.name === 'failed')
    expect(failed?.reason).toMatch(/exited with code 3.*; nothing starts it again, so healing recreates it/)
    const outcome = await again.apply(plan)
    expect(outcome.results.filter((result) => result.action === 'failed')).toEqual([])
    expect([await uid('failed'), await uid('stale')]).not.toEqual(expect.arrayContaining(before.slice(0, 1)))
    expect(await uid('stale')).not.toBe(before[1])
  })
})
