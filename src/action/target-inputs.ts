import { DRIFT_DEFAULTS, parseLimit, RETIRE_DEFAULTS, TARGET_DEFAULTS } from '../declaration/defaults.ts'
import type { EnvironmentDeclaration, KubernetesDeclaration } from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import { givenImages, repositoryOf } from '../loop/images.ts'
import type { Command, EnvironmentRun } from '../loop/index.ts'
import { ADOPTED, ADOPTED_MUST, SELECTOR, SELECTOR_MUST } from '../targets/kubernetes/selector.ts'
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
  | 'replace'
  | 'health-checks'
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
  policy: {
    drift?: EnvironmentDeclaration['drift']
    fieldConflicts?: KubernetesDeclaration['fieldConflicts']
    adopt?: readonly string[]
  }
): Promise<TargetRequest> {
  const manifests = inputs.lines('manifests')
  if (manifests.length === 0)
    throw new GitOpsError('Input "manifests" is required.', {
      hint: 'Name files, directories, globs or kustomizations, one a line.'
    })
  const images = readImages(inputs.lines('images'))
  const target: KubernetesDeclaration = {
    kind: 'kubernetes',
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
    replace: readReplace(inputs),
    adopt: policy.adopt ?? [],
    configChecksums: inputs.boolean('config-checksums', true)
  }
  const environment: EnvironmentDeclaration = {
    cluster: { context: cluster.context, kubeconfig: undefined },
    targets: new Map([[cluster.target, target]]),
    images: new Map(),
    ignore: await readIgnore(inputs),
    healthChecks: readHealthChecks(inputs),
    retire: RETIRE_DEFAULTS,
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

function readLimit(inputs: Inputs<'max-prune'>): KubernetesDeclaration['maxPrune'] {
  const text = inputs.optional('max-prune') ?? TARGET_DEFAULTS.maxPrune
  const limit = parseLimit(text)
  if (limit !== undefined) return limit
  throw new GitOpsError(`Input "max-prune" is "${text}", which is neither a number nor a percentage.`, {
    hint: 'Use for example 20, or 50%.'
  })
}

/** `never`, or objects that may be replaced, one a line. */
function readReplace(inputs: Inputs<'replace'>): readonly string[] {
  const lines = inputs.lines('replace')
  if (lines.length === 1 && lines[0] === 'never') return []
  const wrong = lines.find((line) => !SELECTOR.test(line))
  if (wrong === undefined) return lines
  throw new GitOpsError(`Input "replace": "${wrong}" names no objects.`, {
    hint: `Write never, or one a line: ${SELECTOR_MUST}.`
  })
}

/** Parents of ApplySets that are to be taken over, one a line. */
export function readAdopt(inputs: Inputs<'adopt'>): readonly string[] {
  const lines = inputs.lines('adopt')
  const wrong = lines.find((line) => !ADOPTED.test(line))
  if (wrong === undefined) return lines
  throw new GitOpsError(`Input "adopt": "${wrong}" names no parent of an ApplySet.`, {
    hint: `Write one a line: ${ADOPTED_MUST}.`
  })
}

/** A file of the workspace. */
function readHealthChecks(inputs: Inputs<'health-checks'>): string | undefined {
  const file = inputs.optional('health-checks')
  if (file === undefined || !file.includes('\n')) return file
  throw new GitOpsError('Input "health-checks" is text of several lines, but must be the path of a file.', {
    hint: 'Write the rules into a file of the repository and name it.'
  })
}

async function readIgnore(inputs: Inputs<'ignore-differences'>): Promise<EnvironmentDeclaration['ignore']> {
  const text = inputs.optional('ignore-differences')
  if (text === undefined) return []
  const { parseIgnoreRules } = await import('../declaration/ignore-text.ts')
  return parseIgnoreRules(inputs.raw('ignore-differences'), 'ignore-differences')
}
