import { expect, test } from 'vitest'
import { findCycle, topological } from '../../src/graph.ts'
import { runGraph } from '../../src/loop/schedule.ts'

function node(id: string, ...dependsOn: string[]) {
  return { id, dependsOn }
}

/** Work that takes as many turns as asked, and tells when it begins and ends. */
function recorder(failing: string[] = []) {
  const events: string[] = []
  return {
    events,
    work: async ({ id }: { id: string }) => {
      events.push(`+${id}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
      events.push(`-${id}`)
      return { ok: !failing.includes(id), value: id }
    }
  }
}

test('runs side by side what has no path between it, and in order what has', async () => {
  const { events, work } = recorder()
  await runGraph([node('web', 'settings', 'db'), node('settings'), node('db')], work)
  expect(events.slice(0, 2).sort()).toEqual(['+db', '+settings'])
  expect(events.slice(-2)).toEqual(['+web', '-web'])
})

test('a node starts as soon as what it depends on is done, not when its whole level is', async () => {
  const events: string[] = []
  let release = () => {}
  const slow = new Promise<void>((resolve) => {
    release = resolve
  })
  const done = runGraph([node('slow'), node('quick'), node('after-quick', 'quick')], async ({ id }) => {
    if (id === 'slow') await slow
    events.push(id)
    if (id === 'after-quick') release()
    return { ok: true, value: id }
  })
  await done
  expect(events).toEqual(['quick', 'after-quick', 'slow'])
})

test('blocks what depends on a failure, names the failure through any distance, and runs the rest', async () => {
  const { events, work } = recorder(['db'])
  const ran = await runGraph([node('db'), node('api', 'db'), node('web', 'api'), node('docs')], work)
  expect(events).not.toContain('+api')
  expect(ran.get('api')).toEqual({ state: 'blocked', failed: ['db'] })
  expect(ran.get('web')).toEqual({ state: 'blocked', failed: ['db'] })
  expect(ran.get('docs')).toMatchObject({ state: 'ran', ok: true })
})

test('starts nothing more after the signal, and lets what runs end', async () => {
  const controller = new AbortController()
  const events: string[] = []
  const ran = await runGraph(
    [node('a'), node('b', 'a')],
    async ({ id }) => {
      controller.abort()
      await new Promise((resolve) => setTimeout(resolve, 5))
      events.push(id)
      return { ok: true, value: id }
    },
    { signal: controller.signal }
  )
  expect(events).toEqual(['a'])
  expect(ran.get('b')).toEqual({ state: 'cancelled' })
})

test('runs no more than the limit at once', async () => {
  let now = 0
  let most = 0
  await runGraph(
    Array.from({ length: 9 }, (_, index) => node(`n${index}`)),
    async ({ id }) => {
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setTimeout(resolve, 2))
      now -= 1
      return { ok: true, value: id }
    },
    { limit: 3 }
  )
  expect(most).toBe(3)
})

test('counts a dependency outside the run as done', async () => {
  const { work } = recorder()
  const ran = await runGraph([node('web', 'elsewhere')], work)
  expect(ran.get('web')).toMatchObject({ state: 'ran', ok: true })
})

test('throws what the work throws, after everything else has ended', async () => {
  const events: string[] = []
  const run = runGraph([node('a'), node('b')], async ({ id }) => {
    if (id === 'a') throw new Error('defect')
    await new Promise((resolve) => setTimeout(resolve, 5))
    events.push(id)
    return { ok: true, value: id }
  })
  await expect(run).rejects.toThrow('defect')
  expect(events).toEqual(['b'])
})

test.each([
  [
    [node('a', 'b'), node('b', 'c'), node('c', 'b')],
    ['b', 'c']
  ],
  [[node('a', 'b'), node('b')], undefined],
  [[node('a', 'a')], ['a']],
  [[node('a', 'b', 'c'), node('b', 'd'), node('c', 'd'), node('d')], undefined]
])('finds cycles: case %#', (nodes, expected) => {
  expect(findCycle(nodes)).toEqual(expected)
})

test('orders topologically, otherwise as given', () => {
  const nodes = [node('web', 'settings'), node('docs'), node('settings')]
  expect(topological(nodes).map(({ id }) => id)).toEqual(['settings', 'web', 'docs'])
})
