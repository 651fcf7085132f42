import { asString, at } from '../../json.ts'
import { type KubernetesObject, namespaceOf, objectId } from '../../render/manifest.ts'
import { ApiError, type Cluster } from './cluster.ts'
import {
  applySetId,
  ID_LABEL,
  type InventoryKey,
  inventoryName,
  keyOfInventory,
  PART_OF_LABEL,
  parentId,
  recordOf,
  TOOLING
} from './inventory.ts'
import type { KubernetesTargetOptions, Neighbours } from './options.ts'

/** Whether an object that carries another set's label may become this target's, and what the reader is told. */
export type Handover =
  | { readonly taken: true; readonly from: string }
  | {
      readonly taken: false
      readonly why: string
      readonly then: string
      /** Nothing that could be looked at is the parent of that set. */
      readonly orphaned?: true
    }

/** Another set: a target's of ours, another tool's, or one whose parent cannot be found. */
type Holder =
  | {
      readonly type: 'target'
      readonly key: InventoryKey
      readonly repository?: string | undefined
      readonly revision?: string | undefined
    }
  | { readonly type: 'tool'; readonly parent: string; readonly tooling: string }
  | { readonly type: 'unknown' }

/**
 * Judges each object that belongs to another set, by object id. An object that has moved to this target is handed over:
 * a set of the same repository that no longer declares it gives it away. What two targets declare at once is refused,
 * and so is what belongs to another tool or repository, unless its set is `adopted`.
 */
export async function judgeHandovers(
  options: Pick<KubernetesTargetOptions, 'cluster' | 'source' | 'neighbours'>,
  objects: readonly KubernetesObject[],
  setId: string,
  adopted: ReadonlyMap<string, string>
): Promise<ReadonlyMap<string, Handover>> {
  const foreign = objects.flatMap((object) => {
    const owner = ownerOf(object)
    return owner === undefined || owner === setId ? [] : [{ object, owner }]
  })
  const result = new Map<string, Handover>()
  if (foreign.length === 0) return result
  const holders = new Map<string, Holder>()
  for (const { object, owner } of foreign)
    if (!adopted.has(owner) && !holders.has(owner)) holders.set(owner, await findHolder(options, owner, object))
  const disputed = foreign.filter(({ owner }) => !adopted.has(owner)).map(({ object }) => objectId(object))
  const claims = await options.neighbours?.declaring(
    disputed,
    [...holders.values()].flatMap((holder) => (holder.type === 'target' ? [holder.key] : []))
  )
  for (const { object, owner } of foreign) {
    const id = objectId(object)
    const parent = adopted.get(owner)
    result.set(
      id,
      parent === undefined
        ? judge(options, holders.get(owner) ?? { type: 'unknown' }, claims, id)
        : { taken: true, from: `the ApplySet ${parent}` }
    )
  }
  return result
}

/** The id of the set that an object belongs to. */
export function ownerOf(object: KubernetesObject): string | undefined {
  return asString(at(object, 'metadata', 'labels', PART_OF_LABEL))
}

/** `target "web" of staging`. */
export function nameOfTarget(key: Pick<InventoryKey, 'environment' | 'target'>): string {
  return `target "${key.target}" of ${key.environment}`
}

function judge(
  { source }: Pick<KubernetesTargetOptions, 'source'>,
  holder: Holder,
  claims: Awaited<ReturnType<Neighbours['declaring']>> | undefined,
  id: string
): Handover {
  if (holder.type === 'tool')
    return refuse(
      `belongs to the ApplySet ${holder.parent} of other tooling (${holder.tooling})`,
      `To take over that whole set, name it: adopt: ${holder.parent}.`
    )
  if (holder.type === 'unknown')
    return {
      ...refuse(
        "belongs to another target's set, whose parent object cannot be found",
        'Declare it in one target only.'
      ),
      orphaned: true
    }
  const name = nameOfTarget(holder.key)
  const { repository, revision } = holder
  if (repository !== undefined && repository.toLowerCase() !== source.repository?.toLowerCase())
    return refuse(`belongs to another target's set: ${name} of the repository ${repository}`, letGo(holder.key))
  const claimed = claims?.by.get(id)
  if (claimed !== undefined)
    return refuse(
      `belongs to another target's set, and ${nameOfTarget(claimed)} still declares it`,
      'Declare it in one target only.'
    )
  if (claims !== undefined) {
    const unreadable = claims.unreadable.find(({ key }) => isSame(key, holder.key))
    if (!unreadable) return { taken: true, from: name }
    return refuse(
      `belongs to another target's set, and whether ${name} still declares it is not known: ${unreadable.reason}`,
      'Correct that target first.'
    )
  }
  // Without a declaration of the whole, commits tell: what was deployed from this very commit declares what it has.
  if (revision !== undefined && source.revision !== undefined && revision !== source.revision)
    return { taken: true, from: name }
  return refuse(
    `belongs to another target's set: ${name}${revision === undefined ? '' : ', which was deployed from this very commit'}`,
    `Declare it in one target only. ${letGo(holder.key)}`
  )
}

function letGo(key: InventoryKey): string {
  return `If it has moved here, say so: adopt: Secret/${key.namespace}/${inventoryName(key)}.`
}

function refuse(why: string, then: string): Extract<Handover, { taken: false }> {
  return { taken: false, why, then }
}

async function findHolder(
  { cluster, neighbours }: Pick<KubernetesTargetOptions, 'cluster' | 'neighbours'>,
  setId: string,
  object: KubernetesObject
): Promise<Holder> {
  const parent = await findParent(cluster, setId, namespaceOf(object))
  if (!parent) {
    // Its inventory was deleted, or may not be read; a declared target is known by its id all the same.
    const known = neighbours?.targets.find((key) => applySetId(key) === setId)
    return known ? { type: 'target', key: known } : { type: 'unknown' }
  }
  const tooling = asString(at(parent, 'metadata', 'annotations', TOOLING)) ?? 'unknown'
  const key = parent.kind === 'Secret' ? keyOfInventory(parent) : undefined
  if (key && tooling.startsWith('gitops-actions/')) {
    const { record } = recordOf(parent)
    return { type: 'target', key, repository: record?.repository, revision: record?.revision }
  }
  const place = [parent.kind, namespaceOf(parent), parent.metadata.name].filter((part) => part !== undefined)
  return { type: 'tool', parent: place.join('/'), tooling }
}

/** The parent object of a set, among Secrets and ConfigMaps; those of custom kinds are not looked for. */
async function findParent(
  cluster: Cluster,
  setId: string,
  namespace: string | undefined
): Promise<KubernetesObject | undefined> {
  const labelSelector = `${ID_LABEL}=${setId}`
  for (const kind of ['Secret', 'ConfigMap']) {
    const type = await cluster.resourceFor('v1', kind)
    if (!type) continue
    for (const where of [{}, ...(namespace === undefined ? [] : [{ namespace }])])
      try {
        // A backup that was restored under another name carries the label, too: the id says whose it is.
        const found = (await cluster.list(type, { ...where, labelSelector })).items.find(
          ({ metadata }) =>
            parentId({ name: metadata.name, namespace: String(metadata['namespace']), kind, group: '' }) === setId
        )
        if (found) return { ...found, apiVersion: 'v1', kind }
        break
      } catch (error) {
        // Credentials for one namespace: ask there.
        if (!(error instanceof ApiError) || error.code !== 403) throw error
      }
  }
  return undefined
}

/**
 * The ids of all sets whose parent object is there: Secrets, ConfigMaps, and custom resources whose definition says that
 * they may be parents (KEP-3659). Undefined where one of those types may not be listed in the whole cluster.
 */
export async function setsInCluster(cluster: Cluster): Promise<ReadonlySet<string> | undefined> {
  try {
    const definition = await cluster.resourceFor('apiextensions.k8s.io/v1', 'CustomResourceDefinition')
    const custom = definition ? (await cluster.list(definition, { labelSelector: `${PARENT_TYPE}=true` })).items : []
    const kinds = new Set(
      custom.map((one) => `${String(at(one, 'spec', 'group'))}/${String(at(one, 'spec', 'names', 'kind'))}`)
    )
    const parents = (await cluster.resources()).filter(
      ({ group, kind, verbs }) =>
        verbs.includes('list') &&
        (kinds.has(`${group}/${kind}`) || (group === '' && (kind === 'Secret' || kind === 'ConfigMap')))
    )
    const lists = await Promise.all(
      parents.map(async ({ group, kind, ...type }) => {
        const { items } = await cluster.list({ group, kind, ...type }, { labelSelector: ID_LABEL })
        return items.map(({ metadata }) =>
          parentId({ name: metadata.name, namespace: asString(metadata['namespace']) ?? '', kind, group })
        )
      })
    )
    return new Set(lists.flat())
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return undefined
  }
}

/** On the definition of a kind whose objects may be parents. */
const PARENT_TYPE = 'applyset.kubernetes.io/is-parent-type'

function isSame(a: InventoryKey, b: InventoryKey): boolean {
  return inventoryName(a) === inventoryName(b) && a.namespace === b.namespace
}
