import { asNumber, asString, isObject, type Json, type JsonObject } from '../../../json.ts'
import { FORMATS } from './formats.ts'

/** Which limits of a schema a value breaks (lengths, ranges, patterns, formats): one clause each, to follow its path. */
export function limitsOf(value: Json, schema: JsonObject): string[] {
  const found: string[] = []
  const check = (broken: boolean, message: string) => {
    if (broken) found.push(message)
  }
  if (typeof value === 'string') {
    const length = [...value].length
    bound(schema, 'minLength', (limit) => check(length < limit, `must have at least ${limit} characters`))
    bound(schema, 'maxLength', (limit) => check(length > limit, `must have at most ${limit} characters, not ${length}`))
    const pattern = asString(schema['pattern'])
    if (pattern !== undefined) check(regExp(pattern)?.test(value) === false, `must match ${pattern}`)
    const format = FORMATS[asString(schema['format']) ?? '']
    if (format) check(!format.fits(value), `must be ${format.must}`)
  } else if (typeof value === 'number') {
    const over = schema['exclusiveMaximum'] === true
    const under = schema['exclusiveMinimum'] === true
    bound(schema, 'minimum', (limit) =>
      check(
        under ? value <= limit : value < limit,
        `must be ${under ? 'more than' : 'at least'} ${limit}, but is ${value}`
      )
    )
    bound(schema, 'maximum', (limit) =>
      check(
        over ? value >= limit : value > limit,
        `must be ${over ? 'less than' : 'at most'} ${limit}, but is ${value}`
      )
    )
    bound(schema, 'multipleOf', (step) =>
      check(Math.abs(value / step - Math.round(value / step)) > 1e-9, `must be a multiple of ${step}`)
    )
    if (schema['format'] === 'int32') check(Math.abs(value) > 2 ** 31, 'does not fit 32 bits')
  } else if (Array.isArray(value)) {
    bound(schema, 'minItems', (limit) => check(value.length < limit, `must have at least ${limit} items`))
    bound(schema, 'maxItems', (limit) =>
      check(value.length > limit, `must have at most ${limit} items, not ${value.length}`)
    )
  } else if (isObject(value)) {
    const size = Object.keys(value).length
    bound(schema, 'minProperties', (limit) => check(size < limit, `must have at least ${limit} entries`))
    bound(schema, 'maxProperties', (limit) => check(size > limit, `must have at most ${limit} entries, not ${size}`))
  }
  return found
}

function bound(schema: JsonObject, name: string, use: (limit: number) => void): void {
  const limit = asNumber(schema[name])
  if (limit !== undefined) use(limit)
}

const compiled = new Map<string, RegExp | undefined>()

/** Go's pattern in JavaScript; undefined where the two differ so far that it cannot be read: then it is not judged. */
function regExp(pattern: string): RegExp | undefined {
  if (compiled.has(pattern)) return compiled.get(pattern)
  let expression: RegExp | undefined
  try {
    // Inline flags and \pN without braces are RE2's own.
    expression = /\(\?[a-zA-Z-]+[:)]|\\[QEzA]|\[\[:/.test(pattern) ? undefined : new RegExp(pattern, 'u')
  } catch {
    expression = undefined
  }
  compiled.set(pattern, expression)
  return expression
}
