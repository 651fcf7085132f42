import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CancelledError, endingWith } from '../../../src/targets/kubernetes/cancel.ts'
import type { Cluster } from '../../../src/targets/kubernetes/cluster.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const REF = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' }
/** A server that never answers `get`, and always answers `version`. */
const cluster = {
  server: 'https://example.com',
  get: () => new Promise(() => {}),
  version: async () => ({ gitVersion: 'v1', major: '1', minor: '1' })
} as unknown as Cluster

test('a request that is under way when the run is cancelled has its grace, then it rejects', async () => {
  const run = new AbortController()
  const ending = endingWith(cluster, run.signal, 3000)
  let ended: unknown
  ending.get(REF).catch((error: unknown) => {
    ended = error
  })
  run.abort()
  await vi.advanceTimersByTimeAsync(2999)
  expect(ended).toBeUndefined()
  expect(await ending.version()).toMatchObject({ major: '1' })
  await vi.advanceTimersByTimeAsync(1)
  expect(ended).toBeInstanceOf(CancelledError)
  await expect(ending.version()).rejects.toThrow('The run was cancelled')
})

test('without grace it rejects at once', async () => {
  const run = new AbortController()
  const ending = endingWith(cluster, run.signal, 0)
  const waiting = ending.get(REF)
  run.abort()
  await expect(waiting).rejects.toBeInstanceOf(CancelledError)
})

test('a run that was cancelled before has the same grace', async () => {
  const ending = endingWith(cluster, AbortSignal.abort(), 1000)
  expect(await ending.version()).toMatchObject({ major: '1' })
  await vi.advanceTimersByTimeAsync(1000)
  await expect(ending.version()).rejects.toBeInstanceOf(CancelledError)
})

test('a run that cannot be cancelled needs none of it', () => {
  expect(endingWith(cluster, undefined, 0)).toBe(cluster)
})
