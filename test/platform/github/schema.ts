import { isObject, type Json, type JsonObject } from '../../../src/json.ts'

/**
 * An OpenAPI 3.0 schema as a self-contained JSON Schema (2019-09) with everything it refers to under `$defs`: 3.0
 * writes "or null" as `nullable`, which is no JSON Schema keyword, and the whole description is too big to compile.
 */
export function toJsonSchema(schema: Json, components: JsonObject): JsonObject {
  const definitions: JsonObject = {}
  const root = convert(schema)
  return isObject(root) ? { ...root, $defs: definitions } : {}

  function convert(node: Json): Json {
    if (Array.isArray(node)) return node.map(convert)
    if (!isObject(node)) return node
    const reference = node['$ref']
    if (typeof reference === 'string') return { $ref: `#/$defs/${define(reference)}` }
    const result: JsonObject = {}
    for (const [key, value] of Object.entries(node)) {
      if (ANNOTATIONS.has(key) || key === 'nullable') continue
      if (key === 'properties' && isObject(value)) {
        result[key] = Object.fromEntries(Object.entries(value).map(([name, child]) => [name, convert(child)]))
      } else result[key] = DATA.has(key) ? value : convert(value)
    }
    // A default of '' means GitHub really sends '' where nothing was set, whatever the format says.
    if (result['default'] === '') delete result['format']
    return node['nullable'] === true ? orNull(result) : result
  }

  function define(reference: string): string {
    const name = reference.slice(reference.lastIndexOf('/') + 1)
    if (!(name in definitions)) {
      definitions[name] = true // stands in while the definition itself is converted: schemas are recursive
      definitions[name] = convert(components[name] ?? false)
    }
    return name
  }
}

/** Words about a schema, not rules of it. */
const ANNOTATIONS = new Set([
  'description',
  'title',
  'example',
  'examples',
  'externalDocs',
  'deprecated',
  'discriminator'
])
/** Keywords whose value is data, not a schema. */
const DATA = new Set(['enum', 'default', 'required', 'const'])

function orNull(schema: JsonObject): JsonObject {
  const { type } = schema
  if (typeof type !== 'string') return Object.keys(schema).length === 0 ? schema : { anyOf: [{ type: 'null' }, schema] }
  const result: JsonObject = { ...schema, type: [type, 'null'] }
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(null)) result['enum'] = [...schema['enum'], null]
  return result
}
