import { describe, expect, test } from 'vitest'
import { AwsError } from '../../../src/targets/cloudformation/aws-error.ts'
import { Cancelled, type Clock, waitFor } from '../../../src/targets/cloudformation/waiter.ts'

/** Time that passes only when somebody sleeps. */
class FakeClock implements Clock {
  time = 0
  readonly pauses: number[] = []
  readonly #jitter: number

  constructor(jitter = 0.5) {
    this.#jitter = jitter
  }

  now(): number {
    return this.time
  }

  async sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    this.pauses.push(milliseconds)
    this.time += milliseconds
    if (signal?.aborted) throw new Error('AbortError')
  }

  random(): number {
    return this.#jitter
  }
}

function waiting(clock: FakeClock, more: { deadline?: number; signal?: AbortSignal } = {}) {
  return {
    clock,
    deadline: 60_000,
    pauses: [1000, 5000],
    timedOut: () => ({ message: 'It is still busy.', hint: 'Wait.' }),
    ...more
  } as const
}

/** Gives its answers one after another; errors are thrown. */
function looks<T>(...answers: (T | Error | undefined)[]): () => Promise<T | undefined> {
  return async () => {
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer
  }
}

const throttled = new AwsError('DescribeStacks', 'Throttling', 'Rate exceeded', 400)
const broken = new AwsError('DescribeStacks', 'InternalFailure', 'oops', 500)
const reset = new AwsError('DescribeStacks', 'ECONNRESET', 'socket hang up')

describe('waiting', () => {
  test('ends with the first thing that is seen; pauses grow up to the longest', async () => {
    const clock = new FakeClock()
    const quiet: undefined[] = Array.from({ length: 7 }, () => undefined)
    expect(await waitFor(looks<string>(...quiet, 'done'), waiting(clock))).toBe('done')
    expect(clock.pauses).toEqual([1000, 1500, 2250, 3375, 5000, 5000, 5000])
  })

  test('is jittered by a quarter in either direction', async () => {
    for (const [jitter, pause] of [
      [0, 750],
      [1, 1250]
    ] as const) {
      const clock = new FakeClock(jitter)
      await waitFor(looks(undefined, 'done'), waiting(clock))
      expect(clock.pauses).toEqual([pause])
    }
  })

  test('waits through throttling, broken answers and the network', async () => {
    const clock = new FakeClock()
    expect(await waitFor(looks<string>(throttled, broken, reset, 'done'), waiting(clock))).toBe('done')
    expect(clock.pauses).toHaveLength(3)
  })

  test('ends at once with what will not pass', async () => {
    const clock = new FakeClock()
    const denied = new AwsError('DescribeStacks', 'AccessDenied', 'no', 403)
    await expect(waitFor(looks(denied), waiting(clock))).rejects.toBe(denied)
    expect(clock.pauses).toEqual([])
  })

  test('looks a last time when time is up, and never sleeps beyond it', async () => {
    const clock = new FakeClock()
    const work = waitFor(async () => undefined, waiting(clock, { deadline: 2000 }))
    await expect(work).rejects.toMatchObject({ message: 'It is still busy.', hint: 'Wait.' })
    expect(clock.time).toBe(2000)
    const late = new FakeClock()
    expect(await waitFor(looks(undefined, undefined, 'done'), waiting(late, { deadline: 2000 }))).toBe('done')
  })

  test('says the trouble itself when time is up in the middle of it', async () => {
    const clock = new FakeClock()
    const work = waitFor(() => Promise.reject(throttled), waiting(clock, { deadline: 1500 }))
    await expect(work).rejects.toBe(throttled)
  })

  test('stops when the run is cancelled: before it looks, while it looks, while it sleeps', async () => {
    const aborted = AbortSignal.abort()
    let looked = 0
    await expect(
      waitFor(
        async () => {
          looked += 1
          return 'done'
        },
        waiting(new FakeClock(), { signal: aborted })
      )
    ).rejects.toBeInstanceOf(Cancelled)
    expect(looked).toBe(0)
    const while1 = new AbortController()
    const looking = waitFor(
      async () => {
        while1.abort()
        throw new Error('AbortError')
      },
      waiting(new FakeClock(), { signal: while1.signal })
    )
    await expect(looking).rejects.toBeInstanceOf(Cancelled)
    const while2 = new AbortController()
    const clock = new FakeClock()
    clock.sleep = async () => {
      while2.abort()
      throw new Error('AbortError')
    }
    await expect(waitFor(async () => undefined, waiting(clock, { signal: while2.signal }))).rejects.toBeInstanceOf(
      Cancelled
    )
  })
})
