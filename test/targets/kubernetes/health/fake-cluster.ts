import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { groupOf } from '../../../../src/render/manifest.ts'
import {
  ApiError,
  type ApiResource,
  type Cluster,
  type ListOptions,
  type ObjectRef,
  type WatchEvent
} from '../../../../src/targets/kubernetes/cluster.ts'

/** What a list or a watch does instead of answering. */
export type Trap = (kind: string, options: ListOptions) => Error | undefined

/**
 * A cluster in memory for what the real one cannot be made to do at will: watches that expire, lists that are refused.
 * Field and label selectors work as far as the tests need them.
 */
export class FakeCluster {
  readonly lists: string[] = []
  readonly watches: string[] = []
  /** Kinds that only a second discovery knows. */
  readonly late = new Set<string>()
  onList: Trap = () => undefined
  onWatch: Trap = () => undefined
  readonly #objects = new Map<string, KubernetesObject>()
  readonly #listeners = new Set<(event: WatchEvent) => void>()
  #version = 1

  put(object: KubernetesObject): void {
    const type = this.#objects.has(key(object)) ? 'MODIFIED' : 'ADDED'
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.#version) } }
    this.#objects.set(key(object), stored)
    for (const listener of this.#listeners) listener({ type, object: stored })
  }

  remove(object: KubernetesObject): void {
    this.#objects.delete(key(object))
    for (const listener of this.#listeners) listener({ type: 'DELETED', object })
  }

  /** Ends all watches as the API server does when it has compacted its history. */
  expire(): void {
    for (const listener of this.#listeners) listener({ type: 'EXPIRED' })
  }

  get cluster(): Cluster {
    const never = () => Promise.reject(new Error('not part of this test'))
    return {
      server: 'https://fake.test',
      version: never,
      resources: never,
      resourceFor: async (apiVersion, kind) => (this.late.has(kind) ? undefined : resourceOf(apiVersion, kind)),
      refreshDiscovery: () => this.late.clear(),
      get: async (ref) => this.#find(ref),
      list: async (resource, options = {}) => {
        this.lists.push(`${resource.plural} ${options.namespace ?? '*'} ${options.fieldSelector ?? ''}`.trim())
        const problem = this.onList(resource.kind, options)
        if (problem) throw problem
        return { items: this.#select(resource, options), resourceVersion: String(this.#version) }
      },
      watch: (resource, options, signal) => this.#watch(resource, options, signal),
      apply: never,
      create: never,
      patch: never,
      delete: never,
      logs: async () => 'last words\n',
      evict: never,
      request: never
    }
  }

  async *#watch(resource: ApiResource, options: ListOptions, signal: AbortSignal): AsyncGenerator<WatchEvent> {
    this.watches.push(resource.plural)
    const problem = this.onWatch(resource.kind, options)
    if (problem) throw problem
    const queue: WatchEvent[] = []
    let wake = () => {}
    const listener = (event: WatchEvent) => {
      queue.push(event)
      wake()
    }
    this.#listeners.add(listener)
    try {
      while (!signal.aborted) {
        const event = queue.shift()
        if (event === undefined) {
          const woken = new Promise<void>((resolve) => {
            wake = resolve
          })
          await Promise.race([woken, sleep(50, undefined, { signal }).catch(() => {})])
          continue
        }
        if (event.type === 'EXPIRED') {
          yield event
          return
        }
        if (this.#matches(event.object, resource, options)) yield event
      }
    } finally {
      this.#listeners.delete(listener)
    }
  }

  #find(ref: ObjectRef): KubernetesObject | undefined {
    return this.#objects.get(`${groupOf(ref)}/${ref.kind}/${ref.namespace ?? ''}/${ref.name}`)
  }

  #select(resource: ApiResource, options: ListOptions): KubernetesObject[] {
    return [...this.#objects.values()].filter((object) => this.#matches(object, resource, options))
  }

  #matches(object: KubernetesObject, resource: ApiResource, options: ListOptions): boolean {
    const name = /metadata\.name=([^,]+)/.exec(options.fieldSelector ?? '')?.[1]
    return (
      object.kind === resource.kind &&
      groupOf(object) === resource.group &&
      (options.namespace === undefined || object.metadata['namespace'] === options.namespace) &&
      (name === undefined || object.metadata.name === name)
    )
  }
}

export function forbidden(what: string): ApiError {
  return new ApiError(403, 'Forbidden', `${what} is forbidden`)
}

function key(object: KubernetesObject): string {
  return `${groupOf(object)}/${object.kind}/${String(object.metadata['namespace'] ?? '')}/${object.metadata.name}`
}

const CLUSTER_SCOPED = new Set(['Namespace', 'StorageClass', 'CustomResourceDefinition'])

function resourceOf(apiVersion: string, kind: string): ApiResource {
  return {
    group: groupOf({ apiVersion }),
    version: apiVersion.split('/').at(-1) ?? '',
    kind,
    plural: `${kind.toLowerCase()}s`,
    namespaced: !CLUSTER_SCOPED.has(kind),
    verbs: ['get', 'list', 'watch'],
    subresources: ['status']
  }
}
