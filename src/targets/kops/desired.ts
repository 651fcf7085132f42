import { asList, asObject, canonicalJson, isObject, type Json, type JsonObject } from '../../json.ts'
import type { Declared, KopsObject } from './manifests.ts'
import { roleOf } from './roles.ts'
import { together, withShadow } from './shadow.ts'
import { configBaseOf, content, itemPath, leavesOf, objectOf, type Stored } from './stored.ts'
import type { Kops } from './tool.ts'
import { isEmpty, type UnknownField, unknownFields } from './unknown-fields.ts'

/** What the state store is to hold. */
export interface Desired {
  readonly cluster: KopsObject
  readonly instanceGroups: readonly KopsObject[]
  /** Fields of the manifests that kops drops. */
  readonly dropped: readonly UnknownField[]
}

interface Means {
  readonly kops: Kops
  readonly temporary: string
  readonly configBase: string
}

/**
 * What a cluster that does not exist yet would be: the manifests, and what kops assigns when it creates (CIDRs, …).
 */
export async function desiredNew(declared: Declared, means: Means): Promise<Desired> {
  const made = await replaced(declared, undefined, means)
  return {
    cluster: withoutAddedBase(made.cluster, declared, undefined),
    instanceGroups: made.instanceGroups,
    dropped: unknownFields(declared, made)
  }
}

/**
 * What the state store is to hold for the manifests, told by kops itself: it replaces them in two shadow stores. Over a
 * copy of the store, that gives the manifests in kops' own form (and its refusal of what cannot be changed); in an empty
 * one, also what it assigns at creation. What was assigned then, and no manifest speaks of, stays.
 */
export async function desiredExisting(declared: Declared, stored: Stored, means: Means): Promise<Desired> {
  const copy = replaced(declared, stored, means)
  // Where nothing seems to differ, the empty one is mostly not needed, and waiting for the other costs nothing: the dry
  // run beside it takes longer.
  const alone = seemsEqual(declared, stored) && holdsAll((await copy).cluster.object, stored.cluster.object)
  // Both to their end, also when one fails: each has a shadow that is to be removed.
  const [over, fresh] = await together(copy, alone ? undefined : replaced(declared, undefined, means))
  const assigned = fresh ? assignedPaths(fresh.cluster.object, over.cluster.object) : new Set<string>()
  const cluster = keepAssigned(over.cluster.object, stored.cluster.object, assigned)
  const names = new Set(declared.instanceGroups.map((group) => group.name))
  return {
    cluster: withoutAddedBase(objectOf('Cluster', cluster), declared, stored),
    instanceGroups: over.instanceGroups.filter((group) => names.has(group.name)),
    dropped: unknownFields(declared, over)
  }
}

/** The shadow needs the config base in the Cluster; a store whose Cluster never had it does not. */
function withoutAddedBase(made: KopsObject, declared: Declared, stored: Stored | undefined): KopsObject {
  if (configBaseOf(declared.cluster.object) !== undefined) return made
  if (stored && configBaseOf(stored.cluster.object) !== undefined) return made
  const { configBase: _, ...spec } = asObject(made.object['spec']) ?? {}
  return { ...made, object: { ...made.object, spec } }
}

type Made = Pick<Stored, 'cluster' | 'instanceGroups'>

/** What a store holds after `kops replace --force` of the manifests. */
async function replaced(declared: Declared, stored: Stored | undefined, means: Means): Promise<Made> {
  const { kops, temporary, configBase } = means
  const name = declared.cluster.name
  return withShadow({ temporary, cluster: name, configBase }, async (shadow) => {
    if (stored) await shadow.fill(stored)
    // An SSHCredential is written through the config base, which is the real one.
    const file = await shadow.write('declared.yaml', [declared.cluster, ...declared.instanceGroups])
    await kops.run({ state: shadow.state, what: 'Reading the manifests', args: ['replace', '--force', '-f', file] })
    return shadow.read()
  })
}

/** Whether nothing needs to be replaced, as far as that can be told without asking kops. */
export function seemsEqual(declared: Declared, stored: Stored): boolean {
  const groups = new Map(stored.instanceGroups.map((group) => [group.name, group.object]))
  if (groups.size !== declared.instanceGroups.length) return false
  return [declared.cluster, ...declared.instanceGroups].every((one) => {
    const live = one.kind === 'Cluster' ? stored.cluster.object : groups.get(one.name)
    if (!live) return false
    const leaves = new Map(leavesOf(content(live)).map((leaf) => [leaf.path, canonicalJson(leaf.value)]))
    return leavesOf(content(one.object)).every((leaf) => {
      const there = leaves.get(leaf.path)
      if (there === undefined) return isEmpty(leaf.value)
      return (
        there === canonicalJson(leaf.value) ||
        (leaf.path === 'spec.role' && roleOf(one) === roleOf({ ...one, object: live }))
      )
    })
  })
}

/** Whether no leaf of `stored` is missing: then nothing that kops assigned has to be kept. */
function holdsAll(over: JsonObject, stored: JsonObject): boolean {
  const there = new Set(leavesOf(content(over)).map((leaf) => leaf.path))
  return leavesOf(content(stored)).every((leaf) => there.has(leaf.path))
}

function assignedPaths(fresh: JsonObject, over: JsonObject): ReadonlySet<string> {
  const there = new Set(leavesOf(content(over)).map((leaf) => leaf.path))
  return new Set(
    leavesOf(content(fresh))
      .map((leaf) => leaf.path)
      .filter((path) => !there.has(path))
  )
}

/** `wanted` with those leaves of `stored` that kops assigned and `wanted` leaves out. */
function keepAssigned(wanted: JsonObject, stored: JsonObject, assigned: ReadonlySet<string>): JsonObject {
  const merged = merge(wanted, stored, '', assigned)
  return asObject(merged) ?? wanted
}

function merge(
  wanted: Json | undefined,
  stored: Json | undefined,
  path: string,
  assigned: ReadonlySet<string>
): Json | undefined {
  if (wanted === undefined && stored !== undefined && !isObject(stored)) return assigned.has(path) ? stored : undefined
  if (isObject(stored) && (wanted === undefined || isObject(wanted))) {
    const result: JsonObject = { ...(wanted ?? {}) }
    for (const [key, value] of Object.entries(stored)) {
      const [leaf] = leavesOf({ [key]: null })
      const below = leaf
        ? path === ''
          ? leaf.path
          : leaf.path.startsWith('[')
            ? path + leaf.path
            : `${path}.${leaf.path}`
        : path
      const child = merge(wanted?.[key], value, below, assigned)
      if (child !== undefined) result[key] = child
    }
    return wanted === undefined && Object.keys(result).length === 0 ? undefined : result
  }
  const [items, others] = [asList(wanted), asList(stored)]
  if (!items || !others || !items.some(isObject)) return wanted
  return items.map((item, index) => {
    const place = itemPath(path, items, index)
    const twin = others.find((_, other) => itemPath(path, others, other) === place)
    return merge(item, twin, place, assigned) ?? item
  })
}
