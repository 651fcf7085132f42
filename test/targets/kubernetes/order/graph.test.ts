import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Graph } from '../../../../src/targets/kubernetes/order/graph.ts'

const WHY = { text: 'why', healthy: true }
const MILD = { text: 'mild', healthy: false }

describe('a graph', () => {
  test('puts everything at the earliest level', () => {
    const graph = new Graph(5)
    graph.wait(0, 1)
    graph.wait(1, 2)
    graph.wait(1, 3)
    graph.wait(3, 4)
    expect(graph.levels()).toEqual([[2, 4], [3], [1], [0]])
  })

  test('names a cycle, looking through groups', () => {
    const graph = new Graph(6)
    graph.waitAll([0, 1], [2, 3], WHY)
    graph.waitAll([3, 4], [5, 0], WHY)
    expect(graph.cycle()).toEqual([
      { from: 0, to: 3, reason: WHY },
      { from: 3, to: 0, reason: WHY }
    ])
  })

  test('does not let an object wait for itself because it is in both groups', () => {
    const graph = new Graph(3)
    graph.waitAll([0, 1], [1, 2], WHY)
    expect(graph.cycle()).toBeUndefined()
    expect(graph.levels()).toEqual([[2], [1], [0]])
  })

  test('tells which dependencies must be healthy', () => {
    const graph = new Graph(3)
    graph.wait(0, 1, WHY)
    graph.wait(0, 2, MILD)
    expect(graph.dependencies(0)).toEqual([1, 2])
    expect(graph.dependencies(0, true)).toEqual([1])
  })
})

/** Random graphs without a cycle: edges go from larger to smaller numbers of a random numbering. */
const SIZE = 12
const acyclic = fc.record({
  order: fc.shuffledSubarray([...Array(SIZE).keys()], { minLength: SIZE }),
  edges: fc.array(fc.tuple(fc.nat(SIZE - 1), fc.nat(SIZE - 1)), { maxLength: 20 })
})
const groups = fc.array(fc.tuple(fc.uniqueArray(fc.nat(SIZE - 1)), fc.uniqueArray(fc.nat(SIZE - 1))), { maxLength: 4 })

test('preferences never close a cycle, and leave out only pairs that would', () => {
  fc.assert(
    fc.property(acyclic, groups, ({ order, edges }, preferences) => {
      const graph = new Graph(SIZE)
      const hard = edges
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => (order.indexOf(a) > order.indexOf(b) ? [a, b] : [b, a]))
      for (const [node = 0, dependency = 0] of hard) graph.wait(node, dependency, WHY)
      const wanted: [number, number][] = []
      for (const [second, first] of preferences) {
        const nodes = second.filter((node) => !first.includes(node))
        for (const node of nodes) for (const dependency of first) wanted.push([node, dependency])
        graph.preferAll(nodes, first, MILD)
      }
      expect(graph.cycle()).toBeUndefined()
      expect(graph.levels().flat()).toHaveLength(SIZE)
      const reaches = (from: number, to: number): boolean => {
        const seen = new Set([from])
        for (const node of seen) for (const next of graph.dependencies(node)) seen.add(next)
        return seen.has(to)
      }
      for (const [node, dependency] of wanted)
        if (!graph.dependencies(node).includes(dependency)) expect(reaches(dependency, node)).toBe(true)
    }),
    { numRuns: 500 }
  )
})

test('single preferences never close a cycle either, not even among each other', () => {
  const pairs = fc.array(fc.tuple(fc.nat(SIZE - 1), fc.nat(SIZE - 1)), { maxLength: 20 })
  fc.assert(
    fc.property(acyclic, pairs, ({ order, edges }, wanted) => {
      const graph = new Graph(SIZE)
      for (const [a, b] of edges)
        if (a !== b) graph.wait(...(order.indexOf(a) > order.indexOf(b) ? ([a, b] as const) : ([b, a] as const)))
      const preferred = wanted.filter(([a, b]) => a !== b)
      graph.preferPairs(preferred, MILD)
      expect(graph.cycle()).toBeUndefined()
      for (const [node, dependency] of preferred)
        if (!graph.dependencies(node).includes(dependency)) {
          const seen = new Set([dependency])
          for (const one of seen) for (const next of graph.dependencies(one)) seen.add(next)
          expect(seen.has(node)).toBe(true)
        }
    }),
    { numRuns: 500 }
  )
})

test('every object stands in a level after all that it waits for', () => {
  fc.assert(
    fc.property(acyclic, ({ order, edges }) => {
      const graph = new Graph(SIZE)
      for (const [a, b] of edges)
        if (a !== b) graph.wait(...(order.indexOf(a) > order.indexOf(b) ? ([a, b] as const) : ([b, a] as const)))
      const level = new Map(graph.levels().flatMap((nodes, index) => nodes.map((node) => [node, index] as const)))
      for (let node = 0; node < SIZE; node++) {
        const below = Math.max(-1, ...graph.dependencies(node).map((dependency) => level.get(dependency) ?? Number.NaN))
        expect(level.get(node)).toBe(below + 1)
      }
    })
  )
})
