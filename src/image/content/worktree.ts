import { existsSync } from 'node:fs'
import { lstat, open, readdir, readFile, stat } from 'node:fs/promises'
import nodePath from 'node:path'
import { GitOpsError } from '../../errors.ts'
import type { Exec } from '../../toolchain/exec.ts'
import { workspacePath } from '../../workspace.ts'
import { readRules } from './commit.ts'
import { type BuildContent, type Dockerfile, dockerfileNames, ignoreFileNames, join, type Location } from './content.ts'
import type { IgnoreRules } from './dockerignore.ts'
import { addFile, addFiles, fileMode, hashFile } from './files.ts'
import { type Checkout, gitIn, openCheckout } from './git.ts'
import { isGitFolder, Tree } from './tree.ts'

export interface WorktreeContent extends BuildContent {
  /** The clone that the context lies in. */
  readonly checkout?: Checkout
}

/**
 * What a build of the work tree as it stands is sent. Git's index answers for what it knows to be unchanged; what
 * differs from it, and what Git does not track or ignores, is hashed: the builder is sent all of it.
 * @throws GitOpsError when the context or the Dockerfile does not exist or leaves the workspace
 */
export async function readWorktree(exec: Exec, location: Location): Promise<WorktreeContent> {
  const directory = workspacePath(location.workspace, location.context)
  if (!(await isDirectory(directory)))
    throw new GitOpsError(`The build context "${location.context}" is no directory of the workspace.`, {
      hint: 'Give the path of a directory, relative to the workspace. Was the repository checked out?'
    })
  const checkout = await openCheckout(exec, directory)
  const dockerfile = await readDockerfile(exec, location, checkout)
  const { rules, ignoreFile, remarks } = await readIgnore(dockerfile.path, location)
  if (existsSync(nodePath.join(directory, '.git')) && !rules.excludes('.git'))
    remarks.push(
      `The folder .git is in the build context: a COPY may put it, and the checkout's token in it, into the image, and the content key cannot cover it. Add ".git" to ${ignoreFile ?? join(location.context, '.dockerignore')}.`
    )
  const tree = new Tree(rules)
  const common = { dockerfile, ignoreFile }
  if (!checkout) {
    await addFiles(tree, directory, '', rules, 'sha1')
    return { source: 'files', entries: tree.entries(), remarks, ...common }
  }
  const reader = new WorktreeReader(checkout, directory, rules, tree)
  await reader.read()
  return {
    source: 'work tree',
    commit: checkout.head,
    checkout,
    entries: tree.entries(),
    remarks: [...remarks, ...reader.remarks],
    ...common
  }
}

class WorktreeReader {
  readonly remarks: string[] = []
  readonly #checkout: Checkout
  readonly #directory: string
  readonly #rules: IgnoreRules
  readonly #tree: Tree

  constructor(checkout: Checkout, directory: string, rules: IgnoreRules, tree: Tree) {
    this.#checkout = checkout
    this.#directory = directory
    this.#rules = rules
    this.#tree = tree
  }

  async read(): Promise<void> {
    const git = this.#checkout.git
    const [index, raw, others, lfsFiles] = await Promise.all([
      git.list('ls-files', '-z', '--stage', '-v'),
      git.list('diff-files', '-z', '--raw', '--relative', '--ignore-submodules=all'),
      git.list('ls-files', '-z', '--others'),
      git.list('ls-files', '-z', ':(attr:filter=lfs)')
    ])
    const changed = new Set(raw.filter((_item, position) => position % 2 === 1))
    const lfs = new Set(lfsFiles)
    const rehash: string[] = []
    const pointers: string[] = []
    const skipped = new Set<string>()
    for (const line of index) {
      const [, tag = '', mode = '', id = '', stage = '', path = ''] = /^(.) (\d+) (\w+) (\d)\t(.*)$/s.exec(line) ?? []
      if (mode === '160000') await this.#submodule(path, id)
      else if (this.#rules.excludes(path)) this.#tree.see(path)
      else if (lfs.has(path) && (await isLfsPointer(nodePath.join(this.#directory, path)))) {
        // The commit holds the same pointer, but a proper checkout has the content: this must be another key.
        pointers.push(path)
        this.#tree.add({ path, mode, id: `pointer:${id}` })
      }
      // S: sparse checkout; lower case: "assume unchanged"; a stage: an unfinished merge. None says what lies on disk.
      else if (tag !== 'H' || stage !== '0' || changed.has(path)) {
        rehash.push(path)
        if (tag === 'S') skipped.add(path)
      } else this.#tree.add({ path, mode, id })
    }
    for (const path of others) {
      if (isGitFolder(path)) continue
      if (path.endsWith('/')) await this.#directoryOf(path)
      else if (this.#rules.excludes(path)) this.#tree.see(path)
      else rehash.push(path)
    }
    const missing = (await this.#rehash([...new Set(rehash)])).filter((path) => skipped.has(path))
    if (missing.length > 0) this.remarks.push(`Sparse checkout leaves out ${some(missing)} of the build context.`)
    if (pointers.length > 0)
      this.remarks.push(
        `Git LFS left pointers instead of content in ${some(pointers)} (actions/checkout: "lfs: true").`
      )
  }

  /** Another repository inside ours, or a folder of one: its files are sent like any. */
  async #directoryOf(path: string): Promise<void> {
    const name = path.slice(0, -1)
    if (this.#rules.prunes(name)) this.#tree.see(name)
    else
      await addFiles(this.#tree, nodePath.join(this.#directory, name), `${name}/`, this.#rules, this.#checkout.format)
  }

  /** A submodule counts as its commit while it is clean; otherwise as the files that are there. */
  async #submodule(path: string, id: string): Promise<void> {
    if (this.#rules.prunes(path)) return this.#tree.see(path)
    const directory = nodePath.join(this.#directory, path)
    const names: string[] = await readdir(directory).catch(() => [])
    if (!names.includes('.git')) {
      if (names.length === 0)
        this.remarks.push(`The submodule "${path}" is not checked out (actions/checkout: "submodules: true").`)
      await this.#directoryOf(`${path}/`).catch(() => {})
      return
    }
    const git = gitIn(this.#checkout.git.exec, directory)
    const [head, status] = await Promise.all([
      git.run('rev-parse', 'HEAD'),
      git.run('status', '--porcelain', '--untracked-files=all', '--ignored', '--ignore-submodules=none')
    ])
    if (head.trim() === id && status === '') this.#tree.add({ path, mode: '160000', id })
    else await this.#directoryOf(`${path}/`)
  }

  /**
   * Adds what lies on disk, hashed with Git's own filters (line ends, LFS), so that committing it does not change the
   * key. Returns the paths where nothing is.
   */
  async #rehash(paths: readonly string[]): Promise<string[]> {
    const missing: string[] = []
    const filtered: { path: string; mode: string }[] = []
    for (const path of paths) {
      const file = nodePath.join(this.#directory, path)
      const status = await lstat(file).catch(() => undefined)
      if (!status) missing.push(path)
      // hash-object reads one path a line, and a quote at its start as quoting.
      else if (status.isFile() && !/^"|\n/.test(this.#checkout.prefix + path))
        filtered.push({ path, mode: fileMode(status) })
      else await addFile(this.#tree, file, path, this.#checkout.format)
    }
    const { prefix } = this.#checkout
    const ids = await hashFiltered(
      this.#checkout,
      filtered.map(({ path }) => prefix + path)
    )
    for (const [position, { path, mode }] of filtered.entries()) this.#tree.add({ path, mode, id: ids[position] ?? '' })
    return missing
  }
}

/** Git's blob hashes of files after its filters; paths are relative to the top level. */
async function hashFiltered(checkout: Checkout, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return []
  const top = gitIn(checkout.git.exec, checkout.topLevel)
  const input = paths.map((path) => `${path}\n`).join('')
  return (await top.feed(input, 'hash-object', '--stdin-paths')).trimEnd().split('\n')
}

async function isLfsPointer(file: string): Promise<boolean> {
  const status = await lstat(file).catch(() => undefined)
  if (!status?.isFile()) return false
  await using handle = await open(file)
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(64), 0, 64, 0)
  return buffer.toString('utf8', 0, bytesRead).startsWith('version https://git-lfs.github.com/spec/')
}

async function readDockerfile(exec: Exec, location: Location, checkout: Checkout | undefined): Promise<Dockerfile> {
  const names = dockerfileNames(location)
  for (const path of names) {
    const file = workspacePath(location.workspace, path)
    const status = await stat(file).catch(() => undefined)
    if (!status?.isFile()) continue
    return { path, id: await dockerfileId(exec, file, checkout), text: await readFile(file, 'utf8') }
  }
  throw new GitOpsError(`The Dockerfile "${names[0]}" does not exist.`, {
    hint: 'Name it with the input "file", relative to the workspace.'
  })
}

async function dockerfileId(exec: Exec, file: string, ofContext: Checkout | undefined): Promise<string> {
  const isBeside = ofContext !== undefined && file.startsWith(`${ofContext.topLevel}/`)
  const checkout = isBeside ? ofContext : await openCheckout(exec, nodePath.dirname(file))
  if (!checkout) return hashFile(file, 'sha1')
  const name = nodePath.relative(checkout.topLevel, file)
  if (/^"|\n/.test(name)) return hashFile(file, checkout.format)
  const [id] = await hashFiltered(checkout, [name])
  return id ?? ''
}

async function readIgnore(
  dockerfile: string,
  location: Location
): Promise<{ rules: IgnoreRules; ignoreFile?: string; remarks: string[] }> {
  for (const ignoreFile of ignoreFileNames(dockerfile, location)) {
    const text = await readFile(workspacePath(location.workspace, ignoreFile), 'utf8').catch(() => undefined)
    if (text !== undefined) return { ...readRules(ignoreFile, text), ignoreFile }
  }
  return readRules()
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}

/** `3 files (a, b, …)`. */
export function some(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(', ')
  return `${paths.length} ${paths.length === 1 ? 'file' : 'files'} (${shown}${paths.length > 3 ? ', …' : ''})`
}
