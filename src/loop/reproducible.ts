import { isObject, type Json } from '../json.ts'
import {
  groupOf,
  type KubernetesObject,
  type Manifest,
  namespaceOf,
  objectId,
  type RenderedSet
} from '../render/manifest.ts'
import { FIELD_MANAGER } from '../targets/kubernetes/cluster.ts'
import type { IgnoreRule } from '../targets/kubernetes/compare/index.ts'

/** What can be compared of a set that renders differently from when it was deployed. */
export interface Unreproducible {
  /** The objects that every rendering gives. */
  readonly manifests: readonly Manifest[]
  /** Fields in which a difference says nothing about who changed what. */
  readonly ignore: readonly IgnoreRule[]
  readonly note: string
}

/**
 * What to leave out of a comparison when a commit renders differently from when it was deployed. Two renderings of
 * now that differ show what is random. Whatever else differs was rendered by another helm, kustomize or cluster
 * version: there, a field that our own manager still owns holds what was deployed, so nobody changed it.
 */
export function unreproducible(first: RenderedSet, second: RenderedSet): Unreproducible {
  const others = new Map(second.manifests.map(({ object }) => [objectId(object), object]))
  const ignore: IgnoreRule[] = [{ kind: '*', managers: [FIELD_MANAGER] }]
  const random: string[] = []
  const manifests: Manifest[] = []
  for (const manifest of first.manifests) {
    const { object } = manifest
    const other = others.get(objectId(object))
    if (!other) {
      random.push(`${objectId(object)} (its name)`)
      continue
    }
    manifests.push(manifest)
    const pointers = differingPointers(object, other, '')
    if (pointers.length === 0) continue
    random.push(`${objectId(object)} (${pointers.slice(0, 3).join(', ')}${pointers.length > 3 ? ', …' : ''})`)
    ignore.push({ ...identity(object), pointers: pointers.flatMap((pointer) => asStored(object, pointer)) })
  }
  const reason =
    random.length > 0
      ? `it draws random values, in ${random.join('; ')}`
      : 'the version of helm, of kustomize or of the cluster may be another one'
  return {
    manifests,
    ignore,
    note: `Not reproducible: the deployed commit renders differently now than when it was deployed; ${reason}. What differs only for that reason is not called drift, and nothing is deleted. Deploying again records the present rendering.`
  }
}

function identity(object: KubernetesObject): IgnoreRule & { kind: string } {
  const namespace = namespaceOf(object)
  return {
    group: groupOf(object),
    kind: object.kind,
    name: object.metadata.name,
    ...(namespace === undefined ? {} : { namespace })
  }
}

/** The API server keeps a Secret's `stringData` as `data`. */
function asStored(object: KubernetesObject, pointer: string): string[] {
  const written = object.kind === 'Secret' && pointer.startsWith('/stringData/')
  return written ? [pointer, pointer.replace('/stringData/', '/data/')] : [pointer]
}

/** JSON pointers of the innermost values that differ; lists of different length differ as a whole. */
function differingPointers(a: Json | undefined, b: Json | undefined, pointer: string): string[] {
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].flatMap((key) => differingPointers(a[key], b[key], `${pointer}/${escapeKey(key)}`))
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    return a.flatMap((item, index) => differingPointers(item, b[index], `${pointer}/${index}`))
  return a === b ? [] : [pointer]
}

function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
