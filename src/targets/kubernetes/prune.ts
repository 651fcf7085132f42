import { asList, asString, at } from '../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../render/manifest.ts'
import { FIELD_MANAGER } from './cluster.ts'
import { type DeclaredSet, hasOwner } from './declared.ts'
import { heldBy } from './delete.ts'
import type { Inventory } from './inventory.ts'
import type { Live } from './live.ts'
import type { KubernetesTargetOptions } from './options.ts'

/** An object that the inventory says is ours and that nobody declares any more, with the identity that was planned. */
export interface Prunable {
  readonly object: KubernetesObject
  readonly uid: string
  /** The set whose label it must still carry when it is deleted; undefined: the target's own. */
  readonly set?: string
}

/** What pruning has to know beside the target's own members. */
export interface Beside {
  /** Members of adopted ApplySets, by object id, each with the id of its set. */
  readonly adopted?: ReadonlyMap<string, { readonly object: KubernetesObject; readonly set: string }>
  /** Object ids that other targets declare, each with who does: they move there and are not deleted. */
  readonly claimed?: ReadonlyMap<string, string>
  /** Why it cannot be told whether other targets declare an object. */
  readonly undecided?: string
  /** UIDs of what is declared and lives: the same object may be served under two API groups. */
  readonly present?: ReadonlySet<string>
}

/** Never deleted because a manifest went away, nor replaced by a wildcard: with them goes data, or everything inside. */
const PROTECTED_KINDS = new Set([
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition.apiextensions.k8s.io',
  // OpenShift's view of a Namespace.
  'Project.project.openshift.io'
])

/**
 * What pruning would delete. Only objects that carry our label *and* that our field manager applied, that no
 * controller owns (controllers copy labels to their children), that are of no protected kind and do not ask to be kept.
 * `problems` is why pruning is refused as a whole.
 */
export function prunable(
  options: Pick<KubernetesTargetOptions, 'id' | 'policy'> & {
    readonly source?: Pick<KubernetesTargetOptions['source'], 'repository'>
  },
  declared: DeclaredSet,
  live: Live,
  inventory: Inventory | undefined,
  beside: Beside = {}
): { prunable: Prunable[]; kept: KubernetesObject[]; notes: string[]; problems: string[] } {
  const notes: string[] = []
  const remaining: KubernetesObject[] = []
  const declaredIds = new Set(declared.members.map((member) => member.id))
  const all = leftOverIn(live, beside.adopted)
  const total = all.length
  const found: Prunable[] = []
  for (const [id, object, set] of all) {
    const uid = asString(object.metadata['uid'])
    if (declaredIds.has(id) || (uid !== undefined && beside.present?.has(uid))) continue
    if (object.metadata['deletionTimestamp'] !== undefined) {
      // Until it is gone, the inventory must not forget where it is.
      remaining.push(object)
      notes.push(`${id} is no longer declared and is being deleted, but is still there${heldBy(object)}.`)
      continue
    }
    const claimed = beside.claimed?.get(id)
    const kept =
      claimed === undefined ? (keptBecause(object) ?? (options.policy.prune ? beside.undecided : 'prune is off')) : ''
    if (kept !== undefined) remaining.push(object)
    if (claimed !== undefined) notes.push(`${id} moves to ${claimed}, which takes it over as it is; it is not deleted.`)
    else if (kept !== undefined) notes.push(`${id} is no longer declared and is kept: ${kept}.`)
    else if (uid !== undefined) found.push({ object, uid, ...(set === undefined ? {} : { set }) })
  }
  const problems: string[] = []
  const limit = limitOf(options.policy.maxPrune, total)
  const other = otherRepository(options.source?.repository, inventory)
  if (found.length > 0 && other !== undefined)
    problems.push(
      `what lives here was deployed from the repository ${other}, and pruning would delete ${found.length} of its objects (${listed(found)}). Give this target another name or namespace. If the repository was only renamed, deploy once with prune off.`
    )
  if (found.length > limit)
    problems.push(
      `pruning would delete ${found.length} of ${total} objects, more than max-prune (${options.policy.maxPrune}) allows: ${listed(found)}. If that is meant, raise max-prune for this run.`
    )
  return { prunable: found, kept: remaining, notes, problems }
}

/** Members of ours and of adopted sets, by id, with the set of the adopted ones; nothing that only carries copied labels. */
function leftOverIn(live: Live, adopted: Beside['adopted']): [string, KubernetesObject, string | undefined][] {
  const own = [...live.members].flatMap(([id, object]): [string, KubernetesObject, undefined][] =>
    isApplied(object) ? [[id, object, undefined]] : []
  )
  const others = [...(adopted ?? [])].flatMap(([id, { object, set }]): [string, KubernetesObject, string][] =>
    live.members.has(id) || hasOwner(object) ? [] : [[id, object, set]]
  )
  return [...own, ...others]
}

/** Two repositories that chose the same names would delete each other's objects. */
function otherRepository(own: string | undefined, inventory: Inventory | undefined): string | undefined {
  const deployed = inventory?.record?.repository
  return own === undefined || deployed === undefined || own.toLowerCase() === deployed.toLowerCase()
    ? undefined
    : deployed
}

function listed(found: readonly Prunable[]): string {
  const names = found.slice(0, 10).map((one) => nameOf(one.object))
  return `${names.join(', ')}${found.length > 10 ? ', …' : ''}`
}

/** The most deletions that `max-prune` allows among `total` objects; a share is rounded down, but one object is always allowed unless it is 0 %. */
export function limitOf(maxPrune: number | `${number}%`, total: number): number {
  if (typeof maxPrune === 'number') return maxPrune
  const share = Number.parseFloat(maxPrune) / 100
  return share === 0 ? 0 : Math.max(1, Math.floor(share * total))
}

/** Whether our field manager applied an object that no controller owns. */
export function isOurs(object: KubernetesObject): boolean {
  return !hasOwner(object) && isApplied(object)
}

function isApplied(object: KubernetesObject): boolean {
  return (asList(object.metadata['managedFields']) ?? []).some(
    (entry) => asString(at(entry, 'manager')) === FIELD_MANAGER && asString(at(entry, 'operation')) === 'Apply'
  )
}

/** Whether an object holds data, or everything inside it goes with it. */
export function isProtected(object: KubernetesObject): boolean {
  const group = groupOf(object)
  return PROTECTED_KINDS.has(group === '' ? object.kind : `${object.kind}.${group}`)
}

/** Why an object is never deleted because its manifest went away; undefined when it may be. */
export function keptBecause(object: KubernetesObject): string | undefined {
  if (isProtected(object)) return `objects of kind ${object.kind} are deleted by hand only`
  if (hasOwner(object)) return `it belongs to ${ownersOf(object)} by now, and goes with it`
  return asksToStay(object)
}

/** The annotation by which an object asks never to be deleted, as `name: value`. */
export function asksToStay(object: KubernetesObject): string | undefined {
  const policy = asString(at(object, 'metadata', 'annotations', 'helm.sh/resource-policy'))
  // As Helm reads it.
  if (policy?.trim().toLowerCase() === 'keep') return 'helm.sh/resource-policy: keep'
  const options = asString(at(object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options')) ?? ''
  const option = options.split(',').map((one) => one.trim())
  const keeping = option.find((one) => KEEPING.has(one))
  if (keeping !== undefined) return `argocd.argoproj.io/sync-options: ${keeping}`
  for (const [name, value] of KEEPING_ANNOTATIONS)
    if (asString(at(object, 'metadata', 'annotations', name)) === value) return `${name}: ${value}`
  return undefined
}

function ownersOf(object: KubernetesObject): string {
  const owners = asList(object.metadata['ownerReferences']) ?? []
  return owners.map((owner) => `${asString(at(owner, 'kind')) ?? ''} ${asString(at(owner, 'name')) ?? ''}`).join(', ')
}

/** Nobody is asked in a pipeline: what wants a confirmation stays. */
const KEEPING = new Set(['Prune=false', 'Delete=false', 'Prune=confirm', 'Delete=confirm'])
/** The words of cli-utils, Flux, kluctl and kapp for the same. */
const KEEPING_ANNOTATIONS = [
  ['client.lifecycle.config.k8s.io/deletion', 'detach'],
  ['cli-utils.sigs.k8s.io/on-remove', 'keep'],
  ['kustomize.toolkit.fluxcd.io/prune', 'disabled'],
  ['kluctl.io/skip-delete', 'true'],
  ['kapp.k14s.io/delete-strategy', 'orphan']
] as const

function nameOf(object: KubernetesObject): string {
  const namespace = namespaceOf(object)
  return `${object.kind} ${namespace ? `${namespace}/` : ''}${object.metadata.name}`
}
