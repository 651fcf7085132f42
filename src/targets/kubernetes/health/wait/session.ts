import { mapConcurrent } from '../../../../concurrency.ts'
import { at } from '../../../../json.ts'
import { groupOf, type KubernetesObject } from '../../../../render/manifest.ts'
import { ApiError, type ApiResource, type Cluster, type ObjectRef } from '../../cluster.ts'
import { assessHealth } from '../assess.ts'
import { runsPods } from '../related.ts'
import { degraded, type Health, healthy, nameOf, progressing } from '../status.ts'
import { safeLine } from '../text.ts'
import { FailureFinder, failureOfJob } from './failures.ts'
import type { WaitOptions } from './index.ts'
import { Inquiries } from './inquiries.ts'
import { LiveSet } from './live-set.ts'
import type { Patience } from './patience.ts'
import { PodWatch } from './pods.ts'
import { Progress } from './progress.ts'
import { narrowed, type Scope, scopesOf } from './scopes.ts'
import { isUntouched, needsToBeSteady, type Settlement, settlementOf } from './settled.ts'

export interface SessionOptions extends WaitOptions {
  readonly patience: Patience
  /** Milliseconds since the epoch. */
  readonly started: number
}

/** One object that is waited for. */
export interface Waited {
  readonly ref: ObjectRef
  resource: ApiResource | undefined
  set: LiveSet | undefined
  object: KubernetesObject | undefined
  health: Health
  settled: boolean
  /** Why it will not become healthy by waiting. */
  failure: string | undefined
  /** The same, but another object of the wait may be what it lacks. */
  doubt: string | undefined
  /** It was not settled at some time in this wait: what is healthy now has become so. */
  wasPending: boolean
  healthySince: number | undefined
  missingSince: number | undefined
  note: Settlement | undefined
}

export type End = 'healthy' | 'failed' | 'timed-out' | 'cancelled'

/** Changes come in bursts: they are judged together. */
const BURST_MS = 50
/** Rules about how long something lasts are looked at this often. Nothing is asked of the API server by that. */
const TICK_MS = 500
/** After a first failure, others of the same cause follow at once: they belong into the same report. */
const COLLECT_MS = 1_000

/** Even when the time is over already, everything is looked at once. */
const SHORTEST_MS = 1_000

/** One wait: holds what is watched, judges it whenever it changes, knows when it is over. */
export class Session {
  readonly waited: Waited[]
  readonly #cluster: Cluster
  readonly #options: SessionOptions
  readonly #stop = new AbortController()
  readonly #inquiries: Inquiries
  readonly #pods: PodWatch
  readonly #failures: FailureFinder
  readonly #progress: Progress
  #over: (end: End) => void = () => {}
  #broken: (error: unknown) => void = () => {}
  #burst: NodeJS.Timeout | undefined
  #failedAt: number | undefined

  constructor(cluster: Cluster, refs: readonly ObjectRef[], options: SessionOptions) {
    this.#cluster = cluster
    this.#options = options
    this.waited = refs.map((ref) => ({
      ref,
      resource: undefined,
      set: undefined,
      object: undefined,
      health: progressing('It has not been read yet'),
      settled: false,
      failure: undefined,
      doubt: undefined,
      wasPending: false,
      healthySince: undefined,
      missingSince: undefined,
      note: undefined
    }))
    this.#inquiries = new Inquiries(cluster, () => this.#changed())
    this.#pods = new PodWatch(cluster, this.#stop.signal, () => this.#changed())
    this.#failures = new FailureFinder(options.patience, options.started, this.#pods, this.#inquiries)
    this.#progress = new Progress(options, options.patience.progressMs)
  }

  async run(): Promise<End> {
    const { signal, deadline } = this.#options
    if (signal?.aborted) return 'cancelled'
    let tick: NodeJS.Timeout | undefined
    let timeout: NodeJS.Timeout | undefined
    const cancel = () => this.#over('cancelled')
    try {
      return await new Promise<End>((resolve, reject) => {
        this.#over = resolve
        this.#broken = reject
        signal?.addEventListener('abort', cancel, { once: true })
        timeout = setTimeout(
          () => this.#over(this.#isHealthyAtLast() ? 'healthy' : 'timed-out'),
          Math.max(deadline, SHORTEST_MS)
        )
        this.#begin().then(() => {
          if (this.#stop.signal.aborted) return
          tick = setInterval(() => this.#judge(), TICK_MS)
        }, reject)
      })
    } finally {
      signal?.removeEventListener('abort', cancel)
      clearTimeout(timeout)
      clearTimeout(this.#burst)
      this.#stop.abort()
      clearInterval(tick)
      this.#tellNotes()
    }
  }

  #tellNotes(): void {
    const { log, redact } = this.#options
    for (const { ref, settled, note } of this.waited) {
      if (!settled || note?.note === undefined) continue
      const line = `${nameOfRef(ref)}: ${safeLine(note.note, redact)}`
      if (note.isWarning) log.warning(line)
      else log.info(line)
    }
  }

  /** Reads everything once; follows what is not settled by then. */
  async #begin(): Promise<void> {
    await this.#findTypes()
    const types = Map.groupBy(
      this.waited.filter((one) => one.resource !== undefined),
      (one) => `${one.resource?.group}/${one.resource?.version}/${one.resource?.plural}`
    )
    const scopes = [...types.values()].flatMap((members) => {
      const resource = members[0]?.resource
      return resource === undefined
        ? []
        : scopesOf(
            resource,
            members.map((one) => one.ref)
          )
    })
    await mapConcurrent(scopes, 8, (scope) => this.#load(scope))
    if (this.#stop.signal.aborted) return
    this.#judge()
    const pending = this.waited.filter((one) => !one.settled)
    this.#progress.begin(pending.length, Math.round(this.#options.deadline / 1000))
    for (const set of new Set(pending.map((one) => one.set))) void set?.follow(this.#stop.signal)
  }

  /** A type that the server did not know a moment ago may come from a CRD of this very deploy. */
  async #findTypes(): Promise<void> {
    const unknown = async () => {
      for (const one of this.waited) one.resource ??= await this.#cluster.resourceFor(one.ref.apiVersion, one.ref.kind)
      return this.waited.some((one) => one.resource === undefined)
    }
    if (!(await unknown())) return
    this.#cluster.refreshDiscovery()
    await unknown()
  }

  async #load(scope: Scope): Promise<void> {
    const names = new Set(scope.refs.map((ref) => `${ref.namespace ?? ''}/${ref.name}`))
    const set: LiveSet = new LiveSet({
      cluster: this.#cluster,
      resource: scope.resource,
      scope: scope.options,
      keep: (object) => names.has(`${namespaceIn(scope.resource, object)}/${object.metadata.name}`),
      onChange: () => this.#changed(),
      onTrouble: (problem) => this.#progress.trouble(set, problem)
    })
    try {
      await set.load()
    } catch (error) {
      const isTooWide = scope.resource.namespaced && scope.options.namespace === undefined
      if (!isTooWide || !(error instanceof ApiError) || error.code !== 403) throw error
      await mapConcurrent(narrowed(scope), 8, (part) => this.#load(part))
      return
    }
    const members = new Set(scope.refs)
    for (const one of this.waited) if (members.has(one.ref)) one.set = set
  }

  #changed(): void {
    if (this.#burst !== undefined || this.#stop.signal.aborted) return
    this.#burst = setTimeout(
      () => {
        this.#burst = undefined
        this.#judge()
      },
      // The more there is to judge, the more changes are judged at once.
      Math.min(TICK_MS, BURST_MS + this.waited.length / 4)
    )
  }

  #judge(): void {
    if (this.#stop.signal.aborted) return
    try {
      this.#judgeAll()
    } catch (error) {
      this.#broken(error)
    }
  }

  #judgeAll(): void {
    const now = Date.now()
    this.#pods.announce(this.waited.flatMap((one) => (!one.settled && one.object ? [one.object] : [])).filter(runsPods))
    for (const one of this.waited) this.#judgeOne(one, now)
    const pending = this.waited.filter((one) => !one.settled)
    const isStarting = (one: Waited) => one.failure === undefined && one.doubt === undefined
    // Nothing else is on its way that could help, or the wait ends anyway.
    if (!pending.some(isStarting) || pending.some((one) => one.failure !== undefined))
      for (const one of pending) one.failure ??= one.doubt
    const failed = pending.filter((one) => one.failure !== undefined)
    if (pending.length === 0) this.#over('healthy')
    else if (failed.length === pending.length) this.#over('failed')
    else if (failed.length > 0 && this.#options.failFast) {
      this.#failedAt ??= now
      if (now - this.#failedAt >= COLLECT_MS) this.#over('failed')
    } else this.#failedAt = undefined
    this.#progress.tick(
      pending.map((one) => ({ name: nameOfRef(one.ref), message: () => this.#stateOf(one, now) })),
      now
    )
  }

  #stateOf(one: Waited, now: number): string {
    const trouble = one.failure ?? one.doubt
    if (trouble !== undefined) return trouble
    if (one.healthySince !== undefined) return 'healthy, to stay so for a moment'
    const hint = one.object && this.#failures.hint(one.object, now)
    return hint === undefined ? one.health.message : `${one.health.message} (${hint})`
  }

  #judgeOne(one: Waited, now: number): void {
    const was = one.settled
    one.failure = undefined
    one.doubt = undefined
    one.note = undefined
    one.settled = false
    const object = one.set?.get(namespaceOfRef(one), one.ref.name)
    if (object === undefined) this.#judgeMissing(one, now)
    else this.#judgePresent(one, object, now)
    if (!one.settled) one.wasPending = true
    else if (!was && one.wasPending)
      this.#progress.reached(nameOfRef(one.ref), one.health.message, this.waited.length, now)
  }

  #judgePresent(one: Waited, object: KubernetesObject, now: number): void {
    const { patience, started, assess, failFast } = this.#options
    one.object = object
    one.missingSince = undefined
    one.health = assessHealth(object, { ...assess, now: new Date(now) }) ?? healthy('In place')
    const settlement = settlementOf(object, one.health, this.#inquiries, assess?.checks)
    one.note = settlement
    if (!settlement.settled) {
      one.healthySince = undefined
      const lost = this.#failures.find(object, one.health, now, failFast)
      if (lost?.mayPass) one.doubt = lost.message
      else one.failure = lost?.message
      return
    }
    one.healthySince ??= now
    const wait =
      one.wasPending && needsToBeSteady(object)
        ? one.healthySince + patience.steadyMs
        : // What was not changed will not get a status now that it has lived without so far.
          patience.secondChance && one.resource && isUntouched(object, one.resource, started)
          ? started + patience.statusMs
          : 0
    one.settled = now >= wait
  }

  /** A Job may be gone because it is done (`ttlSecondsAfterFinished`); anything else should be there. */
  #judgeMissing(one: Waited, now: number): void {
    one.missingSince ??= now
    const last = one.set?.deleted(namespaceOfRef(one), one.ref.name) ?? one.object
    if (one.ref.kind === 'Job' && groupOf(one.ref) === 'batch') {
      const outcome = failureOfJob(one.ref, last, this.#inquiries)
      if (outcome !== undefined) {
        one.settled = outcome === ''
        one.failure = outcome || undefined
        one.health = outcome === '' ? healthy('Completed, and deleted since') : degraded(outcome)
        return
      }
    }
    one.object = undefined
    const message =
      one.resource === undefined
        ? `The API server does not know the kind ${one.ref.kind} of ${one.ref.apiVersion}`
        : last === undefined
          ? 'It does not exist'
          : 'It was deleted while it was waited for'
    one.health = { status: 'Missing', message }
    if (this.#options.failFast && now - one.missingSince >= this.#options.patience.missingMs) one.failure = message
  }

  /** At the deadline, what only had to prove that it stays healthy counts as healthy. */
  #isHealthyAtLast(): boolean {
    for (const one of this.waited) if (one.healthySince !== undefined && one.failure === undefined) one.settled = true
    return this.waited.length > 0 && this.waited.every((one) => one.settled)
  }
}

function namespaceIn(resource: ApiResource, object: KubernetesObject): string {
  const namespace = at(object, 'metadata', 'namespace')
  return resource.namespaced && typeof namespace === 'string' ? namespace : ''
}

/** Cluster-scoped objects are found without a namespace, whatever the reference says. */
function namespaceOfRef(one: Waited): string | undefined {
  return one.resource?.namespaced === false ? undefined : one.ref.namespace
}

function nameOfRef(ref: ObjectRef): string {
  return nameOf({ ...ref, metadata: { ...ref } })
}
