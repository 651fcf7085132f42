import { FIELD_CONFLICTS, ON_FAILURE, TARGET_DEFAULTS } from '../declaration/defaults.ts'
import { GitOpsError } from '../errors.ts'
import type { Command } from '../loop/index.ts'
import { type ClusterInput, readClusterInputs } from './cluster-inputs.ts'
import type { Inputs } from './inputs.ts'
import type { Job, SessionOptions } from './session.ts'
import { readAdopt, readTarget, type TargetInput, targetRun } from './target-inputs.ts'

type Name =
  | ClusterInput
  | TargetInput
  | 'field-conflicts'
  | 'adopt'
  | 'mode'
  | 'plan-digest'
  | 'on-failure'
  | 'github-deployments'

/**
 * What the inputs of the action `deploy` ask for.
 * @throws GitOpsError naming the input
 */
export async function readDeploy(inputs: Inputs<Name>): Promise<{ job: Job; session: Omit<SessionOptions, 'signal'> }> {
  const cluster = readClusterInputs(inputs)
  const fieldConflicts = inputs.choice('field-conflicts', FIELD_CONFLICTS, TARGET_DEFAULTS.fieldConflicts)
  const target = await readTarget(inputs, cluster, { fieldConflicts, adopt: readAdopt(inputs) })
  const mode = inputs.choice('mode', ['apply', 'plan'], 'apply')
  const planDigest = readDigest(inputs)
  const rollback = inputs.choice('on-failure', ON_FAILURE, 'none') === 'rollback-pull-request'
  const command: Command =
    mode === 'plan' ? { name: 'preview' } : { name: 'deploy', ...(planDigest === undefined ? {} : { planDigest }) }
  return {
    job: { run: targetRun(cluster, target, command), followUp: { rollback: rollback && mode === 'apply' } },
    session: {
      kubeconfig: cluster.kubeconfig,
      token: cluster.token,
      githubDeployments: inputs.boolean('github-deployments', false)
    }
  }
}

function readDigest(inputs: Inputs<'plan-digest'>): string | undefined {
  const digest = inputs.optional('plan-digest')
  if (digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest)) return digest
  throw new GitOpsError(`Input "plan-digest" is "${digest}", which is no digest.`, {
    hint: 'It is the output plan-digest of a run with mode: plan, such as sha256:….'
  })
}
