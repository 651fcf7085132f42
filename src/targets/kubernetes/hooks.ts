import { GitOpsError } from '../../errors.ts'
import { at } from '../../json.ts'
import type { KubernetesObject, Manifest } from '../../render/manifest.ts'
import type { ChangeResult, Failure } from '../target.ts'
import { waitFor } from './apply.ts'
import { CancelledError } from './cancel.ts'
import { redactedError } from './compare/index.ts'
import { deleteAndWait } from './delete.ts'
import { describe, refOf, resourceOf } from './describe.ts'
import { applySetId, PART_OF_LABEL } from './inventory.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { hookOf } from './order/index.ts'
import { explain } from './problems.ts'

/**
 * Runs the hooks of one level (same phase and weight) and waits until they are done. As in Helm, an older hook object
 * of the same name is deleted first when no delete policy is given, and what the policies say is deleted only when
 * the whole level has ended. An object that is neither a hook nor ours is not touched, whatever its name.
 * @returns the failure that must stop the deploy, if there is one; results are appended
 */
export async function runHooks(
  options: KubernetesTargetOptions,
  hooks: readonly Manifest[],
  deadline: number,
  results: ChangeResult[]
): Promise<Failure | undefined> {
  const { cluster } = options
  let current = hooks[0]?.object
  try {
    for (const { object } of hooks) {
      if (options.signal?.aborted) throw new CancelledError('The run was cancelled before it was started.')
      current = object
      const policies = hookOf(object)?.deletePolicies ?? []
      const live = await cluster.get(refOf(object))
      if (live) refuseForeign(options, live)
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
      message: `A hook failed: ${current ? explain(redactedError(current, error), describe(current)) : String(error)}`,
      resources: []
    }
  }
}

/** @throws GitOpsError when a hook would overwrite or delete what somebody keeps under its name */
function refuseForeign(options: KubernetesTargetOptions, live: KubernetesObject): void {
  if (hookOf(live)) return
  const { environment, id: target, namespace } = options
  if (at(live, 'metadata', 'labels', PART_OF_LABEL) === applySetId({ environment, target, namespace })) return
  throw new GitOpsError(`${describe(live)} exists and is no hook, so it is not replaced by one.`, {
    hint: 'Give the hook another name, or remove the object.'
  })
}
