/**
 * Bounds how many requests are under way, and adapts (as TCP does): halved when the server says that it is
 * overloaded, grown by one for every full round of successes. Waiting requests start in the order they came.
 */
export class Limiter {
  #limit: number
  #active = 0
  #successes = 0
  #halvedAt = Number.NEGATIVE_INFINITY
  readonly #maximum: number
  readonly #waiting: (() => void)[] = []
  #next = 0

  constructor(start = 32, maximum = 64) {
    this.#limit = start
    this.#maximum = maximum
  }

  get limit(): number {
    return this.#limit
  }

  /** Waits for a slot; the caller gives it back with `release`. */
  async acquire(): Promise<void> {
    if (this.#active < this.#limit) {
      this.#active++
      return
    }
    // The slot is handed over by release(), so that nobody who comes later overtakes.
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  release(): void {
    this.#active--
    while (this.#active < this.#limit && this.#next < this.#waiting.length) {
      const start = this.#waiting[this.#next++]
      this.#active++
      start?.()
    }
    if (this.#next > 1024 || this.#next === this.#waiting.length) {
      this.#waiting.splice(0, this.#next)
      this.#next = 0
    }
  }

  succeeded(): void {
    if (this.#limit >= this.#maximum || ++this.#successes < this.#limit) return
    this.#successes = 0
    this.#limit++
  }

  /** At most once a second: the refusals of one burst are one sign, not many. */
  overloaded(now = performance.now()): void {
    this.#successes = 0
    if (now - this.#halvedAt < 1000) return
    this.#halvedAt = now
    this.#limit = Math.max(1, Math.floor(this.#limit / 2))
  }
}
