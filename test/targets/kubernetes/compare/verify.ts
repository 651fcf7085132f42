import { Buffer } from 'node:buffer'
import { canonicalJson, isObject, type Json, stringifyJson } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { ApiError, type Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import type { Comparison } from '../../../../src/targets/kubernetes/compare/index.ts'
import { judge } from '../../../../src/targets/kubernetes/compare/judge.ts'
import { applyLocally } from '../../../../src/targets/kubernetes/compare/local.ts'
import { parsePatterns } from '../../../../src/targets/kubernetes/compare/pattern.ts'
import { doubt } from '../../../../src/targets/kubernetes/compare/prove.ts'
import { maskFor } from '../../../../src/targets/kubernetes/compare/secrets.ts'
import { managedEntries, members, ownEntry, printPath } from '../../../../src/targets/kubernetes/ownership/index.ts'
import type { FieldChange, FieldValue } from '../../../../src/targets/plan.ts'
import { changedPlaces, clean, isBuiltIn, skeleton, valuesAt } from './oracle.ts'
import { Stage } from './play.ts'
import type { Scenario } from './scenario.ts'

/** What a scenario came to, for statistics: a property that only ever sees one outcome shows nothing. */
export interface Outcome {
  readonly verdict: Comparison['verdict'] | 'not-created'
  readonly proven: boolean
  readonly reclaim: boolean
  readonly adoption: boolean
}

/**
 * Plays a scenario on a real API server, and holds what the comparison says against a dry run of the same object.
 * @throws Error that says in what they differ
 */
export async function verify(cluster: Cluster, namespace: string, scenario: Scenario): Promise<Outcome> {
  const stage = await Stage.set(cluster, namespace, scenario)
  if (!(await stage.create(scenario.origin)))
    return { verdict: 'not-created', proven: false, reclaim: false, adoption: false }
  try {
    for (const step of scenario.steps) await stage.play(step)
    return await check(stage)
  } finally {
    await stage.strike()
  }
}

async function check(stage: Stage): Promise<Outcome> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const live = await stage.read()
    const comparison = await stage.compare(live)
    // What others added gives way by a write of ownership before the apply, as in an adoption.
    if (comparison.adoption ?? comparison.displacement) return checkAdoption(stage, live, comparison)
    const dry = await dryRun(stage.cluster, comparison.payload)
    // Controllers work beside the test; what they changed meanwhile would be held against the wrong state.
    if (version(await stage.read()) !== version(live)) continue
    const outcome = holdAgainst(live, comparison, dry)
    if (!(dry instanceof ApiError)) {
      checkLocally(live, comparison, dry)
      await settle(stage, 'a deploy')
      if (stage.ignored !== undefined) checkIgnored(stage.ignored, live, await stage.read())
    }
    return outcome
  }
  throw new Error('the object never came to rest')
}

async function dryRun(cluster: Cluster, payload: KubernetesObject): Promise<KubernetesObject | ApiError> {
  try {
    return await cluster.apply(payload, { dryRun: true, force: true })
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

function holdAgainst(live: KubernetesObject, comparison: Comparison, dry: KubernetesObject | ApiError): Outcome {
  const proven = doubt(comparison.payload, live, managedEntries(live)) === undefined
  const reclaim = comparison.reclaim.length > 0
  const { verdict } = comparison
  const outcome = { verdict, proven, reclaim, adoption: false }
  if (dry instanceof ApiError) {
    if (verdict !== 'error' && verdict !== 'replace')
      fail('the API server refuses, the comparison does not', dry.message)
    return outcome
  }
  const changes = changedPlaces(live, dry)
  const [before, after] = [owned(live), owned(dry)]
  if (proven && (changes.length > 0 || before !== after)) fail('wrongly proven', { changes, before, after })
  if (changes.length > 0 && comparison.fields.length === 0) fail('a change was missed', { changes, comparison })
  if (changes.length === 0 && comparison.fields.length > 0) fail('a false change', comparison.fields)
  if ((verdict === 'unchanged') !== (comparison.fields.length === 0) && comparison.reason === undefined)
    fail('verdict and fields disagree', comparison)
  checkPlaces(changes, comparison.fields)
  if (changes.length === 0 && before === after && (reclaim || verdict !== 'unchanged'))
    fail('ownership is right already', comparison)
  return outcome
}

/** What changes is reported, and what is reported changes. */
function checkPlaces(changes: readonly string[], fields: readonly FieldChange[]): void {
  checkReported(changes, fields)
  checkTrue(changes, fields)
}

function checkReported(changes: readonly string[], fields: readonly FieldChange[]): void {
  const reported = fields.map((field) => skeleton(field.path))
  for (const place of changes)
    if (!reported.some((path) => touches(path, place) || isKeyBeside(place, path)))
      fail(`${place} changes unreported`, { reported, changes })
}

/** Items without a name are paired by what they are like here, and by position in reports: with one key goes the other. */
function isKeyBeside(place: string, path: string): boolean {
  return /\*\.protocol$/.test(place) && path === place.replace(/protocol$/, 'port')
}

function checkTrue(changes: readonly string[], fields: readonly FieldChange[]): void {
  for (const path of fields.map((field) => skeleton(field.path)))
    if (!changes.some((place) => touches(path, place))) fail(`${path} does not change`, { fields, changes })
}

/** The comparison without the API server, for webhooks that take no dry runs: defaults are beyond it, changes are not. */
function checkLocally(live: KubernetesObject, comparison: Comparison, dry: KubernetesObject): void {
  const entries = managedEntries(live)
  const own = ownEntry(entries)
  // Without any record nothing tells how the maps and lists of custom resources are merged, but their schema.
  if (own === undefined && !isBuiltIn(live.apiVersion)) return
  const before = own?.fields ?? {}
  const others = entries.filter((entry) => entry !== own).map((entry) => entry.fields)
  const { object, fields } = applyLocally(comparison.payload, live, before, others)
  const judgement = judge({
    purpose: 'deploy',
    payload: comparison.payload,
    live,
    predicted: object,
    entries,
    before,
    after: fields,
    ignored: undefined,
    mask: maskFor(live, Buffer.from('key')),
    adoption: undefined
  })
  const changes = changedPlaces(live, dry)
  if (changes.length > 0 && judgement.fields.length === 0)
    fail('the comparison without the API server missed a change', { changes, object, fields, dry })
}

/**
 * After a deploy nothing is left to do. Server-side apply itself sometimes needs a second one: where a null is
 * replaced by an empty map, the first leaves null. And sometimes it refuses the second: an explicit empty key
 * (`protocol: ""`) names another item each time.
 * @param applied how often it was applied before
 */
async function settle(stage: Stage, what: string, applied = 0): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await stage.deploy()
    } catch (error) {
      if (attempt + applied > 1 && error instanceof ApiError) return
      throw error
    }
    const again = await stage.compare(await stage.read())
    if (again.verdict === 'unchanged' && again.reclaim.length === 0) return
    if (attempt === 3) fail(`${what} does not settle it`, again)
  }
}

async function checkAdoption(stage: Stage, before: KubernetesObject, comparison: Comparison): Promise<Outcome> {
  const outcome = { verdict: comparison.verdict, proven: false, reclaim: true, adoption: true }
  try {
    await stage.deploy()
  } catch (error) {
    if (error instanceof ApiError) return outcome
    throw error
  }
  // Nobody can know before an adoption which defaults will follow it: the dry run is made before it.
  const owned = managedEntries(before).flatMap((entry) =>
    [...members(entry.fields)].map((path) => skeleton(printPath(path)))
  )
  const declared = [...members(ownEntry(managedEntries(await stage.read()))?.fields ?? {})].map((path) =>
    skeleton(printPath(path))
  )
  const changes = changedPlaces(before, await stage.read())
  const known = changes.filter((place) => [...owned, ...declared].some((path) => touches(path, place)))
  checkReported(known, comparison.fields)
  // Whether an empty list of a custom resource goes depends on a list type that nothing but its schema tells.
  // So does whether a null takes away a map that it is merged with.
  const nulls = [...nullPlaces(comparison.payload)]
  const certain = comparison.fields.filter(
    ({ path, before, after }) =>
      !(isEmptyList(before) && after.type === 'absent') && !nulls.some((place) => touches(skeleton(path), place))
  )
  checkTrue(changes, certain)
  await settle(stage, 'an adoption', 1)
  return outcome
}

/** What is ignored keeps its live value, whoever owns it. */
function checkIgnored(path: string, before: KubernetesObject, after: KubernetesObject): void {
  const pattern = parsePatterns(path)
  const [was, is] = [valuesAt(clean(before), pattern), valuesAt(clean(after), pattern)]
  // Another item may come to a position, and a field inside an item goes with it.
  if (/\[\d+\]/.test(path) || (is.length === 0 && path.includes('['))) return
  if (was.length > 0 && stringifyJson(was) !== stringifyJson(is)) fail(`${path} is ignored, but changed`, { was, is })
}

function* nullPlaces(value: Json, path: readonly string[] = []): Generator<string> {
  if (value === null) yield path.join('.')
  else if (Array.isArray(value)) for (const item of value) yield* nullPlaces(item, [...path, '*'])
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) yield* nullPlaces(item, [...path, key])
}

function isEmptyList(value: FieldValue): boolean {
  return value.type === 'value' && Array.isArray(value.value) && value.value.length === 0
}

function touches(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)
}

function fail(what: string, detail: unknown): never {
  const shown = JSON.stringify(
    detail,
    (key, value: unknown) =>
      ['live', 'predicted', 'manifest'].includes(key) ? undefined : typeof value === 'bigint' ? String(value) : value,
    1
  )
  throw new Error(`${what}: ${shown}`)
}

function owned(object: KubernetesObject): string {
  return canonicalJson(ownEntry(managedEntries(object))?.fields ?? {})
}

function version(object: KubernetesObject): Json | undefined {
  return object.metadata['resourceVersion']
}
