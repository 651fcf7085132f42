import { mapConcurrent } from '../../concurrency.ts'
import { asString, at } from '../../json.ts'
import { groupOf, type KubernetesObject, objectId } from '../../render/manifest.ts'
import type { Change } from '../plan.ts'
import { ApiError, type ApiResource, type Cluster } from './cluster.ts'
import type { DeclaredSet } from './declared.ts'
import { hasOwner } from './declared.ts'
import { resourceOf } from './describe.ts'
import { INVENTORY_TYPE, PART_OF_LABEL } from './inventory.ts'
import { actorOf, managedEntries, managerKind } from './ownership/index.ts'

/** What Kubernetes and its controllers keep for themselves, whoever's field manager wrote it. */
const BOOKKEEPING = new Set([
  'Event',
  'Event.events.k8s.io',
  'Endpoints',
  'EndpointSlice.discovery.k8s.io',
  'Lease.coordination.k8s.io',
  'ControllerRevision.apps',
  'CertificateSigningRequest.certificates.k8s.io',
  'PodMetrics.metrics.k8s.io',
  'CSIStorageCapacity.storage.k8s.io'
])

/**
 * Objects that nobody declared, in the namespaces that this target declares: without anybody's membership label,
 * without an owner, not made by a controller, no bookkeeping. One LIST per type; what may not be listed is noted.
 */
export async function findUnmanaged(
  cluster: Cluster,
  declared: DeclaredSet
): Promise<{ changes: Change[]; notes: string[] }> {
  const namespaces = declared.members
    .map((member) => member.manifest.object)
    .filter((object) => object.kind === 'Namespace' && groupOf(object) === '')
    .map((object) => object.metadata.name)
  if (namespaces.length === 0) return { changes: [], notes: [] }
  const known = new Set([
    ...declared.members.map((member) => member.id),
    ...declared.hooks.map((hook) => objectId(hook.object))
  ])
  const types = await listedOnce(cluster)
  const forbidden = new Set<string>()
  const questions = types.flatMap((type) => namespaces.map((namespace) => ({ type, namespace })))
  const found = await mapConcurrent(questions, 16, async ({ type, namespace }) => {
    try {
      const { items } = await cluster.list(type, { namespace, labelSelector: `!${PART_OF_LABEL}` })
      return items.filter((object) => !known.has(objectId(object)) && isSomebodys(object))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      forbidden.add(type.group === '' ? type.plural : `${type.plural}.${type.group}`)
      return []
    }
  })
  const notes =
    forbidden.size === 0
      ? []
      : [`Not looked for undeclared objects of: ${[...forbidden].sort().join(', ')} (may not be listed).`]
  return { changes: found.flat().map(unmanagedChange), notes }
}

function unmanagedChange(object: KubernetesObject): Change {
  const [creator] = managedEntries(object)
    .filter((entry) => entry.subresource === undefined)
    .sort((a, b) => (a.time ?? '').localeCompare(b.time ?? ''))
  const created = asString(object.metadata['creationTimestamp'])
  return {
    action: 'unmanaged',
    resource: resourceOf(object),
    fields: [],
    reason: `exists in a namespace of this target, but nobody declared it${created ? `; created ${created}` : ''}`,
    healable: false,
    attribution: creator ? { known: true, ...actorOf(creator) } : { known: false, candidates: [] }
  }
}

/** Every namespaced type that can be listed, in one version, without what is bookkeeping. */
async function listedOnce(cluster: Cluster): Promise<ApiResource[]> {
  const types = new Map<string, ApiResource>()
  for (const type of await cluster.resources()) {
    const key = type.group === '' ? type.kind : `${type.kind}.${type.group}`
    if (type.namespaced && type.verbs.includes('list') && !BOOKKEEPING.has(key) && !types.has(key)) types.set(key, type)
  }
  return [...types.values()]
}

function isSomebodys(object: KubernetesObject): boolean {
  if (hasOwner(object) || object.metadata['deletionTimestamp'] !== undefined) return false
  const type = asString(object['type'])
  if (object.kind === 'Secret' && (type === INVENTORY_TYPE || type === 'helm.sh/release.v1')) return false
  if (type === 'kubernetes.io/service-account-token') return false
  // Other tools' ApplySet parents, and what Helm hooks leave behind until their next run.
  if (at(object, 'metadata', 'labels', 'applyset.kubernetes.io/id') !== undefined) return false
  if (at(object, 'metadata', 'annotations', 'helm.sh/hook') !== undefined) return false
  if (object.kind === 'ServiceAccount' && object.metadata.name === 'default') return false
  // An object without any field (an empty ConfigMap) has no entry, and nobody to ask.
  const entries = managedEntries(object)
  return entries.length === 0 || entries.some((entry) => managerKind(entry.manager, entry.operation) !== 'system')
}
