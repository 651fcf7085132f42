import type { Logger } from '../../log.ts'
import type { Manifest } from '../../render/manifest.ts'
import type { Cluster } from './cluster.ts'
import type { IgnoreRule } from './compare/index.ts'

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
    readonly revision?: string
    readonly run?: string
    readonly images: Readonly<Record<string, string>>
  }
  readonly policy: Policy
  readonly log: Logger
  readonly now?: () => Date
  readonly signal?: AbortSignal
  /** Key of the run for the fingerprints that stand for Secret values. Default: a random one per target. */
  readonly secretKey?: Buffer
}

/** Set on an object to let a deploy delete and create it anew when a field cannot be changed in place. */
export const REPLACE_ANNOTATION = 'gitops-actions.dev/replace'
