import type { JsonObject } from '../../../src/json.ts'
import type { Commit, FileChange } from './git.ts'

/** What Git holds, in the shapes of GitHub's answers. Links to pages lead to the double itself, never to a stranger's repository. */
export class GitPresenter {
  /** The address of the request that is being answered, without its query. */
  readonly selfUrl: string
  protected readonly base: string
  readonly #name: string

  constructor(base: string, path: string, repository: string) {
    this.selfUrl = base + path
    this.base = base
    this.#name = repository
  }

  api(path: string): string {
    return `${this.base}/repos/${this.#name}${path}`
  }

  html(path: string): string {
    return `${this.base}/${this.#name}${path}`
  }

  ref(ref: string, sha: string, type: string): JsonObject {
    const object = { type, sha, url: this.api(`/git/${type}s/${sha}`) }
    return { ref, node_id: `REF_${sha.slice(0, 12)}`, url: this.api(`/git/${ref}`), object }
  }

  gitCommit(commit: Commit): JsonObject {
    return {
      sha: commit.sha,
      node_id: `C_${commit.sha.slice(0, 12)}`,
      url: this.api(`/git/commits/${commit.sha}`),
      html_url: this.html(`/commit/${commit.sha}`),
      author: { ...commit.author },
      committer: { ...commit.committer },
      message: commit.message,
      tree: { sha: commit.tree, url: this.api(`/git/trees/${commit.tree}`) },
      parents: commit.parents.map((sha) => ({
        sha,
        url: this.api(`/git/commits/${sha}`),
        html_url: this.html(`/commit/${sha}`)
      })),
      verification: UNSIGNED
    }
  }

  commit(commit: Commit): JsonObject {
    const git = this.gitCommit(commit)
    return {
      sha: commit.sha,
      node_id: `C_${commit.sha.slice(0, 12)}`,
      url: this.api(`/commits/${commit.sha}`),
      html_url: this.html(`/commit/${commit.sha}`),
      comments_url: this.api(`/commits/${commit.sha}/comments`),
      commit: {
        url: git['url'] ?? '',
        author: { ...commit.author },
        committer: { ...commit.committer },
        message: commit.message,
        tree: git['tree'] ?? {},
        comment_count: 0,
        verification: UNSIGNED
      },
      author: null,
      committer: null,
      parents: git['parents'] ?? []
    }
  }

  file(change: FileChange, commit: string): JsonObject {
    const path = change.filename.split('/').map(encodeURIComponent).join('/')
    return {
      sha: change.sha,
      filename: change.filename,
      status: change.status,
      additions: change.additions,
      deletions: change.deletions,
      changes: change.additions + change.deletions,
      blob_url: this.html(`/blob/${commit}/${path}`),
      raw_url: this.html(`/raw/${commit}/${path}`),
      contents_url: this.api(`/contents/${path}?ref=${commit}`)
    }
  }
}

const UNSIGNED: JsonObject = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null }
