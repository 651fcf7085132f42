import type { KubernetesObject } from '../../render/manifest.ts'
import type { ApiResource, Cluster } from './cluster.ts'

/**
 * The served types of objects, by `typeKey`. Each is asked for once, however many objects there are of it; what the API
 * server does not know is left out.
 */
export async function typesOf(
  cluster: Cluster,
  objects: Iterable<KubernetesObject>
): Promise<Map<string, ApiResource>> {
  const types = new Map<string, ApiResource>()
  const seen = new Set<string>()
  for (const object of objects) {
    const key = typeKey(object)
    if (seen.has(key)) continue
    seen.add(key)
    const type = await cluster.resourceFor(object.apiVersion, object.kind)
    if (type) types.set(key, type)
  }
  return types
}

/** `apiVersion/kind`. */
export function typeKey({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): string {
  return `${apiVersion}/${kind}`
}
