import { expect, test } from 'vitest'
import { ProviderCache } from '../../../src/targets/terraform/provider-cache.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('inits go one after the other, before what uses providers', async () => {
  const cache = new ProviderCache()
  const events: string[] = []
  const init = (name: string) =>
    cache.init(async (shared) => {
      events.push(`${name} ${shared ? 'shared' : 'own'}`)
      await turn()
      events.push(`${name} done`)
    })
  await Promise.all([
    init('one').then(() => cache.use(async () => void events.push('one in use'))),
    init('other').then(() => cache.use(async () => void events.push('other in use')))
  ])
  expect(events.slice(0, 4)).toEqual(['one shared', 'one done', 'other shared', 'other done'])
  expect(events.slice(4).sort()).toEqual(['one in use', 'other in use'])
})

test('an init beside running providers gets a folder of its own, and does not wait for them', async () => {
  const cache = new ProviderCache()
  const { promise, resolve } = Promise.withResolvers<void>()
  const running = cache.use(() => promise)
  await turn()
  expect(await cache.init(async (shared) => shared)).toBe(false)
  resolve()
  await running
  expect(await cache.init(async (shared) => shared)).toBe(true)
})

test('an init that fails keeps no other from running', async () => {
  const cache = new ProviderCache()
  await expect(cache.init(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await cache.init(async () => 'fine')).toBe('fine')
  expect(await cache.use(async () => 'used')).toBe('used')
})
