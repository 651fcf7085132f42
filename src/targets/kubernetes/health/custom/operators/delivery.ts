import { asList, asObject, asString, at } from '../../../../../json.ts'
import {
  conditionOf,
  conditionsOf,
  degraded,
  type Health,
  healthy,
  progressing,
  stringAt,
  suspended
} from '../../status.ts'
import { sentence } from '../generic.ts'
import { explanationOf, type OperatorRule, valueAt } from './rule.ts'

/** Other tools that deliver: Flux, Flagger, Tekton, Keptn, Pulumi, Numaplane, Karmada and their like. */
export const DELIVERY_RULES: readonly OperatorRule[] = [
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
      const upgrade = conditionOf(object, 'ProgressiveUpgradeSucceeded')
      if (upgrade?.status === 'False' && upgrade.reason === 'Failed') return degraded(sentence(upgrade))
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
      // Numaplane tried it beside the present one and keeps it as it was for people to look at.
      if (at(object, 'metadata', 'labels', 'numaplane.numaproj.io/progressive-result-state') === 'failed')
        return degraded('Its progressive upgrade failed')
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
