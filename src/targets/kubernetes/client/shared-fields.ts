import { asList, asObject, at, type Json, type JsonObject, parseJson } from '../../../json.ts'

const FIELDS = '"fieldsV1":'
/** Shorter answers are not worth it. */
const SHORTEST = 50_000
/** How many trees are kept to compare with: a page has objects of one type, written by a few managers. */
const MOST_TREES = 8
/** So many trees that were not known yet, for each one that was, say that the objects are not alike. */
const PATIENCE = 16

interface Tree {
  readonly text: string
  readonly value: Json
}

/**
 * Parses a page of a list. Objects of one shape have the same ownership trees to the letter, which are half of the text
 * and most of its values: each distinct one is parsed once, and shared (and frozen) in all objects that have it.
 * @throws SyntaxError on malformed text
 */
export function parsePage(text: string): Json {
  if (text.length < SHORTEST) return parseJson(text)
  const trees: Tree[] = []
  const { parts, used } = cut(text, trees)
  if (used.length === 0) return parseJson(text)
  const page = parseJson(parts.join(''))
  // What says `fieldsV1` in other places (an object inside another) was cut out there, too, and must not stay out.
  return putBack(page, used) === used.length ? page : parseJson(text)
}

/** The text with a number instead of each tree: its place in `used`. */
function cut(text: string, trees: Tree[]): { parts: string[]; used: Tree[] } {
  const parts: string[] = []
  const used: Tree[] = []
  let from = 0
  let unknown = 0
  for (let at = text.indexOf(FIELDS); at >= 0; at = text.indexOf(FIELDS, from)) {
    const start = at + FIELDS.length
    let tree = trees.find((one) => text.startsWith(one.text, start))
    if (!tree) {
      unknown++
      if (unknown > PATIENCE && used.length < 4 * unknown) break
      tree = treeAt(text, start)
      if (!tree) break
      if (trees.length === MOST_TREES) trees.shift()
      trees.push(tree)
    }
    parts.push(text.slice(from, start), String(used.length))
    used.push(tree)
    from = start + tree.text.length
  }
  parts.push(text.slice(from))
  return { parts, used }
}

/** The object that begins at an offset; undefined when none does. */
function treeAt(text: string, start: number): Tree | undefined {
  const end = endOfObject(text, start)
  if (end === undefined) return undefined
  const tree = text.slice(start, end)
  return { text: tree, value: frozen(parseJson(tree)) }
}

function endOfObject(text: string, start: number): number | undefined {
  if (text[start] !== '{') return undefined
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const character = text[at]
    if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at + 1
    else if (character === '"') at = endOfString(text, at)
  }
  return undefined
}

/** Offset of the quote that ends a string. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return text.length
}

/** How many trees found their place. */
function putBack(page: Json, used: readonly Tree[]): number {
  let count = 0
  for (const item of asList(asObject(page)?.['items']) ?? [])
    for (const entry of asList(at(item, 'metadata', 'managedFields')) ?? []) {
      const place = asObject(entry)?.['fieldsV1']
      if (typeof place !== 'number') continue
      count++
      const tree = used[place]
      if (tree) (entry as JsonObject)['fieldsV1'] = tree.value
    }
  return count
}

function frozen(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) frozen(inner)
  Object.freeze(value)
  return value
}
