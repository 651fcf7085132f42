import { Buffer } from 'node:buffer'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { asList, asObject, asString, at, canonicalJson, isObject, type Json, type JsonObject } from '../../src/json.ts'
import type { KubernetesObject } from '../../src/render/manifest.ts'
import { IgnoreRules, withoutIgnored } from '../../src/targets/kubernetes/compare/ignore.ts'
import type { Conflict, IgnoreRule } from '../../src/targets/kubernetes/compare/index.ts'
import { judge } from '../../src/targets/kubernetes/compare/judge.ts'
import { applyLocally } from '../../src/targets/kubernetes/compare/local.ts'
import { maskFor } from '../../src/targets/kubernetes/compare/secrets.ts'
import { managedEntries, NO_FIELDS } from '../../src/targets/kubernetes/ownership/index.ts'
import { readCases } from './health.ts'
import { objectsOf, type SuiteResult } from './ordering.ts'

/**
 * Runs the conflict suite of a conformance folder (`conflicts/kluctl.yaml`). kluctl's annotations are translated into
 * what we have for the same wish: `force-apply` into `field-conflicts: force`, `ignore-conflicts*` into ignore rules.
 * Nothing where the file is missing.
 */
export function conflictConformance(folder: string): SuiteResult[] {
  const file = path.join(folder, 'conflicts', 'kluctl.yaml')
  if (!existsSync(file)) return []
  const cases = readCases(file)
  const deliberate: { name: string; reason: string }[] = []
  const fail: { name: string; reason: string }[] = []
  for (const { name, item } of cases) {
    const verdict = checkConflict(item)
    if (verdict?.deliberate) deliberate.push({ name, reason: verdict.reason })
    else if (verdict) fail.push({ name, reason: verdict.reason })
  }
  const suite = 'conflicts/kluctl'
  return [{ suite, pass: cases.length - deliberate.length - fail.length, deliberate, fail }]
}

function checkConflict(item: JsonObject): { deliberate: boolean; reason: string } | undefined {
  const [live, local] = objectsOf([item['remote'] ?? null, item['local'] ?? null])
  if (live === undefined || local === undefined) return { deliberate: false, reason: 'an object is missing' }
  const reported = (asList(item['conflicts']) ?? []).map((one) => (asString(at(one, 'field')) ?? '').replace(/^\./, ''))
  const annotations = asObject(at(item, 'options', 'annotations')) ?? {}
  const { payload, conflicts } = resolve(local, live, rulesFor(annotations, reported))

  const expected = objectsOf([at(item, 'expect', 'apply') ?? null])[0]
  const given = (asList(at(item, 'expect', 'lostOwnership')) ?? []).map((field) => String(field).replace(/^\./, ''))
  const unseen = reported.filter(
    (field) => fieldOf(payload, field) !== undefined && !conflicts.some((conflict) => conflict.path === field)
  )
  if (unseen.length > 0) return { deliberate: false, reason: `conflicts on ${unseen.join(', ')} were not seen` }

  // kluctl gives these fields up with a warning. With us they must be what stops the run, and nothing else may differ.
  const stopping = conflicts.filter((conflict) => conflict.kind === 'applier').map((conflict) => conflict.path)
  const missed = given.filter((field) => !stopping.includes(field))
  if (missed.length > 0) return { deliberate: false, reason: `${missed.join(', ')} would be taken over silently` }
  const sent = given.reduce<Json>(without, payload)
  if (canonicalJson(sent) !== canonicalJson(expected ?? null))
    return { deliberate: false, reason: `would send ${canonicalJson(sent)}` }
  if (given.length === 0) return undefined
  return {
    deliberate: true,
    reason: `${given.join(', ')} belongs to another applier: the run stops and says so, instead of deploying without the field`
  }
}

function rulesFor(annotations: JsonObject, reported: readonly string[]): IgnoreRule[] {
  return Object.entries(annotations).flatMap(([name, value]): IgnoreRule[] => {
    const text = asString(value) ?? ''
    if (/^kluctl\.io\/ignore-conflicts-field/.test(name)) return [{ pointers: [text] }]
    if (/^kluctl\.io\/ignore-conflicts-manager/.test(name)) return [{ managers: [text] }]
    return name === 'kluctl.io/ignore-conflicts' ? [{ pointers: reported }] : []
  })
}

function resolve(
  local: KubernetesObject,
  live: KubernetesObject,
  ignore: readonly IgnoreRule[]
): { payload: KubernetesObject; conflicts: readonly Conflict[] } {
  const entries = managedEntries(live)
  const ignored = new IgnoreRules(ignore).for(local, entries)
  const payload = ignored ? withoutIgnored(local, live, ignored, NO_FIELDS, entries) : local
  const others = entries.map((entry) => entry.fields)
  const { object, fields } = applyLocally(payload, live, NO_FIELDS, others)
  const { conflicts } = judge({
    purpose: 'deploy',
    payload,
    live,
    predicted: object,
    entries,
    before: NO_FIELDS,
    after: fields,
    ignored,
    mask: maskFor(local, Buffer.from('conformance')),
    adoption: undefined
  })
  return { payload, conflicts }
}

function fieldOf(object: Json, field: string): Json | undefined {
  return field.split('.').reduce<Json | undefined>((value, name) => at(value, name), object)
}

function without(value: Json, field: string): Json {
  const [name, ...rest] = field.split('.')
  if (name === undefined || !isObject(value)) return value
  const { [name]: inner, ...others } = value
  return rest.length === 0 ? others : { ...others, [name]: without(inner ?? null, rest.join('.')) }
}
