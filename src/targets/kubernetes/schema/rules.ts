import { asList, asObject, asString, isObject, type Json, type JsonObject } from '../../../json.ts'
import { type SchemaIssue, withDefaults } from './validate.ts'

/** What the CEL rules of a schema say to an object. */
export interface RuleAnswers {
  readonly issues: readonly SchemaIssue[]
  /** True when a rule could not be asked here: only the API server can. */
  readonly unasked: boolean
}

/** Asks the `x-kubernetes-validations` of a schema about an object that fits it otherwise. */
export type AskRules = (object: JsonObject, schema: JsonObject) => RuleAnswers

type Program = (context: Record<string, unknown>) => unknown

/**
 * The rules as far as they can be asked without the API server. What its own functions, types and old values are
 * needed for is left open: a rule counts as broken only where it plainly gives false.
 */
export async function ruleEngine(): Promise<AskRules> {
  const { Environment } = await import('@marcbachmann/cel-js')
  const environment = new Environment({ unlistedVariablesAreDyn: true, limits: { maxAstNodes: 2_000, maxDepth: 60 } })
  const programs = new Map<string, Program | undefined>()
  const programOf = (rule: string): Program | undefined => {
    if (!programs.has(rule))
      programs.set(
        rule,
        compiled(() => environment.parse(rule) as Program)
      )
    return programs.get(rule)
  }
  const holds = (rule: string, self: Json, schema: JsonObject): boolean | undefined => {
    // Names that are no identifiers are escaped by underscores; old values exist in updates only.
    if (/\boldSelf\b|__\w+__/.test(rule) || hasForeignPattern(rule)) return undefined
    try {
      const answer = programOf(rule)?.({ self: celOf(self, schema) })
      return typeof answer === 'boolean' ? answer : undefined
    } catch {
      return undefined
    }
  }
  return (object, schema) => {
    const issues: SchemaIssue[] = []
    let unasked = false
    walk(withDefaults(object, schema), schema, '', (value, at, path) => {
      for (const entry of asList(at['x-kubernetes-validations']) ?? []) {
        const rule = asString(asObject(entry)?.['rule']) ?? ''
        const answer = holds(rule, value, at)
        if (answer === undefined) unasked = true
        else if (!answer)
          issues.push({ path, message: `breaks a rule: ${asString(asObject(entry)?.['message']) ?? rule}` })
      }
    })
    return { issues, unasked }
  }
}

/** Whether a rule asks by a pattern of RE2 that JavaScript reads otherwise: classes by name, `\\pL`, `\\z`, flags. */
function hasForeignPattern(rule: string): boolean {
  return /\bmatches\b/.test(rule) && /\[\[:|\(\?[^:]|\\+[^\\dDwWsSbBnrtfv.^$*+?()[\]{}|/'"-]/.test(rule)
}

/** Whether a schema has rules at all. */
export function hasRules(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.some(hasRules)
  return isObject(schema) && ('x-kubernetes-validations' in schema || Object.values(schema).some(hasRules))
}

function compiled(compile: () => Program): Program | undefined {
  try {
    return compile()
  } catch {
    return undefined
  }
}

function walk(
  value: Json,
  schema: JsonObject,
  path: string,
  visit: (value: Json, schema: JsonObject, path: string) => void
): void {
  if (value === null) return
  visit(value, schema, path)
  if (Array.isArray(value)) {
    const items = asObject(schema['items'])
    if (items) for (const [index, item] of value.entries()) walk(item, items, `${path}[${index}]`, visit)
  } else if (isObject(value)) {
    const properties = asObject(schema['properties']) ?? {}
    const extra = asObject(schema['additionalProperties'])
    for (const [name, child] of Object.entries(value)) {
      const below = asObject(properties[name]) ?? extra
      if (below) walk(child, below, path === '' ? name : `${path}.${name}`, visit)
    }
  }
}

/** Formats that rules see as a type of their own. */
const TYPED = new Set(['date', 'date-time', 'duration', 'byte'])

/**
 * A value as a rule sees it: numbers by the type of their schema, with defaults.
 * @throws where the rule would see something that is not known here
 */
function celOf(value: Json, schema: JsonObject): unknown {
  if (value === null) throw new Error('null')
  if (typeof value === 'bigint') return value
  if (typeof value === 'number')
    return schema['type'] === 'number' ? value : Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value === 'string' && TYPED.has(asString(schema['format']) ?? '')) throw new Error('a type of its own')
  if (Array.isArray(value)) return value.map((item) => celOf(item, asObject(schema['items']) ?? {}))
  if (!isObject(value)) return value
  const properties = asObject(schema['properties']) ?? {}
  const extra = asObject(schema['additionalProperties']) ?? {}
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, celOf(child, asObject(properties[name]) ?? extra)])
  )
}
