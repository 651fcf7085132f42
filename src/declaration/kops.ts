import { parseDuration } from '../duration.ts'
import {
  type Access,
  INSTANCE_GROUP_ROLES,
  type RollingUpdate,
  type UpdatePolicy,
  type Validation
} from '../targets/kops/options.ts'
import { oneOrMany } from './given.ts'
import {
  boolean,
  choice,
  converted,
  count,
  list,
  object,
  optional,
  required,
  type Shape,
  text,
  transformed,
  withDefault
} from './shape.ts'
import { duration } from './values.ts'

/** A kops cluster, as it is declared. Paths are relative to the checkout. */
export interface KopsDeclaration {
  readonly manifests: readonly string[]
  readonly state: string
  /** Name that the manifests must have; undefined: any. */
  readonly cluster: string | undefined
  /** Undefined: the one on the PATH. */
  readonly version: string | undefined
  readonly update: UpdatePolicy
  readonly rollingUpdate: RollingUpdate
  readonly validate: Validation
  readonly access: Access
  /** Milliseconds for one dry run. */
  readonly timeout: number
}

const flag = (description: string) => boolean(description, false)
const groups = (description: string) =>
  withDefault(list(text({ description: 'An instance group.' }), { description, itemName: 'instance groups' }), [])

const roles = (description: string) =>
  withDefault(list(choice(INSTANCE_GROUP_ROLES, 'A role of instance groups.'), { description, itemName: 'roles' }), [])

/** A duration as kops takes it; without one, kops' own default. */
function span(description: string, fallback?: string): Shape<string> {
  return converted((value) => (typeof value === 'string' && parseDuration(value) !== undefined ? value : undefined), {
    schema: {
      type: 'string',
      pattern: '^(\\d+(ms|s|m|h))+$',
      description,
      examples: ['15s', '15m'],
      ...(fallback === undefined ? {} : { default: fallback })
    },
    must: 'a duration with a unit, such as 15s or 15m'
  })
}

export const kops: Shape<KopsDeclaration> = transformed(
  object(
    {
      manifest: required(
        oneOrMany(
          text({
            description: 'A file, a directory or a glob, relative to the repository.',
            examples: ['infrastructure/kops/prod.yaml']
          }),
          {
            description:
              'Files with the Cluster and its InstanceGroups (and SSHCredentials). They are all there is: an instance group that no file declares is reported as removed.',
            itemName: 'paths'
          }
        )
      ),
      state: required(text({ description: 'State store of kops.', examples: ['s3://acme-kops'] })),
      cluster: optional(
        text({
          description:
            'Name that the Cluster in the manifests must have. With it, a manifest that renames the cluster is refused at once.'
        })
      ),
      kopsVersion: optional(
        text({
          description:
            'Version of kops. Unless the one on the PATH is that version, it is downloaded and checked against its checksum. Default: the one on the PATH.',
          examples: ['1.36.2']
        })
      ),
      update: withDefault(boolean('Whether the cloud is updated. With false, only the state store is.', true), true),
      prune: withDefault(
        boolean('Whether deletions that kops defers are executed once the instances have been replaced.', true),
        true
      ),
      deleteInstanceGroups: withDefault(
        flag(
          'Whether instance groups that Git no longer has are removed: cordoned, drained, deleted. Never groups of the control plane.'
        ),
        false
      ),
      instanceGroups: groups('Update only these instance groups. Default: all.'),
      instanceGroupRoles: roles('Update only instance groups of these roles; not together with instanceGroups.'),
      lifecycleOverrides: withDefault(
        list(
          text({
            description: 'A task and how it is treated.',
            pattern: /^\w+=\w+$/,
            must: 'of the form Task=Lifecycle, such as IAMRole=ExistsAndWarnIfChanges',
            examples: ['IAMRole=ExistsAndWarnIfChanges']
          }),
          { description: 'Tasks that kops treats in another way.', itemName: 'overrides' }
        ),
        []
      ),
      allowKopsDowngrade: withDefault(
        flag('Whether an older kops may update a cluster that a newer one updated before.'),
        false
      ),
      ignoreKubeletVersionSkew: withDefault(
        flag('Whether nodes may get a newer kubelet before the whole control plane is updated.'),
        false
      ),
      rollingUpdate: withDefault(
        boolean('Whether instances that run with an older configuration are replaced.', true),
        true
      ),
      rollingUpdateInstanceGroups: groups('Replace only instances of these groups. Default: all.'),
      rollingUpdateInstanceGroupRoles: roles('Replace only instances of groups with these roles.'),
      rollingUpdateForce: withDefault(flag('Whether instances are replaced that need it not.'), false),
      rollingUpdateCloudOnly: withDefault(
        flag('Whether instances are replaced without the Kubernetes API: nothing is drained or validated in between.'),
        false
      ),
      controlPlaneInterval: optional(
        span("Pause after each replaced instance of the control plane. Default: kops' own, as for the next ones.")
      ),
      nodeInterval: optional(span('Pause after each replaced node.')),
      bastionInterval: optional(span('Pause after each replaced bastion.')),
      drainTimeout: optional(span('How long draining a node may take.')),
      postDrainDelay: optional(span('Pause after a node was drained.')),
      validationTimeout: optional(
        span('How long the cluster may take to be healthy again after an instance was replaced.')
      ),
      rollingUpdateValidateCount: optional(
        count('How often in a row the cluster must be found healthy after an instance was replaced.')
      ),
      failOnDrainError: optional(boolean('Whether a node that cannot be drained ends the replacement.')),
      failOnValidateError: optional(boolean('Whether a cluster that does not become healthy ends the replacement.')),
      validate: withDefault(boolean('Whether to wait until the cluster is healthy.', true), true),
      validateWait: withDefault(span('How long that may take.', '15m'), '15m'),
      validateCount: optional(count('How often in a row the cluster must be found healthy.')),
      validateInterval: optional(span("Time between two attempts. Default: kops' own (10 s).")),
      apiServer: optional(
        text({
          description: 'Address of the Kubernetes API, when the one in the manifest cannot be reached from the runner.',
          pattern: /^https:\/\/\S+$/,
          must: 'an address that begins with https://'
        })
      ),
      kubeconfig: optional(
        text({
          description:
            'A kubeconfig file to reach the Kubernetes API with, relative to the workspace. Default: a short-lived certificate that kops signs with the key in the state store.'
        })
      ),
      timeout: withDefault(duration('How long a dry run may take.', '10m'), 600_000)
    },
    {
      description:
        'A Kubernetes cluster that kops makes. Targets that depend on it are deployed into it: it gives them its kubeconfig, unless the environment names its own cluster.'
    }
  ),
  (given): KopsDeclaration => ({
    manifests: given.manifest,
    state: given.state,
    cluster: given.cluster,
    version: given.kopsVersion,
    update: {
      enabled: given.update,
      prune: given.prune,
      deleteInstanceGroups: given.deleteInstanceGroups,
      instanceGroups: given.instanceGroups,
      instanceGroupRoles: given.instanceGroupRoles,
      lifecycleOverrides: given.lifecycleOverrides,
      allowDowngrade: given.allowKopsDowngrade,
      ignoreKubeletVersionSkew: given.ignoreKubeletVersionSkew
    },
    rollingUpdate: {
      enabled: given.rollingUpdate,
      instanceGroups: given.rollingUpdateInstanceGroups,
      instanceGroupRoles: given.rollingUpdateInstanceGroupRoles,
      force: given.rollingUpdateForce,
      cloudOnly: given.rollingUpdateCloudOnly,
      ...known('controlPlaneInterval', given.controlPlaneInterval),
      ...known('nodeInterval', given.nodeInterval),
      ...known('bastionInterval', given.bastionInterval),
      ...known('drainTimeout', given.drainTimeout),
      ...known('postDrainDelay', given.postDrainDelay),
      ...known('validationTimeout', given.validationTimeout),
      ...known('validateCount', given.rollingUpdateValidateCount),
      ...known('failOnDrainError', given.failOnDrainError),
      ...known('failOnValidateError', given.failOnValidateError)
    },
    validate: {
      enabled: given.validate,
      wait: given.validateWait,
      ...known('count', given.validateCount),
      ...known('interval', given.validateInterval)
    },
    access: { ...known('apiServer', given.apiServer), ...known('kubeconfig', given.kubeconfig) },
    timeout: given.timeout
  })
)

function known<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: T })
}
