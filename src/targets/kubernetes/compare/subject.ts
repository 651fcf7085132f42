import type { KubernetesObject } from '../../../render/manifest.ts'
import type { ApiResource } from '../cluster.ts'
import {
  type Adoption,
  adoptionPatch,
  type Fields,
  isTakenOver,
  type ManagedEntry,
  managedEntries,
  NO_FIELDS,
  ownEntry
} from '../ownership/index.ts'
import type { CompareOptions, Comparison, Pair, Recognised } from './comparison.ts'
import { copiedFields } from './copied.ts'
import { type ForeignFields, foreignFields } from './foreign.ts'
import { type Ignored, type IgnoreRules, withoutIgnored } from './ignore.ts'
import { payloadOf } from './payload.ts'
import { type Mask, maskFor } from './secrets.ts'
import { unrecordedKeys, writtenByControllers } from './writers.ts'

/** One object that lives, with everything that is known about it without asking the API server. */
export interface Subject {
  readonly pair: Pair
  readonly resource: ApiResource
  readonly live: KubernetesObject
  readonly payload: KubernetesObject
  readonly entries: readonly ManagedEntry[]
  /** What we own, with what we are about to take over. */
  readonly own: Fields
  /** The other entries, without those that we are about to take over. */
  readonly others: readonly ManagedEntry[]
  readonly adoption: Adoption | undefined
  readonly ignored: Ignored | undefined
  /** Declared fields that known writers keep at values of their own: they are among what is ignored. */
  readonly recognised: readonly Recognised[]
  readonly mask: Mask
}

/** Undefined when there is no live object. */
export function examine(
  pair: Pair,
  resource: ApiResource,
  rules: IgnoreRules,
  options: CompareOptions
): Subject | undefined {
  const { live } = pair
  if (live === undefined) return undefined
  const declared = pair.manifest.object
  const entries = managedEntries(live)
  const applied = ownEntry(entries)
  const recognised = writtenByControllers(declared, live, entries)
  const ignored = rules.for(
    declared,
    entries,
    recognised.map(({ path }) => path)
  )
  // Not ours yet, or deleted and made anew by somebody: the defaults that it was made with are theirs, too.
  const adopt = (object: KubernetesObject, recorded = managedEntries(object)): Adoption | undefined => {
    const adopts = (entry: ManagedEntry) => isTakenOver(entry) && !rules.ignoresManager(declared, entry.manager)
    const found = adoptionPatch(object, adopts, recorded, copiedFields(object, resource))
    return found && { ...found, again: (later) => adopt(later) }
  }
  const adoption = applied === undefined ? adopt(live, entries) : undefined
  const own = applied?.fields ?? adoption?.fields ?? NO_FIELDS
  const others = entries.filter((entry) => entry !== applied && adoption?.taken.includes(entry) !== true)
  let payload = payloadOf(declared, resource)
  if (ignored) payload = withoutIgnored(payload, live, ignored, own, others)
  const mask = maskFor(declared, options.secretKey, [live])
  return { pair, resource, live, payload, entries, own, others, adoption, ignored, recognised, mask }
}

/** A comparison that found nothing, to start from. */
export function nothing(pair: Pair, payload: KubernetesObject): Comparison {
  return { ...pair, payload, verdict: 'unchanged', fields: [], foreign: [], reclaim: [], conflicts: [] }
}

/** A comparison that found no change; `owned` is what we own once the declaration is applied. */
export function unchanged(subject: Subject, owned: Fields, options: CompareOptions): Comparison {
  const { pair, payload, live, adoption } = subject
  return {
    ...nothing(pair, payload),
    live,
    ...(adoption ? { adoption } : {}),
    ...foreignOf(subject, owned, options)
  }
}

function foreignOf(
  subject: Subject,
  owned: Fields,
  options: CompareOptions
): Pick<Comparison, 'foreign'> & Partial<Pick<Comparison, 'recognised'>> {
  const found = subject.recognised
  if (options.purpose !== 'drift' || options.foreignFields === 'ignore')
    return found.length > 0 ? { foreign: [], recognised: found } : { foreign: [] }
  const { fields, recognised } = additionsTo(subject, owned)
  const all = [...found, ...recognised]
  return all.length > 0 ? { foreign: fields, recognised: all } : { foreign: fields }
}

/** What others put into an object, whatever is to be done about it; `owned` is what we own once we have applied. */
export function additionsTo(subject: Subject, owned: Fields): ForeignFields {
  const { payload, live, others, ignored, mask } = subject
  const writers = subject.entries.length === 0 ? [unrecordedKeys(live)] : others
  return foreignFields(payload, live, owned, writers, {
    mask,
    ignores: (path, manager) =>
      ignored !== undefined &&
      (ignored.covers(path, live) || ignored.entries.some((entry) => entry.manager === manager))
  })
}
