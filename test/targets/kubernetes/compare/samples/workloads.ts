import type { JsonObject } from '../../../../../src/json.ts'
import { type Sample, sample } from './sample.ts'

const POD: JsonObject = {
  serviceAccountName: 'default',
  securityContext: { runAsNonRoot: true, supplementalGroups: [1, 2] },
  initContainers: [{ name: 'init', image: 'busybox:1.36', command: ['true'] }],
  containers: [
    {
      name: 'web',
      image: 'nginx:1.27',
      args: ['--a', '--b'],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '' },
        { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }
      ],
      ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP', name: 'dns' }],
      resources: { requests: { cpu: '100m', memory: '1024Mi' }, limits: { memory: '1Gi' } },
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp', readOnly: false }],
      readinessProbe: { httpGet: { path: '/', port: 80 } }
    },
    { name: 'side', image: 'busybox:1.36', command: ['sleep', '1'], stdin: false }
  ],
  volumes: [
    { name: 'tmp', emptyDir: {} },
    { name: 'cm', configMap: { name: 'x', items: [{ key: 'a', path: 'b' }] } },
    { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }
  ],
  tolerations: [{ key: 'a', operator: 'Exists' }],
  imagePullSecrets: [],
  nodeSelector: {}
}

const podKnobs = (prefix: string): Sample['knobs'] => {
  const knobs: Sample['knobs'] = {
    'containers[name=web].image': ['nginx:1.27', 'nginx:1.28'],
    'containers[name=web].args': [['--a', '--b'], ['--b', '--a'], ['--a'], [], null, undefined],
    'containers[name=web].command': [['x'], [], undefined],
    'containers[name=web].env': [
      [{ name: 'A', value: '1' }, { name: 'B' }],
      [
        { name: 'B', value: 'x' },
        { name: 'A', value: '1' }
      ],
      [
        { name: 'C', value: '$(A)' },
        { name: 'A', value: '2' }
      ],
      [],
      undefined
    ],
    'containers[name=web].env[name=A].value': ['1', '2', ''],
    'containers[name=web].ports': [
      [{ containerPort: 80 }],
      [{ containerPort: 80, protocol: 'TCP' }],
      [
        { containerPort: 80, protocol: 'UDP' },
        { containerPort: 80, protocol: 'TCP', name: 'http' }
      ],
      [{ containerPort: 8080, name: 'http' }, { containerPort: 80 }],
      undefined
    ],
    'containers[name=web].resources.requests.cpu': ['100m', '0.1', 0.1, '0.2', undefined],
    'containers[name=web].resources.requests.memory': ['1024Mi', '1Gi', '1073741824', '512Mi'],
    'containers[name=web].resources.limits': [
      { memory: '1Gi', cpu: '1000m' },
      { memory: '1Gi', cpu: 1 },
      {},
      undefined
    ],
    'containers[name=web].volumeMounts[mountPath=/tmp].readOnly': [true, false, undefined],
    'containers[name=web].readinessProbe.httpGet.port': [80, 'dns', 8080],
    'containers[name=web].readinessProbe': [undefined, { exec: { command: ['true'] }, periodSeconds: 10 }],
    'containers[name=web].imagePullPolicy': ['Always', 'IfNotPresent', undefined],
    'containers[name=web].securityContext': [{ capabilities: { drop: ['ALL'] } }, {}, { runAsUser: 0 }, undefined],
    'containers[name=side].stdin': [true, false, undefined],
    'volumes[name=tmp].emptyDir': [{}, { medium: 'Memory' }, { sizeLimit: '1024Mi' }, { sizeLimit: '1Gi' }],
    'volumes[name=cm].configMap.defaultMode': [420, 256, undefined],
    tolerations: [[{ key: 'a', operator: 'Exists' }], [{ key: 'b', operator: 'Equal', value: '' }], [], undefined],
    terminationGracePeriodSeconds: [30, 0, 60, undefined],
    hostNetwork: [false, undefined],
    nodeSelector: [{ a: 'b' }, { a: 'b', c: 'd' }, {}, null, undefined],
    imagePullSecrets: [[{ name: 'p' }], [{ name: 'q' }, { name: 'p' }], [], undefined],
    affinity: [
      {},
      {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }]
          }
        }
      },
      undefined
    ],
    topologySpreadConstraints: [
      [
        {
          maxSkew: 1,
          topologyKey: 'zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { app: 'x' } }
        }
      ],
      undefined
    ],
    'securityContext.supplementalGroups': [[1, 2], [2, 1], [], undefined],
    dnsConfig: [{ nameservers: ['1.1.1.1'], options: [{ name: 'ndots', value: '2' }] }, undefined],
    hostAliases: [[{ ip: '10.0.0.1', hostnames: ['a', 'b'] }], undefined]
  }
  return Object.fromEntries(Object.entries(knobs).map(([path, values]) => [`${prefix}.${path}`, values]))
}

const template = (restartPolicy?: string): JsonObject => ({
  metadata: { labels: { app: 'x' } },
  spec: { ...structuredClone(POD), ...(restartPolicy ? { restartPolicy } : {}) }
})

/** Kinds with a pod template. */
export const WORKLOADS: Readonly<Record<string, Sample>> = {
  Deployment: sample(
    'apps/v1',
    'Deployment',
    { spec: { replicas: 0, selector: { matchLabels: { app: 'x' } }, template: template() } },
    {
      'spec.replicas': [0, 1, undefined],
      'spec.strategy': [{ type: 'Recreate' }, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } }, {}, undefined],
      'spec.strategy.rollingUpdate.maxUnavailable': ['25%', 0],
      'spec.paused': [true, false, undefined],
      'spec.minReadySeconds': [0, 5, undefined],
      'spec.template.metadata.annotations': [{ a: 'b' }, {}, undefined],
      'spec.template.metadata.creationTimestamp': [null, undefined],
      ...podKnobs('spec.template.spec')
    }
  ),
  StatefulSet: sample(
    'apps/v1',
    'StatefulSet',
    {
      spec: {
        serviceName: 'x',
        replicas: 0,
        selector: { matchLabels: { app: 'x' } },
        template: template(),
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } } }
          }
        ]
      }
    },
    {
      'spec.replicas': [0, 1, undefined],
      'spec.updateStrategy': [{ type: 'OnDelete' }, { rollingUpdate: { partition: 1 } }, undefined],
      'spec.serviceName': ['x', 'y'],
      'spec.volumeClaimTemplates': [
        [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
          }
        ],
        [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } }
          }
        ]
      ],
      ...podKnobs('spec.template.spec')
    }
  ),
  DaemonSet: sample(
    'apps/v1',
    'DaemonSet',
    { spec: { selector: { matchLabels: { app: 'x' } }, template: template() } },
    { 'spec.revisionHistoryLimit': [10, 3, undefined], ...podKnobs('spec.template.spec') }
  ),
  Job: sample(
    'batch/v1',
    'Job',
    {
      // A Job without any label of its own is given those of its pods.
      metadata: { name: 'x', labels: { app: 'x', keep: 'y' } },
      spec: { suspend: true, backoffLimit: 2, template: template('Never') }
    },
    {
      'spec.suspend': [true, false],
      'spec.backoffLimit': [2, 3, undefined],
      'spec.parallelism': [1, 0, undefined],
      'spec.template.spec.containers[name=web].image': ['nginx:1.27', 'nginx:1.28']
    }
  ),
  CronJob: sample(
    'batch/v1',
    'CronJob',
    { spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: template('OnFailure') } } } },
    {
      'spec.schedule': ['0 3 * * *', '@daily'],
      'spec.suspend': [true, false, undefined],
      'spec.timeZone': ['Europe/Berlin', undefined],
      ...podKnobs('spec.jobTemplate.spec.template.spec')
    }
  )
}
