// Ported from go-yaml v2, which ported it from libyaml: see LICENSE.libyaml.
import type { Json } from '../../json.ts'
import { type Anchor, Anchors, type NodeKind } from './anchors.ts'
import { Mapping } from './mapping.ts'
import { keyText, resolvePlain, resolveTagged } from './scalars.ts'
import { Scanner } from './scanner.ts'
import { DocumentError, Token, type TokenData, type TokenType } from './tokens.ts'

export interface ParseOptions {
  /** Is given where mappings of the outer levels begin (a document, its fields, items of a List). */
  readonly starts: WeakMap<object, number>
  /** Remembers where every key stands, so that a duplicate can name the first one. */
  readonly rememberKeys?: boolean
}

/**
 * The value of a document, as go-yaml v2 decodes it and sigs.k8s.io/yaml converts it to JSON; null for an empty one.
 * What kubectl does silently is an error here: of duplicate keys it keeps the last, and what follows the end of the
 * document (`...`) it drops.
 * @param text one chunk of a stream, without NUL
 * @throws DocumentError
 */
export function parseDocument(text: string, options: ParseOptions): Json {
  return new Parser(text, options).document()
}

const OUTER_LEVELS = 3
/** Real objects stay below 100 levels; go-yaml's limit of 10,000 would exhaust the stack. */
const MAX_DEPTH = 1000

class Parser {
  readonly #scanner: Scanner
  readonly #options: ParseOptions
  readonly #anchors = new Anchors()
  #depth = 0
  #kind: NodeKind = 'collection'
  #text = ''

  constructor(text: string, options: ParseOptions) {
    this.#scanner = new Scanner(text)
    this.#options = options
  }

  document(): Json {
    let token = this.#scanner.peek()
    if (token.type === Token.DIRECTIVE)
      throw new DocumentError('kubectl reads no directives: it cuts the file at "---" first', token.start)
    if (token.type === Token.STREAM_END) return null
    let empty = false
    if (token.type === Token.DOCUMENT_START) {
      this.#scanner.next()
      token = this.#scanner.peek()
      empty = token.type === Token.DOCUMENT_END || token.type === Token.STREAM_END
    }
    const value = empty ? null : this.#value(true, false, token.start)
    while (this.#scanner.peek().type === Token.DOCUMENT_END) this.#scanner.next()
    const rest = this.#scanner.peek()
    if (rest.type === Token.STREAM_END) return value
    throw new DocumentError('the document ends before this, so kubectl would ignore all that follows', rest.start)
  }

  #node(block: boolean, indentless: boolean): Json {
    let token = this.#scanner.peek()
    if (token.type === Token.ALIAS) return this.#alias(this.#scanner.next())
    const start = token.start
    let anchor: string | undefined
    let tag: string | undefined
    if (token.type === Token.ANCHOR) {
      anchor = this.#scanner.next().value
      if (this.#scanner.peek().type === Token.TAG) tag = this.#scanner.next().value
      token = this.#scanner.peek()
    } else if (token.type === Token.TAG) {
      tag = this.#scanner.next().value
      if (this.#scanner.peek().type === Token.ANCHOR) anchor = this.#scanner.next().value
      token = this.#scanner.peek()
    }
    this.#anchors.countNode(start)
    const type = token.type
    if (type === Token.PLAIN || type === Token.QUOTED) {
      this.#scanner.next()
      return this.#scalar(token.value, type === Token.PLAIN, tag, anchor, start)
    }
    if ((indentless && type === Token.BLOCK_ENTRY) || this.#startsCollection(type, block))
      return this.#collection(token, anchor)
    if (anchor !== undefined || tag !== undefined) return this.#scalar('', true, tag, anchor, start)
    throw new DocumentError('did not find expected node content', token.start, {
      words: `while parsing a ${block ? 'block' : 'flow'} node`,
      offset: start
    })
  }

  #startsCollection(type: TokenType, block: boolean): boolean {
    if (type === Token.FLOW_SEQUENCE_START || type === Token.FLOW_MAPPING_START) return true
    return block && (type === Token.BLOCK_SEQUENCE_START || type === Token.BLOCK_MAPPING_START)
  }

  #scalar(text: string, plain: boolean, tag: string | undefined, anchor: string | undefined, start: number): Json {
    const value = tag === undefined ? (plain ? resolvePlain(text) : text) : resolveTagged(tag, text)
    if (value === undefined)
      throw new DocumentError(`the value does not fit its tag ${(tag ?? '').replace(/^.*:/, '!!')}`, start)
    this.#kind = (plain && tag === undefined) || tag === '!' || tag === MERGE_TAG ? 'plain' : 'text'
    this.#text = text
    if (anchor !== undefined) this.#anchors.set(anchor, { kind: this.#kind, text, value })
    return value
  }

  #collection(token: TokenData, anchorName: string | undefined): Json {
    const anchor: Anchor = { kind: 'collection', text: '', value: undefined }
    if (anchorName !== undefined) this.#anchors.set(anchorName, anchor)
    if (++this.#depth > MAX_DEPTH) throw new DocumentError('the document is nested too deeply', token.start)
    const value = this.#collectionValue(token)
    this.#depth--
    anchor.value = value
    this.#kind = 'collection'
    return value
  }

  #collectionValue(token: TokenData): Json {
    switch (token.type) {
      case Token.BLOCK_MAPPING_START:
        return this.#blockMapping(this.#scanner.next().start)
      case Token.FLOW_MAPPING_START:
        return this.#flowMapping(this.#scanner.next().start)
      case Token.FLOW_SEQUENCE_START:
        return this.#flowSequence(this.#scanner.next().start)
      case Token.BLOCK_SEQUENCE_START:
        return this.#blockSequence(this.#scanner.next().start)
      default:
        return this.#indentlessSequence()
    }
  }

  // --- block collections

  #blockSequence(start: number): Json {
    const list: Json[] = []
    while (this.#scanner.peek().type === Token.BLOCK_ENTRY) {
      const entry = this.#scanner.next().start
      const type = this.#scanner.peek().type
      const isEmpty = type === Token.BLOCK_ENTRY || type === Token.BLOCK_END
      list.push(isEmpty ? null : this.#value(true, false, entry))
    }
    const token = this.#scanner.next()
    if (token.type === Token.BLOCK_END) return list
    throw new DocumentError("did not find expected '-' indicator", token.start, {
      words: 'while parsing a block collection',
      offset: start
    })
  }

  #indentlessSequence(): Json {
    const list: Json[] = []
    while (this.#scanner.peek().type === Token.BLOCK_ENTRY) {
      const entry = this.#scanner.next().start
      const type = this.#scanner.peek().type
      list.push(type === Token.BLOCK_ENTRY || endsBlockEntry(type) ? null : this.#value(true, false, entry))
    }
    return list
  }

  #blockMapping(start: number): Json {
    const mapping = this.#begin(start)
    for (;;) {
      const token = this.#scanner.next()
      if (token.type === Token.BLOCK_END) return mapping.value
      if (token.type !== Token.KEY)
        throw new DocumentError('did not find expected key', token.start, {
          words: 'while parsing a block mapping',
          offset: start
        })
      const keyStart = this.#scanner.peek().start
      const key = endsBlockEntry(this.#scanner.peek().type) ? this.#emptyKey(token.start) : this.#key(true)
      let value: Json = null
      this.#kind = 'plain'
      if (this.#scanner.peek().type === Token.VALUE) {
        const colon = this.#scanner.next().start
        if (!endsBlockEntry(this.#scanner.peek().type)) value = this.#value(true, true, colon)
      }
      this.#put(mapping, key, value, keyStart)
    }
  }

  // --- flow collections

  #flowSequence(start: number): Json {
    const list: Json[] = []
    for (let first = true; this.#scanner.peek().type !== Token.FLOW_SEQUENCE_END; first = false) {
      if (
        !first &&
        !this.#takeFlowEntry("did not find expected ',' or ']'", 'a flow sequence', start, Token.FLOW_SEQUENCE_END)
      )
        break
      if (this.#scanner.peek().type === Token.KEY) list.push(this.#flowPair())
      else list.push(this.#value(false, false, start))
    }
    this.#scanner.next()
    return list
  }

  /** `[key: value]`: a mapping of one pair. */
  #flowPair(): Json {
    const start = this.#scanner.next().start
    const mapping = this.#begin(start)
    const type = this.#scanner.peek().type
    if (type === Token.VALUE || type === Token.FLOW_ENTRY || type === Token.FLOW_SEQUENCE_END) this.#emptyKey(start)
    const key = this.#key(false)
    this.#put(mapping, key, this.#flowValue(Token.FLOW_SEQUENCE_END), start)
    return mapping.value
  }

  #flowMapping(start: number): Json {
    const mapping = this.#begin(start)
    for (let first = true; this.#scanner.peek().type !== Token.FLOW_MAPPING_END; first = false) {
      if (
        !first &&
        !this.#takeFlowEntry("did not find expected ',' or '}'", 'a flow mapping', start, Token.FLOW_MAPPING_END)
      )
        break
      const hasKey = this.#scanner.peek().type === Token.KEY
      if (hasKey) this.#scanner.next()
      const { type, start: keyStart } = this.#scanner.peek()
      if (hasKey && (type === Token.VALUE || type === Token.FLOW_ENTRY || type === Token.FLOW_MAPPING_END))
        this.#emptyKey(keyStart)
      const key = this.#key(false)
      this.#kind = 'plain'
      const value = hasKey ? this.#flowValue(Token.FLOW_MAPPING_END) : null
      this.#put(mapping, key, value, keyStart)
    }
    this.#scanner.next()
    return mapping.value
  }

  /** Consumes the comma between two entries; false when the collection ends behind it. */
  #takeFlowEntry(problem: string, words: string, start: number, end: TokenType): boolean {
    const token = this.#scanner.peek()
    if (token.type !== Token.FLOW_ENTRY)
      throw new DocumentError(problem, token.start, { words: `while parsing ${words}`, offset: start })
    this.#scanner.next()
    return this.#scanner.peek().type !== end
  }

  #flowValue(end: TokenType): Json {
    this.#kind = 'plain'
    if (this.#scanner.peek().type !== Token.VALUE) return null
    const colon = this.#scanner.next().start
    const type = this.#scanner.peek().type
    return type === Token.FLOW_ENTRY || type === end ? null : this.#value(false, false, colon)
  }

  // --- values, keys, aliases

  #value(block: boolean, indentless: boolean, before: number): Json {
    const start = this.#scanner.peek().start
    const value = this.#node(block, indentless)
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new DocumentError(
        '.nan and .inf have no place in JSON, so Kubernetes cannot store them',
        Math.max(start, before)
      )
    return value
  }

  /** The next node as a key; `undefined` for `<<`. */
  #key(block: boolean): string | undefined {
    const start = this.#scanner.peek().start
    const value = this.#node(block, block)
    if (this.#text === '<<' && this.#kind === 'plain') return undefined
    if (typeof value === 'object' && value !== null)
      throw new DocumentError('a key must not be a list or a mapping', start)
    const key = typeof value === 'string' ? value : keyText(value, this.#text)
    if (key === undefined) throw new DocumentError('a key must be a string, a boolean or a number', start)
    return key
  }

  #emptyKey(start: number): never {
    throw new DocumentError('a key must be a string, a boolean or a number', start)
  }

  #begin(start: number): Mapping {
    const mapping = new Mapping(this.#options.rememberKeys ?? false)
    if (this.#depth <= OUTER_LEVELS) this.#options.starts.set(mapping.value, start)
    return mapping
  }

  #put(mapping: Mapping, key: string | undefined, value: Json, start: number): void {
    if (key === undefined) mapping.merge(value, this.#kind, start)
    else mapping.put(key, value, start)
  }

  #alias(token: TokenData): Json {
    this.#anchors.countNode(token.start)
    const anchor = this.#anchors.resolve(token.value, token.start)
    this.#text = anchor.text
    this.#kind = 'alias'
    return anchor.value
  }
}

const MERGE_TAG = 'tag:yaml.org,2002:merge'

function endsBlockEntry(type: TokenType): boolean {
  return type === Token.KEY || type === Token.VALUE || type === Token.BLOCK_END
}
