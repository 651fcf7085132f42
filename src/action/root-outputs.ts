import { WORST_FIRST } from '../report/merge.ts'
import type { Outputs } from './outputs.ts'
import type { Finished } from './session.ts'

/** Sets what the root action gives out: of several environments, the worst status. */
export function rootOutputs(finished: Finished, outputs: Outputs<'status' | 'report'>): void {
  outputs.set('report', finished.files)
  const statuses = new Set(finished.reports.map((report) => report.status))
  outputs.set('status', WORST_FIRST.find((status) => statuses.has(status)) ?? 'cancelled')
}
