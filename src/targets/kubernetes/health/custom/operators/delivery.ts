import { asList, asObject, asString, at, type Json, type JsonObject } from '../../../../../json.ts'
import type { HealthStatus } from '../../../../target.ts'
import {
  annotationOf,
  conditionOf,
  conditionsOf,
  degraded,
  type Health,
  healthy,
  integerAt,
  progressing,
  stringAt,
  suspended,
  unknown
} from '../../status.ts'
import { sentence } from '../generic.ts'
import { explanationOf, type OperatorRule, valueAt } from './rule.ts'

const PROMOTER = 'promoter.argoproj.io'

/** Tools that deliver: Argo, Flux, Flagger, Tekton, Keptn, Pulumi and their like. */
export const DELIVERY_RULES: readonly OperatorRule[] = [
  { group: 'argoproj.io', kinds: ['Rollout'], awaits: ['*'], judge: rolloutHealth },
  {
    group: 'argoproj.io',
    kinds: ['Application'],
    awaits: ['health.status'],
    judge: (object) => {
      const status = asString(valueAt(object, 'health.status')) ?? ''
      const message = stringAt(object, 'status', 'health', 'message') || `Its resources are ${status}`
      return isStatus(status) ? { status, message } : unknown(message)
    }
  },
  {
    group: 'argoproj.io',
    kinds: ['ApplicationSet'],
    awaits: ['conditions'],
    alarms: ['ErrorOccurred'],
    judge: (object) => {
      const rollout = conditionOf(object, 'RolloutProgressing')
      return rollout?.status === 'True' && conditionOf(object, 'ErrorOccurred')?.status !== 'True'
        ? progressing(sentence(rollout))
        : undefined
    },
    verdict: ['ResourcesUpToDate']
  },
  {
    // Phases of Argo Rollouts' analysis; Inconclusive asks a person.
    group: 'argoproj.io',
    kinds: ['AnalysisRun', 'Experiment'],
    awaits: ['phase'],
    word: {
      field: 'phase',
      healthy: ['Successful'],
      progressing: ['Pending', 'Running'],
      degraded: ['Failed', 'Error'],
      unknown: ['Inconclusive']
    }
  },
  {
    group: 'argoproj.io',
    kinds: ['Workflow'],
    awaits: ['phase'],
    word: {
      field: 'phase',
      healthy: ['Succeeded'],
      progressing: ['Pending', 'Running'],
      degraded: ['Failed', 'Error'],
      other: 'Unknown'
    }
  },
  { group: 'argoproj.io', kinds: ['CronWorkflow'], alarms: ['SubmissionError', 'SpecError'], verdict: ['Completed'] },
  {
    group: 'argoproj.io',
    kinds: ['EventBus', 'EventSource', 'Sensor'],
    awaits: ['conditions'],
    judge: (object) => {
      const conditions = conditionsOf(object)
      const unmet = conditions.find((one) => one.status === 'False') ?? conditions.find((one) => one.status !== 'True')
      if (unmet) return unmet.status === 'False' ? degraded(sentence(unmet)) : progressing(sentence(unmet))
      return healthy('Deployed')
    }
  },
  { group: 'argoproj.io', kinds: ['AppProject', 'WorkflowTemplate', 'AnalysisTemplate'] },
  {
    // GitOps Promoter: what its policies say of environments, beside whether it could work at all (Ready).
    group: PROMOTER,
    awaits: ['?Ready'],
    verdict: ['Ready'],
    unmet: 'Degraded',
    judge: (object) => (conditionOf(object, 'Ready')?.status === 'True' ? promotionHealth(object) : undefined)
  },
  {
    // Ready is the verdict; while a retry is under way Reconciling is True too, and a dependency is waited for.
    group: 'kustomize.toolkit.fluxcd.io',
    awaits: ['?Ready', '?Reconciling'],
    verdict: ['Ready'],
    unmet: 'Degraded',
    working: ['DependencyNotReady', 'Progressing'],
    alarms: ['Stalled']
  },
  {
    group: 'notification.toolkit.fluxcd.io',
    kinds: ['Alert', 'Provider'],
    verdict: ['Ready'],
    unmet: 'Degraded'
  },
  {
    // A HelmRepository of type oci is static since source-controller v1.3: nothing reports on it.
    group: 'source.toolkit.fluxcd.io',
    kinds: ['HelmRepository'],
    verdict: ['Ready'],
    unmet: 'Degraded',
    judge: (object) =>
      conditionOf(object, 'Ready') === undefined && stringAt(object, 'spec', 'type') !== 'oci'
        ? progressing('Its controller has not reported a status yet')
        : undefined
  },
  {
    group: '*.toolkit.fluxcd.io',
    awaits: ['?Ready', '?Reconciling'],
    verdict: ['Ready'],
    unmet: 'Degraded',
    working: ['DependencyNotReady', 'Progressing'],
    alarms: ['Stalled']
  },
  {
    group: 'flagger.app',
    kinds: ['Canary'],
    awaits: ['phase'],
    word: {
      field: 'phase',
      healthy: ['Initialized', 'Succeeded'],
      progressing: ['Initializing', 'Waiting', 'Progressing', 'Promoting', 'Finalising', 'Terminating', 'Terminated'],
      degraded: ['Failed'],
      suspended: ['WaitingPromotion']
    }
  },
  {
    // Knative-style: Unknown while it runs.
    group: 'tekton.dev',
    kinds: ['PipelineRun', 'TaskRun', 'CustomRun'],
    awaits: ['?Succeeded'],
    verdict: ['Succeeded'],
    unmet: 'Degraded'
  },
  {
    group: 'lifecycle.keptn.sh',
    awaits: ['status', 'overallStatus', 'currentPhase'],
    judge: (object) => keptnHealth(asString(valueAt(object, 'status')) ?? asString(valueAt(object, 'overallStatus')))
  },
  {
    group: 'metrics.keptn.sh',
    kinds: ['Analysis'],
    awaits: ['state'],
    judge: (object) => {
      const state = asString(valueAt(object, 'state')) ?? ''
      if (state !== 'Completed') return progressing(`The analysis is ${state}`)
      const result = asObject(at(object, 'status'))
      return result?.['pass'] === true || result?.['warning'] === true
        ? healthy('The analysis passed')
        : degraded('The analysis did not pass')
    }
  },
  {
    group: 'metrics.keptn.sh',
    kinds: ['KeptnMetric'],
    awaits: ['*'],
    judge: (object) => {
      const problem = asString(valueAt(object, 'errMsg'))
      return problem ? degraded(`The metric cannot be read: ${problem}`) : healthy('The metric is read')
    }
  },
  { group: 'pulumi.com', awaits: ['conditions', 'lastUpdate'], alarms: ['Stalled'], verdict: ['Ready'] },
  {
    group: 'tower.ansible.com',
    awaits: ['ansibleJobResult.status'],
    word: {
      field: 'ansibleJobResult.status',
      healthy: ['successful'],
      progressing: ['new', 'pending', 'waiting', 'running'],
      degraded: ['failed', 'error', 'canceled']
    }
  },
  {
    group: 'numaplane.numaproj.io',
    awaits: ['conditions'],
    judge: (object) => {
      const child = conditionOf(object, 'ChildResourcesHealthy')
      const phase = stringAt(object, 'status', 'phase')
      if (phase === 'Failed') return degraded(explanationOf(object) || 'The rollout failed')
      const pause = conditionsOf(object).find((one) => one.type.endsWith('PausingOrPaused') && one.status === 'True')
      // A paused MonoVertex is declared so; a paused pipeline waits for its update.
      if (pause) return object['kind'] === 'MonoVertexRollout' ? healthy(sentence(pause)) : suspended(sentence(pause))
      if (child?.status === 'False')
        return child.reason === 'Progressing' ? progressing(sentence(child)) : degraded(sentence(child))
      if (stringAt(object, 'status', 'upgradeInProgress') !== '' && phase === 'Pending')
        return progressing('An upgrade is in progress')
      return child?.status === 'True' && phase === 'Deployed'
        ? healthy(sentence(child))
        : progressing(`The rollout is ${phase || 'not yet reported on'}`)
    }
  },
  {
    // Every condition of Numaflow's objects is good news when met; a phase of its own tells of pauses.
    group: 'numaflow.numaproj.io',
    awaits: ['conditions', 'phase'],
    judge: (object) => {
      const phase = stringAt(object, 'status', 'phase')
      const unmet = conditionsOf(object).find((one) => one.status === 'False')
      if (phase === 'Failed') return degraded(explanationOf(object) || 'It failed')
      if (unmet) return degraded(sentence(unmet))
      if (phase === 'Running') return healthy('Running')
      return phase === 'Paused' || phase === 'Pausing' ? healthy('Paused, as declared') : progressing(`It is ${phase}`)
    }
  },
  {
    group: 'camel.apache.org',
    awaits: ['phase'],
    word: {
      field: 'phase',
      healthy: ['Running', 'Ready'],
      degraded: ['Error', 'Cannot Match Kit', 'Cannot Find Platform', 'Unknown'],
      other: 'Progressing',
      onlyBad: true
    },
    verdict: ['Ready'],
    unmet: 'Degraded',
    working: ['DeploymentProgressing', 'RuntimeNotReady']
  },
  {
    // A binding is as healthy as what it has put into each member cluster.
    group: 'work.karmada.io',
    kinds: ['ResourceBinding', 'ClusterResourceBinding'],
    awaits: ['aggregatedStatus', 'conditions'],
    judge: (object) => {
      const members = asList(valueAt(object, 'aggregatedStatus')) ?? []
      const wanted = asList(at(object, 'spec', 'clusters')) ?? []
      const bad = members.find((one) => at(one, 'health') === 'Unhealthy' || at(one, 'applied') === false)
      if (bad) return degraded(`Not healthy in cluster ${stringAt(bad, 'clusterName')}`)
      if (members.length < wanted.length)
        return progressing(`Applied in ${members.length} of ${wanted.length} clusters`)
      if (members.some((one) => at(one, 'applied') !== true)) return progressing('Not applied in every cluster yet')
      const applied = conditionOf(object, 'FullyApplied')
      return applied?.status === 'False' ? degraded(sentence(applied)) : healthy('Applied in every cluster')
    }
  }
]

/** As Argo Rollouts itself says (phase, since v1.2); older versions by pause and counts. */
function rolloutHealth(object: JsonObject): Health {
  if (at(object, 'spec', 'paused') === true) return suspended('The rollout is paused (spec.paused is true)')
  const invalid = conditionOf(object, 'InvalidSpec')
  if (invalid && invalid.status !== 'False') return degraded(sentence(invalid))
  const generation = annotationOf(object, 'rollout.argoproj.io/workload-generation')
  const observed = stringAt(object, 'status', 'workloadObservedGeneration')
  if (at(object, 'spec', 'workloadRef') !== undefined && generation !== undefined && observed !== generation)
    return progressing('The rollout has not seen the latest change of the workload it refers to yet')
  const message = explanationOf(object)
  switch (stringAt(object, 'status', 'phase')) {
    case 'Healthy':
      return healthy(message || 'All steps are done')
    case 'Degraded':
      return degraded(message || 'The rollout is degraded')
    case 'Paused':
      return suspended(message || 'The rollout waits for a person to promote or abort it')
    case 'Progressing':
      return progressing(message || 'The rollout is in progress')
  }
  const rollout = conditionOf(object, 'Progressing')
  if (rollout?.reason === 'RolloutAborted' || rollout?.reason === 'ProgressDeadlineExceeded')
    return degraded(sentence(rollout))
  const pauses = asList(at(object, 'status', 'pauseConditions')) ?? []
  if (pauses.length > 0 || rollout?.reason === 'RolloutPaused')
    return suspended(rollout ? sentence(rollout) : 'The rollout is paused')
  const declared = integerAt(object, 1, 'spec', 'replicas')
  const updated = integerAt(object, 0, 'status', 'updatedReplicas')
  const available = integerAt(object, 0, 'status', 'availableReplicas')
  const replicas = integerAt(object, 0, 'status', 'replicas')
  if (updated < declared) return progressing(`${updated} of ${declared} replicas updated`)
  if (available < updated) return progressing(`${available} of ${updated} replicas available`)
  const hash = stringAt(object, 'status', 'currentPodHash')
  const active =
    stringAt(object, 'status', 'blueGreen', 'activeSelector') || stringAt(object, 'status', 'activeSelector')
  const stable = stringAt(object, 'status', 'stableRS') || stringAt(object, 'status', 'canary', 'stableRS')
  if (at(object, 'spec', 'strategy', 'blueGreen') !== undefined)
    return active === hash
      ? healthy('The active service serves the new pods')
      : progressing('Traffic is not switched yet')
  if (replicas > updated) return progressing(`${replicas - updated} old replicas not yet terminated`)
  return stable === '' || stable === hash ? healthy('All steps are done') : progressing('Not all steps are done yet')
}

/** What is promoted: environments that have not caught up are in progress; a report of a failed check is only a report. */
function promotionHealth(object: JsonObject): Health | undefined {
  switch (object['kind']) {
    case 'ChangeTransferPolicy':
      return transferHealth(object['status'], '')
    case 'PromotionStrategy': {
      const environments = asList(valueAt(object, 'environments')) ?? []
      if (environments.length === 0) return degraded('It has no environments')
      const shas = new Set(environments.map((one) => stringAt(one, 'proposed', 'dry', 'sha')))
      const found = environments.map((one) => transferHealth(one, ` of ${stringAt(one, 'branch')}`))
      const waiting = found.find((one) => one.status !== 'Healthy')
      if (waiting) return waiting
      return shas.size > 1 ? progressing('The environments do not propose the same commit yet') : found[0]
    }
    case 'CommitStatus':
    case 'PullRequest':
      return undefined
  }
  const environments = asList(valueAt(object, 'environments')) ?? []
  const named = (phase: string) =>
    environments.filter((one) => (stringAt(one, 'phase') || 'pending') === phase).map((one) => stringAt(one, 'branch'))
  const failures = named('failure')
  if (failures.length > 0) return degraded(`The check failed for ${failures.join(', ')}`)
  const pending = named('pending')
  return pending.length > 0 ? progressing(`The check is pending for ${pending.join(', ')}`) : undefined
}

function transferHealth(environment: Json | undefined, where: string): Health {
  const active = stringAt(at(environment, 'active', 'dry'), 'sha')
  const proposed = stringAt(at(environment, 'proposed', 'dry'), 'sha')
  if (active === '') return progressing(`The active commit${where} is not known yet`)
  if (proposed === '') return progressing(`The proposed commit${where} is not known yet`)
  return active === proposed
    ? healthy(`Up to date at ${active.slice(0, 7)}`)
    : progressing(`The promotion${where} from ${active.slice(0, 7)} to ${proposed.slice(0, 7)} is in progress`)
}

function keptnHealth(state: string | undefined): Health | undefined {
  switch (state) {
    case 'Succeeded':
    case 'Warning':
      return healthy(`It ${state === 'Warning' ? 'ended with a warning' : 'succeeded'}`)
    case 'Failed':
      return degraded('It failed')
    case 'Deprecated':
      return healthy('It is superseded by a newer version')
    case 'Pending':
    case 'Progressing':
      return progressing(`It is ${state.toLowerCase()}`)
    default:
      return undefined
  }
}

function isStatus(word: string): word is HealthStatus {
  return ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'].includes(word)
}
