import { messageOf } from '../../errors.ts'
import type { Manifest } from '../../render/manifest.ts'
import type { ChangeResult, Failure } from '../target.ts'
import { refOf, waitFor } from './apply.ts'
import { deleteAndWait } from './delete.ts'
import { describe, resourceOf } from './describe.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { hookOf } from './order/index.ts'

/**
 * Runs the hooks of one level (same phase and weight) and waits until they are done. As in Helm, an older hook object
 * of the same name is deleted first when no delete policy is given, and what the policies say is deleted only when
 * the whole level has ended.
 * @returns the failure that must stop the deploy, if there is one; results are appended
 */
export async function runHooks(
  options: KubernetesTargetOptions,
  hooks: readonly Manifest[],
  deadline: number,
  results: ChangeResult[]
): Promise<Failure | undefined> {
  const { cluster } = options
  try {
    for (const { object } of hooks) {
      const policies = hookOf(object)?.deletePolicies ?? []
      const live = await cluster.get(refOf(object))
      if (live && (policies.length === 0 || policies.includes('before-hook-creation')))
        await deleteAndWait(options, live, deadline)
      await cluster.apply(object, { force: true })
      results.push({ resource: resourceOf(object), action: live ? 'replaced' : 'created' })
    }
    const failure = await waitFor(
      options,
      hooks.map((hook) => hook.object),
      deadline
    )
    const ended = failure ? 'hook-failed' : 'hook-succeeded'
    for (const { object } of hooks) {
      if (!hookOf(object)?.deletePolicies.includes(ended)) continue
      const live = await cluster.get(refOf(object))
      if (live) await deleteAndWait(options, live, deadline)
    }
    return failure && { ...failure, message: `A hook failed: ${failure.message}` }
  } catch (error) {
    return {
      message: `A hook failed: ${hooks.map((hook) => describe(hook.object)).join(', ')}: ${messageOf(error)}`,
      resources: []
    }
  }
}
