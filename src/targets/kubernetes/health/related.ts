import { isDeepStrictEqual } from 'node:util'
import { asList, asObject, asString, at, type Json, type JsonObject } from '../../../json.ts'
import { groupOf, type KubernetesObject } from '../../../render/manifest.ts'
import { annotationOf, integerAt, stringAt } from './status.ts'

/** Kinds of Kubernetes itself that run pods of their own. */
const POD_RUNNERS: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  '/ReplicationController',
  'batch/Job'
])

/** Whether an object runs pods that can be found by its selector. */
export function runsPods(object: { readonly apiVersion: string; readonly kind: string }): boolean {
  return POD_RUNNERS.has(`${groupOf(object)}/${object.kind}`)
}

/** Whether an object is a single pod. */
export function isPod(object: { readonly apiVersion: string; readonly kind: string }): boolean {
  return object.apiVersion === 'v1' && object.kind === 'Pod'
}

/** `spec.selector` as the API takes it for a list; undefined where the object has none. */
export function selectorOf(object: JsonObject): string | undefined {
  const selector = asObject(at(object, 'spec', 'selector'))
  if (selector === undefined) return undefined
  // A ReplicationController's selector is a plain map.
  const isMap = selector['matchLabels'] === undefined && selector['matchExpressions'] === undefined
  const labels = isMap ? selector : (asObject(selector['matchLabels']) ?? {})
  const parts = Object.entries(labels).map(([key, value]) => `${key}=${asString(value) ?? ''}`)
  for (const expression of asList(selector['matchExpressions']) ?? []) {
    const key = stringAt(expression, 'key')
    const values = (asList(at(expression, 'values')) ?? []).map(String).join(',')
    const operator = stringAt(expression, 'operator')
    if (operator === 'In') parts.push(`${key} in (${values})`)
    else if (operator === 'NotIn') parts.push(`${key} notin (${values})`)
    else parts.push(operator === 'DoesNotExist' ? `!${key}` : key)
  }
  return parts.length === 0 ? undefined : parts.join(',')
}

/** The UID of the controller that owns an object, or undefined. */
export function controllerOf(object: JsonObject): string | undefined {
  const owners = asList(at(object, 'metadata', 'ownerReferences')) ?? []
  const owner = owners.find((one) => at(one, 'controller') === true) ?? owners[0]
  return asString(at(owner, 'uid'))
}

/** The objects that an owner controls, by its UID. */
export type Owned = (uid: string) => readonly KubernetesObject[]

/** Objects by the UID of their controller. */
export function byController(objects: Iterable<KubernetesObject>): Owned {
  const groups = Map.groupBy(objects, controllerOf)
  return (uid) => groups.get(uid) ?? []
}

/**
 * The ReplicaSet of a Deployment's present template: found as the deployment controller finds it, by an equal pod
 * template; else by the revision that the Deployment names.
 */
export function newestReplicaSet(deployment: JsonObject, replicaSets: Owned): KubernetesObject | undefined {
  const own = replicaSets(uidOf(deployment))
  const template = at(deployment, 'spec', 'template')
  const equal = own
    .filter((one) => isDeepStrictEqual(withoutHash(at(one, 'spec', 'template')), withoutHash(template)))
    .sort((a, b) => createdAt(a) - createdAt(b))
  if (equal[0]) return equal[0]
  if (!isObserved(deployment)) return undefined
  const revision = annotationOf(deployment, REVISION)
  return own.find((one) => revision !== undefined && annotationOf(one, REVISION) === revision)
}

const REVISION = 'deployment.kubernetes.io/revision'

function withoutHash(template: Json | undefined): Json | undefined {
  const labels = asObject(at(template, 'metadata', 'labels'))
  if (!labels?.['pod-template-hash']) return template
  const { 'pod-template-hash': _, ...rest } = labels
  return { ...asObject(template), metadata: { ...asObject(at(template, 'metadata')), labels: rest } }
}

/**
 * The pods that belong to the present revision of a workload: those that a rollout is about. An old pod that crashes
 * while a good new revision replaces it is not among them. Until the controller has seen the latest change there is
 * no such revision.
 */
export function podsOfRevision(workload: KubernetesObject, pods: Owned, replicaSets: Owned): KubernetesObject[] {
  if (isPod(workload)) return [workload]
  if (!isObserved(workload)) return []
  const uid = uidOf(workload)
  switch (workload.kind) {
    case 'Deployment': {
      const newest = newestReplicaSet(workload, replicaSets)
      return newest ? remaining(pods(uidOf(newest))) : []
    }
    case 'StatefulSet': {
      const revision = stringAt(workload, 'status', 'updateRevision')
      const own = remaining(pods(uid))
      const updated = own.filter((pod) => labelOf(pod, 'controller-revision-hash') === revision)
      // With OnDelete nothing is rolled out: all pods count.
      return stringAt(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete' || revision === '' ? own : updated
    }
    case 'DaemonSet': {
      const generation = annotationOf(workload, 'deprecated.daemonset.template.generation')
      const own = remaining(pods(uid))
      if (stringAt(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete' || generation === undefined) return own
      const updated = own.filter((pod) => labelOf(pod, 'pod-template-generation') === generation)
      // Pods of an earlier, equal template are kept: they carry the hash of those that are known to be updated.
      const hash = updated[0] && labelOf(updated[0], 'controller-revision-hash')
      return hash === undefined ? updated : own.filter((pod) => labelOf(pod, 'controller-revision-hash') === hash)
    }
    default:
      return remaining(pods(uid))
  }
}

function remaining(pods: readonly KubernetesObject[]): KubernetesObject[] {
  return pods.filter((pod) => at(pod, 'metadata', 'deletionTimestamp') == null)
}

/** Whether the controller has seen the latest change; true for kinds that do not report it. */
export function isObserved(object: JsonObject): boolean {
  const generation = integerAt(object, 0, 'metadata', 'generation')
  return integerAt(object, generation, 'status', 'observedGeneration') >= generation
}

export function uidOf(object: JsonObject): string {
  return stringAt(object, 'metadata', 'uid')
}

export function labelOf(object: JsonObject, name: string): string | undefined {
  return asString(at(object, 'metadata', 'labels', name))
}

/** `metadata.creationTimestamp` in milliseconds; NaN when it is missing. */
export function createdAt(object: JsonObject): number {
  return Date.parse(stringAt(object, 'metadata', 'creationTimestamp'))
}
