import { isObject, type Json, type JsonObject } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { childOf, childrenOf, type Fields, isLeaf, isMember, type PathElement } from '../ownership/index.ts'
import { storedAs } from './equal.ts'
import { elementId, itemElement, type ListMerge, Shape } from './shape.ts'
import { fieldType, itemType, type TypeNode, typeOfKind } from './types/index.ts'

/** What applying would presumably give, computed without the API server. */
export interface LocalResult {
  readonly object: KubernetesObject
  /** What we would own. */
  readonly fields: Fields
}

/**
 * Server-side apply as far as it can be done without the API server: merged with the live object, without what we
 * own and no longer declare. Defaults and webhooks are missing from it, and lists of custom resources count as
 * replaced where nobody's ownership tells otherwise. Only for what the API server cannot be asked.
 */
export function applyLocally(
  payload: KubernetesObject,
  live: KubernetesObject,
  own: Fields,
  others: readonly Fields[]
): LocalResult {
  const shape = new Shape([own, ...others], typeOfKind(payload.apiVersion, payload.kind))
  const fields: Fields = {}
  const object: JsonObject = { ...live }
  for (const [field, value] of Object.entries(payload)) {
    if (field === 'apiVersion' || field === 'kind') continue
    const declared = field === 'metadata' && isObject(value) ? withoutIdentity(value) : value
    const merged = merge(declared, live[field], shape.child(field))
    put(object, field, merged.value)
    if (merged.fields !== undefined) fields[`f:${field}`] = merged.fields
  }
  const pruned = prune(object, { before: own, after: fields, others, type: shape.type })
  return {
    object: { ...(isObject(pruned) ? pruned : object), metadata: metadataOf(pruned, live) } as KubernetesObject,
    fields
  }
}

function withoutIdentity({ name: _n, namespace: _s, ...rest }: JsonObject): JsonObject {
  return rest
}

function metadataOf(result: Json | undefined, live: KubernetesObject): KubernetesObject['metadata'] {
  const metadata = isObject(result) ? result['metadata'] : undefined
  return isObject(metadata) ? { ...metadata, name: live.metadata.name } : live.metadata
}

interface Merged {
  readonly value: Json | undefined
  /** Undefined: nothing is owned here. */
  readonly fields: Fields | undefined
}

function merge(declared: Json, live: Json | undefined, shape: Shape): Merged {
  if (Array.isArray(declared)) return mergeList(declared, live, shape)
  if (isObject(declared)) return mergeMap(declared, live, shape)
  // A null takes a value away, but not from maps and lists that are merged with it.
  if (declared === null) return { value: isMerged(live, shape) ? live : shape.custom ? null : undefined, fields: {} }
  return { value: storedAs(declared, live, shape.type) ? live : declared, fields: {} }
}

function isMerged(live: Json | undefined, shape: Shape): boolean {
  if (live === undefined || live === null || typeof live !== 'object' || Object.keys(live).length === 0) return false
  if (Array.isArray(live)) return shape.list()?.by === 'keys' || shape.list()?.by === 'value'
  return !shape.replacesMap()
}

function mergeMap(declared: JsonObject, live: Json | undefined, shape: Shape): Merged {
  if (shape.replacesMap()) return { value: storedAs(declared, live, shape.type) ? live : declared, fields: {} }
  if (Object.keys(declared).length === 0)
    return { value: live ?? (shape.type?.type === 'map' ? undefined : {}), fields: {} }
  const result: JsonObject = { ...(isObject(live) ? live : {}) }
  const fields: Fields = {}
  for (const [field, value] of Object.entries(declared)) {
    const merged = merge(value, result[field], shape.child(field))
    // An entry of a map of texts is never null: it is stored empty.
    put(result, field, value === null && isMapOfTexts(shape.type) ? '' : merged.value)
    if (merged.fields !== undefined) fields[`f:${field}`] = merged.fields
  }
  return { value: result, fields: Object.keys(fields).length > 0 ? fields : undefined }
}

function isMapOfTexts(type: TypeNode | undefined): boolean {
  return type?.type === 'map' && type.element === undefined
}

function mergeList(declared: Json[], live: Json | undefined, shape: Shape): Merged {
  const rule = shape.list()
  if (rule === undefined || rule.by === 'replacing')
    return { value: storedAs(declared, live, shape.type) ? live : declared, fields: {} }
  const before = Array.isArray(live) ? live : []
  if (declared.length === 0) return { value: live, fields: undefined }
  const counterparts = new Map(before.map((item, index) => [elementId(itemElement(rule, item, index)), item]))
  const fields: Fields = {}
  const merged = new Map<string, Json>()
  for (const [index, item] of declared.entries()) {
    const element = completed(itemElement(rule, item, index), rule, before)
    const id = elementId(element)
    const one = merge(item, counterparts.get(id), shape.child(element))
    merged.set(id, one.value ?? item)
    fields[fieldsKey(element)] = rule.by === 'keys' ? { '.': {}, ...one.fields } : {}
  }
  return { value: inMergedOrder(before, rule, merged), fields }
}

/**
 * The step to a declared item that leaves a key to its default, as definitions of custom resources may have one: the
 * one live item that has all the keys it names.
 */
function completed(element: PathElement, rule: ListMerge, live: Json[]): PathElement {
  if (rule.by !== 'keys' || typeof element === 'string' || !('key' in element)) return element
  const named = Object.entries(element.key)
  if (named.length === rule.keys.length) return element
  const candidates = live.filter((item) => isObject(item) && named.every(([name, value]) => item[name] === value))
  const [only] = candidates
  return candidates.length === 1 && only !== undefined ? itemElement(rule, only, 0) : element
}

/** Items of others keep their places, ours come in their declared order (structured-merge-diff's rule). */
function inMergedOrder(before: Json[], rule: ListMerge, merged: Map<string, Json>): Json[] {
  const result: Json[] = []
  const left = new Map(merged)
  const shared = new Set(before.map((item, index) => elementId(itemElement(rule, item, index))))
  const takeUntilShared = (): void => {
    for (const [id, item] of left) {
      if (shared.has(id)) return
      result.push(item)
      left.delete(id)
    }
  }
  for (const [index, item] of before.entries()) {
    const id = elementId(itemElement(rule, item, index))
    if (!merged.has(id)) {
      result.push(item)
      continue
    }
    takeUntilShared()
    const next = left.entries().next()
    if (next.done) continue
    result.push(next.value[1])
    left.delete(next.value[0])
  }
  result.push(...left.values())
  return result
}

function fieldsKey(element: ReturnType<typeof itemElement>): string {
  if (typeof element === 'string') return `f:${element}`
  if ('key' in element)
    return `k:${JSON.stringify(Object.fromEntries(Object.entries(element.key).sort(([a], [b]) => (a < b ? -1 : 1))))}`
  return 'value' in element ? `v:${JSON.stringify(element.value)}` : `i:${element.index}`
}

/** Without what we owned, own no longer, and nobody else owns. */
function prune(value: Json | undefined, trees: Trees): Json | undefined {
  const { before, type } = trees
  if (Array.isArray(value)) {
    const rule = new Shape([before, ...trees.others], type).list()
    return value.flatMap((item, index) => {
      const kept = pruneItem(item, below(trees, itemElement(rule, item, index)))
      return kept === undefined ? [] : [kept]
    })
  }
  if (!isObject(value)) return value
  const result: JsonObject = { ...value }
  for (const field of Object.keys(value)) {
    const inside = below(trees, field)
    if (inside !== undefined) put(result, field, pruneField(value[field], inside))
  }
  return result
}

/** The trees at one place: what we owned, will own, and others own. */
interface Trees {
  readonly before: Fields
  readonly after: Fields | undefined
  readonly others: readonly Fields[]
  readonly type: TypeNode | undefined
}

/** The same one step below; undefined where we owned nothing. */
function below(trees: Trees, element: PathElement): Trees | undefined {
  const before = childOf(trees.before, element)
  return (
    before && {
      before,
      after: childOf(trees.after, element),
      others: childrenOf(trees.others, element),
      type: typeof element === 'string' ? fieldType(trees.type, element) : itemType(trees.type)
    }
  )
}

function pruneItem(item: Json, trees: Trees | undefined): Json | undefined {
  if (trees === undefined) return item
  // An item goes with its owner, even if somebody else set fields of it: they do not own its existence.
  if (trees.after === undefined && isMember(trees.before) && !trees.others.some(isMember)) return undefined
  return pruneField(item, trees)
}

function pruneField(value: Json | undefined, trees: Trees): Json | undefined {
  const { before, after, others, type } = trees
  // A field goes with all that is inside, defaults that nobody owns included.
  if (after === undefined && others.length === 0) return undefined
  // The entries of free-form maps go with the map as items go with their list.
  if (after === undefined && type === undefined && isMember(before) && !others.some(isMember)) return undefined
  return isLeaf(before) ? value : prune(value, trees)
}

function put(target: JsonObject, field: string, value: Json | undefined): void {
  if (value === undefined) delete target[field]
  else target[field] = value
}
