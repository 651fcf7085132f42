import { formatSeconds } from '../duration.ts'
import { timeText } from '../moment.ts'
import type { Plan } from '../targets/plan.ts'
import type { ChangeResult } from '../targets/target.ts'
import { changeList, failureBlocks, words } from './changes.ts'
import { driftSection } from './drift-section.ts'
import { commitLink } from './links.ts'
import { codeSpan, details, link, table } from './markdown.ts'
import type { RunReport, RunStatus, TargetReport } from './report.ts'
import { GITHUB_BODY_LIMIT, STEP_SUMMARY_LIMIT, truncateMarkdown, truncateMarkdownBytes } from './truncate.ts'
import { countBy, driftWords, planWords } from './words.ts'

const SIGNS: Readonly<Record<TargetReport['status'], string>> = {
  succeeded: '✅',
  planned: '📋',
  'in-sync': '✅',
  healed: '✅',
  drifted: '⚠️',
  skipped: '⏭️',
  cancelled: '🛑',
  unsupported: '❔',
  failed: '❌',
  error: '❌'
}

/** The step summary of one or several environments, within GitHub's limit, which counts bytes. */
export function renderSummary(reports: readonly RunReport[]): string {
  const render = (most: number, room?: number) =>
    reports.map((report) => `## ${titleOf(report)}\n\n${bodyOf(report, most, room)}`).join('\n\n')
  const listed = listingFewer(render, reports, (one) => Buffer.byteLength(one), STEP_SUMMARY_LIMIT)
  const size = Buffer.byteLength(listed)
  const room = (STEP_SUMMARY_LIMIT / reports.length) * (listed.length / size) - TITLE
  const text = size > STEP_SUMMARY_LIMIT ? render(FEWEST, room) : listed
  return truncateMarkdownBytes(text, STEP_SUMMARY_LIMIT, notice(undefined))
}

/** More than the title of an environment takes. */
const TITLE = 200

/** What an issue says beside its findings: its headline with errors, and its history. */
const ROOM_IN_ISSUE = 16_384

/** What was found, as the findings of the drift issue: title, run and history are the issue's own. */
export function renderDriftIssue(report: RunReport, limit: number = GITHUB_BODY_LIMIT - ROOM_IN_ISSUE): string {
  const listed = listingFewer(
    (most) => bodyOf(report, most),
    [report],
    (one) => one.length,
    limit
  )
  const text = listed.length > limit ? bodyOf(report, FEWEST, limit) : listed
  return truncateMarkdown(text, limit, notice(report.run))
}

/**
 * The text with as many changes of each target, and fields of each change, as there is room for. Cutting it at its end
 * instead would show one target with thousands of changes, and nothing of those after it.
 */
function listingFewer(
  render: (most: number) => string,
  reports: readonly RunReport[],
  measure: (text: string) => number,
  limit: number
): string {
  let most = mostWorthTrying(reports, limit)
  let text = render(most)
  for (let size = measure(text); size > limit && most > FEWEST; size = measure(text)) {
    // Changes and fields shrink together, so the text shrinks by up to the square.
    most = Math.max(FEWEST, Math.floor(most * Math.min(Math.sqrt(limit / size) * 0.97, 0.95)))
    text = render(most)
  }
  return text
}

/** Less than a row of a table takes. */
const ROW = 30

/** So many changes and fields that there is no room for more: what does not fit anyway need not be written first. */
function mostWorthTrying(reports: readonly RunReport[], limit: number): number {
  const plans = reports.flatMap(({ targets }) => targets.flatMap(({ plan }) => plan ?? []))
  let most = FEWEST
  for (const { changes } of plans) {
    most = Math.max(most, changes.length)
    for (const { fields } of changes) most = Math.max(most, fields.length)
  }
  const rows = () =>
    plans
      .flatMap(({ changes }) => changes.slice(0, most))
      .reduce((sum, { fields }) => sum + Math.max(1, Math.min(fields.length, most)), 0)
  while (most > FEWEST && rows() * ROW > limit) most = Math.max(FEWEST, Math.floor(most * 0.8))
  return most
}

/** So few changes of each target are listed whatever the rest takes; then the text is cut at its end after all. */
const FEWEST = 5

/** Why a deployment failed, as the reason of a rollback pull request. */
export function renderFailure(report: RunReport): string {
  const failed = report.targets.filter((target) => target.status === 'failed')
  return failed.flatMap((target) => [`**${codeSpan(target.id)}**`, ...failureBlocks(target)]).join('\n\n')
}

function titleOf(report: RunReport): string {
  return `${SIGNS[report.status]} ${plainTitle(report)}`
}

const TITLES: Readonly<Record<RunStatus, (environment: string) => string>> = {
  succeeded: (name) => `Deployed to ${name}`,
  failed: (name) => `Deploying to ${name} failed`,
  cancelled: (name) => `Deploying to ${name} was cancelled`,
  planned: (name) => `Plan for ${name}`,
  'in-sync': (name) => `${name} is in sync`,
  drifted: (name) => `${name} has drifted`,
  healed: (name) => `${name} had drifted and is healed`,
  error: (name) => `${name} could not be checked`,
  unsupported: (name) => `${name} cannot be checked for drift`
}

function plainTitle(report: RunReport): string {
  const name = codeSpan(report.environment)
  if (report.command === 'preview' && report.status !== 'planned')
    return `Plan for ${name} ${report.status === 'failed' ? 'failed' : 'was cancelled'}`
  if (report.command === 'drift' && report.status === 'error' && report.targets.some((target) => target.plan))
    return `${name} could not be checked or healed as a whole`
  return TITLES[report.status](name)
}

/** @param room so long it may become: what one target has too much of is cut there, not what others have after it */
function bodyOf(report: RunReport, most: number, room = Number.POSITIVE_INFINITY): string {
  const head = [factsLine(report)]
  if (report.targets.length > 1 || report.status !== 'in-sync') head.push(targetTable(report))
  const sections = report.targets
    .map((target) => targetBlocks(report, target, most).join('\n\n'))
    .filter((section) => section !== '')
  const share = fairShare(
    sections.map((section) => section.length + 2),
    room - head.join('\n\n').length
  )
  return [...head, ...sections.map((one) => truncateMarkdown(one, Math.max(share - 2, 0), notice(report.run)))].join(
    '\n\n'
  )
}

/** The length to which all are cut so that they fit together; those that are shorter leave theirs to the others. */
function fairShare(lengths: readonly number[], room: number): number {
  let left = room
  const ascending = lengths.toSorted((a, b) => a - b)
  for (const [index, length] of ascending.entries()) {
    const share = left / (ascending.length - index)
    if (length > share) return Math.max(Math.floor(share), 0)
    left -= length
  }
  return Number.POSITIVE_INFINITY
}

/** Commit, run, time: what a reader needs to place the report. */
function factsLine(report: RunReport): string {
  const compared = new Set(report.targets.flatMap((target) => target.deployed?.revision ?? []))
  const [only] = compared
  const objects = report.targets.reduce((sum, { plan }) => sum + (plan ? objectsOf(plan) : 0), 0)
  const facts: string[] = []
  if (report.command !== 'drift' && report.revision !== undefined)
    facts.push(`Commit ${commitLink(report, report.revision)}`)
  if (report.command === 'drift' && compared.size === 1 && only !== undefined)
    facts.push(`Compared with ${commitLink(report, only)}, the deployed commit`)
  if (report.command === 'drift' && objects > 0) facts.push(`${objects} objects`)
  if (report.run !== undefined) facts.push(link('run', report.run))
  facts.push(`${timeText(report.startedAt)}, ${formatSeconds(report.seconds)}`)
  return facts.join(' · ')
}

function objectsOf(plan: Plan): number {
  return plan.unchanged + new Set(plan.changes.map((change) => change.resource.id)).size
}

function targetTable(report: RunReport): string {
  const name = (target: TargetReport) => codeSpan(target.id)
  const status = (target: TargetReport) => `${SIGNS[target.status]} ${target.status}`
  const time = (target: TargetReport) => (target.seconds === 0 ? '' : formatSeconds(target.seconds))
  if (report.command === 'deploy')
    return table(
      ['Target', 'Result', 'Created', 'Updated', 'Pruned', 'Unchanged', 'Time'],
      report.targets.map((target) => {
        const counts = countBy(resultsOf(target).map((result) => result.action))
        const count = (...actions: ChangeResult['action'][]) =>
          blankZero(actions.reduce((sum, action) => sum + (counts.get(action) ?? 0), 0))
        return [
          name(target),
          status(target),
          count('created'),
          count('updated', 'replaced'),
          count('pruned'),
          target.plan ? String(target.plan.unchanged) : '',
          time(target)
        ]
      })
    )
  const found = report.command === 'preview' ? planWords : driftWords
  return table(
    ['Target', 'Result', report.command === 'preview' ? 'Plan' : 'Found', 'Time'],
    report.targets.map((target) => [
      name(target),
      status(target),
      target.plan ? found(target.plan) : target.pending === undefined ? '' : 'not known yet',
      time(target)
    ])
  )
}

function targetBlocks(report: RunReport, target: TargetReport, most: number): string[] {
  const notes = [target.pending, target.plan?.unsupported, ...(target.plan?.notes ?? [])].filter(
    (note) => note !== undefined
  )
  const blocks = [...failureBlocks(target, most), ...notes.map((note) => `> ${words(note)}`)]
  const changes = target.plan?.changes.length ?? 0
  if (changes > 0 && report.command === 'drift') blocks.push(driftSection(report, target, most))
  else if (changes > 0) {
    const title = `${changes} ${changes === 1 ? 'change' : 'changes'} of ${target.id}`
    blocks.push(
      details(title, changeList(report, target, most), { open: report.command === 'preview' && changes <= 25 })
    )
  }
  if (report.command === 'preview' && target.plan) blocks.push(`Plan digest: ${codeSpan(target.plan.digest)}`)
  return blocks.length === 0 ? [] : [`### ${codeSpan(target.id)}`, ...blocks]
}

function resultsOf(target: TargetReport): ChangeResult[] {
  return target.outcomes.flatMap((outcome) => outcome.results)
}

function blankZero(count: number): string {
  return count === 0 ? '' : String(count)
}

function notice(run: string | undefined): string {
  const where = run === undefined ? '' : ` of the ${link('run', run)}`
  return `*Cut here: the report is longer than GitHub takes. The whole of it is in the JSON report${where}.*`
}
