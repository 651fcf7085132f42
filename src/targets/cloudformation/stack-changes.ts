import type { Stack, Tag } from '@aws-sdk/client-cloudformation'
import { asObject, at, canonicalJson, type Json, parseJson } from '../../json.ts'
import type { Change, FieldChange } from '../plan.ts'
import { parseTemplate, sameTemplate, type Template } from './template.ts'
import { fieldsBetween, type Values } from './values.ts'

/** What is wanted of the stack itself, beside its resources. */
export interface WantedStack {
  readonly name: string
  readonly parameters: ReadonlyMap<string, string>
  readonly tags: ReadonlyMap<string, string>
  readonly notificationArns: readonly string[]
  readonly rollbackTriggers: readonly string[]
  /** Minutes. */
  readonly monitoringTime: number
}

const STACK = 'AWS::CloudFormation::Stack'

/**
 * What an update changes in the stack itself: parameters, tags and outputs show in no change of a resource unless one
 * uses them.
 */
export function stackChanges(
  stack: Stack,
  wanted: WantedStack,
  templates: { readonly now: string | undefined; readonly declared: Template },
  values: Values
): Change[] {
  const hidden = new Set([...templates.declared.parameters].filter(([, one]) => one.noEcho).map(([name]) => name))
  const shown = (value: Json | undefined, path: string) => values.shown(value, hidden.has(path.split('.')[1] ?? ''))
  const fields: FieldChange[] = [
    ...fieldsBetween(...parametersOf(stack, wanted, templates.declared), 'Parameters', shown),
    ...fieldsBetween(record(tagsOf(stack.Tags)), record(wanted.tags), 'Tags', shown),
    ...fieldsBetween(
      [...(stack.NotificationARNs ?? [])].sort(),
      [...wanted.notificationArns].sort(),
      'NotificationARNs',
      shown
    ),
    ...fieldsBetween(rollbackOf(stack), wantedRollback(wanted), 'RollbackConfiguration', shown)
  ]
  const own: Change[] =
    fields.length === 0
      ? []
      : [{ action: 'update', resource: { id: wanted.name, kind: STACK, name: wanted.name }, fields }]
  return [...own, ...outputChanges(templates, values)]
}

/** Outputs that the template declares otherwise than the deployed one does. */
function outputChanges(
  { now, declared }: { readonly now: string | undefined; readonly declared: Template },
  values: Values
): Change[] {
  const before = asObject(at(readTemplateOf(now), 'Outputs')) ?? {}
  const after = asObject(declared.json['Outputs']) ?? {}
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((name): Change[] => {
    const [one, other] = [before[name], after[name]]
    if (canonicalJson(one ?? null) === canonicalJson(other ?? null)) return []
    const action = one === undefined ? 'create' : other === undefined ? 'delete' : 'update'
    return [
      {
        action,
        resource: { id: `Outputs/${name}`, kind: 'Output', name },
        fields: action === 'delete' ? [] : fieldsBetween(one, other, '', (value) => values.shown(value))
      }
    ]
  })
}

/** Template-only differences that are no change of a resource or an output, such as descriptions. */
export function readTemplateOf(body: string | undefined): Json {
  if (body === undefined) return null
  try {
    return parseTemplate(body, 'deployed').json
  } catch {
    return null
  }
}

/**
 * AWS sees a difference and names none: a description, a mapping, a default that nothing uses, or the value of a
 * parameter with NoEcho, which AWS shows nobody.
 */
export function silentChange(
  { stack, template }: { readonly stack: string; readonly template: string },
  { now, declared }: { readonly now: string | undefined; readonly declared: Template },
  kept: readonly string[]
): Change {
  const found =
    now !== undefined && sameTemplate(declared, now)
      ? `AWS sees a difference, but names none: ${template} is the template that is deployed.`
      : `${template} differs from the deployed template, but in nothing that changes a resource or an output.`
  // One that keeps its value is the same.
  const hidden = [...declared.parameters].flatMap(([name, one]) => (one.noEcho && !kept.includes(name) ? [name] : []))
  const secret =
    hidden.length === 0
      ? ''
      : ` Values of parameters with NoEcho cannot be compared, because AWS does not show them: ${hidden.join(', ')} may have another value.`
  return {
    action: 'update',
    resource: { id: stack, kind: STACK, name: stack },
    fields: [],
    reason: `${found}${secret}`
  }
}

function parametersOf(stack: Stack, wanted: WantedStack, template: Template): [Json, Json] {
  const before: Record<string, string> = {}
  const after: Record<string, string> = {}
  for (const { ParameterKey: name, ParameterValue: value } of stack.Parameters ?? [])
    if (name !== undefined && value !== undefined) before[name] = value
  for (const [name, { noEcho }] of template.parameters) {
    const given = wanted.parameters.get(name) ?? defaultOf(template, name)
    const present = before[name]
    // AWS shows nothing of it, so only the change set knows whether it is another one.
    if (noEcho && present !== undefined) after[name] = present
    else if (given !== undefined) after[name] = given
    else if (present !== undefined) after[name] = present
  }
  return [before, after]
}

function defaultOf(template: Template, name: string): string | undefined {
  const value = at(template.json, 'Parameters', name, 'Default')
  if (value === undefined || value === null) return undefined
  return Array.isArray(value) ? value.map(String).join(',') : String(value)
}

export function tagsOf(tags: readonly Tag[] | undefined): Map<string, string> {
  return new Map((tags ?? []).flatMap(({ Key, Value }) => (Key?.startsWith('aws:') ? [] : [[Key ?? '', Value ?? '']])))
}

function rollbackOf({ RollbackConfiguration: configuration }: Stack): Json {
  return rollback(
    (configuration?.RollbackTriggers ?? []).flatMap(({ Arn }) => (Arn === undefined ? [] : [Arn])),
    configuration?.MonitoringTimeInMinutes ?? 0
  )
}

function wantedRollback({ rollbackTriggers, monitoringTime }: WantedStack): Json {
  return rollback(rollbackTriggers, monitoringTime)
}

function rollback(triggers: readonly string[], minutes: number): Json {
  return { triggers: [...triggers].sort(), monitoringMinutes: minutes }
}

/** The stack policy and the protection against deletion, each a change of its own. */
export function settingChanges(
  name: string,
  now: { readonly policy: string | undefined; readonly protection: boolean },
  wanted: { readonly policy: string | undefined; readonly protection: boolean | undefined }
): { readonly policy?: Change; readonly protection?: Change } {
  const show = (value: Json | undefined): FieldChange['before'] =>
    value === undefined || value === null ? { type: 'absent' } : { type: 'value', value }
  const fields =
    wanted.policy === undefined
      ? []
      : fieldsBetween(jsonOf(now.policy), jsonOf(wanted.policy), '', show).map((field) =>
          field.path === '' ? { ...field, path: 'Statement' } : field
        )
  const resource = (kind: string, id: string) => ({ id: `${name}/${id}`, kind, name: id })
  return {
    ...(fields.length === 0
      ? {}
      : {
          policy: {
            action: now.policy === undefined ? 'create' : 'update',
            resource: resource('StackPolicy', 'stack policy'),
            fields
          }
        }),
    ...(wanted.protection === undefined || wanted.protection === now.protection
      ? {}
      : {
          protection: {
            action: 'update',
            resource: resource('TerminationProtection', 'termination protection'),
            fields: [{ path: 'enabled', before: show(now.protection), after: show(wanted.protection) }]
          }
        })
  }
}

function jsonOf(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined
  try {
    return parseJson(text)
  } catch {
    return text
  }
}

function record(map: ReadonlyMap<string, string>): Json {
  return Object.fromEntries(map)
}
