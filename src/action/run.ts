import * as core from '@actions/core'
import { GitOpsError, messageOf } from '../errors.ts'
import { log } from './log.ts'

/**
 * The frame of every `main.ts`: runs the action, turns what it throws into one error annotation that a person can
 * act on, and ends the process with the right code even if a socket is still open.
 */
export async function run(action: () => Promise<void>): Promise<never> {
  try {
    await action()
  } catch (error) {
    fail(error)
  }
  // exitCode is set by core.setFailed; a keep-alive connection must not hold the step (actions/cache does the same).
  process.exit()
}

/** Reports `error` as the reason the step failed. */
export function fail(error: unknown): void {
  if (error instanceof GitOpsError) {
    for (const detail of error.details) log.info(detail)
    core.setFailed(error.hint ? `${error.message}\n${error.hint}` : error.message)
    return
  }
  core.setFailed(`Unexpected error, please report it: ${messageOf(error)}`)
  if (error instanceof Error && error.stack) log.info(error.stack)
}
