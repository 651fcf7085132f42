import { isObject, type Json, type JsonObject } from '../../../../json.ts'
import { groupOf, type KubernetesObject } from '../../../../render/manifest.ts'
import { staleGeneration } from '../custom/generic.ts'
import { clause, degraded, type Health, healthy, progressing, suspended } from '../status.ts'

/**
 * A rule of the user's own: expressions in CEL (the language of Kubernetes' validation rules) over the object's fields
 * `apiVersion`, `kind`, `metadata`, `spec`, `status`, and the whole object as `self`.
 */
export interface HealthCheck {
  /** API group; undefined: the core group. `*` and `?` are wildcards. */
  readonly group?: string | undefined
  readonly kind: string
  /** Expressions that give true or false. Asked in this order; the first that holds decides. */
  readonly suspended?: string | undefined
  readonly degraded?: string | undefined
  readonly progressing?: string | undefined
  /** Without one, what none of the others catches is healthy; with one, what none catches is in progress. */
  readonly healthy?: string | undefined
  /** An expression that gives the reason as text. */
  readonly message?: string | undefined
}

export const EXPRESSIONS = ['suspended', 'degraded', 'progressing', 'healthy', 'message'] as const
export type Expression = (typeof EXPRESSIONS)[number]

/** The user's rules, ready to be asked. */
export interface HealthChecks {
  /** Whether there is a rule for objects of a kind. */
  covers(object: { readonly apiVersion: string; readonly kind: string }): boolean
  /** The health by the user's rule, or undefined where there is none. */
  assess(object: KubernetesObject): Health | undefined
}

/** An expression that is none. */
export interface CheckProblem {
  readonly index: number
  readonly expression: Expression
  readonly message: string
  /** Where in the expression. */
  readonly offset: number
}

type Program = (context: Record<string, unknown>) => unknown

/** Prepares rules. The expression engine is loaded only when there are any. */
export async function compileHealthChecks(
  rules: readonly HealthCheck[]
): Promise<{ readonly checks: HealthChecks; readonly problems: readonly CheckProblem[] }> {
  const { Environment } = await import('@marcbachmann/cel-js')
  const environment = new Environment({ unlistedVariablesAreDyn: true, limits: { maxAstNodes: 2_000, maxDepth: 60 } })
  const problems: CheckProblem[] = []
  const compiled = rules.map((rule, index) => {
    const programs = new Map<Expression, Program>()
    for (const expression of EXPRESSIONS) {
      const text = rule[expression]
      if (text === undefined) continue
      try {
        const program = environment.parse(text)
        const type = program.check().type
        const wanted = expression === 'message' ? 'string' : 'bool'
        if (type !== undefined && type !== wanted && type !== 'dyn')
          problems.push({ index, expression, offset: 0, message: `gives ${type}, but must give ${wanted}` })
        programs.set(expression, (context) => program(context))
      } catch (error) {
        problems.push({ index, expression, ...problemOf(error) })
      }
    }
    return { rule, programs, group: pattern(rule.group ?? ''), kind: pattern(rule.kind) }
  })
  const find = (object: { readonly apiVersion: string; readonly kind: string }) =>
    compiled.find((one) => one.group.test(groupOf(object)) && one.kind.test(object.kind))
  return {
    problems,
    checks: {
      covers: (object) => find(object) !== undefined,
      assess(object) {
        const found = find(object)
        return found && (staleGeneration(object) ?? ask(found.programs, object))
      }
    }
  }
}

const MAKE: Readonly<Record<Exclude<Expression, 'message'>, (message: string) => Health>> = {
  suspended,
  degraded,
  progressing,
  healthy
}

function ask(programs: ReadonlyMap<Expression, Program>, object: JsonObject): Health {
  const context = {
    apiVersion: object['apiVersion'],
    kind: object['kind'],
    metadata: celOf(object['metadata']) ?? {},
    spec: celOf(object['spec']) ?? {},
    status: celOf(object['status']) ?? {},
    self: celOf(object)
  }
  const problems: string[] = []
  const run = (expression: Expression) => {
    try {
      return programs.get(expression)?.(context)
    } catch (error) {
      problems.push(`${expression}: ${problemOf(error).message}`)
      return undefined
    }
  }
  const holds = (['suspended', 'degraded', 'progressing', 'healthy'] as const).find((one) => run(one) === true)
  const status = holds ?? (programs.has('healthy') ? 'progressing' : 'healthy')
  const told = run('message')
  const own = typeof told === 'string' && told !== '' ? clause(told) : undefined
  const default_ = holds
    ? `The health check says ${holds}`
    : `No expression of the health check holds${notes(problems)}`
  return MAKE[status](own ?? default_)
}

/** A field that is missing makes an expression neither true nor false; the reader should know which. */
function notes(problems: readonly string[]): string {
  return problems.length === 0 ? '' : ` (${problems.join('; ')})`
}

/** JSON as CEL knows it: whole numbers are integers. */
function celOf(value: Json | undefined): unknown {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (Array.isArray(value)) return value.map(celOf)
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, celOf(child)]))
  return value ?? null
}

/** The first line of the engine's message; what follows draws the expression. */
function problemOf(error: unknown): { readonly message: string; readonly offset: number } {
  const text = error instanceof Error ? error.message : String(error)
  const node: unknown = error instanceof Error && 'node' in error ? error.node : undefined
  const offset = isObject(node) && typeof node['start'] === 'number' ? node['start'] : 0
  return { message: clause(text.split('\n')[0] ?? ''), offset }
}

function pattern(glob: string): RegExp {
  const escaped = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${escaped}$`)
}
