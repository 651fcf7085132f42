import { expect, test } from 'vitest'
import { Limiter } from '../../../../src/targets/kubernetes/client/limiter.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('lets as many through as its limit, the others in the order they came', async () => {
  const limiter = new Limiter(2, 4)
  const started: number[] = []
  const work = [0, 1, 2, 3].map(async (index) => {
    await limiter.acquire()
    started.push(index)
  })
  await Promise.all(work.slice(0, 2))
  expect(started).toEqual([0, 1])
  limiter.release()
  await work[2]
  limiter.release()
  await Promise.all(work)
  expect(started).toEqual([0, 1, 2, 3])
})

test('is halved by an overload, once a second, down to one', () => {
  const limiter = new Limiter(8, 64)
  limiter.overloaded(0)
  limiter.overloaded(10)
  limiter.overloaded(999)
  expect(limiter.limit).toBe(4)
  for (const second of [1, 2, 3, 4, 5]) limiter.overloaded(second * 1000)
  expect(limiter.limit).toBe(1)
})

test('holds back what waits until the smaller limit allows it', async () => {
  const limiter = new Limiter(4, 64)
  let started = 0
  for (let index = 0; index < 5; index++) void limiter.acquire().then(() => started++)
  await settled()
  limiter.overloaded(0)
  limiter.release()
  limiter.release()
  await settled()
  expect(started).toBe(4)
  limiter.release()
  await settled()
  expect(started).toBe(5)
})

test('grows by one for a full round of successes, up to its maximum', () => {
  const limiter = new Limiter(2, 3)
  limiter.succeeded()
  expect(limiter.limit).toBe(2)
  limiter.succeeded()
  expect(limiter.limit).toBe(3)
  for (let index = 0; index < 10; index++) limiter.succeeded()
  expect(limiter.limit).toBe(3)
})

test('stays correct for very many that wait', async () => {
  const limiter = new Limiter(3, 3)
  let active = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 5000 }, async () => {
      await limiter.acquire()
      most = Math.max(most, ++active)
      await Promise.resolve()
      active--
      limiter.release()
    })
  )
  expect(most).toBe(3)
})
