import { setTimeout as sleep } from 'node:timers/promises'
import { mapConcurrent } from '../../../concurrency.ts'
import { messageOf } from '../../../errors.ts'
import { asList, asString, at } from '../../../json.ts'
import { type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import type { ChangeResult, Failure } from '../../target.ts'
import { ApiError, type Cluster } from '../cluster.ts'
import { describe, resourceOf } from '../describe.ts'
import type { KubernetesTargetOptions } from '../options.ts'
import { controllerUid, outlookOf } from './owner.ts'

type Options = Pick<KubernetesTargetOptions, 'cluster' | 'signal' | 'now' | 'log'>

/**
 * Evicts pods: those of one controller one after another, each once its predecessor has been replaced, so that a
 * workload without a disruption budget is not stopped as a whole. A budget that forbids it is waited for until the
 * deadline (epoch milliseconds). What goes by itself, since a rollout replaces it, is neither evicted nor waited for.
 * Never throws: what could not be evicted is a failed result.
 */
export async function evictPods(
  options: Options,
  pods: readonly KubernetesObject[],
  deadline: number
): Promise<{ results: ChangeResult[]; failure?: Failure }> {
  const groups = [...Map.groupBy(pods, (pod) => controllerUid(pod) ?? pod.metadata.name).values()]
  const results = (
    await mapConcurrent(groups, 8, async (group) => {
      const done: Evicted[] = []
      const ready = await readySiblings(options.cluster, group[0]).catch(() => 0)
      let waiting: KubernetesObject | undefined
      for (const pod of group) {
        const replaced = waiting === undefined || (await untilReplaced(options, waiting, ready, deadline))
        const result: Evicted = replaced ? await evictOne(options, pod, deadline) : notYet(pod, waiting, options)
        done.push(result)
        if (result.evicted) waiting = pod
      }
      return done
    })
  )
    .flat()
    .map(({ evicted: _, ...result }) => result)
  const failed = results.filter((one) => one.action === 'failed')
  const [first] = failed
  if (first === undefined) return { results }
  const names = failed.map((one) => `${one.resource.namespace}/${one.resource.name}`)
  return {
    results,
    failure: {
      message: `${failed.length === 1 ? 'A pod still runs' : `${failed.length} pods still run`} with content that had drifted, because it could not be evicted: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}. ${first.message ?? ''}`,
      hint: `The content itself is put back. Replace the pods when their workload and its disruption budget allow it: kubectl delete pod -n ${first.resource.namespace} ${failed
        .filter((one) => one.resource.namespace === first.resource.namespace)
        .map((one) => one.resource.name)
        .join(' ')}`,
      resources: []
    }
  }
}

/** The result for a pod, and whether another one has to take its place now. */
type Evicted = ChangeResult & { readonly evicted?: true }

async function evictOne(options: Options, pod: KubernetesObject, deadline: number): Promise<Evicted> {
  const { cluster, signal, log } = options
  const resource = resourceOf(pod)
  const uid = asString(pod.metadata['uid'])
  const place = { namespace: namespaceOf(pod) ?? '', name: pod.metadata.name, ...(uid === undefined ? {} : { uid }) }
  let said = ''
  for (let pause = 250; ; pause = Math.min(pause * 2, 5000)) {
    if (signal?.aborted) return { resource, action: 'skipped', message: 'the run was cancelled' }
    let waits: string
    let failure: string
    try {
      const outlook = await outlookOf(cluster, pod)
      if (outlook.stays === false) return { resource, action: 'restarted', message: `not evicted: it ${outlook.why}` }
      if (outlook.stays && outlook.kept !== undefined)
        return { resource, action: 'skipped', message: `not evicted: ${outlook.kept}` }
      if (outlook.stays) {
        await cluster.evict(place)
        const message = 'evicted, because it had started with content that had drifted'
        return { resource, action: 'restarted', message, evicted: true }
      }
      waits = `the controller of ${outlook.workload}, which has not seen its last change`
      failure = `Until the timeout it waited for ${waits}.`
    } catch (error) {
      // Gone, or another pod has its name by now: that one started later.
      if (error instanceof ApiError && (error.code === 404 || error.code === 409))
        return { resource, action: 'restarted', message: 'not evicted: it was replaced already' }
      if (!(error instanceof ApiError) || error.code !== 429)
        return { resource, action: 'failed', message: messageOf(error) }
      waits = `its disruption budget: ${messageOf(error)}`
      failure = `Its disruption budget forbade it until the timeout: ${messageOf(error)}`
    }
    const left = deadline - now(options)
    if (left <= 0) return { resource, action: 'failed', message: failure }
    if (said !== waits) log.info(`Evicting ${describe(pod)} waits for ${waits}`)
    said = waits
    await sleep(Math.min(pause, left), undefined, signal ? { signal } : {}).catch(() => {})
  }
}

/** Evicting on would stop a workload whose new pods do not become ready. */
function notYet(pod: KubernetesObject, before: KubernetesObject | undefined, { signal }: Options): ChangeResult {
  const resource = resourceOf(pod)
  if (signal?.aborted) return { resource, action: 'skipped', message: 'the run was cancelled' }
  const instead = before ? `${describe(before)} was evicted, and ` : ''
  return { resource, action: 'failed', message: `${instead}no pod in its place became ready until the timeout.` }
}

/**
 * Until as many pods of the controller are ready as before, or as it still wants, or it is replaced itself; false when
 * that does not come to pass until the deadline.
 */
async function untilReplaced(
  options: Options,
  pod: KubernetesObject,
  ready: number,
  deadline: number
): Promise<boolean> {
  options.log.info(`${describe(pod)} was evicted; the next one waits until a new pod is ready in its place`)
  for (let pause = 250; now(options) < deadline && !options.signal?.aborted; pause = Math.min(pause * 2, 2000)) {
    await sleep(pause, undefined, options.signal ? { signal: options.signal } : {}).catch(() => {})
    try {
      const siblings = await siblingsOf(options.cluster, pod)
      const wanted = Math.min(ready, await wantedBeside(options.cluster, siblings))
      if (siblings.filter(isReady).length >= wanted) return true
    } catch (error) {
      options.log.debug(`pods beside ${describe(pod)} cannot be listed: ${messageOf(error)}`)
      return true
    }
  }
  return false
}

/** How many pods the controller wants: none where all of them go by themselves. */
async function wantedBeside(cluster: Cluster, siblings: readonly KubernetesObject[]): Promise<number> {
  const one = siblings.find((sibling) => at(sibling, 'metadata', 'deletionTimestamp') == null)
  const outlook = one && (await outlookOf(cluster, one))
  if (outlook?.stays === undefined) return Number.POSITIVE_INFINITY
  return outlook.stays ? (outlook.wanted ?? Number.POSITIVE_INFINITY) : 0
}

async function readySiblings(cluster: Cluster, pod: KubernetesObject | undefined): Promise<number> {
  return pod ? (await siblingsOf(cluster, pod)).filter(isReady).length : 0
}

/** All pods of its controller that there are. */
async function siblingsOf(cluster: Cluster, pod: KubernetesObject): Promise<KubernetesObject[]> {
  const resource = await cluster.resourceFor('v1', 'Pod')
  const [namespace, owner] = [namespaceOf(pod), controllerUid(pod)]
  if (!resource || namespace === undefined || owner === undefined) return []
  const { items } = await cluster.list(resource, { namespace })
  return items.filter((one) => controllerUid(one) === owner)
}

function isReady(pod: KubernetesObject): boolean {
  if (at(pod, 'metadata', 'deletionTimestamp') != null) return false
  const conditions = asList(at(pod, 'status', 'conditions')) ?? []
  return conditions.some((one) => at(one, 'type') === 'Ready' && at(one, 'status') === 'True')
}

function now(options: Options): number {
  return (options.now?.() ?? new Date()).getTime()
}
