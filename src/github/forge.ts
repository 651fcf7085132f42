import type { JsonObject } from '../json.ts'

/**
 * GitHub as the suite uses it: the operations we need, in our words, nothing of HTTP. Doubles implement it in tests;
 * the real one is `connectForge`. Every method throws a GitOpsError that says what is missing (a permission, a
 * setting) or what did not answer; what is a normal answer for us ("no such ref") is a value.
 */
export interface Forge {
  /** `owner/name`. */
  readonly repository: string
  readonly issues: IssueOperations
  readonly deployments: DeploymentOperations
  readonly git: GitOperations
  readonly pulls: PullOperations
}

export interface IssueOperations {
  /** Issues (no pull requests) that carry the label, oldest first. */
  list(label: string): Promise<Issue[]>
  create(issue: { title: string; body: string; label: string }): Promise<Issue>
  update(number: number, change: IssueChange): Promise<void>
  comment(number: number, body: string): Promise<void>
  /** Makes the label unless there is one of that name. */
  ensureLabel(label: { name: string; color: string; description: string }): Promise<void>
}

export interface Issue {
  readonly number: number
  readonly url: string
  readonly title: string
  readonly body: string
  readonly state: 'open' | 'closed'
  /** Written by somebody who may write to the repository, or by an app: what its body says about itself can be believed. */
  readonly trusted: boolean
}

export interface IssueChange {
  readonly title?: string
  readonly body?: string
  readonly state?: 'open' | 'closed'
  /** Why it is closed. */
  readonly reason?: 'completed' | 'not_planned'
}

export interface DeploymentOperations {
  /** Newest first, at most `limit`. */
  list(filter: { environment: string; task?: string }, limit: number): Promise<Deployment[]>
  create(deployment: NewDeployment): Promise<Deployment>
  /** Newest first. */
  states(id: number): Promise<DeploymentState[]>
  addState(id: number, state: { state: DeploymentState; description: string; logUrl?: string }): Promise<void>
}

export interface Deployment {
  readonly id: number
  readonly sha: string
  /** RFC 3339. */
  readonly createdAt: string
  /** What we gave it, or what somebody else did. */
  readonly payload: JsonObject
}

export interface NewDeployment {
  /** The commit that is deployed: GitHub must have it. */
  readonly sha: string
  readonly environment: string
  readonly task: string
  readonly description: string
  readonly production: boolean
  readonly payload: JsonObject
}

export type DeploymentState = 'error' | 'failure' | 'inactive' | 'in_progress' | 'queued' | 'pending' | 'success'

export interface GitOperations {
  /** The commit a branch is at, or undefined when there is no such branch. */
  branch(name: string): Promise<string | undefined>
  /** Makes a branch; false when there is one already. */
  createBranch(name: string, sha: string): Promise<boolean>
  /** Sets a branch to a commit whatever it was at. */
  moveBranch(name: string, sha: string): Promise<void>
  /** Undefined when the repository has no such commit. */
  commit(sha: string): Promise<Commit | undefined>
  createCommit(commit: { message: string; tree: string; parents: readonly string[] }): Promise<string>
  /** One level of a tree. Undefined when GitHub cuts the list off (more than 100,000 entries). */
  tree(sha: string): Promise<TreeEntry[] | undefined>
  /** Makes a tree of exactly these entries. */
  createTree(entries: readonly TreeEntry[]): Promise<string>
  /** How `head` lies to `base`: `ahead` means that it has all of it and more. Undefined when they have no history in common. */
  compare(base: string, head: string): Promise<'ahead' | 'behind' | 'identical' | 'diverged' | undefined>
}

export interface Commit {
  readonly sha: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly message: string
  readonly author: string
}

export interface TreeEntry {
  /** A name, no path. */
  readonly name: string
  readonly mode: string
  readonly type: 'blob' | 'tree' | 'commit'
  readonly sha: string
}

export interface PullOperations {
  /** Pull requests from a branch of this repository into `base`, of any state, newest first. */
  list(filter: { head: string; base: string }): Promise<Pull[]>
  create(pull: { head: string; base: string; title: string; body: string }): Promise<Pull>
  update(number: number, change: { title: string; body: string }): Promise<void>
  /** The numbers of the pull requests that brought a commit. */
  ofCommit(sha: string): Promise<number[]>
  /** Where a person can open one by hand. */
  compareUrl(base: string, head: string): string
}

export interface Pull {
  readonly number: number
  readonly url: string
  readonly title: string
  readonly body: string
  readonly state: 'open' | 'closed' | 'merged'
}
