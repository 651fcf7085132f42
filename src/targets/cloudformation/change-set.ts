import type { CreateChangeSetInput, DescribeChangeSetOutput, ResourceChange } from '@aws-sdk/client-cloudformation'
import { GitOpsError } from '../../errors.ts'
import type { CloudFormationApi } from './api.ts'
import { AwsError } from './aws-error.ts'
import { isAutomatic } from './changes.ts'
import { type Clock, waitFor } from './waiter.ts'

/** A change set that says what would change. */
export interface MadeChangeSet {
  readonly id: string
  readonly stackId: string
  /** Each with the logical ids of the stacks around it, outermost first. */
  readonly changes: readonly PlacedChange[]
  /** False where there is nothing to do: then it cannot be executed. */
  readonly executable: boolean
  /** AWS names no change at all, although there is one: not of a resource. */
  readonly silent: boolean
}

export interface PlacedChange {
  readonly path: readonly string[]
  readonly change: ResourceChange
}

interface Waiting {
  readonly clock: Clock
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
}

const PAUSES = [1000, 5000] as const
/** Milliseconds that taking a change set away may take: also a run that is being cancelled has these. */
const REMOVAL = 60_000

/** The words in which AWS says that there is nothing to do, as its tools know them. */
const NO_CHANGES =
  /didn.t contain changes|no updates (?:are|is) to be performed|no changes (?:to|were|are|detected)|there is nothing to (?:do|update)|submit different information/i

/** Whether AWS says that there is nothing to change. */
export function saysNoChanges(reason: string | undefined): boolean {
  return reason !== undefined && NO_CHANGES.test(reason)
}

/**
 * Makes a change set and waits until it says what would change. The caller removes it or executes it; one that failed
 * is removed here.
 * @throws AwsError, GitOpsError with AWS' own reason
 */
export async function makeChangeSet(
  api: CloudFormationApi,
  input: CreateChangeSetInput,
  waiting: Waiting
): Promise<MadeChangeSet | undefined> {
  let made: { id: string; stackId: string }
  try {
    made = await api.createChangeSet(input)
  } catch (error) {
    // Some say so at once.
    if (error instanceof AwsError && error.code === 'ValidationError' && saysNoChanges(error.message)) return undefined
    throw error
  }
  try {
    const described = await settled(api, made.id, input, waiting)
    if (described.Status === 'FAILED') {
      if (saysNoChanges(described.StatusReason)) {
        await removeChangeSet(api, made.id, waiting.clock)
        return { ...made, changes: [], executable: false, silent: false }
      }
      throw await failureOf(api, described, new Set([made.id]))
    }
    const silent = (described.Changes ?? []).length === 0
    return { ...made, changes: await allChanges(api, described, waiting), executable: true, silent }
  } catch (error) {
    await removeChangeSet(api, made.id, waiting.clock).catch(() => {})
    throw error
  }
}

/** Takes a change set away, and with it those of nested stacks, which takes AWS a while. */
export async function removeChangeSet(api: CloudFormationApi, id: string, clock: Clock): Promise<void> {
  await api.deleteChangeSet(id)
  await waitFor(
    async () => {
      const left = await api.describeChangeSet(id)
      if (left?.Status === 'DELETE_FAILED')
        throw new GitOpsError(`The change set ${left.ChangeSetName} could not be removed: ${left.StatusReason}`, {
          hint: 'Remove it by hand; it has no effect as long as nobody executes it.'
        })
      return left && left.Status !== 'DELETE_COMPLETE' ? undefined : true
    },
    {
      clock,
      deadline: clock.now() + REMOVAL,
      pauses: [200, 2000],
      timedOut: () => ({
        message: `The change set ${id} is still there a minute after it was removed.`,
        hint: 'Remove it by hand; it has no effect as long as nobody executes it.'
      })
    }
  )
}

async function settled(
  api: CloudFormationApi,
  id: string,
  input: CreateChangeSetInput,
  waiting: Waiting
): Promise<DescribeChangeSetOutput> {
  return waitFor(
    async () => {
      const now = await api.describeChangeSet(id)
      if (!now)
        throw new GitOpsError(`The change set ${input.ChangeSetName} of ${input.StackName} was removed by somebody.`, {
          hint: 'Nothing was written. Run again.'
        })
      return now.Status === 'CREATE_COMPLETE' || now.Status === 'FAILED' ? now : undefined
    },
    {
      ...waiting,
      pauses: PAUSES,
      timedOut: () => ({
        message: `AWS did not finish the change set ${input.ChangeSetName} of ${input.StackName} in time.`,
        hint: 'Nothing was written. Run again, or raise the timeout.'
      })
    }
  )
}

/** The changes of a change set and of those for its nested stacks. */
async function allChanges(
  api: CloudFormationApi,
  described: DescribeChangeSetOutput,
  waiting: Waiting,
  path: readonly string[] = []
): Promise<PlacedChange[]> {
  const all: PlacedChange[] = []
  for (const { ResourceChange: change } of described.Changes ?? []) {
    if (!change) continue
    const nested: PlacedChange[] = []
    if (change.ChangeSetId !== undefined && change.ResourceType === 'AWS::CloudFormation::Stack') {
      const inner = await waitFor(
        async () => {
          const now = await api.describeChangeSet(change.ChangeSetId ?? '')
          return !now || now.Status === 'CREATE_COMPLETE' || now.Status === 'FAILED' ? { now } : undefined
        },
        {
          ...waiting,
          pauses: PAUSES,
          timedOut: () => ({
            message: `AWS did not finish the change set of the nested stack ${change.LogicalResourceId} in time.`,
            hint: 'Nothing was written. Run again, or raise the timeout.'
          })
        }
      )
      if (inner.now)
        nested.push(...(await allChanges(api, inner.now, waiting, [...path, change.LogicalResourceId ?? ''])))
      // Every nested stack is listed; one in which nothing changes is not changed.
      if (nested.length === 0 && isAutomatic(change)) continue
    }
    // What changes in it says all there is to say of a nested stack that itself stays as it is.
    if (nested.length === 0 || !isAutomatic(change)) all.push({ path, change })
    all.push(...nested)
  }
  return all
}

/** AWS' reason for a change set that it could not make; of a nested one, the reason of that. */
async function failureOf(
  api: CloudFormationApi,
  described: DescribeChangeSetOutput,
  seen: Set<string>
): Promise<Error> {
  const reason = described.StatusReason ?? 'AWS gives no reason'
  const nested = /(arn:[\w-]+:cloudformation:\S+:changeSet\/[\w:/-]+)/.exec(reason)?.[1]
  if (nested !== undefined && !seen.has(nested)) {
    seen.add(nested)
    const inner = await api.describeChangeSet(nested)
    if (inner?.Status === 'FAILED') return failureOf(api, inner, seen)
  }
  const problems = await problemsOf(api, described.ChangeSetId ?? '')
  return new AwsError('CreateChangeSet', 'ChangeSetFailed', [reason, ...problems].join(' '))
}

/** What AWS found before it began, where it tells so. */
async function problemsOf(api: CloudFormationApi, id: string): Promise<string[]> {
  try {
    const events = await api.changeSetProblems(id)
    return events.flatMap((one) => {
      const reason = one.ValidationStatusReason ?? one.ResourceStatusReason ?? one.HookStatusReason
      if (reason === undefined) return []
      const where = [one.LogicalResourceId, one.ValidationPath].filter((text) => text !== undefined).join(' ')
      return [where === '' ? reason : `${where}: ${reason}`]
    })
  } catch {
    // Older partitions do not know the question.
    return []
  }
}
