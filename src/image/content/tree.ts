import type { IgnoreRules } from './dockerignore.ts'

/** One thing that BuildKit is sent. `id` is the hash Git gives a blob, a commit for a submodule, empty for a directory. */
export interface Entry {
  /** Relative to the build context, with forward slashes. */
  readonly path: string
  /** As Git writes it: 100644, 100755, 120000 (symbolic link), 160000 (submodule), 040000 (directory). */
  readonly mode: string
  readonly id: string
}

/**
 * Collects what a build context consists of, as the builder will see it: files that the ignore rules leave, and
 * directories, because a directory whose files are all ignored arrives empty.
 */
export class Tree {
  readonly #rules: IgnoreRules
  readonly #entries = new Map<string, Entry>()
  readonly #directories = new Set<string>()

  constructor(rules: IgnoreRules) {
    this.#rules = rules
  }

  /** Takes a file in, unless it is ignored. A later entry with the same path replaces an earlier one. */
  add(entry: Entry): void {
    this.see(entry.path)
    // Of a submodule only the commit is known: it counts as soon as any of its files could be sent.
    const ignored = entry.mode === '160000' ? this.#rules.prunes(entry.path) : this.#rules.excludes(entry.path)
    if (!ignored) this.#entries.set(entry.path, entry)
  }

  /** A file exists here: its directories do, too. */
  see(path: string): void {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const directory = path.slice(0, slash)
      if (this.#directories.has(directory)) return
      this.#directories.add(directory)
    }
  }

  /** Everything that is sent, sorted by path: equal content gives equal lists. */
  entries(): Entry[] {
    const directories = [...this.#directories]
      .filter((path) => !this.#entries.has(path) && !this.#rules.excludes(path))
      .map((path) => ({ path, mode: '040000', id: '' }))
    return [...this.#entries.values(), ...directories].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  }
}

/** The `.git` folder of a clone is sent to the builder, but says nothing about the content: it is never in the key. */
export function isGitFolder(path: string): boolean {
  return path === '.git' || path.startsWith('.git/') || path.endsWith('/.git') || path.includes('/.git/')
}
