import { type KubernetesObject, namespaceOf, objectId } from '../../render/manifest.ts'
import type { Resource } from '../plan.ts'
import type { ObjectRef } from './cluster.ts'

/** An object in the engine-neutral words of a plan. */
export function resourceOf(object: KubernetesObject): Resource {
  const namespace = namespaceOf(object)
  return {
    id: objectId(object),
    kind: object.kind,
    name: object.metadata.name,
    ...(namespace === undefined ? {} : { namespace })
  }
}

/** `Deployment shop/web`. */
export function describe(object: KubernetesObject): string {
  const namespace = namespaceOf(object)
  return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${object.metadata.name}`
}

/** Where the API server keeps an object. */
export function refOf(object: KubernetesObject): ObjectRef {
  const namespace = namespaceOf(object)
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.metadata.name,
    ...(namespace === undefined ? {} : { namespace })
  }
}
