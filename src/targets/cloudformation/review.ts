import type { CloudFormationApi } from './api.ts'
import type { CloudFormationTargetOptions } from './options.ts'
import type { StackState } from './status.ts'
import { type Clock, realClock, waitFor } from './waiter.ts'

/** Change sets of ours that are older than this (milliseconds) are left over of a run that was killed. */
const ABANDONED = 3_600_000

/**
 * Takes away a stack that exists only for change sets which were never executed, if none of them is left: the one that
 * a preview of a new stack brings about, or one that a killed run left behind. Change sets of others keep it.
 */
export async function removeReview(
  api: CloudFormationApi,
  options: Pick<CloudFormationTargetOptions, 'stack' | 'changeSetPrefix' | 'clock' | 'now' | 'log'>,
  before: StackState
): Promise<void> {
  // Only a stack that was not there, or was nothing but such a shell, can be one now.
  if (before.state === 'ready') return
  const stack = await api.describeStack(options.stack)
  if (stack?.StackStatus !== 'REVIEW_IN_PROGRESS' || stack.StackId === undefined) return
  const clock = options.clock ?? realClock
  const now = (options.now?.() ?? new Date()).getTime()
  for (const one of await api.listChangeSets(stack.StackId)) {
    const ours = one.ChangeSetName?.startsWith(`${options.changeSetPrefix}-`)
    const age = now - (one.CreationTime?.getTime() ?? now)
    if (ours && age > ABANDONED && one.ChangeSetId) await api.deleteChangeSet(one.ChangeSetId)
    // Somebody else is looking at it: a run beside this one, which takes it away itself, or a person.
    else if (one.Status !== 'DELETE_COMPLETE') {
      options.log.debug(`stack ${options.stack} stays: change set ${one.ChangeSetName} is not ours to remove`)
      return
    }
  }
  if ((await api.resources(stack.StackId)).length > 0) return
  await api.deleteStack(stack.StackId)
  await gone(api, stack.StackId, clock)
}

async function gone(api: CloudFormationApi, stackId: string, clock: Clock): Promise<void> {
  await waitFor(
    async () => {
      const stack = await api.describeStack(stackId)
      return !stack || stack.StackStatus === 'DELETE_COMPLETE' ? true : undefined
    },
    {
      clock,
      deadline: clock.now() + 60_000,
      pauses: [200, 2000],
      timedOut: () => ({
        message: `The empty stack ${stackId}, which a preview made, could not be removed in a minute.`,
        hint: 'Nothing is in it. The next run tries again; or delete it by hand.'
      })
    }
  )
}
