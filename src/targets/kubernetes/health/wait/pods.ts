import type { KubernetesObject } from '../../../../render/manifest.ts'
import type { ApiResource, Cluster, ListOptions } from '../../cluster.ts'
import { podsOfRevision, runsPods, selectorOf } from '../related.ts'
import { stringAt } from '../status.ts'
import { LiveSet } from './live-set.ts'

/** From so many workloads in a namespace on, all its pods are followed at once. */
const MANY_WORKLOADS = 5

interface Sets {
  readonly pods: LiveSet
  readonly replicaSets: LiveSet | undefined
}

/**
 * Follows the pods of workloads that are not healthy yet, and of Deployments the ReplicaSets. Where the credentials do
 * not allow it, there is nothing to see and the wait goes by the workloads alone.
 */
export class PodWatch {
  readonly #cluster: Cluster
  readonly #signal: AbortSignal
  readonly #onChange: () => void
  readonly #sets = new Map<string, Promise<Sets | undefined>>()
  readonly #ready = new Map<string, Sets>()
  #resources: Promise<{ pods: ApiResource | undefined; replicaSets: ApiResource | undefined }> | undefined
  #workloads = new Map<string, number>()

  constructor(cluster: Cluster, signal: AbortSignal, onChange: () => void) {
    this.#cluster = cluster
    this.#signal = signal
    this.#onChange = onChange
  }

  /** Tells how many workloads each namespace has that may be asked about. */
  announce(workloads: readonly KubernetesObject[]): void {
    this.#workloads = new Map()
    for (const workload of workloads) {
      const namespace = stringAt(workload, 'metadata', 'namespace')
      this.#workloads.set(namespace, (this.#workloads.get(namespace) ?? 0) + 1)
    }
  }

  /** The pods of a workload's present revision as far as they are known by now; the first call starts to follow them. */
  of(workload: KubernetesObject): KubernetesObject[] {
    if (!runsPods(workload)) return []
    const scope = this.#scopeOf(workload)
    if (scope === undefined) return []
    const key = `${scope.namespace ?? ''} ${scope.labelSelector ?? ''} ${workload.kind === 'Deployment'}`
    const sets = this.#ready.get(key)
    if (sets) return podsOfRevision(workload, sets.pods.byController(), sets.replicaSets?.byController() ?? (() => []))
    if (!this.#sets.has(key)) this.#sets.set(key, this.#start(key, scope, workload.kind === 'Deployment'))
    return []
  }

  #scopeOf(workload: KubernetesObject): ListOptions | undefined {
    const namespace = stringAt(workload, 'metadata', 'namespace')
    if ((this.#workloads.get(namespace) ?? 0) > MANY_WORKLOADS) return { namespace }
    const labelSelector = selectorOf(workload)
    return labelSelector === undefined ? undefined : { namespace, labelSelector }
  }

  async #start(key: string, scope: ListOptions, withReplicaSets: boolean): Promise<Sets | undefined> {
    try {
      this.#resources ??= this.#discover()
      const resources = await this.#resources
      if (!resources.pods) return undefined
      const pods = this.#set(resources.pods, scope)
      const replicaSets = withReplicaSets && resources.replicaSets ? this.#set(resources.replicaSets, scope) : undefined
      await Promise.all([pods.load(), replicaSets?.load()])
      if (this.#signal.aborted) return undefined
      void pods.follow(this.#signal)
      void replicaSets?.follow(this.#signal)
      const sets = { pods, replicaSets }
      this.#ready.set(key, sets)
      this.#onChange()
      return sets
    } catch {
      return undefined // not allowed, or not reachable now: the workload itself still tells whether it is healthy
    }
  }

  #set(resource: ApiResource, scope: ListOptions): LiveSet {
    return new LiveSet({
      cluster: this.#cluster,
      resource,
      scope,
      onChange: this.#onChange,
      onTrouble: () => {}
    })
  }

  async #discover() {
    const [pods, replicaSets] = await Promise.all([
      this.#cluster.resourceFor('v1', 'Pod'),
      this.#cluster.resourceFor('apps/v1', 'ReplicaSet')
    ])
    return { pods, replicaSets }
  }
}
