import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import type { Cluster, ObjectRef } from '../../../../src/targets/kubernetes/cluster.ts'
import { outlookOf, whyKept } from '../../../../src/targets/kubernetes/restart/owner.ts'

/** A pod of a Job, and a cluster that has both. */
function ofJob(job: { spec?: JsonObject; status?: JsonObject }, annotations: JsonObject = {}) {
  const owner = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'work', namespace: 'shop', uid: 'j' }, ...job }
  const pod: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'work-1',
      namespace: 'shop',
      uid: 'p',
      annotations,
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'work', uid: 'j', controller: true }]
    }
  }
  const cluster = { get: async ({ kind }: ObjectRef) => (kind === 'Pod' ? pod : owner) } as Partial<Cluster> as Cluster
  return { cluster, pod }
}

const onDisruption = (action: string): JsonObject => ({
  rules: [{ action, onPodConditions: [{ type: 'DisruptionTarget' }] }]
})
const INDEX = 'batch.kubernetes.io/job-index-failure-count'

describe('a pod of a Job that runs with wrong content', () => {
  it.each([
    ['that may fail six times', {}, undefined],
    ['that has a retry left', { spec: { backoffLimit: 2 }, status: { failed: 1 } }, undefined],
    ['that may not fail', { spec: { backoffLimit: 0 } }, '0 of 0 retries are used up'],
    ['that has no retry left', { spec: { backoffLimit: 2 }, status: { failed: 2 } }, '2 of 2 retries are used up'],
    [
      'that may not fail, and does not count disruptions',
      { spec: { backoffLimit: 0, podFailurePolicy: onDisruption('Ignore') } },
      undefined
    ],
    [
      'that fails by a disruption',
      { spec: { podFailurePolicy: onDisruption('FailJob') } },
      'its podFailurePolicy says so'
    ],
    [
      'whose disruptions count like any failure',
      { spec: { backoffLimit: 0, podFailurePolicy: onDisruption('Count') } },
      '0 of 0 retries are used up'
    ]
  ])('%s', async (_what, job, expected) => {
    const { cluster, pod } = ofJob(job)
    const why = await whyKept(cluster, pod)
    if (expected === undefined) expect(why).toBeUndefined()
    else
      expect(why).toBe(`it is left to end by itself, because evicting it would make Job shop/work fail (${expected})`)
  })

  it('of an index that has retries of its own counts by those', async () => {
    const spec = { backoffLimitPerIndex: 1 }
    const fresh = ofJob({ spec, status: { failed: 9 } })
    expect(await whyKept(fresh.cluster, fresh.pod)).toBeUndefined()
    const tried = ofJob({ spec }, { [INDEX]: '1' })
    expect(await whyKept(tried.cluster, tried.pod)).toContain('1 of 1 retries are used up')
  })

  it('waits for no other pod to be ready, and ends by itself where the Job is suspended', async () => {
    const running = ofJob({})
    expect(await outlookOf(running.cluster, running.pod)).toEqual({ stays: true, wanted: 0 })
    const suspended = ofJob({ spec: { suspend: true } })
    expect(await outlookOf(suspended.cluster, suspended.pod)).toMatchObject({ stays: false })
  })
})
