import type { Attribution, Change, FieldChange, FieldValue } from '../targets/plan.ts'
import { evidenceParts, words } from './changes.ts'
import { diffLines } from './diff.ts'
import { heldBlocks } from './held.ts'
import { sourceLink } from './links.ts'
import { codeBlock, codeSpan, details, escapeMarkdown, table } from './markdown.ts'
import type { RunReport, TargetReport } from './report.ts'
import { attributionText, commonAttribution, inlineValue, isEqualField, resourceText } from './value.ts'
import { FOUND } from './words.ts'

/** Longer values than this stand in a diff below the table, not in it. */
const CELL = 60

/**
 * The drift of a target: first what became of it (put back, left alone, and why), because that is what a reader acts
 * on and must not be cut off; then a table of what is declared, what lives and who did it, then values that do not fit
 * a cell, as diffs, and events and logs. At most `most` changes are listed, and as many fields of each.
 */
export function driftSection(report: RunReport, target: TargetReport, most: number): string {
  const changes = target.plan?.changes ?? []
  const shown = changes.slice(0, most).map((change) => withFewerFields(change, most))
  const blocks = [
    putBackLine(target, changes),
    ...heldBlocks(changes, target.outcomes.length > 0 ? 'Left as it is' : 'What healing leaves as it is'),
    driftTable(report, target, shown, changes)
  ]
  const more = changes.length - shown.length
  if (more > 0)
    blocks.push(`*… and ${more} more ${more === 1 ? 'change' : 'changes'}; the JSON report of the run has them all.*`)
  for (const change of shown) blocks.push(...longValues(change), ...evidenceBlock(change))
  return blocks.filter((block) => block !== '').join('\n\n')
}

function driftTable(report: RunReport, target: TargetReport, shown: readonly Change[], all: readonly Change[]): string {
  const revision = target.deployed?.revision ?? report.revision
  const rows = shown.flatMap((change, index) => {
    const of = all[index] ?? change
    const more = of.fields.length - change.fields.length
    const rest = more > 0 ? [['', '', `*… and ${more} more ${more === 1 ? 'field' : 'fields'}*`, '', '', '']] : []
    return [...driftRows(report, revision, change, fate(target, of)), ...rest]
  })
  return table(['', 'Object', 'Field', 'Declared', 'Live', 'Changed by'], rows)
}

function driftRows(report: RunReport, revision: string | undefined, change: Change, then: string): string[][] {
  const common = commonAttribution(change)
  const by = (attribution: Change['attribution']) => escapeMarkdown(attributionText(attribution))
  const reason = change.reason === undefined ? '' : words(change.reason)
  const place = sourceLink(report, revision, change.source)
  // Where there are fields, their columns leave no room for the reason.
  const about = [codeSpan(resourceText(change.resource)), place, change.fields.length > 0 ? reason : '']
  const first = [[FOUND[change.action], then].filter(isThere).join('<br>'), about.filter(isThere).join('<br>')]
  // Nothing in the cluster says who deleted an object.
  const author = change.attribution ?? (change.action === 'create' ? UNKNOWN : undefined)
  if (change.fields.length === 0) return [[...first, reason, '', '', by(author)]]
  return change.fields.map((field, index) => [
    ...(index === 0 ? first : ['', '']),
    codeSpan(field.path),
    ...cellValues(field),
    index > 0 && common ? '″' : by(field.attribution ?? common)
  ])
}

function withFewerFields(change: Change, most: number): Change {
  return change.fields.length <= most ? change : { ...change, fields: change.fields.slice(0, most) }
}

const UNKNOWN: Attribution = { known: false, candidates: [] }

/** What healing made of a change; empty where nothing was healed, or all of it was, which one line says. */
function fate(target: TargetReport, change: Change): string {
  if (target.outcomes.length === 0 || target.status === 'healed') return ''
  const result = target.outcomes
    .flatMap((outcome) => outcome.results)
    .findLast((one) => one.resource.id === change.resource.id)
  if (isLeft(change)) return 'left'
  if (result?.action === 'failed') return '**not put back**'
  if (result === undefined || NOTHING_DONE.has(result.action)) return ''
  return change.fields.some((field) => field.held) ? 'put back in part' : 'put back'
}

const NOTHING_DONE: ReadonlySet<string> = new Set(['skipped', 'unchanged'])

function isLeft(change: Change): boolean {
  const { healable, held, fields } = change
  return healable === false || held !== undefined || (fields.length > 0 && fields.every((field) => field.held))
}

function putBackLine(target: TargetReport, changes: readonly Change[]): string {
  if (target.outcomes.length === 0) return ''
  const results = target.outcomes.flatMap((outcome) => outcome.results)
  const done = results.filter(({ action }) => action !== 'failed' && !NOTHING_DONE.has(action)).length
  if (target.status === 'healed') return `Put back: all of it (${done}). A second check found it in sync.`
  const left = changes.filter(isLeft).length
  return `Put back: ${done}.${left > 0 ? ` Only reported: ${left}.` : ''}`
}

/** The values of a change that do not fit a cell, folded. */
function longValues(change: Change): string[] {
  const fields = change.fields.filter((field) => (!fits(field.before) || !fits(field.after)) && !isEqualField(field))
  if (fields.length === 0) return []
  const lines = diffLines({ ...change, fields }, 'to-live')
  return [details(`${resourceText(change.resource)}: what was changed`, codeBlock(lines.join('\n'), 'diff'))]
}

/** Events and log lines of what does not work, folded. */
function evidenceBlock({ resource, evidence }: Change): string[] {
  const parts = evidence ? evidenceParts(evidence) : []
  return parts.length === 0 ? [] : [details(`${resourceText(resource)}: events and log`, parts.join('\n\n'))]
}

/** What is declared and what lives; of a long value that only has another owner there is nothing to see. */
function cellValues(field: FieldChange): [string, string] {
  if (!fits(field.before) && isEqualField(field)) return ['(equal)', '(equal)']
  return [cellValue(field.after), cellValue(field.before)]
}

function cellValue(value: FieldValue): string {
  if (value.type === 'absent') return '–'
  return fits(value) ? codeSpan(inlineValue(value, CELL)) : '(see below)'
}

function fits(value: FieldValue): boolean {
  return inlineValue(value, CELL + 1).length <= CELL && !(value.type === 'value' && String(value.value).includes('\n'))
}

function isThere(text: string): boolean {
  return text !== ''
}
