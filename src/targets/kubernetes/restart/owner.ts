import { asList, asString, at } from '../../../json.ts'
import { type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import { ApiError, type Cluster } from '../cluster.ts'
import { describe } from '../describe.ts'

/** What becomes of a pod without anybody evicting it. */
export type Outlook =
  /** Its owner wants it, so it stays as it is; `kept`: why it must not be evicted all the same. */
  | { readonly stays: true; readonly wanted?: number; readonly kept?: string }
  /** It goes by itself, for this reason. */
  | { readonly stays: false; readonly why: string }
  /** The controller of this workload has not seen its last change yet. */
  | { readonly stays: undefined; readonly workload: string }

/**
 * Whether a pod goes by itself: it is gone or ends, nothing wants it any more, or a rollout replaces it. What cannot be
 * read, and a rollout that has stopped, leaves it where it is.
 */
export async function outlookOf(cluster: Cluster, pod: KubernetesObject): Promise<Outlook> {
  const namespace = namespaceOf(pod) ?? ''
  const live = await cluster.get({ apiVersion: 'v1', kind: 'Pod', name: pod.metadata.name, namespace })
  if (!live || live.metadata['uid'] !== pod.metadata['uid']) return { stays: false, why: 'was replaced already' }
  if (at(live, 'metadata', 'deletionTimestamp') != null) return { stays: false, why: 'ends already' }
  const owner = await readable(ownerOf(cluster, live))
  if (!owner) return { stays: true }
  if (owner.kind === 'ReplicaSet') return ofReplicaSet(cluster, owner)
  if (owner.kind === 'Job' && owner.apiVersion === 'batch/v1') return ofJob(owner, live)
  if (owner.apiVersion !== 'apps/v1') return { stays: true }
  if (owner.kind === 'StatefulSet') return ofStatefulSet(owner, live)
  return owner.kind === 'DaemonSet' ? ofDaemonSet(cluster, owner, live) : { stays: true }
}

async function ofReplicaSet(cluster: Cluster, set: KubernetesObject): Promise<Outlook> {
  const wanted = numberAt(set, 'spec', 'replicas') ?? 1
  const deployment = await readable(ownerOf(cluster, set))
  if (deployment?.kind === 'Deployment') {
    if (unseen(deployment)) return { stays: undefined, workload: describe(deployment) }
    const [current, its] = [deployment, set].map((one) => at(one, 'metadata', 'annotations', REVISION))
    const stands = at(deployment, 'spec', 'paused') === true || hasStopped(deployment)
    if (current !== undefined && its !== undefined && current !== its && !stands) return rolledOut(deployment)
  }
  return wanted === 0 ? { stays: false, why: `${describe(set)} wants no pods any more` } : { stays: true, wanted }
}

const REVISION = 'deployment.kubernetes.io/revision'

function hasStopped(deployment: KubernetesObject): boolean {
  return (asList(at(deployment, 'status', 'conditions')) ?? []).some(
    (one) => at(one, 'type') === 'Progressing' && at(one, 'status') === 'False'
  )
}

function ofStatefulSet(set: KubernetesObject, pod: KubernetesObject): Outlook {
  if (unseen(set)) return { stays: undefined, workload: describe(set) }
  const wanted = numberAt(set, 'spec', 'replicas') ?? 1
  const ordinal = Number(/\d+$/.exec(pod.metadata.name)?.[0]) - (numberAt(set, 'spec', 'ordinals', 'start') ?? 0)
  if (ordinal >= wanted) return { stays: false, why: `${describe(set)} is scaled down` }
  const rolling = at(set, 'spec', 'updateStrategy', 'type') !== 'OnDelete'
  const partition = numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
  const revision = asString(at(set, 'status', 'updateRevision'))
  const its = at(pod, 'metadata', 'labels', 'controller-revision-hash')
  const replaced = rolling && ordinal >= partition && revision !== undefined && its !== revision
  return replaced ? rolledOut(set) : { stays: true, wanted }
}

async function ofDaemonSet(cluster: Cluster, set: KubernetesObject, pod: KubernetesObject): Promise<Outlook> {
  if (unseen(set)) return { stays: undefined, workload: describe(set) }
  const stays = { stays: true } as const
  if (at(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return stays
  const type = await cluster.resourceFor('apps/v1', 'ControllerRevision')
  const namespace = namespaceOf(set)
  const revisions = type && namespace && (await readable(cluster.list(type, { namespace })))
  if (!revisions) return stays
  const [newest] = revisions.items
    .filter((one) => controllerUid(one) === set.metadata['uid'])
    .sort((a, b) => (numberAt(b, 'revision') ?? 0) - (numberAt(a, 'revision') ?? 0))
  const [current, its] = [newest, pod].map((one) => at(one, 'metadata', 'labels', 'controller-revision-hash'))
  return current === undefined || current === its ? stays : rolledOut(set)
}

/** Its pods serve nobody: none has to be ready before the next one goes. */
function ofJob(job: KubernetesObject, pod: KubernetesObject): Outlook {
  if (at(job, 'spec', 'suspend') === true) return { stays: false, why: `ends, because ${describe(job)} is suspended` }
  const kept = whyJobNeeds(job, pod)
  return { stays: true, wanted: 0, ...(kept === undefined ? {} : { kept }) }
}

/** Why a pod of a Job must end by itself: a Job takes an eviction for a failure, and may have no retry left for it. */
function whyJobNeeds(job: KubernetesObject, pod: KubernetesObject): string | undefined {
  const rules = asList(at(job, 'spec', 'podFailurePolicy', 'rules')) ?? []
  const rule = rules.find((one) =>
    (asList(at(one, 'onPodConditions')) ?? []).some(
      (condition) => at(condition, 'type') === 'DisruptionTarget' && (at(condition, 'status') ?? 'True') === 'True'
    )
  )
  const action = asString(at(rule, 'action'))
  if (action === 'Ignore') return undefined
  const would = `it is left to end by itself, because evicting it would make ${describe(job)} fail`
  if (action === 'FailJob' || action === 'FailIndex') return `${would} (its podFailurePolicy says so)`
  const each = numberAt(job, 'spec', 'backoffLimitPerIndex')
  const failed =
    each === undefined
      ? (numberAt(job, 'status', 'failed') ?? 0)
      : Number(at(pod, 'metadata', 'annotations', 'batch.kubernetes.io/job-index-failure-count') ?? 0)
  const limit = each ?? numberAt(job, 'spec', 'backoffLimit') ?? DEFAULT_BACKOFF_LIMIT
  if (failed < limit) return undefined
  return `${would} (${failed} of ${limit} retries are used up)`
}

const DEFAULT_BACKOFF_LIMIT = 6

/** Why a pod is not evicted though it runs with wrong content; undefined where it is. */
export async function whyKept(cluster: Cluster, pod: KubernetesObject): Promise<string | undefined> {
  if (at(controllerOf(pod), 'kind') !== 'Job') return undefined
  const outlook = await outlookOf(cluster, pod)
  return outlook.stays ? outlook.kept : undefined
}

function rolledOut(workload: KubernetesObject): Outlook {
  return { stays: false, why: `is replaced by the rollout of ${describe(workload)}` }
}

function unseen(workload: KubernetesObject): boolean {
  const generation = numberAt(workload, 'metadata', 'generation') ?? 0
  return (numberAt(workload, 'status', 'observedGeneration') ?? 0) < generation
}

async function ownerOf(cluster: Cluster, object: KubernetesObject): Promise<KubernetesObject | undefined> {
  const reference = controllerOf(object)
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => asString(at(reference, key)))
  const namespace = namespaceOf(object)
  if (!apiVersion || !kind || !name || namespace === undefined) return undefined
  const owner = await cluster.get({ apiVersion, kind, name, namespace })
  return owner?.metadata['uid'] === at(reference, 'uid') ? owner : undefined
}

/** What may not be read, or is of a kind that is not served, is not known. */
async function readable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ApiError && (error.code === 403 || error.code === 404)) return undefined
    throw error
  }
}

function controllerOf(object: KubernetesObject) {
  return (asList(at(object, 'metadata', 'ownerReferences')) ?? []).find((one) => at(one, 'controller') === true)
}

/** The UID of the controller that makes a new pod in its place. */
export function controllerUid(pod: KubernetesObject): string | undefined {
  return asString(at(controllerOf(pod), 'uid'))
}

function numberAt(object: KubernetesObject | undefined, ...path: string[]): number | undefined {
  const value = at(object, ...path)
  return typeof value === 'number' ? value : undefined
}
