import { isObject, type Json, type JsonObject } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { FIELD_MANAGER } from '../cluster.ts'
import {
  actorOf,
  childOf,
  children,
  childValue,
  coverage,
  type Fields,
  isApplyOf,
  isLeaf,
  isMember,
  type ManagedEntry,
  managedEntries,
  nodeAt,
  ownEntry,
  type Path,
  type PathElement,
  printPath,
  UNRECORDED,
  valueAt
} from '../ownership/index.ts'
import type { ForeignField, Recognised } from './comparison.ts'
import type { Mask } from './secrets.ts'
import { knownWriter } from './writers.ts'

export interface ForeignFields {
  readonly fields: readonly ForeignField[]
  readonly recognised: readonly Recognised[]
}

/**
 * Fields that others put into our object and that we do not declare: what no dry run shows, since applying leaves
 * them alone. `owned` is what we own once the declaration is applied.
 */
export function foreignFields(
  payload: KubernetesObject,
  live: KubernetesObject,
  owned: Fields,
  entries: readonly ManagedEntry[],
  options: { readonly mask: Mask; ignores(path: Path, manager: string): boolean }
): ForeignFields {
  const found = new Map<string, { path: Path; value: Json; writers: ManagedEntry[] }>()
  for (const entry of entries) {
    if (isApplyOf(entry, FIELD_MANAGER)) continue
    for (const { path, value } of additions(entry.fields, owned, payload, live)) {
      const text = printPath(path)
      const known = found.get(text)
      if (known) known.writers.push(entry)
      else found.set(text, { path, value, writers: [entry] })
    }
  }
  const fields: ForeignField[] = []
  const recognised: Recognised[] = []
  for (const [text, { path, value, writers }] of found) {
    const unknown: ManagedEntry[] = []
    let isAgreed = false
    for (const entry of writers) {
      if (options.ignores(path, entry.manager)) continue
      const rule = knownWriter(entry, path, live)
      if (rule === undefined) unknown.push(entry)
      else {
        recognised.push({ path: text, manager: entry.manager, rule })
        // Whoever changes a value is its only owner: who owns it beside a known writer found it there, and named it.
        isAgreed ||= entry.manager !== UNRECORDED && isWhole(nodeAt(entry.fields, path))
      }
    }
    const [first] = unknown
    if (first === undefined || isAgreed) continue
    const newest = unknown.reduce((a, b) => ((b.time ?? '') > (a.time ?? '') ? b : a), first)
    fields.push({
      path: text,
      location: path,
      before: options.mask(path, value),
      after: { type: 'absent' },
      attribution:
        newest.manager === UNRECORDED ? { known: false, candidates: [] } : { known: true, ...actorOf(newest) }
    })
  }
  return { fields: withoutNested(fields), recognised }
}

/** Whether a node stands for all of its value, and not only for some of it. */
function isWhole(node: Fields | undefined): boolean {
  return node !== undefined && isLeaf(node)
}

interface Addition {
  readonly path: Path
  readonly value: Json
}

function* additions(
  theirs: Fields,
  ours: Fields,
  declared: JsonObject,
  live: JsonObject,
  path: Path = []
): Generator<Addition> {
  for (const [element, node] of children(theirs)) {
    // Status is its controller's, unless we declare some of it (kinds that do not keep it apart).
    if (path.length === 0 && element === 'status' && !('status' in declared)) continue
    const value = childValue(live, element)
    if (value === undefined || value === null) continue
    const inside = [...path, element]
    yield* additionsAt(element, node, childOf(ours, element), childValue(declared, element), value, inside, declared)
  }
}

function* additionsAt(
  element: PathElement,
  theirs: Fields,
  ours: Fields | undefined,
  declared: Json | undefined,
  value: Json,
  path: Path,
  /** What is declared beside it. */
  siblings: Json | undefined
): Generator<Addition> {
  if (ours !== undefined && isLeaf(ours) && !isEmpty(declared)) return // Ours as one piece, whoever else owns it.
  if (ours === undefined && (isLeaf(theirs) || (typeof element !== 'string' && isMember(theirs)))) {
    // An item or a field that is theirs alone: shown whole.
    if (!isKeyOf(element, path) && !isAlias(element, value, siblings)) yield { path, value }
    return
  }
  for (const [below, node] of children(theirs)) {
    const inner = childValue(value, below)
    if (inner === undefined || inner === null) continue
    yield* additionsAt(
      below,
      node,
      childOf(ours, below),
      declaredAt(declared, below),
      inner,
      [...path, below],
      declared
    )
  }
}

/** The fields by which an item is known belong to the item, whoever wrote them down. */
function isKeyOf(element: PathElement, path: Path): boolean {
  const parent = path.at(-2)
  return typeof element === 'string' && typeof parent === 'object' && 'key' in parent && element in parent.key
}

/**
 * The old name of a pod's `serviceAccountName`: the API server writes it after the new one, which is declared, so it
 * cannot be taken away, and says nothing of its own.
 */
function isAlias(element: PathElement, value: Json, siblings: Json | undefined): boolean {
  if (element !== 'serviceAccount' || typeof value !== 'string') return false
  return typeof childValue(siblings, 'serviceAccountName') === 'string'
}

function declaredAt(declared: Json | undefined, element: PathElement): Json | undefined {
  const direct = childValue(declared, element)
  if (direct !== undefined || typeof element === 'string' || !('key' in element) || !Array.isArray(declared))
    return direct
  // A key that the declaration leaves to its default (`protocol`) is absent there.
  return declared.find(
    (item) => isObject(item) && Object.entries(element.key).every(([name, value]) => (item[name] ?? value) === value)
  )
}

/** An empty or null value owns its place as a leaf, but what others put into it is theirs. */
function isEmpty(value: Json | undefined): boolean {
  if (value === null) return true
  return isObject(value) && Object.keys(value).length === 0
}

/**
 * Without fields inside one that is listed itself (several managers own parts of it): it is shown whole, and whoever
 * wrote into it last is named.
 */
function withoutNested(fields: readonly ForeignField[]): ForeignField[] {
  const listed = new Map(fields.map((field) => [field.path, field]))
  for (const { location, attribution } of fields) {
    const holder = listed.get(holderOf(location, listed) ?? '')
    if (holder && timeOf(attribution) > timeOf(holder.attribution))
      listed.set(holder.path, { ...holder, ...(attribution ? { attribution } : {}) })
  }
  return fields.flatMap(({ path, location }) => {
    const field = holderOf(location, listed) === undefined ? listed.get(path) : undefined
    return field ? [field] : []
  })
}

/** The outermost listed path that a place lies in. */
function holderOf(location: Path, listed: ReadonlyMap<string, unknown>): string | undefined {
  for (let depth = 1; depth < location.length; depth++) {
    const path = printPath(location.slice(0, depth))
    if (listed.has(path)) return path
  }
  return undefined
}

function timeOf(attribution: ForeignField['attribution']): string {
  return attribution?.known === true ? (attribution.time ?? '') : ''
}

/**
 * A JSON patch that takes fields which others added out of a live object again, to be written under
 * `REVERT_MANAGER`. It fails if the object has changed since.
 */
export function removalPatch(live: KubernetesObject, fields: readonly ForeignField[]): JsonObject[] {
  const pointers = withEmptied(live, fields)
    .map((location) => pointerTo(live, location))
    .filter((pointer): pointer is (string | number)[] => pointer !== undefined)
    .sort(fromTheEnd)
  return [
    { op: 'test', path: '/metadata/resourceVersion', value: live.metadata['resourceVersion'] ?? null },
    ...pointers.map((pointer) => ({
      op: 'remove',
      path: pointer.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
    }))
  ]
}

/**
 * Where to remove: what would be left of a map or list that nobody else has any part in goes with it. Custom resources
 * would keep it, empty, in the name of whoever made it; and defaults alone need not be valid (a probe without a handler).
 */
function withEmptied(live: KubernetesObject, fields: readonly ForeignField[]): Path[] {
  const entries = managedEntries(live)
  const own = ownEntry(entries)?.fields
  const removed = new Map(fields.map(({ location }) => [printPath(location), location as Path]))
  if (own === undefined) return [...removed.values()] // nothing tells what belongs to whom
  const isRemoved = (path: Path) => removed.has(printPath(path))
  const open = [...removed.values()]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const parent = path.slice(0, -1)
    if (parent.length === 0 || nodeAt(own, parent) !== undefined || typeof parent.at(-1) !== 'string') continue
    const steps = partsOf(valueAt(live, parent), path)
    const isNobodys = (step: PathElement) =>
      entries.every((entry) => coverage(entry.fields, [...parent, step]) === undefined)
    if (!steps?.every((step) => isRemoved([...parent, step]) || isNobodys(step))) continue
    for (const step of steps) removed.delete(printPath([...parent, step]))
    removed.set(printPath(parent), parent)
    open.push(parent)
  }
  return [...removed.values()]
}

/** The steps to everything in a map or list, named as `path` names one of them. */
function partsOf(value: Json | undefined, path: Path): PathElement[] | undefined {
  if (isObject(value)) return Object.keys(value)
  const last = path.at(-1)
  if (!Array.isArray(value) || typeof last !== 'object' || 'index' in last) return undefined
  if ('value' in last) return value.map((item) => ({ value: item }))
  const names = Object.keys(last.key)
  return value.map((item) => ({
    key: Object.fromEntries(names.map((name) => [name, (isObject(item) ? item[name] : undefined) ?? null]))
  }))
}

function pointerTo(live: Json, path: Path): (string | number)[] | undefined {
  const pointer: (string | number)[] = []
  let value: Json | undefined = live
  for (const element of path) {
    const next: Json | undefined = childValue(value, element)
    if (next === undefined) return undefined
    pointer.push(typeof element === 'string' ? element : Array.isArray(value) ? value.indexOf(next) : -1)
    value = next
  }
  return pointer
}

/** Later items of a list first, so that earlier removals do not move them. */
function fromTheEnd(a: (string | number)[], b: (string | number)[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]]
    if (x === y) continue
    if (typeof x === 'number' && typeof y === 'number') return y - x
    return String(x) < String(y) ? -1 : 1
  }
  return b.length - a.length
}
