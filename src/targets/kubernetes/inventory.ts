import { createHash } from 'node:crypto'
import { GitOpsError } from '../../errors.ts'
import { asObject, asString, at, isObject, type Json, type JsonObject, parseJson, stringifyJson } from '../../json.ts'
import { timeText } from '../../moment.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { VERSION } from '../../version.ts'
import type { DeploymentRecord } from '../target.ts'
import { describeApiError } from './client/explain.ts'
import { ApiError, type Cluster, FIELD_MANAGER } from './cluster.ts'
import { FINGERPRINT_KEY, fingerprintKeyIn } from './fingerprint-key.ts'
import { managedEntries, nodeAt, ownEntry, type Path, valueAt } from './ownership/index.ts'

/**
 * The inventory of a target: an ApplySet parent (KEP-3659, as shipped in kubectl: `applyset.kubernetes.io/*`). It
 * says which kinds and namespaces may hold members, and carries the deployment record in its data. Members are
 * found by the `part-of` label, so the parent stays small however large the target is.
 */
export const PART_OF_LABEL = 'applyset.kubernetes.io/part-of'
export const ID_LABEL = 'applyset.kubernetes.io/id'
export const TOOLING = 'applyset.kubernetes.io/tooling'
export const GROUP_KINDS = 'applyset.kubernetes.io/contains-group-kinds'
export const NAMESPACES = 'applyset.kubernetes.io/additional-namespaces'
const OURS = 'gitops-actions/'
/** Type of the Secret that holds an inventory. */
export const INVENTORY_TYPE = 'gitops-actions.dev/inventory'
const HISTORY_LENGTH = 20

/** Which target an inventory belongs to. `namespace` is where the parent Secret lives. */
export interface InventoryKey {
  readonly environment: string
  readonly target: string
  readonly namespace: string
}

export interface Inventory {
  readonly key: InventoryKey
  /** `Kind.group` of every type that may have members; the bare kind for the core group. */
  readonly groupKinds: readonly string[]
  /** Namespaces beside the parent's own that may have members. */
  readonly namespaces: readonly string[]
  readonly record?: DeploymentRecord
  /** What healing remembers (`Target.memory`), as it was written. */
  readonly memory?: Json
  /** Under which drift reports show values of Secrets; undefined where no deploy has drawn one yet. */
  readonly fingerprintKey?: Buffer
  /** Content that was wrong and that pods may still run, as it was written. */
  readonly wrongContents?: Json
  /** The Secret as it lives, where it was read. */
  readonly parent?: KubernetesObject
  /** Set when the inventory holds a record that cannot be read: a sentence that says so. A deploy writes it anew. */
  readonly damage?: string
  /**
   * Set when somebody else wrote to what says where members are: a sentence that says so. Members are looked for
   * everywhere then, and a deploy writes it anew.
   */
  readonly edited?: string
}

/** The name of the parent Secret. Environments and targets are DNS labels, so the dots keep them apart. */
export function inventoryName(key: InventoryKey): string {
  return `gitops.${key.environment}.${key.target}`
}

/** The ApplySet id of a target's inventory. */
export function applySetId(key: InventoryKey): string {
  return parentId({ name: inventoryName(key), namespace: key.namespace, kind: 'Secret', group: '' })
}

/** The id of an ApplySet: `applyset-<base64url(sha256("name.namespace.kind.group"))>-v1`, as the specification computes it. */
export function parentId(parent: { name: string; namespace: string; kind: string; group: string }): string {
  const text = `${parent.name}.${parent.namespace}.${parent.kind}.${parent.group}`
  return `applyset-${createHash('sha256').update(text).digest('base64url')}-v1`
}

/** The target whose inventory a Secret is, by its name; undefined when it is none of ours. */
export function keyOfInventory(secret: KubernetesObject): InventoryKey | undefined {
  const namespace = asString(secret.metadata['namespace']) ?? ''
  const [prefix, environment, target, ...rest] = secret.metadata.name.split('.')
  if (prefix !== 'gitops' || environment === undefined || target === undefined || rest.length > 0) return undefined
  const key = { environment, target, namespace }
  const id = asString(at(secret, 'metadata', 'labels', ID_LABEL))
  // The type of a Secret cannot be changed: without its label it is one that was edited.
  return id === applySetId(key) || (id === undefined && secret['type'] === INVENTORY_TYPE) ? key : undefined
}

/** The inventory in a parent Secret of ours. */
export function inventoryOf(secret: KubernetesObject, key: InventoryKey): Inventory {
  const fingerprintKey = fingerprintKeyIn(secret)
  return {
    key,
    groupKinds: split(at(secret, 'metadata', 'annotations', GROUP_KINDS)),
    namespaces: split(at(secret, 'metadata', 'annotations', NAMESPACES)),
    parent: secret,
    ...memoryOf(secret),
    ...(fingerprintKey ? { fingerprintKey } : {}),
    ...recordOf(secret, `Secret ${key.namespace}/${inventoryName(key)}`),
    ...editedBy(secret, key)
  }
}

/** Where the deployment record lies in the Secret. */
export const RECORD: Path = ['data', 'record']
/** What says where members are. */
const EXTENT: readonly Path[] = [
  ['metadata', 'labels', ID_LABEL],
  ['metadata', 'annotations', TOOLING],
  ['metadata', 'annotations', GROUP_KINDS],
  ['metadata', 'annotations', NAMESPACES]
]
const PLACES: readonly Path[] = [...EXTENT, ['metadata', 'labels', 'app.kubernetes.io/managed-by'], RECORD]

/**
 * What a deploy wrote into an inventory and is not as it wrote it any more. Its fields belong to our field manager for
 * as long as only we write them: whoever changes or removes one takes that away, and so does whoever empties
 * `managedFields`.
 */
export function editedPlaces(secret: KubernetesObject): Path[] {
  const own = ownEntry(managedEntries(secret))?.fields
  return PLACES.filter((path) => valueAt(secret, path) === undefined || nodeAt(own, path) === undefined)
}

/** Whether somebody else wrote to what says where members are. */
function editedBy(secret: KubernetesObject, key: InventoryKey): Pick<Inventory, 'edited'> {
  const lost = editedPlaces(secret).filter((path) => EXTENT.includes(path))
  if (lost.length === 0) return {}
  const others = managedEntries(secret).filter((entry) => lost.some((path) => nodeAt(entry.fields, path) !== undefined))
  const who = others.map(({ manager, time }) => ` by ${manager}${time === undefined ? '' : ` (${timeText(time)})`}`)
  return {
    edited: `The inventory of this target (Secret ${key.namespace}/${inventoryName(key)}) was edited${who.join(' and')}: ${lost.map((path) => path.at(-1)).join(', ')}. So its objects are looked for everywhere, by their label.`
  }
}

/** Keys of the Secret for what healing keeps there: what it put back before, and content that pods may still run. */
const MEMORY = { memory: 'healing', wrongContents: 'wrong-contents' } as const
/** A deploy writes the inventory anew and leaves alone what this field manager owns. */
const MEMORY_MANAGER = 'gitops-actions-healing'

/**
 * Keeps what healing remembers with the inventory; undefined to forget it.
 * @throws ApiError when there is no inventory, or it may not be written
 */
export async function writeMemory(
  cluster: Cluster,
  key: InventoryKey,
  value: Json | undefined,
  what: keyof typeof MEMORY = 'memory'
): Promise<void> {
  const text = value === undefined ? null : Buffer.from(stringifyJson(value)).toString('base64')
  const data = { [MEMORY[what]]: text }
  await cluster.patch(parentRef(key), 'merge', { data }, { fieldManager: MEMORY_MANAGER })
}

/** What cannot be read is forgotten. */
function memoryOf(secret: KubernetesObject): Pick<Inventory, 'memory' | 'wrongContents'> {
  const read = (key: string): Json | undefined => {
    const encoded = asString(at(secret, 'data', key))
    try {
      return encoded === undefined ? undefined : parseJson(Buffer.from(encoded, 'base64').toString('utf8'))
    } catch {
      return undefined
    }
  }
  const [memory, wrongContents] = [read(MEMORY.memory), read(MEMORY.wrongContents)]
  return {
    ...(memory === undefined ? {} : { memory }),
    ...(wrongContents === undefined ? {} : { wrongContents })
  }
}

/**
 * Reads a target's inventory; undefined when there is none (never deployed, or deleted).
 * @throws GitOpsError when an object of that name is not ours: kubectl's or another tool's ApplySet, or a plain Secret
 */
export async function readInventory(cluster: Cluster, key: InventoryKey): Promise<Inventory | undefined> {
  const secret = await cluster.get(parentRef(key))
  if (!secret) return undefined
  const where = `Secret ${key.namespace}/${inventoryName(key)}`
  const id = asString(at(secret, 'metadata', 'labels', ID_LABEL))
  const tooling = asString(at(secret, 'metadata', 'annotations', TOOLING)) ?? ''
  // Nobody can change the type of a Secret: by its type and its name it is ours, whatever was edited since.
  const isOurs = secret['type'] === INVENTORY_TYPE && (tooling === '' || tooling.startsWith(OURS))
  if (isOurs) return inventoryOf(secret, key)
  if (id !== applySetId(key))
    throw new GitOpsError(
      `${where} exists but is not the inventory of target "${key.target}" (${ID_LABEL} is ${id ?? 'missing'}).`,
      {
        hint: 'Rename or remove that Secret, or give the target another name.'
      }
    )
  if (!tooling.startsWith(OURS))
    throw new GitOpsError(`${where} is the ApplySet of other tooling ("${tooling}").`, {
      hint: 'Only the tool that made an ApplySet may change it (KEP-3659). Remove its parent Secret first, or use another target name.'
    })
  return inventoryOf(secret, key)
}

/**
 * The deployment record of a target, from its inventory; undefined when nothing was ever deployed.
 * @throws GitOpsError when there is a record that cannot be read
 */
export async function readDeployment(cluster: Cluster, key: InventoryKey): Promise<DeploymentRecord | undefined> {
  let inventory: Inventory | undefined
  try {
    inventory = await readInventory(cluster, key)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw describeApiError(error, `Reading the inventory of target "${key.target}"`)
  }
  const damage =
    inventory &&
    (inventory.damage ??
      (inventory.record
        ? undefined
        : `Secret ${key.namespace}/${inventoryName(key)}, the inventory of target "${key.target}", holds no record of what was deployed: somebody edited the inventory.`))
  if (damage) throw new GitOpsError(damage, { hint: 'Deploy once more: a deploy writes it anew.' })
  return inventory?.record
}

/** Writes the inventory as a whole (server-side apply, forced: nobody else has a say in it). */
export async function writeInventory(cluster: Cluster, inventory: Inventory): Promise<void> {
  await cluster.apply(parentOf(inventory), { force: true })
}

/** The parent Secret as an object. Exported for tests against kubectl. */
export function parentOf(inventory: Inventory): KubernetesObject {
  const { key, record, fingerprintKey } = inventory
  const data: JsonObject = {}
  if (fingerprintKey) data[FINGERPRINT_KEY] = fingerprintKey.toString('base64')
  if (record) data['record'] = Buffer.from(stringifyJson(record)).toString('base64')
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: inventoryName(key),
      namespace: key.namespace,
      labels: { [ID_LABEL]: applySetId(key), 'app.kubernetes.io/managed-by': FIELD_MANAGER },
      annotations: {
        [TOOLING]: `gitops-actions/v${VERSION}`,
        [GROUP_KINDS]: [...new Set(inventory.groupKinds)].sort().join(','),
        [NAMESPACES]: [...new Set(inventory.namespaces)]
          .filter((name) => name !== key.namespace)
          .sort()
          .join(',')
      }
    },
    type: INVENTORY_TYPE,
    data
  }
}

/** The record that follows `previous`: the previous one moves to the history, which keeps the newest entries. */
export function nextRecord(
  previous: DeploymentRecord | undefined,
  next: Omit<DeploymentRecord, 'history'>
): DeploymentRecord {
  if (!previous) return { ...next, history: [] }
  const { history, ...last } = previous
  // A run that goes on replaces its own entry: "in-progress" becomes "succeeded" without leaving a trace of itself.
  const older =
    last.status === 'in-progress' && last.run === next.run && last.digest === next.digest ? history : [last, ...history]
  const kept = older.slice(0, HISTORY_LENGTH)
  // However many deployments failed since: that one succeeded tells an upgrade from an installation.
  const succeeded = older.find((one) => one.status === 'succeeded')
  if (succeeded && !kept.includes(succeeded)) kept.splice(-1, 1, succeeded)
  return { ...next, history: kept }
}

/** Whether two readings of an inventory saw the same deployment as the last one. */
export function sameDeployment(one: DeploymentRecord | undefined, other: DeploymentRecord | undefined): boolean {
  const key = (record: DeploymentRecord | undefined) =>
    record && stringifyJson([record.time, record.status, record.digest, record.run ?? null])
  return key(one) === key(other)
}

function parentRef(key: InventoryKey) {
  return { apiVersion: 'v1', kind: 'Secret', name: inventoryName(key), namespace: key.namespace }
}

/** The parts of a comma-separated annotation. */
export function split(value: unknown): string[] {
  return (asString(value) ?? '').split(',').filter((part) => part !== '')
}

/** The deployment record in a parent Secret, or that it cannot be read. */
export function recordOf(secret: KubernetesObject, where = 'The inventory'): Pick<Inventory, 'record' | 'damage'> {
  const encoded = asString(at(secret, 'data', 'record'))
  if (encoded === undefined) return {}
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))
    if (isRecord(value)) return { record: value }
  } catch {
    // no JSON: damaged like any other shape that is not a record
  }
  return { damage: `${where} holds a deployment record that cannot be read: somebody edited the inventory.` }
}

function isRecord(value: unknown): value is DeploymentRecord {
  return (
    isObject(value) &&
    asString(value['target']) !== undefined &&
    asString(value['digest']) !== undefined &&
    asString(value['time']) !== undefined &&
    asString(value['status']) !== undefined &&
    asObject(value['images']) !== undefined &&
    Array.isArray(value['history']) &&
    value['history'].every((one) => isObject(one) && asString(one['digest']) !== undefined)
  )
}
