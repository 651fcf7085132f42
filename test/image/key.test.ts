import { chmodSync, cpSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contentKey, normalizePlatforms, tagOf } from '../../src/image/key.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { RECIPE, repository, Sample } from './sample.ts'

const APP = { 'app/Dockerfile': 'FROM scratch\nCOPY . /\n', 'app/main.txt': 'hello', 'README.md': 'outside' }

describe('the content key', () => {
  test('is 40 hexadecimal digits, and a valid tag behind "tree-"', async () => {
    using sample = repository(APP)
    const key = await sample.key()
    expect(key).toMatch(/^[0-9a-f]{40}$/)
    expect(tagOf(key)).toBe(`tree-${key}`)
  })

  test('is the same for the work tree, its commit, and a copy that is no repository', async () => {
    using sample = repository({ ...APP, 'app/dir/run.sh': 'x', 'app/dir/ü "quoted".txt': 'y' })
    chmodSync(sample.path('app/dir/run.sh'), 0o755)
    symlinkSync('main.txt', sample.path('app/link'))
    const commit = sample.commit()
    using copy = new Sample()
    cpSync(sample.path('app'), copy.path('app'), { recursive: true, verbatimSymlinks: true })

    const key = await sample.key()
    expect(await sample.key({ revision: commit })).toBe(key)
    expect(await sample.key({ revision: 'HEAD' })).toBe(key)
    expect(await copy.key()).toBe(key)
    expect((await copy.content()).content.source).toBe('files')
  })

  test('depends neither on times, nor on the commit, nor on where the context lies, nor on files outside it', async () => {
    using sample = repository(APP)
    const key = await sample.key()
    utimesSync(sample.path('app/main.txt'), 1, 1)
    sample.write('README.md', 'changed')
    sample.commit()
    expect(await sample.key()).toBe(key)
    renameSync(sample.path('app'), sample.path('moved'))
    sample.commit()
    expect(await sample.key({ context: 'moved' })).toBe(key)
  })

  test.each<[string, (sample: Sample) => void]>([
    ['content', (s) => s.write('app/main.txt', 'hello!')],
    ['a name', (s) => renameSync(s.path('app/main.txt'), s.path('app/other.txt'))],
    ['a new file', (s) => s.write('app/new.txt', '')],
    ['a removed file', (s) => rmSync(s.path('app/main.txt'))],
    ['the executable bit', (s) => chmodSync(s.path('app/main.txt'), 0o755)],
    ['the Dockerfile', (s) => s.write('app/Dockerfile', 'FROM scratch\n')],
    [
      'a file that becomes a link',
      (s) => {
        rmSync(s.path('app/main.txt'))
        symlinkSync('hello', s.path('app/main.txt'))
      }
    ],
    [
      'a folder that becomes a link',
      (s) => {
        rmSync(s.path('app/sub'), { recursive: true })
        symlinkSync('..', s.path('app/sub'))
      }
    ]
  ])('changes with %s, uncommitted as committed', async (_what, change) => {
    using sample = repository({ ...APP, 'app/sub/file': '1' })
    const before = await sample.key()
    change(sample)
    const uncommitted = await sample.content()
    expect(uncommitted.key).not.toBe(before)
    expect(uncommitted.uncommitted.length).toBeGreaterThan(0)
    sample.git('add', '--all')
    expect(await sample.key()).toBe(uncommitted.key)
    sample.git('commit', '--quiet', '--message', 'change')
    expect((await sample.content()).uncommitted).toEqual([])
    expect(await sample.key()).toBe(uncommitted.key)
    expect(await sample.key({ revision: 'HEAD^' })).toBe(before)
  })

  test.each([
    ['a build argument', { buildArgs: { VERSION: '1' } }],
    ['the value of a build argument', { buildArgs: { VERSION: '2' } }],
    ['the target', { target: 'runtime' }],
    ['platforms', { platforms: ['linux/arm64'] }],
    ['names of secrets', { secrets: ['token'] }],
    ['labels', { labels: { a: 'b' } }],
    ['provenance', { provenance: 'max' as const }],
    ['an SBOM', { sbom: true }]
  ])('changes with %s', async (_what, recipe) => {
    using sample = repository(APP)
    const keys = new Set([
      await sample.key(),
      await sample.key({ recipe: { buildArgs: { VERSION: '1' }, labels: { c: 'd' } } })
    ])
    keys.add(await sample.key({ recipe }))
    expect(keys.size).toBe(3)
  })

  test('does not depend on the order of build arguments, platforms and secrets', async () => {
    using sample = repository(APP)
    const one = { buildArgs: { A: '1', B: '2' }, platforms: ['linux/amd64', 'linux/arm64/v8'], secrets: ['a', 'b'] }
    const two = { buildArgs: { B: '2', A: '1' }, platforms: ['linux/aarch64', 'linux/x86_64'], secrets: ['b', 'a'] }
    expect(await sample.key({ recipe: one })).toBe(await sample.key({ recipe: two }))
  })

  test('of no platform is that of this machine', () => {
    expect(normalizePlatforms([])).toEqual([`linux/${process.arch === 'x64' ? 'amd64' : process.arch}`])
    expect(normalizePlatforms(['linux/arm/v7', 'linux/amd64', 'linux/amd64'])).toEqual(['linux/amd64', 'linux/arm/v7'])
  })
})

describe('what is not committed', () => {
  test('counts, and is named: untracked, ignored by Git, staged', async () => {
    using sample = repository({ ...APP, '.gitignore': 'dist/\n' })
    const before = await sample.key()
    sample.write('app/untracked.txt', '1')
    sample.write('app/dist/bundle.js', '1')
    sample.write('app/staged.txt', '1')
    sample.git('add', 'app/staged.txt')
    const { key, uncommitted, content } = await sample.content()
    expect(key).not.toBe(before)
    expect(uncommitted).toEqual(['dist', 'dist/bundle.js', 'staged.txt', 'untracked.txt'])
    expect(content.commit).toBe(sample.git('rev-parse', 'HEAD'))
    sample.write('app/dist/bundle.js', '2')
    expect(await sample.key()).not.toBe(key)
  })

  test('counts when Git was told not to look (assume-unchanged)', async () => {
    using sample = repository(APP)
    const before = await sample.key()
    sample.git('update-index', '--assume-unchanged', 'app/main.txt')
    expect(await sample.key()).toBe(before)
    sample.write('app/main.txt', 'other')
    expect(await sample.key()).not.toBe(before)
  })

  test('counts before the first commit', async () => {
    using sample = new Sample(APP)
    const files = await sample.key()
    sample.git('init', '--quiet')
    const { key, uncommitted, content } = await sample.content()
    expect(key).toBe(files)
    expect(content.commit).toBeUndefined()
    expect(uncommitted).toContain('main.txt')
  })

  test('is not mixed up with line ends that Git converts', async () => {
    using sample = repository({ ...APP, '.gitattributes': '*.txt text eol=crlf\n' })
    rmSync(sample.path('app/main.txt'))
    sample.write('app/main.txt', 'one\r\ntwo\r\n')
    const commit = sample.commit()
    const key = await sample.key({ revision: commit })
    utimesSync(sample.path('app/main.txt'), 1, 1) // Git must look again
    expect(await sample.content()).toMatchObject({ key, uncommitted: [] })
  })

  test('of another repository inside the context counts, its .git does not', async () => {
    using sample = repository(APP)
    const before = await sample.key()
    sample.write('app/other/file', '1')
    sample.gitIn('app/other', 'init', '--quiet')
    sample.gitIn('app/other', 'add', '.')
    sample.gitIn('app/other', 'commit', '--quiet', '--message', 'x')
    const first = await sample.key()
    expect(first).not.toBe(before)
    sample.gitIn('app/other', 'commit', '--quiet', '--allow-empty', '--message', 'y')
    expect(await sample.key()).toBe(first)
    sample.write('app/other/file', '2')
    expect(await sample.key()).not.toBe(first)
  })
})

describe('the ignore file', () => {
  const ignored = { ...APP, 'app/.dockerignore': '*.md\n!KEEP.md\n', 'app/a.md': '1', 'app/KEEP.md': '1' }

  test('keeps ignored files out of the key, for the work tree and for commits', async () => {
    using sample = repository(ignored)
    const first = await sample.key()
    sample.write('app/a.md', '2')
    sample.write('app/untracked.md', '2')
    expect(await sample.content()).toMatchObject({ key: first, uncommitted: [] })
    const commit = sample.commit()
    expect(await sample.key({ revision: commit })).toBe(first)
    sample.write('app/KEEP.md', '2')
    expect(await sample.key()).not.toBe(first)
  })

  test('is part of the key only through what it leaves in', async () => {
    using sample = repository({ ...ignored, 'app/.dockerignore': '*.md\n!KEEP.md\n.dockerignore\n' })
    const first = await sample.key()
    sample.write('app/.dockerignore', '# said in another way\na.md\n.dockerignore\n')
    expect(await sample.key()).toBe(first)
    sample.write('app/.dockerignore', '.dockerignore\n')
    expect(await sample.key()).not.toBe(first)
  })

  test('beside the Dockerfile wins over that of the context', async () => {
    using sample = repository({
      ...ignored,
      'build/web.Dockerfile': 'FROM scratch\n',
      'build/web.Dockerfile.dockerignore': 'main.txt\n'
    })
    const file = 'build/web.Dockerfile'
    const first = await sample.key({ file })
    sample.write('app/main.txt', 'ignored by the other one')
    expect(await sample.key({ file })).toBe(first)
    sample.write('app/a.md', 'not ignored by it')
    expect(await sample.key({ file })).not.toBe(first)
    sample.git('checkout', '--', 'app')
    sample.write('app/main.txt', '3')
    const commit = sample.commit()
    expect(await sample.key({ file, revision: commit })).toBe(first)
  })

  test('that cannot be read exactly leaves everything in the key and is named', async () => {
    using sample = repository({ ...ignored, 'app/.dockerignore': '*.md\na|b*\n' })
    const first = await sample.content()
    expect(first.content.remarks).toEqual([expect.stringContaining('app/.dockerignore: the pattern "a|b*"')])
    sample.write('app/a.md', '2')
    expect(await sample.key()).not.toBe(first.key)
  })

  test('leaves directories whose files are all ignored: they arrive empty', async () => {
    using sample = repository({ ...APP, 'app/.dockerignore': 'logs/*\n' })
    const first = await sample.key()
    sample.write('app/logs/today', '1')
    const second = await sample.key()
    expect(second).not.toBe(first)
    sample.write('app/logs/tomorrow', '1')
    expect(await sample.key()).toBe(second)
    using copy = new Sample()
    cpSync(sample.path('app'), copy.path('app'), { recursive: true })
    expect(await copy.key()).toBe(second)
  })
})

describe('a whole repository as context', () => {
  test('leaves .git out of the key', async () => {
    using sample = repository({ Dockerfile: 'FROM scratch\n', file: '1' })
    const key = await sample.key({ context: '.' })
    sample.git('commit', '--quiet', '--allow-empty', '--message', 'nothing')
    sample.git('tag', 'v1')
    expect(await sample.key({ context: '.' })).toBe(key)
    expect(await sample.key({ context: '.', revision: 'HEAD' })).toBe(key)
    expect(await sample.key({ context: './' })).toBe(key)
  })

  test('works from a workspace that is a folder of a repository, and one that holds repositories', async () => {
    using sample = repository({ 'repo/app/Dockerfile': 'FROM scratch\n', 'repo/app/file': '1' })
    const location = { workspace: sample.path('repo'), context: 'app' }
    const recipe = RECIPE
    const key = await contentKey({ location, recipe, exec })
    expect(await contentKey({ location, recipe, exec, revision: 'HEAD' })).toBe(key)
    rmSync(sample.path('.git'), { recursive: true })
    sample.gitIn('repo', 'init', '--quiet')
    sample.gitIn('repo', 'add', '.')
    sample.gitIn('repo', 'commit', '--quiet', '--message', 'x')
    expect(await sample.key({ context: 'repo/app' })).toBe(key)
    expect(await sample.key({ context: 'repo/app', revision: 'HEAD' })).toBe(key)
  })
})

describe('checkouts that lack something', () => {
  test('a submodule counts as its commit, as its files when they differ, and is named when it is missing', async () => {
    using library = repository({ 'lib.c': '1' })
    using sample = repository(APP)
    sample.git('submodule', '--quiet', 'add', library.root, 'app/lib')
    const commit = sample.commit()
    const clean = await sample.content()
    expect(clean).toMatchObject({ uncommitted: [], content: { remarks: [] } })
    expect(await sample.key({ revision: commit })).toBe(clean.key)

    sample.write('app/lib/lib.c', '2')
    const dirty = await sample.content()
    expect(dirty.key).not.toBe(clean.key)
    expect(dirty.uncommitted).toContain('lib/lib.c')

    sample.git('submodule', '--quiet', 'deinit', '--force', 'app/lib')
    const missing = await sample.content()
    expect(new Set([missing.key, dirty.key, clean.key]).size).toBe(3)
    expect(missing.content.remarks).toEqual([expect.stringContaining('"lib" is not checked out')])
    sample.write('app/.dockerignore', 'lib\n')
    expect((await sample.content()).content.remarks).toEqual([])
  })

  test('LFS pointers are another key than the content, and are named', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n'
    using sample = repository(APP)
    // What git-lfs configures, with programs that need no server.
    sample.git('config', 'filter.lfs.clean', `cat >/dev/null; printf '${pointer.replaceAll('\n', '\\n')}'`)
    sample.git('config', 'filter.lfs.smudge', 'cat >/dev/null; printf xyz')
    sample.write('.gitattributes', '*.bin filter=lfs -text\n')
    sample.write('app/model.bin', 'xyz')
    const commit = sample.commit()
    const full = await sample.content()
    expect(full).toMatchObject({ uncommitted: [], content: { remarks: [] } })
    expect(await sample.key({ revision: commit })).toBe(full.key)

    sample.git('config', '--unset', 'filter.lfs.smudge')
    rmSync(sample.path('app/model.bin'))
    sample.git('checkout', '--', 'app/model.bin')
    const without = await sample.content()
    expect(without.key).not.toBe(full.key)
    expect(without.content.remarks).toEqual([expect.stringContaining('1 file (model.bin)')])
  })

  test('a sparse checkout is the content that is there, and is named', async () => {
    using sample = repository({ ...APP, 'app/docs/a': '1', 'app/src/b': '1' })
    const full = await sample.key()
    sample.git('sparse-checkout', 'set', 'app/src')
    const sparse = await sample.content()
    expect(sparse.key).not.toBe(full)
    expect(sparse.content.remarks).toEqual(['Sparse checkout leaves out 1 file (docs/a) of the build context.'])
  })
})

describe('bad input', () => {
  test.each([
    ['nowhere', undefined, /build context "nowhere" is no directory/],
    ['README.md', undefined, /build context "README.md" is no directory/],
    ['../', undefined, /leaves the workspace/],
    ['app', 'app/Other', /Dockerfile "app\/Other" does not exist/],
    ['app', '/etc/passwd', /leaves the workspace/]
  ])('context %s, file %s is one clear error', async (context, file, message) => {
    using sample = repository(APP)
    await expect(sample.key({ context, ...(file ? { file } : {}) })).rejects.toThrow(message)
  })

  test.each([
    ['0123456789012345678901234567890123456789', 'app', /is not in this clone/],
    ['--help', 'app', /is no revision/],
    ['HEAD', 'nowhere', /"nowhere" does not exist at commit/],
    ['HEAD', 'README.md', /"README.md" is no directory at commit/],
    ['HEAD', '../x', /leaves the workspace/],
    ['HEAD', 'out', /"out" does not exist at commit/],
    ['HEAD', 'empty', /Dockerfile "empty\/Dockerfile" does not exist at commit/]
  ])('at revision %s, context %s is one clear error', async (revision, context, message) => {
    using sample = repository({ ...APP, 'empty/file': '' })
    symlinkSync('../..', sample.path('out'))
    sample.commit()
    await expect(sample.key({ revision, context })).rejects.toThrow(message)
  })

  test('a revision of what is no repository', async () => {
    using sample = new Sample(APP)
    await expect(sample.key({ revision: 'HEAD' })).rejects.toThrow(/is no Git repository/)
  })

  test('a context that is a link is followed at both', async () => {
    using sample = repository(APP)
    const key = await sample.key()
    mkdirSync(sample.path('links'))
    symlinkSync('../app', sample.path('links/current'))
    sample.commit()
    expect(await sample.key({ context: 'links/current' })).toBe(key)
    expect(await sample.key({ context: 'links/current', revision: 'HEAD' })).toBe(key)
  })

  test('a context that did not exist at the revision now asked for does at its own', async () => {
    using sample = repository(APP)
    const key = await sample.key()
    rmSync(sample.path('app'), { recursive: true })
    sample.commit()
    expect(await sample.key({ revision: 'HEAD^' })).toBe(key)
  })
})
