import { randomBytes } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import {
  type BuildOptions,
  buildImage,
  contentKey,
  parseRepository,
  Registry,
  resolveImage
} from '../../src/image/index.ts'
import { asList, asString, at, parseJson } from '../../src/json.ts'
import type { Logger } from '../../src/log.ts'
import { type Exec, exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from '../platform/use.ts'
import { repository, Sample } from './sample.ts'

const platform = usePlatform()
let temporary: string

beforeAll(async () => {
  temporary = await platform.createDirectory('runner-temp')
})

const APP = {
  'app/Dockerfile':
    'FROM busybox:1.36\nARG GREETING=hello\nRUN echo "$GREETING" > /greeting\nCOPY . /app\nCMD ["cat", "/greeting"]\n',
  'app/main.txt': 'main',
  'app/.dockerignore': '*.md\n'
}

class RecordingLog implements Logger {
  readonly lines: string[] = []
  readonly warnings: string[] = []
  info(message: string): void {
    this.lines.push(message)
  }
  debug(message: string): void {
    this.lines.push(message)
  }
  warning(message: string): void {
    this.lines.push(message)
    this.warnings.push(message)
  }
  error(message: string): void {
    this.lines.push(message)
  }
  group<T>(title: string, work: () => Promise<T>): Promise<T> {
    this.lines.push(title)
    return work()
  }
  get text(): string {
    return this.lines.join('\n')
  }
}

interface Attempt {
  readonly options: BuildOptions & { log: RecordingLog }
  readonly calls: string[][]
}

/** Options for a build on the platform, in a repository of this test's own; and every program that it starts. */
function attempt(sample: Sample, extra: Partial<Omit<BuildOptions, 'log'>> = {}): Attempt {
  const calls: string[][] = []
  const recording: Exec = (file, args, options) => {
    calls.push([file, ...args])
    return exec(file, args, options)
  }
  const options = {
    workspace: sample.root,
    context: 'app',
    repository: `${platform.registry}/${unique('web')}`,
    buildkitAddress: platform.buildkit,
    log: new RecordingLog(),
    exec: recording,
    ...extra,
    env: { ...environment(), ...extra.env }
  }
  return { options, calls }
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: platform.path,
    DOCKER_CONFIG: path.join(temporary, 'no-docker-config'),
    RUNNER_TEMP: temporary,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop'
  }
}

function unique(name: string): string {
  return `${name}-${randomBytes(4).toString('hex')}`
}

async function failure(work: Promise<unknown>): Promise<GitOpsError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(GitOpsError)
  return error as GitOpsError
}

/** The configuration of the image for this machine, through index and manifest. */
async function imageConfig(name: string, digest: string) {
  const target = parseRepository(name)
  const registry = new Registry({ exec, log: new RecordingLog(), env: environment() })
  const read = async (one: string) => parseJson((await registry.manifest(target, one))?.body.toString() ?? '')
  const top = await read(digest)
  const first = asString(at(asList(at(top, 'manifests'))?.[0], 'digest'))
  const manifest = first === undefined ? top : await read(first)
  const blob = await registry.blob(target, asString(at(manifest, 'config', 'digest')) ?? '')
  return { top, config: parseJson((await blob.toArray()).join('')) }
}

describe('an image', () => {
  test('is built, pushed under the tag of its content, and its digest is what the registry serves', async () => {
    using sample = repository(APP)
    const announced: string[] = []
    const { options } = attempt(sample, { announce: ({ image }) => announced.push(image) })
    const built = await buildImage(options)
    const key = await contentKey(options)

    expect(built).toMatchObject({ key, built: true, image: `${options.repository}:tree-${key}` })
    expect(built.imageRef).toBe(`${options.repository}@${built.digest}`)
    expect(announced).toEqual([built.image])
    expect(await resolveImage(options.repository, `tree-${key}`, options)).toBe(built.digest)
    expect(options.log.text).toContain('RUN echo "hello" > /greeting')
    expect(options.log.warnings).toEqual([])
    expect(built.floating).toEqual(['busybox:1.36'])

    const { top, config } = await imageConfig(options.repository, built.digest ?? '')
    expect(at(top, 'mediaType')).toBe('application/vnd.oci.image.index.v1+json') // the image, and how it was built
    expect(at(config, 'config', 'Labels')).toMatchObject({
      'org.opencontainers.image.source': 'https://github.com/acme/shop',
      'org.opencontainers.image.revision': sample.git('rev-parse', 'HEAD')
    })
    const committed = new Date(Number(sample.git('show', '-s', '--format=%ct')) * 1000)
    expect(at(config, 'created')).toBe(committed.toISOString().replace('.000', ''))
  })

  test('is not built again for the same content: another commit, an ignored file, another folder', async () => {
    using sample = repository(APP)
    const { options } = attempt(sample)
    const first = await buildImage(options)
    sample.write('app/notes.md', 'ignored')
    sample.write('elsewhere.txt', 'outside')
    sample.commit()
    const { options: again, calls } = attempt(sample, { repository: options.repository })
    expect(await buildImage(again)).toMatchObject({ built: false, digest: first.digest, image: first.image })
    expect(calls.filter(([file]) => file !== 'git')).toEqual([])
    expect(again.log.text).toContain('Nothing is built')
  })

  test('is built for other content, and on demand', async () => {
    using sample = repository(APP)
    const { options } = attempt(sample)
    const first = await buildImage(options)
    sample.write('app/main.txt', 'changed')
    const second = await buildImage({ ...options, buildArgs: { GREETING: 'salut' } })
    expect(second).toMatchObject({ built: true })
    expect(second.image).not.toBe(first.image)
    expect(options.log.warnings).toEqual([
      expect.stringContaining('1 file (main.txt) as it is here and not as in commit')
    ])
    expect(await buildImage({ ...options, buildArgs: { GREETING: 'salut' }, reuse: false })).toMatchObject({
      built: true,
      image: second.image
    })
  })

  test('has the same digest when it is built again from the same commit, without attestations', async () => {
    using sample = repository({ 'app/Dockerfile': 'FROM busybox:1.36\nENV A=1\n', 'app/x': '1' })
    const { options } = attempt(sample, { provenance: 'none', labels: { team: 'web' } })
    const first = await buildImage(options)
    const second = await buildImage({ ...options, repository: `${platform.registry}/${unique('other')}` })
    expect(second).toMatchObject({ built: true, digest: first.digest })
    const { top, config } = await imageConfig(options.repository, first.digest ?? '')
    expect(at(top, 'mediaType')).toBe('application/vnd.oci.image.manifest.v1+json')
    expect(at(config, 'config', 'Labels', 'team')).toBe('web')
  })

  test('gets its further tags, at first and when nothing is built', async () => {
    using sample = repository(APP)
    const { options } = attempt(sample, { tags: ['latest', 'v1'] })
    const first = await buildImage(options)
    expect(first.tags).toEqual([first.image, `${options.repository}:latest`, `${options.repository}:v1`])
    for (const tag of ['latest', 'v1']) expect(await resolveImage(options.repository, tag, options)).toBe(first.digest)

    sample.write('app/main.txt', 'changed')
    const second = await buildImage({ ...options, tags: ['latest'] })
    sample.git('checkout', '--', '.')
    expect(await resolveImage(options.repository, 'latest', options)).toBe(second.digest)
    expect(await buildImage({ ...options, tags: ['latest', 'v2'] })).toMatchObject({
      built: false,
      digest: first.digest
    })
    for (const tag of ['latest', 'v1', 'v2'])
      expect(await resolveImage(options.repository, tag, options)).toBe(first.digest)
  })

  test('is not pushed with push: false, and has no digest then', async () => {
    using sample = repository(APP)
    const { options } = attempt(sample, { push: false, tags: ['latest'] })
    const built = await buildImage(options)
    expect(built.built).toBe(true)
    expect(built.digest).toBeUndefined()
    expect(built.imageRef).toBeUndefined()
    expect(await resolveImage(options.repository, 'latest', options)).toBeUndefined()
    expect(options.log.text).toContain('not pushed: no digest can be deployed')
  })

  test('may be built by two runs at once', async () => {
    using sample = repository(APP)
    const { options } = attempt(sample)
    const [one, two] = await Promise.all([buildImage(options), buildImage(options)])
    expect(one.image).toBe(two.image)
    const served = await resolveImage(options.repository, one.image.split(':').at(-1) ?? '', options)
    expect([one.digest, two.digest]).toContain(served)
    for (const digest of [one.digest, two.digest])
      expect(await resolveImage(options.repository, digest ?? '', options)).toBe(digest)
  })

  test('takes build arguments, a target, cache and a Dockerfile elsewhere', async () => {
    using sample = repository({
      ...APP,
      'build/web.Dockerfile':
        'FROM busybox:1.36 AS base\nARG TEXT\nRUN printf "%s" "$TEXT" > /text\nFROM base AS wanted\nRUN test "$(cat /text)" = "a, \\"b\\" = c"\nFROM base AS broken\nRUN false\n'
    })
    const cache = sample.path('../cache')
    const { options, calls } = attempt(sample, {
      file: 'build/web.Dockerfile',
      target: 'wanted',
      buildArgs: { TEXT: 'a, "b" = c' },
      cacheTo: [`type=registry,ref=${platform.registry}/${unique('cache')}`],
      cacheFrom: [`type=local,src=${cache}`]
    })
    expect(await buildImage(options)).toMatchObject({ built: true })
    const argv = calls.find((call) => call.includes('build')) ?? []
    expect(argv).toContain('TEXT=a, "b" = c')
  })
})

describe('a build that fails', () => {
  test('names the line of the Dockerfile, the command, its exit code and its last words', async () => {
    using sample = repository({
      'app/Dockerfile': 'FROM busybox:1.36\n\nRUN echo starting && \\\n  echo "cannot find libfoo" >&2 && exit 3\n'
    })
    const { options } = attempt(sample)
    const announced: string[] = []
    const error = await failure(buildImage({ ...options, announce: ({ tags }) => announced.push(...tags) }))
    expect(error.message).toMatch(/^app\/Dockerfile:3: RUN echo starting .* failed with exit code 3\.$/)
    expect(error.details).toContain('cannot find libfoo')
    expect(error.annotations).toMatchObject([{ place: { file: 'app/Dockerfile', line: 3 } }])
    expect(announced).toHaveLength(1)
    expect(await resolveImage(options.repository, announced[0]?.split(':').at(-1) ?? '', options)).toBeUndefined()
  })

  test.each([
    ['COPY nothing /', /app\/Dockerfile:2: .*"\/nothing": not found/, /not in the build context.*dockerignore/],
    ['FROM nowhere/nothing:1', /app\/Dockerfile:2: .*nowhere\/nothing:1/, /base image cannot be read/],
    ['RUNN x', /app\/Dockerfile:2: .*unknown instruction: RUNN/, undefined],
    ['RUN --mount=type=secret,id=token,required=true cat /run/secrets/token', /secret token: not found/, /secret-envs/]
  ])('says what is wrong with %s', async (line, message, hint) => {
    using sample = repository({ 'app/Dockerfile': `FROM busybox:1.36\n${line}\n` })
    const { options } = attempt(sample)
    const error = await failure(buildImage(options))
    expect(error.message).toMatch(message)
    if (hint) expect(error.hint).toMatch(hint)
  })

  test('names a target that does not exist', async () => {
    using sample = repository(APP)
    const error = await failure(buildImage(attempt(sample, { target: 'nope' }).options))
    expect(error.message).toContain('nope')
    expect(error.hint).toContain('"target"')
  })

  test('leaves nothing behind in the temporary folder', async () => {
    using sample = repository({ 'app/Dockerfile': 'FROM busybox:1.36\nRUN false\n' })
    using empty = new Sample()
    const login = { username: 'u', password: 'p-p-p-p' }
    await failure(buildImage(attempt(sample, { env: { RUNNER_TEMP: empty.root }, login }).options))
    expect(readdirSync(empty.root)).toEqual([])
  })
})

describe('bad input is one clear error, before anything is built', () => {
  test.each<[string, Partial<Omit<BuildOptions, 'log'>>, RegExp]>([
    ['a repository with capitals', { repository: 'ghcr.io/Acme/web' }, /no capital letters/],
    ['a repository with a tag', { repository: 'ghcr.io/acme/web:1' }, /carries a tag/],
    ['a malformed tag', { tags: ['a b'] }, /Tag "a b" is not valid/],
    ['a tag with a repository', { tags: ['ghcr.io/acme/web:1'] }, /is not valid/],
    ['a secret that is not set', { secretEnvs: [{ id: 'token', env: 'NOT_SET' }] }, /NOT_SET is not set/],
    ['an empty secret', { secretEnvs: [{ id: 'token', env: 'EMPTY' }], env: { EMPTY: '' } }, /EMPTY is empty/],
    [
      'a secret file that does not exist',
      { secretFiles: [{ id: 'f', path: 'nowhere' }] },
      /file nowhere does not exist/
    ],
    ['a secret file outside', { secretFiles: [{ id: 'f', path: '/etc/passwd' }] }, /leaves the workspace/],
    [
      'a registry that does not exist',
      { repository: '127.0.0.1:1/web' },
      /127\.0\.0\.1:1 cannot be reached: nothing listens there/
    ],
    [
      'a builder that does not exist',
      { buildkitAddress: undefined, builder: 'nope' },
      /Builder "nope" cannot be used: no builder "nope" found/
    ],
    ['an address that is none', { buildkitAddress: 'somewhere' }, /BuildKit address "somewhere" is not valid/],
    ['no buildx', { env: { PATH: '/nonexistent:/usr/bin:/bin' } }, /buildx is not installed/]
  ])('%s', async (_what, extra, message) => {
    using sample = repository(APP)
    const { options, calls } = attempt(sample, extra)
    const error = await failure(buildImage(options))
    expect(error.message).toMatch(message)
    expect(error.hint).toBeTruthy()
    expect(calls.filter((call) => call.includes('build'))).toEqual([])
  })

  test('a BuildKit that does not answer', async () => {
    using sample = repository(APP)
    const error = await failure(buildImage(attempt(sample, { buildkitAddress: 'unix:///nonexistent/socket' }).options))
    expect(error.message).toBe('BuildKit at unix:///nonexistent/socket cannot be reached: there is no such socket.')
  })
})

describe('a registry that asks for credentials', () => {
  const { address, username, password } = platform.secureRegistry

  test('says that none are configured, and builds nothing', async () => {
    using sample = repository(APP)
    const { options, calls } = attempt(sample, { repository: `${address}/${unique('web')}` })
    const error = await failure(buildImage(options))
    expect(error.message).toContain(`Registry ${address} asks for credentials`)
    expect(error.message).toContain('none are configured (looked in ')
    expect(error.hint).toContain('registry-username')
    expect(calls.filter((call) => call.includes('build'))).toEqual([])
  })

  test('says that they are wrong, and does not say what they are', async () => {
    using sample = repository(APP)
    const login = { username, password: 'a-wrong-password' }
    const { options, calls } = attempt(sample, { repository: `${address}/${unique('web')}`, login })
    const error = await failure(buildImage(options))
    expect(error.message).toMatch(/refuses the credentials from .* for reading/)
    expect(JSON.stringify([error.message, error.hint, error.details, options.log.lines, calls])).not.toContain(
      'a-wrong-password'
    )
    expect(calls.filter((call) => call.includes('build'))).toEqual([])
  })

  test('is given those of the inputs, and those of Docker’s configuration', async () => {
    using sample = repository(APP)
    const masked: string[] = []
    const name = `${address}/${unique('web')}`
    const { options, calls } = attempt(sample, {
      repository: name,
      login: { username, password },
      mask: (secret) => masked.push(secret),
      tags: ['latest']
    })
    const built = await buildImage(options)
    expect(built.built).toBe(true)
    expect(masked).toContain(password)
    expect(JSON.stringify([options.log.lines, calls, built])).not.toContain(password)

    using docker = new Sample({
      'config.json': JSON.stringify({
        auths: { [address]: { auth: Buffer.from(`${username}:${password}`).toString('base64') } }
      })
    })
    const env = { DOCKER_CONFIG: docker.root }
    const { options: again } = attempt(sample, { repository: name, env })
    expect(await buildImage(again)).toMatchObject({ built: false, digest: built.digest })
    expect(await buildImage({ ...again, reuse: false })).toMatchObject({ built: true, image: built.image })
  })

  test('does not stop a build that is only tried', async () => {
    using sample = repository(APP)
    const { options } = attempt(sample, { repository: `${address}/${unique('web')}`, push: false })
    expect(await buildImage(options)).toMatchObject({ built: true })
    expect(options.log.text).toContain('Whether this content was built before cannot be seen')
  })
})

describe('build secrets', () => {
  const secret = 'correct-horse-battery-staple'

  test('reach the build, and appear in no log, error, argument, image configuration or metadata', async () => {
    using sample = repository({
      'app/Dockerfile': [
        'FROM busybox:1.36',
        `ENV FRESH=${unique('x')}`, // a step that BuildKit remembers prints nothing
        'RUN --mount=type=secret,id=token --mount=type=secret,id=file \\',
        `  test "$(cat /run/secrets/token)" = "${secret.replace('horse', '')}" || cat /run/secrets/token /run/secrets/file`,
        'COPY main.txt /'
      ].join('\n'),
      'app/main.txt': '1'
    })
    writeFileSync(path.join(temporary, 'secret, "file".txt'), 'first-line-of-it\nsecond-line-of-it\n')
    const masked: string[] = []
    const { options, calls } = attempt(sample, {
      env: { MY_TOKEN: secret },
      secretEnvs: [{ id: 'token', env: 'MY_TOKEN' }],
      secretFiles: [{ id: 'file', path: path.join(temporary, 'secret, "file".txt') }],
      mask: (value) => masked.push(value),
      provenance: 'max'
    })
    const built = await buildImage(options)
    expect(options.log.text).toContain('***') // the build printed them
    const { top, config } = await imageConfig(options.repository, built.digest ?? '')
    const seen = JSON.stringify([options.log.lines, calls, built, top, config])
    for (const value of [secret, 'first-line-of-it', 'second-line-of-it']) {
      expect(seen).not.toContain(value)
      expect(masked).toContain(value)
    }
  })

  test('are named when their file could be copied into the image', async () => {
    using sample = repository(APP)
    sample.write('app/token.txt', 'secret-in-the-context')
    const { options } = attempt(sample, { secretFiles: [{ id: 'token', path: 'app/token.txt' }] })
    await buildImage(options)
    expect(options.log.warnings).toContainEqual(
      expect.stringContaining('build secret "token" lies in the build context')
    )
  })
})
