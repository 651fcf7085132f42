import {
  asList,
  asNumber,
  asObject,
  asString,
  at,
  isObject,
  type Json,
  type JsonObject,
  stringifyJson
} from '../../../json.ts'
import { isObjectName, NAME_MUST } from './formats.ts'
import { limitsOf } from './limits.ts'

/** Something that a value is and its schema does not allow. */
export interface SchemaIssue {
  /** `spec.ports[0].name`. */
  readonly path: string
  readonly message: string
}

/** What was found, and what the schema asks for that only the API server can tell. */
export interface Validation {
  readonly issues: readonly SchemaIssue[]
  /** True when the schema has CEL rules for a place that the object has. */
  readonly rules: boolean
}

/**
 * Validates a custom resource against the structural schema (`openAPIV3Schema`) of its definition, as the API server
 * does when it is applied: types, unknown and missing fields, enums, patterns, limits, list keys, embedded objects.
 * Defaults count as given. CEL rules and conversions are not evaluated.
 */
export function validate(object: JsonObject, schema: JsonObject): Validation {
  const run: Run = { issues: [], rules: false }
  // The API server validates the head of an object by itself, whatever the schema says of it.
  const { apiVersion: _a, kind: _k, metadata: _m, ...content } = object
  const properties = asObject(schema['properties']) ?? {}
  const { apiVersion: _pa, kind: _pk, metadata: _pm, ...own } = properties
  const required = (asList(schema['required']) ?? []).filter((name) => !HEAD.has(String(name)))
  const whole = { ...schema, properties: own, required }
  visit(run, withDefaults(content, whole), whole, '')
  visitName(run, object, schema)
  return { issues: run.issues, rules: run.rules }
}

const HEAD: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata'])

interface Run {
  readonly issues: SchemaIssue[]
  rules: boolean
}

/** A schema may say more of the name than that it is one. */
function visitName(run: Run, object: JsonObject, schema: JsonObject): void {
  const name = at(object, 'metadata', 'name')
  if (typeof name !== 'string') return
  const path = 'metadata.name'
  if (!isObjectName(name)) run.issues.push({ path, message: NAME_MUST })
  const rule = asObject(at(schema, 'properties', 'metadata', 'properties', 'name'))
  if (rule) visit(run, name, rule, path)
}

/** A value as the API server validates it: with the defaults of its schema, those inside of them included. */
export function withDefaults(value: Json, schema: JsonObject): Json {
  if (Array.isArray(value)) {
    const items = asObject(schema['items'])
    return items ? value.map((item) => withDefaults(item, items)) : value
  }
  if (!isObject(value)) return value
  const properties = asObject(schema['properties']) ?? {}
  const extra = asObject(schema['additionalProperties'])
  const result = { ...value }
  for (const [name, property] of Object.entries(properties)) {
    const preset = at(property, 'default')
    const given = result[name]
    const isMissing = given === undefined || (given === null && at(property, 'nullable') !== true)
    if (preset !== undefined && isMissing) result[name] = preset
  }
  for (const [name, child] of Object.entries(result)) {
    const below = asObject(properties[name]) ?? extra
    if (below) result[name] = withDefaults(child, below)
  }
  return result
}

function visit(run: Run, value: Json, schema: JsonObject, path: string): void {
  if (schema['x-kubernetes-validations'] !== undefined) run.rules = true
  if (value === null && schema['nullable'] === true) return
  const wrong = wrongType(value, schema)
  if (wrong !== undefined) {
    run.issues.push({ path, message: wrong })
    return
  }
  if (value === null) return
  const allowed = asList(schema['enum'])
  if (allowed && !allowed.some((one) => same(one, value)))
    run.issues.push({ path, message: `must be one of ${allowed.map(shown).join(', ')}, but is ${shown(value)}` })
  for (const message of limitsOf(value, schema)) run.issues.push({ path, message })
  if (isObject(value)) visitObject(run, value, schema, path)
  else if (Array.isArray(value)) visitList(run, value, schema, path)
  visitLogic(run, value, schema, path)
}

function visitObject(run: Run, value: JsonObject, schema: JsonObject, path: string): void {
  const embedded = schema['x-kubernetes-embedded-resource'] === true
  const properties = asObject(schema['properties']) ?? {}
  const extra = schema['additionalProperties']
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || extra === true
  for (const [name, child] of Object.entries(value)) {
    if (embedded && HEAD.has(name)) continue
    const below = path === '' ? name : /^[\w-]+$/.test(name) ? `${path}.${name}` : `${path}[${name}]`
    const property = asObject(properties[name]) ?? asObject(extra)
    if (property) visit(run, child, property, below)
    else if (!open && !(name in properties)) run.issues.push({ path: below, message: 'is not known to the schema' })
  }
  for (const name of asList(schema['required']) ?? []) {
    const key = String(name)
    const given = value[key]
    const property = asObject(properties[key])
    const missing = given === undefined || (given === null && property?.['nullable'] !== true)
    if (missing) run.issues.push({ path: path === '' ? key : `${path}.${key}`, message: 'is required' })
  }
  if (embedded)
    for (const name of ['apiVersion', 'kind'])
      if (asString(value[name]) === undefined) run.issues.push({ path: `${path}.${name}`, message: 'is required' })
}

function visitList(run: Run, value: readonly Json[], schema: JsonObject, path: string): void {
  const items = asObject(schema['items'])
  if (items) for (const [index, item] of value.entries()) visit(run, item, items, `${path}[${index}]`)
  const type = asString(schema['x-kubernetes-list-type'])
  const keys = (asList(schema['x-kubernetes-list-map-keys']) ?? []).map(String)
  const seen = new Map<string, number>()
  if (type !== 'map' && type !== 'set') return
  for (const [index, item] of value.entries()) {
    const id = stringifyJson(type === 'map' && isObject(item) ? keys.map((key) => item[key] ?? null) : item)
    const first = seen.get(id)
    if (first !== undefined)
      run.issues.push({
        path: `${path}[${index}]`,
        message:
          type === 'map'
            ? `has the same ${keys.join(' and ')} as item ${first}`
            : `stands in the list twice (${shown(item)})`
      })
    else seen.set(id, index)
  }
}

/** `allOf`, `anyOf`, `oneOf` and `not` of a structural schema only narrow what is known already: unknown fields are no matter of theirs. */
function visitLogic(run: Run, value: Json, schema: JsonObject, path: string): void {
  for (const part of schemas(schema['allOf'])) for (const issue of narrowly(value, part, path)) run.issues.push(issue)
  const any = schemas(schema['anyOf'])
  if (any.length > 0 && !any.some((part) => narrowly(value, part, path).length === 0))
    run.issues.push({ path, message: `fits none of the alternatives: ${reasons(value, any, path)}` })
  const one = schemas(schema['oneOf'])
  const fitting = one.filter((part) => narrowly(value, part, path).length === 0).length
  if (one.length > 0 && fitting !== 1)
    run.issues.push({
      path,
      message:
        fitting === 0
          ? `fits none of the alternatives: ${reasons(value, one, path)}`
          : `fits ${fitting} alternatives, but must fit exactly one`
    })
  const not = asObject(schema['not'])
  if (not && narrowly(value, not, path).length === 0) run.issues.push({ path, message: 'is what the schema excludes' })
}

function narrowly(value: Json, schema: JsonObject, path: string): readonly SchemaIssue[] {
  const run: Run = { issues: [], rules: false }
  visit(run, value, opened(schema), path)
  return run.issues
}

/** The same schema where fields that it does not name are not its matter. */
function opened(schema: JsonObject): JsonObject {
  const properties = asObject(schema['properties'])
  const items = asObject(schema['items'])
  return {
    ...schema,
    'x-kubernetes-preserve-unknown-fields': true,
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, child]) => [name, isObject(child) ? opened(child) : child])
          )
        }
      : {}),
    ...(items ? { items: opened(items) } : {})
  }
}

function reasons(value: Json, parts: readonly JsonObject[], path: string): string {
  const found = parts.flatMap((part) => {
    const [first] = narrowly(value, part, path)
    return first ? [`${first.path === path ? 'it' : first.path} ${first.message}`] : []
  })
  return [...new Set(found)].slice(0, 3).join('; or ')
}

function wrongType(value: Json, schema: JsonObject): string | undefined {
  if (schema['x-kubernetes-int-or-string'] === true)
    return typeof value === 'string' || isInteger(value)
      ? undefined
      : `must be a whole number or a text, but is ${kindOf(value)}`
  switch (asString(schema['type'])) {
    case 'string':
      return typeof value === 'string' ? undefined : must('a text', value)
    case 'integer':
      return isInteger(value) ? undefined : must('a whole number', value)
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint' ? undefined : must('a number', value)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : must('true or false', value)
    case 'array':
      return Array.isArray(value) ? undefined : must('a list', value)
    case 'object':
      return isObject(value) ? undefined : must('a mapping', value)
    default:
      return undefined
  }
}

function must(wanted: string, value: Json): string {
  return `must be ${wanted}, but is ${kindOf(value)}${typeof value === 'object' ? '' : ` (${shown(value)})`}`
}

function isInteger(value: Json): boolean {
  return typeof value === 'bigint' || asNumber(value) === Math.trunc(asNumber(value) ?? Number.NaN)
}

function kindOf(value: Json): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  return typeof value === 'string' ? 'a text' : typeof value === 'boolean' ? 'a boolean' : 'a number'
}

function shown(value: Json): string {
  const text = stringifyJson(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function same(a: Json, b: Json): boolean {
  return a === b || stringifyJson(a) === stringifyJson(b)
}

function schemas(value: Json | undefined): JsonObject[] {
  return (asList(value) ?? []).filter(isObject)
}
