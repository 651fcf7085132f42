import { GitOpsError, messageOf } from '../../../errors.ts'
import { isObject, type Json } from '../../../json.ts'
import { conditionOf, parseFilter } from './jq-filter.ts'
import { Scanner, Unreadable } from './jq-scanner.ts'
import type { Pattern, PatternStep } from './pattern.ts'

/**
 * Reads paths as jq writes them and as reports print them: fields (`.spec.replicas`, `."a b"`, `["a/b"]`, `[a/b]`),
 * items (`[]`, `[0]`, `[name=web]`, `[=value]`), pipes, several paths (`.a, .b`, `(.a, .b).c`) and `select(…)` with any
 * condition that `parseFilter` reads. Each pattern selects what one of the paths does.
 * @throws GitOpsError that names what cannot be read
 */
export function parsePaths(text: string): Pattern[] {
  const scanner = new Scanner(text)
  try {
    const patterns = readPipe(scanner, [[]])
    scanner.end()
    if (patterns.some((pattern) => pattern.every((step) => step.step === 'when')))
      throw new Unreadable('it selects the whole object')
    return patterns
  } catch (error) {
    if (error instanceof Unreadable) throw unreadablePath(text, messageOf(error))
    throw error
  }
}

function unreadablePath(text: string, why: string): GitOpsError {
  return new GitOpsError(`The path "${text}" of an ignore rule cannot be read: ${why}.`, {
    hint: 'Write a JSON pointer (/spec/replicas), or a path as reports show it: spec.template.spec.containers[name=web].image'
  })
}

function readPipe(scanner: Scanner, from: readonly Pattern[]): Pattern[] {
  let patterns = readUnion(scanner, from)
  while (scanner.take('|')) patterns = readUnion(scanner, patterns)
  return patterns
}

function readUnion(scanner: Scanner, from: readonly Pattern[]): Pattern[] {
  const patterns = readPath(scanner, from)
  while (scanner.take(',')) patterns.push(...readPath(scanner, from))
  return patterns
}

const NAME = /([A-Za-z_$][\w$-]*)/y

function readPath(scanner: Scanner, from: readonly Pattern[]): Pattern[] {
  if (scanner.ahead(/\.\./y)) throw new Unreadable('".." (at any depth) is not understood; name the way')
  const first = readFirst(scanner, from)
  return readSuffixes(scanner, first)
}

function readFirst(scanner: Scanner, from: readonly Pattern[]): Pattern[] {
  if (scanner.take('(')) {
    const inside = readPipe(scanner, from)
    scanner.expect(')')
    return inside
  }
  if (scanner.match(/select\s*\(/y)) {
    const condition = readCondition(scanner)
    scanner.expect(')')
    return from.map((pattern) => narrowed(pattern, condition))
  }
  // Reports print paths without the first dot.
  const name = scanner.atStart && !scanner.ahead(/[\w$-]+\s*\(/y) ? scanner.match(NAME) : undefined
  if (name !== undefined) return extended(scanner, from, { step: 'field', name })
  if (!scanner.ahead(/[.["]/y)) throw scanner.unexpected()
  if (scanner.ahead(/\.\s*($|[|,)])/y)) scanner.take('.')
  return [...from]
}

function readSuffixes(scanner: Scanner, from: Pattern[]): Pattern[] {
  let patterns = from
  for (;;) {
    const step = readStep(scanner)
    if (step === undefined) return patterns
    patterns = extended(scanner, patterns, step)
  }
}

function extended(scanner: Scanner, patterns: readonly Pattern[], step: PatternStep): Pattern[] {
  while (scanner.take('?'));
  return patterns.map((pattern) => [...pattern, step])
}

function readStep(scanner: Scanner): PatternStep | undefined {
  const inside = scanner.match(/\.?\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]/y)
  if (inside !== undefined) return parseBrackets(inside.trim())
  const quoted = scanner.match(/\.?("(?:[^"\\]|\\.)*")/y)
  if (quoted !== undefined) return { step: 'field', name: unquote(quoted) }
  const name = scanner.match(/\.([A-Za-z_$][\w$-]*)/y)
  return name === undefined ? undefined : { step: 'field', name }
}

function parseBrackets(inside: string): PatternStep {
  if (inside === '' || inside === '*') return { step: 'any' }
  if (/^\d+$/.test(inside)) return { step: 'index', index: Number(inside) }
  if (/^(-\d+|\d*:\d*)$/.test(inside)) throw new Unreadable(`"[${inside}]" is no single position from the start`)
  if (inside.startsWith('=')) return { step: 'value', value: unquote(inside.slice(1)) }
  const pairs = /^[\w$.-]+=/.test(inside) ? inside.split(/,(?=[\w$.-]+=)/) : []
  if (pairs.length === 0) return { step: 'field', name: unquote(inside) }
  return {
    step: 'where',
    values: Object.fromEntries(
      pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), unquote(pair.slice(pair.indexOf('=') + 1))])
    )
  }
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : text
  } catch {
    return text
  }
}

type Condition = { readonly values: Readonly<Record<string, string>> } | { readonly holds: (value: Json) => boolean }

function readCondition(scanner: Scanner): Condition {
  const filter = parseFilter(scanner)
  return filter.equality ?? { holds: conditionOf(filter) }
}

/** `.a[] | select(.name == "x")` is one step: what an item is called also tells where the item is gone. */
function narrowed(pattern: Pattern, condition: Condition): Pattern {
  if ('holds' in condition) return [...pattern, { step: 'when', holds: condition.holds }]
  if (pattern.at(-1)?.step === 'any') return [...pattern.slice(0, -1), { step: 'where', values: condition.values }]
  const { values } = condition
  return [
    ...pattern,
    {
      step: 'when',
      holds: (value) => isObject(value) && Object.entries(values).every(([name, text]) => sameText(value[name], text))
    }
  ]
}

function sameText(value: Json | undefined, text: string): boolean {
  return value !== undefined && typeof value !== 'object' && String(value) === text
}
