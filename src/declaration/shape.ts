import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import type { Json, JsonObject } from '../json.ts'
import { didYouMean } from '../suggest.ts'
import type { Reader } from './reader.ts'

/**
 * What may stand at one place of the declaration: how it is read (`T`, with errors at their line) and how an editor
 * is told about it (JSON Schema). One description serves both, so that they cannot differ.
 */
export interface Shape<T> {
  readonly schema: JsonObject
  /** The value; undefined after an error was reported. */
  read(node: Node | null, reader: Reader, path: Path): T | undefined
}

/** The type of what a shape reads. */
export type Infer<S> = S extends Shape<infer T> ? T : never

/** Keys and list indexes from the top of the document. */
export type Path = readonly (string | number)[]

interface TextRules {
  readonly description: string
  readonly pattern?: RegExp
  /** What the pattern means, to follow "must be". */
  readonly must?: string
  readonly examples?: readonly string[]
  /** What its absence means. */
  readonly fallback?: string
}

/** A text. Numbers and booleans are refused: quoting them is the writer's decision, not a guess of ours. */
export function text(rules: TextRules): Shape<string> {
  return {
    schema: {
      type: 'string',
      description: rules.description,
      minLength: 1,
      ...(rules.pattern ? { pattern: rules.pattern.source } : {}),
      ...(rules.examples ? { examples: [...rules.examples] } : {}),
      ...(rules.fallback === undefined ? {} : { default: rules.fallback })
    },
    read(node, reader, path) {
      const value = scalarOf(node, reader)
      if (typeof value !== 'string') return reader.wrongType(node, path, 'a text', hintForText(value))
      if (value.trim() === '') return reader.error(node, path, 'must not be empty.')
      if (rules.pattern && !rules.pattern.test(value))
        return reader.error(node, path, `"${value}" must be ${rules.must ?? `of the form ${rules.pattern.source}`}.`)
      return value
    }
  }
}

function hintForText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? ` Put it in quotes: "${String(value)}".` : ''
}

/** A text, number or boolean, read as text: values that end as `key=value`. */
export function scalarText(description: string): Shape<string> {
  return {
    schema: { type: ['string', 'number', 'boolean'], description },
    read(node, reader, path) {
      const target = reader.resolve(node)
      if (!isScalar(target) || target.value === null) return reader.wrongType(node, path, 'a text, number or boolean')
      // As it is written: 1.10 stays 1.10.
      return typeof target.value === 'string' ? target.value : (target.source ?? String(target.value))
    }
  }
}

export function boolean(description: string, fallback?: boolean): Shape<boolean> {
  return {
    schema: { type: 'boolean', description, ...(fallback === undefined ? {} : { default: fallback }) },
    read(node, reader, path) {
      const value = scalarOf(node, reader)
      return typeof value === 'boolean' ? value : reader.wrongType(node, path, 'true or false')
    }
  }
}

/** A whole number, zero or more. */
export function count(description: string, fallback?: number): Shape<number> {
  return {
    schema: { type: 'integer', minimum: 0, description, ...(fallback === undefined ? {} : { default: fallback }) },
    read(node, reader, path) {
      const value = scalarOf(node, reader)
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
        return reader.wrongType(node, path, 'a whole number, zero or more')
      return value
    }
  }
}

/** Exactly this value. */
export function constant<const T extends number>(value: T, description: string): Shape<T> {
  return {
    schema: { const: value, description },
    read(node, reader, path) {
      return scalarOf(node, reader) === value ? value : reader.wrongType(node, path, String(value))
    }
  }
}

/** One of a few words. */
export function choice<const T extends string>(
  words: readonly T[],
  description: string,
  fallback?: NoInfer<T>
): Shape<T> {
  return {
    schema: {
      type: 'string',
      enum: [...words],
      description,
      ...(fallback === undefined ? {} : { default: fallback })
    },
    read(node, reader, path) {
      const value = scalarOf(node, reader)
      const found = words.find((word) => word === value)
      if (found !== undefined) return found
      const near = typeof value === 'string' ? didYouMean(value, words) : ''
      return reader.wrongType(node, path, words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`, near)
    }
  }
}

/** A text that `convert` understands; `undefined` from it is an error that says `must`. */
export function converted<T>(
  convert: (value: string | number) => T | undefined,
  rules: { schema: JsonObject; must: string }
): Shape<T> {
  return {
    schema: rules.schema,
    read(node, reader, path) {
      const value = scalarOf(node, reader)
      const result = typeof value === 'string' || typeof value === 'number' ? convert(value) : undefined
      return result ?? reader.wrongType(node, path, rules.must)
    }
  }
}

/** What a shape reads, turned into something else. */
export function transformed<T, R>(shape: Shape<T>, convert: (value: T) => R): Shape<R> {
  return {
    schema: shape.schema,
    read(node, reader, path) {
      const value = shape.read(node, reader, path)
      return value === undefined ? undefined : convert(value)
    }
  }
}

/** What a shape reads, if `problem` finds nothing wrong with it; else its sentence is the error. */
export function checked<T>(shape: Shape<T>, problem: (value: T) => string | undefined): Shape<T> {
  return {
    schema: shape.schema,
    read(node, reader, path) {
      const value = shape.read(node, reader, path)
      const wrong = value === undefined ? undefined : problem(value)
      return wrong === undefined ? value : reader.error(node, path, wrong)
    }
  }
}

export function list<T>(
  item: Shape<T>,
  rules: { description: string; minItems?: number; itemName: string }
): Shape<readonly T[]> {
  return {
    schema: {
      type: 'array',
      items: item.schema,
      description: rules.description,
      ...(rules.minItems === undefined ? {} : { minItems: rules.minItems })
    },
    read(node, reader, path) {
      const target = reader.resolve(node)
      if (!isSeq(target)) {
        const hint = isScalar(target) && target.value !== null ? ` Write it as a list: [${String(target.value)}].` : ''
        return reader.wrongType(node, path, `a list of ${rules.itemName}`, hint)
      }
      if (target.items.length < (rules.minItems ?? 0))
        return reader.error(node, path, `must name at least ${rules.minItems} ${rules.itemName}.`)
      const values = target.items.map((child, index) => reader.at(item, child as Node | null, [...path, index]))
      // Whole or not at all: what refers to a value by its index must find its place.
      return values.every((value) => value !== undefined) ? values : undefined
    }
  }
}

/** A mapping with names of the writer's choice, in the written order. */
export function mapping<T>(
  value: Shape<T>,
  rules: { description: string; key: RegExp; keyMust: string; minEntries?: string }
): Shape<ReadonlyMap<string, T>> {
  return {
    schema: {
      type: 'object',
      description: rules.description,
      propertyNames: { pattern: rules.key.source },
      additionalProperties: value.schema,
      ...(rules.minEntries === undefined ? {} : { minProperties: 1 })
    },
    read(node, reader, path) {
      const entries = entriesOf(node, reader, path)
      if (!entries) return undefined
      if (rules.minEntries !== undefined && entries.length === 0) return reader.error(node, path, rules.minEntries)
      const result = new Map<string, T>()
      for (const { key, keyNode, valueNode } of entries) {
        if (!rules.key.test(key)) {
          reader.error(keyNode, path, `the name "${key}" must be ${rules.keyMust}.`)
          continue
        }
        const item = reader.at(value, valueNode, [...path, key], keyNode)
        if (item !== undefined) result.set(key, item)
      }
      return result
    }
  }
}

/** A key of an object: required, optional, or optional with the value that its absence means. */
export interface Field<T> {
  readonly shape: Shape<unknown>
  readonly required: boolean
  readonly fallback: T
}

export function required<T>(shape: Shape<T>): Field<T> {
  // The fallback of a required key is never used: its absence is an error, after which the object is not given out.
  return { shape, required: true, fallback: undefined as T }
}

export function optional<T>(shape: Shape<T>): Field<T | undefined> {
  return { shape, required: false, fallback: undefined }
}

export function withDefault<T>(shape: Shape<T>, fallback: T): Field<T> {
  return { shape, required: false, fallback }
}

type ObjectOf<F extends Record<string, Field<unknown>>> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never
}

/** An object with known keys; any other is an error that names the allowed ones. */
export function object<F extends Record<string, Field<unknown>>>(
  fields: F,
  rules: {
    description: string
    /** Known words that cannot be used, with the sentence that says why. */
    reserved?: Readonly<Record<string, string>>
    /** Rules that JSON Schema can express beside the keys. */
    schema?: JsonObject
    /** What keys alone cannot say; reports its errors itself. */
    check?: (keys: ReadonlySet<string>, node: Node | null, reader: Reader, path: Path) => void
  }
): Shape<ObjectOf<F>> {
  const names = Object.keys(fields)
  const must = names.filter((name) => fields[name]?.required)
  return {
    schema: {
      type: 'object',
      description: rules.description,
      additionalProperties: false,
      properties: Object.fromEntries(names.map((name) => [name, fields[name]?.shape.schema as Json])),
      ...(must.length > 0 ? { required: must } : {}),
      ...rules.schema
    },
    read(node, reader, path) {
      const entries = entriesOf(node, reader, path)
      if (!entries) return undefined
      const given = new Map<string, unknown>()
      for (const { key, keyNode, valueNode } of entries) {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined
        if (field) given.set(key, reader.at(field.shape, valueNode, [...path, key], keyNode))
        else if (rules.reserved && Object.hasOwn(rules.reserved, key)) {
          given.set(key, undefined)
          reader.error(keyNode, [...path, key], rules.reserved[key] ?? '')
        } else
          reader.error(
            keyNode,
            path,
            `unknown key "${key}".${didYouMean(key, names)} Allowed here: ${names.join(', ')}.`
          )
      }
      for (const name of must)
        if (!given.has(name)) reader.error(node, path, `"${name}" is missing. Allowed here: ${names.join(', ')}.`)
      rules.check?.(new Set(given.keys()), node, reader, path)
      if (must.some((name) => given.get(name) === undefined)) return undefined
      // After an error in an optional key the rest is given out, so that one run finds the errors of every kind.
      return Object.fromEntries(names.map((name) => [name, given.get(name) ?? fields[name]?.fallback])) as ObjectOf<F>
    }
  }
}

interface Entry {
  readonly key: string
  readonly keyNode: Node
  readonly valueNode: Node | null
}

/** The pairs of a mapping, `<<` merged in as YAML 1.1 does (own keys win); a key that stands twice is an error. */
function entriesOf(node: Node | null, reader: Reader, path: Path, inside: readonly Node[] = []): Entry[] | undefined {
  const target = reader.resolve(node)
  if (target && inside.includes(target)) {
    reader.error(node, path, 'an anchor must not be merged into itself.')
    return undefined
  }
  if (!isMap(target)) {
    reader.wrongType(node, path, 'a mapping of keys to values')
    return undefined
  }
  const own = new Map<string, Entry>()
  const merged: Entry[] = []
  for (const pair of target.items as Pair<Node, Node | null>[]) {
    const name = reader.resolve(pair.key)
    if (!isScalar(name) || name.value === null) {
      reader.error(pair.key, path, 'a key must be a plain word.')
      continue
    }
    const key = typeof name.value === 'string' ? name.value : (name.source ?? String(name.value))
    if (key === '<<' && (isAlias(pair.value) || isSeq(pair.value) || isMap(pair.value))) {
      const sources = isSeq(pair.value) ? (pair.value.items as Node[]) : [pair.value]
      for (const source of sources) merged.push(...(entriesOf(source, reader, path, [...inside, target]) ?? []))
      continue
    }
    const first = own.get(key)
    if (first)
      reader.error(pair.key, path, `"${key}" stands here a second time; first in line ${reader.line(first.keyNode)}.`)
    else own.set(key, { key, keyNode: pair.key, valueNode: pair.value })
  }
  for (const entry of merged) if (!own.has(entry.key)) own.set(entry.key, entry)
  return [...own.values()]
}

function scalarOf(node: Node | null, reader: Reader): unknown {
  const target = reader.resolve(node)
  return isScalar(target) ? target.value : undefined
}
