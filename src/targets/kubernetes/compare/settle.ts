import { isObject, type Json, type JsonObject } from '../../../json.ts'
import { childrenOf, childOf, type Fields, isLeaf, isMember, type PathElement } from '../ownership/index.ts'
import { matchesField, matchesItem, type Pattern } from './pattern.ts'
import { elementId, itemElement, type ListMerge, type Shape } from './shape.ts'

/** One place of an object, seen from all sides. */
interface Place {
  readonly declared: Json | undefined
  readonly live: Json | undefined
  /** Our tree here; undefined where we own nothing. */
  readonly own: Fields | undefined
  /** Trees of the others that go here. */
  readonly others: readonly Fields[]
  readonly shape: Shape
}

/**
 * The declared value with everything that a pattern selects taken out of dispute (see `withoutIgnored`). Undefined
 * when nothing is left of it. Never changes its arguments.
 */
export function settlePattern(pattern: Pattern, place: Place): Json | undefined {
  const [step, ...rest] = pattern
  if (step === undefined) return settle(place)
  const { declared, live } = place
  if (Array.isArray(declared) || Array.isArray(live))
    return mapItems(place, (at, item, index) => {
      if (!matchesItem(step, item, index)) return at.declared
      // An item that is new is sent as it is declared: its fields have no live values yet.
      return at.live === undefined && rest.length > 0 ? at.declared : settlePattern(rest, at)
    })
  if (!isObject(declared) && !isObject(live)) return declared
  return mapFields(place, (at, field) => (matchesField(step, field) ? settlePattern(rest, at) : at.declared))
}

/** An ignored value: what others own is not sent; else what is live, as far as it is declared or ours. */
function settle(place: Place): Json | undefined {
  const { declared, live, own, others, shape } = place
  // The API server dropped an empty value that we sent: sending it again is what keeps our ownership as it is.
  if (live === undefined) return own !== undefined && isLeaf(own) ? declared : undefined
  const parted = [own, ...others].some((node) => node !== undefined && !isLeaf(node))
  if (isObject(live) && (parted || (isObject(declared) && !shape.replacesMap())))
    return mapFields(place, (at) => settle(at))
  if (Array.isArray(live) && (parted || shape.list()?.by === 'keys')) return mapItems(place, (at) => settle(at))
  if (others.some(isMember)) return undefined
  return declared !== undefined || own !== undefined ? live : undefined
}

/** Maps the fields that are declared or ours; the empty map that results from a non-empty one is left out. */
function mapFields(place: Place, map: (at: Place, field: string) => Json | undefined): Json | undefined {
  const declared = isObject(place.declared) ? place.declared : {}
  const owned = Object.keys(place.own ?? {}).flatMap((key) => (key.startsWith('f:') ? [key.slice(2)] : []))
  const result: JsonObject = {}
  let changed = false
  for (const field of new Set([...Object.keys(declared), ...owned])) {
    const before = declared[field]
    const after = map(below(place, field), field)
    if (after !== undefined) result[field] = after
    if (after !== before) changed = true
  }
  if (!changed) return place.declared
  return Object.keys(result).length > 0 ? result : undefined
}

/** Maps the items that are declared or ours, in the order of the declaration; ours that it lacks come after them. */
function mapItems(
  place: Place,
  map: (at: Place, item: Json | undefined, index: number) => Json | undefined
): Json | undefined {
  const declared = Array.isArray(place.declared) ? place.declared : []
  const live = Array.isArray(place.live) ? place.live : []
  const merge = place.shape.list()
  const parted = merge?.by === 'keys' || merge?.by === 'value'
  const items = new Map<string, { element: PathElement; index: number }>()
  for (const [index, item] of live.entries()) {
    const element = itemElement(merge, item, index)
    items.set(elementId(element), { element, index })
  }
  const result: Json[] = []
  const visited = new Set<string>()
  let changed = false
  const visit = (element: PathElement, own: Json | undefined, position: number): void => {
    const id = elementId(element)
    visited.add(id)
    const index = items.get(id)?.index ?? position
    const counterpart = items.has(id) ? live[index] : undefined
    const at = { ...below(place, element), declared: own, live: counterpart }
    const after = keyed(map(at, counterpart ?? own, index), own ?? counterpart, merge)
    if (after !== own) changed = true
    if (after !== undefined) result.push(after)
  }
  for (const [index, item] of declared.entries()) visit(itemElement(merge, item, index), item, index)
  if (parted)
    for (const [id, { element, index }] of items)
      if (!visited.has(id) && childOf(place.own, element) !== undefined) visit(element, undefined, index)
  return changed ? result : place.declared
}

/** Items keep the fields that they are known by. */
function keyed(after: Json | undefined, before: Json | undefined, merge: ListMerge | undefined): Json | undefined {
  if (merge?.by !== 'keys' || !isObject(after) || !isObject(before)) return after
  const missing = merge.keys.filter(({ name }) => !(name in after) && name in before)
  if (missing.length === 0) return after
  return { ...Object.fromEntries(missing.map(({ name }) => [name, before[name] ?? null])), ...after }
}

function below(place: Place, element: PathElement): Place {
  return {
    declared: isObject(place.declared) && typeof element === 'string' ? place.declared[element] : undefined,
    live: isObject(place.live) && typeof element === 'string' ? place.live[element] : undefined,
    own: childOf(place.own, element),
    others: childrenOf(place.others, element),
    shape: place.shape.child(element)
  }
}
