import { randomUUID } from 'node:crypto'
import { GitOpsError, messageOf } from '../../errors.ts'
import { asString, at, type Json, parseJson, stringifyJson } from '../../json.ts'
import type { Logger } from '../../log.ts'
import { timeText } from '../../moment.ts'
import { OUR_FOLDER } from './record.ts'
import type { StateStore } from './store/state-store.ts'

/** How long a holder is believed that says nothing any more. */
export const LEASE = 10 * 60_000
/** How often a holder says that it is still there. */
const RENEWAL = 2 * 60_000

export interface Lock {
  /** Aborted, with a GitOpsError, when the lock is lost: this run was thought dead, and must not go on. */
  readonly signal: AbortSignal
  release(): Promise<void>
}

export interface LockOptions {
  readonly store: StateStore
  readonly cluster: string
  /** Who we are, for whoever finds it locked. */
  readonly holder: { readonly run?: string; readonly revision?: string }
  readonly log: Logger
  readonly now: () => Date
}

/**
 * Keeps two runs from changing one cluster at once: kops itself has no lock (kubernetes/kops#5086). An object that is
 * only written where there is none; one whose holder died is taken over when its time has run out.
 * @throws GitOpsError saying who holds it
 */
export async function acquireLock(options: LockOptions): Promise<Lock> {
  const { store, cluster, log, now } = options
  const key = `${OUR_FOLDER}/${cluster}/lock.json`
  const id = randomUUID()
  const since = now().toISOString()
  let expires = 0
  const text = () => {
    expires = now().getTime() + LEASE
    return stringifyJson({ id, since, expires: new Date(expires).toISOString(), ...options.holder })
  }
  let version = (await store.create(key, text())) ?? (await takeOver())
  // Of what the store is known to hold; a renewal that failed does not count.
  let believed = expires
  let isRenewing = false
  const lost = new AbortController()

  const renewal = setInterval(() => void renew(), RENEWAL)
  renewal.unref()
  return {
    signal: lost.signal,
    async release() {
      clearInterval(renewal)
      try {
        if (!lost.signal.aborted) await store.remove(key, version)
      } catch (error) {
        log.warning(
          `The lock of "${cluster}" could not be given back; it runs out in ${LEASE / 60_000} minutes: ${messageOf(error)}`
        )
      }
    }
  }

  async function takeOver(): Promise<string> {
    const found = await store.read(key)
    if (!found) return (await store.create(key, text())) ?? refuse(undefined)
    const held = readable(found.text)
    // One that cannot be read never ends by itself: it is taken over.
    const until = Date.parse(asString(at(held, 'expires')) ?? '')
    if (until > now().getTime()) return refuse(held)
    log.warning(`The lock of "${cluster}" is taken over: ${describe(held)} did not give it back.`)
    return (await store.replace(key, text(), found.version)) ?? refuse(undefined)
  }

  function refuse(held: Json | undefined): never {
    throw new GitOpsError(`The cluster "${cluster}" is locked by ${describe(held)}.`, {
      hint: `Nothing was written. Wait until that run has ended; a run that died loses the lock after ${LEASE / 60_000} minutes. A concurrency group for the workflow keeps runs from meeting here.`
    })
  }

  async function renew(): Promise<void> {
    if (now().getTime() >= believed) return lose('could not be renewed in time')
    if (isRenewing || lost.signal.aborted) return
    isRenewing = true
    try {
      const next = await store.replace(key, text(), version)
      if (next === undefined) return lose('was taken over by another run')
      version = next
      believed = expires
    } catch (error) {
      // Tried again before the time has run out; then another run may take it over at any moment.
      if (now().getTime() + RENEWAL >= believed) return lose('could not be renewed in time')
      log.debug(`the lock of ${cluster} could not be renewed: ${messageOf(error)}`)
    } finally {
      isRenewing = false
    }
  }

  function lose(how: string): void {
    clearInterval(renewal)
    lost.abort(
      new GitOpsError(`The lock of the cluster "${cluster}" ${how}: this run stops here.`, {
        hint: 'Run it again when no other one is under way: it goes on where this one stopped.'
      })
    )
  }
}

function describe(held: Json | undefined): string {
  const run = asString(at(held, 'run'))
  const since = asString(at(held, 'since'))
  return `${run === undefined ? 'another run' : `the run ${run}`}${since === undefined ? '' : ` since ${timeText(since)}`}`
}

function readable(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
