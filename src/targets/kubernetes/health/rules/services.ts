import { asList, asString, at, type JsonObject, parseJson } from '../../../../json.ts'
import type { AssessOptions } from '../assess.ts'
import {
  annotationOf,
  type Condition,
  conditionOf,
  conditionsIn,
  conditionsOf,
  degraded,
  type Health,
  healthy,
  progressing,
  reasonOf,
  stringAt
} from '../status.ts'

/** A load balancer needs an address, unless one is declared (`externalIPs`) or the caller does not ask for it. */
export function serviceHealth(object: JsonObject, options: AssessOptions): Health {
  if (stringAt(object, 'spec', 'type') !== 'LoadBalancer') return healthy('A Service needs no further reconciling')
  const addresses = addressesOf(object)
  if (addresses !== '') return healthy(`The load balancer has the address ${addresses}`)
  if ((asList(at(object, 'spec', 'externalIPs')) ?? []).length > 0)
    return healthy('It has external addresses of its own')
  return options.loadBalancers === 'optional'
    ? healthy('The load balancer has no address yet, which is not asked for')
    : progressing('The load balancer has no address yet')
}

/** Many ingress controllers never publish an address, so its absence says nothing. */
export function ingressHealth(object: JsonObject): Health {
  const addresses = addressesOf(object)
  return healthy(addresses === '' ? 'Accepted; no controller has published an address' : `Served at ${addresses}`)
}

function addressesOf(object: JsonObject): string {
  return (asList(at(object, 'status', 'loadBalancer', 'ingress')) ?? [])
    .map((entry) => asString(at(entry, 'hostname')) ?? asString(at(entry, 'ip')) ?? 'unnamed')
    .join(', ')
}

/** Scaling failures by condition type and reason; `FailedGetScale` is the one that never mends by itself. */
const AUTOSCALER_FAILURES: ReadonlySet<string> = new Set([
  'AbleToScale FailedGetScale',
  'AbleToScale FailedUpdateScale',
  'ScalingActive FailedGetResourceMetric',
  'ScalingActive FailedGetContainerResourceMetric',
  'ScalingActive FailedGetObjectMetric',
  'ScalingActive FailedGetPodsMetric',
  'ScalingActive FailedGetExternalMetric',
  'ScalingActive FailedComputeMetricsReplicas',
  'ScalingActive InvalidMetricSourceType',
  'ScalingActive InvalidSelector',
  'ScalingActive AmbiguousSelector'
])

export function autoscalerHealth(object: JsonObject): Health {
  const conditions = autoscalerConditions(object)
  const failed = conditions.find((one) => AUTOSCALER_FAILURES.has(`${one.type} ${one.reason}`))
  if (failed) return degraded(`Cannot scale: ${reasonOf(failed)}`)
  const able = conditions.find((one) => one.type === 'AbleToScale')
  if (able?.status === 'True') return healthy(reasonOf(able) || 'Able to scale its target')
  if (conditions.some((one) => one.type === 'ScalingLimited' && one.status === 'True'))
    return healthy('Scaling is held at its limit')
  return progressing(
    able ? `Not able to scale yet: ${reasonOf(able)}` : 'The autoscaler has not looked at its target yet'
  )
}

/** `autoscaling/v1` keeps its conditions as JSON text in an annotation. */
function autoscalerConditions(object: JsonObject): Condition[] {
  const conditions = conditionsOf(object)
  const text = annotationOf(object, 'autoscaling.alpha.kubernetes.io/conditions')
  if (conditions.length > 0 || text === undefined) return conditions
  try {
    return conditionsIn(parseJson(text))
  } catch {
    return []
  }
}

export function apiServiceHealth(object: JsonObject): Health {
  const available = conditionOf(object, 'Available')
  if (available === undefined) return progressing('The API server has not checked the service behind it yet')
  return available.status === 'True'
    ? healthy('The API is served')
    : progressing(`The API is not served: ${reasonOf(available)}`)
}
