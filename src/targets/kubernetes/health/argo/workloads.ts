import type { JsonObject } from '../../../../json.ts'
import { at } from '../../../../json.ts'
import {
  asInteger,
  conditionOf,
  conditionsOf,
  degraded,
  type Health,
  healthy,
  integerAt,
  progressing,
  stringAt,
  suspended
} from '../status.ts'

/*
 * Argo CD's answers for workloads, with its wording (source: argoproj/argo-cd, gitops-engine/pkg/health). These rules
 * reproduce another tool's judgement, peculiarities included; our own are in ../rules.
 */

export function argoDeployment(object: JsonObject): Health {
  if (at(object, 'spec', 'paused') === true) return suspended('Deployment is paused')
  if (isStale(object))
    return progressing('Waiting for rollout to finish: observed deployment generation less than desired generation')
  const declared = asInteger(at(object, 'spec', 'replicas'))
  const updated = integerAt(object, 0, 'status', 'updatedReplicas')
  const replicas = integerAt(object, 0, 'status', 'replicas')
  const available = integerAt(object, 0, 'status', 'availableReplicas')
  if (conditionOf(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded')
    return degraded(`Deployment "${stringAt(object, 'metadata', 'name')}" exceeded its progress deadline`)
  if (declared !== undefined && updated < declared)
    return progressing(`Waiting for rollout to finish: ${updated} out of ${declared} new replicas have been updated...`)
  if (replicas > updated)
    return progressing(`Waiting for rollout to finish: ${replicas - updated} old replicas are pending termination...`)
  if (available < updated)
    return progressing(`Waiting for rollout to finish: ${available} of ${updated} updated replicas are available...`)
  return healthy('')
}

export function argoStatefulSet(object: JsonObject): Health {
  const observed = integerAt(object, 0, 'status', 'observedGeneration')
  if (observed === 0 || integerAt(object, 0, 'metadata', 'generation') > observed)
    return progressing('Waiting for statefulset spec update to be observed...')
  const declared = asInteger(at(object, 'spec', 'replicas'))
  const ready = integerAt(object, 0, 'status', 'readyReplicas')
  if (declared !== undefined && ready < declared)
    return progressing(`Waiting for ${declared - ready} pods to be ready...`)
  const strategy = stringAt(object, 'spec', 'updateStrategy', 'type')
  const updated = integerAt(object, 0, 'status', 'updatedReplicas')
  if (strategy === 'RollingUpdate' && at(object, 'spec', 'updateStrategy', 'rollingUpdate') != null) {
    const partition = asInteger(at(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'))
    if (declared !== undefined && partition !== undefined && updated < declared - partition)
      return progressing(
        `Waiting for partitioned roll out to finish: ${updated} out of ${declared - partition} new pods have been updated...`
      )
    return healthy(`partitioned roll out complete: ${updated} new pods have been updated...`)
  }
  if (strategy === 'OnDelete') return healthy(`statefulset has ${ready} ready pods`)
  const revision = stringAt(object, 'status', 'updateRevision')
  if (revision !== stringAt(object, 'status', 'currentRevision'))
    return progressing(`waiting for statefulset rolling update to complete ${updated} pods at revision ${revision}...`)
  return healthy(
    `statefulset rolling update complete ${integerAt(object, 0, 'status', 'currentReplicas')} pods at revision ${stringAt(object, 'status', 'currentRevision')}...`
  )
}

export function argoDaemonSet(object: JsonObject): Health {
  if (isStale(object))
    return progressing('Waiting for rollout to finish: observed daemon set generation less than desired generation')
  const desired = integerAt(object, 0, 'status', 'desiredNumberScheduled')
  const updated = integerAt(object, 0, 'status', 'updatedNumberScheduled')
  const available = integerAt(object, 0, 'status', 'numberAvailable')
  if (stringAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
    return healthy(`daemon set ${updated} out of ${desired} new pods have been updated`)
  const name = stringAt(object, 'metadata', 'name')
  if (updated < desired)
    return progressing(
      `Waiting for daemon set "${name}" rollout to finish: ${updated} out of ${desired} new pods have been updated...`
    )
  if (available < desired)
    return progressing(
      `Waiting for daemon set "${name}" rollout to finish: ${available} of ${desired} updated pods are available...`
    )
  return healthy('')
}

export function argoReplicaSet(object: JsonObject): Health {
  if (isStale(object))
    return progressing('Waiting for rollout to finish: observed replica set generation less than desired generation')
  const failure = conditionOf(object, 'ReplicaFailure')
  if (failure?.status === 'True') return degraded(failure.message)
  const declared = asInteger(at(object, 'spec', 'replicas'))
  const available = integerAt(object, 0, 'status', 'availableReplicas')
  if (declared !== undefined && available < declared)
    return progressing(`Waiting for rollout to finish: ${available} out of ${declared} new replicas are available...`)
  return healthy('')
}

/**
 * A condition of type Suspended counts as an end whatever its status, as in the source: a resumed Job that still runs
 * is Healthy here. Our own rule (../rules/jobs.ts) does not repeat that.
 */
export function argoJob(object: JsonObject): Health {
  let ended = false
  let failure: string | undefined
  let isSuspended = false
  let message = ''
  for (const condition of conditionsOf(object)) {
    if (condition.type === 'Failed') failure = condition.message
    else if (condition.type !== 'Complete' && condition.type !== 'Suspended') continue
    else message = condition.message
    if (condition.type === 'Suspended' && condition.status === 'True') isSuspended = true
    ended = true
  }
  if (!ended) return progressing(message)
  if (failure !== undefined) return degraded(failure)
  return isSuspended ? suspended(message) : healthy(message)
}

function isStale(object: JsonObject): boolean {
  return integerAt(object, 0, 'metadata', 'generation') > integerAt(object, 0, 'status', 'observedGeneration')
}
