import { asList, asObject, asString, at, type JsonObject } from '../../../../json.ts'
import type { HealthStatus } from '../../../target.ts'
import {
  asInteger,
  type Condition,
  clause,
  conditionsIn,
  conditionsOf,
  every,
  type Health,
  healthy,
  progressing,
  reasonOf,
  share,
  stringAt,
  suspended
} from '../status.ts'
import { meaningOf, toneOf } from './words.ts'

/** Conditions that sum an object up, most telling first. */
const SUMMARIES = ['Ready', 'Available', 'Healthy', 'Succeeded', 'Complete', 'Completed', 'Synced']

/** Conditions that are bad news when they are met. */
const BAD_NEWS =
  /^(Failed|Failure|Error|Errored|ErrorOccurred|Degraded|Stalled|Invalid|InvalidSpec|Unhealthy|NotReady|Rejected|Crashed)$/
const BAD_NEWS_ENDING =
  /(Failed|Failure|Error|Degraded|Unhealthy|Rejected|Denied|Expired|Unreachable)$|^(Invalid|Failed)[A-Z]/

/** Conditions that tell of work under way when they are met. */
const WORK = /^(Progressing|Reconciling|Updating|Upgrading|Creating|Issuing|Deploying|Installing|Provisioning|Pending)$/

/** Conditions whose name says that all is well when they are met. */
const GOOD_NEWS =
  /(Ready|Available|Healthy|Succeeded|Success|Completed?|Synced|Synchronized|Accepted|Valid|Validated|Applied|Deployed|Established|Resolved|ResolvedRefs|Programmed|Installed|Configured|Provisioned|Reconciled|Advertised|Registered|Created|Bound|Initialized|UpToDate)$/

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
  'printableStatus'
]

/**
 * The health of a custom resource of any vendor, from what the Kubernetes API conventions and common practice say:
 * `spec.suspend`, the generation that the controller has seen, conditions, a phase or state word, replica counts. An
 * object that shows none of them is taken to be healthy, as kstatus does.
 */
export function customResourceHealth(object: JsonObject): Health {
  for (const field of ['suspend', 'suspended', 'paused', 'pause'])
    if (at(object, 'spec', field) === true) return suspended(`Suspended (spec.${field} is true)`)
  const stale = staleGeneration(object)
  if (stale) return stale
  const findings = [
    ...conditionFindings(object, conditionsOf(object)),
    ...nestedFindings(object),
    ...wordFindings(object),
    ...problemFindings(object),
    ...countFindings(object)
  ]
  return worst(findings) ?? healthy('Accepted; it reports no status that says otherwise')
}

/** A controller that reports the generation it has seen, and has not seen the latest. */
export function staleGeneration(object: JsonObject): Health | undefined {
  const generation = asInteger(at(object, 'metadata', 'generation'))
  const field = at(object, 'status', 'observedGeneration')
  const observed = asInteger(field) ?? (/^\d{1,9}$/.test(asString(field) ?? '') ? Number(field) : undefined)
  if (generation === undefined || observed === undefined || observed >= generation) return undefined
  return progressing('Its controller has not seen the latest change yet')
}

/** A finding, and whether it is the object's own verdict on itself (a summary condition). */
interface Finding extends Health {
  readonly summary?: boolean
}

const SEVERITY: Readonly<Record<HealthStatus, number>> = {
  Degraded: 5,
  Missing: 4,
  Unknown: 3,
  Progressing: 2,
  Suspended: 1,
  Healthy: 0
}

/** The worst finding; but an object that calls itself ready is not in progress because of an old-style phase word. */
function worst(findings: readonly Finding[]): Health | undefined {
  const ready = findings.some((finding) => finding.summary === true && finding.status === 'Healthy')
  const counted = ready ? findings.filter((one) => one.summary === true || one.status !== 'Progressing') : findings
  const [first] = [...counted].sort((a, b) => SEVERITY[b.status] - SEVERITY[a.status])
  return first && { status: first.status, message: first.message }
}

/** What a list of conditions says. Also for lists that stand elsewhere than in `status.conditions`. */
export function conditionFindings(object: JsonObject, conditions: readonly Condition[]): Finding[] {
  const generation = asInteger(at(object, 'metadata', 'generation'))
  const findings: Finding[] = []
  const summary = SUMMARIES.map((type) => conditions.find((one) => one.type === type)).filter(
    (one) => one !== undefined
  )
  const isReady = summary.some((one) => one.type === 'Ready' && one.status === 'True')
  for (const condition of conditions) {
    const { type, status } = condition
    if (generation !== undefined && (condition.observedGeneration ?? generation) < generation)
      findings.push(progressing(`Its controller has not seen the latest change yet (condition ${type})`))
    else if (BAD_NEWS.test(type) || (BAD_NEWS_ENDING.test(type) && !isReady)) {
      if (status === 'True') findings.push({ status: 'Degraded', message: sentence(condition) })
    } else if (WORK.test(type)) {
      if (status === 'True' && summary.length === 0 && condition.reason !== 'NewReplicaSetAvailable')
        findings.push(progressing(sentence(condition)))
      else if (condition.reason === 'ProgressDeadlineExceeded')
        findings.push({ status: 'Degraded', message: sentence(condition) })
    } else if (summary.includes(condition)) findings.push({ ...judged(condition), summary: true })
    else if (summary.length === 0 && GOOD_NEWS.test(type)) findings.push(judged(condition))
  }
  return findings
}

/** Gateway API and its policies keep conditions per parent or ancestor (GEP-713). */
function nestedFindings(object: JsonObject): Finding[] {
  return ['parents', 'ancestors'].flatMap((field) =>
    (asList(at(object, 'status', field)) ?? []).flatMap((entry) => {
      const reference = asObject(at(entry, 'parentRef')) ?? asObject(at(entry, 'ancestorRef'))
      const name = stringAt(reference, 'name')
      const conditions = conditionsIn(at(entry, 'conditions'))
      if (conditions.length === 0) return [progressing(`${name || 'A parent'} has not judged it yet`)]
      return conditions
        .filter((condition) => GOOD_NEWS.test(condition.type))
        .map((condition) => ({ ...judged(condition), message: `${name}: ${sentence(condition)}` }))
    })
  )
}

function wordFindings(object: JsonObject): Finding[] {
  const findings: Finding[] = []
  for (const field of WORD_FIELDS) {
    const value = at(object, 'status', field)
    const word = asString(value) ?? asString(at(value, 'status')) ?? asString(at(value, 'state'))
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

/** Fields that hold text only while something is wrong; a summary condition that is met outweighs what was left behind. */
function problemFindings(object: JsonObject): Finding[] {
  if (conditionsOf(object).some((one) => SUMMARIES.includes(one.type) && one.status === 'True')) return []
  return ['failureMessage', 'failureReason', 'errorMessage', 'errMsg', 'error', 'lastError'].flatMap((field) => {
    const value = at(object, 'status', field)
    const text = asString(value) ?? asString(at(value, 'message'))
    return text ? [{ status: 'Degraded' as const, message: clause(text) }] : []
  })
}

/** Replicas as in the scale subresource, for what looks like a workload. */
function countFindings(object: JsonObject): Finding[] {
  const declared = asInteger(at(object, 'spec', 'replicas'))
  if (declared === undefined) return []
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

/** The verdict of a condition that is good news when it is met. */
export function judged(condition: Condition): Health {
  const message = sentence(condition)
  if (condition.status === 'True') return healthy(message)
  const tone = toneOf(condition.reason, condition.message)
  if (tone === 'paused') return suspended(message)
  if (condition.status === 'False' && tone === 'failure') return { status: 'Degraded', message }
  return progressing(message)
}

/** `Not Ready (CreateFailed): quota exceeded`. */
export function sentence(condition: Condition): string {
  const { type, status, reason, message } = condition
  const why = reasonOf(condition)
  const met = status === 'True' ? type : status === 'False' ? `Not ${type}` : `${type} is ${status || 'not known'}`
  if (why === '') return met
  return message !== '' && reason !== '' && status !== 'True' ? `${met} (${clause(reason)}): ${why}` : `${met}: ${why}`
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}
