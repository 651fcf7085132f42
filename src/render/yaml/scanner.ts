// Ported from go-yaml v2, which ported it from libyaml: see LICENSE.libyaml.
import * as char from './characters.ts'
import { isBlankOrEnd, isBreak } from './characters.ts'
import { PropertyScanner } from './property-scanner.ts'
import { DocumentError, Token, type TokenData, type TokenType } from './tokens.ts'

/** A place where a key without `?` may have begun; known to be one when its `:` comes. */
interface SimpleKey {
  possible: boolean
  /** In block context at the indentation of the mapping: it must be a key. */
  required: boolean
  tokenNumber: number
  start: number
  lineStart: number
}

/** YAML 1.1: a key without `?` is on one line and at most this long. */
const MAX_KEY_LENGTH = 1024

/**
 * Tokens of one document, as libyaml finds them (go-yaml v2 2.4.3, scannerc.go): a port, so that what kubectl takes or
 * refuses is taken or refused here. `next()` and `peek()` fetch on demand.
 */
export class Scanner extends PropertyScanner {
  #queue: TokenData[] = []
  #head = 0
  #taken = 0
  #headIsReady = false
  readonly #indents: number[] = []
  readonly #simpleKeys: SimpleKey[] = [noKey()]

  peek(): TokenData {
    if (!this.#headIsReady) this.#fill()
    return this.#queue[this.#head] as TokenData
  }

  next(): TokenData {
    const token = this.peek()
    this.#headIsReady = false
    this.#head++
    this.#taken++
    if (this.#head === this.#queue.length) {
      this.#queue.length = 0
      this.#head = 0
    }
    return token
  }

  /** Fetches until the head of the queue cannot turn out to be a key any more. */
  #fill(): void {
    while (this.#head === this.#queue.length || this.#headMayBeKey()) this.#fetch()
    this.#headIsReady = true
  }

  #headMayBeKey(): boolean {
    const taken = this.#taken
    return this.#simpleKeys.some((key) => key.possible && key.tokenNumber === taken && this.#isValid(key))
  }

  #fetch(): void {
    this.#skipToToken()
    this.#unrollIndent(this.column)
    const code = this.code()
    if (code === 0) this.#fetchEnd()
    else if (this.column === 0 && code === char.PERCENT) this.#fetchAlone(Token.DIRECTIVE, 1)
    else if (this.atDocumentIndicator())
      this.#fetchAlone(code === char.DASH ? Token.DOCUMENT_START : Token.DOCUMENT_END, 3)
    else if (this.#isBlockIndicator(code)) this.#fetchBlockIndicator(code)
    else this.#fetchOther(code)
  }

  /** `-`, `?` and `:` stand alone, or the latter two in a flow collection; otherwise they begin a plain scalar. */
  #isBlockIndicator(code: number): boolean {
    if (code !== char.DASH && code !== char.QUESTION && code !== char.COLON) return false
    return isBlankOrEnd(this.code(1)) || (code !== char.DASH && this.flowLevel > 0)
  }

  #fetchBlockIndicator(code: number): void {
    if (code === char.DASH) this.#fetchBlockEntry()
    else if (code === char.QUESTION) this.#fetchKey()
    else this.#fetchValue()
  }

  #fetchOther(code: number): void {
    const start = this.position
    switch (code) {
      case char.BRACKET_OPEN:
        this.#fetchFlowStart(Token.FLOW_SEQUENCE_START)
        break
      case char.BRACE_OPEN:
        this.#fetchFlowStart(Token.FLOW_MAPPING_START)
        break
      case char.BRACKET_CLOSE:
        this.#fetchFlowEnd(Token.FLOW_SEQUENCE_END)
        break
      case char.BRACE_CLOSE:
        this.#fetchFlowEnd(Token.FLOW_MAPPING_END)
        break
      case char.COMMA:
        this.#removeSimpleKey()
        this.simpleKeyAllowed = true
        this.#push(Token.FLOW_ENTRY, this.position++)
        break
      case char.ASTERISK:
        this.#startNode()
        this.#push(Token.ALIAS, start, this.scanAnchor('while scanning an alias'))
        break
      case char.AMPERSAND:
        this.#startNode()
        this.#push(Token.ANCHOR, start, this.scanAnchor('while scanning an anchor'))
        break
      case char.EXCLAMATION:
        this.#startNode()
        this.#push(Token.TAG, start, this.scanTag())
        break
      case char.PIPE:
      case char.GREATER:
        if (this.flowLevel > 0) throw this.#cannotStart(start)
        this.#removeSimpleKey()
        this.simpleKeyAllowed = true
        this.#push(Token.QUOTED, start, this.scanBlock(code === char.PIPE))
        break
      case char.SINGLE_QUOTE:
      case char.DOUBLE_QUOTE:
        this.#startNode()
        this.#push(Token.QUOTED, start, this.scanQuoted(code))
        break
      case char.HASH:
      case char.PERCENT:
      case char.AT:
      case char.BACKTICK:
      case char.TAB:
        throw this.#cannotStart(start)
      default:
        this.#startNode()
        this.#push(Token.PLAIN, start, this.scanPlain())
    }
  }

  #cannotStart(offset: number): DocumentError {
    return new DocumentError('found character that cannot start any token', offset)
  }

  #push(type: TokenType, start: number, value = ''): void {
    this.#queue.push({ type, start, value })
  }

  /** Puts a token before the one of that number; few are behind it, so they are moved by hand. */
  #insert(number: number, type: TokenType, start: number): void {
    const queue = this.#queue
    const token = { type, start, value: '' }
    const target = this.#head + number - this.#taken
    queue.push(token)
    for (let at = queue.length - 1; at > target; at--) queue[at] = queue[at - 1] ?? token
    queue[target] = token
  }

  /** Blanks, comments and line breaks. Tabs are blanks only where no block structure can begin. */
  #skipToToken(): void {
    for (;;) {
      let code = this.code()
      while (code === char.SPACE || (code === char.TAB && (this.flowLevel > 0 || !this.simpleKeyAllowed))) {
        this.position++
        code = this.code()
      }
      if (code === char.HASH) this.skipComment()
      if (!isBreak(this.code())) return
      this.readBreak()
      if (this.flowLevel === 0) this.simpleKeyAllowed = true
    }
  }

  // --- indentation

  #rollIndent(column: number, type: TokenType, start: number, tokenNumber?: number): void {
    if (this.flowLevel > 0 || this.indent >= column) return
    this.#indents.push(this.indent)
    this.indent = column
    if (tokenNumber === undefined) this.#push(type, start)
    else this.#insert(tokenNumber, type, start)
  }

  #unrollIndent(column: number): void {
    if (this.flowLevel > 0) return
    while (this.indent > column) {
      this.#push(Token.BLOCK_END, this.position)
      this.indent = this.#indents.pop() ?? -1
    }
  }

  // --- simple keys

  #currentKey(): SimpleKey {
    return this.#simpleKeys.at(-1) as SimpleKey
  }

  #isValid(key: SimpleKey): boolean {
    if (!key.possible) return false
    if (key.lineStart === this.lineStart && !this.#isTooLong(key.start)) return true
    if (key.required) throw this.#missingColon(key)
    key.possible = false
    return false
  }

  #isTooLong(start: number): boolean {
    if (this.position - start <= MAX_KEY_LENGTH) return false
    return [...this.text.slice(start, this.position)].length > MAX_KEY_LENGTH
  }

  #missingColon(key: SimpleKey): DocumentError {
    return new DocumentError("could not find expected ':'", key.start)
  }

  /** A node begins here that may turn out to be a key; behind it none can begin. */
  #startNode(allowedAfter = false): void {
    if (this.simpleKeyAllowed) {
      this.#removeSimpleKey()
      this.#simpleKeys[this.#simpleKeys.length - 1] = {
        possible: true,
        required: this.flowLevel === 0 && this.indent === this.column,
        tokenNumber: this.#taken + this.#queue.length - this.#head,
        start: this.position,
        lineStart: this.lineStart
      }
    }
    this.simpleKeyAllowed = allowedAfter
  }

  #removeSimpleKey(): void {
    const key = this.#currentKey()
    if (key.possible && key.required) throw this.#missingColon(key)
    key.possible = false
  }

  // --- tokens

  #fetchEnd(): void {
    if (this.column !== 0) this.lineStart = this.position
    this.#unrollIndent(-1)
    this.#removeSimpleKey()
    this.simpleKeyAllowed = false
    this.#push(Token.STREAM_END, this.position)
  }

  #fetchAlone(type: TokenType, length: number): void {
    this.#unrollIndent(-1)
    this.#removeSimpleKey()
    this.simpleKeyAllowed = false
    this.#push(type, this.position)
    this.position += length
  }

  #fetchFlowStart(type: TokenType): void {
    this.#startNode(true)
    this.#simpleKeys.push(noKey())
    this.flowLevel++
    this.#push(type, this.position++)
  }

  #fetchFlowEnd(type: TokenType): void {
    this.#removeSimpleKey()
    if (this.flowLevel > 0) {
      this.flowLevel--
      this.#simpleKeys.pop()
    }
    this.simpleKeyAllowed = false
    this.#push(type, this.position++)
  }

  #fetchBlockEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed)
        throw new DocumentError('block sequence entries are not allowed in this context', this.position)
      this.#rollIndent(this.column, Token.BLOCK_SEQUENCE_START, this.position)
    }
    this.#removeSimpleKey()
    this.simpleKeyAllowed = true
    this.#push(Token.BLOCK_ENTRY, this.position++)
  }

  #fetchKey(): void {
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) throw new DocumentError('mapping keys are not allowed in this context', this.position)
      this.#rollIndent(this.column, Token.BLOCK_MAPPING_START, this.position)
    }
    this.#removeSimpleKey()
    this.simpleKeyAllowed = this.flowLevel === 0
    this.#push(Token.KEY, this.position++)
  }

  #fetchValue(): void {
    const key = this.#currentKey()
    if (this.#isValid(key)) {
      this.#insert(key.tokenNumber, Token.KEY, key.start)
      this.#rollIndent(key.start - key.lineStart, Token.BLOCK_MAPPING_START, key.start, key.tokenNumber)
      key.possible = false
      this.simpleKeyAllowed = false
    } else {
      if (this.flowLevel === 0) {
        if (!this.simpleKeyAllowed)
          throw new DocumentError('mapping values are not allowed in this context', this.position)
        this.#rollIndent(this.column, Token.BLOCK_MAPPING_START, this.position)
      }
      this.simpleKeyAllowed = this.flowLevel === 0
    }
    this.#push(Token.VALUE, this.position++)
  }
}

function noKey(): SimpleKey {
  return { possible: false, required: false, tokenNumber: -1, start: 0, lineStart: 0 }
}
