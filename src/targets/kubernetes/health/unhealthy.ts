import { mapConcurrent } from '../../../concurrency.ts'
import { at } from '../../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import type { UnhealthyResource } from '../../target.ts'
import type { Cluster } from '../cluster.ts'
import { resourceOf } from '../describe.ts'
import { assessHealth, isBuiltIn } from './assess.ts'
import type { HealthChecks } from './checks/index.ts'
import { diagnose } from './diagnose.ts'
import { familyOf } from './family.ts'
import { createdAt, isPod, runsPods } from './related.ts'
import { containersOf } from './rules/pods.ts'
import { refusalOf } from './rules/workloads.ts'
import { sharedLists } from './shared-lists.ts'
import { conditionOf, type Health } from './status.ts'

/** A pod that has not been ready for so long is not just starting. */
const STARTING_MS = 2 * 60_000

/** Kinds of Kubernetes itself whose degradation is a fault of what was declared or of what it runs. */
const JUDGED: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  '/ReplicationController',
  'batch/Job',
  'batch/CronJob',
  '/Pod',
  '/PersistentVolumeClaim',
  'apiextensions.k8s.io/CustomResourceDefinition'
])

/**
 * What does not work now although nobody changed its declaration: workloads whose pods crash, cannot start or are not
 * ready for minutes, failed Jobs and pods, custom resources that call themselves failed. Does not wait; a rollout that
 * is under way is none of these.
 * @param objects as they live in the cluster
 */
export async function findUnhealthy(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  options: { readonly now?: Date; readonly redact?: readonly string[]; readonly checks?: HealthChecks } = {}
): Promise<UnhealthyResource[]> {
  const now = options.now ?? new Date()
  const assess = { now, ...(options.checks ? { checks: options.checks } : {}) }
  const suspects = objects
    .filter((object) => options.checks?.covers(object) || isJudged(object))
    .map((object) => ({ object, health: assessHealth(object, assess) }))
    .filter(({ object, health }) => isSuspect(object, health))
  const lists = sharedLists(cluster, crowdedOf(suspects.map(({ object }) => namespaceOf(object))))
  const found = await mapConcurrent(suspects, 4, async ({ object, health }) => {
    if (health?.status !== 'Degraded' && !(await hasLastingTrouble(lists, object, now))) return undefined
    const { message, events, logs } = await diagnose(lists, object, { now, redact: options.redact ?? [], assess })
    return { resource: resourceOf(object), status: 'Degraded' as const, message, events, logs }
  })
  return found.filter((one) => one !== undefined)
}

/** Namespaces with more than one suspect. */
function crowdedOf(namespaces: readonly (string | undefined)[]): Set<string> {
  const seen = new Set<string>()
  return new Set(namespaces.filter((one) => one !== undefined).filter((one) => seen.has(one) || !seen.add(one)))
}

function isJudged(object: KubernetesObject): boolean {
  return !isBuiltIn(groupOf(object)) || JUDGED.has(`${groupOf(object)}/${object.kind}`)
}

/** A workload in progress is looked at closer: a crash loop leaves it so for ever. */
function isSuspect(object: KubernetesObject, health: Health | null): boolean {
  if (health === null || at(object, 'metadata', 'deletionTimestamp') != null) return false
  if (health.status === 'Degraded') return true
  return health.status === 'Progressing' && runsPods(object) && object.kind !== 'Job'
}

async function hasLastingTrouble(cluster: Cluster, object: KubernetesObject, now: Date): Promise<boolean> {
  const { pods, between } = await familyOf(cluster, object)
  if ([object, ...between].some((one) => refusalOf(one) !== undefined)) return true
  return pods.some(
    (pod) => assessHealth(pod, { now })?.status === 'Degraded' || hasJustCrashed(pod) || isUnreadyForLong(pod, now)
  )
}

/** Between two crashes a container runs for a moment, and nothing looks wrong. */
function hasJustCrashed(pod: KubernetesObject): boolean {
  return containersOf(pod).some((container) => !container.ready && (container.lastEnded?.exitCode ?? 0) !== 0)
}

function isUnreadyForLong(pod: KubernetesObject, now: Date): boolean {
  if (!isPod(pod) || at(pod, 'metadata', 'deletionTimestamp') != null) return false
  const ready = conditionOf(pod, 'Ready')
  if (ready?.status === 'True' || at(pod, 'status', 'phase') === 'Succeeded') return false
  const since = Math.max(createdAt(pod), Date.parse(ready?.lastTransitionTime || '') || 0)
  return now.getTime() - since > STARTING_MS
}
