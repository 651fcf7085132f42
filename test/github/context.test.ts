import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { githubContext } from '../../src/github/index.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'gitops-context-'))
afterAll(() => rmSync(directory, { recursive: true }))

function event(payload: unknown): string {
  const file = path.join(directory, `${Math.random()}.json`)
  writeFileSync(file, typeof payload === 'string' ? payload : JSON.stringify(payload))
  return file
}

const [before, after, zeros] = ['a'.repeat(40), 'b'.repeat(40), '0'.repeat(40)]
const runner = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SHA: after,
  GITHUB_REF: 'refs/heads/main',
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_WORKFLOW: 'deploy',
  GITHUB_JOB: 'production',
  GITHUB_ACTOR: 'mona',
  GITHUB_SERVER_URL: 'https://github.example/',
  GITHUB_API_URL: 'https://github.example/api/v3',
  GITHUB_WORKSPACE: '/work'
}

describe('githubContext', () => {
  it('reads a push', () => {
    const payload = { before, after, forced: true, repository: { full_name: 'acme/shop', default_branch: 'main' } }
    expect(githubContext({ ...runner, GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: event(payload) })).toEqual({
      event: 'push',
      payload,
      repository: 'acme/shop',
      sha: after,
      ref: 'refs/heads/main',
      branch: 'main',
      defaultBranch: 'main',
      run: { id: '42', attempt: 1, url: 'https://github.example/acme/shop/actions/runs/42' },
      workflow: 'deploy',
      job: 'production',
      actor: 'mona',
      serverUrl: 'https://github.example',
      apiUrl: 'https://github.example/api/v3',
      workspace: '/work',
      push: { before, after, forced: true, deleted: false }
    })
  })

  it('knows no commit before the first push of a branch', () => {
    const context = githubContext({ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: event({ before: zeros, after }) })
    expect(context.push).toEqual({ after, forced: false, deleted: false })
  })

  it.each([
    ['the same repository', 'acme/shop', false],
    ['a fork', 'mona/shop', true],
    ['a fork that is gone', undefined, true]
  ])('tells a pull request of %s', (_what, head, fork) => {
    const pull = {
      number: 7,
      head: { sha: before, ...(head ? { repo: { full_name: head } } : { repo: null }) },
      base: { sha: after, ref: 'main', repo: { full_name: 'acme/shop' } }
    }
    const context = githubContext({
      ...runner,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REF: 'refs/pull/7/merge',
      GITHUB_EVENT_PATH: event({ number: 7, pull_request: pull })
    })
    expect(context.pullRequest).toEqual({ number: 7, headSha: before, baseSha: after, baseBranch: 'main', fork })
    expect(context.branch).toBeUndefined()
    expect(context.push).toBeUndefined()
  })

  it('links to the attempt of a run that is repeated', () => {
    expect(githubContext({ ...runner, GITHUB_RUN_ATTEMPT: '3' }).run).toEqual({
      id: '42',
      attempt: 3,
      url: 'https://github.example/acme/shop/actions/runs/42/attempts/3'
    })
  })

  it('works where there is no GitHub', () => {
    expect(githubContext({})).toEqual({
      payload: {},
      serverUrl: 'https://github.com',
      apiUrl: 'https://api.github.com',
      workspace: process.cwd()
    })
  })

  it.each([
    ['is missing', path.join(directory, 'missing')],
    ['is empty', event('')],
    ['holds no object', event('[1]')]
  ])('takes no event from a file that %s', (_what, file) => {
    expect(githubContext({ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: file }).payload).toEqual({})
  })

  it('names an event file that is no JSON', () => {
    const file = event('{"before":')
    expect(() => githubContext({ GITHUB_EVENT_PATH: file })).toThrow(new RegExp(`The event file ${file} .* is no JSON`))
  })

  it('survives an event of another shape', () => {
    const payload = { pull_request: 'x', number: 'y', repository: null, before: 1 }
    const context = githubContext({ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: event(payload) })
    expect(context).toMatchObject({ payload, push: { forced: false, deleted: false } })
    expect(context.pullRequest).toBeUndefined()
  })
})
