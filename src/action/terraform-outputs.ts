import type { Outputs } from './outputs.ts'
import type { Finished } from './session.ts'

type Name = 'status' | 'changed' | 'plan-digest' | 'report'

/** Sets what `terraform-update` gives out; with several targets, their digests one a line, as its input takes them. */
export function terraformOutputs(finished: Finished, outputs: Outputs<Name>): void {
  outputs.set('report', finished.files)
  const [report] = finished.reports
  outputs.set('status', report?.status ?? 'cancelled')
  if (!report) return
  const plans = report.targets.flatMap(({ id, plan }) => (plan ? [{ id, plan }] : []))
  outputs.set(
    'changed',
    plans.some(({ plan }) => plan.changes.length > 0)
  )
  const alone = report.targets.length === 1
  if (plans.length === report.targets.length)
    outputs.set(
      'plan-digest',
      plans.map(({ id, plan }) => (alone ? plan.digest : `${id}=${plan.digest}`))
    )
}
