import { FIELD_CONFLICTS, FOREIGN_FIELDS, parseLimit, TARGET_DEFAULTS, UNMANAGED } from '../declaration/defaults.ts'
import type { EnvironmentDeclaration, TargetDeclaration } from '../declaration/index.ts'
import { GitOpsError } from '../errors.ts'
import { repositoryOf } from '../loop/images.ts'
import type { ClusterInputs } from './cluster-inputs.ts'
import type { Inputs } from './inputs.ts'

/** Inputs that say what one target is and how it is treated: those of `deploy` and `drift-check`. */
type Name =
  | 'manifests'
  | 'images'
  | 'prune'
  | 'max-prune'
  | 'wait'
  | 'field-conflicts'
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
  inputs: Inputs<Name>,
  cluster: ClusterInputs,
  drift: Partial<EnvironmentDeclaration['drift']> = {}
): Promise<TargetRequest> {
  const manifests = inputs.lines('manifests')
  if (manifests.length === 0) inputs.required('manifests')
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
    fieldConflicts: inputs.choice('field-conflicts', FIELD_CONFLICTS, TARGET_DEFAULTS.fieldConflicts),
    configChecksums: inputs.boolean('config-checksums', true)
  }
  const environment: EnvironmentDeclaration = {
    cluster: { context: cluster.context, kubeconfig: undefined },
    targets: new Map([[cluster.target, target]]),
    images: new Map(),
    ignore: await readIgnore(inputs),
    drift: { heal: 'off', maxChanges: 100, foreignFields: 'report', unmanaged: 'report', ...drift },
    onFailure: 'none'
  }
  return { environment, images }
}

/** The words that `foreign-fields` and `unmanaged` know; only the drift check has these inputs. */
export { FOREIGN_FIELDS, UNMANAGED }

/** `name=reference` or a reference alone, whose repository is then the name. */
function readImages(lines: readonly string[]): Map<string, string> {
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
