import type { Outputs } from './outputs.ts'
import type { Finished } from './session.ts'

type Name = 'status' | 'drifted' | 'missing' | 'unmanaged' | 'healed' | 'issue-number' | 'report'

/** Sets what a drift check gives out. */
export function driftOutputs(finished: Finished, outputs: Outputs<Name>): void {
  outputs.set('report', finished.files)
  const [issue] = finished.issues
  if (issue !== undefined) outputs.set('issue-number', issue)
  const [report] = finished.reports
  outputs.set('status', report?.status ?? 'error')
  if (!report) return
  const changes = report.targets.flatMap(({ plan }) => plan?.changes ?? [])
  outputs.set('drifted', changes.length)
  outputs.set('missing', changes.filter((change) => change.action === 'create').length)
  outputs.set('unmanaged', changes.filter((change) => change.action === 'unmanaged').length)
  const results = report.targets.flatMap(({ outcomes }) => outcomes.flatMap((outcome) => outcome.results))
  outputs.set('healed', results.filter((one) => !['failed', 'skipped', 'unchanged'].includes(one.action)).length)
}
