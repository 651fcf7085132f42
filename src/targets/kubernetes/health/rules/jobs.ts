import { asObject, at, type JsonObject } from '../../../../json.ts'
import {
  asInteger,
  conditionOf,
  count,
  degraded,
  type Health,
  healthy,
  integerAt,
  progressing,
  reasonOf,
  stringAt,
  suspended
} from '../status.ts'

/** A Job is healthy when it is complete: kstatus would call it current while it still runs. */
export function jobHealth(object: JsonObject): Health {
  const succeeded = integerAt(object, 0, 'status', 'succeeded')
  const failures = integerAt(object, 0, 'status', 'failed')
  const active = integerAt(object, 0, 'status', 'active')
  const completions = asInteger(at(object, 'spec', 'completions'))
  const failure = conditionOf(object, 'Failed')
  if (failure?.status === 'True') return degraded(`Failed: ${reasonOf(failure) || count(failures, 'failed pod')}`)
  if (conditionOf(object, 'Complete')?.status === 'True') return healthy('Completed')
  const failing = conditionOf(object, 'FailureTarget')
  if (failing?.status === 'True') return degraded(`Failed: ${reasonOf(failing)}`)
  // A resumed Job keeps the condition with status False: it runs again and is not done.
  if (at(object, 'spec', 'suspend') === true || conditionOf(object, 'Suspended')?.status === 'True')
    return suspended('Suspended: it does not run until spec.suspend is set to false')
  const limit = integerAt(object, 6, 'spec', 'backoffLimit')
  if (failures > limit)
    return degraded(`Failed: ${count(failures, 'pod')} failed, more than the back-off limit of ${limit}`)
  if (completions !== undefined ? succeeded >= completions : succeeded > 0 && active === 0) return healthy('Completed')
  if (stringAt(object, 'status', 'startTime') === '' && active + succeeded + failures === 0)
    return progressing('Not started yet')
  const parts = [
    `${succeeded}${completions === undefined ? '' : ` of ${completions}`} completed`,
    `${active} running`,
    ...(failures > 0 ? [`${failures} failed`] : [])
  ]
  return progressing(`Running: ${parts.join(', ')}`)
}

/**
 * A CronJob works when its last run did. `lastSuccessfulTime` is when a run ended, `lastScheduleTime` when one was
 * due, so a run in between is either still active or failed.
 */
export function cronJobHealth(object: JsonObject): Health {
  if (at(object, 'spec', 'suspend') === true) return suspended('Suspended: no runs are started')
  const status = asObject(object['status'])
  const active = at(status, 'active')
  const scheduled = stringAt(status, 'lastScheduleTime')
  const success = stringAt(status, 'lastSuccessfulTime')
  if (scheduled === '') return healthy('Accepted; it has not run yet')
  if (Array.isArray(active) && active.length > 0) return healthy('A run is under way')
  if (success !== '' && Date.parse(success) >= Date.parse(scheduled)) return healthy('The last run succeeded')
  return degraded(`The run of ${scheduled} did not succeed`)
}
