import { asObject, at, type JsonObject } from '../../../../json.ts'
import { BUILTIN_TYPES } from './builtin.generated.ts'

/**
 * What is known about the type of a value inside a built-in kind. `undefined` everywhere means "nothing is known":
 * custom resources, API versions that are not in the table, and plain fields of no interest.
 */
export type TypeNode =
  /** A scalar that the API server drops when it is zero (`false`, `0`, `""`). */
  | { readonly type: 'droppable' }
  | { readonly type: 'quantity' }
  | { readonly type: 'struct'; readonly name: string; readonly atomic: boolean; readonly fields: Fields }
  /** A map of strings, quantities or structs; empty ones are dropped. */
  | { readonly type: 'map'; readonly atomic: boolean; readonly element: TypeNode | undefined }
  | {
      readonly type: 'list'
      readonly merge: 'atomic' | 'set' | 'keys'
      /** Key fields with the value that stands for an absent one. */
      readonly keys: readonly { readonly name: string; readonly absent?: string }[]
      readonly element: TypeNode | undefined
    }

interface Fields {
  get(field: string): TypeNode | undefined
}

/** The type of a kind; of one that is not built in only the metadata is known. */
export function typeOfKind(apiVersion: string, kind: string): TypeNode {
  const name = table().kinds[`${apiVersion}/${kind}`]
  return typeof name === 'string' ? structNode(name, false) : CUSTOM
}

/** True for the type of a kind that is not built in. */
export function isCustom(type: TypeNode | undefined): boolean {
  return type === CUSTOM
}

const CUSTOM: TypeNode = {
  type: 'struct',
  name: '',
  atomic: false,
  fields: { get: (field) => (field === 'metadata' ? structNode('meta.ObjectMeta', false) : undefined) }
}

/** The type of a field of an object or an entry of a map. */
export function fieldType(parent: TypeNode | undefined, field: string): TypeNode | undefined {
  if (parent === undefined) return undefined
  if (parent.type === 'struct') return parent.fields.get(field)
  return parent.type === 'map' ? parent.element : undefined
}

/** The type of the items of a list. */
export function itemType(parent: TypeNode | undefined): TypeNode | undefined {
  return parent?.type === 'list' ? parent.element : undefined
}

interface Table {
  readonly kinds: JsonObject
  readonly types: JsonObject
}

let parsedTable: Table | undefined
const structs = new Map<string, TypeNode>()

function table(): Table {
  if (parsedTable === undefined) {
    const parsed: unknown = JSON.parse(BUILTIN_TYPES)
    parsedTable = { kinds: asObject(at(parsed, 'kinds')) ?? {}, types: asObject(at(parsed, 'types')) ?? {} }
  }
  return parsedTable
}

function structNode(name: string, atomic: boolean): TypeNode {
  const id = atomic ? `!${name}` : name
  const known = structs.get(id)
  if (known) return known
  const node: TypeNode = { type: 'struct', name, atomic, fields: new LazyFields(asObject(table().types[name]) ?? {}) }
  structs.set(id, node)
  return node
}

/** Decodes a field when it is first asked for: a run sees few of the types, and some refer to themselves. */
class LazyFields implements Fields {
  readonly #codes: JsonObject
  readonly #decoded = new Map<string, TypeNode | undefined>()

  constructor(codes: JsonObject) {
    this.#codes = codes
  }

  get(field: string): TypeNode | undefined {
    if (this.#decoded.has(field)) return this.#decoded.get(field)
    const code = Object.hasOwn(this.#codes, field) ? this.#codes[field] : undefined
    const node = typeof code === 'string' ? decode(code) : undefined
    this.#decoded.set(field, node)
    return node
  }
}

const DROPPABLE: TypeNode = { type: 'droppable' }
const QUANTITY: TypeNode = { type: 'quantity' }

/** The codes are described in test/targets/kubernetes/compare-types/main.go. */
function decode(code: string): TypeNode | undefined {
  switch (code[0]) {
    case 'z':
      return DROPPABLE
    case 'q':
      return QUANTITY
    case '.':
    case '!':
      return structNode(code.slice(1), code[0] === '!')
    case '{': {
      const atomic = code[1] === '!'
      return { type: 'map', atomic, element: decode(code.slice(atomic ? 2 : 1)) }
    }
    case '[':
      return decodeList(code.slice(1))
    default:
      return undefined
  }
}

function decodeList(code: string): TypeNode {
  if (code === 's') return { type: 'list', merge: 'set', keys: [], element: undefined }
  if (code.startsWith('m:')) {
    const [, keys = '', element = ''] = code.split(':')
    return {
      type: 'list',
      merge: 'keys',
      keys: keys.split(',').map((key) => {
        const [name = '', absent] = key.split('=')
        return absent === undefined ? { name } : { name, absent }
      }),
      element: element === '' ? undefined : structNode(element, false)
    }
  }
  const element = code.slice(1)
  return { type: 'list', merge: 'atomic', keys: [], element: element === '' ? undefined : structNode(element, false) }
}
