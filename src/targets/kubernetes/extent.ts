import { groupOf, type KubernetesObject, namespaceOf } from '../../render/manifest.ts'
import type { DeclaredSet } from './declared.ts'
import type { Inventory } from './inventory.ts'

/** What an inventory says about where members are. */
export type InventoryExtent = Pick<Inventory, 'groupKinds' | 'namespaces'>

/** Types and namespaces that hold these objects, and what `before` knew of. */
export function extentOf(objects: Iterable<KubernetesObject>, before?: InventoryExtent): InventoryExtent {
  const groupKinds = new Set(before?.groupKinds)
  const namespaces = new Set(before?.namespaces)
  for (const object of objects) {
    const group = groupOf(object)
    groupKinds.add(group === '' ? object.kind : `${object.kind}.${group}`)
    const namespace = namespaceOf(object)
    if (namespace !== undefined) namespaces.add(namespace)
  }
  return { groupKinds: [...groupKinds], namespaces: [...namespaces] }
}

/** The same for what is declared and what is kept. */
export function ownExtent(
  declared: Pick<DeclaredSet, 'members'>,
  kept: readonly KubernetesObject[],
  before?: InventoryExtent
): InventoryExtent {
  return extentOf([...declared.members.map((member) => member.manifest.object), ...kept], before)
}
