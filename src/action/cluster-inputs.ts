import { GitOpsError } from '../errors.ts'
import { DNS_LABEL, DNS_LABEL_MUST } from '../names.ts'
import type { Inputs } from './inputs.ts'
import { maskSecrets } from './secrets.ts'

/** Inputs that every action about a cluster has (design §5). */
export interface ClusterInputs {
  /** Path or content. */
  readonly kubeconfig: string | undefined
  readonly context: string | undefined
  readonly namespace: string
  readonly environment: string
  readonly target: string
  /** Milliseconds. */
  readonly timeout: number
  readonly token: string | undefined
}

export type ClusterInput =
  | 'kubeconfig'
  | 'context'
  | 'namespace'
  | 'environment'
  | 'target'
  | 'timeout'
  | 'github-token'

/**
 * Reads the inputs that the cluster actions share; masks the secrets among them before anything else.
 * @throws GitOpsError naming the input
 */
export function readClusterInputs(inputs: Inputs<ClusterInput>): ClusterInputs {
  const { kubeconfig, token } = readSecrets(inputs)
  return {
    kubeconfig,
    token,
    context: inputs.optional('context'),
    namespace: dnsLabel('namespace', inputs.optional('namespace') ?? 'default'),
    environment: dnsLabel('environment', inputs.optional('environment') ?? 'default'),
    target: dnsLabel('target', inputs.required('target')),
    timeout: readTimeout(inputs)
  }
}

function readTimeout(inputs: Inputs<'timeout'>): number {
  const timeout = inputs.duration('timeout', '10m')
  if (timeout > 0) return timeout
  throw new GitOpsError(`Input "timeout" is "${inputs.optional('timeout')}", which leaves no time for anything.`, {
    hint: 'Give it more than nothing, such as 10m. To apply without waiting for health, use wait: false.'
  })
}

/** The kubeconfig and the token, masked in every log from here on. */
export function readSecrets(inputs: Inputs<'kubeconfig' | 'github-token'>): {
  kubeconfig: string | undefined
  token: string | undefined
} {
  const kubeconfig = inputs.optional('kubeconfig')
  const token = inputs.optional('github-token')
  maskSecrets({ kubeconfig, token })
  return { kubeconfig, token }
}

function dnsLabel(name: string, value: string): string {
  if (DNS_LABEL.test(value)) return value
  throw new GitOpsError(`Input "${name}" is "${value}", but must be ${DNS_LABEL_MUST}.`, {
    hint: 'It becomes part of the name of an object in the cluster.'
  })
}
