import type { Access, RollingUpdate, UpdatePolicy, Validation } from './options.ts'

/** Arguments of kops, as pure functions of what is wanted. */

export interface UpdateCall {
  readonly yes: boolean
  readonly prune?: boolean
}

export function updateArguments(cluster: string, policy: UpdatePolicy, call: UpdateCall): string[] {
  return [
    'update',
    'cluster',
    '--name',
    cluster,
    // A kubeconfig of the runner is nobody's business but the job's.
    '--create-kube-config=false',
    ...(call.yes ? ['--yes'] : []),
    ...(call.prune ? ['--prune'] : []),
    ...list('--instance-group-roles', policy.instanceGroupRoles ?? []),
    ...list('--instance-group', policy.instanceGroups),
    ...list('--lifecycle-overrides', policy.lifecycleOverrides),
    ...(policy.allowDowngrade ? ['--allow-kops-downgrade'] : []),
    ...(policy.ignoreKubeletVersionSkew ? ['--ignore-kubelet-version-skew'] : [])
  ]
}

/** The dry run only asks the cloud: it must not need the Kubernetes API. */
export function staleArguments(cluster: string): string[] {
  return ['rolling-update', 'cluster', '--name', cluster, '--cloudonly']
}

export function rollingUpdateArguments(
  cluster: string,
  policy: RollingUpdate,
  access: Access,
  groups: readonly string[]
): string[] {
  return [
    'rolling-update',
    'cluster',
    '--name',
    cluster,
    '--yes',
    ...list('--instance-group', groups),
    ...(policy.force ? ['--force'] : []),
    ...(policy.cloudOnly ? ['--cloudonly'] : accessArguments(access)),
    ...value('--control-plane-interval', policy.controlPlaneInterval),
    ...value('--node-interval', policy.nodeInterval),
    ...value('--bastion-interval', policy.bastionInterval),
    ...value('--drain-timeout', policy.drainTimeout),
    ...value('--post-drain-delay', policy.postDrainDelay),
    ...value('--validation-timeout', policy.validationTimeout),
    ...value('--validate-count', policy.validateCount),
    ...flag('--fail-on-drain-error', policy.failOnDrainError),
    ...flag('--fail-on-validate-error', policy.failOnValidateError)
  ]
}

export function validateArguments(cluster: string, policy: Validation, access: Access): string[] {
  return [
    'validate',
    'cluster',
    '--name',
    cluster,
    '--output',
    'json',
    '--wait',
    policy.wait,
    ...value('--count', policy.count),
    ...value('--interval', policy.interval),
    ...accessArguments(access)
  ]
}

export function exportArguments(cluster: string, file: string, lifetime: string, access: Access): string[] {
  return [
    'export',
    'kubeconfig',
    '--name',
    cluster,
    `--admin=${lifetime}`,
    '--kubeconfig',
    file,
    ...(access.apiServer === undefined ? [] : ['--api-server', access.apiServer])
  ]
}

/** With a kubeconfig, kops is told to use it, and finds it through KUBECONFIG (see access.ts). */
function accessArguments(access: Access): string[] {
  return [
    ...(access.kubeconfig === undefined ? [] : ['--use-kubeconfig']),
    ...(access.apiServer === undefined ? [] : ['--api-server', access.apiServer])
  ]
}

function list(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [name, values.join(',')]
}

function value(name: string, given: string | number | undefined): string[] {
  return given === undefined ? [] : [name, String(given)]
}

function flag(name: string, given: boolean | undefined): string[] {
  return given === undefined ? [] : [`${name}=${given}`]
}
