import { createHash } from 'node:crypto'
import { asList, asString, at, canonicalJson, type Json } from '../json.ts'
import type { Attribution, Change, FieldChange, FieldValue } from '../targets/plan.ts'

/** One thing that healing put back, and when. */
interface Healed {
  readonly resource: string
  /** Path of a field; for a change without fields its action, in parentheses. */
  readonly path: string
  /** Digest of the value that was declared: another value is another story. */
  readonly declared: string
  /** RFC 3339, oldest first. */
  readonly times: readonly string[]
  /** Since when it is left alone. It stays so however long ago the last healing is. */
  readonly fought?: string
}

/** What healing put back in a target, by what it was. */
export type Healings = ReadonlyMap<string, Healed>

/**
 * What was put back this often within this time and has drifted again is fought over: something writes it as often as
 * we do, and putting it back once more would change nothing but restart whatever depends on it. Three times in 15 days
 * lets a person err twice, is reached in three nights, and by a weekly check too.
 */
export const FIGHT = { healings: 3, days: 15 } as const

const DAY = 86_400_000
/** An inventory is a Secret, which holds a megabyte; what drifts in such numbers is no fight. */
const MOST = 1000

/** What was remembered. Anybody who may write to the store may have written it: what is not of our form is left out. */
export function readHealings(value: Json | undefined): Healings {
  const healings = new Map<string, Healed>()
  if (at(value, 'version') !== 1) return healings
  for (const item of asList(at(value, 'healed')) ?? []) {
    const resource = asString(at(item, 'resource'))
    const path = asString(at(item, 'path'))
    const declared = asString(at(item, 'declared'))
    const times = (asList(at(item, 'times')) ?? []).flatMap((one) => momentOf(one) ?? [])
    if (resource === undefined || path === undefined || declared === undefined) continue
    const fought = momentOf(at(item, 'fought'))
    healings.set(keyOf(resource, path), { resource, path, declared, times, ...(fought ? { fought } : {}) })
  }
  return healings
}

/** The form in which they are kept. */
export function healingsToJson(healings: Healings): Json {
  return { version: 1, healed: [...healings.values()].map((one) => ({ ...one, times: [...one.times] })) }
}

/** How often something was put back in vain, and since when; undefined where there is no fight over it. */
export function fightOver(
  healings: Healings,
  change: Change,
  field: FieldChange | undefined,
  digest: string,
  now: Date
): { times: number; since: string } | undefined {
  const path = field?.path ?? wholeOf(change)
  const known = healings.get(keyOf(change.resource.id, path))
  if (!known || known.declared !== declaredDigest(field, digest)) return undefined
  const recent = known.times.filter((time) => isRecent(time, now))
  const [first = known.times[0]] = recent
  if (first === undefined || (known.fought === undefined && recent.length < FIGHT.healings)) return undefined
  return { times: Math.max(recent.length, FIGHT.healings), since: first }
}

/**
 * What to remember after a check: `drifted` is all that it found, `healed` the part that was put back. A fight is over
 * when a check does not find its field any more: the rule was added, or whoever wrote it has stopped.
 */
export function nextHealings(
  before: Healings,
  found: { drifted: readonly Change[]; healed: ReadonlySet<string>; digest: string; now: Date }
): Healings {
  const { now, digest } = found
  const next = new Map<string, Healed>()
  const seen = new Set<string>()
  // What only follows other changes has no opponent of its own: a pod of a StatefulSet keeps its name over every restart.
  for (const change of found.drifted.filter((one) => one.follows === undefined))
    for (const field of change.fields.length > 0 ? change.fields : [undefined]) {
      const path = field?.path ?? wholeOf(change)
      const key = keyOf(change.resource.id, path)
      const declared = declaredDigest(field, digest)
      const known = before.get(key)
      const same = known?.declared === declared ? known : undefined
      seen.add(key)
      const held = field?.held ?? change.held
      if (held?.by === 'fight' && same) next.set(key, { ...same, fought: same.fought ?? now.toISOString() })
      else if (found.healed.has(change.resource.id) && held === undefined)
        next.set(key, {
          resource: change.resource.id,
          path,
          declared,
          times: [...(same?.times ?? []), now.toISOString()].slice(-FIGHT.healings)
        })
      else if (same) next.set(key, same)
    }
  for (const [key, one] of before) {
    const last = one.times.at(-1)
    if (!seen.has(key) && one.fought === undefined && last !== undefined && isRecent(last, now)) next.set(key, one)
  }
  return new Map([...next].slice(0, MOST))
}

/** Who works against healing, as far as it is known. */
export function opponentOf(attribution: Attribution | undefined): string {
  if (attribution?.known) return attribution.manager
  const names = attribution?.candidates.map((one) => one.manager) ?? []
  return names.length > 0 ? `something (perhaps ${names.join(' or ')})` : 'something that left no trace'
}

function wholeOf(change: Change): string {
  return `(${change.action})`
}

function keyOf(resource: string, path: string): string {
  return JSON.stringify([resource, path])
}

/** Secret values are known by fingerprints, which may be of one run only: for them the whole declared set counts. */
function declaredDigest(field: FieldChange | undefined, digest: string): string {
  const value: FieldValue = field?.after ?? { type: 'absent' }
  const text = value.type === 'value' ? canonicalJson(value.value) : value.type === 'secret' ? digest : 'absent'
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function isRecent(time: string, now: Date): boolean {
  return now.getTime() - Date.parse(time) <= FIGHT.days * DAY
}

function momentOf(value: unknown): string | undefined {
  const text = asString(value)
  return text !== undefined && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : undefined
}
