import type { Plan, TargetKind } from '../targets/plan.ts'
import type { DeploymentRecord, Outcome } from '../targets/target.ts'

/** What a run did, for the JSON report, the step summary and the drift issue: one shape for all target kinds. */
export interface RunReport {
  readonly version: 1
  readonly command: 'preview' | 'deploy' | 'drift'
  readonly environment: string
  readonly repository?: string
  readonly revision?: string
  /** Link to the run. */
  readonly run?: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly seconds: number
  readonly status: RunStatus
  readonly targets: readonly TargetReport[]
}

/**
 * deploy: succeeded, failed, cancelled, planned · drift: in-sync, drifted, healed, error, unsupported, which is neither:
 * the engine has no means to tell (`Plan.unsupported`). A run is unsupported only where all of its targets are.
 */
export type RunStatus = DeployStatus | DriftStatus
export type DeployStatus = 'succeeded' | 'failed' | 'cancelled' | 'planned'
export type DriftStatus = 'in-sync' | 'drifted' | 'healed' | 'error' | 'unsupported'

export interface TargetReport {
  readonly id: string
  readonly kind: TargetKind
  readonly status: RunStatus | 'skipped'
  readonly seconds: number
  readonly plan?: Plan
  /** Why there is no plan yet: it needs what another target gives out once it has been applied. */
  readonly pending?: string
  readonly outcomes: readonly Outcome[]
  /** What was deployed before this run. */
  readonly deployed?: DeploymentRecord
  /** Why the target could not be planned, or was skipped. */
  readonly error?: { readonly message: string; readonly hint?: string; readonly details?: readonly string[] }
}
