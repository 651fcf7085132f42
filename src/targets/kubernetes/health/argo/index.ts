import { asList, at, type JsonObject, parseJson } from '../../../../json.ts'
import { groupOf, type KubernetesObject } from '../../../../render/manifest.ts'
import {
  annotationOf,
  type Condition,
  conditionsIn,
  conditionsOf,
  degraded,
  type Health,
  healthy,
  progressing,
  stringAt,
  suspended,
  unknown
} from '../status.ts'
import { argoPod } from './pods.ts'
import { argoDaemonSet, argoDeployment, argoJob, argoReplicaSet, argoStatefulSet } from './workloads.ts'

interface ArgoRule {
  /** API versions that Argo CD reads; for any other it answers Unknown. Undefined: all. */
  readonly versions?: readonly string[]
  readonly assess: (object: JsonObject) => Health | null
}

/** By `group/Kind`. Kinds that are not listed have no health in Argo CD, unless a customization gives them one. */
const RULES: Readonly<Record<string, ArgoRule>> = {
  'apps/Deployment': { versions: ['apps/v1'], assess: argoDeployment },
  'apps/StatefulSet': { versions: ['apps/v1'], assess: argoStatefulSet },
  'apps/ReplicaSet': { versions: ['apps/v1'], assess: argoReplicaSet },
  'apps/DaemonSet': { versions: ['apps/v1'], assess: argoDaemonSet },
  'batch/Job': { versions: ['batch/v1'], assess: argoJob },
  '/Pod': { versions: ['v1'], assess: argoPod },
  '/Service': { versions: ['v1'], assess: argoService },
  '/PersistentVolumeClaim': { versions: ['v1'], assess: argoClaim },
  'networking.k8s.io/Ingress': { assess: argoIngress },
  'extensions/Ingress': { assess: argoIngress },
  'autoscaling/HorizontalPodAutoscaler': {
    versions: ['autoscaling/v1', 'autoscaling/v2', 'autoscaling/v2beta1', 'autoscaling/v2beta2'],
    assess: argoAutoscaler
  },
  'apiregistration.k8s.io/APIService': {
    versions: ['apiregistration.k8s.io/v1', 'apiregistration.k8s.io/v1beta1'],
    assess: argoApiService
  },
  'argoproj.io/Workflow': { assess: argoWorkflow },
  'batch/CronJob': { assess: argoCronJob },
  'policy/PodDisruptionBudget': { assess: argoBudget }
}

/**
 * The health that Argo CD sees in an object of a built-in kind, with its wording; null where it assesses nothing
 * (source: argoproj/argo-cd, gitops-engine/pkg/health).
 */
export function assessAsArgo(object: KubernetesObject): Health | null {
  const finalizers = asList(at(object, 'metadata', 'finalizers')) ?? []
  const deleting = at(object, 'metadata', 'deletionTimestamp') != null
  if (deleting && !finalizers.includes('argocd.argoproj.io/hook-finalizer')) return progressing('Pending deletion')
  const rule = RULES[`${groupOf(object)}/${object.kind}`]
  if (!rule) return null
  if (rule.versions && !rule.versions.includes(object.apiVersion))
    return unknown(`unsupported ${object.kind} GVK: ${object.apiVersion}, Kind=${object.kind}`)
  return rule.assess(object)
}

function argoService(object: JsonObject): Health {
  if (stringAt(object, 'spec', 'type') !== 'LoadBalancer') return healthy('')
  return hasAddress(object) ? healthy('') : progressing('')
}

function argoIngress(object: JsonObject): Health {
  return hasAddress(object) ? healthy('') : progressing('')
}

function hasAddress(object: JsonObject): boolean {
  return (asList(at(object, 'status', 'loadBalancer', 'ingress')) ?? []).length > 0
}

function argoClaim(object: JsonObject): Health {
  switch (stringAt(object, 'status', 'phase')) {
    case 'Lost':
      return degraded('')
    case 'Pending':
      return progressing('')
    case 'Bound':
      return healthy('')
    default:
      return unknown('')
  }
}

function argoApiService(object: JsonObject): Health {
  const available = conditionsOf(object).find((condition) => condition.type === 'Available')
  if (available === undefined) return progressing('Waiting to be processed')
  const message = `${available.reason}: ${available.message}`
  return available.status === 'True' ? healthy(message) : progressing(message)
}

/** `autoscaling/v1` keeps its conditions as JSON text in an annotation. */
function argoAutoscaler(object: JsonObject): Health {
  if (object['apiVersion'] !== 'autoscaling/v1') return judgeAutoscaler(conditionsOf(object))
  const text = annotationOf(object, 'autoscaling.alpha.kubernetes.io/conditions')
  if (text === undefined) return judgeAutoscaler([])
  try {
    return judgeAutoscaler(conditionsIn(parseJson(text)))
  } catch {
    return unknown('failed to convert conditions annotation to typed')
  }
}

const AUTOSCALER_FAILURES: ReadonlySet<string> = new Set([
  'AbleToScale FailedGetScale',
  'AbleToScale FailedUpdateScale',
  'ScalingActive FailedGetResourceMetric',
  'ScalingActive FailedGetObjectMetric',
  'ScalingActive FailedGetPodsMetric',
  'ScalingActive FailedGetExternalMetric',
  'ScalingActive FailedComputeMetricsReplicas',
  'ScalingActive InvalidSelector'
])

function judgeAutoscaler(conditions: readonly Condition[]): Health {
  const failed = conditions.find((one) => AUTOSCALER_FAILURES.has(`${one.type} ${one.reason}`))
  if (failed) return degraded(failed.message)
  const working = conditions.find(
    (one) => one.status === 'True' && (one.type === 'AbleToScale' || one.type === 'ScalingLimited')
  )
  return working ? healthy(working.message) : progressing('Waiting to Autoscale')
}

/** A customization of Argo CD. A CronJob that never succeeded gets the benefit of the doubt; our own rule gives none. */
function argoCronJob(object: JsonObject): Health {
  if (at(object, 'spec', 'suspend') === true) return suspended('CronJob is Suspended')
  const scheduled = stringAt(object, 'status', 'lastScheduleTime')
  const success = stringAt(object, 'status', 'lastSuccessfulTime')
  if (scheduled === '') return healthy('CronJob has not been scheduled yet')
  if ((asList(at(object, 'status', 'active')) ?? []).length > 0)
    return healthy('The job is running. Its last execution may not have been successful')
  if (success === '') return healthy('The Cronjob never completed succesfully. It may not be healthy')
  return Date.parse(success) >= Date.parse(scheduled)
    ? healthy('CronJob has completed its last execution successfully')
    : degraded('CronJob has not completed its last execution successfully')
}

/** A customization of Argo CD. */
function argoBudget(object: JsonObject): Health {
  const allowed = conditionsOf(object).find((condition) => condition.type === 'DisruptionAllowed')
  if (allowed === undefined) return progressing('Waiting for status')
  const message = `PodDisruptionBudget has ${allowed.reason}`
  return allowed.reason === 'SyncFailed' || allowed.status === 'Unknown' ? degraded(message) : healthy(message)
}

function argoWorkflow(object: JsonObject): Health {
  const message = stringAt(object, 'status', 'message')
  switch (stringAt(object, 'status', 'phase')) {
    case '':
    case 'Pending':
    case 'Running':
      return progressing(message)
    case 'Succeeded':
      return healthy(message)
    case 'Failed':
    case 'Error':
      return degraded(message)
    default:
      return unknown(message)
  }
}
