import { asString } from '../../json.ts'
import type { DeploymentRecord } from '../target.ts'
import { ApiError, type Cluster, FIELD_MANAGER } from './cluster.ts'
import { INVENTORY_TYPE, type InventoryKey, inventoryName, keyOfInventory, recordOf } from './inventory.ts'

/**
 * A target's inventory lives in its namespace, so a target whose namespace was changed begins anew, and what it made
 * before stays where it was. One sentence per place where that is so; nothing where Secrets may not be listed.
 * @param isDeclared whether a declaration names the target, so that what is left of it is seen to
 */
export async function otherHomes(cluster: Cluster, key: InventoryKey, isDeclared: boolean): Promise<string[]> {
  const secrets = await cluster.resourceFor('v1', 'Secret')
  if (!secrets) return []
  try {
    const { items } = await cluster.list(secrets, {
      labelSelector: `app.kubernetes.io/managed-by=${FIELD_MANAGER}`,
      fieldSelector: `metadata.name=${inventoryName(key)}`
    })
    return items
      .filter((secret) => keyOfInventory(secret) !== undefined)
      .map((secret) => asString(secret.metadata['namespace']))
      .filter((namespace) => namespace !== undefined && namespace !== key.namespace)
      .map(
        (namespace) =>
          `Target ${key.target} was deployed with the namespace ${namespace} before, and what it made then stays there. ${isDeclared ? 'Deploys of the whole environment show what is left of it, and delete it where "retire" says so.' : 'If it has moved, deploy it there once more without what is to go, or delete that by hand.'}`
      )
  } catch (error) {
    if (error instanceof ApiError && error.code === 403) return []
    throw error
  }
}

/** A target that has an inventory in a cluster, and what was deployed there last. */
export interface Left {
  readonly key: InventoryKey
  readonly record: DeploymentRecord
}

/**
 * Targets that have an inventory in this cluster and that nobody declares any more: they were removed or renamed, or
 * their environment was, or their namespace was changed, and what they made is still there. Those of other repositories and other declarations do not
 * count, nor those that were deployed by inputs alone. Nothing where Secrets may not be listed.
 * @param options.environments the targets of every declared environment, each with the namespace of its inventory;
 *   `only` looks at one environment
 */
export async function leftInventories(
  cluster: Cluster,
  options: {
    readonly environments: ReadonlyMap<string, ReadonlyMap<string, string>>
    readonly only?: string
    /** The file of the declaration. */
    readonly declaration: string
    readonly repository?: string
  }
): Promise<Left[]> {
  const secrets = await cluster.resourceFor('v1', 'Secret')
  if (!secrets) return []
  try {
    const { items } = await cluster.list(secrets, {
      labelSelector: `app.kubernetes.io/managed-by=${FIELD_MANAGER}`,
      fieldSelector: `type=${INVENTORY_TYPE}`
    })
    return items.flatMap((secret) => {
      const key = keyOfInventory(secret)
      if (!key || (options.only !== undefined && key.environment !== options.only)) return []
      if (options.environments.get(key.environment)?.get(key.target) === key.namespace) return []
      const { record } = recordOf(secret)
      const ours =
        record?.declaration === options.declaration &&
        record.repository?.toLowerCase() === options.repository?.toLowerCase()
      return ours ? [{ key, record }] : []
    })
  } catch (error) {
    if (error instanceof ApiError && error.code === 403) return []
    throw error
  }
}
