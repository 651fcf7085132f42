import type { Logger } from '../../../log.ts'
import { type Exec, exec as realExec } from '../../../toolchain/exec.ts'
import { findAccess } from './access.ts'
import { credentialsOf } from './credentials.ts'
import { HttpConnection } from './http.ts'
import { HttpCluster } from './http-cluster.ts'
import { type Patience, Transport } from './transport.ts'

export { describeApiError, explainForbidden, type Forbidden } from './explain.ts'
export type { HttpCluster } from './http-cluster.ts'
export { unknownKind } from './unknown-kind.ts'

export interface ConnectOptions {
  /** Path or content of a kubeconfig; default: `KUBECONFIG`, `~/.kube/config`, the pod's service account. */
  readonly kubeconfig?: string | undefined
  /** Default: the kubeconfig's current context. */
  readonly context?: string | undefined
  readonly env?: NodeJS.ProcessEnv
  readonly log: Logger
  /** Aborts every request that is under way and all later ones. */
  readonly signal?: AbortSignal | undefined
  /** Runs credential plugins. */
  readonly exec?: Exec
  /** Told every credential before its first use, so that the runner can hide it in logs (`core.setSecret`). */
  readonly mask?: (secret: string) => void
  /** How long to bear with a server that does not answer; for tests. */
  readonly patience?: Patience
  /** Where a pod's service account lies; for tests. */
  readonly serviceAccountDirectory?: string
}

/**
 * An API server to work with. Reads the kubeconfig and its files; the first request is the first that goes out.
 * @throws GitOpsError when no cluster is configured, or the kubeconfig or the context is wrong
 */
export async function connect(options: ConnectOptions): Promise<HttpCluster> {
  const { log, env = process.env, exec = realExec, signal } = options
  const access = findAccess(options.kubeconfig, options.context, env, options.serviceAccountDirectory)
  const abort = signal ? { signal } : {}
  const credentials = credentialsOf(access, { exec, env, log, mask: options.mask ?? (() => {}), ...abort })
  const patience = options.patience ? { patience: options.patience } : {}
  const transport = new Transport(new HttpConnection(access, env), credentials, { access, log, ...abort, ...patience })
  return new HttpCluster(access, transport)
}
