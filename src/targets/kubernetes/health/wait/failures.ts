import { at, type JsonObject } from '../../../../json.ts'
import { groupOf, type KubernetesObject } from '../../../../render/manifest.ts'
import type { ObjectRef } from '../../cluster.ts'
import { assessHealth } from '../assess.ts'
import { isObserved, isPod, runsPods, uidOf } from '../related.ts'
import { jobHealth } from '../rules/jobs.ts'
import { refusalOf } from '../rules/workloads.ts'
import { conditionOf, type Health, integerAt } from '../status.ts'
import type { Inquiries } from './inquiries.ts'
import type { Patience } from './patience.ts'
import type { PodWatch } from './pods.ts'
import { PodJudge } from './trouble.ts'

/** Events from before the wait by more than this are those of an earlier rollout. */
const BEFORE_MS = 15_000

/** Why an object will not become healthy by waiting. */
export interface Lost {
  readonly message: string
  /** It still may, when other objects of the wait become healthy. */
  readonly mayPass: boolean
}

const lost = (message: string): Lost => ({ message, mayPass: false })

/** Finds out that an object will not become healthy by waiting. */
export class FailureFinder {
  readonly #patience: Patience
  readonly #started: number
  readonly #pods: PodWatch
  readonly #inquiries: Inquiries
  readonly #judge: PodJudge
  /** Since when an object without pods has been degraded, by UID. */
  readonly #degraded = new Map<string, number>()
  /** Since when a workload that is refused pods has stood still, by UID. */
  readonly #stalled = new Map<string, { readonly counts: string; readonly since: number }>()

  constructor(patience: Patience, started: number, pods: PodWatch, inquiries: Inquiries) {
    this.#patience = patience
    this.#started = started
    this.#pods = pods
    this.#inquiries = inquiries
    this.#judge = new PodJudge(started, patience)
  }

  /**
   * Why an object is lost; undefined while there is hope.
   * @param early also what could still mend, but hardly will (a crash loop): else only what is over for good
   */
  find(object: KubernetesObject, health: Health, now: number, early: boolean): Lost | undefined {
    const isFinal = (object.kind === 'Job' && groupOf(object) === 'batch') || isPod(object)
    if (isFinal && health.status === 'Degraded' && isOver(object)) return lost(health.message)
    // The state of pods is remembered from the start on, whether it is acted upon or not.
    const trouble = this.#podTrouble(object, now)
    if (!early || at(object, 'metadata', 'deletionTimestamp') != null) return undefined
    if (trouble !== undefined) return trouble
    const since = this.#degradedFor(object, health, now)
    if (!isObserved(object)) return undefined
    if (since > this.#patience.degradedMs) return { message: health.message, mayPass: true }
    if (object.kind === 'Deployment' && this.#isOverdue(object)) return lost(health.message)
    const refusal = this.#refusal(object, now)
    return refusal === undefined ? undefined : lost(refusal)
  }

  /** How long (milliseconds) an object without pods has been degraded without a break. */
  #degradedFor(object: KubernetesObject, health: Health, now: number): number {
    const uid = uidOf(object)
    if (health.status !== 'Degraded' || runsPods(object) || isPod(object)) {
      this.#degraded.delete(uid)
      return 0
    }
    const since = this.#degraded.get(uid) ?? now
    this.#degraded.set(uid, since)
    return now - since
  }

  /**
   * The rollout has exceeded its own deadline. Where that was before the wait, what was deployed meanwhile may have
   * removed the cause (a Secret, a quota): its pods tell.
   */
  #isOverdue(object: KubernetesObject): boolean {
    const rollout = conditionOf(object, 'Progressing')
    if (rollout?.reason !== 'ProgressDeadlineExceeded') return false
    return !this.#patience.secondChance || !(Date.parse(rollout.lastTransitionTime) < this.#started)
  }

  /** What holds the first of an object's pods up, for progress lines; undefined where no pod is known or all is well. */
  hint(object: KubernetesObject, now: number): string | undefined {
    if (!runsPods(object)) return undefined
    for (const pod of this.#pods.of(object)) {
      const health = assessHealth(pod, { now: new Date(now) })
      if (health && health.status !== 'Healthy') return `pod ${pod.metadata.name}: ${health.message}`
    }
    return undefined
  }

  #podTrouble(object: KubernetesObject, now: number): Lost | undefined {
    if (!isPod(object) && !runsPods(object)) return undefined
    const pods = isPod(object) ? [object] : this.#pods.of(object)
    let found: Lost | undefined
    for (const pod of pods) {
      const trouble = this.#judge.judge(pod, now, object.kind === 'Job')
      if (trouble === undefined) continue
      if (trouble.kind === 'unschedulable' && this.#inquiries.isScalingUpFor(pod) !== false) continue
      const message = isPod(object) ? trouble.message : `pod ${pod.metadata.name}: ${trouble.message}`
      if (!trouble.mayPass) return lost(message)
      found ??= { message, mayPass: true }
    }
    return found
  }

  /** Quota or admission keep pods from being made, and nothing has moved for a while. */
  #refusal(object: KubernetesObject, now: number): string | undefined {
    const gap = missingPods(object)
    if (gap === undefined || gap <= 0) {
      this.#stalled.delete(uidOf(object))
      return undefined
    }
    const counts = countsOf(object)
    const known = this.#stalled.get(uidOf(object))
    const stalled = known?.counts === counts ? known : { counts, since: now }
    this.#stalled.set(uidOf(object), stalled)
    if (now - stalled.since < this.#patience.refusalMs) return undefined
    const reason =
      object.kind === 'Deployment' || object.kind === 'ReplicaSet' || object.kind === 'ReplicationController'
        ? refusalOf(object)
        : this.#inquiries.refusalOf(object, this.#started - BEFORE_MS)
    return reason ? `its pods are refused: ${reason}` : undefined
  }
}

/** How a Job that is gone has ended: '' for success, the reason of its failure, undefined when nobody knows (yet). */
export function failureOfJob(
  ref: ObjectRef,
  last: KubernetesObject | undefined,
  inquiries: Inquiries
): string | undefined {
  const health = last && jobHealth(last)
  if (health?.status === 'Healthy') return ''
  if (health?.status === 'Degraded') return health.message
  const end = inquiries.endOf(ref, last ? uidOf(last) : '')
  if (end === 'complete') return ''
  if (end === 'failed') return 'Failed, and deleted since'
  // Kubernetes itself deletes a Job with a time to live only when it has finished, and a failure leaves an event.
  const isTemporary = last !== undefined && at(last, 'spec', 'ttlSecondsAfterFinished') !== undefined
  return end === 'unknown' && isTemporary ? '' : undefined
}

/** Whether nothing will happen to an object any more. */
function isOver(object: JsonObject): boolean {
  if (object['kind'] === 'Pod') return at(object, 'status', 'phase') === 'Failed'
  return true
}

/** How many pods are wanted and not there; undefined for what runs none. */
function missingPods(object: KubernetesObject): number | undefined {
  if (!runsPods(object)) return undefined
  switch (object.kind) {
    case 'Deployment':
      return integerAt(object, 1, 'spec', 'replicas') - integerAt(object, 0, 'status', 'updatedReplicas')
    case 'DaemonSet':
      return (
        integerAt(object, 0, 'status', 'desiredNumberScheduled') -
        integerAt(object, 0, 'status', 'currentNumberScheduled')
      )
    case 'Job': {
      const made = ['active', 'succeeded', 'failed'].map((field) => integerAt(object, 0, 'status', field))
      return made.some((number) => number > 0) ? 0 : 1
    }
    default:
      return integerAt(object, 1, 'spec', 'replicas') - integerAt(object, 0, 'status', 'replicas')
  }
}

function countsOf(object: JsonObject): string {
  return [
    'replicas',
    'updatedReplicas',
    'readyReplicas',
    'currentNumberScheduled',
    'updatedNumberScheduled',
    'numberReady'
  ]
    .map((field) => integerAt(object, 0, 'status', field))
    .join('/')
}
