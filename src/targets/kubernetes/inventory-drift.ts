import { asObject, asString, at, stringifyJson } from '../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../render/manifest.ts'
import type { Change, FieldChange } from '../plan.ts'
import type { Cluster } from './cluster.ts'
import { compareAll, type IgnoreRule } from './compare/index.ts'
import type { DeclaredSet } from './declared.ts'
import { resourceOf } from './describe.ts'
import { GROUP_KINDS, type Inventory, inventoryName, NAMESPACES, parentOf, TOOLING } from './inventory.ts'
import type { KubernetesTargetOptions } from './options.ts'

/** What somebody did to the inventory itself, and what it should be. */
export interface InventoryDrift {
  readonly change: Change
  /** Undefined where nobody can know what it held: a deploy writes it anew. */
  readonly repaired?: Inventory
}

/** What healing remembers is written by a manager of its own. */
const OWN_NOTES: IgnoreRule = { kind: 'Secret', pointers: ['/data/healing'] }
const RECORD = 'data.record'

/**
 * An inventory that somebody edited or deleted. What it should hold is known only from what we wrote, so an edit is
 * told by its ownership: the API server takes a field from us when somebody gives it another value. Types and
 * namespaces are put back from the declared set; an edited record cannot be, and is not believed.
 */
export async function inventoryDrift(
  { cluster, policy, log }: Pick<KubernetesTargetOptions, 'cluster' | 'policy' | 'log'>,
  found: { readonly inventory: Inventory | undefined; readonly restored: Inventory | undefined },
  declared: DeclaredSet,
  secretKey: Buffer
): Promise<InventoryDrift | undefined> {
  const { inventory, restored } = found
  if (!inventory) return restored && deleted(widened(restored, declared))
  const live = await secretOf(cluster, inventory)
  if (!live) return undefined
  const repaired = widened(inventory, declared)
  const [comparison] = await compareAll(
    cluster,
    [{ manifest: { object: writtenAs(live, repaired), source: FROM_US }, live }],
    {
      purpose: 'drift',
      ignore: [OWN_NOTES],
      secretKey,
      foreignFields: policy.foreignFields,
      log
    }
  )
  const fields = [...(comparison?.fields ?? []), ...(comparison?.reclaim ?? [])].map((field) =>
    // It is all that we own below `data`: without it we own nothing there, which is told of the whole.
    field.path === 'data' ? { ...field, path: RECORD } : declaredIn(field, repaired)
  )
  if (at(live, 'data', 'record') === undefined && !fields.some(isRecord)) fields.push(REMOVED_RECORD)
  if (fields.length === 0) return undefined
  const change = { action: 'update' as const, resource: resourceOf(live), fields }
  if (fields.some(isRecord)) return { change: { ...change, reason: EDITED_RECORD, healable: false } }
  return { change: { ...change, reason: 'somebody edited the inventory of this target' }, repaired }
}

const FROM_US = { file: 'inventory' }
const EDITED_RECORD =
  'somebody edited the inventory of this target: what it records as deployed cannot be believed; a deploy writes it anew'
const REMOVED_RECORD: FieldChange = {
  path: RECORD,
  before: { type: 'absent' },
  after: { type: 'absent' },
  attribution: { known: false, candidates: [] }
}

function isRecord({ path }: FieldChange): boolean {
  return path === RECORD
}

function deleted(restored: Inventory): InventoryDrift {
  const { key, record } = restored
  const change: Change = {
    action: 'create',
    resource: resourceOf(parentOf(restored)),
    fields: [],
    attribution: { known: false, candidates: [] },
    reason: `somebody deleted the inventory of target ${key.target}`
  }
  if (record) return { change, repaired: restored }
  return {
    change: { ...change, reason: `${change.reason}; a deploy writes it anew, with what is deployed`, healable: false }
  }
}

/** The inventory with every type and namespace that the declared set has members in. */
function widened(inventory: Inventory, declared: DeclaredSet): Inventory {
  const objects = declared.members.map((member) => member.manifest.object)
  return {
    ...inventory,
    groupKinds: [...inventory.groupKinds, ...objects.map((object) => groupKindOf(object))],
    namespaces: [...inventory.namespaces, ...objects.flatMap((object) => namespaceOf(object) ?? [])]
  }
}

function groupKindOf(object: KubernetesObject): string {
  const group = groupOf(object)
  return group === '' ? object.kind : `${object.kind}.${group}`
}

/** What we wrote, as far as it is known: what is there, for its values (another commit may declare other types); else what should be. */
function writtenAs(live: KubernetesObject, repaired: Inventory): KubernetesObject {
  const should = parentOf(repaired)
  const annotations = { ...asObject(should.metadata['annotations']) }
  for (const name of [TOOLING, GROUP_KINDS, NAMESPACES]) {
    const value = asString(at(live, 'metadata', 'annotations', name))
    if (value !== undefined) annotations[name] = value
  }
  const record = at(live, 'data', 'record')
  return {
    ...should,
    metadata: { ...should.metadata, annotations },
    data: record === undefined ? {} : { record }
  }
}

/** A field that somebody else owns has the value that he gave it: what is declared is what a repair would write. */
function declaredIn(field: FieldChange, repaired: Inventory): FieldChange {
  const annotations = asObject(at(parentOf(repaired), 'metadata', 'annotations')) ?? {}
  const name = Object.keys(annotations).find((one) => field.path === `metadata.annotations[${one}]`)
  const value = name === undefined ? undefined : annotations[name]
  return value === undefined || stringifyJson(field.after) === stringifyJson({ type: 'value', value })
    ? field
    : { ...field, after: { type: 'value', value } }
}

async function secretOf(cluster: Cluster, { key }: Inventory): Promise<KubernetesObject | undefined> {
  return cluster.get({ apiVersion: 'v1', kind: 'Secret', name: inventoryName(key), namespace: key.namespace })
}
