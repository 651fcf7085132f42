import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { GitOpsError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Exec, ExecResult } from '../toolchain/exec.ts'
import { changedPaths, type GitConfig, git, headCommit, repositoryTop } from '../toolchain/git.ts'

export interface CheckoutsOptions {
  readonly workspace: string
  /** Where folders of checkouts are made; default: the system's temporary folder. */
  readonly temporary?: string
  /** A GitHub token for fetching a commit that a shallow checkout lacks. */
  readonly token?: string
  /** `https://github.com`: the only host that the token is sent to. */
  readonly serverUrl?: string
  readonly exec: Exec
  readonly log: Logger
}

const FULL_SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/

/**
 * Gives the workspace as it was at earlier commits, each as a `git worktree` in a folder of its own, made once and
 * removed by `dispose`. The workspace itself is not touched.
 */
export class Checkouts {
  readonly #options: CheckoutsOptions
  readonly #made = new Map<string, Promise<string>>()
  readonly #folders: { readonly top: string; readonly folder: string; readonly tree: string }[] = []
  /** Git locks its worktree administration: one at a time. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: CheckoutsOptions) {
    this.#options = options
  }

  /**
   * The workspace at a commit; the workspace itself when it holds exactly that, or lies in no Git repository.
   * @throws GitOpsError when the commit is not there and cannot be fetched, saying how to go on
   */
  at(revision: string): Promise<string> {
    const known = this.#made.get(revision)
    if (known) return known
    const made = this.#queue.then(() => this.#make(revision))
    this.#queue = made.catch(() => undefined)
    this.#made.set(revision, made)
    return made
  }

  /**
   * Why a commit is none that the repository has accepted; undefined when it is one, or there is no Git repository.
   * What is recorded as deployed can be edited by whoever may write to the record, and must not make us apply just
   * anything.
   */
  async whyUnreachable(revision: string): Promise<string | undefined> {
    const { workspace, exec, token, serverUrl, temporary } = this.#options
    const top = await repositoryTop(exec, workspace)
    if (top === undefined) return undefined
    const { whyUnreachable } = await import('./reachable.ts')
    const remote = await git(exec, top, ['config', '--get', 'remote.origin.url'])
    return whyUnreachable(revision, {
      top,
      exec,
      config: token === undefined ? [] : credentials(remote.stdout.trim(), token, serverUrl),
      ...(temporary === undefined ? {} : { temporary })
    })
  }

  /** Removes what was made. Never throws: what cannot be removed lies in a temporary folder. */
  async dispose(): Promise<void> {
    for (const { top, folder, tree } of this.#folders.splice(0)) {
      await git(this.#options.exec, top, ['worktree', 'remove', '--force', tree]).catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #make(revision: string): Promise<string> {
    const { workspace, log, exec } = this.#options
    if (!FULL_SHA.test(revision))
      throw new GitOpsError(`The deployment record names "${revision}", which is no full commit id.`, {
        hint: 'Somebody edited the inventory. Deploy once more, or compare with the checkout: revision: head.'
      })
    const top = await repositoryTop(exec, workspace)
    if (top === undefined) {
      log.debug(`${workspace} is in no Git repository: taken as it is`)
      return workspace
    }
    if ((await headCommit(exec, top)) === revision && (await isClean(exec, top))) return workspace
    await this.#ensureCommit(top, revision)
    const folder = await mkdtemp(path.join(this.#options.temporary ?? tmpdir(), 'gitops-actions-'))
    const tree = path.join(folder, 'checkout')
    this.#folders.push({ top, folder, tree })
    const added = await git(exec, top, ['worktree', 'add', '--detach', '--force', tree, revision])
    if (added.code !== 0)
      throw new GitOpsError(`Commit ${revision} cannot be checked out: ${reasonOf(added)}`, {
        hint: 'The commit is there, so this is a matter of the runner: a full disk, or Git filters whose program is missing.'
      })
    log.debug(`commit ${revision} is checked out at ${tree}`)
    const prefix = await git(exec, workspace, ['rev-parse', '--show-prefix'])
    return path.join(tree, prefix.stdout.trim())
  }

  async #ensureCommit(top: string, revision: string): Promise<void> {
    const { exec, log, token } = this.#options
    const there = await git(exec, top, ['cat-file', '-e', `${revision}^{commit}`])
    if (there.code === 0) return
    log.info(`Commit ${revision} is not in this checkout; fetching it.`)
    const remote = await git(exec, top, ['config', '--get', 'remote.origin.url'])
    const url = remote.stdout.trim()
    if (url === '') throw gone(revision, 'this checkout has no remote "origin" to fetch it from')
    const config = token === undefined ? [] : credentials(url, token, this.#options.serverUrl)
    const fetched = await git(
      exec,
      top,
      ['fetch', '--no-tags', '--no-recurse-submodules', '--depth=1', 'origin', revision],
      config
    )
    if (fetched.code !== 0) throw gone(revision, reasonOf(fetched))
  }
}

async function isClean(exec: Exec, top: string): Promise<boolean> {
  const changed = await changedPaths(exec, top, { untracked: true })
  return changed?.length === 0
}

/** The token as `actions/checkout` configures it, for the GitHub server only: no other remote gets to see it. */
function credentials(url: string, token: string, serverUrl: string | undefined): GitConfig {
  if (serverUrl === undefined || !URL.canParse(url) || new URL(url).origin !== new URL(serverUrl).origin) return []
  const key = `http.${new URL(serverUrl).origin}/.extraheader`
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
  // The empty value drops a header that the checkout left behind: GitHub refuses two.
  return [
    [key, ''],
    [key, `AUTHORIZATION: basic ${basic}`]
  ]
}

function gone(revision: string, reason: string): GitOpsError {
  return new GitOpsError(
    `Commit ${revision}, which was deployed, is not in this checkout and cannot be fetched: ${reason}`,
    {
      hint: 'If the token may not read the repository, give one that may (github-token). If the history was rewritten and the commit is gone for good, deploy the present commit, or compare with the checkout: revision: head.'
    }
  )
}

/** The line of git's errors that says why. */
function reasonOf(result: ExecResult): string {
  const lines = result.stderr.trim().split('\n')
  return (lines.findLast((line) => line.startsWith('fatal:') || line.startsWith('error:')) ?? lines.at(-1) ?? '').trim()
}
