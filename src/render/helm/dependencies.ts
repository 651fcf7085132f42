import { cp, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import { workspacePath } from '../../workspace.ts'
import { decodeText, readYaml } from '../yaml/index.ts'
import { type ChartDependency, type ChartDescription, dependenciesOf, describe, NO_PART } from './chart.ts'
import { explainHelm } from './explain.ts'
import type { Helm } from './run.ts'

interface LocalChart {
  readonly path: string
  readonly label: string
  readonly description: ChartDescription
}

/**
 * The directory to render a chart from: the chart itself where `charts/` holds what Chart.lock (or Chart.yaml) asks
 * for, which needs no network; else a copy in a temporary folder whose dependencies Helm has fetched. Nothing is
 * written into the workspace.
 * @throws GitOpsError when Chart.lock is out of date or a dependency cannot be had
 */
export async function withDependencies(chart: LocalChart, workspace: string, helm: Helm, log: Logger): Promise<string> {
  const missing = await missingDependencies(chart)
  if (missing.length === 0) return chart.path
  log.info(
    `${chart.label}/charts lacks ${missing.map((one) => `${one.name} ${one.version}`).join(', ')}: fetching into a copy.`
  )
  return buildCopy(
    chart,
    { root: workspacePath(workspace, '.'), copies: path.join(helm.directory, 'charts') },
    helm,
    log
  )
}

/** What `charts/` lacks. Unpacked dependencies count whatever their version: somebody put them there on purpose. */
async function missingDependencies(chart: LocalChart): Promise<ChartDependency[]> {
  const { dependencies } = chart.description
  if (dependencies.length === 0) return []
  const locked = new Map((await lockOf(chart))?.map((one) => [one.name, one.version]))
  const present: string[] = await readdir(path.join(chart.path, 'charts')).catch(() => [])
  return dependencies.filter(({ name, version, repository }) => {
    // Without a repository it is a chart that lives in charts/; Helm says so when it does not.
    if (present.includes(name) || repository === '') return false
    const wanted = locked.get(name)
    if (wanted !== undefined) return !present.includes(`${name}-${wanted}.tgz`)
    return !present.some((file) => file === `${name}-${version}.tgz` || isPackageOf(name, file))
  })
}

/** Without a lock, any version is what its author put there. */
function isPackageOf(name: string, file: string): boolean {
  return file.startsWith(`${name}-`) && /^\d.*\.tgz$/.test(file.slice(name.length + 1))
}

async function lockOf(chart: LocalChart): Promise<ChartDependency[] | undefined> {
  const bytes = await readFile(path.join(chart.path, 'Chart.lock')).catch(() => undefined)
  if (bytes === undefined) return undefined
  const file = `${chart.label}/Chart.lock`
  return dependenciesOf(readYaml(decodeText(bytes, file), file)[0]?.value)
}

/** A chart beside it has one version: the one that is committed. */
function isFetched({ repository }: ChartDependency): boolean {
  return repository !== '' && !repository.startsWith('file://')
}

interface Places {
  readonly root: string
  /** Mirrors the workspace, so that `file://../common` leads where it did. */
  readonly copies: string
}

async function buildCopy(chart: LocalChart, places: Places, helm: Helm, log: Logger): Promise<string> {
  const copy = await copyChart(chart.path, places)
  if (!(await lockOf(chart)) && chart.description.dependencies.some(isFetched))
    log.warning(
      `${chart.label} has no Chart.lock, so versions of its dependencies are not fixed. Commit one ("helm dependency update").`
    )
  await addNeighbours(chart, places, helm, log)
  const repositories = chart.description.dependencies.map((one) => one.repository).filter((url) => /^https?:/.test(url))
  for (const [index, url] of [...new Set(repositories)].entries())
    await helm.run(['repo', 'add', `dependency-${index}`, url], (stderr) => explainHelm(stderr, chart.label))
  await helm.run(['dependency', 'build', copy], (stderr) => explainBuild(stderr, chart.label))
  return copy
}

/** Copies charts that are named by path beside the copy, with their own dependencies. */
async function addNeighbours(chart: LocalChart, places: Places, helm: Helm, log: Logger): Promise<void> {
  for (const { name, repository } of chart.description.dependencies) {
    if (!repository.startsWith('file://')) continue
    const given = path.resolve(chart.path, repository.slice('file://'.length))
    const neighbour = workspacePath(places.root, given)
    const label = path.relative(places.root, neighbour)
    const description = await describe(neighbour, label, { library: true }).catch((error: unknown) => {
      if (!(error instanceof GitOpsError)) throw error
      throw new GitOpsError(`${chart.label}/Chart.yaml: dependency "${name}" (${repository}): ${error.message}`, {
        hint: error.hint
      })
    })
    const local = { path: neighbour, label, description }
    if ((await missingDependencies(local)).length > 0) await buildCopy(local, places, helm, log)
    else await copyChart(neighbour, places)
  }
}

async function copyChart(directory: string, { root, copies }: Places): Promise<string> {
  const copy = path.join(copies, path.relative(root, directory))
  await cp(directory, copy, {
    recursive: true,
    dereference: true,
    filter: (source) => !NO_PART.has(path.basename(source))
  })
  return copy
}

function explainBuild(stderr: string, label: string): GitOpsError {
  if (stderr.includes('is out of sync with'))
    return new GitOpsError(`${label}/Chart.lock is out of date: Chart.yaml asks for other dependencies.`, {
      hint: `Run "helm dependency update ${label}" and commit Chart.lock.`
    })
  const error = explainHelm(stderr, label)
  return new GitOpsError(`Dependencies of ${label}: ${error.message}`, {
    hint:
      error.hint ??
      'Commit the packed dependencies in charts/ to need no network, or make their repository reachable from the runner.',
    details: error.details
  })
}
