import { asList, asString, at, type Json } from '../../../../src/json.ts'
import { ApiFailure, type Call, notFound, type Route } from '../call.ts'
import type { Person, TreeEntry } from '../git.ts'

const READ = [['contents', 'read']] as const
const WRITE = [['contents', 'write']] as const

export const gitRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/git/ref/{ref}',
    needs: READ,
    async handle(call) {
      const ref = fullRef(call)
      const found = (await call.repository.git.refs(ref)).find((one) => one.ref === ref)
      if (!found) throw notFound()
      return { status: 200, body: call.present.ref(found.ref, found.sha, found.type) }
    }
  },
  {
    method: 'GET',
    path: '/git/matching-refs/{ref}',
    needs: READ,
    async handle(call) {
      const found = await call.repository.git.refs(fullRef(call))
      return { status: 200, body: found.map((one) => call.present.ref(one.ref, one.sha, one.type)) }
    }
  },
  {
    method: 'POST',
    path: '/git/refs',
    needs: WRITE,
    async handle(call) {
      const { git } = call.repository
      const ref = asString(call.body['ref']) ?? ''
      const sha = asString(call.body['sha']) ?? ''
      if (!/^refs\/[^/]+\/./.test(ref) || !(await git.validRef(ref)))
        throw new ApiFailure(422, `${ref || 'The ref'} is not a valid ref name.`)
      const type = await git.typeOf(sha)
      if (type === undefined) throw new ApiFailure(422, 'Object does not exist')
      if (await git.readRef(ref)) throw new ApiFailure(422, 'Reference already exists')
      await git.updateRef(ref, sha, '')
      return { status: 201, body: call.present.ref(ref, sha, type) }
    }
  },
  {
    method: 'PATCH',
    path: '/git/refs/{ref}',
    needs: WRITE,
    async handle(call) {
      const { git } = call.repository
      const ref = fullRef(call)
      const sha = asString(call.body['sha']) ?? ''
      const current = await git.readRef(ref)
      if (!current) throw new ApiFailure(422, 'Reference does not exist')
      if ((await git.typeOf(sha)) !== 'commit') throw new ApiFailure(422, 'Object does not exist')
      if (call.body['force'] !== true && (await git.mergeBase(current, sha)) !== current)
        throw new ApiFailure(422, 'Update is not a fast forward')
      await git.updateRef(ref, sha, current)
      return { status: 200, body: call.present.ref(ref, sha, 'commit') }
    }
  },
  {
    method: 'DELETE',
    path: '/git/refs/{ref}',
    needs: WRITE,
    async handle(call) {
      const ref = fullRef(call)
      if (!(await call.repository.git.readRef(ref))) throw new ApiFailure(422, 'Reference does not exist')
      await call.repository.git.deleteRef(ref)
      return { status: 204 }
    }
  },
  {
    method: 'GET',
    path: '/git/commits/{commit_sha}',
    needs: READ,
    async handle(call) {
      const sha = call.params['commit_sha'] ?? ''
      if ((await call.repository.git.typeOf(sha)) !== 'commit') throw notFound()
      return { status: 200, body: call.present.gitCommit(await call.repository.git.readCommit(sha)) }
    }
  },
  {
    method: 'POST',
    path: '/git/commits',
    needs: WRITE,
    async handle(call) {
      const { git } = call.repository
      const tree = asString(call.body['tree']) ?? ''
      const parents = (asList(call.body['parents']) ?? []).map((parent) => asString(parent) ?? '')
      const [treeType, ...parentTypes] = await git.typesOf([tree, ...parents])
      if (treeType !== 'tree') throw new ApiFailure(422, 'Tree SHA does not exist')
      if (parentTypes.some((type) => type !== 'commit'))
        throw new ApiFailure(422, 'Parent SHA does not exist or is not a commit object')
      const own = {
        name: call.user.login,
        email: `${call.user.id}+${call.user.login}@users.noreply.github.com`,
        date: call.now
      }
      const author = person(call.body['author'], own)
      const committer = person(call.body['committer'], author)
      const message = asString(call.body['message']) ?? ''
      const sha = await git.writeCommit({ tree, parents, author, committer, message })
      return { status: 201, body: call.present.gitCommit(await git.readCommit(sha)) }
    }
  },
  {
    method: 'GET',
    path: '/git/trees/{tree_sha}',
    needs: READ,
    async handle(call) {
      const { git } = call.repository
      const name = call.params['tree_sha'] ?? ''
      const commit = (await git.typeOf(name)) === 'tree' ? undefined : ((await git.resolve(name)) ?? null)
      if (commit === null) throw notFound()
      const sha = commit === undefined ? name : (await git.readCommit(commit)).tree
      return { status: 200, body: tree(call, sha, await git.readTree(sha, call.query['recursive'] !== undefined)) }
    }
  },
  {
    method: 'POST',
    path: '/git/trees',
    needs: WRITE,
    async handle(call) {
      const { git } = call.repository
      const base = asString(call.body['base_tree'])
      if (base !== undefined && (await git.typeOf(base)) !== 'tree' && (await git.typeOf(base)) !== 'commit')
        throw new ApiFailure(422, 'base_tree is not a valid tree oid')
      const items = asList(call.body['tree']) ?? []
      if (items.length === 0 && base === undefined) throw new ApiFailure(422, 'Invalid tree info')
      const entries = await Promise.all(items.map((item) => treeEntry(call, item)))
      // A submodule's commit lies in another repository.
      const own = entries.flatMap(({ type, sha }) => (sha === null || type === 'commit' ? [] : [{ type, sha }]))
      const types = await git.typesOf(own.map(({ sha }) => sha))
      for (const [at, { type, sha }] of own.entries())
        if (types[at] !== type) throw new ApiFailure(422, `tree.sha ${sha} is not a valid ${type}`)
      const sha = await git.writeTree(entries, base)
      return { status: 201, body: tree(call, sha, await git.readTree(sha)) }
    }
  },
  {
    method: 'GET',
    path: '/git/blobs/{file_sha}',
    needs: READ,
    async handle(call) {
      const sha = call.params['file_sha'] ?? ''
      if ((await call.repository.git.typeOf(sha)) !== 'blob') throw notFound()
      const content = await call.repository.git.readBlob(sha)
      const body = {
        sha,
        node_id: `B_${sha.slice(0, 12)}`,
        url: call.present.api(`/git/blobs/${sha}`),
        size: content.length
      }
      return { status: 200, body: { ...body, content: wrapped(content), encoding: 'base64' } }
    }
  },
  {
    method: 'POST',
    path: '/git/blobs',
    needs: WRITE,
    async handle(call) {
      const encoding = asString(call.body['encoding']) === 'base64' ? 'base64' : 'utf8'
      const sha = await call.repository.git.writeBlob(Buffer.from(asString(call.body['content']) ?? '', encoding))
      return { status: 201, body: { sha, url: call.present.api(`/git/blobs/${sha}`) } }
    }
  }
]

/** Base64 in lines of 60, as GitHub sends file contents. */
export function wrapped(content: Buffer): string {
  return content.toString('base64').replace(/.{60}/g, '$&\n')
}

function fullRef(call: Call): string {
  return `refs/${(call.params['ref'] ?? '').replace(/^refs\//, '')}`
}

function person(given: Json | undefined, fallback: Person): Person {
  const date = asString(at(given, 'date')) ?? fallback.date
  return {
    name: asString(at(given, 'name')) ?? fallback.name,
    email: asString(at(given, 'email')) ?? fallback.email,
    date
  }
}

async function treeEntry(call: Call, item: Json): Promise<Omit<TreeEntry, 'sha'> & { sha: string | null }> {
  const { git } = call.repository
  const path = asString(at(item, 'path')) ?? ''
  const mode = asString(at(item, 'mode')) ?? '100644'
  const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob'
  if (path === '' || path.split('/').some((part) => ['', '.', '..', '.git'].includes(part)))
    throw new ApiFailure(422, 'tree.path contains a malformed path component')
  const content = asString(at(item, 'content'))
  if (content !== undefined) return { path, mode, type: 'blob', sha: await git.writeBlob(Buffer.from(content)) }
  return { path, mode, type, sha: asString(at(item, 'sha')) ?? null }
}

function tree(call: Call, sha: string, entries: readonly TreeEntry[]): Json {
  const url = (entry: TreeEntry) => call.present.api(`/git/${entry.type}s/${entry.sha}`)
  return {
    sha,
    url: call.present.api(`/git/trees/${sha}`),
    truncated: false,
    tree: entries.map((entry) => ({ ...entry, ...(entry.type === 'commit' ? {} : { url: url(entry) }) }))
  }
}
