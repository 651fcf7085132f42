import { Buffer } from 'node:buffer'
import { createHmac } from 'node:crypto'
import { canonicalJson, isObject, type Json } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import type { FieldValue } from '../../plan.ts'
import { ApiError } from '../cluster.ts'
import { childValue, type Path } from '../ownership/index.ts'
import { LAST_APPLIED } from './payload.ts'

/** Turns values into what reports may show. */
export type Mask = (path: Path, value: Json | undefined) => FieldValue

/**
 * Values of a Secret are shown by a fingerprint under a key that no reader has: equal values are recognisably equal, and
 * nobody without the key can try values out. `data` and `stringData` of equal content give equal fingerprints. So are
 * annotations that repeat a value or hold a copy of the object, and Secrets inside other objects.
 * @param states the object as it is declared and as it lives
 */
export function maskFor(object: KubernetesObject, secretKey: Buffer, states: readonly KubernetesObject[] = []): Mask {
  const all = [object, ...states]
  if (!isSecret(object))
    return (path, value) => {
      if (value === undefined) return { type: 'absent' }
      return isInSecret(all, path) || holdsSecret(value)
        ? fingerprint(textOf(value), secretKey)
        : { type: 'value', value }
    }
  const repeats = once(() => all.flatMap((one) => valuesOf(one)).filter((text) => text.length >= TELLING))
  return (path, value) => {
    if (value === undefined) return { type: 'absent' }
    if (!isSensitive(path) && !(path[0] === 'metadata' && isCopy(path, value, repeats))) return { type: 'value', value }
    const decoded = path[0] === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64') : undefined
    return fingerprint(decoded ?? textOf(value), secretKey)
  }
}

function fingerprint(content: string | Buffer, secretKey: Buffer): FieldValue {
  return { type: 'secret', fingerprint: createHmac('sha256', secretKey).update(content).digest('hex').slice(0, 16) }
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : canonicalJson(value)
}

function isSecret(object: { readonly [key: string]: unknown }): boolean {
  return object['kind'] === 'Secret' && object['apiVersion'] === 'v1'
}

/** Everything but metadata, type and `immutable`. */
function isSensitive(path: Path): boolean {
  if (path[0] === 'metadata') return path[1] === 'annotations' && path.length === 2
  return path[0] !== 'type' && path[0] !== 'immutable'
}

/** Annotations in which tools keep the object as they applied it, also packed so that no value can be found in it. */
const COPIES = new Set([
  LAST_APPLIED,
  'kapp.k14s.io/original',
  'kapp.k14s.io/original-diff',
  'objectset.rio.cattle.io/applied'
])
/** Shorter values (`true`, `prod`) stand in other places by chance. */
const TELLING = 6

function isCopy(path: Path, value: Json, repeated: () => readonly string[]): boolean {
  if (path[1] !== 'annotations') return false
  const text = textOf(value)
  if (COPIES.has(String(path[2])) || /"(string)?data"\s*:/i.test(text)) return true
  return repeated().some((one) => text.includes(one))
}

/** True below the data of a Secret that another object holds (templates, lists, objects of other clusters). */
function isInSecret(states: readonly KubernetesObject[], path: Path): boolean {
  return states.some((state) => {
    let value: Json | undefined = state
    for (const [depth, step] of path.entries()) {
      if (depth > 0 && isObject(value) && isSecret(value)) return isSensitive(path.slice(depth))
      value = childValue(value, step)
    }
    return false
  })
}

function holdsSecret(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret)
  if (!isObject(value)) return false
  return (isSecret(value) && ('data' in value || 'stringData' in value)) || Object.values(value).some(holdsSecret)
}

/** What a Secret holds, as it stands there and decoded. */
function valuesOf(secret: KubernetesObject): string[] {
  const plain = [...leaves(secret['stringData'])]
  const encoded = [...leaves(secret['data'])]
  return [
    ...plain,
    ...plain.map((text) => Buffer.from(text, 'utf8').toString('base64')),
    ...encoded,
    ...encoded.map((text) => Buffer.from(text, 'base64').toString('utf8'))
  ]
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The error without any value of the Secret that it was about. API servers quote what they refuse. */
export function redactedError(object: KubernetesObject, error: ApiError): ApiError
export function redactedError(object: KubernetesObject, error: unknown): unknown
export function redactedError(object: KubernetesObject, error: unknown): unknown {
  if (!isSecret(object) || !(error instanceof ApiError)) return error
  const values = new Set<string>()
  for (const field of ['data', 'stringData'])
    for (const value of leaves(object[field])) {
      values.add(value)
      values.add(JSON.stringify(value).slice(1, -1))
      values.add(Buffer.from(value, 'base64').toString('utf8'))
    }
  const texts = [...values].filter((text) => text.length >= 3).sort((a, b) => b.length - a.length)
  // A value of another type is quoted as Go prints it, which no value of ours need look like.
  const clean = (text: string): string =>
    texts.reduce(
      (result, value) => result.replaceAll(value, '***'),
      text.replace(/valueUnstructured\{.*\}/gs, 'valueUnstructured{***}')
    )
  return new ApiError(error.code, error.reason, clean(error.message), {
    causes: error.causes.map((cause) => ({ ...cause, message: clean(cause.message) })),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds })
  })
}

/** Every single value in what a Secret holds, of whatever type: a mistaken Secret is refused with its values. */
function* leaves(value: Json | undefined): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* leaves(item)
  else if (isObject(value)) for (const item of Object.values(value)) yield* leaves(item)
  else if (value !== undefined && value !== null) yield typeof value === 'string' ? value : canonicalJson(value)
}
