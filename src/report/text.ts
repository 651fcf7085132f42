import { formatSeconds } from '../duration.ts'
import type { Change } from '../targets/plan.ts'
import type { RunReport, TargetReport } from './report.ts'
import { attributionText, commonAttribution, inlineValue, resourceText, sourceText, unhealthyText } from './value.ts'
import { driftWords, outcomeWords, planWords } from './words.ts'

/** More changes of one target than this are counted, not listed: the log is read from its end. */
const LISTED = 200

/** A report as a tree for the log: environment, targets, changes, fields. */
export function reportLines(report: RunReport): string[] {
  const head = `${report.environment}: ${report.status} in ${formatSeconds(report.seconds)}`
  return [head, ...branches(report.targets.map((target) => targetLines(report, target)))]
}

function targetLines(report: RunReport, target: TargetReport): string[] {
  const facts: string[] = [target.status]
  if (target.outcomes.length > 0) facts.push(outcomeWords(target.outcomes))
  if (target.plan && report.command === 'drift') facts.push(driftWords(target.plan))
  else if (target.plan)
    facts.push(target.outcomes.length > 0 ? `${target.plan.unchanged} unchanged` : planWords(target.plan))
  facts.push(formatSeconds(target.seconds))
  const children: string[][] = []
  if (target.error) {
    children.push([target.error.message])
    for (const detail of target.error.details ?? []) children.push([detail])
    if (target.error.hint !== undefined) children.push([target.error.hint])
  }
  for (const note of target.plan?.notes ?? []) children.push([note])
  const changes = target.plan?.changes ?? []
  for (const change of changes.slice(0, LISTED)) children.push(changeLines(report, change))
  if (changes.length > LISTED) children.push([`… ${changes.length - LISTED} more changes, see the report file`])
  for (const outcome of target.outcomes) children.push(...failureLines(outcome))
  return [`${target.id}: ${facts.join(', ')}`, ...branches(children)]
}

function changeLines(report: RunReport, change: Change): string[] {
  const common = commonAttribution(change)
  const facts = [
    change.reason ?? '',
    report.command === 'drift' ? attributionText(common) : '',
    sourceText(change.source)
  ].filter((fact) => fact !== '')
  const head = `${change.action} ${resourceText(change.resource)}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`
  const fields = change.fields.map((field) => {
    const who = report.command === 'drift' && !common ? attributionText(field.attribution) : ''
    return `    ${field.path}: ${inlineValue(field.before)} → ${inlineValue(field.after)}${who === '' ? '' : ` (${who})`}`
  })
  return [head, ...fields]
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
