import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '../json.ts'

export const TARGET_KINDS = ['kubernetes', 'kops', 'terraform', 'cloudformation'] as const
export type TargetKind = (typeof TARGET_KINDS)[number]

/** `deploy`: what applying would do. `drift`: that, and what applying alone would not touch (design §1). */
export type Purpose = 'deploy' | 'drift'

/**
 * The first four are what applying does. The others occur in plans for drift:
 * `remove-foreign` fields that somebody added inside our objects, `reclaim` ownership taken from us with equal
 * values, `restart` pods that run with content that drifted, `unmanaged` objects that nobody declared,
 * `unhealthy` a workload that is degraded at an unchanged declaration.
 */
export type ChangeAction =
  | 'create'
  | 'update'
  | 'replace'
  | 'delete'
  | 'remove-foreign'
  | 'reclaim'
  | 'restart'
  | 'unmanaged'
  | 'unhealthy'

/** What a change is about, in words that hold for every engine: a Kubernetes object, a Terraform address, a kops task. */
export interface Resource {
  /** Stable inside the target and readable: `apps/Deployment/shop/web`, `aws_vpc.main`. */
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

/**
 * A value in a diff. A secret is shown by a fingerprint under a key of the run, or, in drift reports of a cluster, of the
 * target: equal values are recognisably equal.
 */
export type FieldValue =
  | { readonly type: 'absent' }
  | { readonly type: 'value'; readonly value: Json }
  | { readonly type: 'secret'; readonly fingerprint: string }

/** Somebody that wrote a field, as the target's own store records it. `time` is RFC 3339. */
export interface Actor {
  readonly manager: string
  readonly operation?: 'Apply' | 'Update'
  readonly subresource?: string
  readonly time?: string
}

/** Who made a change. A removal leaves no owner behind: then there are only candidates, most likely first. */
export type Attribution =
  | ({ readonly known: true } & Actor)
  | { readonly known: false; readonly candidates: readonly Actor[] }

export interface FieldChange {
  /** As a person would write it: `spec.template.spec.containers[name=web].image`. */
  readonly path: string
  /** Live, before applying. */
  readonly before: FieldValue
  /** Declared, after applying. */
  readonly after: FieldValue
  readonly attribution?: Attribution
  /** Why healing leaves this field, though not the whole object. */
  readonly held?: Held
}

/** Why healing leaves something that it could put back. It is drift all the same. */
export interface Held {
  /** Somebody paused healing; something else changes it back each time; the policy of the environment excludes it. */
  readonly by: 'pause' | 'fight' | 'policy'
  /** A sentence without its full stop. */
  readonly reason: string
  /** When a pause is over; RFC 3339. */
  readonly until?: string
  /** YAML that settles it, to be pasted into `gitops.yaml`. */
  readonly proposal?: string
}

export interface Change {
  readonly action: ChangeAction
  readonly resource: Resource
  readonly fields: readonly FieldChange[]
  /** Who made a change that has no field of its own: a deleted object, an object nobody declared. */
  readonly attribution?: Attribution
  /** Why it is needed or what is special about it, as one sentence: a pod's reason, an immutable field. */
  readonly reason?: string
  /** Of what does not work: warning events and the last log lines, as in `UnhealthyResource`. */
  readonly evidence?: { readonly events: readonly string[]; readonly logs: readonly string[] }
  /** Where the declaration stands in the repository. */
  readonly source?: { readonly file: string; readonly line?: number }
  /** False for what healing only reports: an unmanaged object, a field of a protected kind. Default true. */
  readonly healable?: boolean
  /** What this only follows: a restart for content that is put right. Where all of that is left, so is this. */
  readonly follows?: readonly Followed[]
  /** Why healing leaves all of it for now. */
  readonly held?: Held
}

/** Fields of another resource that a change follows; `paths` as in `FieldChange`, none for the resource as a whole. */
export interface Followed {
  /** Its id. */
  readonly resource: string
  readonly paths: readonly string[]
}

export interface Plan {
  readonly target: string
  readonly kind: TargetKind
  readonly purpose: Purpose
  /** In the order of applying. Empty means: in sync. */
  readonly changes: readonly Change[]
  /** How many resources are declared and need nothing. */
  readonly unchanged: number
  /** How many declared resources could not be looked at: where there are any, an empty plan does not mean in sync. */
  readonly unchecked?: number
  /**
   * Set where the engine has no means to tell whether anything of the target drifted, whatever rights it has: a sentence
   * that says why. Then an empty plan means nothing at all.
   */
  readonly unsupported?: string
  /** What a reader must know beside the changes, one sentence each: a conflict taken back, a check that could not run. */
  readonly notes: readonly string[]
  /** `sha256:…` over the changes and what was declared: two plans with the same digest do the same. */
  readonly digest: string
  /** `sha256:…` of the declared set itself, independent of the live state. */
  readonly declaredDigest: string
}

/**
 * The digest that binds an approval to a plan: over target, declared set and changes (action, resource and each
 * field's before and after), whatever order they were found in: that is the order of the input. Attribution, notes and
 * secret fingerprints (of a run) do not count; for secrets the caller's `declaredDigest` stands in.
 */
export function planDigest(plan: Pick<Plan, 'target' | 'kind' | 'declaredDigest' | 'changes'>): string {
  const value: Json = {
    target: plan.target,
    kind: plan.kind,
    declared: plan.declaredDigest,
    changes: inOneOrder(
      plan.changes.map((change) => ({
        action: change.action,
        resource: change.resource.id,
        fields: inOneOrder(
          change.fields.map((field) => [field.path, digestible(field.before), digestible(field.after)])
        )
      }))
    )
  }
  return `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`
}

function inOneOrder(values: readonly Json[]): Json[] {
  return values
    .map((value) => ({ value, text: canonicalJson(value) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ value }) => value)
}

function digestible(value: FieldValue): Json {
  return value.type === 'value' ? { value: value.value } : value.type
}
