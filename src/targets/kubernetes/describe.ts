import { type KubernetesObject, namespaceOf, objectId } from '../../render/manifest.ts'
import type { Resource } from '../plan.ts'

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
