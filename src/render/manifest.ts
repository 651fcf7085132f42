import type { Json, JsonObject } from '../json.ts'

/** A Kubernetes object as JSON, with the fields that every object has. Read from files or the API server: untrusted. */
export interface KubernetesObject extends JsonObject {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
}

export interface ObjectMeta extends JsonObject {
  name: string
}

/** An object as declared, with the place it was read from (relative to the workspace where it lies inside). */
export interface Manifest {
  readonly object: KubernetesObject
  readonly source: { readonly file: string; readonly line?: number }
}

/** What rendering gave. `digest` is `sha256:…` over the canonical JSON of all objects, independent of files and order. */
export interface RenderedSet {
  readonly manifests: readonly Manifest[]
  readonly digest: string
  /** Every image reference in a pod template, once, sorted. */
  readonly images: readonly string[]
}

/** The API group of an object: `apps` of `apps/v1`, empty for the core group. */
export function groupOf(object: { readonly apiVersion: string }): string {
  const slash = object.apiVersion.indexOf('/')
  return slash < 0 ? '' : object.apiVersion.slice(0, slash)
}

/** `metadata.namespace`, or undefined. */
export function namespaceOf(object: KubernetesObject): string | undefined {
  const namespace: Json | undefined = object.metadata['namespace']
  return typeof namespace === 'string' && namespace !== '' ? namespace : undefined
}

/** `group/Kind/namespace/name`, without the parts that are empty: unique in a cluster whatever the version. */
export function objectId(object: KubernetesObject): string {
  return idIn(object, namespaceOf(object))
}

/** The same, were the object in a namespace. */
export function idIn(object: KubernetesObject, namespace: string | undefined): string {
  const group = groupOf(object)
  return `${group === '' ? '' : `${group}/`}${object.kind}/${namespace === undefined ? '' : `${namespace}/`}${object.metadata.name}`
}
