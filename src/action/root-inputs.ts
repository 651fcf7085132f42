import {
  type Declaration,
  type EnvironmentDeclaration,
  readDeclaration,
  selectEnvironments,
  selectTargets
} from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import { type GitHubContext, githubContext } from '../github/context.ts'
import { usesJobsCluster } from '../loop/connections.ts'
import { allEngines } from '../loop/engines/all.ts'
import { pauseOf } from '../loop/hold.ts'
import { buildkitImages } from '../loop/image-builder.ts'
import { environmentImages, type ImageBuilder, oncePerImage } from '../loop/images.ts'
import type { Command } from '../loop/index.ts'
import { exec } from '../toolchain/exec.ts'
import { readSecrets } from './cluster-inputs.ts'
import type { Inputs } from './inputs.ts'
import { log } from './log.ts'
import type { Job, SessionOptions } from './session.ts'

type Name =
  | 'declaration'
  | 'environment'
  | 'target'
  | 'command'
  | 'kubeconfig'
  | 'fail-on-drift'
  | 'issue'
  | 'github-deployments'
  | 'buildkit-address'
  | 'github-token'

type CommandName = Command['name']

/** What happens by itself on an event of GitHub's. */
const BY_EVENT: Readonly<Record<string, CommandName>> = {
  push: 'deploy',
  workflow_dispatch: 'deploy',
  schedule: 'drift',
  pull_request: 'preview'
}

/**
 * What the inputs of the root action ask for, from the declaration of the checkout.
 * @throws GitOpsError naming the input, or every error of the declaration
 */
export async function readRoot(
  inputs: Inputs<Name>,
  signal: AbortSignal,
  env: NodeJS.ProcessEnv = process.env
): Promise<{ jobs: Job[]; session: SessionOptions; failOnDrift: boolean }> {
  const { kubeconfig, token } = readSecrets(inputs)
  const github = githubContext(env)
  const command = readCommand(inputs, github)
  const failOnDrift = inputs.boolean('fail-on-drift', false)
  // A token is given to be used: without one GitHub is told nothing, with one it is told all that the loop has to say.
  const issue = inputs.boolean('issue', token !== undefined)
  const githubDeployments = inputs.boolean('github-deployments', token !== undefined)
  const file = inputs.optional('declaration') ?? 'gitops.yaml'
  const declaration = await readDeclaration(github.workspace, file)
  const targets = words(inputs, 'target')
  const environments = selectEnvironments(declaration, words(inputs, 'environment'))
  requireContexts(environments)
  const buildkitAddress = inputs.optional('buildkit-address')
  const builder = oncePerImage(
    buildkitImages({
      workspace: github.workspace,
      exec,
      log,
      signal,
      ...(buildkitAddress === undefined ? {} : { buildkitAddress })
    })
  )
  if (issue && command === 'drift' && targets.length > 0)
    log.info('The drift issue is left as it is: it is about whole environments, and only some targets are checked.')
  const jobs = environments.map(([name, environment]) =>
    jobOf(name, selectTargets(environment, targets), {
      declaration,
      builder,
      command,
      workspace: github.workspace,
      issue: issue && targets.length === 0
    })
  )
  return { jobs, session: { kubeconfig, token, githubDeployments, signal, env }, failOnDrift }
}

function readCommand(inputs: Inputs<'command'>, github: GitHubContext): CommandName {
  const command = inputs.choice('command', ['auto', 'preview', 'deploy', 'drift'], 'auto')
  if (command !== 'auto') return command
  const found = Object.hasOwn(BY_EVENT, github.event ?? '') ? BY_EVENT[github.event ?? ''] : undefined
  if (found !== undefined) {
    log.info(`Event ${github.event}: ${found}.`)
    return found
  }
  const event = github.event === undefined ? 'outside GitHub' : `on the event "${github.event}"`
  throw new GitOpsError(`What to do ${event} is not known.`, {
    hint: `Give the input "command": preview, deploy or drift. By itself: ${Object.entries(BY_EVENT)
      .map(([name, does]) => `${name} → ${does}`)
      .join(', ')}.`
  })
}

/** Names separated by line breaks or commas. */
function words(inputs: Inputs<'environment' | 'target'>, name: 'environment' | 'target'): string[] {
  return inputs
    .lines(name)
    .flatMap((line) => line.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** @throws GitOpsError where two environments of one run would both be "the current cluster" */
function requireContexts(environments: readonly (readonly [string, EnvironmentDeclaration])[]): void {
  if (environments.length < 2) return
  const bare = environments.filter(([, environment]) => usesJobsCluster(environment))
  if (bare.length === 0) return
  throw new GitOpsError(
    `Several environments are run at once, and ${bare.map(([name]) => name).join(', ')} ${bare.length === 1 ? 'names' : 'name'} no cluster.`,
    { hint: 'Give each a cluster.context of the kubeconfig, or run one environment a job.' }
  )
}

function jobOf(
  name: string,
  environment: EnvironmentDeclaration,
  options: {
    declaration: Declaration
    builder: ImageBuilder
    command: CommandName
    workspace: string
    issue: boolean
  }
): Job {
  const { declaration, command } = options
  return {
    run: {
      name,
      declared: environment,
      // The whole environment, also where only some targets are chosen.
      whole: declaration.environments.get(name) ?? environment,
      declaration: declaration.file,
      environments: declaration.environments,
      retireEnvironments: declaration.retire,
      declaredIn: async (workspace) => environmentIn(workspace, declaration.file, name),
      images: environmentImages(declaration.images, environment.images, options.builder),
      command: commandOf(command, name, environment, declaration),
      engines: allEngines
    },
    followUp: {
      rollback: command === 'deploy' && environment.onFailure === 'rollback-pull-request',
      ...(command === 'drift' && options.issue ? { issue: {} } : {})
    }
  }
}

function commandOf(
  command: CommandName,
  name: string,
  environment: EnvironmentDeclaration,
  declaration: Declaration
): Command {
  if (command !== 'drift') return { name: command }
  const { heal, maxChanges, only, except } = environment.drift
  const pause = pauseOf(environment.drift, `${declaration.file} (environment ${name})`)
  return { name: 'drift', heal, maxChanges, revision: 'deployed', only, except, ...(pause ? { pause } : {}) }
}

async function environmentIn(workspace: string, file: string, name: string): Promise<EnvironmentDeclaration> {
  const declaration = await readDeclaration(workspace, file)
  const environment = declaration.environments.get(name)
  if (environment) return environment
  throw new GitOpsError(`The deployed commit declares no environment "${name}" in ${file}.`, {
    hint: 'It was deployed from another declaration. Deploy once more.'
  })
}
