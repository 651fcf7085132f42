import type { KubernetesObject } from '../../../render/manifest.ts'
import type { Cluster, ListOptions } from '../cluster.ts'
import {
  byController,
  controllerOf,
  isPod,
  newestReplicaSet,
  podsOfRevision,
  runsPods,
  selectorOf,
  uidOf
} from './related.ts'
import { stringAt } from './status.ts'

/** What belongs to an object: its pods (of the present revision), and the objects between it and them. */
export interface Family {
  readonly between: readonly KubernetesObject[]
  readonly pods: readonly KubernetesObject[]
}

const NOBODY: Family = { between: [], pods: [] }

/**
 * Finds the pods of an object: by its selector for workloads of Kubernetes itself, by the chain of owners for
 * anything else (custom resources). Empty where they cannot be read.
 */
export async function familyOf(cluster: Cluster, object: KubernetesObject): Promise<Family> {
  const namespace = stringAt(object, 'metadata', 'namespace')
  if (isPod(object)) return { between: [], pods: [object] }
  if (namespace === '' || uidOf(object) === '') return NOBODY
  return runsPods(object) ? workloadFamily(cluster, object, namespace) : ownedFamily(cluster, object, namespace)
}

async function workloadFamily(cluster: Cluster, workload: KubernetesObject, namespace: string): Promise<Family> {
  const labelSelector = selectorOf(workload)
  if (labelSelector === undefined) return NOBODY
  const scope = { namespace, labelSelector }
  const [pods, replicaSets] = await Promise.all([
    listQuietly(cluster, 'v1', 'Pod', scope),
    workload.kind === 'Deployment' ? listQuietly(cluster, 'apps/v1', 'ReplicaSet', scope) : []
  ])
  const owned = byController(replicaSets)
  const newest = workload.kind === 'Deployment' ? newestReplicaSet(workload, owned) : undefined
  return { between: newest ? [newest] : [], pods: podsOfRevision(workload, byController(pods), owned) }
}

/** Kinds that may stand between a custom resource and its pods, each after those that may own it. */
const BETWEEN: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['batch/v1', 'CronJob'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'DaemonSet'],
  ['batch/v1', 'Job'],
  ['apps/v1', 'ReplicaSet']
]

async function ownedFamily(cluster: Cluster, object: KubernetesObject, namespace: string): Promise<Family> {
  const scope = { namespace }
  const [pods, ...levels] = await Promise.all([
    listQuietly(cluster, 'v1', 'Pod', scope),
    ...BETWEEN.map(([apiVersion, kind]) => listQuietly(cluster, apiVersion, kind, scope))
  ])
  const owners = new Set([uidOf(object)])
  const between: KubernetesObject[] = []
  for (const candidate of levels.flat()) {
    if (!owners.has(controllerOf(candidate) ?? '')) continue
    owners.add(uidOf(candidate))
    between.push(candidate)
  }
  return { between, pods: pods.filter((pod) => owners.has(controllerOf(pod) ?? '')) }
}

/** A list for a luxury: empty when it may not, or cannot, be read. */
export async function listQuietly(
  cluster: Cluster,
  apiVersion: string,
  kind: string,
  scope: ListOptions
): Promise<KubernetesObject[]> {
  try {
    const resource = await cluster.resourceFor(apiVersion, kind)
    return resource ? (await cluster.list(resource, scope)).items : []
  } catch {
    return []
  }
}
