import { type Json, parseJson } from '../../json.ts'
import { DuplicateKeyError } from './mapping.ts'
import { narrow } from './scalars.ts'
import { DocumentError } from './tokens.ts'

export interface JsonValue {
  readonly value: Json
  /** Offset of its first character. */
  readonly start: number
}

/**
 * Reads a stream of JSON values (`{…}{…}`), as kubectl reads a file whose first character is `{`. Duplicate keys are
 * errors. Integers beyond int64 become doubles, as in the API machinery.
 * @throws DocumentError when it is no JSON; the caller may try it as YAML
 */
export function readJsonStream(text: string): JsonValue[] {
  const values: JsonValue[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const end = endOfValue(text, at)
    values.push({ value: parse(text, at, end), start: at })
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

const STRING = /"(?:[^"\\]|\\.)*"/sy
/** Everything between two characters that structure a document. */
const FILLER = /[^"{}[\]]*/y

/** The end of the object or list at `start`, by its brackets alone; finds duplicate keys on the way. */
function endOfValue(text: string, start: number): number {
  const scopes: (Map<string, number> | undefined)[] = []
  let at = start
  while (at < text.length) {
    switch (text[at]) {
      case '{':
        scopes.push(new Map())
        at++
        break
      case '[':
        scopes.push(undefined)
        at++
        break
      case '}':
      case ']':
        scopes.pop()
        at++
        if (scopes.length === 0) return at
        break
      case '"': {
        STRING.lastIndex = at
        if (!STRING.test(text)) throw new DocumentError('the string has no end', at)
        const end = STRING.lastIndex
        const keys = scopes.at(-1)
        if (keys !== undefined && text[skipSpace(text, end)] === ':') addKey(keys, text.slice(at, end), at)
        at = end
        break
      }
      default:
        if (scopes.length === 0) throw new DocumentError('this is no valid JSON', at)
        FILLER.lastIndex = at
        FILLER.test(text)
        at = FILLER.lastIndex
    }
  }
  throw new DocumentError('the JSON ends early', start)
}

function addKey(keys: Map<string, number>, quoted: string, at: number): void {
  const key = quoted.includes('\\') ? unquote(quoted, at) : quoted.slice(1, -1)
  const first = keys.get(key)
  if (first !== undefined)
    throw new DuplicateKeyError(`duplicate key ${JSON.stringify(key)}`, at, { words: 'the first one is', offset: first })
  keys.set(key, at)
}

function unquote(quoted: string, at: number): string {
  try {
    return String(parseJson(quoted))
  } catch {
    throw new DocumentError('the key is no valid JSON string', at)
  }
}
