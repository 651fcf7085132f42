import type { Failure } from '../failure.ts'
import type { GitOperations, TreeEntry } from '../forge.ts'
import type { Client } from './client.ts'

type Mode = '100644' | '100755' | '040000' | '160000' | '120000'

export function gitOperations(client: Client): GitOperations {
  return {
    branch: (name) =>
      client.call<{ object: { sha: string } }, string | undefined>(
        'contents: read',
        (rest) => rest.git.getRef({ ...client.place, ref: `heads/${name}` }),
        (data) => data.object.sha,
        { accept: absent }
      ),
    createBranch: (name, sha) =>
      client.call<unknown, boolean>(
        'contents: write',
        (rest) => rest.git.createRef({ ...client.place, ref: `refs/heads/${name}`, sha }),
        () => true,
        {
          accept: (failure) =>
            failure.status === 422 && /already exists/i.test(failure.message) ? { value: false } : undefined,
          settling: notThereYet
        }
      ),
    moveBranch: (name, sha) =>
      client.call(
        'contents: write',
        (rest) => rest.git.updateRef({ ...client.place, ref: `heads/${name}`, sha, force: true }),
        () => undefined,
        { settling: notThereYet }
      ),
    commit: (sha) =>
      client.call(
        'contents: read',
        (rest) => rest.git.getCommit({ ...client.place, commit_sha: sha }),
        (data) => ({
          sha: data.sha,
          tree: data.tree.sha,
          parents: data.parents.map((parent) => parent.sha),
          message: data.message,
          author: data.author.name
        }),
        { accept: absent }
      ),
    createCommit: ({ message, tree, parents }) =>
      client.call(
        'contents: write',
        (rest) => rest.git.createCommit({ ...client.place, message, tree, parents: [...parents] }),
        (data) => data.sha,
        { settling: notThereYet }
      ),
    tree: (sha) =>
      client.call(
        'contents: read',
        (rest) => rest.git.getTree({ ...client.place, tree_sha: sha }),
        (data): TreeEntry[] | undefined => (data.truncated ? undefined : data.tree.map(readEntry))
      ),
    createTree: (entries) =>
      client.call(
        'contents: write',
        (rest) =>
          rest.git.createTree({
            ...client.place,
            tree: entries.map(({ name, mode, type, sha }) => ({ path: name, mode: asMode(mode), type, sha }))
          }),
        (data) => data.sha,
        { settling: notThereYet }
      ),
    compare: (base, head) =>
      client.call<
        { status: 'ahead' | 'behind' | 'identical' | 'diverged' },
        'ahead' | 'behind' | 'identical' | 'diverged' | undefined
      >(
        'contents: read',
        (rest) =>
          rest.repos.compareCommitsWithBasehead({ ...client.place, basehead: `${base}...${head}`, per_page: 1 }),
        (data) => data.status,
        { accept: absent }
      )
  }
}

/** 409 is GitHub's answer for a repository without any commit. */
function absent(failure: Failure): { value: undefined } | undefined {
  return failure.status === 404 || failure.status === 409 ? { value: undefined } : undefined
}

/** An object made a moment ago may not have reached the server that answers. */
function notThereYet(failure: Failure): boolean {
  return failure.status === 422 && /does not exist|not a valid (blob|tree|commit)/i.test(failure.message)
}

function readEntry(entry: { path: string; mode: string; type: string; sha: string }): TreeEntry {
  const type = entry.type === 'tree' || entry.type === 'commit' ? entry.type : 'blob'
  return { name: entry.path, mode: entry.mode, type, sha: entry.sha }
}

function asMode(mode: string): Mode {
  return MODES.find((one) => one === mode) ?? '100644'
}

const MODES: readonly Mode[] = ['100644', '100755', '040000', '160000', '120000']
