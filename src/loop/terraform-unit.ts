import type { Logger } from '../log.ts'
import type { Target } from '../targets/target.ts'
import type { EngineChoice, TerraformTargetOptions } from '../targets/terraform/index.ts'
import type { Opened, RunContext, Source, Unit } from './unit.ts'

/** A root module in one workspace, as it is declared. Paths are relative to the checkout. */
export interface TerraformDeclaration {
  readonly directory: string
  readonly workspace: string | undefined
  readonly engine: EngineChoice
  readonly version: string | undefined
  readonly variables: ReadonlyMap<string, string>
  readonly varFiles: readonly string[]
  readonly backendConfig: readonly string[]
  readonly allowDestroy: boolean
  /** Milliseconds. */
  readonly lockTimeout: number
  readonly parallelism: number | undefined
  /** Milliseconds. */
  readonly timeout: number
}

/** What a Terraform target is made with. The real one loads the engine when it is first used. */
export interface TerraformEngine {
  target(options: Omit<TerraformTargetOptions, 'exec'>): Promise<Target>
}

export interface TerraformUnitOptions {
  readonly id: string
  readonly declared: TerraformDeclaration
  readonly dependsOn: readonly string[]
  readonly engine: TerraformEngine
  /** What a checkout of another commit declares for this target. */
  readonly declaredIn: (checkout: string) => Promise<TerraformDeclaration>
  readonly context: Pick<RunContext, 'environment' | 'workspace' | 'repository' | 'run' | 'store' | 'signal' | 'now'>
  /** Key of the run for the fingerprints that stand for sensitive values. */
  readonly secretKey: Buffer
  /** Where plan files and providers are kept for this run. */
  readonly temporary: string
  readonly log: Logger
  /** Hides a sensitive value in every log of the job. */
  readonly onSecret?: (secret: string) => void
}

/** A root module of Terraform or OpenTofu. The state says nothing of deployments, so the record is the store's alone. */
export function terraformUnit(options: TerraformUnitOptions): Unit {
  const { id, context } = options
  return {
    id,
    kind: 'terraform',
    dependsOn: options.dependsOn,
    images: [],
    deployed: async () => context.store?.read(context.environment, id),
    open: (source) => open(options, source)
  }
}

async function open(options: TerraformUnitOptions, source: Source): Promise<Opened> {
  const { id, declared, context } = options
  // What is deployed comes from the commit that is looked at; how it is treated, from the present policy.
  const content = source.workspace === context.workspace ? declared : await options.declaredIn(source.workspace)
  const target = await options.engine.target({
    id,
    environment: context.environment,
    checkout: source.workspace,
    directory: content.directory,
    engine: content.engine,
    variables: content.variables,
    varFiles: content.varFiles,
    backendConfig: content.backendConfig,
    allowDestroy: declared.allowDestroy,
    lockTimeout: declared.lockTimeout,
    timeout: declared.timeout,
    ...(content.version === undefined ? {} : { version: content.version }),
    ...(content.workspace === undefined ? {} : { workspace: content.workspace }),
    ...(declared.parallelism === undefined ? {} : { parallelism: declared.parallelism }),
    ...(source.recorded === undefined ? {} : { recordedDigest: source.recorded.digest }),
    source: {
      ...(context.repository === undefined ? {} : { repository: context.repository }),
      ...(source.revision === undefined ? {} : { revision: source.revision }),
      ...(context.run === undefined ? {} : { run: context.run })
    },
    secretKey: options.secretKey,
    temporary: options.temporary,
    log: options.log,
    now: context.now,
    ...(context.signal ? { signal: context.signal } : {}),
    ...(options.onSecret ? { onSecret: options.onSecret } : {})
  })
  return { target, reproducible: true, notes: [] }
}
