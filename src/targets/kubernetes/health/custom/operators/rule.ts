import { asList, asObject, asString, at, type Json, type JsonObject } from '../../../../../json.ts'
import type { HealthStatus } from '../../../../target.ts'
import {
  annotationOf,
  type Condition,
  clause,
  conditionsOf,
  type Health,
  healthy,
  progressing,
  suspended
} from '../../status.ts'
import { judged, sentence, staleGeneration } from '../generic.ts'

/** What we know of the objects of one operator beyond the generic rule. */
export interface OperatorRule {
  /** An API group, or `*.suffix` for all groups below one. */
  readonly group: string
  /** Undefined: every kind of the group. */
  readonly kinds?: readonly string[]
  /** Kinds of the group that no controller reports on. */
  readonly silent?: readonly string[]
  /**
   * What the controller always writes: a field below `status` (dots), or with `?` a condition type. Until one of them is
   * there, it has not got to the object. Default: any status at all is enough, and none is fine.
   */
  readonly awaits?: readonly string[]
  /** Annotations that, with their value, stop reconciling. */
  readonly pausedBy?: Readonly<Record<string, string>>
  /** A boolean field of `spec` that, when it is true, keeps the controller from doing or reporting anything. */
  readonly disabledBy?: string
  /** A boolean field of `spec` that switches the object off when it is false. */
  readonly enabledBy?: string
  /** Conditions that are the verdict, most telling first. Others do not count, except those in `alarms`. */
  readonly verdict?: readonly string[]
  /** What a verdict of False means where its reason is in no list below. Default: by the tone of reason and message. */
  readonly unmet?: 'Degraded' | 'Progressing'
  /** Reasons of an unmet verdict, of work under way and of failure. */
  readonly working?: readonly string[]
  readonly failing?: readonly string[]
  /** Conditions that mean failure, or a pause, when they are True. */
  readonly alarms?: readonly string[]
  readonly pauses?: readonly string[]
  /** A field below `status` (dots) that holds one word for the whole. Comparison ignores case. */
  readonly word?: WordRule
  /** For what the fields above cannot say. Undefined: go on with them. */
  readonly judge?: (object: JsonObject) => Health | undefined
}

export interface WordRule {
  readonly field: string
  readonly healthy: readonly string[]
  readonly progressing?: readonly string[]
  readonly degraded?: readonly string[]
  readonly suspended?: readonly string[]
  readonly unknown?: readonly string[]
  readonly missing?: readonly string[]
  /** What any other word means. Default: the rule does not apply. */
  readonly other?: HealthStatus
  /** Whether conditions count too where the word is a healthy one. Default: the word decides. */
  readonly onlyBad?: boolean
}

/** The health of an object by one rule, or undefined where the rule has nothing to say and the generic one goes on. */
export function applyRule(rule: OperatorRule, object: JsonObject): Health | undefined {
  if (rule.silent?.includes(asString(object['kind']) ?? ''))
    return healthy('Accepted; no controller reports on objects of this kind')
  if (rule.disabledBy !== undefined && at(object, 'spec', rule.disabledBy) === true)
    return healthy('Disabled, as declared')
  const pause = pauseOf(rule, object)
  if (pause) return pause
  const stale = staleGeneration(object)
  if (stale) return stale
  const conditions = conditionsOf(object)
  if (rule.awaits && !rule.awaits.some((one) => isThere(object, conditions, one)))
    return progressing('Its controller has not reported a status yet')
  const judgement = rule.judge?.(object)
  if (judgement) return judgement
  const alarm = conditions.find((one) => rule.alarms?.includes(one.type) && one.status === 'True')
  if (alarm) return { status: 'Degraded', message: sentence(alarm) }
  const word = rule.word && wordHealth(rule.word, object)
  if (word && !(rule.word?.onlyBad && word.status === 'Healthy')) return word
  return verdictOf(rule, object, conditions) ?? word
}

function pauseOf(rule: OperatorRule, object: JsonObject): Health | undefined {
  for (const field of ['suspend', 'suspended', 'paused'])
    if (at(object, 'spec', field) === true) return suspended(`Suspended (spec.${field} is true)`)
  if (rule.enabledBy !== undefined && at(object, 'spec', rule.enabledBy) === false)
    return suspended(`Switched off (spec.${rule.enabledBy} is false)`)
  for (const [annotation, value] of Object.entries(rule.pausedBy ?? {}))
    if (annotationOf(object, annotation) === value) return suspended(`Suspended by the annotation ${annotation}`)
  const pause = conditionsOf(object).find((one) => rule.pauses?.includes(one.type) && one.status === 'True')
  return pause && suspended(sentence(pause))
}

function verdictOf(rule: OperatorRule, object: JsonObject, conditions: readonly Condition[]): Health | undefined {
  const verdict = rule.verdict
    ?.map((type) => conditions.find((condition) => condition.type === type))
    .find((condition) => condition !== undefined)
  if (verdict === undefined) return undefined
  const generation = at(object, 'metadata', 'generation')
  if (typeof generation === 'number' && (verdict.observedGeneration ?? generation) < generation)
    return progressing(`Its controller has not seen the latest change yet (condition ${verdict.type})`)
  const message = sentence(verdict)
  if (verdict.status === 'Unknown' && rule.failing?.includes(verdict.reason)) return { status: 'Degraded', message }
  if (verdict.status !== 'False') return judged(verdict)
  if (rule.working?.includes(verdict.reason)) return progressing(message)
  if (rule.failing?.includes(verdict.reason)) return { status: 'Degraded', message }
  const byTone = judged(verdict)
  return byTone.status === 'Suspended' || rule.unmet === undefined ? byTone : { status: rule.unmet, message }
}

/** What a word of the status means by a rule. */
export function wordHealth(rule: WordRule, object: JsonObject): Health | undefined {
  const value = valueAt(object, rule.field)
  const word = asString(value) ?? (typeof value === 'number' ? String(value) : undefined)
  if (word === undefined || word === '') return undefined
  const has = (list: readonly string[] | undefined) => list?.some((one) => one.toLowerCase() === word.toLowerCase())
  const status: HealthStatus | undefined = has(rule.healthy)
    ? 'Healthy'
    : has(rule.progressing)
      ? 'Progressing'
      : has(rule.degraded)
        ? 'Degraded'
        : has(rule.suspended)
          ? 'Suspended'
          : has(rule.missing)
            ? 'Missing'
            : has(rule.unknown)
              ? 'Unknown'
              : rule.other
  if (status === undefined) return undefined
  const why = explanationOf(object)
  return { status, message: `${rule.field} is ${clause(word)}${why ? `: ${why}` : ''}` }
}

/** What an operator wrote beside its word, in the fields that are usual for that. */
export function explanationOf(object: JsonObject): string {
  for (const field of ['message', 'reason', 'phaseReason', 'failureMessage', 'failureReason', 'error']) {
    const text = asString(at(object, 'status', field))
    if (text) return clause(text)
  }
  return ''
}

/** The value at a dotted path below `status`. */
export function valueAt(object: JsonObject, path: string): Json | undefined {
  return at(object, 'status', ...path.split('.'))
}

function isThere(object: JsonObject, conditions: readonly Condition[], what: string): boolean {
  if (what.startsWith('?')) return conditions.some((condition) => condition.type === what.slice(1))
  if (what === '*') return Object.keys(asObject(object['status']) ?? {}).length > 0
  const value = valueAt(object, what)
  const list = asList(value)
  return list ? list.length > 0 : value !== undefined && value !== null && value !== ''
}
