import { asObject, at } from '../../../json.ts'
import { groupOf, type KubernetesObject } from '../../../render/manifest.ts'
import type { HealthStatus } from '../../target.ts'
import { assessAsArgo } from './argo/index.ts'
import type { HealthChecks } from './checks/index.ts'
import { customResourceHealth, reportedHealth } from './custom/generic.ts'
import { operatorHealth } from './custom/operators/index.ts'
import { computeStatus, type KStatus, messageOfStatus } from './kstatus/index.ts'
import {
  budgetHealth,
  claimHealth,
  definitionHealth,
  deletionHealth,
  namespaceHealth,
  requestHealth,
  volumeHealth
} from './rules/cluster.ts'
import { cronJobHealth, jobHealth } from './rules/jobs.ts'
import { podHealth } from './rules/pods.ts'
import { apiServiceHealth, autoscalerHealth, ingressHealth, serviceHealth } from './rules/services.ts'
import { daemonSetHealth, deploymentHealth, replicaSetHealth, statefulSetHealth } from './rules/workloads.ts'
import { type Health, healthy } from './status.ts'

export interface AssessOptions {
  /**
   * `default`: our own rules, below. `argo`: exactly what Argo CD answers for built-in kinds; for custom
   * resources what its customizations would, as far as our rules agree; null where it assesses nothing. `kstatus`: exactly what
   * kstatus computes, in our words (Current → Healthy, InProgress and Terminating → Progressing, Failed → Degraded).
   */
  readonly profile?: 'default' | 'argo' | 'kstatus'
  /** For rules that depend on how long something has lasted. Default: now. */
  readonly now?: Date
  /** Whether a Service of type LoadBalancer needs an address to be healthy. Default: required. */
  readonly loadBalancers?: 'required' | 'optional'
  /** The user's own rules: they come before ours. */
  readonly checks?: HealthChecks
  /** False: custom resources are judged by the generic rule alone, without what we know of their operators. */
  readonly operators?: boolean
}

type Rule = (object: KubernetesObject, options: AssessOptions & { readonly now: Date }) => Health

/**
 * Our own rules, by `group/Kind`: the strength of Argo CD's (a Job is done when it is complete, a load balancer has an
 * address, an autoscaler can scale) without what makes them wait forever (an Ingress whose controller publishes no
 * address), and the failures that kstatus does not see (a failed Pod, a rollout that is refused its pods).
 */
const RULES: Readonly<Record<string, Rule>> = {
  'apps/Deployment': deploymentHealth,
  'apps/StatefulSet': statefulSetHealth,
  'apps/DaemonSet': daemonSetHealth,
  'apps/ReplicaSet': replicaSetHealth,
  '/ReplicationController': replicaSetHealth,
  '/Pod': (object, { now }) => podHealth(object, now),
  'batch/Job': jobHealth,
  'batch/CronJob': cronJobHealth,
  '/Service': serviceHealth,
  'networking.k8s.io/Ingress': ingressHealth,
  'extensions/Ingress': ingressHealth,
  'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
  'apiregistration.k8s.io/APIService': apiServiceHealth,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionHealth,
  '/PersistentVolumeClaim': claimHealth,
  '/PersistentVolume': volumeHealth,
  '/Namespace': namespaceHealth,
  'policy/PodDisruptionBudget': budgetHealth,
  'certificates.k8s.io/CertificateSigningRequest': requestHealth
}

/** The API groups that Kubernetes itself serves; everything else is a custom resource or an aggregated API. */
const BUILT_IN_GROUPS: ReadonlySet<string> = new Set([
  '',
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'extensions',
  ...[
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'authentication',
    'authorization',
    'certificates',
    'coordination',
    'discovery',
    'events',
    'flowcontrol.apiserver',
    'internal.apiserver',
    'networking',
    'node',
    'rbac.authorization',
    'resource',
    'scheduling',
    'storage',
    'storagemigration'
  ].map((name) => `${name}.k8s.io`)
])

/** Whether Kubernetes itself serves an API group. */
export function isBuiltIn(group: string): boolean {
  return BUILT_IN_GROUPS.has(group)
}

/**
 * The health of an object by its own fields, with the reason as a sentence; null where the profile assesses nothing.
 * Pure: nothing is read but the object. Total: a malformed object gives an answer too.
 */
export function assessHealth(object: KubernetesObject, options: AssessOptions = {}): Health | null {
  const now = options.now ?? new Date()
  switch (options.profile ?? 'default') {
    case 'argo':
      return assessAsArgo(object) ?? assessAsCustomization(object, options)
    case 'kstatus':
      return assessAsKStatus(object, now)
    case 'default':
      return assessByOwnRules(object, { ...options, now })
  }
}

/**
 * What Argo CD's customizations say of custom resources, as far as our rules for their operators and the generic one
 * agree with them. Null for what it has none for: other kinds of Kubernetes, its own Application (since 1.8), and
 * whatever reports nothing, of which nobody can say whether it ever will.
 */
function assessAsCustomization(object: KubernetesObject, options: AssessOptions): Health | null {
  const group = groupOf(object)
  const key = `${group}/${object.kind}`
  // The one kind of Kubernetes whose customization asks what our own rule asks.
  if (key === 'apiextensions.k8s.io/CustomResourceDefinition') return definitionHealth(object)
  if (isBuiltIn(group) || key === 'argoproj.io/Application') return null
  const known = (options.operators === false ? undefined : operatorHealth(object)) ?? reportedHealth(object) ?? null
  const isSilent = Object.keys(asObject(object['status']) ?? {}).length === 0
  return isSilent && known?.status !== 'Suspended' ? null : known
}

function assessByOwnRules(object: KubernetesObject, options: AssessOptions & { readonly now: Date }): Health {
  if (at(object, 'metadata', 'deletionTimestamp') != null) return deletionHealth(object)
  const own = options.checks?.assess(object)
  if (own) return own
  const group = groupOf(object)
  const rule = RULES[`${group}/${object.kind}`]
  if (rule) return rule(object, options)
  if (isBuiltIn(group)) {
    const computed = computeStatus(object, { now: options.now })
    return computed.message === 'Resource is current'
      ? healthy('In place; objects of this kind need no reconciling')
      : { status: STATUS_WORDS[computed.status], message: messageOfStatus(object, computed) }
  }
  return (options.operators === false ? undefined : operatorHealth(object)) ?? customResourceHealth(object)
}

/**
 * How we say what kstatus says. An object that is being deleted is Progressing, as in Argo CD; NotFound never comes
 * from an object at hand.
 */
export const STATUS_WORDS: Readonly<Record<KStatus, HealthStatus>> = {
  Current: 'Healthy',
  InProgress: 'Progressing',
  Failed: 'Degraded',
  Terminating: 'Progressing',
  NotFound: 'Missing',
  Unknown: 'Unknown'
}

function assessAsKStatus(object: KubernetesObject, now: Date): Health {
  const computed = computeStatus(object, { now })
  return { status: STATUS_WORDS[computed.status], message: messageOfStatus(object, computed) }
}

/**
 * Kinds that are as good as they get once they exist: no rule of ours looks at their status. A wait need not read
 * them.
 */
export function isReadyOnceThere(
  ref: { readonly apiVersion: string; readonly kind: string },
  checks?: HealthChecks
): boolean {
  const group = groupOf(ref)
  if (checks?.covers(ref)) return false
  return isBuiltIn(group) && !READ_KINDS.has(`${group}/${ref.kind}`)
}

/** Our rules, without those that always say Healthy. */
const READ_KINDS: ReadonlySet<string> = new Set(
  Object.keys(RULES).filter((key) => !/Ingress$|PodDisruptionBudget$/.test(key))
)
