import { setTimeout as sleep } from 'node:timers/promises'
import { GitOpsError } from '../../errors.ts'
import type { JsonObject } from '../../json.ts'
import { asNumber, asString, at } from '../../json.ts'
import type { Logger } from '../../log.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { CancelledError } from './cancel.ts'
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
  /** Told before the lease is taken, and when it was given back: what is needed to release it for a run that was killed. */
  readonly onLease?: LeaseListener
}

/** A lease as its holder wrote it. */
export interface HeldLease {
  readonly namespace: string
  readonly name: string
  readonly holder: string
}

export type LeaseListener = (lease: HeldLease, held: boolean) => void

/**
 * Runs `work` while holding the target's Lease, so that two runs never write to one target at the same time. The
 * signal given to `work` aborts when the lease is lost to somebody else. Credentials that may not use leases get a
 * warning instead: then only GitHub's `concurrency` keeps runs apart.
 * @throws GitOpsError naming the holder when another run still holds the lease at the deadline
 */
export async function withLease<T>(options: LeaseOptions, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
  const lost = new AbortController()
  const { holder, key } = options
  const mine: HeldLease = { namespace: key.namespace, name: inventoryName(key), holder }
  options.onLease?.(mine, true)
  try {
    await acquire(options)
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 403) throw error
    options.log.warning(
      `The lease of target ${options.key.target} cannot be taken (${error.message}). Two runs at the same time would not notice each other; give the deployer the verbs get, create, patch and delete on leases.coordination.k8s.io.`
    )
    return work(lost.signal)
  }
  let renewing = false
  const timer = setInterval(async () => {
    if (renewing) return // the API server is away, and the client waits for it
    renewing = true
    await renew(options, lost)
    renewing = false
  }, RENEW_MILLISECONDS)
  try {
    return await work(lost.signal)
  } finally {
    clearInterval(timer)
    if (lost.signal.aborted || (await release(options))) options.onLease?.(mine, false)
  }
}

async function acquire(options: LeaseOptions): Promise<void> {
  let said = false
  let seen: Seen = { version: undefined, at: options.now().getTime() }
  let looked = options.now().getTime()
  for (;;) {
    const live = await options.cluster.get(ref(options.key))
    const version = asString(at(live, 'metadata', 'resourceVersion'))
    const now = options.now().getTime()
    // While the API server was away its holder could not renew it either: that time does not count.
    if (seen.version !== version || now - looked > RENEW_MILLISECONDS) seen = { version, at: now }
    looked = now
    if (await take(options, live, seen)) return
    if (options.signal?.aborted)
      throw new CancelledError(`The run was cancelled while it waited for target "${options.key.target}".`)
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
    // The answer to a creation was lost: who holds it now says whether it was done.
    if (!live && error instanceof GitOpsError && !(error instanceof CancelledError))
      return asString(at(await cluster.get(ref(key)), 'spec', 'holderIdentity')) === holder
    // 404 of a patch: it was released meanwhile. 404 of a create: there is no such namespace, and waiting brings none.
    if (error instanceof ApiError && (error.code === 409 || (live && error.code === 404))) return false
    throw error
  }
}

async function renew(options: LeaseOptions, lost: AbortController): Promise<void> {
  try {
    const live = await options.cluster.get(ref(options.key))
    const holder = asString(at(live, 'spec', 'holderIdentity'))
    if (holder !== options.holder) {
      lost.abort(lostLease(options.key.target, holder))
      return
    }
    const resourceVersion = live?.metadata['resourceVersion'] ?? null
    const spec = { renewTime: microTime(options.now()) }
    await options.cluster.patch(ref(options.key), 'merge', { metadata: { resourceVersion }, spec })
  } catch (error) {
    // An API server that is away for a moment: the next renewal comes before the lease ends.
    options.log.debug(`lease of ${options.key.target} not renewed: ${String(error)}`)
  }
}

function lostLease(target: string, holder: string | undefined): GitOpsError {
  return new GitOpsError(
    `The lease of target "${target}" was ${holder === undefined ? 'deleted' : `taken over by ${holder}`} while this run wrote.`,
    { hint: 'This run stopped between objects. See that only one run writes at a time, then run again.' }
  )
}

/** Best effort: what is not released ends by itself. */
async function release(options: LeaseOptions): Promise<boolean> {
  const { key, holder } = options
  try {
    await releaseLease(options.cluster, { namespace: key.namespace, name: inventoryName(key), holder })
    return true
  } catch (error) {
    options.log.debug(`lease of ${key.target} not released: ${String(error)}`)
    return false
  }
}

/**
 * Deletes a lease that is still its holder's.
 * @returns false when it is gone, or somebody else's by now
 */
export async function releaseLease(cluster: Cluster, lease: HeldLease): Promise<boolean> {
  const { name, namespace, holder } = lease
  const where = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name, namespace }
  for (let attempt = 1; ; attempt++) {
    const live = await cluster.get(where)
    const uid = asString(at(live, 'metadata', 'uid'))
    const resourceVersion = asString(at(live, 'metadata', 'resourceVersion'))
    if (uid === undefined || asString(at(live, 'spec', 'holderIdentity')) !== holder) return false
    try {
      // A takeover keeps the UID: only the version says that it is still ours.
      return await cluster.delete(where, { uid, ...(resourceVersion === undefined ? {} : { resourceVersion }) })
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 409 || attempt === 3) throw error
    }
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
