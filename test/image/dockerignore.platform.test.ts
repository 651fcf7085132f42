import { readdirSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { readWorktree } from '../../src/image/content/worktree.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from '../platform/use.ts'
import { Sample } from './sample.ts'

/**
 * The key covers what BuildKit sends: these tests ask BuildKit. The context is copied whole into an empty image, which
 * is written to a folder, and what arrived is compared with what the key is made of.
 */
const FILES = [
  'a.md',
  'b.txt',
  'Makefile',
  '.hidden',
  'docs/a.md',
  'docs/KEEP.md',
  'docs/deep/a.md',
  'docs/deep/b.txt',
  'src/a/a.ts',
  'src/a/a.test.ts',
  'src/b/b.ts',
  'src/b/node_modules/x/index.js',
  'node_modules/y/index.js',
  'a b/c d.txt',
  'ü/é.md',
  'weird/!x',
  'weird/a[1].txt',
  'weird/back\\slash',
  'logs/today.log'
]

const platform = usePlatform()
let builder: Record<string, string>

beforeAll(async () => {
  builder = { BUILDX_CONFIG: await platform.createDirectory('buildx') }
  await exec(platform.bin.buildx, ['create', '--name', 'ignore', '--driver', 'remote', platform.buildkit], {
    env: builder
  })
})

/** Paths that BuildKit was sent, and paths that the key covers, both sorted; directories end in a slash. */
async function sentAndCovered(
  ignore: string,
  dockerfileIgnore?: string
): Promise<{ sent: string[]; covered: string[] }> {
  using sample = new Sample({ 'build/Dockerfile': 'FROM scratch\nCOPY . /\n', 'app/.dockerignore': ignore })
  for (const file of FILES) sample.write(`app/${file}`, file)
  if (dockerfileIgnore !== undefined) sample.write('build/Dockerfile.dockerignore', dockerfileIgnore)
  const output = sample.path('out')
  const args = ['build', '--builder', 'ignore', '--provenance=false', '--output', `type=local,dest=${output}`]
  await exec(platform.bin.buildx, [...args, '--file', sample.path('build/Dockerfile'), sample.path('app')], {
    env: builder
  })
  const sent = readdirSync(output, { recursive: true, withFileTypes: true }).map((found) => {
    const name = path.relative(output, path.join(found.parentPath, found.name))
    return found.isDirectory() ? `${name}/` : name
  })
  const { entries } = await readWorktree(exec, { workspace: sample.root, context: 'app', file: 'build/Dockerfile' })
  // Directories that hold something need no entry of their own: what they hold says that they are there.
  const covered = new Set(entries.map(({ path: name, mode }) => (mode === '040000' ? `${name}/` : name)))
  for (const name of [...covered])
    for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1))
      covered.add(name.slice(0, slash + 1))
  return { sent: sent.sort(), covered: [...covered].sort() }
}

describe('the files that the key covers are those that BuildKit is sent', () => {
  test.each([
    ['', 'no patterns'],
    ['*', 'everything'],
    ['**', 'everything at any depth'],
    ['*.md', 'at the top only'],
    ['**/*.md', 'at any depth'],
    ['*.md\n!a.md', 'one taken back'],
    ['**/*.md\n!docs/KEEP.md', 'one below taken back'],
    ['docs\n!docs/KEEP.md', 'one of an ignored directory taken back'],
    ['docs\n!docs/**/*.md\ndocs/deep', 'taken back and ignored again'],
    ['docs/*\n!docs/deep', 'a directory taken back'],
    ['*\n!src', 'a list of what is wanted'],
    ['**\n!**/*.ts', 'a list of what is wanted at any depth'],
    ['node_modules', 'a directory at the top'],
    ['**/node_modules', 'directories at any depth'],
    ['node_modules/', 'with a slash at the end'],
    ['/node_modules', 'with a slash at the start'],
    ['./node_modules', 'with a dot'],
    ['src/../docs', 'with a way up'],
    ['../docs', 'outside'],
    ['src/*/*.test.ts', 'a star per level'],
    ['src/?/*.ts', 'a question mark'],
    ['[a-c].*', 'a class'],
    ['[^a]*', 'a negated class'],
    ['logs/*', 'files of a directory that stays'],
    ['logs/**', 'all below a directory that stays'],
    ['# comment\n\n  *.md  \r\n\\!x', 'comments, blanks, line ends'],
    ['\uFEFF*.md', 'a byte order mark'],
    ['weird/\\!x\nweird/a\\[1\\].txt', 'quoted characters'],
    ['weird/a[1].txt', 'a class that was meant as a name'],
    ['a b/*', 'spaces'],
    ['ü\n**/é.md', 'other letters'],
    ['*.{md,txt}', 'braces mean nothing'],
    ['.*', 'hidden files'],
    ['!*.md', 'nothing to take back from'],
    ['/!a.md\n*.md', 'an exclamation mark behind a slash'],
    ['docs**', 'two stars in a name'],
    ['**docs', 'two stars before a name'],
    ['docs/**/a.md', 'two stars between']
  ])('%j (%s)', async (ignore) => {
    const { sent, covered } = await sentAndCovered(ignore)
    expect(covered).toEqual(sent)
  })

  test.each([
    ['the one beside the Dockerfile', '**/*.ts'],
    ['also where it is empty', ''],
    ['also where it holds only a comment', '# nothing\n']
  ])('of two ignore files it is %s', async (_what, own) => {
    const { sent, covered } = await sentAndCovered('**/*.md', own)
    expect(covered).toEqual(sent)
  })

  test('for patterns made up at random', async () => {
    const names = fc.constantFrom(
      'docs',
      'src',
      'a',
      'b',
      'deep',
      '*.md',
      '*',
      '**',
      'a*',
      '?',
      '*.ts',
      '[a-c]',
      'node_modules'
    )
    const pattern = fc.tuple(fc.constantFrom('', '', '!', '/'), fc.array(names, { minLength: 1, maxLength: 3 }))
    const ignore = fc.array(
      pattern.map(([start, parts]) => start + parts.join('/')),
      { minLength: 1, maxLength: 4 }
    )
    await fc.assert(
      fc.asyncProperty(ignore, async (lines) => {
        const { sent, covered } = await sentAndCovered(lines.join('\n'))
        expect(covered).toEqual(sent)
      }),
      { seed: 20261123, numRuns: 25 }
    )
  })
})
