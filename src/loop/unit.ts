import type { Logger } from '../log.ts'
import type { TargetKind } from '../targets/plan.ts'
import type { OutputReference } from '../targets/setup.ts'
import type { DeploymentRecord, DeploymentStore, Target } from '../targets/target.ts'
import type { Pause } from './hold.ts'

/** A target as the loop schedules it, before anything is rendered or connected. One implementation per engine. */
export interface Unit {
  readonly id: string
  readonly kind: TargetKind
  /** Ids of units that must succeed before this one; those that are not part of the run count as done. */
  readonly dependsOn: readonly string[]
  /** Names of the images it uses. */
  readonly images: readonly string[]
  /** Whether it keeps no record of its deployments itself, so that only the store of the run knows of them. */
  readonly recordedOutside?: boolean
  /** Where it keeps that record itself, for a reader. */
  readonly home?: string
  /** A pause of healing that its declaration asks for. */
  readonly pause?: Pause
  /** What was deployed here last, read without rendering anything. */
  deployed(output: ReadOutput): Promise<DeploymentRecord | undefined>
  /** Renders what a checkout declares and binds it to the place it is deployed to. Writes nothing. */
  open(source: Source): Promise<Opened>
}

/**
 * The present value of an output of another unit.
 * @throws OutputUnknown when there is none before that unit has been applied
 * @throws GitOpsError when there is none at all
 */
export type ReadOutput = (reference: OutputReference) => Promise<string>

/** What a unit is rendered from. */
export interface Source {
  /** The checkout: the job's own, or that of an earlier commit. */
  readonly workspace: string
  /** The commit it holds; undefined when it is in no Git repository. */
  readonly revision?: string
  /** Image references by declared name. */
  readonly images: Readonly<Record<string, string>>
  readonly output: ReadOutput
  /**
   * What a deploy recorded when it rendered the same commit. Where rendering it again gives something else, the
   * difference is not drift: it is left out of the comparison as far as it can be told apart.
   */
  readonly recorded?: DeploymentRecord
  /** The plan is made as soon as this is opened: what lives may be read while it is rendered. */
  readonly planned?: 'at once'
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
  /** The file of the declaration, relative to the workspace; undefined where inputs alone say what there is. */
  readonly declaration?: string
  /** `owner/name`. */
  readonly repository?: string
  /** Link to the run. */
  readonly run?: string
  readonly images: Images
  /** Units of the environment that the run is not about, but whose outputs those it is about may use. */
  readonly others?: readonly Unit[]
  /** Secret values that came to be known; nothing of them may stand in a report. */
  readonly secrets?: ReadonlySet<string>
  /** Where deployments are remembered beside the targets themselves. */
  readonly store?: DeploymentStore
  readonly log: Logger
  readonly signal?: AbortSignal
  readonly now: () => Date
}
