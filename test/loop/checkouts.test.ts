import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Checkouts, type CheckoutsOptions } from '../../src/loop/checkouts.ts'
import { type Exec, exec } from '../../src/toolchain/exec.ts'
import { memoryLog } from './doubles.ts'

let folder: string
let origin: string
/** Every argument that a program was given, and the environment it was given beside ours. */
let calls: { args: readonly string[]; env: Readonly<Record<string, string | undefined>> }[]
const cleanups: (() => Promise<void>)[] = []

const recording: Exec = (file, args, options) => {
  calls.push({ args, env: options?.env ?? {} })
  return exec(file, args, options)
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'checkouts-'))
  origin = path.join(folder, 'origin')
  calls = []
  await mkdir(path.join(origin, 'deploy'), { recursive: true })
  git(origin, 'init', '--quiet', '--initial-branch=main')
})

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
  await rm(folder, { recursive: true, force: true })
})

function git(directory: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8', stdio: 'pipe' }).trim()
}

async function commit(text: string): Promise<string> {
  await writeFile(path.join(origin, 'deploy', 'a.yaml'), text)
  git(origin, 'add', '.')
  git(origin, 'commit', '--quiet', '-m', text)
  return git(origin, 'rev-parse', 'HEAD')
}

function checkouts(workspace: string, more: Partial<CheckoutsOptions> = {}): Checkouts {
  const made = new Checkouts({ workspace, temporary: folder, exec: recording, log: memoryLog(), ...more })
  cleanups.push(() => made.dispose())
  return made
}

function contentAt(checkout: string, file = 'deploy/a.yaml'): string {
  return readFileSync(path.join(checkout, file), 'utf8')
}

test('an earlier commit comes as a worktree of its own, made once, removed at the end', async () => {
  const first = await commit('one')
  await commit('two')
  const made = checkouts(origin)
  const [a, b] = await Promise.all([made.at(first), made.at(first)])
  expect(a).toBe(b)
  expect(contentAt(a)).toBe('one')
  expect(contentAt(origin)).toBe('two')
  await made.dispose()
  expect(existsSync(a)).toBe(false)
  expect(readdirSync(folder)).toEqual(['origin'])
  expect(git(origin, 'worktree', 'list').split('\n')).toHaveLength(1)
})

test('two commits are checked out at the same time', async () => {
  const [first, second] = [await commit('one'), await commit('two')]
  await commit('three')
  const made = checkouts(origin)
  const [a, b] = await Promise.all([made.at(first), made.at(second)])
  expect([contentAt(a), contentAt(b)]).toEqual(['one', 'two'])
})

test('the checkout itself serves when it holds that very commit and nothing else', async () => {
  const head = await commit('one')
  expect(await checkouts(origin).at(head)).toBe(origin)
  await writeFile(path.join(origin, 'new.yaml'), 'new')
  expect(await checkouts(origin).at(head)).not.toBe(origin)
})

test('a workspace below the top of the repository stays below it', async () => {
  const first = await commit('one')
  await commit('two')
  const found = await checkouts(path.join(origin, 'deploy')).at(first)
  expect(contentAt(found, 'a.yaml')).toBe('one')
})

test('hooks of the repository are not run', async () => {
  const first = await commit('one')
  await commit('two')
  const trace = path.join(folder, 'ran')
  await writeFile(path.join(origin, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 })
  await checkouts(origin).at(first)
  expect(existsSync(trace)).toBe(false)
})

test('manifests that lie in no repository are taken as they are', async () => {
  const plain = path.join(folder, 'plain')
  await mkdir(plain)
  expect(await checkouts(plain).at('a'.repeat(40))).toBe(plain)
})

test('what is no commit id never reaches git', async () => {
  await commit('one')
  await expect(checkouts(origin).at('--upload-pack=touch /tmp/x')).rejects.toThrow('is no full commit id')
  expect(calls).toEqual([])
})

describe('a shallow checkout', () => {
  async function shallow(url: string): Promise<string> {
    const clone = path.join(folder, 'clone')
    git(folder, 'clone', '--quiet', '--depth=1', url, clone)
    return clone
  }

  test('is deepened by the one commit', async () => {
    const first = await commit('one')
    const between = await commit('two')
    await commit('three')
    const clone = await shallow(`file://${origin}`)
    expect(contentAt(await checkouts(clone).at(first))).toBe('one')
    expect(() => git(clone, 'cat-file', '-e', between)).toThrow()
  })

  test('says how to go on when the commit is gone for good', async () => {
    await commit('one')
    const clone = await shallow(`file://${origin}`)
    const error = await checkouts(clone)
      .at('b'.repeat(40))
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      name: 'GitOpsError',
      message: expect.stringMatching(
        /^Commit b{40}, which was deployed, is not in this checkout and cannot be fetched: fatal: /
      ),
      hint: expect.stringContaining('revision: head')
    })
  })

  test('says so when there is nowhere to fetch from', async () => {
    await commit('one')
    await expect(checkouts(origin).at('b'.repeat(40))).rejects.toThrow('no remote "origin"')
  })

  describe('over HTTP', () => {
    let url: string
    let requests: IncomingHttpHeaders[]

    beforeEach(async () => {
      requests = []
      const { server, close } = await gitServer(origin, requests)
      cleanups.push(close)
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/origin`
    })

    test('the token is sent as a header, and never stands in argv', async () => {
      const first = await commit('one')
      await commit('two')
      const clone = await shallow(`file://${origin}`)
      git(clone, 'remote', 'set-url', 'origin', url)
      const server = new URL(url).origin
      // What actions/checkout leaves behind: a header of its own, of which GitHub would refuse a second one.
      git(clone, 'config', `http.${server}/.extraheader`, 'AUTHORIZATION: basic old')
      const token = 'ghs_secret'
      const found = await checkouts(clone, { token, serverUrl: server }).at(first)
      expect(contentAt(found)).toBe('one')
      const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
      expect(requests.length).toBeGreaterThan(0)
      for (const headers of requests) expect(headers.authorization).toBe(`basic ${basic}`)
      const argv = calls.flatMap((call) => call.args).join(' ')
      expect(argv).not.toContain(token)
      expect(argv).not.toContain(basic)
    })

    test('the token goes to the GitHub server only', async () => {
      const first = await commit('one')
      await commit('two')
      const clone = await shallow(`file://${origin}`)
      git(clone, 'remote', 'set-url', 'origin', url)
      await checkouts(clone, { token: 'ghs_secret', serverUrl: 'https://github.com' }).at(first)
      expect(requests.length).toBeGreaterThan(0)
      for (const headers of requests) expect(headers.authorization).toBeUndefined()
    })
  })
})

/** Git's own HTTP server side (a CGI program) behind a small server. */
async function gitServer(
  root: string,
  requests: IncomingHttpHeaders[]
): Promise<{ server: Server; close: () => Promise<void> }> {
  const backend = path.join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend')
  const server = createServer((request, response) => {
    requests.push(request.headers)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const child = spawn(backend, [], {
      env: {
        PATH: process.env['PATH'],
        GIT_PROJECT_ROOT: path.dirname(root),
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_COUNT: '2',
        GIT_CONFIG_KEY_0: 'uploadpack.allowAnySHA1InWant',
        GIT_CONFIG_VALUE_0: 'true',
        GIT_CONFIG_KEY_1: 'safe.directory',
        GIT_CONFIG_VALUE_1: '*',
        PATH_INFO: pathname,
        QUERY_STRING: searchParams.toString(),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? '')
      }
    })
    request.pipe(child.stdin)
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('close', () => {
      const all = Buffer.concat(chunks)
      const end = all.indexOf('\r\n\r\n')
      for (const line of all.subarray(0, end).toString().split('\r\n')) {
        const [name = '', ...value] = line.split(': ')
        if (name === 'Status') response.statusCode = Number.parseInt(value.join(': '), 10)
        else response.setHeader(name, value.join(': '))
      }
      response.end(all.subarray(end + 4))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      })
  }
}
