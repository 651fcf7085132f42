import { createSign, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { type BuildOptions, buildImage, resolveImage } from '../../src/image/index.ts'
import type { Logger } from '../../src/log.ts'
import { ensure } from '../platform/binaries.ts'
import { type Authority, createAuthority } from '../platform/certificates.ts'
import { Component } from '../platform/component.ts'
import { createRunFolder, freePorts, type RunFolder } from '../platform/run-folder.ts'
import { usePlatform } from '../platform/use.ts'
import { repository, Sample } from './sample.ts'

/** A real registry that wants bearer tokens, as ghcr.io and Docker Hub do, and the token server it trusts. */
const SERVICE = 'registry.test'
const USERS: Record<string, { password: string; actions: string[] }> = {
  writer: { password: 'write-password', actions: ['pull', 'push'] },
  reader: { password: 'read-password', actions: ['pull'] }
}
const IDENTITY_TOKEN = 'identity-token-of-writer'

const platform = usePlatform()
let run: RunFolder
let tokens: Server
let registry: Component
let address: string
let asked: string[] = []

beforeAll(async () => {
  run = createRunFolder()
  const authority = await createAuthority(run.directory, 'tokens')
  tokens = createServer((request, response) => void answer(request, response, authority))
  await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve))
  const realm = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`
  const [port = 0] = await freePorts(1)
  address = `127.0.0.1:${port}`
  const config = path.join(run.directory, 'registry.yml')
  await writeFile(
    config,
    stringify({
      version: 0.1,
      log: { level: 'warn', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: path.join(run.directory, 'data') } },
      http: { addr: address },
      auth: { token: { realm, service: SERVICE, issuer: 'test', rootcertbundle: authority.certificateFile } }
    })
  )
  const ready = async () => (await fetch(`http://${address}/v2/`)).status === 401
  const { registry: file } = await ensure(['registry'])
  const env = { OTEL_TRACES_EXPORTER: 'none' }
  registry = new Component({ name: 'token-registry', file, args: ['serve', config], env, ready }, run)
  await registry.start()
})

afterAll(async () => {
  await registry?.stop()
  await new Promise((resolve) => tokens?.close(resolve))
  run?.close()
})

/** https://distribution.github.io/distribution/spec/auth/jwt/ */
async function answer(request: IncomingMessage, response: ServerResponse, authority: Authority): Promise<void> {
  const url = new URL(request.url ?? '', 'http://x')
  const body = new URLSearchParams((await request.toArray()).join(''))
  const parameters = request.method === 'POST' ? body : url.searchParams
  const scopes = parameters.getAll('scope')
  const user = userOf(request.headers.authorization, body)
  asked.push(`${request.method} ${user ?? 'nobody'} ${scopes.join(' ')}`)
  const rights = user === undefined ? undefined : USERS[user]
  if (!rights) return void response.writeHead(401).end('{"errors":[{"code":"UNAUTHORIZED"}]}')
  const access = scopes
    .flatMap((scope) => scope.split(' '))
    .map((scope) => {
      const [type, name, actions = ''] = scope.split(':')
      return { type, name, actions: actions.split(',').filter((action) => rights.actions.includes(action)) }
    })
  const token = sign({ sub: user, access }, authority)
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify(request.method === 'POST' ? { access_token: token, expires_in: 300 } : { token, expires_in: 300 })
  )
}

function userOf(authorization: string | undefined, body: URLSearchParams): string | undefined {
  if (body.get('grant_type') === 'refresh_token')
    return body.get('refresh_token') === IDENTITY_TOKEN ? 'writer' : undefined
  const [user = '', password] = Buffer.from(authorization?.replace('Basic ', '') ?? '', 'base64')
    .toString()
    .split(':')
  return user !== '' && USERS[user]?.password === password ? user : undefined
}

function sign(claims: object, authority: Authority): string {
  const der = authority.certificate.replace(/-----.*?-----|\s/g, '')
  const now = Math.floor(Date.now() / 1000)
  const standard = { iss: 'test', aud: SERVICE, iat: now, nbf: now - 10, exp: now + 300, jti: randomUUID() }
  const parts = [
    { typ: 'JWT', alg: 'RS256', x5c: [der] },
    { ...standard, ...claims }
  ]
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${createSign('RSA-SHA256').update(text).sign(authority.key, 'base64url')}`
}

const log: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_title, work) => work() }

function options(sample: Sample, extra: Partial<BuildOptions> = {}): BuildOptions {
  asked = []
  return {
    workspace: sample.root,
    context: '.',
    repository: `${address}/acme/web-${randomUUID().slice(0, 8)}`,
    buildkitAddress: platform.buildkit,
    log,
    ...extra,
    env: { ...process.env, PATH: platform.path, DOCKER_CONFIG: sample.path('none'), ...extra.env }
  }
}

const APP = { Dockerfile: 'FROM scratch\nCOPY file /\n', file: '1', '.dockerignore': '.git\n' }

describe('a registry with bearer tokens', () => {
  test('is built for, found again and tagged with a user name and a password', async () => {
    using sample = repository(APP)
    const build = options(sample, { login: { username: 'writer', password: 'write-password' }, tags: ['latest'] })
    const built = await buildImage(build)
    expect(built.built).toBe(true)
    const name = build.repository.slice(address.length + 1)
    expect(asked).toContain(`GET writer repository:${name}:pull`)
    expect(asked).toContain(`GET writer repository:${name}:pull,push`)
    expect(await buildImage(build)).toMatchObject({ built: false, digest: built.digest })
  })

  test('takes an identity token, as helpers of cloud registries give it', async () => {
    using sample = repository(APP)
    using docker = new Sample({
      'config.json': JSON.stringify({ auths: { [address]: { identitytoken: IDENTITY_TOKEN } } })
    })
    const build = options(sample, { env: { DOCKER_CONFIG: docker.root } })
    expect(await buildImage(build)).toMatchObject({ built: true })
    expect(asked[0]).toMatch(/^POST writer/)
  })

  test('says that there are no credentials', async () => {
    using sample = repository(APP)
    await expect(buildImage(options(sample))).rejects.toThrow(/asks for credentials .* none are configured/)
    expect(asked).toEqual([expect.stringMatching(/^GET nobody/)])
  })

  test('says that they are wrong', async () => {
    using sample = repository(APP)
    const build = options(sample, { login: { username: 'writer', password: 'mistyped' } })
    await expect(buildImage(build)).rejects.toThrow(/refuses the credentials from .* for reading/)
  })

  test('says, before it builds, that they may only read', async () => {
    using sample = repository(APP)
    const lines: string[] = []
    const build = options(sample, {
      login: { username: 'reader', password: 'read-password' },
      log: { ...log, info: (line) => lines.push(line) }
    })
    await expect(buildImage(build)).rejects.toThrow(/refuses the credentials from .* for pushing to/)
    expect(lines.join('\n')).not.toContain('load build definition')
  })

  test('gives digests to who may read', async () => {
    using sample = repository(APP)
    const build = options(sample, { login: { username: 'writer', password: 'write-password' } })
    const built = await buildImage(build)
    const auth = Buffer.from('reader:read-password').toString('base64')
    using docker = new Sample({ 'config.json': JSON.stringify({ auths: { [`https://${address}/v2/`]: { auth } } }) })
    const env = { ...process.env, DOCKER_CONFIG: docker.root }
    expect(await resolveImage(build.repository, `tree-${built.key}`, { log, env })).toBe(built.digest)
    expect(await resolveImage(build.repository, 'other', { log, env })).toBeUndefined()
  })
})
