import { setTimeout as sleep } from 'node:timers/promises'
import { GitOpsError } from '../../../errors.ts'
import { asList, asObject, asString, at, type JsonObject, stringifyJson } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { groupOf, namespaceOf } from '../../../render/manifest.ts'
import {
  ApiError,
  type ApiResource,
  type ApplyOptions,
  type Cluster,
  type DeleteOptions,
  FIELD_MANAGER,
  type ListOptions,
  type ObjectList,
  type ObjectRef,
  type PatchType,
  type WatchEvent
} from '../cluster.ts'
import type { Access } from './access.ts'
import { type Discovery, discover, seemsDefined } from './discovery.ts'
import { listAll } from './list.ts'
import { apiVersionOf, parseAnswer, readObject } from './objects.ts'
import { collectionPath, objectPath, query, requireNamespace } from './paths.ts'
import { refuseTooLarge } from './stored-size.ts'
import { APPLY_PATCH, type Call, type Transport } from './transport.ts'
import { unknownKind } from './unknown-kind.ts'
import { watchEvents } from './watch.ts'

const PATCH_TYPES: Readonly<Record<PatchType, string>> = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json'
}
/** Milliseconds between the moment a definition is there and the one in which its kind is served, at most. */
const NEW_KIND_PATIENCE = 30_000
const SHARED_DISCOVERY = 50

interface Kind {
  readonly apiVersion: string
  readonly kind: string
}

/** The one real `Cluster`: typed operations over a `Transport`. */
export class HttpCluster implements Cluster {
  readonly server: string
  /** The namespace of the kubeconfig's context, or of the pod that the job runs in. */
  readonly namespace: string | undefined
  readonly #transport: Transport
  #discovery: Promise<Discovery> | undefined
  #discoveredAt = Number.NEGATIVE_INFINITY
  #byKind: { of: Discovery; map: Map<string, ApiResource> } | undefined

  constructor(access: Access, transport: Transport) {
    this.server = access.server
    this.namespace = access.namespace
    this.#transport = transport
  }

  async version(): Promise<{ gitVersion: string; major: string; minor: string }> {
    const answer = await this.request('GET', '/version')
    const text = (key: string) => asString(answer[key]) ?? ''
    return { gitVersion: text('gitVersion'), major: text('major'), minor: text('minor') }
  }

  async resources(): Promise<readonly ApiResource[]> {
    return (await this.#discover()).resources
  }

  async resourceFor(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const discovery = await this.#discover()
    if (this.#byKind?.of !== discovery) {
      const map = new Map<string, ApiResource>()
      for (const resource of discovery.resources) {
        const key = `${apiVersionOf(resource)} ${resource.kind}`
        if (!map.has(key)) map.set(key, resource)
      }
      this.#byKind = { of: discovery, map }
    }
    return this.#byKind.map.get(`${apiVersion} ${kind}`)
  }

  refreshDiscovery(): void {
    this.#discovery = undefined
    this.#discoveredAt = Number.NEGATIVE_INFINITY
  }

  async get(ref: ObjectRef): Promise<KubernetesObject | undefined> {
    const resource = await this.resourceFor(ref.apiVersion, ref.kind)
    if (!resource) {
      await this.#refuseUnavailable(ref)
      return undefined
    }
    const path = objectPath(resource, ref.name, ref.namespace)
    try {
      const { text } = await this.#transport.call({ method: 'GET', path, idempotent: true })
      return readObject(text, `GET ${path}`)
    } catch (error) {
      if (isNotFound(error)) return undefined
      throw error
    }
  }

  list(resource: ApiResource, options: ListOptions = {}): Promise<ObjectList> {
    return listAll(this.#transport, resource, options)
  }

  async apply(object: KubernetesObject, options: ApplyOptions = {}): Promise<KubernetesObject> {
    const resource = await this.#served(object)
    const path = `${objectPath(resource, object.metadata.name, namespaceOf(object))}${query({
      fieldManager: options.fieldManager ?? FIELD_MANAGER,
      force: options.force ?? false,
      dryRun: options.dryRun ? 'All' : undefined,
      fieldValidation: 'Strict'
    })}`
    const body = stringifyJson(object)
    const answer = await this.#write({ method: 'PATCH', path, body, contentType: APPLY_PATCH, idempotent: true })
    if (options.dryRun) refuseTooLarge(answer, body.length)
    return answer
  }

  async create(
    object: KubernetesObject,
    options: { dryRun?: boolean; fieldManager?: string } = {}
  ): Promise<KubernetesObject> {
    const resource = await this.#served(object)
    const namespace = namespaceOf(object)
    requireNamespace(resource, object.metadata.name, namespace)
    const path = `${collectionPath(resource, namespace)}${query({
      fieldManager: options.fieldManager ?? FIELD_MANAGER,
      dryRun: options.dryRun ? 'All' : undefined,
      fieldValidation: 'Strict'
    })}`
    const idempotent = options.dryRun === true
    return this.#write({
      method: 'POST',
      path,
      body: stringifyJson(object),
      contentType: 'application/json',
      idempotent
    })
  }

  async patch(
    ref: ObjectRef,
    type: PatchType,
    body: unknown,
    options: { dryRun?: boolean; subresource?: string; fieldManager?: string } = {}
  ): Promise<KubernetesObject> {
    const resource = await this.#served(ref)
    const subresource = options.subresource ? `/${options.subresource}` : ''
    const path = `${objectPath(resource, ref.name, ref.namespace)}${subresource}${query({
      fieldManager: options.fieldManager ?? FIELD_MANAGER,
      dryRun: options.dryRun ? 'All' : undefined
    })}`
    return this.#write({
      method: 'PATCH',
      path,
      body: stringifyJson(body),
      contentType: PATCH_TYPES[type],
      // A JSON patch may append to a list: twice is not once, unless it holds for one version of the object only.
      idempotent: type !== 'json' || options.dryRun === true || isBoundToVersion(body)
    })
  }

  async delete(ref: ObjectRef, options: DeleteOptions = {}): Promise<boolean> {
    const resource = await this.resourceFor(ref.apiVersion, ref.kind)
    if (!resource) {
      await this.#refuseUnavailable(ref)
      return false
    }
    const path = `${objectPath(resource, ref.name, ref.namespace)}${query({ dryRun: options.dryRun ? 'All' : undefined })}`
    const { uid, resourceVersion, propagation } = options
    const body = stringifyJson({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: propagation ?? 'Background',
      ...(uid || resourceVersion
        ? { preconditions: { ...(uid ? { uid } : {}), ...(resourceVersion ? { resourceVersion } : {}) } }
        : {})
    })
    // With a UID a second try cannot hit an object that came in between; without one it is not tried.
    const call: Call = { method: 'DELETE', path, body, contentType: 'application/json', idempotent: uid !== undefined }
    const answer = await this.#transport.attempt(call)
    if (!('error' in answer)) return true
    // Gone on a second try: the first, whose answer was lost, has done it.
    if (isNotFound(answer.error)) return answer.repeated
    throw answer.error
  }

  watch(
    resource: ApiResource,
    options: ListOptions & { readonly resourceVersion: string },
    signal: AbortSignal
  ): AsyncIterable<WatchEvent> {
    return watchEvents(this.#transport, resource, options, signal)
  }

  async logs(
    pod: { readonly namespace: string; readonly name: string },
    options: { readonly container?: string; readonly previous?: boolean; readonly tailLines: number }
  ): Promise<string> {
    const path = `${podPath(pod)}/log${query({
      container: options.container,
      previous: options.previous,
      tailLines: options.tailLines
    })}`
    return (await this.#transport.call({ method: 'GET', path, accept: '*/*', idempotent: true, timeout: 30_000 })).text
  }

  async evict(pod: { readonly namespace: string; readonly name: string; readonly uid?: string }): Promise<void> {
    const body = {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: pod.name, namespace: pod.namespace },
      ...(pod.uid ? { deleteOptions: { preconditions: { uid: pod.uid } } } : {})
    }
    const answer = await this.#transport.attempt({
      method: 'POST',
      path: `${podPath(pod)}/eviction`,
      body: stringifyJson(body),
      contentType: 'application/json',
      idempotent: pod.uid !== undefined
    })
    if ('error' in answer && !(answer.repeated && isNotFound(answer.error))) throw answer.error
  }

  async request(method: string, path: string, body?: unknown): Promise<JsonObject> {
    const { text } = await this.#transport.call({
      method,
      path,
      ...(body === undefined ? {} : { body: stringifyJson(body), contentType: 'application/json' }),
      idempotent: method === 'GET' || method === 'HEAD'
    })
    return asObject(parseAnswer(text === '' ? '{}' : text, `${method} ${path}`)) ?? {}
  }

  async #write(call: Call): Promise<KubernetesObject> {
    const { text } = await this.#transport.call(call)
    return readObject(text, `${call.method} ${call.path}`)
  }

  #discover(): Promise<Discovery> {
    if (!this.#discovery) {
      const running = discover(this.#transport)
      this.#discovery = running
      this.#discoveredAt = performance.now()
      running.catch(() => {
        if (this.#discovery === running) this.#discovery = undefined // a failure is not remembered
      })
    }
    return this.#discovery
  }

  /**
   * The resource type of what is to be written. For a kind that is not known, the server is asked anew, and for a
   * moment again and again where a definition may have come: a CRD is served a little later than it is established.
   */
  async #served(wanted: Kind): Promise<ApiResource> {
    const found = await this.resourceFor(wanted.apiVersion, wanted.kind)
    if (found) return found
    const deadline = performance.now() + NEW_KIND_PATIENCE
    for (;;) {
      // Once for all who ask at about the same time.
      if (performance.now() - this.#discoveredAt > SHARED_DISCOVERY) this.refreshDiscovery()
      const served = await this.resourceFor(wanted.apiVersion, wanted.kind)
      if (served) return served
      await this.#refuseUnavailable(wanted)
      const resources = await this.resources()
      const group = groupOf(wanted)
      const known = resources.some((resource) => resource.group === group && resource.kind === wanted.kind)
      if (known || performance.now() > deadline || !(await seemsDefined(this.#transport, group, wanted.kind)))
        throw unknownKind(wanted, resources)
      await sleep(100)
    }
  }

  async #refuseUnavailable(wanted: Kind): Promise<void> {
    const group = groupOf(wanted)
    if ((await this.#discover()).unavailable.has(group))
      throw new GitOpsError(`The API group ${group} of ${wanted.kind} is not available at the moment.`, {
        hint: `An extension API server serves it: see kubectl get apiservices, and the pods behind its Service.`
      })
  }
}

/** Whether a JSON patch tests or sets the version of the object: the second time it meets another one, and is refused. */
function isBoundToVersion(body: unknown): boolean {
  return asList(body)?.some((op) => at(op, 'path') === '/metadata/resourceVersion') === true
}

function podPath(pod: { readonly namespace: string; readonly name: string }): string {
  return `/api/v1/namespaces/${encodeURIComponent(pod.namespace)}/pods/${encodeURIComponent(pod.name)}`
}

function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404
}
