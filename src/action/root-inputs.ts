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
import type { RunReport } from '../report/report.ts'
import { exec } from '../toolchain/exec.ts'
import { headCommit } from '../toolchain/git.ts'
import { readSecrets } from './cluster-inputs.ts'
import type { Inputs } from './inputs.ts'
import { log } from './log.ts'
import type { Job, SessionOptions } from './session.ts'
import { collectReports, readShard, type Shard, shardOf } from './shards.ts'

type Name =
  | 'declaration'
  | 'environment'
  | 'target'
  | 'command'
  | 'revision'
  | 'shard'
  | 'reports'
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

/** What the root action is to do. */
export interface RootRequest {
  readonly jobs: Job[]
  readonly session: SessionOptions
  readonly failOnDrift: boolean
  /** Reports of other jobs, to be told as one for each environment; then there are no jobs. */
  readonly collected?: { readonly reports: readonly RunReport[]; readonly followUps: readonly Job['followUp'][] }
}

/**
 * What the inputs of the root action ask for, from the declaration of the checkout.
 * @throws GitOpsError naming the input, or every error of the declaration
 */
export async function readRoot(
  inputs: Inputs<Name>,
  signal: AbortSignal,
  env: NodeJS.ProcessEnv = process.env
): Promise<RootRequest> {
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
  const shard = readShard(inputs)
  const revision = inputs.choice('revision', ['deployed', 'head'], 'deployed')
  const session = { kubeconfig, token, githubDeployments, signal, env }
  refuseMisplaced(inputs, command, { shard, targets })
  if (command === 'report') {
    const head = await headCommit(exec, github.workspace)
    const reports = await collectReports(inputs, environments, github, head)
    return {
      jobs: [],
      session,
      failOnDrift,
      collected: { reports, followUps: reports.map(() => (issue ? { issue: {} } : {})) }
    }
  }
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
  const isPart = targets.length > 0 || shard !== undefined
  if (issue && command === 'drift' && shard !== undefined)
    log.info(
      'The drift issue is left as it is: the job that collects the reports of all shards keeps it (command: report).'
    )
  else if (issue && command === 'drift' && targets.length > 0)
    log.info('The drift issue is left as it is: it is about whole environments, and only some targets are checked.')
  const jobs = environments.map(([name, environment]) =>
    jobOf(name, shard ? shardOf(environment, shard) : selectTargets(environment, targets), {
      declaration,
      builder,
      command,
      revision,
      workspace: github.workspace,
      issue: issue && !isPart
    })
  )
  return { jobs, session, failOnDrift }
}

/** @throws GitOpsError for an input that says nothing about this command */
function refuseMisplaced(
  inputs: Inputs<'reports'>,
  command: CommandName | 'report',
  { shard, targets }: { shard: Shard | undefined; targets: readonly string[] }
): void {
  if (shard && command !== 'drift')
    throw new GitOpsError(`Input "shard" is about a drift check, but this is a ${command}.`, {
      hint: 'Leave it out, or give command: drift.'
    })
  if (shard && targets.length > 0)
    throw new GitOpsError('Inputs "shard" and "target" both choose targets.', { hint: 'Give one of them.' })
  if (command !== 'report' && inputs.lines('reports').length > 0)
    throw new GitOpsError(`Input "reports" is about command: report, but this is a ${command}.`, {
      hint: 'Leave it out, or give command: report.'
    })
}

function readCommand(inputs: Inputs<'command'>, github: GitHubContext): CommandName | 'report' {
  const command = inputs.choice('command', ['auto', 'preview', 'deploy', 'drift', 'report'], 'auto')
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
    revision: 'deployed' | 'head'
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
      declaredIn: async (workspace, file) => environmentIn(workspace, file ?? declaration.file, name),
      images: environmentImages(declaration.images, environment.images, options.builder),
      command: commandOf(command, name, environment, declaration, options.revision),
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
  declaration: Declaration,
  revision: 'deployed' | 'head'
): Command {
  if (command !== 'drift') return { name: command }
  const { heal, maxChanges, only, except } = environment.drift
  const pause = pauseOf(environment.drift, `${declaration.file} (environment ${name})`)
  return { name: 'drift', heal, maxChanges, revision, only, except, ...(pause ? { pause } : {}) }
}

async function environmentIn(workspace: string, file: string, name: string): Promise<EnvironmentDeclaration> {
  // Its paths were there when it was deployed; what a step of that job made never was in the commit.
  const declaration = await readDeclaration(workspace, file, { paths: false })
  const environment = declaration.environments.get(name)
  if (environment) return environment
  throw new GitOpsError(`The deployed commit declares no environment "${name}" in ${file}.`, {
    hint: 'It was deployed from another declaration. Deploy once more.'
  })
}
