import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { assessHealth, augmentConditions, computeStatus } from '../../../../src/targets/kubernetes/health/index.ts'

const NOW = new Date('2026-01-01T12:00:00Z')

function object(apiVersion: string, kind: string, fields: JsonObject = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'one', generation: 1 }, ...fields }
}

describe('computeStatus', () => {
  const deployed = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 }
  it.each<[string, string | undefined, string, KubernetesObject]>([
    ['ConfigMap', undefined, 'Current', object('v1', 'ConfigMap')],
    ['custom resource without status', undefined, 'Current', object('example.test/v1', 'Widget')],
    [
      'observed an older generation',
      'LatestGenerationNotObserved',
      'InProgress',
      object('example.test/v1', 'Widget', { status: { observedGeneration: 0 } })
    ],
    [
      'stalled',
      'Broken',
      'Failed',
      object('example.test/v1', 'Widget', {
        status: { conditions: [{ type: 'Stalled', status: 'True', reason: 'Broken' }] }
      })
    ],
    [
      'reconciling before its kind is looked at',
      'Busy',
      'InProgress',
      object('apps/v1', 'Deployment', {
        status: { ...deployed, conditions: [{ type: 'Reconciling', status: 'True', reason: 'Busy' }] }
      })
    ],
    [
      'Ready unknown',
      'Asking',
      'InProgress',
      object('example.test/v1', 'Widget', {
        status: { conditions: [{ type: 'Ready', status: 'Unknown', reason: 'Asking' }] }
      })
    ],
    [
      'Deployment past its deadline',
      'ProgressDeadlineExceeded',
      'Failed',
      object('apps/v1', 'Deployment', {
        status: { conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] }
      })
    ],
    [
      'Deployment with a deadline that does not progress',
      'ReplicaSetNotAvailable',
      'InProgress',
      object('apps/v1', 'Deployment', {
        spec: { progressDeadlineSeconds: 600 },
        status: { ...deployed, conditions: [{ type: 'Available', status: 'True' }] }
      })
    ],
    [
      'StatefulSet with a partition',
      undefined,
      'Current',
      object('apps/v1', 'StatefulSet', {
        spec: { replicas: 4, updateStrategy: { rollingUpdate: { partition: 3 } } },
        status: { replicas: 4, readyReplicas: 4, updatedReplicas: 1 }
      })
    ],
    [
      'StatefulSet that is updated on delete',
      undefined,
      'Current',
      object('apps/v1', 'StatefulSet', { spec: { updateStrategy: { type: 'OnDelete' } } })
    ],
    ['DaemonSet without generations', 'NoObservedGeneration', 'InProgress', object('apps/v1', 'DaemonSet')],
    [
      'Job that is suspended',
      undefined,
      'Current',
      object('batch/v1', 'Job', { status: { conditions: [{ type: 'Suspended', status: 'True' }] } })
    ],
    ['Pod of an unknown phase', undefined, 'Unknown', object('v1', 'Pod', { status: { phase: 'Odd' } })],
    [
      'definition with refused names',
      'Conflict',
      'Failed',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
        status: { conditions: [{ type: 'NamesAccepted', status: 'False', reason: 'Conflict' }] }
      })
    ]
  ])('%s (%s) is %s', (_what, reason, expected, one) => {
    const computed = computeStatus(one, { now: NOW })
    expect(computed.status).toBe(expected)
    expect(computed.conditions[0]?.reason).toBe(reason)
  })

  it('gives a pod 15 s to be scheduled', () => {
    const pod = (creationTimestamp: string): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', creationTimestamp },
      status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] }
    })
    expect(computeStatus(pod('2026-01-01T11:59:50Z'), { now: NOW }).status).toBe('InProgress')
    expect(computeStatus(pod('2026-01-01T11:59:40Z'), { now: NOW }).status).toBe('Failed')
  })
})

describe('augmentConditions', () => {
  it('adds the computed condition, and keeps the time of one that has not changed', () => {
    const pod = object('v1', 'Pod', { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } })
    const added = augmentConditions(pod, { now: NOW })
    expect(added).toHaveLength(2)
    expect(added[1]).toMatchObject({
      type: 'Reconciling',
      status: 'True',
      reason: 'PodRunningNotReady',
      lastTransitionTime: '2026-01-01T12:00:00Z'
    })
    const again = augmentConditions(
      { ...pod, status: { phase: 'Running', conditions: added } },
      { now: new Date('2026-01-01T13:00:00Z') }
    )
    expect(again[1]).toMatchObject({
      lastTransitionTime: '2026-01-01T12:00:00Z',
      lastUpdateTime: '2026-01-01T13:00:00Z'
    })
    expect(pod['status']).toEqual({ phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] })
  })
})

describe('the kstatus profile', () => {
  it('says what kstatus computes in our words', () => {
    const words = (one: KubernetesObject) => assessHealth(one, { profile: 'kstatus' })?.status
    const deleted = { metadata: { name: 'one', deletionTimestamp: '2026-01-01T00:00:00Z' } }
    expect(words(object('v1', 'ConfigMap'))).toBe('Healthy')
    expect(words({ ...object('v1', 'ConfigMap'), ...deleted })).toBe('Progressing')
    expect(words(object('v1', 'PersistentVolumeClaim'))).toBe('Progressing')
    expect(words(object('v1', 'Pod', { status: { phase: 'Failed' } }))).toBe('Healthy')
  })
})
