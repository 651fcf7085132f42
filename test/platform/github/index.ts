import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { messageOf } from '../../../src/errors.ts'
import { controlGitHubDouble, type GitHubControl } from './client.ts'
import { githubDescription } from './openapi.ts'
import { serve } from './server.ts'
import { World } from './world.ts'

export interface GitHubDoubleOptions {
  /** Default: one that is free. */
  port?: number
  /** `owner/name`; default `acme/shop`. Others can be made by `createRepository`. */
  repository?: string
  /** Path of a bare git repository behind the API; without one, commits that the API names are taken on trust. */
  git?: string
  /** A folder for the repositories that it makes itself; default: the system's temp folder. */
  directory?: string
}

export interface GitHubDouble extends GitHubControl {
  /** What GITHUB_API_URL has to be. */
  readonly url: string
  /** A job's token with every permission, `github-actions[bot]`. */
  readonly token: string
  readonly repository: string
  close(): Promise<void>
}

/**
 * Starts a double of GitHub's REST API on loopback. It keeps state as GitHub does, checks every request and every
 * answer against GitHub's published description, and remembers what was wrong: ask `problems()` at the end of a test.
 */
export async function startGitHubDouble(options: GitHubDoubleOptions = {}): Promise<GitHubDouble> {
  const repository = options.repository ?? 'acme/shop'
  const description = githubDescription()
  const world = new World(repository, options.git, options.directory)
  await world.repository(repository)
  let url = ''
  const server = createServer((request, response) => {
    serve(world, description, url, request, response).catch((error: unknown) => {
      world.problems.push({ repository, request: `${request.method} ${request.url}`, problem: messageOf(error) })
      response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve())
  })
  url = `http://127.0.0.1:${portOf(server.address())}`
  return {
    ...controlGitHubDouble(url),
    url,
    token: world.jobToken,
    repository,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await world.close()
    }
  }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return address.port
}
