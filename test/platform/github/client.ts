import { asList, asObject, asString, at, type Json, type JsonObject } from '../../../src/json.ts'
import type { Fault } from './faults.ts'
import type { Permissions } from './state.ts'

/** A double as a test handles it, from this process or another. `repository` narrows to one; default: the double's own. */
export interface GitHubControl {
  /** What was wrong with the requests so far, one line each. A test ends by asserting that there is nothing. */
  problems(repository?: string): Promise<string[]>
  /** The requests so far, oldest first. */
  requests(repository?: string): Promise<RequestLine[]>
  state(repository?: string): Promise<DoubleState>
  reset(repository?: string): Promise<void>
  fault(fault: Fault): Promise<void>
  /** A repository of the test's own, or other settings of one that exists. Without `git` it gets one with one commit. */
  createRepository(repository: string, options?: RepositoryOptions): Promise<{ git: string }>
  /** A token of another user, or with fewer permissions. A login that ends in `[bot]` is a bot; a stranger is no member. */
  createToken(options?: { login?: string; permissions?: Permissions; stranger?: boolean }): Promise<string>
}

export interface RepositoryOptions {
  git?: string
  actionsMayOpenPulls?: boolean
  hasIssues?: boolean
}

export interface RequestLine {
  method: string
  path: string
  route: string
  status: number
  body: string
}

export interface DoubleState {
  repository: string
  git: string
  issues: IssueState[]
  labels: { name: string; color: string; description: string }[]
  deployments: JsonObject[]
  statuses: JsonObject[]
}

export interface IssueState {
  number: number
  title: string
  body: string
  state: string
  stateReason: string
  labels: string[]
  user: string
  comments: string[]
  /** Present for pull requests. */
  pull: JsonObject | undefined
}

/** The handle on a double that runs elsewhere, by its URL. */
export function controlGitHubDouble(url: string): GitHubControl {
  const send = async (
    method: string,
    route: string,
    options: { repository?: string | undefined; body?: Json } = {}
  ): Promise<Json> => {
    const query = options.repository ? `?repository=${encodeURIComponent(options.repository)}` : ''
    const response = await fetch(`${url}/_double/${route}${query}`, {
      method,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) })
    })
    const answer = (await response.json()) as Json
    if (!response.ok)
      throw new Error(`${method} /_double/${route}: ${asString(at(answer, 'message')) ?? response.status}`)
    return answer
  }
  const text = (value: Json, key: string) => asString(at(value, key)) ?? ''
  return {
    async problems(repository) {
      const list = asList(at(await send('GET', 'problems', { repository }), 'problems')) ?? []
      return list.map((one) => `${text(one, 'request')}: ${text(one, 'problem')}`)
    },
    async requests(repository) {
      const list = asList(at(await send('GET', 'requests', { repository }), 'requests')) ?? []
      return list.map((one) => ({
        method: text(one, 'method'),
        path: text(one, 'path'),
        route: text(one, 'route'),
        status: Number(at(one, 'status')),
        body: text(one, 'body')
      }))
    },
    state: async (repository) => readState(await send('GET', 'state', { repository })),
    async reset(repository) {
      await send('POST', 'reset', { repository })
    },
    async fault(fault) {
      await send('POST', 'faults', { body: { ...fault } })
    },
    async createRepository(repository, options = {}) {
      return { git: text(await send('POST', 'repositories', { body: { repository, ...options } }), 'git') }
    },
    async createToken(options = {}) {
      const { login, permissions, stranger = false } = options
      const body = {
        stranger,
        ...(login ? { login } : {}),
        ...(permissions ? { permissions: { ...permissions } } : {})
      }
      return text(await send('POST', 'tokens', { body }), 'token')
    }
  }
}

function readState(value: Json): DoubleState {
  const text = (of: Json, key: string) => asString(at(of, key)) ?? ''
  const list = (of: Json, key: string) => asList(at(of, key)) ?? []
  return {
    repository: text(value, 'repository'),
    git: text(value, 'git'),
    labels: list(value, 'labels').map((one) => ({
      name: text(one, 'name'),
      color: text(one, 'color'),
      description: text(one, 'description')
    })),
    deployments: list(value, 'deployments').map((one) => asObject(one) ?? {}),
    statuses: list(value, 'statuses').map((one) => asObject(one) ?? {}),
    issues: list(value, 'issues').map((one) => ({
      number: Number(at(one, 'number')),
      title: text(one, 'title'),
      body: text(one, 'body'),
      state: text(one, 'state'),
      stateReason: text(one, 'stateReason'),
      labels: list(one, 'labels').map(String),
      user: text(one, 'user'),
      comments: list(one, 'comments').map((comment) => text(comment, 'body')),
      pull: asObject(at(one, 'pull'))
    }))
  }
}
