import { DRIFT_DEFAULTS, FOREIGN_FIELDS, HEAL, UNMANAGED } from '../declaration/defaults.ts'
import { GitOpsError } from '../errors.ts'
import { type Pause, pauseOf } from '../loop/hold.ts'
import { MOMENT_MUST } from '../moment.ts'
import { namesResources, RESOURCES_MUST } from '../targets/selection.ts'
import { type ClusterInput, readClusterInputs } from './cluster-inputs.ts'
import type { Inputs } from './inputs.ts'
import type { Job, SessionOptions } from './session.ts'
import { readTarget, type TargetInput, targetRun } from './target-inputs.ts'

type Name =
  | ClusterInput
  | TargetInput
  | 'revision'
  | 'heal'
  | 'max-changes'
  | 'heal-only'
  | 'heal-except'
  | 'pause-until'
  | 'pause-reason'
  | 'foreign-fields'
  | 'unmanaged'
  | 'fail-on-drift'
  | 'issue'
  | 'github-deployments'

/**
 * What the inputs of the action `drift-check` ask for.
 * @throws GitOpsError naming the input
 */
export async function readDrift(
  inputs: Inputs<Name>
): Promise<{ job: Job; session: Omit<SessionOptions, 'signal'>; failOnDrift: boolean }> {
  const cluster = readClusterInputs(inputs)
  const drift = {
    heal: inputs.choice('heal', HEAL, DRIFT_DEFAULTS.heal),
    maxChanges: inputs.count('max-changes', DRIFT_DEFAULTS.maxChanges),
    foreignFields: inputs.choice('foreign-fields', FOREIGN_FIELDS, DRIFT_DEFAULTS.foreignFields),
    unmanaged: inputs.choice('unmanaged', UNMANAGED, DRIFT_DEFAULTS.unmanaged)
  }
  const target = await readTarget(inputs, cluster, { drift })
  const only = readResources(inputs, 'heal-only')
  const except = readResources(inputs, 'heal-except')
  const pause = readPause(inputs)
  const revision = inputs.choice('revision', ['deployed', 'head'], 'deployed')
  // One target is checked here, so the issue is about that one: another step's target must not close it.
  const issue = inputs.boolean('issue', false) ? { issue: { name: `${cluster.environment}/${cluster.target}` } } : {}
  return {
    job: {
      run: targetRun(cluster, target, {
        name: 'drift',
        heal: drift.heal,
        maxChanges: drift.maxChanges,
        revision,
        // No line at all is no limit, not the narrowest one.
        ...(only.length === 0 ? {} : { only }),
        ...(except.length === 0 ? {} : { except }),
        ...(pause ? { pause } : {})
      }),
      followUp: issue
    },
    session: {
      kubeconfig: cluster.kubeconfig,
      token: cluster.token,
      githubDeployments: inputs.boolean('github-deployments', false)
    },
    failOnDrift: inputs.boolean('fail-on-drift', false)
  }
}

function readResources(inputs: Inputs<'heal-only' | 'heal-except'>, name: 'heal-only' | 'heal-except'): string[] {
  const lines = inputs.lines(name)
  const wrong = lines.find((line) => !namesResources(line))
  if (wrong === undefined) return lines
  throw new GitOpsError(`Input "${name}": "${wrong}" names no objects.`, {
    hint: `Write one a line: ${RESOURCES_MUST}.`
  })
}

function readPause(inputs: Inputs<'pause-until' | 'pause-reason'>): Pause | undefined {
  const pausedUntil = inputs.optional('pause-until')
  const reason = inputs.optional('pause-reason')
  const pause = pauseOf({ pausedUntil, reason }, 'the input pause-until')
  if (pausedUntil !== undefined && !pause)
    throw new GitOpsError(`Input "pause-until" is "${pausedUntil}", but must be ${MOMENT_MUST}.`)
  return pause
}
