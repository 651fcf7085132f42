import type { Parameter } from '@aws-sdk/client-cloudformation'
import { parse } from 'yaml'
import { GitOpsError, messageOf } from '../../errors.ts'
import { asList, asString, at, isObject, type Json } from '../../json.ts'
import { workspacePath } from '../../workspace.ts'
import type { CloudFormationDeclaration } from './options.ts'
import { readText, type Template } from './template.ts'

/** Values of the template's parameters, and where they come from. */
export interface GivenParameters {
  readonly list: readonly Parameter[]
  /** Names whose present value is kept: nothing gives them one, and the template has no default. */
  readonly kept: readonly string[]
  /** Values of parameters with NoEcho. */
  readonly secrets: readonly string[]
}

/**
 * What each parameter of the template gets: the value that is given, else the template's default, else, of a stack that
 * exists, its present value. The latter is asked for by name; nothing else of the past is kept.
 * @throws GitOpsError for a parameter without a value, and for a value without a parameter
 */
export function parametersFor(
  template: Template,
  given: ReadonlyMap<string, string>,
  present: ReadonlySet<string>,
  file: string
): GivenParameters {
  const unknown = [...given.keys()].filter((name) => !template.parameters.has(name))
  if (unknown.length > 0)
    throw new GitOpsError(`${file} declares no parameter ${quoted(unknown)}.`, {
      hint: `Its parameters are ${[...template.parameters.keys()].join(', ') || 'none at all'}. Correct the input parameters or the file of parameter-files.`
    })
  const list: Parameter[] = []
  const kept: string[] = []
  const missing: string[] = []
  for (const [name, { hasDefault }] of template.parameters) {
    const value = given.get(name)
    if (value !== undefined) list.push({ ParameterKey: name, ParameterValue: value })
    else if (hasDefault) continue
    else if (present.has(name)) {
      kept.push(name)
      list.push({ ParameterKey: name, UsePreviousValue: true })
    } else missing.push(name)
  }
  if (missing.length > 0)
    throw new GitOpsError(`${file}: ${quoted(missing)} ${missing.length === 1 ? 'has' : 'have'} no value.`, {
      hint: 'Give each a line in parameters (name=value), an entry in a file of parameter-files, or a Default in the template.'
    })
  const secrets = [...given].flatMap(([name, value]) => (template.parameters.get(name)?.noEcho ? [value] : []))
  return { list, kept, secrets }
}

/**
 * The parameters of files and of the declaration, in that order of precedence.
 * @throws GitOpsError naming the file
 */
export function givenParameters(
  checkout: string,
  content: Pick<CloudFormationDeclaration, 'parameters' | 'parameterFiles'>
): Map<string, string> {
  const given = new Map<string, string>()
  for (const file of content.parameterFiles)
    for (const [name, value] of readFile(checkout, file)) given.set(name, value)
  for (const [name, value] of content.parameters) given.set(name, value)
  return given
}

/** In any of the forms that AWS tools know: a list of keys and values, `{"Parameters": {…}}`, or a plain mapping. */
function readFile(checkout: string, file: string): [string, string][] {
  const text = readText(workspacePath(checkout, file), file, 'file of parameters')
  let content: unknown
  try {
    content = parse(text, { logLevel: 'silent' })
  } catch (error) {
    throw new GitOpsError(`${file} cannot be read: ${messageOf(error).split('\n')[0]}`, { hint: FORMS })
  }
  const list = asList(content)
  if (list)
    return list.map((item) => {
      const name = asString(at(item, 'ParameterKey'))
      const value = at(item, 'ParameterValue')
      if (name === undefined || !isValue(value))
        throw new GitOpsError(`${file}: an entry has no ParameterKey or no ParameterValue.`, { hint: FORMS })
      return [name, textOf(value)]
    })
  const mapping = isObject(at(content, 'Parameters')) ? at(content, 'Parameters') : content
  if (!isObject(mapping)) throw new GitOpsError(`${file} holds no parameters.`, { hint: FORMS })
  return Object.entries(mapping).map(([name, value]) => {
    if (!isValue(value))
      throw new GitOpsError(`${file}: the value of ${name} is neither text nor a list.`, { hint: FORMS })
    return [name, textOf(value)]
  })
}

const FORMS =
  'Write [{"ParameterKey": "Name", "ParameterValue": "value"}, …], or a mapping of names to values, in JSON or YAML.'

function isValue(value: Json | undefined): value is Json {
  if (Array.isArray(value)) return value.every((item) => !isObject(item) && !Array.isArray(item))
  return value !== undefined && value !== null && !isObject(value)
}

/** Lists are what CloudFormation calls CommaDelimitedList. */
function textOf(value: Json): string {
  return Array.isArray(value) ? value.map(String).join(',') : String(value)
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}
