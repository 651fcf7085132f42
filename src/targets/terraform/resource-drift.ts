import { asList, asString, at, isObject, type Json, type JsonObject } from '../../json.ts'
import type { FieldChange, FieldValue, Purpose } from '../plan.ts'
import { changedFields, type Secrecy } from './fields.ts'

/** What a refresh found to be different from the state. */
export interface Drift {
  readonly deleted: boolean
  /** `before` is the state's, `after` the live value. */
  readonly fields: readonly FieldChange[]
}

/** Attributes of a reason that is one sentence. */
const NAMED = 4
const LONGEST = 60

/** `resource_drift` of a plan by address. Moves alone are no drift. */
export function driftOf(entries: readonly JsonObject[], secrecy: Secrecy): Map<string, Drift> {
  const found = new Map<string, Drift>()
  for (const entry of entries) {
    const address = asString(entry['address'])
    const actions = asList(at(entry, 'change', 'actions')) ?? []
    if (address === undefined || actions.includes('no-op')) continue
    const fields = changedFields(
      {
        before: withoutEmpty(at(entry, 'change', 'before')),
        after: withoutEmpty(at(entry, 'change', 'after')),
        unknown: false,
        beforeSensitive: at(entry, 'change', 'before_sensitive'),
        afterSensitive: at(entry, 'change', 'after_sensitive')
      },
      secrecy
    )
    found.set(address, { deleted: actions.includes('delete'), fields })
  }
  return found
}

/** Why a change is needed, as far as what happened outside explains it. Nobody records who it was. */
export function driftReason(
  drift: Drift | undefined,
  reading: { readonly purpose: Purpose; readonly title: string }
): string | undefined {
  if (drift?.deleted) return `Deleted outside of ${reading.title}.`
  if (drift && drift.fields.length > 0) {
    const named = drift.fields
      .slice(0, NAMED)
      .map(({ path, before, after }) => `${path} from ${words(before)} to ${words(after)}`)
    const rest = drift.fields.length - named.length
    return `Changed outside of ${reading.title}: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`
  }
  return reading.purpose === 'drift'
    ? `Nothing outside changed it: it was not applied in full, or a data source, a provider or a variable gives something else now.`
    : undefined
}

function words(value: FieldValue): string {
  if (value.type === 'absent') return 'nothing'
  if (value.type === 'secret') return 'a sensitive value'
  const text = JSON.stringify(value.value, (_key, one: unknown) => (typeof one === 'bigint' ? String(one) : one))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** Providers turn null into an empty list or map and back as they please: none of it is a difference. */
function withoutEmpty(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value
  const kept = Object.entries(value)
    .map(([key, one]) => [key, withoutEmpty(one)] as const)
    .filter(([, one]) => one !== undefined && one !== null && !isEmpty(one))
  return Object.fromEntries(kept) as JsonObject
}

function isEmpty(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}
