import { asObject, asString, at } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { FIELD_MANAGER } from '../cluster.ts'
import type { Fields } from './fields.ts'

/** One entry of `metadata.managedFields`, read from untrusted JSON. */
export interface ManagedEntry {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  /** RFC 3339; absent in entries of before Kubernetes recorded it. */
  readonly time?: string
  readonly subresource?: string
  readonly fields: Fields
}

/** The entries of an object; what is not of their form is left out. */
export function managedEntries(live: KubernetesObject): ManagedEntry[] {
  const entries: ManagedEntry[] = []
  const list = at(live, 'metadata', 'managedFields')
  if (!Array.isArray(list)) return entries
  for (const item of list) {
    const entry = readEntry(item)
    if (entry !== undefined) entries.push(entry)
  }
  return entries
}

/** Our own entry: what server-side apply under our manager's name owns. */
export function ownEntry(entries: readonly ManagedEntry[], manager: string = FIELD_MANAGER): ManagedEntry | undefined {
  return entries.find((entry) => isApplyOf(entry, manager))
}

/** True for the entry that server-side apply keeps for a manager (subresources have entries of their own). */
export function isApplyOf(entry: ManagedEntry, manager: string): boolean {
  return entry.manager === manager && entry.operation === 'Apply' && entry.subresource === undefined
}

function readEntry(value: unknown): ManagedEntry | undefined {
  const entry = asObject(value)
  const operation = entry?.['operation']
  if (entry === undefined || (operation !== 'Apply' && operation !== 'Update')) return undefined
  const manager = asString(entry['manager']) ?? ''
  const apiVersion = asString(entry['apiVersion']) ?? ''
  const fields = asObject(entry['fieldsV1']) ?? {}
  const time = asString(entry['time'])
  const subresource = asString(entry['subresource'])
  const read: ManagedEntry =
    time === undefined ? { manager, operation, apiVersion, fields } : { manager, operation, apiVersion, fields, time }
  return subresource === undefined || subresource === '' ? read : { ...read, subresource }
}
