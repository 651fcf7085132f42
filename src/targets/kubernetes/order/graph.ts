/** Why one object waits for another, for messages. */
export interface Reason {
  readonly text: string
  /** Being applied is not enough: the other must be healthy. */
  readonly healthy: boolean
  /** Somebody wrote it down (an annotation); all else follows from what the objects are. */
  readonly written?: boolean
}

/** A step of a cycle: `from` waits for `to`. */
export interface CycleStep {
  readonly from: number
  readonly to: number
  readonly reason: Reason
}

const VIA: Reason = { text: '', healthy: false }
const NOTHING: readonly number[] = []

/**
 * Who waits for whom, over the indexes of a list of objects. Groups of objects that wait for groups of others are
 * joined by hidden nodes, so that "all of these after all of those" costs n + m edges, not n × m.
 */
export class Graph {
  /** Number of objects; larger node numbers are hidden ones. */
  readonly size: number
  #count: number
  // Lists are made when they are needed: of 10,000 objects most wait for nothing or little.
  readonly #waitsFor: (number[] | undefined)[]
  readonly #reasons: (Reason[] | undefined)[]

  constructor(size: number) {
    this.size = size
    this.#count = size
    this.#waitsFor = new Array(size)
    this.#reasons = new Array(size)
  }

  /** A hidden node: waiting for it is waiting for everything that it waits for. */
  join(): number {
    return this.#count++
  }

  wait(node: number, dependency: number, reason: Reason = VIA): void {
    const waitsFor = this.#waitsFor[node]
    if (waitsFor) {
      waitsFor.push(dependency)
      this.#reasons[node]?.push(reason)
    } else {
      this.#waitsFor[node] = [dependency]
      this.#reasons[node] = [reason]
    }
  }

  #of(node: number): readonly number[] {
    return this.#waitsFor[node] ?? NOTHING
  }

  /** Every `node` waits for every one of `dependencies`, except for itself. */
  waitAll(nodes: readonly number[], dependencies: readonly number[], reason: Reason): void {
    if (nodes.length === 0 || dependencies.length === 0) return
    const both = new Set(dependencies)
    const mixed = nodes.some((node) => both.has(node))
    if (mixed || nodes.length === 1 || dependencies.length === 1) {
      for (const node of nodes)
        for (const dependency of dependencies) if (node !== dependency) this.wait(node, dependency, reason)
      return
    }
    const join = this.join()
    for (const dependency of dependencies) this.wait(join, dependency, reason)
    for (const node of nodes) this.wait(node, join, reason)
  }

  /**
   * As `waitAll`, but leaves out every pair that would close a cycle: for rules of thumb that an explicit rule
   * overrules. The two lists must not share a node.
   */
  preferAll(nodes: readonly number[], dependencies: readonly number[], reason: Reason): void {
    if (nodes.length === 0 || dependencies.length === 0) return
    const wanted = new Set(nodes)
    const entangled = this.#thatReach(wanted, dependencies)
    // One hidden node per set of nodes that must not wait; almost always there is just the one for the empty set.
    const joins = new Map<string, number>()
    for (const dependency of dependencies) {
      const blocked = entangled.has(dependency) ? this.#reachedAmong(dependency, wanted) : []
      if (blocked.length === nodes.length) continue
      const key = blocked.join(',')
      let join = joins.get(key)
      if (join === undefined) {
        join = this.join()
        joins.set(key, join)
        const not = new Set(blocked)
        for (const node of nodes) if (!not.has(node)) this.wait(node, join, reason)
      }
      this.wait(join, dependency, reason)
    }
  }

  /** As `preferAll`, for single pairs of a node and what it should wait for. */
  preferPairs(pairs: readonly (readonly [number, number])[], reason: Reason): void {
    if (pairs.length === 0) return
    const nodes = new Set(pairs.map(([node]) => node))
    const dependencies = pairs.map(([, dependency]) => dependency)
    const entangled = this.#thatReach(nodes, dependencies)
    const left = new Map<number, number[]>()
    for (const [node, dependency] of pairs) {
      if (!entangled.has(dependency) && !nodes.has(dependency)) this.wait(node, dependency, reason)
      else left.set(dependency, [...(left.get(dependency) ?? []), node])
    }
    for (const [dependency, waiting] of left) {
      const blocked = new Set(this.#reachedAmong(dependency, new Set(waiting)))
      for (const node of waiting) if (!blocked.has(node)) this.wait(node, dependency, reason)
    }
  }

  /** The nodes that something waits for. */
  awaited(): Set<number> {
    const found = new Set<number>()
    for (const waitsFor of this.#waitsFor) for (const dependency of waitsFor ?? NOTHING) found.add(dependency)
    return found
  }

  /** The objects that `node` waits for directly, hidden nodes looked through; with `healthyOnly` those that must be healthy. */
  dependencies(node: number, healthyOnly = false): number[] {
    const found = new Set<number>()
    const seen = new Set<number>()
    const visit = (at: number) => {
      const reasons = this.#reasons[at] ?? []
      for (const [index, next] of this.#of(at).entries()) {
        if (healthyOnly && !reasons[index]?.healthy) continue
        if (next < this.size) found.add(next)
        else if (!seen.has(next)) {
          seen.add(next)
          visit(next)
        }
      }
    }
    visit(node)
    return [...found]
  }

  /**
   * The objects in levels: each at the earliest at which all it waits for stand in earlier ones, in the order of the
   * list. Objects of a cycle, and what waits for them, are left out: ask `cycle` before.
   */
  levels(): number[][] {
    const count = this.#count
    const open = new Int32Array(count)
    const depth = new Int32Array(count)
    const dependents = this.#dependents()
    const ready: number[] = []
    for (let node = 0; node < count; node++) {
      open[node] = this.#of(node).length
      if (open[node] === 0) ready.push(node)
    }
    const levels: number[][] = []
    const done: number[] = []
    for (let index = 0; index < ready.length; index++) {
      const node = ready[index] ?? 0
      if (node < this.size) done.push(node)
      const reached = (depth[node] ?? 0) + (node < this.size ? 1 : 0)
      for (let at = dependents.start[node] ?? 0; at < (dependents.start[node + 1] ?? 0); at++) {
        const dependent = dependents.list[at] ?? 0
        if ((depth[dependent] ?? 0) < reached) depth[dependent] = reached
        const left = (open[dependent] ?? 1) - 1
        open[dependent] = left
        if (left === 0) ready.push(dependent)
      }
    }
    for (const node of done.sort((a, b) => a - b)) {
      const level = depth[node] ?? 0
      while (levels.length <= level) levels.push([])
      levels[level]?.push(node)
    }
    return levels
  }

  /** A cycle, if there is one: the first that a walk along the list comes upon, so the same input names the same. */
  cycle(): CycleStep[] | undefined {
    const state = new Uint8Array(this.#count) // 0 new, 1 on the path, 2 done
    for (let start = 0; start < this.size; start++) {
      if (state[start] !== 0) continue
      const path: number[] = [start]
      const next: number[] = [0]
      state[start] = 1
      while (path.length > 0) {
        const node = path[path.length - 1] ?? 0
        const index = next[next.length - 1] ?? 0
        const dependency = this.#of(node)[index]
        if (dependency === undefined) {
          state[node] = 2
          path.pop()
          next.pop()
          continue
        }
        next[next.length - 1] = index + 1
        if (state[dependency] === 1) return this.#steps(path.slice(path.indexOf(dependency)))
        if (state[dependency] === 0) {
          state[dependency] = 1
          path.push(dependency)
          next.push(0)
        }
      }
    }
    return undefined
  }

  /** Takes the edges from `node` to `dependency` (which may go through one hidden node) away. */
  forget(step: CycleStep): void {
    const remove = (node: number, dependency: number) => {
      const edges = this.#waitsFor[node] ?? []
      const reasons = this.#reasons[node] ?? []
      for (let index = edges.length - 1; index >= 0; index--) {
        if (edges[index] !== dependency) continue
        edges.splice(index, 1)
        reasons.splice(index, 1)
      }
    }
    for (const next of [...(this.#waitsFor[step.from] ?? [])]) {
      if (next >= this.size && this.#waitsFor[next]?.includes(step.to)) remove(step.from, next)
    }
    remove(step.from, step.to)
  }

  #steps(cycle: readonly number[]): CycleStep[] {
    const objects = cycle.findIndex((node) => node < this.size)
    const turned = [...cycle.slice(objects), ...cycle.slice(0, objects)]
    const steps: CycleStep[] = []
    let from = turned[0] ?? 0
    let reason: Reason | undefined
    for (let index = 0; index < turned.length; index++) {
      const node = turned[index] ?? 0
      const next = turned[(index + 1) % turned.length] ?? 0
      reason ??= this.#reasons[node]?.[this.#waitsFor[node]?.indexOf(next) ?? 0] ?? VIA
      if (next >= this.size) continue
      steps.push({ from, to: next, reason })
      from = next
      reason = undefined
    }
    return steps
  }

  /** Who waits for each node: those of `node` stand in `list` from `start[node]` up to `start[node + 1]`. */
  #dependents(): { start: Int32Array; list: Int32Array } {
    const start = new Int32Array(this.#count + 1)
    for (let node = 0; node < this.#count; node++)
      for (const dependency of this.#of(node)) start[dependency + 1] = (start[dependency + 1] ?? 0) + 1
    for (let node = 0; node < this.#count; node++) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0)
    const next = start.slice()
    const list = new Int32Array(start[this.#count] ?? 0)
    for (let node = 0; node < this.#count; node++)
      for (const dependency of this.#of(node)) {
        const at = next[dependency] ?? 0
        list[at] = node
        next[dependency] = at + 1
      }
    return { start, list }
  }

  /** Those of `starts` from which a way leads to one of `targets`. The graph must have no cycle. */
  #thatReach(targets: ReadonlySet<number>, starts: readonly number[]): Set<number> {
    const state = new Uint8Array(this.#count) // 0 not known, 1 does not reach, 2 reaches
    for (const start of starts) {
      const path = state[start] === 0 ? [start] : []
      const next = [0]
      for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
        const index = next.at(-1) ?? 0
        const dependency = this.#of(node)[index]
        if (state[node] === 0 && dependency !== undefined) {
          if (targets.has(dependency) || state[dependency] === 2) state[node] = 2
          else if (state[dependency] === 0) {
            path.push(dependency)
            next.push(0)
            continue // asked again for this dependency when it is known
          } else next[next.length - 1] = index + 1
          continue
        }
        if (state[node] === 0) state[node] = 1
        path.pop()
        next.pop()
      }
    }
    return new Set(starts.filter((start) => state[start] === 2))
  }

  #reachedAmong(start: number, wanted: ReadonlySet<number>): number[] {
    const seen = new Set<number>([start])
    const queue = [start]
    for (let index = 0; index < queue.length; index++)
      for (const next of this.#of(queue[index] ?? 0))
        if (!seen.has(next)) {
          seen.add(next)
          queue.push(next)
        }
    return queue.filter((node) => wanted.has(node)).sort((a, b) => a - b)
  }
}
