import { mapConcurrent } from '../../concurrency.ts'
import { asString, at } from '../../json.ts'
import { groupOf, type KubernetesObject, type Manifest, namespaceOf, objectId } from '../../render/manifest.ts'
import { explainForbidden } from './client/explain.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { type Comparison, redactedError } from './compare/index.ts'
import type { Declared } from './declared.ts'
import { describe, refOf } from './describe.ts'
import type { Step } from './findings.ts'
import { StandIns } from './stand-in.ts'

/** What the API server said to an object that the target does not have yet. */
export type Preflight =
  | {
      readonly result: 'missing'
      readonly declared: Declared
      readonly predicted?: KubernetesObject
      readonly unchecked?: string
    }
  /** It exists without our label: somebody else made it, or removed the label. */
  | { readonly result: 'exists'; readonly declared: Declared; readonly live: KubernetesObject }
  | { readonly result: 'refused'; readonly declared: Declared; readonly error: ApiError }

/** Concurrent requests; the client adapts below that to what the API server bears. */
const CONCURRENCY = 32

/**
 * Asks the API server what would become of objects that were not found among the target's members, without
 * writing: a dry-run apply validates, passes admission, and tells by its resourceVersion whether the object exists.
 * `newNamespaces` are those that this run creates first; their members are checked under another name in a
 * namespace that exists, because a dry run cannot see a namespace that is not there yet.
 */
export async function preflight(
  cluster: Cluster,
  declared: readonly Declared[],
  newNamespaces: ReadonlySet<string>
): Promise<Preflight[]> {
  const standIns = new StandIns(cluster)
  const checked = await mapConcurrent(declared, CONCURRENCY, (one) =>
    isNew(one, newNamespaces) ? standIns.ofNewNamespace(one) : check(cluster, one)
  )
  return checked.map((one) => unlessNeeding(one, declared))
}

function isNew({ namespace, resource }: Declared, newNamespaces: ReadonlySet<string>): boolean {
  return resource !== undefined && namespace !== undefined && newNamespaces.has(namespace)
}

function unlessNeeding(one: Preflight, created: readonly Declared[]): Preflight {
  const needed = one.result === 'refused' ? neededOf(one, created) : undefined
  return needed === undefined
    ? one
    : { result: 'missing', declared: one.declared, unchecked: `it needs ${describe(needed)}, which this run creates` }
}

/**
 * What an object was refused for not finding, when this very run creates that: a Pod's account or priority, the role
 * of a binding. A dry run does not see what other dry runs made.
 */
function neededOf(
  { declared: one, error }: Extract<Preflight, { result: 'refused' }>,
  created: readonly Declared[]
): KubernetesObject | undefined {
  if ((error.code !== 403 && error.code !== 404) || explainForbidden(error) !== undefined) return undefined
  const object = one.manifest.object
  const others = created.filter((other) => other.id !== one.id).map((other) => other.manifest.object)
  const role = at(object, 'roleRef', 'name')
  if (role !== undefined)
    return others.find((other) => other.kind === at(object, 'roleRef', 'kind') && other.metadata.name === role)
  // It begins with the name of the object itself, which other objects may have as well.
  const said = error.message.replace(/^[\w.-]+ "[^"]*" is forbidden: /, '')
  if (!/not found|no PriorityClass with name/.test(said)) return undefined
  const words = new Set(said.split(/[^\w.:-]+/).flatMap((word) => [word, word.replace(/[:.]+$/, '')]))
  const kind = NEEDED_KIND.exec(said)?.[0].toLowerCase()
  return others.find(
    (other) => words.has(other.metadata.name) && (kind === undefined || other.kind.toLowerCase() === kind)
  )
}

/** What the admission of pods looks for by itself. */
const NEEDED_KIND = /\b(serviceaccount|RuntimeClass|PriorityClass)\b/

/**
 * The same for hooks that this run will start, so that a mistake in the last of them is known before the first write.
 * An older hook object of the same name says nothing: it is deleted before.
 * @param created members that this run creates, and that hooks may need
 */
export async function preflightHooks(
  cluster: Cluster,
  hooks: readonly Manifest[],
  created: readonly Declared[],
  newNamespaces: ReadonlySet<string>
): Promise<Preflight[]> {
  const standIns = new StandIns(cluster)
  const declared = await Promise.all(
    hooks.map(async (manifest): Promise<Declared> => {
      const { apiVersion, kind } = manifest.object
      const resource = await cluster.resourceFor(apiVersion, kind)
      return { id: objectId(manifest.object), manifest, namespace: namespaceOf(manifest.object), resource }
    })
  )
  const checked = await mapConcurrent(declared, CONCURRENCY, async (one): Promise<Preflight> => {
    if (!one.resource) return { result: 'missing', declared: one, unchecked: UNDEFINED_YET }
    return isNew(one, newNamespaces) ? standIns.ofNewNamespace(one) : standIns.inPlace(one)
  })
  return checked.map((one) => unlessNeeding(one, [...created, ...declared]))
}

/**
 * What is to be replaced is deleted first, so that it can be made anew must be known before: those of which the API
 * server would not take it become errors.
 * @param replaced whether a comparison's object is to be deleted and created anew
 */
export async function preflightReplacements(
  cluster: Cluster,
  comparisons: readonly Comparison[],
  replaced: (comparison: Comparison) => boolean
): Promise<Comparison[]> {
  const standIns = new StandIns(cluster)
  return mapConcurrent(comparisons, CONCURRENCY, async (comparison) => {
    if (comparison.verdict !== 'replace' || !replaced(comparison)) return comparison
    const { manifest } = comparison
    const { object } = manifest
    const resource = await cluster.resourceFor(object.apiVersion, object.kind)
    const anew = await standIns.inPlace({ id: objectId(object), manifest, namespace: namespaceOf(object), resource })
    if (anew.result !== 'refused') return comparison
    const { code, reason, message, causes } = anew.error
    const told = `it would have to be deleted and created anew (${comparison.reason ?? 'a field cannot be changed in place'}), but that is refused: ${message}`
    return { ...comparison, verdict: 'error', error: new ApiError(code, reason, told, { causes }) }
  })
}

/**
 * What this run puts into force and no dry run can know of: whether it would refuse other objects of the same run. One
 * sentence each.
 */
export function unaskedGates(steps: Iterable<Pick<Step, 'action' | 'payload'>>): string[] {
  return [...steps].flatMap(({ action, payload }) => {
    const sort = groupOf(payload) === 'admissionregistration.k8s.io' ? GATES.get(payload.kind) : undefined
    // A new policy is only in force by its binding.
    if (sort === undefined || (sort === 'policy' && action === 'create')) return []
    const does = action === 'create' ? 'comes with' : 'changes in'
    return [
      `${describe(payload)} ${does} this run: what it says to the other objects of this run could not be asked before writing.`
    ]
  })
}

const GATES: ReadonlyMap<string, 'policy' | 'in force'> = new Map([
  ['ValidatingAdmissionPolicy', 'policy'],
  ['MutatingAdmissionPolicy', 'policy'],
  ['ValidatingAdmissionPolicyBinding', 'in force'],
  ['MutatingAdmissionPolicyBinding', 'in force'],
  ['ValidatingWebhookConfiguration', 'in force'],
  ['MutatingWebhookConfiguration', 'in force']
])

const UNDEFINED_YET = 'its CustomResourceDefinition is created by this run'

async function check(cluster: Cluster, declared: Declared): Promise<Preflight> {
  if (!declared.resource) return { result: 'missing', declared, unchecked: UNDEFINED_YET }
  try {
    const { object } = declared.manifest
    const predicted = await cluster.apply(object, { dryRun: true, force: true })
    // A dry-run create is stored nowhere, so it has no resourceVersion.
    if (asString(predicted.metadata['resourceVersion']) === undefined) return { result: 'missing', declared, predicted }
    const live = await cluster.get(refOf(object))
    return live ? { result: 'exists', declared, live } : { result: 'missing', declared, predicted }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return (
      takesNoDryRun(declared, error) ?? {
        result: 'refused',
        declared,
        error: redactedError(declared.manifest.object, error)
      }
    )
  }
}

/** What a webhook that takes no dry runs leaves to be found out by writing. */
export function takesNoDryRun(declared: Declared, error: ApiError): Preflight | undefined {
  if (error.code !== 400 || !/does not support dry run/i.test(error.message)) return undefined
  return { result: 'missing', declared, unchecked: `a webhook refuses dry runs (${error.message})` }
}
