import { asList, asObject, asString, at, type Json, type JsonObject } from '../../../../json.ts'
import type { HealthStatus } from '../../../target.ts'
import {
  asInteger,
  type Condition,
  clause,
  conditionsIn,
  conditionsOf,
  type Health,
  healthy,
  progressing,
  reasonOf,
  stringAt,
  suspended
} from '../status.ts'
import { countFindings, partFindings, problemFindings, wordFindings } from './fields.ts'
import { toneOf } from './words.ts'

/** Conditions that sum an object up, most telling first. */
export const SUMMARIES = ['Ready', 'Available', 'Healthy', 'Succeeded', 'Complete', 'Completed', 'Synced']

/** Conditions that are bad news when they are met. */
const BAD_NEWS =
  /^(Failed|Failure|Error|Errored|ErrorOccurred|Degraded|Stalled|Invalid|InvalidSpec|Unhealthy|NotReady|Rejected|Crashed)$/
const BAD_NEWS_ENDING =
  /(Failed|Failure|Error|Degraded|Unhealthy|Rejected|Denied|Expired|Unreachable)$|^(Invalid|Failed)[A-Z]/

/** Conditions that tell of work under way when they are met. */
const WORK =
  /^(Progressing|Reconciling|Synchronizing|Updating|Upgrading|Creating|Issuing|Deploying|Installing|Provisioning|Pending)$/

/** Conditions that tell of a pause that somebody has declared when they are met. */
const PAUSE = /(Paused|Suspended|Hibernated)$/

/** Conditions whose name says that all is well when they are met. */
const GOOD_NEWS =
  /(Ready|Available|Healthy|Succeeded|Success|Completed?|Synced|Synchronized|Accepted|Valid|Validated|Applied|Deployed|Established|Resolved|ResolvedRefs|Programmed|Installed|Configured|Provisioned|Reconciled|Advertised|Registered|Created|Bound|Initialized|UpToDate)$|^(Active|Admitted)$/

/**
 * The health of a custom resource of any vendor, from what the Kubernetes API conventions and common practice say:
 * `spec.suspend`, the generation that the controller has seen, conditions, a phase or state word, replica counts. An
 * object that shows none of them is taken to be healthy, as kstatus does.
 */
export function customResourceHealth(object: JsonObject): Health {
  return reportedHealth(object) ?? healthy('Accepted; it reports no status that says otherwise')
}

/** As `customResourceHealth`; undefined where the object shows nothing of all that. */
export function reportedHealth(object: JsonObject): Health | undefined {
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
  return worst(findings) ?? worst(partFindings(object))
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
export interface Finding extends Health {
  readonly summary?: boolean
  /** It explains why the object is not ready. */
  readonly pause?: boolean
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
  const pause = findings.find((finding) => finding.pause === true)
  if (pause && !counted.some((finding) => finding.status === 'Degraded'))
    return { status: pause.status, message: pause.message }
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
    } else if (PAUSE.test(type)) {
      if (status === 'True') findings.push({ ...suspended(sentence(condition)), pause: true })
    } else if (WORK.test(type)) {
      if (status === 'True' && summary.length === 0 && condition.reason !== 'NewReplicaSetAvailable')
        findings.push(progressing(sentence(condition)))
      else if (
        condition.reason === 'ProgressDeadlineExceeded' ||
        (status === 'False' && summary.length === 0 && toneOf(condition.reason, '') === 'failure')
      )
        findings.push({ status: 'Degraded', message: sentence(condition) })
    } else if (summary.includes(condition))
      findings.push({ ...(causeOf(condition, conditions) ?? judged(condition)), summary: true })
    else if (summary.length === 0 && GOOD_NEWS.test(type)) findings.push(judged(condition))
  }
  return findings
}

/**
 * A summary that is not met and says no why leaves that to the conditions it sums up: the failure among them, or
 * undefined.
 */
function causeOf(summary: Condition, conditions: readonly Condition[]): Health | undefined {
  if (summary.status !== 'False' || reasonOf(summary) !== '') return undefined
  const failed = conditions.find(
    (one) =>
      one.status === 'False' &&
      !SUMMARIES.includes(one.type) &&
      ![BAD_NEWS, BAD_NEWS_ENDING, WORK].some((pattern) => pattern.test(one.type)) &&
      judged(one).status === 'Degraded'
  )
  return failed && { status: 'Degraded', message: `${sentence(summary)}: ${sentence(failed)}` }
}

/** Gateway API and its policies keep conditions per parent or ancestor (GEP-713). */
function nestedFindings(object: JsonObject): Finding[] {
  return ['parents', 'ancestors'].flatMap((field) => {
    const entries = asList(at(object, 'status', field)) ?? []
    // One that has judged the latest change speaks for the object; another may be of a parent that is no longer named.
    const current = entries.filter((entry) => !isOutdated(object, entry))
    return (current.length > 0 ? current : entries).flatMap((entry) => {
      const reference = asObject(at(entry, 'parentRef')) ?? asObject(at(entry, 'ancestorRef'))
      const name = stringAt(reference, 'name')
      const conditions = conditionsIn(at(entry, 'conditions'))
      if (conditions.length === 0) return [progressing(`${name || 'A parent'} has not judged it yet`)]
      if (isOutdated(object, entry)) return [progressing(`${name || 'A parent'} has not judged the latest change yet`)]
      return conditions
        .filter((condition) => GOOD_NEWS.test(condition.type))
        .map((condition) => ({ ...judged(condition), message: `${name}: ${sentence(condition)}` }))
    })
  })
}

/** Whether all that an entry of `parents` or `ancestors` says is about an older generation of the object. */
export function isOutdated(object: JsonObject, entry: Json): boolean {
  const generation = asInteger(at(object, 'metadata', 'generation'))
  const observed = conditionsIn(at(entry, 'conditions')).flatMap((one) => one.observedGeneration ?? [])
  return generation !== undefined && observed.length > 0 && Math.max(...observed) < generation
}

/** The verdict of a condition that is good news when it is met. */
export function judged(condition: Condition): Health {
  const message = sentence(condition)
  if (condition.status === 'True') return healthy(message)
  const tone = toneOf(condition.reason, condition.message)
  if (tone === 'paused') return suspended(message)
  if (condition.status === 'False' && condition.severity === 'Error') return { status: 'Degraded', message }
  // What is of a lower severity is tried again, or waits for something else.
  if (condition.severity === 'Warning' || condition.severity === 'Info') return progressing(message)
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
