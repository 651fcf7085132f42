import type { CloudFormationApi } from './api.ts'
import type { Look } from './look.ts'
import type { CloudFormationTargetOptions } from './options.ts'
import { rememberUnexecuted } from './remember.ts'
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
  if (!done.executed && (policy || protection)) await rememberUnexecuted(api, options, look.plan.declaredDigest)
}
