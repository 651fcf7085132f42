import { GitOpsError, messageOf } from '../../errors.ts'
import type { Exec } from '../../toolchain/exec.ts'
import { git } from '../../toolchain/git.ts'
import type { ObjectFormat } from './files.ts'

/** Runs git in one directory; answers are split at NUL where that is how git was asked to separate them. */
export interface Git {
  readonly exec: Exec
  readonly directory: string
  run(...args: string[]): Promise<string>
  list(...args: string[]): Promise<string[]>
  /** As `list`, with input; one item per line or NUL as the command reads it. */
  feed(input: string, ...args: string[]): Promise<string>
}

/** A work tree and where in it the asked-for directory lies. */
export interface Checkout {
  readonly git: Git
  readonly topLevel: string
  /** Path of the directory below the top level: empty or ending in a slash. */
  readonly prefix: string
  readonly format: ObjectFormat
  /** Full SHA of HEAD; undefined before the first commit. */
  readonly head: string | undefined
}

/** Beyond what `toolchain/git.ts` sets: nothing is written, not even a refreshed index. */
const READ_ONLY = { GIT_OPTIONAL_LOCKS: '0' }

export function gitIn(exec: Exec, directory: string): Git {
  const call = async (args: string[], input?: string): Promise<string> => {
    const withInput: Exec = (file, fileArgs, options) =>
      exec(file, fileArgs, {
        ...options,
        env: { ...options?.env, ...READ_ONLY },
        ...(input === undefined ? {} : { input })
      })
    const result = await git(withInput, directory, args)
    if (result.code === 0) return result.stdout
    throw new GitOpsError(
      `git ${args[0] ?? ''} failed in ${directory}: ${result.stderr.trim().split('\n').at(-1) ?? ''}`
    )
  }
  return {
    exec,
    directory,
    run: (...args) => call(args),
    list: async (...args) => (await call(args)).split('\0').filter((item) => item !== ''),
    feed: (input, ...args) => call(args, input)
  }
}

/**
 * The Git work tree that a directory lies in; undefined when it lies in none, or git is not installed (a job in a
 * container without git has no clone either: checkout then downloads an archive).
 */
export async function openCheckout(exec: Exec, directory: string): Promise<Checkout | undefined> {
  const repository = gitIn(exec, directory)
  let answer: string
  try {
    answer = await repository.run(
      'rev-parse',
      '--is-inside-work-tree',
      '--show-object-format',
      '--show-toplevel',
      '--show-prefix',
      '--revs-only', // before the first commit there is no HEAD, which is no error then
      'HEAD'
    )
  } catch (error) {
    if (/not a git repository|no such program|must be run in a work tree/i.test(messageOf(error))) return undefined
    throw error
  }
  const [inside, format, topLevel, prefix, head] = answer.split('\n')
  if (inside !== 'true' || topLevel === undefined) return undefined
  return {
    git: repository,
    topLevel,
    prefix: prefix ?? '',
    format: format === 'sha256' ? 'sha256' : 'sha1',
    head: head || undefined
  }
}

/** Committer time of a commit, in seconds since 1970. */
export async function commitTime(repository: Git, commit: string): Promise<number> {
  return Number(await repository.run('show', '--no-patch', '--no-show-signature', '--format=%ct', commit))
}
