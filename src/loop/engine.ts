import path from 'node:path'
import type { Logger } from '../log.ts'
import type { Exec } from '../toolchain/exec.ts'
import type { KubernetesEngine } from './kubernetes-unit.ts'

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
}): KubernetesEngine {
  const { log, exec, workspace, mask } = options
  return {
    async connect(cluster) {
      const { connect } = await import('../targets/kubernetes/client/index.ts')
      const kubeconfig =
        cluster.kubeconfig === undefined ? options.kubeconfig : path.resolve(workspace, cluster.kubeconfig)
      // Without the run's signal: a write that is under way ends, and what was done is recorded; targets stop between objects.
      return connect({ kubeconfig, context: cluster.context, log, exec, ...(mask ? { mask } : {}) })
    },
    async render(source, renderOptions) {
      const { render } = await import('../render/index.ts')
      return render(source, { ...renderOptions, log, exec })
    },
    async target(targetOptions) {
      const { kubernetesTarget } = await import('../targets/kubernetes/target.ts')
      return kubernetesTarget(targetOptions)
    },
    async leftTargets(cluster, wanted) {
      const { leftTargets } = await import('../targets/kubernetes/elsewhere.ts')
      return leftTargets(cluster, wanted)
    },
    async readDeployment(cluster, key) {
      const { readDeployment } = await import('../targets/kubernetes/inventory.ts')
      return readDeployment(cluster, key)
    }
  }
}
