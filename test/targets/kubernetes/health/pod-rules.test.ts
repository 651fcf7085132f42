import type { JsonObject } from '../../../../src/json.ts'
import { table } from './rule-table.ts'

const started = (...list: JsonObject[]): JsonObject => ({
  status: { startTime: '2026-01-01T11:00:00Z', conditions: list }
})
table('Job', 'batch/v1', 'Job', {
  'is healthy when complete': ['Healthy', /Completed/, started({ type: 'Complete', status: 'True' })],
  'waits while it runs': [
    'Progressing',
    /1 of 3 completed, 2 running, 1 failed/,
    { spec: { completions: 3 }, status: { startTime: 'x', succeeded: 1, active: 2, failed: 1 } }
  ],
  'is degraded when failed': [
    'Degraded',
    /backoff limit/,
    started({ type: 'Failed', status: 'True', message: 'Job has reached the specified backoff limit' })
  ],
  'is degraded when it is about to be failed': [
    'Degraded',
    /limit/,
    started({ type: 'FailureTarget', status: 'True', reason: 'limit' })
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
  'whose sidecar runs is in progress because of what is not ready': [
    'Progressing',
    /^container main is running but not ready/,
    {
      spec: { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] },
      status: {
        phase: 'Running',
        initContainerStatuses: [{ name: 'proxy', ready: true, started: true, state: { running: {} } }],
        containerStatuses: [{ name: 'main', ready: false, state: { running: {} } }]
      }
    }
  ],
  'whose sidecar crashes is degraded': [
    'Degraded',
    /^sidecar container proxy exited with code 3/,
    {
      spec: { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] },
      status: {
        phase: 'Running',
        initContainerStatuses: [{ name: 'proxy', restartCount: 2, state: { terminated: { exitCode: 3 } } }],
        containerStatuses: [{ name: 'main', ready: true, state: { running: {} } }]
      }
    }
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
