import { beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { diagnose, findUnhealthy } from '../../../../src/targets/kubernetes/health/index.ts'
import { usePlatform } from '../../../platform/use.ts'
import { eventually, job, podTemplate, recorder, refOf, workload } from './support.ts'

const platform = usePlatform()
let cluster: Cluster
let namespace: string

const LATER = () => new Date(Date.now() + 3 * 60_000)

beforeAll(async () => {
  cluster = await connect({ kubeconfig: platform.kubeconfig, context: platform.context, log: recorder() })
  namespace = await platform.createNamespace('diagnose')
})

/** Applies an object and reads it back once `until` holds. */
async function live(
  object: KubernetesObject,
  until: (one: KubernetesObject) => boolean | Promise<boolean>
): Promise<KubernetesObject> {
  await cluster.apply(object, { force: true })
  return eventually(`${object.kind} ${object.metadata.name}`, async () => {
    const one = await cluster.get(refOf(object))
    return one && (await until(one)) ? one : undefined
  })
}

async function podsOf(app: string): Promise<KubernetesObject[]> {
  const resource = await cluster.resourceFor('v1', 'Pod')
  if (!resource) throw new Error('no pods?')
  return (await cluster.list(resource, { namespace, labelSelector: `app=${app}` })).items
}

const hasRestarted = async (app: string) => {
  const [pod] = await podsOf(app)
  const [container] = (at(pod, 'status', 'containerStatuses') as { restartCount?: number }[] | undefined) ?? []
  return (container?.restartCount ?? 0) > 0
}

const availableReplicas = (number: number) => (one: KubernetesObject) =>
  at(one, 'status', 'availableReplicas') === number

describe('findUnhealthy', () => {
  it('finds what is degraded at an unchanged declaration, with its diagnosis, and nothing else', async () => {
    const good = await live(workload('Deployment', namespace, 'good'), availableReplicas(1))
    const zero = await live(
      workload('Deployment', namespace, 'zero', { spec: { replicas: 0 } }),
      (one) => at(one, 'status', 'observedGeneration') === 1
    )
    const crashing = await live(workload('Deployment', namespace, 'crashing', { behaviour: 'crash' }), () =>
      hasRestarted('crashing')
    )
    const stuck = await live(
      workload('StatefulSet', namespace, 'stuck', { behaviour: 'never-ready' }),
      (one) => at(one, 'status', 'replicas') === 1
    )
    const failed = await live(
      job(namespace, 'failed', { behaviour: 'crash' }),
      (one) => at(one, 'status', 'failed') === 1
    )
    const running = await live(
      job(namespace, 'running', { behaviour: 'never-ready' }),
      (one) => at(one, 'status', 'active') === 1
    )
    const pod: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      ...podTemplate('single', { behaviour: 'crash' }, 'Never'),
      metadata: { name: 'single', namespace, annotations: { 'platform.gitops-actions.dev/behaviour': 'crash' } }
    }
    const single = await live(pod, (one) => at(one, 'status', 'phase') === 'Failed')
    const config: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace } }
    const objects = [good, zero, crashing, stuck, failed, running, single, config]

    const now = await findUnhealthy(cluster, objects)
    expect(now.map((one) => one.resource.name).sort()).toEqual(['crashing', 'failed', 'single'])
    // A pod that has not been ready for minutes is not just starting.
    const later = await findUnhealthy(cluster, objects, { now: LATER() })
    expect(later.map((one) => one.resource.name).sort()).toEqual(['crashing', 'failed', 'single', 'stuck'])

    const byName = new Map(later.map((one) => [one.resource.name, one]))
    expect(byName.get('crashing')).toMatchObject({
      resource: { id: `apps/Deployment/${namespace}/crashing` },
      status: 'Degraded',
      message: expect.stringMatching(/pod crashing-\S+: container main exited with code 1/)
    })
    expect(byName.get('crashing')?.logs.length).toBeGreaterThan(0)
    expect(byName.get('failed')?.message).toMatch(/^Job \S+\/failed: pod failed-\S+: container main exited with code 1/)
    expect(byName.get('single')?.message).toBe(`Pod ${namespace}/single: container main exited with code 1`)
    expect(byName.get('stuck')?.message).toMatch(
      /pod stuck-0: container main is running but not ready: Readiness probe/
    )
  })

  it('asks nothing of the API server where all is well', async () => {
    const good = await live(workload('Deployment', namespace, 'good'), availableReplicas(1))
    const silent = { ...cluster, list: () => Promise.reject(new Error('asked')) } as unknown as Cluster
    expect(await findUnhealthy(silent, [good])).toEqual([])
  })
})

describe('diagnose', () => {
  it('finds the pods of a custom resource by their owners', async () => {
    const owner = await live(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'owner', namespace } },
      () => true
    )
    const owned = workload('Deployment', namespace, 'owned', { behaviour: 'crash' })
    owned.metadata['ownerReferences'] = [
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: at(owner, 'metadata', 'uid') ?? '', controller: true }
    ]
    await live(owned, () => hasRestarted('owned'))
    const diagnosis = await diagnose(cluster, owner)
    expect(diagnosis.message).toMatch(/^ConfigMap \S+\/owner: pod owned-\S+: container main exited with code 1/)
    expect(diagnosis.failing).toBe(true)
  })

  it('hides values that must not be shown from logs and events', async () => {
    const object = await live(workload('Deployment', namespace, 'secretive', { behaviour: 'crash' }), () =>
      hasRestarted('secretive')
    )
    const plain = await diagnose(cluster, object)
    const [line = ''] = plain.logs
    expect(line.length).toBeGreaterThan(4)
    const hidden = await diagnose(cluster, object, { redact: [line, 'restarting'] })
    expect(hidden.logs[0]).toBe('***')
    expect(hidden.events.join()).not.toContain('restarting')
  })

  it('tells what it can where it may read nothing but the object', async () => {
    const kubeconfig = await platform.createRestrictedKubeconfig({ namespace, rules: [] })
    const restricted = await connect({ kubeconfig, log: recorder() })
    const object = await live(workload('Deployment', namespace, 'blind', { behaviour: 'crash' }), () =>
      hasRestarted('blind')
    )
    expect(await diagnose(restricted, object)).toEqual({
      message: `Deployment ${namespace}/blind: 0 of 1 new pods available`,
      events: [],
      logs: [],
      failing: false
    })
  })
})
