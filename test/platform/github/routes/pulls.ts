import { asString } from '../../../../src/json.ts'
import { ApiFailure, type Call, invalid, notFound, paged, type Route } from '../call.ts'
import type { Issue, Pull } from '../state.ts'
import { checkBody, checkTitle, newIssue, setState } from './issues.ts'

const READ = [['pull-requests', 'read']] as const
const WRITE = [['pull-requests', 'write']] as const

type PullRequest = Issue & { pull: Pull }

export const pullRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/pulls',
    needs: READ,
    async handle(call) {
      const { state = 'open', head, base, direction = 'desc' } = call.query
      const found: PullRequest[] = []
      for (const one of pulls(call)) {
        const label = `${owner(call)}:${one.pull.headRef}`
        // GitHub ignores a head that is not `user:branch`.
        if (head?.includes(':') && head !== label) continue
        if (base !== undefined && base !== one.pull.baseRef) continue
        if (state === 'all' || state === one.state) found.push(await refreshed(call, one))
      }
      found.sort((one, other) => (one.number - other.number) * (direction === 'asc' ? 1 : -1))
      const shown = new Map(
        await Promise.all(found.map(async (one) => [one, await call.present.pullSimple(one, one.pull)] as const))
      )
      return paged(call, found, (one) => shown.get(one) ?? null)
    }
  },
  {
    method: 'POST',
    path: '/pulls',
    needs: WRITE,
    async handle(call) {
      const { repository, body } = call
      if (!repository.actionsMayOpenPulls && call.user.login === 'github-actions[bot]')
        throw new ApiFailure(403, 'GitHub Actions is not permitted to create or approve pull requests.')
      const headRef = (asString(body['head']) ?? '').replace(`${owner(call)}:`, '')
      const baseRef = asString(body['base']) ?? ''
      const headSha = await repository.git.readRef(`refs/heads/${headRef}`)
      const baseSha = await repository.git.readRef(`refs/heads/${baseRef}`)
      if (!headSha) throw invalid('PullRequest', 'head', 'invalid')
      if (!baseSha) throw invalid('PullRequest', 'base', 'invalid')
      if ((await repository.git.between(baseSha, headSha)).length === 0)
        throw invalid('PullRequest', 'head', 'custom', `No commits between ${baseRef} and ${headRef}`)
      if (
        pulls(call).some((one) => one.state === 'open' && one.pull.headRef === headRef && one.pull.baseRef === baseRef)
      )
        throw invalid('PullRequest', 'head', 'custom', `A pull request already exists for ${owner(call)}:${headRef}.`)
      const issue = newIssue(call, body['title'] ?? '', body['body'] ?? null)
      const pull: Pull = {
        headRef,
        headSha,
        baseRef,
        baseSha,
        draft: body['draft'] === true,
        mergedAt: null,
        mergedBy: null,
        mergeSha: null
      }
      const request = { ...issue, pull }
      repository.issues.push(request)
      return { status: 201, body: await call.present.pull(request, pull) }
    }
  },
  {
    method: 'GET',
    path: '/pulls/{pull_number}',
    needs: READ,
    async handle(call) {
      const request = await refreshed(call, pullOf(call))
      return { status: 200, body: await call.present.pull(request, request.pull) }
    }
  },
  {
    method: 'PATCH',
    path: '/pulls/{pull_number}',
    needs: WRITE,
    async handle(call) {
      const request = pullOf(call)
      const { title, body, state } = call.body
      if (typeof title === 'string') request.title = checkTitle(title)
      if (typeof body === 'string') request.body = checkBody('PullRequest', body)
      if (typeof state === 'string' && state !== request.state) {
        if (request.pull.mergedAt) throw invalid('PullRequest', 'state', 'invalid')
        setState(call, request, state === 'closed' ? 'closed' : 'open', undefined)
      }
      request.updatedAt = call.now
      await refreshed(call, request)
      return { status: 200, body: await call.present.pull(request, request.pull) }
    }
  },
  { method: 'PUT', path: '/pulls/{pull_number}/merge', needs: [['contents', 'write']], handle: merge },
  {
    method: 'GET',
    path: '/commits/{commit_sha}/pulls',
    needs: READ,
    async handle(call) {
      const { git } = call.repository
      const sha = await git.resolve(call.params['commit_sha'] ?? '')
      if (!sha) throw new ApiFailure(422, `No commit found for SHA: ${call.params['commit_sha']}`)
      const found: PullRequest[] = []
      for (const one of pulls(call)) {
        const contains =
          one.pull.mergeSha === sha || (await git.between(one.pull.baseSha, one.pull.headSha)).includes(sha)
        if (contains) found.push(one)
      }
      const shown = await Promise.all(found.map((one) => call.present.pullSimple(one, one.pull)))
      return { status: 200, body: shown }
    }
  }
]

async function merge(call: Call) {
  const { git } = call.repository
  const request = await refreshed(call, pullOf(call))
  const { pull } = request
  const method = asString(call.body['merge_method']) ?? 'merge'
  if (method === 'rebase') throw new ApiFailure(405, 'Rebase merges are not allowed on this repository.')
  const expected = asString(call.body['sha'])
  if (expected !== undefined && expected !== pull.headSha)
    throw new ApiFailure(409, 'Head branch was modified. Review and try the merge again.')
  const tree = await git.mergeTrees(pull.baseSha, pull.headSha)
  if (request.state !== 'open' || pull.draft || !tree) throw new ApiFailure(405, 'Pull Request is not mergeable')
  const title =
    method === 'squash'
      ? `${request.title} (#${request.number})`
      : `Merge pull request #${request.number} from ${owner(call)}/${pull.headRef}`
  const text = asString(call.body['commit_message']) ?? (method === 'squash' ? (request.body ?? '') : request.title)
  const sha = await git.writeCommit({
    tree,
    parents: method === 'squash' ? [pull.baseSha] : [pull.baseSha, pull.headSha],
    author: {
      name: call.user.login,
      email: `${call.user.id}+${call.user.login}@users.noreply.github.com`,
      date: call.now
    },
    committer: { name: 'GitHub', email: 'noreply@github.com', date: call.now },
    message: `${asString(call.body['commit_title']) ?? title}\n\n${text}`
  })
  await git.updateRef(`refs/heads/${pull.baseRef}`, sha, pull.baseSha)
  Object.assign(pull, { mergedAt: call.now, mergedBy: call.user, mergeSha: sha })
  setState(call, request, 'closed', undefined)
  return { status: 200, body: { sha, merged: true, message: 'Pull Request successfully merged' } }
}

/** While it is open a pull request follows its branches. */
async function refreshed(call: Call, request: PullRequest): Promise<PullRequest> {
  if (request.state !== 'open') return request
  const { git } = call.repository
  request.pull.headSha = (await git.readRef(`refs/heads/${request.pull.headRef}`)) ?? request.pull.headSha
  request.pull.baseSha = (await git.readRef(`refs/heads/${request.pull.baseRef}`)) ?? request.pull.baseSha
  return request
}

function pulls(call: Call): PullRequest[] {
  return call.repository.issues.filter((issue): issue is PullRequest => issue.pull !== undefined)
}

function pullOf(call: Call): PullRequest {
  const found = pulls(call).find((one) => String(one.number) === call.params['pull_number'])
  if (!found) throw notFound()
  return found
}

function owner(call: Call): string {
  return call.repository.name.split('/')[0] ?? ''
}
