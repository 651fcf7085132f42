import { GitOpsError } from '../../../errors.ts'
import {
  type Deletion,
  DIFF_MARKS,
  type DiffLine,
  type DryRun,
  HEADERS,
  INCONSISTENT,
  SECTIONS,
  type Section,
  SKIPPED,
  type Task,
  type TaskField,
  VERDICTS
} from './grammar.ts'

/**
 * Reads the report of a dry run. Nothing is guessed: a line that has no place in the grammar is an error, since a plan
 * that leaves something out would be approved for what it is not.
 * @throws GitOpsError naming the line
 */
export function parseDryRun(text: string): DryRun {
  // A carriage return is a part of a value: a changed one is a change.
  const lines = text.split('\n')
  const end = lines.findLastIndex((line) => line.trim() !== '')
  const verdict = lines[end] === VERDICTS.none ? 'none' : lines[end] === VERDICTS.changes ? 'changes' : undefined
  if (verdict === undefined)
    throw unreadable('it does not end with what there is to do', lines.slice(Math.max(0, end - 2), end + 1).join('\n'))
  const { preamble, sections } = splitSections(lines.slice(0, end))
  const result: DryRun = {
    preamble,
    created: parseTasks(sections.get('created') ?? [], 'created'),
    modified: parseTasks(sections.get('modified') ?? [], 'modified'),
    deferred: (sections.get('deferred') ?? []).flatMap(parseDeletion),
    deleted: (sections.get('deleted') ?? []).flatMap(parseDeletion),
    verdict
  }
  const isEmpty = sections.size === 0
  if (isEmpty !== (verdict === 'none')) throw unreadable('its last line contradicts the rest', lines[end] ?? '')
  return result
}

/** A header counts only where it may stand: once, and in kops' order. Elsewhere it is text of a value. */
function splitSections(lines: readonly string[]): { preamble: string[]; sections: Map<Section, string[]> } {
  const preamble: string[] = []
  const sections = new Map<Section, string[]>()
  let next = 0
  let current = preamble
  for (const line of lines) {
    const section = SECTIONS.findIndex((name, index) => index >= next && HEADERS[name] === line)
    const name = SECTIONS[section]
    if (name === undefined) current.push(line)
    else {
      next = section + 1
      current = []
      sections.set(name, current)
    }
  }
  return { preamble: preamble.filter((line) => line.trim() !== ''), sections }
}

// With the flag s: JavaScript takes more for a line end than kops does.
const TASK = /^ {2}([A-Z][A-Za-z0-9]*)\/(.+)$/s
const FIELD = /^ {2}\t([A-Z][A-Za-z0-9_]*) *\t(.*)$/s
const FIELD_ALONE = /^ {2}\t([A-Z][A-Za-z0-9_]*) *$/
const DETAIL = /^ {2}\t {20}\t(.*)$/s

interface Draft {
  readonly type: string
  readonly name: string
  readonly fields: { name: string; lines: string[]; alone: boolean }[]
  inconsistency?: string[]
}

function parseTasks(lines: readonly string[], section: 'created' | 'modified'): Task[] {
  const drafts: Draft[] = []
  let last: Draft | undefined
  for (const [index, line] of lines.entries()) {
    const field = last?.fields.at(-1)
    if (line === '' && isBetweenTasks(lines[index + 1])) continue
    const [, type, name] = TASK.exec(line) ?? []
    if (type !== undefined && name !== undefined) {
      last = { type, name, fields: [] }
      drafts.push(last)
      continue
    }
    if (!last) throw unreadable('a line belongs to no task', line)
    if (line === INCONSISTENT) {
      last.inconsistency = []
      continue
    }
    if (last.inconsistency) {
      last.inconsistency.push(line.trim())
      continue
    }
    const detail = DETAIL.exec(line)
    if (detail && field?.alone) {
      field.lines.push(detail[1] ?? '')
      continue
    }
    const [, fieldName, value] = FIELD.exec(line) ?? []
    if (fieldName !== undefined && value !== undefined) {
      last.fields.push({ name: fieldName, lines: [value], alone: false })
      continue
    }
    const [, header] = FIELD_ALONE.exec(line) ?? []
    if (header !== undefined && section === 'modified') {
      last.fields.push({ name: header, lines: [], alone: true })
      continue
    }
    // The value of a created task is printed as it is, line ends included.
    if (!field || field.alone || section === 'modified') throw unreadable('a line belongs to no field', line)
    field.lines.push(line)
  }
  return drafts.map((draft) => ({
    type: draft.type,
    name: draft.name,
    fields: draft.fields.map((field) => readField(field, section)),
    ...(draft.inconsistency ? { inconsistency: draft.inconsistency } : {})
  }))
}

/** Whether an empty line before this one ends a task, and is no empty line of a value. */
function isBetweenTasks(next: string | undefined): boolean {
  return next === undefined || next === '' || TASK.test(next)
}

function readField({ name, lines, alone }: Draft['fields'][number], section: 'created' | 'modified'): TaskField {
  if (section === 'created') return { name, kind: 'value', value: lines.join('\n') }
  const diff = alone ? readDiff(lines) : undefined
  if (diff) return { name, kind: 'diff', lines: diff }
  return { name, kind: 'change', ...splitChange(lines.join('\n')) }
}

/** A diff ends with a line end, which leaves an empty last line; undefined when it is a value of several lines. */
function readDiff(lines: readonly string[]): DiffLine[] | undefined {
  if (lines.at(-1) !== '') return undefined
  const diff: DiffLine[] = []
  for (const line of lines.slice(0, -1)) {
    const type = (['same', 'removed', 'added'] as const).find((one) => line.startsWith(DIFF_MARKS[one]))
    if (line === SKIPPED) diff.push({ type: 'skipped' })
    else if (type) diff.push({ type, text: line.slice(2) })
    else return undefined
  }
  return diff
}

const ARROW = ' -> '

/** `␠old -> new`. Where the values hold arrows themselves, the middle one is taken: they are mostly alike. */
function splitChange(text: string): { before: string; after: string } {
  const parts = text.replace(/^ /, '').split(ARROW)
  if (parts.length < 2) throw unreadable('a change has no new value', text)
  const middle = Math.floor(parts.length / 2)
  return { before: parts.slice(0, middle).join(ARROW), after: parts.slice(middle).join(ARROW) }
}

function parseDeletion(line: string): Deletion[] {
  if (line === '') return []
  const [, type, item] = /^ {2}(\S+) +(.*)$/s.exec(line) ?? []
  if (type === undefined || item === undefined) throw unreadable('a line is no deletion', line)
  return [{ type, item }]
}

function unreadable(why: string, line: string): GitOpsError {
  return new GitOpsError(`The dry run of kops cannot be read: ${why}.`, {
    // Without the text itself: it may be part of a secret.
    details: [
      `The line has ${line.length} characters and begins with ${JSON.stringify(line.trimStart().slice(0, 12))}.`
    ],
    hint: 'Nothing was written. Is this a kops that is newer than 1.36? Please report it with the version of kops.'
  })
}
