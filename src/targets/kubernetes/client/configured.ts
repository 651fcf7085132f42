import { GitOpsError } from '../../../errors.ts'
import { loadKubeConfig } from './kubeconfig.ts'

/**
 * Whether there is anything that says how to reach a cluster: a kubeconfig with something in it, or the service account
 * of a pod. Nobody is asked; what there is may still be wrong.
 */
export function isConfigured(kubeconfig: string | undefined, env: NodeJS.ProcessEnv): boolean {
  if (env['KUBERNETES_SERVICE_HOST']) return true
  try {
    const config = loadKubeConfig(kubeconfig, env)
    return config !== undefined && config.contexts.size + config.clusters.size > 0
  } catch (error) {
    // A file that an earlier step would have written, or an empty secret.
    if (error instanceof GitOpsError) return false
    throw error
  }
}
