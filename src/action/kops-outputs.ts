import { type InfrastructureOutput, infrastructureOutputs } from './infrastructure-outputs.ts'
import type { Outputs } from './outputs.ts'
import type { Finished } from './session.ts'

/** Sets what `kops-update` gives out. */
export function kopsOutputs(finished: Finished, outputs: Outputs<InfrastructureOutput | 'needs-rolling-update'>): void {
  infrastructureOutputs(finished, outputs)
  const [report] = finished.reports
  const plan = report?.targets[0]?.plan
  if (!report || !plan) return
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
