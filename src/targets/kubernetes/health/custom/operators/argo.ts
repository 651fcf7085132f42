import { asList, asString, at, type Json, type JsonObject } from '../../../../../json.ts'
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

/** Argo CD, Rollouts, Workflows, Events and the GitOps Promoter. */
export const ARGO_RULES: readonly OperatorRule[] = [
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

function isStatus(word: string): word is HealthStatus {
  return ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'].includes(word)
}
