import { mapConcurrent } from '../../concurrency.ts'
import { GitOpsError, messageOf } from '../../errors.ts'
import { groupOf, type KubernetesObject, type Manifest, namespaceOf, objectId } from '../../render/manifest.ts'
import type { ChangeResult, Failure, UnhealthyResource } from '../target.ts'
import type { Cluster, ObjectRef } from './cluster.ts'
import { adoptionPatch } from './compare/index.ts'
import { deleteAndWait } from './delete.ts'
import { resourceOf } from './describe.ts'
import { waitUntilHealthy } from './health/index.ts'
import { runHooks } from './hooks.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { hookOf, type Level, orderForApply } from './order/index.ts'
import type { PreparedPlan, Step } from './plan.ts'

/** Concurrent writes inside a level; the client adapts below that to what the API server bears. */
const CONCURRENCY = 32

export interface Applied {
  readonly status: 'succeeded' | 'failed' | 'cancelled'
  readonly results: ChangeResult[]
  readonly failure?: Failure
}

export interface ApplyRun {
  readonly event: 'install' | 'upgrade'
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
  const { cluster, signal, log } = options
  const results: ChangeResult[] = []
  const sent: Step[] = []
  for (const namespace of prepared.namespaces) {
    if (await cluster.get(refOf(namespace))) continue
    await cluster.apply(namespace, { force: true })
    results.push({ resource: resourceOf(namespace), action: 'created' })
  }
  const levels = orderForApply(
    [...prepared.declared.members.map((member) => member.manifest), ...prepared.declared.hooks],
    { event: run.event }
  )
  let stopped: Pick<Applied, 'status' | 'failure'> | undefined
  const after: Level[] = []
  for (const level of levels) {
    if (stopped) {
      results.push(...skipped(prepared, level))
      continue
    }
    if (level.phase === 'after') {
      after.push(level)
      continue
    }
    if (signal?.aborted) {
      stopped = { status: 'cancelled', failure: { message: 'The run was cancelled.', resources: [] } }
      results.push(...skipped(prepared, level))
      continue
    }
    if (level.phase === 'before') {
      if (!run.hooks) continue
      const failure = await runHooks(options, level.manifests, run.deadline, results)
      if (failure) stopped = { status: signal?.aborted ? 'cancelled' : 'failed', failure }
      continue
    }
    const steps = level.manifests.flatMap((manifest) => prepared.steps.get(objectId(manifest.object)) ?? [])
    const outcomes = await mapConcurrent(steps, CONCURRENCY, (step) => send(options, step, run.deadline))
    results.push(...outcomes)
    sent.push(...steps)
    const failed = outcomes.filter((outcome) => outcome.action === 'failed')
    if (failed.length > 0) stopped = { status: 'failed', failure: failureOf(failed) }
    else if (signal?.aborted)
      stopped = { status: 'cancelled', failure: { message: 'The run was cancelled.', resources: [] } }
    else {
      const failure = await establishCustomResources(options, steps, run.deadline)
      if (failure) stopped = { status: 'failed', failure }
    }
  }
  if (stopped) return { ...stopped, results }

  if (options.policy.wait) {
    // A deploy answers for the whole target, so that a re-run after a failed one still waits; healing for what it touched.
    const waited =
      prepared.plan.purpose === 'deploy'
        ? prepared.declared.members.map((member) => member.manifest.object)
        : sent.map((step) => step.payload)
    const failure = await waitFor(options, waited, run.deadline)
    if (failure) return { status: signal?.aborted ? 'cancelled' : 'failed', results, failure }
  }
  if (run.hooks)
    for (const level of after) {
      const failure = await runHooks(options, level.manifests, run.deadline, results)
      if (failure) return { status: signal?.aborted ? 'cancelled' : 'failed', results, failure }
    }
  log.debug(`target ${options.id}: ${sent.length} objects sent`)
  return { status: 'succeeded', results }
}

/** Waits until all of `objects` are healthy; the failure when they are not in time or cannot become so. */
export async function waitFor(
  options: KubernetesTargetOptions,
  objects: readonly KubernetesObject[],
  deadline: number
): Promise<Failure | undefined> {
  const now = options.now ?? (() => new Date())
  const waited = await waitUntilHealthy(options.cluster, objects.map(refOf), {
    deadline: Math.max(0, deadline - now().getTime()),
    log: options.log,
    failFast: true,
    ...(options.signal ? { signal: options.signal } : {})
  })
  if (waited.cancelled)
    return {
      message: 'The run was cancelled while it waited for objects to become healthy.',
      resources: waited.unhealthy
    }
  if (waited.unhealthy.length === 0) return undefined
  return unhealthyFailure(waited.unhealthy, waited.timedOut, options.policy.timeout)
}

export function refOf(object: KubernetesObject): ObjectRef {
  const namespace = namespaceOf(object)
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.metadata.name,
    ...(namespace === undefined ? {} : { namespace })
  }
}

async function send(options: KubernetesTargetOptions, step: Step, deadline: number): Promise<ChangeResult> {
  const { cluster, signal } = options
  const resource = resourceOf(step.payload)
  if (signal?.aborted) return { resource, action: 'skipped', message: 'the run was cancelled' }
  try {
    if (step.live) {
      const adoption = adoptionPatch(step.live)
      if (adoption) await cluster.patch(refOf(step.live), 'json', adoption.ops)
    }
    if (step.action === 'replace' && step.live) await deleteAndWait(options, step.live, deadline)
    await cluster.apply(step.payload, { force: true })
    return {
      resource,
      action: step.action === 'create' ? 'created' : step.action === 'replace' ? 'replaced' : 'updated'
    }
  } catch (error) {
    return {
      resource,
      action: 'failed',
      message: error instanceof GitOpsError && error.hint ? `${error.message} ${error.hint}` : messageOf(error)
    }
  }
}

/** Custom resources come levels after their definition, which must be established before they can be sent. */
async function establishCustomResources(
  options: KubernetesTargetOptions,
  steps: readonly Step[],
  deadline: number
): Promise<Failure | undefined> {
  const definitions = steps
    .map((step) => step.payload)
    .filter((object) => object.kind === 'CustomResourceDefinition' && groupOf(object) === 'apiextensions.k8s.io')
  if (definitions.length === 0) return undefined
  const failure = await waitFor(options, definitions, deadline)
  options.cluster.refreshDiscovery()
  return failure
}

function skipped(prepared: PreparedPlan, level: Level): ChangeResult[] {
  return level.manifests
    .filter(
      (manifest: Manifest) => hookOf(manifest.object) === undefined && prepared.steps.has(objectId(manifest.object))
    )
    .map((manifest) => ({
      resource: resourceOf(manifest.object),
      action: 'skipped',
      message: 'an earlier step failed'
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
  const message = first?.message.startsWith(what) ? first.message : `${what}: ${first?.message ?? 'not healthy'}`
  return {
    message: timedOut ? `Not healthy within ${Math.round(timeout / 1000)} s: ${message}${more}` : `${message}${more}`,
    hint: timedOut
      ? 'See the events and logs below; raise "timeout" if it only needs longer.'
      : 'See the events and logs below. Correct the cause, or merge a revert of the change.',
    resources: unhealthy
  }
}
