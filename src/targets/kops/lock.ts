import { randomUUID } from 'node:crypto'
import { GitOpsError, messageOf } from '../../errors.ts'
import { asString, at, type Json, parseJson, stringifyJson } from '../../json.ts'
import type { Logger } from '../../log.ts'
import { OUR_FOLDER } from './record.ts'
import type { StateStore } from './store/state-store.ts'

/** How long a holder is believed that says nothing any more. */
export const LEASE = 10 * 60_000
/** How often a holder says that it is still there. */
const RENEWAL = 2 * 60_000

export interface Lock {
  /** @throws GitOpsError when somebody took it over: this run was thought dead, and must not go on */
  check(): void
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
  const text = () =>
    stringifyJson({ id, since, expires: new Date(now().getTime() + LEASE).toISOString(), ...options.holder })
  let version = (await store.create(key, text())) ?? (await takeOver())
  let lost = false

  const renewal = setInterval(() => void renew(), RENEWAL)
  renewal.unref()
  return {
    check() {
      if (lost)
        throw new GitOpsError(
          `The lock of the cluster "${cluster}" was taken over by another run: this one stops here.`,
          {
            hint: 'Run it again when the other one has ended.'
          }
        )
    },
    async release() {
      clearInterval(renewal)
      try {
        if (!lost) await store.remove(key, version)
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
    const expires = Date.parse(asString(at(held, 'expires')) ?? '')
    // One that cannot be read never ends by itself.
    if (expires > now().getTime()) return refuse(held)
    log.warning(`The lock of "${cluster}" is taken over: ${describe(held)} did not give it back.`)
    return (await store.replace(key, text(), found.version)) ?? refuse(undefined)
  }

  function refuse(held: Json | undefined): never {
    throw new GitOpsError(`The cluster "${cluster}" is locked by ${describe(held)}.`, {
      hint: `Nothing was written. Wait until that run has ended; a run that died loses the lock after ${LEASE / 60_000} minutes. A concurrency group for the workflow keeps runs from meeting here.`
    })
  }

  async function renew(): Promise<void> {
    try {
      const next = await store.replace(key, text(), version)
      if (next === undefined) lost = true
      else version = next
    } catch (error) {
      // Tried again before the time has run out.
      log.debug(`the lock of ${cluster} could not be renewed: ${messageOf(error)}`)
    }
  }
}

function describe(held: Json | undefined): string {
  const run = asString(at(held, 'run'))
  const since = asString(at(held, 'since'))
  return `${run === undefined ? 'another run' : `the run ${run}`}${since === undefined ? '' : ` since ${since}`}`
}

function readable(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
