import { asString } from '../../json.ts'
import { ApiError, type Cluster, FIELD_MANAGER } from './cluster.ts'
import { INVENTORY_TYPE, type InventoryKey, inventoryName, recordOf } from './inventory.ts'

/**
 * A target's inventory lives in its namespace, so a target whose namespace was changed begins anew, and what it made
 * before stays where it was. One sentence per place where that is so; nothing where Secrets may not be listed.
 */
export async function otherHomes(cluster: Cluster, key: InventoryKey): Promise<string[]> {
  const secrets = await cluster.resourceFor('v1', 'Secret')
  if (!secrets) return []
  try {
    const { items } = await cluster.list(secrets, {
      labelSelector: `app.kubernetes.io/managed-by=${FIELD_MANAGER}`,
      fieldSelector: `metadata.name=${inventoryName(key)}`
    })
    return items
      .map((secret) => asString(secret.metadata['namespace']))
      .filter((namespace) => namespace !== undefined && namespace !== key.namespace)
      .map(
        (namespace) =>
          `Target ${key.target} was deployed with the namespace ${namespace} before, and what it made then stays there. If it has moved, deploy it there once more without what is to go, or delete that by hand.`
      )
  } catch (error) {
    if (error instanceof ApiError && error.code === 403) return []
    throw error
  }
}

/**
 * Targets of an environment that have an inventory in this cluster and are not among the declared ones: they were
 * removed or renamed, and what they made is still there. Those of other repositories do not count. Nothing where
 * Secrets may not be listed.
 */
export async function leftTargets(
  cluster: Cluster,
  options: { readonly environment: string; readonly declared: readonly string[]; readonly repository?: string }
): Promise<{ target: string; namespace: string }[]> {
  const secrets = await cluster.resourceFor('v1', 'Secret')
  if (!secrets) return []
  const prefix = inventoryName({ environment: options.environment, target: '', namespace: '' })
  try {
    const { items } = await cluster.list(secrets, {
      labelSelector: `app.kubernetes.io/managed-by=${FIELD_MANAGER}`,
      fieldSelector: `type=${INVENTORY_TYPE}`
    })
    return items.flatMap((secret) => {
      const { name } = secret.metadata
      const target = name.startsWith(prefix) ? name.slice(prefix.length) : undefined
      if (target === undefined || options.declared.includes(target)) return []
      const { record } = recordOf(secret)
      if (record?.repository !== undefined && record.repository !== options.repository) return []
      return [{ target, namespace: asString(secret.metadata['namespace']) ?? '' }]
    })
  } catch (error) {
    if (error instanceof ApiError && error.code === 403) return []
    throw error
  }
}
