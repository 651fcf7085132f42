import { randomBytes } from 'node:crypto'
import type { ChangeSetSummary } from '@aws-sdk/client-cloudformation'
import { messageOf } from '../../errors.ts'
import type { CloudFormationApi } from './api.ts'
import type { CloudFormationTargetOptions } from './options.ts'
import { deploymentOf, describeDeployment, isUnexecutedRecord, readRecord } from './record.ts'

/**
 * Remembers a deploy that executed no change set: one of the stack's policy or protection alone, or one that found
 * nothing to do. A change set that does nothing is left with the stack instead, in place of an older one of this
 * target. AWS does not let it be executed; but for a stack with nested stacks, which it lists in every change set, and
 * there executing it would leave everything as it is. What was deployed is deployed: a record that fails is a warning.
 */
export async function rememberUnexecuted(
  api: CloudFormationApi,
  options: CloudFormationTargetOptions,
  digest: string
): Promise<void> {
  try {
    const stack = await api.describeStack(options.stack)
    if (stack?.StackId === undefined || /^(?:DELETE_COMPLETE|REVIEW_IN_PROGRESS)$/.test(stack.StackStatus ?? '')) return
    const before = await api.listChangeSets(stack.StackId)
    const known = deploymentOf(before, stack, options)
    if (known?.status === 'succeeded' && known.digest === digest && known.revision === options.source.revision) return
    // Everything is as it is, so that there is nothing to do. Tags of AWS' own may not be given.
    await api.createChangeSet({
      StackName: options.stack,
      ChangeSetName: `${options.changeSetPrefix}-${randomBytes(8).toString('hex')}`,
      ChangeSetType: 'UPDATE',
      UsePreviousTemplate: true,
      Parameters: (stack.Parameters ?? []).map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true })),
      Tags: (stack.Tags ?? []).filter(({ Key }) => !Key?.startsWith('aws:')),
      NotificationARNs: stack.NotificationARNs ?? [],
      Capabilities: [...options.capabilities],
      Description: describeDeployment(options, digest, { executed: false }),
      ...(stack.RollbackConfiguration ? { RollbackConfiguration: stack.RollbackConfiguration } : {}),
      ...(options.roleArn === undefined ? {} : { RoleARN: options.roleArn })
    })
    await removeOlder(api, options, before)
  } catch (error) {
    options.log.warning(
      `The deployment of stack ${options.stack} could not be recorded with it (${messageOf(error)}): a drift check compares with the deployment before.`
    )
  }
}

/** Afterwards, so that the stack is never without a record. */
async function removeOlder(
  api: CloudFormationApi,
  options: CloudFormationTargetOptions,
  before: readonly ChangeSetSummary[]
): Promise<void> {
  for (const one of before) {
    // One that somebody executed all the same belongs to the history of the stack, and AWS deletes it no more.
    if (!isUnexecutedRecord(one) || one.ChangeSetId === undefined || one.ExecutionStatus?.startsWith('EXECUTE_'))
      continue
    const old = readRecord(one.Description)
    if (old && (old.target !== options.id || old.environment !== options.environment)) continue
    try {
      await api.deleteChangeSet(one.ChangeSetId)
    } catch (error) {
      // The newest counts, whatever is left beside it.
      options.log.warning(
        `The older record ${one.ChangeSetName} of stack ${options.stack} could not be removed (${messageOf(error)}). It is no longer read; the next deploy without changes tries again.`
      )
    }
  }
}
