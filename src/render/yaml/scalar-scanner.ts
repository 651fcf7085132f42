// Ported from go-yaml v2, which ported it from libyaml: see LICENSE.libyaml.
import {
  BACKSLASH,
  COLON,
  DASH,
  DOUBLE_QUOTE,
  HASH,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
  isFlowIndicator,
  PLUS,
  SINGLE_QUOTE,
  SPACE,
  TAB
} from './characters.ts'
import { Cursor } from './cursor.ts'
import { DocumentError } from './tokens.ts'

/**
 * The text of scalars, as libyaml scans it (go-yaml v2 2.4.3, scannerc.go).
 */
export class ScalarScanner extends Cursor {
  /** Whether a key without `?` may begin here: at the start of a line, and behind what opens a node. */
  protected simpleKeyAllowed = true

  protected scanPlain(): string {
    const start = this.position
    const indent = this.indent + 1
    let folded = ''
    let runStart = start
    let runEnd = start
    let breaks: Breaks | undefined
    while (!this.atDocumentIndicator() && this.code() !== HASH) {
      const before = this.position
      this.#skipPlainRun()
      if (this.position > before) {
        if (breaks !== undefined) {
          folded += this.text.slice(runStart, runEnd) + fold(breaks)
          runStart = before
          breaks = undefined
        }
        runEnd = this.position
      }
      const code = this.code()
      if (!isBlank(code) && !isBreak(code)) break
      breaks = this.#skipPlainBlanks(indent, start)
      if (this.flowLevel === 0 && this.column < indent) break
    }
    if (breaks !== undefined) this.simpleKeyAllowed = true
    return folded + this.text.slice(runStart, runEnd)
  }

  /** Up to a blank, a break, the end, or an indicator that ends the scalar. */
  #skipPlainRun(): void {
    const text = this.text
    const inFlow = this.flowLevel > 0
    let at = this.position
    for (let code = text.charCodeAt(at); !isBlankOrEnd(code); code = text.charCodeAt(++at)) {
      if (code === COLON && isBlankOrEnd(text.charCodeAt(at + 1))) break
      if (inFlow && isFlowIndicator(code)) break
    }
    this.position = at
  }

  #skipPlainBlanks(indent: number, start: number): Breaks | undefined {
    let breaks: Breaks | undefined
    for (let code = this.code(); ; code = this.code()) {
      if (isBlank(code)) {
        if (breaks !== undefined && code === TAB && this.column < indent)
          throw new DocumentError('found a tab character that violates indentation', this.position, {
            words: 'while scanning a plain scalar',
            offset: start
          })
        this.position++
      } else if (isBreak(code)) breaks = addBreak(breaks, this.readBreak())
      else return breaks
    }
  }

  /** Scans a quoted scalar from its opening quote. */
  protected scanQuoted(quote: number): string {
    const start = this.position++
    let value = ''
    for (;;) {
      if (this.atDocumentIndicator()) throw this.#inQuotes('found unexpected document indicator', this.position, start)
      if (this.code() === 0) throw this.#inQuotes('found unexpected end of stream', start, start)
      const run = this.#readQuotedRun(quote, start)
      value += run.text
      if (this.code() === quote && !run.escapedBreak) break
      value += this.#readQuotedBlanks(run.escapedBreak)
      if (this.code() === quote) break
    }
    this.position++
    return value
  }

  /** Non-blank characters, up to the closing quote, a blank, or behind an escaped line break. */
  #readQuotedRun(quote: number, start: number): { text: string; escapedBreak: boolean } {
    let text = ''
    let from = this.position
    for (let code = this.code(); !isBlankOrEnd(code) || code === SPACE; code = this.code()) {
      // A blank within the line belongs to the text; one before a line break is dropped, which is decided below.
      if (code === SPACE && isBlankOrEnd(this.code(1))) break
      if (code === quote) {
        if (quote !== SINGLE_QUOTE || this.code(1) !== SINGLE_QUOTE) break
        text += `${this.text.slice(from, this.position)}'`
        this.position += 2
        from = this.position
      } else if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
        text += this.text.slice(from, this.position)
        if (isBreak(this.code(1))) {
          this.position++
          this.readBreak()
          return { text, escapedBreak: true }
        }
        text += this.#readEscape(start)
        from = this.position
      } else this.position++
    }
    return { text: text + this.text.slice(from, this.position), escapedBreak: false }
  }

  /** Blanks and line breaks inside quotes, folded. Blanks stay when no break is among them. */
  #readQuotedBlanks(afterEscapedBreak: boolean): string {
    const from = this.position
    let breaks: Breaks | undefined = afterEscapedBreak ? { first: '', rest: '' } : undefined
    for (let code = this.code(); ; code = this.code()) {
      if (isBlank(code)) this.position++
      else if (isBreak(code)) breaks = addBreak(breaks, this.readBreak())
      else return breaks === undefined ? this.text.slice(from, this.position) : fold(breaks)
    }
  }

  #readEscape(start: number): string {
    const character = this.text.charAt(this.position + 1)
    const length = ESCAPED_CODE_LENGTH[character]
    if (length === undefined) {
      const value = ESCAPES[character]
      if (value === undefined) throw this.#inQuotes('found unknown escape character', this.position, start)
      this.position += 2
      return value
    }
    const digits = this.text.slice(this.position + 2, this.position + 2 + length)
    const value = /^[0-9A-Fa-f]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1
    if (value < 0) throw this.#inQuotes('did not find expected hexadecimal number', this.position, start)
    if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff)
      throw this.#inQuotes('found invalid Unicode character escape code', this.position, start)
    this.position += 2 + length
    return String.fromCodePoint(value)
  }

  #inQuotes(problem: string, offset: number, start: number): DocumentError {
    return new DocumentError(problem, offset, { words: 'while scanning a quoted scalar', offset: start })
  }

  /** Scans a block scalar from its `|` or `>`. */
  protected scanBlock(literal: boolean): string {
    const start = this.position++
    const { chomping, increment } = this.#readBlockHeader(start)
    let indent = increment > 0 ? Math.max(this.indent, 0) + increment : 0
    const scanned = this.#readBlockBreaks(indent, start)
    indent = scanned.indent
    let trailing = scanned.breaks
    let value = ''
    let leading = ''
    let leadingBlank = false
    while (this.column === indent && this.code() !== 0) {
      const blank = isBlank(this.code())
      if (!literal && !leadingBlank && !blank && leading === '\n') value += trailing === '' ? ' ' : ''
      else value += leading
      value += trailing
      leadingBlank = blank
      const from = this.position
      this.skipComment()
      value += this.text.slice(from, this.position)
      leading = this.code() === 0 ? '' : this.readBreak()
      trailing = this.#readBlockBreaks(indent, start).breaks
    }
    if (chomping === 'strip') return value
    return chomping === 'keep' ? value + leading + trailing : value + leading
  }

  #readBlockHeader(start: number): { chomping: Chomping; increment: number } {
    let chomping = this.#readChomping()
    const digit = this.code() - 0x30
    if (digit === 0) throw this.#inBlock('found an indentation indicator equal to 0', start)
    const increment = digit > 0 && digit <= 9 ? digit : 0
    if (increment > 0) {
      this.position++
      if (chomping === 'clip') chomping = this.#readChomping()
    }
    while (isBlank(this.code())) this.position++
    if (this.code() === HASH) this.skipComment()
    if (!isBreakOrEnd(this.code())) throw this.#inBlock('did not find expected comment or line break', start)
    if (this.code() !== 0) this.readBreak()
    return { chomping, increment }
  }

  #readChomping(): Chomping {
    const code = this.code()
    if (code !== PLUS && code !== DASH) return 'clip'
    this.position++
    return code === PLUS ? 'keep' : 'strip'
  }

  /** Eats indentation and empty lines; an `indent` of 0 is to be found out: the deepest of them decides. */
  #readBlockBreaks(indent: number, start: number): { indent: number; breaks: string } {
    let breaks = ''
    let deepest = 0
    for (;;) {
      while ((indent === 0 || this.column < indent) && this.code() === SPACE) this.position++
      deepest = Math.max(deepest, this.column)
      if ((indent === 0 || this.column < indent) && this.code() === TAB)
        throw this.#inBlock('found a tab character where an indentation space is expected', start)
      if (!isBreak(this.code())) break
      breaks += this.readBreak()
    }
    return { indent: indent === 0 ? Math.max(deepest, this.indent + 1, 1) : indent, breaks }
  }

  #inBlock(problem: string, start: number): DocumentError {
    return new DocumentError(problem, this.position, { words: 'while scanning a block scalar', offset: start })
  }
}

type Chomping = 'clip' | 'strip' | 'keep'

/** The line breaks between two pieces of a scalar. */
interface Breaks {
  readonly first: string
  readonly rest: string
}

function addBreak(breaks: Breaks | undefined, text: string): Breaks {
  return breaks === undefined ? { first: text, rest: '' } : { first: breaks.first, rest: breaks.rest + text }
}

/** One LF is a space, more are one less; LS and PS stay. */
function fold(breaks: Breaks): string {
  if (breaks.first !== '\n') return breaks.first + breaks.rest
  return breaks.rest === '' ? ' ' : breaks.rest
}

const ESCAPED_CODE_LENGTH: Readonly<Record<string, number | undefined>> = { x: 2, u: 4, U: 8 }

const ESCAPES: Readonly<Record<string, string | undefined>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029'
}
