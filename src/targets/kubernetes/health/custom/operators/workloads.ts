import { asList, asString, at, type JsonObject } from '../../../../../json.ts'
import {
  asInteger,
  conditionOf,
  conditionsIn,
  conditionsOf,
  count,
  degraded,
  every,
  type Health,
  healthy,
  integerAt,
  progressing,
  share,
  stringAt,
  suspended
} from '../../status.ts'
import { sentence } from '../generic.ts'
import type { OperatorRule } from './rule.ts'

/** What runs pods or virtual machines, and what scales it. */
export const WORKLOAD_RULES: readonly OperatorRule[] = [
  { group: 'apps.kruise.io', kinds: ['CloneSet', 'StatefulSet'], awaits: ['*'], judge: replicatedHealth },
  { group: 'apps.kruise.io', kinds: ['DaemonSet', 'SidecarSet'], awaits: ['*'], judge: daemonHealth },
  {
    group: 'apps.kruise.io',
    kinds: ['BroadcastJob'],
    awaits: ['phase', 'desired', 'conditions'],
    judge: (object) => {
      if (at(object, 'spec', 'paused') === true) return suspended('The job is paused')
      const failed = conditionOf(object, 'Failed')
      if (failed?.status === 'True') return degraded(sentence(failed))
      const done = integerAt(object, 0, 'status', 'succeeded')
      const desired = integerAt(object, 0, 'status', 'desired')
      const stuck = integerAt(object, 0, 'status', 'failed')
      if (desired > 0 && done === desired && stuck === 0) return healthy('Completed on every node')
      return stuck > 0 && integerAt(object, 0, 'status', 'active') === 0
        ? degraded(`${count(stuck, 'pod')} failed`)
        : progressing(`Completed on ${share(done, desired, 'node')}`)
    }
  },
  {
    group: 'apps.kruise.io',
    kinds: ['AdvancedCronJob'],
    awaits: ['*'],
    judge: (object) =>
      at(object, 'spec', 'paused') === true
        ? suspended('No runs are started')
        : stringAt(object, 'status', 'lastScheduleTime') === ''
          ? progressing('It has not run yet')
          : healthy('It has run')
  },
  {
    group: 'rollouts.kruise.io',
    kinds: ['Rollout'],
    awaits: ['phase', 'canaryStatus'],
    judge: (object) => {
      const work = conditionOf(object, 'Progressing')
      const phase = stringAt(object, 'status', 'phase')
      if (at(object, 'spec', 'disabled') === true) return healthy('Disabled, as declared')
      if (phase === 'Disabled') return degraded('It is disabled, which its declaration does not say')
      const step = stringAt(object, 'status', 'canaryStatus', 'currentStepState')
      if (work?.reason === 'Completed' || work?.reason === 'Cancelling') return healthy(sentence(work))
      if (step === 'StepPaused' || work?.reason === 'Paused') return suspended('The rollout waits at a step')
      return phase === 'Healthy' ? healthy('The rollout is complete') : progressing(`The rollout is ${phase}`)
    }
  },
  {
    group: 'game.kruise.io',
    kinds: ['GameServer'],
    awaits: ['currentState', 'podStatus'],
    judge: (object) => {
      const unmet = conditionsIn(at(object, 'status', 'podStatus', 'conditions')).find((one) => one.status === 'False')
      const state = stringAt(object, 'status', 'currentState')
      const wanted = stringAt(object, 'status', 'desiredState')
      if (['Crash', 'NetworkNotReady', 'Unknown'].includes(state)) return degraded(`The game server is ${state}`)
      if (wanted !== '' && state !== wanted) return progressing(`The game server is ${state}, not yet ${wanted}`)
      if (unmet) return degraded(`The pod is not ready: ${unmet.type} is False`)
      return state === 'Ready' ? healthy('The game server is ready') : undefined
    }
  },
  { group: 'game.kruise.io', kinds: ['GameServerSet'], awaits: ['*'], judge: replicatedHealth },
  {
    // Progressing is True while a deployment runs and when it is done; the reason tells which.
    group: 'apps.openshift.io',
    kinds: ['DeploymentConfig'],
    awaits: ['observedGeneration', 'conditions'],
    judge: (object) => {
      const rollout = conditionOf(object, 'Progressing')
      if (rollout?.status === 'False') return degraded(sentence(rollout))
      const isDone = rollout?.reason === 'NewReplicationControllerAvailable'
      if (rollout?.status === 'Unknown' || (rollout && !isDone && rollout.reason !== ''))
        return progressing(sentence(rollout))
      const available = conditionOf(object, 'Available')
      const declared = integerAt(object, 1, 'spec', 'replicas')
      const ready = integerAt(object, 0, 'status', 'availableReplicas')
      if (declared === 0) return healthy('Scaled to zero, as declared')
      if (available?.status === 'False') return progressing(sentence(available))
      return ready < declared ? progressing(`${share(ready, declared, 'pod')} available`) : undefined
    }
  },
  {
    group: 'keda.sh',
    kinds: ['ScaledObject', 'ScaledJob'],
    awaits: ['?Ready'],
    // Fallback is what KEDA does when its triggers cannot be read.
    alarms: ['Fallback'],
    judge: (object) => {
      const ready = conditionOf(object, 'Ready')
      const paused = conditionOf(object, 'Paused')
      return ready?.status === 'True' && paused?.status === 'True' ? suspended(sentence(paused)) : undefined
    },
    verdict: ['Ready'],
    unmet: 'Degraded',
    failing: ['PartialTriggerError', 'TriggerError']
  },
  {
    group: 'kubevirt.io',
    kinds: ['VirtualMachine'],
    awaits: ['conditions', 'printableStatus'],
    pauses: ['Paused'],
    judge: (object) => {
      const failure = conditionOf(object, 'Failure')
      if (failure?.status === 'True') return degraded(sentence(failure))
      const state = stringAt(object, 'status', 'printableStatus')
      if (/CrashLoopBackOff|Err|Unschedulable|Pvc(NotFound|Error)|DataVolumeError/.test(state))
        return degraded(`The virtual machine is ${state}`)
      const ready = conditionOf(object, 'Ready')
      if (ready?.status === 'True') return healthy('The virtual machine is running')
      const isOff = at(object, 'spec', 'running') === false || stringAt(object, 'spec', 'runStrategy') === 'Halted'
      if (isOff || state === 'Stopped' || (ready && at(object, 'status', 'created') !== true))
        return suspended('The virtual machine is stopped')
      return progressing(`The virtual machine is ${state || 'starting'}`)
    }
  },
  {
    group: 'kubevirt.io',
    kinds: ['VirtualMachineInstance'],
    awaits: ['conditions', 'phase'],
    pauses: ['Paused'],
    judge: (object) => {
      const phase = stringAt(object, 'status', 'phase')
      const ready = conditionOf(object, 'Ready')
      if (phase === 'Failed') return degraded('The virtual machine failed')
      if (phase === 'Succeeded') return healthy('The virtual machine has ended')
      return ready?.status === 'True'
        ? healthy('Running')
        : progressing(`The virtual machine is ${phase || 'starting'}`)
    }
  },
  {
    group: 'cdi.kubevirt.io',
    kinds: ['DataVolume'],
    awaits: ['phase', 'conditions'],
    judge: (object) => {
      const running = conditionOf(object, 'Running')
      return running?.status === 'False' && running.reason === 'Error' ? degraded(sentence(running)) : undefined
    },
    word: {
      field: 'phase',
      healthy: ['Succeeded', 'WaitForFirstConsumer', 'PendingPopulation'],
      degraded: ['Failed', 'Unknown'],
      suspended: ['Paused'],
      other: 'Progressing'
    }
  },
  {
    group: 'core.spinkube.dev',
    kinds: ['SpinApp'],
    awaits: ['conditions'],
    judge: (object) => {
      const rollout = conditionOf(object, 'Progressing')
      if (rollout?.status === 'False') return degraded(sentence(rollout))
      const available = conditionOf(object, 'Available')
      if (available?.status === 'False') return degraded(sentence(available))
      const declared = asInteger(at(object, 'spec', 'replicas'))
      const ready = integerAt(object, 0, 'status', 'readyReplicas')
      return declared !== undefined && ready < declared
        ? progressing(`${share(ready, declared, 'pod')} ready`)
        : undefined
    }
  },
  {
    // Spot Ocean's Argo Rollouts: phase is the verdict, an invalid specification the exception.
    group: 'spot.io',
    kinds: ['SpotDeployment'],
    judge: (object) => {
      const invalid = conditionOf(object, 'InvalidSpec')
      return invalid && invalid.status !== 'False' ? degraded(sentence(invalid)) : undefined
    },
    word: {
      field: 'phase',
      healthy: ['Healthy'],
      progressing: ['Progressing'],
      degraded: ['Degraded'],
      suspended: ['Paused']
    }
  },
  { group: 'leaderworkerset.x-k8s.io', awaits: ['conditions'], verdict: ['Available'], unmet: 'Progressing' },
  {
    group: 'jobset.x-k8s.io',
    kinds: ['JobSet'],
    alarms: ['Failed'],
    judge: (object) => {
      const suspension = conditionOf(object, 'Suspended')
      if (suspension?.status === 'True') return suspended(sentence(suspension))
      const ended = conditionsOf(object).find(
        (one) => ['Completed', 'Failed'].includes(one.type) && one.status === 'True'
      )
      return ended ? undefined : progressing('Its jobs are running')
    },
    verdict: ['Completed']
  },
  {
    group: 'kubeflow.org',
    alarms: ['Failed'],
    judge: (object) => {
      const replicas = asList(at(object, 'status', 'conditions'))
      if (!asString(object['kind'])?.endsWith('Job') || replicas === undefined) return undefined
      const ended = conditionsOf(object).find(
        (one) => ['Succeeded', 'Failed'].includes(one.type) && one.status === 'True'
      )
      return ended ? undefined : progressing('The job is running')
    },
    verdict: ['Succeeded']
  }
]

/** OpenKruise's CloneSet and StatefulSet, GameServerSet: Kubernetes' own counts, plus a pause and a partition. */
function replicatedHealth(object: JsonObject): Health | undefined {
  const strategy = at(object, 'spec', 'updateStrategy')
  if (at(strategy, 'paused') === true || at(strategy, 'rollingUpdate', 'paused') === true)
    return suspended('The update is paused')
  const refused = conditionsOf(object).find(
    (one) => /^Failed(Scale|Update|CreatePod)/.test(one.type) && one.status === 'True'
  )
  if (refused) return degraded(sentence(refused))
  const declared = asInteger(at(object, 'spec', 'replicas')) ?? integerAt(object, 0, 'status', 'replicas')
  const ready =
    asInteger(at(object, 'status', 'updatedAvailableReplicas')) ??
    asInteger(at(object, 'status', 'updatedReadyReplicas')) ??
    integerAt(object, 0, 'status', 'readyReplicas')
  const partition = at(strategy, 'partition') ?? at(strategy, 'rollingUpdate', 'partition')
  const held = asInteger(partition) ?? (/^[1-9]\d*%$/.test(asString(partition) ?? '') ? declared : 0)
  const updated = asInteger(at(object, 'status', 'updatedReplicas')) ?? ready
  if (held > 0 && updated >= declared - held && updated < declared)
    return suspended(`The update is held at ${share(updated, declared, 'replica')} by its partition`)
  return ready < Math.max(0, declared - held)
    ? progressing(`${share(ready, declared, 'replica')} updated and ready`)
    : healthy(`${every(declared, 'replica')} updated and ready`)
}

/** OpenKruise's DaemonSet and SidecarSet. */
function daemonHealth(object: JsonObject): Health | undefined {
  if (at(object, 'spec', 'updateStrategy', 'rollingUpdate', 'paused') === true) return suspended('The update is paused')
  if (at(object, 'spec', 'updateStrategy', 'paused') === true) return suspended('The update is paused')
  const desired =
    asInteger(at(object, 'status', 'desiredNumberScheduled')) ?? integerAt(object, 0, 'status', 'matchedPods')
  const updated =
    asInteger(at(object, 'status', 'updatedNumberScheduled')) ?? integerAt(object, 0, 'status', 'updatedPods')
  const ready = asInteger(at(object, 'status', 'numberAvailable')) ?? integerAt(object, 0, 'status', 'readyPods')
  return Math.min(updated, ready) < desired
    ? progressing(`${share(Math.min(updated, ready), desired, 'pod')} updated and available`)
    : healthy(`${every(desired, 'pod')} updated and available`)
}
