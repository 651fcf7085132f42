import type { JsonObject } from '../../../../src/json.ts'
import { drop, extra, into, type Kind, same, set } from './change.ts'

/** What people change less often: defaults, scheduling, security, names in the template, values that become empty. */
function inPod(at: string, template: string): Partial<Kind> {
  const web = `${at}.containers[name=web]`
  return {
    // An empty value is not stored, so nobody owns it.
    set: [{ ...set(`${web}.env[name=A].value`, ''), owned: false }],
    drop: [drop(`${at}.volumes[name=cm]`), drop(`${web}.volumeMounts[mountPath=/tmp]`), drop(`${at}.tolerations`)],
    extra: [
      extra(`${web}.imagePullPolicy`, 'Always', web),
      extra(`${web}.command`, ['nginx']),
      extra(`${web}.securityContext`, { privileged: true, capabilities: { add: ['NET_ADMIN'] } }),
      extra(`${web}.envFrom`, [{ configMapRef: { name: 'x', optional: true } }]),
      extra(`${web}.startupProbe`, { tcpSocket: { port: 80 } }),
      extra(`${web}.terminationMessagePolicy`, 'FallbackToLogsOnError', web),
      into(`${at}.nodeSelector`, { disk: 'ssd' }),
      extra(`${at}.dnsPolicy`, 'Default', at),
      extra(`${at}.shareProcessNamespace`, true),
      extra(`${at}.automountServiceAccountToken`, false),
      extra(`${at}.hostAliases`, [{ ip: '10.0.0.1', hostnames: ['a'] }], `${at}.hostAliases`),
      extra(`${at}.topologySpreadConstraints`, SPREAD, `${at}.topologySpreadConstraints`),
      extra(`${at}.affinity`, AFFINITY),
      extra(`${at}.runtimeClassName`, 'none-such'),
      extra(`${at}.schedulerName`, 'other', at),
      extra(`${template}.metadata.annotations`, { note: 'by hand' }, `${template}.metadata.annotations`),
      extra(`${template}.metadata.labels.more`, 'x')
    ],
    add: [extra(`${web}.env[name=SECRET]`, { name: 'SECRET', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } })],
    take: [drop(`${web}.env[name=NODE]`), drop(`${at}.initContainers[name=init]`, `${at}.initContainers`)]
  }
}

const SPREAD: JsonObject[] = [{ maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }]
const AFFINITY: JsonObject = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'x' } } } }
    ]
  }
}
const HOOK = 'webhooks[name=a.example.com]'
const HOOKS: Partial<Kind> = {
  extra: [
    extra(`${HOOK}.matchPolicy`, 'Exact', HOOK),
    extra(`${HOOK}.matchConditions`, [{ name: 'none', expression: 'false' }], `${HOOK}.matchConditions`)
  ]
}

function and(...parts: readonly Partial<Kind>[]): Partial<Kind> {
  const lists = ['set', 'drop', 'extra', 'add', 'take', 'turn', 'same'] as const
  return Object.fromEntries(lists.map((list) => [list, parts.flatMap((part) => part[list] ?? [])]))
}

const TEMPLATE = inPod('spec.template.spec', 'spec.template')

/** What else may happen to the kinds, beside what `facts.ts` says. */
export const MORE_CHANGES: Readonly<Record<string, Partial<Kind>>> = {
  ConfigMap: { set: [set('data.a', '')], extra: [extra('data[x.yaml]', 'a: 1\nb: 2\n')] },
  Secret: { set: [set('data.a', '')] },
  Service: {
    set: [set('spec.ports[port=80].name', 'web', 'spec.ports[port=80,protocol=TCP]')],
    extra: [
      // A policy of its own is defaulted along with them.
      extra('spec.externalIPs', ['10.9.9.9'], 'spec'),
      into('spec.selector.more', 'x', 'spec.selector'),
      extra('spec.ports[port=80].appProtocol', 'http', 'spec.ports[port=80,protocol=TCP]'),
      extra('spec.trafficDistribution', 'PreferClose')
    ]
  },
  Ingress: {
    set: [
      set('spec.rules[0].http.paths[0].backend.service.port', { number: 81 }, 'spec.rules'),
      set('spec.tls[0].secretName', 'other', 'spec.tls')
    ]
  },
  NetworkPolicy: { set: [set('spec.ingress', [{}])], extra: [extra('spec.policyTypes', ['Ingress', 'Egress'])] },
  HorizontalPodAutoscaler: {
    set: [set('spec.metrics[0].resource.target.averageUtilization', 50, 'spec.metrics')]
  },
  PodDisruptionBudget: { set: [set('spec.minAvailable', '50%')] },
  Role: {
    set: [set('rules[0].resources', ['pods', 'secrets'], 'rules'), set('rules[0].resourceNames', ['x'], 'rules')]
  },
  ClusterRole: { set: [set('rules[1].nonResourceURLs', ['*'], 'rules')] },
  ServiceAccount: { set: [set('imagePullSecrets[0].name', 'other', 'imagePullSecrets')] },
  CustomResourceDefinition: {
    set: [
      set('spec.versions[0].schema.openAPIV3Schema.x-kubernetes-preserve-unknown-fields', true, 'spec.versions'),
      set('spec.versions[0].deprecated', true, 'spec.versions'),
      set(
        'spec.versions[0].additionalPrinterColumns',
        [{ name: 'A', type: 'string', jsonPath: '.spec.a' }],
        'spec.versions'
      )
    ],
    extra: [extra('spec.names.shortNames', ['q'], 'spec.names.shortNames')]
  },
  ValidatingWebhookConfiguration: HOOKS,
  MutatingWebhookConfiguration: HOOKS,
  Namespace: { extra: [extra('metadata.labels[pod-security.kubernetes.io/enforce]', 'privileged')] },
  Deployment: and(TEMPLATE, {
    set: [set('spec.replicas', 2)],
    extra: [
      extra('spec.strategy.rollingUpdate.maxSurge', 3, 'spec.strategy'),
      extra('spec.progressDeadlineSeconds', 601, 'spec')
    ]
  }),
  StatefulSet: and(TEMPLATE, {
    set: [set('spec.replicas', 2)],
    extra: [
      extra('spec.updateStrategy.rollingUpdate.partition', 1, 'spec.updateStrategy'),
      extra(
        'spec.persistentVolumeClaimRetentionPolicy.whenDeleted',
        'Delete',
        'spec.persistentVolumeClaimRetentionPolicy'
      )
    ]
  }),
  DaemonSet: and(TEMPLATE, { extra: [extra('spec.updateStrategy', { type: 'OnDelete' }, 'spec.updateStrategy')] }),
  CronJob: and(inPod('spec.jobTemplate.spec.template.spec', 'spec.jobTemplate.spec.template'), {
    extra: [
      extra('spec.timeZone', 'Europe/Berlin'),
      extra('spec.startingDeadlineSeconds', 60),
      extra('spec.jobTemplate.spec.backoffLimit', 1)
    ]
  }),
  Job: { extra: [extra('spec.parallelism', 0, 'spec')] },
  StorageClass: { extra: [extra('metadata.annotations[storageclass.kubernetes.io/is-default-class]', 'false')] },
  PersistentVolume: { set: [set('spec.storageClassName', 'other')] },
  Widget: {
    set: [set('spec.image', ''), set('spec.limit', 5), set('spec.parts[name=q].nested.deep.er', 'y')],
    extra: [extra('spec.parts[name=p].on', false)],
    add: [into('spec.free.any', [{ thing: 1 }, { thing: 2 }])]
  },
  Loose: { set: [set('spec.a', 'flat')], same: [same('spec.a.b.c', 1)] }
}
