import { randomBytes } from 'node:crypto'
import { mapConcurrent } from '../../../concurrency.ts'
import { GitOpsError } from '../../../errors.ts'
import { asString } from '../../../json.ts'
import { type KubernetesObject, namespaceOf, objectId } from '../../../render/manifest.ts'
import { ApiError, type ApiResource, type Cluster } from '../cluster.ts'
import {
  type Adoption,
  adoptionPatch,
  type Fields,
  isTakenOver,
  type ManagedEntry,
  managedEntries,
  NO_FIELDS,
  ownEntry
} from '../ownership/index.ts'
import type { CompareOptions, Comparison, Pair } from './comparison.ts'
import { foreignFields } from './foreign.ts'
import { type Ignored, IgnoreRules, withoutIgnored } from './ignore.ts'
import { type Judgement, judge } from './judge.ts'
import { applyLocally } from './local.ts'
import { payloadOf } from './payload.ts'
import { type Doubt, doubt } from './prove.ts'
import { refusalOf } from './refusal.ts'
import { type Mask, maskFor, redactedError } from './secrets.ts'

const CONCURRENCY = 16
/** How often a comparison starts again because the object changes while it is compared. */
const ATTEMPTS = 4

/**
 * What applying would do to each object, in the order of `pairs`. Nothing is written. What is proven unchanged
 * locally costs no request; each of the rest costs a dry-run apply.
 * @throws GitOpsError when an ignore rule cannot be read or the API server cannot be reached
 */
export async function compareAll(
  cluster: Cluster,
  pairs: readonly Pair[],
  options: CompareOptions
): Promise<Comparison[]> {
  const rules = new IgnoreRules(options.ignore)
  const types = await resourceTypes(cluster, pairs)
  const results = new Array<Comparison>(pairs.length)
  const open: { index: number; subject: Subject }[] = []
  const doubts = new Map<Doubt, number>()
  for (const [index, pair] of pairs.entries()) {
    const resource = types.get(typeKey(pair.manifest.object))
    if (resource === undefined) {
      results[index] = unknownKind(pair)
      continue
    }
    const subject = examine(pair, resource, rules, options)
    if (subject === undefined) {
      const payload = payloadOf(pair.manifest.object, resource)
      results[index] = { ...nothing(pair, payload), verdict: 'create' }
      continue
    }
    const why = subject.adoption ? 'not-owned' : doubt(subject.payload, subject.live, subject.entries)
    if (why === undefined) results[index] = unchanged(subject, subject.own, options)
    else {
      doubts.set(why, (doubts.get(why) ?? 0) + 1)
      open.push({ index, subject })
    }
  }
  options.log.debug(
    `${pairs.length} objects compared: ${pairs.length - open.length} without a request, ${open.length} by a dry run${[...doubts].map(([why, count]) => ` (${why}: ${count})`).join('')}`
  )
  await mapConcurrent(open, options.concurrency ?? CONCURRENCY, async ({ index, subject }) => {
    results[index] = await ask(cluster, subject, rules, options)
  })
  return results
}

/** One object with everything that is known about it without the API server. */
interface Subject {
  readonly pair: Pair
  readonly resource: ApiResource
  readonly live: KubernetesObject
  readonly payload: KubernetesObject
  readonly entries: readonly ManagedEntry[]
  /** What we own. */
  readonly own: Fields
  readonly adoption: Adoption | undefined
  readonly ignored: Ignored | undefined
  readonly mask: Mask
}

function examine(pair: Pair, resource: ApiResource, rules: IgnoreRules, options: CompareOptions): Subject | undefined {
  const { live } = pair
  if (live === undefined) return undefined
  const declared = pair.manifest.object
  const entries = managedEntries(live)
  const applied = ownEntry(entries)
  const ignored = rules.for(declared, entries)
  const adoption = applied
    ? undefined
    : adoptionPatch(live, (entry) => isTakenOver(entry) && !rules.ignoresManager(declared, entry.manager), entries)
  const own = applied?.fields ?? NO_FIELDS
  let payload = payloadOf(declared, resource)
  if (ignored) {
    const others = entries.filter((entry) => entry !== applied && !adoption?.from.includes(entry.manager))
    payload = withoutIgnored(payload, live, ignored, adoption?.fields ?? own, others)
  }
  return { pair, resource, live, payload, entries, own, adoption, ignored, mask: maskFor(declared, options.secretKey) }
}

/** Compares by a dry run, again from the start when the object changed since it was listed. */
async function ask(cluster: Cluster, first: Subject, rules: IgnoreRules, options: CompareOptions): Promise<Comparison> {
  let subject = first
  for (let attempt = 1; ; attempt++) {
    if (subject.live.apiVersion !== subject.payload.apiVersion) {
      const read = await current(cluster, subject, rules, options)
      if (read === undefined) return { ...nothing(withoutLive(subject.pair), subject.payload), verdict: 'create' }
      subject = read
    }
    let predicted: KubernetesObject
    try {
      predicted = await cluster.apply(subject.payload, { dryRun: true, force: true })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return refused(subject, error, options)
    }
    if (versionOf(predicted) === versionOf(subject.live) || attempt === ATTEMPTS)
      return answer(cluster, subject, predicted, options)
    const read = await current(cluster, subject, rules, options)
    if (read === undefined) return { ...nothing(withoutLive(subject.pair), subject.payload), verdict: 'create' }
    subject = read
  }
}

/** The same subject with the object as it lives now; undefined when it is gone. */
async function current(
  cluster: Cluster,
  subject: Subject,
  rules: IgnoreRules,
  options: CompareOptions
): Promise<Subject | undefined> {
  const { apiVersion, kind } = subject.payload
  const namespace = namespaceOf(subject.live)
  const live = await cluster.get({
    apiVersion,
    kind,
    name: subject.live.metadata.name,
    ...(namespace === undefined ? {} : { namespace })
  })
  return live && examine({ manifest: subject.pair.manifest, live }, subject.resource, rules, options)
}

function versionOf(object: KubernetesObject): string | undefined {
  return asString(object.metadata['resourceVersion'])
}

async function answer(
  cluster: Cluster,
  subject: Subject,
  predicted: KubernetesObject,
  options: CompareOptions
): Promise<Comparison> {
  const after = ownEntry(managedEntries(predicted))?.fields ?? NO_FIELDS
  const fresh = subject.adoption ? await asCreated(cluster, subject.payload) : undefined
  const judgement = judgeSubject(subject, predicted, after, fresh, options)
  return { ...verdictOf(subject, judgement, after, options), predicted }
}

function judgeSubject(
  subject: Subject,
  predicted: KubernetesObject,
  after: Fields,
  fresh: KubernetesObject | undefined,
  options: CompareOptions
): Judgement {
  const { payload, live, entries, own, ignored, mask, adoption } = subject
  const before = adoption?.fields ?? own
  return judge({
    purpose: options.purpose,
    payload,
    live,
    predicted,
    entries,
    before,
    after,
    ignored,
    mask,
    adoption,
    fresh
  })
}

function verdictOf(subject: Subject, judgement: Judgement, after: Fields, options: CompareOptions): Comparison {
  const { fields, reclaim, conflicts, released } = judgement
  const base = unchanged(subject, after, options)
  if (fields.length > 0) return { ...base, verdict: 'update', fields, reclaim, conflicts }
  if (reclaim.length > 0) return { ...base, reclaim }
  // Nobody did that: it comes from the declaration, and settles by applying it once.
  if (released.length > 0 && options.purpose === 'deploy')
    return { ...base, verdict: 'update', reason: `gives up the ownership of ${list(released)}, whose values stay` }
  return base
}

function unchanged(subject: Subject, owned: Fields, options: CompareOptions): Comparison {
  return {
    ...nothing(subject.pair, subject.payload),
    live: subject.live,
    verdict: 'unchanged',
    ...(subject.adoption ? { adoption: subject.adoption } : {}),
    ...foreignOf(subject, owned, options)
  }
}

function foreignOf(
  subject: Subject,
  owned: Fields,
  options: CompareOptions
): Pick<Comparison, 'foreign'> & Partial<Pick<Comparison, 'recognised'>> {
  if (options.purpose !== 'drift' || options.foreignFields === 'ignore') return { foreign: [] }
  const { payload, live, entries, ignored, mask, adoption } = subject
  const { fields, recognised } = foreignFields(
    payload,
    live,
    owned,
    entries.filter((entry) => !adoption?.from.includes(entry.manager)),
    {
      mask,
      ignores: (path, manager) =>
        ignored !== undefined &&
        (ignored.covers(path, live) || ignored.entries.some((entry) => entry.manager === manager))
    }
  )
  return recognised.length > 0 ? { foreign: fields, recognised } : { foreign: fields }
}

/** What the API server refuses to answer. */
function refused(subject: Subject, error: ApiError, options: CompareOptions): Comparison {
  const refusal = refusalOf(error)
  const base = unchanged(subject, subject.own, options)
  if (refusal.type === 'other')
    return { ...base, verdict: 'error', error: redactedError(subject.pair.manifest.object, error) }
  const others = subject.entries.filter((entry) => entry.fields !== subject.own).map((entry) => entry.fields)
  const local = applyLocally(subject.payload, subject.live, subject.own, others)
  const judgement = judgeSubject(subject, local.object, local.fields, undefined, options)
  if (refusal.type === 'immutable')
    return {
      ...base,
      verdict: 'replace',
      fields: judgement.fields,
      conflicts: judgement.conflicts,
      reason: refusal.reason
    }
  return {
    ...verdictOf(subject, judgement, local.fields, options),
    reason: `compared without the API server, because ${refusal.reason}`
  }
}

/**
 * The object as the API server would create it under a name that does not exist: the declaration with all defaults.
 * Undefined where that cannot be had (names with a meaning, ports that are taken).
 */
async function asCreated(cluster: Cluster, payload: KubernetesObject): Promise<KubernetesObject | undefined> {
  const name = `adoption-${randomBytes(6).toString('hex')}`
  try {
    return await cluster.apply({ ...payload, metadata: { ...payload.metadata, name } }, { dryRun: true, force: true })
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

function nothing(pair: Pair, payload: KubernetesObject): Comparison {
  return { ...pair, payload, verdict: 'unchanged', fields: [], foreign: [], reclaim: [], conflicts: [] }
}

function withoutLive({ manifest }: Pair): Pair {
  return { manifest }
}

function unknownKind(pair: Pair): Comparison {
  const { object } = pair.manifest
  return {
    ...nothing(pair, object),
    verdict: 'error',
    error: new GitOpsError(`${objectId(object)}: the API server knows no ${object.kind} in ${object.apiVersion}.`, {
      hint: 'Install the CustomResourceDefinition that defines it, or check the spelling of apiVersion and kind.'
    })
  }
}

async function resourceTypes(cluster: Cluster, pairs: readonly Pair[]): Promise<Map<string, ApiResource>> {
  const types = new Map<string, ApiResource>()
  const missing = new Set<string>()
  for (const { manifest } of pairs) {
    const key = typeKey(manifest.object)
    if (types.has(key) || missing.has(key)) continue
    const resource = await cluster.resourceFor(manifest.object.apiVersion, manifest.object.kind)
    if (resource) types.set(key, resource)
    else missing.add(key)
  }
  return types
}

function typeKey(object: KubernetesObject): string {
  return `${object.apiVersion}/${object.kind}`
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(', ')
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more fields` : shown
}
