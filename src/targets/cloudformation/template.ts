import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { GitOpsError, messageOf } from '../../errors.ts'
import { asObject, asString, at, canonicalJson, isObject, type Json, type JsonObject } from '../../json.ts'
import { workspacePath } from '../../workspace.ts'

export interface TemplateParameter {
  readonly type: string
  readonly hasDefault: boolean
  /** Its values are secret. */
  readonly noEcho: boolean
}

/** A template, as far as it must be understood here. */
export interface Template {
  /** As it is submitted. */
  readonly body: string
  /** With functions in their long form. */
  readonly json: JsonObject
  readonly parameters: ReadonlyMap<string, TemplateParameter>
  /** Type by logical id. */
  readonly resources: ReadonlyMap<string, string>
  /** `file:line` of the repository for a logical id. */
  place(logicalId: string): { readonly file: string; readonly line: number } | undefined
}

/**
 * Reads a template, YAML or JSON.
 * @throws GitOpsError naming file and line
 */
export function readTemplate(checkout: string, file: string): Template {
  const absolute = workspacePath(checkout, file)
  return parseTemplate(readText(absolute, file, 'template'), path.relative(workspacePath(checkout, '.'), absolute))
}

/** @throws GitOpsError when the file is not there */
export function readText(absolute: string, file: string, what: string): string {
  try {
    return readFileSync(absolute, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const why = code === 'EISDIR' ? 'is a directory' : messageOf(error)
    if (code === 'ENOENT') throw new MissingFile(what, file)
    throw new GitOpsError(`The ${what} ${file} ${why}.`, { hint: PATH_HINT })
  }
}

const PATH_HINT = 'The path is relative to the workspace. Was the repository checked out?'

/** A file that the declaration names is not there. */
export class MissingFile extends GitOpsError {
  readonly what: string
  readonly file: string

  constructor(what: string, file: string) {
    super(`The ${what} ${file} does not exist.`, { hint: PATH_HINT })
    this.what = what
    this.file = file
  }
}

/** @throws GitOpsError naming file and line */
export function parseTemplate(body: string, file: string): Template {
  const lines = new LineCounter()
  const document = parseDocument(body, { lineCounter: lines, logLevel: 'silent', uniqueKeys: true })
  const [problem] = document.errors
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0])
    const why = (problem.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')
    throw misplaced(`${file}:${line}:${col}: ${why}.`, file, line, 'Correct the template.')
  }
  const root = document.contents
  if (!isMap(root)) throw misplaced(`${file}: the template is no mapping.`, file, 1, TEMPLATE_HINT)
  const json = asObject(plain(root, (node) => (isAlias(node) ? node.resolve(document) : node))) ?? {}
  const resources = asObject(json['Resources'])
  if (!resources || Object.keys(resources).length === 0)
    throw misplaced(`${file}: the template has no Resources.`, file, 1, TEMPLATE_HINT)
  const places = new Map<string, number>()
  const block = root.get('Resources', true)
  if (isMap(block))
    for (const { key } of block.items)
      if (isScalar(key) && key.range) places.set(String(key.value), lines.linePos(key.range[0]).line)
  return {
    body,
    json,
    parameters: new Map(
      Object.entries(asObject(json['Parameters']) ?? {}).map(([name, one]) => [
        name,
        {
          type: asString(at(one, 'Type')) ?? 'String',
          hasDefault: at(one, 'Default') !== undefined,
          noEcho: String(at(one, 'NoEcho') ?? false).toLowerCase() === 'true'
        }
      ])
    ),
    resources: new Map(Object.entries(resources).map(([id, one]) => [id, asString(at(one, 'Type')) ?? ''])),
    place(logicalId) {
      const line = places.get(logicalId)
      return line === undefined ? undefined : { file, line }
    }
  }
}

const TEMPLATE_HINT = 'It must be a CloudFormation template, YAML or JSON, with at least one resource.'

/** Whether two templates say the same, however they are written. Text that is no template equals only itself. */
export function sameTemplate(one: Template, other: string): boolean {
  if (one.body === other) return true
  try {
    return canonicalJson(one.json) === canonicalJson(parseTemplate(other, 'deployed').json)
  } catch {
    return false
  }
}

/**
 * Pointers (`/Properties/Password`) to values of a resource that are secret: made of a parameter with NoEcho or of a
 * dynamic reference to a secret.
 */
export function secretPaths(template: Template, logicalId: string): string[] {
  const found: string[] = []
  const hidden = new Set([...template.parameters].filter(([, one]) => one.noEcho).map(([name]) => name))
  walk(at(template.json, 'Resources', logicalId) ?? null, '')
  return found

  function walk(value: Json, pointer: string): void {
    if (isSecret(value, hidden)) found.push(pointer)
    else if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, `${pointer}/${index}`)
    else if (isObject(value) && !isFunction(value))
      for (const [key, item] of Object.entries(value)) walk(item, `${pointer}/${key}`)
  }
}

function isSecret(value: Json, hidden: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return /\{\{resolve:(?:secretsmanager|ssm-secure):/.test(value)
  return isFunction(value) && mentions(value, hidden)
}

function mentions(value: Json, hidden: ReadonlySet<string>): boolean {
  if (typeof value === 'string')
    return isSecret(value, hidden) || [...value.matchAll(/\$\{(\w+)\}/g)].some(([, name]) => hidden.has(name ?? ''))
  if (Array.isArray(value)) return value.some((item) => mentions(item, hidden))
  if (!isObject(value)) return false
  const referenced = asString(value['Ref'])
  return (
    (referenced !== undefined && hidden.has(referenced)) || Object.values(value).some((item) => mentions(item, hidden))
  )
}

function isFunction(value: Json): boolean {
  const [key, ...others] = isObject(value) ? Object.keys(value) : []
  return key !== undefined && others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))
}

/** A node as JSON; `!Sub x` becomes `{"Fn::Sub": "x"}`. */
function plain(node: unknown, resolved: (node: Node) => Node | undefined): Json {
  const target = isAlias(node) ? resolved(node) : node
  if (isMap(target) || isSeq(target) || isScalar(target)) {
    const value = withoutTag(target, resolved)
    const { tag } = target
    if (tag === undefined || !/^![A-Z]\w*$/.test(tag)) return value
    const name = tag.slice(1)
    if (name === 'Ref' || name === 'Condition') return { [name]: value }
    const [resource = '', ...attribute] = typeof value === 'string' ? value.split('.') : []
    return name === 'GetAtt' && typeof value === 'string'
      ? { 'Fn::GetAtt': [resource, attribute.join('.')] }
      : { [`Fn::${name}`]: value }
  }
  return null
}

function withoutTag(node: Node, resolved: (node: Node) => Node | undefined): Json {
  if (isSeq(node)) return node.items.map((item) => plain(item, resolved))
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => [
      isScalar(key) ? String(key.value) : String(key),
      plain(value, resolved)
    ])
    return Object.fromEntries(entries) as JsonObject
  }
  const value: unknown = isScalar(node) ? node.value : null
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return typeof value === 'bigint' ? value : null
}

function misplaced(message: string, file: string, line: number, hint: string): GitOpsError {
  return new GitOpsError(message, { hint, annotations: [{ place: { file, line }, message }] })
}

/** Names of the outputs that a template declares; undefined where a transform may add others. */
export function outputNames({ json }: Template): string[] | undefined {
  const names = Object.keys(asObject(json['Outputs']) ?? {})
  return json['Transform'] !== undefined || names.some((name) => name.startsWith('Fn::')) ? undefined : names
}
