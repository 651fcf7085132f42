import { isObject, type Json, type JsonObject } from '../../../src/json.ts'

/** Where the JSON Schema of a named component is to be found. */
export const COMPONENTS = 'https://api.github.com/components/'

/**
 * An OpenAPI 3.0 schema as JSON Schema (2019-09), and the components it refers to. 3.0 writes "or null" as `nullable`,
 * which is no JSON Schema keyword; references become `COMPONENTS + name`, so that each component is compiled once.
 */
export function toJsonSchema(schema: Json): { schema: JsonObject; components: Set<string> } {
  const components = new Set<string>()
  const converted = convert(schema)
  return { schema: isObject(converted) ? converted : {}, components }

  function convert(node: Json): Json {
    if (Array.isArray(node)) return node.map(convert)
    if (!isObject(node)) return node
    const reference = node['$ref']
    if (typeof reference === 'string') {
      const name = reference.slice(reference.lastIndexOf('/') + 1)
      components.add(name)
      return { $ref: COMPONENTS + name }
    }
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
