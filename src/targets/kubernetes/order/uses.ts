import { asList, asObject, asString, at, type Json } from '../../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'

/**
 * What an object refers to by name, as `Kind.group/namespace/name` (without the parts that are empty): the objects that
 * should be there before it. Only references that the API itself defines; guesses about custom resources are none.
 */
export function usesOf(object: KubernetesObject): string[] {
  const uses = new Uses(namespaceOf(object) ?? '')
  const spec = podSpecOf(object)
  if (spec !== undefined) readPodSpec(spec, uses)
  readOwnFields(object, uses)
  return [...uses.found]
}

/** The key under which `usesOf` names an object. */
export function useKey(object: KubernetesObject): string {
  const group = groupOf(object)
  return key(group === '' ? object.kind : `${object.kind}.${group}`, namespaceOf(object) ?? '', object.metadata.name)
}

function key(kind: string, namespace: string, name: string): string {
  return [kind, namespace, name].filter(Boolean).join('/')
}

class Uses {
  readonly found = new Set<string>()
  readonly #namespace: string

  constructor(namespace: string) {
    this.#namespace = namespace
  }

  /** An object in the same namespace. */
  local(kind: string, name: Json | undefined): void {
    if (typeof name === 'string' && name !== '') this.found.add(key(kind, this.#namespace, name))
  }

  /** An object of the whole cluster. */
  global(kind: string, name: Json | undefined): void {
    if (typeof name === 'string' && name !== '') this.found.add(key(kind, '', name))
  }
}

/** The pod template inside a workload of any built-in kind (a Pod is its own): metadata and spec. */
export function podTemplateOf(object: KubernetesObject): Json | undefined {
  switch (`${object.kind}.${groupOf(object)}`) {
    case 'Pod.':
      return object
    case 'PodTemplate.':
      return object['template']
    case 'ReplicationController.':
    case 'Deployment.apps':
    case 'ReplicaSet.apps':
    case 'StatefulSet.apps':
    case 'DaemonSet.apps':
    case 'Job.batch':
      return at(object, 'spec', 'template')
    case 'CronJob.batch':
      return at(object, 'spec', 'jobTemplate', 'spec', 'template')
    default:
      return undefined
  }
}

/** The pod specification inside a workload of any built-in kind. */
export function podSpecOf(object: KubernetesObject): Json | undefined {
  return at(podTemplateOf(object), 'spec')
}

function readPodSpec(spec: Json, uses: Uses): void {
  uses.local('ServiceAccount', at(spec, 'serviceAccountName') ?? at(spec, 'serviceAccount'))
  uses.global('PriorityClass.scheduling.k8s.io', at(spec, 'priorityClassName'))
  uses.global('RuntimeClass.node.k8s.io', at(spec, 'runtimeClassName'))
  for (const secret of items(spec, 'imagePullSecrets')) uses.local('Secret', at(secret, 'name'))
  for (const claim of items(spec, 'resourceClaims'))
    uses.local('ResourceClaimTemplate.resource.k8s.io', at(claim, 'resourceClaimTemplateName'))
  for (const volume of items(spec, 'volumes')) readVolume(volume, uses)
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'])
    for (const container of items(spec, list)) {
      for (const source of items(container, 'envFrom')) {
        uses.local('ConfigMap', at(source, 'configMapRef', 'name'))
        uses.local('Secret', at(source, 'secretRef', 'name'))
      }
      for (const variable of items(container, 'env')) {
        uses.local('ConfigMap', at(variable, 'valueFrom', 'configMapKeyRef', 'name'))
        uses.local('Secret', at(variable, 'valueFrom', 'secretKeyRef', 'name'))
      }
    }
}

function readVolume(volume: Json, uses: Uses): void {
  uses.local('ConfigMap', at(volume, 'configMap', 'name'))
  uses.local('Secret', at(volume, 'secret', 'secretName'))
  uses.local('PersistentVolumeClaim', at(volume, 'persistentVolumeClaim', 'claimName'))
  uses.local('Secret', at(volume, 'csi', 'nodePublishSecretRef', 'name'))
  for (const source of items(at(volume, 'projected'), 'sources')) {
    uses.local('ConfigMap', at(source, 'configMap', 'name'))
    uses.local('Secret', at(source, 'secret', 'name'))
  }
}

function readOwnFields(object: KubernetesObject, uses: Uses): void {
  switch (`${object.kind}.${groupOf(object)}`) {
    case 'StatefulSet.apps':
      for (const claim of items(at(object, 'spec'), 'volumeClaimTemplates'))
        uses.global('StorageClass.storage.k8s.io', at(claim, 'spec', 'storageClassName'))
      break
    case 'PersistentVolumeClaim.':
      uses.global('StorageClass.storage.k8s.io', at(object, 'spec', 'storageClassName'))
      uses.global('PersistentVolume', at(object, 'spec', 'volumeName'))
      break
    case 'Ingress.networking.k8s.io':
      uses.global('IngressClass.networking.k8s.io', at(object, 'spec', 'ingressClassName'))
      for (const tls of items(at(object, 'spec'), 'tls')) uses.local('Secret', at(tls, 'secretName'))
      break
    case 'ServiceAccount.':
      for (const secret of asList(object['imagePullSecrets']) ?? []) uses.local('Secret', at(secret, 'name'))
      break
    case 'Secret.':
      // The token controller deletes such a Secret when it finds no account.
      if (object['type'] === 'kubernetes.io/service-account-token')
        uses.local('ServiceAccount', at(object, 'metadata', 'annotations', 'kubernetes.io/service-account.name'))
      break
    case 'RoleBinding.rbac.authorization.k8s.io':
    case 'ClusterRoleBinding.rbac.authorization.k8s.io': {
      const name = at(object, 'roleRef', 'name')
      if (asString(at(object, 'roleRef', 'kind')) === 'Role') uses.local('Role.rbac.authorization.k8s.io', name)
      else uses.global('ClusterRole.rbac.authorization.k8s.io', name)
      break
    }
    case 'ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io':
      uses.global('ValidatingAdmissionPolicy.admissionregistration.k8s.io', at(object, 'spec', 'policyName'))
      break
    case 'MutatingAdmissionPolicyBinding.admissionregistration.k8s.io':
      uses.global('MutatingAdmissionPolicy.admissionregistration.k8s.io', at(object, 'spec', 'policyName'))
      break
    case 'Gateway.gateway.networking.k8s.io':
      uses.global('GatewayClass.gateway.networking.k8s.io', at(object, 'spec', 'gatewayClassName'))
      break
    default:
  }
}

function items(value: Json | undefined, name: string): Json[] {
  return asList(asObject(value)?.[name]) ?? []
}
