import type { Logger } from '../../log.ts'
import type { Manifest } from '../../render/manifest.ts'
import type { DeploymentRecord } from '../target.ts'
import type { Cluster } from './cluster.ts'
import type { IgnoreRule } from './compare/index.ts'
import type { HealthChecks } from './health/index.ts'
import type { InventoryKey } from './inventory.ts'
import type { LeaseListener } from './lease.ts'
import type { Selector } from './selector.ts'

/** What a run may do to a target, and how long. */
export interface Policy {
  readonly prune: boolean
  /** The most objects that may be deleted in one run, as a number or a share of what the target has. More refuses the run. */
  readonly maxPrune: number | `${number}%`
  /** Whose differing fields are taken over: people's tools only, nobody's, everybody's. */
  readonly fieldConflicts: 'take-from-people' | 'fail' | 'force'
  readonly ignore: readonly IgnoreRule[]
  readonly wait: boolean
  /** Milliseconds for applying and becoming healthy together. */
  readonly timeout: number
  readonly foreignFields: 'report' | 'revert' | 'ignore'
  readonly unmanaged: 'report' | 'ignore'
  /** Objects that a deploy may delete and create anew when a field cannot be changed in place. Default: none. */
  readonly replace?: readonly Selector[]
  /** ApplySets of other tools, by their parent object, whose members become this target's. Default: none. */
  readonly adopt?: readonly string[]
  /** The user's own rules for health, which come before ours. */
  readonly healthChecks?: HealthChecks
}

/** What else the repository declares for the same cluster. An object moves between targets; it is never deleted for that. */
export interface Neighbours {
  readonly targets: readonly InventoryKey[]
  /**
   * Which of these objects (by object id) they declare, and which of them could not be rendered to know.
   * @param found targets whose inventories were found in this cluster: they count if they are declared anywhere
   */
  declaring(
    ids: readonly string[],
    found?: readonly InventoryKey[]
  ): Promise<{
    readonly by: ReadonlyMap<string, InventoryKey>
    readonly unreadable: readonly { readonly key: InventoryKey; readonly reason: string }[]
  }>
}

export interface KubernetesTargetOptions {
  readonly id: string
  readonly environment: string
  readonly cluster: Cluster
  readonly manifests: readonly Manifest[]
  /** `sha256:…` of the rendered set. */
  readonly declaredDigest: string
  /** For namespaced objects that name none, and the home of the inventory. */
  readonly namespace: string
  readonly source: {
    readonly repository?: string
    readonly declaration?: string
    readonly revision?: string
    readonly run?: string
    readonly images: Readonly<Record<string, string>>
  }
  readonly policy: Policy
  /** Left out where only this target is known. */
  readonly neighbours?: Neighbours
  /** What was deployed here last as another store remembers it, asked for when the inventory is gone. */
  readonly remembered?: () => Promise<DeploymentRecord | undefined>
  /** The cluster, already asked while the manifests were rendered (`readAhead`): the first plan asks this one. */
  readonly ahead?: Cluster
  readonly log: Logger
  readonly now?: () => Date
  readonly signal?: AbortSignal
  /** Told which lease a run holds, so that it can be released when the run was killed. */
  readonly onLease?: LeaseListener
  /**
   * Key of the run for the fingerprints that stand for Secret values; a drift check takes that of the inventory, where
   * there is one. Default: a random one per target.
   */
  readonly secretKey?: Buffer
}

/**
 * Set on an object: "true" lets a deploy delete and create it anew when a field cannot be changed in place, "false"
 * forbids that whatever the policy says.
 */
export const REPLACE_ANNOTATION = 'gitops-actions.dev/replace'
/** Set on an object: its own value of `Policy.fieldConflicts`. */
export const CONFLICTS_ANNOTATION = 'gitops-actions.dev/field-conflicts'
