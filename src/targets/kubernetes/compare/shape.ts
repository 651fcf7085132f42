import { isObject, type Json, type JsonObject } from '../../../json.ts'
import { childrenOf, elementOf, type Fields, isLeaf, type PathElement } from '../ownership/index.ts'
import { fieldType, isCustom, itemType, type TypeNode } from './types/index.ts'

/** How the API server merges a list. */
export type ListMerge =
  | { readonly by: 'keys'; readonly keys: readonly ListKey[] }
  | { readonly by: 'value' }
  | { readonly by: 'replacing' }

export interface ListKey {
  readonly name: string
  /** What stands for an absent value. */
  readonly absent?: string | undefined
}

/**
 * What is known about the structure at one place of an object: the nodes of all `managedFields` trees there, which
 * betray how lists are merged, whatever the kind and version, and the type where the kind is a built-in one.
 */
export class Shape {
  readonly #nodes: readonly Fields[]
  readonly type: TypeNode | undefined
  /** True inside a custom resource, which is stored as it is sent, nulls and empty values included. */
  readonly custom: boolean

  constructor(nodes: readonly Fields[], type: TypeNode | undefined, custom = isCustom(type)) {
    this.#nodes = nodes
    this.type = type
    this.custom = custom
  }

  child(element: PathElement): Shape {
    return new Shape(
      childrenOf(this.#nodes, element),
      typeof element === 'string' ? fieldType(this.type, element) : itemType(this.type),
      this.custom
    )
  }

  /** How the list here is merged; undefined when nothing tells. */
  list(): ListMerge | undefined {
    const keys = new Set<string>()
    for (const node of this.#nodes)
      for (const name in node) {
        if (name.startsWith('v:')) return { by: 'value' }
        const element = name.startsWith('k:') ? elementOf(name) : undefined
        if (element !== undefined && typeof element !== 'string' && 'key' in element)
          for (const field in element.key) keys.add(field)
      }
    if (this.type?.type === 'list') {
      if (this.type.merge === 'set') return { by: 'value' }
      if (this.type.merge === 'keys') return { by: 'keys', keys: this.type.keys }
      return { by: 'replacing' }
    }
    if (keys.size > 0) return { by: 'keys', keys: [...keys].sort().map((name) => ({ name })) }
    return this.#nodes.some(isLeaf) ? { by: 'replacing' } : undefined
  }

  /** True when the map here is known to be replaced as one piece. */
  replacesMap(): boolean {
    if (this.#nodes.some((node) => !isLeaf(node))) return false
    if (this.type !== undefined) return (this.type.type === 'struct' || this.type.type === 'map') && this.type.atomic
    return this.#nodes.length > 0
  }
}

/** The step to an item of a list. */
export function itemElement(merge: ListMerge | undefined, item: Json, index: number): PathElement {
  if (merge?.by === 'value' && !isObject(item) && !Array.isArray(item)) return { value: item }
  if (merge?.by === 'keys' && isObject(item)) {
    const key = keyOf(item, merge.keys)
    if (key !== undefined) return { key }
  }
  return { index }
}

/** The key of an item, with what stands for absent fields; undefined for an item without any key field. */
export function keyOf(item: JsonObject, keys: readonly ListKey[]): JsonObject | undefined {
  const key: JsonObject = {}
  let found = false
  for (const { name, absent } of keys) {
    const value = item[name] ?? absent
    if (value === undefined) continue
    key[name] = value
    found = true
  }
  return found ? key : undefined
}

/** A text that is equal for steps that name the same item. */
export function elementId(element: PathElement): string {
  if (typeof element === 'string') return element
  if ('key' in element)
    return JSON.stringify(
      Object.keys(element.key)
        .sort()
        .map((name) => [name, String(element.key[name])])
    )
  return 'value' in element ? `=${JSON.stringify(element.value)}` : `#${element.index}`
}
