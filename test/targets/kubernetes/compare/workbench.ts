import { Buffer } from 'node:buffer'
import { beforeAll } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import { ApiError, type Cluster } from '../../../../src/targets/kubernetes/cluster.ts'
import {
  type CompareOptions,
  type Comparison,
  compareAll,
  payloadOf
} from '../../../../src/targets/kubernetes/compare/index.ts'
import { exec } from '../../../../src/toolchain/exec.ts'
import { usePlatform } from '../../../platform/use.ts'
import { silent } from './play.ts'
import { prepare } from './prepare.ts'

/** What the tests of a file share: a namespace on the platform, and ways to declare, deploy, change and compare in it. */
export function useWorkbench(prefix: string) {
  const platform = usePlatform()
  let connected: Cluster | undefined
  let owned = ''
  beforeAll(async () => {
    connected = await connect({ kubeconfig: platform.kubeconfig, log: silent })
    owned = await platform.createNamespace(prefix)
    await prepare(connected)
  })

  const bench = {
    platform,
    get cluster(): Cluster {
      if (connected === undefined) throw new Error('the workbench is ready once tests run')
      return connected
    },
    get namespace(): string {
      return owned
    },

    async kubectl(
      args: readonly string[],
      options: { input?: string; env?: Record<string, string> } = {}
    ): Promise<string> {
      const common = ['--kubeconfig', platform.kubeconfig, '-n', owned]
      return (await exec(platform.bin.kubectl, [...common, ...args], options)).stdout
    },

    deployment(name: string, spec: JsonObject = {}, container: JsonObject = {}): KubernetesObject {
      return {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace: owned, labels: { app: name } },
        spec: {
          replicas: 0,
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: { containers: [{ name: 'web', image: 'nginx:1.27', ...container }] }
          },
          ...spec
        }
      }
    },

    async live({ apiVersion, kind, metadata }: KubernetesObject): Promise<KubernetesObject> {
      const found = await bench.cluster.get({ apiVersion, kind, name: metadata.name, namespace: owned })
      if (found === undefined) throw new Error(`${kind} ${metadata.name} does not exist`)
      return found
    },

    async compare(
      object: KubernetesObject,
      options: Partial<CompareOptions> & { live?: KubernetesObject; through?: Cluster } = {}
    ): Promise<Comparison> {
      const { live: given, through = bench.cluster, ...rest } = options
      const pair = { manifest: { object, source: { file: 'web.yaml' } }, live: given ?? (await bench.live(object)) }
      const [comparison] = await compareAll(through, [pair], {
        purpose: 'drift',
        ignore: [],
        secretKey: Buffer.from('key'),
        foreignFields: 'report',
        log: silent,
        ...rest
      })
      if (comparison === undefined) throw new Error('no comparison')
      return comparison
    },

    async deploy(object: KubernetesObject): Promise<void> {
      const resource = await bench.cluster.resourceFor(object.apiVersion, object.kind)
      await bench.cluster.apply(payloadOf(object, resource), { force: true })
    },

    /** Takes an object over; controllers write to it meanwhile, which the patch notices. */
    async adopt(object: KubernetesObject): Promise<void> {
      const { apiVersion, kind, metadata } = object
      const ref = { apiVersion, kind, name: metadata.name, namespace: owned }
      for (;;) {
        const { adoption, payload } = await bench.compare(object, { purpose: 'deploy' })
        try {
          if (adoption) await bench.cluster.patch(ref, 'json', adoption.ops)
          await bench.cluster.apply(payload, { force: true })
          return
        } catch (error) {
          if (!(error instanceof ApiError) || error.code !== 409) throw error
        }
      }
    }
  }
  return bench
}
