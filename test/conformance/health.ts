import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { load } from 'js-yaml'
import { asList, asObject, asString, at, type Json, type JsonObject } from '../../src/json.ts'
import type { KubernetesObject } from '../../src/render/manifest.ts'
import {
  assessHealth,
  augmentConditions,
  computeStatus,
  type Health
} from '../../src/targets/kubernetes/health/index.ts'
import { differenceReason } from './health-reasons.ts'
import type { SuiteResult } from './ordering.ts'

/** Share of Argo CD's customizations that our rules must agree with, in percent. */
const AGREEMENT = 80

/** Runs the health suites of a conformance folder (`health/*.yaml`): those whose file is there. */
export function healthConformance(folder: string): SuiteResult[] {
  const suites: Readonly<Record<string, (suite: string, cases: readonly Case[]) => SuiteResult>> = {
    'health/argo-builtin': (suite, cases) => exactly(suite, cases, checkArgo),
    'health/kstatus': (suite, cases) => exactly(suite, cases, checkKStatus),
    'health/argo-customizations': agreement
  }
  return Object.entries(suites).flatMap(([suite, run]) => {
    const file = path.join(folder, `${suite}.yaml`)
    return existsSync(file) ? [run(suite, readCases(file))] : []
  })
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

/** A suite that is a score: it fails only as a whole. Where we differ, our reason is told if we have one. */
function agreement(suite: string, cases: readonly Case[]): SuiteResult {
  const deliberate: { name: string; reason: string }[] = []
  const differs: { name: string; reason: string }[] = []
  let generic = 0
  for (const one of cases) {
    const expected = asString(at(one.item, 'expect', 'argo'))
    if (statusOf(one, false)?.status === expected) generic++
    const ours = statusOf(one, true)
    if (ours?.status === expected) continue
    const told = `${ours?.status} ("${ours?.message}") instead of ${String(expected)}`
    const why = ours && differenceReason(one.object, String(expected), ours)
    if (why === undefined) differs.push({ name: one.name, reason: told })
    else deliberate.push({ name: one.name, reason: `${told}: ${why}` })
  }
  const pass = cases.length - deliberate.length - differs.length
  const score = percent(pass, cases.length)
  const fail =
    score >= AGREEMENT ? [] : [{ name: 'agreement', reason: `${score.toFixed(1)} % is less than ${AGREEMENT} %` }]
  return {
    suite,
    pass,
    deliberate,
    differs,
    fail,
    notes: [
      `agreement with Argo CD's customizations: ${score.toFixed(1)} % (${pass} of ${cases.length})`,
      `by the generic rule alone, without what is known of operators: ${percent(generic, cases.length).toFixed(1)} % (${generic} of ${cases.length})`
    ]
  }
}

function statusOf({ object, now }: Case, operators: boolean): Health | undefined {
  if (object === undefined) return undefined
  return assessHealth(object, { operators, ...(now ? { now } : {}) }) ?? undefined
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
