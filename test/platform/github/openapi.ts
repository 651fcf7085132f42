import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv2019, type ErrorObject, type ValidateFunction } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { asList, asObject, asString, at, isObject, type Json, type JsonObject } from '../../../src/json.ts'
import { toJsonSchema } from './schema.ts'

/** GitHub's own description of its REST API (npm `@octokit/openapi`), as far as the double asks it. */
export interface Description {
  /** The operation of a method and path template (`/repos/{owner}/{repo}/issues`), or undefined. */
  operation(method: string, template: string): Operation | undefined
  /** Every path template of GitHub's API that a concrete path fits, for telling "not ours yet" from "no such route". */
  templatesFor(path: string): string[]
  /** A published example by name, as a copy. */
  example(name: string): JsonObject
}

export interface Operation {
  /** What is wrong with a request; empty when it is valid. Values of path and query are text, as they travel. */
  checkRequest(request: {
    path: Record<string, string>
    query: Record<string, string>
    body: Json | undefined
  }): string[]
  /** What is wrong with an answer; empty when it is valid. */
  checkResponse(status: number, body: Json | undefined): string[]
}

let loaded: Description | undefined

/** Reads the description once per process (13 MB, about 0.15 s). Validators are compiled when first used. */
export function githubDescription(): Description {
  loaded ??= describe(readDescription())
  return loaded
}

function readDescription(): JsonObject {
  const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json')
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return asObject(parsed) ?? {}
}

function describe(document: JsonObject): Description {
  const paths = asObject(document['paths']) ?? {}
  const schemas = asObject(at(document, 'components', 'schemas')) ?? {}
  const operations = new Map<string, Operation>()
  return {
    operation(method, template) {
      const key = `${method} ${template}`
      const known = operations.get(key)
      const found = asObject(at(paths, template, method.toLowerCase()))
      if (known || !found) return known
      const operation = compileOperation(found, document, schemas)
      operations.set(key, operation)
      return operation
    },
    templatesFor: (path) => Object.keys(paths).filter((template) => templatePattern(template).test(path)),
    example(name) {
      const value = asObject(at(document, 'components', 'examples', name, 'value'))
      if (!value) throw new Error(`GitHub's API description has no example "${name}"`)
      return structuredClone(value)
    }
  }
}

/** Parameters of which GitHub accepts unescaped slashes. */
const WITH_SLASHES = new Set(['ref', 'path', 'basehead', 'branch'])

/** A regular expression with a named group for each parameter of a path template. */
export function templatePattern(template: string): RegExp {
  const source = template.replace(/\{(\w+)\}|[.+]/g, (text, name: string | undefined) => {
    if (name === undefined) return `\\${text}`
    return `(?<${name}>${WITH_SLASHES.has(name) ? '.+' : '[^/]+'})`
  })
  return new RegExp(`^${source}$`)
}

function compileOperation(operation: JsonObject, document: JsonObject, schemas: JsonObject): Operation {
  const resolve = (node: Json | undefined): JsonObject => {
    const reference = asString(at(node, '$ref'))
    return asObject(reference ? at(document, ...reference.slice(2).split('/')) : node) ?? {}
  }
  const parameters = (asList(operation['parameters']) ?? []).map(resolve)
  const checkPath = lazy(() => compile(parameterSchema(parameters, 'path'), true))
  const checkQuery = lazy(() => compile(parameterSchema(parameters, 'query'), true))
  const bodySchema = at(resolve(operation['requestBody']), 'content', 'application/json', 'schema')
  const bodyRequired = resolve(operation['requestBody'])['required'] === true
  const checkBody = lazy(() =>
    bodySchema === undefined ? undefined : compile(closed(toJsonSchema(bodySchema, schemas)))
  )
  const responses = new Map<string, () => ValidateFunction | undefined>()
  for (const [status, response] of Object.entries(asObject(operation['responses']) ?? {})) {
    const schema = at(resolve(response), 'content', 'application/json', 'schema')
    responses.set(
      status,
      lazy(() => (schema === undefined ? undefined : compile(closed(toJsonSchema(schema, schemas)))))
    )
  }
  // GitHub lists few of its errors per operation; what is not listed has the shape of its basic error.
  const checkError = lazy(() => compile(toJsonSchema({ $ref: '#/components/schemas/basic-error' }, schemas)))

  return {
    checkRequest({ path, query, body }) {
      const problems = [...run(checkPath(), { ...path }, 'path'), ...run(checkQuery(), { ...query }, 'query')]
      if (body !== undefined) {
        const check = checkBody()
        problems.push(...(check ? run(check, body, 'body') : ['body: this operation takes none']))
      } else if (bodyRequired) problems.push('body: is required')
      return problems
    },
    checkResponse(status, body) {
      const check = responses.get(String(status))
      if (!check && status < 400) return [`status ${status}: not an answer of this operation`]
      const validate = check ? check() : checkError()
      if (!validate) return body === undefined ? [] : [`status ${status}: has no body`]
      return run(validate, body ?? null, 'response')
    }
  }
}

function parameterSchema(parameters: readonly JsonObject[], place: string): JsonObject {
  const own = parameters.filter((parameter) => parameter['in'] === place)
  return {
    type: 'object',
    additionalProperties: false,
    required: own.filter((parameter) => parameter['required'] === true).map((parameter) => parameter['name'] ?? ''),
    properties: Object.fromEntries(
      own.map((parameter) => [asString(parameter['name']) ?? '', toJsonSchema(parameter['schema'] ?? {}, {})])
    )
  }
}

/** Refuses unknown keys at the top (and in a list's items), where GitHub ignores them: for us they are misspellings. */
function closed(schema: JsonObject): JsonObject {
  const { items } = schema
  if (schema['type'] === 'array' && isObject(items))
    return { ...schema, items: { ...items, unevaluatedProperties: false } }
  const isPlainObject = schema['type'] === 'object' || '$ref' in schema || 'allOf' in schema
  return isPlainObject && !('additionalProperties' in schema) ? { ...schema, unevaluatedProperties: false } : schema
}

function compile(schema: JsonObject, coerceTypes = false): ValidateFunction {
  const ajv = new Ajv2019({ strict: false, allErrors: true, coerceTypes, logger: false, validateSchema: false })
  addFormats.default(ajv, { mode: 'full' })
  return ajv.compile(schema)
}

function run(validate: ValidateFunction, value: unknown, where: string): string[] {
  return validate(value) ? [] : (validate.errors ?? []).slice(0, 10).map((error) => `${where}${explain(error)}`)
}

function explain(error: ErrorObject): string {
  return `${error.instancePath}: ${error.message ?? error.keyword} ${JSON.stringify(error.params)}`
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
