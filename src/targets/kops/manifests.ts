import { readFile } from 'node:fs/promises'
import { type Annotation, GitOpsError } from '../../errors.ts'
import { asObject, asString, at, type Json, type JsonObject } from '../../json.ts'
import { readYaml } from '../../render/yaml/index.ts'
import { suggest } from '../../suggest.ts'
import { workspacePath } from '../../workspace.ts'
import { findFiles } from './files.ts'
import { placeOfField } from './places.ts'
import { ROLE_NAMES } from './roles.ts'

export type KopsKind = 'Cluster' | 'InstanceGroup' | 'SSHCredential'

/** An object of kops, as declared or as its state store holds it. */
export interface KopsObject {
  readonly kind: KopsKind
  readonly name: string
  readonly object: JsonObject
  readonly source?: { readonly file: string; readonly line: number }
}

/** What the manifests declare. */
export interface Declared {
  readonly cluster: KopsObject
  readonly instanceGroups: readonly KopsObject[]
  readonly sshCredentials: readonly KopsObject[]
}

export const CLUSTER_LABEL = 'kops.k8s.io/cluster'

/** The groups and versions that kops 1.36 reads. */
const API_VERSION = /^kops(\.k8s\.io)?\/v1alpha[23]$/

/**
 * Reads the manifests of one cluster.
 * @throws GitOpsError naming file and line of everything that kops would refuse, or would take for something else
 */
export async function readManifests(options: {
  checkout: string
  manifests: readonly string[]
  cluster?: string
}): Promise<Declared> {
  const files = await findFiles(options.checkout, options.manifests)
  const objects: KopsObject[] = []
  const problems: Annotation[] = []
  for (const file of files) {
    const text = await readFile(workspacePath(options.checkout, file), 'utf8')
    for (const { value, line } of readYaml(text, file)) {
      const problem = problemOf(value)
      const kind = KINDS.find((one) => one === at(value, 'kind'))
      const object = asObject(value)
      if (problem !== undefined || !kind || !object)
        problems.push({ place: { file, line }, message: problem ?? 'this is no object' })
      else objects.push({ kind, name: asString(at(object, 'metadata', 'name')) ?? '', object, source: { file, line } })
    }
  }
  for (const one of objects) {
    const problem = wrongRole(one)
    const place = problem === undefined ? undefined : await placeOfField(options.checkout, one, ['spec', 'role'])
    if (problem !== undefined && place) problems.push({ place, message: problem })
  }
  const clusters = objects.filter((one) => one.kind === 'Cluster')
  const [cluster] = clusters
  for (const one of objects) {
    const problem = cluster && misplaced(one, objects, cluster, options.cluster)
    if (problem !== undefined && one.source) problems.push({ place: one.source, message: problem })
  }
  refuse(problems)
  if (!cluster)
    throw new GitOpsError(`No Cluster is declared in ${options.manifests.join(', ')}.`, {
      hint: 'Export it once with "kops get all --name NAME -o yaml", and commit what that prints.'
    })
  return {
    cluster,
    instanceGroups: objects.filter((one) => one.kind === 'InstanceGroup'),
    sshCredentials: objects.filter((one) => one.kind === 'SSHCredential')
  }
}

const KINDS: readonly KopsKind[] = ['Cluster', 'InstanceGroup', 'SSHCredential']

function problemOf(value: Json): string | undefined {
  const kind = asString(at(value, 'kind'))
  const apiVersion = asString(at(value, 'apiVersion'))
  const name = asString(at(value, 'metadata', 'name'))
  if (kind === undefined || apiVersion === undefined) return 'an object of kops needs apiVersion and kind'
  if (!KINDS.some((one) => one === kind))
    return `the kind ${kind} is none that kops replaces: ${KINDS.join(', ')}. Addons that belong to the cluster are deployed as manifests of their own`
  if (!API_VERSION.test(apiVersion))
    return `the apiVersion ${apiVersion} is none that kops 1.36 reads (kops.k8s.io/v1alpha2)`
  if (kind !== 'SSHCredential' && !name) return `the ${kind} has no metadata.name`
  // It becomes a path in the state store and an argument of kops.
  if (name && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name))
    return `the name ${JSON.stringify(name)} must be of lower case letters, digits, dots and dashes`
  if (kind !== 'SSHCredential' && !asObject(at(value, 'spec'))) return `the ${kind} has no spec`
  return undefined
}

/** kops names neither the group nor its file. */
function wrongRole(one: KopsObject): string | undefined {
  if (one.kind !== 'InstanceGroup') return undefined
  const role = at(one.object, 'spec', 'role')
  if (role === undefined || ROLE_NAMES.some((name) => name === role)) return undefined
  const meant = typeof role === 'string' ? suggest(role, ROLE_NAMES) : undefined
  return `the InstanceGroup "${one.name}" has the role ${JSON.stringify(role)}, and kops knows ${ROLE_NAMES.join(', ')}${meant === undefined ? '' : `: ${meant} was probably meant`}`
}

function misplaced(
  one: KopsObject,
  all: readonly KopsObject[],
  cluster: KopsObject,
  expected: string | undefined
): string | undefined {
  if (one.kind === 'Cluster') {
    if (one !== cluster) return `a second Cluster: one target is one cluster (the first is ${placeOf(cluster)})`
    if (!one.name.includes('.')) return `the name of the Cluster ("${one.name}") must have a dot, as a DNS name has`
    if (expected !== undefined && one.name !== expected)
      return `this is the Cluster "${one.name}", but the target is "${expected}": kops cannot rename a cluster`
    return undefined
  }
  const label = asString(at(one.object, 'metadata', 'labels', CLUSTER_LABEL))
  if (label === undefined) return `the ${one.kind} needs the label ${CLUSTER_LABEL}: ${cluster.name}`
  if (label !== cluster.name)
    return `the ${one.kind} belongs to the cluster "${label}" (label ${CLUSTER_LABEL}), not to "${cluster.name}"`
  if (one.kind === 'InstanceGroup') {
    const first = all.find((other) => other.kind === 'InstanceGroup' && other.name === one.name)
    if (first && first !== one) return `the InstanceGroup "${one.name}" is declared twice (first at ${placeOf(first)})`
  }
  if (one.kind === 'SSHCredential' && !asString(at(one.object, 'spec', 'publicKey')))
    return 'the SSHCredential has no spec.publicKey'
  return undefined
}

function placeOf(one: KopsObject): string {
  return one.source ? `${one.source.file}:${one.source.line}` : 'an unknown place'
}

function refuse(problems: readonly Annotation[]): void {
  const [first] = problems
  if (!first) return
  const texts = problems.map(({ place, message }) => `${place.file}:${place.line}: ${message}.`)
  throw new GitOpsError(
    problems.length === 1 ? (texts[0] ?? '') : `The manifests of the kops cluster have ${problems.length} problems.`,
    {
      ...(problems.length === 1 ? {} : { details: texts }),
      annotations: problems.map(({ place, message }) => ({ place, message: `${message}.` })),
      hint: 'Nothing was read from the cloud and nothing was written.'
    }
  )
}
