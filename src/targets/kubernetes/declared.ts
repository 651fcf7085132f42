import { GitOpsError } from '../../errors.ts'
import { asList, asObject, asString, at, type JsonObject } from '../../json.ts'
import { groupOf, type KubernetesObject, type Manifest, namespaceOf, objectId } from '../../render/manifest.ts'
import { unknownKind } from './client/unknown-kind.ts'
import type { ApiResource, Cluster } from './cluster.ts'
import { payloadOf } from './compare/index.ts'
import { PART_OF_LABEL } from './inventory.ts'
import { hookOf } from './order/index.ts'
import { typeKey, typesOf } from './types-of.ts'

/** A manifest as this target declares it: namespace filled in, membership label set, its type resolved. */
export interface Declared {
  readonly id: string
  readonly manifest: Manifest
  readonly namespace: string | undefined
  /** The served type; undefined when a CRD of this very set brings it. */
  readonly resource: ApiResource | undefined
}

export interface DeclaredSet {
  readonly members: readonly Declared[]
  /** Objects of kinds that the API server does not know (any more), where that was tolerated, each with why. */
  readonly unknown: readonly { readonly declared: Declared; readonly problem: string }[]
  /** Helm and Argo hooks: run by deploy, never members, never drift. */
  readonly hooks: readonly Manifest[]
}

/**
 * Prepares the rendered manifests for one target. Nothing is written. `tolerant` sets objects of unknown kinds apart
 * instead of refusing the whole: a definition that was deleted must not hide what happened to the others.
 * @throws GitOpsError with one detail per manifest that cannot be: an unknown kind, two that are the same object
 *   once namespaces are filled in, one that claims membership of an ApplySet
 */
export async function declare(
  cluster: Cluster,
  manifests: readonly Manifest[],
  options: { readonly namespace: string; readonly applySetId: string; readonly tolerant?: boolean }
): Promise<DeclaredSet> {
  const problems: string[] = []
  const brought = kindsBroughtBy(manifests)
  const members: Declared[] = []
  const hooks: Manifest[] = []
  const unknown: DeclaredSet['unknown'][number][] = []
  const seen = new Map<string, Manifest>()
  const types = await typesOf(cluster, objectsOf(manifests))
  for (const manifest of manifests) {
    const { object } = manifest
    const resource = types.get(typeKey(object))
    const namespaced = resource?.namespaced ?? brought.get(`${groupOf(object)}/${object.kind}`)
    if (namespaced === undefined) {
      const { message, hint } = unknownKind(object, await cluster.resources())
      const problem = `${place(manifest)}: ${objectId(object)}: ${message} ${hint ?? ''}`.trim()
      if (!options.tolerant) problems.push(problem)
      else if (!hookOf(object)) {
        const declared = { id: objectId(object), manifest, namespace: namespaceOf(object), resource: undefined }
        unknown.push({ declared, problem })
      }
      continue
    }
    const labels = asObject(object.metadata['labels'])
    if (labels?.[PART_OF_LABEL] !== undefined) {
      problems.push(
        `${place(manifest)}: ${objectId(object)} carries the label ${PART_OF_LABEL}, which only the tool that applies may set. Remove it.`
      )
      continue
    }
    const named = withNamespace(manifest, namespaced ? (namespaceOf(object) ?? options.namespace) : undefined)
    // The form that is sent is the form that is compared: what differs only by its spelling would be owned differently.
    const placed = { ...named, object: payloadOf(named.object, resource) }
    const id = objectId(placed.object)
    const other = seen.get(id)
    // Of two hooks of one name (before and after) the second lives after the first.
    if (other && !(hookOf(object) && hookOf(other.object))) {
      problems.push(`${place(manifest)}: ${id} is declared twice, first in ${place(other)}. Keep one of them.`)
      continue
    }
    seen.set(id, manifest)
    if (hookOf(object)) hooks.push(placed)
    else
      members.push({
        id,
        manifest: labelled(placed, options.applySetId),
        namespace: namespaceOf(placed.object),
        resource
      })
  }
  if (problems.length > 0)
    throw new GitOpsError(
      problems.length === 1
        ? (problems[0] as string)
        : `${problems.length} manifests cannot be applied; nothing was changed.`,
      {
        details: problems.length === 1 ? [] : problems,
        hint: 'Correct the manifests; nothing was written to the cluster.'
      }
    )
  return { members, hooks, unknown }
}

/** Object ids of manifests as they would live in a cluster: namespaces filled in. Kinds that nobody knows are left out. */
export async function declaredIds(
  cluster: Cluster,
  manifests: readonly Manifest[],
  namespace: string
): Promise<ReadonlySet<string>> {
  const brought = kindsBroughtBy(manifests)
  const ids = new Set<string>()
  const types = await typesOf(cluster, objectsOf(manifests))
  for (const manifest of manifests) {
    const { object } = manifest
    const resource = types.get(typeKey(object))
    const namespaced = resource?.namespaced ?? brought.get(`${groupOf(object)}/${object.kind}`)
    if (namespaced === undefined || hookOf(object)) continue
    ids.add(objectId(withNamespace(manifest, namespaced ? (namespaceOf(object) ?? namespace) : undefined).object))
  }
  return ids
}

function objectsOf(manifests: readonly Manifest[]): KubernetesObject[] {
  return manifests.map((manifest) => manifest.object)
}

/** `file:line` of a manifest. */
export function place(manifest: Manifest): string {
  return manifest.source.line === undefined ? manifest.source.file : `${manifest.source.file}:${manifest.source.line}`
}

/** `group/Kind` → namespaced, for the kinds that CRDs of the set define. */
function kindsBroughtBy(manifests: readonly Manifest[]): Map<string, boolean> {
  const kinds = new Map<string, boolean>()
  for (const { object } of manifests) {
    if (object.kind !== 'CustomResourceDefinition' || groupOf(object) !== 'apiextensions.k8s.io') continue
    const kind = asString(at(object, 'spec', 'names', 'kind'))
    const group = asString(at(object, 'spec', 'group'))
    if (kind && group) kinds.set(`${group}/${kind}`, asString(at(object, 'spec', 'scope')) !== 'Cluster')
  }
  return kinds
}

function withNamespace(manifest: Manifest, namespace: string | undefined): Manifest {
  if (manifest.object.metadata['namespace'] === namespace) return manifest
  if (namespace === undefined) {
    const { namespace: _, ...metadata } = manifest.object.metadata
    return { ...manifest, object: { ...manifest.object, metadata: metadata as KubernetesObject['metadata'] } }
  }
  return { ...manifest, object: { ...manifest.object, metadata: { ...manifest.object.metadata, namespace } } }
}

function labelled(manifest: Manifest, applySetId: string): Manifest {
  const labels: JsonObject = { ...asObject(manifest.object.metadata['labels']), [PART_OF_LABEL]: applySetId }
  return { ...manifest, object: { ...manifest.object, metadata: { ...manifest.object.metadata, labels } } }
}

/** True when a live object is held by a controller or carries somebody's owner reference. */
export function hasOwner(object: KubernetesObject): boolean {
  return (asList(object.metadata['ownerReferences'])?.length ?? 0) > 0
}
