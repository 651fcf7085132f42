import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Exec } from '../toolchain/exec.ts'
import { type GitConfig, git, headCommit } from '../toolchain/git.ts'

export interface ReachableOptions {
  /** The top of the job's checkout. */
  readonly top: string
  readonly exec: Exec
  /** Git configuration for asking the remote. */
  readonly config: GitConfig
  readonly temporary?: string
}

/**
 * Whether a commit belongs to what the repository has accepted: to the history of the checkout, of the remote's default
 * branch, or of a tag. GitHub serves any commit of any fork by its id, so that a commit can be fetched says nothing.
 * A checkout is mostly shallow; then the history is asked for, commits alone without their files, into a folder of its
 * own, so that the job's checkout stays as it is.
 * @returns undefined when it does, else the reason why it does not, or cannot be known
 */
export async function whyUnreachable(revision: string, options: ReachableOptions): Promise<string | undefined> {
  const { exec, top, temporary } = options
  const head = await headCommit(exec, top)
  const isAncestor = async (of: string) =>
    (await git(exec, top, ['merge-base', '--is-ancestor', revision, of])).code === 0
  if (head === undefined || head === revision || (await isAncestor(head))) return undefined
  const remote = (await git(exec, top, ['remote', 'get-url', 'origin'])).stdout.trim()
  if (remote === '') return 'it is not in the history of the checkout, which has no remote "origin" to ask'
  const folder = await mkdtemp(path.join(temporary ?? tmpdir(), 'gitops-history-'))
  try {
    const config = [...(await inherited(exec, top)), ...options.config]
    await git(exec, top, ['init', '--quiet', '--bare', folder])
    const fetch = (...what: string[]) =>
      git(exec, folder, ['fetch', '--quiet', '--no-tags', '--filter=tree:0', located(top, remote), ...what], config)
    const trunk = await fetch('+HEAD:refs/trunk')
    if (trunk.code === 0 && (await holds(exec, folder, revision))) return undefined
    // Servers that give no commit by its id have the branches of the checkout all the same, or the checkout is whole.
    await fetch(`+${head}:refs/checkout`)
    if (await holds(exec, folder, revision)) return undefined
    const tags = await fetch('+refs/tags/*:refs/tags/*')
    if (await holds(exec, folder, revision)) return undefined
    const failed = [trunk, tags].find((one) => one.code !== 0)
    if (failed) return `the history of the repository cannot be read: ${failed.stderr.trim().split('\n').at(-1) ?? ''}`
    return 'it is neither in the history of the checkout, nor of the default branch, nor of a tag'
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Listed rather than asked for: asking a partial clone for a commit that it lacks would fetch it. */
async function holds(exec: Exec, folder: string, revision: string): Promise<boolean> {
  const listed = await git(exec, folder, ['rev-list', '--all'])
  return listed.code === 0 && listed.stdout.split('\n').includes(revision)
}

/** What the checkout itself reaches its remote with. */
async function inherited(exec: Exec, top: string): Promise<GitConfig> {
  const found = await git(exec, top, ['config', '-z', '--get-regexp', '^(http\\..*extraheader|core\\.sshcommand)$'])
  if (found.code !== 0) return []
  return found.stdout
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const end = entry.indexOf('\n')
      return [entry.slice(0, end), entry.slice(end + 1)] as const
    })
}

/** A remote that is a folder beside the checkout is meant from there. */
function located(top: string, remote: string): string {
  return /^\.{1,2}(\/|$)/.test(remote) ? path.resolve(top, remote) : remote
}
