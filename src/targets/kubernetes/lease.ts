import { setTimeout as sleep } from 'node:timers/promises'
import { GitOpsError } from '../../errors.ts'
import type { JsonObject } from '../../json.ts'
import { asNumber, asString, at } from '../../json.ts'
import type { Logger } from '../../log.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { type InventoryKey, inventoryName } from './inventory.ts'

/** How far the clocks of two runners may be apart before one takes the other's lease for ended. */
const SKEW_SECONDS = 60
/** How long a holder that stopped renewing keeps others out: a crashed run frees its target after this. */
const DURATION_SECONDS = 30
const RENEW_MILLISECONDS = 10_000

export interface LeaseOptions {
  readonly cluster: Cluster
  readonly key: InventoryKey
  /** Who holds it, for the other run's message: the link to the run, or host and process. */
  readonly holder: string
  /** Epoch milliseconds until when to wait for another holder. */
  readonly deadline: number
  readonly log: Logger
  readonly now: () => Date
  readonly signal?: AbortSignal
}

/**
 * Runs `work` while holding the target's Lease, so that two runs never write to one target at the same time. The
 * signal given to `work` aborts when the lease is lost to somebody else. Credentials that may not use leases get a
 * warning instead: then only GitHub's `concurrency` keeps runs apart.
 * @throws GitOpsError naming the holder when another run still holds the lease at the deadline
 */
export async function withLease<T>(options: LeaseOptions, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
  const lost = new AbortController()
  try {
    await acquire(options)
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 403) throw error
    options.log.warning(
      `The lease of target ${options.key.target} cannot be taken (${error.message}). Two runs at the same time would not notice each other; give the deployer the verbs get, create, patch and delete on leases.coordination.k8s.io.`
    )
    return work(lost.signal)
  }
  const timer = setInterval(() => void renew(options, lost), RENEW_MILLISECONDS)
  try {
    return await work(lost.signal)
  } finally {
    clearInterval(timer)
    if (!lost.signal.aborted) await release(options)
  }
}

async function acquire(options: LeaseOptions): Promise<void> {
  let said = false
  let seen: Seen = { version: undefined, at: options.now().getTime() }
  for (;;) {
    const live = await options.cluster.get(ref(options.key))
    const version = asString(at(live, 'metadata', 'resourceVersion'))
    if (seen.version !== version) seen = { version, at: options.now().getTime() }
    if (await take(options, live, seen)) return
    if (options.signal?.aborted)
      throw new GitOpsError(`The run was cancelled while it waited for target "${options.key.target}".`)
    const holder = asString(at(live, 'spec', 'holderIdentity')) ?? 'another run'
    if (!said) options.log.info(`Target ${options.key.target} is held by ${holder}; waiting for it to finish.`)
    said = true
    if (options.now().getTime() + 1000 > options.deadline)
      throw new GitOpsError(`Target "${options.key.target}" is being written by another run: ${holder}.`, {
        hint: `Wait for that run, or cancel it. What a run that crashed held is free after ${DURATION_SECONDS} seconds.`
      })
    await sleep(1000)
  }
}

/** True when the lease is ours now. Somebody else may always be faster: then the API server refuses our write. */
async function take(options: LeaseOptions, live: KubernetesObject | undefined, seen: Seen): Promise<boolean> {
  const { cluster, key, holder } = options
  const spec: JsonObject = {
    holderIdentity: holder,
    leaseDurationSeconds: DURATION_SECONDS,
    acquireTime: microTime(options.now()),
    renewTime: microTime(options.now())
  }
  try {
    if (!live) {
      await cluster.create({
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name: inventoryName(key), namespace: key.namespace },
        spec
      })
      return true
    }
    const held = asString(at(live, 'spec', 'holderIdentity'))
    if (held && held !== holder && !expired(live, seen, options.now())) return false
    const resourceVersion = live.metadata['resourceVersion'] ?? null
    await cluster.patch(ref(key), 'merge', { metadata: { resourceVersion }, spec })
    return true
  } catch (error) {
    // 404 of a patch: it was released meanwhile. 404 of a create: there is no such namespace, and waiting brings none.
    if (error instanceof ApiError && (error.code === 409 || (live && error.code === 404))) return false
    throw error
  }
}

async function renew(options: LeaseOptions, lost: AbortController): Promise<void> {
  try {
    const live = await options.cluster.get(ref(options.key))
    if (asString(at(live, 'spec', 'holderIdentity')) !== options.holder) {
      lost.abort()
      return
    }
    await options.cluster.patch(ref(options.key), 'merge', { spec: { renewTime: microTime(options.now()) } })
  } catch (error) {
    // An API server that is away for a moment: the next renewal comes before the lease ends.
    options.log.debug(`lease of ${options.key.target} not renewed: ${String(error)}`)
  }
}

/** Best effort: what is not released ends by itself. */
async function release(options: LeaseOptions): Promise<void> {
  try {
    const live = await options.cluster.get(ref(options.key))
    const uid = asString(at(live, 'metadata', 'uid'))
    if (live && uid && asString(at(live, 'spec', 'holderIdentity')) === options.holder)
      await options.cluster.delete(ref(options.key), { uid })
  } catch (error) {
    options.log.debug(`lease of ${options.key.target} not released: ${String(error)}`)
  }
}

/** When a state of the lease was seen first, by our own clock. */
interface Seen {
  readonly version: string | undefined
  readonly at: number
}

/**
 * Whether its holder stopped renewing. The time in the lease is by the holder's clock, so it only counts where it is
 * long ago; else what counts is that nothing was renewed while we looked on.
 */
function expired(live: KubernetesObject, seen: Seen, now: Date): boolean {
  const renewed = Date.parse(asString(at(live, 'spec', 'renewTime')) ?? '')
  const duration = (asNumber(at(live, 'spec', 'leaseDurationSeconds')) ?? DURATION_SECONDS) * 1000
  if (Number.isNaN(renewed) || seen.at + duration < now.getTime()) return true
  return renewed + duration + SKEW_SECONDS * 1000 < now.getTime()
}

function ref(key: InventoryKey) {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: inventoryName(key), namespace: key.namespace }
}

/** RFC 3339 with microseconds, as the Lease API wants it. */
function microTime(time: Date): string {
  return time.toISOString().replace('Z', '000Z')
}
