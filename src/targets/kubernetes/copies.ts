import { groupOf, type KubernetesObject, namespaceOf } from '../../render/manifest.ts'

/**
 * Namespaces that hold copies of a target's objects, each with how many: backups that are restored under another name
 * and clones of namespaces bring labels and field owners along, so nothing in an object itself tells it from its
 * original. Where nobody knows in which namespaces a target has members, one is taken for a copy when any object in it is
 * called like one that is declared or lives in a namespace that is known (`home`). What is wrongly taken for a copy stays.
 */
export function copiedNamespaces(
  declared: readonly KubernetesObject[],
  found: readonly KubernetesObject[],
  home: ReadonlySet<string>
): ReadonlyMap<string, number> {
  const originals = new Set(
    [...declared, ...found.filter((object) => home.has(namespaceOf(object) ?? ''))].map(withoutPlace)
  )
  const elsewhere = new Map<string, KubernetesObject[]>()
  for (const object of found) {
    const namespace = namespaceOf(object)
    if (namespace === undefined || home.has(namespace)) continue
    const list = elsewhere.get(namespace)
    if (list) list.push(object)
    else elsewhere.set(namespace, [object])
  }
  return new Map(
    [...elsewhere].flatMap(([namespace, objects]): [string, number][] =>
      objects.some((object) => originals.has(withoutPlace(object))) ? [[namespace, objects.length]] : []
    )
  )
}

function withoutPlace(object: KubernetesObject): string {
  return `${groupOf(object)}/${object.kind}/${object.metadata.name}`
}
