import { isDeepStrictEqual } from 'node:util'
import { isObject, type Json, stringifyJson } from '../json.ts'
import { timeText } from '../moment.ts'
import type { Attribution, Change, FieldChange, FieldValue, Resource } from '../targets/plan.ts'
import type { UnhealthyResource } from '../targets/target.ts'

/** A value as one short line; longer ones are cut. */
export function inlineValue(value: FieldValue, limit = 80): string {
  if (value.type === 'absent') return '(absent)'
  if (value.type === 'secret') return `(secret ${value.fingerprint})`
  const text = typeof value.value === 'string' ? quoted(value.value) : stringifyJson(value.value)
  return cut(text, limit)
}

/** A value as the lines of a YAML document, the way people write manifests. No line for an absent value. */
export function valueLines(value: FieldValue): string[] {
  if (value.type === 'absent') return []
  if (value.type === 'secret') return [`(secret ${value.fingerprint})`]
  if (typeof value.value === 'string' && value.value.includes('\n')) return value.value.replace(/\n$/, '').split('\n')
  return yamlLines(value.value)
}

/** `Deployment shop/web`. */
export function resourceText(resource: Resource): string {
  return `${resource.kind} ${resource.namespace === undefined ? '' : `${resource.namespace}/`}${resource.name}`
}

/** What is wrong with an object; its name stands first, once. */
export function unhealthyText(one: UnhealthyResource): string {
  const name = resourceText(one.resource)
  const message = one.message.startsWith(`${name}: `) ? one.message.slice(name.length + 2) : one.message
  return `${name} is ${one.status}: ${message}`
}

/** Who made a change, when and how: `kubectl-edit, Update, 2026-11-20 10:01 UTC`. Empty when nothing is known. */
export function attributionText(attribution: Attribution | undefined): string {
  if (!attribution) return ''
  if (attribution.known) return actorText(attribution)
  if (attribution.candidates.length === 0) return 'unknown'
  return `unknown; perhaps ${attribution.candidates.slice(0, 3).map(actorText).join(' or ')}`
}

/** `charts/web/templates/deployment.yaml:12`; empty when nobody knows. */
export function sourceText(source: Change['source']): string {
  return source ? `${source.file}${source.line === undefined ? '' : `:${source.line}`}` : ''
}

/** The attribution that all of a change's fields share, or each one's own is needed: undefined. */
export function commonAttribution(change: Change): Attribution | undefined {
  if (change.attribution) return change.attribution
  const texts = new Set(change.fields.map((field) => attributionText(field.attribution)))
  return texts.size === 1 ? change.fields[0]?.attribution : undefined
}

/** Whether a field only has another owner, and the value that is declared. */
export function isEqualField({ before, after }: Pick<FieldChange, 'before' | 'after'>): boolean {
  return isDeepStrictEqual(before, after)
}

export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`
}

function actorText(actor: { manager: string; operation?: string; subresource?: string; time?: string }): string {
  const how = [actor.operation, actor.subresource === undefined ? undefined : `of ${actor.subresource}`]
  return [actor.manager, how.filter(Boolean).join(' '), actor.time === undefined ? '' : timeText(actor.time)]
    .filter((part) => part !== '')
    .join(', ')
}

function quoted(text: string): string {
  return /^[\w./@:+-][\w ./@:+=-]*$/.test(text) && !looksLikeOtherType(text) ? text : JSON.stringify(text)
}

/** Whether a plain YAML word would not be read back as this text. */
function looksLikeOtherType(text: string): boolean {
  return /^(true|false|yes|no|on|off|null|~|[-+.\d][\d._eExob:+-]*)$/i.test(text) || /: |:$|^- | $/.test(text)
}

function yamlLines(value: Json): string[] {
  if (Array.isArray(value)) return value.length === 0 ? ['[]'] : value.flatMap((item) => nest('- ', yamlLines(item)))
  if (!isObject(value)) return [typeof value === 'string' ? quoted(value) : stringifyJson(value)]
  const entries = Object.entries(value)
  if (entries.length === 0) return ['{}']
  return entries.flatMap(([key, child]) => keyLines(quoted(key), child))
}

function keyLines(key: string, child: Json): string[] {
  if (typeof child === 'string' && child.includes('\n'))
    return [
      `${key}: |`,
      ...child
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `  ${line}`)
    ]
  const lines = yamlLines(child)
  const nested = (Array.isArray(child) && child.length > 0) || (isObject(child) && Object.keys(child).length > 0)
  return nested ? [`${key}:`, ...lines.map((line) => `  ${line}`)] : [`${key}: ${lines[0]}`]
}

function nest(mark: string, lines: string[]): string[] {
  return lines.map((line, index) => (index === 0 ? mark : ' '.repeat(mark.length)) + line)
}
