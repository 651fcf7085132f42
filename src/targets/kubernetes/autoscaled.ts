import { mapConcurrent } from '../../concurrency.ts'
import { at } from '../../json.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { ApiError, type Cluster } from './cluster.ts'
import type { DeclaredSet } from './declared.ts'

/**
 * The autoscalers that live beside the workloads of a set: HorizontalPodAutoscalers and KEDA's ScaledObjects in their
 * namespaces. A workload without declared replicas counts, too: those that an earlier declaration gave it would be
 * reset by leaving them out now.
 */
export async function liveAutoscalers(cluster: Cluster, declared: DeclaredSet): Promise<KubernetesObject[]> {
  const scaled = declared.members.filter(
    ({ manifest, resource }) =>
      resource?.subresources.includes('scale') === true || at(manifest.object, 'spec', 'replicas') !== undefined
  )
  if (scaled.length === 0) return []
  return autoscalersIn(cluster, [...new Set(scaled.flatMap((member) => member.namespace ?? []))])
}

/** Those of namespaces. */
export async function autoscalersIn(cluster: Cluster, namespaces: readonly string[]): Promise<KubernetesObject[]> {
  const types = (await cluster.resources()).filter(
    (type) =>
      (type.kind === 'HorizontalPodAutoscaler' && type.group === 'autoscaling' && type.version === 'v2') ||
      (type.kind === 'ScaledObject' && type.group === 'keda.sh')
  )
  const lists = await mapConcurrent(
    types.flatMap((type) => namespaces.map((namespace) => ({ type, namespace }))),
    8,
    async ({ type, namespace }) => {
      try {
        return (await cluster.list(type, { namespace })).items
      } catch (error) {
        // Credentials that may not read autoscalers still know the declared ones.
        if (error instanceof ApiError && error.code === 403) return []
        throw error
      }
    }
  )
  return lists.flat()
}
