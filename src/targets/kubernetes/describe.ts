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

/** `2026-11-23 16:13:30 UTC`; what is no time as it is. */
export function momentOf(time: number | string): string {
  if (Number.isNaN(new Date(time).getTime())) return String(time)
  return new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}
