import { formatSeconds } from '../duration.ts'
import type { Plan } from '../targets/plan.ts'
import type { ChangeResult } from '../targets/target.ts'
import { changeList, driftTable, failureBlocks } from './changes.ts'
import { commitLink } from './links.ts'
import { codeSpan, details, escapeMarkdown, link, table } from './markdown.ts'
import type { RunReport, RunStatus, TargetReport } from './report.ts'
import { GITHUB_BODY_LIMIT, STEP_SUMMARY_LIMIT, truncateMarkdown } from './truncate.ts'
import { timeText } from './value.ts'
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

/** The step summary of one or several environments, within GitHub's limit. */
export function renderSummary(reports: readonly RunReport[]): string {
  const text = reports.map((report) => `## ${titleOf(report)}\n\n${bodyOf(report)}`).join('\n\n')
  return withinBytes(text, STEP_SUMMARY_LIMIT)
}

/** What was found, as the findings of the drift issue: title, run and history are the issue's own. */
export function renderDriftIssue(report: RunReport, limit: number = GITHUB_BODY_LIMIT): string {
  return truncateMarkdown(bodyOf(report), limit, notice(report))
}

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

function bodyOf(report: RunReport): string {
  const blocks = [factsLine(report)]
  if (report.targets.length > 1 || report.status !== 'in-sync') blocks.push(targetTable(report))
  for (const target of report.targets) blocks.push(...targetBlocks(report, target))
  return blocks.join('\n\n')
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
  const words = report.command === 'preview' ? planWords : driftWords
  return table(
    ['Target', 'Result', report.command === 'preview' ? 'Plan' : 'Found', 'Time'],
    report.targets.map((target) => [
      name(target),
      status(target),
      target.plan ? words(target.plan) : target.pending === undefined ? '' : 'not known yet',
      time(target)
    ])
  )
}

function targetBlocks(report: RunReport, target: TargetReport): string[] {
  const notes = [...(target.pending === undefined ? [] : [target.pending]), ...(target.plan?.notes ?? [])]
  const blocks = [...failureBlocks(target), ...notes.map((note) => `> ${escapeMarkdown(note)}`)]
  const changes = target.plan?.changes.length ?? 0
  if (changes > 0 && report.command === 'drift') {
    blocks.push(driftTable(report, target))
    const healed = healedLine(target)
    if (healed !== '') blocks.push(healed)
  } else if (changes > 0) {
    const title = `${changes} ${changes === 1 ? 'change' : 'changes'} of ${target.id}`
    blocks.push(details(title, changeList(report, target), { open: report.command === 'preview' && changes <= 25 }))
  }
  if (report.command === 'preview' && target.plan) blocks.push(`Plan digest: ${codeSpan(target.plan.digest)}`)
  return blocks.length === 0 ? [] : [`### ${codeSpan(target.id)}`, ...blocks]
}

function healedLine(target: TargetReport): string {
  if (target.outcomes.length === 0) return ''
  const done = resultsOf(target).filter((result) => !['failed', 'skipped', 'unchanged'].includes(result.action)).length
  if (target.status === 'healed') return `Put back: all of it (${done}). A second check found it in sync.`
  const left = (target.plan?.changes ?? []).filter((change) => change.healable === false || change.held).length
  return `Put back: ${done}.${left > 0 ? ` Only reported: ${left}.` : ''}`
}

function resultsOf(target: TargetReport): ChangeResult[] {
  return target.outcomes.flatMap((outcome) => outcome.results)
}

function blankZero(count: number): string {
  return count === 0 ? '' : String(count)
}

function notice(report: RunReport): string {
  const run = report.run === undefined ? '' : ` of the ${link('run', report.run)}`
  return `*Cut here: the report is longer than GitHub takes. The whole of it is in the JSON report${run}.*`
}

/** GitHub counts a summary in bytes, and drops it as a whole when it is too long. */
function withinBytes(text: string, limit: number): string {
  let bytes = Buffer.byteLength(text)
  if (bytes <= limit) return text
  const cutNotice = '*Cut here: the report is longer than GitHub takes. The whole of it is in the JSON report.*'
  let units = text.length
  let result = text
  while (bytes > limit) {
    units = Math.floor(units * (limit / bytes) * 0.95)
    result = truncateMarkdown(text, units, cutNotice)
    bytes = Buffer.byteLength(result)
  }
  return result
}
