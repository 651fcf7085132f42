import type { Json } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'

/** What a change of one place means: `fields` (declared), `foreign` (added beside ours), nothing at all. */
export interface Change {
  /** As reports print it; also where it is written. */
  readonly path: string
  readonly to?: Json
  /** Where the report shows it, if not at `path`. */
  readonly shownAt?: string
  readonly found: 'fields' | 'foreign' | 'nothing'
  /** True where the API server writes down who owns the result; a removal leaves nobody. */
  readonly owned: boolean
  /** The list there is turned around. */
  readonly turn?: true
}

export interface Kind {
  readonly object: KubernetesObject
  readonly clusterScoped: boolean
  /** Declared fields that get another value. */
  readonly set: readonly Change[]
  /** Declared fields that are removed. */
  readonly drop: readonly Change[]
  /** Fields that nobody declared. */
  readonly extra: readonly Change[]
  /** Entries that are put into a list. */
  readonly add: readonly Change[]
  /** Entries of lists that are taken out. */
  readonly take: readonly Change[]
  /** Lists that are turned around. */
  readonly turn: readonly Change[]
  /** The same value in another spelling. */
  readonly same: readonly Change[]
  /** Workloads: the pod template. */
  readonly pod?: string
  readonly scalable?: true
}

export const set = (path: string, to: Json, shownAt = path): Change => ({
  path,
  to,
  shownAt,
  found: 'fields',
  owned: true
})
export const drop = (path: string, shownAt = path): Change => ({ path, shownAt, found: 'fields', owned: false })
export const extra = (path: string, to: Json, shownAt = path): Change => ({
  path,
  to,
  shownAt,
  found: 'foreign',
  owned: true
})
/** Into a list that the API server replaces as one piece: then it is our field that changed. */
export const into = (path: string, to: Json, shownAt = path): Change => ({
  path,
  to,
  shownAt,
  found: 'fields',
  owned: true
})
export const turned = (path: string, owned = false): Change => ({ path, found: 'fields', owned, turn: true })
export const same = (path: string, to: Json): Change => ({ path, to, found: 'nothing', owned: true })
