import { mapConcurrent } from '../../../concurrency.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import type { Cluster } from '../cluster.ts'
import { type AssessOptions, assessHealth } from './assess.ts'
import { type EventLine, eventLines, eventsAbout, subjectsOf } from './events.ts'
import { type Family, familyOf } from './family.ts'
import { createdAt } from './related.ts'
import {
  type ContainerState,
  CREATE_PROBLEMS,
  containersOf,
  describeContainer,
  failureOf,
  IMAGE_PROBLEMS
} from './rules/pods.ts'
import { refusalOf } from './rules/workloads.ts'
import { clause, conditionOf, nameOf, stringAt } from './status.ts'
import { safeLine, safeLines } from './text.ts'

export interface Diagnosis {
  /** `Deployment shop/web: pod web-6d9f-x2k: container web exited with code 1 (CrashLoopBackOff, 3 restarts)`. */
  readonly message: string
  /** Warning events of the object, its ReplicaSets and pods, equal ones counted, newest last. */
  readonly events: string[]
  /** Last log lines of the container that the message is about. */
  readonly logs: string[]
  /** Whether it has failed, rather than not being ready yet. */
  readonly failing: boolean
}

export interface DiagnoseOptions {
  readonly now?: Date
  /** Values that must not be shown, for example of Secrets: masked in messages, events and logs. */
  readonly redact?: readonly string[]
  /** Default: 20. */
  readonly logLines?: number
  /** How the health of the object itself is judged. Default: our own rules. */
  readonly assess?: AssessOptions
}

/**
 * Why an object is not healthy, told so that nobody has to open the cluster: its worst pod, the container, how it
 * ended, its last log lines, the warning events. Never fails: what cannot be read is left out.
 */
export async function diagnose(
  cluster: Cluster,
  object: KubernetesObject,
  options: DiagnoseOptions = {}
): Promise<Diagnosis> {
  const now = options.now ?? new Date()
  const redact = options.redact ?? []
  const family = await familyOf(cluster, object)
  const namespace = stringAt(object, 'metadata', 'namespace')
  const events = await eventsAbout(cluster, namespace, subjectsOf([object, ...family.between, ...family.pods]))
  const suspects = family.pods
    .map((pod) => suspicionOf(pod, now))
    .filter((one) => one !== undefined)
    .sort((a, b) => b.weight - a.weight || createdAt(b.pod) - createdAt(a.pod))
  const [worst] = suspects
  const logs = worst ? await logsOf(cluster, worst, options.logLines ?? 20) : ''
  return {
    message: safeLine(
      `${nameOf(object)}: ${reasonFor(object, family, suspects, events, { ...options.assess, now })}`,
      redact
    ),
    events: eventLines(events).map((line) => safeLine(line, redact)),
    logs: safeLines(logs, redact).slice(-(options.logLines ?? 20)),
    failing: (worst?.weight ?? 0) >= FAILING
  }
}

/** Diagnoses of several objects, a few at a time. */
export async function diagnoseAll(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  options: DiagnoseOptions = {}
): Promise<Diagnosis[]> {
  return mapConcurrent(objects, 4, (object) => diagnose(cluster, object, options))
}

/** A pod that is part of the problem, and how likely it is the one to look at. */
interface Suspect {
  readonly pod: KubernetesObject
  readonly weight: number
  readonly why: string
  readonly container: ContainerState | undefined
}

/** The weight from which on a pod has failed; below, it may just not be ready yet. */
const FAILING = 50

function suspicionOf(pod: KubernetesObject, now: Date): Suspect | undefined {
  const containers = containersOf(pod)
  const worst = containers
    .map((container) => ({ container, weight: weightOf(container) }))
    .sort((a, b) => b.weight - a.weight)[0]
  if (stringAt(pod, 'status', 'phase') === 'Failed')
    return { pod, weight: 90, why: failureOf(pod, containers), container: worst?.container }
  const health = assessHealth(pod, { now })
  if (!health || health.status === 'Healthy') return undefined
  if (worst && worst.weight > 0)
    return { pod, weight: worst.weight, why: describeContainer(worst.container), container: worst.container }
  const unscheduled = conditionOf(pod, 'PodScheduled')?.status === 'False'
  return { pod, weight: unscheduled ? FAILING : 5, why: lowerFirst(health.message), container: undefined }
}

/** A container that has failed says more than one that only waits for it. */
function weightOf(container: ContainerState): number {
  const reason = container.waiting?.reason ?? ''
  const failed = (container.ended?.exitCode ?? 0) !== 0 || (container.lastEnded?.exitCode ?? 0) !== 0
  if (reason === 'CrashLoopBackOff') return 100
  if (container.ended !== undefined && container.ended.exitCode !== 0) return 95
  if (IMAGE_PROBLEMS.has(reason)) return 80
  if (CREATE_PROBLEMS.has(reason)) return 80
  if (failed && !container.ready) return 60
  if (container.waiting) return reason === '' || reason === 'PodInitializing' ? 1 : 10
  if (container.ready || container.ended?.exitCode === 0) return 0
  return 20
}

function reasonFor(
  object: KubernetesObject,
  family: Family,
  suspects: readonly Suspect[],
  events: readonly EventLine[],
  assess: AssessOptions
): string {
  const [worst] = suspects
  const refused = [object, ...family.between].map(refusalOf).find((text) => text !== undefined)
  const refusal = refused ?? refusalEvent(object, events)
  if (worst && (worst.weight >= FAILING || refusal === undefined)) {
    const others = suspects.filter((one) => one !== worst && one.weight >= worst.weight).length
    const alike = others > 0 ? ` (and ${others} more pod${others === 1 ? '' : 's'})` : ''
    const said = worst.weight < FAILING ? probeMessage(worst, events) : ''
    const who = worst.pod === object ? '' : `pod ${worst.pod.metadata.name}: `
    return `${who}${worst.why}${said}${alike}`
  }
  if (refusal !== undefined) return `its pods are refused: ${refusal}`
  const health = assessHealth(object, assess)
  const last = events.at(-1)
  const told =
    last && !health?.message.includes(clause(last.message)) ? `; ${last.reason}: ${clause(last.message)}` : ''
  const message = health?.message ?? 'not healthy'
  return health?.status === 'Healthy' ? message : `${lowerFirst(message)}${told}`
}

/** What the probes or the volumes of a pod that only waits say, from its last warning. */
function probeMessage(suspect: Suspect, events: readonly EventLine[]): string {
  const last = events.findLast((event) => event.object.name === suspect.pod.metadata.name)
  return last && last.reason !== 'BackOff' ? `: ${clause(last.message)}` : ''
}

/** StatefulSets, DaemonSets and Jobs tell that their pods are refused by events only. */
function refusalEvent(object: KubernetesObject, events: readonly EventLine[]): string | undefined {
  const refusal = events.findLast(
    (event) => event.reason === 'FailedCreate' && event.object.name === object.metadata.name
  )
  return refusal && clause(refusal.message)
}

/** The log of the container in question; of its last run where the present one has nothing to say yet. */
async function logsOf(cluster: Cluster, suspect: Suspect, tailLines: number): Promise<string> {
  const { pod, container } = suspect
  const hasRun = container && (container.running || container.ended || container.lastEnded)
  if (!container || !hasRun) return ''
  const place = { namespace: stringAt(pod, 'metadata', 'namespace'), name: pod.metadata.name }
  const read = (previous: boolean) =>
    cluster.logs(place, { container: container.name, previous, tailLines }).catch(() => '')
  const isBetweenRuns = container.waiting !== undefined || (container.running && container.lastEnded !== undefined)
  if (!isBetweenRuns) return read(false)
  return (await read(true)) || (await read(false))
}

function lowerFirst(text: string): string {
  // Names and abbreviations keep their capitals.
  return /^[A-Z][a-z' ]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text
}
