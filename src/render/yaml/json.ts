import { type Json, parseJson } from '../../json.ts'
import { DuplicateKeyError } from './mapping.ts'
import { narrow } from './scalars.ts'
import { DocumentError } from './tokens.ts'

export interface JsonValue {
  readonly value: Json
  /** Offset of its first character. */
  readonly start: number
  /** Offsets of the items, where it is a List. */
  readonly items: readonly number[]
}

/** A number that no double can hold: the API server refuses it, and JavaScript would make it null. */
export class NumberRangeError extends DocumentError {}

/**
 * Reads a stream of JSON values (`{…}{…}`), as kubectl reads a file whose first character is `{`. Duplicate keys are
 * errors. Integers beyond int64 become doubles, as in the API machinery.
 * @throws DocumentError when it is no JSON; the caller may try it as YAML
 */
export function readJsonStream(text: string): JsonValue[] {
  const values: JsonValue[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const items: number[] = []
    const end = endOfValue(text, at, 0, items)
    values.push({ value: parse(text, at, end), start: at, items })
    at = skipSpace(text, end)
  }
  return values
}

function parse(text: string, start: number, end: number): Json {
  const slice = text.slice(start, end)
  try {
    const value = parseJson(slice)
    return /\d{16}|\\u[dD][89a-fA-F]/.test(slice) ? normalise(value) : value
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')
    throw new DocumentError('this is no valid JSON', start + Number(position?.[1] ?? 0))
  }
}

/** Numbers and strings as Go's decoder has them: int64 or double; a lone surrogate is U+FFFD. */
function normalise(value: Json): Json {
  if (typeof value === 'bigint') return narrow(value)
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(normalise)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key.toWellFormed(), normalise(child)]))
}

const SPACE = /[ \t\r\n]*/y

function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from
  SPACE.test(text)
  return SPACE.lastIndex
}

const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.+-])/y
/** As in YAML: real objects stay far below. */
const MAX_DEPTH = 1000

/**
 * The end of the value at `at`. Walks through it, since the parser of the language says neither where an error is nor that
 * a key is a duplicate. What is inside of strings is left to that.
 */
function endOfValue(text: string, at: number, depth: number, items?: number[]): number {
  if (depth > MAX_DEPTH) throw new DocumentError('the document is nested too deeply', at)
  switch (text[at]) {
    case '{':
      return endOfObject(text, at, depth, items)
    case '[':
      return endOfItems(text, at, ']', (item) => {
        if (depth === 1) items?.push(item)
        return endOfValue(text, item, depth + 1)
      })
    case '"':
      return endOfString(text, at)
  }
  LITERAL.lastIndex = at
  if (!LITERAL.test(text)) throw invalid(text, at)
  // Shorter ones without an exponent are in range.
  const literal = text.slice(at, LITERAL.lastIndex)
  if ((literal.length > 300 || /[eE]\+?\d{3}/.test(literal)) && !Number.isFinite(Number(literal)))
    throw new NumberRangeError('the number is too large', at)
  return LITERAL.lastIndex
}

/** @param items is given where the items of a List begin */
function endOfObject(text: string, start: number, depth: number, items: number[] | undefined): number {
  const keys = new Map<string, number>()
  return endOfItems(text, start, '}', (at) => {
    if (text[at] !== '"') throw invalid(text, at)
    const end = endOfString(text, at)
    addKey(keys, text.slice(at, end), at)
    const colon = skipSpace(text, end)
    if (text[colon] !== ':') throw invalid(text, colon)
    const isItems = text.slice(at, end) === '"items"'
    return endOfValue(text, skipSpace(text, colon + 1), depth + 1, isItems ? items : undefined)
  })
}

/** Items with commas between them, up to the closing bracket. */
function endOfItems(text: string, start: number, bracket: string, endOfItem: (at: number) => number): number {
  let at = skipSpace(text, start + 1)
  if (text[at] === bracket) return at + 1
  for (;;) {
    at = skipSpace(text, endOfItem(at))
    if (text[at] === bracket) return at + 1
    if (text[at] !== ',') throw invalid(text, at)
    at = skipSpace(text, at + 1)
  }
}

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text[at - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return at + 1
  }
  throw new DocumentError('the string has no end', start)
}

function invalid(text: string, at: number): DocumentError {
  return new DocumentError(at < text.length ? 'this is no valid JSON' : 'the JSON ends early', at)
}

function addKey(keys: Map<string, number>, quoted: string, at: number): void {
  const key = quoted.includes('\\') ? unquote(quoted, at) : quoted.slice(1, -1)
  const first = keys.get(key)
  if (first !== undefined)
    throw new DuplicateKeyError(`duplicate key ${JSON.stringify(key)}`, at, {
      words: 'the first one is',
      offset: first
    })
  keys.set(key, at)
}

function unquote(quoted: string, at: number): string {
  try {
    return String(parseJson(quoted))
  } catch {
    throw new DocumentError('the key is no valid JSON string', at)
  }
}
