import { GitOpsError } from '../errors.ts'
import { asList, asNumber, asString, at, isObject } from '../json.ts'

/** A request that GitHub, or something on the way to it, did not fulfil. */
export interface Failure {
  /** Undefined when no answer came. */
  readonly status: number | undefined
  /** GitHub's words, or those of the connection. */
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
  /** `POST /repos/acme/shop/issues` */
  readonly request: string
  /** `https://api.github.com` */
  readonly server: string
}

/** A permission as a workflow's `permissions:` block spells it. */
export type Permission = `${'contents' | 'issues' | 'pull-requests' | 'deployments'}: ${'read' | 'write'}`

/** What octokit threw, as data; undefined for anything that is no failed request. Nothing of the token is in it. */
export function failureOf(thrown: unknown): Failure | undefined {
  if (!(thrown instanceof Error) || !isObject(at(thrown, 'request'))) return undefined
  const response = at(thrown, 'response')
  const answered = isObject(response)
  const headers = at(response, 'headers')
  const url = asString(at(thrown, 'request', 'url')) ?? ''
  return {
    status: answered ? asNumber(at(response, 'status')) : undefined,
    message: answered ? wordsOf(at(response, 'data')) : thrown.message || connectionCode(thrown),
    headers: isObject(headers)
      ? Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)]))
      : {},
    request: `${asString(at(thrown, 'request', 'method')) ?? ''} ${pathOf(url)}`,
    server: URL.parse(url)?.origin ?? url
  }
}

/** GitHub's message with the details it gives per field; of a page that is no JSON, nothing. */
function wordsOf(data: unknown): string {
  const message = asString(at(data, 'message')) ?? ''
  const errors = (asList(at(data, 'errors')) ?? []).map((error) => {
    const field = [asString(at(error, 'resource')), asString(at(error, 'field'))].filter(Boolean).join('.')
    return (
      asString(error) ?? asString(at(error, 'message')) ?? `${field} ${asString(at(error, 'code')) ?? 'is invalid'}`
    )
  })
  return [message, ...errors].filter((text) => text !== '').join(': ')
}

/** Where every address of a host refused, Node gives a code but no message. */
function connectionCode(thrown: Error): string {
  return asString(at(thrown.cause, 'cause', 'code')) ?? asString(at(thrown.cause, 'code')) ?? 'no answer'
}

function pathOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? parsed.pathname + parsed.search : url
}

/** The error a person reads: what was asked, what GitHub said, what to do. `needs` is what the request takes. */
export function explain(failure: Failure, needs: Permission, repository: string): GitOpsError {
  const { status, request } = failure
  const said = status === undefined ? failure.message : `${status}${failure.message ? ` ${failure.message}` : ''}`
  const outcome = status === undefined ? 'got no answer' : `was answered with ${said}`
  const error = (message: string, hint: string) =>
    new GitOpsError(message, { hint, details: [`${request} ${outcome}`] })
  if (status === undefined)
    return error(
      `GitHub could not be reached at ${failure.server} (${said}).`,
      'Check the network of the runner, its proxy settings and GITHUB_API_URL.'
    )
  if (status >= 500)
    return error(`GitHub failed to answer (${said}).`, 'Look at https://www.githubstatus.com and run the job again.')
  if (status === 401)
    return error(
      `GitHub does not accept the token (${said}).`,
      'Leave github-token at its default, or give a token of this GitHub server that has not expired.'
    )
  if (/not permitted to create or approve pull requests/i.test(failure.message))
    return error(
      `GitHub Actions may not open pull requests in ${repository}.`,
      'Allow it in Settings → Actions → General → "Allow GitHub Actions to create and approve pull requests", or pass the token of a GitHub App.'
    )
  if (/without `?workflows?`? permission/i.test(failure.message))
    return error(
      `The token may not change files below .github/workflows in ${repository}.`,
      'No permissions: block can allow this. Pass the token of a GitHub App that has "Workflows: write", or do this step by hand.'
    )
  if (/archived/i.test(failure.message))
    return error(`${repository} is archived, so nothing can be written to it.`, 'Unarchive it first.')
  if (status === 410)
    return error(
      `Issues are switched off in ${repository}.`,
      'Switch them on in Settings → Features, or set "issue: false".'
    )
  if (status === 403 || status === 404 || /resource not accessible/i.test(failure.message))
    return refused(failure, needs, repository, said)
  return error(
    `GitHub refused ${request}: ${said}`,
    'If the reason does not help, please report this with the lines above.'
  )
}

function refused(failure: Failure, needs: Permission, repository: string, said: string): GitOpsError {
  const accepted = acceptedPermissions(failure) ?? [needs]
  const [first = needs] = accepted
  const missing =
    failure.status === 404
      ? `${repository} does not exist, or the token may not see it`
      : 'The token is not allowed to do this'
  return new GitOpsError(`${missing}: it needs "${accepted.join('" or "')}" in ${repository} (${said}).`, {
    hint:
      `Add "${first}" under "permissions:" of the job (what such a block does not name is taken away). ` +
      'A pull request from a fork always runs with a token that only reads.',
    details: [`GitHub refused ${failure.request}`]
  })
}

/** GitHub says in a header what it would have accepted: `issues=write; pull_requests=write`. */
function acceptedPermissions(failure: Failure): string[] | undefined {
  const header = failure.headers['x-accepted-github-permissions']
  const pairs = header?.split(/[;,]/).map((pair) => /^\s*(\w+)=(\w+)\s*$/.exec(pair))
  const words = (pairs ?? []).flatMap((pair) => (pair ? [`${(pair[1] ?? '').replaceAll('_', '-')}: ${pair[2]}`] : []))
  return words.length > 0 ? [...new Set(words)] : undefined
}
