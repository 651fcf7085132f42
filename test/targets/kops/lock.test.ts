import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import { acquireLock, LEASE, type Lock } from '../../../src/targets/kops/lock.ts'
import type { StateStore } from '../../../src/targets/kops/store/state-store.ts'

const KEY = 'gitops-actions/shop.example.com/lock.json'
const MINUTE = 60_000

/** A store whose next calls can be made to fail. */
class Memory implements StateStore {
  readonly objects = new Map<string, { text: string; version: string }>()
  #count = 0
  broken = false
  stuck = false

  put(key: string, text: string): string {
    this.#count += 1
    this.objects.set(key, { text, version: String(this.#count) })
    return String(this.#count)
  }
  async read(key: string) {
    return this.objects.get(key)
  }
  async create(key: string, text: string) {
    return this.objects.has(key) ? undefined : this.put(key, text)
  }
  async replace(key: string, text: string, version: string) {
    if (this.broken) throw new Error('no route to host')
    if (this.stuck) await new Promise(() => {})
    return this.objects.get(key)?.version === version ? this.put(key, text) : undefined
  }
  async remove(key: string, version: string) {
    if (this.objects.get(key)?.version === version) this.objects.delete(key)
  }
  async folders() {
    return []
  }
  async texts() {
    return []
  }
  async written() {
    return undefined
  }
}

const warnings: string[] = []
const log = {
  info() {},
  debug() {},
  warning: (text: string) => void warnings.push(text),
  error() {},
  group: <T>(_: string, work: () => Promise<T>) => work()
}
let store: Memory

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') })
  store = new Memory()
  warnings.length = 0
})
afterEach(() => vi.useRealTimers())

const acquire = (run: string): Promise<Lock> =>
  acquireLock({ store, cluster: 'shop.example.com', holder: { run }, log, now: () => new Date() })

describe('a lock', () => {
  test('is had by one run; the other is told who has it, and since when', async () => {
    const lock = await acquire('run-1')
    await expect(acquire('run-2')).rejects.toThrow(
      'The cluster "shop.example.com" is locked by the run run-1 since 2026-01-01 00:00 UTC.'
    )
    await lock.release()
    expect(store.objects.size).toBe(0)
    await (await acquire('run-2')).release()
  })

  test('is renewed as long as its holder lives', async () => {
    const lock = await acquire('run-1')
    await vi.advanceTimersByTimeAsync(5 * LEASE)
    expect(lock.signal.aborted).toBe(false)
    await expect(acquire('run-2')).rejects.toThrow('is locked by the run run-1')
    await lock.release()
    expect(store.objects.size).toBe(0)
  })

  test('of a holder that died is taken over when its time has run out, and not before', async () => {
    const died = JSON.stringify({ id: 'x', run: 'run-1', expires: new Date(Date.now() + LEASE).toISOString() })
    store.put(KEY, died)
    vi.setSystemTime(Date.now() + LEASE - 1000)
    await expect(acquire('run-2')).rejects.toThrow('is locked by the run run-1')
    vi.setSystemTime(Date.now() + 1000)
    await (await acquire('run-2')).release()
    expect(warnings).toEqual(['The lock of "shop.example.com" is taken over: the run run-1 did not give it back.'])
  })

  test('that nobody can read is taken over', async () => {
    store.put(KEY, '{')
    await (await acquire('run-2')).release()
    expect(store.objects.size).toBe(0)
  })

  test('that another run took over stops its holder at the next renewal, and is not removed by it', async () => {
    const lock = await acquire('run-1')
    store.put(KEY, '{"id":"y","run":"run-2"}')
    expect(lock.signal.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    expect(lock.signal.aborted).toBe(true)
    expect(lock.signal.reason).toBeInstanceOf(GitOpsError)
    expect(String(lock.signal.reason)).toContain('was taken over by another run: this run stops here.')
    await lock.release()
    expect(store.objects.get(KEY)?.text).toContain('run-2')
  })

  test('survives a store that cannot be reached for a while', async () => {
    const lock = await acquire('run-1')
    store.broken = true
    await vi.advanceTimersByTimeAsync(4 * MINUTE)
    store.broken = false
    await vi.advanceTimersByTimeAsync(LEASE)
    expect(lock.signal.aborted).toBe(false)
    await lock.release()
    expect(store.objects.size).toBe(0)
  })

  test('that cannot be renewed stops its holder before another run may take it over', async () => {
    const lock = await acquire('run-1')
    const expires = Date.now() + LEASE
    let stopped = Number.POSITIVE_INFINITY
    lock.signal.addEventListener('abort', () => {
      stopped = Date.now()
    })
    store.broken = true
    await vi.advanceTimersByTimeAsync(LEASE)
    expect(stopped).toBeLessThan(expires)
    expect(String(lock.signal.reason)).toContain('could not be renewed in time')
  })

  test('whose renewal gets no answer at all stops its holder, too', async () => {
    const lock = await acquire('run-1')
    store.stuck = true
    await vi.advanceTimersByTimeAsync(LEASE)
    expect(lock.signal.aborted).toBe(true)
  })
})
