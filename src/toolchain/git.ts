import type { Exec, ExecResult } from './exec.ts'

export type GitConfig = readonly (readonly [key: string, value: string])[]

/**
 * Runs git in a directory and answers its exit code and output; only a git that cannot be started is an error.
 * Configuration is handed over in the environment, so that a secret in it never stands in argv.
 */
export function git(
  exec: Exec,
  directory: string,
  args: readonly string[],
  config: GitConfig = []
): Promise<ExecResult> {
  return exec('git', ['-C', directory, ...args], { allowFailure: true, env: environment([...DEFAULTS, ...config]) })
}

const DEFAULTS: GitConfig = [
  // In a container job the workspace belongs to another user than the one we run as; it is the job's own all the same.
  ['safe.directory', '*'],
  // Hooks and the file system monitor of a checkout are programs that a repository's content must not start.
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false']
]

function environment(config: GitConfig): Record<string, string | undefined> {
  const first = Number(process.env['GIT_CONFIG_COUNT'] ?? 0) || 0
  const result: Record<string, string | undefined> = {
    // A hook or a tool that started us may have set these for another repository.
    GIT_DIR: undefined,
    GIT_WORK_TREE: undefined,
    GIT_INDEX_FILE: undefined,
    GIT_TERMINAL_PROMPT: '0',
    // Messages are shown and, where nothing better exists, read: in English.
    LC_ALL: 'C',
    GIT_CONFIG_COUNT: String(first + config.length)
  }
  config.forEach(([key, value], index) => {
    result[`GIT_CONFIG_KEY_${first + index}`] = key
    result[`GIT_CONFIG_VALUE_${first + index}`] = value
  })
  return result
}

/** The top of the work tree that a directory lies in; undefined when it lies in none, or there is no git. */
export async function repositoryTop(exec: Exec, directory: string): Promise<string | undefined> {
  const found = await git(exec, directory, ['rev-parse', '--show-toplevel']).catch(() => undefined)
  return found?.code === 0 ? found.stdout.trim() || undefined : undefined
}

/** The commit that is checked out; undefined where there is none. */
export async function headCommit(exec: Exec, directory: string): Promise<string | undefined> {
  const found = await git(exec, directory, ['rev-parse', '--verify', 'HEAD']).catch(() => undefined)
  return found?.code === 0 ? found.stdout.trim() || undefined : undefined
}

/** Paths that differ from the commit that is checked out, relative to the top; ignored ones do not count, new ones only if asked for. */
export async function changedPaths(
  exec: Exec,
  directory: string,
  options: { readonly untracked: boolean }
): Promise<string[] | undefined> {
  const untracked = `--untracked-files=${options.untracked ? 'normal' : 'no'}`
  const found = await git(exec, directory, ['status', '--porcelain', '-z', untracked, '--no-renames'])
  if (found.code !== 0) return undefined
  return found.stdout
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice(3))
}

/** Whether a path of a work tree, or anything below it, is tracked, in a submodule too. */
export async function isTracked(exec: Exec, directory: string, location: string): Promise<boolean> {
  const found = await git(exec, directory, ['ls-files', '-z', '--recurse-submodules', '--', `:(literal)${location}`])
  return found.code === 0 && found.stdout !== ''
}
