import { isObject, type Json, type JsonObject } from '../../../json.ts'
import { elementOf, type Fields } from '../ownership/index.ts'
import type { TypeNode } from './types/index.ts'

/** A field by which the API server tells the items of a list apart, with what stands for an absent value. */
export interface Key {
  readonly name: string
  readonly absent: string | undefined
}

/**
 * The key fields of a list as the API server wrote them into our entry, with the values that stand for absent ones;
 * undefined when items have different ones (optional keys) or what stands there is no item.
 */
export function keysOf(own: Fields, type: TypeNode | undefined): Key[] | undefined {
  let keys: Key[] | undefined
  for (const name in own) {
    if (name === '.') continue
    const element = elementOf(name)
    if (element === undefined || typeof element === 'string' || !('key' in element)) return undefined
    const { key } = element
    if (keys === undefined) {
      const known = type?.type === 'list' ? type.keys : []
      keys = Object.keys(key).map((field) => ({ name: field, absent: known.find((one) => one.name === field)?.absent }))
    } else if (Object.keys(key).length !== keys.length || !keys.every((one) => one.name in key)) return undefined
  }
  return keys
}

/** A text that is equal for items that the API server takes for the same one. */
export function identity(item: JsonObject, keys: readonly Key[]): string {
  let id = ''
  for (const key of keys) {
    const value = item[key.name] ?? key.absent
    // The type counts: the API server tells 80 from "80".
    id += typeof value === 'string' ? `"${value}\0` : `${String(value)}\0`
  }
  return id
}

/** Positions of the items of a live list by identity; undefined when one has no identity or two have the same. */
export function indexItems(live: Json[], keys: readonly Key[]): Map<string, number> | undefined {
  const positions = new Map<string, number>()
  for (const [position, item] of live.entries()) {
    if (!isObject(item)) return undefined
    const id = identity(item, keys)
    if (positions.has(id)) return undefined
    positions.set(id, position)
  }
  return positions
}
