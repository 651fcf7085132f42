import { canonicalJson, type Json } from '../../json.ts'
import type { Change, FieldChange, FieldValue } from '../plan.ts'
import type { KopsObject } from './manifests.ts'
import type { Redactor } from './redact.ts'
import { content, leavesOf } from './stored.ts'

/** What replacing an object in the state store changes; undefined when that is nothing. */
export function specChange(wanted: KopsObject, live: KopsObject | undefined, redactor: Redactor): Change | undefined {
  const before = new Map(leavesOf(live ? content(live.object) : undefined).map((leaf) => [leaf.path, leaf.value]))
  const after = new Map(leavesOf(content(wanted.object)).map((leaf) => [leaf.path, leaf.value]))
  const fields: FieldChange[] = []
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, next] = [before.get(path), after.get(path)]
    if (old !== undefined && next !== undefined && canonicalJson(old) === canonicalJson(next)) continue
    if (isNothing(old) && isNothing(next)) continue
    // Of an object that is new, its own content says enough; kind and name stand in the title.
    if (!live && !path.startsWith('spec.')) continue
    fields.push({ path, before: shown(path, old, redactor), after: shown(path, next, redactor) })
  }
  if (live && fields.length === 0) return undefined
  return {
    action: live ? 'update' : 'create',
    resource: resourceOf(wanted),
    fields,
    reason: live
      ? 'The state store differs from Git: it is replaced there.'
      : 'It is not in the state store yet: it is created there.',
    ...(wanted.source ? { source: wanted.source } : {})
  }
}

export function resourceOf(one: KopsObject): Change['resource'] {
  return { id: `${one.kind}/${one.name}`, kind: one.kind, name: one.name }
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || canonicalJson(value) === '{}' || canonicalJson(value) === '[]'
}

/** Scripts for nodes and files may hold anything. */
const SECRET = /(^|\.)additionalUserData(\[|\.|$)|(^|\.)fileAssets\[.*\.content$|(^|\.)hooks\[.*\.manifest$/

function shown(path: string, value: Json | undefined, redactor: Redactor): FieldValue {
  if (value === undefined) return { type: 'absent' }
  if (SECRET.test(path)) return redactor.secret(canonicalJson(value))
  if (typeof value !== 'string') return { type: 'value', value }
  const name = path.split('.').at(-1) ?? path
  return { type: 'value', value: redactor.text(`${name}: ${value}`).slice(name.length + 2) }
}
