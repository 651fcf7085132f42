import { GitOpsError } from '../errors.ts'
import type { Logger } from '../log.ts'
import { codeSpan, escapeMarkdown, link } from '../report/markdown.ts'
import { closeBlocks, GITHUB_BODY_LIMIT, truncateMarkdown } from '../report/truncate.ts'
import type { Commit, Forge, Pull } from './forge.ts'
import { composeRevert, type Revert } from './revert.ts'

export interface RollbackOptions {
  /** The commit whose deployment failed: a merge commit, or the last commit of a push. */
  readonly failedSha: string
  /** Where the branch was before that push (the event's `before`): then the whole push is reverted. Default: the first parent. */
  readonly before?: string
  /** The branch that is deployed. */
  readonly base: string
  readonly environment: string
  /** Why, finished Markdown: the failing pods with their reasons, events and logs. */
  readonly reason: string
  readonly log: Logger
  /** Link to the run. */
  readonly run?: string
}

export type RollbackResult =
  | { readonly action: 'opened' | 'updated'; readonly number: number; readonly url: string }
  /** No pull request, and why: a sentence for the log and the summary. */
  | { readonly action: 'none'; readonly reason: string }

/**
 * Opens a pull request that takes a failed push back, by GitHub's Git data API alone: no checkout, no git. When the
 * branch has moved on since, only the files of the failed push are put back, and only if nobody has touched them
 * since. Running again finds and updates the same pull request; one that a person closed stays closed.
 *
 * Needs `contents: write` and `pull-requests: write`.
 */
export async function openRollbackPullRequest(
  forge: Pick<Forge, 'repository' | 'git' | 'pulls'>,
  options: RollbackOptions
): Promise<RollbackResult> {
  const none = (reason: string): RollbackResult => {
    options.log.info(`No rollback pull request: ${reason}`)
    return { action: 'none', reason }
  }
  const branch = branchOf(options)
  const earlier = await forge.pulls.list({ head: branch, base: options.base })
  const open = earlier.find((pull) => pull.state === 'open')
  const [last] = earlier
  if (!open && last) return none(`#${last.number} was this rollback, and it was ${last.state} (${last.url}).`)

  const revert = await composeRevert(forge, options)
  if ('reason' in revert) return none(revert.reason)

  await push(forge, branch, revert, options)
  const title = `Roll back ${options.environment}: revert ${firstLine(revert.failed)}`.slice(0, 250)
  const body = await describe(forge, revert, options)
  const pull = open ?? (await create(forge, { head: branch, base: options.base, title, body }))
  if (open && (open.body !== body || open.title !== title)) await forge.pulls.update(open.number, { title, body })
  const action = open ? 'updated' : 'opened'
  options.log.info(`${open ? 'Updated' : 'Opened'} rollback pull request #${pull.number}: ${pull.url}`)
  return { action, number: pull.number, url: pull.url }
}

/** Puts the revert on its branch: a new commit, unless the branch holds just that, or a person has gone on from it. */
async function push(
  forge: Pick<Forge, 'git'>,
  branch: string,
  revert: Revert,
  options: RollbackOptions
): Promise<void> {
  const { git } = forge
  const trailer = `${TRAILER}: ${options.failedSha}`
  const current = await git.branch(branch)
  const tip = current ? await git.commit(current) : undefined
  if (tip && !tip.message.includes(trailer))
    return options.log.info(`Branch ${branch} was changed by ${tip.author}: left as it is`)
  if (tip && tip.tree === revert.tree && tip.parents[0] === revert.head) return
  const message = [
    `Revert "${firstLine(revert.failed)}"`,
    `This takes ${options.failedSha} back: its deployment to ${options.environment} failed.`,
    trailer
  ].join('\n\n')
  const sha = await git.createCommit({ message, tree: revert.tree, parents: [revert.head] })
  if (tip || !(await git.createBranch(branch, sha))) await git.moveBranch(branch, sha)
}

const TRAILER = 'Gitops-Actions-Rollback'

/** Opens the pull request; where that is not allowed the branch is there, and a person needs one click. */
async function create(forge: Pick<Forge, 'pulls'>, pull: Parameters<Forge['pulls']['create']>[0]): Promise<Pull> {
  try {
    return await forge.pulls.create(pull)
  } catch (error) {
    if (error instanceof GitOpsError)
      throw new GitOpsError(`${error.message} The revert is on branch ${pull.head}.`, {
        hint: `Open it by hand: ${forge.pulls.compareUrl(pull.base, pull.head)}${error.hint ? `\n${error.hint}` : ''}`,
        details: error.details,
        cause: error
      })
    throw error
  }
}

async function describe(forge: Pick<Forge, 'pulls'>, revert: Revert, options: RollbackOptions): Promise<string> {
  const { failedSha, environment, base } = options
  const numbers = await forge.pulls.ofCommit(failedSha)
  const run = options.run ? ` (${link('run', options.run)})` : ''
  const head = [
    `The deployment of ${failedSha} to ${codeSpan(environment)} failed${run}. Merging this takes it back.`,
    '',
    `- What is taken back: ${escapeMarkdown(firstLine(revert.failed))}, by ${escapeMarkdown(revert.failed.author)}`,
    ...(numbers.length > 0 ? [`- Reverts ${numbers.map((number) => `#${number}`).join(', ')}`] : []),
    revert.partial
      ? `- ${codeSpan(base)} has moved on since. Only the files of the failed change are put back; nobody has touched them since.`
      : `- ${codeSpan(base)} will be exactly as it was before.`,
    '',
    '### Why',
    '',
    ''
  ].join('\n')
  const tail = [
    '',
    '',
    '---',
    '',
    `<sub>Opened by gitops-actions. With the token of a job (\`GITHUB_TOKEN\`) GitHub starts no workflows on a pull request, so required checks wait: close and reopen it, or give the action the token of a GitHub App. Merging starts the deployment as always.</sub>`
  ].join('\n')
  const rest = `_Cut here: GitHub takes no longer text. The whole report is with ${options.run ? link('the run', options.run) : 'the run'}._`
  const reason = closeBlocks(options.reason.replaceAll('<!--', '<!\u200b--').trim())
  return head + truncateMarkdown(reason, GITHUB_BODY_LIMIT - head.length - tail.length, rest) + tail
}

/** The same failed commit gives the same branch, so a second run finds the first one's pull request. */
function branchOf(options: RollbackOptions): string {
  const environment = options.environment.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '') || 'environment'
  return `gitops-actions/rollback/${environment}-${options.failedSha.slice(0, 12)}`
}

/** The commit's subject, without the words that would keep GitHub from deploying the merge that takes it back. */
function firstLine(commit: Commit): string {
  const subject = (commit.message.split('\n')[0] ?? '').replace(
    /\[(skip|no) ci\]|\[ci skip\]|\[skip actions\]|\[actions skip\]/gi,
    ''
  )
  return subject.trim() || commit.sha.slice(0, 12)
}
