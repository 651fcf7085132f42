import type { Commit, Forge } from './forge.ts'
import { type Leaf, Trees, TreeTooLarge } from './trees.ts'

/** A tree to commit on top of the branch. */
export interface Revert {
  readonly failed: Commit
  readonly head: string
  readonly tree: string
  /** Commits that landed after the failed one stay as they are. */
  readonly partial: boolean
}

/** What the branch would be without the failed push; or why that cannot be said without a person. */
export async function composeRevert(
  forge: Pick<Forge, 'git'>,
  options: { readonly failedSha: string; readonly base: string; readonly before?: string }
): Promise<Revert | { reason: string }> {
  const { git } = forge
  const { base, failedSha } = options
  const [head, failed] = await Promise.all([git.branch(base), git.commit(failedSha)])
  if (!head) return { reason: `the repository has no branch ${base}.` }
  if (!failed) return { reason: `the repository has no commit ${failedSha}.` }
  const before = await startOf(forge, failed, options.before)
  if (!before) return { reason: `${short(failedSha)} is the first commit: there is nothing to go back to.` }
  if (before.tree === failed.tree)
    return { reason: `${short(failedSha)} changed no file, so taking it back would not help.` }
  if (head === failedSha) return { failed, head, tree: before.tree, partial: false }

  const relation = await git.compare(failedSha, head)
  if (relation !== 'ahead')
    return { reason: `${base} no longer holds ${short(failedSha)}: somebody has already moved it back.` }
  const headCommit = await git.commit(head)
  if (!headCommit) return { reason: `${base} is at ${short(head)}, which GitHub does not show.` }
  try {
    return await revertFiles(forge, failed, before, headCommit)
  } catch (error) {
    if (error instanceof TreeTooLarge)
      return { reason: `${error.message}, so ${short(failedSha)} must be reverted by hand.` }
    throw error
  }
}

/** Puts back what the failed push touched, if it is still as that push left it. */
async function revertFiles(
  forge: Pick<Forge, 'git'>,
  failed: Commit,
  before: Commit,
  head: Commit
): Promise<Revert | { reason: string }> {
  const trees = new Trees(forge.git)
  const back = new Map<string, Leaf>()
  const touched: string[] = []
  for (const change of await trees.changes(before.tree, failed.tree)) {
    const now = await trees.at(head.tree, change.path)
    if (same(now, change.before)) continue
    if (same(now, change.after)) back.set(change.path, change.before)
    else touched.push(change.path)
  }
  touched.push(...(await clobbered(trees, head.tree, back)))
  if (touched.length > 0)
    return {
      reason: `later commits changed the same files (${some(touched)}), so ${short(failed.sha)} must be reverted by hand.`
    }
  if (back.size === 0) return { reason: `a later commit has already taken ${short(failed.sha)} back.` }
  const tree = await trees.write(head.tree, back)
  if (!tree) return { reason: `nothing would be left in the repository.` }
  return { failed, head: head.sha, tree, partial: true }
}

/** The commit to go back to: where the push began if the failed commit really comes from there, else its first parent. */
async function startOf(
  forge: Pick<Forge, 'git'>,
  failed: Commit,
  before: string | undefined
): Promise<Commit | undefined> {
  if (before !== undefined && !/^0*$/.test(before) && (await forge.git.compare(before, failed.sha)) === 'ahead')
    return forge.git.commit(before)
  const [parent] = failed.parents
  return parent === undefined ? undefined : forge.git.commit(parent)
}

/** What later commits put where a file of ours has to go: a directory in the place of a file, or a file in that of a directory. */
async function clobbered(trees: Trees, head: string, back: ReadonlyMap<string, Leaf>): Promise<string[]> {
  const lost = new Set<string>()
  for (const [path, value] of back) {
    if (!value) continue
    const parts = path.split('/')
    const above = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
    for (const parent of above) if (await trees.at(head, parent)) lost.add(parent)
    for (const child of await trees.below(head, path)) lost.add(child)
  }
  return [...lost].filter((path) => !back.has(path) || back.get(path) !== undefined)
}

function same(one: Leaf, other: Leaf): boolean {
  return one?.sha === other?.sha && one?.mode === other?.mode
}

function some(paths: readonly string[]): string {
  return paths.length <= 3 ? paths.join(', ') : `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more`
}

function short(sha: string): string {
  return sha.slice(0, 12)
}
