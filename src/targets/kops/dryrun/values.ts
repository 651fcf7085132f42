import type { Json } from '../../../json.ts'

/** Entries of a map as kops prints it (`{a: 1, b: 2}`, in random order), sorted; undefined for anything else. */
export function readMap(text: string): ReadonlyMap<string, string> | undefined {
  if (!text.startsWith('{') || !text.endsWith('}') || text.startsWith('{"')) return undefined
  const inner = text.slice(1, -1)
  if (inner === '') return new Map()
  const entries: [string, string][] = []
  for (const part of inner.split(', ')) {
    const colon = part.indexOf(': ')
    if (colon > 0) entries.push([part.slice(0, colon), part.slice(colon + 2)])
    else return undefined
  }
  const map = new Map(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
  return map.size === entries.length ? map : undefined
}

/** A printed value as a reader and a digest want it: numbers and booleans as such, maps in one order. */
export function readValue(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?\d{1,15}$/.test(text) && String(Number(text)) === text) return Number(text)
  const map = readMap(text)
  if (map) return Object.fromEntries(map)
  // A map that cannot be told apart still has the same parts in any order.
  if (text.startsWith('{') && text.endsWith('}')) return `{${text.slice(1, -1).split(', ').sort().join(', ')}}`
  return text
}
