/** What cannot be read, and why; its callers know the whole text. */
export class Unreadable extends Error {}

/** Reads a text piece by piece; white space between pieces has no meaning. */
export class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** True when nothing was taken yet. */
  get atStart(): boolean {
    return this.#text.slice(0, this.#at).trim() === ''
  }

  /** What a sticky expression matches here: its first group, else all of it. Undefined where it does not match. */
  match(expression: RegExp): string | undefined {
    this.#skip()
    expression.lastIndex = this.#at
    const found = expression.exec(this.#text)
    if (found === null) return undefined
    this.#at = expression.lastIndex
    return found[1] ?? found[0]
  }

  /** True when a sticky expression matches here; nothing is taken. */
  ahead(expression: RegExp): boolean {
    this.#skip()
    expression.lastIndex = this.#at
    return expression.test(this.#text)
  }

  take(literal: string): boolean {
    this.#skip()
    if (!this.#text.startsWith(literal, this.#at)) return false
    this.#at += literal.length
    return true
  }

  /** @throws Unreadable when something else stands here */
  expect(literal: string): void {
    if (!this.take(literal)) throw this.unexpected()
  }

  /** @throws Unreadable when something is left */
  end(): void {
    this.#skip()
    if (this.#at < this.#text.length) throw this.unexpected()
  }

  unexpected(): Unreadable {
    const rest = this.#text.slice(this.#at)
    return new Unreadable(rest === '' ? 'it ends too early' : `at "${rest}"`)
  }

  #skip(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++
  }
}
