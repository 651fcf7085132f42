import type { Logger } from '../../log.ts'
import type { Exec } from '../../toolchain/exec.ts'

export const ENGINES = ['auto', 'terraform', 'opentofu'] as const
export type EngineChoice = (typeof ENGINES)[number]

/** A root module in one workspace, and how it is treated. */
export interface TerraformTargetOptions {
  readonly id: string
  readonly environment: string
  /** The checkout; every path is relative to it and stays inside. */
  readonly checkout: string
  readonly directory: string
  readonly engine: EngineChoice
  /** A version or a constraint; undefined: that of the version file, else any that is there. */
  readonly version?: string
  /** Terraform's workspace; undefined: `default`, or what TF_WORKSPACE says. */
  readonly workspace?: string
  readonly variables: ReadonlyMap<string, string>
  readonly varFiles: readonly string[]
  /** `key=value`, or a file. */
  readonly backendConfig: readonly string[]
  /** Whether resources may be destroyed, also to be replaced. */
  readonly allowDestroy: boolean
  /** Milliseconds to wait for a lock that somebody else holds. */
  readonly lockTimeout: number
  readonly parallelism?: number
  /** Milliseconds for each of init, plan and apply. */
  readonly timeout: number
  /** `DeploymentRecord.digest` of what is compared with, when looking for drift. */
  readonly recordedDigest?: string
  readonly source: { readonly repository?: string; readonly revision?: string; readonly run?: string }
  /** Key of the run for the fingerprints that stand for sensitive values. */
  readonly secretKey: Buffer
  /** Where plan files and providers are kept for this run: RUNNER_TEMP. */
  readonly temporary: string
  readonly exec: Exec
  readonly log: Logger
  readonly env?: NodeJS.ProcessEnv
  readonly now?: () => Date
  /** Waits before another attempt to store a state. */
  readonly sleep?: (milliseconds: number) => Promise<void>
  readonly signal?: AbortSignal
  /** Told every sensitive value as soon as it is known, so that no log of the job shows it. */
  readonly onSecret?: (value: string) => void
}
