import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import { connectForge } from '../../src/github/index.ts'
import { type GitHubDouble, startGitHubDouble } from '../platform/github/index.ts'
import { forgeOn, logTo } from './support.ts'

let double: GitHubDouble
beforeAll(async () => {
  double = await startGitHubDouble()
})
beforeEach(() => double.reset())
afterEach(async () => expect(await double.problems()).toEqual([]))
afterAll(() => double.close())

const issue = { title: 'Drift', body: 'text', label: 'gitops-drift' }

/** What a promise is rejected with. */
async function rejection(promise: Promise<unknown>): Promise<GitOpsError> {
  const error: unknown = await promise.then(
    () => new Error('it worked'),
    (reason: unknown) => reason
  )
  if (!(error instanceof GitOpsError)) throw error
  return error
}

describe('the Forge when GitHub falters', () => {
  it.each([
    ['500', { kind: 'status', status: 500 }],
    ['502 with a page that is no JSON', { kind: 'html', status: 502 }],
    ['a lost connection', { kind: 'reset' }]
  ] as const)('tries again after %s, waiting longer each time', async (_what, fault) => {
    const { forge, pauses, lines } = await forgeOn(double)
    await double.fault({ ...fault, count: 3 })
    expect(await forge.issues.list('x')).toEqual([])
    expect(pauses).toEqual([1000, 2000, 4000])
    expect(lines.filter((line) => line.includes('trying again'))).toHaveLength(3)
  })

  it('gives up after five tries and says so', async () => {
    const { forge } = await forgeOn(double)
    await double.fault({ kind: 'status', status: 503, message: 'Unavailable', count: 5 })
    const error = await rejection(forge.issues.list('x'))
    expect(error.message).toBe('GitHub failed to answer (503 Unavailable). It was tried 5 times.')
    expect(error.hint).toContain('githubstatus.com')
    expect(error.details.join()).toContain('GET /repos/acme/shop/issues?labels=x')
  })

  it('waits as long as a secondary rate limit says', async () => {
    const { forge, pauses } = await forgeOn(double)
    await double.fault({ kind: 'secondary-rate-limit', seconds: 7, count: 2 })
    await forge.issues.list('x')
    expect(pauses).toEqual([7000, 7000])
  })

  it('waits for the rate limit to be over when that is soon, and says when it is when not', async () => {
    const { forge, pauses } = await forgeOn(double, { patience: 60_000 })
    await double.fault({ kind: 'rate-limit', seconds: 20 })
    await forge.issues.list('x')
    expect(pauses).toHaveLength(1)
    expect(pauses[0]).toBeGreaterThan(15_000)
    expect(pauses[0]).toBeLessThan(25_000)
    await double.fault({ kind: 'rate-limit', seconds: 1800 })
    const error = await rejection(forge.issues.list('x'))
    expect(error.message).toMatch(/rate limit for this token is used up until \d{4}-\d\d-\d\d \d\d:\d\d UTC/)
    expect(pauses).toHaveLength(1)
  })

  it('does not wait for ever on a server that takes the request and never answers', async () => {
    const { forge, pauses } = await forgeOn(double, { timeout: 100 })
    await double.fault({ kind: 'slow', milliseconds: 400 })
    await forge.issues.list('x')
    expect(pauses).toEqual([1000])
  })

  it.each([
    ['502', { kind: 'status', status: 502 }],
    ['a lost connection', { kind: 'reset' }]
  ] as const)('creates nothing twice when the answer is lost (%s)', async (_what, fault) => {
    const { forge } = await forgeOn(double)
    const main = (await forge.git.branch('main')) ?? ''
    await double.fault({ ...fault, after: true, method: 'POST', route: '/issues' })
    expect((await forge.issues.create(issue)).number).toBe(1)
    await double.fault({ ...fault, after: true, method: 'POST', route: '/issues/{issue_number}/comments' })
    await forge.issues.comment(1, 'hello')
    await double.fault({ ...fault, after: true, method: 'POST', route: '/deployments' })
    const deployment = {
      sha: main,
      environment: 'e',
      task: 't',
      description: 'd',
      production: false,
      payload: { a: 1 }
    }
    const created = await forge.deployments.create(deployment)
    await double.fault({ ...fault, after: true, method: 'POST', route: '/git/refs' })
    await forge.git.createBranch('topic', main)
    const tree = (await forge.git.commit(main))?.tree ?? ''
    await forge.git.moveBranch('topic', await forge.git.createCommit({ message: 'm', tree, parents: [main] }))
    await double.fault({ ...fault, after: true, method: 'POST', route: '/pulls' })
    expect((await forge.pulls.create({ head: 'topic', base: 'main', title: 't', body: 'b' })).number).toBe(2)

    const state = await double.state()
    expect(state.issues.map((one) => one.title)).toEqual(['Drift', 't'])
    expect(state.issues[0]?.comments).toEqual(['hello'])
    expect(state.deployments.map((one) => one['id'])).toEqual([created.id])
  })

  it('sends again what was certainly not carried out', async () => {
    const { forge } = await forgeOn(double)
    await double.fault({ kind: 'status', status: 502, method: 'POST', route: '/issues' })
    await forge.issues.create(issue)
    await double.fault({ kind: 'secondary-rate-limit', method: 'POST', route: '/issues' })
    await forge.issues.create({ ...issue, title: 'Other' })
    expect((await double.state()).issues.map((one) => one.title)).toEqual(['Drift', 'Other'])
  })

  it('reads lists of more than one page', async () => {
    const { forge } = await forgeOn(double)
    for (let at = 0; at < 101; at++) await forge.issues.create({ ...issue, title: `Drift ${at}` })
    expect((await forge.issues.list('gitops-drift')).map((one) => one.number)).toEqual(
      Array.from({ length: 101 }, (_, at) => at + 1)
    )
  })
})

describe('the errors of the Forge', () => {
  it.each([
    ['issues: write', (forge: Forge) => forge.issues.create(issue)],
    ['issues: write" or "pull-requests: write', (forge: Forge) => forge.issues.update(1, { body: 'x' })],
    ['deployments: read', (forge: Forge) => forge.deployments.list({ environment: 'e', task: 't' }, 5)],
    ['contents: write', (forge: Forge) => forge.git.createBranch('x', '1'.repeat(40))],
    ['contents: read', (forge: Forge) => forge.git.commit('1'.repeat(40))],
    ['pull-requests: write', (forge: Forge) => forge.pulls.create({ head: 'x', base: 'main', title: 't', body: '' })]
  ])('name the permission that the token lacks: "%s"', async (permission, use) => {
    const token = await double.createToken({ login: 'reader[bot]', permissions: { metadata: 'read' } })
    const { forge, pauses } = await forgeOn(double, { token })
    const error = await rejection(use(forge))
    expect(error.message).toContain(`it needs "${permission}" in acme/shop`)
    expect(error.hint).toContain('under "permissions:" of the job')
    expect(pauses).toEqual([])
  })

  it('tell a repository that is not there from a missing permission', async () => {
    const { forge } = await forgeOn(double, { repository: 'acme/absent' })
    const error = await rejection(forge.issues.list('x'))
    expect(error.message).toContain('acme/absent does not exist, or the token may not see it')
  })

  it('say that a token is not accepted, and never what it is', async () => {
    const { forge, lines } = await forgeOn(double, { token: 'ghs_secret123' })
    const error = await rejection(forge.issues.list('x'))
    expect(error.message).toBe('GitHub does not accept the token (401 Bad credentials).')
    expect(JSON.stringify([error, error.stack, error.cause, lines])).not.toContain('secret123')
  })

  it('name the setting that keeps Actions from opening pull requests', async () => {
    const { forge } = await forgeOn(double)
    const main = (await forge.git.branch('main')) ?? ''
    await forge.git.createBranch('x', main)
    await double.createRepository('acme/shop', { actionsMayOpenPulls: false })
    const error = await rejection(forge.pulls.create({ head: 'x', base: 'main', title: 't', body: '' }))
    expect(error.message).toBe('GitHub Actions may not open pull requests in acme/shop.')
    expect(error.hint).toContain('Allow GitHub Actions to create and approve pull requests')
  })

  it('say that issues are switched off', async () => {
    await double.createRepository('acme/shop', { hasIssues: false })
    const { forge } = await forgeOn(double)
    const error = await rejection(forge.issues.create(issue))
    expect(error.message).toBe('Issues are switched off in acme/shop.')
    expect(error.hint).toContain('issue: false')
  })

  it('give what GitHub says about a field', async () => {
    const { forge } = await forgeOn(double)
    const error = await rejection(forge.issues.create({ ...issue, body: 'x'.repeat(65_537) }))
    expect(error.message).toContain('422 Validation Failed: body is too long (maximum is 65536 characters)')
  })

  it('name the server that cannot be reached', async () => {
    const closed = await startGitHubDouble()
    await closed.close()
    const { forge } = await forgeOn(double, { apiUrl: closed.url })
    const error = await rejection(forge.issues.list('x'))
    expect(error.message).toMatch(new RegExp(`^GitHub could not be reached at ${closed.url} \\(.*ECONNREFUSED`))
    expect(error.hint).toContain('GITHUB_API_URL')
  })

  it.each([
    [{ token: ' ' }, 'There is no token for GitHub.'],
    [{ repository: 'shop' }, '"shop" is no repository of GitHub.'],
    [{ repository: '../../x' }, '"../../x" is no repository of GitHub.']
  ])('come before the first request when the settings cannot work: %j', async (wrong, message) => {
    const options = { token: 'x', apiUrl: double.url, repository: 'acme/shop', log: logTo([]), ...wrong }
    expect((await rejection(connectForge(options))).message).toBe(message)
    expect(await double.requests()).toEqual([])
  })
})

type Forge = Awaited<ReturnType<typeof connectForge>>

describe('what the Forge answers', () => {
  it('tells what is not there by a value', async () => {
    const { forge } = await forgeOn(double)
    expect(await forge.git.branch('absent')).toBeUndefined()
    expect(await forge.git.commit('1'.repeat(40))).toBeUndefined()
    expect(await forge.git.compare('main', '1'.repeat(40))).toBeUndefined()
    const main = (await forge.git.branch('main')) ?? ''
    expect(await forge.git.createBranch('gitops/a b'.replace(' ', '-'), main)).toBe(true)
    expect(await forge.git.createBranch('gitops/a-b', main)).toBe(false)
    expect(await forge.git.branch('gitops/a-b')).toBe(main)
    expect(await forge.pulls.list({ head: 'gitops/a-b', base: 'main' })).toEqual([])
  })

  it('lists issues of the label only, no pull requests, and tells whom to trust', async () => {
    const { forge } = await forgeOn(double)
    const member = await forgeOn(double, { token: await double.createToken({ login: 'mona' }) })
    const stranger = await forgeOn(double, { token: await double.createToken({ login: 'eve', stranger: true }) })
    await forge.issues.create(issue)
    await member.forge.issues.create({ ...issue, title: 'by a member' })
    await stranger.forge.issues.create({ ...issue, title: 'by a stranger' })
    await forge.issues.create({ ...issue, label: 'bug' })
    expect((await forge.issues.list('gitops-drift')).map((one) => [one.number, one.title, one.trusted])).toEqual([
      [1, 'Drift', true],
      [2, 'by a member', true],
      [3, 'by a stranger', false]
    ])
  })

  it('makes a label once and leaves one alone that is there', async () => {
    const { forge } = await forgeOn(double)
    await forge.issues.ensureLabel({ name: 'gitops-drift', color: 'd93f0b', description: 'ours' })
    await forge.issues.ensureLabel({ name: 'GitOps-Drift', color: '000000', description: 'other' })
    expect((await double.state()).labels.filter((label) => /drift/i.test(label.name))).toEqual([
      expect.objectContaining({ name: 'gitops-drift', color: 'd93f0b', description: 'ours' })
    ])
  })
})

describe('importing src/github', () => {
  it('does not load octokit until a forge is connected', async () => {
    const script = `
      import { registerHooks } from 'node:module'
      const loaded = []
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context) } })
      const github = await import('./src/github/index.ts')
      const before = loaded.filter((url) => url.includes('node_modules')).length
      await github.connectForge({ token: 'x', apiUrl: 'http://127.0.0.1', repository: 'a/b', log: {} })
      const after = loaded.filter((url) => url.includes('@octokit')).length
      console.log(JSON.stringify({ before, after }))`
    const root = path.join(import.meta.dirname, '../..')
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: root })
    const counts: { before: number; after: number } = JSON.parse(stdout)
    expect(counts.before).toBe(0)
    expect(counts.after).toBeGreaterThan(0)
  })
})
