import type { Logger } from '../log.ts'
import type { Exec } from '../toolchain/exec.ts'

/** What every engine for infrastructure is given beside its declaration. */
export interface TargetSetup {
  readonly id: string
  readonly environment: string
  /** The checkout; every path of the declaration is relative to it and stays inside. */
  readonly checkout: string
  readonly source: { readonly repository?: string; readonly revision?: string; readonly run?: string }
  /** `DeploymentRecord.digest` of what is compared with, when looking for drift. */
  readonly recordedDigest?: string
  /** Key of the run for the fingerprints that stand for secret values. */
  readonly secretKey: Buffer
  /** Where files of the run are kept: RUNNER_TEMP. */
  readonly temporary: string
  readonly exec: Exec
  readonly log: Logger
  readonly env?: NodeJS.ProcessEnv
  readonly now?: () => Date
  readonly signal?: AbortSignal
  /** Told every secret value as soon as it is known, so that no log of the job shows it. */
  readonly onSecret?: (value: string) => void
}

/** A value that another target of the same environment gives out. */
export interface OutputReference {
  readonly from: string
  readonly output: string
}

/** A value as it is declared: itself, or whose output it is. */
export type GivenValue = string | OutputReference
