import { findCycle, type GraphNode } from '../graph.ts'

/** What became of a node: it ran, or why it could not. */
export type Ran<R> =
  | { readonly state: 'ran'; readonly ok: boolean; readonly value: R }
  /** `failed` are the nodes it waited for in vain: those that ran and failed, not those between. */
  | { readonly state: 'blocked'; readonly failed: readonly string[] }
  | { readonly state: 'cancelled' }

/**
 * Runs `work` for every node as soon as all it depends on has succeeded: what has no path between it runs side by
 * side, at most `limit` at once. A failure blocks only what depends on it. After `signal` aborts nothing is started
 * any more; what runs is left to end by itself.
 * @throws what `work` throws, after everything that was started has ended; a node that fails must answer `ok: false`
 */
export async function runGraph<N extends GraphNode, R>(
  nodes: readonly N[],
  work: (node: N) => Promise<{ readonly ok: boolean; readonly value: R }>,
  options: { readonly signal?: AbortSignal; readonly limit?: number } = {}
): Promise<Map<string, Ran<R>>> {
  const cycle = findCycle(nodes)
  if (cycle) throw new Error(`the graph has a cycle: ${cycle.join(' → ')}`)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const slots = new Slots(options.limit ?? 8)
  const started = new Map<string, Promise<Ran<R>>>()

  function start(node: N): Promise<Ran<R>> {
    const known = started.get(node.id)
    if (known) return known
    const promise = once(node)
    started.set(node.id, promise)
    return promise
  }

  async function once(node: N): Promise<Ran<R>> {
    const dependencies = node.dependsOn.flatMap((id) => byId.get(id) ?? [])
    const results = await Promise.all(dependencies.map(async (one) => [one.id, await start(one)] as const))
    const failed = new Set<string>()
    let cancelled = false
    for (const [id, result] of results) {
      if (result.state === 'blocked') for (const cause of result.failed) failed.add(cause)
      else if (result.state === 'cancelled') cancelled = true
      else if (!result.ok) failed.add(id)
    }
    if (failed.size > 0) return { state: 'blocked', failed: [...failed] }
    if (cancelled) return { state: 'cancelled' }
    return slots.use(async () => {
      if (options.signal?.aborted) return { state: 'cancelled' }
      const { ok, value } = await work(node)
      return { state: 'ran', ok, value }
    })
  }

  const settled = await Promise.allSettled(nodes.map(start))
  for (const one of settled) if (one.status === 'rejected') throw one.reason
  const entries = await Promise.all(nodes.map(async (node) => [node.id, await start(node)] as const))
  return new Map(entries)
}

/** A number of places; who finds none free waits for one. */
class Slots {
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(count: number) {
    this.#free = count
  }

  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }
}
