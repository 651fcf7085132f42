import { asList, at } from '../../../../json.ts'
import { groupOf, type KubernetesObject } from '../../../../render/manifest.ts'
import type { ApiResource } from '../../cluster.ts'
import { isBuiltIn } from '../assess.ts'
import type { HealthChecks } from '../checks/index.ts'
import { createdAt, isPod, runsPods } from '../related.ts'
import { conditionOf, type Health, integerAt } from '../status.ts'
import type { Inquiries } from './inquiries.ts'

/** Whether a wait can end with an object as it is; a note says what a reader should know nevertheless. */
export interface Settlement {
  readonly settled: boolean
  readonly note?: string
  /** Whether the note is of something that does not work. */
  readonly isWarning?: boolean
}

/**
 * Healthy, or as good as waiting can make it: suspended by declaration, a CronJob whose earlier runs failed, a claim
 * that waits for its first pod, an autoscaler that has no metrics yet.
 */
export function settlementOf(
  object: KubernetesObject,
  health: Health,
  inquiries: Inquiries,
  checks: HealthChecks | undefined
): Settlement {
  if (health.status === 'Healthy') return { settled: true }
  if (health.status === 'Suspended') return { settled: true, note: health.message }
  if (at(object, 'metadata', 'deletionTimestamp') != null || checks?.covers(object)) return { settled: false }
  switch (`${groupOf(object)}/${object.kind}`) {
    case 'batch/CronJob':
      return { settled: true, note: `${health.message}; the next run will tell`, isWarning: true }
    case 'autoscaling/HorizontalPodAutoscaler':
      // It looks at its target every 15 s only, and metrics need a minute: what counts is that there is a target.
      if (conditionOf(object, 'AbleToScale')?.status === 'False') return { settled: false }
      return health.status === 'Degraded' ? { settled: true, note: health.message, isWarning: true } : { settled: true }
    case '/PersistentVolumeClaim':
      return { settled: inquiries.isBoundByConsumer(object) === true }
    default:
      return { settled: false }
  }
}

/**
 * Whether "healthy" needs a moment to be believed: pods whose containers have no readiness probe are ready as soon as
 * they run, so only time tells whether they crash at start.
 */
export function needsToBeSteady(object: KubernetesObject): boolean {
  if (!isPod(object) && (!runsPods(object) || object.kind === 'Job')) return false
  if (integerAt(object, 1, 'spec', 'replicas') === 0 || integerAt(object, 0, 'spec', 'minReadySeconds') > 0)
    return false
  const spec = isPod(object) ? at(object, 'spec') : at(object, 'spec', 'template', 'spec')
  return (asList(at(spec, 'containers')) ?? []).some((container) => at(container, 'readinessProbe') === undefined)
}

/**
 * Whether a custom resource has just been made and its controller may not have got to it: its type has a status, and
 * it has none.
 */
export function isUntouched(object: KubernetesObject, resource: ApiResource, started: number): boolean {
  if (isBuiltIn(groupOf(object)) || !resource.subresources.includes('status')) return false
  return at(object, 'status') === undefined && createdAt(object) > started - 60_000
}
