import { setTimeout as sleep } from 'node:timers/promises'
import { mapConcurrent } from '../../concurrency.ts'
import { GitOpsError, messageOf } from '../../errors.ts'
import { asString, at } from '../../json.ts'
import type { Logger } from '../../log.ts'
import type { ChangeResult } from '../target.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { heldBy } from './delete.ts'
import { describe, refOf, resourceOf } from './describe.ts'
import { PART_OF_LABEL } from './inventory.ts'
import { orderForPrune } from './order/index.ts'
import { keptBecause, type Prunable } from './prune.ts'

/** Concurrent deletions inside a level. */
const CONCURRENCY = 16
/** How often a deletion starts again because the object changes while it is looked at. */
const ATTEMPTS = 4

/** How long to wait for what was deleted to be gone; what finalizers hold takes its time. */
export interface Leaving {
  /** Milliseconds since 1970. */
  readonly deadline: number
  readonly now: () => Date
  readonly log: Logger
}

/** What became of the deletions. */
export interface Deleted {
  readonly results: ChangeResult[]
  readonly failed: number
  /** True when something stays that the plan did not keep: the inventory must not forget where it is. */
  readonly left: boolean
}

/**
 * Deletes what was planned, in the reverse order of applying; no level begins after one that failed, nor before what
 * the one before deleted is gone: whoever has to release a custom resource must still be there. Each object is read
 * once more: it is deleted only if it is still the one that was planned, still carries the label of its set, and has
 * got no owner and nothing that keeps it since, so what another target took over in the meantime stays.
 * @param setId the target's own set
 * @param leaving left out where nothing is waited for
 */
export async function deletePrunable(
  cluster: Cluster,
  prunable: readonly Prunable[],
  setId: string,
  signal: AbortSignal | undefined,
  leaving?: Leaving
): Promise<Deleted> {
  const results: ChangeResult[] = []
  const planned = new Map(prunable.map((one) => [one.object, one]))
  let failed = 0
  let left = false
  for (const level of orderForPrune(prunable.map((one) => one.object))) {
    if (signal?.aborted || failed > 0) {
      results.push(...level.map((object): ChangeResult => ({ resource: resourceOf(object), action: 'skipped' })))
      continue
    }
    const gone: Prunable[] = []
    const outcomes = await mapConcurrent(level, CONCURRENCY, async (object): Promise<ChangeResult> => {
      const one = planned.get(object)
      const resource = resourceOf(object)
      if (one === undefined || signal?.aborted) return { resource, action: 'skipped' }
      try {
        const done = await deleteOne(cluster, one, setId)
        if (done.stays === 'kept') left = true
        if (done.stays === undefined) gone.push(one)
        // Another set's object is no deletion of ours.
        const action = done.stays === undefined ? 'pruned' : 'unchanged'
        return { resource, action, ...(done.message === undefined ? {} : { message: done.message }) }
      } catch (error) {
        return { resource, action: 'failed', message: messageOf(error) }
      }
    })
    // All of a level end at the same time, however long each of them takes.
    const held = leaving ? await stillThere(cluster, gone, leaving, signal) : new Map<string, string>()
    for (const outcome of outcomes) {
      const message = held.get(outcome.resource.id)
      const result: ChangeResult = message === undefined ? outcome : { ...outcome, action: 'failed', message }
      if (result.action === 'failed') failed += 1
      results.push(result)
    }
  }
  return { results, failed, left }
}

/** Waits until deleted objects are gone; for those that are not in time, by object id, what holds them. */
async function stillThere(
  cluster: Cluster,
  gone: readonly Prunable[],
  leaving: Leaving,
  signal: AbortSignal | undefined
): Promise<Map<string, string>> {
  const held = new Map<string, string>()
  await mapConcurrent(gone, CONCURRENCY, async (one) => {
    try {
      await untilGone(cluster, one, leaving, signal)
    } catch (error) {
      held.set(resourceOf(one.object).id, messageOf(error))
    }
  })
  return held
}

/** What there is to say beside that an object is gone, and why it is not. */
interface Done {
  readonly message?: string
  /** `moved`: into another set; `kept`: still a member of this one. */
  readonly stays?: 'moved' | 'kept'
}

const TAKEN_OVER: Done = {
  message: 'not deleted: it left the set of this target meanwhile, as when another target takes it over',
  stays: 'moved'
}

async function deleteOne(cluster: Cluster, one: Prunable, setId: string): Promise<Done> {
  const ref = refOf(one.object)
  for (let attempt = 1; ; attempt++) {
    const live = await cluster.get(ref)
    if (!live) return GONE
    if (asString(live.metadata['uid']) !== one.uid) return { message: 'was gone already; another object has its name' }
    if (asString(at(live, 'metadata', 'labels', PART_OF_LABEL)) !== (one.set ?? setId)) return TAKEN_OVER
    const kept = keptBecause(live)
    if (kept !== undefined)
      return { message: `not deleted: ${kept} (which was not so when the plan was made)`, stays: 'kept' }
    const resourceVersion = asString(live.metadata['resourceVersion'])
    try {
      const gone = await cluster.delete(ref, {
        propagation: 'Background',
        uid: one.uid,
        ...(resourceVersion === undefined ? {} : { resourceVersion })
      })
      return gone ? {} : GONE
    } catch (error) {
      // It changed between reading and deleting: look again whose it is.
      if (error instanceof ApiError && error.code === 409 && attempt < ATTEMPTS) continue
      throw error
    }
  }
}

const GONE: Done = { message: 'was gone already' }

/** Milliseconds after which the log says what is waited for. */
const SILENT = 5_000

/**
 * Returns when a deleted object is gone, or the run is cancelled.
 * @throws GitOpsError naming what holds it when it is still there at the deadline
 */
async function untilGone(
  cluster: Cluster,
  { object, uid }: Prunable,
  { deadline, now, log }: Leaving,
  signal: AbortSignal | undefined
): Promise<void> {
  const told = now().getTime() + SILENT
  let silent = true
  for (let pause = 50; !signal?.aborted; pause = Math.min(pause * 2, 1000)) {
    const live = await cluster.get(refOf(object))
    if (!live || asString(live.metadata['uid']) !== uid) return
    const time = now().getTime()
    if (time + pause > deadline)
      throw new GitOpsError(
        `${describe(object)} was deleted but is still there${heldBy(live)}. Find who has to remove that (kubectl get -o yaml)`
      )
    if (silent && time > told) {
      silent = false
      log.info(`Waiting for ${describe(object)} to be gone${heldBy(live)}.`)
    }
    await sleep(pause)
  }
}
