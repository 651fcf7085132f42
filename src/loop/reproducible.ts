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
import type { Change, FieldChange, Plan } from '../targets/plan.ts'

/** What can be compared of a set that renders differently from when it was deployed. */
export interface Unreproducible {
  /** The objects that every rendering gives. */
  readonly manifests: readonly Manifest[]
  /** Fields in which a difference says nothing about who changed what. */
  readonly ignore: readonly IgnoreRule[]
  readonly note: string
}

/**
 * What to leave out of a comparison when a commit renders differently from when it was deployed: two renderings of now
 * that differ show what is random. What else differs is found in the plan, by `withoutOwnFields`.
 */
export function unreproducible(
  first: RenderedSet,
  second: RenderedSet,
  { usesOutputs = false }: { usesOutputs?: boolean } = {}
): Unreproducible {
  const others = new Map(second.manifests.map(({ object }) => [objectId(object), object]))
  const ignore: IgnoreRule[] = []
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
      : `${usesOutputs ? 'an output of another target that it uses may have changed since, or ' : ''}the version of helm, of kustomize or of the cluster may be another one`
  return {
    manifests,
    ignore,
    note: `Not reproducible: the deployed commit renders differently now than when it was deployed; ${reason}. What differs only for that reason is not called drift, and nothing is deleted. Deploying again records the present rendering.`
  }
}

/**
 * A plan against a rendering that is not the deployed one, without what that alone explains: a field whose live value
 * our own manager still owns holds what was deployed, so nobody changed it; an object of ours that is not declared may
 * be one that this rendering only failed to give. `left` names what was left out.
 */
export function withoutOwnFields(plan: Plan): { plan: Plan; left: string[] } {
  const left: string[] = []
  const changes = plan.changes.flatMap((change): Change[] => {
    if (change.action === 'delete') {
      left.push(`${change.resource.id} (not rendered this time)`)
      return []
    }
    const others = change.fields.filter((field) => !isOurs(field))
    if (others.length === change.fields.length) return [change]
    const own = change.fields.filter((field) => !others.includes(field)).map((field) => field.path)
    left.push(`${change.resource.id} (${own.slice(0, 3).join(', ')}${own.length > 3 ? ', …' : ''})`)
    return others.length > 0 ? [{ ...change, fields: others }] : []
  })
  return { plan: { ...plan, changes }, left }
}

/** Whether a field holds what we wrote: it has a live value, and nobody else is known to have written it. */
function isOurs({ attribution, before }: FieldChange): boolean {
  if (attribution?.known) return attribution.manager === FIELD_MANAGER
  return attribution === undefined && before.type !== 'absent'
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
