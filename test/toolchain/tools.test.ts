import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { checksumIn, downloadTool } from '../../src/toolchain/download.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { type Platform, RELEASES, type Release } from '../../src/toolchain/releases.ts'
import { findTool } from '../../src/toolchain/tools.ts'
import { errorOf, folder, keepLog } from '../render/support.ts'

const PLATFORM = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}` as Platform
const PROGRAM = '#!/bin/sh\necho downloaded\n'
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

/** Content by path; a function answers by itself. */
type Pages = Record<string, string | Buffer | { status: number } | { truncated: string }>

async function serve(pages: Pages): Promise<{ base: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    asked.push(url)
    const page = pages[url]
    if (page === undefined) response.writeHead(404).end()
    else if (typeof page === 'string' || Buffer.isBuffer(page)) response.end(page)
    else if ('status' in page) response.writeHead(page.status).end()
    else {
      response.writeHead(200, { 'content-length': page.truncated.length + 100 })
      response.write(page.truncated)
      setTimeout(() => response.destroy(), 20)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror`, asked }
}

/** A release like kubectl's: the program itself, with a checksum file beside it. */
function release(overrides: Partial<Release> = {}): Release {
  return {
    ...RELEASES.kubectl,
    url: () => 'https://dl.example/tool',
    checksumUrl: () => 'https://dl.example/tool.sha256',
    sha256: { [PLATFORM]: sha256(PROGRAM) },
    ...overrides
  }
}

const PAGE = '/mirror/dl.example/tool'
let cache: string

beforeEach(() => {
  cache = folder()
  vi.stubEnv('RUNNER_TOOL_CACHE', path.join(cache, 'tools'))
  vi.stubEnv('RUNNER_TEMP', path.join(cache, 'temp'))
  // The tool cache tries a failed download again, after 10 to 20 s.
  vi.stubGlobal('TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS', 0)
  vi.stubGlobal('TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS', 0)
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

const download = (base: string, one: Release = release()) =>
  downloadTool('kubectl', { log: keepLog(), env: { GITOPS_ACTIONS_DOWNLOAD_BASE: base }, release: one })

describe('downloads a tool', () => {
  test('checks it, and takes it from the cache the next time', async () => {
    const { base, asked } = await serve({ [PAGE]: PROGRAM })
    const program = await download(base)
    expect(readFileSync(program, 'utf8')).toBe(PROGRAM)
    expect((await exec(program, [])).stdout).toBe('downloaded\n')
    expect(statSync(program).mode & 0o022).toBe(0)
    expect(await download(base)).toBe(program)
    expect(asked).toEqual([PAGE])
    expect(readdirSync(path.join(cache, 'temp'))).toEqual([])
  })

  test('out of an archive', async () => {
    const work = folder({ 'bin/kubectl': PROGRAM })
    await exec('tar', ['-czf', path.join(work, 'a.tar.gz'), '-C', work, 'bin'])
    const archive = readFileSync(path.join(work, 'a.tar.gz'))
    const { base } = await serve({ [PAGE]: archive })
    const program = await download(
      base,
      release({ member: () => 'bin/kubectl', sha256: { [PLATFORM]: sha256(archive) } })
    )
    expect((await exec(program, [])).stdout).toBe('downloaded\n')
  })

  test('by the checksum beside it where none is known before', async () => {
    const { base } = await serve({ [PAGE]: PROGRAM, [`${PAGE}.sha256`]: `${sha256(PROGRAM)}  tool\n` })
    expect(readFileSync(await download(base, release({ sha256: {} })), 'utf8')).toBe(PROGRAM)
  })
})

describe('refuses a download', () => {
  const nothingCached = () => expect(readdirSync(path.join(cache, 'tools'))).toEqual([])

  test('that is not what was released', async () => {
    const { base } = await serve({ [PAGE]: `${PROGRAM}evil` })
    const error = await errorOf(() => download(base))
    expect(error.message).toContain(
      `is not kubectl ${RELEASES.kubectl.version}: its SHA-256 is ${sha256(`${PROGRAM}evil`)}`
    )
    expect(error.hint).toContain('Nothing of it was run')
    nothingCached()
  })

  test('that its own checksum file does not fit', async () => {
    const { base } = await serve({ [PAGE]: PROGRAM, [`${PAGE}.sha256`]: `${sha256('other')}  tool\n` })
    expect((await errorOf(() => download(base, release({ sha256: {} })))).message).toContain('should be')
    nothingCached()
  })

  test('without a checksum', async () => {
    const { base } = await serve({ [PAGE]: PROGRAM, [`${PAGE}.sha256`]: '<html>proxy login</html>' })
    expect((await errorOf(() => download(base, release({ sha256: {} })))).message).toContain('says no checksum')
    nothingCached()
  })

  test('that does not exist', async () => {
    const { base } = await serve({})
    const error = await errorOf(() => download(base))
    expect(error.message).toBe(
      `kubectl could not be downloaded from ${base}/dl.example/tool: Unexpected HTTP response: 404.`
    )
    expect(error.hint).toContain('Install kubectl on the runner')
    nothingCached()
  })

  test('that ends early, after trying again', async () => {
    const { base, asked } = await serve({ [PAGE]: { truncated: PROGRAM } })
    expect((await errorOf(() => download(base))).message).toContain('could not be downloaded')
    expect(asked).toHaveLength(3)
    nothingCached()
  })

  test('from a server that is not there, or only by plain HTTP', async () => {
    expect((await errorOf(() => download('http://127.0.0.1:9'))).message).toContain('ECONNREFUSED')
    expect((await errorOf(() => download('http://mirror.example'))).message).toContain('must be an https:// address')
    nothingCached()
  })
})

test.each([
  [`${'a'.repeat(64)}\n`, 'x', 'a'],
  [`${'a'.repeat(64)}  helm.tar.gz\n`, 'helm.tar.gz', 'a'],
  [`${'a'.repeat(64)}  one\n${'B'.repeat(64)} *two\n`, 'two', 'b'],
  [`${'a'.repeat(64)}  one\n${'b'.repeat(64)}  two\n`, 'three', undefined],
  [`${'a'.repeat(64)}  two.sig\n`, 'two', undefined],
  ['', 'x', undefined],
  [`${'a'.repeat(63)}\n`, 'x', undefined]
])('the checksum in %j of %s is %s…', (text, file, expected) => {
  expect(checksumIn(text, file)).toBe(expected?.repeat(64))
})

describe('finds a tool', () => {
  const program = (output: string) => `#!/bin/sh\necho '${output}'\n`

  function onPath(name: string, content: string): NodeJS.ProcessEnv {
    const directory = folder({ [name]: content })
    chmodSync(path.join(directory, name), 0o755)
    return { PATH: `${directory}:/usr/bin:/bin`, HOME: directory, GITOPS_ACTIONS_DOWNLOAD_BASE: 'http://127.0.0.1:9' }
  }

  test.each([
    ['helm', 'v3.13.0'],
    ['helm', 'v4.2.3'],
    ['kubectl', '{"clientVersion": {"major": "1", "gitVersion": "v1.36.3+k3s1"}, "kustomizeVersion": "v5.8.1"}'],
    ['kustomize', 'v5.8.1'],
    ['kustomize', '{kustomize/v5.0.0  2023-02-02  }'],
    ['buildx', 'github.com/docker/buildx v0.36.1 abcdef'],
    ['docker-buildx', 'github.com/docker/buildx 0.13.0+debian x']
  ] as const)('%s that says %s', async (name, output) => {
    const env = onPath(name, program(output))
    const tool = name === 'docker-buildx' ? 'buildx' : name
    expect(await findTool(tool, { exec, log: keepLog(), env })).toBe(path.join(env['HOME'] ?? '', name))
  })

  test('buildx among the plugins of Docker', async () => {
    const home = folder()
    mkdirSync(path.join(home, '.docker/cli-plugins'), { recursive: true })
    const file = path.join(home, '.docker/cli-plugins/docker-buildx')
    writeFileSync(file, program('github.com/docker/buildx v0.20.0 x'), { mode: 0o755 })
    expect(await findTool('buildx', { exec, log: keepLog(), env: { PATH: '/nowhere', HOME: home } })).toBe(file)
  })

  test('and passes by what is no program or stands in a relative folder', async () => {
    const env = onPath('helm', program('v4.0.0'))
    const other = folder({ 'helm/x': '' })
    const PATH = `.:bin:${other}:${env['PATH']}`
    expect(await findTool('helm', { exec, log: keepLog(), env: { ...env, PATH } })).toBe(
      path.join(env['HOME'] ?? '', 'helm')
    )
  })

  test('too old: says so, and takes the pinned one', async () => {
    const log = keepLog()
    const error = await errorOf(() => findTool('helm', { exec, log, env: onPath('helm', program('v3.9.4')) }))
    expect(log.lines.join()).toMatch(
      /warning: .*helm is 3\.9\.4, and 3\.13\.0 or newer is needed: taking helm 4\.2\.3 instead/
    )
    expect(error.message).toMatch(/helm is 3\.9\.4.* and helm could not be downloaded from .*ECONNREFUSED/)
  })

  test('that does not say its version: the same', async () => {
    const log = keepLog()
    await errorOf(() => findTool('helm', { exec, log, env: onPath('helm', '#!/bin/sh\nexit 1\n') }))
    expect(log.lines.join()).toContain('does not say its version')
  })

  test('nowhere, and offline: a clear error', async () => {
    const env = { PATH: '/nowhere', GITOPS_ACTIONS_DOWNLOAD_BASE: 'http://127.0.0.1:9' }
    const error = await errorOf(() => findTool('kustomize', { exec, log: keepLog(), env }))
    expect(error.message).toMatch(
      /^kustomize is not on the PATH, and kustomize could not be downloaded from http:\/\/127\.0\.0\.1:9\/github\.com\//
    )
    expect(error.hint).toContain('GITOPS_ACTIONS_DOWNLOAD_BASE')
  })
})

test('every pinned release has addresses and checksums of the right form', () => {
  for (const [name, one] of Object.entries(RELEASES))
    for (const platform of ['linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64'] as const) {
      for (const url of [one.url(platform), one.checksumUrl(platform)]) {
        expect(URL.canParse(url), `${name}: ${url}`).toBe(true)
        expect(url).toMatch(/^https:\/\//)
      }
      expect(one.url(platform)).toContain(one.version)
      if (platform.startsWith('linux')) expect(one.sha256[platform], name).toMatch(/^[0-9a-f]{64}$/)
    }
})
