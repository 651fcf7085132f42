import type { JsonObject } from '../../../../src/json.ts'
import { table } from './rule-table.ts'

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
  'is healthy when its pods are ready and need not stay so for a time': [
    'Healthy',
    /All 3 pods available/,
    { status: { ...everywhere, numberReady: 3, numberAvailable: 0 } }
  ],
  'waits for pods to be ready for the declared time': [
    'Progressing',
    /0 of 3 pods available/,
    { spec: { minReadySeconds: 30 }, status: { ...everywhere, numberReady: 3, numberAvailable: 0 } }
  ],
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
      status: { ...everywhere, numberReady: 2, numberAvailable: 2 }
    }
  ],
  'does not wait for updates with OnDelete': [
    'Healthy',
    /OnDelete/,
    { spec: { updateStrategy: { type: 'OnDelete' } }, status: { ...everywhere, updatedNumberScheduled: 0 } }
  ],
  'waits without a status': ['Progressing', /not seen/, {}]
})
