import type { KubernetesObject } from '../../../../render/manifest.ts'
import type { Cluster, ObjectRef } from '../../cluster.ts'
import { eventsAbout, subjectsOf } from '../events.ts'
import { clause, stringAt } from '../status.ts'

/** How soon the same question is asked again. */
const ASK_AGAIN_MS = 5_000

/** How a Job that is gone has ended, as far as its events tell. */
export type JobEnd = 'complete' | 'failed' | 'unknown'

/**
 * Questions that only events or another object can answer, asked beside the watches when there is a reason to, and
 * each at most every few seconds. Answers are undefined until they are there.
 */
export class Inquiries {
  readonly #cluster: Cluster
  readonly #onAnswer: () => void
  readonly #asked = new Map<string, { at: number; answer: unknown }>()

  constructor(cluster: Cluster, onAnswer: () => void) {
    this.#cluster = cluster
    this.#onAnswer = onAnswer
  }

  /** Why the API server has refused pods of a workload since a time; '' when it has not. */
  refusalOf(workload: KubernetesObject, since: number): string | undefined {
    return this.#ask(`refusal ${keyOf(workload)}`, async () => {
      const events = await eventsAbout(this.#cluster, namespaceOf(workload), subjectsOf([workload]))
      const refusal = events.findLast((event) => event.reason === 'FailedCreate' && event.last >= since)
      return refusal ? clause(refusal.message) : ''
    })
  }

  /** Whether an autoscaler is adding a node for a pod (cluster-autoscaler, Karpenter). */
  isScalingUpFor(pod: KubernetesObject): boolean | undefined {
    return this.#ask(`scaling ${keyOf(pod)}`, async () => {
      const events = await eventsAbout(this.#cluster, namespaceOf(pod), subjectsOf([pod]), 'all')
      return events.some((event) => event.reason === 'TriggeredScaleUp' || event.reason === 'Nominated')
    })
  }

  /**
   * How a Job ended that is not there any more. Events outlive the object.
   * @param uid of the Job, '' when it was never seen: events of an earlier one of the same name tell nothing
   */
  endOf(job: ObjectRef, uid: string): JobEnd | undefined {
    return this.#ask(`end ${job.namespace ?? ''}/${job.name} ${uid}`, async (): Promise<JobEnd> => {
      const subject = { kind: 'Job', name: job.name, uid }
      const events = await eventsAbout(this.#cluster, job.namespace ?? '', [subject], 'all')
      const last = events.findLast((event) => JOB_ENDS[event.reason] !== undefined)
      return (last && JOB_ENDS[last.reason]) ?? 'unknown'
    })
  }

  /** Whether a claim's volume is only made when a pod uses it (`volumeBindingMode: WaitForFirstConsumer`). */
  isBoundByConsumer(claim: KubernetesObject): boolean | undefined {
    const name = stringAt(claim, 'spec', 'storageClassName')
    if (name === '') return false
    return this.#ask(`class ${name}`, async () => {
      const found = await this.#cluster.get({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name })
      return stringAt(found, 'volumeBindingMode') === 'WaitForFirstConsumer'
    })
  }

  #ask<T>(key: string, question: () => Promise<T>): T | undefined {
    const known = this.#asked.get(key)
    const now = performance.now()
    if (known === undefined || now - known.at > ASK_AGAIN_MS) {
      const entry = { at: now, answer: known?.answer }
      this.#asked.set(key, entry)
      question().then(
        (answer) => {
          entry.answer = answer
          this.#onAnswer()
        },
        () => {} // no answer is an answer too: the object itself still tells
      )
    }
    // The key holds the question's name, and each question has one type of answer.
    return known?.answer as T | undefined
  }
}

/** Reasons of the job controller's events. */
const JOB_ENDS: Readonly<Record<string, JobEnd>> = {
  Completed: 'complete',
  BackoffLimitExceeded: 'failed',
  DeadlineExceeded: 'failed',
  PodFailurePolicy: 'failed',
  FailedIndexes: 'failed',
  MaxFailedIndexesExceeded: 'failed'
}

function keyOf(object: KubernetesObject): string {
  return `${object.kind} ${namespaceOf(object)}/${object.metadata.name}`
}

function namespaceOf(object: KubernetesObject): string {
  return stringAt(object, 'metadata', 'namespace')
}
