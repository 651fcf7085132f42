import type { Logger } from '../log.ts'
import type { Failure } from './failure.ts'

export interface RetryPolicy {
  /** Waits that many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly now: () => Date
  readonly log: Logger
  /** How long a rate limit may hold up one request, in milliseconds. */
  readonly patience: number
}

export const ATTEMPTS = 5
const FIRST_PAUSE = 1000
/** GitHub asks for at least a minute where a secondary rate limit names no time. */
const SECONDARY_LIMIT_PAUSE = 60_000

/** How long to wait before the same request can work; undefined when it never will, or not within our patience. */
export function pauseAfter(
  failure: Failure,
  attempt: number,
  policy: Pick<RetryPolicy, 'now' | 'patience'>
): number | undefined {
  if (attempt >= ATTEMPTS) return undefined
  const limit = rateLimitPause(failure, policy.now())
  if (limit !== undefined) return limit <= policy.patience ? limit : undefined
  const passing = failure.status === undefined || failure.status === 408 || failure.status >= 500
  return passing && failure.status !== 501 ? FIRST_PAUSE * 2 ** (attempt - 1) : undefined
}

/** Milliseconds until a rate limit is over; undefined when the failure is none. */
export function rateLimitPause(failure: Failure, now: Date): number | undefined {
  const { status, headers, message } = failure
  if (status !== 403 && status !== 429) return undefined
  const after = Number(headers['retry-after'])
  if (Number.isFinite(after) && headers['retry-after'] !== undefined) return Math.max(after, 1) * 1000
  // GitHub's documentation: remaining 0 means the primary limit, and its reset is in seconds since 1970.
  if (headers['x-ratelimit-remaining'] === '0')
    return Math.max(Number(headers['x-ratelimit-reset'] ?? 0) * 1000 - now.getTime(), 0) + 1000
  return status === 429 || /secondary rate limit|abuse detection/i.test(message) ? SECONDARY_LIMIT_PAUSE : undefined
}

/** True when the request may have been carried out although no good answer came: it must not simply be sent again. */
export function mayHaveWorked(failure: Failure): boolean {
  return failure.status === undefined || failure.status >= 500
}
