import { asObject, asString, at, type Json, type JsonObject } from '../../../../json.ts'
import { asInteger, clause, conditionsOf, every, healthy, progressing, share, stringAt } from '../status.ts'
import { type Finding, SUMMARIES } from './generic.ts'
import { meaningOf } from './words.ts'

/* What the fields of a status say beside its conditions. */

/** Fields of `status` that hold one word for the whole object. */
const WORD_FIELDS = [
  'phase',
  'state',
  'status',
  'health',
  'healthStatus',
  'currentState',
  'currentPhase',
  'currentStatus',
  'overallStatus',
  'printableStatus',
  'stage',
  'compliant',
  'compliance'
]

/** Fields of `status` that hold one word for a part of the object: `jobStatus`, `clusterState`, `installPhase`. */
const PART_FIELD = /[a-z](Status|State|Phase|Health|Result)(e?s)?$|^(statuses|states)$/

/** Parts that tell of another time than now, or of what is wanted. */
const OTHER_TIMES = /^(last|latest|previous|prior|old|next|initial|original|desired|target|expected|wanted)/i

/** The words and booleans that stand for the whole object. */
export function wordFindings(object: JsonObject): Finding[] {
  const findings: Finding[] = []
  for (const field of WORD_FIELDS) {
    const value = at(object, 'status', field)
    const word = wordIn(value)
    const meaning = word === undefined ? undefined : meaningOf(word)
    if (word === undefined || meaning === undefined) continue
    const why = clause(stringAt(object, 'status', 'message') || stringAt(object, 'status', 'reason'))
    findings.push({ status: meaning, message: `${capital(field)} is ${clause(word)}${why ? `: ${why}` : ''}` })
  }
  for (const field of ['ready', 'healthy']) {
    const value = at(object, 'status', field)
    if (value === true) findings.push(healthy(`It reports itself ${field}`))
    if (value === false) findings.push(progressing(`It reports itself not ${field}`))
  }
  return findings
}

/**
 * The words that stand for parts of the object, also where each part has an entry of its own. Good only where nothing
 * speaks for the whole: a part that failed need not be the object's failure.
 */
export function partFindings(object: JsonObject): Finding[] {
  const parts = Object.entries(asObject(object['status']) ?? {}).filter(
    ([field]) => PART_FIELD.test(field) && !OTHER_TIMES.test(field) && !WORD_FIELDS.includes(field)
  )
  return parts.flatMap(([field, value]) => {
    const own = wordIn(value)
    const entries = own === undefined ? Object.entries(asObject(value) ?? {}) : []
    const words: [string, string | undefined][] = [[field, own], ...entries.map(entryOf(field))]
    return words.flatMap(([name, word]) => {
      const status = word === undefined ? undefined : meaningOf(word)
      return word === undefined || status === undefined
        ? []
        : [{ status, message: `${capital(name)} is ${clause(word)}` }]
    })
  })
}

function entryOf(field: string): (entry: [string, Json | undefined]) => [string, string | undefined] {
  return ([key, value]) => [`${field}.${key}`, asObject(value) && wordIn(value)]
}

function wordIn(value: Json | undefined): string | undefined {
  return (
    asString(value) ?? asString(at(value, 'status')) ?? asString(at(value, 'state')) ?? asString(at(value, 'phase'))
  )
}

/** Fields that hold text only while something is wrong; a summary condition that is met outweighs what was left behind. */
export function problemFindings(object: JsonObject): Finding[] {
  if (conditionsOf(object).some((one) => SUMMARIES.includes(one.type) && one.status === 'True')) return []
  return ['failureMessage', 'failureReason', 'errorMessage', 'errMsg', 'error', 'lastError'].flatMap((field) => {
    const value = at(object, 'status', field)
    const text = asString(value) ?? asString(at(value, 'message'))
    return text ? [{ status: 'Degraded' as const, message: clause(text) }] : []
  })
}

/** Replicas as in the scale subresource, for what looks like a workload. */
export function countFindings(object: JsonObject): Finding[] {
  // Without a declared number, all that there are should be ready.
  const declared = asInteger(at(object, 'spec', 'replicas')) ?? asInteger(at(object, 'status', 'replicas'))
  if (declared === undefined) return []
  const updated = asInteger(at(object, 'status', 'updatedReplicas'))
  if (updated !== undefined && updated < declared)
    return [progressing(`${share(updated, declared, 'replica')} updated`)]
  for (const field of ['readyReplicas', 'availableReplicas']) {
    const number = asInteger(at(object, 'status', field))
    if (number === undefined) continue
    return [
      number < declared
        ? progressing(`${share(number, declared, 'replica')} ready`)
        : healthy(`${every(declared, 'replica')} ready`)
    ]
  }
  return []
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}
