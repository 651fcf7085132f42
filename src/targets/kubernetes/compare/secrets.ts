import { Buffer } from 'node:buffer'
import { createHmac } from 'node:crypto'
import { asObject, canonicalJson, type Json } from '../../../json.ts'
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
export function redactedError(object: KubernetesObject, error: ApiError): ApiError {
  if (!isSecret(object)) return error
  const values = new Set<string>()
  for (const field of ['data', 'stringData'])
    for (const value of Object.values(asObject(object[field]) ?? {})) {
      if (typeof value !== 'string' || value.length < 3) continue
      values.add(value)
      values.add(Buffer.from(value, 'base64').toString('utf8'))
    }
  const texts = [...values].filter((text) => text.length >= 3).sort((a, b) => b.length - a.length)
  const clean = (text: string): string => texts.reduce((result, value) => result.replaceAll(value, '***'), text)
  return new ApiError(error.code, error.reason, clean(error.message), {
    causes: error.causes.map((cause) => ({ ...cause, message: clean(cause.message) })),
    ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds })
  })
}
