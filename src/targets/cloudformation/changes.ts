import type { ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation'
import { at, canonicalJson, type Json } from '../../json.ts'
import type { Change, ChangeAction, FieldChange, Purpose } from '../plan.ts'
import { secretPaths, type Template } from './template.ts'
import { fieldsBetween, parsedValue, type Values } from './values.ts'

/** A change of a resource, and whether it takes the resource (or the present one) away. */
export interface ReadChange {
  readonly change: Change
  readonly destroys: boolean
}

interface Reading {
  readonly purpose: Purpose
  readonly values: Values
  /** That of the stack; nested stacks have none here. */
  readonly template: Template | undefined
  /** Logical ids of the stacks around it, outermost first. */
  readonly path: readonly string[]
}

/** A change of a change set in the words of a plan; undefined where nothing would be done. */
export function readChange(one: ResourceChange, reading: Reading): ReadChange | undefined {
  const logicalId = one.LogicalResourceId ?? '?'
  const action = actionOf(one)
  const notices = noticesOf(one, action)
  const fields = action === 'delete' ? [] : fieldsOf(one, reading)
  const place = reading.path.length === 0 ? reading.template?.place(logicalId) : undefined
  const reason = notices.join(' ')
  return {
    change: {
      action,
      resource: resourceOf(reading.path, logicalId, one.ResourceType ?? ''),
      fields,
      ...(reading.purpose === 'drift' ? { attribution: { known: false, candidates: [] } as const } : {}),
      ...(reason === '' ? {} : { reason }),
      ...(place ? { source: place } : {})
    },
    destroys: isDestructive(one)
  }
}

export function resourceOf(path: readonly string[], logicalId: string, type: string): Change['resource'] {
  return {
    id: [...path, logicalId].join('/'),
    kind: type,
    name: logicalId,
    ...(path.length === 0 ? {} : { namespace: path.join('/') })
  }
}

/**
 * Whether a nested stack is listed only because its template might have changed: AWS cannot know before it looks, and
 * its own change set then says what there is.
 */
export function isAutomatic(one: ResourceChange): boolean {
  return (
    one.Action === 'Modify' &&
    one.Replacement !== 'True' &&
    (one.Details ?? []).every((detail) => detail.ChangeSource === 'Automatic' || !isKnownToChange(detail))
  )
}

function isKnownToChange({ Evaluation, Target }: ResourceChangeDetail): boolean {
  if (Target?.BeforeValue !== undefined && Target.BeforeValue === Target.AfterValue) return false
  return Evaluation !== 'Dynamic' || (Target?.AfterValue !== undefined && Target.BeforeValue !== Target.AfterValue)
}

function actionOf(one: ResourceChange): ChangeAction {
  switch (one.Action) {
    case 'Add':
      return 'create'
    case 'Remove':
      // What is kept is no longer managed; it is not deleted.
      return one.PolicyAction === 'Retain' ? 'update' : 'delete'
    case 'Modify':
      // Deleted outside: the drift-aware change set makes it anew, whatever it calls that.
      if (one.ResourceDriftStatus === 'DELETED') return 'create'
      return one.Replacement === 'True' ? 'replace' : 'update'
    default:
      return 'update'
  }
}

function isDestructive(one: ResourceChange): boolean {
  if (one.ResourceDriftStatus === 'DELETED') return false
  if (one.Action === 'Remove') return one.PolicyAction !== 'Retain'
  if (one.PolicyAction === 'ReplaceAndRetain') return false
  return (
    (one.Action === 'Modify' || one.Action === 'Dynamic') &&
    (one.Replacement === 'True' || one.Replacement === 'Conditional')
  )
}

/** What is special about a change, one sentence each. */
function noticesOf(one: ResourceChange, action: ChangeAction): string[] {
  const notices: string[] = []
  if (one.ResourceDriftStatus === 'DELETED') notices.push('Deleted outside of CloudFormation.')
  else if (one.ResourceDriftStatus === 'MODIFIED') notices.push('Changed outside of CloudFormation.')
  if (one.Action === 'Import') notices.push(`Imported${one.PhysicalResourceId ? ` (${one.PhysicalResourceId})` : ''}.`)
  if (one.Action === 'SyncWithActual')
    notices.push('It lives as it is declared; CloudFormation only takes note of that.')
  if (one.Action === 'Dynamic')
    notices.push('CloudFormation cannot say what it will do: that depends on a value which is not known yet.')
  const because = recreating(one)
  if (action === 'replace')
    notices.push(`Replaced, because it cannot be changed in place${because === '' ? '' : ` (${because})`}.`)
  else if (one.Replacement === 'Conditional')
    notices.push(`It may have to be replaced${because === '' ? '' : ` (${because})`}.`)
  if (one.Action === 'Remove' && one.PolicyAction === 'Retain')
    notices.push('Forgotten: the stack no longer manages it, and the resource stays (DeletionPolicy: Retain).')
  if (one.PolicyAction === 'Snapshot') notices.push('A snapshot is made before it is deleted.')
  if (one.PolicyAction === 'ReplaceAndRetain') notices.push('The old one stays where it is.')
  if (one.PolicyAction === 'ReplaceAndSnapshot') notices.push('A snapshot of the old one is made.')
  const module = one.ModuleInfo?.LogicalIdHierarchy
  if (module !== undefined) notices.push(`Made by module ${module}.`)
  return notices
}

/** The properties that force a replacement. */
function recreating(one: ResourceChange): string {
  const names = (one.Details ?? []).flatMap(({ Target }) =>
    Target?.RequiresRecreation === 'Always' || Target?.RequiresRecreation === 'Conditionally'
      ? [Target.Name ?? Target.Attribute ?? '']
      : []
  )
  return [...new Set(names)].filter((name) => name !== '').join(', ')
}

function fieldsOf(one: ResourceChange, { values, template, path }: Reading): FieldChange[] {
  const secret = template && path.length === 0 ? secretPaths(template, one.LogicalResourceId ?? '') : []
  const isSecret = (pointer: string) =>
    secret.some((place) => place === pointer || place.startsWith(`${pointer}/`) || pointer.startsWith(`${place}/`))
  if (one.Action === 'Add' || one.Action === 'Import') {
    const after = at(parsedValue(one.AfterContext), 'Properties')
    return fieldsBetween(undefined, after === undefined ? undefined : { ...asRecord(after) }, '', (value, place) =>
      values.shown(value, isSecret(`/Properties/${place.replaceAll('.', '/')}`))
    ).flatMap((field) => (field.path === '' ? [] : [field]))
  }
  const fields = new Map<string, FieldChange>()
  for (const { Target } of one.Details ?? []) {
    const { Name, Attribute, Path, BeforeValue, AfterValue, Drift, RequiresRecreation } = Target ?? {}
    if (Attribute === undefined) continue
    const pointer = Path ?? (Name === undefined ? `/${Attribute}` : `/${Attribute}/${Name}`)
    const key = pathOf(pointer)
    const before = values.shown(parsedValue(Drift?.ActualValue ?? BeforeValue), isSecret(pointer))
    const after = values.shown(parsedValue(AfterValue ?? Drift?.PreviousValue), isSecret(pointer))
    // The same property is listed once for every cause; the entry with values says most.
    const earlier = fields.get(key)
    if (earlier && (before.type === 'absent' || earlier.before.type !== 'absent') && after.type === 'absent') continue
    if (BeforeValue === undefined && AfterValue === undefined && !Drift && RequiresRecreation === 'Never' && earlier)
      continue
    fields.set(key, { path: key, before, after })
  }
  return [...fields.values()].filter((field) => !isSame(field)).sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** `/Properties/Tags/0/Value` as `Tags[0].Value`. */
function pathOf(pointer: string): string {
  const steps = pointer.split('/').filter((step) => step !== '')
  const shown = steps[0] === 'Properties' && steps.length > 1 ? steps.slice(1) : steps
  return shown
    .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : `${index > 0 ? '.' : ''}${step.replaceAll('~1', '/')}`))
    .join('')
}

function isSame({ before, after }: FieldChange): boolean {
  return before.type === 'value' && after.type === 'value' && canonicalJson(before.value) === canonicalJson(after.value)
}

function asRecord(value: Json): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}
