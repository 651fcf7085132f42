import { asList, asString, at, type JsonObject } from '../../../../json.ts'
import { asInteger, conditionsOf, integerAt, stringAt } from '../status.ts'
import { current, failed, inProgress, type KStatusResult } from './result.ts'

type Rule = (object: JsonObject, now: Date) => KStatusResult

/** How long a pod may be unscheduled before kstatus calls it unschedulable. */
const SCHEDULE_WINDOW_MS = 15_000

/** What `progressDeadlineSeconds` is when it is not set: the controller then keeps no Progressing condition. */
const NO_DEADLINE = 2 ** 31 - 1

/** By `group/Kind`, the core group without a slash. */
export const KSTATUS_RULES: Readonly<Record<string, Rule>> = {
  Service: serviceStatus,
  Pod: podStatus,
  Secret: alwaysCurrent,
  ConfigMap: alwaysCurrent,
  'batch/CronJob': alwaysCurrent,
  PersistentVolumeClaim: claimStatus,
  'apps/StatefulSet': statefulSetStatus,
  'apps/DaemonSet': daemonSetStatus,
  'extensions/DaemonSet': daemonSetStatus,
  'apps/Deployment': deploymentStatus,
  'extensions/Deployment': deploymentStatus,
  'apps/ReplicaSet': replicaSetStatus,
  'extensions/ReplicaSet': replicaSetStatus,
  'policy/PodDisruptionBudget': () => current('AllowedDisruptions has been computed.'),
  'batch/Job': jobStatus,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionStatus
}

function alwaysCurrent(): KStatusResult {
  return current('Resource is always ready')
}

function statefulSetStatus(object: JsonObject): KStatusResult {
  if (stringAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
    return current('StatefulSet is using the ondelete update strategy')
  const declared = integerAt(object, 1, 'spec', 'replicas')
  const replicas = integerAt(object, 0, 'status', 'replicas')
  const ready = integerAt(object, 0, 'status', 'readyReplicas')
  const updated = integerAt(object, 0, 'status', 'updatedReplicas')
  const old = integerAt(object, 0, 'status', 'currentReplicas')
  const partition = asInteger(at(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition'))
  if (declared > replicas) return inProgress('LessReplicas', `Replicas: ${replicas}/${declared}`)
  if (declared > ready) return inProgress('LessReady', `Ready: ${ready}/${declared}`)
  if (replicas > declared) return inProgress('ExtraPods', `Pending termination: ${replicas - declared}`)
  if (partition !== undefined && partition !== -1)
    return updated < declared - partition
      ? inProgress('PartitionRollout', `updated: ${updated}/${declared - partition}`)
      : current(`Partition rollout complete. updated: ${updated}`)
  if (declared > old) return inProgress('LessCurrent', `current: ${old}/${declared}`)
  if (stringAt(object, 'status', 'currentRevision') !== stringAt(object, 'status', 'updateRevision'))
    return inProgress('RevisionMismatch', 'Waiting for updated revision to match current')
  return current(`All replicas scheduled as expected. Replicas: ${replicas}`)
}

function deploymentStatus(object: JsonObject): KStatusResult {
  let isProgressing = integerAt(object, NO_DEADLINE, 'spec', 'progressDeadlineSeconds') === NO_DEADLINE
  let isAvailable = false
  for (const condition of conditionsOf(object)) {
    if (condition.type === 'Progressing' && condition.reason === 'ProgressDeadlineExceeded')
      return {
        status: 'Failed',
        message: 'Progress deadline exceeded',
        conditions: [{ type: 'Stalled', status: 'True', reason: condition.reason, message: condition.message }]
      }
    if (condition.status !== 'True') continue
    if (condition.type === 'Progressing' && condition.reason === 'NewReplicaSetAvailable') isProgressing = true
    if (condition.type === 'Available') isAvailable = true
  }
  const declared = integerAt(object, 1, 'spec', 'replicas')
  const replicas = integerAt(object, 0, 'status', 'replicas')
  const updated = integerAt(object, 0, 'status', 'updatedReplicas')
  const ready = integerAt(object, 0, 'status', 'readyReplicas')
  const available = integerAt(object, 0, 'status', 'availableReplicas')
  if (declared > replicas) return inProgress('LessReplicas', `Replicas: ${replicas}/${declared}`)
  if (declared > updated) return inProgress('LessUpdated', `Updated: ${updated}/${declared}`)
  if (replicas > declared) return inProgress('ExtraPods', `Pending termination: ${replicas - declared}`)
  if (updated > available) return inProgress('LessAvailable', `Available: ${available}/${updated}`)
  if (declared > ready) return inProgress('LessReady', `Ready: ${ready}/${declared}`)
  if (!isProgressing) return inProgress('ReplicaSetNotAvailable', 'ReplicaSet not Available')
  if (!isAvailable) return inProgress('DeploymentNotAvailable', 'Deployment not Available')
  return current(`Deployment is available. Replicas: ${replicas}`)
}

function replicaSetStatus(object: JsonObject): KStatusResult {
  if (conditionsOf(object).some((one) => one.type === 'ReplicaFailure' && one.status === 'True'))
    return inProgress('ReplicaFailure', 'Replica Failure condition. Check Pods')
  const declared = integerAt(object, 1, 'spec', 'replicas')
  const replicas = integerAt(object, 0, 'status', 'replicas')
  const ready = integerAt(object, 0, 'status', 'readyReplicas')
  const available = integerAt(object, 0, 'status', 'availableReplicas')
  const labelled = integerAt(object, 0, 'status', 'fullyLabeledReplicas')
  if (declared > labelled) return inProgress('LessLabelled', `Labelled: ${labelled}/${declared}`)
  if (declared > available) return inProgress('LessAvailable', `Available: ${available}/${declared}`)
  if (declared > ready) return inProgress('LessReady', `Ready: ${ready}/${declared}`)
  if (replicas > declared) return inProgress('ExtraPods', `Pending termination: ${replicas - declared}`)
  return current(`ReplicaSet is available. Replicas: ${replicas}`)
}

/** The daemon set controller always sets the generation fields: without them it has not acted yet. */
function daemonSetStatus(object: JsonObject): KStatusResult {
  if (asInteger(at(object, 'metadata', 'generation')) === undefined)
    return inProgress('NoGeneration', 'DaemonSet metadata.generation not found')
  if (asInteger(at(object, 'status', 'observedGeneration')) === undefined)
    return inProgress('NoObservedGeneration', 'DaemonSet status.observedGeneration not found')
  const desired = asInteger(at(object, 'status', 'desiredNumberScheduled'))
  const scheduled = integerAt(object, 0, 'status', 'currentNumberScheduled')
  const updated = integerAt(object, 0, 'status', 'updatedNumberScheduled')
  const available = integerAt(object, 0, 'status', 'numberAvailable')
  const ready = integerAt(object, 0, 'status', 'numberReady')
  if (desired === undefined || desired === -1)
    return inProgress('NoDesiredNumber', 'Missing .status.desiredNumberScheduled')
  if (desired > scheduled) return inProgress('LessCurrent', `Current: ${scheduled}/${desired}`)
  if (desired > updated) return inProgress('LessUpdated', `Updated: ${updated}/${desired}`)
  if (desired > available) return inProgress('LessAvailable', `Available: ${available}/${desired}`)
  if (desired > ready) return inProgress('LessReady', `Ready: ${ready}/${desired}`)
  return current(`All replicas scheduled as expected. Replicas: ${desired}`)
}

function claimStatus(object: JsonObject): KStatusResult {
  const phase = asString(at(object, 'status', 'phase')) ?? 'unknown'
  return phase === 'Bound' ? current('PVC is Bound') : inProgress('NotBound', `PVC is not Bound. phase: ${phase}`)
}

function podStatus(object: JsonObject, now: Date): KStatusResult {
  const conditions = conditionsOf(object)
  const phase = stringAt(object, 'status', 'phase')
  switch (phase) {
    case 'Succeeded':
      return current('Pod has completed successfully')
    case 'Failed':
      return current('Pod has completed, but not successfully')
    case 'Running': {
      if (conditions.some((one) => one.type === 'Ready' && one.status === 'True')) return current('Pod is Ready')
      const looping = crashLooping(object)
      return looping.length > 0
        ? failed('ContainerCrashLooping', `Containers in CrashLoop state: ${looping.join(',')}`)
        : inProgress('PodRunningNotReady', 'Pod is running but is not Ready')
    }
    case 'Pending': {
      const scheduled = conditions.find((one) => one.type === 'PodScheduled' && one.status === 'False')
      if (scheduled?.reason !== 'Unschedulable') return inProgress('PodPending', 'Pod is in the Pending phase')
      const created = Date.parse(stringAt(object, 'metadata', 'creationTimestamp'))
      return now.getTime() - SCHEDULE_WINDOW_MS < created
        ? inProgress('PodNotScheduled', 'Pod has not been scheduled')
        : failed('PodUnschedulable', 'Pod could not be scheduled')
    }
    case '':
      return inProgress('PodNotObserved', 'Pod phase not available')
    default:
      return { status: 'Unknown', message: `unknown phase ${phase}`, conditions: [] }
  }
}

function crashLooping(object: JsonObject): string[] {
  return (asList(at(object, 'status', 'containerStatuses')) ?? [])
    .filter((container) => at(container, 'state', 'waiting', 'reason') === 'CrashLoopBackOff')
    .map((container) => stringAt(container, 'name'))
}

/** A running Job is Current here; our own rule waits until it is complete. */
function jobStatus(object: JsonObject): KStatusResult {
  const completions = integerAt(object, integerAt(object, 1, 'spec', 'parallelism'), 'spec', 'completions')
  const succeeded = integerAt(object, 0, 'status', 'succeeded')
  const active = integerAt(object, 0, 'status', 'active')
  const failures = integerAt(object, 0, 'status', 'failed')
  for (const condition of conditionsOf(object)) {
    if (condition.status !== 'True') continue
    if (condition.type === 'Complete') return current(`Job Completed. succeeded: ${succeeded}/${completions}`)
    if (condition.type === 'Failed') return failed('JobFailed', `Job Failed. failed: ${failures}/${completions}`)
    if (condition.type === 'Suspended') return current('Job is suspended')
  }
  if (stringAt(object, 'status', 'startTime') === '') return inProgress('JobNotStarted', 'Job not started')
  return current(`Job in progress. success:${succeeded}, active: ${active}, failed: ${failures}`)
}

function serviceStatus(object: JsonObject): KStatusResult {
  return stringAt(object, 'spec', 'type') === 'LoadBalancer' && stringAt(object, 'spec', 'clusterIP') === ''
    ? inProgress('NoIPAssigned', 'ClusterIP not set. Service type: LoadBalancer')
    : current('Service is ready')
}

function definitionStatus(object: JsonObject): KStatusResult {
  for (const condition of conditionsOf(object)) {
    if (condition.type === 'NamesAccepted' && condition.status === 'False')
      return failed(condition.reason, condition.message)
    if (condition.type !== 'Established') continue
    if (condition.status === 'False' && condition.reason !== 'Installing')
      return failed(condition.reason, condition.message)
    if (condition.status === 'True') return current('CRD is established')
  }
  return inProgress('Installing', 'Install in progress')
}
