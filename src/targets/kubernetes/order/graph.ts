/** Why one object waits for another, for messages; `healthy` when being applied is not enough. */
export interface Reason {
  readonly text: string
  readonly healthy: boolean
}

/** A step of a cycle: `from` waits for `to`. */
export interface CycleStep {
  readonly from: number
  readonly to: number
  readonly reason: Reason
}

const VIA: Reason = { text: '', healthy: false }

/**
 * Who waits for whom, over the indexes of a list of objects. Groups of objects that wait for groups of others are
 * joined by hidden nodes, so that "all of these after all of those" costs n + m edges, not n × m.
 */
export class Graph {
  /** Number of objects; larger node numbers are hidden ones. */
  readonly size: number
  readonly #waitsFor: number[][] = []
  readonly #reasons: Reason[][] = []

  constructor(size: number) {
    this.size = size
    for (let node = 0; node < size; node++) this.#add()
  }

  #add(): number {
    this.#reasons.push([])
    return this.#waitsFor.push([]) - 1
  }

  /** A hidden node: waiting for it is waiting for everything that it waits for. */
  join(): number {
    return this.#add()
  }

  wait(node: number, dependency: number, reason: Reason = VIA): void {
    this.#waitsFor[node]?.push(dependency)
    this.#reasons[node]?.push(reason)
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
    const entangled = this.#thatReach(nodes)
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
    const entangled = this.#thatReach(pairs.map(([node]) => node))
    const left = new Map<number, number[]>()
    for (const [node, dependency] of pairs) {
      if (!entangled.has(dependency)) this.wait(node, dependency, reason)
      else left.set(dependency, [...(left.get(dependency) ?? []), node])
    }
    for (const [dependency, nodes] of left) {
      const blocked = new Set(this.#reachedAmong(dependency, new Set(nodes)))
      for (const node of nodes) if (!blocked.has(node)) this.wait(node, dependency, reason)
    }
  }

  /** The nodes that something waits for. */
  awaited(): Set<number> {
    return new Set(this.#waitsFor.flat())
  }

  /** The objects that `node` waits for directly, hidden nodes looked through; with `healthyOnly` those that must be healthy. */
  dependencies(node: number, healthyOnly = false): number[] {
    const found = new Set<number>()
    const seen = new Set<number>()
    const visit = (at: number) => {
      const reasons = this.#reasons[at] ?? []
      for (const [index, next] of (this.#waitsFor[at] ?? []).entries()) {
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
    const count = this.#waitsFor.length
    const open = new Int32Array(count)
    const depth = new Int32Array(count)
    const dependents: number[][] = Array.from({ length: count }, () => [])
    const ready: number[] = []
    for (let node = 0; node < count; node++) {
      const dependencies = this.#waitsFor[node] ?? []
      open[node] = dependencies.length
      for (const dependency of dependencies) dependents[dependency]?.push(node)
      if (dependencies.length === 0) ready.push(node)
    }
    const levels: number[][] = []
    const done: number[] = []
    for (let index = 0; index < ready.length; index++) {
      const node = ready[index] ?? 0
      const own = depth[node] ?? 0
      if (node < this.size) done.push(node)
      const reached = node < this.size ? own + 1 : own
      for (const dependent of dependents[node] ?? []) {
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
    const state = new Uint8Array(this.#waitsFor.length) // 0 new, 1 on the path, 2 done
    for (let start = 0; start < this.size; start++) {
      if (state[start] !== 0) continue
      const path: number[] = [start]
      const next: number[] = [0]
      state[start] = 1
      while (path.length > 0) {
        const node = path[path.length - 1] ?? 0
        const index = next[next.length - 1] ?? 0
        const dependency = this.#waitsFor[node]?.[index]
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

  /** All nodes from which a way leads to one of `targets`. */
  #thatReach(targets: readonly number[]): Set<number> {
    const dependents: number[][] = Array.from({ length: this.#waitsFor.length }, () => [])
    for (const [node, dependencies] of this.#waitsFor.entries())
      for (const dependency of dependencies) dependents[dependency]?.push(node)
    const found = new Set<number>()
    const queue = [...targets]
    for (let index = 0; index < queue.length; index++)
      for (const dependent of dependents[queue[index] ?? 0] ?? [])
        if (!found.has(dependent)) {
          found.add(dependent)
          queue.push(dependent)
        }
    return found
  }

  #reachedAmong(start: number, wanted: ReadonlySet<number>): number[] {
    const seen = new Set<number>([start])
    const queue = [start]
    for (let index = 0; index < queue.length; index++)
      for (const next of this.#waitsFor[queue[index] ?? 0] ?? [])
        if (!seen.has(next)) {
          seen.add(next)
          queue.push(next)
        }
    return queue.filter((node) => wanted.has(node)).sort((a, b) => a - b)
  }
}
