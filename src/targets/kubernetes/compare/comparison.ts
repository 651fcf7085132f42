import type { Buffer } from 'node:buffer'
import type { GitOpsError } from '../../../errors.ts'
import type { Logger } from '../../../log.ts'
import type { KubernetesObject, Manifest } from '../../../render/manifest.ts'
import type { FieldChange, Purpose } from '../../plan.ts'
import type { ApiError } from '../cluster.ts'
import type { Adoption, ManagerKind, Path } from '../ownership/index.ts'

/** A declared object and what lives under its name, if anything does. */
export interface Pair {
  readonly manifest: Manifest
  readonly live?: KubernetesObject
}

export interface CompareOptions {
  readonly purpose: Purpose
  readonly ignore: readonly IgnoreRule[]
  /** Key for the fingerprints that stand for Secret values. */
  readonly secretKey: Buffer
  /** Dry runs under way at the same time. Default 16; the client goes below that when the API server asks for it. */
  readonly concurrency?: number
  /** `ignore`: fields that others added are not even looked for. */
  readonly foreignFields: 'report' | 'revert' | 'ignore'
  readonly log: Logger
}

/**
 * Fields of objects that are nobody's fault. `group`, `kind`, `name`, `namespace` and `managers` may be globs
 * (`*`, `?`); what is left out matches everything. `pointers` are JSON pointers with `*` for any field or item
 * (`/spec/ports/*`), or paths as reports print them
 * (`spec.template.spec.containers[name=web].image`) and jq writes them (`.spec.containers[].image`,
 * `.spec.containers[] | select(.name | startswith("web"))`, `.data.a, .data.b`).
 */
export interface IgnoreRule {
  readonly group?: string
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly pointers?: readonly string[]
  /** Fields that these managers own do not count. */
  readonly managers?: readonly string[]
}

/**
 * What applying would do to one object.
 *
 * - `unchanged`: no value would change. `reclaim` then still lists fields whose values are as declared but which are
 *   not ours; applying takes them.
 * - `create`: there is no live object. Nothing was asked of the API server.
 * - `update`: `fields` would change. Without `fields`, only ownership would be given up: see `reason`.
 * - `replace`: the API server refuses to change it in place; `reason` says which field.
 * - `error`: the API server refuses it for another reason.
 */
export interface Comparison {
  readonly manifest: Manifest
  readonly live?: KubernetesObject
  /** The answer of the dry run, where one was made. */
  readonly predicted?: KubernetesObject
  /** What to send: without server fields, ignore rules applied. */
  readonly payload: KubernetesObject
  readonly verdict: 'unchanged' | 'create' | 'update' | 'replace' | 'error'
  /** Declared fields first; fields that the API server changes along with them last. */
  readonly fields: readonly FieldChange[]
  /** Fields that others added inside the object. */
  readonly foreign: readonly ForeignField[]
  /**
   * Nothing records who wrote the object, and what others added is known all the same: nothing, some fields, or
   * (perhaps beside those) some that a rule ignores.
   */
  readonly additions?: 'none' | 'some' | 'ignored'
  /** Fields that known writers (controllers, autoscalers) added, and the rule that knows them; never drift. */
  readonly recognised?: readonly Recognised[]
  readonly reclaim: readonly FieldChange[]
  /** Fields that applying takes from somebody who set them to something else. */
  readonly conflicts: readonly Conflict[]
  /** Another tool's object that applying takes over: write its `ops` before the apply. */
  readonly adoption?: Adoption
  /** Fields of others that give way to declared ones: write its `ops` before the apply, which then removes them. */
  readonly displacement?: Adoption
  readonly error?: ApiError | GitOpsError
  /** Compared without the API server, because these credentials may not write the object: `reason` says so. */
  readonly readOnly?: true
  readonly reason?: string
}

/** A field that somebody added, with the place where it stands. */
export interface ForeignField extends FieldChange {
  readonly location: Path
}

/** A field that a known writer added, and the rule that knows it. */
export interface Recognised {
  readonly path: string
  readonly manager: string
  readonly rule: string
}

export interface Conflict {
  /** As in `FieldChange`. */
  readonly path: string
  readonly manager: string
  readonly kind: ManagerKind
  readonly operation: 'Apply' | 'Update'
  readonly time?: string
  readonly subresource?: string
}
