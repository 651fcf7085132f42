import { CR, DASH, DOT, isBlankOrEnd, isBreakOrEnd, LF } from './characters.ts'

/** A place in the text of a document, and what the scanner knows there. */
export class Cursor {
  protected readonly text: string
  protected position = 0
  /** Offset of the current line's first character: the column is `position - lineStart`. */
  protected lineStart = 0
  /** The current block indentation, -1 outside of any. */
  protected indent = -1
  protected flowLevel = 0

  /** @param text without a NUL */
  constructor(text: string) {
    this.text = `${text}\0\0\0\0`
    if (text.charCodeAt(0) === 0xfeff) this.position = this.lineStart = 1
  }

  protected get column(): number {
    return this.position - this.lineStart
  }

  protected code(ahead = 0): number {
    return this.text.charCodeAt(this.position + ahead)
  }

  /** `---` or `...` at the start of a line. */
  protected atDocumentIndicator(): boolean {
    if (this.position !== this.lineStart) return false
    const code = this.code()
    return (
      (code === DASH || code === DOT) && this.code(1) === code && this.code(2) === code && isBlankOrEnd(this.code(3))
    )
  }

  /** Consumes a line break and returns what it stands for in a scalar: LS and PS are kept, all others are LF. */
  protected readBreak(): string {
    const code = this.code()
    this.position += code === CR && this.code(1) === LF ? 2 : 1
    this.lineStart = this.position
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n'
  }

  protected skipComment(): void {
    while (!isBreakOrEnd(this.code())) this.position++
  }

  /** The text that a sticky pattern matches here, consumed; empty when it does not match. */
  protected match(pattern: RegExp): string {
    pattern.lastIndex = this.position
    const text = pattern.exec(this.text)?.[0] ?? ''
    this.position += text.length
    return text
  }
}
