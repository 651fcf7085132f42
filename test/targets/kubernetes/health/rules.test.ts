import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { type AssessOptions, assessHealth } from '../../../../src/targets/kubernetes/health/index.ts'

const NOW = new Date('2026-01-01T12:00:00Z')

function object(apiVersion: string, kind: string, fields: JsonObject = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop', generation: 2 }, ...fields }
}

const assess = (one: KubernetesObject, options: AssessOptions = {}) => assessHealth(one, { now: NOW, ...options })

type Case = readonly [status: string, message: RegExp, fields: JsonObject]

function table(title: string, apiVersion: string, kind: string, cases: Readonly<Record<string, Case>>) {
  describe(title, () => {
    it.each(Object.entries(cases))('%s', (_what, [status, message, fields]) => {
      const health = assess(object(apiVersion, kind, fields))
      expect(health?.message).toMatch(message)
      expect(health?.status).toBe(status)
    })
  })
}

const rolled = { observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 3, readyReplicas: 3 }
table('Deployment', 'apps/v1', 'Deployment', {
  'is healthy when all new pods are available': [
    'Healthy',
    /^All 3 pods available$/,
    { spec: { replicas: 3 }, status: rolled }
  ],
  'is healthy at zero replicas': ['Healthy', /zero/, { spec: { replicas: 0 }, status: { observedGeneration: 2 } }],
  'counts a missing number of replicas as one': [
    'Progressing',
    /0 of 1 new pods created/,
    { spec: {}, status: { observedGeneration: 2 } }
  ],
  'waits until the controller has seen a change': [
    'Progressing',
    /not seen the latest change/,
    { spec: { replicas: 3 }, status: { ...rolled, observedGeneration: 1 } }
  ],
  'waits without any status': ['Progressing', /not seen/, { spec: { replicas: 3 } }],
  'is not fooled by old pods that are all ready': [
    'Progressing',
    /0 of 3 new pods created/,
    { spec: { replicas: 3 }, status: { ...rolled, updatedReplicas: 0 } }
  ],
  'waits for old pods to go': [
    'Progressing',
    /1 old pod not yet terminated/,
    { spec: { replicas: 3 }, status: { ...rolled, replicas: 4 } }
  ],
  'waits for availability': [
    'Progressing',
    /1 of 3 new pods available/,
    { spec: { replicas: 3 }, status: { ...rolled, availableReplicas: 1 } }
  ],
  'is suspended when paused': ['Suspended', /paused/, { spec: { replicas: 3, paused: true }, status: rolled }],
  'tells why its pods are refused': [
    'Progressing',
    /Pods cannot be created: exceeded quota/,
    {
      spec: { replicas: 3 },
      status: {
        observedGeneration: 2,
        conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'exceeded quota.' }]
      }
    }
  ],
  'is degraded past its deadline': [
    'Degraded',
    /no progress within 45 s: ReplicaSet "web-1" has timed out/,
    {
      spec: { replicas: 3, progressDeadlineSeconds: 45 },
      status: {
        ...rolled,
        updatedReplicas: 1,
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
            message: 'ReplicaSet "web-1" has timed out progressing.'
          }
        ]
      }
    }
  ],
  'is not available while its condition says so': [
    'Progressing',
    /Not available/,
    {
      spec: { replicas: 3 },
      status: { ...rolled, conditions: [{ type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable' }] }
    }
  ]
})

const set = {
  observedGeneration: 2,
  replicas: 3,
  readyReplicas: 3,
  updatedReplicas: 3,
  currentRevision: 'b',
  updateRevision: 'b'
}
const partition = (number: number): JsonObject => ({
  replicas: 3,
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: number } }
})
table('StatefulSet', 'apps/v1', 'StatefulSet', {
  'is healthy when all pods are ready at one revision': [
    'Healthy',
    /All 3 pods ready/,
    { spec: partition(0), status: set }
  ],
  'waits for ready pods': [
    'Progressing',
    /2 of 3 pods ready/,
    { spec: partition(0), status: { ...set, readyReplicas: 2 } }
  ],
  'waits for updated pods': [
    'Progressing',
    /1 of 3 pods updated to revision c/,
    { spec: partition(0), status: { ...set, updatedReplicas: 1, updateRevision: 'c' } }
  ],
  'waits until the revision is complete': [
    'Progressing',
    /revision c is not complete/,
    { spec: partition(0), status: { ...set, updateRevision: 'c' } }
  ],
  'is healthy when its partition is reached': [
    'Healthy',
    /partition 2/,
    { spec: partition(2), status: { ...set, updatedReplicas: 1, updateRevision: 'c' } }
  ],
  'waits for its partition': [
    'Progressing',
    /0 of 1 pods updated/,
    { spec: partition(2), status: { ...set, updatedReplicas: 0, updateRevision: 'c' } }
  ],
  'does not wait for updates that somebody triggers by deleting': [
    'Healthy',
    /OnDelete/,
    {
      spec: { replicas: 3, updateStrategy: { type: 'OnDelete' } },
      status: { ...set, updatedReplicas: 0, updateRevision: 'c' }
    }
  ],
  'waits for readiness also with OnDelete': [
    'Progressing',
    /1 of 3/,
    { spec: { replicas: 3, updateStrategy: { type: 'OnDelete' } }, status: { ...set, readyReplicas: 1 } }
  ],
  'waits for minReadySeconds': [
    'Progressing',
    /1 of 3 pods ready for at least 10 s/,
    { spec: { ...partition(0), minReadySeconds: 10 }, status: { ...set, availableReplicas: 1 } }
  ],
  'waits for surplus pods to go': [
    'Progressing',
    /2 surplus pods/,
    { spec: partition(0), status: { ...set, replicas: 5 } }
  ]
})

const everywhere = {
  observedGeneration: 2,
  desiredNumberScheduled: 3,
  currentNumberScheduled: 3,
  updatedNumberScheduled: 3,
  numberAvailable: 3,
  numberReady: 3
}
table('DaemonSet', 'apps/v1', 'DaemonSet', {
  'is healthy when every node has its pod': ['Healthy', /All 3 pods available/, { status: everywhere }],
  'is healthy where no node matches': [
    'Healthy',
    /No node matches/,
    { status: { observedGeneration: 2, desiredNumberScheduled: 0 } }
  ],
  'waits for updated pods': [
    'Progressing',
    /1 of 3 pods updated/,
    { status: { ...everywhere, updatedNumberScheduled: 1 } }
  ],
  'waits for available pods, whatever maxUnavailable says': [
    'Progressing',
    /2 of 3 pods available/,
    {
      spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } } },
      status: { ...everywhere, numberAvailable: 2 }
    }
  ],
  'does not wait for updates with OnDelete': [
    'Healthy',
    /OnDelete/,
    { spec: { updateStrategy: { type: 'OnDelete' } }, status: { ...everywhere, updatedNumberScheduled: 0 } }
  ],
  'waits without a status': ['Progressing', /not seen/, {}]
})

const conditions = (...list: JsonObject[]): JsonObject => ({
  status: { startTime: '2026-01-01T11:00:00Z', conditions: list }
})
table('Job', 'batch/v1', 'Job', {
  'is healthy when complete': ['Healthy', /Completed/, conditions({ type: 'Complete', status: 'True' })],
  'waits while it runs': [
    'Progressing',
    /1 of 3 completed, 2 running, 1 failed/,
    { spec: { completions: 3 }, status: { startTime: 'x', succeeded: 1, active: 2, failed: 1 } }
  ],
  'is degraded when failed': [
    'Degraded',
    /backoff limit/,
    conditions({ type: 'Failed', status: 'True', message: 'Job has reached the specified backoff limit' })
  ],
  'is degraded when it is about to be failed': [
    'Degraded',
    /limit/,
    conditions({ type: 'FailureTarget', status: 'True', reason: 'limit' })
  ],
  'is suspended': ['Suspended', /spec.suspend/, { spec: { suspend: true } }],
  'waits when it was resumed': [
    'Progressing',
    /1 running/,
    { status: { active: 1, conditions: [{ type: 'Suspended', status: 'False' }] } }
  ],
  'has not started': ['Progressing', /Not started/, {}],
  'has failed more often than it may': [
    'Degraded',
    /2 pods failed, more than the back-off limit of 1/,
    { spec: { backoffLimit: 1 }, status: { failed: 2 } }
  ],
  'is done by its number of completions': [
    'Healthy',
    /Completed/,
    { spec: { completions: 1 }, status: { succeeded: 1 } }
  ],
  'is done without one when a pod has succeeded and none runs': ['Healthy', /Completed/, { status: { succeeded: 1 } }],
  'is not done while another pod runs': [
    'Progressing',
    /1 completed, 1 running/,
    { status: { succeeded: 1, active: 1 } }
  ]
})

table('CronJob', 'batch/v1', 'CronJob', {
  'that has not run is healthy': ['Healthy', /not run yet/, { status: {} }],
  'whose last run succeeded is healthy': [
    'Healthy',
    /succeeded/,
    { status: { lastScheduleTime: '2026-01-01T11:00:00Z', lastSuccessfulTime: '2026-01-01T11:00:05Z' } }
  ],
  'that runs now is healthy': [
    'Healthy',
    /under way/,
    { status: { active: [{ name: 'x' }], lastScheduleTime: '2026-01-01T11:00:00Z' } }
  ],
  'whose last run did not succeed is degraded': [
    'Degraded',
    /11:00:00Z did not succeed/,
    { status: { lastScheduleTime: '2026-01-01T11:00:00Z', lastSuccessfulTime: '2026-01-01T10:00:05Z' } }
  ],
  'that is suspended': ['Suspended', /no runs/, { spec: { suspend: true } }]
})

const waiting = (reason: string, message = '', more: JsonObject = {}): JsonObject => ({
  phase: 'Running',
  containerStatuses: [{ name: 'main', ready: false, state: { waiting: { reason, message } }, ...more }]
})
const ended = (exitCode: number, more: JsonObject = {}): JsonObject => ({
  terminated: { exitCode, reason: 'Error', ...more }
})
table('Pod', 'v1', 'Pod', {
  'that is ready is healthy': [
    'Healthy',
    /ready/,
    { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } }
  ],
  'that has succeeded is healthy': [
    'Healthy',
    /Completed/,
    { spec: { restartPolicy: 'Never' }, status: { phase: 'Succeeded' } }
  ],
  'that failed tells its exit code': [
    'Degraded',
    /^container main exited with code 3: no disk$/,
    { status: { phase: 'Failed', containerStatuses: [{ name: 'main', state: ended(3, { message: 'no disk\n' }) }] } }
  ],
  'that was evicted says so': [
    'Degraded',
    /Failed: Evicted: The node was low on resource: memory/,
    { status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' } }
  ],
  'in a crash loop is degraded': [
    'Degraded',
    /^container main exited with code 1 \(CrashLoopBackOff, 3 restarts\)$/,
    { status: waiting('CrashLoopBackOff', 'back-off', { restartCount: 3, lastState: ended(1) }) }
  ],
  'killed for its memory says so': [
    'Degraded',
    /code 137 \(CrashLoopBackOff, OOMKilled, 2 restarts\)/,
    {
      status: waiting('CrashLoopBackOff', '', {
        restartCount: 2,
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } }
      })
    }
  ],
  'that crashed once is not': [
    'Progressing',
    /exited with code 1/,
    { status: { phase: 'Running', containerStatuses: [{ name: 'main', state: ended(1), restartCount: 0 }] } }
  ],
  'without its image is degraded': [
    'Degraded',
    /cannot get its image \(ErrImagePull\): not found/,
    { status: waiting('ErrImagePull', 'not found') }
  ],
  'without its Secret is degraded': [
    'Degraded',
    /cannot be started \(CreateContainerConfigError\): secret "db" not found/,
    { status: waiting('CreateContainerConfigError', 'secret "db" not found') }
  ],
  'whose init container fails is degraded': [
    'Degraded',
    /^init container migrate exited with code 2/,
    {
      status: {
        phase: 'Pending',
        initContainerStatuses: [
          { name: 'migrate', restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: ended(2) }
        ],
        containerStatuses: [{ name: 'main', state: { waiting: { reason: 'PodInitializing' } } }]
      }
    }
  ],
  'whose init container runs is in progress': [
    'Progressing',
    /init container migrate is running/,
    { status: { phase: 'Pending', initContainerStatuses: [{ name: 'migrate', state: { running: {} } }] } }
  ],
  'to be run once is in progress while it runs': [
    'Progressing',
    /run to its end/,
    { spec: { restartPolicy: 'Never' }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } }
  ],
  'that crashes and is retried on failure is in progress': [
    'Progressing',
    /CrashLoopBackOff/,
    {
      spec: { restartPolicy: 'OnFailure' },
      status: waiting('CrashLoopBackOff', '', { restartCount: 3, lastState: ended(1) })
    }
  ],
  'to be run once without its image is degraded': [
    'Degraded',
    /image/,
    { spec: { restartPolicy: 'Never' }, status: waiting('ImagePullBackOff') }
  ],
  'that no node takes has a grace': [
    'Progressing',
    /Not scheduled: 0\/3 nodes/,
    {
      status: {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/3 nodes are available',
            lastTransitionTime: '2026-01-01T11:59:45Z'
          }
        ]
      }
    }
  ],
  'that no node takes for longer is degraded': [
    'Degraded',
    /Not scheduled/,
    {
      status: {
        phase: 'Pending',
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', lastTransitionTime: '2026-01-01T11:59:15Z' }
        ]
      }
    }
  ],
  'that runs and is not ready names the container': [
    'Progressing',
    /container main is running but not ready/,
    {
      status: {
        phase: 'Running',
        containerStatuses: [{ name: 'main', ready: false, state: { running: {} } }],
        conditions: [{ type: 'Ready', status: 'False' }]
      }
    }
  ],
  'that runs again after a crash tells of it': [
    'Progressing',
    /container main exited with code 1 \(1 restart\), runs again and is not ready/,
    {
      status: {
        phase: 'Running',
        containerStatuses: [
          { name: 'main', ready: false, restartCount: 1, state: { running: {} }, lastState: ended(1) }
        ]
      }
    }
  ],
  'that nobody has seen': ['Progressing', /Not seen/, {}]
})

table('Service', 'v1', 'Service', {
  'inside the cluster is healthy': ['Healthy', /./, { spec: { type: 'ClusterIP' } }],
  'with an external name is healthy': ['Healthy', /./, { spec: { type: 'ExternalName' } }],
  'of a load balancer waits for its address': [
    'Progressing',
    /no address yet/,
    { spec: { type: 'LoadBalancer', clusterIP: '10.0.0.1' } }
  ],
  'of a load balancer with an address is healthy': [
    'Healthy',
    /192\.0\.2\.1/,
    { spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } }
  ],
  'with external addresses of its own is healthy': [
    'Healthy',
    /of its own/,
    { spec: { type: 'LoadBalancer', externalIPs: ['192.0.2.1'] } }
  ]
})

const autoscaler = (...list: JsonObject[]): JsonObject => ({ status: { conditions: list } })
const able = { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale' }
table('HorizontalPodAutoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', {
  'that can scale is healthy': ['Healthy', /ReadyForNewScale/, autoscaler(able)],
  'without a target is degraded': [
    'Degraded',
    /not found/,
    autoscaler({ type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message: 'deployments "x" not found' })
  ],
  'without metrics is degraded': [
    'Degraded',
    /no metrics/,
    autoscaler(able, {
      type: 'ScalingActive',
      status: 'False',
      reason: 'FailedGetResourceMetric',
      message: 'no metrics'
    })
  ],
  'that has not looked yet is in progress': ['Progressing', /not looked/, {}]
})

table('CustomResourceDefinition', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
  'established is healthy': ['Healthy', /Established/, autoscaler({ type: 'Established', status: 'True' })],
  'being installed is in progress': [
    'Progressing',
    /Not established/,
    autoscaler({ type: 'Established', status: 'False', reason: 'Installing' })
  ],
  'whose names are taken is degraded': [
    'Degraded',
    /taken/,
    autoscaler({ type: 'NamesAccepted', status: 'False', message: 'the plural is taken' })
  ]
})

describe('other kinds', () => {
  it.each<[string, string, string, JsonObject]>([
    ['an Ingress without address, which many controllers never give', 'Healthy', 'networking.k8s.io/v1 Ingress', {}],
    ['a claim without volume', 'Progressing', 'v1 PersistentVolumeClaim', { status: { phase: 'Pending' } }],
    ['a bound claim', 'Healthy', 'v1 PersistentVolumeClaim', { status: { phase: 'Bound' } }],
    ['a lost claim', 'Degraded', 'v1 PersistentVolumeClaim', { status: { phase: 'Lost' } }],
    ['a disruption budget', 'Healthy', 'policy/v1 PodDisruptionBudget', { status: { disruptionsAllowed: 0 } }],
    [
      'an API that is not served',
      'Progressing',
      'apiregistration.k8s.io/v1 APIService',
      autoscaler({ type: 'Available', status: 'False', reason: 'MissingEndpoints' })
    ],
    [
      'an API that is served',
      'Healthy',
      'apiregistration.k8s.io/v1 APIService',
      autoscaler({ type: 'Available', status: 'True' })
    ],
    ['a namespace', 'Healthy', 'v1 Namespace', { status: { phase: 'Active' } }],
    ['a ConfigMap', 'Healthy', 'v1 ConfigMap', {}],
    ['a role', 'Healthy', 'rbac.authorization.k8s.io/v1 Role', {}],
    [
      'a ReplicaSet that is refused pods',
      'Degraded',
      'apps/v1 ReplicaSet',
      { status: { observedGeneration: 2, conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'quota' }] } }
    ],
    [
      'a ReplicaSet whose pods are ready',
      'Healthy',
      'apps/v1 ReplicaSet',
      { spec: { replicas: 2 }, status: { observedGeneration: 2, replicas: 2, readyReplicas: 2 } }
    ],
    [
      'a ReplicaSet with minReadySeconds',
      'Progressing',
      'apps/v1 ReplicaSet',
      { spec: { replicas: 2, minReadySeconds: 5 }, status: { observedGeneration: 2, replicas: 2, readyReplicas: 2 } }
    ]
  ])('%s is %s', (_what, status, type, fields) => {
    const [apiVersion = '', kind = ''] = type.split(' ')
    expect(assess(object(apiVersion, kind, fields))?.status).toBe(status)
  })

  it('does not ask for a load balancer address where the caller says so', () => {
    const service = object('v1', 'Service', { spec: { type: 'LoadBalancer' } })
    expect(assess(service, { loadBalancers: 'optional' })?.status).toBe('Healthy')
  })

  it('tells what holds an object that is being deleted', () => {
    const health = assess({
      ...object('v1', 'ConfigMap'),
      metadata: { name: 'x', deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.test/cleanup'] }
    })
    expect(health).toEqual({ status: 'Progressing', message: expect.stringContaining('example.test/cleanup') })
  })
})

describe('any object', () => {
  it('gets an answer in every profile, however malformed it is', () => {
    const kinds = fc.constantFrom(
      ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) => ['apps/v1', kind] as const),
      ...['Pod', 'Service', 'PersistentVolumeClaim', 'Namespace', 'ReplicationController'].map(
        (kind) => ['v1', kind] as const
      ),
      ['batch/v1', 'Job'] as const,
      ['batch/v1', 'CronJob'] as const,
      ['autoscaling/v1', 'HorizontalPodAutoscaler'] as const,
      ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'] as const,
      ['argoproj.io/v1alpha1', 'Rollout'] as const,
      ['cert-manager.io/v1', 'Certificate'] as const,
      ['gateway.networking.k8s.io/v1', 'HTTPRoute'] as const,
      ['example.test/v1', 'Widget'] as const
    )
    const names = fc.constantFrom(
      ...['conditions', 'type', 'status', 'reason', 'phase', 'replicas', 'observedGeneration', 'generation', 'state'],
      ...['containerStatuses', 'terminated', 'waiting', 'Ready', 'True', 'spec', 'metadata', 'parents', 'message']
    )
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        names,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map')
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(names, tie('value'), { maxKeys: 5 })
    }))
    const statuses = ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown']
    fc.assert(
      fc.property(kinds, json.map, json.map, json.value, ([apiVersion, kind], metadata, spec, status) => {
        const one = { apiVersion, kind, metadata, spec, status } as unknown as KubernetesObject
        for (const profile of ['default', 'argo', 'kstatus'] as const) {
          const health = assessHealth(one, { profile, now: NOW })
          if (health === null) expect(profile).toBe('argo')
          else {
            expect(statuses).toContain(health.status)
            if (profile === 'default') expect(health.message).not.toBe('')
          }
        }
      }),
      { numRuns: 500 }
    )
  })
})
