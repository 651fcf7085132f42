import type { WorkflowRun } from '../test/platform/act.ts'
import { page, say } from './screen.ts'
import type { Event, Stage } from './stage.ts'

export class DemoFailure extends Error {
  readonly log: string | undefined
  constructor(message: string, log?: string) {
    super(message)
    this.log = log
  }
}

export interface Step {
  readonly name: string
  readonly title: string
  /** Plays the step and returns what was shown, for the table. Throws when something is not as it must be. */
  play(stage: Stage): Promise<string>
}

export const MERGE = 'merge-to-main.yml'
export const NIGHTLY = 'nightly-drift-heal.yml'

/** Runs a workflow and says what became of its jobs. */
export async function play(stage: Stage, file: string, event: Event): Promise<WorkflowRun> {
  say(`GitHub runs ${file} …`)
  const run = await stage.workflow(file, event)
  for (const [job, result] of Object.entries(run.jobs)) say(`${result === 'success' ? '✅' : '❌'} ${job}`)
  return run
}

/** Shows the last summaries that a reader of the run wants to see. */
export function summaries(run: WorkflowRun, wanted: (markdown: string) => boolean = () => true): void {
  for (const summary of run.summaries.filter((one) => wanted(one.markdown)).slice(-2))
    page(`Summary of ${summary.job}`, summary.markdown)
}

export function succeeded(run: WorkflowRun): void {
  check(run.success && Object.keys(run.jobs).length > 0, 'the run succeeded', run)
}

/** @throws DemoFailure unless it is as expected */
export function check(condition: boolean, expectation: string, run?: WorkflowRun): asserts condition {
  if (!condition) throw new DemoFailure(`expected that ${expectation}`, run?.log)
}
