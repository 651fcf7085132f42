import { type Json, type JsonObject, stringifyJson } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { FIELD_MANAGER } from '../cluster.ts'
import { type ManagedEntry, managedEntries, ownEntry } from './entries.ts'
import { asNode, type Fields, isLeaf, nodeAt, union } from './fields.ts'
import { managerKind } from './managers.ts'
import { childValue, elementOf } from './path.ts'

export interface Adoption {
  /** Managers whose fields become ours, each once. */
  readonly from: readonly string[]
  /** Their entries. */
  readonly taken: readonly ManagedEntry[]
  /** What we own once `ops` are written, as far as it can be said in the paths of the live object's version. */
  readonly fields: Fields
  /** A JSON patch of `managedFields` alone; nothing of the object itself changes, so nothing restarts. */
  readonly ops: readonly JsonObject[]
  /** The same for what the object is by now, where it has changed meanwhile. */
  readonly again?: (live: KubernetesObject) => Adoption | undefined
}

/**
 * How an object that another tool made is taken over: the fields of the tool's entries move into an Apply entry of
 * ours, so that the next apply removes what is no longer declared instead of leaving it behind (the semantics of
 * client-go's csaupgrade, extended to Apply entries). Undefined where there is nothing to take over: we have applied
 * the object before, or only controllers wrote it.
 *
 * `adopts` decides whose entries are taken; by default those of people's tools and of other appliers. `copied` is what
 * kubectl's own copy in an annotation says it applied: it counts where ownership was not recorded then (an object of
 * long ago, or one whose `managedFields` were removed). The entry in which the API server books that goes with it.
 */
export function adoptionPatch(
  live: KubernetesObject,
  adopts: (entry: ManagedEntry) => boolean = isTakenOver,
  entries: readonly ManagedEntry[] = managedEntries(live),
  copied?: Fields
): Adoption | undefined {
  if (ownEntry(entries)) return undefined
  const copy = copied && entryOfCopy(live, entries, copied)
  const unrecorded = copy && adopts(copy) ? copy : undefined
  const recorded = entries.filter((entry) => entry.subresource === undefined && adopts(entry))
  const all = unrecorded ? [...recorded, unrecorded] : recorded
  if (all.length === 0) return undefined
  const taken = unrecorded ? [...recorded, ...entries.filter((entry) => entry.manager === UNRECORDED)] : recorded

  const newest = all.reduce((a, b) => ((b.time ?? '') > (a.time ?? '') ? b : a))
  // Paths are only comparable within one version; entries of further versions are dropped, as csaupgrade does. Unless
  // there are no others: the API server converts an entry of ours like that of anybody who moves to another version.
  const apiVersion = all.some((entry) => entry.apiVersion === live.apiVersion) ? live.apiVersion : newest.apiVersion
  const fields = all
    .filter((entry) => entry.apiVersion === apiVersion)
    .map((entry) => withoutHolds(entry.fields))
    .reduce((both, one) => union(both, one), {} as Fields)
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
    from: [...new Set(all.map((entry) => entry.manager))],
    taken,
    fields: apiVersion === live.apiVersion ? fields : (present(fields, live) ?? {}),
    ops: [
      // "add" replaces what is there, and also works where nothing is.
      { op: 'add', path: '/metadata/managedFields', value: [own, ...rest] },
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

/** kubectl's copy as an entry, unless somebody is recorded to own that copy: then that entry says the same. */
function entryOfCopy(
  live: KubernetesObject,
  entries: readonly ManagedEntry[],
  fields: Fields
): ManagedEntry | undefined {
  const path = ['metadata', 'annotations', LAST_APPLIED]
  const owned = entries.some((entry) => entry.manager !== UNRECORDED && nodeAt(entry.fields, path) !== undefined)
  if (owned) return undefined
  return { manager: CLIENT_SIDE, operation: 'Update', apiVersion: live.apiVersion, fields }
}

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const CLIENT_SIDE = 'kubectl-client-side-apply'

/** Paths of another version that lead somewhere in this one, too. The API server converts; here it is a guess for the plan. */
function present(node: Fields, value: Json): Fields | undefined {
  const kept: Fields = {}
  for (const [key, child] of Object.entries(node)) {
    if (key === '.') kept[key] = child
    const element = elementOf(key)
    const inside = element === undefined ? undefined : childValue(value, element)
    const below = asNode(child)
    if (inside === undefined || below === undefined) continue
    const left = isLeaf(below) ? below : present(below, inside)
    if (left !== undefined) kept[key] = left
  }
  return isLeaf(kept) ? undefined : kept
}

/** Under this name the API server books everything that was there before ownership was recorded. */
export const UNRECORDED = 'before-first-apply'

/**
 * Without finalizers and owner references: admission adds them in the tool's name, and whoever takes them over
 * without declaring them would remove them. Nor what controllers keep in annotations, which came with a copied object.
 */
function withoutHolds(fields: Fields): Fields {
  const metadata = asNode(fields['f:metadata'])
  if (metadata === undefined) return fields
  const { 'f:finalizers': _f, 'f:ownerReferences': _o, ...kept } = metadata
  const annotations = Object.entries(asNode(kept['f:annotations']) ?? {})
  const own = annotations.filter(([name]) => !CONTROLLERS_NOTES.test(name))
  if (own.length < annotations.length) {
    if (own.some(([name]) => name !== '.')) kept['f:annotations'] = Object.fromEntries(own)
    else delete kept['f:annotations']
  }
  const { 'f:metadata': _m, ...rest } = fields
  return Object.keys(kept).length > 0 ? { ...rest, 'f:metadata': kept } : rest
}

/** Annotations in which Kubernetes' own controllers keep the state of their work, as keys of FieldsV1. */
const CONTROLLERS_NOTES = /^f:(deployment|pv|volume|volume\.beta|batch)\.kubernetes\.io\//

function describes(raw: Json, entry: ManagedEntry): boolean {
  const [read] = managedEntries({
    apiVersion: '',
    kind: '',
    metadata: { name: '', managedFields: [raw] }
  })
  return read !== undefined && stringifyJson(read) === stringifyJson(entry)
}
