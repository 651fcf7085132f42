import { readFile, writeFile } from 'node:fs/promises'
import http from 'node:http'
import net from 'node:net'
import path from 'node:path'
import { loadAll } from 'js-yaml'
import { afterAll, describe, expect, test } from 'vitest'
import { asString, at, parseJson } from '../../../../src/json.ts'
import {
  type ConnectOptions,
  connect,
  describeApiError,
  explainForbidden
} from '../../../../src/targets/kubernetes/client/index.ts'
import { isKubernetesObject } from '../../../../src/targets/kubernetes/client/objects.ts'
import { ApiError } from '../../../../src/targets/kubernetes/cluster.ts'
import { usePlatform } from '../../../platform/use.ts'
import { failureOf, kubeconfigText, listen, recorder } from './support.ts'

const platform = usePlatform()
const servers: net.Server[] = []
afterAll(() => void servers.splice(0).forEach((server) => void server.close()))

/** Who the API server takes us for. */
async function whoAmI(options: Omit<ConnectOptions, 'log'>): Promise<string | undefined> {
  const cluster = await connect({ env: { PATH: process.env['PATH'] }, ...options, log: recorder() })
  const review = await cluster.request('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'SelfSubjectReview'
  })
  return asString(at(review, 'status', 'userInfo', 'username'))
}

const here = () => ({ server: platform.server, 'certificate-authority': platform.authorityFile })

describe('who we are', () => {
  test('by a token', async () => {
    expect(await whoAmI({ kubeconfig: kubeconfigText(here(), { token: platform.token }) })).toBe('admin')
  })

  test('by a token in a file', async () => {
    const file = path.join(await platform.createDirectory('token'), 'token')
    await writeFile(file, `${platform.token}\n`)
    expect(await whoAmI({ kubeconfig: kubeconfigText(here(), { tokenFile: file }) })).toBe('admin')
  })

  test('by a client certificate', async () => {
    expect(await whoAmI({ kubeconfig: platform.certificateKubeconfig })).toBe('admin')
  })

  test('by impersonation', async () => {
    const user = { token: platform.token, as: 'somebody', 'as-groups': ['system:authenticated'] }
    expect(await whoAmI({ kubeconfig: kubeconfigText(here(), user) })).toBe('somebody')
  })

  test('by an exec plugin', async () => {
    const directory = await platform.createDirectory('plugin')
    const script = path.join(directory, 'login.mjs')
    await writeFile(
      script,
      `const {spec} = JSON.parse(process.env.KUBERNETES_EXEC_INFO)
       if (spec.cluster.server !== process.env.EXPECTED) process.exit(9)
       console.log(JSON.stringify({apiVersion: process.argv[2], kind: 'ExecCredential', status: {token: process.env.TOKEN}}))`
    )
    for (const version of ['v1', 'v1beta1']) {
      const apiVersion = `client.authentication.k8s.io/${version}`
      const env = [
        { name: 'EXPECTED', value: platform.server },
        { name: 'TOKEN', value: platform.token }
      ]
      const exec = {
        apiVersion,
        command: process.execPath,
        args: [script, apiVersion],
        env,
        provideClusterInfo: true,
        interactiveMode: 'Never'
      }
      expect(await whoAmI({ kubeconfig: kubeconfigText(here(), { exec }) })).toBe('admin')
    }
  })

  test('by the service account of the pod, whose token is read again when it is refused', async () => {
    const namespace = await platform.createNamespace('account')
    const restricted = parseJson(
      await readFile(await platform.createRestrictedKubeconfig({ namespace, rules: [] }), 'utf8').then(asJson)
    )
    const token = /"token":"([^"]+)"/.exec(JSON.stringify(restricted))?.[1] ?? ''
    const serviceAccountDirectory = await platform.createDirectory('account')
    await writeFile(path.join(serviceAccountDirectory, 'token'), 'rotten')
    await writeFile(path.join(serviceAccountDirectory, 'namespace'), namespace)
    await writeFile(path.join(serviceAccountDirectory, 'ca.crt'), await readFile(platform.authorityFile))
    const { hostname, port } = new URL(platform.server)
    const env = { HOME: serviceAccountDirectory, KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port }
    const cluster = await connect({ env, serviceAccountDirectory, log: recorder() })
    expect(cluster.namespace).toBe(namespace)
    expect(await failureOf(cluster.resources())).toContain(
      'of the service account of this pod: its token is refused (401'
    )
    await writeFile(path.join(serviceAccountDirectory, 'token'), token)
    expect((await cluster.resources()).length).toBeGreaterThan(50)
    expect(await whoAmI({ env, serviceAccountDirectory })).toMatch(new RegExp(`^system:serviceaccount:${namespace}:`))
  })
})

/** Kubeconfigs of the platform are YAML. */
function asJson(text: string): string {
  return JSON.stringify(loadAll(text)[0])
}

describe('through a proxy', () => {
  const upstream = () => net.connect(Number(new URL(platform.server).port), '127.0.0.1')

  /** An http proxy that tunnels everything to the API server, whatever its name, and notes what was asked for. */
  async function httpProxy(password?: string) {
    const asked: string[] = []
    const proxy = http.createServer()
    proxy.on('connect', (request, socket: net.Socket) => {
      asked.push(request.url ?? '')
      if (
        password !== undefined &&
        request.headers['proxy-authorization'] !== `Basic ${Buffer.from(`me:${password}`).toString('base64')}`
      )
        return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      const target = upstream()
      target.on('error', () => socket.destroy())
      socket.on('error', () => target.destroy())
      target.on('connect', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        target.pipe(socket)
        socket.pipe(target)
      })
    })
    servers.push(proxy)
    return { asked, address: `127.0.0.1:${await listen(proxy)}` }
  }

  test('of the kubeconfig, even on loopback, with a password', async () => {
    const proxy = await httpProxy('p@ss')
    const cluster = { ...here(), 'proxy-url': `http://me:p%40ss@${proxy.address}` }
    expect(await whoAmI({ kubeconfig: kubeconfigText(cluster, { token: platform.token }) })).toBe('admin')
    expect(proxy.asked).toEqual([new URL(platform.server).host])
    const wrong = { ...cluster, 'proxy-url': `http://me:geheim@${proxy.address}` }
    const text = await failureOf(whoAmI({ kubeconfig: kubeconfigText(wrong, { token: platform.token }) }))
    expect(text).toContain('asks for credentials (407)')
    expect(text).not.toContain('geheim')
  })

  test('of the environment, unless NO_PROXY names the server', async () => {
    const proxy = await httpProxy()
    const kubeconfig = kubeconfigText(
      { ...here(), server: 'https://kubernetes.default.svc' },
      { token: platform.token }
    )
    const env = { HTTPS_PROXY: `http://${proxy.address}` }
    expect(await whoAmI({ kubeconfig, env })).toBe('admin')
    expect(proxy.asked).toEqual(['kubernetes.default.svc:443'])
    const text = await failureOf(
      whoAmI({ kubeconfig, env: { ...env, NO_PROXY: '.svc' }, patience: { first: 100, outage: 100, overload: 100 } })
    )
    expect(text).toContain('cannot be reached')
    expect(proxy.asked).toHaveLength(1)
  })

  test('of SOCKS, which resolves the name', async () => {
    const asked: string[] = []
    const proxy = net.createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        socket.write(Buffer.from([5, 0]))
        socket.once('data', (request: Buffer) => {
          const length = request[4] ?? 0
          asked.push(`${request.subarray(5, 5 + length)}:${request.readUInt16BE(5 + length)}`)
          const target = upstream()
          target.on('error', () => socket.destroy())
          target.on('connect', () => {
            socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
            target.pipe(socket)
            socket.pipe(target)
          })
        })
      })
    })
    servers.push(proxy)
    const cluster = {
      ...here(),
      server: 'https://kubernetes.default.svc',
      'proxy-url': `socks5://127.0.0.1:${await listen(proxy)}`
    }
    expect(await whoAmI({ kubeconfig: kubeconfigText(cluster, { token: platform.token }) })).toBe('admin')
    expect(asked).toEqual(['kubernetes.default.svc:443'])
  })
})

test('a missing right is explained by a Role that really gives it', async () => {
  const namespace = await platform.createNamespace('rights')
  const kubeconfig = await platform.createRestrictedKubeconfig({ namespace, rules: [] })
  const poor = await connect({ kubeconfig, log: recorder() })
  const admin = await connect({ kubeconfig: platform.kubeconfig, log: recorder() })
  const apply = () => poor.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace } })
  const error = await apply().catch((thrown: unknown) => thrown)
  if (!(error instanceof ApiError)) throw error
  expect(describeApiError(error, `Applying ConfigMap ${namespace}/a`).message).toMatch(
    new RegExp(
      `^Applying ConfigMap ${namespace}/a: the user "system:serviceaccount:${namespace}:restricted-\\w+" may not patch configmaps in the namespace "${namespace}"\\.$`
    )
  )
  for (const object of loadAll(explainForbidden(error)?.role ?? '')) {
    if (!isKubernetesObject(object)) throw new Error('the explanation is no YAML')
    await admin.apply(object)
  }
  await expect.poll(() => apply().then((object) => object.metadata.name, String), { timeout: 15_000 }).toBe('a')
})

test('an aborted run ends a watch and what waits', async () => {
  const controller = new AbortController()
  const cluster = await connect({ kubeconfig: platform.kubeconfig, log: recorder(), signal: controller.signal })
  const pods = await cluster.resourceFor('v1', 'Pod')
  if (!pods) throw new Error('no pods')
  const { resourceVersion } = await cluster.list(pods)
  const watching = (async () => {
    for await (const _ of cluster.watch(pods, { resourceVersion }, new AbortController().signal));
  })()
  setTimeout(() => controller.abort(new Error('cancelled')), 100)
  await expect(watching).rejects.toThrow('cancelled')
})
