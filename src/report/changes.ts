import type { Change, ChangeAction } from '../targets/plan.ts'
import type { UnhealthyResource } from '../targets/target.ts'
import { diffLines } from './diff.ts'
import { sourceLink } from './links.ts'
import { codeBlock, codeSpan, details, escapeMarkdown, table } from './markdown.ts'
import type { RunReport, TargetReport } from './report.ts'
import { attributionText, commonAttribution, inlineValue, resourceText, unhealthyText } from './value.ts'
import { FOUND } from './words.ts'

/** What a change is called where it is planned or was done. */
const PLANNED: Readonly<Record<ChangeAction, string>> = {
  create: 'create',
  update: 'update',
  replace: 'replace',
  delete: 'delete',
  'remove-foreign': 'foreign fields',
  reclaim: 'take back ownership',
  restart: 'restart',
  unmanaged: 'not declared',
  unhealthy: 'unhealthy'
}

/** The changes of a plan one after another, each with its diff. */
export function changeList(report: RunReport, target: TargetReport): string {
  return (target.plan?.changes ?? [])
    .map((change) => {
      const facts = [
        sourceLink(report, report.revision, change.source),
        change.reason === undefined ? '' : escapeMarkdown(change.reason)
      ].filter((part) => part !== '')
      const title = `**${PLANNED[change.action]}** ${codeSpan(resourceText(change.resource))}`
      const head = [title, ...facts].join(' · ')
      return change.fields.length === 0
        ? head
        : `${head}\n\n${codeBlock(diffLines(change, 'to-declared').join('\n'), 'diff')}`
    })
    .join('\n\n')
}

/** Longer values than this stand in a diff below the table, not in it. */
const CELL = 60

/** Drift as a table: what is declared, what lives, who did it. Values that do not fit a cell follow as diffs. */
export function driftTable(report: RunReport, target: TargetReport): string {
  const changes = target.plan?.changes ?? []
  const revision = target.deployed?.revision ?? report.revision
  const rows = changes.flatMap((change) => driftRows(report, revision, change))
  const long = changes
    .map((change) => ({
      ...change,
      fields: change.fields.filter(({ before, after }) => !fits(before) || !fits(after))
    }))
    .filter((change) => change.fields.length > 0)
  const blocks = [table(['', 'Object', 'Field', 'Declared', 'Live', 'Changed by'], rows)]
  for (const change of long)
    blocks.push(
      details(
        `${resourceText(change.resource)}: what was changed`,
        codeBlock(diffLines(change, 'to-live').join('\n'), 'diff')
      )
    )
  blocks.push(...heldBlocks(changes), ...changes.flatMap(evidenceBlock))
  return blocks.join('\n\n')
}

/** What healing leaves, and why: one line for all objects of one reason, with the YAML that settles a fight. */
function heldBlocks(changes: readonly Change[]): string[] {
  const lines: string[] = []
  const proposals = new Set<string>()
  for (const [reason, names] of heldByReason(changes)) {
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
    lines.push(`- ${names.slice(0, MOST_NAMES).join(', ')}${more}: ${escapeMarkdown(reason)}.`)
  }
  for (const held of changes.flatMap((change) => [change.held, ...change.fields.map((field) => field.held)]))
    if (held?.proposal !== undefined) proposals.add(held.proposal)
  const blocks = lines.length === 0 ? [] : [`**Left as it is:**\n\n${lines.join('\n')}`]
  if (proposals.size > 0)
    blocks.push(
      'Stop whoever changes it. Or let it differ: add this to the environment in `gitops.yaml` (for the action drift-check: what stands below `ignore`, to the input `ignore-differences`; what stands below `except`, to `heal-except`). Healing goes on by itself then, or when the declared value changes.',
      ...[...proposals].map((proposal) => codeBlock(proposal, 'yaml'))
    )
  return blocks
}

const MOST_NAMES = 5

function heldByReason(changes: readonly Change[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const add = (reason: string, name: string) => found.set(reason, [...(found.get(reason) ?? []), name])
  for (const { held, resource, fields } of changes) {
    const object = codeSpan(resourceText(resource))
    if (held) add(held.reason, object)
    else for (const field of fields) if (field.held) add(field.held.reason, `${codeSpan(field.path)} of ${object}`)
  }
  return found
}

/** Events and log lines of what does not work, folded. */
function evidenceBlock({ resource, evidence }: Change): string[] {
  const parts = evidence ? evidenceParts(evidence) : []
  return parts.length === 0 ? [] : [details(`${resourceText(resource)}: events and log`, parts.join('\n\n'))]
}

function evidenceParts({ events, logs }: NonNullable<Change['evidence']>): string[] {
  const parts: string[] = []
  if (events.length > 0) parts.push(`Events\n\n${codeBlock(events.join('\n'))}`)
  if (logs.length > 0) parts.push(`Log\n\n${codeBlock(logs.join('\n'))}`)
  return parts
}

function driftRows(report: RunReport, revision: string | undefined, change: Change): string[][] {
  const common = commonAttribution(change)
  const by = (attribution: Change['attribution']) => escapeMarkdown(attributionText(attribution))
  const place = sourceLink(report, revision, change.source)
  const object = [codeSpan(resourceText(change.resource)), place].filter((part) => part !== '').join('<br>')
  const reason = change.reason === undefined ? '' : escapeMarkdown(change.reason)
  const first = [FOUND[change.action], object]
  // Nothing in the cluster says who deleted an object.
  const author = change.attribution ?? (change.action === 'create' ? UNKNOWN : undefined)
  if (change.fields.length === 0) return [[...first, reason, '', '', by(author)]]
  return change.fields.map((field, index) => [
    ...(index === 0 ? first : ['', '']),
    codeSpan(field.path),
    cellValue(field.after),
    cellValue(field.before),
    index > 0 && common ? '″' : by(field.attribution ?? common)
  ])
}

const UNKNOWN = { known: false, candidates: [] } as const

function cellValue(value: Change['fields'][number]['before']): string {
  if (value.type === 'absent') return '–'
  return fits(value) ? codeSpan(inlineValue(value, CELL)) : '(see below)'
}

function fits(value: Change['fields'][number]['before']): boolean {
  return inlineValue(value, CELL + 1).length <= CELL && !(value.type === 'value' && String(value.value).includes('\n'))
}

/** Why a target failed: the message, what to do, and for each object its events and log, folded. */
export function failureBlocks(target: TargetReport): string[] {
  const blocks: string[] = []
  if (target.error) {
    blocks.push(`**${escapeMarkdown(target.error.message)}**`)
    for (const detail of target.error.details ?? []) blocks.push(`- ${escapeMarkdown(detail)}`)
    if (target.error.hint !== undefined) blocks.push(escapeMarkdown(target.error.hint))
  }
  for (const { failure, results } of target.outcomes) {
    if (!failure) continue
    if (!target.error?.message.includes(failure.message)) {
      blocks.push(`**${escapeMarkdown(failure.message)}**`)
      if (failure.hint !== undefined) blocks.push(escapeMarkdown(failure.hint))
    }
    const failed = results.filter((result) => result.action === 'failed')
    if (failed.length > 0)
      blocks.push(
        table(
          ['Object', 'Reason'],
          failed.map((one) => [codeSpan(resourceText(one.resource)), escapeMarkdown(one.message ?? '')])
        )
      )
    blocks.push(...failure.resources.map(unhealthyBlock))
  }
  return blocks
}

function unhealthyBlock(one: UnhealthyResource): string {
  const title = unhealthyText(one)
  const parts = evidenceParts(one)
  return parts.length === 0 ? escapeMarkdown(title) : details(title, parts.join('\n\n'))
}
