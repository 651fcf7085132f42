import { isObject, type Json, type JsonObject, parseJson } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import type { ApiResource } from '../cluster.ts'
import { type Fields, LAST_APPLIED, union } from '../ownership/index.ts'
import { applyLocally } from './local.ts'
import { payloadOf } from './payload.ts'

/**
 * What kubectl applied on the client's side, by the copy that it keeps in an annotation (the annotation included, which
 * nobody needs any more once the object is ours). Undefined where there is none, or none of this version.
 */
export function copiedFields(live: KubernetesObject, resource: ApiResource): Fields | undefined {
  const annotations = live.metadata['annotations']
  const text = isObject(annotations) ? annotations[LAST_APPLIED] : undefined
  const copy = typeof text === 'string' ? parsed(text) : undefined
  if (copy === undefined || copy['apiVersion'] !== live.apiVersion || copy['kind'] !== live.kind) return undefined
  const metadata = isObject(copy['metadata']) ? copy['metadata'] : {}
  const object = { ...copy, metadata: { ...metadata, name: live.metadata.name } } as unknown as KubernetesObject
  const payload = withoutEmpty(payloadOf(object, resource)) as KubernetesObject
  const { fields } = applyLocally(payload, live, {}, [])
  return union(fields, { 'f:metadata': { 'f:annotations': { [`f:${LAST_APPLIED}`]: {} } } })
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whoever owned an empty map would take with it what others have put there. */
function withoutEmpty(object: JsonObject): JsonObject {
  const entries = Object.entries(object).flatMap(([key, value]): [string, Json][] => {
    if (!isObject(value)) return [[key, value]]
    const inner = withoutEmpty(value)
    return Object.keys(inner).length > 0 ? [[key, inner]] : []
  })
  return Object.fromEntries(entries)
}
