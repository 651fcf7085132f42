import { randomBytes } from 'node:crypto'
import { mapConcurrent } from '../../concurrency.ts'
import { asString, at } from '../../json.ts'
import { type KubernetesObject, type Manifest, namespaceOf, objectId } from '../../render/manifest.ts'
import { explainForbidden } from './client/explain.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { redactedError } from './compare/index.ts'
import type { Declared } from './declared.ts'
import { describe, refOf } from './describe.ts'

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
  const checked = await mapConcurrent(declared, CONCURRENCY, (one) => check(cluster, one, newNamespaces))
  return checked.map((one) => {
    const needed = one.result === 'refused' ? neededOf(one, declared) : undefined
    return needed === undefined
      ? one
      : { result: 'missing', declared: one.declared, unchecked: `it needs ${describe(needed)}, which this run creates` }
  })
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
  if (!/not found|no PriorityClass with name/.test(error.message)) return undefined
  const words = new Set(error.message.split(/[^\w.:-]+/).flatMap((word) => [word, word.replace(/[:.]+$/, '')]))
  return others.find((other) => words.has(other.metadata.name))
}

/**
 * The same for hooks that this run will start, so that a mistake in the last of them is known before the first write.
 * They are asked for under another name: an older hook object of the same name is deleted before, and says nothing.
 */
export async function preflightHooks(
  cluster: Cluster,
  hooks: readonly Manifest[],
  newNamespaces: ReadonlySet<string>
): Promise<Preflight[]> {
  return mapConcurrent(hooks, CONCURRENCY, async (manifest) => {
    const namespace = namespaceOf(manifest.object)
    const resource = await cluster.resourceFor(manifest.object.apiVersion, manifest.object.kind)
    const declared: Declared = { id: objectId(manifest.object), manifest, namespace, resource }
    if (!resource) return { result: 'missing', declared }
    return checkElsewhere(
      cluster,
      declared,
      namespace !== undefined && newNamespaces.has(namespace) ? 'default' : namespace
    )
  })
}

async function check(cluster: Cluster, declared: Declared, newNamespaces: ReadonlySet<string>): Promise<Preflight> {
  if (!declared.resource)
    return { result: 'missing', declared, unchecked: 'its CustomResourceDefinition is created by this run' }
  try {
    if (declared.namespace !== undefined && newNamespaces.has(declared.namespace))
      return await checkElsewhere(cluster, declared, 'default')
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

function takesNoDryRun(declared: Declared, error: ApiError): Preflight | undefined {
  if (error.code !== 400 || !/does not support dry run/i.test(error.message)) return undefined
  return { result: 'missing', declared, unchecked: `a webhook refuses dry runs (${error.message})` }
}

/**
 * Validates in a namespace that exists: under its own name, so that the name is checked too, unless something there
 * has it already; then under a random one, whose traces are undone (the trick of kluctl).
 */
async function checkElsewhere(cluster: Cluster, declared: Declared, namespace: string | undefined): Promise<Preflight> {
  const { object } = declared.manifest
  const metadata = namespace === undefined ? object.metadata : { ...object.metadata, namespace }
  const moved: KubernetesObject = { ...object, metadata }
  const named = await tryElsewhere(cluster, declared, moved)
  if (named === 'created') return { result: 'missing', declared }
  // It exists there, so that the answer is about another object; or it is refused, which may be for the same reason.
  const isTaken = named === 'exists' || (await exists(cluster, moved))
  if (!isTaken) return named
  const name = `preflight-${randomBytes(6).toString('hex')}`
  const stand = await tryElsewhere(cluster, declared, { ...moved, metadata: { ...metadata, name } })
  return typeof stand === 'string' ? { result: 'missing', declared } : stand
}

async function tryElsewhere(
  cluster: Cluster,
  declared: Declared,
  stand: KubernetesObject
): Promise<'created' | 'exists' | Preflight> {
  const { object } = declared.manifest
  const isRenamed = stand.metadata.name !== object.metadata.name
  try {
    const predicted = await cluster.apply(stand, { dryRun: true, force: true })
    // A dry-run create is stored nowhere, so it has no resourceVersion.
    return asString(predicted.metadata['resourceVersion']) === undefined ? 'created' : 'exists'
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // What is refused about the stand-in itself (no right to write in `default`, a name with a meaning) says nothing about the object.
    const isAboutStandIn = isRenamed && error.causes.some((cause) => cause.field === 'metadata.name')
    if (error.code === 403 || error.code === 404 || isAboutStandIn)
      return { result: 'missing', declared, unchecked: 'its namespace is created by this run' }
    const blind = takesNoDryRun(declared, error)
    if (blind) return blind
    const there = `${namespaceOf(stand)}/${stand.metadata.name}`
    const message = error.message
      .replaceAll(there, `${declared.namespace}/${object.metadata.name}`)
      .replaceAll(stand.metadata.name, object.metadata.name)
    const known = new ApiError(error.code, error.reason, message, { causes: error.causes })
    return { result: 'refused', declared, error: redactedError(object, known) }
  }
}

async function exists(cluster: Cluster, object: KubernetesObject): Promise<boolean> {
  try {
    return (await cluster.get(refOf(object))) !== undefined
  } catch (error) {
    if (error instanceof ApiError && error.code === 403) return true
    throw error
  }
}
