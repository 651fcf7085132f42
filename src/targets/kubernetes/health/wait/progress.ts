import type { Logger } from '../../../../log.ts'
import { clause } from '../status.ts'
import { safeLine } from '../text.ts'

/** What is still waited for, in the words of a reader. */
export interface Pending {
  readonly name: string
  readonly message: () => string
}

/** Up to so many objects are reported one by one when they become healthy. */
const FEW = 20
/** Quick rollouts are over before anybody wonders. */
const SILENCE_MS = 3_000
/** Objects named in a progress report. */
const SHOWN = 5

/** Says what a wait still waits for: soon after the start, then at intervals, and when single objects get there. */
export class Progress {
  readonly #log: Logger
  readonly #started: number
  readonly #interval: number
  readonly #redact: readonly string[]
  #next: number
  #lastText = ''
  #hasBegun = false
  readonly #troubled = new Set<object>()

  constructor(
    options: { readonly log: Logger; readonly started: number; readonly redact?: readonly string[] },
    interval: number
  ) {
    this.#log = options.log
    this.#started = options.started
    this.#redact = options.redact ?? []
    this.#interval = interval
    this.#next = options.started + Math.min(SILENCE_MS, interval)
  }

  begin(pending: number, seconds: number): void {
    this.#hasBegun = true
    if (pending > 0)
      this.#log.info(`Waiting up to ${seconds} s for ${pending} object${pending === 1 ? '' : 's'} to become healthy`)
  }

  reached(name: string, message: string, total: number, now: number): void {
    const line = `${name} is healthy after ${((now - this.#started) / 1000).toFixed(1)} s: ${safeLine(message, this.#redact)}`
    if (total <= FEW) this.#log.info(line)
    else this.#log.debug(line)
  }

  tick(pending: readonly Pending[], now: number): void {
    if (!this.#hasBegun || now < this.#next || pending.length === 0) return
    this.#next = now + this.#interval
    const seconds = Math.round((now - this.#started) / 1000)
    const shown = pending.slice(0, SHOWN).map((one) => `${one.name}: ${safeLine(one.message(), this.#redact)}`)
    const text = shown.join('\n')
    // The same again is worth a line only so that a reader sees that the run is alive.
    if (text === this.#lastText) this.#log.info(`Still waiting after ${seconds} s`)
    else if (shown.length === 1 && pending.length === 1) this.#log.info(`Waiting after ${seconds} s for ${text}`)
    else {
      this.#log.info(`Waiting after ${seconds} s for ${pending.length} objects:`)
      for (const line of shown) this.#log.info(`  ${line}`)
      if (pending.length > SHOWN) this.#log.info(`  and ${pending.length - SHOWN} more`)
    }
    this.#lastText = text
  }

  /** One of the sources cannot be kept up to date, or can again (undefined). Said once for all of them. */
  trouble(source: object, problem: string | undefined): void {
    const before = this.#troubled.size
    if (problem === undefined) this.#troubled.delete(source)
    else this.#troubled.add(source)
    if (before === 0 && problem !== undefined)
      this.#log.info(`The API server does not answer; the wait goes on: ${clause(problem)}`)
    if (before > 0 && this.#troubled.size === 0) this.#log.info('The API server answers again')
  }
}
