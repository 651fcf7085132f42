import type { Outputs } from './outputs.ts'
import type { Finished } from './session.ts'

type Name = 'status' | 'changed' | 'plan-digest' | 'needs-rolling-update' | 'report'

/** Sets what `kops-update` gives out. */
export function kopsOutputs(finished: Finished, outputs: Outputs<Name>): void {
  outputs.set('report', finished.files)
  const [report] = finished.reports
  outputs.set('status', report?.status ?? 'cancelled')
  const plan = report?.targets[0]?.plan
  if (!report || !plan) return
  outputs.set('changed', plan.changes.length > 0)
  outputs.set('plan-digest', plan.digest)
  const done = new Set(
    report.targets.flatMap(({ outcomes }) =>
      outcomes.flatMap(({ results }) =>
        results.filter((result) => result.action === 'restarted').map((result) => result.resource.id)
      )
    )
  )
  outputs.set(
    'needs-rolling-update',
    plan.changes.some((change) => change.action === 'restart' && !done.has(change.resource.id))
  )
}
