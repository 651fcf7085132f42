import { isObject, type Json, type JsonObject } from '../../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import { FIELD_MANAGER } from '../cluster.ts'
import {
  asNode,
  childOf,
  coverage,
  type Fields,
  isApplyOf,
  isMember,
  type ManagedEntry,
  members,
  type Path
} from '../ownership/index.ts'
import type { IgnoreRule } from './comparison.ts'
import { covers, type Pattern, parsePatterns } from './pattern.ts'
import { settlePattern } from './settle.ts'
import { Shape } from './shape.ts'
import { typeOfKind } from './types/index.ts'

/** What is ignored in one object. */
export interface Ignored {
  readonly patterns: readonly Pattern[]
  /** Entries of managers whose fields do not count. */
  readonly entries: readonly ManagedEntry[]
  /** True when a path lies inside what is ignored. `roots` tell positions and values of list items. */
  covers(path: Path, ...roots: readonly (Json | undefined)[]): boolean
}

/** Ignore rules, read once for all objects of a run. */
export class IgnoreRules {
  readonly #rules: readonly CompiledRule[]

  /** @throws GitOpsError for a pointer that cannot be read */
  constructor(rules: readonly IgnoreRule[]) {
    this.#rules = rules.map(compile)
  }

  /**
   * What is ignored in an object; undefined for nothing.
   * @param known paths, as reports print them, that are ignored in this object besides
   */
  for(object: KubernetesObject, entries: readonly ManagedEntry[], known: readonly string[] = []): Ignored | undefined {
    const rules = this.#rules.filter((rule) => rule.matches(object))
    if (rules.length === 0 && known.length === 0) return undefined
    const patterns = [
      ...rules.flatMap((rule) => rule.patterns).flatMap((one) => [one, ...asStored(one, object)]),
      ...known.flatMap(parsePatterns)
    ]
    // "*" means everybody else: what we ignored of ourselves would be taken back.
    const ignored = entries.filter(
      (entry) => !isApplyOf(entry, FIELD_MANAGER) && rules.some((rule) => rule.manager?.test(entry.manager))
    )
    return {
      patterns,
      entries: ignored,
      covers(path, ...roots) {
        if (patterns.some((pattern) => roots.some((root) => covers(pattern, path, root)))) return true
        return ignored.some((entry) => ['exact', 'inside'].includes(coverage(entry.fields, path) ?? ''))
      }
    }
  }

  /** True when a rule names this manager for this object. */
  ignoresManager(object: KubernetesObject, manager: string): boolean {
    return this.#rules.some((rule) => rule.manager?.test(manager) === true && rule.matches(object))
  }
}

/**
 * The payload with everything ignored taken out of dispute: an ignored field that nobody else owns is sent with its
 * live value, so that applying does not reset it by leaving it out; one that another manager owns is not sent.
 */
export function withoutIgnored(
  payload: KubernetesObject,
  live: KubernetesObject,
  ignored: Ignored,
  own: Fields,
  others: readonly ManagedEntry[]
): KubernetesObject {
  const shape = new Shape([own, ...others.map((entry) => entry.fields)], typeOfKind(payload.apiVersion, payload.kind))
  const trees = others.map((entry) => entry.fields)
  let result: Json = payload
  for (const pattern of ignored.patterns)
    result = settlePattern(pattern, { declared: result, live, own, others: trees, shape, piece: false }) ?? result
  for (const entry of ignored.entries)
    for (const path of members(entry.fields)) result = strip(result, path, entry.fields) ?? result
  if (result === payload) return payload
  return isObject(result) ? ({ ...result, metadata: identified(result, payload) } as KubernetesObject) : payload
}

/** Name and namespace are no fields that could be ignored. */
function identified(result: JsonObject, payload: KubernetesObject): KubernetesObject['metadata'] {
  const metadata = isObject(result['metadata']) ? result['metadata'] : {}
  const { name, namespace } = payload.metadata
  return { ...metadata, name, ...(namespace === undefined ? {} : { namespace }) }
}

/** `declared` without the scalar or atomic value at a path; items of lists and their keys stay. */
function strip(declared: Json | undefined, path: Path, node: Fields | undefined): Json | undefined {
  const [element, ...rest] = path
  if (element === undefined || declared === undefined) return declared
  const below = childOf(node, element)
  if (typeof element === 'string') {
    if (!isObject(declared) || !(element in declared)) return declared
    if (rest.length > 0) return { ...declared, [element]: strip(declared[element], rest, below) ?? null }
    if (below === undefined || !isMember(below) || Object.keys(below).length > 0) return declared
    const { [element]: _, ...kept } = declared
    return kept
  }
  if (!Array.isArray(declared) || !('key' in element) || rest.length === 0) return declared
  const key = element.key
  if (typeof rest[0] === 'string' && rest.length === 1 && rest[0] in key) return declared
  return declared.map((item) =>
    isObject(item) && Object.entries(key).every(([name, value]) => (item[name] ?? value) === value)
      ? (strip(item, rest, asNode(below)) ?? item)
      : item
  )
}

/** A Secret's `stringData` is sent and stored as `data` (see `payloadOf`). */
function asStored(pattern: Pattern, object: KubernetesObject): Pattern[] {
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return []
  const at = pattern.findIndex((step) => step.step !== 'when')
  const step = pattern[at]
  if (step?.step !== 'field' || step.name !== 'stringData') return []
  return [pattern.with(at, { step: 'field', name: 'data' })]
}

interface CompiledRule {
  matches(object: KubernetesObject): boolean
  readonly patterns: readonly Pattern[]
  readonly manager: RegExp | undefined
}

function compile(rule: IgnoreRule): CompiledRule {
  const [group, kind, name, namespace] = [rule.group, rule.kind, rule.name, rule.namespace].map((text) =>
    text === undefined ? undefined : glob([text])
  )
  return {
    matches: (object) =>
      (kind?.test(object.kind) ?? true) &&
      (group?.test(groupOf(object)) ?? true) &&
      (name?.test(object.metadata.name) ?? true) &&
      (namespace?.test(namespaceOf(object) ?? '') ?? true),
    patterns: (rule.pointers ?? []).flatMap(parsePatterns),
    manager: rule.managers === undefined || rule.managers.length === 0 ? undefined : glob(rule.managers)
  }
}

function glob(texts: readonly string[]): RegExp {
  const alternatives = texts.map((text) =>
    text
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
  )
  return new RegExp(`^(?:${alternatives.join('|')})$`)
}
