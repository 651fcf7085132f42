import { getOctokit } from '@actions/github'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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

describe('the GitHub double, used wrongly', () => {
  it.each([
    ['a route that GitHub lacks', 'GET', '/repos/acme/shop/isues', undefined, 501, 'GitHub has no such route'],
    ['a route that the double lacks', 'GET', '/repos/acme/shop/releases', undefined, 501, 'this double has not'],
    [
      'an unknown query parameter',
      'GET',
      '/repos/acme/shop/issues?label=x',
      undefined,
      422,
      'must NOT have additional properties'
    ],
    [
      'a value outside the allowed ones',
      'GET',
      '/repos/acme/shop/issues?state=opened',
      undefined,
      422,
      'allowed values'
    ],
    ['a misspelt key in the body', 'POST', '/repos/acme/shop/issues', '{"title":"x","boddy":"y"}', 422, 'boddy'],
    ['a missing key in the body', 'POST', '/repos/acme/shop/issues', '{"body":"y"}', 422, 'title'],
    ['a wrong type in the body', 'POST', '/repos/acme/shop/issues', '{"title":"x","labels":"y"}', 422, 'must be array'],
    ['a number that is none', 'GET', '/repos/acme/shop/issues/one', undefined, 422, 'must be integer'],
    ['a body that is no JSON', 'POST', '/repos/acme/shop/issues', '{', 400, 'no JSON']
  ])('answers an error to %s and remembers the problem', async (_what, method, path, body, status, problem) => {
    const headers = { authorization: `token ${double.token}` }
    const response = await fetch(double.url + path, { method, headers, ...(body ? { body } : {}) })
    expect(response.status).toBe(status)
    expect(await double.problems()).toEqual([expect.stringContaining(problem)])
    expect((await double.state()).issues).toEqual([])
  })

  it('refuses a second pull request, one without commits, and a merge of another head than was reviewed', async () => {
    const main = (await octokit.rest.git.getRef({ ...repo, ref: 'heads/main' })).data.object.sha
    await octokit.rest.git.createRef({ ...repo, ref: 'refs/heads/empty', sha: main })
    const open = (head: string) => octokit.rest.pulls.create({ ...repo, head, base: 'main', title: 'x' })
    await expect(open('empty')).rejects.toThrow(/No commits between main and empty/)
    await expect(open('absent')).rejects.toMatchObject({ status: 422 })
    const { tree } = (await octokit.rest.git.getCommit({ ...repo, commit_sha: main })).data
    const commit = await octokit.rest.git.createCommit({
      ...repo,
      tree: tree.sha,
      parents: [main],
      message: 'empty commit'
    })
    await octokit.rest.git.updateRef({ ...repo, ref: 'heads/empty', sha: commit.data.sha })
    await open('empty')
    await expect(open('empty')).rejects.toThrow(/A pull request already exists for acme:empty/)
    await expect(octokit.rest.pulls.merge({ ...repo, pull_number: 1, sha: main })).rejects.toMatchObject({
      status: 409
    })
    await double.createRepository('acme/shop', { actionsMayOpenPulls: false })
    await expect(open('main')).rejects.toThrow(/not permitted to create or approve/)
  })

  it('refuses refs that exist, objects that do not, and moves that are no fast-forward', async () => {
    const git = octokit.rest.git
    const main = (await git.getRef({ ...repo, ref: 'heads/main' })).data.object.sha
    await expect(git.createRef({ ...repo, ref: 'refs/heads/main', sha: main })).rejects.toThrow(/already exists/)
    await expect(git.createRef({ ...repo, ref: 'refs/heads/x', sha: '1'.repeat(40) })).rejects.toThrow(
      /Object does not exist/
    )
    await expect(git.createRef({ ...repo, ref: 'refs/heads/a..b', sha: main })).rejects.toThrow(/not a valid ref name/)
    const { tree } = (await git.getCommit({ ...repo, commit_sha: main })).data
    const orphan = (await git.createCommit({ ...repo, tree: tree.sha, parents: [], message: 'orphan' })).data.sha
    await expect(git.updateRef({ ...repo, ref: 'heads/main', sha: orphan })).rejects.toThrow(/not a fast forward/)
    await expect(git.createCommit({ ...repo, tree: main, parents: [], message: 'x' })).rejects.toThrow(
      /Tree SHA does not exist/
    )
    await expect(git.getRef({ ...repo, ref: 'heads/mai' })).rejects.toMatchObject({ status: 404 })
  })

  it('refuses a deployment of an unknown ref and one that would merge or wait for checks', async () => {
    await expect(
      octokit.rest.repos.createDeployment({ ...repo, ref: 'nowhere', auto_merge: false, required_contexts: [] })
    ).rejects.toThrow(/No ref found for: nowhere/)
    await octokit.rest.repos.createCommitStatus({
      ...repo,
      sha: (await octokit.rest.git.getRef({ ...repo, ref: 'heads/main' })).data.object.sha,
      state: 'pending'
    })
    await expect(
      octokit.rest.repos.createDeployment({ ...repo, ref: 'main', auto_merge: false })
    ).rejects.toMatchObject({ status: 409 })
  })
})
