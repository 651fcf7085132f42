import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readlink, stat } from 'node:fs/promises'
import nodePath from 'node:path'
import type { IgnoreRules } from './dockerignore.ts'
import type { Tree } from './tree.ts'

/** Git's hash function for objects: sha1, or sha256 in a repository that was made so. */
export type ObjectFormat = 'sha1' | 'sha256'

/**
 * Adds every file below `directory` to `tree` under `prefix` (empty, or ending in a slash). Hashes are those that Git
 * gives a blob, so a folder that is no repository and a commit of the same files give the same key.
 */
export async function addFiles(
  tree: Tree,
  directory: string,
  prefix: string,
  rules: IgnoreRules,
  format: ObjectFormat
): Promise<void> {
  for (const found of await readdir(directory, { withFileTypes: true })) {
    if (found.name === '.git') continue
    const path = prefix + found.name
    if (found.isDirectory()) {
      if (rules.prunes(path)) tree.see(path)
      else await addFiles(tree, nodePath.join(directory, found.name), `${path}/`, rules, format)
    } else if (rules.excludes(path)) tree.see(path)
    else await addFile(tree, nodePath.join(directory, found.name), path, format)
  }
}

/** Adds one file or symbolic link; what is neither (a socket, a pipe) is left out, as it has no content. */
export async function addFile(tree: Tree, file: string, path: string, format: ObjectFormat): Promise<void> {
  const status = await lstat(file)
  if (status.isSymbolicLink()) tree.add({ path, mode: '120000', id: await hashLink(file, format) })
  else if (status.isFile()) tree.add({ path, mode: fileMode(status), id: await hashFile(file, format) })
}

/** The mode Git records for a file: whether its owner may execute it. */
export function fileMode(status: { readonly mode: number }): '100644' | '100755' {
  return (status.mode & 0o100) === 0 ? '100644' : '100755'
}

/** Git's blob hash of a file's content, read as a stream. */
export async function hashFile(file: string, format: ObjectFormat): Promise<string> {
  const { size } = await stat(file)
  const hash = createHash(format).update(`blob ${size}\0`)
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function hashLink(file: string, format: ObjectFormat): Promise<string> {
  const target = await readlink(file, { encoding: 'buffer' })
  return hashBlob(target, format)
}

/** Git's blob hash of some content. */
export function hashBlob(content: Buffer, format: ObjectFormat): string {
  return createHash(format).update(`blob ${content.length}\0`).update(content).digest('hex')
}
