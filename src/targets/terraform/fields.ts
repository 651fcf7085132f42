import { createHmac } from 'node:crypto'
import { asList, canonicalJson, isObject, type Json } from '../../json.ts'
import type { FieldChange, FieldValue } from '../plan.ts'

/** A change of values as `show -json` gives it. Where the sensitivity is `true`, everything below is secret. */
export interface ValueChange {
  readonly before: Json | undefined
  readonly after: Json | undefined
  readonly unknown: Json | undefined
  readonly beforeSensitive: Json | undefined
  readonly afterSensitive: Json | undefined
}

/** What must not be shown, and the key of the run for what is shown instead. */
export interface Secrecy {
  readonly key: Buffer
  /** Sensitive texts of the same plan: a value that holds one is secret wherever it turns up (a computed copy is not marked). */
  readonly texts: readonly string[]
}

export const UNKNOWN_VALUE = 'known after apply'

/**
 * The leaves that differ, with paths as a person writes them (`tags.Name`, `ingress[0].port`). Null and absent are the
 * same: to Terraform both are "not set". A sensitive value is shown by a fingerprint only.
 */
export function changedFields(change: ValueChange, secrecy: Secrecy): FieldChange[] {
  const fields: FieldChange[] = []
  walk('', change)
  return fields

  function walk(path: string, { before, after, unknown, beforeSensitive, afterSensitive }: ValueChange): void {
    const secret = beforeSensitive === true || afterSensitive === true
    // Anything sensitive inside a value that is shown whole makes all of it secret.
    const hidden = secret || hasTrue(beforeSensitive) || hasTrue(afterSensitive)
    if (unknown === true) {
      fields.push({ path, before: shown(before, hidden), after: { type: 'value', value: UNKNOWN_VALUE } })
      return
    }
    const nested = unknown !== undefined && unknown !== null && unknown !== false && hasTrue(unknown)
    if (!nested && same(before, after)) return
    if (!secret && isNested(before, after, unknown)) {
      for (const [step, key] of keysOf(path, before, after, unknown))
        walk(step, {
          before: child(before, key),
          after: child(after, key),
          unknown: child(unknown, key),
          beforeSensitive: child(beforeSensitive, key),
          afterSensitive: child(afterSensitive, key)
        })
      return
    }
    fields.push({ path, before: shown(before, hidden), after: shown(after, hidden) })
  }

  function shown(value: Json | undefined, secret: boolean): FieldValue {
    if (value === undefined || value === null) return { type: 'absent' }
    if (!secret && !holds(value, secrecy.texts)) return { type: 'value', value }
    const fingerprint = createHmac('sha256', secrecy.key).update(canonicalJson(value)).digest('hex').slice(0, 16)
    return { type: 'secret', fingerprint }
  }
}

/** Texts at sensitive places: what no log may show. */
export function sensitiveTexts(value: Json | undefined, sensitive: Json | undefined): string[] {
  if (sensitive === true) return texts(value)
  const keys = isObject(sensitive) ? Object.keys(sensitive) : (asList(sensitive) ?? []).map((_, index) => index)
  return keys.flatMap((key) => sensitiveTexts(child(value, key), child(sensitive, key)))
}

/** Shorter secrets are found by equality only: they are words that occur everywhere. */
const DISTINCT = 8

function holds(value: Json, secrets: readonly string[]): boolean {
  return texts(value).some((text) =>
    secrets.some((secret) => text === secret || (secret.length >= DISTINCT && text.includes(secret)))
  )
}

/** Every text inside of a value. */
export function texts(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(texts)
  return isObject(value) ? Object.values(value).flatMap(texts) : []
}

function same(before: Json | undefined, after: Json | undefined): boolean {
  return canonicalJson(before ?? null) === canonicalJson(after ?? null)
}

/** Whether the difference is better shown below: of maps always, of lists when their items are structures. */
function isNested(...values: (Json | undefined)[]): boolean {
  const present = values.filter((value) => value !== undefined && value !== null && value !== false)
  if (present.length === 0) return false
  if (present.every(isObject)) return true
  return (
    present.every(Array.isArray) &&
    present.some((list) => (asList(list) ?? []).some((item) => isObject(item) || Array.isArray(item) || item === true))
  )
}

function* keysOf(path: string, ...values: (Json | undefined)[]): Generator<[string, string | number]> {
  const length = Math.max(...values.map((value) => asList(value)?.length ?? 0))
  for (let index = 0; index < length; index++) yield [`${path}[${index}]`, index]
  const names = new Set(values.flatMap((value) => (isObject(value) ? Object.keys(value) : [])))
  for (const name of [...names].sort()) {
    const plain = /^[A-Za-z_][\w-]*$/.test(name)
    yield [plain ? (path === '' ? name : `${path}.${name}`) : `${path}[${JSON.stringify(name)}]`, name]
  }
}

function child(value: Json | undefined, key: string | number): Json | undefined {
  // `true` holds for everything below.
  if (value === true) return true
  if (typeof key === 'number') return asList(value)?.[key]
  return isObject(value) ? value[key] : undefined
}

function hasTrue(value: Json | undefined): boolean {
  if (value === true) return true
  if (Array.isArray(value)) return value.some(hasTrue)
  return isObject(value) && Object.values(value).some(hasTrue)
}
