import { messageOf } from '../../errors.ts'
import type { CloudFormationApi } from './api.ts'
import type { Look } from './look.ts'
import type { CloudFormationTargetOptions } from './options.ts'
import { isSettingsRecord, settingsRecord } from './record.ts'
import type { Declared } from './request.ts'

/**
 * Sets what is no part of a template: the stack policy and the protection against deletion. Last, so that the policy
 * which was in force decides about the update that came before.
 */
export async function applySettings(
  api: CloudFormationApi,
  done: {
    readonly options: CloudFormationTargetOptions
    readonly declared: Declared
    readonly look: Look
    /** Whether a change set was executed, which then holds the record of this deployment. */
    readonly executed: boolean
  }
): Promise<void> {
  const { options, declared, look } = done
  const { policy, protection } = look.settings
  if (policy && declared.policy !== undefined) {
    await api.setStackPolicy(options.stack, declared.policy)
    options.log.info(`The policy of stack ${options.stack} is set.`)
  }
  if (protection && options.terminationProtection !== undefined) {
    await api.setTerminationProtection(options.stack, options.terminationProtection)
    options.log.info(
      `Stack ${options.stack} is ${options.terminationProtection ? 'protected' : 'no longer protected'} against deletion.`
    )
  }
  if (!done.executed && (policy || protection)) await remember(api, options, look)
}

/**
 * A deploy of settings alone executes no change set that could remember it. One that has nothing to do is left with the
 * stack instead: it cannot be executed, and AWS takes it away with the next update.
 */
async function remember(api: CloudFormationApi, options: CloudFormationTargetOptions, look: Look): Promise<void> {
  try {
    for (const one of await api.listChangeSets(options.stack))
      if (isSettingsRecord(one) && one.ChangeSetId !== undefined) await api.deleteChangeSet(one.ChangeSetId)
    const { stack } = look.state.state === 'ready' ? look.state : { stack: undefined }
    await api.createChangeSet({
      StackName: options.stack,
      ChangeSetName: look.input.ChangeSetName,
      ChangeSetType: 'UPDATE',
      UsePreviousTemplate: true,
      Parameters: (stack?.Parameters ?? []).map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true })),
      Tags: (stack?.Tags ?? []).filter(({ Key }) => !Key?.startsWith('aws:')),
      NotificationARNs: stack?.NotificationARNs ?? [],
      Capabilities: [...options.capabilities],
      Description: settingsRecord(look.input.Description ?? ''),
      ...(stack?.RollbackConfiguration ? { RollbackConfiguration: stack.RollbackConfiguration } : {}),
      ...(options.roleArn === undefined ? {} : { RoleARN: options.roleArn })
    })
  } catch (error) {
    options.log.warning(
      `What was set on stack ${options.stack} is set, but could not be recorded with it (${messageOf(error)}): a drift check compares with the deployment before.`
    )
  }
}
