import { asObject, type JsonObject } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { type Adoption, isTakenOver } from './adopt.ts'
import { type ManagedEntry, managedEntries, ownEntry } from './entries.ts'
import { asNode, childOf, type Fields, nodeAt, union } from './fields.ts'
import { elementOf, type Path, sameElement } from './path.ts'

/** Fields of others that become ours, so that the next apply, which does not declare them, takes them away. */
export interface Displacement extends Adoption {
  /** The other entries, without what was taken from them. */
  readonly others: readonly ManagedEntry[]
}

/**
 * How what others put in the place of declared fields goes in the same write that puts those back: where the API
 * server takes one or the other alone, it takes neither the removal first (a Service without ports) nor the apply.
 * Undefined where we have not applied the object, or where ownership is recorded in paths of another version.
 */
export function displacementPatch(live: KubernetesObject, paths: readonly Path[]): Displacement | undefined {
  const entries = managedEntries(live)
  const own = ownEntry(entries)
  if (own === undefined) return undefined
  const owning = entries.filter((entry) => entry !== own && paths.some((path) => nodeAt(entry.fields, path)))
  if (owning.length === 0 || [own, ...owning].some((entry) => entry.apiVersion !== live.apiVersion)) return undefined
  if (!owning.some(isTakenOver)) return undefined
  const without = (fields: Fields): Fields =>
    paths.reduce<Fields>((left, path) => split(left, path, own.fields).left, fields)
  const fields = owning
    .flatMap((entry) => paths.map((path) => split(entry.fields, path, own.fields).taken))
    .filter((taken) => taken !== undefined)
    .reduce<Fields>((all, one) => union(all, one), own.fields)
  const raw = live.metadata['managedFields']
  const managedFields = (Array.isArray(raw) ? raw : []).flatMap((one): JsonObject[] => {
    const entry = asObject(one)
    const [read] = managedEntries({ ...live, metadata: { ...live.metadata, managedFields: [one] } })
    if (!entry || !read) return entry ? [entry] : []
    if (ownEntry([read])) return [{ ...entry, fieldsV1: fields }]
    const left = without(read.fields)
    return Object.keys(left).length === 0 ? [] : [{ ...entry, fieldsV1: left }]
  })
  return {
    from: [...new Set(owning.map((entry) => entry.manager))],
    taken: owning,
    others: entries.filter((entry) => entry !== own).map((entry) => ({ ...entry, fields: without(entry.fields) })),
    fields,
    ops: [
      { op: 'add', path: '/metadata/managedFields', value: managedFields },
      // "replace", not "test": the store then answers 409 Conflict if the object changed, not 422.
      { op: 'replace', path: '/metadata/resourceVersion', value: live.metadata['resourceVersion'] ?? null }
    ],
    again: (later) => displacementPatch(later, paths)
  }
}

interface Parts {
  readonly left: Fields
  readonly taken: Fields | undefined
}

/** A tree without what is at a path, and that. A map in which nothing else is left goes along, unless we have a part in it. */
function split(node: Fields, path: Path, ours: Fields | undefined): Parts {
  const [step, ...further] = path
  const key = Object.keys(node).find((one) => {
    const element = elementOf(one)
    return step !== undefined && element !== undefined && sameElement(element, step)
  })
  const child = key === undefined ? undefined : asNode(node[key])
  if (step === undefined || key === undefined || child === undefined) return { left: node, taken: undefined }
  const rest: Fields = { ...node }
  delete rest[key]
  if (further.length === 0) return { left: rest, taken: { [key]: child } }
  const mine = childOf(ours, step)
  const below = split(child, further, mine)
  if (below.taken === undefined) return { left: node, taken: undefined }
  const kept = Object.keys(below.left)
  if (mine === undefined && kept.every((one) => one === '.')) return { left: rest, taken: { [key]: child } }
  return { left: kept.length === 0 ? rest : { ...node, [key]: below.left }, taken: { [key]: below.taken } }
}
