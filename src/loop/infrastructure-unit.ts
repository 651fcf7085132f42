import type { Logger } from '../log.ts'
import type { TargetKind } from '../targets/plan.ts'
import type { GivenValue, TargetSetup } from '../targets/setup.ts'
import type { DeploymentRecord, Target } from '../targets/target.ts'
import type { Exec } from '../toolchain/exec.ts'
import type { Opened, ReadOutput, RunContext, Source, Unit } from './unit.ts'

/** All that the loop knows about an engine for infrastructure; `D` is what its targets declare. */
export interface InfrastructureEngine<D> {
  readonly kind: TargetKind
  /** The values of a declaration that may be outputs of other targets. */
  values(declared: D): ReadonlyMap<string, GivenValue>
  /** What is deployed, as the commit that is looked at says; how it is treated, as the present one does. */
  combine(deployed: D, present: D): D
  /** `values` are those of `values()`, looked up; `workspace` is the job's own, for what is in no commit. */
  target(
    declared: D,
    given: { values: ReadonlyMap<string, string>; workspace: string },
    setup: TargetSetup
  ): Promise<Target>
  /** What the engine's own store says was deployed. Engines without one leave it out. */
  deployed?(declared: D, setup: DeployedSetup): Promise<DeploymentRecord | undefined>
}

/** What looking for a deployment needs. */
export type DeployedSetup = Pick<TargetSetup, 'id' | 'environment' | 'checkout' | 'log' | 'signal'>

export interface InfrastructureUnitOptions<D> {
  readonly id: string
  readonly declared: D
  readonly dependsOn: readonly string[]
  readonly engine: InfrastructureEngine<D>
  /** What a checkout of another commit declares for this target, in the file where its declaration was then. */
  readonly declaredIn: (checkout: string, file?: string) => Promise<D>
  readonly context: Pick<RunContext, 'environment' | 'workspace' | 'repository' | 'run' | 'store' | 'signal' | 'now'>
  readonly means: InfrastructureMeans
  readonly log: Logger
}

/** What the engines work with in one run. */
export interface InfrastructureMeans {
  readonly exec: Exec
  /** Key of the run for the fingerprints that stand for secret values. */
  readonly secretKey: Buffer
  /** Where files of the run are kept: RUNNER_TEMP. */
  readonly temporary: string
  /** Hides a secret value in every log and report of the run. */
  readonly onSecret: (secret: string) => void
}

/** A target that another engine than Kubernetes makes. */
export function infrastructureUnit<D>(options: InfrastructureUnitOptions<D>): Unit {
  const { id, context, engine, declared, log } = options
  const { environment, workspace, signal } = context
  const setup = { id, environment, checkout: workspace, log, ...(signal ? { signal } : {}) }
  return {
    id,
    kind: engine.kind,
    dependsOn: options.dependsOn,
    images: [],
    recordedOutside: engine.deployed === undefined,
    deployed: async () => (engine.deployed ? engine.deployed(declared, setup) : context.store?.read(environment, id)),
    open: (source) => open(options, source)
  }
}

async function open<D>(options: InfrastructureUnitOptions<D>, source: Source): Promise<Opened> {
  const { id, declared, context, engine, means } = options
  const content =
    source.workspace === context.workspace
      ? declared
      : engine.combine(await options.declaredIn(source.workspace, source.recorded?.declaration), declared)
  const values = await valuesOf(engine.values(content), source.output)
  const target = await engine.target(
    content,
    { values, workspace: context.workspace },
    {
      id,
      environment: context.environment,
      checkout: source.workspace,
      source: {
        ...(context.repository === undefined ? {} : { repository: context.repository }),
        ...(source.revision === undefined ? {} : { revision: source.revision }),
        ...(context.run === undefined ? {} : { run: context.run })
      },
      ...(source.recorded === undefined ? {} : { recordedDigest: source.recorded.digest }),
      ...means,
      log: options.log,
      now: context.now,
      ...(context.signal ? { signal: context.signal } : {})
    }
  )
  return { target, reproducible: true, notes: [] }
}

/** Values as texts, outputs of other targets looked up; in the declared order. */
export async function valuesOf(
  given: ReadonlyMap<string, GivenValue>,
  output: ReadOutput
): Promise<Map<string, string>> {
  const values = new Map<string, string>()
  for (const [name, value] of given) values.set(name, typeof value === 'string' ? value : await output(value))
  return values
}
