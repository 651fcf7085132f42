import { asList, asObject, at, isObject, type Json, type JsonObject } from '../json.ts'
import { groupOf, type KubernetesObject } from './manifest.ts'

/** Where an object says what its pods are. */
export interface PodDescription {
  /** The object that holds `metadata` and `spec` of the pods: a template, or a Pod itself. */
  readonly template: JsonObject
  readonly spec: JsonObject
  /** True for `spec.template` of the object: changing it makes a controller replace its pods. */
  readonly direct: boolean
}

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const

/** Where kinds of Kubernetes itself have their pod template. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  '/PodTemplate': ['template'],
  '/ReplicationController': ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'batch/Job': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template']
}

/** Groups whose kinds are all known: what is not above has no pods. */
const BUILT_IN: ReadonlySet<string> = new Set([
  '',
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'networking.k8s.io',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'scheduling.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'admissionregistration.k8s.io'
])

/**
 * Everything in an object that describes pods: a Pod, every kind of workload, and custom resources that embed a
 * template with containers at any depth (Argo Rollout, Knative Service, JobSet, Elasticsearch's `podTemplate`, …).
 */
export function podsOf(object: KubernetesObject): PodDescription[] {
  const group = groupOf(object)
  if (!BUILT_IN.has(group)) {
    const found: PodDescription[] = []
    collect(object, found, asObject(at(object, 'spec', 'template')))
    return found
  }
  if (group === '' && object.kind === 'Pod') return describe(object, false)
  const path = TEMPLATES[`${group}/${object.kind}`]
  return path ? describe(asObject(at(object, ...path)), path.join() === 'spec,template') : []
}

function describe(template: JsonObject | undefined, direct: boolean): PodDescription[] {
  const spec = asObject(template?.['spec'])
  return template && spec ? [{ template, spec, direct }] : []
}

function collect(value: Json | undefined, found: PodDescription[], direct: JsonObject | undefined): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    if (typeof child !== 'object' || child === null) continue
    const spec = isTemplate(key, child) ? asObject(at(child, 'spec')) : undefined
    if (spec && isObject(child) && hasContainers(spec)) found.push({ template: child, spec, direct: child === direct })
    collect(child, found, direct)
  }
}

/** `template`, `podTemplate`, `workerTemplate`, …; or a whole Pod, as objects carry it that make others. */
function isTemplate(key: string, value: Json): boolean {
  return /template(spec)?$/i.test(key) || (at(value, 'kind') === 'Pod' && at(value, 'apiVersion') === 'v1')
}

function hasContainers(spec: JsonObject): boolean {
  const containers = asList(spec['containers'])
  return containers !== undefined && containers.length > 0 && containers.every(isContainer)
}

function isContainer(value: Json): boolean {
  return isObject(value) && (typeof value['image'] === 'string' || typeof value['name'] === 'string')
}

/** The containers of a pod, init and ephemeral ones included. */
export function containersOf(spec: JsonObject): JsonObject[] {
  return CONTAINER_LISTS.flatMap((list) => asList(spec[list]) ?? []).filter(isObject)
}

/** Image references in a pod with what holds them: `image` of containers, `reference` of image volumes. */
export function imagesOf(spec: JsonObject): { holder: JsonObject; key: 'image' | 'reference'; image: string }[] {
  const containers = containersOf(spec).map((holder) => ({ holder, key: 'image' as const }))
  const volumes = (asList(spec['volumes']) ?? [])
    .map((volume) => asObject(at(volume, 'image')))
    .filter((holder) => holder !== undefined)
    .map((holder) => ({ holder, key: 'reference' as const }))
  return [...containers, ...volumes].flatMap(({ holder, key }) => {
    const image = holder[key]
    return typeof image === 'string' && image !== '' ? [{ holder, key, image }] : []
  })
}
