import type { Outputs } from './outputs.ts'
import type { Finished } from './session.ts'

/** Outputs that the actions for infrastructure share. */
export type InfrastructureOutput =
  | 'status'
  | 'changed'
  | 'plan-digest'
  | 'drifted'
  | 'healed'
  | 'issue-number'
  | 'report'

/** Sets what they give out; with several targets, their digests one a line, as the input takes them. */
export function infrastructureOutputs(finished: Finished, outputs: Pick<Outputs<InfrastructureOutput>, 'set'>): void {
  outputs.set('report', finished.files)
  const [issue] = finished.issues
  if (issue !== undefined) outputs.set('issue-number', issue)
  const [report] = finished.reports
  outputs.set('status', report?.status ?? 'cancelled')
  if (!report) return
  const plans = report.targets.flatMap(({ id, plan }) => (plan ? [{ id, plan }] : []))
  const changes = plans.reduce((sum, { plan }) => sum + plan.changes.length, 0)
  if (plans.length > 0) outputs.set('changed', changes > 0)
  if (report.command === 'drift') {
    const results = report.targets.flatMap(({ outcomes }) => outcomes.flatMap((outcome) => outcome.results))
    outputs.set('drifted', changes)
    outputs.set('healed', results.filter((one) => !['failed', 'skipped', 'unchanged'].includes(one.action)).length)
  }
  // A plan for drift holds more than what an approval is about.
  if (report.command === 'drift' || plans.length < report.targets.length) return
  const alone = plans.length === 1
  outputs.set(
    'plan-digest',
    plans.map(({ id, plan }) => (alone ? plan.digest : `${id}=${plan.digest}`))
  )
}

/** The output `status` of a step that failed before there was anything to report, in the words of its mode. */
export function statusOfFailure(env: NodeJS.ProcessEnv = process.env): 'failed' | 'error' {
  return env['INPUT_MODE']?.trim() === 'drift' ? 'error' : 'failed'
}
