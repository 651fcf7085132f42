import type { Json, JsonObject } from '../../json.ts'
import { DocumentError } from './tokens.ts'

/** What a key or a merge must know of a node: only an untagged plain scalar `<<` merges. */
export type NodeKind = 'collection' | 'plain' | 'text' | 'alias'

export interface Anchor {
  readonly kind: NodeKind
  /** The scalar as written. */
  readonly text: string
  /** Undefined while the node is being read: an alias then means itself. */
  value: Json | undefined
}

// decode.go: how much of a document may come from aliases before it counts as an attack.
const ALIAS_RATIO_LOW = 400_000
const ALIAS_RATIO_HIGH = 4_000_000

/** The anchors of a document, and the count of nodes that keeps aliases from blowing it up. */
export class Anchors {
  readonly #named = new Map<string, Anchor>()
  #nodes = 0
  #copied = 0

  set(name: string, anchor: Anchor): void {
    this.#named.set(name, anchor)
  }

  /** The anchored node with a value of its own, so that no two places of an object share what a later step may change. */
  resolve(name: string, start: number): Anchor & { readonly value: Json } {
    const anchor = this.#named.get(name)
    if (anchor === undefined) throw new DocumentError('the alias names no anchor before it', start)
    if (anchor.value === undefined) throw new DocumentError('the anchor contains itself', start)
    return { ...anchor, value: this.#copy(anchor.value, start) }
  }

  countNode(start: number): void {
    this.#nodes++
    if (this.#copied <= 100 || this.#nodes <= 1000) return
    const beyond = Math.min(Math.max(this.#nodes - ALIAS_RATIO_LOW, 0) / (ALIAS_RATIO_HIGH - ALIAS_RATIO_LOW), 1)
    if (this.#copied / this.#nodes > 0.99 - 0.89 * beyond)
      throw new DocumentError('too much of the document comes from aliases', start)
  }

  #copy(value: Json, start: number): Json {
    this.#copied++
    this.countNode(start)
    if (Array.isArray(value)) return value.map((item) => this.#copy(item, start))
    if (typeof value !== 'object' || value === null) return value
    const copy: JsonObject = {}
    for (const [key, child] of Object.entries(value)) assign(copy, key, this.#copy(child, start))
    return copy
  }
}

/** Sets a key, `__proto__` too: a plain assignment of that would set the prototype. */
export function assign(target: JsonObject, key: string, value: Json): void {
  if (key !== '__proto__') target[key] = value
  else Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}
