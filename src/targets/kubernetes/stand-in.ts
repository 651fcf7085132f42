import { randomBytes } from 'node:crypto'
import { asString, at } from '../../json.ts'
import { type KubernetesObject, namespaceOf } from '../../render/manifest.ts'
import { explainForbidden } from './client/explain.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { redactedError } from './compare/index.ts'
import type { Declared } from './declared.ts'
import { refOf } from './describe.ts'
import { type Preflight, takesNoDryRun } from './preflight.ts'

/** Every cluster has it, and most deployers may write there. */
const DEFAULT = 'default'
/** So many other namespaces are asked whether a refusal is about the first one. */
const OPINIONS = 2

/**
 * Checks objects where they are not: those of namespaces that do not exist yet in one that does, because a dry run
 * cannot see a namespace that is not there; and those that come in the place of an older one under another name.
 */
export class StandIns {
  readonly #cluster: Cluster
  #others: Promise<string[]> | undefined

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** An object of a namespace that this run creates. */
  async ofNewNamespace(declared: Declared): Promise<Preflight> {
    const first = await this.#check(declared, DEFAULT)
    if (first.result !== 'refused' || !isAdmission(first.error)) return first
    // A policy may only mean that namespace ("nothing in default"): then others are not refused for the same.
    for (const namespace of await this.#otherNamespaces()) {
      const other = await this.#check(declared, namespace)
      if (other.result === 'refused') continue
      const unchecked = `its namespace is created by this run, and what admission says there is not known (in ${DEFAULT} it says: ${first.error.message})`
      return { result: 'missing', declared, unchecked }
    }
    return first
  }

  /** An object in its own namespace, where an older one of its name says nothing: it is deleted before. */
  inPlace(declared: Declared): Promise<Preflight> {
    return this.#check(declared, declared.namespace)
  }

  /** Under its own name, so that the name is checked too, unless something there has it already; then under a random one (the trick of kluctl). */
  async #check(declared: Declared, namespace: string | undefined): Promise<Preflight> {
    const { object } = declared.manifest
    const metadata = namespace === undefined ? object.metadata : { ...object.metadata, namespace }
    const moved: KubernetesObject = { ...object, metadata }
    const named = await this.#try(declared, moved)
    if (named === 'created') return { result: 'missing', declared }
    // It exists there, so that the answer is about another object; or it is refused, which may be for the same reason.
    const isTaken = named === 'exists' || (await this.#exists(moved))
    if (!isTaken) return named
    const name = `preflight-${randomBytes(6).toString('hex')}`
    const stand = await this.#try(declared, { ...moved, metadata: { ...metadata, name } })
    return typeof stand === 'string' ? { result: 'missing', declared } : stand
  }

  async #try(declared: Declared, stand: KubernetesObject): Promise<'created' | 'exists' | Preflight> {
    const { object } = declared.manifest
    const isRenamed = stand.metadata.name !== object.metadata.name
    const isMoved = namespaceOf(stand) !== namespaceOf(object)
    try {
      const predicted = await this.#cluster.apply(stand, { dryRun: true, force: true })
      // A dry-run create is stored nowhere, so it has no resourceVersion.
      return asString(predicted.metadata['resourceVersion']) === undefined ? 'created' : 'exists'
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const blind = takesNoDryRun(declared, error)
      if (blind) return blind
      // What is refused about the stand-in itself (no right to write in `default`, a name with a meaning) says nothing about the object.
      const isAboutStandIn = isRenamed && error.causes.some((cause) => cause.field === 'metadata.name')
      const isAboutPlace = isMoved && (error.code === 403 || error.code === 404)
      if (isAboutStandIn || isAboutPlace || (isRenamed && isAboutOlder(error)))
        return { result: 'missing', declared, unchecked: isMoved ? NEW_NAMESPACE : OLDER }
      const there = `${namespaceOf(stand)}/${stand.metadata.name}`
      const message = error.message
        .replaceAll(there, `${declared.namespace}/${object.metadata.name}`)
        .replaceAll(stand.metadata.name, object.metadata.name)
      const known = new ApiError(error.code, error.reason, message, { causes: error.causes })
      return { result: 'refused', declared, error: redactedError(object, known) }
    }
  }

  async #exists(object: KubernetesObject): Promise<boolean> {
    try {
      return (await this.#cluster.get(refOf(object))) !== undefined
    } catch (error) {
      if (error instanceof ApiError && error.code === 403) return true
      throw error
    }
  }

  /** Those of users first: webhooks often leave out what belongs to Kubernetes itself. */
  #otherNamespaces(): Promise<string[]> {
    this.#others ??= this.#listNamespaces()
    return this.#others
  }

  async #listNamespaces(): Promise<string[]> {
    const type = await this.#cluster.resourceFor('v1', 'Namespace')
    if (!type) return []
    try {
      const names = (await this.#cluster.list(type)).items
        .filter((one) => at(one, 'status', 'phase') !== 'Terminating' && one.metadata.name !== DEFAULT)
        .map((one) => one.metadata.name)
      const system = (name: string) => name.startsWith('kube-')
      return [...names.filter((name) => !system(name)), ...names.filter(system)].slice(0, OPINIONS)
    } catch (error) {
      if (error instanceof ApiError && error.code === 403) return ['kube-public']
      throw error
    }
  }
}

const NEW_NAMESPACE = 'its namespace is created by this run'
const OLDER = 'an older one of its name is there, and under another name it cannot be asked for'

/** What the older object itself takes away from one of another name: its port, its share of a quota, a right by its name. */
function isAboutOlder(error: ApiError): boolean {
  return (
    explainForbidden(error) !== undefined ||
    /already (allocated|defined|exists|in use|used)|exceeded quota/.test(error.message)
  )
}

/** A webhook's or a policy's words, not the validation of the API itself, which is the same everywhere. */
function isAdmission(error: ApiError): boolean {
  return /admission webhook|ValidatingAdmissionPolicy/.test(error.message)
}
