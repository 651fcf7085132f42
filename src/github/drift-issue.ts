import path from 'node:path'
import type { Logger } from '../log.ts'
import { timeText } from '../moment.ts'
import { clip, codeSpan, escapeMarkdown, link } from '../report/markdown.ts'
import type { RunReport } from '../report/report.ts'
import { composeBody, type DriftBody, historyIn, parseBody } from './drift-body.ts'
import { addEntry, driftStreak, entryOf, type HistoryEntry, lastDrift } from './drift-history.ts'
import type { Forge, Issue } from './forge.ts'

export interface DriftIssueOptions {
  /** What was found, finished Markdown (`renderDriftIssue`). Unused when nothing was. */
  readonly body: string
  readonly log: Logger
  /** Default `gitops-drift`; made when the repository has none of that name. */
  readonly label?: string
  /** Name of the report file, for the note that says where the rest is when the text had to be cut. */
  readonly reportFile?: string
  /** When the run was; default: when it began, as its report says. */
  readonly now?: () => Date
}

export interface DriftIssueResult {
  readonly action: 'opened' | 'updated' | 'closed' | 'reopened' | 'none'
  /** The environment's issue; undefined when it has none. */
  readonly number?: number
  readonly url?: string
}

export const DRIFT_LABEL = 'gitops-drift'

const MOST_ERRORS = 10
const LONGEST_ERROR = 500
const MOST_NAMES = 20

/**
 * Keeps the one issue of an environment: opened (or reopened) when drift was found, brought up to date in place,
 * closed when the environment is in sync or was healed. Drift that was healed at once still leaves a closed issue, so
 * that it is seen. A check that failed says so in an open issue and changes nothing else.
 *
 * Two runs at once may both find no issue and both open one. The one with the lower number stays: whoever made the
 * other closes it, and whatever is left over is closed by the next run.
 */
export async function reportDriftIssue(
  forge: Pick<Forge, 'issues'>,
  report: RunReport,
  options: DriftIssueOptions
): Promise<DriftIssueResult> {
  const keeper = new Keeper(forge, report, options)
  const issues = await keeper.find()
  const [issue, ...others] = issues
  if (!issue) return keeper.first()
  for (const other of others) if (other.state === 'open') await keeper.closeDuplicate(other, issue)
  return keeper.next(issue)
}

/** What a report says about the environment as a whole. */
type Verdict = 'drifted' | 'healed' | 'in-sync' | 'unknown'

class Keeper {
  readonly #forge: Pick<Forge, 'issues'>
  readonly #report: RunReport
  readonly #options: DriftIssueOptions
  readonly #verdict: Verdict
  readonly #entry: HistoryEntry

  constructor(forge: Pick<Forge, 'issues'>, report: RunReport, options: DriftIssueOptions) {
    this.#forge = forge
    this.#report = report
    this.#options = options
    this.#entry = entryOf(report, options.now?.() ?? new Date(report.startedAt))
    const { status } = this.#entry
    this.#verdict = status === 'error' || status === 'unsupported' ? 'unknown' : status
  }

  /** The environment's issues, the one that counts first: an open one before a closed one, then the lowest number. */
  async find(): Promise<Issue[]> {
    const all = await this.#forge.issues.list(this.#label)
    return all
      .filter((issue) => issue.trusted && this.#isOurs(issue))
      .sort(
        (one, other) => Number(one.state === 'closed') - Number(other.state === 'closed') || one.number - other.number
      )
  }

  /** By the mark in its text; by its title where somebody has overwritten the mark. */
  #isOurs(issue: Issue): boolean {
    const environment = parseBody(issue.body)?.environment
    return environment === undefined ? issue.title === this.#title : environment === this.#report.environment
  }

  /** No issue yet. */
  async first(): Promise<DriftIssueResult> {
    if (this.#verdict !== 'drifted' && this.#verdict !== 'healed') return { action: 'none' }
    const { issues } = this.#forge
    await issues.ensureLabel({
      name: this.#label,
      color: 'd93f0b',
      description: 'The cluster is not what Git declares (gitops-actions)'
    })
    const created = await issues.create({
      title: this.#title,
      body: this.#compose(undefined),
      label: this.#label
    })
    const [winner] = await this.find()
    if (winner && winner.state === 'open' && winner.number < created.number) {
      await this.closeDuplicate(created, winner)
      return this.next(winner)
    }
    this.#options.log.info(`Opened issue #${created.number}: ${created.url}`)
    if (this.#verdict === 'drifted') return { action: 'opened', number: created.number, url: created.url }
    return this.#close(created)
  }

  /** The environment has an issue. */
  async next(issue: Issue): Promise<DriftIssueResult> {
    const { issues } = this.#forge
    const result = { number: issue.number, url: issue.url }
    const body = this.#compose(issue)
    if (issue.state === 'open') {
      await issues.update(issue.number, { body })
      if (this.#verdict === 'healed' || this.#verdict === 'in-sync') return this.#close(issue)
      this.#options.log.info(`Updated issue #${issue.number}: ${issue.url}`)
      return { action: 'updated', ...result }
    }
    if (this.#verdict === 'drifted') {
      await issues.update(issue.number, { body, state: 'open' })
      await issues.comment(issue.number, `Drift again: ${changesOf(this.#entry)} ${this.#run()}.`)
      this.#options.log.info(`Reopened issue #${issue.number}: ${issue.url}`)
      return { action: 'reopened', ...result }
    }
    // An edit of a closed issue notifies nobody: it only keeps the history complete.
    await issues.update(issue.number, { body })
    if (this.#verdict !== 'healed') return { action: 'none', ...result }
    await issues.comment(issue.number, `Drift was found and healed: ${changesOf(this.#entry)} ${this.#run()}.`)
    return { action: 'updated', ...result }
  }

  async closeDuplicate(issue: Issue, of: Issue): Promise<void> {
    await this.#forge.issues.comment(issue.number, `Duplicate of #${of.number}`)
    await this.#forge.issues.update(issue.number, { state: 'closed', reason: 'not_planned' })
    this.#options.log.info(`Closed issue #${issue.number}, a duplicate of #${of.number}`)
  }

  async #close(issue: Issue): Promise<DriftIssueResult> {
    const why = this.#verdict === 'healed' ? `Healed: ${changesOf(this.#entry)} put back` : 'In sync again'
    const before = driftStreak(historyIn(issue.body).filter(({ run }) => run === undefined || run !== this.#entry.run))
    const since = before
      ? ` It was found in ${before.runs === 1 ? 'one run' : `${before.runs} runs`} before, since ${timeText(before.since)}.`
      : ''
    await this.#forge.issues.comment(issue.number, `${why} ${this.#run()}.${since}`)
    await this.#forge.issues.update(issue.number, { state: 'closed', reason: 'completed' })
    this.#options.log.info(`Closed issue #${issue.number}: ${issue.url}`)
    return { action: 'closed', number: issue.number, url: issue.url }
  }

  /** The issue's text after this run. Without findings of its own it keeps the last ones, so that they can be read up. */
  #compose(issue: Issue | undefined): string {
    const before = issue ? parseBody(issue.body) : undefined
    const found = this.#verdict === 'drifted' || this.#verdict === 'healed'
    const known = before?.history ?? historyIn(issue?.body ?? '')
    const findings = found ? this.#options.body : (before?.findings ?? '')
    const body: DriftBody = {
      environment: this.#report.environment,
      headline: this.#headline(),
      findings,
      ...(found || findings === '' ? {} : { earlier: this.#earlier(known) }),
      history: addEntry(known, this.#entry)
    }
    const file = this.#options.reportFile ? ` (file ${path.basename(this.#options.reportFile)})` : ''
    const where = this.#report.run ? link('the run', this.#report.run) : 'the run'
    return composeBody(body, `_Cut here: GitHub takes no longer text. The whole report is with ${where}${file}._`)
  }

  /** Findings of an earlier run are folded where they are history, and open where nobody knows better. */
  #earlier(history: readonly HistoryEntry[]): NonNullable<DriftBody['earlier']> {
    const last = lastDrift(history)
    const when = last ? `, at ${timeText(last.at)}` : ''
    return { title: `The last drift that was found${when}`, open: driftStreak(history) !== undefined && !this.#isClean }
  }

  get #isClean(): boolean {
    return this.#verdict === 'healed' || this.#verdict === 'in-sync'
  }

  #headline(): string {
    const when = `${timeText(this.#entry.at)} ${this.#run()}`
    switch (this.#verdict) {
      case 'drifted':
        return `**Drifted** at ${when}: ${changesOf(this.#entry)}${this.#putBack()}.${this.#unchecked()}`
      case 'healed':
        return `**Healed** at ${when}: ${changesOf(this.#entry)} put back. This was found:`
      case 'in-sync':
        return `**In sync** at ${when}.`
      case 'unknown':
        if (this.#entry.status === 'unsupported')
          return `**Cannot be checked** at ${when}: drift of none of the targets can be told.`
        return `**Could not be checked${this.#inSync() === '' ? '' : ' as a whole'}** at ${when}.${this.#unchecked()}${this.#inSync()}${this.#errors()}`
    }
  }

  /** Of drift that was not healed as a whole, what was. */
  #putBack(): string {
    const results = this.#report.targets.flatMap(({ outcomes }) => outcomes.flatMap((outcome) => outcome.results))
    const done = results.filter(({ action }) => !['failed', 'skipped', 'unchanged'].includes(action)).length
    return done === 0 ? '' : `, ${done} put back`
  }

  /** Of a check that could not look at all targets, those that are what they should be. */
  #inSync(): string {
    const names = this.#report.targets.filter(({ status }) => status === 'in-sync').map(({ id }) => codeSpan(id))
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
    return names.length === 0 ? '' : ` In sync: ${names.slice(0, MOST_NAMES).join(', ')}${more}.`
  }

  /** Of a check that found drift, what it does not know. */
  #unchecked(): string {
    const isUnknown = ({ status, plan }: RunReport['targets'][number]) =>
      status === 'error' && (!plan || (plan.unchecked ?? 0) > 0)
    const count = this.#report.targets.filter(isUnknown).length
    return count === 0 ? '' : ` ${count} of ${this.#report.targets.length} targets could not be checked.`
  }

  #errors(): string {
    const lines = this.#report.targets.flatMap(({ id, error }) =>
      error ? [`- ${codeSpan(id)}: ${shortened(error.message)}`] : []
    )
    const more = lines.length > MOST_ERRORS ? [`- … ${lines.length - MOST_ERRORS} more, see the run`] : []
    return lines.length === 0 ? '' : `\n\n${[...lines.slice(0, MOST_ERRORS), ...more].join('\n')}`
  }

  #run(): string {
    return this.#report.run ? `(${link('run', this.#report.run)})` : '(outside GitHub)'
  }

  get #title(): string {
    return `Drift in ${this.#report.environment}`.slice(0, 250)
  }

  get #label(): string {
    return this.#options.label ?? DRIFT_LABEL
  }
}

function changesOf(entry: HistoryEntry): string {
  return entry.changes === 1 ? '1 change' : `${entry.changes} changes`
}

/** An error in few words; escaped, a character can become many, and the text of the issue must stay within its limit. */
function shortened(message: string): string {
  const text = escapeMarkdown(clip(message, LONGEST_ERROR))
  return text.length <= 3 * LONGEST_ERROR ? text : escapeMarkdown(clip(message, LONGEST_ERROR / 5))
}
