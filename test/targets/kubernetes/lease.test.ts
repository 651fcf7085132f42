import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { GitOpsError, messageOf } from '../../../src/errors.ts'
import type { JsonObject } from '../../../src/json.ts'
import type { KubernetesObject } from '../../../src/render/manifest.ts'
import { ApiError, type Cluster } from '../../../src/targets/kubernetes/cluster.ts'
import { type LeaseOptions, withLease } from '../../../src/targets/kubernetes/lease.ts'
import { memoryLog } from '../../loop/doubles.ts'

// The fake clock reaches only the global timers.
vi.mock('node:timers/promises', () => ({
  setTimeout: (milliseconds: number) => new Promise((resolve) => globalThis.setTimeout(resolve, milliseconds))
}))

/** The clock of this runner. */
const START = Date.parse('2026-01-01T12:00:00Z')
let live: KubernetesObject | undefined
let writes: string[]

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  live = undefined
  writes = []
})
afterEach(() => {
  vi.useRealTimers()
})

function lease(holder: string, renewed: number, version = '1'): KubernetesObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'gitops.e.web', namespace: 'shop', resourceVersion: version, uid: 'u' },
    spec: { holderIdentity: holder, leaseDurationSeconds: 30, renewTime: new Date(renewed).toISOString() }
  }
}

function cluster(over: Partial<Cluster> = {}): Cluster {
  return {
    get: async () => live,
    create: async (object: KubernetesObject) => {
      writes.push('create')
      live = object
      return object
    },
    patch: async (_ref: unknown, _type: unknown, body: JsonObject) => {
      writes.push('patch')
      live = { ...(live ?? lease('', 0)), spec: { ...(live?.['spec'] as JsonObject), ...(body['spec'] as JsonObject) } }
      return live
    },
    delete: async () => true,
    ...over
  } as unknown as Cluster
}

type Work = (lost: AbortSignal) => Promise<string>

async function take(
  over: Partial<Cluster> = {},
  options: Partial<LeaseOptions> & { wait?: number } = {},
  work: Work = async () => 'worked'
) {
  const started = Date.now()
  const { wait = 120_000, ...rest } = options
  let ended: string | undefined
  const running = withLease(
    {
      cluster: cluster(over),
      key: { environment: 'e', target: 'web', namespace: 'shop' },
      holder: 'us',
      deadline: started + wait,
      log: memoryLog(),
      now: () => new Date(),
      ...rest
    },
    work
  ).then(
    (value) => {
      ended = value
    },
    (error: unknown) => {
      ended = messageOf(error)
    }
  )
  while (ended === undefined && Date.now() - started < 200_000) await vi.advanceTimersByTimeAsync(1000)
  await running
  return { ended, seconds: (Date.now() - started) / 1000 }
}

describe('the lease of another run', () => {
  it.each([
    ['is ahead', 45_000],
    ['is behind', -45_000]
  ])('is not taken while it is renewed, though its clock %s', async (_what, skew) => {
    live = lease('other', Date.now() + skew)
    let version = 1
    const renewing = setInterval(() => {
      live = lease('other', Date.now() + skew, String(++version))
    }, 10_000)
    const { ended } = await take()
    clearInterval(renewing)
    expect(ended).toContain('is being written by another run: other')
    expect(writes).toEqual([])
  })

  it.each([
    ['at once when it ended long ago', -600_000, 0, 2],
    ['after its time when nothing renews it', -1000, 30, 33],
    ['after its time also when its clock is ahead', 3_600_000, 30, 33]
  ])('is taken over %s', async (_what, renewed, least, most) => {
    live = lease('other', Date.now() + renewed)
    const { ended, seconds } = await take()
    expect(ended).toBe('worked')
    expect(seconds).toBeGreaterThanOrEqual(least)
    expect(seconds).toBeLessThanOrEqual(most)
  })
})

it('a namespace that is not there is an error at once, not somebody who holds the lease', async () => {
  const create = async () => {
    throw new ApiError(404, 'NotFound', 'namespaces "shop" not found')
  }
  const { ended, seconds } = await take({ create })
  expect(ended).toContain('namespaces "shop" not found')
  expect(seconds).toBeLessThan(2)
})

it.each([
  ['was done', true],
  ['was not done', false]
])('a lease whose creation got no answer, and %s, is taken all the same', async (_what, done) => {
  let tries = 0
  const create = async (object: KubernetesObject) => {
    tries++
    if (done || tries > 1) live = object
    if (tries === 1) throw new GitOpsError('The connection was lost after POST; whether it was done is not known.')
    return object
  }
  expect((await take({ create })).ended).toBe('worked')
  expect(tries).toBe(done ? 1 : 2)
})

it('a cancelled run does not blame the other one', async () => {
  live = lease('other', Date.now())
  const { ended } = await take({}, { signal: AbortSignal.abort() })
  expect(ended).toContain('The run was cancelled')
})

it('the time in which the API server was away is not held against its holder', async () => {
  live = lease('other', Date.now())
  let reads = 0
  const get = async () => {
    // The third answer comes after an outage; then the holder needs a moment, too, to renew.
    if (++reads === 3) await new Promise((resolve) => globalThis.setTimeout(resolve, 60_000))
    if (reads === 8) live = lease('other', Date.now(), '2')
    return live
  }
  const { ended } = await take({ get }, { wait: 90_000 })
  expect(ended).toContain('is being written by another run: other')
  expect(writes).toEqual([])
})

describe('while it is held', () => {
  const sleep = (seconds: number) => new Promise((resolve) => globalThis.setTimeout(resolve, seconds * 1000))

  it('it is renewed, as the very lease that was read', async () => {
    const patches: JsonObject[] = []
    const patch = async (_ref: unknown, _type: unknown, body: unknown) => {
      patches.push(body as JsonObject)
      return live ?? lease('us', 0)
    }
    const create = async () => (live = lease('us', Date.now(), '7'))
    const { ended } = await take({ patch: patch as Cluster['patch'], create }, {}, async () => {
      await sleep(35)
      return 'worked'
    })
    expect(ended).toBe('worked')
    expect(patches).toHaveLength(3)
    expect(patches[0]).toMatchObject({ metadata: { resourceVersion: '7' } })
  })

  it.each([
    ['another run that took it', () => lease('them', Date.now()), 'was taken over by them'],
    ['a person who deleted it', () => undefined, 'was deleted']
  ])('the work is stopped by %s, and told so', async (_what, next, message) => {
    const { ended } = await take({}, {}, async (lost) => {
      live = next()
      await sleep(15)
      return String(lost.reason)
    })
    expect(ended).toContain(`The lease of target "web" ${message}`)
  })

  it('who is told before it is taken can release it for us, until it was given back', async () => {
    const told: string[] = []
    const onLease: LeaseOptions['onLease'] = ({ namespace, name, holder }, held) => {
      told.push(`${namespace}/${name} ${holder} ${held} after ${writes.length} writes`)
    }
    await take({}, { onLease })
    expect(told).toEqual(['shop/gitops.e.web us true after 0 writes', 'shop/gitops.e.web us false after 1 writes'])
    told.length = 0
    live = undefined
    const away = async () => {
      throw new ApiError(503, 'ServiceUnavailable', 'away')
    }
    await take({ delete: away, create: async () => (live = lease('us', Date.now())) }, { onLease })
    expect(told).toEqual(['shop/gitops.e.web us true after 1 writes'])
  })

  it('a takeover between reading and deleting is noticed: the new holder keeps it', async () => {
    let deletions = 0
    const { ended } = await take({
      create: async () => (live = lease('us', Date.now())),
      delete: async () => {
        deletions++
        live = lease('them', Date.now(), '2')
        throw new ApiError(409, 'Conflict', 'the ResourceVersion in the precondition does not match')
      }
    })
    expect(ended).toBe('worked')
    expect(deletions).toBe(1)
  })
})
