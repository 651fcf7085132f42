import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { accessEnvironment, extractKubeconfig } from '../../../src/targets/kops/access.ts'
import type { Context } from '../../../src/targets/kops/context.ts'

const CLUSTER = 'shop.example.com'
const folder = mkdtempSync(path.join(tmpdir(), 'kops-access-'))
afterAll(() => rmSync(folder, { recursive: true }))

const CONFIG = {
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'prod',
  contexts: [
    { name: 'prod', context: { cluster: 'c1', user: 'u1', namespace: 'shop' } },
    { name: 'other', context: { cluster: 'c2', user: 'u2' } }
  ],
  clusters: [
    { name: 'c1', cluster: { server: 'https://one', 'certificate-authority': 'ca.crt' } },
    { name: 'c2', cluster: { server: 'https://two' } }
  ],
  users: [
    { name: 'u1', user: { 'client-certificate': '/abs/a.crt', 'client-key': 'keys/a.key' } },
    { name: 'u2', user: { token: 'another secret' } }
  ]
}

function write(config: unknown): string {
  const file = path.join(mkdtempSync(path.join(folder, 'config-')), 'config')
  writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config))
  return file
}

const environment = (kubeconfig?: string) =>
  accessEnvironment(
    { options: { temporary: folder, access: kubeconfig === undefined ? {} : { kubeconfig } } } as Context,
    CLUSTER
  )

describe('what kops is given to reach the API', () => {
  test('is nothing of the runner without a kubeconfig', async () => {
    expect(await environment()).toEqual({})
  })

  test('is the file itself when a context in it is called like the cluster', async () => {
    const contexts = [...CONFIG.contexts, { name: CLUSTER, context: { cluster: 'c2', user: 'u2' } }]
    const file = write({ ...CONFIG, contexts })
    expect(await environment(file)).toEqual({ KUBECONFIG: file })
  })

  test('is the current context under the name of the cluster otherwise; the credentials stay where they are', async () => {
    const file = write(CONFIG)
    const [alias = '', second] = (await environment(file))['KUBECONFIG']?.split(':') ?? []
    expect(second).toBe(file)
    expect(JSON.parse(readFileSync(alias, 'utf8'))).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      contexts: [{ name: CLUSTER, context: { cluster: 'c1', user: 'u1', namespace: 'shop' } }]
    })
  })

  test.each<[string, unknown, RegExp]>([
    ['no context that could be meant', { ...CONFIG, 'current-context': 'gone' }, /no context "shop\.example\.com"/],
    ['no YAML', 'users: [{token: very-secret', /^The kubeconfig is no YAML\.$/]
  ])('%s is an error that shows nothing of it', async (_, config, message) => {
    await expect(environment(write(config))).rejects.toThrow(message)
  })

  test('a file that is not there', async () => {
    await expect(environment(path.join(folder, 'missing'))).rejects.toThrow('The kubeconfig cannot be read')
  })
})

test('what is handed on is one context with its own credentials, and can be used from anywhere', async () => {
  const file = write(CONFIG)
  expect(await extractKubeconfig(file, CLUSTER, 'https://tunnel')).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': CLUSTER,
    contexts: [{ name: CLUSTER, context: { cluster: 'c1', user: 'u1', namespace: 'shop' } }],
    clusters: [
      {
        name: 'c1',
        cluster: { server: 'https://tunnel', 'certificate-authority': path.join(path.dirname(file), 'ca.crt') }
      }
    ],
    users: [
      {
        name: 'u1',
        user: { 'client-certificate': '/abs/a.crt', 'client-key': path.join(path.dirname(file), 'keys/a.key') }
      }
    ]
  })
})
