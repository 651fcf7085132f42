/** Something that must come after what it depends on. */
export interface GraphNode {
  readonly id: string
  readonly dependsOn: readonly string[]
}

/** The ids of one cycle, each depending on the next and the last on the first; undefined when there is none. */
export function findCycle(nodes: readonly GraphNode[]): string[] | undefined {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const finished = new Set<string>()
  for (const start of nodes) {
    const trail: { node: GraphNode; next: number }[] = [{ node: start, next: 0 }]
    while (trail.length > 0) {
      const step = trail.at(-1)
      if (!step) break
      const dependency = step.node.dependsOn[step.next++]
      if (dependency === undefined) {
        finished.add(step.node.id)
        trail.pop()
        continue
      }
      const index = trail.findIndex((other) => other.node.id === dependency)
      if (index >= 0) return trail.slice(index).map((other) => other.node.id)
      const node = byId.get(dependency)
      if (node && !finished.has(dependency)) trail.push({ node, next: 0 })
    }
  }
  return undefined
}

/** The nodes so that each stands after all it depends on; otherwise in the given order. Cycles must have been refused before. */
export function topological<N extends GraphNode>(nodes: readonly N[]): N[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const ordered: N[] = []
  const seen = new Set<string>()
  function visit(node: N): void {
    if (seen.has(node.id)) return
    seen.add(node.id)
    for (const dependency of node.dependsOn) {
      const other = byId.get(dependency)
      if (other) visit(other)
    }
    ordered.push(node)
  }
  for (const node of nodes) visit(node)
  return ordered
}
