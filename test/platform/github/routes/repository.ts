import type { JsonObject } from '../../../../src/json.ts'
import { ApiFailure, type Call, notFound, paged, type Route } from '../call.ts'
import type { TreeEntry } from '../git.ts'
import { wrapped } from './git.ts'

const READ = [['contents', 'read']] as const

export const repositoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '',
    needs: [['metadata', 'read']],
    handle: async (call) => ({ status: 200, body: await call.present.repo() })
  },
  {
    method: 'GET',
    path: '/branches/{branch}',
    needs: READ,
    async handle(call) {
      const { git } = call.repository
      const name = call.params['branch'] ?? ''
      const sha = await git.readRef(`refs/heads/${name}`)
      if (!sha) throw new ApiFailure(404, 'Branch not found')
      const url = call.present.api(`/branches/${encodeURIComponent(name)}`)
      return {
        status: 200,
        body: {
          name,
          commit: call.present.commit(await git.readCommit(sha)),
          _links: { self: url, html: call.present.html(`/tree/${name}`) },
          protected: false,
          protection: {
            enabled: false,
            required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] }
          },
          protection_url: `${url}/protection`
        }
      }
    }
  },
  {
    method: 'GET',
    path: '/commits',
    needs: READ,
    async handle(call) {
      const { git } = call.repository
      const from = await git.resolve(call.query['sha'] ?? (await git.defaultBranch()))
      if (!from) throw notFound()
      const shas = await git.log(from, 1000, call.query['path'])
      const commits = new Map(
        await Promise.all(shas.slice(0, 300).map(async (sha) => [sha, await git.readCommit(sha)] as const))
      )
      return paged(call, [...commits.values()], (commit) => call.present.commit(commit))
    }
  },
  {
    method: 'GET',
    path: '/commits/{ref}',
    needs: READ,
    async handle(call) {
      const { git } = call.repository
      const sha = await git.resolve(call.params['ref'] ?? '')
      if (!sha) throw new ApiFailure(422, `No commit found for SHA: ${call.params['ref']}`)
      const commit = await git.readCommit(sha)
      const parent = commit.parents[0]
      const files = parent ? (await git.changes(parent, sha)).map((change) => call.present.file(change, sha)) : []
      return { status: 200, body: { ...call.present.commit(commit), files } }
    }
  },
  {
    method: 'GET',
    path: '/compare/{basehead}',
    needs: READ,
    handle: compare
  },
  {
    method: 'GET',
    path: '/contents/{path}',
    needs: READ,
    async handle(call) {
      const { git } = call.repository
      const path = (call.params['path'] ?? '').replace(/\/$/, '')
      const sha = await git.resolve(call.query['ref'] ?? (await git.defaultBranch()))
      if (!sha) throw new ApiFailure(404, `No commit found for the ref ${call.query['ref'] ?? ''}`)
      const entries = await git.readTree((await git.readCommit(sha)).tree, true)
      const found = entries.find((entry) => entry.path === path)
      if (!found) throw notFound()
      if (found.type === 'tree') {
        const inside = entries.filter(
          (one) => one.path.startsWith(`${path}/`) && !one.path.slice(path.length + 1).includes('/')
        )
        return { status: 200, body: inside.map((one) => contentEntry(call, one, sha)) }
      }
      const content = wrapped(await git.readBlob(found.sha))
      return { status: 200, body: { ...contentEntry(call, found, sha), content, encoding: 'base64' } }
    }
  }
]

async function compare(call: Call) {
  const { git } = call.repository
  const [baseName = '', headName = ''] = (call.params['basehead'] ?? '').split('...')
  const base = await git.resolve(baseName)
  const head = await git.resolve(headName)
  const common = base && head ? await git.mergeBase(base, head) : undefined
  if (!base || !head || !common) throw notFound()
  const [ahead, behind, files] = await Promise.all([
    git.between(base, head),
    git.between(head, base),
    git.changes(common, head)
  ])
  const status =
    ahead.length > 0 ? (behind.length > 0 ? 'diverged' : 'ahead') : behind.length > 0 ? 'behind' : 'identical'
  const commits = await Promise.all(ahead.slice(0, 250).map((sha) => git.readCommit(sha)))
  const page = call.present.html(`/compare/${baseName}...${headName}`)
  return {
    status: 200,
    body: {
      url: call.present.api(`/compare/${baseName}...${headName}`),
      html_url: page,
      permalink_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      base_commit: call.present.commit(await git.readCommit(base)),
      merge_base_commit: call.present.commit(await git.readCommit(common)),
      status,
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: commits.map((commit) => call.present.commit(commit)),
      files: files.slice(0, 300).map((change) => call.present.file(change, head))
    }
  }
}

function contentEntry(call: Call, entry: TreeEntry, commit: string): JsonObject {
  const path = entry.path.split('/').map(encodeURIComponent).join('/')
  const url = call.present.api(`/contents/${path}?ref=${commit}`)
  const gitUrl = call.present.api(`/git/${entry.type}s/${entry.sha}`)
  const page = call.present.html(`/blob/${commit}/${path}`)
  return {
    type: entry.type === 'tree' ? 'dir' : entry.type === 'commit' ? 'submodule' : 'file',
    size: entry.size ?? 0,
    name: entry.path.slice(entry.path.lastIndexOf('/') + 1),
    path: entry.path,
    sha: entry.sha,
    url,
    git_url: gitUrl,
    html_url: page,
    download_url: entry.type === 'blob' ? call.present.html(`/raw/${commit}/${path}`) : null,
    _links: { self: url, git: gitUrl, html: page }
  }
}
