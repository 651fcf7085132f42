import { setTimeout as sleep } from 'node:timers/promises'
import { GitOpsError } from '../../errors.ts'
import { asList, asString, at } from '../../json.ts'
import { groupOf, type KubernetesObject } from '../../render/manifest.ts'
import { describe, refOf } from './describe.ts'
import type { KubernetesTargetOptions } from './options.ts'

/**
 * Deletes this very object (by UID) and returns when it is gone.
 * @throws GitOpsError naming the finalizers that hold it when it is still there at the deadline
 */
export async function deleteAndWait(
  options: Pick<KubernetesTargetOptions, 'cluster' | 'signal' | 'now'>,
  object: KubernetesObject,
  deadline: number
): Promise<void> {
  const { cluster, signal } = options
  const now = options.now ?? (() => new Date())
  const ref = refOf(object)
  const uid = asString(object.metadata['uid'])
  const propagation = isUnfinishedJob(object) ? 'Foreground' : 'Background'
  await cluster.delete(ref, { propagation, ...(uid === undefined ? {} : { uid }) })
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    const live = await cluster.get(ref)
    if (!live || (uid !== undefined && asString(live.metadata['uid']) !== uid)) return
    if (now().getTime() + pause > deadline || signal?.aborted) {
      throw new GitOpsError(`${describe(object)} was deleted but is still there${heldBy(live)}.`, {
        hint: 'Find why it is not removed (kubectl get -o yaml); the next run goes on from here.'
      })
    }
    await sleep(pause)
  }
}

/** `, held by the finalizers …`; empty where nothing is known to hold an object. */
export function heldBy(live: KubernetesObject): string {
  const finalizers = (asList(at(live, 'metadata', 'finalizers')) ?? []).map(String)
  if (finalizers.includes('foregroundDeletion')) return ', because its pods have not ended yet'
  return finalizers.length > 0 ? `, held by the finalizers ${finalizers.join(', ')}` : ''
}

/**
 * A Job that still runs goes together with its pods: what comes in its place must not work beside them (two
 * migrations at once). The Job controller also counts the pods it has made by the Job's name, and waits five minutes
 * for one of them when the Job was gone before it saw it.
 */
function isUnfinishedJob(object: KubernetesObject): boolean {
  if (object.kind !== 'Job' || groupOf(object) !== 'batch') return false
  const conditions = asList(at(object, 'status', 'conditions')) ?? []
  return !conditions.some(
    (one) => (at(one, 'type') === 'Complete' || at(one, 'type') === 'Failed') && at(one, 'status') === 'True'
  )
}
