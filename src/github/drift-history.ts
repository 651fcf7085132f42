import { asList, asNumber, asString, at, type Json, type JsonObject } from '../json.ts'
import { timeText } from '../moment.ts'
import { link, table } from '../report/markdown.ts'
import type { DriftStatus, RunReport } from '../report/report.ts'

/** One run of the drift check, as the issue remembers it. */
export interface HistoryEntry {
  /** RFC 3339. */
  readonly at: string
  readonly status: DriftStatus
  /** How many changes were found. */
  readonly changes: number
  readonly run?: string
}

/** How many runs an issue remembers, and how many of them its table shows. */
export const HISTORY_LIMIT = 30
const TABLE_ROWS = 10

const STATUSES: readonly DriftStatus[] = ['in-sync', 'drifted', 'healed', 'error', 'unsupported']
const WORDS: Readonly<Record<DriftStatus, string>> = {
  'in-sync': 'in sync',
  drifted: 'drifted',
  healed: 'drifted, healed',
  error: 'could not be checked',
  unsupported: 'cannot be checked'
}

/**
 * What a report adds to the history. Found drift counts as drift even where healing it failed, or where another target
 * could not be checked: what was found must be seen, and only a check of all closes the issue.
 */
export function entryOf(report: RunReport, now: Date): HistoryEntry {
  const found = report.targets.filter((target) => (target.plan?.changes.length ?? 0) > 0)
  const failed = report.targets.some((target) => target.status === 'error')
  const drifted =
    report.targets.some((target) => target.status === 'drifted') ||
    (failed && found.some((target) => target.status === 'error' || target.status === 'healed'))
  return {
    at: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    status: drifted ? 'drifted' : (STATUSES.find((status) => status === report.status) ?? 'error'),
    changes: report.targets.reduce((sum, target) => sum + (target.plan?.changes.length ?? 0), 0),
    ...(report.run ? { run: report.run } : {})
  }
}

/**
 * The history with one more run, oldest first. A run that reports twice (before and after healing) is one entry:
 * drift that is gone at its end was healed by it.
 */
export function addEntry(history: readonly HistoryEntry[], entry: HistoryEntry): HistoryEntry[] {
  const same = history.find((one) => one.run !== undefined && one.run === entry.run)
  const healed = same?.status === 'drifted' && entry.status === 'in-sync'
  const merged: HistoryEntry = {
    ...entry,
    status: healed ? 'healed' : entry.status,
    changes: Math.max(entry.changes, same?.changes ?? 0)
  }
  return [...history.filter((one) => one !== same), merged].slice(-HISTORY_LIMIT)
}

/** Since when drift has been found in every run that could check, and in how many; undefined when the last one found none. */
export function driftStreak(history: readonly HistoryEntry[]): { since: string; runs: number } | undefined {
  let streak: { since: string; runs: number } | undefined
  for (const entry of history.toReversed()) {
    if (entry.status === 'error' || entry.status === 'unsupported') continue
    if (entry.status === 'in-sync') break
    streak = { since: entry.at, runs: (streak?.runs ?? 0) + 1 }
  }
  return streak
}

/** Changes per run as a row of bars: `▁` none, `█` the most there were, `×` could not be checked. */
export function sparkline(history: readonly HistoryEntry[]): string {
  const most = Math.max(...history.map((entry) => entry.changes), 1)
  return history
    .map(({ status, changes }) => {
      if (status === 'error') return '×'
      if (status === 'unsupported') return '·'
      return changes === 0 || status === 'in-sync' ? BARS[0] : BARS[Math.ceil((changes / most) * (BARS.length - 1))]
    })
    .join('')
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** The last run that found drift. */
export function lastDrift(history: readonly HistoryEntry[]): HistoryEntry | undefined {
  return history.findLast(isDrift)
}

function isDrift({ status }: HistoryEntry): boolean {
  return status === 'drifted' || status === 'healed'
}

/** How often there was drift and since when, as one sentence. */
function oftenAndSince(history: readonly HistoryEntry[]): string {
  const drifted = history.filter(isDrift).length
  const streak = driftStreak(history)
  const [first] = history
  if (history.length === 1 && first && isDrift(first)) return 'Drift was found for the first time.'
  const blind = history.filter(({ status }) => status === 'error').length
  const unchecked = blind > 0 ? ` (${blind} could not check)` : ''
  return `Drift in ${drifted} of the last ${history.length} runs${unchecked}${sinceWhen(history, streak)}.`
}

function sinceWhen(history: readonly HistoryEntry[], streak: ReturnType<typeof driftStreak>): string {
  const last = lastDrift(history)
  if (!streak) return last ? `, for the last time at ${timeText(last.at)}` : ''
  if (streak.runs === 1) return `; this time since ${timeText(streak.since)}`
  const blind = history.some(({ at, status }) => at > streak.since && status === 'error')
  return `; in every one${blind ? ' that could check' : ''} since ${timeText(streak.since)} (${streak.runs} runs)`
}

/** What the bars of the chart mean. */
function legend(history: readonly HistoryEntry[]): string {
  const most = Math.max(...history.map((entry) => entry.changes), 0)
  const marks = [
    `${BARS[0]} none`,
    ...(most > 0 ? [`${BARS.at(-1)} ${most}`] : []),
    ...(history.some(({ status }) => status === 'error') ? ['× could not be checked'] : []),
    ...(history.some(({ status }) => status === 'unsupported') ? ['· cannot tell'] : [])
  ]
  return `<sub>Changes that each run found, the newest at the right: ${marks.join(', ')}.</sub>`
}

/** The history as Markdown: the chart, how often and since when, and the last runs. */
export function renderHistory(history: readonly HistoryEntry[]): string {
  const rows = history
    .slice(-TABLE_ROWS)
    .reverse()
    .map((entry) => [
      timeText(entry.at),
      WORDS[entry.status],
      entry.status === 'error' || entry.status === 'unsupported' ? '' : String(entry.changes),
      entry.run ? link('run', entry.run) : ''
    ])
  const chart = `\`${sparkline(history)}\` ${oftenAndSince(history)}<br>${legend(history)}`
  return [chart, '', table(['when', 'result', 'changes', ''], rows)].join('\n')
}

/** The history for the hidden comment. */
export function historyToJson(history: readonly HistoryEntry[]): JsonObject {
  return { version: 1, runs: history.map((entry) => ({ ...entry })) }
}

/** The history out of an issue's hidden comment: people can edit it, so what is not as we write it is left out. */
export function historyFromJson(value: Json | undefined): HistoryEntry[] {
  if (at(value, 'version') !== 1) return []
  return (asList(at(value, 'runs')) ?? [])
    .flatMap((item): HistoryEntry[] => {
      const time = asString(at(item, 'at')) ?? ''
      const status = STATUSES.find((one) => one === at(item, 'status'))
      const changes = asNumber(at(item, 'changes')) ?? -1
      const run = asString(at(item, 'run'))
      if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time) || !status || !Number.isSafeInteger(changes) || changes < 0)
        return []
      return [{ at: time, status, changes, ...(run && /^https?:\/\/.{1,300}$/.test(run) ? { run } : {}) }]
    })
    .slice(-HISTORY_LIMIT)
}
