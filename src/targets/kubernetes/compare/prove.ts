import { isObject, type Json, type JsonObject } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { FIELD_MANAGER } from '../cluster.ts'
import { asNode, elementOf, type Fields, isApplyOf, isLeaf, type ManagedEntry, ownEntry } from '../ownership/index.ts'
import { isDropped, sameScalar, storedAs } from './equal.ts'
import { identity, indexItems, keysOf } from './items.ts'
import { fieldType, itemType, type TypeNode, typeOfKind } from './types/index.ts'

/** Why no proof was found, for measurements and the debug log. */
export type Doubt = 'not-owned' | 'version' | 'value' | 'ownership' | 'order' | 'unclear'

/**
 * Proves without asking the API server that applying `payload` would change neither the object nor what we own, or
 * says why that cannot be proven. It may doubt too much, but never trusts too much:
 *
 * - Our `managedFields` entry must be exactly what the payload would own. Whoever changes the value of a field we
 *   own, or removes it, takes it out of our entry, and the entry also tells how the API server merges: `k:` below a
 *   list means items with keys, `v:` a set, nothing at all a value that is replaced as one piece.
 * - Every declared leaf must be live as the API server would store it, items of lists in their declared relative order.
 */
export function doubt(
  payload: KubernetesObject,
  live: KubernetesObject,
  entries: readonly ManagedEntry[]
): Doubt | undefined {
  const own = ownEntry(entries)
  if (own === undefined) return 'not-owned'
  if (own.apiVersion !== payload.apiVersion || live.apiVersion !== payload.apiVersion) return 'version'
  const others = entries.filter((entry) => !isApplyOf(entry, FIELD_MANAGER) && entry.subresource !== 'status')
  return new Proof(others).object(payload, live, own.fields, typeOfKind(payload.apiVersion, payload.kind))
}

/** Fields of the object itself that are identity, never owned. */
const IDENTITY = new Set(['apiVersion', 'kind'])
const META_IDENTITY = new Set(['name', 'namespace'])
const NONE: ReadonlySet<string> = new Set()

/** Nodes of other managers' trees at the same path, to notice that a "leaf" of ours is not one piece to the API server. */
type Others = readonly Fields[]

class Proof {
  readonly #others: Others

  constructor(entries: readonly ManagedEntry[]) {
    this.#others = entries.map((entry) => entry.fields)
  }

  object(payload: JsonObject, live: JsonObject, own: Fields, type: TypeNode | undefined): Doubt | undefined {
    return this.#entries(payload, live, own, type, this.#others, IDENTITY)
  }

  /** A value below a field or in a list, with our node for it (undefined: we own nothing there). */
  #value(
    declared: Json,
    live: Json | undefined,
    own: Fields | undefined,
    type: TypeNode | undefined,
    others: Others
  ): Doubt | undefined {
    if (Array.isArray(declared)) return this.#list(declared, live, own, type, others)
    if (isObject(declared)) {
      for (const _ in declared) return this.#map(declared, live, own, type, others)
      return emptyMap(declared, live, own, type)
    }
    if (own === undefined || !isLeaf(own)) return 'ownership'
    if (declared === null) return live === undefined || live === null ? undefined : 'unclear'
    if (live === undefined || live === null) return isDropped(declared, type) ? undefined : 'value'
    return sameScalar(declared, live, type) ? undefined : 'value'
  }

  #map(
    declared: JsonObject,
    live: Json | undefined,
    own: Fields | undefined,
    type: TypeNode | undefined,
    others: Others
  ): Doubt | undefined {
    if (own !== undefined && isLeaf(own)) return wholeValue(declared, live, type, others)
    if (live === undefined && own === undefined) return this.#entries(declared, {}, NOTHING, type, others, NONE)
    if (!isObject(live)) return 'value'
    return this.#entries(declared, live, own ?? NOTHING, type, others, NONE)
  }

  /** The entries of a map or struct that is merged field by field. */
  #entries(
    declared: JsonObject,
    live: JsonObject,
    own: Fields,
    type: TypeNode | undefined,
    others: Others,
    skip: ReadonlySet<string>
  ): Doubt | undefined {
    let owned = 0
    for (const field in declared) {
      const value = declared[field]
      if (value === undefined || skip.has(field)) continue
      const key = fieldKey(field)
      const node = asNode(own[key])
      if (node !== undefined) owned++
      const found =
        field === 'metadata' && skip === IDENTITY
          ? this.#metadata(value, live[field], node, fieldType(type, field), step(others, key))
          : this.#value(value, live[field], node, fieldType(type, field), step(others, key))
      if (found !== undefined) return found
    }
    return countNodes(own) === owned ? undefined : 'ownership'
  }

  #metadata(
    declared: Json,
    live: Json | undefined,
    own: Fields | undefined,
    type: TypeNode | undefined,
    others: Others
  ): Doubt | undefined {
    if (!isObject(declared) || !isObject(live)) return 'unclear'
    if (declared['name'] !== live['name']) return 'value'
    if (declared['namespace'] !== undefined && declared['namespace'] !== live['namespace']) return 'value'
    return this.#entries(declared, live, own ?? NOTHING, type, others, META_IDENTITY)
  }

  #list(
    declared: Json[],
    live: Json | undefined,
    own: Fields | undefined,
    type: TypeNode | undefined,
    others: Others
  ): Doubt | undefined {
    if (declared.length === 0) return emptyList(live, own, type, others)
    if (own === undefined) return 'ownership'
    if (isLeaf(own)) return wholeValue(declared, live, type, others)
    if (!Array.isArray(live)) return 'value'
    for (const key in own) {
      if (key.startsWith('k:')) return this.#keyed(declared, live, own, type, others)
      if (key.startsWith('v:')) return setOf(declared, live, own)
    }
    return 'unclear'
  }

  /** A list whose items are merged by keys. */
  #keyed(declared: Json[], live: Json[], own: Fields, type: TypeNode | undefined, others: Others): Doubt | undefined {
    const keys = keysOf(own, type)
    if (keys === undefined) return 'unclear'
    const nodes = new Map<string, string>()
    for (const name in own) {
      const element = elementOf(name)
      if (typeof element === 'object' && 'key' in element) nodes.set(identity(element.key, keys), name)
    }
    if (nodes.size !== declared.length) return 'ownership'
    const positions = indexItems(live, keys)
    if (positions === undefined) return 'unclear'
    const element = itemType(type)
    let last = -1
    for (const item of declared) {
      if (!isObject(item)) return 'unclear'
      const id = identity(item, keys)
      const name = nodes.get(id)
      const node = name === undefined ? undefined : asNode(own[name])
      if (name === undefined || node === undefined || !('.' in node)) return 'ownership'
      nodes.delete(id) // A second item of the same key finds nothing.
      const position = positions.get(id)
      const counterpart = position === undefined ? undefined : live[position]
      if (position === undefined || !isObject(counterpart)) return 'value'
      if (position < last) return 'order'
      last = position
      const found = this.#entries(item, counterpart, node, element, step(others, name), NONE)
      if (found !== undefined) return found
    }
    return undefined
  }
}

const NOTHING: Fields = Object.freeze({})

/**
 * `f:` and the field's name. The same few names occur in thousands of objects, and looking up a text that was just
 * put together costs far more than one that is known.
 */
function fieldKey(field: string): string {
  const known = fieldKeys.get(field)
  if (known !== undefined) return known
  if (fieldKeys.size >= FIELD_KEYS_LIMIT) fieldKeys.clear()
  const key = `f:${field}`
  fieldKeys.set(field, key)
  return key
}

const fieldKeys = new Map<string, string>()
const FIELD_KEYS_LIMIT = 20_000

/** The same step in every other tree that goes there. */
function step(others: Others, key: string): Others {
  if (others.length === 0) return others
  let next: Fields[] | undefined
  for (const node of others) {
    const child = asNode(node[key])
    if (child === undefined) continue
    next ??= []
    next.push(child)
  }
  return next ?? NO_OTHERS
}

const NO_OTHERS: Others = []

function countNodes(own: Fields): number {
  let count = 0
  for (const key in own) if (key !== '.') count++
  return count
}

/** A list or map that is replaced as one piece. */
function wholeValue(
  declared: Json,
  live: Json | undefined,
  type: TypeNode | undefined,
  others: Others
): Doubt | undefined {
  // The API server merges it, by its type or because somebody owns parts of it: our leaf stems from an empty or null
  // value that we sent before.
  if (isMerged(type)) return 'ownership'
  if (others.some((node) => !isLeaf(node))) return 'unclear'
  return storedAs(declared, live, type) ? undefined : 'value'
}

/** True for lists and maps of which the API server merges the parts; false where nothing is known. */
function isMerged(type: TypeNode | undefined): boolean {
  if (type === undefined) return false
  if (type.type === 'list') return type.merge !== 'atomic'
  return (type.type === 'struct' || type.type === 'map') && !type.atomic
}

function emptyMap(
  declared: JsonObject,
  live: Json | undefined,
  own: Fields | undefined,
  type: TypeNode | undefined
): Doubt | undefined {
  if (own === undefined || !isLeaf(own)) return 'ownership'
  if (live === undefined || live === null) return isDropped(declared, type) ? undefined : 'unclear'
  if (!isObject(live)) return 'value'
  for (const _ in live) {
    // Merging an empty map into one that has entries leaves it alone; replacing an atomic one would empty it.
    return isMerged(type) ? undefined : 'unclear'
  }
  return undefined
}

function emptyList(
  live: Json | undefined,
  own: Fields | undefined,
  type: TypeNode | undefined,
  others: Others
): Doubt | undefined {
  if (own === undefined) {
    // An empty list that is merged owns nothing and changes nothing; one that is replaced would be owned.
    if (type?.type !== 'list') return 'unclear'
    return type.merge === 'atomic' ? 'ownership' : undefined
  }
  if (!isLeaf(own)) return 'ownership'
  if (others.some((node) => !isLeaf(node))) return 'unclear'
  if (Array.isArray(live)) return live.length === 0 ? undefined : 'value'
  return isDropped([], type) ? undefined : 'unclear'
}

function setOf(declared: Json[], live: Json[], own: Fields): Doubt | undefined {
  if (countNodes(own) !== declared.length) return 'ownership'
  const positions = new Map<Json, number>()
  for (const [position, value] of live.entries()) {
    if (positions.has(value)) return 'unclear'
    positions.set(value, position)
  }
  const seen = new Set<Json>()
  let last = -1
  for (const value of declared) {
    if (value === null || typeof value === 'object' || typeof value === 'bigint' || seen.has(value)) return 'unclear'
    seen.add(value)
    if (asNode(own[`v:${JSON.stringify(value)}`]) === undefined) return 'ownership'
    const position = positions.get(value)
    if (position === undefined) return 'value'
    if (position < last) return 'order'
    last = position
  }
  return undefined
}
