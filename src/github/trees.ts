import type { GitOperations, TreeEntry } from './forge.ts'

/** What stands at a path in a tree; undefined: nothing. Directories are never leaves. */
export type Leaf = Pick<TreeEntry, 'mode' | 'type' | 'sha'> | undefined

export interface LeafChange {
  readonly path: string
  readonly before: Leaf
  readonly after: Leaf
}

/** A tree that GitHub does not list whole. */
export class TreeTooLarge extends Error {}

/** Trees of a repository read through the API, each at most once: they never change. */
export class Trees {
  readonly #git: Pick<GitOperations, 'tree' | 'createTree'>
  readonly #known = new Map<string, Promise<ReadonlyMap<string, TreeEntry>>>()

  constructor(git: Pick<GitOperations, 'tree' | 'createTree'>) {
    this.#git = git
  }

  /** Every file that differs between two trees. Costs requests for the directories that differ, not for the repository. */
  async changes(before: string, after: string, prefix = ''): Promise<LeafChange[]> {
    if (before === after) return []
    const [old, now] = await Promise.all([this.#entries(before), this.#entries(after)])
    const changes: LeafChange[] = []
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const [one, other] = [old.get(name), now.get(name)]
      if (one?.sha === other?.sha && one?.mode === other?.mode) continue
      const path = prefix + name
      const [left, right] = [leaf(one), leaf(other)]
      if (left || right) changes.push({ path, before: left, after: right })
      if (isTree(one) || isTree(other))
        changes.push(
          ...(await this.changes(isTree(one) ? one.sha : EMPTY, isTree(other) ? other.sha : EMPTY, `${path}/`))
        )
    }
    return changes
  }

  /** What stands at a path. */
  async at(tree: string, path: string): Promise<Leaf> {
    const [name = '', ...rest] = path.split('/')
    const entry = (await this.#entries(tree)).get(name)
    if (rest.length === 0) return leaf(entry)
    return isTree(entry) ? this.at(entry.sha, rest.join('/')) : undefined
  }

  /** The paths of all files in the directory at a path; none when there is no directory. */
  async below(tree: string, path: string): Promise<string[]> {
    let sha = tree
    for (const name of path.split('/')) {
      const entry = (await this.#entries(sha)).get(name)
      if (!isTree(entry)) return []
      sha = entry.sha
    }
    return (await this.changes(EMPTY, sha, `${path}/`)).map((change) => change.path)
  }

  /**
   * Makes the tree that is `tree` with these paths set (undefined: removed) and gives its SHA; undefined when nothing
   * is left in it. Each changed directory is written whole: what is under a path, file or directory, cannot clash.
   */
  async write(tree: string, leaves: ReadonlyMap<string, Leaf>): Promise<string | undefined> {
    const entries = new Map(await this.#entries(tree))
    const below = new Map<string, Map<string, Leaf>>()
    // Removals first: a file that replaces a directory must not be removed with it.
    for (const [path, value] of [...leaves].sort(
      ([, one], [, other]) => Number(one !== undefined) - Number(other !== undefined)
    )) {
      const slash = path.indexOf('/')
      const name = slash < 0 ? path : path.slice(0, slash)
      if (slash >= 0) {
        const inside = below.get(name) ?? new Map<string, Leaf>()
        below.set(name, inside.set(path.slice(slash + 1), value))
      } else if (value) entries.set(name, { name, ...value })
      else entries.delete(name)
    }
    for (const [name, inside] of below) {
      const entry = entries.get(name)
      const adds = [...inside.values()].some((value) => value !== undefined)
      if (entry && !isTree(entry) && !adds) continue
      const sha = await this.write(isTree(entry) ? entry.sha : EMPTY, inside)
      if (sha === undefined) entries.delete(name)
      else entries.set(name, { name, mode: '040000', type: 'tree', sha })
    }
    return entries.size === 0 ? undefined : this.#git.createTree([...entries.values()])
  }

  #entries(sha: string): Promise<ReadonlyMap<string, TreeEntry>> {
    const known = this.#known.get(sha)
    if (known) return known
    const read = sha === EMPTY ? Promise.resolve(new Map<string, TreeEntry>()) : this.#read(sha)
    this.#known.set(sha, read)
    return read
  }

  async #read(sha: string): Promise<ReadonlyMap<string, TreeEntry>> {
    const entries = await this.#git.tree(sha)
    if (!entries) throw new TreeTooLarge(`GitHub does not list directory ${sha} whole`)
    return new Map(entries.map((entry) => [entry.name, entry]))
  }
}

/** Stands for a directory that does not exist; never sent. */
const EMPTY = ''

function isTree(entry: TreeEntry | undefined): entry is TreeEntry {
  return entry?.type === 'tree'
}

function leaf(entry: TreeEntry | undefined): Leaf {
  return entry && entry.type !== 'tree' ? { mode: entry.mode, type: entry.type, sha: entry.sha } : undefined
}
