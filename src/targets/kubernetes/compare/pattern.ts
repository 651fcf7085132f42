import { GitOpsError } from '../../../errors.ts'
import { isObject, type Json } from '../../../json.ts'
import { childValue, type Path, type PathElement } from '../ownership/index.ts'

/** One step of an ignore rule's path. */
export type PatternStep =
  | { readonly step: 'field'; readonly name: string }
  /** Any field or any item. */
  | { readonly step: 'any' }
  /** An item by position, or a field of that name. */
  | { readonly step: 'index'; readonly index: number }
  /** Items of a list with these values. */
  | { readonly step: 'where'; readonly values: Readonly<Record<string, string>> }
  | { readonly step: 'value'; readonly value: string }

export type Pattern = readonly PatternStep[]

/**
 * Reads the path of an ignore rule: a JSON pointer (`/spec/ports/*`), or a path as reports print and jq writes it
 * (`spec.ports[name=web].nodePort`, `.spec.ports[] | select(.name == "web")`).
 * @throws GitOpsError that names what cannot be read
 */
export function parsePattern(text: string): Pattern {
  const pattern = text.startsWith('/') ? parsePointer(text) : parseDotted(text)
  if (pattern.length === 0) throw unreadable(text, 'it selects the whole object')
  return pattern
}

function parsePointer(text: string): Pattern {
  return text
    .slice(1)
    .split('/')
    .map((segment) => {
      const name = segment.replaceAll('~1', '/').replaceAll('~0', '~')
      if (name === '*') return { step: 'any' }
      return /^\d+$/.test(name) ? { step: 'index', index: Number(name) } : { step: 'field', name }
    })
}

const TOKEN =
  /\s*(?:\.?(?<name>[A-Za-z_$][\w$-]*)\??|\.?"(?<quoted>(?:[^"\\]|\\.)*)"|\.?\[(?<inside>(?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]\??|\|\s*select\(\s*\.(?<field>[\w$-]+)\s*==\s*(?<value>"(?:[^"\\]|\\.)*"|[\w.-]+)\s*\)|\|\s*(?=\.))/y

function parseDotted(text: string): Pattern {
  const steps: PatternStep[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const start = TOKEN.lastIndex
    const groups = TOKEN.exec(text)?.groups
    if (groups === undefined) throw unreadable(text, `at "${text.slice(start)}"`)
    const { name, quoted, inside, field, value } = groups
    if (name !== undefined) steps.push({ step: 'field', name })
    else if (quoted !== undefined) steps.push({ step: 'field', name: unquote(`"${quoted}"`) })
    else if (inside !== undefined) steps.push(parseBrackets(inside.trim()))
    else if (field !== undefined && value !== undefined) {
      // `.a[] | select(…)` narrows the items that were just taken.
      if (steps.at(-1)?.step !== 'any') throw unreadable(text, 'select() has to follow []')
      steps.splice(-1, 1, { step: 'where', values: { [field]: unquote(value) } })
    }
  }
  return steps
}

function parseBrackets(inside: string): PatternStep {
  if (inside === '' || inside === '*') return { step: 'any' }
  if (/^\d+$/.test(inside)) return { step: 'index', index: Number(inside) }
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

function unreadable(text: string, why: string): GitOpsError {
  return new GitOpsError(`The path "${text}" of an ignore rule cannot be read: ${why}.`, {
    hint: 'Write a JSON pointer (/spec/replicas), or a path as reports show it: spec.template.spec.containers[name=web].image'
  })
}

/** True when a field of a map is meant. */
export function matchesField(step: PatternStep, field: string): boolean {
  if (step.step === 'any') return true
  return step.step === 'field' ? step.name === field : step.step === 'index' && String(step.index) === field
}

/** True when an item of a list is meant, given its position. */
export function matchesItem(step: PatternStep, item: Json | undefined, index: number): boolean {
  switch (step.step) {
    case 'any':
      return true
    case 'index':
      return step.index === index
    case 'value':
      return item !== undefined && String(item) === step.value
    case 'where':
      return isObject(item) && Object.entries(step.values).every(([field, value]) => text(item[field]) === value)
    default:
      return false
  }
}

function text(value: Json | undefined): string | undefined {
  return value === undefined || typeof value === 'object' ? undefined : String(value)
}

/** True when the pattern selects the path or something that holds it. `root` tells positions and values of items. */
export function covers(pattern: Pattern, path: Path, root: Json | undefined): boolean {
  if (path.length < pattern.length) return false
  let value = root
  for (const [depth, step] of pattern.entries()) {
    const element = path[depth]
    if (element === undefined) return false
    const next = childValue(value, element)
    if (typeof element === 'string' ? !matchesField(step, element) : !matchesElement(step, element, value, next))
      return false
    value = next
  }
  return true
}

function matchesElement(
  step: PatternStep,
  element: Exclude<PathElement, string>,
  list: Json | undefined,
  item: Json | undefined
): boolean {
  const index = 'index' in element ? element.index : Array.isArray(list) && item !== undefined ? list.indexOf(item) : -1
  if (matchesItem(step, item, index)) return true
  return item === undefined && 'key' in element && matchesItem(step, element.key, index)
}
