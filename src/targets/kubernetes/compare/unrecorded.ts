import { randomBytes } from 'node:crypto'
import { asList, at, canonicalJson, type Json, type JsonObject } from '../../../json.ts'
import { type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import { objectPath } from '../client/paths.ts'
import { ApiError, type Cluster, FIELD_MANAGER } from '../cluster.ts'
import { coverage, isApplyOf, type Path, printPath, UNRECORDED, valueAt } from '../ownership/index.ts'
import type { CompareOptions, Comparison, ForeignField } from './comparison.ts'
import { differences } from './diff.ts'
import { Shape } from './shape.ts'
import type { Subject } from './subject.ts'
import { typeOfKind } from './types/index.ts'
import { mayBeWritten } from './writers.ts'

/** Whether nothing records who wrote an object, or some of it (`managedFields` was emptied), and that matters. */
export function hidesAdditions({ entries }: Pick<Subject, 'entries'>, options: CompareOptions): boolean {
  if (options.purpose === 'drift' && options.foreignFields === 'ignore') return false
  return entries.length === 0 || entries.some((entry) => entry.manager === UNRECORDED)
}

/**
 * What others put into an object whose owners are not recorded: whatever is there and would not be if the declaration
 * replaced it as a whole, which the API server is asked by a dry run. So its defaults do not count, nor what it
 * allocates, nor what webhooks write. Where it refuses the replacement (fields that cannot be changed), the comparison
 * stays as it is.
 */
export async function withUnrecorded(
  cluster: Cluster,
  subject: Subject,
  comparison: Comparison,
  options: CompareOptions
): Promise<Comparison> {
  const { live, payload, ignored, mask } = subject
  const alone = await answered(replacement(cluster, subject))
  if (alone === undefined) return comparison
  const known = [...comparison.fields, ...comparison.foreign].map(({ path }) => path)
  const shape = new Shape([], typeOfKind(live.apiVersion, live.kind))
  const added = differences(live, { ...live, ...alone }, shape, { status: false }).filter(
    ({ path, before, order }) =>
      before !== undefined &&
      !order &&
      valueAt(payload, path) === undefined &&
      !isRecorded(subject, path) &&
      !known.some((one) => overlaps(one, printPath(path))) &&
      !mayBeWritten(path, live)
  )
  // Some admission only completes what is new.
  const fresh = added.length > 0 ? await answered(creation(cluster, payload)) : undefined
  const additions = added.filter(({ path, before }) => fresh === undefined || !isSame(valueAt(fresh, path), before))
  const isIgnored = ({ path }: { readonly path: Path }) => ignored?.covers(path, live) ?? false
  const foreign = additions
    .filter((one) => !isIgnored(one))
    .map(
      ({ path, before, after }): ForeignField => ({
        path: printPath(path),
        location: path,
        before: mask(path, before),
        after: mask(path, after),
        attribution: { known: false, candidates: [] }
      })
    )
  const all = [...comparison.foreign, ...foreign]
  return {
    ...comparison,
    // A deploy leaves them; it only has to know whether there are any.
    foreign: options.purpose === 'drift' ? all : comparison.foreign,
    // What a rule leaves is still somebody's: it may be held back today, and be looked at tomorrow.
    additions: additions.some(isIgnored) ? 'ignored' : all.length > 0 ? 'some' : 'none'
  }
}

/**
 * A JSON patch that ends the entry in which the API server books what nobody is on record for, where none of that is an
 * addition: defaults, and what it allocates. Else every later check would have to ask for it again. Undefined where
 * there is no such entry.
 */
export function withoutUnrecorded(live: KubernetesObject): JsonObject[] | undefined {
  const entries = asList(live.metadata['managedFields']) ?? []
  const left = entries.filter((entry) => at(entry, 'manager') !== UNRECORDED)
  if (left.length === entries.length || left.length === 0) return undefined
  return [
    { op: 'add', path: '/metadata/managedFields', value: left },
    // "replace", not "test": the store then answers 409 Conflict if the object changed, not 422.
    { op: 'replace', path: '/metadata/resourceVersion', value: live.metadata['resourceVersion'] ?? null }
  ]
}

function replacement(cluster: Cluster, { payload, live, resource }: Subject): Promise<Json> {
  const { finalizers, ownerReferences, resourceVersion = null } = live.metadata
  const metadata = {
    ...(finalizers === undefined ? {} : { finalizers }),
    ...(ownerReferences === undefined ? {} : { ownerReferences }),
    ...payload.metadata,
    resourceVersion
  }
  const path = objectPath(resource, payload.metadata.name, namespaceOf(live))
  return cluster.request('PUT', `${path}?dryRun=All&fieldManager=${FIELD_MANAGER}`, { ...payload, metadata })
}

/** As it would be if it were new: under another name, since its own is taken. */
function creation(cluster: Cluster, payload: KubernetesObject): Promise<Json> {
  const name = `preflight-${randomBytes(6).toString('hex')}`
  return cluster.create({ ...payload, metadata: { ...payload.metadata, name } }, { dryRun: true })
}

/** What the API server does not answer (it refuses, the object has changed, a right is missing) is not known. */
async function answered(asking: Promise<Json>): Promise<KubernetesObject | undefined> {
  try {
    return (await asking) as KubernetesObject
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

/** Whether somebody is on record for a field after all: then ownership tells whether it is an addition. */
function isRecorded({ entries }: Subject, path: Path): boolean {
  return entries.some(
    (entry) =>
      entry.manager !== UNRECORDED && !isApplyOf(entry, FIELD_MANAGER) && coverage(entry.fields, path) !== undefined
  )
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || a.startsWith(`${b}[`) || b.startsWith(`${a}.`) || b.startsWith(`${a}[`)
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b)
}
