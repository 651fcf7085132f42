import type { JsonObject } from '../../../../src/json.ts'
import { SAMPLES } from '../compare/samples/index.ts'
import { drop, extra, into, type Kind, same, set, turned } from './change.ts'
import { MORE_CHANGES } from './more-changes.ts'
import { GADGET, GADGET_CHANGES } from './two-versions.ts'

const LISTS = ['set', 'drop', 'extra', 'add', 'take', 'turn', 'same'] as const
const NONE = { set: [], drop: [], extra: [], add: [], take: [], turn: [], same: [] }

function podFacts(at: string): Omit<Kind, 'object' | 'clusterScoped'> {
  const web = `${at}.containers[name=web]`
  return {
    pod: at,
    set: [
      set(`${web}.image`, 'nginx:1.99'),
      set(`${web}.env[name=A].value`, 'changed'),
      set(`${web}.resources.requests.cpu`, '250m'),
      set(`${web}.readinessProbe.httpGet.path`, '/changed'),
      set(`${web}.args`, ['--b', '--a']),
      set(`${at}.securityContext.runAsNonRoot`, false)
    ],
    drop: [drop(`${web}.readinessProbe`), drop(`${web}.resources.limits.memory`), drop(`${web}.args`)],
    extra: [
      extra(`${at}.priorityClassName`, 'system-node-critical', at),
      extra(`${at}.terminationGracePeriodSeconds`, 7),
      extra(`${at}.securityContext.runAsUser`, 12),
      extra(`${web}.resources.limits.cpu`, '2'),
      extra(`${web}.livenessProbe`, { exec: { command: ['true'] }, periodSeconds: 5 }),
      extra(`${web}.lifecycle`, { preStop: { exec: { command: ['true'] } } })
    ],
    add: [
      extra(`${at}.containers[name=sidecar]`, { name: 'sidecar', image: 'busybox:1.36' }),
      extra(`${at}.initContainers[name=first]`, { name: 'first', image: 'busybox:1.36' }),
      extra(`${web}.env[name=DEBUG]`, { name: 'DEBUG', value: '1' }),
      extra(
        `${web}.ports[containerPort=9000]`,
        { containerPort: 9000 },
        `${web}.ports[containerPort=9000,protocol=TCP]`
      ),
      extra(`${web}.volumeMounts[mountPath=/more]`, { mountPath: '/more', name: 'tmp' }),
      extra(`${at}.volumes[name=more]`, { name: 'more', emptyDir: {} }),
      extra(`${at}.imagePullSecrets[name=more]`, { name: 'more' }),
      into(`${at}.tolerations[key=b]`, { key: 'b', operator: 'Exists' }, `${at}.tolerations`)
    ],
    take: [
      drop(`${web}.env[name=B]`),
      drop(`${at}.containers[name=side]`),
      drop(`${web}.ports[containerPort=53]`, `${web}.ports[containerPort=53,protocol=UDP]`)
    ],
    turn: [turned(`${at}.containers`), turned(`${web}.env`), turned(`${web}.args`, true)],
    same: [
      same(`${web}.resources.requests.cpu`, '0.1'),
      same(`${web}.resources.requests.memory`, '1Gi'),
      same(`${web}.ports[containerPort=80].protocol`, 'TCP')
    ]
  }
}

function also(
  one: Omit<Kind, 'object' | 'clusterScoped'>,
  more: Partial<Kind>
): Omit<Kind, 'object' | 'clusterScoped'> {
  return {
    ...one,
    ...more,
    set: [...one.set, ...(more.set ?? [])],
    drop: [...one.drop, ...(more.drop ?? [])],
    extra: [...one.extra, ...(more.extra ?? [])],
    add: [...one.add, ...(more.add ?? [])],
    take: [...one.take, ...(more.take ?? [])]
  }
}

const TEMPLATE = 'spec.template.spec'
const HOOK = 'webhooks[name=a.example.com]'
const SCHEMA = 'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties'
const HOOK_FACTS: Partial<Kind> = {
  set: [
    set(`${HOOK}.failurePolicy`, 'Fail'),
    set(`${HOOK}.clientConfig.url`, 'https://127.0.0.1:2/y'),
    set(`${HOOK}.rules[0].operations`, ['CREATE', 'UPDATE'], `${HOOK}.rules`)
  ],
  extra: [
    extra(`${HOOK}.timeoutSeconds`, 3),
    extra(`${HOOK}.objectSelector`, { matchLabels: { a: 'b' } }),
    extra(`${HOOK}.namespaceSelector`, { matchLabels: { a: 'b' } })
  ],
  add: [
    extra('webhooks[name=b.example.com]', {
      name: 'b.example.com',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      clientConfig: { url: 'https://127.0.0.1:1/x' }
    })
  ]
}

const FACTS: Readonly<Record<string, Partial<Kind>>> = {
  ConfigMap: {
    set: [set('data.a', 'changed'), set('binaryData.c', 'AAI=')],
    drop: [drop('data.a'), drop('binaryData.c')],
    extra: [extra('data.new', 'x'), extra('binaryData.d', 'AAE=')]
  },
  Secret: {
    set: [set('data.a', 'Y2hhbmdlZA=='), set('stringData.b', 'changed', 'data.b')],
    drop: [drop('data.a')],
    extra: [extra('data.new', 'eA=='), extra('stringData.more', 'x', 'data.more')],
    same: [same('stringData.b', 'clear')]
  },
  Service: {
    set: [
      set('spec.selector.app', 'other'),
      set('spec.ports[port=53].targetPort', 'other', 'spec.ports[port=53,protocol=UDP]')
    ],
    drop: [drop('spec.selector', 'spec.selector')],
    extra: [
      extra('spec.sessionAffinity', 'ClientIP', 'spec'),
      extra('spec.publishNotReadyAddresses', true),
      extra('spec.internalTrafficPolicy', 'Local'),
      extra('spec.type', 'NodePort', 'spec')
    ],
    add: [extra('spec.ports[port=81]', { name: 'more', port: 81 }, 'spec.ports[port=81,protocol=TCP]')],
    take: [drop('spec.ports[port=53]', 'spec.ports[port=53,protocol=UDP]')],
    turn: [turned('spec.ports')],
    same: [same('spec.ports[port=80].protocol', 'TCP')]
  },
  Ingress: {
    set: [set('spec.ingressClassName', 'other'), set('spec.rules[0].host', 'b.example.com', 'spec.rules')],
    drop: [drop('spec.tls'), drop('spec.ingressClassName')],
    extra: [extra('spec.defaultBackend', { service: { name: 'x', port: { number: 80 } } })],
    add: [into('spec.rules[host=c.example.com]', { host: 'c.example.com' }, 'spec.rules')]
  },
  NetworkPolicy: {
    set: [
      set('spec.ingress[0].ports[0].port', 81, 'spec.ingress'),
      set('spec.podSelector', { matchLabels: { a: 'b' } })
    ],
    drop: [drop('spec.ingress')],
    extra: [extra('spec.egress', [{}])],
    add: [into('spec.ingress[ports=none]', {}, 'spec.ingress')]
  },
  HorizontalPodAutoscaler: {
    set: [set('spec.maxReplicas', 9), set('spec.scaleTargetRef.name', 'other')],
    extra: [extra('spec.minReplicas', 2), extra('spec.behavior', { scaleDown: { stabilizationWindowSeconds: 5 } })],
    take: [{ ...drop('spec.metrics[1]', 'spec.metrics'), owned: true }],
    turn: [turned('spec.metrics', true)]
  },
  PodDisruptionBudget: {
    set: [set('spec.minAvailable', 2), set('spec.selector.matchLabels.app', 'other', 'spec.selector')],
    drop: [drop('spec.minAvailable')],
    extra: [extra('spec.unhealthyPodEvictionPolicy', 'AlwaysAllow')]
  },
  Role: {
    set: [set('rules[0].verbs', ['get', 'list'], 'rules')],
    // A Role without rules has a list that is null, and somebody set it.
    drop: [{ ...drop('rules'), owned: true }],
    add: [into('rules[apiGroups=more]', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }, 'rules')]
  },
  RoleBinding: {
    set: [set('subjects[0].name', 'other', 'subjects')],
    drop: [drop('subjects')],
    add: [into('subjects[name=admin]', { kind: 'User', name: 'admin' }, 'subjects')],
    take: [{ ...drop('subjects[1]', 'subjects'), owned: true }],
    turn: [turned('subjects', true)],
    same: [same('subjects[name=u].apiGroup', 'rbac.authorization.k8s.io')]
  },
  ServiceAccount: {
    extra: [extra('automountServiceAccountToken', false), extra('secrets', [{ name: 's' }], 'secrets[name=s]')],
    add: [into('imagePullSecrets[name=q]', { name: 'q' }, 'imagePullSecrets')],
    take: [drop('imagePullSecrets[name=p]', 'imagePullSecrets')]
  },
  PersistentVolumeClaim: { same: [same('spec.resources.requests.storage', '1Gi')] },
  ResourceQuota: {
    set: [set('spec.hard.pods', '5000')],
    drop: [drop('spec.hard.pods')],
    extra: [extra('spec.hard.services', '5000')],
    same: [same('spec.hard[requests.cpu]', '100000m')]
  },
  LimitRange: {
    set: [set('spec.limits[0].max.storage', '1Ti', 'spec.limits')],
    add: [into('spec.limits[type=more]', { type: 'example.com/more', max: { storage: '1Gi' } }, 'spec.limits')],
    same: [same('spec.limits[0].max.storage', '2Ti')]
  },
  Lease: {
    set: [set('spec.holderIdentity', 'b'), set('spec.leaseDurationSeconds', 20)],
    drop: [drop('spec.holderIdentity')],
    extra: [extra('spec.leaseTransitions', 3)]
  },
  ClusterRole: {
    set: [set('rules[0].verbs', ['*'], 'rules')],
    add: [into('rules[apiGroups=more]', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }, 'rules')],
    take: [{ ...drop('rules[1]', 'rules'), owned: true }],
    turn: [turned('rules', true)]
  },
  ClusterRoleBinding: {
    set: [set('subjects[0].name', 'other', 'subjects')],
    add: [into('subjects[name=admin]', { kind: 'User', name: 'admin' }, 'subjects')],
    drop: [drop('subjects')]
  },
  PriorityClass: { set: [set('description', 'changed')], drop: [drop('description')] },
  StorageClass: {
    extra: [extra('allowVolumeExpansion', true), extra('mountOptions', ['ro'])]
  },
  IngressClass: {
    extra: [extra('spec.parameters', { apiGroup: 'example.com', kind: 'P', name: 'p' })]
  },
  ValidatingWebhookConfiguration: HOOK_FACTS,
  MutatingWebhookConfiguration: {
    ...HOOK_FACTS,
    extra: [...(HOOK_FACTS.extra ?? []), extra(`${HOOK}.reinvocationPolicy`, 'IfNeeded')]
  },
  CustomResourceDefinition: {
    set: [set(`${SCHEMA}.a.type`, 'integer', 'spec.versions')],
    extra: [extra('spec.names.categories', ['all'])],
    add: [
      into(`${SCHEMA}.b`, { type: 'string' }, 'spec.versions'),
      into(
        'spec.versions[name=v2]',
        { name: 'v2', served: true, storage: false, schema: { openAPIV3Schema: { type: 'object' } } },
        'spec.versions'
      )
    ]
  },
  PersistentVolume: {
    set: [set('spec.persistentVolumeReclaimPolicy', 'Delete'), set('spec.capacity.storage', '2Gi')],
    extra: [extra('spec.mountOptions', ['ro'])],
    same: [same('spec.capacity.storage', '1024Mi')]
  },
  Namespace: {},
  Pod: {
    set: [set('spec.containers[name=web].image', 'busybox:1.99')]
  },
  Deployment: also(podFacts(TEMPLATE), {
    scalable: true,
    extra: [
      extra('spec.paused', true),
      extra('spec.minReadySeconds', 5),
      extra('spec.revisionHistoryLimit', 3),
      extra('spec.strategy', { type: 'Recreate' })
    ]
  }),
  StatefulSet: also(podFacts(TEMPLATE), { scalable: true, extra: [extra('spec.minReadySeconds', 5)] }),
  DaemonSet: also(podFacts(TEMPLATE), { extra: [extra('spec.minReadySeconds', 5)] }),
  Job: {
    set: [set('spec.backoffLimit', 3), set('spec.suspend', false)],
    extra: [extra('spec.ttlSecondsAfterFinished', 86_400), extra('spec.activeDeadlineSeconds', 86_400)]
  },
  CronJob: also(podFacts('spec.jobTemplate.spec.template.spec'), {
    set: [set('spec.schedule', '0 4 * * *')],
    extra: [
      extra('spec.suspend', true),
      extra('spec.concurrencyPolicy', 'Forbid'),
      extra('spec.successfulJobsHistoryLimit', 1)
    ]
  }),
  Widget: {
    set: [
      set('spec.image', 'changed'),
      // What looks equal in a custom resource is not: nobody but its controller knows what the text means.
      set('spec.size', '1Gi'),
      set('spec.free.other.list', [1, 3]),
      set('spec.template.data.a', 'changed')
    ],
    drop: [drop('spec.image'), drop('spec.selector'), drop('spec.free.any')],
    extra: [extra('spec.count', 3), extra('spec.enabled', false), extra('spec.free.more', { a: 1 })],
    add: [
      extra('spec.flags', ['a', 'b', 'c'], 'spec.flags[=c]'),
      into('spec.steps', ['one', 'two', 'three']),
      extra('spec.parts[name=r]', { name: 'r' })
    ],
    take: [drop('spec.flags[0]', 'spec.flags[=a]'), drop('spec.parts[name=q]')],
    turn: [turned('spec.flags'), turned('spec.steps', true), turned('spec.ports')]
  },
  Loose: {
    set: [set('spec.a.b.c', 2)],
    drop: [drop('spec.a')],
    extra: [extra('spec.more', 'x'), extra('data', { top: 'level' })],
    add: [into('spec.list[name=z]', { name: 'z' }, 'spec.list')],
    take: [{ ...drop('spec.list[name=y]', 'spec.list'), owned: true }],
    turn: [turned('spec.list', true)]
  },
  Plain: {
    set: [set('status.phase', 'Old'), set('spec.a', 2)],
    drop: [drop('status.phase')],
    extra: [extra('status.more', 1)]
  },
  RuleSet: {
    set: [
      set('spec.groups[name=node].interval', '1m'),
      set('spec.groups[name=node].rules[0].expr', 2, 'spec.groups[name=node].rules')
    ],
    drop: [drop('spec.groups[name=node].interval')],
    extra: [extra('spec.groups[name=app].limit', 3)],
    add: [
      extra('spec.groups[name=more]', { name: 'more' }),
      into('spec.groups[name=app].rules[alert=More]', { alert: 'More' }, 'spec.groups[name=app].rules')
    ],
    take: [drop('spec.groups[name=app]')],
    turn: [turned('spec.groups')]
  },
  Monitor: {
    set: [set('spec.endpoints[0].interval', '1m', 'spec.endpoints'), set('spec.honorLabels', true)],
    drop: [drop('spec.selector')],
    extra: [extra('spec.podTargetLabels', ['a'])],
    add: [into('spec.namespaceSelector.matchNames', ['a', 'b', 'c'])],
    turn: [turned('spec.namespaceSelector.matchNames', true)]
  },
  Gadget: GADGET_CHANGES,
  Server: {
    scalable: true,
    set: [set('spec.resources.requests.cpu', '1000m'), set('spec.podMetadata.labels.a', 'c')],
    drop: [drop('spec.resources.requests.memory')],
    extra: [
      extra('spec.resources.limits', { cpu: '1' }, 'spec.resources.limits'),
      extra('spec.podMetadata.labels.more', 'x')
    ],
    add: [
      extra('spec.containers[name=proxy].env[name=B]', { name: 'B', value: 'x' }),
      extra('spec.containers[name=more]', { name: 'more' }),
      extra('spec.volumes[name=more]', { name: 'more' })
    ],
    take: [drop('spec.containers[name=proxy].env[name=A]')]
  }
}

const MORE: Readonly<Record<string, { body: JsonObject; apiVersion: string; clusterScoped: boolean }>> = {
  Gadget: { ...GADGET, clusterScoped: false },
  Namespace: { apiVersion: 'v1', clusterScoped: true, body: {} },
  PersistentVolume: {
    apiVersion: 'v1',
    clusterScoped: true,
    body: {
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'none',
        hostPath: { path: '/tmp/none' }
      }
    }
  },
  ClusterRoleBinding: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    clusterScoped: true,
    body: {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'none-such' },
      subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'default' }]
    }
  },
  MutatingWebhookConfiguration: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    clusterScoped: true,
    body: { webhooks: SAMPLES['ValidatingWebhookConfiguration']?.object['webhooks'] ?? [] }
  },
  Pod: {
    apiVersion: 'v1',
    clusterScoped: false,
    body: {
      spec: {
        containers: [
          { name: 'web', image: 'busybox:1.36', command: ['sleep', '1000000'], resources: { requests: { cpu: '1m' } } }
        ]
      }
    }
  }
}

/** Every kind of the truth test with what may happen to it. */
export const KINDS: Readonly<Record<string, Kind>> = Object.fromEntries(
  Object.entries(FACTS).map(([kind, facts]) => {
    const all = { ...NONE, ...subjectOf(kind), ...facts }
    const more = { ...NONE, ...MORE_CHANGES[kind] }
    const lists = LISTS.map((list) => [list, [...all[list], ...more[list]]] as const)
    return [kind, { ...all, ...Object.fromEntries(lists) }]
  })
)

function subjectOf(kind: string): Pick<Kind, 'object' | 'clusterScoped'> {
  const more = MORE[kind]
  if (more) {
    const metadata = { name: 'x', labels: { app: 'x' } }
    return { object: { apiVersion: more.apiVersion, kind, metadata, ...more.body }, clusterScoped: more.clusterScoped }
  }
  const sample = SAMPLES[kind]
  if (sample === undefined) throw new Error(`there is no sample of ${kind}`)
  return { object: sample.object, clusterScoped: sample.clusterScoped === true }
}
