import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from '../../../../errors.ts'
import type { KubernetesObject } from '../../../../render/manifest.ts'
import { ApiError, type ApiResource, type Cluster, type ListOptions } from '../../cluster.ts'
import { byController, type Owned } from '../related.ts'
import { stringAt } from '../status.ts'

export interface LiveSetOptions {
  readonly cluster: Cluster
  readonly resource: ApiResource
  readonly scope: ListOptions
  /** Only these are kept in memory. Default: all. */
  readonly keep?: (object: KubernetesObject) => boolean
  readonly onChange: () => void
  /** Called when the set cannot be kept up to date for a while, and undefined when it is again. */
  readonly onTrouble: (problem: string | undefined) => void
}

/** Pause after a watch that failed: doubled up to the limit. */
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5_000
/** A watch that lasts so long has been accepted. */
const WORKING_MS = 1_000
/** Between two lists where watching is not allowed. */
const ASK_EVERY_MS = 3_000

/**
 * The objects of one resource type in one scope, kept up to date by a watch: one LIST, then events. Lists anew when
 * the watch has expired, goes on after lost connections and restarts of the API server.
 */
export class LiveSet {
  readonly #options: LiveSetOptions
  readonly #objects = new Map<string, KubernetesObject>()
  /** Objects that were there once and have been deleted since, as last seen. */
  readonly #deleted = new Map<string, KubernetesObject>()
  #index: Owned | undefined
  #resourceVersion: string | undefined
  #refusal: ApiError | undefined

  constructor(options: LiveSetOptions) {
    this.#options = options
  }

  /** Why the API server lets us neither watch nor list any more, or undefined. */
  get refusal(): ApiError | undefined {
    return this.#refusal
  }

  get(namespace: string | undefined, name: string): KubernetesObject | undefined {
    return this.#objects.get(keyOf(namespace, name))
  }

  /** The last state of an object that was deleted while we looked. */
  deleted(namespace: string | undefined, name: string): KubernetesObject | undefined {
    return this.#deleted.get(keyOf(namespace, name))
  }

  /** The objects by their controller; the index is made once per change. */
  byController(): Owned {
    this.#index ??= byController(this.#objects.values())
    return this.#index
  }

  /** Lists everything. @throws ApiError, GitOpsError as the cluster does */
  async load(): Promise<void> {
    const { cluster, resource, scope, keep } = this.#options
    const list = await cluster.list(resource, scope)
    const found = new Map<string, KubernetesObject>()
    for (const object of list.items) if (!keep || keep(object)) found.set(keyOfObject(object), object)
    for (const [key, object] of this.#objects) if (!found.has(key)) this.#deleted.set(key, object)
    this.#index = undefined
    this.#objects.clear()
    for (const [key, object] of found) {
      this.#objects.set(key, object)
      this.#deleted.delete(key)
    }
    this.#resourceVersion = list.resourceVersion
  }

  /** Keeps the set up to date until `signal` aborts. Never rejects. */
  async follow(signal: AbortSignal): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) {
          await this.load()
          this.#options.onChange()
        }
        const started = performance.now()
        await this.#watch(signal, () => {
          failures = 0
          this.#options.onTrouble(undefined)
        })
        // A server that ends every watch at once must not be asked without a pause.
        if (performance.now() - started < FIRST_PAUSE_MS) await pause(FIRST_PAUSE_MS, signal)
      } catch (error) {
        if (signal.aborted) return
        this.#resourceVersion = undefined
        if (error instanceof ApiError && error.code === 403) {
          await this.#ask(signal)
          return
        }
        failures++
        this.#options.onTrouble(messageOf(error))
        await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)), signal)
      }
    }
  }

  /** For credentials that may list but not watch: lists from time to time. */
  async #ask(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.load()
        this.#options.onTrouble(undefined)
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof ApiError && error.code === 403) this.#refusal = error
        this.#options.onTrouble(messageOf(error))
        if (this.#refusal) return
      }
      this.#options.onChange()
      await pause(ASK_EVERY_MS, signal)
    }
  }

  /** @param onWorking called once the watch has shown that it works: by an event, or by lasting a while */
  async #watch(signal: AbortSignal, onWorking: () => void): Promise<void> {
    const timer = setTimeout(onWorking, WORKING_MS)
    try {
      await this.#receive(signal, () => {
        clearTimeout(timer)
        onWorking()
      })
    } finally {
      clearTimeout(timer)
    }
  }

  async #receive(signal: AbortSignal, onEvent: () => void): Promise<void> {
    const { cluster, resource, scope, keep, onChange } = this.#options
    const resourceVersion = this.#resourceVersion ?? ''
    for await (const event of cluster.watch(resource, { ...scope, resourceVersion }, signal)) {
      if (event.type === 'EXPIRED') {
        this.#resourceVersion = undefined
        return
      }
      onEvent()
      const { object } = event
      const seen = stringAt(object, 'metadata', 'resourceVersion')
      if (seen !== '') this.#resourceVersion = seen
      if (keep && !keep(object)) continue
      const key = keyOfObject(object)
      this.#index = undefined
      if (event.type === 'DELETED') {
        this.#objects.delete(key)
        this.#deleted.set(key, object)
      } else {
        this.#objects.set(key, object)
        this.#deleted.delete(key)
      }
      onChange()
    }
  }
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`
}

function keyOfObject(object: KubernetesObject): string {
  return keyOf(stringAt(object, 'metadata', 'namespace') || undefined, object.metadata.name)
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}
