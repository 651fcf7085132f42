import { beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { type WaitOptions, waitUntilHealthy } from '../../../../src/targets/kubernetes/health/index.ts'
import { usePlatform } from '../../../platform/use.ts'
import { eventually, job, recorder, refOf, workload } from './support.ts'

const platform = usePlatform()
let cluster: Cluster
let namespace: string

beforeAll(async () => {
  cluster = await connect({ kubeconfig: platform.kubeconfig, context: platform.context, log: recorder() })
  namespace = await platform.createNamespace('health')
})

/** Applies objects and waits for them. */
async function deploy(objects: readonly KubernetesObject[], options: Partial<WaitOptions> = {}) {
  const log = recorder()
  for (const object of objects) await cluster.apply(object, { force: true })
  const result = await waitUntilHealthy(cluster, objects.map(refOf), {
    deadline: 60_000,
    failFast: true,
    log,
    ...options
  })
  return { ...result, log: log.lines, first: result.unhealthy[0] }
}

// Waiting is mostly idle: the tests of a group run side by side, each on workloads of its own.
describe.concurrent('what becomes healthy', () => {
  it('waits for a Deployment, a StatefulSet, a DaemonSet and a Job at once', async () => {
    const result = await deploy([
      workload('Deployment', namespace, 'good', { spec: { replicas: 3 } }),
      workload('StatefulSet', namespace, 'good-set', { spec: { replicas: 2 } }),
      workload('DaemonSet', namespace, 'good-daemon'),
      job(namespace, 'good-job'),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'good', namespace }, data: { a: 'b' } }
    ])
    expect(result.unhealthy).toEqual([])
    expect(result.healthy.map((ref) => ref.kind).sort()).toEqual([
      'ConfigMap',
      'DaemonSet',
      'Deployment',
      'Job',
      'StatefulSet'
    ])
    expect(result).toMatchObject({ timedOut: false, cancelled: false })
    const live = await cluster.get(refOf(workload('Deployment', namespace, 'good')))
    expect(at(live, 'status', 'availableReplicas')).toBe(3)
    const finished = await cluster.get(refOf(job(namespace, 'good-job')))
    expect(at(finished, 'status', 'succeeded')).toBe(1)
  })

  it('is done at once with what is healthy already', async () => {
    const object = workload('Deployment', namespace, 'unchanged', { spec: { replicas: 3 } })
    expect((await deploy([object])).unhealthy).toEqual([])
    const result = await deploy([object])
    expect(result.healthy).toHaveLength(1)
    expect(result.seconds).toBeLessThan(1)
    expect(result.log).toEqual([])
  })

  it('asks a rollout without readiness probes to stay healthy for a moment', async () => {
    const result = await deploy([workload('Deployment', namespace, 'unprobed', { readinessProbe: false })])
    expect(result.unhealthy).toEqual([])
    expect(result.seconds).toBeGreaterThan(2.5)
  })

  it('counts a Job that is deleted when it is done as a success', async () => {
    const result = await deploy([job(namespace, 'short-lived', { spec: { ttlSecondsAfterFinished: 0 } })])
    expect(result.unhealthy).toEqual([])
    await eventually('the Job is gone', async () =>
      (await cluster.get(refOf(job(namespace, 'short-lived')))) === undefined ? true : undefined
    )
    // Gone before the wait began: the events still tell how it ended.
    const again = await waitUntilHealthy(cluster, [refOf(job(namespace, 'short-lived'))], {
      deadline: 20_000,
      failFast: true,
      log: recorder()
    })
    expect(again.unhealthy).toEqual([])
  })

  it('takes a suspended Job and a paused Deployment as they are declared', async () => {
    const result = await deploy([
      job(namespace, 'suspended', { spec: { suspend: true } }),
      workload('Deployment', namespace, 'paused', { spec: { paused: true } })
    ])
    expect(result.unhealthy).toEqual([])
    expect(result.log.join('\n')).toMatch(/suspended: Suspended: it does not run/)
    expect(result.log.join('\n')).toMatch(/paused: The rollout is paused/)
  })

  it('does not hold crashing old pods against a good new revision', async () => {
    const bad = workload('Deployment', namespace, 'mended', { behaviour: 'crash' })
    expect((await deploy([bad])).unhealthy).toHaveLength(1)
    const badDaemon = workload('DaemonSet', namespace, 'mended-daemon', { behaviour: 'crash' })
    expect((await deploy([badDaemon])).unhealthy).toHaveLength(1)
    // One old pod stays until the new one is ready: its crashes go on meanwhile.
    const result = await deploy([
      workload('Deployment', namespace, 'mended', { spec: { minReadySeconds: 4 } }),
      workload('DaemonSet', namespace, 'mended-daemon', { spec: { minReadySeconds: 4 } })
    ])
    expect(result.unhealthy).toEqual([])
    expect(result.seconds).toBeGreaterThan(3)
  })

  it('bears a single crash that is recovered from', async () => {
    const object = workload('Deployment', namespace, 'stumbles', { behaviour: 'never-ready' })
    await cluster.apply(object, { force: true })
    const waiting = deploy([object], { deadline: 30_000 })
    const pod = await eventually('the pod runs', () => runningPod('stumbles'))
    const crash = { exitCode: 1, reason: 'Error' }
    await setContainer(pod, { restartCount: 0, state: { terminated: crash } }, 'False')
    await setContainer(
      pod,
      { restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: crash } },
      'False'
    )
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await setContainer(
      pod,
      { restartCount: 1, ready: true, state: { running: {} }, lastState: { terminated: crash } },
      'True'
    )
    expect((await waiting).unhealthy).toEqual([])
  })

  it('waits for a custom resource whose controller reports a status', async () => {
    const group = `${namespace}.example.test`
    await cluster.apply(definition(group), { force: true })
    const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: `widgets.${group}` }
    const defined = await waitUntilHealthy(cluster, [crd], { deadline: 20_000, failFast: true, log: recorder() })
    expect(defined.unhealthy).toEqual([])
    cluster.refreshDiscovery()
    const widget = { apiVersion: `${group}/v1`, kind: 'Widget', metadata: { name: 'one', namespace } }
    const waiting = deploy([widget])
    await eventually('the widget exists', async () => cluster.get(refOf(widget)))
    await status(widget, { conditions: [{ type: 'Ready', status: 'False', reason: 'Provisioning' }] })
    await new Promise((resolve) => setTimeout(resolve, 4000))
    await status(widget, { conditions: [{ type: 'Ready', status: 'True', reason: 'Done' }] })
    const result = await waiting
    expect(result.unhealthy).toEqual([])
    expect(result.seconds).toBeGreaterThan(3.5)
  })
})

describe.concurrent('what fails', () => {
  it('catches a crash loop long before the deadline, with exit code, restarts, log and events', async () => {
    const object = workload('Deployment', namespace, 'crashes', { behaviour: 'crash', spec: { replicas: 2 } })
    const { first, ...result } = await deploy([object], { deadline: 120_000 })
    expect(result.seconds).toBeLessThan(20)
    expect(result.timedOut).toBe(false)
    expect(first?.status).toBe('Degraded')
    expect(first?.resource).toMatchObject({ kind: 'Deployment', name: 'crashes', namespace })
    expect(first?.message).toMatch(
      new RegExp(
        `^Deployment ${namespace}/crashes: pod crashes-[a-z0-9]+-[a-z0-9]+: container main exited with code 1 \\(CrashLoopBackOff, \\d+ restarts\\)`
      )
    )
    expect(first?.logs.length).toBeGreaterThan(0)
    expect(first?.events.join('\n')).toMatch(/BackOff: Back-off restarting failed container main/)
  })

  it('names the pod of a StatefulSet and of a DaemonSet that crashes', async () => {
    const set = await deploy([workload('StatefulSet', namespace, 'crash-set', { behaviour: 'crash' })])
    expect(set.first?.message).toContain('pod crash-set-0: container main exited with code 1')
    const daemon = await deploy([workload('DaemonSet', namespace, 'crash-daemon', { behaviour: 'crash' })])
    expect(daemon.first?.message).toMatch(/pod crash-daemon-[a-z0-9]+: container main exited with code 1/)
  })

  it('catches an image that cannot be pulled', async () => {
    const object = workload('Deployment', namespace, 'no-image', {
      behaviour: 'image-pull',
      image: 'example.test/typo:1'
    })
    const { first, ...result } = await deploy([object], { patience: { imageMs: 3_000 } })
    expect(result.timedOut).toBe(false)
    expect(first?.message).toMatch(/container main cannot get its image \(ImagePullBackOff\): .*example\.test\/typo:1/)
    expect(first?.events.join('\n')).toContain('Failed to pull image')
  })

  it('reports at the deadline why a pod never becomes ready', async () => {
    const object = workload('Deployment', namespace, 'never', { behaviour: 'never-ready' })
    const { first, ...result } = await deploy([object], { deadline: 5_000, patience: { progressMs: 1_000 } })
    expect(result).toMatchObject({ timedOut: true, healthy: [] })
    expect(result.seconds).toBeLessThan(8)
    expect(first?.status).toBe('Progressing')
    expect(first?.message).toMatch(/container main is running but not ready: Readiness probe failed/)
    expect(result.log.join('\n')).toMatch(/Waiting after \d+ s for Deployment .*\/never: 0 of 1 new pods available/)
  })

  it('catches a rollout that exceeds its own progress deadline', async () => {
    const object = workload('Deployment', namespace, 'late', {
      behaviour: 'never-ready',
      spec: { progressDeadlineSeconds: 3 }
    })
    const { first, ...result } = await deploy([object])
    expect(result.timedOut).toBe(false)
    expect(first).toMatchObject({
      status: 'Degraded',
      message: expect.stringMatching(/container main is running but not ready: Readiness probe failed/)
    })
  })

  it('catches pods that the quota refuses, for every kind of workload', async () => {
    const crowded = await platform.createNamespace('quota')
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none', namespace: crowded },
      spec: { hard: { pods: '0' } }
    })
    await eventually('the quota is counted', async () =>
      at(
        await cluster.get({ apiVersion: 'v1', kind: 'ResourceQuota', name: 'none', namespace: crowded }),
        'status',
        'hard'
      )
    )
    for (const object of [
      workload('Deployment', crowded, 'refused'),
      workload('StatefulSet', crowded, 'refused-set'),
      workload('DaemonSet', crowded, 'refused-daemon'),
      job(crowded, 'refused-job')
    ]) {
      const { first, ...result } = await deploy([object], { patience: { refusalMs: 2_000 } })
      expect(result.timedOut, object.kind).toBe(false)
      expect(first?.message, object.kind).toMatch(/its pods are refused: .*exceeded quota: none/)
    }
  })

  it('catches a pod that no node takes, after a grace for autoscalers', async () => {
    const object = workload('Deployment', namespace, 'nowhere', { nodeSelector: { disk: 'none-has-this' } })
    const { first, ...result } = await deploy([object], { patience: { schedulingMs: 4_000 } })
    expect(result.timedOut).toBe(false)
    expect(result.seconds).toBeGreaterThan(3.5)
    expect(first?.message).toMatch(/pod nowhere-\S+: not scheduled: 0\/\d+ nodes are available/)
  })

  it('gives an autoscaler that is adding a node the time it needs', async () => {
    const object = workload('Deployment', namespace, 'scaling', { nodeSelector: { disk: 'soon' } })
    const waiting = deploy([object], { deadline: 8_000, patience: { schedulingMs: 3_000 } })
    const pod = await eventually('the pod exists', () => anyPod('scaling'))
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'scale-up', namespace },
      involvedObject: { kind: 'Pod', name: pod.metadata.name, namespace, uid: at(pod, 'metadata', 'uid') ?? '' },
      reason: 'TriggeredScaleUp',
      message: 'pod triggered scale-up',
      type: 'Normal',
      lastTimestamp: new Date().toISOString().replace(/\.\d+Z/, 'Z')
    })
    expect(await waiting).toMatchObject({ timedOut: true })
  })

  it('fails with a Job that fails, even where it does not fail fast', async () => {
    const { first, ...result } = await deploy([job(namespace, 'bad-job', { behaviour: 'crash' })], { failFast: false })
    expect(result.timedOut).toBe(false)
    expect(first?.message).toMatch(/pod bad-job-\S+: container main exited with code 1/)
    expect(first?.logs.length).toBeGreaterThan(0)
  })

  it('waits until the deadline with a crash loop where it does not fail fast', async () => {
    const object = workload('Deployment', namespace, 'patient', { behaviour: 'crash' })
    const result = await deploy([object], { failFast: false, deadline: 6_000 })
    expect(result).toMatchObject({ timedOut: true })
    expect(result.seconds).toBeGreaterThanOrEqual(6)
  })

  it('ends at the first failure and tells what was not finished by then', async () => {
    const result = await deploy([
      workload('Deployment', namespace, 'innocent', { behaviour: 'never-ready' }),
      workload('Deployment', namespace, 'guilty', { behaviour: 'crash' })
    ])
    expect(result.unhealthy.map((one) => one.resource.name)).toEqual(['guilty'])
    expect(result.unfinished.map((ref) => ref.name)).toEqual(['innocent'])
  })

  it('notices that an object is deleted while it is waited for', async () => {
    const object = workload('Deployment', namespace, 'deleted', { behaviour: 'never-ready' })
    const waiting = deploy([object], { patience: { missingMs: 1_000 } })
    await eventually('the pod runs', () => runningPod('deleted'))
    await cluster.delete(refOf(object))
    const { first } = await waiting
    expect(first).toMatchObject({
      status: 'Missing',
      message: expect.stringContaining('deleted while it was waited for')
    })
  })

  it('stops at once when the run is cancelled', async () => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 1_500)
    const object = workload('Deployment', namespace, 'cancelled', { behaviour: 'never-ready' })
    const result = await deploy([object], { signal: abort.signal })
    expect(result).toMatchObject({ cancelled: true, timedOut: false })
    expect(result.seconds).toBeLessThan(3)
  })
})

describe.concurrent('with few permissions', () => {
  it('waits without being allowed to watch, or to see pods', async () => {
    const kubeconfig = await platform.createRestrictedKubeconfig({
      namespace,
      rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'] }]
    })
    const restricted = await connect({ kubeconfig, log: recorder() })
    const object = workload('Deployment', namespace, 'restricted', { spec: { minReadySeconds: 2 } })
    await cluster.apply(object)
    const result = await waitUntilHealthy(restricted, [refOf(object)], {
      deadline: 30_000,
      failFast: true,
      log: recorder()
    })
    expect(result.unhealthy).toEqual([])
  })

  it('says what is missing when it may not read at all', async () => {
    const kubeconfig = await platform.createRestrictedKubeconfig({ namespace, rules: [] })
    const restricted = await connect({ kubeconfig, log: recorder() })
    const object = workload('Deployment', namespace, 'unreadable')
    await cluster.apply(object)
    await expect(
      waitUntilHealthy(restricted, [refOf(object)], { deadline: 30_000, failFast: true, log: recorder() })
    ).rejects.toThrow(/deployments/)
  })
})

async function podsOf(app: string): Promise<KubernetesObject[]> {
  const resource = await cluster.resourceFor('v1', 'Pod')
  if (!resource) throw new Error('no pods?')
  return (await cluster.list(resource, { namespace, labelSelector: `app=${app}` })).items
}

async function anyPod(app: string): Promise<KubernetesObject | undefined> {
  return (await podsOf(app))[0]
}

async function runningPod(app: string): Promise<KubernetesObject | undefined> {
  return (await podsOf(app)).find((pod) => at(pod, 'status', 'phase') === 'Running')
}

/** What the kubelet would report of the pod's one container. */
async function setContainer(pod: KubernetesObject, state: object, ready: 'True' | 'False'): Promise<void> {
  const container = { name: 'main', image: 'example.test/main:1', imageID: 'x', ready: false, started: true, ...state }
  await cluster.patch(
    refOf(pod),
    'strategic',
    {
      status: {
        containerStatuses: [container],
        conditions: ['Ready', 'ContainersReady'].map((type) => ({ type, status: ready }))
      }
    },
    { subresource: 'status' }
  )
}

async function status(object: KubernetesObject, value: object): Promise<void> {
  await cluster.patch(refOf(object), 'merge', { status: value }, { subresource: 'status' })
}

function definition(group: string): KubernetesObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
        }
      ]
    }
  }
}
