import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { resolveImage } from '../../src/image/index.ts'
import { at, parseJson } from '../../src/json.ts'
import type { Logger } from '../../src/log.ts'
import { repository, type Sample } from '../image/sample.ts'
import { usePlatform } from '../platform/use.ts'
import { type BundleRun, runBundle } from './run-bundle.ts'

const platform = usePlatform()
const log: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_title, work) => work() }

const APP = { 'app/Dockerfile': 'FROM busybox:1.36\nCOPY . /app\nRUN ls /app\n', 'app/main.txt': '1' }

interface Run extends BundleRun {
  readonly repository: string
}

async function build(
  sample: Sample,
  inputs: Record<string, string> = {},
  rest: Partial<Parameters<typeof runBundle>[1]> = {}
): Promise<Run> {
  const name = `${platform.registry}/bundle-${randomBytes(4).toString('hex')}`
  const given = { context: 'app', repository: name, 'buildkit-address': platform.buildkit, ...inputs }
  const run = await runBundle('build-image', { inputs: given, workspace: sample.root, path: platform.path, ...rest })
  return { ...run, repository: given.repository }
}

describe('build-image', () => {
  test('builds, pushes, and gives out what to deploy; the second run builds nothing', async () => {
    using sample = repository(APP)
    const first = await build(sample, { tags: 'latest\n\n# a comment\nv1' })
    expect(first.log).not.toContain('::error')
    expect(first.code).toBe(0)
    const { image = '', digest = '' } = first.outputs
    expect(image).toMatch(new RegExp(`^${first.repository}:tree-[0-9a-f]{40}$`))
    expect(first.outputs).toMatchObject({
      'image-ref': `${first.repository}@${digest}`,
      tags: [image, `${first.repository}:latest`, `${first.repository}:v1`].join('\n'),
      built: 'true'
    })
    expect(at(parseJson(first.outputs['metadata'] ?? ''), 'containerimage.digest')).toBe(digest)
    expect(await resolveImage(first.repository, 'v1', { log })).toBe(digest)
    expect(first.summary).toContain('built and pushed')
    expect(first.summary).toContain(digest)
    expect(first.summary).toContain('`busybox:1.36`')

    const second = await build(sample, { repository: first.repository })
    expect(second.outputs).toMatchObject({ image, digest, built: 'false', metadata: '{}' })
    expect(second.log).toContain('Nothing is built')
    expect(second.summary).toContain('nothing to build')
  })

  test('fails with the line of the Dockerfile, and gives out the names all the same', async () => {
    using sample = repository({ 'app/Dockerfile': 'FROM busybox:1.36\nRUN echo libfoo is missing && false\n' })
    const run = await build(sample)
    expect(run.code).toBe(1)
    expect(run.log).toMatch(
      /^::error file=app\/Dockerfile,line=2::app\/Dockerfile:2: RUN echo .* failed with exit code 1\.%0Alibfoo is missing$/m
    )
    expect(run.outputs).toMatchObject({ image: expect.stringContaining(':tree-'), built: 'false' })
    expect(run.outputs['digest']).toBeUndefined()
    expect(run.summary).toContain('no image')
    expect(run.summary).toContain('libfoo is missing')
  })

  test.each<[string, Record<string, string>, RegExp]>([
    ['no repository', { repository: '' }, /Input "repository" is required/],
    [
      'an unknown engine',
      { engine: 'buildah' },
      /Input "engine" is "buildah", which is unknown\.%0AUse one of: buildx/
    ],
    ['an unknown boolean', { push: 'yes' }, /Input "push" is "yes", which is not a boolean/],
    ['an unknown provenance', { provenance: 'full' }, /Input "provenance" is "full".*Use one of: .*min, max/],
    [
      'a build argument without a value',
      { 'build-args': 'A=1\nB' },
      /Input "build-args": "B" is not of the form key=value/
    ],
    ['one twice', { 'build-args': 'A=1\nA=2' }, /Input "build-args" gives "A" twice/],
    [
      'a user without a password',
      { 'registry-username': 'me' },
      /"registry-username" is given without "registry-password"/
    ],
    ['a context that is not there', { context: 'nowhere' }, /build context "nowhere" is no directory/],
    ['a context outside', { context: '../..' }, /leaves the workspace/],
    ['a secret that is not set', { 'secret-envs': 'token=NOT_SET' }, /NOT_SET is not set/]
  ])('refuses %s with one clear error', async (_what, inputs, message) => {
    using sample = repository(APP)
    const run = await build(sample, inputs)
    expect(run.code).toBe(1)
    expect(run.log.match(/^::error/gm)).toHaveLength(1)
    expect(run.log).toMatch(message)
    expect(run.log).not.toContain('load build definition')
    expect(run.outputs['built']).toBe('false')
  })

  test('hides secrets before anything is done with them: from the log, the arguments of programs, outputs, summary', async () => {
    using sample = repository({
      // A step that BuildKit remembers prints nothing.
      'app/Dockerfile': `FROM busybox:1.36\nENV FRESH=${randomBytes(4).toString('hex')}\nRUN --mount=type=secret,id=token cat /run/secrets/token && sleep 1\n`
    })
    const secrets = { token: 'secret-value-of-the-token', password: platform.secureRegistry.password }
    const { address, username } = platform.secureRegistry
    const commandLines = new Set<string>()
    const watching = setInterval(() => {
      for (const line of runningPrograms()) commandLines.add(line)
    }, 30)
    const run = await build(
      sample,
      {
        repository: `${address}/bundle-${randomBytes(4).toString('hex')}`,
        'registry-username': username,
        'registry-password': secrets.password,
        'secret-envs': 'token=MY_TOKEN'
      },
      { env: { MY_TOKEN: secrets.token } }
    )
    clearInterval(watching)
    expect(run.code).toBe(0)
    expect(run.outputs['built']).toBe('true')
    const programs = [...commandLines].join('\n')
    expect(programs).toContain('buildx build')
    const masks = run.log.split('\n').filter((line) => line.startsWith('::add-mask::'))
    const rest = run.log
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n')
    for (const secret of Object.values(secrets)) {
      expect(masks).toContain(`::add-mask::${secret}`)
      expect([rest, programs, JSON.stringify(run.outputs), run.summary].join('\n')).not.toContain(secret)
    }
    expect(rest).toContain('***')
  })

  test('ends the build when the run is cancelled', async () => {
    using sample = repository({ 'app/Dockerfile': 'FROM busybox:1.36\nRUN echo started && sleep 60\n' })
    const run = await build(sample, {}, { onOutput: (text, kill) => /\d started/.test(text) && kill('SIGINT') })
    expect(run.code).toBe(1)
    expect(run.log).toContain('::error::The build was cancelled.')
    expect(run.milliseconds).toBeLessThan(45_000)
    expect(await resolveImage(run.repository, run.outputs['image']?.split(':').at(-1) ?? '', { log })).toBeUndefined()
  })
})

/** Command lines of all processes that this user may see. */
function runningPrograms(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(path.join('/proc', name, 'cmdline'), 'utf8').replaceAll('\0', ' ')
      } catch {
        return '' // it has ended
      }
    })
}
