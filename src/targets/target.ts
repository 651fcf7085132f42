import type { Json } from '../json.ts'
import type { Plan, Purpose, Resource, TargetKind } from './plan.ts'

/**
 * One thing that is planned and applied as a unit. Everything above the targets (preview, deploy, drift, heal,
 * reports, issues) knows only this interface, so another engine is one folder beside `kubernetes/`.
 */
export interface Target {
  readonly id: string
  readonly kind: TargetKind
  /** What applying would do. Writes nothing. `drift` also looks for what applying alone would not touch. */
  plan(purpose: Purpose): Promise<Plan>
  /**
   * Executes a plan that this same instance made, waits until what it applied is healthy, and records what was
   * deployed. Never throws for a resource that fails: that is an Outcome with `status: 'failed'`.
   */
  apply(plan: Plan, part?: HealedPart): Promise<Outcome>
  /** Deletes what the plan found to be ours and no longer declared; a phase after every target has been applied. */
  prune?(plan: Plan, part?: HealedPart): Promise<Outcome>
  /** Whether a plan for drift can be executed in part. Others are put back as a whole or not at all. */
  readonly healsInPart?: boolean
  /** Where healing remembers what it put back, in the target's own store, beside the deployment record. */
  readonly memory?: Memory
  /** What was deployed here last, from the target's own store; undefined when nothing ever was. */
  deployed(): Promise<DeploymentRecord | undefined>
  /**
   * What it gives to the targets that depend on it, by name: outputs of a root module or a stack, the path of a
   * cluster's kubeconfig. They may be secret: never logged or recorded.
   */
  outputs?(): Promise<Readonly<Record<string, string>>>
  /**
   * Names of the outputs that its declaration will have once it is applied; undefined where that cannot be told without
   * applying it. A name that is none of them is a mistake that can be told before anything is written.
   */
  declaredOutputs?(): Promise<readonly string[] | undefined>
}

/** The part of a plan for drift that healing executes. */
export interface HealedPart {
  /** Ids of the resources that are put back; no others are touched, also where they have come to differ since. */
  readonly resources: ReadonlySet<string>
  /** Fields of them that are left as they are, by path. */
  readonly except: readonly { readonly resource: Resource; readonly path: string }[]
}

/** A note that outlives the process. Anybody who may write to the store may have written it. */
export interface Memory {
  /** Undefined when there is none, or when it cannot be read. */
  read(): Promise<Json | undefined>
  write(value: Json): Promise<void>
}

export interface Outcome {
  readonly target: string
  readonly status: 'succeeded' | 'failed' | 'cancelled'
  readonly results: readonly ChangeResult[]
  readonly failure?: Failure
  readonly seconds: number
}

export interface ChangeResult {
  readonly resource: Resource
  readonly action: 'created' | 'updated' | 'replaced' | 'unchanged' | 'pruned' | 'restarted' | 'failed' | 'skipped'
  /** Why it failed or was skipped. */
  readonly message?: string
}

/** Why a target failed, told so that a person at 3 a.m. need not open the cluster. */
export interface Failure {
  readonly message: string
  readonly hint?: string
  readonly resources: readonly UnhealthyResource[]
}

export type HealthStatus = 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown'

export interface UnhealthyResource {
  readonly resource: Resource
  readonly status: HealthStatus
  /** The reason, with pod, container and exit code where there is one. */
  readonly message: string
  /** Warning events, newest last, one line each. */
  readonly events: readonly string[]
  /** Last log lines of the failing container. Untrusted text, already stripped of credentials we know. */
  readonly logs: readonly string[]
}

/** What was deployed where, when, from which commit (design §2). */
export interface DeploymentRecord {
  readonly target: string
  readonly environment: string
  /** The declaration it stands in, relative to the repository; undefined when it was deployed by inputs alone. */
  readonly declaration?: string
  /** The engine; only stores that remember targets of every engine are told. */
  readonly kind?: TargetKind
  /** `owner/name`, when known. */
  readonly repository?: string
  /** Full commit SHA; undefined when the manifests lie in no Git repository. */
  readonly revision?: string
  /** Link to the run. */
  readonly run?: string
  /** `Plan.declaredDigest` of what was applied. */
  readonly digest: string
  /** Image references by the name of the declaration, as deployed (`repository@sha256:…`). */
  readonly images: Readonly<Record<string, string>>
  /** RFC 3339. */
  readonly time: string
  readonly status: 'succeeded' | 'failed' | 'in-progress'
  /** Earlier deployments, newest first, a bounded number. */
  readonly history: readonly Omit<DeploymentRecord, 'history'>[]
}

/**
 * A second place that remembers deployments, outside the target (GitHub Deployments), so that a deleted inventory
 * is not taken for a first deploy.
 */
export interface DeploymentStore {
  read(environment: string, target: string): Promise<DeploymentRecord | undefined>
  write(record: DeploymentRecord): Promise<void>
  /** Where healing remembers what it put back in a target that keeps no memory itself. */
  memory?(environment: string, target: string): Memory
  /** Every target of an environment that it remembers. Stores that cannot tell leave it out. */
  known?(environment: string): Promise<readonly KnownTarget[]>
}

/** A target that was deployed at some time. */
export type KnownTarget = Pick<DeploymentRecord, 'target' | 'kind' | 'declaration'>
