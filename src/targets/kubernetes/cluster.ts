import { GitOpsError } from '../../errors.ts'
import type { JsonObject } from '../../json.ts'
import type { KubernetesObject } from '../../render/manifest.ts'

/** A resource type as discovery describes it. */
export interface ApiResource {
  readonly group: string
  readonly version: string
  readonly kind: string
  /** Plural name in URLs: `deployments`. */
  readonly plural: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  readonly shortNames?: readonly string[]
  /** Names of subresources: `status`, `scale`, `eviction`. */
  readonly subresources: readonly string[]
}

/** Points at one object. */
export interface ObjectRef {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

export interface ApplyOptions {
  readonly dryRun?: boolean
  readonly force?: boolean
  /** Default: `gitops-actions`. */
  readonly fieldManager?: string
}

export interface ListOptions {
  /** Undefined: all namespaces. */
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

export interface ObjectList {
  readonly items: KubernetesObject[]
  readonly resourceVersion: string
}

export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: KubernetesObject }
  /** The watch must be started again from a new list (410 Gone). */
  | { readonly type: 'EXPIRED' }

export interface DeleteOptions {
  /** Precondition: delete only this very object. */
  readonly uid?: string
  readonly resourceVersion?: string
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan'
  readonly dryRun?: boolean
}

export type PatchType = 'merge' | 'json' | 'strategic'

/**
 * An API server as the engine needs it; one real implementation (`client/`), doubles only in unit tests. Every
 * method throws `ApiError` for an answer of the server that is no success, and `GitOpsError` when the server
 * cannot be reached or the credentials cannot be had. Connection loss, 429 (with Retry-After) and 5xx of safe
 * requests are retried inside.
 */
export interface Cluster {
  /** The API server's URL, for messages. */
  readonly server: string
  version(): Promise<{ readonly gitVersion: string; readonly major: string; readonly minor: string }>
  /** Every resource type served, one request or two, cached until `refreshDiscovery`. */
  resources(): Promise<readonly ApiResource[]>
  /** The resource type of a kind, or undefined when the server does not know it. */
  resourceFor(apiVersion: string, kind: string): Promise<ApiResource | undefined>
  refreshDiscovery(): void
  /** The object, or undefined when it does not exist. */
  get(ref: ObjectRef): Promise<KubernetesObject | undefined>
  /** All pages. */
  list(resource: ApiResource, options?: ListOptions): Promise<ObjectList>
  /** Server-side apply. Answers the object as the server would store it, or stored it. */
  apply(object: KubernetesObject, options?: ApplyOptions): Promise<KubernetesObject>
  create(object: KubernetesObject, options?: { dryRun?: boolean; fieldManager?: string }): Promise<KubernetesObject>
  patch(
    ref: ObjectRef,
    type: PatchType,
    body: unknown,
    options?: { dryRun?: boolean; subresource?: string; fieldManager?: string }
  ): Promise<KubernetesObject>
  /** True when something was deleted, false when the object did not exist. */
  delete(ref: ObjectRef, options?: DeleteOptions): Promise<boolean>
  /** Ends when `signal` aborts or the server ends the watch; a caller starts again from the last resourceVersion seen. */
  watch(
    resource: ApiResource,
    options: ListOptions & { readonly resourceVersion: string },
    signal: AbortSignal
  ): AsyncIterable<WatchEvent>
  /** The last lines of a container's log. */
  logs(
    pod: { readonly namespace: string; readonly name: string },
    options: { readonly container?: string; readonly previous?: boolean; readonly tailLines: number }
  ): Promise<string>
  /** Evicts a pod, respecting disruption budgets (429 as ApiError). */
  evict(pod: { readonly namespace: string; readonly name: string; readonly uid?: string }): Promise<void>
  /** Any other request, for what has no method here. */
  request(method: string, path: string, body?: unknown): Promise<JsonObject>
}

/** The API server could not be reached at all: whoever makes the cluster may have to do so first. */
export class Unreachable extends GitOpsError {}

/** An answer of the API server that is no success: its `Status` object in typed form. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** HTTP status: 404, 409, 422 … */
  readonly code: number
  /** `NotFound`, `Conflict`, `Invalid`, `Forbidden`, `AlreadyExists` … */
  readonly reason: string
  readonly causes: readonly { readonly reason: string; readonly message: string; readonly field: string }[]
  readonly details: JsonObject | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: number,
    reason: string,
    message: string,
    extra: { causes?: ApiError['causes']; details?: JsonObject; retryAfterSeconds?: number } = {}
  ) {
    super(message)
    this.code = code
    this.reason = reason
    this.causes = extra.causes ?? []
    this.details = extra.details
    this.retryAfterSeconds = extra.retryAfterSeconds
  }
}

/** The field manager under which everything the suite applies is owned. */
export const FIELD_MANAGER = 'gitops-actions'
