import type { Logger } from '../../log.ts'
import type { Exec } from '../../toolchain/exec.ts'

export const INSTANCE_GROUP_ROLES = ['control-plane', 'apiserver', 'node', 'bastion'] as const
export type InstanceGroupRole = (typeof INSTANCE_GROUP_ROLES)[number]

/** How `kops rolling-update` treats instances. Undefined: kops' own default. Times as kops takes them: `15s`, `15m`. */
export interface RollingUpdate {
  /** Never touch an instance. */
  readonly enabled: boolean
  /** Only these instance groups; empty: all. */
  readonly instanceGroups: readonly string[]
  /** Only instance groups of these roles; undefined or empty: all. */
  readonly instanceGroupRoles?: readonly InstanceGroupRole[]
  /** Also replace instances that need it not. */
  readonly force: boolean
  /** Replace instances without asking the Kubernetes API: no drain, no validation between them. */
  readonly cloudOnly: boolean
  readonly controlPlaneInterval?: string
  readonly nodeInterval?: string
  readonly bastionInterval?: string
  readonly drainTimeout?: string
  readonly postDrainDelay?: string
  readonly validationTimeout?: string
  readonly validateCount?: number
  readonly failOnDrainError?: boolean
  readonly failOnValidateError?: boolean
}

export interface Validation {
  readonly enabled: boolean
  /** How long the cluster may take to become healthy: `15m`. */
  readonly wait: string
  /** Consecutive successes. */
  readonly count?: number
  /** Time between two attempts: `10s`. */
  readonly interval?: string
}

export interface UpdatePolicy {
  /** False: only the state store is written (`kops replace`). */
  readonly enabled: boolean
  /** Execute deferred deletions (`--prune`). */
  readonly prune: boolean
  /** Remove instance groups that Git no longer has: cordon, drain, delete. Never control planes. */
  readonly deleteInstanceGroups: boolean
  /** Only these instance groups; empty: all. With them, kops would not look at roles. */
  readonly instanceGroups: readonly string[]
  /** Only instance groups of these roles; undefined or empty: all. */
  readonly instanceGroupRoles?: readonly InstanceGroupRole[]
  /** `Task=Ignore`, … */
  readonly lifecycleOverrides: readonly string[]
  readonly allowDowngrade: boolean
  readonly ignoreKubeletVersionSkew: boolean
}

/** How kops reaches the Kubernetes API of the cluster. */
export interface Access {
  /** `https://…`, when the address in the manifest cannot be reached from here. */
  readonly apiServer?: string
  /** Path of a kubeconfig to use instead of a certificate signed with the key in the state store. */
  readonly kubeconfig?: string
}

/** A kops cluster, and how it is treated. */
export interface KopsTargetOptions {
  readonly id: string
  readonly environment: string
  /** The checkout; manifests are relative to it and stay inside. */
  readonly checkout: string
  /** Files, directories or globs with Cluster, InstanceGroup and SSHCredential. */
  readonly manifests: readonly string[]
  /** `s3://bucket/prefix` */
  readonly state: string
  /** The cluster that the manifests must be about; undefined: whichever they are about. */
  readonly cluster?: string
  /** Path of kops, or undefined for the one on the PATH. */
  readonly kops: string
  readonly update: UpdatePolicy
  readonly rollingUpdate: RollingUpdate
  readonly validate: Validation
  readonly access: Access
  /** Milliseconds for one dry run. */
  readonly timeout: number
  readonly source: { readonly repository?: string; readonly revision?: string; readonly run?: string }
  /** Key of the run for the fingerprints that stand for secret values. */
  readonly secretKey: Buffer
  /** Where the shadow store and kubeconfigs are kept for this run: RUNNER_TEMP. */
  readonly temporary: string
  readonly exec: Exec
  readonly log: Logger
  readonly env?: NodeJS.ProcessEnv
  readonly now?: () => Date
  readonly signal?: AbortSignal
}
