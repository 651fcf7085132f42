import type { Change, ChangeAction } from '../targets/plan.ts'
import type { UnhealthyResource } from '../targets/target.ts'
import { diffLines } from './diff.ts'
import { sourceLink } from './links.ts'
import { clip, codeBlock, codeSpan, details, escapeMarkdown, table, wordsAndYaml } from './markdown.ts'
import type { RunReport, TargetReport } from './report.ts'
import { resourceText, unhealthyText } from './value.ts'

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

/** Longer sentences are not read, and one of them must not take the room of everything else. */
const LONGEST = 2000

/** What somebody says, as words of a sentence. */
export function words(text: string): string {
  return escapeMarkdown(clip(text, LONGEST))
}

/** The changes of a plan one after another, each with its diff: at most `most`, and as many fields of each. */
export function changeList(report: RunReport, target: TargetReport, most: number): string {
  const changes = target.plan?.changes ?? []
  const listed = changes.slice(0, most).map((change) => {
    const facts = [
      sourceLink(report, report.revision, change.source),
      change.reason === undefined ? '' : words(change.reason)
    ].filter((part) => part !== '')
    const title = `**${PLANNED[change.action]}** ${codeSpan(resourceText(change.resource))}`
    const head = [title, ...facts].join(' · ')
    return change.fields.length === 0 ? head : `${head}\n\n${codeBlock(diffOf(change, most).join('\n'), 'diff')}`
  })
  return withRest(listed, changes.length, 'changes').join('\n\n')
}

function diffOf(change: Change, most: number): string[] {
  const more = change.fields.length - most
  const lines = diffLines({ ...change, fields: change.fields.slice(0, most) }, 'to-declared')
  return more > 0 ? [...lines, `… and ${more} more ${more === 1 ? 'field' : 'fields'}, see the JSON report`] : lines
}

/** The blocks that are listed, and how many are not. */
function withRest(blocks: readonly string[], of: number, what: string): string[] {
  const more = of - blocks.length
  return more > 0 ? [...blocks, `*… and ${more} more ${what}; the JSON report of the run has them all.*`] : [...blocks]
}

/** Why a target failed: the message, what to do, and for each of at most `most` objects its events and log, folded. */
export function failureBlocks(target: TargetReport, most = Number.POSITIVE_INFINITY): string[] {
  const blocks: string[] = []
  if (target.error) {
    blocks.push(`**${words(target.error.message)}**`)
    const found = target.error.details ?? []
    const shown = found.slice(0, most).map((detail) => `- ${words(detail)}`)
    blocks.push(...withRest(shown, found.length, 'lines'))
    if (target.error.hint !== undefined) blocks.push(wordsAndYaml(target.error.hint))
  }
  for (const { failure, results } of target.outcomes) {
    if (!failure) continue
    if (!target.error?.message.includes(failure.message)) {
      blocks.push(`**${words(failure.message)}**`)
      if (failure.hint !== undefined) blocks.push(wordsAndYaml(failure.hint))
    }
    const failed = results.filter((result) => result.action === 'failed')
    const rows = failed.slice(0, most).map((one) => [codeSpan(resourceText(one.resource)), words(one.message ?? '')])
    if (rows.length > 0)
      blocks.push(...withRest([table(['Object', 'Reason'], rows)], failed.length - rows.length + 1, 'objects'))
    blocks.push(...withRest(failure.resources.slice(0, most).map(unhealthyBlock), failure.resources.length, 'objects'))
  }
  return blocks
}

/** Warning events and log lines, each under its name. */
export function evidenceParts({ events, logs }: NonNullable<Change['evidence']>): string[] {
  const parts: string[] = []
  if (events.length > 0) parts.push(`Events\n\n${codeBlock(events.join('\n'))}`)
  if (logs.length > 0) parts.push(`Log\n\n${codeBlock(logs.join('\n'))}`)
  return parts
}

function unhealthyBlock(one: UnhealthyResource): string {
  const title = unhealthyText(one)
  const parts = evidenceParts(one)
  return parts.length === 0 ? escapeMarkdown(title) : details(title, parts.join('\n\n'))
}
