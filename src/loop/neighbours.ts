import { clusterTargets } from '../declaration/dependencies.ts'
import type { EnvironmentDeclaration, KubernetesDeclaration } from '../declaration/index.ts'
import { messageOf } from '../errors.ts'
import type { InventoryKey } from '../targets/kubernetes/inventory.ts'
import type { Neighbours } from '../targets/kubernetes/options.ts'

/** Object ids that a target of the workspace declares, its namespaces filled in. */
export type DeclaredIds = (declared: KubernetesDeclaration, key: InventoryKey) => Promise<ReadonlySet<string>>

interface Neighbour {
  readonly key: InventoryKey
  readonly declared: KubernetesDeclaration
  /** The cluster as far as the declaration names it. */
  readonly place: string
}

/**
 * The targets that a declaration puts into the same cluster as one of them: of its own environment, and of others that
 * name the same cluster. They are rendered, once each, only when it is asked what they declare.
 */
export class Neighbourhood {
  readonly #all: readonly Neighbour[]
  readonly #known = new Map<Neighbour, Promise<ReadonlySet<string> | { readonly reason: string }>>()

  /** @param environments the whole declaration */
  constructor(environments: ReadonlyMap<string, EnvironmentDeclaration>) {
    this.#all = [...environments].flatMap(([environment, declaration]) =>
      [...declaration.targets].flatMap(([target, declared]) =>
        declared.kind === 'kubernetes'
          ? [
              {
                key: { environment, target, namespace: declared.namespace },
                declared,
                place: placeOf(environment, declaration, target)
              }
            ]
          : []
      )
    )
  }

  /** All but the target itself. */
  of(environment: string, target: string, idsOf: DeclaredIds): Neighbours {
    const place = this.#all.find((one) => isTarget(one, { environment, target }))?.place
    return this.#neighbours(
      this.#all.filter((one) => !isTarget(one, { environment, target })),
      place,
      idsOf
    )
  }

  /** All in the cluster that an environment names, or that its job brings; or in that of a kops target (`from`). */
  near(environment: string, idsOf: DeclaredIds, from?: string): Neighbours {
    const own = this.#all.filter(({ key }) => key.environment === environment)
    const here = own.find(({ place }) => place.startsWith('named ')) ?? { place: placeOfJob(environment, from) }
    return this.#neighbours(this.#all, here.place, idsOf)
  }

  #neighbours(others: readonly Neighbour[], place: string | undefined, idsOf: DeclaredIds): Neighbours {
    return {
      targets: others.filter((one) => one.place === place).map(({ key }) => key),
      declaring: async (ids, found = []) => {
        const by = new Map<string, InventoryKey>()
        const unreadable: { key: InventoryKey; reason: string }[] = []
        if (ids.length === 0) return { by, unreadable }
        for (const one of others) {
          // What was found in this cluster is there, whatever the declaration calls it.
          if (one.place !== place && !found.some((key) => isTarget(one, key))) continue
          const known = await this.#ids(one, idsOf)
          if ('reason' in known) unreadable.push({ key: one.key, reason: known.reason })
          else for (const id of ids) if (known.has(id)) by.set(id, one.key)
        }
        return { by, unreadable }
      }
    }
  }

  #ids(one: Neighbour, idsOf: DeclaredIds): Promise<ReadonlySet<string> | { readonly reason: string }> {
    const known = this.#known.get(one)
    if (known) return known
    const made = idsOf(one.declared, one.key).catch((error: unknown) => ({ reason: messageOf(error) }))
    this.#known.set(one, made)
    return made
  }
}

function isTarget({ key }: Neighbour, wanted: Pick<InventoryKey, 'environment' | 'target'>): boolean {
  return key.environment === wanted.environment && key.target === wanted.target
}

/** Two environments that name no cluster may be two clusters: each job brings its own kubeconfig. */
function placeOf(name: string, { cluster, targets }: EnvironmentDeclaration, target: string): string {
  if (cluster.context !== undefined || cluster.kubeconfig !== undefined)
    return `named ${cluster.context ?? ''} ${cluster.kubeconfig ?? ''}`
  return placeOfJob(name, clusterTargets(targets, target)[0])
}

function placeOfJob(environment: string, from: string | undefined): string {
  return `of ${environment} ${from ?? ''}`
}
