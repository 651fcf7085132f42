import { asObject, at, type JsonObject } from '../../../../json.ts'
import {
  asInteger,
  clause,
  conditionOf,
  count,
  degraded,
  every,
  type Health,
  healthy,
  integerAt,
  progressing,
  reasonOf,
  share,
  stringAt,
  suspended
} from '../status.ts'

/**
 * As `kubectl rollout status` judges it, and with the failures that the controller reports. Counts of updated pods
 * come first: old pods that are all ready say nothing about a new revision that cannot start.
 */
export function deploymentHealth(object: JsonObject): Health {
  if (at(object, 'spec', 'paused') === true) return suspended('The rollout is paused (spec.paused is true)')
  if (isUnobserved(object)) return progressing('The deployment controller has not seen the latest change yet')
  const rollout = conditionOf(object, 'Progressing')
  const refused = refusalOf(object)
  if (rollout?.reason === 'ProgressDeadlineExceeded')
    return degraded(
      `The rollout made no progress within ${integerAt(object, 600, 'spec', 'progressDeadlineSeconds')} s: ${refused ?? reasonOf(rollout)}`
    )
  const declared = integerAt(object, 1, 'spec', 'replicas')
  const updated = integerAt(object, 0, 'status', 'updatedReplicas')
  const replicas = integerAt(object, 0, 'status', 'replicas')
  const available = integerAt(object, 0, 'status', 'availableReplicas')
  if (updated < declared)
    return progressing(
      refused ? `Pods cannot be created: ${refused}` : `${share(updated, declared, 'new pod')} created`
    )
  if (replicas > updated) return progressing(`${count(replicas - updated, 'old pod')} not yet terminated`)
  if (available < updated) return progressing(`${share(available, updated, 'new pod')} available`)
  if (integerAt(object, 0, 'status', 'readyReplicas') < declared)
    return progressing(`${share(integerAt(object, 0, 'status', 'readyReplicas'), declared, 'pod')} ready`)
  const availability = conditionOf(object, 'Available')
  if (availability?.status === 'False') return progressing(`Not available: ${reasonOf(availability)}`)
  return healthy(declared === 0 ? 'Scaled to zero, as declared' : `${every(declared, 'pod')} available`)
}

export function statefulSetHealth(object: JsonObject): Health {
  if (isUnobserved(object)) return progressing('The stateful set controller has not seen the latest change yet')
  const declared = integerAt(object, 1, 'spec', 'replicas')
  const replicas = integerAt(object, 0, 'status', 'replicas')
  const ready = integerAt(object, 0, 'status', 'readyReplicas')
  if (ready < declared) return progressing(`${share(ready, declared, 'pod')} ready`)
  if (replicas > declared) return progressing(`${count(replicas - declared, 'surplus pod')} not yet terminated`)
  if (stringAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
    return healthy(`${every(declared, 'pod')} ready; each takes a new revision only when it is deleted (OnDelete)`)
  const updateRevision = stringAt(object, 'status', 'updateRevision')
  const isOneRevision = updateRevision === stringAt(object, 'status', 'currentRevision')
  const updated = asInteger(at(object, 'status', 'updatedReplicas')) ?? (isOneRevision ? ready : 0)
  const partition = integerAt(object, 0, 'spec', 'updateStrategy', 'rollingUpdate', 'partition')
  const wanted = Math.max(0, declared - partition)
  if (updated < wanted)
    return progressing(
      `${share(updated, wanted, 'pod')} updated${updateRevision === '' ? '' : ` to revision ${updateRevision}`}`
    )
  if (partition === 0 && !isOneRevision) return progressing(`The update to revision ${updateRevision} is not complete`)
  const minimum = integerAt(object, 0, 'spec', 'minReadySeconds')
  const available = integerAt(object, 0, 'status', 'availableReplicas')
  if (minimum > 0 && available < declared)
    return progressing(`${share(available, declared, 'pod')} ready for at least ${minimum} s`)
  if (declared === 0) return healthy('Scaled to zero, as declared')
  return healthy(
    partition > 0
      ? `${every(declared, 'pod')} ready, ${wanted} of them at the new revision as the partition ${partition} asks`
      : `${every(declared, 'pod')} ready`
  )
}

export function daemonSetHealth(object: JsonObject): Health {
  if (isUnobserved(object)) return progressing('The daemon set controller has not seen the latest change yet')
  const desired = integerAt(object, 0, 'status', 'desiredNumberScheduled')
  const updated = integerAt(object, 0, 'status', 'updatedNumberScheduled')
  const reported = integerAt(object, 0, 'status', 'numberAvailable')
  const ready = integerAt(object, 0, 'status', 'numberReady')
  // Without minReadySeconds a pod that is ready is available.
  const available = integerAt(object, 0, 'spec', 'minReadySeconds') > 0 ? reported : Math.max(ready, reported)
  const isOnDelete = stringAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete'
  if (!isOnDelete && updated < desired) return progressing(`${share(updated, desired, 'pod')} updated`)
  if (available < desired) return progressing(`${share(available, desired, 'pod')} available`)
  if (desired === 0) return healthy('No node matches, so no pod is wanted')
  return healthy(
    isOnDelete
      ? `${every(desired, 'pod')} available; each takes a new revision only when it is deleted (OnDelete)`
      : `${every(desired, 'pod')} available`
  )
}

/** ReplicaSets and ReplicationControllers. */
export function replicaSetHealth(object: JsonObject): Health {
  if (isUnobserved(object)) return progressing(`The controller has not seen the latest change yet`)
  const refused = refusalOf(object)
  if (refused) return degraded(`Pods cannot be created: ${refused}`)
  const declared = integerAt(object, 1, 'spec', 'replicas')
  const replicas = integerAt(object, 0, 'status', 'replicas')
  const ready = integerAt(object, 0, 'status', 'readyReplicas')
  const available = integerAt(object, 0, 'status', 'availableReplicas')
  // Without minReadySeconds a pod that is ready is available.
  const usable = integerAt(object, 0, 'spec', 'minReadySeconds') > 0 ? available : Math.max(ready, available)
  if (usable < declared) return progressing(`${share(usable, declared, 'pod')} available`)
  if (replicas > declared) return progressing(`${count(replicas - declared, 'surplus pod')} not yet terminated`)
  return healthy(declared === 0 ? 'Scaled to zero, as declared' : `${every(declared, 'pod')} available`)
}

/** The controllers of these kinds always report the generation that they have seen. */
function isUnobserved(object: JsonObject): boolean {
  const observed = asInteger(at(object, 'status', 'observedGeneration'))
  const generation = asInteger(at(object, 'metadata', 'generation'))
  if (observed === undefined) return generation !== undefined || asObject(object['status']) === undefined
  return generation !== undefined && observed < generation
}

/** Why the API server refuses the pods of a workload (quota, admission), or undefined. */
export function refusalOf(object: JsonObject): string | undefined {
  const failure = conditionOf(object, 'ReplicaFailure')
  return failure?.status === 'True' ? clause(failure.message || failure.reason) : undefined
}
