import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { mapConcurrent } from '../concurrency.ts'
import { RETIRE_DEFAULTS } from '../declaration/defaults.ts'
import { dependenciesOf } from '../declaration/dependencies.ts'
import type { EnvironmentDeclaration, RetirePolicy, TargetDeclaration } from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { RunReport } from '../report/report.ts'
import type { DeploymentStore } from '../targets/target.ts'
import type { Exec } from '../toolchain/exec.ts'
import { changedPaths, headCommit, isTracked, repositoryTop } from '../toolchain/git.ts'
import { Checkouts } from './checkouts.ts'
import { Connections } from './connections.ts'
import { type DeployOptions, deploy } from './deploy.ts'
import { type DriftOptions, drift } from './drift.ts'
import { type Engines, engineUnit } from './engines/index.ts'
import { previewWithoutCluster } from './fork.ts'
import { pauseOf } from './hold.ts'
import type { InfrastructureMeans } from './infrastructure-unit.ts'
import { type KubernetesEngine, kubernetesUnit } from './kubernetes-unit.ts'
import { warnOfLeftInfrastructure } from './left-infrastructure.ts'
import { Neighbourhood } from './neighbours.ts'
import { preview } from './preview.ts'
import { type Retirement, retiredUnits, warnOfLeft } from './retired.ts'
import { unitLog } from './target-run.ts'
import type { Images, RunContext, Unit } from './unit.ts'

/** An environment and what a run is to do with it. */
export interface EnvironmentRun {
  readonly name: string
  /** With the targets that the run is about, and no others. */
  readonly declared: EnvironmentDeclaration
  /** What a checkout of another commit declares for this environment, in `file` where its declaration lay elsewhere then. */
  readonly declaredIn: (workspace: string, file?: string) => Promise<EnvironmentDeclaration>
  readonly images: Images
  readonly command: Command
  /** What makes targets that are not in a cluster; an action for clusters alone brings none. */
  readonly engines?: Engines
  /**
   * The same with every target that the environment declares, where a declaration says so: those that the run is about
   * may use outputs of the others, and any that was deployed and is not among them is left over.
   */
  readonly whole?: EnvironmentDeclaration
  /** The file of the declaration, relative to the workspace. */
  readonly declaration?: string
  /** Every environment of the declaration: objects may move between their targets. */
  readonly environments?: ReadonlyMap<string, EnvironmentDeclaration>
  /** What becomes of environments that left the declaration. */
  readonly retireEnvironments?: RetirePolicy
}

export type Command =
  | { readonly name: 'preview' }
  | ({ readonly name: 'deploy' } & DeployOptions)
  | ({ readonly name: 'drift' } & Omit<DriftOptions, 'checkouts'>)

/** Where a run happens, and the means it has. */
export interface Surroundings {
  readonly workspace: string
  /** `owner/name`. */
  readonly repository?: string
  /** Link to the run. */
  readonly run?: string
  /** `https://github.com`. */
  readonly serverUrl?: string
  readonly token?: string
  readonly store?: DeploymentStore
  readonly engine: KubernetesEngine
  /** Whether the run is about a pull request from a fork, which is given no secrets. */
  readonly fromFork?: boolean
  readonly exec: Exec
  readonly log: Logger
  /** Where files of the run are kept; default: RUNNER_TEMP, or the folder of the system. */
  readonly temporary?: string
  /** Hides a secret that came to be known in every log of the job. */
  readonly onSecret?: (secret: string) => void
  readonly signal?: AbortSignal
  readonly now?: () => Date
}

/**
 * Runs one command over the targets of one environment.
 * @throws GitOpsError for what concerns the run as a whole; what concerns a target is in the report
 */
export async function runEnvironment(run: EnvironmentRun, surroundings: Surroundings): Promise<RunReport> {
  const { workspace, log, exec, signal } = surroundings
  const revision = await checkedOut(workspace, exec, run.command.name === 'deploy' ? log : undefined)
  const secrets = new Set<string>()
  const base: RunContext = {
    environment: run.name,
    workspace,
    images: run.images,
    secrets,
    log,
    now: surroundings.now ?? (() => new Date()),
    ...(revision === undefined ? {} : { revision }),
    ...(run.declaration === undefined ? {} : { declaration: run.declaration }),
    ...(surroundings.repository === undefined ? {} : { repository: surroundings.repository }),
    ...(surroundings.run === undefined ? {} : { run: surroundings.run }),
    ...(surroundings.store ? { store: surroundings.store } : {}),
    ...(signal ? { signal } : {})
  }
  const connections = new Connections(run.whole ?? run.declared, surroundings.engine)
  const means: InfrastructureMeans = {
    exec,
    secretKey: randomBytes(32),
    temporary: surroundings.temporary ?? (process.env['RUNNER_TEMP'] || tmpdir()),
    onSecret(secret) {
      secrets.add(secret)
      surroundings.onSecret?.(secret)
    }
  }
  const all = unitsOf(run, base, { engine: surroundings.engine, connections, means })
  const units = all.filter((unit) => run.declared.targets.has(unit.id))
  const context = { ...base, others: all.filter((unit) => !run.declared.targets.has(unit.id)) }
  const retirement = retirementOf(run, context, surroundings.engine)
  // A part of an environment says nothing about what left the whole.
  const isWhole = run.whole === undefined || run.whole.targets.size === run.declared.targets.size
  const own = retirement && isWhole && run.command.name !== 'drift' ? connections.own() : undefined
  const retired = retirement && own ? await retiredUnits({ cluster: own }, retirement) : []
  if (run.whole && isWhole && run.command.name !== 'drift') await warnOfLeftInfrastructure(run.whole, context)
  const report = await runCommand(run, [...units, ...retired], context, surroundings)
  const elsewhere = connections.made().filter(({ cluster }) => cluster !== own)
  if (!retirement || elsewhere.length === 0) return report
  if (!isWhole || !mayRetire(run.command, report)) {
    for (const connection of elsewhere) await warnOfLeft(connection, retirement)
    return report
  }
  // A cluster that the run itself brings is known only now. All outputs are there to render the neighbours with.
  const later = { ...retirement, context: { ...context, others: all } }
  const found = await mapConcurrent(elsewhere, 4, (connection) => retiredUnits(connection, later))
  const left = found.flat()
  return left.length === 0 ? report : joined(report, await runCommand(run, left, later.context, surroundings))
}

/** Deleting comes last: after everything has succeeded, and never beside a plan of a single target that was approved. */
function mayRetire(command: Command, report: RunReport): boolean {
  if (command.name === 'drift') return false
  if (command.name === 'deploy' && typeof command.planDigest === 'string') return false
  return report.status === 'succeeded' || report.status === 'planned'
}

function joined(report: RunReport, later: RunReport): RunReport {
  return {
    ...report,
    status: later.status,
    seconds: report.seconds + later.seconds,
    targets: [...report.targets, ...later.targets]
  }
}

/** Undefined where only the inputs of an action say what there is: then nothing is known to have been removed. */
function retirementOf(run: EnvironmentRun, context: RunContext, engine: KubernetesEngine): Retirement | undefined {
  const { environments, whole, declaration } = run
  if (!environments || !whole || declaration === undefined) return undefined
  return {
    engine,
    declaration,
    context,
    environments,
    targets: whole.retire,
    left: run.retireEnvironments ?? RETIRE_DEFAULTS
  }
}

async function runCommand(
  run: EnvironmentRun,
  units: readonly Unit[],
  context: RunContext,
  surroundings: Surroundings
): Promise<RunReport> {
  switch (run.command.name) {
    case 'preview':
      return (await isWithheld(run, units, surroundings))
        ? previewWithoutCluster(units, context)
        : preview(units, context)
    case 'deploy':
      return deploy(units, context, run.command)
    case 'drift': {
      const checkouts = new Checkouts(surroundings)
      try {
        return await drift(units, context, { ...run.command, checkouts })
      } finally {
        await checkouts.dispose()
      }
    }
  }
}

/** Whether a pull request from a fork is to be compared with a cluster that its job is given no way to. */
async function isWithheld(
  run: EnvironmentRun,
  units: readonly Unit[],
  { fromFork, engine }: Surroundings
): Promise<boolean> {
  if (!fromFork || !units.some((unit) => unit.kind === 'kubernetes')) return false
  return (await engine.hasAccess?.(run.declared.cluster)) === false
}

/** A unit for every target of the environment, in the declared order. */
function unitsOf(
  run: EnvironmentRun,
  context: RunContext,
  parts: { engine: KubernetesEngine; connections: Connections; means: InfrastructureMeans }
): Unit[] {
  const environment = run.whole ?? run.declared
  const alone = run.declared.targets.size === 1
  const neighbourhood = run.environments && new Neighbourhood(run.environments)
  return [...environment.targets].map(([id, target]) => {
    const pause = pauseOf(target.drift, `${run.declaration ?? 'the declaration'} (target ${id})`)
    return { ...unitOf(id, target), ...(pause ? { pause } : {}) }
  })

  function unitOf(id: string, target: TargetDeclaration): Unit {
    const declaredIn = async (workspace: string, file?: string) =>
      targetIn(await run.declaredIn(workspace, file), id, run.name)
    const common = { id, context, log: unitLog(context.log, id, alone) }
    if (target.kind !== 'kubernetes')
      return engineUnit({
        ...common,
        declared: target,
        engines: run.engines ?? {},
        dependsOn: dependenciesOf(target),
        declaredIn,
        means: parts.means
      })
    return kubernetesUnit({
      ...common,
      declared: target,
      environment,
      cluster: parts.connections.of(id),
      ...(neighbourhood ? { neighbourhood } : {}),
      engine: parts.engine,
      secretKey: parts.means.secretKey,
      isTracked: (location) => isTracked(parts.means.exec, context.workspace, location),
      declaredIn: async (workspace, file) => {
        const other = await declaredIn(workspace, file)
        if (other.kind === 'kubernetes') return other
        throw new GitOpsError(`In the deployed commit, target "${id}" is one of ${other.kind}, not in a cluster.`, {
          hint: 'It was deployed from another declaration. Deploy once more.'
        })
      }
    })
  }
}

function targetIn(environment: EnvironmentDeclaration, id: string, name: string): TargetDeclaration {
  const target = environment.targets.get(id)
  if (target) return target
  throw new GitOpsError(`The deployed commit declares no target "${id}" in environment "${name}".`, {
    hint: 'It was deployed from another declaration. Deploy once more, or compare with the checkout: revision: head.'
  })
}

/** The commit of the workspace; undefined where there is none. A deploy from a changed checkout is told so. */
async function checkedOut(workspace: string, exec: Exec, log: Logger | undefined): Promise<string | undefined> {
  const top = await repositoryTop(exec, workspace)
  if (top === undefined) return undefined
  const revision = await headCommit(exec, top)
  const changed = log && revision !== undefined ? await changedPaths(exec, top, { untracked: false }) : undefined
  if (log && changed && changed.length > 0)
    log.warning(
      `The checkout differs from commit ${revision?.slice(0, 12)}: ${changed.slice(0, 5).join(', ')}${changed.length > 5 ? ` and ${changed.length - 5} more` : ''}. Drift is checked against that commit.`
    )
  return revision
}
