import { asList, asObject, asString, at, type Json, type JsonObject } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import type { HealthStatus } from '../../target.ts'

/** A health status with the reason, as a sentence that a person understands. */
export interface Health {
  readonly status: HealthStatus
  readonly message: string
}

export const healthy = (message: string): Health => ({ status: 'Healthy', message })
export const progressing = (message: string): Health => ({ status: 'Progressing', message })
export const degraded = (message: string): Health => ({ status: 'Degraded', message })
export const suspended = (message: string): Health => ({ status: 'Suspended', message })
export const unknown = (message: string): Health => ({ status: 'Unknown', message })

/** One entry of `status.conditions`, with empty strings for what is missing. */
export interface Condition {
  readonly type: string
  /** `True`, `False`, `Unknown`; some controllers write a boolean, which is read as the word. */
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly lastTransitionTime: string
  readonly observedGeneration: number | undefined
  /** Of a condition that is not met (Cluster API, Knative): `Error`, `Warning` or `Info`. Most operators write none. */
  readonly severity: string
}

/** The conditions of a list as it stands in an object; entries of another shape are left out. */
export function conditionsIn(list: unknown): Condition[] {
  const conditions: Condition[] = []
  for (const entry of asList(list) ?? []) {
    const condition = asObject(entry)
    const type = asString(condition?.['type'])
    if (condition === undefined || type === undefined) continue
    conditions.push({
      type,
      status: wordOf(condition['status']),
      reason: asString(condition['reason']) ?? '',
      message: asString(condition['message']) ?? '',
      lastTransitionTime: asString(condition['lastTransitionTime']) ?? '',
      observedGeneration: asInteger(condition['observedGeneration']),
      severity: asString(condition['severity']) ?? ''
    })
  }
  return conditions
}

/** `status.conditions` of an object. */
export function conditionsOf(object: JsonObject): Condition[] {
  return conditionsIn(at(object, 'status', 'conditions'))
}

/** The first condition of a type, or undefined. */
export function conditionOf(object: JsonObject, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type)
}

/** The message of a condition without what would end the sentence twice; its reason when it has no message. */
export function reasonOf(condition: Condition): string {
  return clause(condition.message || condition.reason)
}

/** An integer, also where it was read as `bigint`; undefined for anything else. */
export function asInteger(value: unknown): number | undefined {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

/** The integer below `keys`, or `fallback`. */
export function integerAt(object: unknown, fallback: number, ...keys: string[]): number {
  return asInteger(at(object, ...keys)) ?? fallback
}

/** The string below `keys`, or the empty string. */
export function stringAt(object: unknown, ...keys: string[]): string {
  return asString(at(object, ...keys)) ?? ''
}

/** `metadata.annotations[name]`, or undefined. */
export function annotationOf(object: JsonObject, name: string): string | undefined {
  return asString(at(object, 'metadata', 'annotations', name))
}

/** `Deployment shop/web`. Works on objects without metadata, which an untrusted file may hold. */
export function nameOf(object: KubernetesObject): string {
  const namespace = stringAt(object, 'metadata', 'namespace')
  return `${object.kind} ${namespace === '' ? '' : `${namespace}/`}${stringAt(object, 'metadata', 'name')}`.trim()
}

/** Untrusted text as part of a sentence: one line, no closing dot, never more than 400 characters. */
export function clause(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.+$/, '')
  return line.length > 400 ? `${line.slice(0, 399)}…` : line
}

/** `1 pod`, `3 pods`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** `2 of 3 pods`. */
export function share(part: number, whole: number, noun: string): string {
  return `${part} of ${whole} ${noun}s`
}

/** `1 pod`, `all 3 pods`, as the beginning of a sentence. */
export function every(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `All ${number} ${noun}s`
}

function wordOf(value: Json | undefined): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return asString(value) ?? ''
}
