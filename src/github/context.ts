import { readFileSync } from 'node:fs'
import { GitOpsError, messageOf } from '../errors.ts'
import { asNumber, asObject, asString, at, type JsonObject, parseJson } from '../json.ts'

/** What the runner says about the run: everything that is not there (not on GitHub, another event) is undefined. */
export interface GitHubContext {
  /** `push`, `pull_request`, `schedule`, `workflow_dispatch`, … */
  readonly event?: string
  /** The event as GitHub sent it; empty when there is none. Untrusted: people write into it. */
  readonly payload: JsonObject
  /** `owner/name`. */
  readonly repository?: string
  /** The commit the run is about. For a pull request GitHub gives a merge commit that is on no branch: see `pullRequest.headSha`. */
  readonly sha?: string
  /** `refs/heads/main`, `refs/pull/7/merge`, … */
  readonly ref?: string
  /** The branch of a push, schedule or dispatch, without `refs/heads/`; undefined for tags and pull requests. */
  readonly branch?: string
  readonly defaultBranch?: string
  readonly run?: { readonly id: string; readonly attempt: number; readonly url: string }
  readonly workflow?: string
  readonly job?: string
  readonly actor?: string
  /** Where people look at GitHub; no slash at the end. */
  readonly serverUrl: string
  readonly apiUrl: string
  /** Where the repository is checked out; the working directory when the runner does not say. */
  readonly workspace: string
  readonly push?: PushEvent
  readonly pullRequest?: PullRequestEvent
}

export interface PushEvent {
  /** The commit the branch was at before; undefined for a new branch. */
  readonly before?: string
  readonly after?: string
  readonly forced: boolean
  readonly deleted: boolean
}

export interface PullRequestEvent {
  readonly number: number
  readonly headSha?: string
  readonly baseSha?: string
  readonly baseBranch?: string
  /** Its branch lies in another repository: the token is read-only and secrets are empty. */
  readonly fork: boolean
}

/**
 * Reads the runner's environment and the event file.
 * @throws GitOpsError when the event file is named but is no JSON
 */
export function githubContext(env: NodeJS.ProcessEnv): GitHubContext {
  const given = (name: string) => env[name]?.trim() || undefined
  const payload = readEvent(given('GITHUB_EVENT_PATH'))
  const serverUrl = (given('GITHUB_SERVER_URL') ?? 'https://github.com').replace(/\/+$/, '')
  const repository = given('GITHUB_REPOSITORY') ?? asString(at(payload, 'repository', 'full_name'))
  const ref = given('GITHUB_REF')
  return {
    event: given('GITHUB_EVENT_NAME'),
    payload,
    repository,
    sha: given('GITHUB_SHA'),
    ref,
    branch: ref?.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined,
    defaultBranch: asString(at(payload, 'repository', 'default_branch')),
    run: readRun(serverUrl, repository, given('GITHUB_RUN_ID'), given('GITHUB_RUN_ATTEMPT')),
    workflow: given('GITHUB_WORKFLOW'),
    job: given('GITHUB_JOB'),
    actor: given('GITHUB_ACTOR'),
    serverUrl,
    apiUrl: (given('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, ''),
    workspace: given('GITHUB_WORKSPACE') ?? process.cwd(),
    push: readPush(given('GITHUB_EVENT_NAME'), payload),
    pullRequest: readPullRequest(payload)
  }
}

function readEvent(file: string | undefined): JsonObject {
  if (file === undefined) return {}
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return {} // some runners name a file that they do not write
  }
  if (text.trim() === '') return {}
  try {
    return asObject(parseJson(text)) ?? {}
  } catch (error) {
    throw new GitOpsError(`The event file ${file} (GITHUB_EVENT_PATH) is no JSON: ${messageOf(error)}`, {
      hint: 'The runner writes this file; when you give one yourself (act -e), mend it.',
      cause: error
    })
  }
}

function readRun(server: string, repository: string | undefined, id: string | undefined, attempt: string | undefined) {
  if (repository === undefined || id === undefined) return undefined
  const count = Math.max(Number(attempt) || 1, 1)
  const url = `${server}/${repository}/actions/runs/${id}`
  return { id, attempt: count, url: count > 1 ? `${url}/attempts/${count}` : url }
}

function readPush(event: string | undefined, payload: JsonObject): PushEvent | undefined {
  if (event !== 'push') return undefined
  return {
    before: commit(payload['before']),
    after: commit(payload['after']),
    forced: payload['forced'] === true,
    deleted: payload['deleted'] === true
  }
}

function readPullRequest(payload: JsonObject): PullRequestEvent | undefined {
  const pull = payload['pull_request']
  const number = asNumber(at(pull, 'number')) ?? asNumber(payload['number'])
  if (!asObject(pull) || number === undefined) return undefined
  const head = asString(at(pull, 'head', 'repo', 'full_name'))
  const base = asString(at(pull, 'base', 'repo', 'full_name')) ?? asString(at(payload, 'repository', 'full_name'))
  return {
    number,
    headSha: commit(at(pull, 'head', 'sha')),
    baseSha: commit(at(pull, 'base', 'sha')),
    baseBranch: asString(at(pull, 'base', 'ref')),
    // A fork that was deleted since leaves no repository behind: the careful answer is yes.
    fork: asObject(at(pull, 'head')) !== undefined && head !== base
  }
}

/** A full SHA; GitHub's forty zeros mean that there is none. */
function commit(value: unknown): string | undefined {
  const sha = asString(value)
  return sha !== undefined && /^[0-9a-f]{40}$/.test(sha) && !/^0+$/.test(sha) ? sha : undefined
}
