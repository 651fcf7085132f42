import { GitOpsError, messageOf } from '../errors.ts'
import { setFailed } from './commands.ts'
import { log } from './log.ts'
import { saveBegun, saveEnded } from './main-state.ts'

export interface RunOptions {
  /** Called before the error is reported, to set the outputs that hold on failure too. */
  readonly onFailure?: () => void
}

/**
 * The frame of every `main.ts`: runs the action, turns what it throws into one error annotation that a person can
 * act on, and ends the process with the right code even if a socket is still open. The signal aborts when the run is
 * cancelled: GitHub sends SIGINT, 7.5 s later SIGTERM, and kills 2.5 s after that.
 */
export async function run(action: (signal: AbortSignal) => Promise<void>, options: RunOptions = {}): Promise<never> {
  saveBegun()
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => cancel(name, controller, options))
  try {
    await action(controller.signal)
  } catch (error) {
    options.onFailure?.()
    fail(error)
  }
  saveEnded()
  // exitCode is set by setFailed; a keep-alive connection must not hold the step (actions/cache does the same).
  process.exit()
}

const received = new Map<NodeJS.Signals, number>()

/** Milliseconds in which the same signal again is the same one: a terminal and the program between both pass it on. */
const SAME = 1_000

function cancel(name: 'SIGINT' | 'SIGTERM', controller: AbortController, options: RunOptions): void {
  const before = received.get(name)
  if (before !== undefined) {
    if (performance.now() - before < SAME) return
    // Who presses Ctrl-C twice does not want to wait.
    options.onFailure?.()
    process.exit(name === 'SIGINT' ? 130 : 143)
  }
  received.set(name, performance.now())
  if (!controller.signal.aborted) {
    log.warning(`The run was cancelled (${name}): ending what is under way, starting nothing more.`)
    controller.abort()
    return
  }
  // The second signal is the runner's last word before it kills: what is not done now is left to the post step.
  setTimeout(() => {
    options.onFailure?.()
    fail(new GitOpsError('The run was cancelled, and what was under way did not end in time.', { hint: CUT_OFF }))
    process.exit()
  }, LAST_MOMENT).unref()
}

/** Milliseconds after the second signal; GitHub kills 2.5 s after it. Outputs that are set by then count. */
const LAST_MOMENT = 1_500
const CUT_OFF = 'What was done stays done. Run it again: a re-run finds out what is there and goes on from it.'

/** More lines than this in one annotation are not read. */
const SHOWN = 30

/** Reports `error` as the reason the step failed: one annotation, or one per place where it names places. */
export function fail(error: unknown): void {
  if (!(error instanceof GitOpsError)) {
    setFailed(`Unexpected error, please report it: ${messageOf(error)}`)
    if (error instanceof Error && error.stack) log.info(error.stack)
    return
  }
  for (const { message, place } of error.annotations) log.error(message, place)
  if (error.annotations.length === 1) {
    // The one annotation says it all.
    if (error.hint !== undefined) log.info(error.hint)
    process.exitCode = 1
    return
  }
  const details = error.annotations.length > 0 ? [] : error.details.slice(0, SHOWN).map((line) => `- ${line}`)
  const rest = error.annotations.length > 0 ? 0 : error.details.length - details.length
  if (rest > 0) details.push(`- and ${rest} more, see the log`)
  for (const line of error.annotations.length > 0 ? [] : error.details.slice(SHOWN)) log.info(line)
  setFailed([error.message, ...details, error.hint ?? ''].filter((line) => line !== '').join('\n'))
}
