import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Faults } from './faults.ts'
import { GitRepository } from './git.ts'
import { FIRST_LABELS, type Permissions, type Repository, type Token, type User } from './state.ts'

/** A request as it came in, for tests that count or read them. Bodies are kept, tokens are not. */
export interface RequestRecord {
  readonly method: string
  readonly path: string
  readonly route: string
  readonly repository: string
  readonly body?: string
  status: number
}

/** What was wrong with how the double was used: each one fails the test that asks. */
export interface Problem {
  readonly repository: string
  readonly request: string
  readonly problem: string
}

export const ACTIONS_BOT: User = { login: 'github-actions[bot]', id: 41_898_282, type: 'Bot', association: 'NONE' }

/** Everything a job may have when its workflow asks for it. */
export const JOB_PERMISSIONS: Permissions = {
  contents: 'write',
  issues: 'write',
  'pull-requests': 'write',
  deployments: 'write',
  statuses: 'write',
  metadata: 'read'
}

/** All that the double remembers. */
export class World {
  readonly faults = new Faults()
  readonly main: string
  readonly #mainGit: string | undefined
  readonly #repositories = new Map<string, Promise<Repository>>()
  readonly #tokens = new Map<string, Token>()
  readonly jobToken: string
  readonly #parent: string
  #directory: Promise<string> | undefined
  #template: Promise<GitRepository> | undefined
  #lastId = 1000
  requests: RequestRecord[] = []
  problems: Problem[] = []

  /** `parent`: the folder that the repositories of its own lie below. */
  constructor(repository: string, git: string | undefined, parent: string = tmpdir()) {
    this.#parent = parent
    this.main = repository
    this.#mainGit = git
    this.jobToken = this.addToken(ACTIONS_BOT, JOB_PERMISSIONS)
    this.addRepository(repository, git)
  }

  newId(): number {
    return ++this.#lastId
  }

  addToken(user: User, permissions: Permissions): string {
    const token = `ghs_${randomBytes(18).toString('hex')}`
    this.#tokens.set(token, { token, user, permissions })
    return token
  }

  token(value: string): Token | undefined {
    return this.#tokens.get(value)
  }

  /** A repository with nothing in it; one of the same name is replaced. */
  addRepository(name: string, git?: string): Promise<Repository> {
    const made = this.#makeRepository(name, git)
    this.#repositories.set(name.toLowerCase(), made)
    return made
  }

  repository(name: string): Promise<Repository> | undefined {
    return this.#repositories.get(name.toLowerCase())
  }

  /** Remembers a request; of a double that runs for days only the last ones. */
  record(request: RequestRecord): void {
    this.requests.push(request)
    if (this.requests.length > 20_000) this.requests = this.requests.slice(-10_000)
  }

  /** Back to the beginning: everything, or one repository (other tests may be at work in the others). */
  async reset(name?: string): Promise<void> {
    this.faults.clear(name)
    this.requests = name ? this.requests.filter((one) => one.repository !== name) : []
    this.problems = name ? this.problems.filter((one) => one.repository !== name) : []
    if (!name) {
      this.#repositories.clear()
      await this.addRepository(this.main, this.#mainGit)
      return
    }
    const old = await this.repository(name)
    await this.addRepository(name, old?.knowsItsCommits ? old.git.path : undefined)
  }

  async close(): Promise<void> {
    this.faults.clear()
    await Promise.allSettled(this.#repositories.values())
    if (this.#directory) await rm(await this.#directory, { recursive: true, force: true })
  }

  async #makeRepository(name: string, git: string | undefined): Promise<Repository> {
    return {
      name,
      git: git === undefined ? await this.#newGit() : new GitRepository(git),
      knowsItsCommits: git !== undefined,
      actionsMayOpenPulls: true,
      hasIssues: true,
      nextNumber: 1,
      issues: [],
      labels: FIRST_LABELS.map((label) => ({ id: this.newId(), ...label })),
      deployments: [],
      statuses: []
    }
  }

  async #newGit(): Promise<GitRepository> {
    this.#directory ??= mkdtemp(path.join(this.#parent, 'gitops-github-'))
    const directory = path.join(await this.#directory, `${this.newId()}.git`)
    this.#template ??= GitRepository.create(path.join(await this.#directory, 'template.git'))
    return (await this.#template).copy(directory)
  }
}
