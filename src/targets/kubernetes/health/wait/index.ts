import type { Logger } from '../../../../log.ts'
import { groupOf, type KubernetesObject, objectId } from '../../../../render/manifest.ts'
import type { HealthStatus, UnhealthyResource } from '../../../target.ts'
import type { Cluster, ObjectRef } from '../../cluster.ts'
import { resourceOf } from '../../describe.ts'
import { type AssessOptions, assessHealth, isReadyOnceThere } from '../assess.ts'
import { type Diagnosis, diagnose } from '../diagnose.ts'
import { nameOf } from '../status.ts'
import { safeLine } from '../text.ts'
import { PATIENCE, type Patience } from './patience.ts'
import { Session, type Waited } from './session.ts'

export type { Patience } from './patience.ts'

export interface WaitOptions {
  /** Milliseconds from now, for all objects together. */
  readonly deadline: number
  readonly signal?: AbortSignal
  readonly log: Logger
  /** End as soon as one object cannot become healthy by waiting, rather than at the deadline. */
  readonly failFast: boolean
  /** How the health of objects is judged. Default: our own rules. */
  readonly assess?: Pick<AssessOptions, 'loadBalancers' | 'operators' | 'checks'>
  readonly patience?: Partial<Patience>
  /** Values that must not be shown in messages, events and logs. */
  readonly redact?: readonly string[]
  /** Objects that were read a moment ago and not changed since: those that are healthy are not read again. */
  readonly known?: readonly KubernetesObject[]
}

export interface WaitResult {
  readonly healthy: ObjectRef[]
  /** What failed, or was not healthy at the deadline: the most telling first, with its diagnosis. */
  readonly unhealthy: UnhealthyResource[]
  /** What was still in progress when another object's failure ended the wait. */
  readonly unfinished: ObjectRef[]
  readonly seconds: number
  readonly cancelled: boolean
  readonly timedOut: boolean
}

/** How long the diagnosis of all failures together may take. */
const DIAGNOSIS_MS = 20_000
/** So many failures are diagnosed; more only make the report longer. */
const DIAGNOSED = 10

/**
 * Waits until all objects are healthy (or suspended by declaration): by watches, with one deadline. Lost connections
 * and restarts of the API server are waited out. Never throws for an object that does not become healthy.
 * @throws ApiError, GitOpsError when the objects cannot be read at all
 */
export async function waitUntilHealthy(
  cluster: Cluster,
  refs: readonly ObjectRef[],
  options: WaitOptions
): Promise<WaitResult> {
  const started = Date.now()
  const patience: Patience = { ...PATIENCE, ...options.patience }
  const known = new Map((options.known ?? []).map((object) => [objectId(object), object]))
  const isDone = (ref: ObjectRef) =>
    isReadyOnceThere(ref, options.assess?.checks) || isKnownHealthy(known.get(idOf(ref)), options)
  const done = refs.filter(isDone)
  const session = new Session(cluster, unique(refs.filter((ref) => !isDone(ref))), { ...options, patience, started })
  const end = await session.run()
  const unhealthy = await describeAll(cluster, session.waited, end, options)
  const isOpen = (one: Waited) => !one.settled && !(end === 'failed' && one.failure === undefined)
  return {
    healthy: [...done, ...session.waited.filter((one) => one.settled).map((one) => one.ref)],
    unhealthy,
    unfinished: session.waited.filter((one) => !one.settled && !isOpen(one)).map((one) => one.ref),
    seconds: Math.round((Date.now() - started) / 100) / 10,
    cancelled: end === 'cancelled',
    timedOut: end === 'timed-out'
  }
}

function isKnownHealthy(object: KubernetesObject | undefined, options: WaitOptions): boolean {
  if (object === undefined) return false
  const status = assessHealth(object, options.assess)?.status
  return status === 'Healthy' || status === 'Suspended'
}

/** The objects that stand for the failure of the wait, worst first, each with its diagnosis. */
async function describeAll(
  cluster: Cluster,
  waited: readonly Waited[],
  end: 'healthy' | 'failed' | 'timed-out' | 'cancelled',
  options: WaitOptions
): Promise<UnhealthyResource[]> {
  const open = waited
    .filter((one) => !one.settled && (end !== 'failed' || one.failure !== undefined))
    .sort((a, b) => rank(a) - rank(b))
  if (end === 'cancelled') return open.map((one) => described(one, undefined, options))
  const timer = new AbortController()
  const tooLate = new Promise<undefined>((resolve) => {
    const timeout = setTimeout(() => resolve(undefined), DIAGNOSIS_MS)
    timer.signal.addEventListener('abort', () => clearTimeout(timeout))
    options.signal?.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  try {
    return await Promise.all(
      open.map(async (one, index) => {
        if (one.object === undefined || index >= DIAGNOSED) return described(one, undefined, options)
        const diagnosis = diagnose(cluster, one.object, {
          redact: options.redact ?? [],
          ...(options.assess ? { assess: options.assess } : {})
        })
        return described(one, await Promise.race([diagnosis, tooLate]), options)
      })
    )
  } finally {
    timer.abort()
  }
}

function described(one: Waited, diagnosis: Diagnosis | undefined, options: WaitOptions): UnhealthyResource {
  const name = nameOf({ ...one.ref, metadata: { ...one.ref } })
  const own = `${name}: ${one.failure ?? one.health.message}`
  return {
    resource: resourceOf({ ...one.ref, metadata: { ...one.ref } }),
    status: statusOf(one, diagnosis),
    message: safeLine(diagnosis?.message ?? own, options.redact),
    events: diagnosis?.events ?? [],
    logs: diagnosis?.logs ?? []
  }
}

function statusOf(one: Waited, diagnosis: Diagnosis | undefined): HealthStatus {
  if (one.object === undefined && one.health.status === 'Missing') return 'Missing'
  return one.failure !== undefined || diagnosis?.failing ? 'Degraded' : one.health.status
}

function rank(one: Waited): number {
  if (one.failure !== undefined) return 0
  return { Degraded: 1, Missing: 2, Unknown: 3, Progressing: 4, Suspended: 5, Healthy: 6 }[one.health.status]
}

/** As `objectId`: independent of the version. */
function idOf(ref: ObjectRef): string {
  return [groupOf(ref), ref.kind, ref.namespace ?? '', ref.name].filter(Boolean).join('/')
}

function unique(refs: readonly ObjectRef[]): ObjectRef[] {
  return [...new Map(refs.map((ref) => [idOf(ref), ref])).values()]
}
