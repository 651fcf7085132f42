import { Buffer } from 'node:buffer'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { asList, asObject, asString, at, canonicalJson, isObject, type Json, type JsonObject } from '../../src/json.ts'
import type { KubernetesObject } from '../../src/render/manifest.ts'
import { type Difference, differences } from '../../src/targets/kubernetes/compare/diff.ts'
import { splitDifferences } from '../../src/targets/kubernetes/compare/judge.ts'
import { LAST_APPLIED } from '../../src/targets/kubernetes/compare/payload.ts'
import { maskFor } from '../../src/targets/kubernetes/compare/secrets.ts'
import { Shape } from '../../src/targets/kubernetes/compare/shape.ts'
import { typeOfKind } from '../../src/targets/kubernetes/compare/types/index.ts'
import {
  childValue,
  managedEntries,
  NO_FIELDS,
  ownEntry,
  type Path,
  type PathElement
} from '../../src/targets/kubernetes/ownership/index.ts'
import { readCases } from './health.ts'
import { objectsOf, type SuiteResult, type Verdict } from './ordering.ts'

/** Runs the diff suite of a conformance folder (`diff/argo-server-side.yaml`). Nothing where the file is missing. */
export function diffConformance(folder: string): SuiteResult[] {
  const file = path.join(folder, 'diff', 'argo-server-side.yaml')
  if (!existsSync(file)) return []
  const cases = readCases(file)
  const fail: { name: string; reason: string }[] = []
  for (const { name, item } of cases) {
    const verdict = checkDiff(item)
    if (verdict !== undefined) fail.push({ name, reason: verdict })
  }
  return [{ suite: 'diff/argo-server-side', pass: cases.length - fail.length, deliberate: [], fail }]
}

/**
 * Argo CD shows two documents, live and what applying would make of it; we keep the differences. So its documents
 * are rebuilt: the live object without noise, and the same with our differences applied.
 */
function checkDiff(item: JsonObject): Verdict {
  const [desired, live, predicted] = objectsOf([
    item['desired'] ?? null,
    item['live'] ?? null,
    item['predicted'] ?? null
  ])
  if (desired === undefined || live === undefined || predicted === undefined) return 'an object is missing'
  const manager = asString(item['manager']) ?? ''
  const ignored = (asList(at(item, 'options', 'ignoreFields')) ?? []).map((one) => (asList(one) ?? []).map(String))
  const found = differencesOf(
    desired,
    live,
    predicted,
    manager,
    at(item, 'options', 'includeMutationWebhook') === true
  ).filter((one) => !ignored.some((field) => field.every((name, index) => one.path[index] === name)))
  const modified = at(item, 'expect', 'modified') === true
  if (found.length > 0 !== modified) return `${found.length} differences, but modified should be ${modified}`
  const normalized = ignored.reduce<Json>(without, withoutNoise(live))
  const sides: Record<string, Json> = {
    normalizedLive: normalized,
    predictedLive: found.reduce<Json>((value, one) => withValue(value, one.path, one.after) ?? value, normalized)
  }
  for (const assertion of asList(at(item, 'expect', 'assertions')) ?? []) {
    const side = asString(at(assertion, 'side')) ?? ''
    const verdict = checkAssertion(sides[side], asObject(assertion) ?? {})
    if (verdict !== undefined) return `${side}: ${verdict}`
  }
  return undefined
}

function differencesOf(
  payload: KubernetesObject,
  live: KubernetesObject,
  predicted: KubernetesObject,
  manager: string,
  includeWebhooks: boolean
): readonly Difference[] {
  const entries = managedEntries(live)
  const before = ownEntry(entries, manager)?.fields ?? NO_FIELDS
  const after = ownEntry(managedEntries(predicted), manager)?.fields ?? NO_FIELDS
  if (includeWebhooks) {
    const shape = new Shape(
      [before, after, ...entries.map((one) => one.fields)],
      typeOfKind(live.apiVersion, live.kind)
    )
    return differences(live, predicted, shape, { status: false })
  }
  const { declared } = splitDifferences({
    purpose: 'deploy',
    payload,
    live,
    predicted,
    entries,
    before,
    after,
    ignored: undefined,
    mask: maskFor(payload, Buffer.from('conformance')),
    adoption: undefined
  })
  return declared
}

function checkAssertion(side: Json | undefined, assertion: JsonObject): Verdict {
  const text = canonicalJson(side ?? null)
  const contains = asString(assertion['textContains'])
  if (contains !== undefined && !text.includes(contains)) return `lacks the text ${contains}`
  const absent = asString(assertion['textAbsent'])
  if (absent !== undefined && text.includes(absent)) return `has the text ${absent}`
  const path = asList(assertion['path'])
  if (path === undefined) return undefined
  const value = path.reduce<Json | undefined>((at, step) => childValue(at, stepOf(step)), side)
  const where = path.join('.')
  if ('equals' in assertion && canonicalJson(value ?? null) !== canonicalJson(assertion['equals'] ?? null))
    return `${where} is ${canonicalJson(value ?? null)}`
  if ('length' in assertion && asList(value)?.length !== assertion['length'])
    return `${where} has ${asList(value)?.length ?? 'no'} items`
  if ('empty' in assertion && isEmpty(value) !== assertion['empty'])
    return `${where} is ${canonicalJson(value ?? null)}`
  return undefined
}

function stepOf(step: Json): PathElement {
  return typeof step === 'number' ? { index: step } : String(step)
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}

function withoutNoise(object: KubernetesObject): Json {
  const noise = [
    ['metadata', 'managedFields'],
    ['metadata', 'resourceVersion'],
    ['metadata', 'annotations', LAST_APPLIED]
  ]
  return noise.reduce<Json>(without, object)
}

function without(value: Json, field: readonly string[]): Json {
  return withValue(value, field, undefined) ?? value
}

/** A copy with another value at a path; undefined removes it. */
function withValue(value: Json | undefined, path: Path, replacement: Json | undefined): Json | undefined {
  const [element, ...rest] = path
  if (element === undefined) return replacement
  const next = withValue(childValue(value, element), rest, replacement)
  if (typeof element === 'string') {
    if (value !== undefined && !isObject(value)) return value
    const { [element]: _, ...others } = value ?? {}
    return next === undefined ? others : { ...others, [element]: next }
  }
  const list = Array.isArray(value) ? value : []
  const index = list.indexOf(childValue(list, element) ?? null)
  if (index < 0) return next === undefined ? list : [...list, next]
  return next === undefined ? list.toSpliced(index, 1) : list.with(index, next)
}
