import { isObject, type Json, type JsonObject } from '../../../json.ts'
import { childOf, childrenOf, type Fields, isLeaf, isMember, type PathElement } from '../ownership/index.ts'
import { isDropped } from './equal.ts'
import { isAtEnd, matchesField, matchesItem, type Pattern } from './pattern.ts'
import { elementId, itemElement, type ListMerge, type Shape } from './shape.ts'

/** One place of an object, seen from all sides. */
export interface Place {
  readonly declared: Json | undefined
  readonly live: Json | undefined
  /** Our tree here; undefined where we own nothing. */
  readonly own: Fields | undefined
  /** Trees of the others that go here. */
  readonly others: readonly Fields[]
  readonly shape: Shape
  /** True inside a list or map that is replaced as one piece: what is left out there is reset. */
  readonly piece: boolean
}

/**
 * The declared value with everything that a pattern selects taken out of dispute (see `withoutIgnored`). Undefined
 * when nothing is left of it. Never changes its arguments.
 */
export function settlePattern(pattern: Pattern, place: Place): Json | undefined {
  const [step, ...rest] = pattern
  if (step === undefined) return settle(place)
  const { declared, live } = place
  if (step.step === 'when') {
    const value = live ?? declared
    return value !== undefined && step.holds(value) ? settlePattern(rest, place) : declared
  }
  if (Array.isArray(declared) || Array.isArray(live))
    return mapItems(place, 'as declared', (at, item, index) => {
      if (!matchesItem(step, item, index)) return at.declared
      // An item that is new is sent as it is declared: its fields have no live values yet.
      return at.live === undefined && !isAtEnd(rest) ? at.declared : settlePattern(rest, at)
    })
  if (!isObject(declared) && !isObject(live)) return declared
  if (step.step === 'field' && isUnchanged(place, step.name, rest)) return declared
  return mapFields(place, (at, field) => (matchesField(step, field) ? settlePattern(rest, at) : at.declared))
}

/** Whether a pattern changes nothing of what is sent in a field, which is so for most objects and rules. */
function isUnchanged(place: Place, field: string, rest: Pattern): boolean {
  const { declared, live, shape, piece } = place
  if (piece || (declared !== undefined && shape.replacesMap())) return false
  const before = isObject(declared) ? declared[field] : undefined
  const at = { ...below(place, field, false), declared: before, live: isObject(live) ? live[field] : undefined }
  return settlePattern(rest, at) === before
}

/** An ignored value: what others own is not sent; else what is live, as far as it is declared or ours. */
function settle(place: Place): Json | undefined {
  const { declared, live, own, others, shape } = place
  if (place.piece) return live
  // The API server dropped an empty value that we sent: sending it again is what keeps our ownership as it is.
  if (live === undefined)
    return own !== undefined && isLeaf(own) && declared !== undefined && isDropped(declared, shape.type)
      ? declared
      : undefined
  const parted = [own, ...others].some((node) => node !== undefined && !isLeaf(node))
  if (isObject(live) && (parted || (isObject(declared) && !shape.replacesMap())))
    return mapFields(place, (at) => settle(at))
  if (Array.isArray(live) && (parted || isParted(shape.list()))) return mapItems(place, 'as live', (at) => settle(at))
  if (others.some(isMember)) return undefined
  return declared !== undefined || own !== undefined ? live : undefined
}

/**
 * Maps the fields that are declared or ours. The empty map that results from a non-empty one is left out, unless the
 * map itself is ours (free-form ones are): whoever gives that up takes the entries of others with it.
 */
function mapFields(place: Place, map: (at: Place, field: string) => Json | undefined): Json | undefined {
  const inPiece = place.piece || (place.declared !== undefined && place.shape.replacesMap())
  const declared = isObject(place.declared) ? place.declared : {}
  const live = isObject(place.live) ? place.live : {}
  const owned = Object.keys(place.own ?? {}).flatMap((key) => (key.startsWith('f:') ? [key.slice(2)] : []))
  const result: JsonObject = {}
  let changed = false
  for (const field of new Set([...Object.keys(declared), ...owned, ...(inPiece ? Object.keys(live) : [])])) {
    const before = declared[field]
    const at = { ...below(place, field, inPiece), declared: before, live: live[field] }
    const after = map(at, field)
    if (after !== undefined) result[field] = after
    if (after !== before) changed = true
  }
  if (!changed) return place.declared
  // Inside a piece an empty map is not the same as none: a selector without labels selects everything.
  const kept = isObject(place.live) && (inPiece || (place.own !== undefined && isMember(place.own)))
  return Object.keys(result).length > 0 || kept ? result : undefined
}

/**
 * Maps the items that are declared, ours, or live in a piece. `as live`: the order is ignored with the list; else
 * items come in the order of the declaration, further ones where they live among them.
 */
function mapItems(
  place: Place,
  order: 'as declared' | 'as live',
  map: (at: Place, item: Json | undefined, index: number) => Json | undefined
): Json | undefined {
  const declared = Array.isArray(place.declared) ? place.declared : []
  const live = Array.isArray(place.live) ? place.live : []
  const merge = place.shape.list()
  const inPiece = place.piece || (place.declared !== undefined && !isParted(merge))
  const here = itemsOf(declared, merge)
  const there = itemsOf(live, merge)
  const further = [...there.keys()].filter((id) => {
    const element = there.get(id)?.element
    return !here.has(id) && (inPiece || (element !== undefined && childOf(place.own, element) !== undefined))
  })
  const wanted = amongTheirNeighbours([...here.keys()], further, [...there.keys()])
  if (order === 'as live') wanted.sort((a, b) => rank(a, there, live.length) - rank(b, there, live.length))
  const result: Json[] = []
  for (const id of wanted) {
    const [own, counterpart] = [here.get(id), there.get(id)]
    const element = own?.element ?? counterpart?.element
    if (element === undefined) continue
    const at = { ...below(place, element, inPiece), declared: own?.item, live: counterpart?.item }
    const item = map(at, counterpart?.item ?? own?.item, counterpart?.index ?? own?.index ?? 0)
    const after = withKeys(item, at, merge)
    if (after !== undefined) result.push(after)
  }
  const changed = result.length !== declared.length || result.some((item, index) => item !== declared[index])
  return changed || place.declared === undefined ? emptied(result, place.declared) : place.declared
}

/** A list that nothing is left of is not sent at all, unless it was empty before. */
function emptied(result: Json[], declared: Json | undefined): Json | undefined {
  return result.length > 0 || declared !== undefined ? result : undefined
}

/** Declared items in their order, further live ones each behind what it stands behind: they must not seem to move. */
function amongTheirNeighbours(declared: string[], further: readonly string[], live: readonly string[]): string[] {
  const wanted = [...declared]
  for (const id of further) {
    const before = live.slice(0, live.indexOf(id)).findLast((one) => wanted.includes(one))
    wanted.splice(before === undefined ? 0 : wanted.indexOf(before) + 1, 0, id)
  }
  return wanted
}

interface Item {
  readonly element: PathElement
  readonly item: Json
  readonly index: number
}

function itemsOf(list: Json[], merge: ListMerge | undefined): Map<string, Item> {
  const items = new Map<string, Item>()
  for (const [index, item] of list.entries()) {
    const element = itemElement(merge, item, index)
    // Items that cannot be told apart stay as they are; the API server has its own opinion of them.
    const id = elementId(element)
    items.set(items.has(id) ? `${id}#${index}` : id, { element, item, index })
  }
  return items
}

function rank(id: string, live: ReadonlyMap<string, Item>, last: number): number {
  return live.get(id)?.index ?? last
}

function isParted(merge: ListMerge | undefined): boolean {
  return merge?.by === 'keys' || merge?.by === 'value'
}

/** Items keep the fields that they are known by, unless a default stands for them. */
function withKeys(item: Json | undefined, at: Place, merge: ListMerge | undefined): Json | undefined {
  const before = at.declared ?? at.live
  if (merge?.by !== 'keys' || !isObject(item) || !isObject(before)) return item
  const missing = merge.keys.filter(
    ({ name }) => !(name in item) && name in before && (at.own === undefined || childOf(at.own, name) !== undefined)
  )
  if (missing.length === 0) return item
  return { ...Object.fromEntries(missing.map(({ name }) => [name, before[name] ?? null])), ...item }
}

function below(place: Place, element: PathElement, piece: boolean): Omit<Place, 'declared' | 'live'> {
  return {
    own: childOf(place.own, element),
    others: childrenOf(place.others, element),
    shape: place.shape.child(element),
    piece
  }
}
