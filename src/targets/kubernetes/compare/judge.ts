import { isObject, type Json } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import type { Attribution, FieldChange, Purpose } from '../../plan.ts'
import { FIELD_MANAGER } from '../cluster.ts'
import {
  type Adoption,
  actorOf,
  attributeIn,
  candidates,
  coverage,
  difference,
  type Fields,
  isLeaf,
  type ManagedEntry,
  managerKind,
  nodeAt,
  ownersOf,
  type Path,
  printPath,
  union,
  valueAt
} from '../ownership/index.ts'
import type { Conflict } from './comparison.ts'
import { type Difference, differences } from './diff.ts'
import type { Ignored } from './ignore.ts'
import type { Mask } from './secrets.ts'
import { Shape } from './shape.ts'
import { typeOfKind } from './types/index.ts'

export interface Case {
  readonly purpose: Purpose
  readonly payload: KubernetesObject
  readonly live: KubernetesObject
  readonly predicted: KubernetesObject
  readonly entries: readonly ManagedEntry[]
  /** What we own before and after applying. */
  readonly before: Fields
  readonly after: Fields
  readonly ignored: Ignored | undefined
  readonly mask: Mask
  readonly adoption: Adoption | undefined
}

interface Known extends Case {
  readonly shape: Shape
  /** True for a place that the API server replaces as a whole (see `coverage`). */
  isPiece(path: Path): boolean
}

export interface Judgement {
  readonly fields: readonly FieldChange[]
  readonly reclaim: readonly FieldChange[]
  readonly conflicts: readonly Conflict[]
  /** Paths whose ownership applying gives up although their values stay. */
  readonly released: readonly string[]
}

/** What applying means, as reports say it. */
export function judge(facts: Case): Judgement {
  const { live, predicted, before, after, ignored } = facts
  const given = known(facts)
  const { declared, following } = split(given)
  const changed = declared.map((one) => one.path)
  const untouched = (path: Path): boolean =>
    !changed.some((one) => overlaps(one, path)) && !ignored?.covers(path, live, predicted)
  return {
    fields: [...declared.map((one) => fieldChange(given, one)), ...following.map((one) => followingChange(given, one))],
    reclaim: reclaimed(given, untouched),
    conflicts: declared.flatMap((one) => conflictsAt(given, one)),
    released: facts.adoption ? [] : difference(before, after).filter(untouched).map(printPath)
  }
}

/**
 * What of the difference between live and predicted is ours: fields that we declare, or owned and no longer declare.
 * Other differences (defaults that follow, values that webhooks write) only count beside them: without them they do
 * not come from the declaration.
 */
export function splitDifferences(facts: Case): Split {
  return split(known(facts))
}

export interface Split {
  readonly declared: readonly Difference[]
  readonly following: readonly Difference[]
}

function known(facts: Case): Known {
  const { before, after, entries, live, payload } = facts
  const trees = [before, after, ...entries.map((entry) => entry.fields)]
  const shape = new Shape(trees, typeOfKind(live.apiVersion, live.kind))
  return { ...facts, shape, isPiece: (path) => isPiece(path, payload, shape) }
}

function split(given: Known): Split {
  const { payload, live, predicted, before, after, ignored, shape } = given
  // Kinds that keep their status apart never own any of it this way.
  const status = 'status' in payload || 'f:status' in before
  const all = differences(live, predicted, shape, { status }).filter(
    (one) => !ignored?.covers(one.path, live, predicted)
  )
  const declared = all.filter(
    (one) =>
      coverage(after, one.path, given.isPiece) ??
      coverage(before, one.path, given.isPiece) ??
      // An empty list that is merged is owned by nobody, but sent all the same.
      (valueAt(payload, one.path) === undefined ? undefined : 'exact') ??
      // Merging an empty map removes nothing: where something goes, the API server replaces the map by it.
      (one.after === undefined ? coverage(after, one.path) : undefined)
  )
  if (declared.length === 0) return { declared, following: [] }
  return { declared, following: all.filter((one) => !declared.includes(one) && one.path[0] !== 'metadata') }
}

function fieldChange(given: Known, one: Difference): FieldChange {
  const { mask, entries, before, after, isPiece } = given
  const base = {
    path: printPath(one.path),
    before: mask(one.path, projected(one.before, recorded(given, one.path))),
    after: mask(one.path, projected(one.after, nodeAt(after, one.path)))
  }
  const attribution = one.order ? orderAttribution(entries, one.path) : attributeIn(entries, one.path, isPiece)
  if (attribution.known) return { ...base, attribution }
  const covered = coverage(before, one.path, isPiece)
  // Of an item that was removed, fields stay ours that the API server never kept (`readOnly: false`).
  const isRemoved = one.before === undefined && covered === 'below'
  // Still ours and nobody else's, or new in the declaration: nobody did anything to the live object. The order of
  // items is nobody's, so that says nothing about it.
  if (given.purpose === 'deploy' || (covered && !one.order && !isRemoved)) return base
  return { ...base, attribution }
}

/** Who owns a list as one piece also owns its order; that of items which are merged is recorded nowhere. */
function orderAttribution(entries: readonly ManagedEntry[], path: Path): Attribution {
  const owner = ownersOf(entries, path).find((entry) => {
    const node = nodeAt(entry.fields, path)
    return node === undefined || isLeaf(node)
  })
  return owner ? { known: true, ...actorOf(owner) } : { known: false, candidates: candidates(entries) }
}

/** What anybody is recorded to have written below a path. */
function recorded({ before, entries }: Known, path: Path): Fields | undefined {
  const nodes = [before, ...entries.map((entry) => entry.fields)].flatMap((tree) => {
    const node = nodeAt(tree, path)
    return node === undefined ? [] : [node as Fields]
  })
  return nodes.length === 0 ? undefined : nodes.reduce((a, b) => union(a, b, false))
}

/** Of an item or a map only what is declared: the defaults that the API server adds to it are noise. */
function projected(value: Json | undefined, node: Fields | undefined): Json | undefined {
  if (value === undefined || node === undefined) return value
  return project(value, node)
}

function project(value: Json, node: Fields): Json {
  const names = Object.keys(node)
  if (typeof value !== 'object' || value === null || !names.some((name) => name !== '.')) return value
  if (Array.isArray(value)) return value
  const fields = names.filter((name) => name.startsWith('f:')).map((name) => name.slice(2))
  if (fields.length === 0) return value
  const result: { [key: string]: Json } = {}
  for (const field of fields) {
    const inner = value[field]
    const below = nodeAt(node, [field])
    if (inner !== undefined) result[field] = below === undefined ? inner : project(inner, below)
  }
  return result
}

/** Values that the API server chooses anew in every dry run would make every plan a different one. */
const ALLOCATED = /^spec\.(clusterIPs?(\[\d+\])?|healthCheckNodePort|ports\[[^\]]*\]\.nodePort)$/

function followingChange(given: Case, one: Difference): FieldChange {
  const path = printPath(one.path)
  const allocated = one.after !== undefined && ALLOCATED.test(path)
  return {
    path,
    before: given.mask(one.path, one.before),
    after: given.mask(one.path, allocated ? 'chosen by the API server' : one.after)
  }
}

function reclaimed(given: Known, untouched: (path: Path) => boolean): FieldChange[] {
  const { live, payload, entries, before, after, mask } = given
  const paths = difference(after, before).filter(untouched)
  if (given.adoption)
    return [
      {
        path: 'metadata.managedFields',
        before: { type: 'value', value: [...given.adoption.from] },
        after: { type: 'value', value: [FIELD_MANAGER] },
        ...(given.purpose === 'drift' ? attributionOf(given.adoption) : {})
      }
    ]
  return paths.map((path) => {
    // An empty value that the API server does not keep is only found in the declaration.
    const value = mask(path, projected(valueAt(live, path) ?? valueAt(payload, path), nodeAt(after, path)))
    const attribution = attributeIn(entries, path, given.isPiece)
    return { path: printPath(path), before: value, after: value, ...(attribution.known ? { attribution } : {}) }
  })
}

function attributionOf({ taken }: Adoption): Pick<FieldChange, 'attribution'> {
  const [newest] = [...taken].sort((a, b) => (b.time ?? '').localeCompare(a.time ?? ''))
  return newest ? { attribution: { known: true, ...actorOf(newest) } } : {}
}

function conflictsAt({ after, entries, isPiece }: Known, one: Difference): Conflict[] {
  const ours = coverage(after, one.path, isPiece)
  if (one.order || (ours !== 'exact' && ours !== 'inside')) return []
  return ownersOf(entries, one.path, isPiece)
    .filter((owner) => coverage(owner.fields, one.path, isPiece) !== 'below')
    .map((owner) => ({
      path: printPath(one.path),
      manager: owner.manager,
      kind: managerKind(owner.manager, owner.operation),
      operation: owner.operation,
      ...(owner.time === undefined ? {} : { time: owner.time }),
      ...(owner.subresource === undefined ? {} : { subresource: owner.subresource })
    }))
}

function isPiece(path: Path, payload: KubernetesObject, shape: Shape): boolean {
  const at = path.reduce((inside, element) => inside.child(element), shape)
  const type = at.type?.type
  if (type === 'list') return at.list()?.by === 'replacing'
  if (type === 'struct' || type === 'map') return at.replacesMap()
  const declared = valueAt(payload, path)
  // Nothing is known of custom resources but what was written: an empty map that we declare may be anything.
  if (declared === null || (isObject(declared) && Object.keys(declared).length === 0)) return false
  return at.list()?.by === 'replacing'
}

/** True when one path holds the other. */
function overlaps(a: Path, b: Path): boolean {
  const [x, y] = [printPath(a), printPath(b)]
  return x === y || isInside(x, y) || isInside(y, x)
}

function isInside(path: string, holder: string): boolean {
  return path.startsWith(holder) && /[.[]/.test(path.charAt(holder.length))
}
