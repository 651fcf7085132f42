import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findAccess } from '../../../../src/targets/kubernetes/client/access.ts'
import { failureOf, kubeconfigText } from './support.ts'

const home = mkdtempSync(path.join(os.tmpdir(), 'kubeconfig-'))
afterAll(() => rmSync(home, { recursive: true }))
const env = { HOME: home }

function file(name: string, text: string): string {
  const full = path.join(home, name)
  mkdirSync(path.dirname(full), { recursive: true })
  writeFileSync(full, text)
  return full
}

const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const server = (host: string) => ({ server: `https://${host}:6443/` })

describe('which kubeconfig', () => {
  test('a path, relative to where the step runs or to the home folder', () => {
    const full = file('given.yaml', kubeconfigText(server('given')))
    expect(findAccess(full, undefined, env).server).toBe('https://given:6443')
    expect(findAccess(path.relative(process.cwd(), full), undefined, env).server).toBe('https://given:6443')
    expect(findAccess('~/given.yaml', undefined, env).server).toBe('https://given:6443')
  })

  test.each([
    ['JSON', kubeconfigText(server('inline'))],
    [
      'YAML',
      'apiVersion: v1\nkind: Config\ncurrent-context: test\ncontexts: [{name: test, context: {cluster: test}}]\nclusters: [{name: test, cluster: {server: "https://inline:6443"}}]\n'
    ],
    ['base64', base64(kubeconfigText(server('inline')))],
    ['base64 in lines', base64(kubeconfigText(server('inline'))).replace(/.{64}/g, '$&\n')]
  ])('its content as %s', (_form, text) => {
    const access = findAccess(text, undefined, env)
    expect(access.server).toBe('https://inline:6443')
    expect(access.origin).toBe('context "test" of the given kubeconfig content')
  })

  test('the files of KUBECONFIG: the first that says something wins, missing ones do not count', () => {
    const first = file('first.yaml', kubeconfigText(server('first')))
    const second = file(
      'second.yaml',
      JSON.stringify({
        'current-context': 'other',
        contexts: [
          { name: 'test', context: { cluster: 'other' } },
          { name: 'other', context: { cluster: 'other', user: 'tester', namespace: 'shop' } }
        ],
        clusters: [{ name: 'other', cluster: server('second') }],
        users: [{ name: 'tester', user: { token: 'of the second' } }]
      })
    )
    const list = { ...env, KUBECONFIG: ['/nowhere/config', first, second].join(path.delimiter) }
    expect(findAccess(undefined, undefined, list)).toMatchObject({
      server: 'https://first:6443',
      user: { name: 'tester' }
    })
    const other = findAccess(undefined, 'other', list)
    expect(other).toMatchObject({ server: 'https://second:6443', namespace: 'shop' })
    expect(other.user.token).toBeUndefined() // the first file's user of that name, which has none
  })

  test('~ in KUBECONFIG, which no shell expands in a workflow', () => {
    file('ci/config', kubeconfigText(server('ci')))
    const access = findAccess(undefined, undefined, { HOME: home, KUBECONFIG: '/no/a:~/ci/config' })
    expect(access.server).toBe('https://ci:6443')
  })

  test('~/.kube/config last', () => {
    file('.kube/config', kubeconfigText(server('home')))
    expect(findAccess('', undefined, env).server).toBe('https://home:6443')
    rmSync(path.join(home, '.kube'), { recursive: true })
  })

  test('the service account of the pod when there is none', () => {
    const directory = path.join(home, 'account')
    file('account/token', 'secret')
    file('account/namespace', 'runners\n')
    const pod = { ...env, KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }
    expect(findAccess(undefined, undefined, pod, directory)).toMatchObject({
      server: 'https://[fd00::1]:443',
      namespace: 'runners',
      ca: { file: path.join(directory, 'ca.crt') },
      user: { tokenFile: path.join(directory, 'token') }
    })
  })
})

describe('a wrong kubeconfig is told in a sentence', () => {
  test.each([
    ['no cluster at all', undefined, undefined, env, 'No cluster is configured: there is no kubeconfig.'],
    ['a context without any', undefined, 'prod', env, 'Context "prod" was asked for, but there is no kubeconfig.'],
    [
      'KUBECONFIG in vain',
      undefined,
      undefined,
      { ...env, KUBECONFIG: '/no/a' },
      'KUBECONFIG names /no/a, and no such file exists.'
    ],
    ['a path in vain', '/no/such/file', undefined, env, 'Kubeconfig /no/such/file does not exist.'],
    [
      'another kind',
      '{"kind": "Secret"}',
      undefined,
      env,
      'the given kubeconfig content is not a kubeconfig: it is Secret, not a kind Config.'
    ],
    [
      'an unknown context',
      kubeconfigText(server('a')),
      'prod',
      env,
      'Context "prod" is not in the given kubeconfig content.\nIt has: test.'
    ],
    [
      'no current context',
      '{"contexts": [{"name": "b"}, {"name": "a"}]}',
      undefined,
      env,
      'has no current-context.\nIt has: a, b.'
    ],
    [
      'a missing cluster',
      '{"contexts": [{"name": "a", "context": {"cluster": "x"}}]}',
      'a',
      env,
      'refers to cluster "x", which is missing.'
    ],
    [
      'a server without its scheme',
      kubeconfigText({ server: '10.0.0.1:6443' }),
      undefined,
      env,
      'is "10.0.0.1:6443", which is not an http or https URL.\nWrite it with its scheme'
    ],
    [
      'a token of digits without quotes',
      kubeconfigText(server('a'), { token: 123456 }),
      undefined,
      env,
      'User "tester" of context "test" of the given kubeconfig content has a token that is a number, and must be text.'
    ],
    [
      'groups that are taken on without a user',
      kubeconfigText(server('a'), { token: 't', 'as-groups': ['viewers'] }),
      undefined,
      env,
      'has as-groups without "as"'
    ],
    [
      'a missing user',
      kubeconfigText(server('a'), {}, { user: 'x' }),
      undefined,
      env,
      'refers to user "x", which is missing.\nUsers there: tester.'
    ],
    [
      'no server',
      kubeconfigText({}),
      undefined,
      env,
      'The cluster of context "test" of the given kubeconfig content has no server.'
    ],
    [
      'a server that is no URL',
      kubeconfigText({ server: 'api:6443' }),
      undefined,
      env,
      'which is not an http or https URL'
    ],
    [
      'an old auth provider',
      kubeconfigText(server('a'), { 'auth-provider': { name: 'gcp' } }),
      undefined,
      env,
      'uses the auth-provider "gcp", which Kubernetes removed in 1.26'
    ],
    [
      'half a certificate',
      kubeconfigText(server('a'), { 'client-key-data': base64(PEM) }),
      undefined,
      env,
      'has a client key without its certificate.'
    ],
    [
      'a CA that is none',
      kubeconfigText({ ...server('a'), 'certificate-authority-data': 'AAAA' }),
      undefined,
      env,
      'certificate-authority-data of context "test"'
    ],
    [
      'an old exec plugin',
      kubeconfigText(server('a'), { exec: { command: 'x', apiVersion: 'client.authentication.k8s.io/v1alpha1' } }),
      undefined,
      env,
      'which is not supported'
    ]
  ])('%s', async (_what, kubeconfig, context, environment, message) => {
    expect(await failureOf(() => findAccess(kubeconfig, context, environment))).toContain(message)
  })

  test('and its text, which holds credentials, is not quoted', async () => {
    const text = `apiVersion: v1\nusers: [{name: a, user: {token: "geheim"}}\nkind: Config\n`
    const message = await failureOf(() => findAccess(text, undefined, env))
    expect(message).toMatch(/^The kubeconfig is not valid YAML: the given kubeconfig content/)
    expect(message).not.toContain('geheim')
  })
})

test('everything of a cluster and a user is read, relative paths from the folder of the file', () => {
  const full = file(
    'sub/config',
    kubeconfigText(
      {
        server: 'https://api/base/',
        'certificate-authority': 'ca.crt',
        'tls-server-name': 'inner',
        'insecure-skip-tls-verify': true,
        'proxy-url': 'socks5://proxy:1080',
        'disable-compression': true,
        extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'me' } }]
      },
      {
        'client-certificate-data': base64(PEM),
        'client-key': 'client.key',
        tokenFile: 'token',
        username: 'u',
        password: 'p',
        as: 'other',
        'as-groups': ['g'],
        'as-user-extra': { 'a/b': ['c'] },
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: './login',
          args: ['get', 'token'],
          env: [{ name: 'A', value: 'b' }],
          provideClusterInfo: true,
          interactiveMode: 'Never',
          installHint: 'Install login.'
        }
      },
      { namespace: 'shop' }
    )
  )
  const folder = path.join(home, 'sub')
  expect(findAccess(full, undefined, env)).toEqual({
    server: 'https://api/base',
    origin: `context "test" of ${full}`,
    namespace: 'shop',
    ca: { file: path.join(folder, 'ca.crt') },
    insecure: true,
    serverName: 'inner',
    proxyUrl: 'socks5://proxy:1080',
    compression: false,
    user: {
      name: 'tester',
      tokenFile: path.join(folder, 'token'),
      basic: { username: 'u', password: 'p' },
      certificate: { text: PEM },
      key: { file: path.join(folder, 'client.key') },
      impersonate: { 'Impersonate-User': 'other', 'Impersonate-Group': ['g'], 'Impersonate-Extra-a%2Fb': ['c'] },
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: path.join(folder, 'login'),
        args: ['get', 'token'],
        env: { A: 'b' },
        installHint: 'Install login.',
        provideClusterInfo: true,
        interactiveMode: 'Never',
        config: { audience: 'me' }
      }
    }
  })
})
