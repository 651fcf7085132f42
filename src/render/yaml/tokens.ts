/** The tokens of libyaml that kubectl's streams can hold. */
export const Token = {
  STREAM_END: 0,
  DIRECTIVE: 1,
  DOCUMENT_START: 2,
  DOCUMENT_END: 3,
  BLOCK_SEQUENCE_START: 4,
  BLOCK_MAPPING_START: 5,
  BLOCK_END: 6,
  FLOW_SEQUENCE_START: 7,
  FLOW_SEQUENCE_END: 8,
  FLOW_MAPPING_START: 9,
  FLOW_MAPPING_END: 10,
  BLOCK_ENTRY: 11,
  FLOW_ENTRY: 12,
  KEY: 13,
  VALUE: 14,
  ALIAS: 15,
  ANCHOR: 16,
  TAG: 17,
  PLAIN: 18,
  QUOTED: 19
} as const

export type TokenType = (typeof Token)[keyof typeof Token]

export interface TokenData {
  readonly type: TokenType
  /** Offset of its first character. */
  readonly start: number
  /** The decoded scalar, the name of an anchor or alias, the full tag; else empty. */
  readonly value: string
}

/** What is wrong with a document, at an offset of its text. Holds no value of the document: it may be a Secret's. */
export class DocumentError extends Error {
  readonly offset: number
  /** Where the thing began that was being read, or the other one of two that clash. */
  readonly context: { readonly words: string; readonly offset: number } | undefined

  constructor(message: string, offset: number, context?: { words: string; offset: number }) {
    super(message)
    this.offset = offset
    this.context = context
  }
}
