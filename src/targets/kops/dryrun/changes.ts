import type { Change, FieldChange, FieldValue } from '../../plan.ts'
import type { Redactor } from '../redact.ts'
import type { Deletion, DiffLine, DryRun, Task, TaskField } from './grammar.ts'
import { readMap, readValue } from './values.ts'

export interface ChangeOptions {
  readonly redactor: Redactor
  /** Whether deferred deletions are executed. */
  readonly prune: boolean
}

/** What a dry run says, as changes of a plan. */
export function changesOf(dryRun: DryRun, options: ChangeOptions): Change[] {
  const { redactor, prune } = options
  return [
    ...dryRun.created.map((task) => change('create', task, redactor)),
    ...dryRun.modified.filter((task) => !isNoise(task)).map((task) => change('update', task, redactor)),
    ...inOrder(dryRun.deleted).map((deletion) => removal(deletion)),
    ...inOrder(dryRun.deferred).map((deletion) => ({
      ...removal(deletion),
      reason: prune
        ? 'It is deleted after the instances have been replaced (prune).'
        : 'kops deletes it only with prune, which is off.',
      ...(prune ? {} : { healable: false })
    }))
  ]
}

/** kops sorts tasks, but prints deletions as it happens to find them: one plan would have several digests. */
function inOrder(deletions: readonly Deletion[]): Deletion[] {
  const key = ({ type, item }: Deletion) => `${type}/${item}`
  return deletions.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

/** Deletions that wait for prune, and nothing else. */
export function onlyDeferred(dryRun: DryRun): boolean {
  return (
    dryRun.created.length === 0 &&
    dryRun.deleted.length === 0 &&
    dryRun.modified.every(isNoise) &&
    dryRun.deferred.length > 0
  )
}

/** Whether applying would change anything that a plan shows, deferred deletions left out. */
export function isQuiet(dryRun: DryRun): boolean {
  return dryRun.created.length === 0 && dryRun.deleted.length === 0 && dryRun.modified.every(isNoise)
}

/** The bookkeeping of the stored object (`kops replace` counts it up), and nothing else of it. */
const BOOKKEEPING = /^\s*(?:generation: \d+|creationTimestamp: .*)$/

function isNoise(task: Task): boolean {
  return (
    task.type === 'ManagedFile' &&
    task.inconsistency === undefined &&
    task.fields.length > 0 &&
    task.fields.every(
      (field) =>
        field.kind === 'diff' &&
        field.lines.every((line) => line.type === 'skipped' || line.type === 'same' || BOOKKEEPING.test(line.text))
    )
  )
}

function change(action: 'create' | 'update', task: Task, redactor: Redactor): Change {
  return {
    action,
    resource: { id: `${task.type}/${task.name}`, kind: task.type, name: task.name },
    fields: task.fields.flatMap((field) => fieldChanges(task, field, redactor)),
    ...(task.inconsistency
      ? { reason: 'kops finds it changed, but cannot say in which field (its "internal consistency error").' }
      : {})
  }
}

function removal(deletion: Deletion): Change {
  return {
    action: 'delete',
    resource: { id: `${deletion.type}/${deletion.item}`, kind: deletion.type, name: deletion.item },
    fields: []
  }
}

/** User data carries the credentials of the state store when that is not AWS's own S3. */
const SECRET_FIELD = /^UserData$|secret|password|token|privatekey/i
const SECRET_TYPES: ReadonlySet<string> = new Set(['Secret', 'MirrorSecrets'])
/** Fields whose name says secret and whose values are settings. */
const OPEN_FIELDS: ReadonlySet<string> = new Set(['HTTPTokens', 'SecretStore'])

function fieldChanges(task: Task, field: TaskField, redactor: Redactor): FieldChange[] {
  const hidden = SECRET_TYPES.has(task.type) || (SECRET_FIELD.test(field.name) && !OPEN_FIELDS.has(field.name))
  const path = field.name
  if (field.kind === 'diff') {
    const before = side(field.lines, 'removed')
    const after = side(field.lines, 'added')
    if (hidden) return [{ path, before: redactor.secret(before.join('\n')), after: redactor.secret(after.join('\n')) }]
    return [{ path, before: textValue(redactor.lines(before)), after: textValue(redactor.lines(after)) }]
  }
  const before = field.kind === 'value' ? '<nil>' : field.before
  const after = field.kind === 'value' ? field.value : field.after
  if (hidden) return [{ path, before: secretValue(before, redactor), after: secretValue(after, redactor) }]
  const [old, wanted] = [readMap(before), readMap(after)]
  if (field.kind === 'change' && old && wanted)
    return [...new Set([...old.keys(), ...wanted.keys()])]
      .sort()
      .filter((key) => old.get(key) !== wanted.get(key))
      .map((key) => ({
        path: `${path}[${JSON.stringify(key)}]`,
        before: shown(old.get(key), redactor, key),
        after: shown(wanted.get(key), redactor, key)
      }))
  return [{ path, before: shown(before, redactor), after: shown(after, redactor) }]
}

function side(lines: readonly DiffLine[], type: 'removed' | 'added'): string[] {
  return lines.flatMap((line) =>
    line.type === 'skipped' ? ['...'] : line.type === 'same' || line.type === type ? [line.text] : []
  )
}

function textValue(lines: readonly string[]): FieldValue {
  return lines.length === 0 ? { type: 'absent' } : { type: 'value', value: lines.join('\n') }
}

function secretValue(text: string, redactor: Redactor): FieldValue {
  return text === '<nil>' ? { type: 'absent' } : redactor.secret(text)
}

function shown(text: string | undefined, redactor: Redactor, key?: string): FieldValue {
  if (text === undefined || text === '<nil>' || text === 'id:<nil>') return { type: 'absent' }
  // As a line of a file, so that a key that says secret is known by the same rule.
  const safe = key === undefined ? redactor.text(text) : redactor.text(`${key}: ${text}`).slice(key.length + 2)
  return { type: 'value', value: readValue(safe) }
}
