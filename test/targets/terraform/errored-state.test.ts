import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { amongOthers, isUnstored, PUSH_AFTER, rescueState } from '../../../src/targets/terraform/errored-state.ts'
import { silent } from './support.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'errored-state-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function rescue(worksAt: number, alone = true) {
  const waits: number[] = []
  let attempts = 0
  const file = path.join(folder, 'kept/main.tfstate')
  const done = rescueState({
    directory: folder,
    file,
    alone,
    push: async (given) => {
      expect(readFileSync(given, 'utf8')).toBe('the state')
      attempts += 1
      return attempts >= worksAt
    },
    sleep: async (milliseconds) => void waits.push(milliseconds),
    log: silent
  })
  return { done, waits, file }
}

test('nothing is done where no state was left', async () => {
  const { done, waits } = rescue(1)
  expect(await done).toBeUndefined()
  expect(waits).toEqual([])
})

test.each([1, 2, 3])('a state that is taken at attempt %i is kept nowhere else', async (attempt) => {
  writeFileSync(path.join(folder, 'errored.tfstate'), 'the state')
  const { done, waits, file } = rescue(attempt)
  expect(await done).toEqual({ stored: true, file, ambiguous: false })
  expect(waits).toEqual(PUSH_AFTER.slice(0, attempt))
  expect(existsSync(file)).toBe(false)
  expect(existsSync(path.join(folder, 'errored.tfstate'))).toBe(false)
})

test('a state that is never taken is kept for its owner alone', async () => {
  writeFileSync(path.join(folder, 'errored.tfstate'), 'the state', { mode: 0o644 })
  const { done, waits, file } = rescue(Number.POSITIVE_INFINITY)
  expect(await done).toEqual({ stored: false, file, ambiguous: false })
  expect(waits).toEqual([...PUSH_AFTER])
  expect(readFileSync(file, 'utf8')).toBe('the state')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(existsSync(path.join(folder, 'errored.tfstate'))).toBe(false)
})

test('a state that may be that of another workspace is stored nowhere', async () => {
  writeFileSync(path.join(folder, 'errored.tfstate'), 'the state')
  const { done, waits, file } = rescue(1, false)
  expect(await done).toEqual({ stored: false, file, ambiguous: true })
  expect(waits).toEqual([])
  expect(readFileSync(file, 'utf8')).toBe('the state')
})

test('an apply knows whether it was alone in its root module at all times', async () => {
  const apply = async (directory: string, during: () => Promise<unknown>) =>
    amongOthers(directory, async (own) => {
      await during()
      return own.alone
    })
  const nothing = async () => {}
  const inner: boolean[] = []
  expect(await apply('a', async () => inner.push(await apply('a', nothing)))).toBe(false)
  expect(await apply('a', async () => inner.push(await apply('b', nothing)))).toBe(true)
  expect(inner).toEqual([false, true])
  await expect(apply('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await apply('a', nothing)).toBe(true)
})

test.each([
  ['Failed to save state', 'Error saving state: no', true],
  ['Failed to persist state to backend', '', true],
  ['Error creating queue', 'no', false]
])('%s: %s', (summary, detail, unstored) => {
  expect(isUnstored({ severity: 'error', summary, detail })).toBe(unstored)
})
