import type { Json, JsonObject } from '../../../json.ts'
import { isObject } from '../../../json.ts'

/**
 * One step into an object: a field by its name, or an item of a list by its keys, by its value (sets) or by its
 * position (atomic lists). The same steps that server-side apply's FieldsV1 knows.
 */
export type PathElement = string | { readonly key: JsonObject } | { readonly value: Json } | { readonly index: number }

export type Path = readonly PathElement[]

/** As a person would write it: `spec.template.spec.containers[name=web].image`, `metadata.labels[app.kubernetes.io/name]`. */
export function printPath(path: Path): string {
  let text = ''
  for (const element of path) {
    if (typeof element === 'string') {
      if (PLAIN.test(element)) text += text === '' ? element : `.${element}`
      else text += `[${SAFE.test(element) ? element : JSON.stringify(element)}]`
    } else if ('key' in element) {
      const pairs = Object.entries(element.key).map(([name, value]) => `${name}=${scalar(value)}`)
      text += `[${pairs.join(',')}]`
    } else if ('value' in element) text += `[=${scalar(element.value)}]`
    else text += `[${element.index}]`
  }
  return text
}

/** A name that needs no brackets. */
const PLAIN = /^[A-Za-z_$][\w$-]*$/
/** A name that needs brackets but no quotes: it cannot be taken for an index, a key, a slice or anything else of jq. */
const SAFE = /^(?!-?\d+$)[\w./@-]+$/
const SAFE_VALUE = /^[^\s[\]",]+$/

function scalar(value: Json): string {
  if (typeof value === 'string') return SAFE_VALUE.test(value) ? value : JSON.stringify(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/**
 * The step that a FieldsV1 key names (`f:image`, `k:{"name":"web"}`, `v:"a"`, `i:0`); undefined for `.` and for
 * what is no such key. Results are shared: never change them.
 */
export function elementOf(key: string): PathElement | undefined {
  if (key.startsWith('f:')) return key.slice(2)
  const known = parsed.get(key)
  if (known !== undefined) return known
  const element = parseElement(key)
  if (element !== undefined) {
    if (parsed.size >= PARSED_LIMIT) parsed.clear()
    parsed.set(key, element)
  }
  return element
}

/** `k:` and `v:` keys repeat over thousands of objects; parsing their JSON once is most of the speed of this module. */
const parsed = new Map<string, PathElement>()
const PARSED_LIMIT = 20_000

function parseElement(key: string): PathElement | undefined {
  try {
    if (key.startsWith('k:')) {
      const value: unknown = JSON.parse(key.slice(2))
      return isObject(value) ? { key: value } : undefined
    }
    if (key.startsWith('v:')) return { value: JSON.parse(key.slice(2)) as Json }
    if (/^i:\d+$/.test(key)) return { index: Number(key.slice(2)) }
  } catch {
    // A key that is not what FieldsV1 allows names nothing.
  }
  return undefined
}

/** True when two steps name the same thing. */
export function sameElement(a: PathElement, b: PathElement): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b
  if ('key' in a) return 'key' in b && sameKey(a.key, b.key)
  if ('value' in a) return 'value' in b && a.value === b.value
  return 'index' in b && a.index === b.index
}

function sameKey(a: JsonObject, b: JsonObject): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

/** Position of the item that a step names in a list, or -1. The first one where several match. */
export function positionOf(list: readonly Json[], element: PathElement): number {
  if (typeof element === 'string') return -1
  if ('index' in element) return element.index < list.length ? element.index : -1
  if ('value' in element) return list.indexOf(element.value)
  const entries = Object.entries(element.key)
  return list.findIndex((item) => isObject(item) && entries.every(([name, value]) => item[name] === value))
}

/** The value that a path leads to, or undefined. */
export function valueAt(root: Json | undefined, path: Path): Json | undefined {
  let current = root
  for (const element of path) {
    current = childValue(current, element)
    if (current === undefined) return undefined
  }
  return current
}

/** The value one step below, or undefined. */
export function childValue(parent: Json | undefined, element: PathElement): Json | undefined {
  if (typeof element === 'string') return isObject(parent) ? parent[element] : undefined
  return Array.isArray(parent) ? parent[positionOf(parent, element)] : undefined
}
