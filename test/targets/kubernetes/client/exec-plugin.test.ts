import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { GitOpsError } from '../../../../src/errors.ts'
import { at, parseJson } from '../../../../src/json.ts'
import { findAccess } from '../../../../src/targets/kubernetes/client/access.ts'
import { credentialsOf } from '../../../../src/targets/kubernetes/client/credentials.ts'
import type { Exec, ExecOptions } from '../../../../src/toolchain/exec.ts'
import { failureOf, kubeconfigText, recorder } from './support.ts'

const V1 = 'client.authentication.k8s.io/v1'
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()

/** A plugin that gives token 1, token 2, … with these answers changed. */
function plugin(answer: (run: number) => object, exec: object = {}, cluster: object = {}) {
  const calls: { file: string; args: readonly string[]; options: ExecOptions }[] = []
  const run: Exec = async (file, args, options = {}) => {
    calls.push({ file, args, options })
    const status = answer(calls.length)
    const stdout =
      'stdout' in status ? String(status.stdout) : JSON.stringify({ apiVersion: V1, kind: 'ExecCredential', status })
    return {
      code: 'code' in status ? Number(status.code) : 0,
      stdout,
      stderr: 'stderr' in status ? String(status.stderr) : ''
    }
  }
  const text = kubeconfigText(
    { server: 'https://api:6443', ...cluster },
    { exec: { apiVersion: V1, command: 'login', args: ['-q'], interactiveMode: 'Never', ...exec } }
  )
  const access = findAccess(text, undefined, {})
  const masked: string[] = []
  const dependencies = {
    exec: run,
    env: { HOME: '/home/me', INPUT_KUBECONFIG: 'secret' },
    log: recorder(),
    mask: (secret: string) => void masked.push(secret)
  }
  return { calls, masked, credentials: credentialsOf(access, dependencies) }
}

const token = async (credentials: ReturnType<typeof credentialsOf>) =>
  (await credentials.current()).headers['Authorization']

describe('an exec plugin', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())

  test('runs once for all requests', async () => {
    const { calls, credentials } = plugin((run) => ({ token: `t${run}`, expirationTimestamp: inSeconds(900) }))
    expect(await Promise.all([token(credentials), token(credentials)])).toEqual(['Bearer t1', 'Bearer t1'])
    expect(await token(credentials)).toBe('Bearer t1')
    expect(calls.map(({ file, args }) => [file, ...args])).toEqual([['login', '-q']])
  })

  test('runs again a minute before its token expires', async () => {
    const { credentials } = plugin((run) => ({ token: `t${run}`, expirationTimestamp: inSeconds(900) }))
    await credentials.current()
    vi.setSystemTime(Date.now() + 839_000)
    expect(await token(credentials)).toBe('Bearer t1')
    vi.setSystemTime(Date.now() + 2_000)
    expect(await token(credentials)).toBe('Bearer t2')
  })

  test('runs again in the last quarter of a token that lives for seconds', async () => {
    const { credentials } = plugin((run) => ({ token: `t${run}`, expirationTimestamp: inSeconds(8) }))
    await credentials.current()
    vi.setSystemTime(Date.now() + 5_900)
    expect(await token(credentials)).toBe('Bearer t1')
    vi.setSystemTime(Date.now() + 200)
    expect(await token(credentials)).toBe('Bearer t2')
  })

  test('is not run for every request when it gives tokens that have expired already', async () => {
    const { calls, credentials } = plugin(() => ({ token: 'old', expirationTimestamp: inSeconds(-60) }))
    await credentials.current()
    await credentials.current()
    expect(calls).toHaveLength(1)
  })

  test('runs again after a 401, though not in a loop', async () => {
    const { calls, credentials } = plugin((run) => ({ token: `t${run}` }))
    const first = await credentials.current()
    expect(credentials.renew(first)).toBe(false) // it has only just been given
    vi.setSystemTime(Date.now() + 6_000)
    expect(credentials.renew(first)).toBe(true)
    const second = await credentials.current()
    expect(second.headers['Authorization']).toBe('Bearer t2')
    expect(credentials.renew(first)).toBe(true) // a late 401 for the first: the second is there, nothing to run
    expect(await credentials.current()).toBe(second)
    expect(calls).toHaveLength(2)
  })

  test('may give a client certificate; what is secret is told to be hidden', async () => {
    const { credentials, masked } = plugin(() => ({
      clientCertificateData: 'CERT',
      clientKeyData: 'KEY',
      token: 't\n'
    }))
    expect(await credentials.current()).toEqual({
      headers: { Authorization: 'Bearer t' },
      certificate: { cert: 'CERT', key: 'KEY' }
    })
    expect(masked).toEqual(['t', 'KEY'])
  })

  test('is told about the cluster when the kubeconfig says so', async () => {
    const cluster = {
      'tls-server-name': 'inner',
      'insecure-skip-tls-verify': true,
      'proxy-url': 'http://proxy:3128',
      extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'me' } }]
    }
    const { calls, credentials } = plugin(
      () => ({ token: 't' }),
      { provideClusterInfo: true, env: [{ name: 'A', value: 'b' }] },
      cluster
    )
    await credentials.current()
    const env = calls[0]?.options.env ?? {}
    expect(env).toMatchObject({ A: 'b', HOME: '/home/me' })
    expect(parseJson(env['KUBERNETES_EXEC_INFO'] ?? '')).toEqual({
      apiVersion: V1,
      kind: 'ExecCredential',
      spec: {
        interactive: false,
        cluster: {
          server: 'https://api:6443',
          'tls-server-name': 'inner',
          'insecure-skip-tls-verify': true,
          'proxy-url': 'http://proxy:3128',
          config: { audience: 'me' }
        }
      }
    })
  })

  test('is not given the inputs of the action, which hold credentials of others', async () => {
    const { calls, credentials } = plugin(() => ({ token: 't' }), { env: [{ name: 'ROLE', value: 'deployer' }] })
    await credentials.current()
    expect(calls[0]?.options.env).toMatchObject({ HOME: '/home/me', ROLE: 'deployer' })
    expect(Object.keys(calls[0]?.options.env ?? {})).not.toContain('INPUT_KUBECONFIG')
  })

  test('is not told about the cluster otherwise', async () => {
    const { calls, credentials } = plugin(() => ({ token: 't' }))
    await credentials.current()
    expect(at(parseJson(calls[0]?.options.env?.['KUBERNETES_EXEC_INFO'] ?? ''), 'spec')).toEqual({ interactive: false })
  })

  test.each([
    ['fails', { code: 3, stderr: 'no session\n', stdout: 'geheim' }, 'login ended with exit code 3: no session'],
    ['fails silently', { code: 1, stdout: 'geheim' }, 'login ended with exit code 1: it said nothing'],
    ['prints no JSON', { stdout: 'geheim' }, 'did not print JSON'],
    ['prints something else', { stdout: '{"kind": "Status", "x": "geheim"}' }, 'did not print an ExecCredential'],
    [
      'speaks another version',
      { stdout: '{"kind": "ExecCredential", "apiVersion": "v9"}' },
      'answered with apiVersion "v9"'
    ],
    ['gives nothing', {}, 'gave neither a token nor a client certificate with its key'],
    ['gives half a certificate', { clientCertificateData: 'geheim' }, 'gave neither a token nor a client certificate'],
    [
      'gives a strange time',
      { token: 'geheim', expirationTimestamp: 'soon' },
      'gave an expirationTimestamp that is no RFC 3339 time'
    ]
  ])('that %s is told without its output', async (_what, answer, message) => {
    const text = await failureOf(plugin(() => answer).credentials.current())
    expect(text).toContain(message)
    expect(text).not.toContain('geheim')
  })

  test('that is not installed is told with its hint', async () => {
    const missing: Exec = async () => {
      throw new GitOpsError('login: no such program')
    }
    const text = kubeconfigText(
      { server: 'https://api' },
      { exec: { apiVersion: V1, command: 'login', installHint: 'Install login from example.com.' } }
    )
    const credentials = credentialsOf(findAccess(text, undefined, {}), {
      exec: missing,
      env: {},
      log: recorder(),
      mask: () => {}
    })
    expect(await failureOf(credentials.current())).toBe(
      'The credentials of context "test" of the given kubeconfig content cannot be had: login: no such program.\nInstall login from example.com.'
    )
  })

  test('that wants a terminal is refused', async () => {
    expect(await failureOf(() => plugin(() => ({}), { interactiveMode: 'Always' }))).toContain('wants a terminal')
  })
})
