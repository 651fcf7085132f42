import { asList, asObject, isObject, type Json, stringifyJson } from '../../../json.ts'
import { groupOf, type KubernetesObject } from '../../../render/manifest.ts'
import { ApiError } from '../cluster.ts'

/** etcd's --max-request-bytes, as every distribution has it. */
const MAX_STORED = 1.5 * 1024 * 1024
/** Smaller ones cannot become too large by what is recorded of their fields. */
const WORTH_A_LOOK = 256 * 1024

/**
 * Refuses an object that a dry run takes and etcd would not: a dry run stores nothing, and who owns which field, which the
 * API server writes into the object, can make it twice as large.
 * @param sent characters of the request
 * @throws ApiError as the API server would answer it
 */
export function refuseTooLarge(predicted: KubernetesObject, sent: number): void {
  if (sent < WORTH_A_LOOK) return
  const { size, owners } = storedSize(predicted)
  if (size <= MAX_STORED) return
  const mebibytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1)
  throw new ApiError(
    413,
    'RequestEntityTooLarge',
    `it would be stored with ${mebibytes(size)} MiB, ${mebibytes(owners)} of them for who owns which field; a cluster stores 1.5 MiB at most`
  )
}

/** At least how many bytes are stored: custom resources as JSON, what is Kubernetes' own in a more compact form. */
function storedSize(object: KubernetesObject): { size: number; owners: number } {
  const { managedFields, ...metadata } = object.metadata
  const owners = (asList(managedFields) ?? []).reduce<number>(
    (sum, one) => sum + Buffer.byteLength(stringifyJson(asObject(one)?.['fieldsV1'] ?? null)),
    0
  )
  const group = groupOf(object)
  const isCustom = group.includes('.') && !group.endsWith('.k8s.io')
  const content = { ...object, metadata }
  return {
    size: owners + (isCustom ? Buffer.byteLength(stringifyJson(content)) : textIn(content, object.kind)),
    owners
  }
}

/** Bytes of all texts, and of the keys of what holds data. */
function textIn(content: KubernetesObject, kind: string): number {
  const holdsData = kind === 'ConfigMap' || kind === 'Secret'
  return Object.entries(content).reduce((sum, [field, value]) => {
    if (!holdsData || !isObject(value) || field === 'metadata') return sum + bytesOf(value)
    const isEncoded = kind === 'Secret' || field === 'binaryData'
    const keys = Object.keys(value).reduce((all, key) => all + Buffer.byteLength(key), 0)
    return sum + keys + bytesOf(value) * (isEncoded ? 0.75 : 1)
  }, 0)
}

function bytesOf(value: Json | undefined): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, child) => sum + bytesOf(child), 0)
}
