import { asList, at, type JsonObject } from '../../../../json.ts'
import {
  clause,
  conditionOf,
  conditionsOf,
  degraded,
  type Health,
  healthy,
  integerAt,
  progressing,
  reasonOf,
  stringAt
} from '../status.ts'

export function definitionHealth(object: JsonObject): Health {
  const names = conditionOf(object, 'NamesAccepted')
  if (names?.status === 'False') return degraded(`Its names are not accepted: ${reasonOf(names)}`)
  const established = conditionOf(object, 'Established')
  const ending = conditionOf(object, 'Terminating')
  if (ending?.status === 'True') return progressing(`It is being deleted: ${reasonOf(ending)}`)
  const rejected = conditionOf(object, 'NonStructuralSchema')
  if (established?.status === 'True')
    return rejected?.status === 'True'
      ? degraded(`Its schema is not structural: ${reasonOf(rejected)}`)
      : healthy('Established: custom resources of this kind can be applied')
  if (established?.status === 'False' && established.reason !== 'Installing')
    return degraded(`Not established: ${reasonOf(established)}`)
  return progressing('Not established yet')
}

export function claimHealth(object: JsonObject): Health {
  const phase = stringAt(object, 'status', 'phase')
  if (phase === 'Bound') return healthy(`Bound to volume ${stringAt(object, 'spec', 'volumeName')}`.trim())
  if (phase === 'Lost') return degraded('Its volume is lost')
  return progressing('No volume is bound yet')
}

export function volumeHealth(object: JsonObject): Health {
  const phase = stringAt(object, 'status', 'phase')
  const message = clause(stringAt(object, 'status', 'message'))
  if (phase === 'Failed') return degraded(`Failed${message ? `: ${message}` : ''}`)
  return phase === 'Pending' ? progressing('The volume is not available yet') : healthy(phase || 'Accepted')
}

export function namespaceHealth(object: JsonObject): Health {
  if (stringAt(object, 'status', 'phase') !== 'Terminating') return healthy('Active')
  const blocked = conditionsOf(object).find((condition) => condition.status === 'True' && condition.message !== '')
  return progressing(`It is being deleted${blocked ? `: ${reasonOf(blocked)}` : ''}`)
}

/** A budget holds as soon as the disruption controller has counted the pods; how many may go is no matter of health. */
export function budgetHealth(object: JsonObject): Health {
  const allowed = integerAt(object, 0, 'status', 'disruptionsAllowed')
  const failure = conditionOf(object, 'DisruptionAllowed')
  if (failure?.reason === 'SyncFailed')
    return healthy(`In force, but no disruption can be allowed: ${reasonOf(failure)}`)
  return healthy(`In force; ${allowed} disruptions are allowed now`)
}

export function requestHealth(object: JsonObject): Health {
  const refused = conditionsOf(object).find(
    (condition) => (condition.type === 'Denied' || condition.type === 'Failed') && condition.status !== 'False'
  )
  if (refused) return degraded(`${refused.type}: ${reasonOf(refused)}`)
  return healthy(stringAt(object, 'status', 'certificate') === '' ? 'Waits for approval' : 'Issued')
}

/** Why an object that is being deleted is still there. */
export function deletionHealth(object: JsonObject): Health {
  const finalizers = (asList(at(object, 'metadata', 'finalizers')) ?? []).filter((one) => typeof one === 'string')
  return progressing(
    finalizers.length === 0
      ? 'It is being deleted'
      : `It is being deleted and waits for ${finalizers.length === 1 ? 'the finalizer' : 'the finalizers'} ${finalizers.join(', ')}`
  )
}
