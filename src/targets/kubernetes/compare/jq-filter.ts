import { canonicalJson, isObject, type Json } from '../../../json.ts'
import { type Scanner, Unreadable } from './jq-scanner.ts'

/**
 * A jq expression inside `select(…)`: the values it gives for one input, none where jq would stop with an error.
 * `equality` says so when it is no more than fields that equal scalars.
 */
export interface Filter {
  run(input: Json): Json[]
  readonly equality?: { readonly values: Readonly<Record<string, string>> }
  /** The field, for a path of one. */
  readonly field?: string
  /** The value, for a literal. */
  readonly literal?: { readonly value: Json }
}

/** True when a filter gives any value that is true to jq. */
export function conditionOf(filter: Filter): (value: Json) => boolean {
  return (value) => filter.run(value).some(isTrue)
}

/**
 * Reads an expression up to what cannot belong to it: paths, literals, `==` and its like, `and`, `or`, `not`, `//`,
 * pipes and the functions of `FUNCTIONS`.
 * @throws Unreadable
 */
export function parseFilter(scanner: Scanner): Filter {
  let left = readOr(scanner)
  while (scanner.take('|')) {
    const [first, second] = [left, readOr(scanner)]
    left = { run: (input) => first.run(input).flatMap((value) => second.run(value)) }
  }
  return left
}

function readOr(scanner: Scanner): Filter {
  let left = readAnd(scanner)
  while (scanner.match(/or\b/y) !== undefined) {
    const [a, b] = [left, readAnd(scanner)]
    left = { run: (input) => pairs(a.run(input), (x) => (isTrue(x) ? [true] : b.run(input).map(isTrue))) }
  }
  return left
}

function readAnd(scanner: Scanner): Filter {
  let left = readComparison(scanner)
  while (scanner.match(/and\b/y) !== undefined) {
    const [a, b] = [left, readComparison(scanner)]
    left = {
      run: (input) => pairs(a.run(input), (x) => (isTrue(x) ? b.run(input).map(isTrue) : [false])),
      ...both(a, b)
    }
  }
  return left
}

function both(a: Filter, b: Filter): Pick<Filter, 'equality'> {
  if (!a.equality || !b.equality) return {}
  return { equality: { values: { ...a.equality.values, ...b.equality.values } } }
}

const OPERATORS: Readonly<Record<string, (a: Json, b: Json) => boolean>> = {
  '==': (a, b) => same(a, b),
  '!=': (a, b) => !same(a, b),
  '<=': (a, b) => compared(a, b, (order) => order <= 0),
  '>=': (a, b) => compared(a, b, (order) => order >= 0),
  '<': (a, b) => compared(a, b, (order) => order < 0),
  '>': (a, b) => compared(a, b, (order) => order > 0)
}

function readComparison(scanner: Scanner): Filter {
  const left = readAlternative(scanner)
  const operator = scanner.match(/(==|!=|<=|>=|<|>)/y)
  const holds = operator === undefined ? undefined : OPERATORS[operator]
  if (holds === undefined) return left
  const right = readAlternative(scanner)
  return {
    run: (input) => pairs(right.run(input), (b) => left.run(input).map((a) => holds(a, b))),
    ...(operator === '==' ? equalityOf(left, right) : {})
  }
}

/** A text that looks like a number is not the number, which only the values of the objects tell: not taken for one. */
function equalityOf(left: Filter, right: Filter): Pick<Filter, 'equality'> {
  const value = right.literal?.value
  if (left.field === undefined || value === undefined || value === null || typeof value === 'object') return {}
  return { equality: { values: { [left.field]: String(value) } } }
}

function readAlternative(scanner: Scanner): Filter {
  const left = readTerm(scanner)
  if (!scanner.take('//')) return left
  const right = readAlternative(scanner)
  return {
    run(input) {
      const found = left.run(input).filter(isTrue)
      return found.length > 0 ? found : right.run(input)
    }
  }
}

function readTerm(scanner: Scanner): Filter {
  let term = readFirst(scanner)
  for (;;) {
    if (scanner.take('?')) continue
    const inside = scanner.match(/\.?\[\s*("(?:[^"\\]|\\.)*"|\d*)\s*\]/y)
    const quoted = inside === undefined ? scanner.match(/\.("(?:[^"\\]|\\.)*")/y) : undefined
    const name = inside === undefined && quoted === undefined ? scanner.match(/\.([A-Za-z_]\w*)/y) : undefined
    const step = inside ?? quoted ?? name
    if (step === undefined) return term
    const read = stepInto(step)
    const before = term
    term = { run: (input) => before.run(input).flatMap(read) }
  }
}

function readFirst(scanner: Scanner): Filter {
  if (scanner.take('(')) {
    const inside = parseFilter(scanner)
    scanner.expect(')')
    return inside
  }
  if (scanner.match(/\{\s*\}/y) !== undefined) return literal({})
  if (scanner.match(/\[\s*\]/y) !== undefined) return literal([])
  const text = scanner.match(/("(?:[^"\\]|\\.)*")/y) ?? scanner.match(/(-?\d+(?:\.\d+)?|true\b|false\b|null\b)/y)
  if (text !== undefined) return literal(parsed(text))
  const field = scanner.match(/\.(?:([A-Za-z_]\w*)\??|(?="))/y)
  if (field !== undefined && field !== '.') return { run: stepInto(field), ...onlyField(scanner, field) }
  if (field !== undefined) {
    const name = scanner.match(/("(?:[^"\\]|\\.)*")/y) ?? ''
    return { run: stepInto(name), ...onlyField(scanner, String(parsed(name))) }
  }
  if (scanner.ahead(/\.\./y)) throw scanner.unexpected()
  if (scanner.take('.')) return { run: (input) => [input] }
  return readFunction(scanner)
}

/** A path of one field, if it does not go on. */
function onlyField(scanner: Scanner, field: string): Pick<Filter, 'field'> {
  return scanner.ahead(/[.[]/y) ? {} : { field }
}

function readFunction(scanner: Scanner): Filter {
  const name = scanner.match(/([A-Za-z_]\w*)/y)
  const known = name === undefined ? undefined : FUNCTIONS[name]
  if (name === undefined) throw scanner.unexpected()
  if (known === undefined) throw new Unreadable(`"${name}" is not understood here`)
  const given: Filter[] = []
  if (scanner.take('(')) {
    do given.push(parseFilter(scanner))
    while (scanner.take(';') || scanner.take(','))
    scanner.expect(')')
  }
  if (!known.takes.includes(given.length)) throw new Unreadable(`"${name}" is given ${given.length} arguments`)
  return {
    run: (input) => {
      const result = known.run(
        input,
        given.map((argument) => argument.run(input)[0] ?? null)
      )
      return result === undefined ? [] : [result]
    }
  }
}

interface Known {
  readonly takes: readonly number[]
  /** Undefined where jq stops with an error. */
  run(input: Json, given: readonly Json[]): Json | undefined
}

const ofTexts = (holds: (text: string, other: string) => boolean): Known => ({
  takes: [1],
  run: (input, [other]) => (typeof input === 'string' && typeof other === 'string' ? holds(input, other) : undefined)
})

/** What people write in ignore rules. */
const FUNCTIONS: Readonly<Record<string, Known>> = {
  not: { takes: [0], run: (input) => !isTrue(input) },
  startswith: ofTexts((text, other) => text.startsWith(other)),
  endswith: ofTexts((text, other) => text.endsWith(other)),
  test: { takes: [1, 2], run: (input, [pattern, flags]) => tested(input, pattern, flags) },
  has: {
    takes: [1],
    run(input, [key]) {
      if (isObject(input) && typeof key === 'string') return key in input
      return Array.isArray(input) && typeof key === 'number' ? key >= 0 && key < input.length : undefined
    }
  },
  contains: { takes: [1], run: (input, [other]) => (other === undefined ? undefined : contains(input, other)) },
  length: { takes: [0], run: lengthOf },
  ascii_downcase: { takes: [0], run: (input) => (typeof input === 'string' ? input.toLowerCase() : undefined) },
  tostring: { takes: [0], run: (input) => (typeof input === 'string' ? input : canonicalJson(input)) },
  type: { takes: [0], run: typeOf },
  IN: { takes: [1, 2, 3, 4, 5, 6, 7, 8, 9], run: (input, given) => given.some((one) => same(input, one)) }
}

function tested(input: Json, pattern: Json | undefined, flags: Json | undefined): boolean | undefined {
  if (typeof input !== 'string' || typeof pattern !== 'string') return undefined
  try {
    return new RegExp(pattern, typeof flags === 'string' && flags.includes('i') ? 'i' : '').test(input)
  } catch {
    return undefined
  }
}

function contains(value: Json, part: Json): boolean | undefined {
  if (typeof value === 'string' && typeof part === 'string') return value.includes(part)
  if (Array.isArray(value) && Array.isArray(part))
    return part.every((one) => value.some((item) => contains(item, one) === true))
  if (isObject(value) && isObject(part))
    return Object.entries(part).every(([key, one]) => key in value && contains(value[key] ?? null, one) === true)
  return typeOf(value) === typeOf(part) ? same(value, part) : undefined
}

function lengthOf(input: Json): number | undefined {
  if (input === null) return 0
  if (typeof input === 'string') return [...input].length
  if (typeof input === 'object') return Object.keys(input).length
  return typeof input === 'number' ? Math.abs(input) : undefined
}

function typeOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'bigint' ? 'number' : typeof value
}

function literal(value: Json): Filter {
  return { run: () => [value], literal: { value } }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new Unreadable(`${text} is no value`)
  }
}

/** `name`, `"quoted"`, a position, or nothing for every item. */
function stepInto(step: string): (value: Json) => Json[] {
  if (step === '') return (value) => (typeof value === 'object' && value !== null ? Object.values(value) : [])
  if (/^\d+$/.test(step)) return (value) => (Array.isArray(value) ? [value[Number(step)] ?? null] : nullOf(value))
  const name = step.startsWith('"') ? String(parsed(step)) : step
  return (value) => (isObject(value) ? [value[name] ?? null] : nullOf(value))
}

/** Inside nothing everything is null; inside anything else that has no parts jq stops. */
function nullOf(value: Json): Json[] {
  return value === null ? [null] : []
}

function pairs(values: readonly Json[], each: (value: Json) => Json[]): Json[] {
  return values.flatMap(each)
}

function isTrue(value: Json): boolean {
  return value !== null && value !== false
}

function same(a: Json, b: Json): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b)
}

/** Numbers and texts in their order; jq's order of other types is of no use to anybody here. */
function compared(a: Json, b: Json, holds: (order: number) => boolean): boolean {
  if (typeof a === 'string' && typeof b === 'string') return holds(a < b ? -1 : a > b ? 1 : 0)
  const [x, y] = [Number(a), Number(b)]
  return typeOf(a) === 'number' && typeOf(b) === 'number' && holds(x - y)
}
