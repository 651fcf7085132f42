import { isObject, type Json, type JsonObject } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import type { Path, PathElement } from '../ownership/index.ts'
import { isDropped, sameScalar } from './equal.ts'
import { BOOKKEEPING } from './payload.ts'
import { elementId, itemElement, keyOf, type ListKey, type ListMerge, type Shape } from './shape.ts'

/** One place where two states of an object differ. An absent side is undefined. */
export interface Difference {
  readonly path: Path
  readonly before?: Json
  readonly after?: Json
  /** The items are the same, their order is not; before and after name them. */
  readonly order?: true
}

/**
 * Where two states of an object differ, in the order of the document, as deep as names lead: single fields, items
 * of lists, whole lists only where items cannot be told apart. What every write changes (`managedFields`,
 * `resourceVersion`, …) does not count, nor does `status` unless asked for, nor another spelling of a quantity.
 */
export function differences(
  before: KubernetesObject,
  after: KubernetesObject,
  shape: Shape,
  options: { readonly status: boolean }
): Difference[] {
  const found: Difference[] = []
  for (const field of fieldsOf(before, after)) {
    if (field === 'apiVersion' || field === 'kind' || (field === 'status' && !options.status)) continue
    const inside = shape.child(field)
    if (field === 'metadata') compareMetadata(before.metadata, after.metadata, inside, found)
    else compareValues(before[field], after[field], [field], inside, found)
  }
  return found
}

const NOISE = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'name',
  'namespace',
  'resourceVersion',
  'selfLink',
  'uid'
])

function compareMetadata(before: JsonObject, after: JsonObject, shape: Shape, found: Difference[]): void {
  for (const field of fieldsOf(before, after)) {
    if (NOISE.has(field)) continue
    const [a, b] =
      field === 'annotations'
        ? [withoutBookkeeping(before[field]), withoutBookkeeping(after[field])]
        : [before[field], after[field]]
    compareValues(a, b, ['metadata', field], shape.child(field), found)
  }
}

function withoutBookkeeping(annotations: Json | undefined): Json | undefined {
  if (!isObject(annotations) || !Object.keys(annotations).some((name) => BOOKKEEPING.has(name))) return annotations
  const rest = Object.entries(annotations).filter(([name]) => !BOOKKEEPING.has(name))
  return rest.length > 0 ? Object.fromEntries(rest) : undefined
}

function compareValues(
  before: Json | undefined,
  after: Json | undefined,
  path: Path,
  shape: Shape,
  found: Difference[]
): void {
  if (before === after) return
  if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, path, shape, found)
  else if (isMapLike(before) && isMapLike(after)) {
    const [a, b] = [before ?? {}, after ?? {}]
    const fields = fieldsOf(a, b)
    if (fields.length === 0 && !isSameEmpty(before, after, shape)) note(found, path, before, after)
    for (const field of fields) compareValues(a[field], b[field], [...path, field], shape.child(field), found)
  } else if (isListLike(before) && isListLike(after) && shape.list()?.by === 'keys')
    compareLists(before ?? [], after ?? [], path, shape, found)
  else if (!isSameLeaf(before, after, shape)) note(found, path, before, after)
}

/** A map, or nothing where the other side is one: then every field of it is a difference of its own. */
function isMapLike(value: Json | undefined): value is JsonObject | undefined {
  return value === undefined || isObject(value)
}

function isListLike(value: Json | undefined): value is Json[] | undefined {
  return value === undefined || Array.isArray(value)
}

/** Two empty maps, or one that the API server does not keep. */
function isSameEmpty(before: JsonObject | undefined, after: JsonObject | undefined, shape: Shape): boolean {
  return (before !== undefined && after !== undefined) || isSameLeaf(before, after, shape)
}

function isSameLeaf(before: Json | undefined, after: Json | undefined, shape: Shape): boolean {
  if (before === undefined) return after !== undefined && isDropped(after, shape.type)
  if (after === undefined) return isDropped(before, shape.type)
  return sameScalar(before, after, shape.type)
}

function note(found: Difference[], path: Path, before: Json | undefined, after: Json | undefined): void {
  if (before === undefined && after === undefined) return
  found.push({
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after })
  })
}

function compareLists(before: Json[], after: Json[], path: Path, shape: Shape, found: Difference[]): void {
  const merge = shape.list()
  const known = merge?.by === 'keys' || merge?.by === 'value' ? merge : undefined
  const aligned = known ?? nameKeys(before, after)
  const [a, b] = [indexItems(before, aligned), indexItems(after, aligned)]
  if (aligned === undefined || a === undefined || b === undefined) {
    compareSequences(before, after, path, shape, found)
    return
  }
  const start = found.length
  for (const [id, { element, item, all }] of a) {
    const before = found.length
    const other = b.get(id)?.item
    compareItem(item, other, [...path, element], shape.child(element), found)
    if (all.length > 1 && found.length === before) note(found, [...path, element], all, other)
  }
  for (const [id, { element, item }] of b)
    if (!a.has(id)) compareItem(undefined, item, [...path, element], shape.child(element), found)
  const [left, right] = [[...a.keys()].filter((id) => b.has(id)), [...b.keys()].filter((id) => a.has(id))]
  if (left.some((id, index) => id !== right[index]))
    found.splice(start, 0, {
      path,
      before: [...a.values()].map(({ element }) => label(element)),
      after: [...b.values()].map(({ element }) => label(element)),
      order: true
    })
}

/** Whole items that come or go stay whole: their fields only make sense together. */
function compareItem(
  before: Json | undefined,
  after: Json | undefined,
  path: Path,
  shape: Shape,
  found: Difference[]
): void {
  if (before === undefined || after === undefined) note(found, path, before, after)
  else compareValues(before, after, path, shape, found)
}

interface Item {
  readonly element: PathElement
  /** The last one of that key, which is the one that counts (`env`), and all of them. */
  readonly item: Json
  readonly all: Json[]
}

function indexItems(list: Json[], merge: ListMerge | undefined): Map<string, Item> | undefined {
  const items = new Map<string, Item>()
  for (const [index, item] of list.entries()) {
    const element = itemElement(merge, item, index)
    const id = elementId(element)
    const known = items.get(id)
    if ((known && merge?.by !== 'keys') || (typeof element !== 'string' && 'index' in element)) return undefined
    // Somebody can name an item twice by an update; applying makes one of them.
    items.set(id, { element, item, all: [...(known?.all ?? []), item] })
  }
  return items
}

function label(element: PathElement): string {
  if (typeof element === 'string') return element
  if ('key' in element) return Object.values(element.key).map(String).join('/')
  return 'value' in element ? String(element.value) : String(element.index)
}

/**
 * Lists that the API server replaces as one piece are still read by people: where every item has a name of its own,
 * items are compared by it. Only the presentation depends on that.
 */
function nameKeys(before: Json[], after: Json[]): ListMerge | undefined {
  for (const name of ['name', 'key', 'path', 'id', 'type']) {
    const keys: ListKey[] = [{ name }]
    if ([before, after].every((list) => list.length > 0 && areDistinct(list, keys))) return { by: 'keys', keys }
  }
  return undefined
}

function areDistinct(list: Json[], keys: readonly ListKey[]): boolean {
  const seen = new Set<string>()
  return list.every((item) => {
    const key = isObject(item) ? keyOf(item, keys) : undefined
    const value = key === undefined ? undefined : Object.values(key)[0]
    if (typeof value !== 'string' || seen.has(value)) return false
    seen.add(value)
    return true
  })
}

/** Items without names: what is the same at both ends is left out, the rest is paired by position. */
function compareSequences(before: Json[], after: Json[], path: Path, shape: Shape, found: Difference[]): void {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && sameItem(before[start], after[start], shape)) start++
  let end = 0
  while (end < shorter - start && sameItem(before[before.length - 1 - end], after[after.length - 1 - end], shape)) end++
  const scalars = [...before, ...after].every((item) => !isObject(item) && !Array.isArray(item))
  if (scalars && before.length !== after.length) {
    note(found, path, before, after)
    return
  }
  const stop = Math.max(before.length, after.length) - end
  for (let index = start; index < stop; index++) {
    const element = { index }
    compareItem(
      index < before.length - end ? before[index] : undefined,
      index < after.length - end ? after[index] : undefined,
      [...path, element],
      shape.child(element),
      found
    )
  }
}

function sameItem(before: Json | undefined, after: Json | undefined, shape: Shape): boolean {
  const found: Difference[] = []
  compareValues(before, after, [], shape.child({ index: 0 }), found)
  return found.length === 0
}

function fieldsOf(a: JsonObject, b: JsonObject): string[] {
  const fields = Object.keys(a)
  for (const field in b) if (!(field in a)) fields.push(field)
  return fields
}
