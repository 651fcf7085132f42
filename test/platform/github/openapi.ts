import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { asList, asObject, asString, at, type Json, type JsonObject } from '../../../src/json.ts'
import { type Check, Validators } from './validators.ts'

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
  const validators = new Validators(asObject(at(document, 'components', 'schemas')) ?? {})
  const operations = new Map<string, Operation>()
  return {
    operation(method, template) {
      const key = `${method} ${template}`
      const known = operations.get(key)
      const found = asObject(at(paths, template, method.toLowerCase()))
      if (known || !found) return known
      const operation = compileOperation(found, document, validators)
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

function compileOperation(operation: JsonObject, document: JsonObject, validators: Validators): Operation {
  const resolve = (node: Json | undefined): JsonObject => {
    const reference = asString(at(node, '$ref'))
    return asObject(reference ? at(document, ...reference.slice(2).split('/')) : node) ?? {}
  }
  const all = (asList(operation['parameters']) ?? []).map(resolve)
  const parameters = (place: string) => {
    const own = all.filter((one) => one['in'] === place)
    const read = own.map((one) => ({
      name: asString(one['name']) ?? '',
      required: one['required'] === true,
      schema: one['schema'] ?? {}
    }))
    return lazy(() => validators.parameters(read, place))
  }
  const content = (node: JsonObject) => at(node, 'content', 'application/json', 'schema')
  const body = (schema: Json | undefined, where: string) =>
    lazy(() => (schema === undefined ? undefined : validators.body(schema, where)))

  const checkPath = parameters('path')
  const checkQuery = parameters('query')
  const request = resolve(operation['requestBody'])
  const checkBody = body(content(request), 'body')
  const responses = new Map<string, () => Check | undefined>()
  for (const [status, response] of Object.entries(asObject(operation['responses']) ?? {}))
    responses.set(status, body(content(resolve(response)), 'response'))
  // GitHub lists few of its errors per operation; what is not listed has the shape of its basic error.
  const checkError = body({ $ref: '#/components/schemas/basic-error' }, 'response')

  return {
    checkRequest({ path, query, body }) {
      const problems = [...checkPath()({ ...path }), ...checkQuery()({ ...query })]
      const check = checkBody()
      if (body === undefined) return request['required'] === true ? [...problems, 'body: is required'] : problems
      return [...problems, ...(check ? check(body) : ['body: this operation takes none'])]
    },
    checkResponse(status, body) {
      const listed = responses.get(String(status))
      if (!listed && status < 400) return [`status ${status}: not an answer of this operation`]
      const check = listed ? listed() : checkError()
      if (!check) return body === undefined ? [] : [`status ${status}: has no body`]
      return check(body ?? null)
    }
  }
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
