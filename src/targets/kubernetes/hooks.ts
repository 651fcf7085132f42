import { GitOpsError } from '../../errors.ts'
import { at } from '../../json.ts'
import { groupOf, type KubernetesObject, type Manifest, objectId } from '../../render/manifest.ts'
import type { ChangeResult, Failure } from '../target.ts'
import { waitFor } from './apply.ts'
import { CancelledError } from './cancel.ts'
import { redactedError } from './compare/index.ts'
import { deleteAndWait } from './delete.ts'
import { describe, refOf, resourceOf } from './describe.ts'
import { applySetId, PART_OF_LABEL } from './inventory.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { type HookDeletePolicy, hookOf, isDefinition } from './order/index.ts'
import { explain } from './problems.ts'
import { asksToStay, isProtected } from './prune.ts'

/**
 * The hooks of one run. As in Helm, an older hook object of the same name is deleted first when no delete policy is
 * given, and those that succeeded are deleted only when all hooks of their event have ended: a Job of weight 0 works
 * with the account of weight -5. An object that is neither a hook nor ours is not touched, whatever its name.
 */
export class Hooks {
  readonly #options: KubernetesTargetOptions
  /** Epoch milliseconds. */
  readonly #deadline: number
  #ended: KubernetesObject[] = []

  constructor(options: KubernetesTargetOptions, deadline: number) {
    this.#options = options
    this.#deadline = deadline
  }

  /**
   * Runs the hooks of one level (same phase and weight) and waits until they are done.
   * @returns the failure that must stop the deploy, if there is one; results are appended
   */
  async run(hooks: readonly Manifest[], results: ChangeResult[]): Promise<Failure | undefined> {
    const objects = hooks.map((hook) => hook.object)
    let current = objects[0]
    try {
      for (const object of objects) {
        current = object
        results.push({ resource: resourceOf(object), action: await this.#start(object) })
      }
      const failure = await waitFor(this.#options, objects, this.#deadline)
      if (!failure) {
        this.#ended.push(...objects)
        return undefined
      }
      // What was cancelled has not failed: it is looked at, and made anew by the next run.
      if (!this.#options.signal?.aborted) {
        const ids = new Set(failure.resources.map((one) => one.resource.id))
        const failed = objects.filter((object) => ids.size === 0 || ids.has(objectId(object)))
        this.#ended.push(...objects.filter((object) => !failed.includes(object)))
        for (const object of failed) {
          current = object
          await this.#delete(object, 'hook-failed')
        }
      }
      return { ...failure, message: `A hook failed: ${failure.message}` }
    } catch (error) {
      return hookFailure(error, current)
    }
  }

  /** Ends an event: of its hooks that succeeded, those are deleted that ask for it, the last one first. */
  async end(of: (object: KubernetesObject) => boolean = () => true): Promise<Failure | undefined> {
    const ended = this.#ended.filter(of).reverse()
    if (ended.length === 0 || this.#options.signal?.aborted) return undefined
    this.#ended = this.#ended.filter((object) => !ended.includes(object))
    let current: KubernetesObject | undefined
    try {
      for (const object of ended) {
        current = object
        await this.#delete(object, 'hook-succeeded')
      }
      return undefined
    } catch (error) {
      return hookFailure(error, current)
    }
  }

  async #start(object: KubernetesObject): Promise<ChangeResult['action']> {
    const { cluster, signal } = this.#options
    if (signal?.aborted) throw new CancelledError('The run was cancelled before it was started.')
    const live = await cluster.get(refOf(object))
    if (live) refuseForeign(this.#options, live)
    const again = live !== undefined && isMadeAnew(object)
    if (live && again) await deleteAndWait(this.#options, live, this.#deadline)
    await cluster.apply(object, { force: true })
    return again ? 'replaced' : live ? 'updated' : 'created'
  }

  async #delete(object: KubernetesObject, policy: HookDeletePolicy): Promise<void> {
    if (!hookOf(object)?.deletePolicies.includes(policy)) return
    if (isDefinition(object) || asksToStay(object) !== undefined) return
    const live = await this.#options.cluster.get(refOf(object))
    if (live) await deleteAndWait(this.#options, live, this.#deadline)
  }
}

function hookFailure(error: unknown, current: KubernetesObject | undefined): Failure {
  const text = current ? explain(redactedError(current, error), describe(current)) : String(error)
  return { message: `A hook failed: ${text}`, resources: [] }
}

/**
 * Whether an older object of the name goes before the hook is created. What runs once does even where the policies
 * leave it out, because applied again it would not run (Helm stops there: it already exists). A definition never does,
 * as in Helm: all its objects would go with it; nor, unless it is asked for, what holds data.
 */
function isMadeAnew(object: KubernetesObject): boolean {
  if (isDefinition(object)) return false
  if (runsOnce(object)) return true
  if (asksToStay(object) !== undefined) return false
  const policies = hookOf(object)?.deletePolicies ?? []
  return policies.length === 0 ? !isProtected(object) : policies.includes('before-hook-creation')
}

function runsOnce(object: KubernetesObject): boolean {
  const group = groupOf(object)
  return (object.kind === 'Job' && group === 'batch') || (object.kind === 'Pod' && group === '')
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
