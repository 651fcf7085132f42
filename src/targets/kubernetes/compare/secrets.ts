import { Buffer } from 'node:buffer'
import { createHmac } from 'node:crypto'
import { canonicalJson, isObject, type Json } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import type { FieldValue } from '../../plan.ts'
import { ApiError } from '../cluster.ts'
import type { Path } from '../ownership/index.ts'
import { LAST_APPLIED } from './payload.ts'

/** Turns values into what reports may show. */
export type Mask = (path: Path, value: Json | undefined) => FieldValue

/**
 * Values of a Secret are shown by a fingerprint under the key of the run: equal values are recognisably equal, and
 * nobody without the key can try values out. `data` and `stringData` of equal content give equal fingerprints.
 */
export function maskFor(object: KubernetesObject, secretKey: Buffer): Mask {
  if (!isSecret(object)) return (_path, value) => (value === undefined ? { type: 'absent' } : { type: 'value', value })
  return (path, value) => {
    if (value === undefined) return { type: 'absent' }
    if (!isSensitive(path)) return { type: 'value', value }
    const decoded = path[0] === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64') : undefined
    const content = decoded ?? (typeof value === 'string' ? value : canonicalJson(value))
    return { type: 'secret', fingerprint: createHmac('sha256', secretKey).update(content).digest('hex').slice(0, 16) }
  }
}

function isSecret(object: KubernetesObject): boolean {
  return object.kind === 'Secret' && object.apiVersion === 'v1'
}

/** Everything but metadata, type and `immutable`; of the metadata what kubectl copies the data into. */
function isSensitive(path: Path): boolean {
  if (path[0] === 'metadata') return path[1] === 'annotations' && (path.length === 2 || path[2] === LAST_APPLIED)
  return path[0] !== 'type' && path[0] !== 'immutable'
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
