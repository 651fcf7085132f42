import { beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { ApiError } from '../../../../src/targets/kubernetes/cluster.ts'
import { type WaitOptions, waitUntilHealthy } from '../../../../src/targets/kubernetes/health/index.ts'
import { FakeCluster, forbidden } from './fake-cluster.ts'
import { recorder, refOf } from './support.ts'

let fake: FakeCluster
let log: ReturnType<typeof recorder>

beforeEach(() => {
  fake = new FakeCluster()
  log = recorder()
})

function wait(objects: readonly KubernetesObject[], options: Partial<WaitOptions> = {}) {
  return waitUntilHealthy(fake.cluster, objects.map(refOf), { deadline: 5_000, failFast: true, log, ...options })
}

const later = (ms: number, work: () => void) => void setTimeout(work, ms)

function deployment(name: string, status: JsonObject, namespace = 'shop'): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, uid: `uid-${name}`, generation: 1 },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { spec: { containers: [{ name: 'main', readinessProbe: {} }] } }
    },
    status: { observedGeneration: 1, ...status }
  }
}
const BEFORE = { replicas: 1, updatedReplicas: 0 }
const AFTER = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 }

function plain(apiVersion: string, kind: string, name: string, fields: JsonObject = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { name, namespace: 'shop', uid: `uid-${name}` }, ...fields }
}

/** A Deployment with its ReplicaSet and a pod whose container has ended `ends` times with an error. */
function crashing(name: string, ends: number, created = new Date()): KubernetesObject[] {
  const owner = deployment(name, { replicas: 1, updatedReplicas: 1 })
  const set = {
    ...plain('apps/v1', 'ReplicaSet', `${name}-1`),
    spec: { template: { spec: { containers: [{ name: 'main', readinessProbe: {} }] } } }
  }
  const pod = plain('v1', 'Pod', `${name}-1-a`, {
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'main',
          ready: false,
          restartCount: ends - 1,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { exitCode: 1, reason: 'Error' } }
        }
      ]
    }
  })
  const owned = (object: KubernetesObject, uid: string): KubernetesObject => ({
    ...object,
    metadata: {
      ...object.metadata,
      creationTimestamp: created.toISOString(),
      ownerReferences: [{ uid, controller: true, kind: 'X', name: 'x' }]
    }
  })
  return [owner, owned(set, `uid-${name}`), owned(pod, `uid-${name}-1`)]
}

describe('a crash loop', () => {
  it('is borne while something else is starting that may be what is missing', async () => {
    const [app, ...below] = crashing('app', 3)
    const db = deployment('db', BEFORE)
    for (const object of [app, ...below, db]) if (object) fake.put(object)
    later(2_500, () => {
      fake.put(deployment('db', AFTER))
      fake.put(deployment('app', AFTER))
    })
    const result = await wait([deployment('app', {}), db], { deadline: 8_000 })
    expect(result).toMatchObject({ unhealthy: [], timedOut: false })
  })

  it('is a failure once nothing else is starting', async () => {
    const [app, ...below] = crashing('app', 3)
    const db = deployment('db', BEFORE)
    for (const object of [app, ...below, db]) if (object) fake.put(object)
    later(500, () => fake.put(deployment('db', AFTER)))
    const result = await wait([deployment('app', {}), db], { deadline: 20_000 })
    expect(result.unhealthy.map((one) => one.resource.name)).toEqual(['app'])
    expect(result.timedOut).toBe(false)
  })

  it('is a failure where all that is starting crashes', async () => {
    for (const object of [...crashing('a', 3), ...crashing('b', 3)]) fake.put(object)
    const result = await wait([deployment('a', {}), deployment('b', {})], { deadline: 20_000 })
    expect(result.unhealthy.map((one) => one.resource.name).sort()).toEqual(['a', 'b'])
    expect(result.timedOut).toBe(false)
  })

  it('is a failure after two more ends, whatever else is starting', async () => {
    const [app, ...below] = crashing('app', 5)
    const db = deployment('db', BEFORE)
    for (const object of [app, ...below, db]) if (object) fake.put(object)
    const result = await wait([deployment('app', {}), db], { deadline: 20_000 })
    expect(result.unhealthy.map((one) => one.resource.name)).toEqual(['app'])
    expect(result.unfinished.map((ref) => ref.name)).toEqual(['db'])
  })
})

describe('a rollout that has exceeded its own deadline', () => {
  const overdue = (ago: number) =>
    deployment('web', {
      ...BEFORE,
      conditions: [
        {
          type: 'Progressing',
          status: 'False',
          reason: 'ProgressDeadlineExceeded',
          lastTransitionTime: new Date(Date.now() - ago).toISOString()
        }
      ]
    })

  it('before the deploy changed something gets the time to recover', async () => {
    fake.put(overdue(60_000))
    later(1_500, () => fake.put(deployment('web', AFTER)))
    expect(await wait([overdue(60_000)])).toMatchObject({ unhealthy: [], timedOut: false })
  })

  it('before the wait has failed where nothing was changed', async () => {
    fake.put(overdue(60_000))
    const result = await wait([overdue(60_000)], { deadline: 20_000, patience: { secondChance: false } })
    expect(result).toMatchObject({ timedOut: false, unhealthy: [{ resource: { name: 'web' } }] })
  })

  it('during the wait has failed', async () => {
    fake.put(overdue(-1_000))
    expect(await wait([overdue(-1_000)], { deadline: 20_000 })).toMatchObject({ timedOut: false })
  })
})

describe('a custom resource without a status', () => {
  it('is not waited for where nothing was changed', async () => {
    const { metadata, ...rest } = plain('example.com/v1', 'Widget', 'w')
    const widget = { ...rest, metadata: { ...metadata, creationTimestamp: new Date().toISOString() } }
    fake.put(widget)
    // Else this would take ten minutes.
    const patience = { secondChance: false, statusMs: 600_000 }
    expect((await wait([widget], { deadline: 600_000, patience })).unhealthy).toEqual([])
  })
})

describe('a custom resource that calls itself failed', () => {
  const failed = () => plain('example.com/v1', 'Widget', 'w', { status: { phase: 'Failed' } })

  it('is a failure when it stays so, long before the deadline', async () => {
    fake.put(failed())
    const result = await wait([failed()], { deadline: 20_000, patience: { degradedMs: 600 } })
    expect(result.unhealthy).toMatchObject([{ resource: { name: 'w' }, status: 'Degraded' }])
    expect(result.timedOut).toBe(false)
  })

  it('gets the time to try again', async () => {
    fake.put(failed())
    later(300, () => fake.put(plain('example.com/v1', 'Widget', 'w', { status: { phase: 'Ready' } })))
    expect((await wait([failed()], { patience: { degradedMs: 1500 } })).unhealthy).toEqual([])
  })
})

describe('requests', () => {
  it('reads nothing for kinds that are ready once they exist', async () => {
    const objects = [plain('v1', 'ConfigMap', 'a'), plain('networking.k8s.io/v1', 'Ingress', 'b')]
    expect((await wait(objects)).healthy).toHaveLength(2)
    expect(fake.lists).toEqual([])
  })

  it('asks for one object by its name, for several by their namespace, and watches nothing that is healthy', async () => {
    const one = deployment('one', AFTER)
    const others = [deployment('two', AFTER, 'blog'), deployment('three', AFTER, 'blog')]
    for (const object of [one, ...others]) fake.put(object)
    await wait([one, ...others])
    expect(fake.lists.sort()).toEqual(['deployments blog', 'deployments shop metadata.name=one'])
    expect(fake.watches).toEqual([])
  })

  it('asks across namespaces where there are many, and one by one where that is forbidden', async () => {
    const objects = Array.from({ length: 10 }, (_, index) => deployment('web', AFTER, `team-${index}`))
    for (const object of objects) fake.put(object)
    expect((await wait(objects)).healthy).toHaveLength(10)
    expect(fake.lists).toEqual(['deployments *'])
    fake.onList = (kind, options) => (options.namespace === undefined ? forbidden(`list ${kind}`) : undefined)
    expect((await wait(objects)).healthy).toHaveLength(10)
    expect(fake.lists).toHaveLength(1 + 1 + 10)
  })

  it('does not read again what was read a moment ago and is healthy', async () => {
    const healthy = deployment('healthy', AFTER)
    const pending = deployment('pending', BEFORE)
    fake.put(pending)
    later(200, () => fake.put(deployment('pending', AFTER)))
    const result = await wait([healthy, pending], { known: [healthy, pending] })
    expect(result.healthy.map((ref) => ref.name).sort()).toEqual(['healthy', 'pending'])
    expect(fake.lists.filter((list) => list.startsWith('deployments'))).toEqual([
      'deployments shop metadata.name=pending'
    ])
  })

  it('finds a kind that a CRD has just brought', async () => {
    const widget = plain('example.test/v1', 'Widget', 'w', { status: { phase: 'Ready' } })
    fake.late.add('Widget')
    fake.put(widget)
    expect((await wait([widget])).unhealthy).toEqual([])
  })

  it('counts an object once that is named twice', async () => {
    const object = deployment('web', AFTER)
    fake.put(object)
    expect((await wait([object, object])).healthy).toHaveLength(1)
  })
})

describe('watching', () => {
  it('lists anew when the watch has expired', async () => {
    fake.put(deployment('web', BEFORE))
    later(200, () => fake.expire())
    later(400, () => fake.put(deployment('web', AFTER)))
    expect((await wait([deployment('web', BEFORE)])).unhealthy).toEqual([])
    expect(fake.lists.filter((list) => list.startsWith('deployments'))).toHaveLength(2)
  })

  it('goes on when lists and watches fail for a while, and says so once', async () => {
    fake.put(deployment('web', BEFORE))
    let outage = true
    fake.onWatch = () => (outage ? new ApiError(503, 'ServiceUnavailable', 'the server is restarting') : undefined)
    later(700, () => {
      outage = false
    })
    later(2_800, () => fake.put(deployment('web', AFTER)))
    expect((await wait([deployment('web', BEFORE)])).unhealthy).toEqual([])
    const lines = log.lines.filter((line) => line.includes('API server'))
    expect(lines).toEqual([
      'info: The API server does not answer; the wait goes on: the server is restarting',
      'info: The API server answers again'
    ])
  })

  it('follows what becomes unhealthy again before everything is healthy', async () => {
    fake.put(deployment('first', BEFORE))
    fake.put(deployment('second', BEFORE))
    later(200, () => fake.put(deployment('first', AFTER)))
    later(500, () => fake.put(deployment('first', BEFORE)))
    later(800, () => fake.put(deployment('second', AFTER)))
    const result = await wait([deployment('first', AFTER), deployment('second', BEFORE)], { deadline: 1_500 })
    expect(result.timedOut).toBe(true)
    expect(result.unhealthy.map((one) => one.resource.name)).toEqual(['first'])
  })

  it('fails when nothing may be read', async () => {
    fake.onList = (kind) => forbidden(`list ${kind}`)
    await expect(wait([deployment('web', BEFORE)])).rejects.toThrow('list Deployment is forbidden')
  })
})

describe('what settles a wait without being healthy', () => {
  it('a claim that waits for its first pod, not one that waits for a volume', async () => {
    for (const [name, mode] of [
      ['late', 'WaitForFirstConsumer'],
      ['soon', 'Immediate']
    ])
      fake.put({
        ...plain('storage.k8s.io/v1', 'StorageClass', name ?? ''),
        metadata: { name: name ?? '' },
        volumeBindingMode: mode ?? ''
      })
    const claim = (name: string, storageClassName: string) =>
      plain('v1', 'PersistentVolumeClaim', name, { spec: { storageClassName }, status: { phase: 'Pending' } })
    const claims = [claim('a', 'late'), claim('b', 'soon')]
    for (const object of claims) fake.put(object)
    const result = await wait(claims, { deadline: 1_000 })
    expect(result.healthy.map((ref) => ref.name)).toEqual(['a'])
    expect(result.unhealthy.map((one) => one.message)).toEqual(['PersistentVolumeClaim shop/b: no volume is bound yet'])
  })

  it('an autoscaler without metrics is only warned of; one without a target is waited for', async () => {
    const autoscaler = (name: string, ...conditions: JsonObject[]) =>
      plain('autoscaling/v2', 'HorizontalPodAutoscaler', name, { status: { conditions } })
    const blind = autoscaler(
      'blind',
      { type: 'AbleToScale', status: 'True' },
      { type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric', message: 'no metrics' }
    )
    const lost = autoscaler('lost', {
      type: 'AbleToScale',
      status: 'False',
      reason: 'FailedGetScale',
      message: 'no target'
    })
    fake.put(blind)
    fake.put(lost)
    const result = await wait([blind, lost], { deadline: 800 })
    expect(result.healthy.map((ref) => ref.name)).toEqual(['blind'])
    expect(result.unhealthy[0]?.message).toContain('no target')
    expect(log.lines).toContain('warning: HorizontalPodAutoscaler shop/blind: Cannot scale: no metrics')
  })

  it('a CronJob whose last run failed: this deploy may be its repair', async () => {
    const cron = plain('batch/v1', 'CronJob', 'nightly', { status: { lastScheduleTime: '2026-01-01T00:00:00Z' } })
    fake.put(cron)
    expect((await wait([cron])).unhealthy).toEqual([])
  })

  it('a new custom resource is given a moment for its first status', async () => {
    const widget = plain('example.test/v1', 'Widget', 'w')
    widget.metadata['creationTimestamp'] = new Date().toISOString()
    fake.put(widget)
    later(300, () =>
      fake.put({ ...widget, status: { conditions: [{ type: 'Ready', status: 'False', reason: 'Creating' }] } })
    )
    expect(await wait([widget], { deadline: 1_500 })).toMatchObject({ timedOut: true })
    const silent = plain('example.test/v1', 'Widget', 'silent')
    silent.metadata['creationTimestamp'] = new Date().toISOString()
    fake.put(silent)
    const result = await wait([silent], { patience: { statusMs: 600 } })
    expect(result.unhealthy).toEqual([])
    expect(result.seconds).toBeGreaterThanOrEqual(0.6)
  })
})

describe('a Job that is gone', () => {
  const running = plain('batch/v1', 'Job', 'j', {
    spec: { ttlSecondsAfterFinished: 5 },
    status: { active: 1, startTime: 'x' }
  })
  const event = (reason: string) =>
    plain('v1', 'Event', `j.${reason}`, {
      involvedObject: { kind: 'Job', name: 'j' },
      reason,
      lastTimestamp: '2026-01-01T00:00:00Z'
    })

  it('has succeeded when its time to live was the reason, even if its last state was missed', async () => {
    fake.put(running)
    later(200, () => fake.remove(running))
    expect((await wait([running])).unhealthy).toEqual([])
  })

  it('has failed when its events say so', async () => {
    fake.put(event('BackoffLimitExceeded'))
    fake.put(running)
    later(200, () => fake.remove(running))
    const result = await wait([running])
    expect(result.unhealthy[0]).toMatchObject({ status: 'Degraded', message: 'Job shop/j: Failed, and deleted since' })
  })

  it('has succeeded when it was gone before and its events say so', async () => {
    fake.put(event('Completed'))
    expect((await wait([running])).unhealthy).toEqual([])
  })

  it('is not taken for done because an earlier one of its name was', async () => {
    const now = { ...running, metadata: { ...running.metadata, uid: 'new' }, spec: {} }
    const earlier = { ...event('Completed'), involvedObject: { kind: 'Job', name: 'j', uid: 'old' } }
    fake.put(earlier)
    fake.put(now)
    later(200, () => fake.remove(now))
    const result = await wait([now], { patience: { missingMs: 500 } })
    expect(result.unhealthy[0]).toMatchObject({ message: 'Job shop/j: It was deleted while it was waited for' })
  })

  it('is missing when nothing is known of it', async () => {
    const result = await wait([running], { patience: { missingMs: 500 } })
    expect(result.unhealthy[0]).toMatchObject({ status: 'Missing', message: 'Job shop/j: It does not exist' })
  })
})

describe('the end', () => {
  it('comes at once when there is nothing to wait for', async () => {
    expect(await wait([])).toMatchObject({ healthy: [], unhealthy: [], timedOut: false, cancelled: false })
  })

  it('comes at the deadline, with what is known', async () => {
    fake.put(deployment('web', BEFORE))
    const result = await wait([deployment('web', BEFORE)], { deadline: 500 })
    expect(result).toMatchObject({ timedOut: true, healthy: [] })
    expect(result.unhealthy).toEqual([
      {
        resource: { id: 'apps/Deployment/shop/web', kind: 'Deployment', name: 'web', namespace: 'shop' },
        status: 'Progressing',
        message: 'Deployment shop/web: 0 of 1 new pods created',
        events: [],
        logs: []
      }
    ])
  })

  it('comes at once when the run is cancelled already', async () => {
    fake.put(deployment('web', BEFORE))
    expect(await wait([deployment('web', BEFORE)], { signal: AbortSignal.abort() })).toMatchObject({ cancelled: true })
    expect(fake.lists).toEqual([])
  })

  it('hides values that must not be shown', async () => {
    const widget = plain('example.test/v1', 'Widget', 'w', {
      status: {
        conditions: [{ type: 'Ready', status: 'False', reason: 'Denied', message: 'password s3cr3t! is wrong' }]
      }
    })
    fake.put(widget)
    const result = await wait([widget], { deadline: 300, redact: ['s3cr3t!'] })
    expect(result.unhealthy[0]?.message).toContain('password *** is wrong')
  })
})
