import { readFileSync } from 'node:fs'
import path from 'node:path'
import { load } from 'js-yaml'
import { asList, asObject, asString, at, type Json, type JsonObject } from '../../src/json.ts'
import { groupOf, type KubernetesObject } from '../../src/render/manifest.ts'
import { assessHealth, augmentConditions, computeStatus } from '../../src/targets/kubernetes/health/index.ts'
import type { SuiteResult } from './ordering.ts'

/** What a suite found beside its cases: figures to print. */
export interface HealthSuiteResult extends SuiteResult {
  readonly notes: readonly string[]
}

/** Share of Argo CD's customizations that our rules must agree with, in percent. */
const AGREEMENT = 80

/** Runs the health suites of a conformance folder (`health/*.yaml`). @throws when a file is missing */
export function healthConformance(folder: string): HealthSuiteResult[] {
  const file = (name: string) => path.join(folder, 'health', name)
  return [
    { ...exactly('health/argo-builtin', readCases(file('argo-builtin.yaml')), checkArgo), notes: [] },
    { ...exactly('health/kstatus', readCases(file('kstatus.yaml')), checkKStatus), notes: [] },
    agreement('health/argo-customizations', readCases(file('argo-customizations.yaml')))
  ]
}

/** A case as the folder has it. */
export interface Case {
  readonly name: string
  readonly object: KubernetesObject | undefined
  readonly now: Date | undefined
  readonly item: JsonObject
}

/** The cases of one file. Objects are taken as they are: some upstream fixtures lack metadata. */
export function readCases(file: string): Case[] {
  return (asList(load(readFileSync(file, 'utf8'))) ?? []).flatMap((entry) => {
    const item = asObject(entry)
    if (item === undefined) return []
    const now = asString(item['now'])
    return [
      {
        name: asString(item['name']) ?? '?',
        object: objectOf(item['object']),
        now: now === undefined ? undefined : new Date(now),
        item
      }
    ]
  })
}

function objectOf(value: Json | undefined): KubernetesObject | undefined {
  const object = asObject(value)
  if (object === undefined) return undefined
  const metadata = asObject(object['metadata'])
  return {
    ...object,
    apiVersion: asString(object['apiVersion']) ?? '',
    kind: asString(object['kind']) ?? '',
    metadata: { ...metadata, name: asString(metadata?.['name']) ?? '' }
  }
}

/** A suite whose every case must pass. */
function exactly(suite: string, cases: readonly Case[], check: (one: Case) => string | undefined): SuiteResult {
  const fail: { name: string; reason: string }[] = []
  for (const one of cases) {
    const verdict = quietly(() => check(one))
    if (verdict !== undefined) fail.push({ name: one.name, reason: verdict })
  }
  return { suite, pass: cases.length - fail.length, deliberate: [], fail }
}

function checkArgo({ object, now, item }: Case): string | undefined {
  if (object === undefined) return 'the case has no object'
  const health = assessHealth(object, { profile: 'argo', ...(now ? { now } : {}) })
  const expected = at(item, 'expect', 'argo') ?? null
  if ((health?.status ?? null) !== expected) return `${health?.status ?? null} instead of ${String(expected)}`
  const message = asString(at(item, 'expect', 'message'))
  if (message !== undefined && health?.message !== message) return `says "${health?.message}" instead of "${message}"`
  return undefined
}

function checkKStatus({ object, now, item }: Case): string | undefined {
  if (object === undefined) return 'the case has no object'
  const options = now ? { now } : {}
  const computed = computeStatus(object, options)
  const expected = asString(at(item, 'expect', 'kstatus'))
  if (computed.status !== expected) return `${computed.status} instead of ${expected}`
  for (const wanted of asList(at(item, 'expect', 'conditions')) ?? [])
    if (!computed.conditions.some((one) => sameCondition(one, wanted)))
      return `has not computed ${JSON.stringify(wanted)} but ${JSON.stringify(computed.conditions)}`
  for (const type of asList(at(item, 'expect', 'absentConditions')) ?? [])
    if (computed.conditions.some((one) => one.type === type)) return `has computed ${String(type)}`
  const full = asList(at(item, 'expect', 'augmentedConditions'))
  if (full === undefined) return undefined
  const augmented = augmentConditions(object, options)
  const isSame =
    augmented.length === full.length &&
    full.every((wanted) =>
      augmented.some((one) => at(wanted, 'type') === one['type'] && at(wanted, 'reason') === one['reason'])
    )
  return isSame ? undefined : `augments to ${JSON.stringify(augmented)}`
}

function sameCondition(one: { type: string; status: string; reason: string }, wanted: Json): boolean {
  return one.type === at(wanted, 'type') && one.status === at(wanted, 'status') && one.reason === at(wanted, 'reason')
}

/** A suite that is a score: where we differ is listed with our reason, and fails only together. */
function agreement(suite: string, cases: readonly Case[]): HealthSuiteResult {
  const deliberate: { name: string; reason: string }[] = []
  let generic = 0
  for (const one of cases) {
    const expected = asString(at(one.item, 'expect', 'argo'))
    if (statusOf(one, false)?.status === expected) generic++
    const ours = statusOf(one, true)
    if (ours?.status !== expected) deliberate.push({ name: one.name, reason: reasonOf(one, String(expected), ours) })
  }
  const pass = cases.length - deliberate.length
  const score = percent(pass, cases.length)
  const fail =
    score >= AGREEMENT ? [] : [{ name: 'agreement', reason: `${score.toFixed(1)} % is less than ${AGREEMENT} %` }]
  return {
    suite,
    pass,
    deliberate,
    fail,
    notes: [
      `agreement with Argo CD's customizations: ${score.toFixed(1)} % (${pass} of ${cases.length})`,
      `by the generic rule alone, without what is known of operators: ${percent(generic, cases.length).toFixed(1)} % (${generic} of ${cases.length})`
    ]
  }
}

interface Verdict {
  readonly status: string
  readonly message: string
}

function statusOf({ object, now }: Case, operators: boolean): Verdict | undefined {
  if (object === undefined) return undefined
  return assessHealth(object, { operators, ...(now ? { now } : {}) }) ?? undefined
}

/** Why we say something else, by what the object shows; not by which case it is. */
function reasonOf({ object }: Case, expected: string, ours: Verdict | undefined): string {
  const told = `${ours?.status} ("${ours?.message}") instead of ${expected}`
  if (object === undefined) return 'the case has no object'
  if (at(object, 'metadata', 'deletionTimestamp') != null)
    return `${told}: what is being deleted is Progressing, as Argo CD itself says before it asks a customization`
  if (groupOf(object).endsWith('solo.io') && expected === 'Suspended')
    return `${told}: not yet validated is work under way; Suspended would end a wait before the verdict`
  if (ours?.message.includes('latest change'))
    return `${told}: a status of an older generation says nothing about this one (kstatus)`
  if (expected === 'Unknown' || expected === 'Missing')
    return `${told}: without a status there is a controller to wait for`
  return told
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole
}

function quietly(check: () => string | undefined): string | undefined {
  try {
    return check()
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : String(error)}`
  }
}
