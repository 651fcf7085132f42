import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseRepository, Registry } from '../../src/image/index.ts'
import { parseChallenges } from '../../src/image/registry/auth.ts'
import { sha256 } from '../../src/image/registry/client.ts'
import { findCredential } from '../../src/image/registry/credentials.ts'
import { createHttp } from '../../src/image/registry/http.ts'
import { loginTo } from '../../src/image/registry/login.ts'
import type { Logger } from '../../src/log.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { createAuthority } from '../platform/certificates.ts'
import { Sample } from './sample.ts'

const log: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_title, work) => work() }
const MANIFEST = Buffer.from('{"schemaVersion":2}')
const DIGEST = sha256(MANIFEST)

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void

interface Fake extends AsyncDisposable {
  readonly address: string
  readonly requests: string[]
  readonly waits: number[]
  registry(): Registry
}

/** A server that misbehaves in ways a real registry does only on a bad day. */
async function fake(handler: Handler): Promise<Fake> {
  const requests: string[] = []
  const waits: number[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`)
    handler(request, response, requests.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const http = createHttp({ log, env: {}, timeout: 200, wait: async (milliseconds) => waits.push(milliseconds) })
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    waits,
    registry: () => new Registry({ exec, log, env: { DOCKER_CONFIG: '/nonexistent' }, http }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}

function ok(response: ServerResponse): void {
  response.writeHead(200, { 'docker-content-digest': DIGEST, 'content-type': 'application/json' }).end(MANIFEST)
}

describe('a registry on a bad day', () => {
  test.each<[string, Handler, number[]]>([
    ['errors of its own', (_q, r, n) => (n < 3 ? r.writeHead(503).end() : ok(r)), [250, 500]],
    ['limits', (_q, r, n) => (n < 2 ? r.writeHead(429, { 'retry-after': '7' }).end() : ok(r)), [7000]],
    ['long limits', (_q, r, n) => (n < 2 ? r.writeHead(429, { 'retry-after': '7000' }).end() : ok(r)), [60_000]],
    ['a lost connection', (q, r, n) => (n < 2 ? void q.socket.destroy() : ok(r)), [250]],
    ['silence', (_q, r, n) => (n < 2 ? undefined : ok(r)), [250]]
  ])('%s: is asked again', async (_what, handler, waits) => {
    await using server = await fake(handler)
    const name = parseRepository(`${server.address}/web`)
    expect(await server.registry().digestOf(name, 'latest')).toBe(DIGEST)
    expect(server.waits).toEqual(waits)
  })

  test('that stays bad is an error that says so', async () => {
    await using server = await fake((_request, response) =>
      response.writeHead(503).end('{"errors":[{"code":"X","message":"y"}]}')
    )
    const name = parseRepository(`${server.address}/web`)
    await expect(server.registry().manifest(name, 'latest')).rejects.toThrow(
      `answered HTTP 503 to reading ${name.name} (X: y)`
    )
    expect(server.requests).toHaveLength(5)
  })

  test('without a digest header is asked for the manifest', async () => {
    await using server = await fake((_request, response) => response.writeHead(200).end(MANIFEST))
    expect(await server.registry().digestOf(parseRepository(`${server.address}/web`), 'latest')).toBe(DIGEST)
  })

  test('that answers a digest with other content is not believed', async () => {
    await using server = await fake((_request, response) => response.writeHead(200).end('{}'))
    await expect(server.registry().manifest(parseRepository(`${server.address}/web`), DIGEST)).rejects.toThrow(
      'with other content'
    )
  })

  test('that sends without end is cut off', async () => {
    await using server = await fake((_request, response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 16)));
      }
      response.on('drain', more)
      more()
    })
    await expect(server.registry().manifest(parseRepository(`${server.address}/web`), 'latest')).rejects.toThrow(
      'more than 8 MiB'
    )
  })
})

describe('redirects', () => {
  test('are followed, without the credentials when they leave the registry', async () => {
    await using storage = await fake((_request, response) => response.end('content'))
    await using server = await fake((request, response) => {
      if (!request.headers.authorization) response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      else if (request.url?.endsWith('/here')) response.end('content')
      else
        response
          .writeHead(307, { location: request.url?.includes('away') ? `http://${storage.address}/signed` : '/here' })
          .end()
    })
    using docker = new Sample({
      'config.json': JSON.stringify({ auths: { [server.address]: { username: 'u', password: 'p' } } })
    })
    const registry = new Registry({ exec, log, env: { DOCKER_CONFIG: docker.root } })
    const name = parseRepository(`${server.address}/web`)
    for (const digest of ['sha256:away', 'sha256:stay'])
      expect((await (await registry.blob(name, digest)).toArray()).join('')).toBe('content')
    expect(storage.requests).toEqual(['GET /signed -'])
    expect(server.requests.at(-1)).toMatch(/^GET \/here Basic /)
  })

  test('to plain HTTP elsewhere are refused', async () => {
    await using server = await fake((_request, response) =>
      response.writeHead(307, { location: 'http://example.com/' }).end()
    )
    await expect(server.registry().blob(parseRepository(`${server.address}/web`), 'sha256:x')).rejects.toThrow(
      'without encryption'
    )
  })

  test('in a circle end', async () => {
    await using server = await fake((_request, response) => response.writeHead(307, { location: '/again' }).end())
    await expect(server.registry().blob(parseRepository(`${server.address}/web`), 'sha256:x')).rejects.toThrow(
      'in a circle'
    )
  })
})

describe('credentials are not given away', () => {
  test('to a token server without encryption', async () => {
    const challenge = 'Bearer realm="http://tokens.example/",service="x"'
    await using server = await fake((_request, response) =>
      response.writeHead(401, { 'www-authenticate': challenge }).end()
    )
    await expect(server.registry().digestOf(parseRepository(`${server.address}/web`), 'a')).rejects.toThrow(
      'names a token server without encryption (tokens.example)'
    )
  })

  test('before they are asked for', async () => {
    await using server = await fake((_request, response) => ok(response))
    using docker = new Sample({
      'config.json': JSON.stringify({ auths: { [server.address]: { username: 'u', password: 'p' } } })
    })
    const registry = new Registry({ exec, log, env: { DOCKER_CONFIG: docker.root } })
    await registry.digestOf(parseRepository(`${server.address}/web`), 'a')
    expect(server.requests).toEqual(['HEAD /v2/web/manifests/a -'])
  })
})

test.each([
  [
    'Bearer realm="https://a/token",service="b",scope="repository:x:pull,push"',
    [['bearer', { realm: 'https://a/token', service: 'b', scope: 'repository:x:pull,push' }]]
  ],
  ['Basic realm="a, \\"b\\""', [['basic', { realm: 'a, "b"' }]]],
  [
    'Negotiate, Basic realm=x',
    [
      ['negotiate', {}],
      ['basic', { realm: 'x' }]
    ]
  ],
  ['BASIC REALM="x", charset="UTF-8"', [['basic', { realm: 'x', charset: 'UTF-8' }]]],
  ['', []]
])('challenge %s', (header, expected) => {
  const read = parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])
  expect(read).toEqual(expected)
})

describe('certificates', () => {
  test('that are not trusted are named, with what to do', async () => {
    using sample = new Sample()
    const authority = await createAuthority(sample.root, 'unknown')
    const { certificate, key } = await authority.issue('server', { commonName: 'x', hosts: ['127.0.0.1'] })
    const server = createSecureServer({ cert: certificate, key }, (_request, response) => response.end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const http = createHttp({ log, env: {} })
      const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`)
      await expect(http({ method: 'GET', url })).rejects.toThrow(
        expect.objectContaining({
          message: expect.stringMatching(/^The certificate of registry 127\.0\.0\.1:\d+ is not trusted: /),
          hint: expect.stringContaining('NODE_EXTRA_CA_CERTS')
        })
      )
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  test('of a registry that speaks plain HTTP are missed', async () => {
    await using server = await fake((_request, response) => ok(response))
    const http = createHttp({ log, env: {} })
    await expect(http({ method: 'GET', url: new URL(`https://${server.address}/`) })).rejects.toThrow(
      'does not speak HTTPS'
    )
  })
})

describe('Docker’s client configuration', () => {
  const auth = Buffer.from('user:pass:word').toString('base64')
  const password = { type: 'password', username: 'user', password: 'pass:word' }

  test.each<[string, object | string, string, object | undefined]>([
    ['a login', { auths: { 'ghcr.io': { auth } } }, 'ghcr.io', password],
    ['a login with scheme and path', { auths: { 'https://GHCR.io/v1/': { auth } } }, 'ghcr.io', password],
    ['a port', { auths: { 'localhost:5000': { auth } } }, 'localhost:5000', password],
    ['another port', { auths: { 'localhost:5000': { auth } } }, 'localhost:5001', undefined],
    ['plain fields', { auths: { 'ghcr.io': { username: 'user', password: 'pass:word' } } }, 'ghcr.io', password],
    ['Docker Hub', { auths: { 'https://index.docker.io/v1/': { auth } } }, 'docker.io', password],
    ['Docker Hub by its short name', { auths: { 'docker.io': { auth } } }, 'docker.io', password],
    [
      'an identity token',
      { auths: { 'ghcr.io': { auth, identitytoken: 't' } } },
      'ghcr.io',
      { type: 'identity-token', token: 't' }
    ],
    ['an empty login', { auths: { 'ghcr.io': {} } }, 'ghcr.io', undefined],
    ['nothing', '', 'ghcr.io', undefined],
    [
      'a helper for the registry',
      { credHelpers: { 'ghcr.io': 'test' } },
      'ghcr.io',
      { type: 'password', username: 'helped', password: 'for ghcr.io' }
    ],
    [
      'a helper before a login',
      { credsStore: 'test', auths: { 'ghcr.io': { auth } } },
      'ghcr.io',
      { type: 'password', username: 'helped', password: 'for ghcr.io' }
    ],
    [
      'a helper for Docker Hub',
      { credsStore: 'test' },
      'docker.io',
      { type: 'password', username: 'helped', password: 'for https://index.docker.io/v1/' }
    ],
    ['a helper that knows nothing', { credsStore: 'test', auths: { unknown: { auth } } }, 'unknown', password],
    ['a helper with a token', { credsStore: 'test' }, 'token', { type: 'identity-token', token: 'for token' }],
    [
      'an empty helper: read the logins',
      { credsStore: 'test', credHelpers: { 'ghcr.io': '' }, auths: { 'ghcr.io': { auth } } },
      'ghcr.io',
      password
    ]
  ])('%s', async (_what, config, registry, expected) => {
    using sample = dockerConfig(config)
    const found = await findCredential(registry, { exec, env: environment(sample) })
    if (expected === undefined) expect(found).toBeUndefined()
    else expect(found).toMatchObject(expected)
  })

  test.each<[string, object | string, string, RegExp]>([
    ['what is no JSON', '{"auths": {"ghcr.io": {"auth": "c2VjcmV0"', 'ghcr.io', /config\.json is not valid JSON/],
    [
      'a helper that fails',
      { credHelpers: { broken: 'test' } },
      'broken',
      /docker-credential-test gives no credentials for broken: exit code 2/
    ],
    ['a helper that answers nonsense', { credHelpers: { odd: 'test' } }, 'odd', /did not answer with JSON/],
    [
      'a helper that is not there',
      { credHelpers: { x: 'missing' } },
      'x',
      /docker-credential-missing: no such program/
    ],
    ['a helper with an odd name', { credHelpers: { x: '../x' } }, 'x', /credential helper "\.\.\/x"/]
  ])('%s is a clear error without secrets', async (_what, config, registry, message) => {
    using sample = dockerConfig(config)
    const error: unknown = await findCredential(registry, { exec, env: environment(sample) }).catch(
      (thrown: unknown) => thrown
    )
    expect(error).toMatchObject({ name: 'GitOpsError', message: expect.stringMatching(message) })
    expect(String(error)).not.toMatch(/c2VjcmV0|hidden/)
  })

  test('is copied for a login of our own: others stay, ours wins, nothing is left behind', async () => {
    using sample = dockerConfig({ credsStore: 'test', auths: { 'https://ghcr.io': { auth } }, currentContext: 'x' })
    sample.write('docker/contexts/meta', '1')
    sample.write('temporary/keep', '')
    const env = environment(sample)
    let folder: string
    {
      await using login = await loginTo('ghcr.io', { username: 'me', password: 'mine' }, env, sample.path('temporary'))
      folder = login.env['DOCKER_CONFIG'] ?? ''
      const ours = { exec, env: { ...env, ...login.env } }
      expect(await findCredential('ghcr.io', ours)).toMatchObject({ username: 'me', password: 'mine' })
      expect(await findCredential('other.io', ours)).toMatchObject({ username: 'helped' })
      expect(readFileSync(path.join(folder, 'contexts/meta'), 'utf8')).toBe('1')
      expect(statSync(path.join(folder, 'config.json')).mode & 0o077).toBe(0)
    }
    expect(readdirSync(sample.path('temporary'))).toEqual(['keep'])
    expect(readdirSync(sample.path('docker/contexts'))).toEqual(['meta'])
  })
})

/** A configuration, and on the PATH a credential helper that answers by the name it is asked for. */
function dockerConfig(config: object | string): Sample {
  const sample = new Sample({
    'docker/config.json': typeof config === 'string' ? config : JSON.stringify(config),
    'bin/docker-credential-test': [
      '#!/bin/sh',
      'read server || true',
      'case $server in',
      '  unknown) echo "credentials not found in native keychain"; exit 1;;',
      '  broken) echo "hidden"; exit 2;;',
      '  odd) echo "hidden";;',
      '  token) echo "{\\"Username\\": \\"<token>\\", \\"Secret\\": \\"for $server\\"}";;',
      '  *) echo "{\\"Username\\": \\"helped\\", \\"Secret\\": \\"for $server\\"}";;',
      'esac'
    ].join('\n')
  })
  chmodSync(sample.path('bin/docker-credential-test'), 0o755)
  return sample
}

function environment(sample: Sample): NodeJS.ProcessEnv {
  return { PATH: `${sample.path('bin')}:${process.env['PATH']}`, DOCKER_CONFIG: sample.path('docker') }
}
