import { isObject, type Json, type JsonObject } from '../../json.ts'
import { resolvePlain } from './scalars.ts'

/**
 * A mapping as YAML that kubectl, and readers of YAML 1.2, read back as the same value. Keys are sorted (the
 * name first), so that equal objects give equal text.
 */
export function writeYaml(object: JsonObject): string {
  return mapping(object, '')
}

/** What people look for first; the highest rank first. */
const RANKED = ['metadata', 'name', 'kind', 'apiVersion']

function mapping(object: JsonObject, indent: string): string {
  const keys = Object.keys(object).sort((a, b) => RANKED.indexOf(b) - RANKED.indexOf(a) || (a < b ? -1 : 1))
  let text = ''
  for (const key of keys) {
    const value = object[key]
    if (value !== undefined) text += `${indent}${scalarOnOneLine(key)}:${valueAfter(value, indent)}`
  }
  return text
}

/** A value behind `key:` or `-`, with the line end; collections and blocks begin on the next line. */
function valueAfter(value: Json, indent: string): string {
  const inner = `${indent}  `
  if (Array.isArray(value))
    return value.length === 0 ? ' []\n' : `\n${value.map((item) => listItem(item, inner)).join('')}`
  if (isObject(value)) return Object.keys(value).length === 0 ? ' {}\n' : `\n${mapping(value, inner)}`
  if (typeof value === 'string' && isBlockText(value)) return ` ${block(value, inner)}`
  return ` ${scalar(value)}\n`
}

function listItem(item: Json, indent: string): string {
  // A collection begins on the line of its dash.
  if (isObject(item) && Object.keys(item).length > 0)
    return `${indent}- ${mapping(item, `${indent}  `).slice(indent.length + 2)}`
  return `${indent}-${valueAfter(item, indent)}`
}

function scalar(value: Exclude<Json, Json[] | JsonObject>): string {
  return typeof value === 'string' ? scalarOnOneLine(value) : String(value)
}

const PLAIN = /^[A-Za-z0-9_./](?:[A-Za-z0-9_./@+=,-]|:(?=[A-Za-z0-9_./@])| (?=[A-Za-z0-9_./@+=]))*$/
/** Times, dates, versions and numbers of other YAML versions; nobody should have to know which. */
const LIKE_A_NUMBER = /^[-+.]?\d[\d.:_+\-eExXoObBtTzZ ]*$/

function scalarOnOneLine(text: string): string {
  if (PLAIN.test(text) && !LIKE_A_NUMBER.test(text) && resolvePlain(text) === text) return text
  // What JSON leaves as it is, but a YAML reader would take for a line end, a byte order mark or refuse.
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  )
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these cannot stand in a block
const NOT_IN_A_BLOCK = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/

/** Several lines of text that a literal block shows as they are. */
function isBlockText(text: string): boolean {
  return text.includes('\n') && text.trim() !== '' && !NOT_IN_A_BLOCK.test(text)
}

function block(text: string, indent: string): string {
  const end = /\n*$/.exec(text)?.[0].length ?? 0
  const chomping = end === 0 ? '-' : end === 1 ? '' : '+'
  // A reader finds the indentation by the first line with content, unless that begins with a blank or follows empty lines.
  const width = /^[ \t\n]/.test(text) ? '2' : ''
  const lines = (end === 0 ? text : text.slice(0, -1)).split('\n')
  return `|${width}${chomping}\n${lines.map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('')}`
}
