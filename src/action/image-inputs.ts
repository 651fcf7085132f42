import { GitOpsError } from '../errors.ts'
import type { BuildOptions, Provenance } from '../image/index.ts'
import { setSecret } from './commands.ts'
import type { Inputs } from './inputs.ts'
import { log } from './log.ts'

export type ImageInput =
  | 'context'
  | 'file'
  | 'repository'
  | 'tags'
  | 'platforms'
  | 'target'
  | 'build-args'
  | 'labels'
  | 'secret-envs'
  | 'secret-files'
  | 'cache-from'
  | 'cache-to'
  | 'push'
  | 'reuse'
  | 'provenance'
  | 'sbom'
  | 'engine'
  | 'builder'
  | 'buildkit-address'
  | 'registry-username'
  | 'registry-password'

/** What people write who know buildx: `false` for none, `true` for its own default. */
const PROVENANCE = ['none', 'min', 'max', 'false', 'true'] as const

/**
 * Reads the inputs of `build-image`.
 * @throws GitOpsError naming the input
 */
export function readImage(inputs: Inputs<ImageInput>, env: NodeJS.ProcessEnv = process.env): BuildOptions {
  // More engines will follow; an unknown one must not silently become this one.
  inputs.choice('engine', ['buildx'], 'buildx')
  return {
    workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
    context: inputs.optional('context') ?? '.',
    file: inputs.optional('file'),
    repository: inputs.required('repository'),
    tags: inputs.lines('tags'),
    platforms: inputs.lines('platforms').flatMap((line) => line.split(/\s*,\s*/).filter((word) => word !== '')),
    target: inputs.optional('target'),
    buildArgs: record('build-args', inputs),
    labels: record('labels', inputs),
    secretEnvs: Object.entries(record('secret-envs', inputs)).map(([id, name]) => ({ id, env: name.trim() })),
    secretFiles: Object.entries(record('secret-files', inputs)).map(([id, path]) => ({ id, path: path.trim() })),
    cacheFrom: inputs.lines('cache-from'),
    cacheTo: inputs.lines('cache-to'),
    push: inputs.boolean('push', true),
    reuse: inputs.boolean('reuse', true),
    provenance: readProvenance(inputs),
    sbom: inputs.boolean('sbom', false),
    builder: inputs.optional('builder'),
    buildkitAddress: inputs.optional('buildkit-address'),
    login: readLogin(inputs),
    log,
    env,
    mask: setSecret
  }
}

function readProvenance(inputs: Inputs<ImageInput>): Provenance | undefined {
  if (inputs.optional('provenance') === undefined) return undefined
  const word = inputs.choice('provenance', PROVENANCE, 'min')
  return word === 'false' ? 'none' : word === 'true' ? 'min' : word
}

function record(name: 'build-args' | 'labels' | 'secret-envs' | 'secret-files', inputs: Inputs<ImageInput>) {
  const pairs = inputs.pairs(name)
  const result = new Map<string, string>()
  for (const [key, value] of pairs) {
    if (result.has(key))
      throw new GitOpsError(`Input "${name}" gives "${key}" twice.`, { hint: 'Keep one of the two lines.' })
    result.set(key, value)
  }
  return Object.fromEntries(result)
}

function readLogin(inputs: Inputs<ImageInput>): BuildOptions['login'] {
  const username = inputs.optional('registry-username')
  const password = inputs.optional('registry-password')
  if (password !== undefined) setSecret(password)
  if (username === undefined && password === undefined) return undefined
  if (username !== undefined && password !== undefined) return { username, password }
  const [given, missing] =
    username === undefined ? ['registry-password', 'registry-username'] : ['registry-username', 'registry-password']
  throw new GitOpsError(`Input "${given}" is given without "${missing}".`, {
    hint: 'Give both, or neither to use a login of a step before. A secret that does not exist is empty.'
  })
}
