import { DRIFT_DEFAULTS, parseLimit, TARGET_DEFAULTS } from '../declaration/defaults.ts'
import type { EnvironmentDeclaration, TargetDeclaration } from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import { givenImages, repositoryOf } from '../loop/images.ts'
import type { Command, EnvironmentRun } from '../loop/index.ts'
import type { ClusterInputs } from './cluster-inputs.ts'
import type { Inputs } from './inputs.ts'

/** Inputs that say what one target is and how it is treated: those of `deploy` and `drift-check`. */
export type TargetInput =
  | 'manifests'
  | 'images'
  | 'prune'
  | 'max-prune'
  | 'wait'
  | 'ignore-differences'
  | 'config-checksums'

/** One target in one environment, as `gitops.yaml` would declare it. */
export interface TargetRequest {
  readonly environment: EnvironmentDeclaration
  /** Image references by the name that containers use. */
  readonly images: ReadonlyMap<string, string>
}

/**
 * Reads the inputs of an action that works without `gitops.yaml` into the declaration of a single target.
 * @throws GitOpsError naming the input
 */
export async function readTarget(
  inputs: Inputs<TargetInput>,
  cluster: ClusterInputs,
  policy: { drift?: EnvironmentDeclaration['drift']; fieldConflicts?: TargetDeclaration['fieldConflicts'] }
): Promise<TargetRequest> {
  const manifests = inputs.lines('manifests')
  if (manifests.length === 0)
    throw new GitOpsError('Input "manifests" is required.', {
      hint: 'Name files, directories, globs or kustomizations, one a line.'
    })
  const images = readImages(inputs.lines('images'))
  const target: TargetDeclaration = {
    manifests,
    helm: undefined,
    namespace: cluster.namespace,
    images: [...images.keys()],
    dependsOn: [],
    timeout: cluster.timeout,
    wait: inputs.boolean('wait', true),
    prune: inputs.boolean('prune', true),
    maxPrune: readLimit(inputs),
    fieldConflicts: policy.fieldConflicts ?? TARGET_DEFAULTS.fieldConflicts,
    configChecksums: inputs.boolean('config-checksums', true)
  }
  const environment: EnvironmentDeclaration = {
    cluster: { context: cluster.context, kubeconfig: undefined },
    targets: new Map([[cluster.target, target]]),
    images: new Map(),
    ignore: await readIgnore(inputs),
    drift: policy.drift ?? DRIFT_DEFAULTS,
    onFailure: 'none'
  }
  return { environment, images }
}

/** A run over that one target. Earlier commits declare the same: the inputs are all there is. */
export function targetRun(cluster: ClusterInputs, target: TargetRequest, command: Command): EnvironmentRun {
  return {
    name: cluster.environment,
    declared: target.environment,
    declaredIn: async () => target.environment,
    images: givenImages(target.images),
    command
  }
}

/** `name=reference` or a reference alone, whose repository is then the name. */
export function readImages(lines: readonly string[]): Map<string, string> {
  const images = new Map<string, string>()
  for (const line of lines) {
    const [, name, reference = ''] = /^(?:([^=@]+)=)?(\S+)$/.exec(line) ?? []
    if (!/^[\w.-]+(:\d+)?[\w./-]*(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/.test(reference) || !/[:@]/.test(reference))
      throw new GitOpsError(`Input "images": "${line}" is no image reference.`, {
        hint: 'Write one a line: ghcr.io/acme/web@sha256:…, or web=ghcr.io/acme/web@sha256:… where the manifests say "web".'
      })
    const key = name ?? repositoryOf(reference)
    if (images.has(key)) throw new GitOpsError(`Input "images" names "${key}" twice.`)
    images.set(key, reference)
  }
  return images
}

function readLimit(inputs: Inputs<'max-prune'>): TargetDeclaration['maxPrune'] {
  const text = inputs.optional('max-prune') ?? TARGET_DEFAULTS.maxPrune
  const limit = parseLimit(text)
  if (limit !== undefined) return limit
  throw new GitOpsError(`Input "max-prune" is "${text}", which is neither a number nor a percentage.`, {
    hint: 'Use for example 20, or 50%.'
  })
}

async function readIgnore(inputs: Inputs<'ignore-differences'>): Promise<EnvironmentDeclaration['ignore']> {
  const text = inputs.optional('ignore-differences')
  if (text === undefined) return []
  const { parseIgnoreRules } = await import('../declaration/ignore-text.ts')
  return parseIgnoreRules(inputs.raw('ignore-differences'), 'ignore-differences')
}
