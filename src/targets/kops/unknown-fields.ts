import { type Annotation, GitOpsError } from '../../errors.ts'
import { asList, asString, at, isObject, type Json } from '../../json.ts'
import type { Logger } from '../../log.ts'
import { editDistance, suggest } from '../../suggest.ts'
import { KNOWN_FIELDS } from './known-fields.ts'
import type { Declared, KopsObject } from './manifests.ts'
import { placeOfField } from './places.ts'
import { itemPath, leavesOf, type Stored } from './stored.ts'

/** A field of a manifest that kops read and did not keep. */
export interface UnknownField {
  /** As declared, with its place. */
  readonly object: KopsObject
  /** `spec.maxsize` */
  readonly path: string
  /** The keys that lead to it, without the items of lists. */
  readonly keys: readonly string[]
  /** The field that was probably meant. */
  readonly meant?: string
  /** Whether it is surely a slip of the pen, and no field that this kops no longer has. */
  readonly sure: boolean
}

/** kops reads what it knows and says nothing about the rest: what it did not keep of the manifests. */
export function unknownFields(
  declared: Declared,
  kept: Pick<Stored, 'cluster' | 'instanceGroups'>
): readonly UnknownField[] {
  const groups = new Map(kept.instanceGroups.map((group) => [group.name, group.object]))
  return [declared.cluster, ...declared.instanceGroups].flatMap((object) => {
    const known = object.kind === 'Cluster' ? kept.cluster.object : groups.get(object.name)
    // Another version of the API has other names for the same.
    if (!known || versionOf(known) !== versionOf(object.object)) return []
    return missing(object, at(object.object, 'spec'), at(known, 'spec'), { path: 'spec', keys: ['spec'] })
  })
}

interface Where {
  readonly path: string
  readonly keys: readonly string[]
}

function missing(object: KopsObject, given: Json | undefined, kept: Json | undefined, where: Where): UnknownField[] {
  if (isNothing(given)) return []
  if (isObject(given) && isObject(kept))
    return Object.entries(given).flatMap(([key, value]) => {
      const below = { path: step(where.path, key), keys: [...where.keys, key] }
      const there = kept[key]
      if (there !== undefined) return missing(object, value, there, below)
      return isNothing(value) ? [] : [{ object, ...below, ...judged(object, key, given, kept, where) }]
    })
  const [items, others] = [asList(given), asList(kept)]
  if (!items || !others || !items.some(isObject)) return []
  return items.flatMap((item, index) => {
    const path = itemPath(where.path, items, index)
    const twin = others.find((_, other) => itemPath(where.path, others, other) === path)
    return twin === undefined ? [] : missing(object, item, twin, { path, keys: where.keys })
  })
}

/** Whether it is misspelt: its neighbours are the fields that kops kept, and at the top those that kops has. */
function judged(
  object: KopsObject,
  key: string,
  given: Readonly<Record<string, Json>>,
  kept: Readonly<Record<string, Json>>,
  where: Where
): Pick<UnknownField, 'meant' | 'sure'> {
  const isTop = where.path === 'spec'
  const known: readonly string[] = isTop && versionOf(object.object) === 'v1alpha2' ? KNOWN_FIELDS[object.kind] : []
  // One that kops has and drops all the same is an old one, without effect any more.
  if (known.includes(key)) return { sure: false }
  const candidates = [...known, ...Object.keys(kept)]
  const same = candidates.find((one) => letters(one) === letters(key))
  if (same !== undefined) return { meant: same, sure: true }
  const near = suggest(
    key,
    candidates.filter((one) => isTop || !(one in given))
  )
  // A field of a newer kops may be like another one.
  const isSlip = near !== undefined && key.length >= 5 && editDistance(letters(key), letters(near)) <= 2
  return isSlip ? { meant: near, sure: known.includes(near) } : { sure: false }
}

function letters(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '')
}

function versionOf(object: Json): string | undefined {
  return asString(at(object, 'apiVersion'))?.split('/')[1]
}

function step(path: string, key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`
}

/** What kops leaves out when it writes. */
export function isEmpty(value: Json): boolean {
  return (
    value === null ||
    value === false ||
    value === 0 ||
    value === '' ||
    (isObject(value) && Object.keys(value).length === 0) ||
    asList(value)?.length === 0
  )
}

function isNothing(value: Json | undefined): boolean {
  return leavesOf(value).every((leaf) => isEmpty(leaf.value))
}

/** `kops knows no field spec.maxsize in the InstanceGroup "nodes": did you mean maxSize?` */
export function wordsOf({ object, path, meant, sure }: UnknownField): string {
  const start = `${object.kind} "${object.name}": `
  const question = meant === undefined ? '' : ` Did you mean ${meant}?`
  if (sure) return `${start}kops knows no field ${path}.${question}`
  return `${start}kops does not keep the field ${path}: it has no effect.${question || ' Is it misspelt, or of another version of kops?'}`
}

/**
 * Warns of fields without effect on their lines.
 * @param options.refuse whether a field that is surely misspelt is an error: not where drift is looked for
 * @throws GitOpsError for such fields
 */
export async function reportUnknown(
  fields: readonly UnknownField[],
  options: { readonly checkout: string; readonly log: Logger; readonly refuse: boolean }
): Promise<void> {
  const errors: Annotation[] = []
  for (const field of fields) {
    const place = await placeOfField(options.checkout, field.object, field.keys)
    if (field.sure && options.refuse && place) errors.push({ place, message: wordsOf(field) })
    else options.log.warning(wordsOf(field), place)
  }
  const [first] = errors
  if (!first) return
  const texts = errors.map(({ place, message }) => `${place.file}:${place.line}: ${message}`)
  throw new GitOpsError(
    errors.length === 1 ? (texts[0] ?? '') : `${errors.length} fields of the manifests are none of kops'.`,
    {
      ...(errors.length === 1 ? {} : { details: texts }),
      annotations: errors,
      hint: 'Nothing was written. kops would leave the field out without a word, and its default would hold.'
    }
  )
}
