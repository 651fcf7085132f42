import { mapConcurrent } from '../../concurrency.ts'
import { messageOf } from '../../errors.ts'
import { asString, at } from '../../json.ts'
import type { ChangeResult } from '../target.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { refOf, resourceOf } from './describe.ts'
import { PART_OF_LABEL } from './inventory.ts'
import { orderForPrune } from './order/index.ts'
import type { Prunable } from './prune.ts'

/** Concurrent deletions inside a level. */
const CONCURRENCY = 16
/** How often a deletion starts again because the object changes while it is looked at. */
const ATTEMPTS = 4

/**
 * Deletes what was planned, in the reverse order of applying; no level begins after one that failed. Each object is
 * read once more: it is deleted only if it is still the one that was planned and still carries the label of its set,
 * so what another target took over in the meantime stays.
 * @param setId the target's own set
 */
export async function deletePrunable(
  cluster: Cluster,
  prunable: readonly Prunable[],
  setId: string,
  signal: AbortSignal | undefined
): Promise<{ readonly results: ChangeResult[]; readonly failed: number }> {
  const results: ChangeResult[] = []
  const planned = new Map(prunable.map((one) => [one.object, one]))
  let failed = 0
  for (const level of orderForPrune(prunable.map((one) => one.object))) {
    if (signal?.aborted || failed > 0) {
      results.push(...level.map((object): ChangeResult => ({ resource: resourceOf(object), action: 'skipped' })))
      continue
    }
    const outcomes = await mapConcurrent(level, CONCURRENCY, async (object): Promise<ChangeResult> => {
      const one = planned.get(object)
      const resource = resourceOf(object)
      if (one === undefined || signal?.aborted) return { resource, action: 'skipped' }
      try {
        const message = await deleteOne(cluster, one, setId)
        // Another set's object is no deletion of ours.
        const action = message === TAKEN_OVER ? 'unchanged' : 'pruned'
        return { resource, action, ...(message === undefined ? {} : { message }) }
      } catch (error) {
        failed += 1
        return { resource, action: 'failed', message: messageOf(error) }
      }
    })
    results.push(...outcomes)
  }
  return { results, failed }
}

const TAKEN_OVER = 'not deleted: it left the set of this target meanwhile, as when another target takes it over'

/** @returns what there is to say beside that it is gone */
async function deleteOne(cluster: Cluster, one: Prunable, setId: string): Promise<string | undefined> {
  const ref = refOf(one.object)
  for (let attempt = 1; ; attempt++) {
    const live = await cluster.get(ref)
    if (!live) return 'was gone already'
    if (asString(live.metadata['uid']) !== one.uid) return 'was gone already; another object has its name'
    if (asString(at(live, 'metadata', 'labels', PART_OF_LABEL)) !== (one.set ?? setId)) return TAKEN_OVER
    const resourceVersion = asString(live.metadata['resourceVersion'])
    try {
      const gone = await cluster.delete(ref, {
        propagation: 'Background',
        uid: one.uid,
        ...(resourceVersion === undefined ? {} : { resourceVersion })
      })
      return gone ? undefined : 'was gone already'
    } catch (error) {
      // It changed between reading and deleting: look again whose it is.
      if (error instanceof ApiError && error.code === 409 && attempt < ATTEMPTS) continue
      throw error
    }
  }
}
