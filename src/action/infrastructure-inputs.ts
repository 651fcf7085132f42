import { DRIFT_DEFAULTS, HEAL, RETIRE_DEFAULTS } from '../declaration/defaults.ts'
import type { InfrastructureDeclaration } from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import type { Engines } from '../loop/engines/index.ts'
import { givenImages } from '../loop/images.ts'
import type { Command, EnvironmentRun } from '../loop/index.ts'
import { DNS_LABEL, DNS_LABEL_MUST } from '../names.ts'
import type { Inputs } from './inputs.ts'
import { maskSecrets } from './secrets.ts'
import type { Job, SessionOptions } from './session.ts'

/** Inputs that the actions for infrastructure share. */
export type InfrastructureInput =
  | 'environment'
  | 'mode'
  | 'plan-digest'
  | 'revision'
  | 'heal'
  | 'max-changes'
  | 'fail-on-drift'
  | 'issue'
  | 'github-deployments'
  | 'github-token'

/** What an action for infrastructure is to do. */
export interface InfrastructureRequest {
  readonly job: Job
  readonly session: Omit<SessionOptions, 'signal'>
  readonly failOnDrift: boolean
}

/**
 * Reads what the actions for infrastructure share and makes one run over their targets. Earlier commits declare the
 * same targets: the inputs are all there is, so only the files come from them.
 * @param name of the drift issue beside the environment's, where it is about several targets
 * @param engines that of the action: no other stands in its bundle
 * @throws GitOpsError naming the input
 */
export function readInfrastructure(
  inputs: Inputs<InfrastructureInput>,
  targets: ReadonlyMap<string, InfrastructureDeclaration>,
  name: string,
  engines: Engines
): InfrastructureRequest {
  const token = inputs.optional('github-token')
  maskSecrets({ token })
  const environment = label('environment', inputs.optional('environment') ?? 'default')
  const mode = inputs.choice('mode', ['apply', 'plan', 'drift'], 'apply')
  const commands: Readonly<Record<typeof mode, Command>> = {
    apply: { name: 'deploy', ...readDigests(inputs, [...targets.keys()]) },
    plan: { name: 'preview' },
    drift: {
      name: 'drift',
      heal: inputs.choice('heal', HEAL, DRIFT_DEFAULTS.heal),
      maxChanges: inputs.count('max-changes', DRIFT_DEFAULTS.maxChanges),
      revision: inputs.choice('revision', ['deployed', 'head'], 'deployed')
    }
  }
  const issue = inputs.boolean('issue', false) && mode === 'drift'
  const failOnDrift = inputs.boolean('fail-on-drift', false)
  const [first = name] = targets.keys()
  const about = targets.size === 1 ? first : name
  return {
    job: {
      run: { ...runOf(environment, targets, commands[mode]), engines },
      // Other steps check other targets of the environment: each keeps an issue of its own.
      followUp: issue ? { issue: { name: `${environment}/${about}` } } : {}
    },
    session: { kubeconfig: undefined, token, githubDeployments: inputs.boolean('github-deployments', false) },
    failOnDrift
  }
}

/** One digest, or `target=digest` for each of several. */
function readDigests(
  inputs: Inputs<'plan-digest'>,
  targets: readonly string[]
): { planDigest?: string | ReadonlyMap<string, string> } {
  const lines = inputs.lines('plan-digest')
  if (lines.length === 0) return {}
  const digests = new Map<string, string>()
  for (const line of lines) {
    const [, target, digest] = /^(?:([a-z0-9-]+)=)?(sha256:[0-9a-f]{64})$/.exec(line) ?? []
    if (digest === undefined || (target === undefined && targets.length > 1))
      throw new GitOpsError(`Input "plan-digest": "${line}" is no digest of a plan.`, {
        hint: 'It is the output plan-digest of a run with mode: plan and the same targets, such as sha256:…; with several targets, target=sha256:… a line.'
      })
    if (target === undefined) return { planDigest: digest }
    digests.set(target, digest)
  }
  return { planDigest: digests }
}

function runOf(
  environment: string,
  targets: ReadonlyMap<string, InfrastructureDeclaration>,
  command: Command
): EnvironmentRun {
  const declared: EnvironmentRun['declared'] = {
    cluster: { context: undefined, kubeconfig: undefined },
    targets,
    images: new Map(),
    ignore: [],
    healthChecks: undefined,
    retire: RETIRE_DEFAULTS,
    drift: DRIFT_DEFAULTS,
    onFailure: 'none'
  }
  return {
    name: environment,
    declared,
    declaredIn: async () => declared,
    images: givenImages(new Map()),
    command
  }
}

/** @throws GitOpsError when a name could not be part of the names that are made of it */
export function label(input: string, value: string): string {
  if (DNS_LABEL.test(value)) return value
  throw new GitOpsError(`Input "${input}" is "${value}", but must be ${DNS_LABEL_MUST}.`)
}

/** `infrastructure/Network` → `infrastructure-network`: the name of a target, made from what it is about. */
export function slug(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(-63)
    .replace(/^-+/, '')
  return name === '' ? 'root' : name
}
