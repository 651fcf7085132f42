import { timeText } from '../../moment.ts'
import { extentOf } from './extent.ts'
import type { Inventory, InventoryKey } from './inventory.ts'
import type { Live } from './live.ts'
import type { KubernetesTargetOptions } from './options.ts'

/**
 * The inventory of a target that has none in the cluster, from what is left: the labels of its live members say where
 * they are, another store remembers what was deployed. Without any member nothing is restored, because nothing of the
 * target is here: it is a first deploy to this place.
 */
export async function restore(
  options: Pick<KubernetesTargetOptions, 'remembered'>,
  key: InventoryKey,
  live: Live
): Promise<{ inventory?: Inventory; notes: string[] }> {
  const record = await options.remembered?.()
  if (live.members.size === 0) {
    if (!record) return { notes: [] }
    return {
      notes: [
        `The deployment record in GitHub says that this target was deployed ${timeText(record.time)}, but neither its inventory nor any of its objects is here: it is deployed as if for the first time.`
      ]
    }
  }
  const memory = record ? ' and from the deployment record in GitHub' : ''
  return {
    inventory: {
      key,
      ...extentOf(live.members.values()),
      ...(record ? { record } : {})
    },
    notes: [
      `The inventory of this target is gone; it is restored from the labels of ${live.members.size === 1 ? 'one live object' : `${live.members.size} live objects`}${memory}.`,
      ...hiddenNotes(live)
    ]
  }
}

/** An inventory that somebody edited, with every type and namespace in which members were found as well. */
export function mended(inventory: Inventory, live: Live): { inventory: Inventory; notes: string[] } {
  if (inventory.edited === undefined) return { inventory, notes: [] }
  return {
    inventory: { ...inventory, ...extentOf(live.members.values(), inventory) },
    notes: [inventory.edited, ...hiddenNotes(live)]
  }
}

function hiddenNotes({ hidden = [] }: Live): string[] {
  if (hidden.length === 0) return []
  return [`Objects of these types could not be looked for, so old ones may be forgotten: ${hidden.join(', ')}.`]
}
