/** The words of kstatus. */
export type KStatus = 'Current' | 'InProgress' | 'Failed' | 'Terminating' | 'NotFound' | 'Unknown'

/** One of the two standard conditions: Reconciling while in progress, Stalled when failed. */
export interface KStatusCondition {
  readonly type: 'Reconciling' | 'Stalled'
  readonly status: 'True'
  readonly reason: string
  readonly message: string
}

export interface KStatusResult {
  readonly status: KStatus
  readonly message: string
  readonly conditions: readonly KStatusCondition[]
}

export function current(message: string): KStatusResult {
  return { status: 'Current', message, conditions: [] }
}

export function inProgress(reason: string, message: string): KStatusResult {
  return { status: 'InProgress', message, conditions: [{ type: 'Reconciling', status: 'True', reason, message }] }
}

export function failed(reason: string, message: string): KStatusResult {
  return { status: 'Failed', message, conditions: [{ type: 'Stalled', status: 'True', reason, message }] }
}
