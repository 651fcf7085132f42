import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { mapConcurrent } from '../../concurrency.ts'
import type { Json } from '../../json.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { type ForeignField, REVERT_MANAGER, removalPatch } from './compare/index.ts'
import { describe } from './describe.ts'
import type { Added, Findings } from './findings.ts'
import { valueAt } from './ownership/index.ts'
import { patchAsItIs } from './patch.ts'

const CONCURRENCY = 8

/**
 * Takes out of what was found the fields whose values would be the same if nobody had written them: defaults of the API
 * server that somebody's apply spells out, or that a person's change was undone to. A dry run takes them away; what
 * is there again afterwards is nobody's change, and healing could not take it away either.
 */
export async function forgiveDefaults(cluster: Cluster, found: Findings): Promise<void> {
  await mapConcurrent([...found.added], CONCURRENCY, async ([id, added]) => {
    const { live } = added
    const asked = added.fields.filter((field) => mayBeDefault(field.location))
    if (asked.length === 0) return
    const without = await withoutThem(cluster, added, asked)
    const same = asked.filter((field) => (without ? isSame(live, without, field) : isOurRevert(field)))
    if (same.length > 0) found.forgive(id, describe(live), new Set(same))
  })
}

/** Labels, keys of data and items of lists come from whoever wrote them: only fields of a fixed name have defaults. */
function mayBeDefault(location: ForeignField['location']): boolean {
  const [first] = location
  return first !== 'metadata' && first !== 'data' && first !== 'binaryData' && typeof location.at(-1) === 'string'
}

/** What the object would be without these fields; undefined where that cannot be known. */
async function withoutThem(
  cluster: Cluster,
  { live, declared }: Added,
  fields: readonly ForeignField[]
): Promise<KubernetesObject | undefined> {
  try {
    return await patchAsItIs(cluster, live, (now) => removalPatch(now, fields), {
      fieldManager: REVERT_MANAGER,
      dryRun: true
    })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // One of them cannot be taken away, as most fields of a pod: then a new object tells what it would have.
    return error.code === 422 ? await asIfNew(cluster, declared) : undefined
  }
}

/** What the API server would make of the declaration alone; under another name, because there is one of this name. */
async function asIfNew(cluster: Cluster, declared: KubernetesObject): Promise<KubernetesObject | undefined> {
  const name = `${declared.metadata.name.slice(0, 40)}-${randomBytes(4).toString('hex')}`
  try {
    return await cluster.create({ ...declared, metadata: { ...declared.metadata, name } }, { dryRun: true })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return undefined
  }
}

function isSame(live: KubernetesObject, without: KubernetesObject, field: ForeignField): boolean {
  const value = valueAt(live, field.location)
  if (!isDeepStrictEqual(valueAt(without, field.location), value)) return false
  return !isKeptAnyway(live, field, value)
}

/**
 * Places that the API server never empties, whatever is written there: that it is still there tells nothing. What an
 * apply names there is what the API server had chosen before; what an update names is another value.
 */
function isKeptAnyway(
  live: KubernetesObject,
  { location, attribution }: ForeignField,
  value: Json | undefined
): boolean {
  if (live.apiVersion !== 'v1' || location[0] !== 'spec') return false
  if (live.kind === 'Namespace') return location[1] === 'finalizers' && !isDeepStrictEqual(value, ['kubernetes'])
  const isChosen = live.kind === 'Service' && CHOSEN.has(String(location.at(-1)))
  return isChosen && attribution?.known === true && attribution.operation === 'Update'
}

const CHOSEN: ReadonlySet<string> = new Set(['nodePort', 'clusterIP', 'clusterIPs', 'healthCheckNodePort'])

/** What came back when healing took fields away is in its own name. */
function isOurRevert({ attribution }: ForeignField): boolean {
  return attribution?.known === true && attribution.manager === REVERT_MANAGER
}
