import { setTimeout as sleep } from 'node:timers/promises'
import { mapConcurrent } from '../../../concurrency.ts'
import { messageOf } from '../../../errors.ts'
import { asList, asString, at } from '../../../json.ts'
import { type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import type { ChangeResult, Failure } from '../../target.ts'
import { ApiError, type Cluster } from '../cluster.ts'
import { describe, resourceOf } from '../describe.ts'
import type { KubernetesTargetOptions } from '../options.ts'

type Options = Pick<KubernetesTargetOptions, 'cluster' | 'signal' | 'now' | 'log'>

/**
 * Evicts pods: those of one controller one after another, each once its predecessor has been replaced, so that a
 * workload without a disruption budget is not stopped as a whole. A budget that forbids it is waited for until the
 * deadline (epoch milliseconds). Never throws: what could not be evicted is a failed result.
 */
export async function evictPods(
  options: Options,
  pods: readonly KubernetesObject[],
  deadline: number
): Promise<{ results: ChangeResult[]; failure?: Failure }> {
  const groups = [...Map.groupBy(pods, (pod) => controllerUid(pod) ?? pod.metadata.name).values()]
  const results = (
    await mapConcurrent(groups, 8, async (group) => {
      const done: ChangeResult[] = []
      const ready = await readySiblings(options.cluster, group[0]).catch(() => 0)
      for (const [index, pod] of group.entries()) {
        const result = await evictOne(options, pod, deadline)
        done.push(result)
        if (result.action === 'restarted' && index < group.length - 1)
          await untilReplaced(options, pod, ready, deadline)
      }
      return done
    })
  ).flat()
  const failed = results.filter((one) => one.action === 'failed')
  const [first] = failed
  if (first === undefined) return { results }
  const names = failed.map((one) => `${one.resource.namespace}/${one.resource.name}`)
  return {
    results,
    failure: {
      message: `${failed.length === 1 ? 'A pod still runs' : `${failed.length} pods still run`} with content that had drifted, because it could not be evicted: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}. ${first.message ?? ''}`,
      hint: `The content itself is put back. Replace the pods when their disruption budget allows it: kubectl delete pod -n ${first.resource.namespace} ${failed
        .filter((one) => one.resource.namespace === first.resource.namespace)
        .map((one) => one.resource.name)
        .join(' ')}`,
      resources: []
    }
  }
}

async function evictOne(options: Options, pod: KubernetesObject, deadline: number): Promise<ChangeResult> {
  const { cluster, signal } = options
  const resource = resourceOf(pod)
  const uid = asString(pod.metadata['uid'])
  const place = { namespace: namespaceOf(pod) ?? '', name: pod.metadata.name, ...(uid === undefined ? {} : { uid }) }
  for (let pause = 500; ; pause = Math.min(pause * 2, 5000)) {
    if (signal?.aborted) return { resource, action: 'skipped', message: 'the run was cancelled' }
    try {
      await cluster.evict(place)
      return { resource, action: 'restarted', message: 'evicted, because it had started with content that had drifted' }
    } catch (error) {
      // Gone, or another pod has its name by now: that one started later.
      if (error instanceof ApiError && (error.code === 404 || error.code === 409))
        return { resource, action: 'unchanged', message: 'was gone already' }
      const forbidden = error instanceof ApiError && error.code === 429
      const left = deadline - now(options)
      if (!forbidden || left <= 0) return { resource, action: 'failed', message: messageOf(error) }
      if (pause === 500) options.log.info(`${describe(pod)} waits for its disruption budget: ${messageOf(error)}`)
      await sleep(Math.min(pause, left), undefined, signal ? { signal } : {}).catch(() => {})
    }
  }
}

/** Until as many pods of the controller are ready as before; not for ever, since the rest is still to be evicted. */
async function untilReplaced(options: Options, pod: KubernetesObject, ready: number, deadline: number): Promise<void> {
  for (let pause = 250; now(options) < deadline && !options.signal?.aborted; pause = Math.min(pause * 2, 2000)) {
    await sleep(pause, undefined, options.signal ? { signal: options.signal } : {}).catch(() => {})
    try {
      if ((await readySiblings(options.cluster, pod)) >= ready) return
    } catch (error) {
      options.log.debug(`pods beside ${describe(pod)} cannot be listed: ${messageOf(error)}`)
      return
    }
  }
}

async function readySiblings(cluster: Cluster, pod: KubernetesObject | undefined): Promise<number> {
  const resource = await cluster.resourceFor('v1', 'Pod')
  const namespace = pod && namespaceOf(pod)
  const owner = pod && controllerUid(pod)
  if (!resource || namespace === undefined || owner === undefined) return 0
  const { items } = await cluster.list(resource, { namespace })
  return items.filter((one) => controllerUid(one) === owner && isReady(one)).length
}

function isReady(pod: KubernetesObject): boolean {
  if (at(pod, 'metadata', 'deletionTimestamp') != null) return false
  const conditions = asList(at(pod, 'status', 'conditions')) ?? []
  return conditions.some((one) => at(one, 'type') === 'Ready' && at(one, 'status') === 'True')
}

/** The UID of the controller that makes a new pod in its place. */
export function controllerUid(pod: KubernetesObject): string | undefined {
  const owner = (asList(at(pod, 'metadata', 'ownerReferences')) ?? []).find((one) => at(one, 'controller') === true)
  return asString(at(owner, 'uid'))
}

function now(options: Options): number {
  return (options.now?.() ?? new Date()).getTime()
}
