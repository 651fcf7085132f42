import type { Json, JsonObject } from '../../json.ts'
import { assign, type NodeKind } from './anchors.ts'
import { DocumentError } from './tokens.ts'

/** A duplicate key; parsing again with `rememberKeys` tells where the first one is. */
export class DuplicateKeyError extends DocumentError {}

/** A mapping while it is being read. */
export class Mapping {
  readonly value: JsonObject = {}
  /** The keys that were written here, as soon as others came in by merging. */
  #written: Set<string> | undefined
  readonly #places: Map<string, number> | undefined

  /** @param rememberKeys so that a duplicate can name the place of the first one */
  constructor(rememberKeys: boolean) {
    this.#places = rememberKeys ? new Map() : undefined
  }

  /** @throws DuplicateKeyError */
  put(key: string, value: Json, start: number): void {
    // Only merging makes a key that is there already a legitimate one.
    if (this.#written?.has(key) ?? Object.hasOwn(this.value, key)) {
      const first = this.#places?.get(key)
      const context = first === undefined ? undefined : { words: 'the first one is', offset: first }
      throw new DuplicateKeyError(`duplicate key ${JSON.stringify(key)}`, start, context)
    }
    this.#written?.add(key)
    this.#places?.set(key, start)
    assign(this.value, key, value)
  }

  /** `<<: value`, where it stands: as in go-yaml v2, keys written before it are overwritten, keys after it win. */
  merge(value: Json, kind: NodeKind, start: number): void {
    this.#written ??= new Set(Object.keys(this.value))
    // Of a list the first one wins. An alias must name a mapping.
    const sources = Array.isArray(value) && kind !== 'alias' ? value.toReversed() : [value]
    for (const source of sources) {
      if (typeof source !== 'object' || source === null || Array.isArray(source))
        throw new DocumentError('"<<" merges a mapping or a list of mappings only', start)
      for (const [key, child] of Object.entries(source)) assign(this.value, key, child)
    }
  }
}
