import type { KubernetesObject } from '../../../render/manifest.ts'
import type { ApiResource, Cluster, ListOptions, ObjectList } from '../cluster.ts'
import { withMethods } from '../with-methods.ts'

/**
 * A cluster for readers that ask about one object after another and pick what belongs to it themselves (by owner, by
 * UID). Of a namespace that several of them are asked about each type is listed once, without the selectors that
 * would only narrow the answer to one object; so the requests grow with namespaces, not with objects that are in
 * trouble.
 * @param crowded the namespaces that are listed as a whole
 */
export function sharedLists(cluster: Cluster, crowded: ReadonlySet<string>): Cluster {
  const known = new Map<string, Promise<ObjectList>>()
  const list: Cluster['list'] = (resource, options = {}) => {
    const { namespace } = options
    if (namespace === undefined || !crowded.has(namespace)) return cluster.list(resource, options)
    const whole = wholeOf(namespace, options)
    const key = keyOf(resource, whole)
    const answer = known.get(key) ?? cluster.list(resource, whole).then(lean)
    known.set(key, answer)
    return answer
  }
  return withMethods(cluster, { list })
}

/** What is asked, without the labels and the name of a single object. */
function wholeOf(namespace: string, { fieldSelector = '' }: ListOptions): ListOptions {
  const common = fieldSelector.split(',').filter((one) => one !== '' && !one.startsWith('involvedObject.'))
  return { namespace, ...(common.length > 0 ? { fieldSelector: common.join(',') } : {}) }
}

function keyOf({ group, plural }: ApiResource, { namespace, fieldSelector = '' }: ListOptions): string {
  return [group, plural, namespace, fieldSelector].join('/')
}

/** Without the record of field owners, which is half of a pod and which no reader of these lists looks at. */
function lean({ items, resourceVersion }: ObjectList): ObjectList {
  return { items: items.map(withoutOwners), resourceVersion }
}

function withoutOwners(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata
  return { ...object, metadata: { ...metadata, name: object.metadata.name } }
}
