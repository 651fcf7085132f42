import { GitOpsError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Forge } from './forge.ts'

export interface ConnectOptions {
  /** The job's token or one of an app. It is sent to `apiUrl` and nowhere else, and never logged. */
  readonly token: string
  readonly apiUrl: string
  /** `owner/name`. */
  readonly repository: string
  readonly log: Logger
  /** For links that a person follows; default https://github.com. */
  readonly serverUrl?: string
  readonly sleep?: (milliseconds: number) => Promise<void>
  readonly now?: () => Date
  /** How long GitHub may take to answer one request, in milliseconds; default 30 s. */
  readonly timeout?: number
  /** How long a rate limit may hold up one request, in milliseconds; default 5 min. */
  readonly patience?: number
}

/**
 * GitHub's API for one repository. Nothing is sent yet. The client library is loaded here and not before: most runs
 * need no GitHub at all, and it costs 70 ms.
 * @throws GitOpsError when the token is empty or the repository is no `owner/name`
 */
export async function connectForge(options: ConnectOptions): Promise<Forge> {
  if (options.token.trim() === '')
    throw new GitOpsError('There is no token for GitHub.', {
      hint: 'Give the input github-token; its default is the token of the job.'
    })
  if (!/^[\w.-]+\/[\w.-]+$/.test(options.repository))
    throw new GitOpsError(`"${options.repository}" is no repository of GitHub.`, {
      hint: 'On GitHub the runner sets GITHUB_REPOSITORY to owner/name; elsewhere set it yourself.'
    })
  const { OctokitForge } = await import('./octokit/forge.ts')
  return new OctokitForge(options)
}
