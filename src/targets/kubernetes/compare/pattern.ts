import { isObject, type Json } from '../../../json.ts'
import { childValue, type Path, type PathElement } from '../ownership/index.ts'
import { parsePaths } from './jq.ts'

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
  /** No step into the object, but a condition of the value that was reached. */
  | { readonly step: 'when'; holds(value: Json): boolean }

export type Pattern = readonly PatternStep[]

/**
 * Reads the path of an ignore rule: a JSON pointer (`/spec/ports/*`), or paths as reports print and jq writes them
 * (`spec.ports[name=web].nodePort`, `.spec.ports[] | select(.name == "web")`, `.spec.a, .spec.b`). Each of the patterns
 * counts.
 * @throws GitOpsError that names what cannot be read
 */
export function parsePatterns(text: string): Pattern[] {
  if (!text.startsWith('/')) return parsePaths(text)
  return [parsePointer(text)]
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
  let value = root
  let depth = 0
  for (const step of pattern) {
    if (step.step === 'when') {
      if (value === undefined || !step.holds(value)) return false
      continue
    }
    const element = path[depth++]
    if (element === undefined) return false
    const next = childValue(value, element)
    if (typeof element === 'string' ? !matchesField(step, element) : !matchesElement(step, element, value, next))
      return false
    // Of an item that is gone its keys are still known.
    value = next ?? (typeof element !== 'string' && 'key' in element ? element.key : undefined)
  }
  return true
}

/** True when nothing of the pattern leads deeper. */
export function isAtEnd(pattern: Pattern): boolean {
  return pattern.every((step) => step.step === 'when')
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
