import { formatSeconds } from '../duration.ts'
import type { Change } from '../targets/plan.ts'
import type { RunReport, TargetReport } from './report.ts'
import {
  attributionText,
  commonAttribution,
  inlineValue,
  isEqualField,
  resourceText,
  sourceText,
  unhealthyText
} from './value.ts'
import { driftWords, FOUND, outcomeWords, planWords } from './words.ts'

/** More changes of one target than this are counted, not listed: the log is read from its end. */
const LISTED = 200
/** The same of the fields of a change. */
const LISTED_FIELDS = 20

/** A report as a tree for the log: environment, targets, changes, fields. */
export function reportLines(report: RunReport): string[] {
  const head = `${report.environment}: ${report.status} in ${formatSeconds(report.seconds)}`
  return [head, ...branches(report.targets.map((target) => targetLines(report, target)))]
}

function targetLines(report: RunReport, target: TargetReport): string[] {
  const children: string[][] = []
  if (target.error) {
    children.push([target.error.message])
    for (const detail of target.error.details ?? []) children.push([detail])
    if (target.error.hint !== undefined) children.push([target.error.hint])
  }
  if (target.pending !== undefined) children.push([target.pending])
  if (target.plan?.unsupported !== undefined) children.push([target.plan.unsupported])
  for (const note of target.plan?.notes ?? []) children.push([note])
  const changes = target.plan?.changes ?? []
  const lines = report.command === 'drift' ? driftLines : changeLines
  for (const change of changes.slice(0, LISTED)) children.push(lines(change))
  if (changes.length > LISTED) children.push([`… ${changes.length - LISTED} more, see the report file`])
  for (const outcome of target.outcomes) children.push(...failureLines(outcome))
  return [`${target.id}: ${factsOf(report, target).join(', ')}`, ...branches(children)]
}

function factsOf(report: RunReport, target: TargetReport): string[] {
  const { plan, outcomes } = target
  const facts: string[] = [target.status]
  if (report.command === 'drift') {
    if (plan) facts.push(driftWords(plan))
    if (outcomes.length > 0) facts.push(`put back: ${outcomeWords(outcomes)}`)
  } else if (outcomes.length > 0) {
    facts.push(outcomeWords(outcomes))
    if (plan && plan.unchanged > 0) facts.push(`${plan.unchanged} unchanged`)
  } else if (plan) facts.push(planWords(plan))
  if (target.seconds > 0) facts.push(formatSeconds(target.seconds))
  return facts
}

/** What a plan will do or did. */
function changeLines(change: Change): string[] {
  const facts = [change.reason ?? '', sourceText(change.source)]
  const fields = listed(
    change.fields,
    (field) => `${field.path}: ${inlineValue(field.before)} → ${inlineValue(field.after)}`
  )
  return [`${change.action} ${resourceText(change.resource)}${inBrackets(facts)}`, ...fields]
}

/** What differs from what was deployed, and who did it. */
function driftLines(change: Change): string[] {
  const common = commonAttribution(change)
  const facts = [change.reason ?? '', attributionText(common), sourceText(change.source), heldText(change.held)]
  const fields = listed(change.fields, (field) => {
    const who = [common ? '' : attributionText(field.attribution), change.held ? '' : heldText(field.held)]
    const values = isEqualField(field)
      ? `declared and live ${inlineValue(field.after)}`
      : `declared ${inlineValue(field.after)}, live ${inlineValue(field.before)}`
    return `${field.path}: ${values}${inBrackets(who)}`
  })
  return [`${FOUND[change.action]}: ${resourceText(change.resource)}${inBrackets(facts)}`, ...fields]
}

/** Fields as lines below their change; of too many, how many more there are. */
function listed(fields: Change['fields'], line: (field: Change['fields'][number]) => string): string[] {
  const more = fields.length - LISTED_FIELDS
  const lines = fields.slice(0, LISTED_FIELDS).map(line)
  return [...lines, ...(more > 0 ? [`… ${more} more fields, see the report file`] : [])].map((text) => `    ${text}`)
}

function heldText(held: Change['held']): string {
  return held ? `left as it is: ${held.reason}` : ''
}

function inBrackets(facts: readonly string[]): string {
  const known = facts.filter((fact) => fact !== '')
  return known.length > 0 ? ` (${known.join('; ')})` : ''
}

function failureLines(outcome: TargetReport['outcomes'][number]): string[][] {
  const { failure } = outcome
  if (!failure) return []
  const resources = failure.resources.map((one) => [
    unhealthyText(one),
    ...one.events.map((line) => `    event: ${line}`),
    ...one.logs.map((line) => `    log: ${line}`)
  ])
  return [[failure.message], ...(failure.hint === undefined ? [] : [[failure.hint]]), ...resources]
}

/** Children of a node with the lines of a tree before them. */
function branches(children: readonly (readonly string[])[]): string[] {
  return children.flatMap((lines, index) => {
    const last = index === children.length - 1
    return lines
      .flatMap((line) => line.split('\n'))
      .map((line, row) => (row === 0 ? (last ? '└─ ' : '├─ ') : last ? '   ' : '│  ') + line)
  })
}
