import { asString } from '../../../json.ts'
import { type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import { explainForbidden, type Forbidden } from '../client/explain.ts'
import { objectPath } from '../client/paths.ts'
import { ApiError, type Cluster, FIELD_MANAGER } from '../cluster.ts'
import { type Fields, managedEntries, NO_FIELDS, ownEntry } from '../ownership/index.ts'
import type { CompareOptions, Comparison } from './comparison.ts'
import type { IgnoreRules } from './ignore.ts'
import { type Judgement, judge } from './judge.ts'
import { applyLocally } from './local.ts'
import { refusalOf } from './refusal.ts'
import { redactedError } from './secrets.ts'
import { examine, nothing, type Subject, unchanged } from './subject.ts'

/** How often a comparison starts again because the object changes while it is compared. */
const ATTEMPTS = 4

/**
 * Compares one object by asking the API server what applying would make of it; again from the start when the object
 * has changed since it was listed.
 */
export async function ask(
  cluster: Cluster,
  first: Subject,
  rules: IgnoreRules,
  options: CompareOptions
): Promise<Comparison> {
  let subject = first
  for (let attempt = 1; ; attempt++) {
    if (attempt > 1 || subject.live.apiVersion !== subject.payload.apiVersion) {
      const current = await read(cluster, subject, rules, options)
      if (current === undefined) {
        const { manifest } = subject.pair
        return { ...nothing({ manifest }, subject.payload), verdict: 'create' }
      }
      subject = current
    }
    let answer: Answer
    try {
      answer = await (subject.adoption ? predictAdopted(cluster, subject) : predict(cluster, subject))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // Only the write under a precondition tells that way that the object has changed.
      if (error.code === 409 && subject.adoption && attempt < ATTEMPTS) continue
      return refused(subject, error, options)
    }
    if (versionOf(answer.predicted) !== versionOf(subject.live) && attempt < ATTEMPTS) continue
    const verdict = verdictOf(subject, judgeSubject(subject, answer, options), answer.owned, options)
    return { ...verdict, predicted: answer.predicted }
  }
}

interface Answer {
  readonly predicted: KubernetesObject
  /** What we would own. */
  readonly owned: Fields
}

/** Dry runs force: who would be overruled is read from the live object. */
async function predict(cluster: Cluster, { payload }: Subject): Promise<Answer> {
  const predicted = await cluster.apply(payload, { dryRun: true, force: true })
  return { predicted, owned: ownEntry(managedEntries(predicted))?.fields ?? NO_FIELDS }
}

/**
 * Adoption is a write of its own before the apply, which no dry run of the apply can know. So the apply is done
 * locally on what adoption makes ours, and the API server is asked to complete and judge its result.
 */
async function predictAdopted(cluster: Cluster, subject: Subject): Promise<Answer> {
  const { object, fields } = applyHere(subject)
  const path = objectPath(subject.resource, object.metadata.name, namespaceOf(object))
  try {
    const predicted = await cluster.request('PUT', `${path}?dryRun=All&fieldManager=${FIELD_MANAGER}`, object)
    return { predicted: { ...object, ...predicted }, owned: fields }
  } catch (error) {
    if (!(error instanceof ApiError) || error.code === 409 || refusalOf(error).type !== 'other') throw error
    // Roles may allow to apply but not to update, and what was merged locally may be wrong: the apply alone still
    // shows what the declaration changes, if not what goes with the other tool's ownership.
    return await predict(cluster, subject)
  }
}

function applyHere({ payload, live, own, others }: Subject): ReturnType<typeof applyLocally> {
  return applyLocally(
    payload,
    live,
    own,
    others.map((entry) => entry.fields)
  )
}

/** The same subject with the object as it lives now; undefined when it is gone. */
async function read(
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

function judgeSubject(subject: Subject, answer: Answer, options: CompareOptions): Judgement {
  const { payload, live, entries, own, ignored, mask, adoption } = subject
  const { predicted, owned } = answer
  const { purpose } = options
  return judge({ purpose, payload, live, predicted, entries, before: own, after: owned, ignored, mask, adoption })
}

function verdictOf(subject: Subject, judgement: Judgement, owned: Fields, options: CompareOptions): Comparison {
  const { fields, reclaim, conflicts, released } = judgement
  const base = unchanged(subject, owned, options)
  if (fields.length > 0) return { ...base, verdict: 'update', fields, reclaim, conflicts }
  if (reclaim.length > 0) return { ...base, reclaim }
  // Nobody did that: it comes from the declaration, and settles by applying it once.
  if (released.length > 0 && options.purpose === 'deploy')
    return { ...base, verdict: 'update', reason: `gives up the ownership of ${list(released)}, whose values stay` }
  return base
}

/** What the API server refuses to answer is compared without it, as far as that goes. */
function refused(subject: Subject, raw: ApiError, options: CompareOptions): Comparison {
  const error = redactedError(subject.live, redactedError(subject.pair.manifest.object, raw))
  const refusal = refusalOf(error)
  const base = unchanged(subject, subject.own, options)
  // A check needs no right to write: what may only be read is compared as far as that goes.
  const forbidden = options.purpose === 'drift' ? explainForbidden(error) : undefined
  // What somebody put in the place of a declared field (one member of a union for another) is valid alone only.
  const invalid = options.purpose === 'drift' && error.code === 422 && refusal.type === 'other'
  if (refusal.type === 'other' && !forbidden && !invalid) return { ...base, verdict: 'error', error }
  const { object, fields } = applyHere(subject)
  const judgement = judgeSubject(subject, { predicted: object, owned: fields }, options)
  if (invalid && judgement.fields.length === 0) return { ...base, verdict: 'error', error }
  if (refusal.type === 'immutable')
    return {
      ...base,
      verdict: 'replace',
      fields: judgement.fields,
      conflicts: judgement.conflicts,
      reason: refusal.reason
    }
  return {
    ...verdictOf(subject, judgement, fields, options),
    reason: `compared without the API server, because ${forbidden ? mayNot(forbidden) : refusal.type === 'other' ? error.message : refusal.reason}`,
    ...(forbidden || invalid ? { readOnly: true } : {})
  }
}

function mayNot({ user, verb, resource, group, namespace }: Forbidden): string {
  const type = group === '' ? resource : `${resource}.${group}`
  return `the user "${user}" may not ${verb} ${type}${namespace === undefined ? '' : ` in the namespace "${namespace}"`}`
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(', ')
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more fields` : shown
}
