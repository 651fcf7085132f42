import type { KubernetesObject } from '../../render/manifest.ts'
import { endingWith } from './cancel.ts'
import { collectionPath } from './client/paths.ts'
import { ApiError, type ApiResource, type Cluster } from './cluster.ts'
import { applySetId, type Inventory, type InventoryKey, readInventory } from './inventory.ts'
import { listMembers, preferred } from './live.ts'

/**
 * What is read of a target while its declaration is still being rendered: the inventory, and the members of the types and
 * in the namespaces that it names. Good for the plan that is made at once and for no later one.
 */
export interface Ahead {
  readonly inventory: Promise<Inventory | undefined>
  /** The members of a type; undefined where they were not asked for in just these namespaces, or the answer was an error. */
  members(type: ApiResource, namespaces: readonly string[]): Promise<KubernetesObject[] | undefined>
}

/** Begins to read. What the API server refuses is asked for once more by whoever needs it, who tells it then. */
export function readAhead(cluster: Cluster, key: InventoryKey, signal?: AbortSignal): Ahead {
  const reading = endingWith(cluster, signal, 0)
  const inventory = readInventory(reading, key)
  const lists = inventory.then((found) => beginLists(reading, key, found))
  lists.catch(() => {})
  return {
    inventory,
    async members(type, namespaces) {
      try {
        const begun = await lists
        return scopeOf(namespaces) === begun.scope ? await begun.of.get(collectionPath(type)) : undefined
      } catch (error) {
        // Whoever waited in vain for an API server must not wait a second time.
        if (error instanceof ApiError) return undefined
        throw error
      }
    }
  }
}

interface Lists {
  readonly scope: string
  /** By the path of the type. */
  readonly of: ReadonlyMap<string, Promise<KubernetesObject[]>>
}

async function beginLists(cluster: Cluster, key: InventoryKey, inventory: Inventory | undefined): Promise<Lists> {
  const namespaces = [...new Set([key.namespace, ...(inventory?.namespaces ?? [])])]
  const lists = new Map<string, Promise<KubernetesObject[]>>()
  for (const groupKind of inventory?.groupKinds ?? []) {
    const type = await preferred(cluster, groupKind)
    if (!type) continue
    const list = listMembers(cluster, type, { id: applySetId(key), namespaces })
    list.catch(() => {})
    lists.set(collectionPath(type), list)
  }
  return { scope: scopeOf(namespaces), of: lists }
}

function scopeOf(namespaces: readonly string[]): string {
  return [...namespaces].sort().join(',')
}
