import { stat } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../errors.ts'
import { fixedPart, workspacePath } from '../workspace.ts'
import type { DeclarationContent } from './model.ts'
import type { Reader } from './reader.ts'
import type { Path } from './shape.ts'
import type { TargetDeclaration } from './target.ts'

type Kind = 'file' | 'directory' | 'any'

/** Checks that every path of the declaration stays inside the workspace and exists. Reports to `reader`. */
export async function checkPaths(content: DeclarationContent, reader: Reader, workspace: string): Promise<void> {
  const check = (value: string, kind: Kind, place: Path) => checkPath(workspace, value, kind, place, reader)
  for (const [name, image] of content.images) {
    const place = ['images', name]
    await check(image.context, 'directory', [...place, 'context'])
    if (image.file !== undefined) await check(image.file, 'file', [...place, 'file'])
    else await checkDockerfile(workspace, image.context, [...place, 'context'], reader)
  }
  for (const [environmentName, environment] of content.environments) {
    const place = ['environments', environmentName]
    if (environment.healthChecks !== undefined)
      await check(environment.healthChecks, 'file', [...place, 'healthChecks'])
    for (const [targetName, target] of environment.targets)
      await checkTarget(workspace, target, [...place, 'targets', targetName], reader)
  }
}

async function checkTarget(workspace: string, target: TargetDeclaration, place: Path, reader: Reader): Promise<void> {
  const check = (value: string, kind: Kind, ...below: Path) =>
    checkPath(workspace, value, kind, [...place, ...below], reader)
  switch (target.kind) {
    case 'kubernetes':
      for (const [index, value] of (target.manifests ?? []).entries()) await check(value, 'any', 'manifests', index)
      for (const [index, value] of (target.helm?.values ?? []).entries())
        await check(value, 'file', 'helm', 'values', index)
      if (target.helm) await checkChart(workspace, target.helm.chart, [...place, 'helm', 'chart'], reader)
      return
    case 'terraform': {
      const { directory, varFiles, backendConfig } = target.terraform
      await check(directory, 'directory', 'terraform', 'directory')
      for (const [index, value] of varFiles.entries()) await check(value, 'file', 'terraform', 'varFiles', index)
      for (const [index, value] of backendConfig.entries())
        if (!/^[A-Za-z_][\w.-]*\s*=/.test(value)) await check(value, 'file', 'terraform', 'backendConfig', index)
      return
    }
    case 'kops':
      for (const [index, value] of target.kops.manifests.entries()) await check(value, 'any', 'kops', 'manifest', index)
      return
    case 'cloudformation': {
      const { template, parameterFiles, stackPolicy, importResources } = target.cloudformation
      await check(template, 'file', 'cloudformation', 'template')
      for (const [index, value] of parameterFiles.entries())
        await check(value, 'file', 'cloudformation', 'parameterFiles', index)
      if (stackPolicy !== undefined) await check(stackPolicy, 'file', 'cloudformation', 'stackPolicy')
      if (importResources !== undefined) await check(importResources, 'file', 'cloudformation', 'importResources')
    }
  }
}

async function checkPath(
  workspace: string,
  value: string,
  kind: Kind,
  place: Path,
  reader: Reader
): Promise<string | undefined> {
  // A glob is checked when it is expanded; its fixed part already now.
  const fixed = fixedPart(value)
  if (path.isAbsolute(value))
    return reader.errorAt(place, `"${value}" is absolute; paths are relative to the repository.`)
  let location: string
  try {
    location = workspacePath(workspace, fixed)
  } catch (error) {
    if (!(error instanceof GitOpsError)) throw error
    return reader.errorAt(place, `${error.message} ${error.hint ?? ''}`.trim())
  }
  const found = await stat(location).catch(() => undefined)
  if (!found) return reader.errorAt(place, `"${fixed}" does not exist in the repository.`)
  if (kind === 'file' && !found.isFile()) return reader.errorAt(place, `"${value}" is no file.`)
  if (kind === 'directory' && !found.isDirectory()) return reader.errorAt(place, `"${value}" is no directory.`)
  return location
}

async function checkDockerfile(workspace: string, context: string, place: Path, reader: Reader): Promise<void> {
  const location = path.resolve(workspace, context)
  const directory = await stat(location).catch(() => undefined)
  if (!directory?.isDirectory()) return
  const file = await stat(path.join(location, 'Dockerfile')).catch(() => undefined)
  if (!file) reader.errorAt(place, `there is no Dockerfile in "${context}". Add it, or name another one with "file".`)
}

async function checkChart(workspace: string, chart: string, place: Path, reader: Reader): Promise<void> {
  if (chart.startsWith('oci://')) return
  if (/^[a-z+]+:\/\//.test(chart)) {
    reader.errorAt(
      place,
      `"${chart}" is neither a path nor an oci:// reference. Charts of a HTTP repository must be vendored or taken from an OCI registry.`
    )
    return
  }
  const location = await checkPath(workspace, chart, 'any', place, reader)
  if (location === undefined) return
  const found = await stat(location)
  if (found.isFile()) {
    if (!/\.(tgz|tar\.gz)$/.test(chart)) reader.errorAt(place, `"${chart}" is neither a directory nor a .tgz archive.`)
  } else if (!(await stat(path.join(location, 'Chart.yaml')).catch(() => undefined)))
    reader.errorAt(place, `"${chart}" is no chart: it has no Chart.yaml.`)
}
