import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import type { Exec } from '../../toolchain/exec.ts'
import type { Manifest } from '../manifest.ts'
import { toManifests } from '../objects.ts'
import { errorAt, RENDERED } from '../placed.ts'
import { splitDocuments } from '../yaml/documents.ts'
import { readYaml } from '../yaml/index.ts'
import { type Chart, findChart } from './chart.ts'
import { withDependencies } from './dependencies.ts'
import { explainHelm, inChart } from './explain.ts'
import { type Helm, withHelm } from './run.ts'
import { valuesArguments } from './values.ts'

export interface HelmSource {
  readonly type: 'helm'
  /** A directory or .tgz in the workspace, `oci://…`, or the https:// address of a .tgz. */
  readonly chart: string
  /** Of a chart in a registry. */
  readonly version?: string
  readonly release: string
  /** Values files, relative to the workspace; later ones win. */
  readonly values: readonly string[]
  /** Values as YAML text; win over the files. */
  readonly valuesText?: string
  /** Single values; win over everything else. */
  readonly set?: readonly (readonly [string, string])[]
  readonly includeCrds: boolean
  readonly kubeVersion?: string
  readonly apiVersions?: readonly string[]
}

export interface HelmRenderOptions {
  readonly workspace: string
  readonly namespace?: string
  readonly exec: Exec
  readonly log: Logger
  readonly signal?: AbortSignal
}

/**
 * The objects that `helm template` renders, hooks included (the engine runs them), tests left out.
 * @throws GitOpsError with the template and line first
 */
export async function renderHelm(source: HelmSource, options: HelmRenderOptions): Promise<Manifest[]> {
  checkRelease(source.release)
  const chart = await findChart(source.chart, options.workspace)
  checkVersion(source, chart, options.log)
  return withHelm(options, async (helm) => {
    const values = await valuesArguments({
      files: source.values,
      text: source.valuesText,
      set: source.set ?? [],
      workspace: options.workspace,
      directory: helm.directory,
      log: options.log
    })
    const place = await placeOf(source, chart, options, helm)
    const args = templateArguments(source, place, options.namespace)
    const text = await helm.run([...args, ...values], (stderr) => explainHelm(withoutPaths(stderr, helm), chart.label))
    return withoutEqualCrds(readRendered(text, chart.label), options.log)
  })
}

/** Helm's rule, which it checks only after a lot of work. */
function checkRelease(release: string): void {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(release) && release.length <= 53) return
  throw new GitOpsError(`"${release}" cannot be the name of a release.`, {
    hint: 'Use lower-case letters, digits, - and . between them, 53 characters at most.'
  })
}

function checkVersion(source: HelmSource, chart: Chart, log: Logger): void {
  if (chart.type === 'remote') {
    if (source.version === undefined && !chart.pinned && !chart.reference.endsWith('.tgz'))
      log.warning(`${chart.reference}: without a version or a digest, each run takes the newest chart.`)
  } else if (source.version !== undefined)
    throw new GitOpsError(
      `A version (${source.version}) is given, but the chart "${chart.label}" lies in the workspace.`,
      {
        hint: 'Leave the version out: it is the one that is committed.'
      }
    )
}

/** Where the chart lies, unpacked or not. */
async function placeOf(source: HelmSource, chart: Chart, options: HelmRenderOptions, helm: Helm): Promise<string> {
  if (chart.type === 'remote') return pull(source, chart, helm)
  return chart.type === 'archive' ? chart.path : withDependencies(chart, options.workspace, helm, options.log)
}

/** Fetched by a command of its own: `helm template` prints what it pulls among the manifests. */
async function pull(source: HelmSource, chart: Chart & { type: 'remote' }, helm: Helm): Promise<string> {
  const directory = path.join(helm.directory, 'pulled')
  const version = source.version === undefined ? [] : ['--version', source.version]
  const plain = chart.plainHttp && chart.reference.startsWith('oci:') ? ['--plain-http'] : []
  await mkdir(directory)
  await helm.run(['pull', chart.reference, ...version, ...plain, '--destination', directory], (stderr) =>
    explainHelm(stderr, chart.label)
  )
  const [file] = (await readdir(directory)).filter((name) => name.endsWith('.tgz'))
  if (file === undefined) throw new GitOpsError(`${chart.label} is no chart: nothing to unpack came of it.`)
  return path.join(directory, file)
}

/** The command line without values. */
function templateArguments(source: HelmSource, place: string, namespace: string | undefined): string[] {
  return [
    'template',
    source.release,
    place,
    '--skip-tests',
    ...(source.includeCrds ? ['--include-crds'] : []),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
    ...(source.kubeVersion === undefined ? [] : ['--kube-version', source.kubeVersion]),
    ...(source.apiVersions && source.apiVersions.length > 0 ? ['--api-versions', source.apiVersions.join(',')] : [])
  ]
}

/** Reads what Helm prints: documents that name their template in a comment, or belong to the one before. */
function readRendered(text: string, label: string): Manifest[] {
  const { chunks, badSeparator } = splitDocuments(text)
  let file = label
  let begin = 1
  const manifests = chunks.flatMap((chunk) => {
    const comment = /^(?:\s*\n|---.*\n|#.*\n)*?# Source: (.+)\n/.exec(chunk.text)
    const lines = comment ? comment[0].split('\n').length - 1 : 0
    if (comment?.[1] !== undefined) {
      file = inChart(comment[1], label)
      begin = chunk.line + lines
    }
    // So that lines in messages are those of what this template renders.
    const body = '\n'.repeat(chunk.line + lines - begin) + chunk.text.slice(comment?.[0].length ?? 0)
    const place = `${file}${RENDERED}`
    return toManifests(readYaml(body, place), place).map(({ object }) => ({ object, source: { file } }))
  })
  if (badSeparator !== undefined)
    throw errorAt(
      { file: `${file}${RENDERED}`, line: badSeparator - begin + 1 },
      'something follows a document separator "---" on its line.',
      {
        hint: 'Move it to the next line; of templates, mind the dashes that eat line ends ({{- and -}}).'
      }
    )
  if (manifests.length === 0)
    throw new GitOpsError(`${label} renders no objects with these values.`, {
      hint: 'Look at the conditions in its templates: everything is switched off.'
    })
  return manifests
}

/** Subcharts that share CRDs bring each a copy; Helm installs the first. */
function withoutEqualCrds(manifests: readonly Manifest[], log: Logger): Manifest[] {
  const first = new Map<string, Manifest>()
  return manifests.filter((manifest) => {
    const { object, source } = manifest
    if (object.kind !== 'CustomResourceDefinition' || !/(?:^|\/)crds\//.test(source.file)) return true
    const other = first.get(object.metadata.name)
    if (!other) first.set(object.metadata.name, manifest)
    else
      log.info(
        `CustomResourceDefinition ${object.metadata.name} is in ${other.source.file} and ${source.file}; the first is taken.`
      )
    return !other
  })
}

/** Names of temporary folders say nothing to a reader. */
function withoutPaths(stderr: string, helm: Helm): string {
  return stderr.replaceAll(`${helm.directory}${path.sep}`, '')
}
