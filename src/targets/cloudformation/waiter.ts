import { setTimeout as sleep } from 'node:timers/promises'
import { GitOpsError } from '../../errors.ts'
import { isTransient } from './aws-error.ts'

/** Time, so that tests need none. */
export interface Clock {
  /** Milliseconds since some start. */
  now(): number
  /** Ends early, by throwing, when the signal does. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>
  /** 0 to 1: spreads calls, so that many runs do not ask in the same moment. */
  random(): number
}

export const realClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
  random: Math.random
}

/** The run was cancelled while something was waited for. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

export interface Waiting {
  readonly clock: Clock
  /** On the clock: when there is no more waiting. */
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
  /** Milliseconds before the second look, and the longest pause between two. */
  readonly pauses: readonly [first: number, longest: number]
  /** What is waited for, as it ends the sentence `… after 30 min`. Asked when time is up. */
  readonly timedOut: () => { message: string; hint: string }
}

/**
 * Looks until `look` gives something. The pauses grow and are jittered; trouble that passes (throttling, network) is
 * waited through like "not yet".
 * @throws Cancelled as soon as the signal aborts, GitOpsError when time is up, and what `look` throws
 */
export async function waitFor<T>(look: () => Promise<T | undefined>, waiting: Waiting): Promise<T> {
  const { clock, signal } = waiting
  let [pause] = waiting.pauses
  for (;;) {
    if (signal?.aborted) throw new Cancelled()
    try {
      const seen = await look()
      if (seen !== undefined) return seen
    } catch (error) {
      if (signal?.aborted) throw new Cancelled()
      if (!isTransient(error) || clock.now() >= waiting.deadline) throw error
    }
    const left = waiting.deadline - clock.now()
    if (left <= 0) {
      const { message, hint } = waiting.timedOut()
      throw new GitOpsError(message, { hint })
    }
    await pauseFor(Math.min(pause * (0.75 + clock.random() / 2), left), clock, signal)
    pause = Math.min(pause * 1.5, waiting.pauses[1])
  }
}

async function pauseFor(milliseconds: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(milliseconds, signal)
  } catch (error) {
    if (signal?.aborted) throw new Cancelled()
    throw error
  }
}
