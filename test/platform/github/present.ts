import { isObject, type Json, type JsonObject } from '../../../src/json.ts'
import type { Description } from './openapi.ts'
import { GitPresenter } from './present-git.ts'
import type {
  Comment,
  CommitStatus,
  Deployment,
  DeploymentStatus,
  Issue,
  Label,
  Pull,
  Repository,
  User
} from './state.ts'

/** The double's state in the shapes of GitHub's answers. */
export class Presenter extends GitPresenter {
  readonly #repository: Repository
  readonly #description: Description

  constructor(base: string, path: string, repository: Repository, description: Description) {
    super(base, path, repository.name)
    this.#repository = repository
    this.#description = description
  }

  user(user: User): JsonObject {
    const api = `${this.base}/users/${encodeURIComponent(user.login)}`
    const rest = ['followers', 'gists', 'starred', 'subscriptions', 'orgs', 'repos', 'events', 'received_events']
    const names: Record<string, string> = { orgs: 'organizations_url' }
    return {
      login: user.login,
      id: user.id,
      node_id: `U_${user.id}`,
      avatar_url: `${this.base}/avatars/${user.id}`,
      gravatar_id: '',
      url: api,
      html_url: `${this.base}/${user.login.replace(/^(.*)\[bot\]$/, 'apps/$1')}`,
      following_url: `${api}/following{/other_user}`,
      ...Object.fromEntries(rest.map((part) => [names[part] ?? `${part}_url`, `${api}/${part}`])),
      type: user.type,
      site_admin: false
    }
  }

  /** The repository: the published example with our names, links and settings. */
  async repo(): Promise<JsonObject> {
    const [owner = '', name = ''] = this.#repository.name.split('/')
    const example = rename(this.#description.example('full-repository'), [
      ['https://api.github.com', this.base],
      ['https://github.com', this.base],
      ['octocat/Hello-World', this.#repository.name]
    ])
    const {
      organization: _organization,
      parent: _parent,
      source: _source,
      template_repository: _template,
      ...rest
    } = example
    return {
      ...rest,
      name,
      full_name: this.#repository.name,
      owner: this.user({ login: owner, id: 1, type: 'User', association: 'MEMBER' }),
      private: true,
      visibility: 'private',
      default_branch: await this.#repository.git.defaultBranch(),
      has_issues: this.#repository.hasIssues,
      has_discussions: false,
      has_downloads: false,
      allow_rebase_merge: false,
      open_issues_count: this.#repository.issues.filter((issue) => issue.state === 'open').length
    }
  }

  label(label: Label): JsonObject {
    return {
      ...label,
      node_id: `LA_${label.id}`,
      url: this.api(`/labels/${encodeURIComponent(label.name)}`),
      default: false
    }
  }

  /** Labels of an issue, by name; GitHub keeps the issue's spelling of its own label. */
  #labels(names: readonly string[]): JsonObject[] {
    return names.flatMap((name) => {
      const label = this.#repository.labels.find((one) => one.name.toLowerCase() === name.toLowerCase())
      return label ? [this.label(label)] : []
    })
  }

  issue(issue: Issue): JsonObject {
    const url = this.api(`/issues/${issue.number}`)
    const page = this.html(`/${issue.pull ? 'pull' : 'issues'}/${issue.number}`)
    return {
      ...this.#shared(issue),
      url,
      html_url: page,
      repository_url: this.api(''),
      labels_url: `${url}/labels{/name}`,
      comments_url: `${url}/comments`,
      events_url: `${url}/events`,
      timeline_url: `${url}/timeline`,
      state_reason: issue.stateReason,
      closed_by: issue.closedBy ? this.user(issue.closedBy) : null,
      comments: issue.comments.length,
      assignees: [],
      ...(issue.pull ? { draft: issue.pull.draft, pull_request: this.#pullLinks(issue, issue.pull) } : {})
    }
  }

  #shared(issue: Issue): JsonObject {
    return {
      id: issue.id,
      node_id: `I_${issue.id}`,
      number: issue.number,
      title: issue.title,
      body: issue.body,
      state: issue.state,
      labels: this.#labels(issue.labels),
      user: this.user(issue.user),
      assignee: null,
      milestone: null,
      locked: false,
      active_lock_reason: null,
      author_association: issue.user.association,
      created_at: issue.createdAt,
      updated_at: issue.updatedAt,
      closed_at: issue.closedAt
    }
  }

  #pullLinks(issue: Issue, pull: Pull): JsonObject {
    const page = this.html(`/pull/${issue.number}`)
    return {
      url: this.api(`/pulls/${issue.number}`),
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: pull.mergedAt
    }
  }

  comment(issue: Issue, comment: Comment): JsonObject {
    return {
      id: comment.id,
      node_id: `IC_${comment.id}`,
      url: this.api(`/issues/comments/${comment.id}`),
      html_url: this.html(`/issues/${issue.number}#issuecomment-${comment.id}`),
      issue_url: this.api(`/issues/${issue.number}`),
      body: comment.body,
      user: this.user(comment.user),
      author_association: comment.user.association,
      created_at: comment.createdAt,
      updated_at: comment.updatedAt
    }
  }

  /** A pull request as lists show it. */
  async pullSimple(issue: Issue, pull: Pull): Promise<JsonObject> {
    const repo = await this.repo()
    const [owner = ''] = this.#repository.name.split('/')
    const { merged_at, ...links } = this.#pullLinks(issue, pull)
    const side = (ref: string, sha: string): JsonObject => ({
      label: `${owner}:${ref}`,
      ref,
      sha,
      repo,
      user: this.user({ login: owner, id: 1, type: 'User', association: 'MEMBER' })
    })
    const urls: JsonObject = {
      comments_url: this.api(`/issues/${issue.number}/comments`),
      commits_url: this.api(`/pulls/${issue.number}/commits`),
      issue_url: this.api(`/issues/${issue.number}`),
      review_comment_url: this.api('/pulls/comments{/number}'),
      review_comments_url: this.api(`/pulls/${issue.number}/comments`),
      statuses_url: this.api(`/statuses/${pull.headSha}`)
    }
    const href = (to: Json | undefined): JsonObject => ({ href: to ?? '' })
    return {
      ...this.#shared(issue),
      ...links,
      ...urls,
      merged_at: merged_at ?? null,
      merge_commit_sha: pull.mergeSha,
      head: side(pull.headRef, pull.headSha),
      base: side(pull.baseRef, pull.baseSha),
      draft: pull.draft,
      auto_merge: null,
      assignees: [],
      requested_reviewers: [],
      requested_teams: [],
      _links: {
        self: href(links['url']),
        html: href(links['html_url']),
        issue: href(urls['issue_url']),
        comments: href(urls['comments_url']),
        review_comments: href(urls['review_comments_url']),
        review_comment: href(urls['review_comment_url']),
        commits: href(urls['commits_url']),
        statuses: href(urls['statuses_url'])
      }
    }
  }

  /** A pull request by itself. `merged` ones and closed ones are not asked whether they could be merged. */
  async pull(issue: Issue, pull: Pull): Promise<JsonObject> {
    const { git } = this.#repository
    const base = (await git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha
    const [files, commits] = await Promise.all([git.changes(base, pull.headSha), git.between(base, pull.headSha)])
    const mergeable = issue.state === 'open' ? (await git.mergeTrees(pull.baseSha, pull.headSha)) !== undefined : null
    return {
      ...(await this.pullSimple(issue, pull)),
      merged: pull.mergedAt !== null,
      merged_by: pull.mergedBy ? this.user(pull.mergedBy) : null,
      mergeable,
      mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
      maintainer_can_modify: false,
      comments: issue.comments.length,
      review_comments: 0,
      commits: commits.length,
      additions: files.reduce((sum, file) => sum + file.additions, 0),
      deletions: files.reduce((sum, file) => sum + file.deletions, 0),
      changed_files: files.length
    }
  }

  deployment(deployment: Deployment): JsonObject {
    const url = this.api(`/deployments/${deployment.id}`)
    return {
      id: deployment.id,
      node_id: `DE_${deployment.id}`,
      url,
      sha: deployment.sha,
      ref: deployment.ref,
      task: deployment.task,
      environment: deployment.environment,
      original_environment: deployment.environment,
      payload: isObject(deployment.payload) || typeof deployment.payload === 'string' ? deployment.payload : {},
      description: deployment.description,
      creator: this.user(deployment.creator),
      transient_environment: deployment.transient,
      production_environment: deployment.production,
      created_at: deployment.createdAt,
      updated_at: deployment.statuses.at(-1)?.createdAt ?? deployment.createdAt,
      statuses_url: `${url}/statuses`,
      repository_url: this.api('')
    }
  }

  deploymentStatus(deployment: Deployment, status: DeploymentStatus): JsonObject {
    const url = this.api(`/deployments/${deployment.id}`)
    return {
      id: status.id,
      node_id: `DES_${status.id}`,
      url: `${url}/statuses/${status.id}`,
      state: status.state,
      description: status.description,
      environment: status.environment,
      environment_url: status.environmentUrl,
      log_url: status.logUrl,
      target_url: status.logUrl,
      creator: this.user(status.creator),
      created_at: status.createdAt,
      updated_at: status.createdAt,
      deployment_url: url,
      repository_url: this.api('')
    }
  }

  commitStatus(status: CommitStatus): JsonObject {
    return {
      id: status.id,
      node_id: `SC_${status.id}`,
      url: this.api(`/statuses/${status.sha}`),
      avatar_url: `${this.base}/avatars/${status.creator.id}`,
      state: status.state,
      description: status.description,
      target_url: status.targetUrl,
      context: status.context,
      creator: this.user(status.creator),
      created_at: status.createdAt,
      updated_at: status.createdAt
    }
  }
}

function rename(value: JsonObject, names: readonly (readonly [string, string])[]): JsonObject {
  const walk = (node: Json): Json => {
    if (typeof node === 'string') return names.reduce((text, [from, to]) => text.replaceAll(from, to), node)
    if (Array.isArray(node)) return node.map(walk)
    return isObject(node) ? Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child)])) : node
  }
  const renamed = walk(value)
  return isObject(renamed) ? renamed : {}
}
