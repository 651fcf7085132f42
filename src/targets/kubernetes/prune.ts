import { asList, asString, at } from '../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../render/manifest.ts'
import { FIELD_MANAGER } from './cluster.ts'
import { type DeclaredSet, hasOwner } from './declared.ts'
import type { Inventory } from './inventory.ts'
import type { Live } from './live.ts'
import type { KubernetesTargetOptions } from './options.ts'

/** An object that the inventory says is ours and that nobody declares any more, with the identity that was planned. */
export interface Prunable {
  readonly object: KubernetesObject
  readonly uid: string
}

/** Never deleted because a manifest went away: with them goes data, or everything inside. */
const PROTECTED_KINDS = new Set([
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition.apiextensions.k8s.io'
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
  inventory: Inventory | undefined
): { prunable: Prunable[]; kept: KubernetesObject[]; notes: string[]; problems: string[] } {
  const notes: string[] = []
  const remaining: KubernetesObject[] = []
  const declaredIds = new Set(declared.members.map((member) => member.id))
  const leftOver = [...live.members].filter(([id, object]) => !declaredIds.has(id) && isOurs(object))
  const found: Prunable[] = []
  for (const [id, object] of leftOver) {
    const uid = asString(object.metadata['uid'])
    const kept = keptBecause(object)
    if (kept || !options.policy.prune) remaining.push(object)
    if (kept) notes.push(`${id} is no longer declared and is kept: ${kept}.`)
    else if (!options.policy.prune) notes.push(`${id} is no longer declared and is kept: prune is off.`)
    else if (uid !== undefined && object.metadata['deletionTimestamp'] === undefined) found.push({ object, uid })
  }
  const problems: string[] = []
  const limit = limitOf(options.policy.maxPrune, live.members.size)
  const other = otherRepository(options.source?.repository, inventory)
  if (found.length > 0 && other !== undefined)
    problems.push(
      `what lives here was deployed from the repository ${other}, and pruning would delete ${found.length} of its objects (${listed(found)}). Give this target another name or namespace. If the repository was only renamed, deploy once with prune off.`
    )
  if (found.length > limit)
    problems.push(
      `pruning would delete ${found.length} of ${live.members.size} objects, more than max-prune (${options.policy.maxPrune}) allows: ${listed(found)}. If that is meant, raise max-prune for this run.`
    )
  return { prunable: found, kept: remaining, notes, problems }
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

function isOurs(object: KubernetesObject): boolean {
  if (hasOwner(object)) return false
  return (asList(object.metadata['managedFields']) ?? []).some(
    (entry) => asString(at(entry, 'manager')) === FIELD_MANAGER && asString(at(entry, 'operation')) === 'Apply'
  )
}

function keptBecause(object: KubernetesObject): string | undefined {
  const group = groupOf(object)
  if (PROTECTED_KINDS.has(group === '' ? object.kind : `${object.kind}.${group}`))
    return `objects of kind ${object.kind} are deleted by hand only`
  if (asString(at(object, 'metadata', 'annotations', 'helm.sh/resource-policy')) === 'keep')
    return 'helm.sh/resource-policy: keep'
  const options = asString(at(object, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options')) ?? ''
  if (options.split(',').some((option) => option.trim() === 'Prune=false'))
    return 'argocd.argoproj.io/sync-options: Prune=false'
  return undefined
}

function nameOf(object: KubernetesObject): string {
  const namespace = namespaceOf(object)
  return `${object.kind} ${namespace ? `${namespace}/` : ''}${object.metadata.name}`
}
