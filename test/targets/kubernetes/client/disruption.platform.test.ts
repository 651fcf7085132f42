import { generateKeyPairSync } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import forge from 'node-forge'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asString, at } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { connect, type HttpCluster } from '../../../../src/targets/kubernetes/client/index.ts'
import { ApiError, type ApiResource } from '../../../../src/targets/kubernetes/cluster.ts'
import { ensure } from '../../../platform/binaries.ts'
import { type ControlPlane, startControlPlane } from '../../../platform/control-plane.ts'
import { createRunFolder } from '../../../platform/run-folder.ts'
import { failureOf, kubeconfigText, recorder } from './support.ts'

// A control plane of its own: these tests kill it, and issue credentials of seconds with its keys.
const run = createRunFolder()
let plane: ControlPlane
let cluster: HttpCluster
let configMaps: ApiResource

beforeAll(async () => {
  const bin = await ensure(['kube'])
  plane = await startControlPlane(bin.kube, run)
  cluster = await connect({ kubeconfig: plane.kubeconfig, log: recorder() })
  const found = await cluster.resourceFor('v1', 'ConfigMap')
  if (!found) throw new Error('ConfigMaps are not served')
  configMaps = found
})
afterAll(async () => {
  await plane.stop()
  await run.close()
})

/** A machine with much else to do takes its time; nothing here is faster than it must be. */
const PATIENT = { timeout: 60_000, interval: 50 }

const configMap = (name: string, data: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data
})

describe('while the control plane fails', () => {
  test.each([
    ['the API server is killed', 'apiServer' as const],
    ['etcd is killed', 'etcd' as const]
  ])('and %s, no request is lost and no watch ends', async (_what, component) => {
    const { resourceVersion } = await cluster.list(configMaps, { namespace: 'default' })
    const controller = new AbortController()
    const seen = new Map<string, string>()
    const watching = (async () => {
      let from = resourceVersion
      while (!controller.signal.aborted)
        for await (const event of cluster.watch(
          configMaps,
          { namespace: 'default', resourceVersion: from },
          controller.signal
        )) {
          if (event.type === 'EXPIRED') {
            const list = await cluster.list(configMaps, { namespace: 'default' })
            from = list.resourceVersion
            for (const item of list.items) seen.set(item.metadata.name, String(at(item, 'data', 'round')))
          } else seen.set(event.object.metadata.name, String(at(event.object, 'data', 'round')))
        }
    })()
    let running = true
    let done = 0
    const last = new Map<string, string>()
    const workers = Array.from({ length: 8 }, async (_, worker) => {
      for (let round = 0; running; round++) {
        const name = `${component.toLowerCase()}-${worker}-${round % 5}`
        await cluster.apply(configMap(name, { round: String(round) }), { force: true })
        last.set(name, String(round))
        done++
      }
    })
    await expect.poll(() => done, PATIENT).toBeGreaterThan(20)
    plane[component].kill()
    await plane[component].ended()
    await plane[component].start()
    const back = done
    await expect.poll(() => done, PATIENT).toBeGreaterThan(back + 20)
    running = false
    await Promise.all(workers) // throws if any request was lost
    await expect.poll(() => Object.fromEntries(seen), PATIENT).toMatchObject(Object.fromEntries(last))
    controller.abort()
    await watching
    for (const item of (await cluster.list(configMaps, { namespace: 'default' })).items)
      if (last.has(item.metadata.name)) expect(at(item, 'data', 'round')).toBe(last.get(item.metadata.name))
  })

  test('a watch from before a restart says that a new list is needed', async () => {
    const { resourceVersion } = await cluster.list(configMaps)
    await cluster.apply(configMap('later', { a: '1' }))
    plane.apiServer.kill()
    await plane.apiServer.ended()
    await plane.apiServer.start()
    const events: string[] = []
    const controller = new AbortController()
    const old = String(Math.max(1, Number(resourceVersion) - 100))
    for await (const event of cluster.watch(configMaps, { resourceVersion: old }, controller.signal)) {
      events.push(event.type)
      if (events.length > 50) controller.abort()
    }
    expect(events).toEqual(['EXPIRED'])
  })

  test('an extension API server that is down costs only its own group', async () => {
    const group = 'down.example.com'
    await cluster.apply({
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `v1.${group}` },
      spec: {
        group,
        version: 'v1',
        groupPriorityMinimum: 100,
        versionPriority: 10,
        insecureSkipTLSVerify: true,
        service: { name: 'nobody', namespace: 'default' }
      }
    })
    await expect
      .poll(async () => {
        cluster.refreshDiscovery()
        return failureOf(
          cluster
            .get({ apiVersion: `${group}/v1`, kind: 'Thing', name: 'a' })
            .then((found) => Promise.reject(new Error(String(found))))
        )
      }, PATIENT)
      .toMatch(/^The API group down\.example\.com of Thing is not available at the moment\./)
    expect(await cluster.resourceFor('apps/v1', 'Deployment')).toBeDefined()
    expect(
      await failureOf(cluster.apply({ apiVersion: `${group}/v1`, kind: 'Thing', metadata: { name: 'a' } }))
    ).toContain('is not available')
    await cluster.delete({ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', name: `v1.${group}` })
  })
})

/** A plugin that prints what `next` gives, and counts its runs. */
async function plugin(name: string, next: string, env: Record<string, string>) {
  const script = path.join(run.directory, `${name}.mjs`)
  const count = path.join(run.directory, `${name}.count`)
  await writeFile(count, '')
  await writeFile(
    script,
    `import { appendFileSync, readFileSync } from 'node:fs'
     import { createSign } from 'node:crypto'
     appendFileSync(${JSON.stringify(count)}, 'x')
     const runs = readFileSync(${JSON.stringify(count)}, 'utf8').length
     const status = ${next}
     console.log(JSON.stringify({apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status}))`
  )
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: [script],
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    interactiveMode: 'Never'
  }
  const kubeconfig = kubeconfigText({ server: plane.server, 'certificate-authority': plane.authorityFile }, { exec })
  return {
    cluster: await connect({ kubeconfig, log: recorder() }),
    runs: async () => (await readFile(count, 'utf8')).length
  }
}

// Side by side, because most of it is waiting.
describe.concurrent('credentials that die during the run', () => {
  test('tokens: renewed before they expire, and after the server refuses one', async () => {
    const account = await cluster.apply({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'short', namespace: 'default' }
    })
    await cluster.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'short' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'ServiceAccount', name: 'short', namespace: 'default' }]
    })
    const key = await readFile(path.join(run.directory, 'control-plane', 'service-accounts.key'), 'utf8')
    const sign = (seconds: string) => `(() => {
      const now = Math.floor(Date.now() / 1000)
      const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const issuer = 'https://kubernetes.default.svc.cluster.local'
      const account = {name: 'short', uid: process.env.ACCOUNT_UID}
      const claims = {iss: issuer, aud: [issuer], sub: 'system:serviceaccount:default:short', iat: now - 90, nbf: now - 90, exp: now + ${seconds}, jti: String(runs), 'kubernetes.io': {namespace: 'default', serviceaccount: account}}
      const text = part({alg: 'RS256'}) + '.' + part(claims)
      return text + '.' + createSign('RSA-SHA256').update(text).sign(process.env.SIGNING_KEY).toString('base64url')
    })()`
    const env = { ACCOUNT_UID: asString(at(account, 'metadata', 'uid')) ?? '', SIGNING_KEY: key }
    // One says when it expires. The other claims to last for an hour; the server refuses it after 2 s, because it
    // allows a minute for clocks that differ (and remembers a good token for 10 s).
    const honest = await plugin(
      'honest',
      `{token: ${sign('4')}, expirationTimestamp: new Date(Date.now() + 4000).toISOString()}`,
      env
    )
    const wrong = await plugin(
      'wrong',
      `{token: ${sign('(runs === 1 ? -58 : 600)')}, expirationTimestamp: new Date(Date.now() + 3600000).toISOString()}`,
      env
    )
    // However slow the machine is: requests go on, none fails, until both plugins were asked again. The API server
    // takes a moment to know of the new binding; what it refuses until then says nothing about the tokens.
    let bound = false
    const ask = async (one: HttpCluster) => {
      try {
        await one.list(configMaps, { namespace: 'default' })
        bound = true
      } catch (error) {
        if (bound || !(error instanceof ApiError) || error.code !== 403) throw error
      }
    }
    while (!bound || (await honest.runs()) < 3 || (await wrong.runs()) < 2) {
      await Promise.all([honest, wrong].map((one) => ask(one.cluster)))
      await sleep(100)
    }
    expect(await wrong.runs()).toBe(2)
  })

  test('client certificates: renewed, on connections of their own', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    const subject = forge.pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }).toString())
    const issue = (name: string) => {
      const certificate = forge.pki.createCertificate()
      certificate.publicKey = subject
      certificate.serialNumber = `01${Buffer.from(name).toString('hex')}`
      certificate.validity.notBefore = new Date(Date.now() - 60_000)
      certificate.validity.notAfter = new Date(Date.now() + 600_000)
      certificate.setSubject([
        { name: 'commonName', value: name },
        { name: 'organizationName', value: 'system:masters' }
      ])
      certificate.setIssuer(forge.pki.certificateFromPem(plane.authority.certificate).subject.attributes)
      certificate.setExtensions([{ name: 'extKeyUsage', clientAuth: true }])
      certificate.sign(forge.pki.privateKeyFromPem(plane.authority.key), forge.md.sha256.create())
      return forge.pki.certificateToPem(certificate)
    }
    const env = {
      FIRST: issue('first'),
      SECOND: issue('second'),
      KEY: key
    }
    const status = `{clientCertificateData: runs === 1 ? process.env.FIRST : process.env.SECOND, clientKeyData: process.env.KEY,
      expirationTimestamp: new Date(Date.now() + (runs === 1 ? 2000 : 600000)).toISOString()}`
    const { cluster: certified, runs } = await plugin('certificates', status, env)
    const whoAmI = async () =>
      at(
        await certified.request('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'SelfSubjectReview'
        }),
        'status',
        'userInfo',
        'username'
      )
    expect(await whoAmI()).toBe('first')
    await expect.poll(whoAmI, PATIENT).toBe('second')
    expect(await runs()).toBe(2)
  })
})
