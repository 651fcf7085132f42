import { mapFairly } from '../../concurrency.ts'
import { GitOpsError, messageOf } from '../../errors.ts'
import { type KubernetesObject, type Manifest, objectId } from '../../render/manifest.ts'
import type { ChangeResult, Failure, UnhealthyResource } from '../target.ts'
import { describeApiError } from './client/explain.ts'
import { ApiError } from './cluster.ts'
import { REVERT_MANAGER, redactedError, removalPatch, withoutUnrecorded } from './compare/index.ts'
import { deleteAndWait } from './delete.ts'
import { describe, refOf, resourceOf } from './describe.ts'
import { establishing } from './establish.ts'
import type { Step } from './findings.ts'
import { type WaitResult, waitUntilHealthy } from './health/index.ts'
import { Hooks } from './hooks.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { failureHooks, hookOf, isRegistration, type Level } from './order/index.ts'
import { patchAsItIs } from './patch.ts'
import type { PreparedPlan } from './plan.ts'
import { explain } from './problems.ts'
import { contentsPutRight, restartPods, type WrongContent } from './restart/index.ts'

/** Concurrent writes inside a level; the client adapts below that to what the API server bears. */
const CONCURRENCY = 32

/** Node takes a longer timer for one of a millisecond. */
const LONGEST_TIMER = 2 ** 31 - 1

export interface Applied {
  readonly status: 'succeeded' | 'failed' | 'cancelled'
  readonly results: ChangeResult[]
  readonly failure?: Failure
  /** Content that pods may still run though it is put right. */
  readonly left?: readonly WrongContent[]
}

export interface ApplyRun {
  /** Hooks belong to deploying something new: not to healing, not to a deploy that changes nothing. */
  readonly hooks: boolean
  /** Epoch milliseconds. */
  readonly deadline: number
}

/**
 * Sends what the plan found, level by level in the order of the set: parallel inside a level, and no level starts
 * after one that failed. Everything that was not sent is in the results as skipped, so a re-run knows what is left.
 */
export async function applyPlan(
  options: KubernetesTargetOptions,
  prepared: PreparedPlan,
  run: ApplyRun
): Promise<Applied> {
  const results: ChangeResult[] = []
  const hooks = new Hooks(options, run.deadline)
  let stopped = await createNamespaces(options, prepared, results)
  let waited = false
  for (const level of prepared.levels) {
    if (!stopped && level.phase !== 'before') {
      const failure = await hooks.end((object) => !isInTheMiddle(object))
      if (failure) stopped = stop(options, failure)
    }
    if (!stopped && level.phase === 'after' && run.hooks && !waited) {
      stopped = await waitForTarget(options, prepared, run)
      waited = true
    }
    if (stopped) results.push(...skipped(prepared, level, stopped))
    else stopped = await applyLevel(options, prepared, run, { level, hooks }, results)
  }
  // What is not known to be evicted is looked for again, by the next check.
  let left = prepared.wrongContents
  if (prepared.wrongContents.length > 0) {
    try {
      left = await contentsPutRight(options, prepared.wrongContents, results)
      if (!stopped) {
        const stale = { plan: prepared.plan.changes, contents: left }
        const restarted = await restartPods(options, stale, results, run.deadline, prepared.spared)
        results.push(...restarted.results)
        left = restarted.left
        if (restarted.failure) stopped = stop(options, restarted.failure)
      }
    } catch (error) {
      stopped ??= stop(options, failureBy(error, 'Pods could not be restarted'))
    }
  }
  if (!stopped && !waited) stopped = await waitForTarget(options, prepared, run)
  const ending = await hooks.end()
  if (!stopped && ending) stopped = stop(options, ending)
  const told = { results, ...(left.length > 0 ? { left } : {}) }
  if (!stopped) return { status: 'succeeded', ...told }
  if (run.hooks && stopped.status === 'failed') {
    for (const level of failureHooks(prepared.declared.hooks)) await hooks.run(level.manifests, results)
    await hooks.end()
  }
  return { ...stopped, ...told }
}

/** Argo's Sync hooks run between what is deployed, and belong together until all of it is. */
function isInTheMiddle(object: KubernetesObject): boolean {
  return hookOf(object)?.events.includes('sync') ?? false
}

type Stop = Pick<Applied, 'status' | 'failure'>

/** What was thrown, as the failure of a run: what was done before it stays in the results. */
export function failureBy(error: unknown, doing: string): Failure {
  const known = error instanceof ApiError ? describeApiError(error, doing) : error
  const hint = known instanceof GitOpsError ? known.hint : undefined
  return { message: messageOf(known), resources: [], ...(hint ? { hint } : {}) }
}

async function createNamespaces(
  options: KubernetesTargetOptions,
  prepared: PreparedPlan,
  results: ChangeResult[]
): Promise<Stop | undefined> {
  for (const namespace of prepared.namespaces) {
    try {
      // It may be there already: the inventory's own namespace is created before anything else.
      if (!(await options.cluster.get(refOf(namespace)))) await options.cluster.apply(namespace, { force: true })
      results.push({ resource: resourceOf(namespace), action: 'created' })
    } catch (error) {
      const failure = failureBy(error, `Creating ${describe(namespace)}`)
      results.push({ resource: resourceOf(namespace), action: 'failed', message: failure.message })
      return stop(options, failure)
    }
  }
  return undefined
}

async function applyLevel(
  options: KubernetesTargetOptions,
  prepared: PreparedPlan,
  run: ApplyRun,
  { level, hooks }: { readonly level: Level; readonly hooks: Hooks },
  results: ChangeResult[]
): Promise<Stop | undefined> {
  if (options.signal?.aborted) {
    const stopped = interrupted(options.signal)
    results.push(...skipped(prepared, level, stopped))
    return stopped
  }
  const steps = level.manifests.flatMap((manifest) => prepared.steps.get(objectId(manifest.object)) ?? [])
  const isHooks = level.phase !== 'main'
  if (isHooks ? !run.hooks : steps.length === 0) return undefined
  const registers = steps.some((step) => step.action === 'create' && isRegistration(step.payload))
  const required = registers ? [...level.requires, ...level.backends] : level.requires
  const unready = await waitForRequired(options, required, run.deadline)
  if (unready) {
    const stopped = stop(options, registers ? { ...unready, hint: BACKENDS_HINT } : unready)
    results.push(...skipped(prepared, level, stopped))
    return stopped
  }
  if (isHooks) {
    const failure = await hooks.run(level.manifests, results)
    return failure && stop(options, failure)
  }
  const outcomes = await mapFairly(
    steps,
    CONCURRENCY,
    (step) => step.payload.kind,
    (step) => send(options, step, run.deadline)
  )
  results.push(...outcomes)
  if (options.signal?.aborted) return interrupted(options.signal)
  const failed = outcomes.filter((outcome) => outcome.action === 'failed')
  return failed.length > 0 ? { status: 'failed', failure: failureOf(failed) } : undefined
}

/** Why a run has lost its lease, if it was that which stopped it: then the target is another run's. */
export function whyLost(signal: AbortSignal | undefined): GitOpsError | undefined {
  const why: unknown = signal?.reason
  return signal?.aborted && why instanceof GitOpsError ? why : undefined
}

const BACKENDS_HINT =
  'Webhooks and API services are only created when the pods that serve them are ready, because from then on the API server calls them. If those pods wait for the registration themselves, give it an earlier argocd.argoproj.io/sync-wave.'

/** What stops a run between objects: it was cancelled, or another run took its lease (then the signal says so). */
function interrupted(signal: AbortSignal): Stop {
  const why = whyLost(signal)
  const failure = { message: 'The run was cancelled.', resources: [] }
  if (!why) return { status: 'cancelled', failure }
  return { status: 'failed', failure: { ...failure, message: why.message, ...(why.hint ? { hint: why.hint } : {}) } }
}

function stop(options: KubernetesTargetOptions, failure: Failure): Stop {
  if (!options.signal?.aborted) return { status: 'failed', failure }
  const stopped = interrupted(options.signal)
  return stopped.status === 'failed' ? stopped : { status: 'cancelled', failure }
}

/** What earlier levels have and this one builds on: the wave before, a definition that must be established. */
async function waitForRequired(
  options: KubernetesTargetOptions,
  required: readonly Manifest[],
  deadline: number
): Promise<Failure | undefined> {
  if (required.length === 0) return undefined
  const objects = required.map((manifest) => manifest.object)
  const failure = await waitFor(options, objects, deadline)
  if (objects.some((object) => object.kind === 'CustomResourceDefinition')) options.cluster.refreshDiscovery()
  return failure
}

async function waitForTarget(
  options: KubernetesTargetOptions,
  prepared: PreparedPlan,
  run: ApplyRun
): Promise<Stop | undefined> {
  if (!options.policy.wait) return undefined
  // A deploy answers for the whole target, so that a re-run after a failed one still waits; healing for what it touched.
  const objects =
    prepared.plan.purpose === 'deploy'
      ? prepared.declared.members.map((member) => member.manifest.object)
      : [...prepared.steps.values()].map((step) => step.payload)
  const failure = await waitFor(options, objects, run.deadline, prepared.plan.changes.length > 0)
  return failure && stop(options, failure)
}

/**
 * Waits until all of `objects` are healthy; the failure when they are not in time or cannot become so. Where nothing was
 * `changed`, what crashed before will go on crashing.
 */
export async function waitFor(
  options: KubernetesTargetOptions,
  objects: readonly KubernetesObject[],
  deadline: number,
  changed = true
): Promise<Failure | undefined> {
  const now = options.now ?? (() => new Date())
  let waited: WaitResult
  try {
    waited = await establishing(options.cluster, objects, () =>
      waitUntilHealthy(options.cluster, objects.map(refOf), {
        deadline: Math.min(Math.max(0, deadline - now().getTime()), LONGEST_TIMER),
        log: options.log,
        failFast: true,
        ...(options.policy.healthChecks ? { assess: { checks: options.policy.healthChecks } } : {}),
        patience: { secondChance: changed },
        ...(options.signal ? { signal: options.signal } : {})
      })
    )
  } catch (error) {
    return failureBy(error, 'Whether the objects are healthy cannot be read')
  }
  if (waited.cancelled)
    return {
      message: 'The run was cancelled while it waited for objects to become healthy.',
      resources: waited.unhealthy
    }
  if (waited.unhealthy.length === 0) return undefined
  return unhealthyFailure(waited.unhealthy, waited.timedOut, options.policy.timeout)
}

async function send(options: KubernetesTargetOptions, step: Step, deadline: number): Promise<ChangeResult> {
  const { cluster, signal } = options
  const resource = resourceOf(step.payload)
  if (signal?.aborted) return { resource, action: 'skipped', message: 'the run was cancelled' }
  try {
    if (step.live && (step.leaving || step.action === 'replace' || step.action === 'restart'))
      await deleteAndWait(options, step.live, deadline)
    else if (step.live) {
      const { adoption } = step
      if (adoption)
        await patchAsItIs(cluster, step.live, (live) => (live === step.live ? adoption : adoption.again?.(live))?.ops)
      const { foreign } = step
      if (foreign)
        await patchAsItIs(cluster, step.live, (live) => removalPatch(live, foreign), { fieldManager: REVERT_MANAGER })
    }
    const applied = step.action === 'remove-foreign' ? undefined : await cluster.apply(step.payload, { force: true })
    if (step.clearsUnrecorded) await clearUnrecorded(options, step.payload, applied)
    return { resource, action: DONE[step.action] }
  } catch (error) {
    return {
      resource,
      action: 'failed',
      message: explain(redactedError(step.payload, error), `Applying ${describe(step.payload)}`)
    }
  }
}

/** That it does not work out costs later checks a few requests, and is no failure. */
async function clearUnrecorded(
  { cluster, log }: KubernetesTargetOptions,
  payload: KubernetesObject,
  applied: KubernetesObject | undefined
): Promise<void> {
  try {
    const live = applied ?? (await cluster.get(refOf(payload)))
    if (live) await patchAsItIs(cluster, live, withoutUnrecorded)
  } catch (error) {
    log.debug(`${describe(payload)}: its entry for what nobody is on record for stays: ${messageOf(error)}`)
  }
}

const DONE = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  reclaim: 'updated',
  'remove-foreign': 'updated',
  restart: 'restarted'
} as const

function skipped(prepared: PreparedPlan, level: Level, stopped: Stop): ChangeResult[] {
  return level.manifests
    .filter((manifest) => hookOf(manifest.object) === undefined && prepared.steps.has(objectId(manifest.object)))
    .map((manifest) => ({
      resource: resourceOf(manifest.object),
      action: 'skipped',
      message: stopped.status === 'cancelled' ? 'the run was cancelled' : 'an earlier step failed'
    }))
}

function failureOf(failed: readonly ChangeResult[]): Failure {
  const lines = failed.map((result) => `${result.resource.id}: ${result.message ?? 'failed'}`)
  return {
    message:
      failed.length === 1
        ? `${lines[0]}`
        : `${failed.length} objects could not be applied: ${lines.slice(0, 5).join('; ')}${failed.length > 5 ? '; …' : ''}`,
    hint: 'What was applied before stays; correct the cause and run again: a re-run continues.',
    resources: []
  }
}

function unhealthyFailure(unhealthy: readonly UnhealthyResource[], timedOut: boolean, timeout: number): Failure {
  const [first] = unhealthy
  const more = unhealthy.length > 1 ? ` (and ${unhealthy.length - 1} more)` : ''
  const what = first
    ? `${first.resource.kind} ${first.resource.namespace ? `${first.resource.namespace}/` : ''}${first.resource.name}`
    : 'an object'
  const hasEvidence = unhealthy.some((one) => one.events.length + one.logs.length > 0)
  const message = first?.message.startsWith(what) ? first.message : `${what}: ${first?.message ?? 'not healthy'}`
  return {
    message: timedOut ? `Not healthy within ${Math.round(timeout / 1000)} s: ${message}${more}` : `${message}${more}`,
    hint: `${hasEvidence ? 'Its events and last log lines are in the summary and the log. ' : ''}${
      timedOut && first?.status !== 'Degraded'
        ? 'Correct what holds it up, or raise "timeout" if it only needs longer.'
        : 'Correct the cause, or merge a revert of the change.'
    }`,
    resources: unhealthy
  }
}
