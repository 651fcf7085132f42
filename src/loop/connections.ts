import { clusterTargets } from '../declaration/dependencies.ts'
import type { EnvironmentDeclaration } from '../declaration/index.ts'
import { type Cluster, Unreachable } from '../targets/kubernetes/cluster.ts'
import type { KubernetesEngine } from './kubernetes-unit.ts'
import type { ReadOutput } from './unit.ts'

export interface Connection {
  readonly cluster: Promise<Cluster>
  /** The kops target that the cluster is of; undefined for the cluster of the environment or the job. */
  readonly from?: string
}

/** The output of a kops target that is the path of a kubeconfig. */
export const KUBECONFIG = 'kubeconfig'

/**
 * Connections to the clusters of an environment, each made once, when it is first used: the one that the environment
 * names; else that of the kops target which a target depends on; else the one of the job's kubeconfig.
 */
export class Connections {
  readonly #environment: EnvironmentDeclaration
  readonly #engine: Pick<KubernetesEngine, 'connect'>
  readonly #made = new Map<string, Connection>()

  constructor(environment: EnvironmentDeclaration, engine: Pick<KubernetesEngine, 'connect'>) {
    this.#environment = environment
    this.#engine = engine
  }

  /** How a target gets to the cluster that it is deployed into. */
  of(target: string): (output: ReadOutput) => Promise<Cluster> {
    const { cluster, targets } = this.#environment
    const named = cluster.context !== undefined || cluster.kubeconfig !== undefined
    const [from] = named ? [] : clusterTargets(targets, target)
    if (from === undefined) return () => this.#connect('', cluster)
    return async (output) => {
      const kubeconfig = await output({ from, output: KUBECONFIG })
      return this.#connect(kubeconfig, { context: undefined, kubeconfig }, from)
    }
  }

  /** The cluster that the environment names, or that of the job where a target is deployed there. */
  own(): Promise<Cluster> | undefined {
    const { cluster } = this.#environment
    const named = cluster.context !== undefined || cluster.kubeconfig !== undefined
    return named || usesJobsCluster(this.#environment) ? this.#connect('', cluster) : undefined
  }

  /** Those that were made. */
  made(): readonly Connection[] {
    return [...this.#made.values()]
  }

  #connect(key: string, cluster: EnvironmentDeclaration['cluster'], from?: string): Promise<Cluster> {
    const known = this.#made.get(key)
    if (known) return known.cluster
    const made = this.#engine.connect(cluster)
    this.#made.set(key, { cluster: made, ...(from === undefined ? {} : { from }) })
    return made
  }
}

/** Whether any target of an environment is deployed into the cluster of the job's kubeconfig. */
export function usesJobsCluster({ cluster, targets }: EnvironmentDeclaration): boolean {
  if (cluster.context !== undefined || cluster.kubeconfig !== undefined) return false
  return [...targets].some(([id, { kind }]) => kind === 'kubernetes' && clusterTargets(targets, id).length === 0)
}

/** Whether an error says that the API server of a cluster could not be reached at all. */
export function isUnreachable(error: unknown): error is Unreachable {
  return error instanceof Unreachable
}
