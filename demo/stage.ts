import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { asNumber, at } from '../src/json.ts'
import { runWorkflow, type WorkflowRun } from '../test/platform/act.ts'
import { controlGitHubDouble, type GitHubControl } from '../test/platform/github/client.ts'
import type { PlatformInfo } from '../test/platform/platform.ts'

const run = promisify(execFile)
/** Where the sample repository lives, unless a test says otherwise. */
export const REPOSITORY = 'acme/shop'

/** What starts a workflow. */
export type Event = 'push' | 'schedule' | 'pull_request'

/** Variables of a repository whose jobs sign in to AWS. */
const AWS = {
  AWS_ROLE: 'arn:aws:iam::123456789012:role/deploy',
  AWS_PREVIEW_ROLE: 'arn:aws:iam::123456789012:role/preview',
  AWS_REGION: 'us-east-1'
}

/** The sample repository on its double of GitHub, beside a running platform. */
export interface Stage {
  readonly platform: PlatformInfo
  readonly github: GitHubControl
  /** A developer's clone. */
  readonly clone: string
  git(...args: string[]): Promise<string>
  kubectl(...args: string[]): Promise<string>
  /** Commits what changed in the clone and pushes it to main. Returns the commit. */
  push(message: string): Promise<string>
  /** Commits what changed in the clone to a new branch, pushes it and opens a pull request. Returns its number. */
  propose(branch: string, message: string): Promise<number>
  /** Merges a pull request as its reviewer would, and takes the clone to the new main. */
  merge(number: number): Promise<void>
  /** Runs a workflow of the repository as GitHub would on this event, at what the clone has checked out. */
  workflow(file: string, event: Event, onLine?: (line: string, job: string) => void): Promise<WorkflowRun>
  /** Any request to GitHub's API as the developer. */
  api(method: string, route: string, body?: unknown): Promise<unknown>
}

/** @param cloud what jobs find beside the platform: environment and tools of the infrastructure */
export async function setStage(
  platform: PlatformInfo,
  repository = REPOSITORY,
  cloud?: { readonly env: Readonly<Record<string, string>>; readonly path: string }
): Promise<Stage> {
  const folder = path.join(platform.directory, repository.replace('/', '-'))
  const bare = path.join(folder, 'shop.git')
  const clone = path.join(folder, 'shop')
  const github = controlGitHubDouble(platform.github.apiUrl)
  const git = async (...args: string[]) =>
    (
      await run('git', ['-c', 'user.name=Dana Developer', '-c', 'user.email=dana@acme.example', ...args], {
        cwd: clone
      })
    ).stdout.trim()
  const stage: Stage = {
    platform,
    github,
    clone,
    git,
    async kubectl(...args) {
      const options = { env: { ...process.env, KUBECONFIG: platform.kubeconfig }, maxBuffer: 64 * 1024 * 1024 }
      return (await run(platform.bin.kubectl, args, options)).stdout.trim()
    },
    async push(message) {
      await git('add', '--all')
      await git('commit', '--quiet', '--message', message)
      await git('push', '--quiet', 'origin', 'main')
      return git('rev-parse', 'HEAD')
    },
    async propose(branch, message) {
      await git('switch', '--quiet', '--create', branch)
      await git('add', '--all')
      await git('commit', '--quiet', '--message', message)
      await git('push', '--quiet', 'origin', branch)
      const pull = await stage.api('POST', 'pulls', { title: message, head: branch, base: 'main', body: '' })
      const number = asNumber(at(pull, 'number'))
      if (number === undefined) throw new Error(`No pull request was opened: ${JSON.stringify(pull)}`)
      return number
    },
    async merge(number) {
      await stage.api('PUT', `pulls/${number}/merge`, {})
      await git('switch', '--quiet', 'main')
      await git('pull', '--quiet', 'origin', 'main')
    },
    async workflow(file, event, onLine) {
      const sha = await git('rev-parse', 'HEAD')
      return runWorkflow({
        repository: clone,
        workflow: `.github/workflows/${file}`,
        event: { name: event, payload: payloadOf(event, sha, repository) },
        act: platform.bin.act,
        path: cloud ? `${cloud.path}:${platform.path}` : platform.path,
        secrets: {
          GITHUB_TOKEN: platform.github.token,
          KUBECONFIG: await readFile(platform.kubeconfig, 'utf8'),
          REGISTRY_USERNAME: platform.secureRegistry.username,
          REGISTRY_PASSWORD: platform.secureRegistry.password
        },
        variables: {
          REGISTRY: platform.secureRegistry.address,
          BUILDKIT_ADDRESS: platform.buildkit,
          ...(cloud ? AWS : {})
        },
        env: {
          ...cloud?.env,
          GITHUB_API_URL: platform.github.apiUrl,
          GITHUB_REPOSITORY: repository,
          GITHUB_RUN_ID: String(Date.now())
        },
        ...(onLine ? { onLine } : {})
      })
    },
    async api(method, route, body) {
      const response = await fetch(`${platform.github.apiUrl}/repos/${repository}/${route}`, {
        method,
        headers: { authorization: `Bearer ${platform.github.token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
      const answer: unknown = await response.json()
      if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${JSON.stringify(answer)}`)
      return answer
    }
  }
  await createRepository(stage, bare, repository)
  return stage
}

async function createRepository(stage: Stage, bare: string, repository: string): Promise<void> {
  const { clone, platform } = stage
  const sources = path.join(import.meta.dirname, 'repository')
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  await cp(sources, clone, { recursive: true })
  const declaration = path.join(clone, 'gitops.yaml')
  const text = await readFile(declaration, 'utf8')
  // What a team would write once by hand: the address of its registry and the name of its kubeconfig's context.
  await writeFile(
    declaration,
    text
      .replaceAll('registry.example', platform.secureRegistry.address)
      .replaceAll('context: platform', `context: ${platform.context}`)
  )
  const workflows = path.join(clone, '.github', 'workflows')
  await mkdir(workflows, { recursive: true })
  await cp(path.join(import.meta.dirname, '..', 'workflows-examples'), workflows, { recursive: true })
  await stage.git('init', '--quiet', '--initial-branch=main')
  await stage.git('remote', 'add', 'origin', bare)
  await stage.push('The shop: a service, its chart, two environments')
  await stage.github.createRepository(repository, { git: bare })
}

function payloadOf(event: Event, sha: string, name: string): unknown {
  const repository = { full_name: name, default_branch: 'main', owner: { login: 'acme' }, name: 'shop' }
  if (event === 'pull_request') {
    const head = { ref: 'proposal', sha, repo: repository }
    return { action: 'synchronize', number: 1, repository, pull_request: { number: 1, head, base: { ref: 'main' } } }
  }
  if (event === 'schedule') return { schedule: '17 3 * * *', repository }
  return { ref: 'refs/heads/main', before: '0'.repeat(40), after: sha, repository, pusher: { name: 'dana' } }
}
