import { asString } from '../../../json.ts'
import { type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import { explainForbidden, type Forbidden } from '../client/explain.ts'
import { ApiError, type Cluster } from '../cluster.ts'
import type { Fields } from '../ownership/index.ts'
import type { CompareOptions, Comparison } from './comparison.ts'
import { type Displaced, displace, displacedConflicts } from './displace.ts'
import type { IgnoreRules } from './ignore.ts'
import { type Judgement, judge } from './judge.ts'
import { type Answer, applyHere, predict, predictAdopted } from './predict.ts'
import { refusalOf } from './refusal.ts'
import { redactedError } from './secrets.ts'
import { additionsTo, examine, nothing, type Subject, unchanged } from './subject.ts'
import { hidesAdditions, withUnrecorded } from './unrecorded.ts'

/** For a declaration that the API server does not take, whoever of the fields' writers is to blame. */
const INVALID_HINT =
  ' (what others wrote into the object may not go with what is declared: take it out by hand, or correct the declaration)'

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
      const displaced = await tryDisplacing(cluster, subject, error)
      if (displaced === 'changed' && attempt < ATTEMPTS) continue
      const comparison = displaced && displaced !== 'changed' ? displacing(displaced, error, options) : undefined
      return comparison ?? refused(subject, error, options)
    }
    if (versionOf(answer.predicted) !== versionOf(subject.live) && attempt < ATTEMPTS) continue
    const verdict = verdictOf(subject, judgeSubject(subject, answer, options), answer.owned, options)
    const comparison = { ...verdict, predicted: answer.predicted }
    return hidesAdditions(subject, options) ? withUnrecorded(cluster, subject, comparison, options) : comparison
  }
}

/** The object without what others put in the place of declared fields, if that is why the API server refused it. */
async function tryDisplacing(
  cluster: Cluster,
  subject: Subject,
  refusal: ApiError
): Promise<Displaced | 'changed' | undefined> {
  if (refusal.code !== 422 || refusalOf(refusal).type !== 'other') return undefined
  try {
    return await displace(cluster, subject)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // Roles may allow to apply but not to update; then what was refused first is what there is to say.
    return error.code === 409 ? 'changed' : undefined
  }
}

/** Undefined where all that is declared is there, and only what others added beside it is refused. */
function displacing(displaced: Displaced, raw: ApiError, options: CompareOptions): Comparison | undefined {
  const { subject, answer, fields, displacement } = displaced
  const judgement = judgeSubject(subject, answer, options)
  const gone = fields.map((field) => field.path)
  const isGone = (path: string) =>
    gone.some((one) => path === one || path.startsWith(`${one}.`) || one.startsWith(path))
  if (judgement.fields.every(({ path, before }) => before.type !== 'absent' && isGone(path))) return undefined
  const verdict = verdictOf(subject, judgement, answer.owned, options)
  const error = redacted(subject, raw)
  return {
    ...verdict,
    conflicts: [...verdict.conflicts, ...displacedConflicts(displaced)],
    predicted: answer.predicted,
    displacement,
    reason: `${list(gone)} ${gone.length === 1 ? 'has' : 'have'} to go, because the API server does not take what is declared beside ${gone.length === 1 ? 'it' : 'them'}: ${error.message}`
  }
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
  const error = redacted(subject, raw)
  const refusal = refusalOf(error)
  const base = unchanged(subject, subject.own, options)
  // A check needs no right to write: what may only be read is compared as far as that goes.
  const forbidden = options.purpose === 'drift' ? explainForbidden(error) : undefined
  const { object, fields } = applyHere(subject)
  // A declaration that is invalid by itself is an error; beside what others added, either may be to blame.
  const beside = options.purpose === 'drift' && error.code === 422 && refusal.type === 'other'
  const invalid = beside && additionsTo(subject, fields).fields.length > 0
  if (refusal.type === 'other' && !forbidden && !invalid) return { ...base, verdict: 'error', error }
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
    reason: `compared without the API server, because ${forbidden ? mayNot(forbidden) : refusal.type === 'other' ? `${error.message}${INVALID_HINT}` : refusal.reason}`,
    ...(forbidden || invalid ? { readOnly: true } : {})
  }
}

function redacted(subject: Subject, error: ApiError): ApiError {
  return redactedError(subject.live, redactedError(subject.pair.manifest.object, error))
}

function mayNot({ user, verb, resource, group, namespace }: Forbidden): string {
  const type = group === '' ? resource : `${resource}.${group}`
  return `the user "${user}" may not ${verb} ${type}${namespace === undefined ? '' : ` in the namespace "${namespace}"`}`
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(', ')
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more fields` : shown
}
