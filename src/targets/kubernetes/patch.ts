import type { JsonObject } from '../../json.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { refOf } from './describe.ts'

const MOST_ATTEMPTS = 5

/**
 * Sends a patch that holds for one version of an object. When the object changed since it was read (a controller wrote
 * its status), the patch is made anew from what the object is now.
 * @returns the API server's answer; undefined where there was nothing to patch any more
 */
export async function patchAsItIs(
  cluster: Cluster,
  read: KubernetesObject,
  make: (live: KubernetesObject) => readonly JsonObject[] | undefined,
  options: { readonly fieldManager?: string; readonly dryRun?: boolean } = {}
): Promise<KubernetesObject | undefined> {
  let live: KubernetesObject | undefined = read
  for (let attempt = 1; live; attempt++) {
    const ops = make(live)
    if (!ops) return undefined
    try {
      return await cluster.patch(refOf(live), 'json', ops, options)
    } catch (error) {
      // 422 is a "test" of the patch that does not hold, or an object that is invalid without what is removed.
      if (!(error instanceof ApiError) || (error.code !== 409 && error.code !== 422) || attempt === MOST_ATTEMPTS)
        throw error
      const now: KubernetesObject | undefined = await cluster.get(refOf(live))
      if (error.code === 422 && now && versionOf(now) === versionOf(live)) throw error
      live = now
    }
  }
  return undefined
}

function versionOf(object: KubernetesObject): unknown {
  return object.metadata['resourceVersion']
}
