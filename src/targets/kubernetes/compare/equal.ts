import { isObject, type Json } from '../../../json.ts'
import { sameQuantity } from './quantity.ts'
import { fieldType, itemType, type TypeNode } from './types/index.ts'

/**
 * True when the API server would store a declared value as what is live, for values that are owned as one piece:
 * scalars, atomic lists and maps. Where it is not certain the answer is false.
 */
export function storedAs(declared: Json, live: Json | undefined, type: TypeNode | undefined): boolean {
  if (declared === live) return live !== undefined
  if (live === undefined || live === null) return isDropped(declared, type)
  if (Array.isArray(declared)) {
    if (!Array.isArray(live) || live.length !== declared.length) return false
    const element = itemType(type)
    for (let i = 0; i < declared.length; i++) {
      const item = declared[i]
      if (item === undefined || !storedAs(item, live[i], element)) return false
    }
    return true
  }
  if (isObject(declared)) return isObject(live) && storedMap(declared, live, type)
  return sameScalar(declared, live, type)
}

function storedMap(
  declared: { [key: string]: Json },
  live: { [key: string]: Json },
  type: TypeNode | undefined
): boolean {
  let found = 0
  for (const key in declared) {
    const value = declared[key]
    if (value === undefined) continue
    if (key in live) found++
    if (!storedAs(value, live[key], fieldType(type, key))) return false
  }
  let extra = Object.keys(live).length - found
  if (extra === 0) return true
  if (type?.type !== 'struct') return false
  for (const key in live) {
    const value = live[key]
    if (key in declared || value === undefined) continue
    if (!isDefault(type.name, key, value)) return false
    if (--extra === 0) break
  }
  return true
}

/** Equal scalars, also across `number` and `bigint`, and across spellings of a quantity. */
export function sameScalar(a: Json, b: Json, type: TypeNode | undefined): boolean {
  if (a === b) return true
  if (typeof a === 'bigint' || typeof b === 'bigint')
    return isNumeric(a) && isNumeric(b) && a.toString() === b.toString()
  if (type?.type !== 'quantity') return false
  return isQuantityLike(a) && isQuantityLike(b) && sameQuantity(String(a), String(b))
}

function isNumeric(value: Json): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function isQuantityLike(value: Json): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

/**
 * True when the API server does not keep a declared value because it is empty: zero scalars of fields without a
 * pointer, empty lists and empty maps of built-in kinds. An empty struct may be kept (`emptyDir: {}`), so it is
 * never taken for dropped.
 */
export function isDropped(declared: Json, type: TypeNode | undefined): boolean {
  if (type === undefined) return false
  if (type.type === 'droppable') return declared === '' || declared === false || declared === 0
  if (type.type === 'list') return Array.isArray(declared) && declared.length === 0
  return type.type === 'map' && isObject(declared) && Object.keys(declared).length === 0
}

/**
 * True for a field that the API server fills in inside a value that is owned as one piece, where no separate
 * ownership tells a default from a declared field.
 */
function isDefault(struct: string, field: string, value: Json): boolean {
  const known = DEFAULTS[struct]?.[field]
  if (known === undefined) return false
  return typeof known === 'function' ? known(value) : known === value
}

const DEFAULTS: Readonly<Record<string, Readonly<Record<string, Json | ((value: Json) => boolean)>>>> = {
  ObjectFieldSelector: { apiVersion: 'v1' },
  ResourceFieldSelector: { divisor: '0' },
  ServiceAccountTokenProjection: { expirationSeconds: 3600 },
  'networking.NetworkPolicyPort': { protocol: 'TCP' },
  'admission.RuleWithOperations': { scope: '*' },
  'admission.NamedRuleWithOperations': { scope: '*' },
  'rbac.Subject': { apiGroup: (value) => value === '' || value === 'rbac.authorization.k8s.io' },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    status: (value) => isObject(value) && Object.keys(value).length === 1 && value['phase'] === 'Pending'
  },
  PersistentVolumeClaimSpec: { volumeMode: 'Filesystem' },
  'meta.ObjectMeta': { creationTimestamp: null }
}
