import { describe, expect, test } from 'vitest'
import { mapConcurrent, mapFairly } from '../src/concurrency.ts'

const tick = () => new Promise((resolve) => setImmediate(resolve))

describe.each([
  [
    'mapConcurrent',
    <T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>) => mapConcurrent(items, limit, work)
  ],
  [
    'mapFairly',
    <T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>) =>
      mapFairly(items, limit, (item) => String(item).slice(0, 1), work)
  ]
])('%s', (_name, map) => {
  test('answers in the order of the items, with never more under way than the limit', async () => {
    let active = 0
    let most = 0
    const items = Array.from({ length: 25 }, (_, index) => `${index % 3}-${index}`)
    const answers = await map(items, 4, async (item) => {
      most = Math.max(most, ++active)
      await tick()
      active--
      return item
    })
    expect(answers).toEqual(items)
    expect(most).toBe(4)
  })

  test('rejects with the first rejection, and starts nothing after it', async () => {
    const started: string[] = []
    const items = ['a', 'b', 'c', 'd', 'e']
    const failing = map(items, 2, async (item) => {
      started.push(item)
      await tick()
      if (item === 'b') throw new Error('b is bad')
      await tick()
    })
    await expect(failing).rejects.toThrow('b is bad')
    await tick()
    expect(started.length).toBeLessThan(items.length)
  })

  test('has nothing to do for no items', async () => {
    expect(await map([], 4, async (item) => item)).toEqual([])
  })
})

test('what is slow takes no more places than its share while anything else waits, and all of them after that', async () => {
  const items = [
    ...Array.from({ length: 8 }, (_, n) => `slow-${n}`),
    ...Array.from({ length: 8 }, (_, n) => `fast-${n}`)
  ]
  const free: (() => void)[] = []
  let slow = 0
  let fastDone = 0
  const work = mapFairly(
    items,
    4,
    (item) => item.slice(0, 4),
    async (item) => {
      if (item.startsWith('slow')) {
        slow++
        await new Promise<void>((resolve) => free.push(resolve))
        return
      }
      expect(slow).toBeLessThanOrEqual(2)
      await tick()
      fastDone++
    }
  )
  while (fastDone < 8) await tick()
  await tick()
  expect(slow).toBe(4)
  while (free.length > 0) {
    free.shift()?.()
    await tick()
  }
  await work
  expect(slow).toBe(8)
})
