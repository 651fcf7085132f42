import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { loadAll } from 'js-yaml'
import { asList, asObject, asString, at, type Json, type JsonObject } from '../../src/json.ts'
import type { KubernetesObject } from '../../src/render/manifest.ts'
import { checkDependsOn } from './ordering-depends-on.ts'
import { checkConstraint, checkGroup, checkKappCase, checkTable, type Definitions } from './ordering-kapp.ts'
import { checkLargeManifest } from './ordering-large.ts'

/** What came out of a suite of conformance cases: `deliberate` differs for a documented reason. */
export interface SuiteResult {
  readonly suite: string
  readonly pass: number
  readonly deliberate: readonly { readonly name: string; readonly reason: string }[]
  readonly fail: readonly { readonly name: string; readonly reason: string }[]
  /** In a suite that is a score: what counts against it, without a reason of ours. */
  readonly differs?: readonly { readonly name: string; readonly reason: string }[]
  /** Figures to print beside the cases. */
  readonly notes?: readonly string[]
}

/** A check of one case: why it fails, or undefined when it passes. */
export type Verdict = string | undefined

/**
 * Runs the ordering suites of a conformance folder (`ordering/*.yaml`, `ordering/cf-for-k8s.yml`).
 * Only what the folder has.
 */
export function orderingConformance(folder: string): SuiteResult[] {
  const file = (name: string) => path.join(folder, 'ordering', name)
  const has = (name: string) => existsSync(file(name))
  return [
    ...(has('depends-on.yaml')
      ? [suite('ordering/depends-on', readCases(file('depends-on.yaml')), checkDependsOn)]
      : []),
    ...(has('kapp-rules.yaml') ? byKappRules(file('kapp-rules.yaml'), file('cf-for-k8s.yml')) : [])
  ]
}

function byKappRules(rulesFile: string, largeFile: string): SuiteResult[] {
  const rules = readCases(rulesFile)
  const definitions: Definitions = {
    groups: rules.filter((item) => item['type'] === 'group'),
    constraints: rules.filter((item) => item['type'] === 'constraint'),
    builtIn: (asList(rules.find((item) => item['type'] === 'table')?.['values']) ?? []).map(String)
  }
  const kapp = suite('ordering/kapp-rules', rules, (item) => checkKapp(item, definitions))
  if (!existsSync(largeFile)) return [kapp]
  const large = readDocuments(largeFile).filter((object) => !object.apiVersion.startsWith('kapp.k14s.io/'))
  return [
    kapp,
    suite(
      'ordering/cf-for-k8s',
      ['upsert', 'delete'].map((operation) => ({ name: `${large.length} objects, ${operation}`, operation })),
      (item) => checkLargeManifest(large, item['operation'] === 'delete' ? 'delete' : 'upsert', definitions)
    )
  ]
}

function checkKapp(item: JsonObject, definitions: Definitions): Verdict {
  switch (item['type']) {
    case 'table':
      return checkTable(item)
    case 'group':
      return checkGroup(item)
    case 'constraint':
      return checkConstraint(item, definitions)
    case 'case':
      return checkKappCase(item)
    default:
      return `unknown type ${String(item['type'])}`
  }
}

function suite(name: string, items: readonly JsonObject[], check: (item: JsonObject) => Verdict): SuiteResult {
  const fail: { name: string; reason: string }[] = []
  for (const item of items) {
    let verdict: Verdict
    try {
      verdict = check(item)
    } catch (error) {
      verdict = `threw ${error instanceof Error ? error.message : String(error)}`
    }
    if (verdict !== undefined) fail.push({ name: asString(item['name']) ?? '?', reason: verdict })
  }
  return { suite: name, pass: items.length - fail.length, deliberate: [], fail }
}

function readCases(file: string): JsonObject[] {
  const [list] = loadAll(readFileSync(file, 'utf8'))
  return (asList(list) ?? []).map(asObject).filter((item) => item !== undefined)
}

function readDocuments(file: string): KubernetesObject[] {
  return loadAll(readFileSync(file, 'utf8')).flatMap((document) => objectsOf([document as Json]))
}

/** Objects of a case; upstream leaves apiVersion out where it does not matter. */
export function objectsOf(list: readonly Json[] | undefined): KubernetesObject[] {
  return (list ?? []).flatMap((item) => {
    const object = asObject(item)
    const name = asString(at(object, 'metadata', 'name'))
    if (!object || name === undefined) return []
    const metadata = { ...asObject(object['metadata']), name }
    return [
      { ...object, apiVersion: asString(object['apiVersion']) ?? '', kind: asString(object['kind']) ?? '', metadata }
    ]
  })
}

/** A message when two sets of texts differ. */
export function differs(what: string, actual: Iterable<string>, expected: Iterable<string>): Verdict {
  const [is, should] = [new Set(actual), new Set(expected)]
  const extra = [...is].filter((text) => !should.has(text))
  const missing = [...should].filter((text) => !is.has(text))
  if (extra.length + missing.length === 0) return undefined
  return [
    what,
    missing.length > 0 ? `lacks ${missing.slice(0, 5).join(', ')}` : '',
    extra.length > 0 ? `has too much ${extra.slice(0, 5).join(', ')}` : ''
  ].join(' ')
}

/** A message when two lists of sets differ; the order inside of a set is free. */
export function differentSets(what: string, actual: readonly string[][], expected: readonly string[][]): Verdict {
  if (actual.length !== expected.length)
    return `${what}: ${actual.length} sets instead of ${expected.length}: ${JSON.stringify(actual).slice(0, 300)}`
  for (const [index, set] of expected.entries()) {
    const difference = differs(`${what} ${index + 1}`, actual[index] ?? [], set)
    if (difference !== undefined) return difference
  }
  return undefined
}
