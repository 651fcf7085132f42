import { describe, expect, test } from 'vitest'
import { type BuildxArguments, buildxArguments, csv } from '../../src/image/buildx/args.ts'
import { explainFailure } from '../../src/image/buildx/failure.ts'
import { redactor } from '../../src/image/secrets.ts'

const BUILD: BuildxArguments = {
  context: '/w/app',
  file: '/w/app/Dockerfile',
  tags: ['r/web:tree-1'],
  platforms: [],
  buildArgs: {},
  labels: {},
  secretEnvs: [],
  secretFiles: [],
  cacheFrom: [],
  cacheTo: [],
  push: false,
  sbom: false,
  metadataFile: '/t/m.json'
}

describe('the arguments of buildx', () => {
  test('of the plainest build', () => {
    expect(buildxArguments(BUILD)).toEqual(
      'build --progress plain --file /w/app/Dockerfile --tag r/web:tree-1 --metadata-file /t/m.json /w/app'.split(' ')
    )
  })

  test.each<[string, Partial<BuildxArguments>, string[]]>([
    ['a builder', { builder: 'b' }, ['--builder', 'b']],
    ['push', { push: true }, ['--push']],
    ['tags', { tags: ['r/web:1', 'r/web:2'] }, ['--tag', 'r/web:1', '--tag', 'r/web:2']],
    ['platforms', { platforms: ['linux/amd64', 'linux/arm64'] }, ['--platform', 'linux/amd64,linux/arm64']],
    [
      'build arguments as they are',
      { buildArgs: { A: '1', B: 'a b,"c"=$d' } },
      ['--build-arg', 'A=1', '--build-arg', 'B=a b,"c"=$d']
    ],
    ['labels', { labels: { 'a.b': 'c' } }, ['--label', 'a.b=c']],
    ['a target', { target: 'x' }, ['--target', 'x']],
    ['secrets by the name of a variable', { secretEnvs: [{ id: 'a', env: 'B' }] }, ['--secret', 'type=env,id=a,env=B']],
    ['secrets by file', { secretFiles: [{ id: 'a', path: '/x' }] }, ['--secret', 'type=file,id=a,src=/x']],
    [
      'commas and quotes',
      { secretFiles: [{ id: 'a', path: '/x,"y"' }] },
      ['--secret', 'type=file,id=a,"src=/x,""y"""']
    ],
    [
      'cache',
      { cacheFrom: ['type=gha'], cacheTo: ['type=gha,mode=max'] },
      ['--cache-from', 'type=gha', '--cache-to', 'type=gha,mode=max']
    ],
    ['no provenance', { provenance: 'none' }, ['--provenance=false']],
    ['provenance', { provenance: 'max' }, ['--provenance=mode=max']],
    ['an SBOM', { sbom: true }, ['--sbom=true']]
  ])('with %s', (_what, extra, expected) => {
    const plain = buildxArguments({ ...BUILD, tags: [] })
    const all = buildxArguments({ ...BUILD, tags: [], ...extra })
    expect(all.join('\n')).toContain(expected.join('\n'))
    expect(all).toHaveLength(plain.length + expected.length)
  })

  test('fields with commas, quotes or line ends are quoted', () => {
    expect(csv(['a', 'b c', 'd,e', 'f"g', 'h\ni'])).toBe('a,b c,"d,e","f""g","h\ni"')
  })
})

/** Captured from buildx 0.36.1 and BuildKit 0.32.2. */
const FAILED_RUN = `#5 [2/2] RUN echo hello world && echo oops >&2 &&   exit 3
#5 0.054 oops
#5 0.054 hello world
#5 ERROR: process "/bin/sh -c echo hello world && echo oops >&2 &&   exit 3" did not complete successfully: exit code: 3
------
 > [2/2] RUN echo hello world && echo oops >&2 &&   exit 3:
0.054 oops
0.054 hello world
------
Dockerfile:2
--------------------
   1 |     FROM busybox:1.36
   2 | >>> RUN echo hello world && echo oops >&2 && \\
   3 | >>>   exit 3
   4 |
--------------------
ERROR: failed to build: failed to solve: process "/bin/sh -c echo hello world && echo oops >&2 &&   exit 3" did not complete successfully: exit code: 3`

const FAILED_COPY = `#6 [2/2] COPY nothing /
#6 ERROR: failed to calculate checksum of ref kq::z: "/nothing": not found
------
 > [2/2] COPY nothing /:
------
Dockerfile:2
--------------------
   1 |     FROM busybox:1.36
   2 | >>> COPY nothing /
   3 |
--------------------
ERROR: failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref kq::z: "/nothing": not found`

describe('a failed build', () => {
  test('is told by the line, the command and its last words', () => {
    const error = explainFailure(FAILED_RUN.split('\n'), 'app/web.Dockerfile')
    expect(error.message).toBe(
      'app/web.Dockerfile:2: RUN echo hello world && echo oops >&2 &&   exit 3 failed with exit code 3.'
    )
    expect(error.details).toEqual(['oops', 'hello world'])
    expect(error.annotations).toEqual([
      { place: { file: 'app/web.Dockerfile', line: 2 }, message: `${error.message}\noops\nhello world` }
    ])
  })

  test('by the line and the reason where no command ran', () => {
    const error = explainFailure(FAILED_COPY.split('\n'), 'app/Dockerfile')
    expect(error.message).toMatch(/^app\/Dockerfile:2: failed to compute cache key: .*"\/nothing": not found$/)
    expect(error.hint).toContain('.dockerignore')
  })

  test('as the BuildKit inside Docker 20.10 tells it, too', () => {
    const text = `#7 [3/3] RUN ["sh", "-c", "exit 3"]
#7 0.611 hi
#7 ERROR: executor failed running [sh -c exit 3]: exit code: 3
------
 > [3/3] RUN ["sh", "-c", "exit 3"]:
0.611 hi
------
ERROR: failed to build: failed to solve: executor failed running [sh -c exit 3]: exit code: 3`
    const error = explainFailure(text.split('\n'), 'app/Dockerfile')
    expect(error.message).toBe('Building app/Dockerfile failed: RUN ["sh", "-c", "exit 3"] failed with exit code 3.')
    expect(error.details).toEqual(['hi'])
  })

  test.each<[string, string, string | undefined]>([
    [
      'ERROR: failed to build: failed to solve: target stage "x" could not be found',
      'target stage "x" could not be found',
      '"target"'
    ],
    [
      'ERROR: failed to build: Multi-platform build is not supported for the docker driver.',
      'Multi-platform build is not supported',
      'buildkit-address'
    ],
    [
      'ERROR: failed to build: failed to solve: failed to push r/web:1: unexpected status from HEAD request: 403 Forbidden',
      'failed to push',
      'refuses the push'
    ],
    ['ERROR: something new', 'something new', undefined],
    ['', 'buildx gave no reason', undefined]
  ])('by the reason alone: %s', (line, message, hint) => {
    const error = explainFailure([line], 'app/Dockerfile')
    expect(error.message).toMatch(/^Building app\/Dockerfile failed: /)
    expect(error.message).toContain(message)
    if (hint === undefined) expect(error.hint).toBeUndefined()
    else expect(error.hint).toContain(hint)
    expect(error.annotations).toEqual([])
  })
})

test('known secrets are blotted out, the longest first', () => {
  const redact = redactor(['abcd', 'abcdef'])
  expect(redact('x abcdef abcd abc')).toBe('x *** *** abc')
})
