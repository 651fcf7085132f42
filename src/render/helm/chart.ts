import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../errors.ts'
import { isLoopback } from '../../image/reference.ts'
import { asList, asObject, asString, at } from '../../json.ts'
import { workspacePath } from '../../workspace.ts'
import { decodeText, readYaml } from '../yaml/index.ts'

/** A chart as it was named: in the workspace, packed or not, or in a registry. */
export type Chart =
  | {
      readonly type: 'directory'
      /** Absolute. */
      readonly path: string
      /** As messages call it: relative to the workspace. */
      readonly label: string
      readonly description: ChartDescription
    }
  | { readonly type: 'archive'; readonly path: string; readonly label: string }
  | {
      readonly type: 'remote'
      readonly reference: string
      readonly label: string
      readonly plainHttp: boolean
      readonly pinned: boolean
    }

/** What Chart.yaml says. */
export interface ChartDescription {
  readonly name: string
  readonly version: string
  readonly dependencies: readonly ChartDependency[]
}

export interface ChartDependency {
  readonly name: string
  readonly version: string
  readonly repository: string
}

/**
 * Finds the chart that an input names and checks what can be checked without Helm.
 * @throws GitOpsError when there is no chart, or it draws on files outside of the workspace
 */
export async function findChart(given: string, workspace: string): Promise<Chart> {
  if (/^(?:oci|https?):\/\//.test(given)) return remoteChart(given)
  const absolute = workspacePath(workspace, given)
  const label = path.relative(workspacePath(workspace, '.'), absolute).split(path.sep).join('/') || '.'
  const found = await stat(absolute).catch(() => undefined)
  if (!found)
    throw new GitOpsError(`Chart "${given}" does not exist in the workspace.`, {
      hint: /^[\w.-]+\/[\w.-]+$/.test(given)
        ? 'A chart is a directory or a .tgz in the workspace, or oci://registry/name. Names of "helm repo add" are not known here; use the https:// address of the .tgz.'
        : 'Give a directory or a .tgz in the workspace (relative to its top), or oci://registry/name.'
    })
  if (!found.isDirectory()) {
    if (!/\.t(?:ar\.)?gz$/.test(given))
      throw new GitOpsError(`Chart "${given}" is a file, and no packed chart (.tgz).`, {
        hint: 'Give the directory that holds Chart.yaml. Plain manifests need no chart: give them as manifests.'
      })
    return { type: 'archive', path: absolute, label }
  }
  const description = await describe(absolute, label)
  await checkLinks(absolute, workspace)
  return { type: 'directory', path: absolute, label, description }
}

function remoteChart(given: string): Chart {
  const url = URL.parse(given)
  if (!url || url.hostname === '')
    throw new GitOpsError(`Chart "${given}" is no address of a chart.`, { hint: 'Write oci://registry/path/name.' })
  if (url.username !== '' || url.password !== '')
    throw new GitOpsError('The address of the chart holds credentials, which would stand in logs.', {
      hint: 'Log in before, with docker/login-action or helm registry login, and leave them out.'
    })
  const plainHttp = isLoopback(url.host)
  if (url.protocol === 'http:' && !plainHttp)
    throw new GitOpsError(`Chart "${given}" would be fetched without encryption.`, { hint: 'Use https:// or oci://.' })
  return { type: 'remote', reference: given, label: given, plainHttp, pinned: /@sha256:[0-9a-f]{64}$/.test(given) }
}

/** @throws GitOpsError when Chart.yaml is missing, says no name or version, or is a library's where none is allowed */
export async function describe(
  directory: string,
  label: string,
  options: { library?: boolean } = {}
): Promise<ChartDescription> {
  const file = label === '.' ? 'Chart.yaml' : `${label}/Chart.yaml`
  const bytes = await readFile(path.join(directory, 'Chart.yaml')).catch(() => undefined)
  if (bytes === undefined)
    throw new GitOpsError(`"${label}" is no chart: it holds no Chart.yaml.`, {
      hint: 'Give the directory that holds Chart.yaml. Plain manifests need no chart: give them as manifests.'
    })
  const value = readYaml(decodeText(bytes, file), file)[0]?.value
  const name = asString(at(value, 'name'))
  const version = at(value, 'version')
  if (name === undefined || name === '' || version === undefined || version === null)
    throw new GitOpsError(`${file} says no ${name ? 'version' : 'name'}.`, {
      hint: 'A chart needs apiVersion, name and version.'
    })
  if (asString(at(value, 'type')) === 'library' && !options.library)
    throw new GitOpsError(`"${label}" is a library chart: it renders nothing by itself.`, {
      hint: 'Give the chart that depends on it.'
    })
  return { name, version: String(version), dependencies: dependenciesOf(value) }
}

/** The dependencies in the content of a Chart.yaml or Chart.lock. */
export function dependenciesOf(content: unknown): ChartDependency[] {
  return (asList(at(content, 'dependencies')) ?? []).flatMap((entry) => {
    const dependency = asObject(entry)
    const name = asString(dependency?.['name'])
    if (name === undefined) return []
    return [
      { name, version: String(dependency?.['version'] ?? ''), repository: asString(dependency?.['repository']) ?? '' }
    ]
  })
}

/** Helm follows links: each must stay in the workspace. */
async function checkLinks(directory: string, workspace: string, visited = new Set<string>()): Promise<void> {
  const real = await realpath(directory)
  if (visited.has(real)) return
  visited.add(real)
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name)
    const found = await lstat(file)
    if (!found.isDirectory() && !found.isSymbolicLink()) continue
    const target = workspacePath(workspace, file)
    if ((await stat(target)).isDirectory() && !NO_PART.has(name)) await checkLinks(target, workspace, visited)
  }
}

/** Directories that are no part of a chart even where it is the whole repository. */
export const NO_PART: ReadonlySet<string> = new Set(['.git', 'node_modules'])
