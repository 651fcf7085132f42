import { setTimeout as sleep } from 'node:timers/promises'
import { GitOpsError } from '../../errors.ts'
import { asList, asString, at } from '../../json.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
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
  await cluster.delete(ref, { propagation: 'Background', ...(uid === undefined ? {} : { uid }) })
  for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
    const live = await cluster.get(ref)
    if (!live || (uid !== undefined && asString(live.metadata['uid']) !== uid)) return
    if (now().getTime() + pause > deadline || signal?.aborted) {
      const finalizers = (asList(at(live, 'metadata', 'finalizers')) ?? []).map(String)
      throw new GitOpsError(
        `${describe(object)} was deleted but is still there${finalizers.length > 0 ? `, held by the finalizers ${finalizers.join(', ')}` : ''}.`,
        {
          hint: 'Find why it is not removed (kubectl get -o yaml); the next run goes on from here.'
        }
      )
    }
    await sleep(pause)
  }
}
