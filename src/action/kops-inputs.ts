import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { KopsDeclaration } from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import { kopsEngine } from '../loop/engines/kops.ts'
import { INSTANCE_GROUP_ROLES, type InstanceGroupRole } from '../targets/kops/options.ts'
import {
  type InfrastructureInput,
  type InfrastructureRequest,
  label,
  readInfrastructure
} from './infrastructure-inputs.ts'
import type { Inputs } from './inputs.ts'
import { maskSecrets } from './secrets.ts'

type Name =
  | InfrastructureInput
  | 'manifest'
  | 'state'
  | 'cluster'
  | 'kops-version'
  | 'update'
  | 'prune'
  | 'delete-instance-groups'
  | 'instance-groups'
  | 'instance-group-roles'
  | 'lifecycle-overrides'
  | 'allow-kops-downgrade'
  | 'ignore-kubelet-version-skew'
  | RollingName
  | 'validate'
  | 'validate-wait'
  | 'validate-count'
  | 'validate-interval'
  | 'api-server'
  | 'kubeconfig'
  | 'target'
  | 'timeout'

type RollingName =
  | 'rolling-update'
  | 'rolling-update-instance-groups'
  | 'rolling-update-instance-group-roles'
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
export function readKops(inputs: Inputs<Name>, env: NodeJS.ProcessEnv = process.env): InfrastructureRequest {
  const kubeconfig = inputs.optional('kubeconfig')
  maskSecrets({ token: inputs.optional('github-token'), kubeconfig })
  const target = label('target', inputs.optional('target') ?? 'cluster')
  const kops = readDeclaration(inputs, env, kubeconfig, env['RUNNER_TEMP'] || tmpdir())
  return readInfrastructure(inputs, new Map([[target, { kind: 'kops', dependsOn: [], kops }]]), target, {
    kops: kopsEngine
  })
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
      instanceGroupRoles: roles(inputs, 'instance-group-roles'),
      lifecycleOverrides: inputs.lines('lifecycle-overrides'),
      allowDowngrade: inputs.boolean('allow-kops-downgrade', false),
      ignoreKubeletVersionSkew: inputs.boolean('ignore-kubelet-version-skew', false)
    },
    rollingUpdate: readRolling(inputs),
    validate: {
      enabled: inputs.boolean('validate', true),
      wait: span(inputs, 'validate-wait') ?? '15m',
      ...optional('count', positive(inputs, 'validate-count')),
      ...optional('interval', span(inputs, 'validate-interval'))
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
    instanceGroupRoles: roles(inputs, 'rolling-update-instance-group-roles'),
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

function roles<N extends Name>(inputs: Inputs<N>, name: N): InstanceGroupRole[] {
  return inputs.lines(name).map((given) => {
    const role = INSTANCE_GROUP_ROLES.find((one) => one === given)
    if (role) return role
    throw new GitOpsError(`Input "${name}" has "${given}", but a role is one of ${INSTANCE_GROUP_ROLES.join(', ')}.`)
  })
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
