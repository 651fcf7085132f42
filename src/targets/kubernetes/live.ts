import { mapConcurrent } from '../../concurrency.ts'
import { type KubernetesObject, objectId } from '../../render/manifest.ts'
import { ApiError, type ApiResource, type Cluster } from './cluster.ts'
import type { Declared } from './declared.ts'
import { applySetId, type Inventory, type InventoryKey, PART_OF_LABEL } from './inventory.ts'

/** What the cluster holds of a target: its members by object id, found by one LIST per resource type. */
export interface Live {
  readonly members: ReadonlyMap<string, KubernetesObject>
  /** Types of the inventory that the API server no longer serves: their members went with the CRD. */
  readonly unserved: readonly string[]
}

/**
 * Fetches everything that carries the target's membership label, of every type that it declares or ever owned.
 * One LIST per type: in the one namespace where that is all, else across namespaces, and namespace by namespace
 * where the credentials allow no more.
 */
export async function readLive(
  cluster: Cluster,
  key: InventoryKey,
  declared: readonly Declared[],
  inventory: Inventory | undefined
): Promise<Live> {
  const unserved: string[] = []
  const types = new Map<string, ApiResource>()
  for (const { resource } of declared) if (resource) types.set(`${resource.kind}.${resource.group}`, resource)
  for (const groupKind of inventory?.groupKinds ?? []) {
    const name = groupKind.includes('.') ? groupKind : `${groupKind}.`
    if (types.has(name)) continue
    const resource = await preferred(cluster, name)
    if (resource) types.set(name, resource)
    else unserved.push(groupKind)
  }
  const namespaces = new Set([key.namespace, ...(inventory?.namespaces ?? [])])
  for (const { namespace } of declared) if (namespace !== undefined) namespaces.add(namespace)

  const lists = await mapConcurrent([...types.values()], 16, (type) =>
    listMembers(cluster, type, applySetId(key), [...namespaces])
  )
  const members = new Map<string, KubernetesObject>()
  for (const object of lists.flat()) members.set(objectId(object), object)
  return { members, unserved }
}

async function listMembers(
  cluster: Cluster,
  type: ApiResource,
  id: string,
  namespaces: readonly string[]
): Promise<KubernetesObject[]> {
  const labelSelector = `${PART_OF_LABEL}=${id}`
  if (!type.namespaced) return (await cluster.list(type, { labelSelector })).items
  const [only] = namespaces
  if (namespaces.length === 1 && only !== undefined)
    return (await cluster.list(type, { namespace: only, labelSelector })).items
  try {
    return (await cluster.list(type, { labelSelector })).items
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 403) throw error
    const lists = await mapConcurrent(
      namespaces,
      8,
      async (namespace) => (await cluster.list(type, { namespace, labelSelector })).items
    )
    return lists.flat()
  }
}

/** The served type of `Kind.group`, whatever its version; discovery lists the preferred version first. */
async function preferred(cluster: Cluster, groupKind: string): Promise<ApiResource | undefined> {
  return (await cluster.resources()).find(
    (type) => `${type.kind}.${type.group}` === groupKind && type.verbs.includes('list')
  )
}
