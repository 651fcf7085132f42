import { setTimeout as sleep } from 'node:timers/promises'
import { mapConcurrent } from '../../concurrency.ts'
import { GitOpsError } from '../../errors.ts'
import { asString } from '../../json.ts'
import { type KubernetesObject, namespaceOf, objectId } from '../../render/manifest.ts'
import { CancelledError } from './cancel.ts'
import { describeForbidden, explainForbidden } from './client/explain.ts'
import { ApiError, type ApiResource, type Cluster } from './cluster.ts'
import { copiedNamespaces } from './copies.ts'
import type { Declared } from './declared.ts'
import { refOf } from './describe.ts'
import { applySetId, type Inventory, type InventoryKey, PART_OF_LABEL } from './inventory.ts'
import { isOurs } from './prune.ts'

/** What the cluster holds of a target: its members by object id, found by one LIST per resource type. */
export interface Live {
  readonly members: ReadonlyMap<string, KubernetesObject>
  /**
   * Types of the inventory (`Kind.group`) whose extension API server does not answer at the moment: their members
   * cannot be seen, and must not be forgotten. What the API server serves no longer went with its definition.
   */
  readonly away?: readonly string[]
  /** Types that the credentials may not list, where every type was asked for (`everywhere`). */
  readonly hidden?: readonly string[]
  /** Declared objects that may neither be listed nor read, by object id; only where a `partial` answer was asked for. */
  readonly unseen?: ReadonlySet<string>
  /** One sentence per type of them: what is not known, and which right is missing. */
  readonly notes?: readonly string[]
}

/**
 * Fetches everything that carries the target's membership label, of every type that it declares or ever owned.
 * One LIST per type: in the one namespace where that is all, else across namespaces, and namespace by namespace
 * where the credentials allow no more. With `partial`, objects of types that may not be listed are read one by one,
 * and what may not be read either is answered as unseen instead of failing the whole.
 */
export async function readLive(
  cluster: Cluster,
  key: InventoryKey,
  declared: readonly Declared[],
  inventory: Inventory | undefined,
  options: {
    readonly partial?: boolean
    /** Milliseconds for a type of which the target may have nothing at all. */
    readonly patience?: number
  } = {}
): Promise<Live> {
  const away: string[] = []
  const types = new Map<string, ApiResource>()
  for (const { resource } of declared) if (resource) types.set(`${resource.kind}.${resource.group}`, resource)
  for (const groupKind of inventory?.groupKinds ?? []) {
    const name = qualified(groupKind)
    if (types.has(name)) continue
    const resource = await preferred(cluster, groupKind)
    if (resource) types.set(name, resource)
    else if (await isAway(cluster, groupKind)) away.push(groupKind)
  }
  const namespaces = new Set([key.namespace, ...(inventory?.namespaces ?? [])])
  for (const { namespace } of declared) if (namespace !== undefined) namespaces.add(namespace)

  const unseen = new Set<string>()
  const notes: string[] = []
  if (away.length > 0)
    notes.push(
      `Objects of these types could not be looked for, because the extension API server of their group does not answer (kubectl get apiservices): ${away.sort().join(', ')}. They stay in the inventory.`
    )
  const extent = { id: applySetId(key), namespaces: [...namespaces], everywhere: !isTrusted(inventory) }
  const everywhere = extent.everywhere
    ? readRest(cluster, extent, new Set(types.keys()), options.patience ?? PATIENCE)
    : undefined
  // Awaited below; until then its failure must not count as unhandled.
  everywhere?.catch(() => {})
  const forbidden: ApiError[] = []
  const lists = await mapConcurrent([...types.values()], 16, async (type) => {
    try {
      return await listMembers(cluster, type, extent)
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 403) throw error
      if (!options.partial) {
        forbidden.push(error)
        return []
      }
      const own = declared.filter(({ resource }) => resource?.kind === type.kind && resource.group === type.group)
      const read = await readOneByOne(cluster, own)
      for (const id of read.unseen) unseen.add(id)
      notes.push(partialNote(type, own.length, read.unseen.length, error))
      return read.objects
    }
  })
  // All at once: what may not be listed may hardly be written either.
  if (forbidden.length > 0) throw describeForbidden(forbidden, `Target "${key.target}"`, ['patch'])
  const ids = new Set(declared.map(({ id }) => id))
  // Where members are told by their labels alone, those count that we applied: controllers copy labels to what they make.
  const found = lists.flat().filter((object) => !extent.everywhere || ids.has(objectId(object)) || isOurs(object))
  const rest = await everywhere
  // Some API servers show one object in two groups; the declared one counts, or the one that discovery names first.
  const seen = new Set(found.map(uidOf))
  for (const object of rest?.members ?? []) {
    const uid = uidOf(object)
    if (uid === undefined || !seen.has(uid)) found.push(object)
    seen.add(uid)
  }
  const copies = extent.everywhere
    ? copiedNamespaces(
        declared.map(({ manifest }) => manifest.object),
        found,
        namespaces
      )
    : undefined
  for (const [namespace, count] of copies ?? [])
    notes.push(
      `The namespace ${namespace} looks like a copy (of a backup, for one): what is there has the label and the names of this target's objects. ${count === 1 ? 'Its object is' : `Its ${count} objects are`} left alone.`
    )
  const members = new Map<string, KubernetesObject>()
  for (const object of found) if (!copies?.has(namespaceOf(object) ?? '')) members.set(objectId(object), object)
  return { members, away, unseen, notes, ...(rest ? { hidden: rest.hidden } : {}) }
}

function uidOf(object: KubernetesObject): string | undefined {
  return asString(object.metadata['uid'])
}

/** Declared objects of a type that may not be listed: a Role may still allow to read them by name. */
async function readOneByOne(
  cluster: Cluster,
  declared: readonly Declared[]
): Promise<{ objects: KubernetesObject[]; unseen: string[] }> {
  const objects: KubernetesObject[] = []
  const unseen: string[] = []
  await mapConcurrent(declared, 8, async ({ id, manifest }) => {
    try {
      const object = await cluster.get(refOf(manifest.object))
      if (object) objects.push(object)
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 403) throw error
      unseen.push(id)
    }
  })
  return { objects, unseen }
}

function partialNote(type: ApiResource, declared: number, unseen: number, error: ApiError): string {
  const name = type.group === '' ? type.plural : `${type.plural}.${type.group}`
  const forbidden = explainForbidden(error)
  const who = forbidden ? ` the user "${forbidden.user}"` : ' the credentials'
  const where = forbidden?.namespace ? ` in the namespace "${forbidden.namespace}"` : ''
  const cure = `A ${forbidden?.namespace ? 'Role' : 'ClusterRole'} with the verbs get and list on ${name} allows it.`
  const what =
    unseen > 0
      ? `${unseen} of ${declared} declared objects of the type ${name} were not checked`
      : `Objects of the type ${name} that are no longer declared were not looked for`
  return `${what}:${who} may not list ${name}${where}. ${cure}`
}

/** Whether the group of a type that is not served is registered all the same: the client says so instead of "not there". */
async function isAway(cluster: Cluster, groupKind: string): Promise<boolean> {
  const [kind = '', ...group] = groupKind.split('.')
  try {
    await cluster.get({ apiVersion: `${group.join('.')}/v1`, kind, name: 'any' })
    return false
  } catch (error) {
    if (error instanceof GitOpsError) return true
    throw error
  }
}

/** Whether an inventory says where all members are. */
function isTrusted(inventory: Inventory | undefined): boolean {
  return inventory !== undefined && inventory.edited === undefined
}

/** Where members of a set may be. */
export interface Extent {
  readonly id: string
  readonly namespaces: readonly string[]
  /** In all namespaces, as far as the credentials reach: these ones at least. */
  readonly everywhere?: boolean
}

/**
 * Without an inventory nobody knows of which types a target has members, and where: it was never deployed, or its
 * inventory was deleted, perhaps with its whole namespace. So every other type is asked for in every namespace; what
 * may not be listed is told.
 */
async function readRest(
  cluster: Cluster,
  extent: Extent,
  known: ReadonlySet<string>,
  patience: number
): Promise<{ members: KubernetesObject[]; hidden: string[] }> {
  const types = new Map<string, ApiResource>()
  for (const type of await cluster.resources()) {
    const name = `${type.kind}.${type.group}`
    if (known.has(name) || types.has(name) || NEVER_MEMBERS.has(name)) continue
    if (type.verbs.includes('list') && type.verbs.includes('patch')) types.set(name, type)
  }
  const hidden: string[] = []
  const lists = await mapConcurrent([...types.values()], 16, async (type) => {
    try {
      return await inTime(listMembers(cluster, type, extent), patience)
    } catch (error) {
      // Forbidden, or an aggregated API whose server is down, hangs or answers nonsense: the target itself may do without.
      if (!(error instanceof GitOpsError || error instanceof ApiError) || error instanceof CancelledError) throw error
      hidden.push(type.group === '' ? type.plural : `${type.plural}.${type.group}`)
      return []
    }
  })
  return { members: lists.flat().filter(isOurs), hidden: hidden.sort() }
}

/** An API server's own limit is a minute; one that hangs must not hold up every first deploy for so long. */
const PATIENCE = 30_000

/** @throws GitOpsError when it takes longer than `patience` milliseconds */
async function inTime<T>(work: Promise<T>, patience: number): Promise<T> {
  const over = new AbortController()
  const late = sleep(patience, undefined, { signal: over.signal, ref: false }).then((): never => {
    throw new GitOpsError('The API server took too long.')
  })
  try {
    return await Promise.race([work, late])
  } finally {
    late.catch(() => {})
    over.abort()
  }
}

/** Endpoints and their like carry the labels of the Service that they belong to; events are many and belong to nobody. */
const NEVER_MEMBERS: ReadonlySet<string> = new Set([
  'Endpoints.',
  'EndpointSlice.discovery.k8s.io',
  'Event.',
  'Event.events.k8s.io'
])

/** The members of any ApplySet, found as its parent says: in these types (`Kind.group`) and namespaces. */
export async function readMembers(
  cluster: Cluster,
  set: { readonly id: string; readonly groupKinds: readonly string[]; readonly namespaces: readonly string[] }
): Promise<KubernetesObject[]> {
  const types = await Promise.all(set.groupKinds.map((groupKind) => preferred(cluster, groupKind)))
  const lists = await mapConcurrent(
    types.filter((type) => type !== undefined),
    16,
    (type) => listMembers(cluster, type, set)
  )
  return lists.flat()
}

/** Everything of a type that carries a set's label: asked for at once, and namespace by namespace where that is forbidden. */
export async function listMembers(cluster: Cluster, type: ApiResource, extent: Extent): Promise<KubernetesObject[]> {
  const { namespaces, everywhere = false } = extent
  const labelSelector = `${PART_OF_LABEL}=${extent.id}`
  if (!type.namespaced) return (await cluster.list(type, { labelSelector })).items
  const [only] = namespaces
  if (!everywhere && namespaces.length === 1 && only !== undefined)
    return (await cluster.list(type, { namespace: only, labelSelector })).items
  try {
    const { items } = await cluster.list(type, { labelSelector })
    // Elsewhere it is no member: a backup that was restored under another name, for one, brings labels along.
    return everywhere ? items : items.filter((object) => namespaces.includes(namespaceOf(object) ?? ''))
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 403) throw error
    const lists = await mapConcurrent(
      namespaces,
      8,
      async (namespace) => (await cluster.list(type, { namespace, labelSelector })).items
    )
    return lists.flat()
  }
}

/** The served type of `Kind.group`, whatever its version; discovery lists the preferred version first. */
export async function preferred(cluster: Cluster, groupKind: string): Promise<ApiResource | undefined> {
  const name = qualified(groupKind)
  return (await cluster.resources()).find(
    (type) => `${type.kind}.${type.group}` === name && type.verbs.includes('list')
  )
}

/** An inventory names kinds of the core group without a dot. */
function qualified(groupKind: string): string {
  return groupKind.includes('.') ? groupKind : `${groupKind}.`
}
