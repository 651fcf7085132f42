import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openRollbackPullRequest, type RollbackOptions } from '../../src/github/index.ts'
import { type GitHubDouble, startGitHubDouble } from '../platform/github/index.ts'
import { forgeOn, logTo } from './support.ts'

const run = promisify(execFile)

let double: GitHubDouble
let directory: string
/** A repository with two commits and a clone of it, copied for each test. */
let template: string
/** A clone of the repository behind the double, as a developer has it. */
let clone: string

beforeAll(async () => {
  double = await startGitHubDouble()
  directory = await mkdtemp(path.join(tmpdir(), 'gitops-rollback-'))
  template = path.join(directory, 'template')
  clone = path.join(template, 'clone')
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', path.join(template, 'bare')])
  await run('git', ['clone', '--quiet', path.join(template, 'bare'), clone])
  await commit('first', { 'README.md': '# shop\n' })
  await commit('start', {
    'app/deployment.yaml': 'image: web:1\n',
    'app/run.sh': '#!/bin/sh\n',
    'docs/readme.md': 'hello\n'
  })
})
afterAll(async () => {
  await double.close()
  await rm(directory, { recursive: true, force: true })
})
beforeEach(async () => {
  const own = await mkdtemp(path.join(directory, 'test-'))
  await cp(template, own, { recursive: true })
  clone = path.join(own, 'clone')
  await double.reset()
  await double.createRepository('acme/shop', { git: path.join(own, 'bare') })
  await git('remote', 'set-url', 'origin', path.join(own, 'bare'))
})
afterEach(async () => expect(await double.problems()).toEqual([]))

async function git(...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.org', '-c', 'commit.gpgsign=false']
  return (await run('git', ['-C', clone, ...identity, ...args])).stdout.trim()
}

/** Commits these files on main (undefined: removed), pushes, and gives the SHA. */
async function commit(message: string, files: Record<string, string | undefined>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) {
      await git('rm', '-r', '-q', name)
      continue
    }
    await mkdir(path.dirname(path.join(clone, name)), { recursive: true })
    await writeFile(path.join(clone, name), content)
  }
  await git('add', '--all')
  await git('commit', '--quiet', '--allow-empty', '-m', message)
  await git('push', '--quiet', 'origin', 'HEAD:main')
  return git('rev-parse', 'HEAD')
}

async function rollback(failedSha: string, more: Partial<RollbackOptions> = {}) {
  const { forge } = await forgeOn(double)
  const reason = '- `shop/web-1`: CrashLoopBackOff, exit code 1'
  return openRollbackPullRequest(forge, {
    failedSha,
    base: 'main',
    environment: 'production',
    reason,
    log: logTo([]),
    ...more
  })
}

/** Merges a pull request as a person would, and brings the clone up to date. */
async function merge(number: number): Promise<void> {
  const response = await fetch(`${double.url}/repos/acme/shop/pulls/${number}/merge`, {
    method: 'PUT',
    headers: { authorization: `token ${await double.createToken({ login: 'mona' })}` },
    body: '{}'
  })
  expect(response.status).toBe(200)
  await git('pull', '--quiet', 'origin', 'main')
}

const tree = (ref: string) => git('rev-parse', `${ref}^{tree}`)

describe('openRollbackPullRequest', () => {
  it('takes back the failed commit: merged, the branch is what it was', async () => {
    const good = await git('rev-parse', 'HEAD')
    const bad = await commit('web 2', {
      'app/deployment.yaml': 'image: web:2\n',
      'new/file.txt': 'x',
      'docs/readme.md': undefined
    })
    const result = await rollback(bad, { run: 'https://github.com/acme/shop/actions/runs/1' })
    expect(result).toEqual({ action: 'opened', number: 1, url: `${double.url}/acme/shop/pull/1` })
    const [pull] = (await double.state()).issues
    expect(pull).toMatchObject({ title: 'Roll back production: revert web 2', state: 'open' })
    expect(pull?.pull).toMatchObject({
      headRef: `gitops-actions/rollback/production-${bad.slice(0, 12)}`,
      baseRef: 'main'
    })
    expect(pull?.body).toContain(
      `The deployment of ${bad} to \`production\` failed ([run](https://github.com/acme/shop/actions/runs/1))`
    )
    expect(pull?.body).toContain('CrashLoopBackOff, exit code 1')
    expect(pull?.body).toContain('`main` will be exactly as it was before')
    expect(pull?.body).toContain('GitHub starts no workflows on a pull request')
    await merge(1)
    expect(await tree('HEAD')).toBe(await tree(good))
    expect(await git('log', '-1', '--format=%B', 'HEAD^2')).toContain(`Revert "web 2"\n\nThis takes ${bad} back`)
  })

  it('takes back a merged pull request and names it', async () => {
    const good = await git('rev-parse', 'HEAD')
    await git('switch', '--quiet', '--create', 'feature')
    await writeFile(path.join(clone, 'app/deployment.yaml'), 'image: web:2\n')
    await git('commit', '--quiet', '-am', 'one')
    await git('commit', '--quiet', '--allow-empty', '-m', 'two')
    await git('push', '--quiet', 'origin', 'feature')
    await git('switch', '--quiet', 'main')
    const { forge } = await forgeOn(double)
    await forge.pulls.create({ head: 'feature', base: 'main', title: 'Web 2', body: '' })
    await merge(1)
    const result = await rollback(await git('rev-parse', 'HEAD'))
    expect(result).toMatchObject({ action: 'opened', number: 2 })
    expect((await double.state()).issues[1]?.body).toContain('- Reverts #1')
    await merge(2)
    expect(await tree('HEAD')).toBe(await tree(good))
  })

  it('takes back the whole push when it knows where the push began', async () => {
    const good = await git('rev-parse', 'HEAD')
    await commit('one', { 'app/deployment.yaml': 'image: web:2\n' })
    const bad = await commit('two', { 'docs/readme.md': 'bye\n' })
    await rollback(bad, { before: good })
    await merge(1)
    expect(await tree('HEAD')).toBe(await tree(good))
  })

  it.each([
    ['a new branch', '0'.repeat(40)],
    ['a forced push', 'c'.repeat(40)]
  ])('takes back one commit when the push was %s', async (_what, before) => {
    const good = await commit('one', { 'app/deployment.yaml': 'image: web:2\n' })
    const bad = await commit('two', { 'docs/readme.md': 'bye\n' })
    await rollback(bad, { before })
    await merge(1)
    expect(await tree('HEAD')).toBe(await tree(good))
  })

  it('puts back only the files of the failed push when others have landed since', async () => {
    const bad = await commit('bad', {
      'app/deployment.yaml': 'image: web:2\n',
      'app/deep/er/new.yaml': 'x: 1\n',
      'docs/readme.md': undefined
    })
    await commit('later', { 'app/other.yaml': 'y: 1\n', 'top.txt': 'z' })
    expect(await rollback(bad)).toMatchObject({ action: 'opened' })
    expect((await double.state()).issues[0]?.body).toContain('Only the files of the failed change are put back')
    await merge(1)
    expect((await git('ls-tree', '-r', '--name-only', 'HEAD')).split('\n')).toEqual([
      'README.md',
      'app/deployment.yaml',
      'app/other.yaml',
      'app/run.sh',
      'docs/readme.md',
      'top.txt'
    ])
    expect(await git('show', 'HEAD:app/deployment.yaml')).toBe('image: web:1')
  })

  it('puts back modes, links, and files that became directories', async () => {
    const good = await git('rev-parse', 'HEAD')
    await git('update-index', '--chmod=+x', 'app/run.sh')
    await git('update-index', '--add', '--cacheinfo', `120000,${await git('hash-object', '-w', 'docs/readme.md')},link`)
    await git('update-index', '--force-remove', 'README.md')
    const blob = await git('hash-object', '-w', 'app/run.sh')
    await git('update-index', '--add', '--cacheinfo', `100644,${blob},README.md/inside`)
    await git('update-index', '--add', '--cacheinfo', `160000,${good},module`)
    await git('commit', '--quiet', '-m', 'bad')
    await git('push', '--quiet', 'origin', 'HEAD:main')
    const bad = await git('rev-parse', 'HEAD')
    await git('reset', '--quiet', '--hard')
    await commit('later', { 'top.txt': 'z' })
    expect(await rollback(bad)).toMatchObject({ action: 'opened' })
    await merge(1)
    await git('rm', '--quiet', 'top.txt')
    expect(await git('write-tree')).toBe(await tree(good))
  })

  it.each([
    ['changed a file of the failed push', { 'app/deployment.yaml': 'image: web:3\n' }, 'app/deployment.yaml'],
    ['removed a file of the failed push', { 'app/deployment.yaml': undefined }, 'app/deployment.yaml'],
    ['put a file where a directory has to come back', { gone: 'file' }, 'gone'],
    ['put a directory where a file has to come back', { 'docs/readme.md/x': 'y' }, 'docs/readme.md']
  ])('opens none when a later commit %s, and names the file', async (_what, files, named) => {
    await commit('more', { 'gone/one.txt': '1' })
    const bad = await commit('bad', {
      'app/deployment.yaml': 'image: web:2\n',
      'gone/one.txt': undefined,
      'docs/readme.md': undefined
    })
    await commit('later', files)
    const result = await rollback(bad)
    expect(result).toEqual({
      action: 'none',
      reason: expect.stringMatching(/^later commits changed the same files \(.*must be reverted by hand\.$/)
    })
    expect(JSON.stringify(result)).toContain(named)
    expect((await double.state()).issues).toEqual([])
    expect((await double.requests()).filter((one) => one.method === 'POST')).toEqual([])
  })

  it.each([
    [
      'it was taken back already',
      async (bad: string) => commit('back', { 'app/deployment.yaml': 'image: web:1\n' }).then(() => bad),
      'has already taken'
    ],
    [
      'the branch was moved back',
      async (bad: string) => git('push', '--quiet', '--force', 'origin', `${bad}^:main`).then(() => bad),
      'no longer holds'
    ],
    ['it changed nothing', async () => commit('empty', {}), 'changed no file'],
    ['it is the first commit', async () => git('rev-list', '--max-parents=0', 'HEAD'), 'is the first commit'],
    ['there is no such commit', async () => 'e'.repeat(40), 'has no commit']
  ])('opens none when %s', async (_what, prepare, why) => {
    const bad = await commit('bad', { 'app/deployment.yaml': 'image: web:2\n' })
    expect(await rollback(await prepare(bad))).toEqual({ action: 'none', reason: expect.stringContaining(why) })
    expect((await double.state()).issues).toEqual([])
  })

  it('opens none for a branch that is not there', async () => {
    expect(await rollback(await git('rev-parse', 'HEAD'), { base: 'absent' })).toMatchObject({
      reason: expect.stringContaining('no branch absent')
    })
  })

  it('finds and updates its pull request when it runs again', async () => {
    const bad = await commit('bad', { 'app/deployment.yaml': 'image: web:2\n' })
    await rollback(bad)
    const before = (await double.requests()).length
    expect(await rollback(bad)).toMatchObject({ action: 'updated', number: 1 })
    expect((await double.requests()).slice(before).filter((one) => one.method !== 'GET')).toEqual([])
    await rollback(bad, { reason: 'another pod crashed' })
    const [pull, ...others] = (await double.state()).issues
    expect(others).toEqual([])
    expect(pull?.body).toContain('another pod crashed')
  })

  it('brings its pull request up to date when the branch has moved on', async () => {
    const bad = await commit('bad', { 'app/deployment.yaml': 'image: web:2\n' })
    await rollback(bad)
    await commit('later', { 'top.txt': 'z' })
    expect(await rollback(bad)).toMatchObject({ action: 'updated', number: 1 })
    await merge(1)
    expect(await git('show', 'HEAD:app/deployment.yaml')).toBe('image: web:1')
    expect(await git('show', 'HEAD:top.txt')).toBe('z')
  })

  it('leaves a branch alone that a person has gone on from', async () => {
    const bad = await commit('bad', { 'app/deployment.yaml': 'image: web:2\n' })
    await rollback(bad)
    const branch = `gitops-actions/rollback/production-${bad.slice(0, 12)}`
    await git('fetch', '--quiet', 'origin')
    await git('switch', '--quiet', '--detach', `origin/${branch}`)
    await git('commit', '--quiet', '--allow-empty', '-m', 'mine')
    await git('push', '--quiet', 'origin', `HEAD:${branch}`)
    const mine = await git('rev-parse', 'HEAD')
    await git('switch', '--quiet', 'main')
    await commit('later', { 'top.txt': 'z' })
    expect(await rollback(bad)).toMatchObject({ action: 'updated', number: 1 })
    await git('fetch', '--quiet', 'origin')
    expect(await git('rev-parse', `origin/${branch}`)).toBe(mine)
  })

  it('does not open again what a person closed or merged', async () => {
    const bad = await commit('bad', { 'app/deployment.yaml': 'image: web:2\n' })
    await rollback(bad)
    const close = await fetch(`${double.url}/repos/acme/shop/pulls/1`, {
      method: 'PATCH',
      headers: { authorization: `token ${double.token}` },
      body: '{"state":"closed"}'
    })
    expect(close.status).toBe(200)
    expect(await rollback(bad)).toEqual({
      action: 'none',
      reason: expect.stringContaining('#1 was this rollback, and it was closed')
    })
    expect(await rollback(bad, { environment: 'staging' })).toMatchObject({ action: 'opened', number: 2 })
    await merge(2)
    expect(await rollback(bad, { environment: 'staging' })).toEqual({
      action: 'none',
      reason: expect.stringContaining('#2 was this rollback, and it was merged')
    })
  })

  it('leaves the branch and says where to click when Actions may not open pull requests', async () => {
    const bad = await commit('bad', { 'app/deployment.yaml': 'image: web:2\n' })
    await double.createRepository('acme/shop', { actionsMayOpenPulls: false })
    const branch = `gitops-actions/rollback/production-${bad.slice(0, 12)}`
    await expect(rollback(bad)).rejects.toMatchObject({
      message: expect.stringContaining(`The revert is on branch ${branch}.`),
      hint: expect.stringContaining(`${double.url}/acme/shop/compare/main...${branch}?expand=1`)
    })
    await double.createRepository('acme/shop', { actionsMayOpenPulls: true })
    expect(await rollback(bad)).toMatchObject({ action: 'opened', number: 1 })
  })

  it('lets nothing of a commit or a pod notify people, hide text, or stop the deployment of the merge', async () => {
    const bad = await commit('bad @acme/ops #1 <b> [skip ci]', { 'app/deployment.yaml': 'image: web:2\n' })
    await rollback(bad, { reason: '<!-- hidden\n```\n@not-closed', environment: 'prod/eu `1`' })
    const [pull] = (await double.state()).issues
    expect(pull?.title).not.toContain('[skip ci]')
    expect(pull?.body).toContain('bad @&#8203;acme/ops #&#8203;1 &lt;b&gt;, by Mona')
    expect(pull?.body).not.toContain('<!--')
    expect(pull?.body).toMatch(/@not-closed\n```\n\n---/)
    expect(pull?.pull?.['headRef']).toBe(`gitops-actions/rollback/prod-eu-1-${bad.slice(0, 12)}`)
  })

  it('cuts a long reason to GitHub’s limit', async () => {
    const bad = await commit('bad', { 'app/deployment.yaml': 'image: web:2\n' })
    await rollback(bad, { reason: `\`\`\`\n${'a log line\n'.repeat(10_000)}\`\`\`` })
    const body = (await double.state()).issues[0]?.body ?? ''
    expect(body.length).toBeLessThanOrEqual(65_536)
    expect(body).toMatch(/a log line\n```\n\n_Cut here: [^\n]*_\n\n---/)
  })

  it('opens one pull request when answers get lost on the way', async () => {
    const bad = await commit('bad', { 'app/deployment.yaml': 'image: web:2\n' })
    for (const route of ['/git/commits', '/git/refs', '/pulls'])
      await double.fault({ kind: 'reset', after: true, method: 'POST', route })
    expect(await rollback(bad)).toMatchObject({ action: 'opened', number: 1 })
    expect((await double.state()).issues).toHaveLength(1)
    await merge(1)
    expect(await git('show', 'HEAD:app/deployment.yaml')).toBe('image: web:1')
  })

  it('asks for what differs, not for the whole repository', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`dir-${at}/file.txt`, String(at)]))
    await commit('many', many)
    const bad = await commit('bad', { 'app/deployment.yaml': 'image: web:2\n' })
    await commit('later', { 'top.txt': 'z' })
    await rollback(bad)
    const trees = (await double.requests()).filter(
      (one) => one.method === 'GET' && one.route === '/git/trees/{tree_sha}'
    )
    expect(trees).toHaveLength(5)
  })
})
