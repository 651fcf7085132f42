import { realpathSync, statSync } from 'node:fs'
import nodePath from 'node:path'
import { GitOpsError } from '../../errors.ts'
import type { Exec } from '../../toolchain/exec.ts'
import { type BuildContent, dockerfileNames, ignoreFileNames, type Location } from './content.ts'
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
  return readCommitOf(checkout, location, await resolveCommit(checkout, revision))
}

/** As `readCommit`, for a commit that is known to be in an opened clone. */
export async function readCommitOf(checkout: Checkout, location: Location, commit: string): Promise<BuildContent> {
  const names = dockerfileNames(location)
  const ignoreNames = names.flatMap((name) => ignoreFileNames(name, location))
  const found = await findAll(checkout, location, commit, [location.context, ...names, ...ignoreNames])
  const short = commit.slice(0, 12)
  const context = found.get(location.context)
  if (context?.type !== 'tree')
    throw new GitOpsError(
      `The build context "${location.context}" ${context ? 'is no directory' : 'does not exist'} at commit ${short}.`,
      { hint: 'Give the path of a directory, relative to the workspace.' }
    )
  const path = names.find((name) => found.get(name)?.type === 'blob')
  if (path === undefined)
    throw new GitOpsError(`The Dockerfile "${names[0]}" does not exist at commit ${short}.`, {
      hint: 'Name it with the input "file", relative to the workspace.'
    })
  const id = found.get(path)?.id ?? ''
  const ignoreFile = ignoreFileNames(path, location).find((name) => found.get(name)?.type === 'blob')
  const text = (name: string) => checkout.git.run('cat-file', 'blob', found.get(name)?.id ?? '')
  const [dockerfileText, ignoreText, listing] = await Promise.all([
    text(path),
    ignoreFile === undefined ? undefined : text(ignoreFile),
    checkout.git.list('ls-tree', '-r', '-z', '--full-tree', context.id)
  ])
  const { rules, remarks } = readRules(ignoreFile, ignoreText)
  const tree = new Tree(rules)
  for (const line of listing) {
    const [, mode = '', object = '', name = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    if (!isGitFolder(name)) tree.add({ path: name, mode, id: object })
  }
  const dockerfile = { path, id, text: dockerfileText }
  return { source: 'commit', commit, entries: tree.entries(), dockerfile, ignoreFile, remarks }
}

/** The rules of an ignore file, and a remark when they cannot be applied. */
export function readRules(path = '', text?: string): { rules: IgnoreRules; remarks: string[] } {
  if (text === undefined) return { rules: NO_RULES, remarks: [] }
  const rules = parseIgnore(text)
  const { unsupported } = rules
  if (unsupported === undefined) return { rules, remarks: [] }
  const remark = `${path}: the pattern "${unsupported}" is not understood here, so the content key also covers ignored files.`
  return { rules, remarks: [remark] }
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

/** What lies at paths of the workspace at a commit; symbolic links are followed as the builder follows them. */
async function findAll(
  checkout: Checkout,
  location: Location,
  commit: string,
  paths: readonly string[]
): Promise<Map<string, Found>> {
  const workspace = realpathSync(location.workspace)
  const names = paths.map((path) => {
    const inside = nodePath.relative(checkout.topLevel, nodePath.resolve(workspace, path))
    if (!/^\.\.(\/|$)|^\/|\n/.test(inside)) return `${commit}:${inside}`
    throw new GitOpsError(`Path "${path}" leaves the repository.`, {
      hint: 'Give a path inside the repository, relative to the workspace.'
    })
  })
  const answer = await checkout.git.feed(`${names.join('\n')}\n`, 'cat-file', '--batch-check', '--follow-symlinks')
  const results = batchResults(answer)
  return new Map(
    paths.flatMap((path, index) => {
      const [, id, type] = /^([0-9a-f]{40,64}) (\w+) \d+$/.exec(results[index] ?? '') ?? []
      return id === undefined || type === undefined ? [] : [[path, { id, type }] as const]
    })
  )
}

/** One line for each object that was asked for; what is told about a broken or a leaving link takes a second line. */
function batchResults(answer: string): string[] {
  const results: string[] = []
  const lines = answer.split('\n')
  while (lines.length > 0) {
    const line = lines.shift() ?? ''
    results.push(line)
    if (/^(symlink|dangling|loop|notdir) \d+$/.test(line)) lines.shift()
  }
  return results
}
