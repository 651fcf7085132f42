import { asList, asObject, asString, at, isObject, type Json, type JsonObject, parseJson } from '../../json.ts'
import type { KopsKind, KopsObject } from './manifests.ts'
import type { Kops } from './tool.ts'

/** What a state store holds of one cluster. */
export interface Stored {
  readonly cluster: KopsObject
  readonly instanceGroups: readonly KopsObject[]
  /** Objects that `kops create` was given beside them; kops applies them as an addon. */
  readonly addons: readonly JsonObject[]
}

/**
 * Reads a cluster from a state store; undefined when there is none.
 * @throws GitOpsError when the store cannot be read
 */
export async function readStored(kops: Kops, cluster: string): Promise<Stored | undefined> {
  const args = ['get', 'all', '--name', cluster, '--output', 'json']
  const what = `Reading the cluster "${cluster}" from the state store`
  const result = await kops.run({ args, what, allowFailure: true })
  if (result.code !== 0) {
    if (new RegExp(`"${cluster.replaceAll('.', '\\.')}" not found`).test(result.stderr)) return undefined
    await kops.run({ args, what })
    return undefined
  }
  const objects = (asList(parseJson(result.stdout)) ?? []).map(asObject).filter((one) => one !== undefined)
  const found = objects.find((one) => one['kind'] === 'Cluster')
  if (!found) return undefined
  return {
    cluster: objectOf('Cluster', found),
    instanceGroups: objects
      .filter((one) => one['kind'] === 'InstanceGroup')
      .map((one) => objectOf('InstanceGroup', one)),
    addons: objects.filter((one) => one['kind'] !== 'Cluster' && one['kind'] !== 'InstanceGroup')
  }
}

export function objectOf(kind: KopsKind, object: JsonObject): KopsObject {
  return { kind, name: asString(at(object, 'metadata', 'name')) ?? '', object }
}

/**
 * Where a cluster keeps keys, secrets and what its nodes read: where kops looks for it in this version of the API, which
 * leaves out the name that the other version has.
 */
export function configBaseOf(object: JsonObject): string | undefined {
  return asString(at(object, 'spec', ...(isNewest(object) ? ['configStore', 'base'] : ['configBase'])))
}

function isNewest(object: JsonObject): boolean {
  return asString(object['apiVersion'])?.endsWith('/v1alpha3') === true
}

/** A copy that says where its config base is: left out, kops takes the store that the object happens to lie in. */
export function withConfigBase(object: JsonObject, base: string): JsonObject {
  if (configBaseOf(object) !== undefined) return object
  const spec = asObject(object['spec']) ?? {}
  const added: JsonObject = isNewest(object)
    ? { ...spec, configStore: { ...(asObject(spec['configStore']) ?? {}), base } }
    : { ...spec, configBase: base }
  return { ...object, spec: added }
}

/** An object without what the store keeps about it: when two of these are equal, nothing needs to be replaced. */
export function content(object: JsonObject): JsonObject {
  const metadata = asObject(object['metadata']) ?? {}
  const kept = Object.fromEntries(
    Object.entries(metadata).filter(([key]) => key === 'name' || key === 'labels' || key === 'annotations')
  )
  return { ...object, metadata: kept }
}

export interface Leaf {
  readonly path: string
  readonly value: Json
}

/** The leaves of a value; items of a list go by their name where they all have one. */
export function leavesOf(value: Json | undefined, path = ''): Leaf[] {
  if (value === undefined) return []
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, child]) => leavesOf(child, step(path, key)))
  const items = asList(value)
  if (items?.some(isObject)) return items.flatMap((item, index) => leavesOf(item, itemPath(path, items, index)))
  return [{ path, value }]
}

function step(path: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

export function itemPath(path: string, items: readonly Json[], index: number): string {
  const names = items.map((item) => asString(at(item, 'name')))
  const unique = names.every((name) => name !== undefined) && new Set(names).size === names.length
  return unique ? `${path}[name=${names[index]}]` : `${path}[${index}]`
}
