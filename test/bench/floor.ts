import { readFileSync } from 'node:fs'
import https from 'node:https'
import { mapConcurrent } from '../../src/concurrency.ts'
import { render } from '../../src/render/index.ts'
import { type Manifest, namespaceOf } from '../../src/render/manifest.ts'
import { connect } from '../../src/targets/kubernetes/client/index.ts'
import { collectionPath, objectPath } from '../../src/targets/kubernetes/client/paths.ts'
import type { ApiResource } from '../../src/targets/kubernetes/cluster.ts'
import { exec } from '../../src/toolchain/exec.ts'
import type { PlatformInfo } from '../platform/platform.ts'
import { silent } from '../platform/silent.ts'

/** What no tool can go below: the bare requests, sent by nothing but Node's HTTP client over connections that are open. */
export interface Floor {
  /** Seconds for one LIST of every declared type, in the namespaces of the set, all at once; the answers are thrown away. */
  list(): Promise<number>
  /** Seconds for one server-side apply of every object, 32 at a time. */
  patch(): Promise<number>
}

const CONCURRENCY = 32

/** The floor for the manifests of a folder below `workspace`. Kinds that the API server does not know yet are left out. */
export async function floorOf(
  platform: PlatformInfo,
  workspace: string,
  manifests: string,
  namespace: string
): Promise<Floor> {
  const set = await render(
    { type: 'manifests', paths: [manifests] },
    { workspace, namespace, images: [], configChecksums: false, log: silent, exec }
  )
  const placed = await place(platform, set.manifests, namespace)
  const agent = new https.Agent({ ca: readFileSync(platform.authorityFile), keepAlive: true, maxSockets: CONCURRENCY })
  const send = (method: string, path: string, body?: string) =>
    new Promise<void>((resolve, reject) => {
      const request = https.request(`${platform.server}${path}`, {
        method,
        agent,
        headers: {
          authorization: `Bearer ${platform.token}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/apply-patch+yaml' })
        }
      })
      request.on('response', (response) => {
        const status = response.statusCode ?? 0
        response.resume()
        response.on('error', reject)
        response.on('end', () => (status < 300 ? resolve() : reject(new Error(`${method} ${path}: HTTP ${status}`))))
      })
      request.on('error', reject)
      request.end(body)
    })
  const timed = async (work: () => Promise<unknown>) => {
    const started = performance.now()
    await work()
    return (performance.now() - started) / 1000
  }
  const lists = [...new Set(placed.map((one) => collectionPath(one.resource, one.namespace)))]
  return {
    list: () => timed(() => mapConcurrent(lists, CONCURRENCY, (path) => send('GET', path))),
    patch: () =>
      timed(() =>
        mapConcurrent(placed, CONCURRENCY, ({ path, body }) =>
          send('PATCH', `${path}?fieldManager=bench&force=true`, body)
        )
      )
  }
}

interface Placed {
  readonly resource: ApiResource
  readonly namespace: string | undefined
  readonly path: string
  readonly body: string
}

async function place(
  platform: PlatformInfo,
  manifests: readonly Manifest[],
  fallback: string
): Promise<readonly Placed[]> {
  const cluster = await connect({ kubeconfig: platform.kubeconfig, log: silent })
  const placed: Placed[] = []
  for (const { object } of manifests) {
    const resource = await cluster.resourceFor(object.apiVersion, object.kind)
    if (!resource) continue
    const namespace = resource.namespaced ? (namespaceOf(object) ?? fallback) : undefined
    placed.push({
      resource,
      namespace,
      path: objectPath(resource, object.metadata.name, namespace),
      body: JSON.stringify(object)
    })
  }
  return placed
}
