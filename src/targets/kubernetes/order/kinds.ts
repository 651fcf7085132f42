import { asString, at } from '../../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import { annotation } from './hooks.ts'

/** API groups that Kubernetes itself serves; an object of any other is a custom resource. */
export const BUILT_IN_GROUPS: ReadonlySet<string> = new Set([
  '',
  'admission.k8s.io',
  'admissionregistration.k8s.io',
  'apidiscovery.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'imagepolicy.k8s.io',
  'internal.apiserver.k8s.io',
  'metrics.k8s.io',
  'migration.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io'
])

export function isCustomResource(object: KubernetesObject): boolean {
  return !BUILT_IN_GROUPS.has(groupOf(object))
}

/** `Kind.group`, or `Kind` of the core group: the key of the tables below, whatever the version. */
export function groupKind(object: KubernetesObject): string {
  const group = groupOf(object)
  return group === '' ? object.kind : `${object.kind}.${group}`
}

export function isDefinition(object: KubernetesObject): boolean {
  return object.kind === 'CustomResourceDefinition' && groupOf(object) === 'apiextensions.k8s.io'
}

export function isNamespace(object: KubernetesObject): boolean {
  return object.kind === 'Namespace' && object.apiVersion === 'v1'
}

/** `Kind.group` that a CustomResourceDefinition defines, or undefined. */
export function definedBy(object: KubernetesObject): string | undefined {
  if (!isDefinition(object)) return undefined
  const kind = asString(at(object, 'spec', 'names', 'kind'))
  const group = asString(at(object, 'spec', 'group'))
  return kind !== undefined && group !== undefined ? `${kind}.${group}` : undefined
}

/**
 * kapp's names for kinds that are ordered together (carvel-dev/kapp, pkg/kapp/config/default.go); annotations may refer
 * to them. The versions that came after kapp's table count too; a Service is not among what pods need, because a load
 * balancer would hold up everything.
 */
const CHANGE_GROUPS: Readonly<Record<string, ReadonlySet<string>>> = {
  'storage-class': new Set(['StorageClass.storage.k8s.io', 'StorageClass.storage']),
  storage: new Set(['PersistentVolume', 'PersistentVolumeClaim']),
  'rbac-roles': new Set(['ClusterRole.rbac.authorization.k8s.io', 'Role.rbac.authorization.k8s.io']),
  'rbac-role-bindings': new Set([
    'ClusterRoleBinding.rbac.authorization.k8s.io',
    'RoleBinding.rbac.authorization.k8s.io'
  ]),
  'pod-related': new Set([
    'NetworkPolicy.extensions',
    'NetworkPolicy.networking.k8s.io',
    'ResourceQuota',
    'LimitRange',
    'PodSecurityPolicy.extensions',
    'PodSecurityPolicy.policy',
    'PodDisruptionBudget.policy',
    'PriorityClass.scheduling.k8s.io',
    'RuntimeClass.node.k8s.io',
    'ServiceAccount',
    'Secret',
    'ConfigMap'
  ]),
  serviceaccount: new Set(['ServiceAccount']),
  'kapp-controller-app': new Set(['App.kappctrl.k14s.io']),
  'kapp-controller-packageinstall': new Set(['PackageInstall.packaging.carvel.dev'])
}

const PREFIX = 'change-groups.kapp.k14s.io/'

/** The change groups that an object is in by its kind. */
export function defaultChangeGroups(object: KubernetesObject): string[] {
  const key = groupKind(object)
  const names = Object.keys(CHANGE_GROUPS).filter((name) => isIn(key, name))
  if (isIn(key, 'rbac-roles') || isIn(key, 'rbac-role-bindings')) names.push('rbac')
  if (isNamespace(object)) names.push('namespaces', `namespaces-${object.metadata.name}`)
  if (isDefinition(object)) {
    names.push('crds')
    const group = asString(at(object, 'spec', 'group'))
    const kind = asString(at(object, 'spec', 'names', 'kind'))
    if (group && kind) names.push(`crds-${group}-${kind}`)
  }
  return names.map((name) => PREFIX + name)
}

function isIn(key: string, name: string): boolean {
  return CHANGE_GROUPS[name]?.has(key) ?? false
}

/** Decides about an object by itself and its `groupKind` (given, because it is asked for often). */
type Matcher = (object: KubernetesObject, key: string) => boolean

/** `first` is applied before `second` where nothing explicit says otherwise. */
export interface OrderRule {
  readonly text: string
  readonly first: Matcher
  readonly second: Matcher
}

const inGroup = (...names: string[]): Matcher => {
  const keys = new Set(names.flatMap((name) => [...(CHANGE_GROUPS[name] ?? [])]))
  return (_object, key) => keys.has(key)
}
const isRole = inGroup('rbac-roles')
const isBinding = inGroup('rbac-role-bindings')
const isStorageClass = inGroup('storage-class')
const isVolume = inGroup('storage')
const isFoundation = inGroup('pod-related', 'rbac-roles', 'rbac-role-bindings', 'storage-class', 'storage')
const isServiceAccount = inGroup('serviceaccount')
const isKappApp = inGroup('kapp-controller-app', 'kapp-controller-packageinstall')
const isAccess: Matcher = (object, key) =>
  isRole(object, key) || isBinding(object, key) || isServiceAccount(object, key)

/** Ordering of an object by these rules can be switched off by an annotation of kapp's. */
function takesPart(object: KubernetesObject): boolean {
  return annotation(object, 'kapp.k14s.io/disable-default-change-group-and-rules') === undefined
}

/** What kapp orders by kind when it applies; most important first. */
export const APPLY_RULES: readonly OrderRule[] = [
  {
    text: 'what pods need comes before what runs or uses it',
    first: isFoundation,
    second: (object, key) => !isFoundation(object, key) && namespaceOf(object) !== undefined && takesPart(object)
  },
  {
    text: 'storage classes come before volumes',
    first: isStorageClass,
    second: isVolume
  },
  {
    text: 'service accounts and roles come before apps of kapp-controller',
    first: (object, key) => isAccess(object, key) && takesPart(object),
    second: isKappApp
  },
  {
    text: 'roles come before their bindings',
    first: isRole,
    second: (object, key) => isBinding(object, key) && takesPart(object)
  }
]

/** What kapp orders by kind when it deletes; most important first. */
export const DELETE_RULES: readonly OrderRule[] = [
  {
    text: 'apps of kapp-controller go before service accounts and roles',
    first: isKappApp,
    second: (object, key) => isAccess(object, key) && takesPart(object)
  },
  {
    text: 'definitions go before what serves their conversion webhooks',
    first: isDefinition,
    second: (object) => !isCustomResource(object) && !isDefinition(object) && takesPart(object)
  },
  {
    text: 'custom resources go before their definitions',
    first: (object) => isCustomResource(object) && takesPart(object),
    second: isDefinition
  }
]

const REGISTRATIONS = new Map([
  ['MutatingWebhookConfiguration', 'admissionregistration.k8s.io'],
  ['ValidatingWebhookConfiguration', 'admissionregistration.k8s.io'],
  ['ValidatingAdmissionPolicyBinding', 'admissionregistration.k8s.io'],
  ['MutatingAdmissionPolicyBinding', 'admissionregistration.k8s.io'],
  ['APIService', 'apiregistration.k8s.io']
])

/**
 * A registration of a server of our own with the API server, or the binding that puts an admission policy into force.
 * From the moment it exists, a backend is called that is perhaps only about to start, and what is still to come may be
 * refused: so these come last.
 */
export function isRegistration(object: KubernetesObject): boolean {
  const group = object && REGISTRATIONS.get(object.kind)
  return group !== undefined && groupOf(object) === group
}
