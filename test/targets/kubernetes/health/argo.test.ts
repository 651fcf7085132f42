import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { assessHealth } from '../../../../src/targets/kubernetes/health/index.ts'

/** An object of a kind with generation 2, all other fields as given. */
function object(kind: string, fields: JsonObject = {}, apiVersion = 'apps/v1'): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop', generation: 2 }, ...fields }
}

const argo = (one: KubernetesObject) => assessHealth(one, { profile: 'argo' })
const status = (one: KubernetesObject) => argo(one)?.status ?? null

describe('the argo profile', () => {
  const done = { observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 3, readyReplicas: 3 }
  it.each<[string, string | null, KubernetesObject]>([
    ['a Deployment that is rolled out', 'Healthy', object('Deployment', { spec: { replicas: 3 }, status: done })],
    [
      'one whose change is not seen',
      'Progressing',
      object('Deployment', { spec: {}, status: { observedGeneration: 1 } })
    ],
    [
      'one with old replicas',
      'Progressing',
      object('Deployment', { spec: { replicas: 3 }, status: { ...done, replicas: 4 } })
    ],
    [
      'one past its progress deadline',
      'Degraded',
      object('Deployment', {
        spec: { replicas: 3 },
        status: { ...done, conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] }
      })
    ],
    ['one of a version it does not read', 'Unknown', object('Deployment', { status: done }, 'apps/v1beta1')],
    ['a StatefulSet that was never observed', 'Progressing', object('StatefulSet', { spec: {}, status: {} })],
    [
      'a StatefulSet with a partition that is reached',
      'Healthy',
      object('StatefulSet', {
        spec: { replicas: 3, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
        status: {
          observedGeneration: 2,
          readyReplicas: 3,
          updatedReplicas: 1,
          updateRevision: 'b',
          currentRevision: 'a'
        }
      })
    ],
    [
      'a StatefulSet between two revisions',
      'Progressing',
      object('StatefulSet', {
        spec: { replicas: 3, updateStrategy: { type: 'RollingUpdate' } },
        status: {
          observedGeneration: 2,
          readyReplicas: 3,
          updatedReplicas: 1,
          updateRevision: 'b',
          currentRevision: 'a'
        }
      })
    ],
    [
      'a DaemonSet that lacks a pod',
      'Progressing',
      object('DaemonSet', {
        status: { observedGeneration: 2, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 }
      })
    ],
    [
      'a ReplicaSet that is refused its pods',
      'Degraded',
      object('ReplicaSet', {
        status: { observedGeneration: 2, conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'quota' }] }
      })
    ],
    ['a Job that runs', 'Progressing', object('Job', { status: { active: 1 } }, 'batch/v1')],
    [
      // Argo CD's own peculiarity, which our rules do not share.
      'a Job that was resumed and still runs',
      'Healthy',
      object('Job', { status: { active: 1, conditions: [{ type: 'Suspended', status: 'False' }] } }, 'batch/v1')
    ],
    ['a ClusterIP Service', 'Healthy', object('Service', { spec: { type: 'ClusterIP' } }, 'v1')],
    ['a LoadBalancer without address', 'Progressing', object('Service', { spec: { type: 'LoadBalancer' } }, 'v1')],
    ['a claim that is lost', 'Degraded', object('PersistentVolumeClaim', { status: { phase: 'Lost' } }, 'v1')],
    ['a claim without a phase', 'Unknown', object('PersistentVolumeClaim', {}, 'v1')],
    ['an APIService not looked at', 'Progressing', object('APIService', {}, 'apiregistration.k8s.io/v1')],
    ['a ConfigMap', null, object('ConfigMap', {}, 'v1')],
    ['a CronJob', 'Healthy', object('CronJob', {}, 'batch/v1')],
    [
      'a CronJob whose last run failed',
      'Degraded',
      object(
        'CronJob',
        { status: { lastScheduleTime: '2025-07-30T13:46:00Z', lastSuccessfulTime: '2025-07-30T13:40:00Z' } },
        'batch/v1'
      )
    ],
    [
      'a CronJob that never succeeded',
      'Healthy',
      object('CronJob', { status: { lastScheduleTime: '2025-07-30T13:46:00Z' } }, 'batch/v1')
    ],
    ['a budget nobody has looked at', 'Progressing', object('PodDisruptionBudget', {}, 'policy/v1')],
    [
      'a budget of pods without a controller',
      'Degraded',
      object(
        'PodDisruptionBudget',
        { status: { conditions: [{ type: 'DisruptionAllowed', status: 'False', reason: 'SyncFailed' }] } },
        'policy/v1'
      )
    ],
    [
      'a definition not established yet',
      'Progressing',
      object('CustomResourceDefinition', {}, 'apiextensions.k8s.io/v1')
    ],
    ['a custom resource that failed', 'Degraded', object('Widget', { status: { phase: 'Failed' } }, 'example.test/v1')],
    ['a custom resource that reports nothing', null, object('Widget', {}, 'example.test/v1')],
    ['one of a known operator that reports nothing', null, object('Certificate', {}, 'cert-manager.io/v1')],
    ['an Application', null, object('Application', { status: { health: { status: 'Healthy' } } }, 'argoproj.io/v1')],
    ['a workflow in error', 'Degraded', object('Workflow', { status: { phase: 'Error' } }, 'argoproj.io/v1alpha1')]
  ])('%s is %s', (_what, expected, one) => {
    expect(status(one)).toBe(expected)
  })

  it('calls what is being deleted Progressing, unless a hook finalizer holds it', () => {
    const deleted = { metadata: { name: 'web', deletionTimestamp: '2026-01-01T00:00:00Z' } }
    expect(argo({ ...object('ConfigMap', {}, 'v1'), ...deleted })).toEqual({
      status: 'Progressing',
      message: 'Pending deletion'
    })
    const held = {
      metadata: { ...deleted.metadata, finalizers: ['argocd.argoproj.io/hook-finalizer'] },
      status: { conditions: [{ type: 'Complete', status: 'True', message: 'done' }] }
    }
    expect(argo({ ...object('Job', {}, 'batch/v1'), ...held })).toEqual({ status: 'Healthy', message: 'done' })
  })

  describe('for pods', () => {
    const pod = (restartPolicy: string, podStatus: JsonObject, annotations: JsonObject = {}): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', annotations },
      spec: { restartPolicy },
      status: podStatus
    })
    const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
    const backOff = {
      phase: 'Running',
      containerStatuses: [{ name: 'main', state: { waiting: { reason: 'ImagePullBackOff', message: 'no image' } } }]
    }
    const asService = { 'argocd.argoproj.io/ignore-restart-policy': 'true' }
    it.each<[string, KubernetesObject, { status: string; message: string }]>([
      ['ready', pod('Always', ready), { status: 'Healthy', message: '' }],
      ['waiting for its image', pod('Always', backOff), { status: 'Degraded', message: 'no image' }],
      ['waiting for its image, to be run once', pod('Never', backOff), { status: 'Progressing', message: '' }],
      ['running, to be run once', pod('OnFailure', ready), { status: 'Progressing', message: '' }],
      ['run once, yet a service', pod('Never', ready, asService), { status: 'Healthy', message: '' }],
      [
        'run once, yet a service, without its image',
        pod('Never', backOff, asService),
        { status: 'Degraded', message: 'no image' }
      ],
      [
        'a hook whatever it says',
        pod('Never', ready, { ...asService, 'helm.sh/hook': 'test' }),
        { status: 'Progressing', message: '' }
      ],
      [
        'not ready after a crash',
        pod('Always', { phase: 'Running', containerStatuses: [{ name: 'main', lastState: { terminated: {} } }] }),
        { status: 'Degraded', message: '' }
      ],
      [
        'failed',
        pod('Never', {
          phase: 'Failed',
          containerStatuses: [{ name: 'main', state: { terminated: { exitCode: 3 } } }]
        }),
        { status: 'Degraded', message: 'container "main" failed with exit code 3' }
      ],
      ['without a restart policy', pod('', ready), { status: 'Unknown', message: '' }]
    ])('a pod %s', (_what, one, expected) => {
      expect(argo(one)).toEqual(expected)
    })
  })

  describe('for autoscalers', () => {
    const annotation = 'autoscaling.alpha.kubernetes.io/conditions'
    const v1 = (text: string): KubernetesObject => ({
      apiVersion: 'autoscaling/v1',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', annotations: { [annotation]: text } }
    })
    it('finds a failure behind a condition that is met', () => {
      const conditions = [
        { type: 'AbleToScale', status: 'True', reason: 'SucceededGetScale', message: 'fine' },
        { type: 'ScalingActive', status: 'False', reason: 'FailedGetObjectMetric', message: 'no metric' }
      ]
      expect(argo(v1(JSON.stringify(conditions)))).toEqual({ status: 'Degraded', message: 'no metric' })
      expect(status(object('HorizontalPodAutoscaler', { status: { conditions } }, 'autoscaling/v2'))).toBe('Degraded')
    })
    it('waits where nothing is known, and does not fall over broken JSON', () => {
      expect(status(object('HorizontalPodAutoscaler', {}, 'autoscaling/v1'))).toBe('Progressing')
      expect(status(v1('[]'))).toBe('Progressing')
      expect(status(v1('{'))).toBe('Unknown')
    })
  })
})
