import { Ajv2019, type ErrorObject, type ValidateFunction } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { isObject, type Json, type JsonObject } from '../../../src/json.ts'
import { COMPONENTS, toJsonSchema } from './schema.ts'

/** What is wrong with a value, one line each; empty when nothing is. */
export type Check = (value: Json) => string[]

/** Compiles schemas of GitHub's description, each component at most once, when it is first needed. */
export class Validators {
  readonly #components: JsonObject
  readonly #json = create(false)
  readonly #text = create(true)

  constructor(components: JsonObject) {
    this.#components = components
  }

  /** For a body. Unknown keys at the top (or in a list's items) are wrong, where GitHub ignores them: for us they are misspellings. */
  body(schema: Json, where: string): Check {
    const { schema: converted, components } = toJsonSchema(schema)
    this.#provide(components)
    return check(this.#json.compile(closed(converted)), where)
  }

  /** For parameters, which travel as text. */
  parameters(parameters: readonly { name: string; required: boolean; schema: Json }[], where: string): Check {
    const schema: JsonObject = {
      type: 'object',
      additionalProperties: false,
      required: parameters.filter((one) => one.required).map((one) => one.name),
      properties: Object.fromEntries(parameters.map((one) => [one.name, toJsonSchema(one.schema).schema]))
    }
    return check(this.#text.compile(schema), where)
  }

  #provide(names: ReadonlySet<string>): void {
    for (const name of names) {
      if (this.#json.schemas[COMPONENTS + name] !== undefined) continue
      const { schema, components } = toJsonSchema(this.#components[name] ?? false)
      this.#json.addSchema(schema, COMPONENTS + name)
      this.#provide(components)
    }
  }
}

function create(coerceTypes: boolean): Ajv2019 {
  const ajv = new Ajv2019({ strict: false, allErrors: true, coerceTypes, logger: false, validateSchema: false })
  addFormats.default(ajv, { mode: 'full' })
  return ajv
}

function closed(schema: JsonObject): JsonObject {
  const { items } = schema
  if (schema['type'] === 'array' && isObject(items))
    return { ...schema, items: { ...items, unevaluatedProperties: false } }
  const isPlainObject = schema['type'] === 'object' || '$ref' in schema || 'allOf' in schema
  return isPlainObject && !('additionalProperties' in schema) ? { ...schema, unevaluatedProperties: false } : schema
}

function check(validate: ValidateFunction, where: string): Check {
  return (value) => (validate(value) ? [] : (validate.errors ?? []).slice(0, 10).map((error) => where + explain(error)))
}

function explain(error: ErrorObject): string {
  return `${error.instancePath}: ${error.message ?? error.keyword} ${JSON.stringify(error.params)}`
}
