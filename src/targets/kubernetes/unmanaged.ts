import { mapConcurrent } from '../../concurrency.ts'
import { asObject, asString, at } from '../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf, objectId } from '../../render/manifest.ts'
import type { Change } from '../plan.ts'
import { ApiError, type ApiResource, type Cluster, FIELD_MANAGER } from './cluster.ts'
import type { DeclaredSet } from './declared.ts'
import { hasOwner } from './declared.ts'
import { resourceOf } from './describe.ts'
import { ownerOf, setsInCluster } from './handover.ts'
import {
  applySetId,
  INVENTORY_TYPE,
  type InventoryKey,
  inventoryOf,
  keyOfInventory,
  PART_OF_LABEL
} from './inventory.ts'
import type { KubernetesTargetOptions, Neighbours } from './options.ts'
import { actorOf, managedEntries, managerKind } from './ownership/index.ts'
import { isOurs } from './prune.ts'

/** What Kubernetes, its controllers and add-ons keep for themselves, whoever's field manager wrote it. */
const BOOKKEEPING = new Set([
  'Event',
  'Event.events.k8s.io',
  'Endpoints',
  'EndpointSlice.discovery.k8s.io',
  'Lease.coordination.k8s.io',
  'ControllerRevision.apps',
  'CertificateSigningRequest.certificates.k8s.io',
  'PodMetrics.metrics.k8s.io',
  'CSIStorageCapacity.storage.k8s.io',
  'PolicyReport.wgpolicyk8s.io',
  'EphemeralReport.reports.kyverno.io',
  'VerticalPodAutoscalerCheckpoint.autoscaling.k8s.io',
  'CiliumEndpoint.cilium.io'
])

/** Objects that nobody declared, and what could not be looked at. */
export interface Unmanaged {
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
  /** Where they were looked for. */
  readonly namespaces: readonly string[]
}

/**
 * Objects that nobody declared, in the namespaces that this target owns (see `ownedNamespaces`): without the
 * membership label of a set that exists, without an owner, not made by a controller, no bookkeeping. One LIST per type and namespace; what
 * could not be looked at is noted, and the rest is looked at all the same.
 */
export async function findUnmanaged(
  { cluster, neighbours }: Pick<KubernetesTargetOptions, 'cluster' | 'neighbours'>,
  declared: DeclaredSet,
  key: InventoryKey
): Promise<Unmanaged> {
  const owned = await ownedNamespaces(cluster, declared, key)
  if (owned.namespaces.length === 0) return { changes: [], ...owned }
  const known = declaredIds(declared)
  const memberTypes = new Set(declared.members.map((member) => typeKey(member.manifest.object)))
  const setId = applySetId(key)
  const types = await listedOnce(cluster)
  const hidden = new Map<string, Set<string>>()
  const questions = types.flatMap((type) => owned.namespaces.map((namespace) => ({ type, namespace })))
  const found = await mapConcurrent(questions, 16, async ({ type, namespace }) => {
    try {
      // Members are not listed a second time; where there are none, what carries our label got it by copying.
      const selector = memberTypes.has(typeKey(type)) ? { labelSelector: `${PART_OF_LABEL}!=${setId}` } : {}
      const { items } = await cluster.list(type, { namespace, ...selector })
      return items.filter(
        (object) =>
          !known.has(objectId(object)) &&
          isSomebodys(object) &&
          // What we applied is, or was, some target's.
          (ownerOf(object) === undefined || !isOurs(object))
      )
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const why = error.code === 403 ? 'they may not be listed' : `the API server answers ${error.code}`
      hidden.set(
        why,
        (hidden.get(why) ?? new Set()).add(type.group === '' ? type.plural : `${type.plural}.${type.group}`)
      )
      return []
    }
  })
  const notes = [...hidden].map(([why, names]) => {
    const cure = why.startsWith('they') ? ' Allow the service account to list them, or set unmanaged to ignore.' : ''
    return `Undeclared objects of these types were not looked for in ${owned.namespaces.join(', ')}, because ${why}: ${[...names].sort().join(', ')}.${cure}`
  })
  const sets = await knownSets(cluster, found.flat(), setId, neighbours)
  const changes = found
    .flat()
    .filter((object) => sets?.has(ownerOf(object) ?? '') === false || [undefined, setId].includes(ownerOf(object)))
    .map((object) => unmanagedChange(object, setId))
  return { changes, notes: [...owned.notes, ...notes], namespaces: owned.namespaces }
}

/** Sets that objects may belong to; asked only where one carries the label of another set. Undefined: not known. */
async function knownSets(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  setId: string,
  neighbours: Neighbours | undefined
): Promise<ReadonlySet<string> | undefined> {
  if (objects.every((object) => [undefined, setId].includes(ownerOf(object)))) return undefined
  const sets = await setsInCluster(cluster)
  return sets && new Set([...sets, ...(neighbours?.targets ?? []).map(applySetId)])
}

/**
 * The same among objects that carry our label: whoever copies an object of ours, or makes one from it (`kubectl expose`),
 * copies the label, too. What we applied once is none of them: it is pruned.
 */
export function undeclaredCopies(
  labelled: Iterable<KubernetesObject>,
  declared: DeclaredSet,
  key: InventoryKey,
  namespaces: readonly string[]
): Change[] {
  const known = declaredIds(declared)
  const setId = applySetId(key)
  const memberTypes = new Set(declared.members.map((member) => typeKey(member.manifest.object)))
  return [...labelled]
    .filter(
      (object) =>
        memberTypes.has(typeKey(object)) &&
        namespaces.includes(namespaceOf(object) ?? '') &&
        !known.has(objectId(object)) &&
        isSomebodys(object) &&
        isCopy(object, setId)
    )
    .map((object) => unmanagedChange(object, setId))
}

function declaredIds({ members, hooks }: DeclaredSet): Set<string> {
  return new Set([...members.map((member) => member.id), ...hooks.map((hook) => objectId(hook.object))])
}

/** What carries our label, and that we never applied. */
function isCopy(object: KubernetesObject, setId: string): boolean {
  return ownerOf(object) === setId && !isOurs(object)
}

/** `Kind.group`; the bare kind for the core group. */
function typeKey(one: KubernetesObject | ApiResource): string {
  const group = 'metadata' in one ? groupOf(one) : one.group
  return group === '' ? one.kind : `${one.kind}.${group}`
}

/** Everybody's: what lies there belongs to whoever put it there. */
const COMMON = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])

/**
 * The namespaces that a target owns: those that it declares, and its own one where no other target of ours has
 * anything. A namespace that several targets share belongs to none of them, unless one of them declares it; so what
 * lies there is reported once, or not at all.
 */
async function ownedNamespaces(
  cluster: Cluster,
  declared: DeclaredSet,
  key: InventoryKey
): Promise<{ namespaces: string[]; notes: string[] }> {
  const namespaces = declared.members
    .map((member) => member.manifest.object)
    .filter((object) => object.kind === 'Namespace' && groupOf(object) === '')
    .map((object) => object.metadata.name)
  if (namespaces.includes(key.namespace) || COMMON.has(key.namespace)) return { namespaces, notes: [] }
  const others = await othersIn(cluster, key)
  if (others === 'hidden')
    return {
      namespaces,
      notes: [
        `Undeclared objects in ${key.namespace} were not looked for: Secrets may not be listed there, so it is not known whether other targets share that namespace.`
      ]
    }
  return { namespaces: others ? namespaces : [...namespaces, key.namespace], notes: [] }
}

/** Whether another target has its inventory, or members, in the namespace of this one. */
async function othersIn(cluster: Cluster, key: InventoryKey): Promise<boolean | 'hidden'> {
  const secrets = await cluster.resourceFor('v1', 'Secret')
  if (!secrets) return 'hidden'
  const selectors = {
    labelSelector: `app.kubernetes.io/managed-by=${FIELD_MANAGER}`,
    fieldSelector: `type=${INVENTORY_TYPE}`
  }
  // Credentials for the one namespace know of the targets that live in it.
  for (const scope of [{}, { namespace: key.namespace }])
    try {
      const { items } = await cluster.list(secrets, { ...scope, ...selectors })
      return items.some((secret) => {
        const other = keyOfInventory(secret)
        if (!other || applySetId(other) === applySetId(key)) return false
        return [other.namespace, ...inventoryOf(secret, other).namespaces].includes(key.namespace)
      })
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 403) throw error
    }
  return 'hidden'
}

function unmanagedChange(object: KubernetesObject, setId: string): Change {
  const [creator] = managedEntries(object)
    // Controllers complete what people make, in the same second.
    .filter((entry) => entry.subresource === undefined && managerKind(entry.manager, entry.operation) !== 'system')
    .sort((a, b) => (a.time ?? '').localeCompare(b.time ?? ''))
  const created = asString(object.metadata['creationTimestamp'])
  return {
    action: 'unmanaged',
    resource: resourceOf(object),
    fields: [],
    reason: `in a namespace of this target, but nobody declares it${created ? `; created ${created}` : ''}${labelText(ownerOf(object), setId)}`,
    healable: false,
    attribution: creator ? { known: true, ...actorOf(creator) } : { known: false, candidates: [] }
  }
}

function labelText(owner: string | undefined, setId: string): string {
  if (owner === undefined) return ''
  if (owner === setId) return '; it carries the label of this target, copied from an object of it'
  return `; it carries the label of a set that does not exist (${PART_OF_LABEL}=${owner})`
}

/** Every namespaced type that can be listed, in one version, without what is bookkeeping. */
async function listedOnce(cluster: Cluster): Promise<ApiResource[]> {
  const types = new Map<string, ApiResource>()
  for (const type of await cluster.resources()) {
    const key = typeKey(type)
    if (type.namespaced && type.verbs.includes('list') && !BOOKKEEPING.has(key) && !types.has(key)) types.set(key, type)
  }
  return [...types.values()]
}

/** Types of Secrets that tools keep: our inventory, Helm's releases, tokens of service accounts and of bootstrapping. */
const KEPT_SECRETS: ReadonlySet<string> = new Set([
  INVENTORY_TYPE,
  'helm.sh/release.v1',
  'kubernetes.io/service-account-token',
  'bootstrap.kubernetes.io/token'
])

/** Annotations by which controllers mark what they make: certificates, synchronised secrets, elections. */
const MADE_BY_CONTROLLERS =
  /^(cert-manager\.io\/(certificate-name|issuer-name)|reconcile\.external-secrets\.io\/data-hash|control-plane\.alpha\.kubernetes\.io\/leader|kubernetes\.io\/config\.mirror)$/

/** Authorities that Kubernetes, OpenShift, Istio and Linkerd put into every namespace. */
const ROOT_CAS: ReadonlySet<string> = new Set([
  'kube-root-ca.crt',
  'openshift-service-ca.crt',
  'istio-ca-root-cert',
  'linkerd-identity-trust-roots'
])

function isSomebodys(object: KubernetesObject): boolean {
  if (hasOwner(object) || object.metadata['deletionTimestamp'] !== undefined) return false
  const type = asString(object['type'])
  if (object.kind === 'Secret' && KEPT_SECRETS.has(type ?? '')) return false
  const annotations = Object.keys(asObject(at(object, 'metadata', 'annotations')) ?? {})
  if (annotations.some((name) => MADE_BY_CONTROLLERS.test(name))) return false
  if (at(object, 'metadata', 'labels', 'owner') === 'helm' && object.kind === 'ConfigMap') return false
  if (object.kind === 'ConfigMap' && ROOT_CAS.has(object.metadata.name)) return false
  // Other tools' ApplySet parents, and what Helm hooks leave behind until their next run.
  if (at(object, 'metadata', 'labels', 'applyset.kubernetes.io/id') !== undefined) return false
  if (at(object, 'metadata', 'annotations', 'helm.sh/hook') !== undefined) return false
  if (object.kind === 'ServiceAccount' && object.metadata.name === 'default') return false
  // An object without any field (an empty ConfigMap) has no entry, and nobody to ask.
  const entries = managedEntries(object)
  return entries.length === 0 || entries.some((entry) => managerKind(entry.manager, entry.operation) !== 'system')
}
