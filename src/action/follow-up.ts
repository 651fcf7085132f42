import { GitOpsError, messageOf } from '../errors.ts'
import type { Forge, GitHubContext } from '../github/index.ts'
import type { Logger } from '../log.ts'
import type { RunReport } from '../report/report.ts'
import { renderDriftIssue, renderFailure } from '../report/summary.ts'

/** What GitHub is to be told after a run; nothing of it happens unless an input or the declaration asked for it. */
export interface FollowUp {
  /** Keep the environment's drift issue. Its name there, where it is not that of the environment. */
  readonly issue?: { readonly name?: string }
  /** Open a pull request that takes a failed deploy back. */
  readonly rollback: boolean
  readonly report: RunReport
  readonly reportFile: string
}

export interface FollowedUp {
  readonly issue?: number
  /** What was asked for and could not be done. */
  readonly problem?: GitOpsError
}

/** Does what was asked for. A problem is answered, not thrown: the run's own verdict must not be lost over it. */
export async function followUp(
  request: FollowUp,
  forge: () => Promise<Forge>,
  github: GitHubContext,
  log: Logger
): Promise<FollowedUp> {
  try {
    if (request.issue) return await keepIssue(request, request.issue, forge, log)
    if (request.rollback && request.report.status === 'failed') await rollBack(request.report, forge, github, log)
    return {}
  } catch (error) {
    const what = request.issue ? 'The drift issue could not be kept' : 'The rollback pull request could not be opened'
    const hint = error instanceof GitOpsError ? error.hint : undefined
    return { problem: new GitOpsError(`${what}: ${messageOf(error)}`, hint === undefined ? {} : { hint }) }
  }
}

async function keepIssue(
  { report, reportFile }: FollowUp,
  issue: { readonly name?: string },
  forge: () => Promise<Forge>,
  log: Logger
): Promise<FollowedUp> {
  const { reportDriftIssue } = await import('../github/drift-issue.ts')
  const named = issue.name === undefined ? report : { ...report, environment: issue.name }
  const kept = await reportDriftIssue(await forge(), named, {
    body: renderDriftIssue(report),
    reportFile,
    log
  })
  return kept.number === undefined ? {} : { issue: kept.number }
}

async function rollBack(
  report: RunReport,
  forge: () => Promise<Forge>,
  github: GitHubContext,
  log: Logger
): Promise<void> {
  const reason = noRollback(report)
  if (reason !== undefined) return log.info(`No rollback pull request: ${reason}`)
  const base = github.branch
  if (base === undefined || report.revision === undefined)
    return log.warning('No rollback pull request: the run is about no branch whose last commit could be reverted.')
  const { openRollbackPullRequest } = await import('../github/rollback.ts')
  await openRollbackPullRequest(await forge(), {
    failedSha: report.revision,
    base,
    environment: report.environment,
    reason: renderFailure(report),
    log,
    ...(github.push?.before === undefined ? {} : { before: github.push.before }),
    ...(report.run === undefined ? {} : { run: report.run })
  })
}

/** Why taking the commit back would not help; undefined when it may. */
function noRollback(report: RunReport): string | undefined {
  const applied = report.targets.filter((target) => target.outcomes.some((outcome) => outcome.status === 'failed'))
  if (applied.length === 0) return 'nothing was written, so what was deployed before still runs.'
  const ranBefore = applied.every(
    ({ deployed }) => deployed?.status === 'succeeded' && deployed.revision === report.revision
  )
  return ranBefore ? 'this very commit was deployed before with success, so it is not the cause.' : undefined
}
