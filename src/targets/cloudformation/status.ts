import type { Stack } from '@aws-sdk/client-cloudformation'
import { GitOpsError } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import { timeText } from '../../moment.ts'
import type { CloudFormationApi } from './api.ts'
import { type Clock, waitFor } from './waiter.ts'

/** How a stack can be changed now. `review`: it is only the shell of change sets that were never executed. */
export type StackState =
  | { readonly state: 'absent' }
  | { readonly state: 'review'; readonly stack: Stack }
  | { readonly state: 'ready'; readonly stack: Stack }

export interface StackWaiting {
  readonly clock: Clock
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
  readonly log: Logger
  /** Beginning of our change sets' names. */
  readonly prefix: string
}

const PAUSES = [2000, 15_000] as const

/**
 * Waits until nothing is under way in the stack any more, whoever began it: an operation of a run of ours that was cut
 * off goes on in AWS, and this run continues after it.
 * @throws GitOpsError for a stack that nothing can be done with, and when it takes too long
 */
export async function settledStack(api: CloudFormationApi, name: string, waiting: StackWaiting): Promise<StackState> {
  let said = false
  let last: Stack | undefined
  const settled = await waitFor<{ stack: Stack | undefined }>(
    async () => {
      const stack = await api.describeStack(name)
      last = stack
      if (!stack || !isBusy(stack)) return { stack }
      if (!said) {
        said = true
        waiting.log.info(`${await underWay(api, stack, waiting.prefix)} Waiting for its end.`)
      }
      return undefined
    },
    {
      ...waiting,
      pauses: PAUSES,
      timedOut: () => ({
        message: `Stack ${name} is still ${last?.StackStatus ?? 'busy'}, and time is up.`,
        hint: 'Somebody else works on it. Wait for that (its events in the console say what it waits for), or raise the timeout.'
      })
    }
  )
  return stateOf(settled.stack, name)
}

/** @throws GitOpsError for a stack that nothing can be done with */
function stateOf(stack: Stack | undefined, name: string): StackState {
  if (!stack || stack.StackStatus === 'DELETE_COMPLETE') return { state: 'absent' }
  if (stack.StackStatus === 'REVIEW_IN_PROGRESS') return { state: 'review', stack }
  const dead = DEAD[stack.StackStatus ?? '']
  if (!dead) return { state: 'ready', stack }
  const reason = stack.StackStatusReason ? ` (${stack.StackStatusReason})` : ''
  throw new GitOpsError(`Stack ${name} is ${stack.StackStatus}${reason}: ${dead.what}`, {
    hint: dead.hint.replaceAll('{stack}', name)
  })
}

/** States out of which no change set leads. */
const DEAD: Readonly<Record<string, { what: string; hint: string }>> = {
  ROLLBACK_COMPLETE: {
    what: 'its creation failed and was undone, and AWS lets such a stack only be deleted.',
    hint: 'Nothing was written. Delete what is left of it (aws cloudformation delete-stack --stack-name {stack}), then run again. With on-failure: delete, a stack that cannot be created is deleted at once.'
  },
  ROLLBACK_FAILED: {
    what: 'its creation failed, and so did undoing that.',
    hint: 'Nothing was written. Its events name the resources that could not be deleted. Delete the stack (aws cloudformation delete-stack --stack-name {stack}, with --retain-resources for those), then run again.'
  },
  UPDATE_ROLLBACK_FAILED: {
    what: 'an update failed, and so did undoing it.',
    hint: 'Nothing was written. Its events name the resources that stand in the way. Mend them, then: aws cloudformation continue-update-rollback --stack-name {stack} (with --resources-to-skip where nothing can be mended), and run again.'
  },
  DELETE_FAILED: {
    what: 'somebody deleted it, and some of its resources could not be deleted.',
    hint: 'Nothing was written. Delete it for good (aws cloudformation delete-stack --stack-name {stack}, with --retain-resources for those that are to stay), then run again: it is made anew.'
  },
  IMPORT_ROLLBACK_FAILED: {
    what: 'an import failed, and so did undoing it.',
    hint: 'Nothing was written. Mend what its events name, then: aws cloudformation continue-update-rollback --stack-name {stack}, and run again.'
  }
}

export function isBusy(stack: Stack): boolean {
  return /_IN_PROGRESS$/.test(stack.StackStatus ?? '') && stack.StackStatus !== 'REVIEW_IN_PROGRESS'
}

/** Who does what to the stack, as far as it tells. */
async function underWay(api: CloudFormationApi, stack: Stack, prefix: string): Promise<string> {
  const since = stack.LastUpdatedTime ?? stack.CreationTime
  const status = `Stack ${stack.StackName} is ${stack.StackStatus}${since ? ` (since ${timeText(since)})` : ''}`
  try {
    const sets = await api.listChangeSets(stack.StackId ?? stack.StackName ?? '')
    const running = sets.find((one) => one.ExecutionStatus === 'EXECUTE_IN_PROGRESS')
    if (!running) return `${status}: somebody else works on it.`
    return running.ChangeSetName?.startsWith(prefix)
      ? `${status}: an earlier run of this suite began that (change set ${running.ChangeSetName}).`
      : `${status}: somebody else executes the change set ${running.ChangeSetName}.`
  } catch {
    return `${status}.`
  }
}
