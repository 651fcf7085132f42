import { tmpdir } from 'node:os'
import { GitOpsError } from '../errors.ts'
import { connectForge } from '../github/connect.ts'
import { type GitHubContext, githubContext } from '../github/context.ts'
import type { Forge } from '../github/index.ts'
import { kubernetesEngine } from '../loop/engine.ts'
import { type EnvironmentRun, runEnvironment, type Surroundings } from '../loop/index.ts'
import { driftAnnotations } from '../report/annotations.ts'
import type { RunReport } from '../report/report.ts'
import type { DeploymentStore } from '../targets/target.ts'
import { exec } from '../toolchain/exec.ts'
import { type FollowUp, followUp } from './follow-up.ts'
import { log } from './log.ts'
import { keepLease } from './main-state.ts'
import { publish } from './publish.ts'
import { mask } from './secrets.ts'
import { verdict } from './verdict.ts'

export interface SessionOptions {
  readonly kubeconfig: string | undefined
  readonly token: string | undefined
  /** Also keep and read deployments as GitHub Deployments. */
  readonly githubDeployments: boolean
  readonly signal: AbortSignal
  readonly env?: NodeJS.ProcessEnv
}

/** One environment's run and what GitHub is to be told about it. */
export interface Job {
  readonly run: EnvironmentRun
  readonly followUp?: Pick<FollowUp, 'issue'> & { readonly rollback?: boolean }
}

export interface Finished {
  /** In the order of the jobs; those that were not run are left out. */
  readonly reports: readonly RunReport[]
  readonly files: readonly string[]
  /** Numbers of the drift issues that were kept. */
  readonly issues: readonly number[]
  /** Why the step must fail. */
  readonly failure?: GitOpsError
}

/** A run of an action on a runner: the loop with everything real around it. */
export class Session {
  readonly github: GitHubContext
  readonly #options: SessionOptions
  #forge: Promise<Forge> | undefined

  constructor(options: SessionOptions) {
    this.#options = options
    this.github = githubContext(options.env ?? process.env)
  }

  get workspace(): string {
    return this.github.workspace
  }

  /**
   * Runs jobs one after another, shows what was done, tells GitHub what it is to be told. After a failed deploy the
   * later ones are not begun: what fails on staging is not tried on production.
   */
  async run(jobs: readonly Job[], options: { failOnDrift: boolean }): Promise<Finished> {
    const surroundings = this.#surroundings()
    const reports: RunReport[] = []
    const notRun: string[] = []
    for (const { run } of jobs) {
      const stopped = reports.some((report) => report.command === 'deploy' && report.status !== 'succeeded')
      if (stopped || this.#options.signal.aborted) notRun.push(run.name)
      else reports.push(await runEnvironment(run, surroundings))
    }
    return this.tell(reports, { ...options, notRun, followUps: jobs.map((job) => job.followUp) })
  }

  /** Shows what was done, and tells GitHub what it is to be told. */
  async tell(
    reports: readonly RunReport[],
    options: { failOnDrift: boolean; followUps: readonly Job['followUp'][]; notRun?: readonly string[] }
  ): Promise<Finished> {
    const files = await publish(reports, log, this.#options.env)
    for (const { message, place } of driftAnnotations(reports)) log.warning(message, place)
    const issues: number[] = []
    const problems: GitOpsError[] = []
    for (const [index, report] of reports.entries()) {
      const wanted = options.followUps[index]
      const followed = await followUp(
        { rollback: false, ...wanted, report, reportFile: files[index] ?? '' },
        () => this.#connectForge(),
        this.github,
        log
      )
      if (followed.issue !== undefined) issues.push(followed.issue)
      if (followed.problem) problems.push(followed.problem)
    }
    const failure = combine(verdict(reports, options), problems, options.notRun ?? [])
    return { reports, files, issues, ...(failure ? { failure } : {}) }
  }

  #surroundings(): Surroundings {
    const { github } = this
    const { kubeconfig, token, signal } = this.#options
    return {
      workspace: github.workspace,
      serverUrl: github.serverUrl,
      fromFork: github.pullRequest?.fork === true,
      engine: kubernetesEngine({
        workspace: github.workspace,
        log,
        exec,
        ...(kubeconfig === undefined ? {} : { kubeconfig }),
        mask,
        onLease: keepLease,
        signal
      }),
      exec,
      log,
      onSecret: mask,
      temporary: (this.#options.env ?? process.env)['RUNNER_TEMP'] || tmpdir(),
      signal,
      ...(github.repository === undefined ? {} : { repository: github.repository }),
      ...(github.run === undefined ? {} : { run: github.run.url }),
      ...(token === undefined ? {} : { token }),
      ...(this.#options.githubDeployments ? { store: this.#lazyStore() } : {})
    }
  }

  /** GitHub's client costs a drift check that finds its inventory more time than it has. */
  #lazyStore(): DeploymentStore {
    const open = async () => {
      const { githubDeployments } = await import('../github/deployments.ts')
      const { sha } = this.github
      return githubDeployments(await this.#connectForge(), sha === undefined ? {} : { fallbackSha: sha })
    }
    return {
      read: async (environment, target) => (await open()).read(environment, target),
      write: async (record) => (await open()).write(record),
      known: async (environment) =>
        (await import('../github/known-targets.ts')).knownTargets(await this.#connectForge(), environment),
      memory: (environment, target) => ({
        read: async () => (await open()).memory(environment, target).read(),
        write: async (value) => (await open()).memory(environment, target).write(value)
      })
    }
  }

  #connectForge(): Promise<Forge> {
    this.#forge ??= this.#makeForge()
    return this.#forge
  }

  async #makeForge(): Promise<Forge> {
    const { repository, apiUrl, serverUrl } = this.github
    const { token } = this.#options
    if (token === undefined)
      throw new GitOpsError('GitHub is to be told about the run, but there is no token.', {
        hint: 'Give the input github-token; the token of the job is github.token.'
      })
    if (repository === undefined)
      throw new GitOpsError('GitHub is to be told about the run, but the repository is not known.', {
        hint: 'The runner sets GITHUB_REPOSITORY; elsewhere set it to owner/name.'
      })
    return connectForge({ token, repository, apiUrl, serverUrl, log })
  }
}

/** One error for everything that must fail the step. */
function combine(
  failure: GitOpsError | undefined,
  problems: readonly GitOpsError[],
  notRun: readonly string[]
): GitOpsError | undefined {
  const all = [...(failure ? [failure] : []), ...problems]
  const [first, ...others] = all
  if (!first)
    return notRun.length === 0
      ? undefined
      : new GitOpsError(
          `The run was cancelled before ${notRun.join(', ')} ${notRun.length === 1 ? 'was' : 'were'} begun.`
        )
  const skipped = notRun.length > 0 ? [`Not begun after that: ${notRun.join(', ')}.`] : []
  const details = [...first.details, ...others.map((one) => `${one.message} ${one.hint ?? ''}`.trim()), ...skipped]
  return new GitOpsError(first.message, { ...(first.hint === undefined ? {} : { hint: first.hint }), details })
}
