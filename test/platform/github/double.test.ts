import { getOctokit } from '@actions/github'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GitHubDouble, startGitHubDouble } from './index.ts'

let double: GitHubDouble
let octokit: ReturnType<typeof getOctokit>
const repo = { owner: 'acme', repo: 'shop' }

beforeAll(async () => {
  double = await startGitHubDouble()
})
beforeEach(async () => {
  await double.reset()
  octokit = client(double.token)
})
afterAll(() => double.close())

function client(token: string) {
  return getOctokit(token, { baseUrl: double.url, log: { debug() {}, info() {}, warn() {}, error() {} } })
}

describe('the GitHub double, used as GitHub describes it', () => {
  afterEach(async () => expect(await double.problems()).toEqual([]))

  it('answers git, contents and pull request routes in the shape of GitHub’s description', async () => {
    const git = octokit.rest.git
    const main = (await git.getRef({ ...repo, ref: 'heads/main' })).data.object.sha
    const commit = (await git.getCommit({ ...repo, commit_sha: main })).data
    const blob = (
      await git.createBlob({ ...repo, content: Buffer.from('a: 1\n').toString('base64'), encoding: 'base64' })
    ).data
    expect(Buffer.from((await git.getBlob({ ...repo, file_sha: blob.sha })).data.content, 'base64').toString()).toBe(
      'a: 1\n'
    )
    const tree = (
      await git.createTree({
        ...repo,
        base_tree: commit.tree.sha,
        tree: [
          { path: 'config/a.yaml', mode: '100644', type: 'blob', sha: blob.sha },
          { path: 'b.txt', mode: '100644', content: 'b' }
        ]
      })
    ).data
    expect(
      (await git.getTree({ ...repo, tree_sha: tree.sha, recursive: '1' })).data.tree.map((entry) => entry.path)
    ).toEqual(['README.md', 'b.txt', 'config', 'config/a.yaml'])
    const created = (await git.createCommit({ ...repo, message: 'change', tree: tree.sha, parents: [main] })).data
    expect(created.author.name).toBe('github-actions[bot]')
    await git.createRef({ ...repo, ref: 'refs/heads/topic/one', sha: created.sha })
    await git.updateRef({ ...repo, ref: 'heads/topic/one', sha: main, force: true })
    await git.updateRef({ ...repo, ref: 'heads/topic/one', sha: created.sha })
    expect((await git.listMatchingRefs({ ...repo, ref: 'heads/topic' })).data).toHaveLength(1)

    const pull = (
      await octokit.rest.pulls.create({ ...repo, head: 'topic/one', base: 'main', title: 'One', body: 'why' })
    ).data
    expect(pull).toMatchObject({ number: 1, mergeable: true, changed_files: 2, commits: 1, additions: 2 })
    expect((await octokit.rest.pulls.list({ ...repo, head: 'acme:topic/one', state: 'all' })).data).toHaveLength(1)
    expect((await octokit.rest.pulls.list({ ...repo, head: 'acme:other', state: 'all' })).data).toHaveLength(0)
    await octokit.rest.pulls.update({ ...repo, pull_number: 1, title: 'Two' })
    const merged = (await octokit.rest.pulls.merge({ ...repo, pull_number: 1, sha: created.sha })).data
    expect((await octokit.rest.pulls.get({ ...repo, pull_number: 1 })).data).toMatchObject({
      merged: true,
      title: 'Two'
    })
    expect((await octokit.rest.repos.getBranch({ ...repo, branch: 'main' })).data.commit.sha).toBe(merged.sha)
    const pulls = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha: merged.sha })
    expect(pulls.data.map((one) => one.number)).toEqual([1])

    expect((await octokit.rest.repos.get(repo)).data).toMatchObject({ full_name: 'acme/shop', default_branch: 'main' })
    expect((await octokit.rest.repos.getContent({ ...repo, path: 'config/a.yaml' })).data).toMatchObject({
      type: 'file'
    })
    expect((await octokit.rest.repos.getContent({ ...repo, path: 'config' })).data).toMatchObject([{ name: 'a.yaml' }])
    expect((await octokit.rest.repos.listCommits({ ...repo, sha: 'main' })).data).toHaveLength(3)
    expect((await octokit.rest.repos.getCommit({ ...repo, ref: created.sha })).data.files).toHaveLength(2)
    const compared = (await octokit.rest.repos.compareCommitsWithBasehead({ ...repo, basehead: `${main}...main` })).data
    expect(compared).toMatchObject({ status: 'ahead', ahead_by: 2, behind_by: 0 })
    await git.deleteRef({ ...repo, ref: 'heads/topic/one' })
  })

  it('answers issue, label and comment routes in the shape of GitHub’s description', async () => {
    await octokit.rest.issues.create({ ...repo, title: 'First' })
    await octokit.rest.issues.createLabel({ ...repo, name: 'gitops drift', color: 'd93f0b', description: 'found' })
    expect((await octokit.rest.issues.getLabel({ ...repo, name: 'GitOps Drift' })).data.color).toBe('d93f0b')
    expect((await octokit.rest.issues.listLabelsForRepo(repo)).data).toHaveLength(3)
    const issue = (await octokit.rest.issues.create({ ...repo, title: 'Drift', body: 'x', labels: ['gitops drift'] }))
      .data
    expect(issue).toMatchObject({ number: 2, user: { login: 'github-actions[bot]', type: 'Bot' }, closed_at: null })
    const comment = (await octokit.rest.issues.createComment({ ...repo, issue_number: 2, body: 'hm' })).data
    await octokit.rest.issues.updateComment({ ...repo, comment_id: comment.id, body: 'ah' })
    expect((await octokit.rest.issues.getComment({ ...repo, comment_id: comment.id })).data.body).toBe('ah')
    expect((await octokit.rest.issues.listComments({ ...repo, issue_number: 2 })).data).toHaveLength(1)
    await octokit.rest.issues.deleteComment({ ...repo, comment_id: comment.id })
    await octokit.rest.issues.addLabels({ ...repo, issue_number: 2, labels: ['bug'] })
    expect((await octokit.rest.issues.listLabelsOnIssue({ ...repo, issue_number: 2 })).data).toHaveLength(2)
    const closed = await octokit.rest.issues.update({
      ...repo,
      issue_number: 2,
      state: 'closed',
      state_reason: 'not_planned'
    })
    expect(closed.data).toMatchObject({ state: 'closed', state_reason: 'not_planned', closed_at: expect.any(String) })
    expect((await octokit.rest.issues.get({ ...repo, issue_number: 2 })).data.closed_by?.login).toBe(
      'github-actions[bot]'
    )
    expect((await octokit.rest.issues.listForRepo({ ...repo, state: 'all' })).data.map((one) => one.number)).toEqual([
      2, 1
    ])
    expect((await octokit.rest.issues.listForRepo({ ...repo, state: 'closed', labels: 'bug' })).data).toHaveLength(1)
  })

  it('answers deployment and status routes in the shape of GitHub’s description', async () => {
    const main = (await octokit.rest.git.getRef({ ...repo, ref: 'heads/main' })).data.object.sha
    const deployment = (
      await octokit.rest.repos.createDeployment({
        ...repo,
        ref: main,
        task: 'deploy:web',
        environment: 'staging',
        required_contexts: [],
        auto_merge: false,
        payload: { a: 1 }
      })
    ).data
    if (!('id' in deployment)) throw new Error('not created')
    await octokit.rest.repos.createDeploymentStatus({
      ...repo,
      deployment_id: deployment.id,
      state: 'success',
      log_url: 'https://example.org'
    })
    expect(
      (await octokit.rest.repos.listDeploymentStatuses({ ...repo, deployment_id: deployment.id })).data
    ).toHaveLength(1)
    expect(
      (await octokit.rest.repos.listDeployments({ ...repo, environment: 'staging', task: 'deploy:web' })).data
    ).toHaveLength(1)
    expect((await octokit.rest.repos.listDeployments({ ...repo, environment: 'other' })).data).toHaveLength(0)
    await octokit.rest.repos.getDeployment({ ...repo, deployment_id: deployment.id })

    await octokit.rest.repos.createCommitStatus({ ...repo, sha: main, state: 'pending', context: 'gitops' })
    await octokit.rest.repos.createCommitStatus({ ...repo, sha: main, state: 'success', context: 'gitops' })
    expect((await octokit.rest.repos.getCombinedStatusForRef({ ...repo, ref: main })).data).toMatchObject({
      state: 'success',
      total_count: 1
    })
    expect((await octokit.rest.repos.listCommitStatusesForRef({ ...repo, ref: main })).data).toHaveLength(2)
  })

  it('pages lists with Link headers', async () => {
    await double.createRepository('acme/paged')
    const own = { owner: 'acme', repo: 'paged' }
    for (let at = 0; at < 5; at++) await octokit.rest.issues.create({ ...own, title: `Issue ${at}` })
    const all = await octokit.paginate(octokit.rest.issues.listForRepo, { ...own, per_page: 2, direction: 'asc' })
    expect(all.map((issue) => issue.number)).toEqual([1, 2, 3, 4, 5])
    expect((await double.requests('acme/paged')).filter((one) => one.method === 'GET')).toHaveLength(3)
  })

  it.each([
    ['an issue body', () => octokit.rest.issues.create({ ...repo, title: 'x', body: 'ä'.repeat(65_537) })],
    ['a title', () => octokit.rest.issues.create({ ...repo, title: 'x'.repeat(257) })],
    ['a label description', () => octokit.rest.issues.createLabel({ ...repo, name: 'x', description: 'y'.repeat(101) })]
  ])('refuses %s beyond GitHub’s limit with 422', async (_what, create) => {
    await expect(create()).rejects.toMatchObject({ status: 422 })
    expect((await double.state()).issues).toEqual([])
  })

  it('takes a body of exactly 65,536 characters', async () => {
    const { data } = await octokit.rest.issues.create({ ...repo, title: 'x', body: '😀'.repeat(65_536) })
    expect(data.number).toBe(1)
  })

  it('makes earlier successes of an environment inactive, unless told not to or it is production', async () => {
    const deploy = async (environment: string, autoInactive: boolean) => {
      const { data } = await octokit.rest.repos.createDeployment({
        ...repo,
        ref: 'main',
        environment,
        required_contexts: [],
        auto_merge: false
      })
      if (!('id' in data)) throw new Error('not created')
      await octokit.rest.repos.createDeploymentStatus({
        ...repo,
        deployment_id: data.id,
        state: 'success',
        auto_inactive: autoInactive
      })
    }
    for (const environment of ['staging', 'production']) {
      await deploy(environment, true)
      await deploy(environment, true)
      await deploy(environment, false)
    }
    const states = (await double.state()).deployments.map((one) =>
      JSON.stringify(one['statuses'])
        .match(/"state":"(\w+)"/g)
        ?.at(-1)
    )
    expect(states.map((one) => one?.slice(9, -1))).toEqual([
      'inactive',
      'success',
      'success',
      'success',
      'success',
      'success'
    ])
  })

  it('refuses a token without the permission and names the one it needs', async () => {
    const reader = client(await double.createToken({ login: 'mona', permissions: { issues: 'read' } }))
    await reader.rest.issues.listForRepo(repo)
    await expect(reader.rest.issues.create({ ...repo, title: 'x' })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
      response: { headers: { 'x-accepted-github-permissions': 'issues=write' } }
    })
  })

  it('refuses a token that it did not give out', async () => {
    await expect(client('ghs_other').rest.issues.listForRepo(repo)).rejects.toMatchObject({ status: 401 })
    expect((await fetch(`${double.url}/repos/acme/shop`)).status).toBe(401)
  })

  it('keeps repositories apart', async () => {
    await double.createRepository('acme/other')
    await octokit.rest.issues.create({ owner: 'acme', repo: 'other', title: 'x' })
    expect((await double.state('acme/other')).issues).toHaveLength(1)
    expect((await double.state()).issues).toHaveLength(0)
    await double.reset('acme/other')
    expect((await double.state('acme/other')).issues).toHaveLength(0)
    await expect(octokit.rest.issues.listForRepo({ owner: 'acme', repo: 'none' })).rejects.toMatchObject({
      status: 404
    })
  })

  it('shows an issue as a page to whoever follows its link', async () => {
    const { data } = await octokit.rest.issues.create({ ...repo, title: 'Drift in production', body: 'text' })
    expect(await (await fetch(data.html_url)).text()).toContain('Drift in production #1  (issue, open)')
  })

  it('breaks requests as it is told to, as often as it is told to', async () => {
    await double.fault({ kind: 'status', status: 502, route: '/issues', method: 'POST', after: true })
    await expect(octokit.rest.issues.create({ ...repo, title: 'x' })).rejects.toMatchObject({ status: 502 })
    expect((await double.state()).issues).toHaveLength(1)
    await double.fault({ kind: 'reset', route: '/issues' })
    await expect(octokit.rest.issues.listForRepo(repo)).rejects.toThrow()
    await double.fault({ kind: 'secondary-rate-limit', seconds: 7, count: 2 })
    for (let at = 0; at < 2; at++)
      await expect(octokit.rest.issues.listForRepo(repo)).rejects.toMatchObject({
        status: 403,
        response: { headers: { 'retry-after': '7' } }
      })
    expect((await octokit.rest.issues.listForRepo(repo)).status).toBe(200)
  })

  it('holds requests until all of a race have been carried out', async () => {
    await double.fault({ kind: 'gather', route: '/issues', method: 'POST', count: 2 })
    const first = octokit.rest.issues.create({ ...repo, title: 'one' })
    const second = octokit.rest.issues.create({ ...repo, title: 'two' })
    expect((await Promise.all([first, second])).map((one) => one.data.number).sort()).toEqual([1, 2])
  })
})
