import { Buffer } from 'node:buffer'
import { asObject, type JsonObject } from '../../../json.ts'
import type { KubernetesObject, ObjectMeta } from '../../../render/manifest.ts'
import type { ApiResource } from '../cluster.ts'
import { LAST_APPLIED } from '../ownership/index.ts'

/** Metadata that only the API server writes. Manifests that were dumped from a cluster carry it. */
const SERVER_METADATA = [
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid'
] as const

export { LAST_APPLIED }

/** Annotations that are rewritten as a side effect of other changes: kubectl's copy of the object, a counter of the API server. */
export const BOOKKEEPING: ReadonlySet<string> = new Set([LAST_APPLIED, 'deprecated.daemonset.template.generation'])

/**
 * The object to send for a declared one: without what only the API server writes (`status` of kinds that keep it
 * apart, server metadata, kubectl's bookkeeping), and with a Secret's `stringData` folded into `data`, since the API
 * server records ownership of what was sent, not of what it stores (kubernetes/kubernetes#108008). Answers the same
 * object where there is nothing to do; never changes its argument.
 */
export function payloadOf(object: KubernetesObject, resource: ApiResource | undefined): KubernetesObject {
  let payload = object
  const metadata = cleanMetadata(object.metadata)
  if (metadata !== object.metadata) payload = { ...payload, metadata }
  if ('status' in payload && (resource === undefined || resource.subresources.includes('status'))) {
    const { status: _, ...rest } = payload
    payload = rest as KubernetesObject
  }
  if (payload.kind === 'Secret' && payload.apiVersion === 'v1' && 'stringData' in payload) payload = foldSecret(payload)
  return payload
}

function cleanMetadata(metadata: ObjectMeta): ObjectMeta {
  const annotations = asObject(metadata['annotations'])
  const bookkeeping = annotations !== undefined && LAST_APPLIED in annotations
  if (!bookkeeping && !SERVER_METADATA.some((field) => field in metadata)) return metadata
  const clean: ObjectMeta = { ...metadata }
  for (const field of SERVER_METADATA) delete clean[field]
  if (bookkeeping) {
    const { [LAST_APPLIED]: _, ...rest } = annotations
    if (Object.keys(rest).length > 0) clean['annotations'] = rest
    else delete clean['annotations']
  }
  return clean
}

function foldSecret(secret: KubernetesObject): KubernetesObject {
  const { stringData, ...rest } = secret
  const texts = asObject(stringData)
  // What is no map of strings is left for the API server to refuse in its own words.
  if (stringData !== null && (texts === undefined || Object.values(texts).some((text) => typeof text !== 'string')))
    return secret
  const data: JsonObject = { ...asObject(secret['data']) }
  for (const [key, text] of Object.entries(texts ?? {}))
    data[key] = Buffer.from(String(text), 'utf8').toString('base64')
  if (Object.keys(data).length === 0) return rest as KubernetesObject
  return { ...rest, data } as KubernetesObject
}
