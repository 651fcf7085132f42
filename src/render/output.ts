import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { mapConcurrent } from '../concurrency.ts'
import { GitOpsError } from '../errors.ts'
import { asList, asString, at, canonicalJson, parseJson } from '../json.ts'
import { workspacePath } from '../workspace.ts'
import { groupOf, type KubernetesObject, type Manifest, namespaceOf, objectId } from './manifest.ts'
import { writeYaml } from './yaml/write.ts'

/** Tells our directory from any other, and what in it is ours. Hidden, so that no reader takes it for a manifest. */
const MARKER = '.gitops-actions-rendered.json'

/**
 * Writes one file per object into a directory that is ours: empty, new, or written by an earlier run, whose files are
 * removed. Names and content depend on the objects alone. What is read back from it has the same digest.
 * @param directory relative to the workspace
 * @throws GitOpsError when the directory holds files of others; then nothing is changed
 */
export async function writeManifests(
  manifests: readonly Manifest[],
  directory: string,
  workspace: string
): Promise<void> {
  const target = workspacePath(workspace, directory)
  if (target === workspacePath(workspace, '.'))
    throw new GitOpsError(`The output directory "${directory}" is the workspace itself.`, {
      hint: 'Name a directory of its own, for example rendered.'
    })
  const stale = await ownFiles(target, directory)
  const files = nameFiles(manifests)
  await mkdir(target, { recursive: true })
  // The marker first: a run that is killed leaves a directory that the next one may clean up.
  await writeFile(path.join(target, MARKER), marker([...new Set([...stale, ...files.keys()])]))
  for (const name of stale) if (!files.has(name)) await rm(path.join(target, name), { force: true })
  await mapConcurrent([...files], FILES_AT_ONCE, ([name, { object, source }]) =>
    writeFile(path.join(target, name), `# Source: ${source.file.replace(/[\r\n]/g, ' ')}\n${writeYaml(object)}`, {
      // Other users of a runner need not read what is secret.
      mode: object.kind === 'Secret' ? 0o600 : 0o644
    })
  )
  await writeFile(path.join(target, MARKER), marker([...files.keys()]))
}

const FILES_AT_ONCE = 32

function marker(files: readonly string[]): string {
  return `${JSON.stringify({ writtenBy: 'gitops-actions/render-helm', files }, undefined, 2)}\n`
}

/** The files of an earlier run. */
async function ownFiles(target: string, directory: string): Promise<string[]> {
  const present = await entries(target, directory)
  const own = present.includes(MARKER) ? await listed(target) : []
  const foreign = present.filter((name) => name !== MARKER && !own.includes(name))
  if (foreign.length > 0)
    throw new GitOpsError(
      `The output directory "${directory}" holds files that are not of an earlier run: ${foreign.slice(0, 5).join(', ')}${foreign.length > 5 ? ', …' : ''}.`,
      { hint: 'Give another directory, or remove them: everything in it would be deployed together.' }
    )
  return own
}

async function entries(target: string, directory: string): Promise<string[]> {
  try {
    return await readdir(target)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return []
    throw new GitOpsError(
      `"${directory}" cannot be the output directory: ${code === 'ENOTDIR' ? 'it is a file' : code}.`,
      { cause: error }
    )
  }
}

/** Only plain names: nothing that a forged marker says leads out of the directory. */
async function listed(target: string): Promise<string[]> {
  try {
    const value = parseJson(await readFile(path.join(target, MARKER), 'utf8'))
    const names = (asList(at(value, 'files')) ?? []).map(asString)
    return names.filter(
      (name) => name !== undefined && name === path.basename(name) && name.endsWith('.yaml')
    ) as string[]
  } catch {
    return []
  }
}

/** Names that sort by namespace and kind, are valid on every system and as artifacts, and stay short. */
function nameFiles(manifests: readonly Manifest[]): Map<string, Manifest> {
  const sorted = manifests
    .map((manifest) => ({ manifest, id: objectId(manifest.object), json: canonicalJson(manifest.object) }))
    .sort((a, b) => compare(a.id, b.id) || compare(a.json, b.json))
  const files = new Map<string, Manifest>()
  for (const { manifest, id, json } of sorted) {
    const name = nameOf(manifest.object, id)
    // The same object twice: two hooks of Helm.
    files.set(`${files.has(`${name}.yaml`) ? `${name}-${shortHash(json)}` : name}.yaml`, manifest)
  }
  return files
}

const LONGEST = 180

function nameOf(object: KubernetesObject, id: string): string {
  const group = groupOf(object)
  const kind = object.kind.toLowerCase() + (group === '' ? '' : `.${group}`)
  const wanted = [namespaceOf(object), kind, object.metadata.name].filter((part) => part !== undefined).join('_')
  const name = wanted.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, LONGEST)
  // A hidden file would not be read back.
  const visible = name.replace(/^\.+/, '-')
  return visible === wanted ? visible : `${visible}-${shortHash(id)}`
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
