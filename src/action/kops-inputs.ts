import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DRIFT_DEFAULTS } from '../declaration/defaults.ts'
import { GitOpsError } from '../errors.ts'
import { givenImages } from '../loop/images.ts'
import type { Command, EnvironmentRun } from '../loop/index.ts'
import { type KopsDeclaration, type KopsEngine, kopsUnit } from '../loop/kops-unit.ts'
import { DNS_LABEL, DNS_LABEL_MUST } from '../names.ts'
import type { Exec } from '../toolchain/exec.ts'
import type { Inputs } from './inputs.ts'
import { maskSecrets } from './secrets.ts'
import type { Job, SessionOptions } from './session.ts'

type Name =
  | 'manifest'
  | 'state'
  | 'cluster'
  | 'mode'
  | 'plan-digest'
  | 'kops-version'
  | 'update'
  | 'prune'
  | 'delete-instance-groups'
  | 'instance-groups'
  | 'lifecycle-overrides'
  | 'allow-kops-downgrade'
  | 'ignore-kubelet-version-skew'
  | RollingName
  | 'validate'
  | 'validate-wait'
  | 'validate-count'
  | 'api-server'
  | 'kubeconfig'
  | 'environment'
  | 'target'
  | 'timeout'
  | 'github-deployments'
  | 'github-token'

type RollingName =
  | 'rolling-update'
  | 'rolling-update-instance-groups'
  | 'rolling-update-force'
  | 'rolling-update-cloud-only'
  | 'control-plane-interval'
  | 'node-interval'
  | 'bastion-interval'
  | 'drain-timeout'
  | 'post-drain-delay'
  | 'validation-timeout'
  | 'rolling-update-validate-count'
  | 'fail-on-drain-error'
  | 'fail-on-validate-error'

/**
 * What the inputs of the action `kops-update` ask for.
 * @throws GitOpsError naming the input
 */
export function readKops(
  inputs: Inputs<Name>,
  env: NodeJS.ProcessEnv = process.env
): { job: Job; session: Omit<SessionOptions, 'signal'> } {
  const token = inputs.optional('github-token')
  const kubeconfig = inputs.optional('kubeconfig')
  maskSecrets({ token, kubeconfig })
  const temporary = env['RUNNER_TEMP'] || tmpdir()
  const environment = label('environment', inputs.optional('environment') ?? 'default')
  const target = label('target', inputs.optional('target') ?? 'cluster')
  const mode = inputs.choice('mode', ['apply', 'plan'], 'apply')
  const digest = readDigest(inputs)
  const command: Command =
    mode === 'plan' ? { name: 'preview' } : { name: 'deploy', ...(digest === undefined ? {} : { planDigest: digest }) }
  const declared = readDeclaration(inputs, env, kubeconfig, temporary)
  return {
    job: { run: runOf(environment, target, declared, command, temporary) },
    session: { kubeconfig: undefined, token, githubDeployments: inputs.boolean('github-deployments', false) }
  }
}

function readDeclaration(
  inputs: Inputs<Name>,
  env: NodeJS.ProcessEnv,
  kubeconfig: string | undefined,
  temporary: string
): KopsDeclaration {
  const manifests = inputs.lines('manifest')
  if (manifests.length === 0)
    throw new GitOpsError('Input "manifest" is required.', {
      hint: 'Name the files, directories or globs with Cluster and InstanceGroups, one a line.'
    })
  const state = inputs.optional('state') ?? env['KOPS_STATE_STORE']
  if (!state)
    throw new GitOpsError('Input "state" is required.', {
      hint: 'Name the state store, such as s3://acme-kops, or set the environment variable KOPS_STATE_STORE.'
    })
  const apiServer = inputs.optional('api-server')
  return {
    manifests,
    state,
    cluster: inputs.optional('cluster'),
    version: inputs.optional('kops-version'),
    update: {
      enabled: inputs.boolean('update', true),
      prune: inputs.boolean('prune', true),
      deleteInstanceGroups: inputs.boolean('delete-instance-groups', false),
      instanceGroups: inputs.lines('instance-groups'),
      lifecycleOverrides: inputs.lines('lifecycle-overrides'),
      allowDowngrade: inputs.boolean('allow-kops-downgrade', false),
      ignoreKubeletVersionSkew: inputs.boolean('ignore-kubelet-version-skew', false)
    },
    rollingUpdate: readRolling(inputs),
    validate: {
      enabled: inputs.boolean('validate', true),
      wait: span(inputs, 'validate-wait') ?? '15m',
      ...optional('count', positive(inputs, 'validate-count'))
    },
    access: {
      ...optional('apiServer', apiServer),
      ...optional('kubeconfig', kubeconfig === undefined ? undefined : kubeconfigFile(kubeconfig, temporary))
    },
    timeout: inputs.duration('timeout', '10m')
  }
}

function readRolling(inputs: Inputs<RollingName>): KopsDeclaration['rollingUpdate'] {
  return {
    enabled: inputs.boolean('rolling-update', true),
    instanceGroups: inputs.lines('rolling-update-instance-groups'),
    force: inputs.boolean('rolling-update-force', false),
    cloudOnly: inputs.boolean('rolling-update-cloud-only', false),
    ...optional('controlPlaneInterval', span(inputs, 'control-plane-interval')),
    ...optional('nodeInterval', span(inputs, 'node-interval')),
    ...optional('bastionInterval', span(inputs, 'bastion-interval')),
    ...optional('drainTimeout', span(inputs, 'drain-timeout')),
    ...optional('postDrainDelay', span(inputs, 'post-drain-delay')),
    ...optional('validationTimeout', span(inputs, 'validation-timeout')),
    ...optional('validateCount', positive(inputs, 'rolling-update-validate-count')),
    ...optional('failOnDrainError', maybe(inputs, 'fail-on-drain-error')),
    ...optional('failOnValidateError', maybe(inputs, 'fail-on-validate-error'))
  }
}

/** A duration as kops takes it, checked; undefined leaves kops' default. */
function span<N extends Name>(inputs: Inputs<N>, name: N): string | undefined {
  const value = inputs.optional(name)
  if (value !== undefined) inputs.duration(name, value)
  return value
}

function positive<N extends Name>(inputs: Inputs<N>, name: N): number | undefined {
  return inputs.optional(name) === undefined ? undefined : inputs.count(name, 0)
}

function maybe<N extends Name>(inputs: Inputs<N>, name: N): boolean | undefined {
  return inputs.optional(name) === undefined ? undefined : inputs.boolean(name, false)
}

function optional<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, T>>)
}

/** kops takes a file: content from a secret is put into one that nobody else can read. */
function kubeconfigFile(kubeconfig: string, temporary: string): string {
  if (!kubeconfig.includes('\n')) {
    if (existsSync(kubeconfig)) return path.resolve(kubeconfig)
    throw new GitOpsError('Input "kubeconfig" is neither a file that exists nor the content of one.', {
      hint: 'Give the content (several lines), or the path of a file that an earlier step wrote.'
    })
  }
  const file = path.join(mkdtempSync(path.join(temporary, 'kubeconfig-')), 'config')
  writeFileSync(file, `${kubeconfig}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  return file
}

function readDigest(inputs: Inputs<'plan-digest'>): string | undefined {
  const digest = inputs.optional('plan-digest')
  if (digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest)) return digest
  throw new GitOpsError(`Input "plan-digest" is "${digest}", which is no digest.`, {
    hint: 'It is the output plan-digest of a run with mode: plan, such as sha256:….'
  })
}

function runOf(
  environment: string,
  id: string,
  one: KopsDeclaration,
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
    units: (context, { exec, secretKey }) => [
      kopsUnit({
        id,
        declared: one,
        dependsOn: [],
        declaredIn: async () => one,
        engine: kopsEngine(exec, context.log),
        context,
        secretKey,
        temporary,
        log: context.log
      })
    ]
  }
}

function kopsEngine(exec: Exec, log: Parameters<typeof kopsUnit>[0]['log']): KopsEngine {
  return {
    async target(options, version) {
      const { findKops, kopsTarget } = await import('../targets/kops/index.ts')
      const kops = await findKops(version, { exec, log, ...(options.signal ? { signal: options.signal } : {}) })
      return kopsTarget({ ...options, kops, exec })
    },
    async readDeployment({ checkout, manifests, state, cluster }) {
      const { readDeployment, readManifests } = await import('../targets/kops/index.ts')
      const name = cluster ?? (await readManifests({ checkout, manifests })).cluster.name
      return readDeployment({ state, cluster: name })
    }
  }
}

function label(name: string, value: string): string {
  if (DNS_LABEL.test(value)) return value
  throw new GitOpsError(`Input "${name}" is "${value}", but must be ${DNS_LABEL_MUST}.`)
}
