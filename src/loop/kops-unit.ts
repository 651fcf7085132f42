import type { Logger } from '../log.ts'
import type { KopsTargetOptions } from '../targets/kops/index.ts'
import type { DeploymentRecord, Target } from '../targets/target.ts'
import type { Opened, RunContext, Source, Unit } from './unit.ts'

/** A kops cluster, as it is declared. Paths are relative to the checkout. */
export interface KopsDeclaration {
  readonly manifests: readonly string[]
  readonly state: string
  /** Name that the manifests must have; undefined: any. */
  readonly cluster: string | undefined
  /** Undefined: the one on the PATH. */
  readonly version: string | undefined
  readonly update: KopsTargetOptions['update']
  readonly rollingUpdate: KopsTargetOptions['rollingUpdate']
  readonly validate: KopsTargetOptions['validate']
  readonly access: KopsTargetOptions['access']
  /** Milliseconds for one dry run. */
  readonly timeout: number
}

/** What a kops target is made with. The real one loads the engine when it is first used. */
export interface KopsEngine {
  /** `version` as in `KopsDeclaration`. */
  target(options: Omit<KopsTargetOptions, 'exec' | 'kops'>, version: string | undefined): Promise<Target>
  readDeployment(options: {
    checkout: string
    manifests: readonly string[]
    state: string
    cluster: string | undefined
  }): Promise<DeploymentRecord | undefined>
}

export interface KopsUnitOptions {
  readonly id: string
  readonly declared: KopsDeclaration
  readonly dependsOn: readonly string[]
  readonly engine: KopsEngine
  /** What a checkout of another commit declares for this target. */
  readonly declaredIn: (checkout: string) => Promise<KopsDeclaration>
  readonly context: Pick<RunContext, 'environment' | 'workspace' | 'repository' | 'run' | 'signal' | 'now'>
  /** Key of the run for the fingerprints that stand for secret values. */
  readonly secretKey: Buffer
  /** Where shadow stores and kubeconfigs are kept for this run. */
  readonly temporary: string
  readonly log: Logger
}

/** A cluster that kops makes. What was deployed is recorded in its state store. */
export function kopsUnit(options: KopsUnitOptions): Unit {
  const { id, declared, context } = options
  return {
    id,
    kind: 'kops',
    dependsOn: options.dependsOn,
    images: [],
    deployed: () =>
      options.engine.readDeployment({
        checkout: context.workspace,
        manifests: declared.manifests,
        state: declared.state,
        cluster: declared.cluster
      }),
    open: (source) => open(options, source)
  }
}

async function open(options: KopsUnitOptions, source: Source): Promise<Opened> {
  const { id, declared, context } = options
  // What is deployed comes from the commit that is looked at; how it is treated, and with which kops, from the present.
  const content = source.workspace === context.workspace ? declared : await options.declaredIn(source.workspace)
  const target = await options.engine.target(
    {
      id,
      environment: context.environment,
      checkout: source.workspace,
      manifests: content.manifests,
      state: declared.state,
      update: declared.update,
      rollingUpdate: declared.rollingUpdate,
      validate: declared.validate,
      access: declared.access,
      timeout: declared.timeout,
      ...(declared.cluster === undefined ? {} : { cluster: declared.cluster }),
      source: {
        ...(context.repository === undefined ? {} : { repository: context.repository }),
        ...(source.revision === undefined ? {} : { revision: source.revision }),
        ...(context.run === undefined ? {} : { run: context.run })
      },
      secretKey: options.secretKey,
      temporary: options.temporary,
      log: options.log,
      now: context.now,
      ...(context.signal ? { signal: context.signal } : {})
    },
    declared.version
  )
  return { target, reproducible: true, notes: [] }
}
