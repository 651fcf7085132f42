import { beforeAll, expect } from 'vitest'
import { asList, asString, at, type JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject, Manifest } from '../../../../src/render/manifest.ts'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import type { Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import { kubernetesTarget } from '../../../../src/targets/kubernetes/target.ts'
import type { Plan } from '../../../../src/targets/plan.ts'
import type { Target } from '../../../../src/targets/target.ts'
import { type Platform, usePlatform } from '../../../platform/use.ts'
import { silent } from '../compare/play.ts'

export function object(apiVersion: string, kind: string, name: string, rest: JsonObject): Manifest {
  return {
    object: { apiVersion, kind, metadata: { name }, ...rest } as KubernetesObject,
    source: { file: `${kind.toLowerCase()}.yaml` }
  }
}

export const settings = () => object('v1', 'ConfigMap', 'settings', { data: { LEVEL: 'info' } })
export const container: JsonObject = {
  name: 'web',
  image: 'busybox:1.36',
  envFrom: [{ configMapRef: { name: 'settings' } }]
}
const template: JsonObject = { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } }
const selector: JsonObject = { matchLabels: { app: 'web' } }

/** A workload of pods that take all of the ConfigMap `settings` as environment. */
export const web = (kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' = 'Deployment', replicas = 2): Manifest =>
  object('apps/v1', kind, 'web', { spec: { ...(kind === 'DaemonSet' ? {} : { replicas }), selector, template } })

export const budget = (minAvailable: number): Manifest =>
  object('policy/v1', 'PodDisruptionBudget', 'web', { spec: { minAvailable, selector } })

export const names = (list: readonly KubernetesObject[]) => list.map((pod) => pod.metadata.name).sort()
export const uids = (list: readonly KubernetesObject[]) => list.map((pod) => String(pod.metadata['uid'])).sort()
export const startOf = (pod: KubernetesObject) =>
  asString(at((asList(at(pod, 'status', 'containerStatuses')) ?? [])[0], 'state', 'running', 'startedAt')) ?? ''

export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${what} did not happen within 30 s`)
}

/** `restart Pod web-0`. */
export function changesOf({ changes }: Plan): string[] {
  return changes.map((change) => `${change.action} ${change.resource.kind} ${change.resource.name}`).sort()
}

export interface Shop {
  readonly platform: Platform
  readonly cluster: () => Cluster
  target(namespace: string, manifests: readonly Manifest[], more?: { timeout?: number; cluster?: Cluster }): Target
  deploy(namespace: string, manifests: readonly Manifest[]): Promise<void>
  kubectl(namespace: string, ...args: string[]): Promise<string>
  /** Without those that end. */
  pods(namespace: string): Promise<KubernetesObject[]>
  /** A new second: times are whole ones, and what starts in the second of a change counts as started after it. */
  nextSecond(namespace: string): Promise<void>
  /** Changes the ConfigMap `settings` and has these pods start again with it. */
  startWrong(namespace: string, ...pods: string[]): Promise<void>
}

/** Targets on the platform whose pods use content. Call it at the top of a test file. */
export function useShop(): Shop {
  const platform = usePlatform()
  let connected: Cluster | undefined
  beforeAll(async () => {
    connected = await connect({ kubeconfig: platform.kubeconfig, log: silent })
  })
  const cluster = () => {
    if (!connected) throw new Error('not connected yet')
    return connected
  }
  const kubectl = (namespace: string, ...args: string[]) => platform.kubectl(['-n', namespace, ...args])
  const target: Shop['target'] = (namespace, manifests, { timeout = 30_000, cluster: own = cluster() } = {}) =>
    kubernetesTarget({
      id: 'web',
      environment: 'test',
      cluster: own,
      manifests,
      declaredDigest: 'sha256:restart',
      namespace,
      source: { revision: 'c0ffee', images: {} },
      policy: {
        prune: true,
        maxPrune: 10,
        fieldConflicts: 'take-from-people',
        ignore: [],
        wait: true,
        timeout,
        foreignFields: 'report',
        unmanaged: 'ignore'
      },
      log: silent
    })
  const pods: Shop['pods'] = async (namespace) => {
    const type = await cluster().resourceFor('v1', 'Pod')
    if (!type) throw new Error('no pods')
    const { items } = await cluster().list(type, { namespace })
    return items.filter((pod) => at(pod, 'metadata', 'deletionTimestamp') === undefined)
  }
  const nextSecond: Shop['nextSecond'] = async (namespace) => {
    const last = Math.max(...(await pods(namespace)).map((pod) => Date.parse(startOf(pod))))
    await until('the next second', async () => Date.now() > last + 1000)
  }
  return {
    platform,
    cluster,
    target,
    kubectl,
    pods,
    nextSecond,
    async deploy(namespace, manifests) {
      const one = target(namespace, manifests)
      expect(await one.apply(await one.plan('deploy'))).toMatchObject({ status: 'succeeded' })
    },
    async startWrong(namespace, ...doomed) {
      const before = await pods(namespace)
      await nextSecond(namespace)
      await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"LEVEL":"debug"}}')
      if (doomed.length > 0) await kubectl(namespace, 'delete', 'pod', ...doomed, '--now')
      await until('new pods', async () => {
        const now = await pods(namespace)
        const kept = before.filter((pod) => !doomed.includes(pod.metadata.name))
        return (
          now.length === before.length &&
          now.every((pod) => startOf(pod) !== '') &&
          uids(now).filter((uid) => uids(before).includes(uid)).length === kept.length
        )
      })
    }
  }
}
