import type { Logger } from '../log.ts'
import type { TargetKind } from '../targets/plan.ts'
import type { DeploymentRecord, DeploymentStore, Target } from '../targets/target.ts'

/** A target as the loop schedules it, before anything is rendered or connected. One implementation per engine. */
export interface Unit {
  readonly id: string
  readonly kind: TargetKind
  /** Ids of units that must succeed before this one; those that are not part of the run count as done. */
  readonly dependsOn: readonly string[]
  /** Names of the images it uses. */
  readonly images: readonly string[]
  /** What was deployed here last, read without rendering anything. */
  deployed(): Promise<DeploymentRecord | undefined>
  /** Renders what a checkout declares and binds it to the place it is deployed to. Writes nothing. */
  open(source: Source): Promise<Opened>
}

/** What a unit is rendered from. */
export interface Source {
  /** The checkout: the job's own, or that of an earlier commit. */
  readonly workspace: string
  /** The commit it holds; undefined when it is in no Git repository. */
  readonly revision?: string
  /** Image references by declared name. */
  readonly images: Readonly<Record<string, string>>
  /**
   * What a deploy recorded when it rendered the same commit. Where rendering it again gives something else, the
   * difference is not drift: it is left out of the comparison as far as it can be told apart.
   */
  readonly recorded?: DeploymentRecord
}

export interface Opened {
  readonly target: Target
  /** False when `Source.recorded` was given and rendering gave something else. */
  readonly reproducible: boolean
  /** What a reader must know about the rendering, one sentence each. */
  readonly notes: readonly string[]
}

/** Images by declared name. Asked for the same name twice, it works once. */
export interface Images {
  /** `repository@sha256:…`, built and pushed unless the registry has it already. */
  build(name: string): Promise<string>
  /** The same without building: the tag it will have stands in while no digest is known. Writes nothing. */
  foresee(name: string): Promise<string>
}

/** What every command of the loop is given. */
export interface RunContext {
  readonly environment: string
  readonly workspace: string
  /** The commit of the workspace. */
  readonly revision?: string
  /** `owner/name`. */
  readonly repository?: string
  /** Link to the run. */
  readonly run?: string
  readonly images: Images
  /** Where deployments are remembered beside the targets themselves. */
  readonly store?: DeploymentStore
  readonly log: Logger
  readonly signal?: AbortSignal
  readonly now: () => Date
}
