import type { Json, JsonObject } from '../../json.ts'
import { resolvePlain } from './scalars.ts'

/**
 * Most manifests use little of YAML: block mappings and lists, scalars of one line, literal blocks. Such a document is
 * read here in one pass over its lines; of 1,000 objects that takes a fifth of the time of the whole grammar. Whatever
 * is not certainly of that kind is left to the parser, errors above all: nothing here is ever told to anybody.
 * @param text one chunk of a stream, its line ends \n
 * @param starts as in `parseDocument`
 * @returns undefined when the document must be read by the parser
 */
export function readSimple(text: string, starts: WeakMap<object, number>): Json | undefined {
  if (UNUSUAL.test(text)) return undefined
  try {
    return new SimpleReader(text, starts).document()
  } catch (error) {
    if (error === NOT_SIMPLE) return undefined
    throw error
  }
}

/** Tabs, and the characters that are line breaks or none depending on who reads. */
const UNUSUAL = /[\t\r\x85\u2028\u2029\ufeff]/
/** Thrown, never shown. */
const NOT_SIMPLE = new Error('not simple')
/** As in the parser: where mappings of these levels begin is remembered. */
const OUTER_LEVELS = 3
const MAX_DEPTH = 100

const LF = 0x0a
const SPACE = 0x20
const DOUBLE_QUOTE = 0x22
const HASH = 0x23
const SINGLE_QUOTE = 0x27
const DASH = 0x2d
const COLON = 0x3a
const BRACKET_OPEN = 0x5b
const BACKSLASH = 0x5c
const BRACE_OPEN = 0x7b
const PIPE = 0x7c

class SimpleReader {
  readonly #text: string
  readonly #starts: WeakMap<object, number>
  /** Of the line that comes next, blank lines and comments skipped: its first character that is no space. */
  #at = 0
  /** Its column; -1 at the end. */
  #indent = -1
  #depth = 0

  constructor(text: string, starts: WeakMap<object, number>) {
    this.#text = text
    this.#starts = starts
  }

  document(): Json {
    this.#toLine(this.#behindSeparator())
    if (this.#indent !== 0) throw NOT_SIMPLE
    const value = this.#mapping(0)
    if (this.#at < this.#text.length) throw NOT_SIMPLE
    return value
  }

  #behindSeparator(): number {
    if (!this.#text.startsWith('---')) return 0
    const end = this.#text.indexOf('\n')
    const rest = this.#text.slice(3, end)
    if (rest.trim() !== '' && !/^ +#/.test(rest)) throw NOT_SIMPLE
    return end + 1
  }

  /** Goes to the next line with content, from the start of a line. */
  #toLine(start: number): void {
    const text = this.#text
    for (let from = start; from < text.length; ) {
      let at = from
      while (text.charCodeAt(at) === SPACE) at++
      const code = text.charCodeAt(at)
      if (code === LF) from = at + 1
      else if (code === HASH) from = text.indexOf('\n', at) + 1
      else {
        this.#at = at
        this.#indent = at - from
        return
      }
      if (from === 0) break
    }
    this.#at = text.length
    this.#indent = -1
  }

  /** A mapping whose first key stands at the present place, in this column. */
  #mapping(column: number): JsonObject {
    const value: JsonObject = {}
    if (++this.#depth > MAX_DEPTH) throw NOT_SIMPLE
    if (this.#depth <= OUTER_LEVELS) this.#starts.set(value, this.#at)
    do {
      const key = this.#key()
      if (Object.hasOwn(value, key)) throw NOT_SIMPLE
      value[key] = this.#value(column, true)
    } while (this.#indent === column && !this.#isEntry())
    if (this.#indent > column) throw NOT_SIMPLE
    this.#depth--
    return value
  }

  /** Takes a key and its colon. */
  #key(): string {
    const end = this.#keyEnd(this.#at)
    if (end < 0) throw NOT_SIMPLE
    const key = this.#text.slice(this.#at, end)
    if (key === '__proto__' || resolvePlain(key) !== key) throw NOT_SIMPLE
    this.#at = end + 1
    return key
  }

  /** Where the colon of a plain key stands; -1 when none begins here. */
  #keyEnd(start: number): number {
    const text = this.#text
    if (!isLetter(text.charCodeAt(start))) return -1
    let at = start + 1
    while (isKeyCharacter(text.charCodeAt(at))) at++
    if (text.charCodeAt(at) !== COLON || at - start > 128) return -1
    const next = text.charCodeAt(at + 1)
    return next === SPACE || next === LF ? at : -1
  }

  #isEntry(): boolean {
    if (this.#text.charCodeAt(this.#at) !== DASH) return false
    const next = this.#text.charCodeAt(this.#at + 1)
    return next === SPACE || next === LF
  }

  #sequence(column: number): Json[] {
    const list: Json[] = []
    if (++this.#depth > MAX_DEPTH) throw NOT_SIMPLE
    do {
      const dash = this.#at++
      this.#skipSpaces()
      const inner = column + this.#at - dash
      if (this.#isEntry()) list.push(this.#sequence(inner))
      else if (this.#keyEnd(this.#at) >= 0) list.push(this.#mapping(inner))
      else list.push(this.#value(column, false))
    } while (this.#indent === column && this.#isEntry())
    if (this.#indent > column) throw NOT_SIMPLE
    this.#depth--
    return list
  }

  /**
   * What stands behind a colon or a dash: on the same line, or on deeper ones.
   * @param column of the collection that it belongs to
   * @param indentless whether a list may stand in the same column
   */
  #value(column: number, indentless: boolean): Json {
    this.#skipSpaces()
    const code = this.#text.charCodeAt(this.#at)
    if (code === LF || (code === HASH && this.#text.charCodeAt(this.#at - 1) === SPACE)) {
      this.#toLine(this.#text.indexOf('\n', this.#at) + 1)
      if (this.#indent > column) return this.#isEntry() ? this.#sequence(this.#indent) : this.#mapping(this.#indent)
      return indentless && this.#indent === column && this.#isEntry() ? this.#sequence(column) : null
    }
    if (code === PIPE) return this.#literal(column)
    const value = this.#scalar(code)
    // What is deeper would go on with the scalar.
    if (this.#indent > column) throw NOT_SIMPLE
    return value
  }

  #scalar(code: number): Json {
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      const value = this.#quoted(code)
      this.#endLine()
      return value
    }
    if (code === BRACKET_OPEN || code === BRACE_OPEN) {
      const value = this.#flow(code)
      this.#endLine()
      return value
    }
    return this.#plain()
  }

  #plain(): Json {
    const text = this.#text
    const start = this.#at
    const end = text.indexOf('\n', start)
    const first = text.charAt(start)
    if (INDICATORS.includes(first) || (first === '-' && this.#isEntry())) throw NOT_SIMPLE
    let stop = end
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at)
      if (code === COLON) {
        const next = text.charCodeAt(at + 1)
        if (next === SPACE || next === LF) throw NOT_SIMPLE
      } else if (code === HASH && text.charCodeAt(at - 1) === SPACE) {
        stop = at
        break
      }
    }
    while (text.charCodeAt(stop - 1) === SPACE) stop--
    const value = finite(resolvePlain(text.slice(start, stop)))
    this.#toLine(end + 1)
    return value
  }

  /** A quoted scalar of one line. */
  #quoted(quote: number): string {
    const text = this.#text
    const start = this.#at + 1
    let isPlain = true
    for (let at = start; ; at++) {
      const code = text.charCodeAt(at)
      if (code === LF || Number.isNaN(code)) throw NOT_SIMPLE
      const isEscape = quote === DOUBLE_QUOTE ? code === BACKSLASH : code === quote && text.charCodeAt(at + 1) === quote
      if (isEscape) {
        isPlain = false
        at++
      } else if (code === quote) {
        this.#at = at + 1
        const value = text.slice(start, at)
        if (isPlain) return value
        return quote === SINGLE_QUOTE ? value.replaceAll("''", "'") : unescaped(value)
      }
    }
  }

  /** `{}`, and lists of simple scalars on one line. */
  #flow(open: number): Json {
    const start = this.#at++
    if (open === BRACE_OPEN) {
      if (this.#text[this.#at++] !== '}') throw NOT_SIMPLE
      const empty = {}
      if (this.#depth < OUTER_LEVELS) this.#starts.set(empty, start)
      return empty
    }
    const list: Json[] = []
    this.#skipSpaces()
    if (this.#text[this.#at] === ']') {
      this.#at++
      return list
    }
    for (;;) {
      this.#skipSpaces()
      list.push(this.#flowItem())
      this.#skipSpaces()
      const next = this.#text[this.#at++]
      if (next === ']') return list
      if (next !== ',') throw NOT_SIMPLE
    }
  }

  #flowItem(): Json {
    const code = this.#text.charCodeAt(this.#at)
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      const value = this.#quoted(code)
      // A key of JSON.
      if (this.#text.charCodeAt(this.#at) === COLON) throw NOT_SIMPLE
      return value
    }
    const start = this.#at
    if (!isKeyCharacter(code) || (code === DASH && !isKeyCharacter(this.#text.charCodeAt(start + 1)))) throw NOT_SIMPLE
    while (isKeyCharacter(this.#text.charCodeAt(this.#at))) this.#at++
    return finite(resolvePlain(this.#text.slice(start, this.#at)))
  }

  /** `|`, `|-` and `|+`: every line below that is deeper, as it is. */
  #literal(column: number): string {
    const text = this.#text
    const end = text.indexOf('\n', this.#at)
    const header = text.slice(this.#at, end)
    if (header !== '|' && header !== '|-' && header !== '|+') throw NOT_SIMPLE
    const indent = this.#literalIndent(end + 1, column)
    const lines: string[] = []
    let from = end + 1
    /** Lines up to the last one that is not empty. */
    let filled = 0
    while (from < text.length) {
      const stop = text.indexOf('\n', from)
      let at = from
      while (at - from < indent && text.charCodeAt(at) === SPACE) at++
      if (at === stop) lines.push('')
      else if (at - from < indent) break
      else {
        lines.push(text.slice(at, stop))
        filled = lines.length
      }
      from = stop + 1
    }
    this.#toLine(from)
    if (this.#indent > column) throw NOT_SIMPLE
    if (header === '|+') return `${lines.join('\n')}\n`
    const body = lines.slice(0, filled).join('\n')
    return header === '|' ? `${body}\n` : body
  }

  /** How far the first line of a literal block is indented; the empty ones before it must not be deeper. */
  #literalIndent(start: number, column: number): number {
    const text = this.#text
    let deepest = 0
    for (let from = start; from < text.length; ) {
      let at = from
      while (text.charCodeAt(at) === SPACE) at++
      const indent = at - from
      if (text.charCodeAt(at) !== LF) {
        if (indent <= column || deepest > indent) throw NOT_SIMPLE
        return indent
      }
      deepest = Math.max(deepest, indent)
      from = at + 1
    }
    throw NOT_SIMPLE
  }

  #skipSpaces(): void {
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at++
  }

  /** Nothing but a comment may follow on this line. */
  #endLine(): void {
    const from = this.#at
    this.#skipSpaces()
    const code = this.#text.charCodeAt(this.#at)
    if (code !== LF && (code !== HASH || this.#at === from)) throw NOT_SIMPLE
    this.#toLine(this.#text.indexOf('\n', this.#at) + 1)
  }
}

/** What no plain scalar begins with; `-` and `:` are none before a blank only. */
const INDICATORS = ',[]{}#&*!|>\'"%@`?'

/** The escapes that are the same in JSON; others are left to the parser. */
function unescaped(value: string): string {
  if (!/^(?:[^\\]|\\["\\nt])*$/.test(value)) throw NOT_SIMPLE
  return value.replace(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character)
}

const ESCAPES: Readonly<Record<string, string | undefined>> = { n: '\n', t: '\t' }

function finite(value: Json): Json {
  if (typeof value === 'number' && !Number.isFinite(value)) throw NOT_SIMPLE
  return value
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f
}

/** Letters, digits, `_` `-` `.` `/`. */
function isKeyCharacter(code: number): boolean {
  return isLetter(code) || (code >= 0x2d && code <= 0x39)
}
