import { GitOpsError } from '../errors.ts'
import { repositoryOf } from '../loop/images.ts'
import type { ImagePin, RenderOptions, RenderSource } from '../render/index.ts'
import { exec } from '../toolchain/exec.ts'
import type { Inputs } from './inputs.ts'
import { log } from './log.ts'
import { readImages } from './target-inputs.ts'

type Name =
  | 'chart'
  | 'version'
  | 'release'
  | 'manifests'
  | 'namespace'
  | 'values-files'
  | 'values'
  | 'set'
  | 'images'
  | 'config-checksums'
  | 'kube-version'
  | 'api-versions'
  | 'include-crds'
  | 'output'

/** Inputs that mean nothing without a chart. */
const OF_A_CHART = ['version', 'release', 'values-files', 'values', 'set', 'kube-version', 'api-versions'] as const

export interface RenderRequest {
  readonly source: RenderSource
  readonly options: Omit<RenderOptions, 'signal'>
  /** Directory for the objects, relative to the workspace. */
  readonly output: string
}

/**
 * Reads the inputs of `render-helm`.
 * @throws GitOpsError naming the input
 */
export function readRender(inputs: Inputs<Name>, env: NodeJS.ProcessEnv = process.env): RenderRequest {
  const source = readSource(inputs)
  const namespace = inputs.optional('namespace')
  return {
    source,
    options: {
      workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
      ...(namespace === undefined ? {} : { namespace }),
      images: readPins(inputs),
      configChecksums: inputs.boolean('config-checksums', true),
      log,
      exec
    },
    output: inputs.optional('output') ?? `rendered/${source.type === 'helm' ? source.release : 'manifests'}`
  }
}

function readSource(inputs: Inputs<Name>): RenderSource {
  const chart = inputs.optional('chart')
  const paths = inputs.lines('manifests')
  const includeCrds = inputs.boolean('include-crds', true)
  if (chart === undefined && paths.length === 0)
    throw new GitOpsError('Neither input "chart" nor input "manifests" is given.', {
      hint: 'Give chart: a directory, a .tgz or oci://…; or manifests: files, directories, globs and kustomizations.'
    })
  if (chart !== undefined && paths.length > 0)
    throw new GitOpsError('Both input "chart" and input "manifests" are given.', {
      hint: 'Render them in two steps, and give deploy the output of both.'
    })
  if (chart === undefined) {
    const unused = OF_A_CHART.find((name) => inputs.raw(name).trim() !== '')
    if (unused !== undefined)
      throw new GitOpsError(`Input "${unused}" is given without a chart.`, { hint: 'Give chart, or leave it out.' })
    return { type: 'manifests', paths }
  }
  const version = inputs.optional('version')
  const valuesText = inputs.optional('values') === undefined ? undefined : inputs.raw('values')
  const kubeVersion = inputs.optional('kube-version')
  return {
    type: 'helm',
    chart,
    release: inputs.optional('release') ?? releaseOf(chart),
    values: inputs.lines('values-files'),
    set: inputs.pairs('set'),
    includeCrds,
    apiVersions: inputs.lines('api-versions').flatMap((line) => line.split(/[\s,]+/).filter((word) => word !== '')),
    ...(version === undefined ? {} : { version }),
    ...(valuesText === undefined ? {} : { valuesText }),
    ...(kubeVersion === undefined ? {} : { kubeVersion })
  }
}

/** `web` of charts/web, oci://registry/charts/web@sha256:… and web-1.2.0.tgz. */
function releaseOf(chart: string): string {
  const last = chart.replace(/\/+$/, '').split('/').at(-1) ?? ''
  const name = last
    .replace(/[@:].*$/, '')
    .replace(/(?:-v?\d+\.\d+[^/]*)?\.t(?:ar\.)?gz$/, '')
    .toLowerCase()
  if (/^[a-z0-9][a-z0-9-]*$/.test(name)) return name
  throw new GitOpsError('Input "release" is required: the chart\'s address gives no name for it.', {
    hint: 'Give the name of the release, for example release: web.'
  })
}

/** A container names an image by its repository, or by the bare name that the input gives. */
function readPins(inputs: Inputs<Name>): ImagePin[] {
  return [...readImages(inputs.lines('images'))].flatMap(([name, reference]) =>
    [...new Set([name, repositoryOf(reference)])].map((one) => ({ name: one, reference }))
  )
}
