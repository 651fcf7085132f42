import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { GitOpsError } from '../errors.ts'
import { asList, asObject, asString } from '../json.ts'
import type { Logger } from '../log.ts'
import type { Exec } from '../toolchain/exec.ts'
import { findTool, isOnPath } from '../toolchain/tools.ts'
import { workspacePath } from '../workspace.ts'
import { KUSTOMIZATIONS, type ManifestFile } from './files.ts'
import type { Manifest } from './manifest.ts'
import { toManifests } from './objects.ts'
import { BUILT, errorAt } from './placed.ts'
import { decodeText, readYaml } from './yaml/index.ts'

export interface KustomizeOptions {
  readonly workspace: string
  readonly exec: Exec
  readonly log: Logger
  readonly signal?: AbortSignal
}

/**
 * The objects of a kustomization, as `kustomize build` or `kubectl kustomize` builds them, without plugins.
 * @throws GitOpsError with the reason of kustomize, or when it draws on files outside of the workspace
 */
export async function buildKustomization(file: ManifestFile, options: KustomizeOptions): Promise<Manifest[]> {
  const root = workspacePath(options.workspace, '.')
  await checkBases(file.path, root, new Set())
  const tool = (await isOnPath('kustomize')) ? 'kustomize' : 'kubectl'
  const program = await findTool(tool, options)
  const result = await options.exec(program, [tool === 'kustomize' ? 'build' : 'kustomize', file.path], {
    allowFailure: true,
    ...(options.signal ? { signal: options.signal } : {})
  })
  if (result.code !== 0) throw failed(file.name, result.stderr, root)
  const built = `${file.name}${BUILT}`
  const manifests = toManifests(readYaml(result.stdout, built), built)
  if (manifests.length === 0)
    throw errorAt({ file: file.name }, 'the kustomization builds no objects.', {
      hint: 'List its files under resources.'
    })
  // Lines of what was built are no lines of a file.
  return manifests.map(({ object }) => ({ object, source: { file: file.name } }))
}

function failed(name: string, stderr: string, root: string): GitOpsError {
  const text = stderr
    .trim()
    .replace(/^error:\s*/i, '')
    .replaceAll(`${root}${path.sep}`, '')
  return errorAt({ file: name }, text.split('\n')[0] || 'kustomize failed without a reason.', {
    details: text.split('\n').slice(1),
    hint: text.includes('--enable-helm')
      ? 'Charts inside a kustomization are not built. Render the chart with Helm (chart:) instead.'
      : text.includes('is not in or below')
        ? 'A kustomization may only use files of its own directory; move the file, or make it a base.'
        : undefined
  })
}

const LISTS = ['resources', 'bases', 'components', 'generators', 'transformers', 'validators']

/** kustomize keeps files inside a kustomization's own directory, but takes bases from anywhere: those are checked here. */
async function checkBases(directory: string, root: string, visited: Set<string>): Promise<void> {
  if (visited.has(directory)) return
  visited.add(directory)
  for (const entry of await entriesOf(directory, root)) {
    const target = path.resolve(directory, entry)
    const found = await stat(target).catch(() => undefined)
    // What does not exist here is the address of a remote base, or kustomize says that it is missing.
    if (!found) continue
    const real = workspacePath(root, target)
    if (found.isDirectory()) await checkBases(real, root, visited)
  }
}

/** What a kustomization lists; empty where there is none, since kustomize says that better. */
async function entriesOf(directory: string, root: string): Promise<string[]> {
  const name = (await readdir(directory)).find((one) => KUSTOMIZATIONS.includes(one))
  if (name === undefined) return []
  const file = path.join(directory, name)
  const label = path.relative(root, file)
  const documents = readYaml(decodeText(await readFile(file), label), label)
  const lists = documents.flatMap(({ value }) => LISTS.flatMap((list) => asList(asObject(value)?.[list]) ?? []))
  return lists.map(asString).filter((entry) => entry !== undefined)
}
