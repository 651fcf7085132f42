import { asString, at, type Json } from '../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf, objectId } from '../../render/manifest.ts'
import type { Change, FieldChange } from '../plan.ts'
import { ApiError, type ApiResource, type Cluster, FIELD_MANAGER } from './cluster.ts'
import { refOf, resourceOf } from './describe.ts'
import {
  applySetId,
  GROUP_KINDS,
  ID_LABEL,
  type InventoryKey,
  NAMESPACES,
  PART_OF_LABEL,
  parentId,
  split,
  TOOLING
} from './inventory.ts'
import { readMembers } from './live.ts'

/** An ApplySet of another tool that this target takes over as a whole. */
export interface AdoptedSet {
  readonly id: string
  readonly parent: KubernetesObject
  /** `Secret/shop/web`. */
  readonly name: string
  readonly tooling: string
  /** True when the parent holds nothing but the set, so that it goes with it. */
  readonly removable: boolean
  /** Its live members by object id; empty for another target of ours, which only gives away what is declared here. */
  readonly members: ReadonlyMap<string, KubernetesObject>
}

const GROUP_RESOURCES = 'applyset.kubernetes.io/contains-group-resources'

/**
 * Reads the ApplySets that a target is to take over. One that is not there (any more) is told in a note: the adoption
 * has happened.
 * @param wanted parents as `Kind/name`, `Kind/namespace/name` or as kubectl writes them: `secrets/name`, `name`
 */
export async function readAdoptedSets(
  cluster: Cluster,
  wanted: readonly string[],
  key: InventoryKey
): Promise<{ sets: AdoptedSet[]; notes: string[]; problems: string[] }> {
  const sets: AdoptedSet[] = []
  const notes: string[] = []
  const problems: string[] = []
  for (const text of wanted) {
    const found = await readParent(cluster, text, key.namespace)
    if (typeof found === 'string') problems.push(found)
    else if (found === undefined)
      notes.push(`adopt: ${text} is not there, or is no ApplySet any more. Take it out of "adopt" once it is adopted.`)
    else {
      const set = await readSet(cluster, found, text)
      if (typeof set === 'string') problems.push(set)
      else if (set.id === applySetId(key)) problems.push(`adopt: ${text} is this target's own inventory.`)
      else sets.push(set)
    }
  }
  return { sets, notes, problems }
}

async function readParent(
  cluster: Cluster,
  text: string,
  home: string
): Promise<KubernetesObject | string | undefined> {
  const parts = text.split('/')
  const name = parts.at(-1) ?? ''
  const type = parts.length === 1 ? 'Secret' : (parts[0] ?? '')
  const namespace = parts.length === 3 ? parts[1] : home
  if (name === '' || parts.length > 3) return `adopt: "${text}" is neither Kind/name nor Kind/namespace/name.`
  const resource = typeNamed(await cluster.resources(), type)
  if (!resource) return `adopt: "${text}": the API server knows no kind "${type}".`
  const object = await cluster.get({
    apiVersion: resource.group === '' ? resource.version : `${resource.group}/${resource.version}`,
    kind: resource.kind,
    name,
    ...(resource.namespaced && namespace !== undefined ? { namespace } : {})
  })
  return object && asString(at(object, 'metadata', 'labels', ID_LABEL)) !== undefined ? object : undefined
}

/** `Secret`, `secret`, `secrets`, `cm`, `Widget.example.com`, `widgets.example.com`, `widgets.v1.example.com`. */
function typeNamed(types: readonly ApiResource[], text: string): ApiResource | undefined {
  const wanted = text.toLowerCase()
  return types.find((type) =>
    [type.kind, type.plural, ...(type.shortNames ?? [])].some((word) =>
      [word, `${word}.${type.group}`, `${word}.${type.version}.${type.group}`].some(
        (one) => one.toLowerCase() === wanted
      )
    )
  )
}

async function readSet(cluster: Cluster, parent: KubernetesObject, text: string): Promise<AdoptedSet | string> {
  const namespace = namespaceOf(parent) ?? ''
  const id = asString(at(parent, 'metadata', 'labels', ID_LABEL)) ?? ''
  const expected = parentId({ name: parent.metadata.name, namespace, kind: parent.kind, group: groupOf(parent) })
  // KEP-3659: tools must verify the id, or a label that was copied would give away another set's objects.
  if (id !== expected)
    return `adopt: ${text} carries the id ${id}, which is not its own (${expected}). Its label ${ID_LABEL} was copied or edited; correct it first.`
  const tooling = asString(at(parent, 'metadata', 'annotations', TOOLING)) ?? ''
  const own = tooling.startsWith('gitops-actions/')
  const members = own ? [] : await readMembers(cluster, await extentOf(cluster, parent, id, namespace))
  const data = Object.keys(Object(parent['data'])).length
  return {
    id,
    parent,
    name: [parent.kind, namespace, parent.metadata.name].filter((part) => part !== '').join('/'),
    tooling: tooling || 'unknown tooling',
    removable: !own && parent.kind === 'Secret' && groupOf(parent) === '' && data === 0,
    members: new Map(members.map((object) => [objectId(object), object]))
  }
}

async function extentOf(cluster: Cluster, parent: KubernetesObject, id: string, namespace: string) {
  const groupKinds = split(at(parent, 'metadata', 'annotations', GROUP_KINDS))
  const types = await cluster.resources()
  // Written by kubectl before 1.30 instead of kinds: `deployments.apps`.
  const older = split(at(parent, 'metadata', 'annotations', GROUP_RESOURCES)).flatMap((text) => {
    const type = types.find((one) => (one.group === '' ? one.plural : `${one.plural}.${one.group}`) === text)
    return type ? [type.group === '' ? type.kind : `${type.kind}.${type.group}`] : []
  })
  const namespaces = split(at(parent, 'metadata', 'annotations', NAMESPACES))
  return {
    id,
    groupKinds: [...new Set([...groupKinds, ...older])],
    namespaces: [...new Set([...(namespace === '' ? [] : [namespace]), ...namespaces])]
  }
}

/** Members that the tool itself labelled, by object id, each with its set: controllers copy labels to what they make. */
export function membersOfSets(
  sets: readonly AdoptedSet[]
): Map<string, { readonly object: KubernetesObject; readonly set: string }> {
  return new Map(
    sets.flatMap(({ id, members }) => [...members].map(([key, object]) => [key, { object, set: id }] as const))
  )
}

/** What becomes of the parent of a set whose members are all taken over; undefined where it stays as it is. */
export function partingChange(set: AdoptedSet): Change | undefined {
  if (set.tooling.startsWith('gitops-actions/')) return undefined
  const reason = `the ApplySet of ${set.tooling} is taken over by this target and is empty then`
  const base = { resource: resourceOf(set.parent), reason }
  if (set.removable) return { ...base, action: 'delete', fields: [] }
  return { ...base, action: 'update', fields: [...partingFields(set.parent)] }
}

function* partingFields(parent: KubernetesObject): Generator<FieldChange> {
  for (const [section, keys] of [
    ['labels', [ID_LABEL]],
    ['annotations', ANNOTATIONS]
  ] as const)
    for (const key of keys) {
      const value: Json | undefined = asString(at(parent, 'metadata', section, key))
      if (value !== undefined)
        yield {
          path: `metadata.${section}[${key}]`,
          before: { type: 'value', value },
          after: { type: 'absent' }
        }
    }
}

const ANNOTATIONS = [TOOLING, GROUP_KINDS, GROUP_RESOURCES, NAMESPACES]

/**
 * Makes a member that nobody declares and that stays this target's: its label moves, and our field manager is recorded
 * as one that applied it, so that later runs know it as ours.
 */
export async function takeMember(cluster: Cluster, object: KubernetesObject, setId: string): Promise<void> {
  const namespace = namespaceOf(object)
  const { apiVersion, kind, metadata } = object
  const uid = asString(metadata['uid'])
  const member = {
    apiVersion,
    kind,
    metadata: {
      name: metadata.name,
      ...(namespace === undefined ? {} : { namespace }),
      // Or an object that was deleted meanwhile would come back, empty.
      ...(uid === undefined ? {} : { uid }),
      labels: { [PART_OF_LABEL]: setId }
    }
  }
  try {
    await cluster.apply(member, { force: true })
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 409) throw error
    const live = await cluster.get(refOf(object))
    if (live && asString(live.metadata['uid']) === uid) throw error
  }
}

/** Ends a set that has no member any more: its parent is deleted, or only stops being one where it is more than that. */
export async function partFrom(cluster: Cluster, set: AdoptedSet): Promise<void> {
  const ref = refOf(set.parent)
  if (set.removable) {
    const uid = asString(set.parent.metadata['uid'])
    await cluster.delete(ref, uid === undefined ? {} : { uid })
    return
  }
  const gone = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, null]))
  await cluster.patch(
    ref,
    'merge',
    { metadata: { labels: gone([ID_LABEL]), annotations: gone(ANNOTATIONS) } },
    { fieldManager: FIELD_MANAGER }
  )
}
