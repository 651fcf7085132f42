import { asString, type Json } from '../../json.ts'
import { timeText } from '../../moment.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import type { Change, FieldChange, FieldValue, Held } from '../plan.ts'
import { resourceOf } from './describe.ts'
import type { InventoryExtent } from './extent.ts'
import { editedPlaces, type Inventory, parentOf, RECORD } from './inventory.ts'
import { attribute, type Path, printPath, valueAt } from './ownership/index.ts'

/**
 * What is wrong with the inventory itself, as a change of a plan for drift: it is not there (`isNew`), or somebody else
 * than a deploy wrote into it. Undefined where nothing is.
 */
export function inventoryChange(
  inventory: Inventory | undefined,
  { isNew, extent }: { isNew: boolean; extent: InventoryExtent }
): Change | undefined {
  if (!inventory) return undefined
  const wanted = parentOf({ ...inventory, ...extent })
  const base = { resource: resourceOf(wanted), fields: [] }
  if (isNew) return { ...base, action: 'create', ...madeAnew(inventory) }
  const { parent } = inventory
  const paths = parent ? editedPlaces(parent) : []
  if (!parent || paths.length === 0) return undefined
  return {
    ...base,
    action: 'update',
    fields: paths.map((path): FieldChange => {
      const attribution = attribute(parent, path)
      return { path: printPath(path), ...valuesAt(path, parent, wanted, inventory), attribution }
    }),
    reason: 'the inventory of this target, which only deploys write',
    ...(paths.includes(RECORD) ? { healable: false } : {})
  }
}

/** Without a record there is nothing to say in it of what is deployed: that takes a deploy. */
function madeAnew({ record }: Inventory): Pick<Change, 'reason' | 'healable' | 'attribution'> {
  const attribution = { known: false, candidates: [] } as const
  if (record) return { reason: 'somebody deleted the inventory of this target, which is made anew', attribution }
  return {
    reason: 'somebody deleted the inventory of this target; a deploy makes it anew',
    healable: false,
    attribution
  }
}

/** Why nothing is healed when what was deployed is told by a record that somebody edited. */
export function holdForRecord({ parent }: Inventory): Held | undefined {
  if (!parent || !editedPlaces(parent).includes(RECORD)) return undefined
  const author = attribute(parent, RECORD)
  const by = author.known ? ` by ${author.manager}${author.time ? ` (${timeText(author.time)})` : ''}` : ''
  return {
    by: 'policy',
    reason: `the record of what was deployed was edited${by}, so it is not certain what to put back: deploy once more`
  }
}

function valuesAt(
  path: Path,
  parent: KubernetesObject,
  wanted: KubernetesObject,
  { record }: Inventory
): { before: FieldValue; after: FieldValue } {
  if (path !== RECORD) return { before: shown(valueAt(parent, path)), after: shown(valueAt(wanted, path)) }
  const told: Json = [record?.revision ?? record?.digest, record?.time].filter((one) => one !== undefined).join(', ')
  return {
    before: valueAt(parent, path) === undefined ? { type: 'absent' } : { type: 'value', value: told || 'unreadable' },
    after: { type: 'value', value: 'what the last deploy wrote' }
  }
}

function shown(value: Json | undefined): FieldValue {
  const text = asString(value)
  return text === undefined ? { type: 'absent' } : { type: 'value', value: text }
}
