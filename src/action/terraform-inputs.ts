import { tmpdir } from 'node:os'
import * as core from '@actions/core'
import { DRIFT_DEFAULTS } from '../declaration/defaults.ts'
import { GitOpsError } from '../errors.ts'
import { givenImages } from '../loop/images.ts'
import type { Command, EnvironmentRun } from '../loop/index.ts'
import { unitLog } from '../loop/target-run.ts'
import { type TerraformDeclaration, terraformUnit } from '../loop/terraform-unit.ts'
import { DNS_LABEL, DNS_LABEL_MUST } from '../names.ts'
import { ENGINES } from '../targets/terraform/options.ts'
import type { Exec } from '../toolchain/exec.ts'
import type { Inputs } from './inputs.ts'
import { maskSecrets } from './secrets.ts'
import type { Job, SessionOptions } from './session.ts'

type Name =
  | 'directory'
  | 'workspace'
  | 'engine'
  | 'version'
  | 'mode'
  | 'plan-digest'
  | 'variables'
  | 'var-files'
  | 'backend-config'
  | 'allow-destroy'
  | 'lock-timeout'
  | 'parallelism'
  | 'environment'
  | 'target'
  | 'timeout'
  | 'github-deployments'
  | 'github-token'

/**
 * What the inputs of the action `terraform-update` ask for.
 * @throws GitOpsError naming the input
 */
export function readTerraform(
  inputs: Inputs<Name>,
  env: NodeJS.ProcessEnv = process.env
): { job: Job; session: Omit<SessionOptions, 'signal'> } {
  const token = inputs.optional('github-token')
  maskSecrets({ token })
  const environment = label('environment', inputs.optional('environment') ?? 'default')
  const targets = readTargets(inputs)
  const mode = inputs.choice('mode', ['apply', 'plan'], 'apply')
  const planDigest = readDigests(inputs, [...targets.keys()])
  const command: Command =
    mode === 'plan' ? { name: 'preview' } : { name: 'deploy', ...(planDigest === undefined ? {} : { planDigest }) }
  return {
    job: { run: runOf(environment, targets, command, env['RUNNER_TEMP'] || tmpdir()) },
    session: { kubeconfig: undefined, token, githubDeployments: inputs.boolean('github-deployments', false) }
  }
}

/** Every directory in every workspace is a target of its own. */
function readTargets(inputs: Inputs<Name>): Map<string, TerraformDeclaration> {
  const directories = inputs.lines('directory')
  if (directories.length === 0)
    throw new GitOpsError('Input "directory" is required.', {
      hint: 'Name the root module, relative to the workspace; several, one a line.'
    })
  const workspaces = inputs.lines('workspace')
  const common = readCommon(inputs)
  const pairs = directories.flatMap((directory) =>
    (workspaces.length > 0 ? workspaces : [undefined]).map((workspace) => ({ ...common, directory, workspace }))
  )
  const given = inputs.optional('target')
  if (given !== undefined) label('target', given)
  const targets = new Map<string, TerraformDeclaration>()
  for (const declared of pairs) {
    const parts = [
      ...(given === undefined ? [] : [given]),
      ...(given === undefined || directories.length > 1 ? [declared.directory] : []),
      ...(workspaces.length > 1 ? [declared.workspace ?? ''] : [])
    ]
    const id = slug(parts.join('-'))
    if (targets.has(id))
      throw new GitOpsError(`Input "directory": "${declared.directory}" occurs twice (as target "${id}").`, {
        hint: 'Name every root module and workspace once.'
      })
    targets.set(id, declared)
  }
  return targets
}

function readCommon(inputs: Inputs<Name>): Omit<TerraformDeclaration, 'directory' | 'workspace'> {
  const parallelism = inputs.count('parallelism', 0)
  return {
    engine: inputs.choice('engine', ENGINES, 'auto'),
    version: inputs.optional('version'),
    variables: new Map(inputs.pairs('variables')),
    varFiles: inputs.lines('var-files'),
    backendConfig: inputs.lines('backend-config'),
    allowDestroy: inputs.boolean('allow-destroy', false),
    lockTimeout: inputs.duration('lock-timeout', '1m'),
    parallelism: parallelism === 0 ? undefined : parallelism,
    timeout: inputs.duration('timeout', '30m')
  }
}

/** One digest, or `target=digest` for each of several. */
function readDigests(inputs: Inputs<Name>, targets: readonly string[]): string | Map<string, string> | undefined {
  const lines = inputs.lines('plan-digest')
  if (lines.length === 0) return undefined
  const digests = new Map<string, string>()
  for (const line of lines) {
    const [, target, digest] = /^(?:([a-z0-9-]+)=)?(sha256:[0-9a-f]{64})$/.exec(line) ?? []
    if (digest === undefined || (target === undefined && targets.length > 1))
      throw new GitOpsError(`Input "plan-digest": "${line}" is no digest of a plan.`, {
        hint: 'It is the output plan-digest of a run with mode: plan and the same directories, such as sha256:…; with several targets, target=sha256:… a line.'
      })
    if (target === undefined) return digest
    digests.set(target, digest)
  }
  return digests
}

function runOf(
  environment: string,
  targets: ReadonlyMap<string, TerraformDeclaration>,
  command: Command,
  temporary: string
): EnvironmentRun {
  const declared: EnvironmentRun['declared'] = {
    cluster: { context: undefined, kubeconfig: undefined },
    targets: new Map(),
    images: new Map(),
    ignore: [],
    drift: DRIFT_DEFAULTS,
    onFailure: 'none'
  }
  return {
    name: environment,
    declared,
    declaredIn: async () => declared,
    images: givenImages(new Map()),
    command,
    units: (context, { exec, secretKey }) =>
      [...targets].map(([id, one]) =>
        terraformUnit({
          id,
          declared: one,
          dependsOn: [],
          declaredIn: async () => one,
          engine: terraformEngine(exec),
          context,
          secretKey,
          temporary,
          log: unitLog(context.log, id, targets.size === 1),
          onSecret: (secret) => core.setSecret(secret)
        })
      )
  }
}

function terraformEngine(exec: Exec): Parameters<typeof terraformUnit>[0]['engine'] {
  return {
    async target(options) {
      const { terraformTarget } = await import('../targets/terraform/index.ts')
      return terraformTarget({ ...options, exec })
    }
  }
}

/** `infrastructure/Network` → `infrastructure-network`. */
function slug(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(-63)
    .replace(/^-+/, '')
  return name === '' ? 'root' : name
}

function label(name: string, value: string): string {
  if (DNS_LABEL.test(value)) return value
  throw new GitOpsError(`Input "${name}" is "${value}", but must be ${DNS_LABEL_MUST}.`)
}
