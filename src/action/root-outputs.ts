import type { RunStatus } from '../report/report.ts'
import type { Outputs } from './outputs.ts'
import type { Finished } from './session.ts'

/** From the one that wants most attention to the one that wants none. */
const WORST_FIRST: readonly RunStatus[] = [
  'failed',
  'error',
  'cancelled',
  'drifted',
  'healed',
  'unsupported',
  'planned',
  'succeeded',
  'in-sync'
]

/** Sets what the root action gives out: of several environments, the worst status. */
export function rootOutputs(finished: Finished, outputs: Outputs<'status' | 'report'>): void {
  outputs.set('report', finished.files)
  const statuses = new Set(finished.reports.map((report) => report.status))
  outputs.set('status', WORST_FIRST.find((status) => statuses.has(status)) ?? 'cancelled')
}
