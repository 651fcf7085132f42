import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, rm } from 'node:fs/promises'
import path from 'node:path'

export interface TreeEntry {
  path: string
  mode: string
  type: 'blob' | 'tree' | 'commit'
  sha: string
  size?: number
}

export interface Person {
  name: string
  email: string
  date: string
}

export interface Commit {
  sha: string
  tree: string
  parents: string[]
  author: Person
  committer: Person
  message: string
}

export interface FileChange {
  status: string
  filename: string
  sha: string
  additions: number
  deletions: number
}

/** `git` said no; the message is its own. */
export class GitFailure extends Error {}

/** A bare repository, worked on through the git program: what the API answers is what a clone will find. */
export class GitRepository {
  readonly path: string

  constructor(directory: string) {
    this.path = directory
  }

  /** A new bare repository with one commit on `main`, as GitHub makes one "with a README". */
  static async create(directory: string): Promise<GitRepository> {
    await git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', directory])
    const repository = new GitRepository(directory)
    const blob = await repository.writeBlob(Buffer.from('# A repository\n'))
    const tree = await repository.writeTree([{ path: 'README.md', mode: '100644', type: 'blob', sha: blob }])
    const author = { name: 'GitHub', email: 'noreply@github.com', date: '2026-01-01T00:00:00Z' }
    const sha = await repository.writeCommit({
      tree,
      parents: [],
      author,
      committer: author,
      message: 'Initial commit'
    })
    await repository.updateRef('refs/heads/main', sha, '')
    return repository
  }

  /** A copy of this repository, as it is now. */
  async copy(directory: string): Promise<GitRepository> {
    await cp(this.path, directory, { recursive: true })
    return new GitRepository(directory)
  }

  async defaultBranch(): Promise<string> {
    return (await this.#run(['symbolic-ref', '--short', 'HEAD'])).trim()
  }

  /** The commit that a branch, tag, full ref or SHA names, or undefined. */
  async resolve(name: string): Promise<string | undefined> {
    if (name.startsWith('-')) return undefined
    for (const candidate of /^[0-9a-f]{7,40}$/.test(name)
      ? [name]
      : [`refs/heads/${name}`, `refs/tags/${name}`, name]) {
      const found = await this.#attempt([
        'rev-parse',
        '--verify',
        '--quiet',
        '--end-of-options',
        `${candidate}^{commit}`
      ])
      if (found !== undefined) return found.trim()
    }
    return undefined
  }

  /** What a ref points at, exactly; undefined when there is no such ref. */
  async readRef(ref: string): Promise<string | undefined> {
    return (await this.refs(ref)).find((one) => one.ref === ref)?.sha
  }

  async refs(prefix: string): Promise<{ ref: string; sha: string; type: string }[]> {
    const out = await this.#run(['for-each-ref', '--format=%(refname) %(objectname) %(objecttype)'])
    return lines(out)
      .map((line) => line.split(' '))
      .map(([ref = '', sha = '', type = '']) => ({ ref, sha, type }))
      .filter(({ ref }) => ref.startsWith(prefix))
  }

  /** Moves a ref; `old` is what it must be now (empty: it must not exist; undefined: anything). */
  async updateRef(ref: string, sha: string, old?: string): Promise<void> {
    await this.#run(['update-ref', ref, sha, ...(old === undefined ? [] : [old])])
  }

  async deleteRef(ref: string): Promise<void> {
    await this.#run(['update-ref', '-d', ref])
  }

  async validRef(ref: string): Promise<boolean> {
    return (await this.#attempt(['check-ref-format', ref])) !== undefined
  }

  async typeOf(sha: string): Promise<string | undefined> {
    return (await this.typesOf([sha]))[0]
  }

  /** What each SHA names; undefined: nothing here. */
  async typesOf(shas: readonly string[]): Promise<(string | undefined)[]> {
    const input = shas.map((sha) => `${/^[0-9a-f]{40}$/.test(sha) ? sha : '0'.repeat(40)}\n`).join('')
    const out = await this.#run(['cat-file', '--batch-check=%(objecttype)'], { input })
    return lines(out).map((line) => (line.endsWith(' missing') ? undefined : line))
  }

  async readCommit(sha: string): Promise<Commit> {
    const format = ['%H', '%T', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x00')
    const out = await this.#run(['show', '--no-patch', `--format=${format}`, sha])
    const [hash = '', tree = '', parents = '', an = '', ae = '', ad = '', cn = '', ce = '', cd = '', ...body] =
      out.split('\0')
    return {
      sha: hash,
      tree,
      parents: parents.split(' ').filter(Boolean),
      author: { name: an, email: ae, date: new Date(ad).toISOString() },
      committer: { name: cn, email: ce, date: new Date(cd).toISOString() },
      message: body.join('\0').replace(/\n+$/, '')
    }
  }

  async writeCommit(commit: Omit<Commit, 'sha'>): Promise<string> {
    const env = {
      GIT_AUTHOR_NAME: commit.author.name,
      GIT_AUTHOR_EMAIL: commit.author.email,
      GIT_AUTHOR_DATE: commit.author.date,
      GIT_COMMITTER_NAME: commit.committer.name,
      GIT_COMMITTER_EMAIL: commit.committer.email,
      GIT_COMMITTER_DATE: commit.committer.date
    }
    const parents = commit.parents.flatMap((parent) => ['-p', parent])
    return (await this.#run(['commit-tree', commit.tree, ...parents, '-F', '-'], { env, input: commit.message })).trim()
  }

  async readTree(sha: string, recursive = false): Promise<TreeEntry[]> {
    const out = await this.#run(['ls-tree', '-z', '--long', ...(recursive ? ['-r', '-t'] : []), sha])
    return out
      .split('\0')
      .filter(Boolean)
      .map((line) => {
        const [head = '', name = ''] = [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)]
        const [mode = '', type = '', hash = '', size = '-'] = head.split(/ +/)
        const entry: TreeEntry = {
          path: name,
          mode,
          type: type === 'tree' || type === 'commit' ? type : 'blob',
          sha: hash
        }
        return size === '-' ? entry : { ...entry, size: Number(size) }
      })
  }

  /** A tree of entries; with `base`, that tree with the entries put in (`sha: null` takes a path out). */
  async writeTree(
    entries: readonly (Omit<TreeEntry, 'sha'> & { sha: string | null })[],
    base?: string
  ): Promise<string> {
    const files = new Map<string, string>()
    const add = (prefix: string, entry: TreeEntry) => {
      if (entry.type !== 'tree') files.set(prefix + entry.path, `${entry.mode} ${entry.sha}`)
    }
    if (base !== undefined) for (const entry of await this.readTree(base, true)) add('', entry)
    for (const entry of entries) {
      for (const name of files.keys())
        if (name === entry.path || name.startsWith(`${entry.path}/`) || entry.path.startsWith(`${name}/`))
          files.delete(name)
      if (entry.sha === null) continue
      if (entry.type !== 'tree') add('', { ...entry, sha: entry.sha })
      else for (const child of await this.readTree(entry.sha, true)) add(`${entry.path}/`, child)
    }
    const env = { GIT_INDEX_FILE: path.join(this.path, `${randomUUID()}.index`) }
    try {
      const input = [...files].map(([name, what]) => `${what}\t${name}\0`).join('')
      await this.#run(['update-index', '-z', '--index-info'], { env, input })
      return (await this.#run(['write-tree'], { env })).trim()
    } finally {
      await rm(env.GIT_INDEX_FILE, { force: true })
    }
  }

  async readBlob(sha: string): Promise<Buffer> {
    return Buffer.from(await this.#run(['cat-file', 'blob', sha], {}, 'latin1'), 'latin1')
  }

  async writeBlob(content: Buffer): Promise<string> {
    return (await this.#run(['hash-object', '-w', '--stdin'], { input: content })).trim()
  }

  async mergeBase(one: string, other: string): Promise<string | undefined> {
    return (await this.#attempt(['merge-base', one, other]))?.trim()
  }

  /** Commits that `to` has and `from` has not, oldest first. */
  async between(from: string, to: string): Promise<string[]> {
    return lines(await this.#run(['rev-list', '--reverse', `${from}..${to}`]))
  }

  async log(from: string, limit: number, file?: string): Promise<string[]> {
    return lines(await this.#run(['rev-list', `--max-count=${limit}`, from, ...(file ? ['--', file] : [])]))
  }

  async changes(from: string, to: string): Promise<FileChange[]> {
    const [raw, numbers] = await Promise.all([
      this.#run(['diff', '--raw', '--no-renames', '--no-abbrev', '-z', from, to]),
      this.#run(['diff', '--numstat', '--no-renames', '-z', from, to])
    ])
    const counts = new Map(
      numbers
        .split('\0')
        .filter(Boolean)
        .map((line) => line.split('\t'))
        .map(([added = '0', deleted = '0', name = '']) => [
          name,
          { added: Number(added) || 0, deleted: Number(deleted) || 0 }
        ])
    )
    const fields = raw.split('\0').filter(Boolean)
    return Array.from({ length: fields.length / 2 }, (_, at) => {
      const [, , before = '', after = '', letter = 'M'] = (fields[at * 2] ?? '').split(' ')
      const filename = fields[at * 2 + 1] ?? ''
      const status = letter === 'A' ? 'added' : letter === 'D' ? 'removed' : 'modified'
      const count = counts.get(filename)
      return {
        status,
        filename,
        sha: status === 'removed' ? before : after,
        additions: count?.added ?? 0,
        deletions: count?.deleted ?? 0
      }
    })
  }

  /** The tree of merging two commits, or undefined when they conflict. */
  async mergeTrees(base: string, head: string): Promise<string | undefined> {
    return (await this.#attempt(['merge-tree', '--write-tree', base, head]))?.split('\n')[0]?.trim()
  }

  async #attempt(args: string[]): Promise<string | undefined> {
    try {
      return await this.#run(args)
    } catch (error) {
      if (error instanceof GitFailure) return undefined
      throw error
    }
  }

  #run(
    args: string[],
    options: { env?: NodeJS.ProcessEnv; input?: string | Buffer } = {},
    encoding: BufferEncoding = 'utf8'
  ) {
    return git([`--git-dir=${this.path}`, ...args], options, encoding)
  }
}

function git(
  args: string[],
  options: { env?: NodeJS.ProcessEnv; input?: string | Buffer } = {},
  encoding: BufferEncoding = 'utf8'
): Promise<string> {
  // The developer's own git settings (hooks, signing, an exported GIT_DIR) must not reach into the double.
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...options.env
  }
  return new Promise((resolve, reject) => {
    const child = execFile('git', args, { env, encoding, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (!error) resolve(stdout)
      else if (error.code === 'ENOENT') reject(new Error('git is not on the PATH'))
      else reject(new GitFailure(stderr.trim() || error.message))
    })
    child.stdin?.on('error', () => {}) // git may end without reading all of its input
    child.stdin?.end(options.input ?? '')
  })
}

function lines(text: string): string[] {
  return text.split('\n').filter(Boolean)
}
