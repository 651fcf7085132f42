import type { KubernetesObject } from '../../render/manifest.ts'
import { autoscalersIn } from './autoscaled.ts'
import { endingWith } from './cancel.ts'
import { collectionPath } from './client/paths.ts'
import { ApiError, type Cluster, type ListOptions, type ObjectList, type ObjectRef } from './cluster.ts'
import { applySetId, type InventoryKey, readInventory } from './inventory.ts'
import { listMembers, preferred } from './live.ts'
import { readNamespace } from './namespaces.ts'
import { withMethods } from './with-methods.ts'

/**
 * The same cluster, which is already asked, while the declaration is still being rendered, for what a plan for drift
 * will ask it: the inventory, the members of the types and in the namespaces that the inventory names, the autoscalers
 * there. Each answer serves once, so it is good for the plan that is made at once and for no later one. What the API
 * server refuses is asked for once more by whoever needs it, who tells it then.
 */
export function readAhead(cluster: Cluster, key: InventoryKey, signal?: AbortSignal): Cluster {
  const answers = new Answers(endingWith(cluster, signal, 0))
  void foresee(answers.asking, key).catch(() => {})
  return answers.answering(cluster)
}

/** Asks what a plan will ask. Whatever fails here will fail there, too. */
async function foresee(cluster: Cluster, key: InventoryKey): Promise<void> {
  const inventory = await readInventory(cluster, key)
  if (!inventory) return
  const namespaces = [...new Set([key.namespace, ...inventory.namespaces])]
  const types = await Promise.all(inventory.groupKinds.map((groupKind) => preferred(cluster, groupKind)))
  const members = types.map((type) => type && listMembers(cluster, type, { id: applySetId(key), namespaces }))
  await Promise.allSettled([...members, readNamespace(cluster, key.namespace), autoscalersIn(cluster, namespaces)])
}

/** Requests under way, and who may have their answers. */
class Answers {
  readonly #gets = new Map<string, Promise<KubernetesObject | undefined>>()
  readonly #lists = new Map<string, Promise<ObjectList>>()
  /** The cluster, each request of which is kept for whoever makes the same one. */
  readonly asking: Cluster

  constructor(cluster: Cluster) {
    this.asking = withMethods(cluster, {
      get: (ref) => kept(this.#gets, nameOf(ref), () => cluster.get(ref)),
      list: (type, options) => kept(this.#lists, pathOf(type, options), () => cluster.list(type, options))
    })
  }

  answering(cluster: Cluster): Cluster {
    return withMethods(cluster, {
      get: (ref) => taken(this.#gets, nameOf(ref), () => cluster.get(ref)),
      list: (type, options) => taken(this.#lists, pathOf(type, options), () => cluster.list(type, options))
    })
  }
}

function kept<T>(answers: Map<string, Promise<T>>, name: string, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(name)
  if (known) return known
  const asked = ask()
  // Whoever takes it sees it fail; perhaps nobody does.
  asked.catch(() => {})
  answers.set(name, asked)
  return asked
}

async function taken<T>(answers: Map<string, Promise<T>>, name: string, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(name)
  answers.delete(name)
  try {
    return await (known ?? ask())
  } catch (error) {
    // Whoever waited in vain for an API server must not wait a second time.
    if (!known || !(error instanceof ApiError)) throw error
    return ask()
  }
}

function nameOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  return [apiVersion, kind, namespace, name].join(' ')
}

function pathOf(
  type: Parameters<Cluster['list']>[0],
  { namespace, labelSelector, fieldSelector }: ListOptions = {}
): string {
  return [collectionPath(type, namespace), labelSelector, fieldSelector].join(' ')
}
