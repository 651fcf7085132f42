import path from 'node:path'
import type { Logger } from '../log.ts'
import { endingWith, TIME_TO_RECORD } from '../targets/kubernetes/cancel.ts'
import { ApiError, type Cluster } from '../targets/kubernetes/cluster.ts'
import type { HeldLease } from '../targets/kubernetes/lease.ts'
import type { Exec } from '../toolchain/exec.ts'
import type { KubernetesEngine } from './kubernetes-unit.ts'

/** Where a lease is held: what it takes to connect there again, beside the job's own kubeconfig. */
export interface LeasePlace {
  /** Absolute path of a kubeconfig that is not the job's own. */
  readonly kubeconfig?: string
  readonly context?: string
}

/**
 * The real engine. Its parts are loaded when they are first used: a drift check that finds nothing deployed need not
 * know how to render.
 */
export function kubernetesEngine(options: {
  readonly workspace: string
  /** Path or content of the job's kubeconfig, where one was given. */
  readonly kubeconfig?: string
  readonly log: Logger
  readonly exec: Exec
  /** Hides a credential in every log before it is used for the first time. */
  readonly mask?: (secret: string) => void
  /** Told before a lease is taken, and when it was given back. */
  readonly onLease?: (lease: HeldLease & LeasePlace, held: boolean) => void
  /** Cancels the run. */
  readonly signal?: AbortSignal
}): KubernetesEngine {
  const { log, exec, workspace, mask, onLease, signal } = options
  const cancelled = signal ? { signal } : {}
  const places = new WeakMap<Cluster, LeasePlace>()
  return {
    async connect(cluster) {
      const { connect } = await import('../targets/kubernetes/client/index.ts')
      const own = cluster.kubeconfig === undefined ? undefined : path.resolve(workspace, cluster.kubeconfig)
      const { context } = cluster
      // Without the run's signal: a write that is under way ends, and what was done is recorded; targets stop between
      // objects. Only for a server that does not answer there is an end to that.
      const kubeconfig = own ?? options.kubeconfig
      const client = await connect({ kubeconfig, context, log, exec, ...(mask ? { mask } : {}) })
      const connected = endingWith(client, signal, TIME_TO_RECORD)
      const place = { ...(own === undefined ? {} : { kubeconfig: own }), ...(context === undefined ? {} : { context }) }
      places.set(connected, place)
      // They are needed next, and are read and compiled while the API server answers.
      void import('../render/index.ts').catch(() => {})
      void import('../targets/kubernetes/target.ts').catch(() => {})
      return connected
    },
    async hasAccess(cluster) {
      if (cluster.kubeconfig !== undefined) return true
      const { isConfigured } = await import('../targets/kubernetes/client/configured.ts')
      return isConfigured(options.kubeconfig, process.env)
    },
    async render(source, renderOptions) {
      const { render } = await import('../render/index.ts')
      return render(source, { ...renderOptions, log, exec, ...cancelled })
    },
    async readAhead(cluster, key, signal) {
      const { readAhead } = await import('../targets/kubernetes/ahead.ts')
      return readAhead(cluster, key, signal)
    },
    async target(targetOptions) {
      const { kubernetesTarget } = await import('../targets/kubernetes/target.ts')
      const place = places.get(targetOptions.cluster)
      return kubernetesTarget({
        ...targetOptions,
        ...(onLease ? { onLease: (lease, held) => onLease({ ...lease, ...place }, held) } : {})
      })
    },
    async leftInventories(cluster, wanted) {
      const { leftInventories } = await import('../targets/kubernetes/elsewhere.ts')
      return told('Looking for targets that nobody declares any more', () =>
        leftInventories(endingWith(cluster, signal, 0), wanted)
      )
    },
    async retired(retiredOptions) {
      const { retiredTarget } = await import('../targets/kubernetes/retired.ts')
      const place = places.get(retiredOptions.cluster)
      return retiredTarget({
        ...retiredOptions,
        ...(onLease ? { onLease: (lease, held) => onLease({ ...lease, ...place }, held) } : {})
      })
    },
    async declaredIds(cluster, manifests, namespace) {
      const { declaredIds } = await import('../targets/kubernetes/declared.ts')
      return told('Asking what kinds the API server serves', () =>
        declaredIds(endingWith(cluster, signal, 0), manifests, namespace)
      )
    },
    async readDeployment(cluster, key) {
      const { readDeployment } = await import('../targets/kubernetes/inventory.ts')
      return told(`Reading what was deployed as target "${key.target}"`, () =>
        readDeployment(endingWith(cluster, signal, 0), key)
      )
    }
  }
}

/** A refusal of the API server, in words for people. */
async function told<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const { describeApiError } = await import('../targets/kubernetes/client/explain.ts')
    throw describeApiError(error, doing)
  }
}
