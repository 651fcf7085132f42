import { type Json, type JsonObject, stringifyJson } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { FIELD_MANAGER } from '../cluster.ts'
import { type ManagedEntry, managedEntries, ownEntry } from './entries.ts'
import { asNode, type Fields, union } from './fields.ts'
import { managerKind } from './managers.ts'

export interface Adoption {
  /** Managers whose fields become ours, each once. */
  readonly from: readonly string[]
  /** Their entries. */
  readonly taken: readonly ManagedEntry[]
  /** What we own once `ops` are written. */
  readonly fields: Fields
  /** A JSON patch of `managedFields` alone; nothing of the object itself changes, so nothing restarts. */
  readonly ops: readonly JsonObject[]
}

/**
 * How an object that another tool made is taken over: the fields of the tool's entries move into an Apply entry of
 * ours, so that the next apply removes what is no longer declared instead of leaving it behind (the semantics of
 * client-go's csaupgrade, extended to Apply entries). Undefined where there is nothing to take over: we have applied
 * the object before, or only controllers wrote it.
 *
 * `adopts` decides whose entries are taken; by default those of people's tools and of other appliers.
 */
export function adoptionPatch(
  live: KubernetesObject,
  adopts: (entry: ManagedEntry) => boolean = isTakenOver,
  entries: readonly ManagedEntry[] = managedEntries(live)
): Adoption | undefined {
  if (ownEntry(entries)) return undefined
  const taken = entries.filter((entry) => entry.subresource === undefined && adopts(entry))
  if (taken.length === 0) return undefined

  const newest = taken.reduce((a, b) => ((b.time ?? '') > (a.time ?? '') ? b : a))
  // Paths are only comparable within one version; entries of other versions are dropped, as csaupgrade does. Unless
  // there are no others: the API server converts an entry of ours like that of anybody who moves to another version.
  const apiVersion = taken.some((entry) => entry.apiVersion === live.apiVersion) ? live.apiVersion : newest.apiVersion
  const fields = taken
    .filter((entry) => entry.apiVersion === apiVersion)
    .map((entry) => withoutHolds(entry.fields))
    .reduce((all, one) => union(all, one), {} as Fields)
  const own: JsonObject = {
    manager: FIELD_MANAGER,
    operation: 'Apply',
    apiVersion,
    ...(newest.time === undefined ? {} : { time: newest.time }),
    fieldsType: 'FieldsV1',
    fieldsV1: fields
  }
  const raw = live.metadata['managedFields']
  const rest = (Array.isArray(raw) ? raw : []).filter((entry) => !taken.some((one) => describes(entry, one)))
  return {
    from: [...new Set(taken.map((entry) => entry.manager))],
    taken,
    fields,
    ops: [
      { op: 'replace', path: '/metadata/managedFields', value: [own, ...rest] },
      // "replace", not "test": the store then answers 409 Conflict if the object changed, not 422.
      { op: 'replace', path: '/metadata/resourceVersion', value: live.metadata['resourceVersion'] ?? null }
    ]
  }
}

/**
 * Made by a person or by another tool that deploys; never what controllers keep writing, nor what the API server
 * books on nobody (`before-first-apply`), which includes values that it allocated itself.
 */
export function isTakenOver(entry: ManagedEntry): boolean {
  return entry.manager !== UNRECORDED && managerKind(entry.manager, entry.operation) !== 'system'
}

/** Under this name the API server books everything that was there before ownership was recorded. */
export const UNRECORDED = 'before-first-apply'

/**
 * Without finalizers and owner references: admission adds them in the tool's name, and whoever takes them over
 * without declaring them would remove them.
 */
function withoutHolds(fields: Fields): Fields {
  const metadata = asNode(fields['f:metadata'])
  if (metadata === undefined) return fields
  const { 'f:finalizers': _f, 'f:ownerReferences': _o, ...kept } = metadata
  const { 'f:metadata': _m, ...rest } = fields
  return Object.keys(kept).length > 0 ? { ...rest, 'f:metadata': kept } : rest
}

function describes(raw: Json, entry: ManagedEntry): boolean {
  const [read] = managedEntries({
    apiVersion: '',
    kind: '',
    metadata: { name: '', managedFields: [raw] }
  })
  return read !== undefined && stringifyJson(read) === stringifyJson(entry)
}
