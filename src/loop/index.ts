import { randomBytes } from 'node:crypto'
import type { EnvironmentDeclaration } from '../declaration/index.ts'
import { GitOpsError, messageOf } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { RunReport } from '../report/report.ts'
import type { Cluster } from '../targets/kubernetes/cluster.ts'
import type { DeploymentStore } from '../targets/target.ts'
import type { Exec } from '../toolchain/exec.ts'
import { changedPaths, headCommit, repositoryTop } from '../toolchain/git.ts'
import { Checkouts } from './checkouts.ts'
import { type DeployOptions, deploy } from './deploy.ts'
import { type DriftOptions, drift } from './drift.ts'
import { type KubernetesEngine, kubernetesUnit } from './kubernetes-unit.ts'
import { preview } from './preview.ts'
import { unitLog } from './target-run.ts'
import type { Images, RunContext, Unit } from './unit.ts'

/** An environment and what a run is to do with it. */
export interface EnvironmentRun {
  readonly name: string
  /** With the targets that the run is about, and no others. */
  readonly declared: EnvironmentDeclaration
  /** What a checkout of another commit declares for this environment. */
  readonly declaredIn: (workspace: string) => Promise<EnvironmentDeclaration>
  readonly images: Images
  readonly command: Command
  /** Every target that the environment declares, where a declaration says so: any other that was deployed is left over. */
  readonly allTargets?: readonly string[]
  /** Targets of other engines, beside those of `declared`. `secretKey` is the key of the run for fingerprints. */
  readonly units?: (context: RunContext, means: { readonly exec: Exec; readonly secretKey: Buffer }) => readonly Unit[]
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
  readonly exec: Exec
  readonly log: Logger
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
  const context: RunContext = {
    environment: run.name,
    workspace,
    images: run.images,
    log,
    now: surroundings.now ?? (() => new Date()),
    ...(revision === undefined ? {} : { revision }),
    ...(surroundings.repository === undefined ? {} : { repository: surroundings.repository }),
    ...(surroundings.run === undefined ? {} : { run: surroundings.run }),
    ...(surroundings.store ? { store: surroundings.store } : {}),
    ...(signal ? { signal } : {})
  }
  let connected: Promise<Cluster> | undefined
  const cluster = () => {
    connected ??= surroundings.engine.connect(run.declared.cluster)
    return connected
  }
  const report = await runCommand(run, unitsOf(run, context, surroundings, cluster), context, surroundings)
  if (run.allTargets && connected) await warnOfLeftTargets(run, run.allTargets, connected, surroundings)
  return report
}

async function runCommand(
  run: EnvironmentRun,
  units: readonly Unit[],
  context: RunContext,
  surroundings: Surroundings
): Promise<RunReport> {
  switch (run.command.name) {
    case 'preview':
      return preview(units, context)
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

/** A target that left the declaration is never deleted by surprise, and never forgotten. */
async function warnOfLeftTargets(
  run: EnvironmentRun,
  declared: readonly string[],
  cluster: Promise<Cluster>,
  { engine, repository, log }: Surroundings
): Promise<void> {
  const options = { environment: run.name, declared, ...(repository === undefined ? {} : { repository }) }
  try {
    for (const { target, namespace } of (await engine.leftTargets?.(await cluster, options)) ?? [])
      log.warning(
        `Target "${target}" of ${run.name} is no longer declared, but what it deployed is still there (inventory: Secret gitops.${run.name}.${target} in namespace ${namespace}). Declare it again, or delete its objects and that Secret by hand.`
      )
  } catch (error) {
    log.debug(`left targets were not looked for: ${messageOf(error)}`)
  }
}

function unitsOf(
  run: EnvironmentRun,
  context: RunContext,
  { engine, exec }: Surroundings,
  cluster: () => Promise<Cluster>
): Unit[] {
  const secretKey = randomBytes(32)
  const others = run.units?.(context, { exec, secretKey }) ?? []
  const alone = run.declared.targets.size + others.length === 1
  const inClusters = [...run.declared.targets].map(([id, declared]) =>
    kubernetesUnit({
      id,
      declared,
      environment: run.declared,
      cluster,
      engine,
      secretKey,
      context,
      log: unitLog(context.log, id, alone),
      declaredIn: async (workspace) => {
        const { targets } = await run.declaredIn(workspace)
        const target = targets.get(id)
        if (target) return target
        throw new GitOpsError(`The deployed commit declares no target "${id}" in environment "${run.name}".`, {
          hint: 'It was deployed from another declaration. Deploy once more, or compare with the checkout: revision: head.'
        })
      }
    })
  )
  return [...inClusters, ...others]
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
