import { GitOpsError } from '../../errors.ts'
import type { Cluster, WatchEvent } from './cluster.ts'

/**
 * What is left of a run after it was cancelled, in milliseconds: GitHub kills 10 s after its first signal, and outputs
 * and summary are still to be written. Applying ends what is under way, then the inventory and the lease are written.
 */
export const TIME_TO_FINISH = 3000
export const TIME_TO_RECORD = 4500

/** The run was cancelled while a request was under way that did not end in time. */
export class CancelledError extends GitOpsError {
  constructor(message = 'The run was cancelled.') {
    super(message, { hint: 'Run it again: what was done stays, and a re-run continues from there.' })
  }
}

/**
 * The same cluster for a run that may be cancelled: `grace` milliseconds after that every request that is under way
 * rejects, and every later one, however long the API server takes or the client would go on trying.
 */
export function endingWith(cluster: Cluster, signal: AbortSignal | undefined, grace: number): Cluster {
  if (!signal) return cluster
  const over = new AbortController()
  const end = () => {
    if (grace === 0) over.abort()
    // The timer must not keep a process alive that has done its work.
    else setTimeout(() => over.abort(), grace).unref()
  }
  if (signal.aborted) end()
  else signal.addEventListener('abort', end, { once: true })
  return new EndingCluster(cluster, over.signal)
}

class EndingCluster implements Cluster {
  readonly server: string
  readonly #cluster: Cluster
  readonly #over: AbortSignal

  constructor(cluster: Cluster, over: AbortSignal) {
    this.server = cluster.server
    this.#cluster = cluster
    this.#over = over
  }

  #until<T>(start: () => Promise<T>): Promise<T> {
    if (this.#over.aborted) return Promise.reject(new CancelledError())
    return new Promise((resolve, reject) => {
      const end = () =>
        reject(new CancelledError('The run was cancelled while a request to the API server was under way.'))
      this.#over.addEventListener('abort', end, { once: true })
      start()
        .finally(() => this.#over.removeEventListener('abort', end))
        .then(resolve, reject)
    })
  }

  version: Cluster['version'] = () => this.#until(() => this.#cluster.version())
  resources: Cluster['resources'] = () => this.#until(() => this.#cluster.resources())
  resourceFor: Cluster['resourceFor'] = (...given) => this.#until(() => this.#cluster.resourceFor(...given))
  refreshDiscovery: Cluster['refreshDiscovery'] = () => this.#cluster.refreshDiscovery()
  get: Cluster['get'] = (...given) => this.#until(() => this.#cluster.get(...given))
  list: Cluster['list'] = (...given) => this.#until(() => this.#cluster.list(...given))
  apply: Cluster['apply'] = (...given) => this.#until(() => this.#cluster.apply(...given))
  create: Cluster['create'] = (...given) => this.#until(() => this.#cluster.create(...given))
  patch: Cluster['patch'] = (...given) => this.#until(() => this.#cluster.patch(...given))
  delete: Cluster['delete'] = (...given) => this.#until(() => this.#cluster.delete(...given))
  logs: Cluster['logs'] = (...given) => this.#until(() => this.#cluster.logs(...given))
  evict: Cluster['evict'] = (...given) => this.#until(() => this.#cluster.evict(...given))
  request: Cluster['request'] = (...given) => this.#until(() => this.#cluster.request(...given))

  watch(...[resource, options, signal]: Parameters<Cluster['watch']>): AsyncIterable<WatchEvent> {
    return this.#cluster.watch(resource, options, AbortSignal.any([signal, this.#over]))
  }
}
