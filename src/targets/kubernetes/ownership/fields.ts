import { isObject, type Json, type JsonObject } from '../../../json.ts'
import { elementOf, type Path, type PathElement, sameElement } from './path.ts'

/**
 * A node of a FieldsV1 tree as `managedFields` holds it: keys are path elements (`f:`, `k:`, `v:`, `i:`), `.` says
 * that the node itself is owned although it has children; a node without any key is owned itself (a leaf). Trees are read in place, never copied into
 * sets of paths: parsing 10,000 of them would cost more than everything else a check does.
 */
export type Fields = JsonObject

/** A tree that owns nothing. */
export const NO_FIELDS: Fields = Object.freeze({})

/** True when a node has neither children nor `.`: a scalar, or a value that is owned as one piece. */
export function isLeaf(node: Fields): boolean {
  for (const _ in node) return false
  return true
}

/** True when the node itself is owned: a leaf, or one with `.`. Never ask this of a root: an empty root owns nothing. */
export function isMember(node: Fields): boolean {
  return '.' in node || isLeaf(node)
}

/** The node below `node` that a step leads to. */
export function childOf(node: Fields | undefined, element: PathElement): Fields | undefined {
  if (node === undefined) return undefined
  if (typeof element === 'string') return asNode(node[`f:${element}`])
  if ('value' in element) {
    const direct = asNode(node[`v:${JSON.stringify(element.value)}`])
    if (direct) return direct
  } else if ('index' in element) return asNode(node[`i:${element.index}`])
  const prefix = 'key' in element ? 'k:' : 'v:'
  for (const key in node) {
    if (!key.startsWith(prefix)) continue
    const candidate = elementOf(key)
    if (candidate !== undefined && sameElement(candidate, element)) return asNode(node[key])
  }
  return undefined
}

/** The same step in every one of several trees that goes there. */
export function childrenOf(nodes: readonly Fields[], element: PathElement): Fields[] {
  const result: Fields[] = []
  for (const node of nodes) {
    const child = childOf(node, element)
    if (child !== undefined) result.push(child)
  }
  return result
}

/** Every owned path, items of lists before what is inside them. */
export function* members(node: Fields, path: Path = []): Generator<Path> {
  for (const [element, child] of children(node)) {
    const here = [...path, element]
    if (isMember(child)) yield here
    yield* members(child, here)
  }
}

/** The steps below a node with their nodes. */
export function* children(node: Fields): Generator<[PathElement, Fields]> {
  for (const key in node) {
    const child = asNode(node[key])
    const element = child && elementOf(key)
    if (child !== undefined && element !== undefined) yield [element, child]
  }
}

/**
 * How a tree relates to a path: `exact` when the path itself is owned, `inside` when an ancestor is owned as one
 * piece (an atomic list or map), `below` when only something inside the path is owned.
 *
 * An empty map that somebody set is a leaf of the tree, too, but does not own what others put into it: `isPiece` says
 * whether a place is one that the API server replaces as a whole.
 */
export function coverage(
  root: Fields,
  path: Path,
  isPiece: (path: Path) => boolean = () => true
): 'exact' | 'inside' | 'below' | undefined {
  let node: Fields = root
  for (let depth = 0; depth < path.length; depth++) {
    if (depth > 0 && isLeaf(node)) return isPiece(path.slice(0, depth)) ? 'inside' : undefined
    const element = path[depth]
    const next = element === undefined ? undefined : childOf(node, element)
    if (next === undefined) return undefined
    node = next
  }
  if (path.length === 0) return isLeaf(node) ? undefined : 'below'
  return isMember(node) ? 'exact' : 'below'
}

/** The node at a path, or undefined. */
export function nodeAt(root: Fields | undefined, path: Path): Fields | undefined {
  let node = root
  for (const element of path) node = childOf(node, element)
  return node
}

/** Everything that either tree owns. */
export function union(a: Fields, b: Fields, root = true): Fields {
  const result: Fields = {}
  // A leaf is a member without children; beside children that has to be said with `.`.
  if (!root && (isMember(a) || isMember(b)) && !(isLeaf(a) && isLeaf(b))) result['.'] = {}
  for (const key of Object.keys(a)) if (key !== '.') result[key] = a[key] as Json
  for (const key of Object.keys(b)) {
    if (key === '.') continue
    const mine = asNode(result[key])
    const theirs = asNode(b[key])
    if (theirs !== undefined) result[key] = mine === undefined ? theirs : union(mine, theirs, false)
  }
  return result
}

/**
 * What `a` owns and `b` does not, as the highest paths below which `b` owns nothing at all. Whether maps themselves
 * are owned (`.`) does not count, only their entries: it changes nothing for anybody.
 */
export function difference(a: Fields, b: Fields, path: Path = []): Path[] {
  const result: Path[] = []
  for (const [key, value] of Object.entries(a)) {
    const mine = asNode(value)
    const element = elementOf(key)
    if (mine === undefined || element === undefined) continue
    const theirs = asNode(b[key])
    const here = [...path, element]
    if (theirs === undefined) result.push(here)
    else if (isLeaf(mine)) {
      if (!isMember(theirs)) result.push(here)
    } else if (typeof element !== 'string' && isMember(mine) && !isMember(theirs)) result.push(here)
    else result.push(...difference(mine, theirs, here))
  }
  return result
}

export function asNode(value: Json | undefined): Fields | undefined {
  return isObject(value) ? value : undefined
}
