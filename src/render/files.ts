import { glob, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError, messageOf } from '../errors.ts'
import { fixedPart, workspacePath } from '../workspace.ts'

/** Something to read objects from. Paths are absolute, names relative to the workspace with forward slashes. */
export interface ManifestFile {
  readonly type: 'file' | 'kustomization'
  readonly path: string
  readonly name: string
}

const MANIFEST = /\.(?:ya?ml|json)$/i
/** What kustomize takes for the file of a kustomization. */
export const KUSTOMIZATIONS: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/**
 * What a list of paths names: files, directories (recursively; `.yaml`, `.yml`, `.json`; hidden ones left out), globs,
 * and directories with a kustomization. Each file once, in the order of the paths, sorted below each.
 * @throws GitOpsError when a path does not exist, leaves the workspace, or nothing is found at all
 */
export async function findManifests(workspace: string, paths: readonly string[]): Promise<ManifestFile[]> {
  const root = workspacePath(workspace, '.')
  const found = new Map<string, ManifestFile>()
  const looked: string[] = []
  for (const given of paths) {
    const { matches, words } = await expand(root, given)
    looked.push(words)
    for (const match of matches) for (const file of await filesBelow(root, match, given)) found.set(file.path, file)
  }
  if (found.size === 0)
    throw new GitOpsError(`There are no manifests in ${looked.join(', ') || 'an empty list of paths'}.`, {
      hint: 'Manifests are files that end in .yaml, .yml or .json, or a directory with a kustomization.yaml; hidden files do not count.'
    })
  return [...found.values()]
}

interface Expanded {
  readonly matches: readonly string[]
  readonly words: string
}

/** A path as it is, if it exists; else what it matches as a glob. */
async function expand(root: string, given: string): Promise<Expanded> {
  const asItIs = workspacePath(root, given)
  if (await statOf(asItIs)) return { matches: [asItIs], words: `"${given}"` }
  const fixed = fixedPart(given)
  if (fixed === given) throw await notThere(root, given)
  workspacePath(root, fixed)
  const matches: string[] = []
  for await (const match of glob(given, { cwd: root })) matches.push(workspacePath(root, match))
  matches.sort()
  // A glob that names everything means the manifests among it.
  const wanted = await Promise.all(matches.map(async (one) => MANIFEST.test(one) || (await isDirectory(one))))
  return {
    matches: withoutNested(matches.filter((_, index) => wanted[index])),
    words: `"${given}" (${matches.length === 0 ? 'matches nothing' : `matches ${matches.length} files or directories`})`
  }
}

/** `**` also matches the directories between, which would be read as a whole. */
function withoutNested(matches: readonly string[]): string[] {
  const files = new Set(matches.filter((one) => MANIFEST.test(one)))
  return matches.filter((one) => files.has(one) || !matches.some((other) => other.startsWith(one + path.sep)))
}

async function notThere(root: string, given: string): Promise<GitOpsError> {
  const parent = path.dirname(given)
  const siblings = await readdir(path.resolve(root, parent)).catch(() => [])
  const near = siblings.filter((name) => !name.startsWith('.')).sort()
  return new GitOpsError(`Manifests: "${given}" does not exist.`, {
    hint:
      near.length > 0
        ? `${parent === '.' ? 'The workspace' : `"${parent}"`} holds: ${near.slice(0, 10).join(', ')}${near.length > 10 ? ', …' : ''}. Paths are relative to the workspace.`
        : 'Paths are relative to the workspace; is the repository checked out (actions/checkout)?'
  })
}

async function filesBelow(root: string, start: string, given: string): Promise<ManifestFile[]> {
  if (!(await isDirectory(start))) {
    if (KUSTOMIZATIONS.includes(path.basename(start)))
      return [kustomization(root, path.dirname(start), path.basename(start))]
    return [{ type: 'file', path: start, name: nameOf(root, start) }]
  }
  const names = await readdir(start).catch((error: unknown) => {
    throw unreadable(nameOf(root, start), error)
  })
  const own = KUSTOMIZATIONS.find((name) => names.includes(name))
  if (own !== undefined) return [kustomization(root, start, own)]
  return walk(root, start, given, new Set())
}

async function walk(root: string, directory: string, given: string, visited: Set<string>): Promise<ManifestFile[]> {
  // A link may lead back to a directory above.
  if (visited.has(directory)) return []
  visited.add(directory)
  const all = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(nameOf(root, directory), error)
  })
  const entries = all.filter(({ name }) => !name.startsWith('.'))
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const names = entries.map(({ name }) => name)
  refuseOtherKinds(root, directory, names, given)
  const files: ManifestFile[] = []
  for (const entry of entries) {
    const place = path.join(directory, entry.name)
    // Only a link can lead elsewhere: the directory itself is known to be inside.
    const real = entry.isSymbolicLink() ? workspacePath(root, place) : place
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await isDirectory(real))))
      files.push(...(await walk(root, real, given, visited)))
    // A pipe or a socket would be waited for without end.
    else if (MANIFEST.test(entry.name) && (entry.isFile() || entry.isSymbolicLink()))
      files.push({ type: 'file', path: real, name: nameOf(root, place) })
  }
  return files
}

/** A chart or a kustomization inside a directory of manifests is not meant to be applied file by file. */
function refuseOtherKinds(root: string, directory: string, names: readonly string[], given: string): void {
  const name = nameOf(root, directory)
  if (names.includes('Chart.yaml'))
    throw new GitOpsError(`"${name}" is a Helm chart, not a directory of manifests.`, {
      hint: 'Render it with Helm (chart:), or name the manifests without it, one by one or by a glob.'
    })
  if (KUSTOMIZATIONS.some((one) => names.includes(one)))
    throw new GitOpsError(`"${name}" is a kustomization inside the directory of manifests "${given}".`, {
      hint: `Give "${name}" as a path of its own (an overlay, not its base), and the other manifests beside it.`
    })
}

function kustomization(root: string, directory: string, file: string): ManifestFile {
  return { type: 'kustomization', path: directory, name: nameOf(root, path.join(directory, file)) }
}

/** A file or folder that is there and cannot be read. */
export function unreadable(name: string, error: unknown): GitOpsError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return new GitOpsError(`Manifests: "${name}" cannot be read: ${messageOf(error)}.`, {
    hint:
      code === 'EACCES'
        ? 'Its permissions keep the user of this runner out: see ls -l. A step that ran as root in a container may have made it.'
        : 'See that it is a plain file or folder of the checkout.',
    cause: error
  })
}

/** Relative to the workspace, with forward slashes. */
function nameOf(root: string, absolute: string): string {
  return path.relative(root, absolute).split(path.sep).join('/') || '.'
}

async function statOf(file: string) {
  return stat(file).catch(() => undefined)
}

async function isDirectory(file: string): Promise<boolean> {
  return (await statOf(file))?.isDirectory() ?? false
}
