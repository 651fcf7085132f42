import { realpathSync, statSync } from 'node:fs'
import nodePath from 'node:path'
import { GitOpsError } from '../../errors.ts'
import type { Exec } from '../../toolchain/exec.ts'
import { type BuildContent, type Dockerfile, dockerfileNames, ignoreFileNames, type Location } from './content.ts'
import { type IgnoreRules, NO_RULES, parseIgnore } from './dockerignore.ts'
import { type Checkout, openCheckout } from './git.ts'
import { isGitFolder, Tree } from './tree.ts'

/**
 * What a build at `revision` would be sent, read from Git's objects alone: no checkout, no work tree.
 * @throws GitOpsError when the commit is not in the clone, or has no such context or Dockerfile
 */
export async function readCommit(exec: Exec, location: Location, revision: string): Promise<BuildContent> {
  const workspace = realpathSync(location.workspace)
  const checkout = await openCheckout(exec, repositoryFolder(workspace, location.context))
  if (!checkout)
    throw new GitOpsError(`${workspace} is no Git repository, so it has no revision ${revision}.`, {
      hint: 'Check the repository out with actions/checkout before this step.'
    })
  const commit = await resolveCommit(checkout, revision)
  const reader = new CommitReader(checkout, workspace, commit)
  const context = await reader.find(location.context)
  if (context?.type !== 'tree')
    throw new GitOpsError(
      `The build context "${location.context}" ${context ? 'is no directory' : 'does not exist'} at commit ${commit.slice(0, 12)}.`,
      { hint: 'Give the path of a directory, relative to the workspace.' }
    )
  const dockerfile = await readDockerfile(reader, location, commit)
  const { rules, ignoreFile, remarks } = await readIgnore(reader, dockerfile.path, location)
  const tree = new Tree(rules)
  for (const line of await checkout.git.list('ls-tree', '-r', '-z', '--full-tree', context.id)) {
    const [, mode = '', id = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    if (!isGitFolder(path)) tree.add({ path, mode, id })
  }
  return { source: 'commit', commit, entries: tree.entries(), dockerfile, ignoreFile, remarks }
}

async function resolveCommit(checkout: Checkout, revision: string): Promise<string> {
  // A leading dash would be an option; git's own check of names is the rest.
  if (revision.startsWith('-')) throw new GitOpsError(`"${revision}" is no revision.`)
  try {
    return (await checkout.git.run('rev-parse', '--verify', '--quiet', `${revision}^{commit}`)).trim()
  } catch {
    throw new GitOpsError(`Commit ${revision} is not in this clone.`, {
      hint: `Check out with "fetch-depth: 0", or run "git fetch origin ${revision}" before.`
    })
  }
}

/** A folder of the repository that the context lies in: at another revision the context itself may have existed. */
function repositoryFolder(workspace: string, context: string): string {
  let folder = nodePath.resolve(workspace, context)
  if (!isInside(workspace, folder))
    throw new GitOpsError(`The build context "${context}" leaves the workspace.`, {
      hint: 'Give a path inside the repository, relative to the workspace.'
    })
  while (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) folder = nodePath.dirname(folder)
  const real = realpathSync(folder)
  return isInside(workspace, real) ? real : workspace
}

function isInside(directory: string, path: string): boolean {
  return path === directory || path.startsWith(`${directory}/`)
}

interface Found {
  readonly id: string
  readonly type: string
}

/** Finds and reads what lies at paths of a commit, following symbolic links as the builder does. */
class CommitReader {
  readonly #checkout: Checkout
  readonly #workspace: string
  readonly #commit: string

  constructor(checkout: Checkout, workspace: string, commit: string) {
    this.#checkout = checkout
    this.#workspace = workspace
    this.#commit = commit
  }

  /** What lies at a path of the workspace; undefined when nothing does, or a link there leads out of the repository. */
  async find(path: string): Promise<Found | undefined> {
    const inside = nodePath.relative(this.#checkout.topLevel, nodePath.resolve(this.#workspace, path))
    if (/^\.\.(\/|$)|^\/|\n/.test(inside))
      throw new GitOpsError(`Path "${path}" leaves the repository.`, {
        hint: 'Give a path inside the repository, relative to the workspace.'
      })
    const name = `${this.#commit}:${inside}`
    const answer = await this.#checkout.git.feed(`${name}\n`, 'cat-file', '--batch-check', '--follow-symlinks')
    const [, id, type] = /^([0-9a-f]{40,64}) (\w+) \d+$/m.exec(answer) ?? []
    return id === undefined || type === undefined ? undefined : { id, type }
  }

  text(id: string): Promise<string> {
    return this.#checkout.git.run('cat-file', 'blob', id)
  }
}

async function readDockerfile(reader: CommitReader, location: Location, commit: string): Promise<Dockerfile> {
  const names = dockerfileNames(location)
  for (const path of names) {
    const found = await reader.find(path)
    if (found?.type === 'blob') return { path, id: found.id, text: await reader.text(found.id) }
  }
  throw new GitOpsError(`The Dockerfile "${names[0]}" does not exist at commit ${commit.slice(0, 12)}.`, {
    hint: 'Name it with the input "file", relative to the workspace.'
  })
}

async function readIgnore(
  reader: CommitReader,
  dockerfile: string,
  location: Location
): Promise<{ rules: IgnoreRules; ignoreFile?: string; remarks: string[] }> {
  for (const path of ignoreFileNames(dockerfile, location)) {
    const found = await reader.find(path)
    if (found?.type === 'blob') return applyIgnore(path, await reader.text(found.id))
  }
  return { rules: NO_RULES, remarks: [] }
}

/** The rules of an ignore file's text, and a remark when they cannot be applied. */
export function applyIgnore(path: string, text: string): { rules: IgnoreRules; ignoreFile: string; remarks: string[] } {
  const rules = parseIgnore(text)
  const remarks =
    rules.unsupported === undefined
      ? []
      : [
          `${path}: the pattern "${rules.unsupported}" is not understood here, so the content key also covers ignored files.`
        ]
  return { rules, ignoreFile: path, remarks }
}
