import { mapConcurrent } from '../../concurrency.ts'
import { groupOf, type KubernetesObject, type Manifest, namespaceOf } from '../../render/manifest.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { refusalOf } from './compare/refusal.ts'
import type { DeclaredSet } from './declared.ts'
import type { Live } from './live.ts'
import { explain } from './problems.ts'

export interface Namespaces {
  /** Names that do not exist yet, declared or not. */
  readonly missing: ReadonlySet<string>
  /** Those of them that the target needs and nobody declares: created first, never owned, never deleted. */
  readonly create: readonly KubernetesObject[]
  /** Those that are being deleted, in which nothing can be written: one sentence each, by name. */
  readonly leaving: ReadonlyMap<string, string>
}

/**
 * Looks at every namespace that the target's inventory, members and hooks need.
 * @param live what is being read meanwhile: only namespaces that are members are taken from it
 */
export async function readNamespaces(
  cluster: Cluster,
  home: string,
  declared: DeclaredSet,
  live: Promise<Live>
): Promise<Namespaces> {
  const declaredNames = new Set(
    declared.members
      .filter((member) => isNamespace(member.manifest))
      .map((member) => member.manifest.object.metadata.name)
  )
  const used = new Set([home, ...declaredNames])
  for (const member of declared.members) if (member.namespace !== undefined) used.add(member.namespace)
  for (const hook of declared.hooks) {
    const namespace = namespaceOf(hook.object)
    if (namespace !== undefined) used.add(namespace)
  }
  const missing = new Set<string>()
  const create: KubernetesObject[] = []
  const leaving = new Map<string, string>()
  const found = await mapConcurrent([...used], 16, async (name) => ({
    name,
    object:
      (declaredNames.has(name) ? (await live).members.get(`Namespace/${name}`) : undefined) ??
      (await readNamespace(cluster, name))
  }))
  for (const { name, object } of found) {
    if (object === 'unknown') continue
    if (!object) {
      missing.add(name)
      if (!declaredNames.has(name)) create.push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
    } else if (object.metadata['deletionTimestamp'] !== undefined)
      leaving.set(
        name,
        `Namespace ${name} is being deleted. Wait until it is gone, or find what holds it: kubectl get namespace ${name} -o yaml.`
      )
  }
  return { missing, create, leaving }
}

/** Why namespaces that the target needs and nobody declares cannot be created, one sentence each: known before the first write. */
export async function namespaceProblems(cluster: Cluster, create: readonly KubernetesObject[]): Promise<string[]> {
  const found = await mapConcurrent(create, 16, async (namespace) => {
    try {
      await cluster.apply(namespace, { dryRun: true, force: true })
      return []
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (refusalOf(error).type === 'no-dry-run') return []
      const { name } = namespace.metadata
      return [explain(error, `Namespace ${name}, which this target needs and which is neither there nor declared`)]
    }
  })
  return found.flat()
}

function isNamespace(manifest: Manifest): boolean {
  return manifest.object.kind === 'Namespace' && groupOf(manifest.object) === ''
}

/** Credentials for one namespace often may not read it as an object: then it exists, or the first request in it says so. */
export async function readNamespace(cluster: Cluster, name: string): Promise<KubernetesObject | undefined | 'unknown'> {
  try {
    return await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name })
  } catch (error) {
    if (error instanceof ApiError && error.code === 403) return 'unknown'
    throw error
  }
}
