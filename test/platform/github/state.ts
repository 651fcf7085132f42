import type { Json, JsonObject } from '../../../src/json.ts'
import type { GitRepository } from './git.ts'

export interface User {
  readonly login: string
  readonly id: number
  readonly type: 'Bot' | 'User'
  /** What the user is to the repository; GitHub says NONE of bots. */
  readonly association: 'MEMBER' | 'NONE'
}

/** Access a token has, in the words of a workflow's `permissions:` block. */
export type Scope = 'contents' | 'issues' | 'pull-requests' | 'deployments' | 'statuses' | 'metadata'
export type Access = 'read' | 'write'
export type Permissions = Partial<Record<Scope, Access>>

export interface Token {
  readonly token: string
  readonly user: User
  readonly permissions: Permissions
}

export interface Label {
  id: number
  name: string
  color: string
  description: string | null
}

export interface Comment {
  id: number
  body: string
  user: User
  createdAt: string
  updatedAt: string
}

/** An issue; also the half of a pull request that GitHub treats as one (they share their numbers). */
export interface Issue {
  id: number
  number: number
  title: string
  body: string | null
  state: 'open' | 'closed'
  stateReason: string | null
  labels: string[]
  user: User
  createdAt: string
  updatedAt: string
  closedAt: string | null
  closedBy: User | null
  comments: Comment[]
  pull?: Pull
}

export interface Pull {
  headRef: string
  headSha: string
  baseRef: string
  baseSha: string
  draft: boolean
  mergedAt: string | null
  mergedBy: User | null
  mergeSha: string | null
}

export interface DeploymentStatus {
  id: number
  state: string
  description: string
  environment: string
  environmentUrl: string
  logUrl: string
  creator: User
  createdAt: string
}

export interface Deployment {
  id: number
  sha: string
  ref: string
  task: string
  environment: string
  description: string | null
  payload: Json
  transient: boolean
  production: boolean
  creator: User
  createdAt: string
  statuses: DeploymentStatus[]
}

export interface CommitStatus {
  id: number
  sha: string
  state: string
  description: string | null
  targetUrl: string | null
  context: string
  creator: User
  createdAt: string
}

/** What one repository on the double holds. `git` is a real bare repository. */
export interface Repository {
  readonly name: string
  readonly git: GitRepository
  /** False where the commits of the workflows under test are not in `git`: then a full SHA is taken on trust. */
  readonly knowsItsCommits: boolean
  /** The repository's setting "Allow GitHub Actions to create and approve pull requests". */
  actionsMayOpenPulls: boolean
  hasIssues: boolean
  nextNumber: number
  issues: Issue[]
  labels: Label[]
  deployments: Deployment[]
  statuses: CommitStatus[]
}

/** The labels that a new repository has on GitHub, as far as they matter: some exist, ours do not. */
export const FIRST_LABELS: readonly Omit<Label, 'id'>[] = [
  { name: 'bug', color: 'd73a4a', description: "Something isn't working" },
  { name: 'enhancement', color: 'a2eeef', description: 'New feature or request' }
]

/** The state as tests and people read it: no ids that only the API needs. */
export function snapshot(repository: Repository): JsonObject {
  return {
    repository: repository.name,
    git: repository.git.path,
    issues: repository.issues.map((issue) => ({
      number: issue.number,
      title: issue.title,
      body: issue.body,
      state: issue.state,
      stateReason: issue.stateReason,
      labels: issue.labels,
      user: issue.user.login,
      createdAt: issue.createdAt,
      closedAt: issue.closedAt,
      comments: issue.comments.map((comment) => ({ id: comment.id, body: comment.body, user: comment.user.login })),
      pull: issue.pull ? { ...issue.pull, mergedBy: issue.pull.mergedBy?.login ?? null } : null
    })),
    labels: repository.labels.map((label) => ({ ...label })),
    deployments: repository.deployments.map((deployment) => ({
      ...deployment,
      creator: deployment.creator.login,
      statuses: deployment.statuses.map((status) => ({ ...status, creator: status.creator.login }))
    })),
    statuses: repository.statuses.map((status) => ({ ...status, creator: status.creator.login }))
  }
}
