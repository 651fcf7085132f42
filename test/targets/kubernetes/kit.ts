import { execFileSync } from 'node:child_process'
import { beforeAll } from 'vitest'
import { GitOpsError } from '../../../src/errors.ts'
import type { JsonObject } from '../../../src/json.ts'
import type { Logger } from '../../../src/log.ts'
import type { KubernetesObject, Manifest } from '../../../src/render/manifest.ts'
import { connect } from '../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../src/targets/kubernetes/cluster.ts'
import type { KubernetesTargetOptions, Policy } from '../../../src/targets/kubernetes/options.ts'
import { kubernetesTarget } from '../../../src/targets/kubernetes/target.ts'
import type { Plan } from '../../../src/targets/plan.ts'
import type { Outcome, Target } from '../../../src/targets/target.ts'
import { type Platform, usePlatform } from '../../platform/use.ts'

export const quiet: Logger = {
  info() {},
  debug() {},
  warning() {},
  error() {},
  group: (_title, work) => work()
}

export const policy: Policy = {
  prune: true,
  maxPrune: 10,
  fieldConflicts: 'take-from-people',
  ignore: [],
  wait: true,
  timeout: 30_000,
  foreignFields: 'report',
  unmanaged: 'report'
}

export interface Wanted extends Partial<Policy> {
  readonly id?: string
  /** Default: with the rights of an administrator. */
  readonly cluster?: Cluster
  readonly environment?: string
  readonly repository?: string
  readonly revision?: string
  readonly neighbours?: KubernetesTargetOptions['neighbours']
  readonly remembered?: KubernetesTargetOptions['remembered']
}

export interface Kit {
  readonly platform: Platform
  readonly cluster: () => Cluster
  kubectl(...args: string[]): string
  kubectlApply(args: readonly string[], objects: readonly JsonObject[]): string
  /** Names of the objects of these kinds: `configmap/settings`. */
  names(namespace: string, kinds: string): string[]
  label(namespace: string, object: string, name?: string): string
  target(namespace: string, manifests: readonly Manifest[], wanted?: Wanted): Target
  deploy(
    namespace: string,
    manifests: readonly Manifest[],
    wanted?: Wanted
  ): Promise<{ plan: Plan; outcome: Outcome; pruned: Outcome | undefined }>
}

/** Targets on the platform's API server, beside the real kubectl. Call it at the top of a test file. */
export function useKit(): Kit {
  const platform = usePlatform()
  let connected: Cluster | undefined
  const cluster = () => {
    if (!connected) throw new Error('not connected yet')
    return connected
  }
  beforeAll(async () => {
    connected = await connect({ kubeconfig: platform.kubeconfig, log: quiet })
  })
  const run = (args: readonly string[], input?: string) =>
    execFileSync(platform.bin.kubectl, args, {
      encoding: 'utf8',
      stdio: 'pipe',
      ...(input === undefined ? {} : { input }),
      env: { ...process.env, KUBECONFIG: platform.kubeconfig, KUBECTL_APPLYSET: 'true' }
    })
  const target: Kit['target'] = (namespace, manifests, wanted = {}) => {
    const {
      id = 'web',
      cluster: own = cluster(),
      environment = 'test',
      repository = 'acme/shop',
      revision = 'c0ffee',
      neighbours,
      remembered,
      ...more
    } = wanted
    return kubernetesTarget({
      id,
      environment,
      cluster: own,
      manifests,
      declaredDigest: `sha256:${JSON.stringify(manifests).length}`,
      namespace,
      source: { repository, revision, images: {} },
      policy: { ...policy, ...more },
      log: quiet,
      ...(neighbours ? { neighbours } : {}),
      ...(remembered ? { remembered } : {})
    })
  }
  return {
    platform,
    cluster,
    target,
    kubectl: (...args) => run(args),
    kubectlApply: (args, objects) =>
      run(['apply', ...args, '-f', '-'], objects.map((object) => JSON.stringify(object)).join('\n---\n')),
    names: (namespace, kinds) =>
      run(['get', kinds, '-n', namespace, '-o', 'name'])
        .split('\n')
        .filter((line) => line !== '' && !line.endsWith('/kube-root-ca.crt')),
    label: (namespace, object, name = 'applyset.kubernetes.io/part-of') =>
      run(['get', object, '-n', namespace, '-o', `jsonpath={.metadata.labels.${name.replaceAll('.', '\\.')}}`]),
    async deploy(namespace, manifests, wanted = {}) {
      const one = target(namespace, manifests, wanted)
      const plan = await one.plan('deploy')
      const outcome = await one.apply(plan)
      const pruned = outcome.status === 'succeeded' ? await one.prune?.(plan) : undefined
      return { plan, outcome, pruned }
    }
  }
}

export function manifest(apiVersion: string, kind: string, name: string, rest: JsonObject = {}): Manifest {
  const { metadata, ...more } = rest
  return {
    object: { apiVersion, kind, metadata: { name, ...Object(metadata) }, ...more } as KubernetesObject,
    source: { file: `${kind.toLowerCase()}.yaml`, line: 1 }
  }
}

export const configMap = (name: string, data: JsonObject = { key: 'value' }, metadata: JsonObject = {}): Manifest =>
  manifest('v1', 'ConfigMap', name, { data, metadata })

/** The error that `work` is refused with. */
export async function problemOf(work: Promise<unknown>): Promise<GitOpsError> {
  try {
    await work
  } catch (error) {
    if (error instanceof GitOpsError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** `update ConfigMap/shop/a`. */
export function changesOf(plan: Plan): string[] {
  return plan.changes.map((change) => `${change.action} ${change.resource.kind} ${change.resource.name}`).sort()
}
