import { asList, asObject, asString, at, type Json, type JsonObject } from '../../src/json.ts'
import type { KubernetesObject } from '../../src/render/manifest.ts'
import { referenceOf } from '../../src/targets/kubernetes/order/depends-on.ts'
import { definitionEdges, dependsOnEdges, namespaceEdges } from '../../src/targets/kubernetes/order/edges.ts'
import { type CycleStep, Graph } from '../../src/targets/kubernetes/order/graph.ts'
import { orderForApply, orderForPrune } from '../../src/targets/kubernetes/order/index.ts'
import { differentSets, differs, objectsOf, type Verdict } from './ordering.ts'

/** A case of cli-utils' object graph: our edges of the same origins, and our own full order, which must keep them. */
export function checkDependsOn(item: JsonObject): Verdict {
  const operation = asString(item['operation']) ?? ''
  if (operation.startsWith('graph-')) return checkBareGraph(operation, item)
  const objects = objectsOf(asList(item['objects']))
  const names = objects.map(referenceOf)
  const graph = new Graph(objects.length)
  const all = ['sort', 'reverse-sort', 'dependency-graph'].includes(operation)
  if (!all && !['depends-on-edges', 'namespace-edges', 'crd-edges'].includes(operation))
    return `unknown operation ${operation}`
  if (all || operation === 'namespace-edges') namespaceEdges(graph, objects)
  if (all || operation === 'crd-edges') definitionEdges(graph, objects)
  const problems = all || operation === 'depends-on-edges' ? dependsOnEdges(graph, objects) : []
  const expect = asObject(item['expect']) ?? {}
  const errors = differs(
    'errors',
    problems.map(({ index, problem }) => `${problem.type} of ${names[index]}: ${problem.reference}`),
    items(expect['errors']).map(
      (error) =>
        `${asString(error['type'])} of ${asString(error['object'])}: ${asString(error['reference']) ?? asString(error['to'])}`
    )
  )
  if (errors !== undefined) return errors
  return (
    checkResult(graph, names, operation, expect) ??
    (problems.length === 0 ? checkOwnOrder(objects, graph, names) : undefined)
  )
}

function checkResult(graph: Graph, names: readonly string[], operation: string, expect: JsonObject): Verdict {
  if (expect['vertices'] !== undefined) {
    const vertices = differs('vertices', names, (asList(expect['vertices']) ?? []).map(String))
    if (vertices !== undefined) return vertices
  }
  if (expect['edges'] !== undefined) {
    const edges = names.flatMap((name, index) => graph.dependencies(index).map((to) => `${name} → ${names[to]}`))
    return differs('edges', edges, items(expect['edges']).map(edgeText))
  }
  const cycle = graph.cycle()
  if (asString(at(expect, 'error', 'type')) === 'cycle')
    return cycle
      ? differs('cycle', cycleText(cycle, names), items(at(expect, 'error', 'edges')).map(edgeText))
      : 'no cycle found'
  if (cycle) return `a cycle that is not expected: ${cycleText(cycle, names).join(', ')}`
  const levels = graph.levels().map((level) => level.map((index) => names[index] ?? ''))
  return differentSets('set', operation === 'reverse-sort' ? levels.reverse() : levels, sets(expect['sets']))
}

/** What is deployed and pruned by us must keep the same edges, whatever rules of our own come on top. */
function checkOwnOrder(objects: KubernetesObject[], graph: Graph, names: readonly string[]): Verdict {
  if (graph.cycle()) {
    try {
      orderForApply(
        objects.map((object) => ({ object, source: { file: '' } })),
        { event: 'install' }
      )
      return 'the own order found no cycle'
    } catch {
      return undefined
    }
  }
  const apply = orderForApply(
    objects.map((object) => ({ object, source: { file: '' } })),
    { event: 'install' }
  ).map((level) => level.manifests.map((manifest) => referenceOf(manifest.object)))
  const prune = orderForPrune(objects).map((level) => level.map(referenceOf))
  const at = (levels: string[][], name: string | undefined) => levels.findIndex((level) => level.includes(name ?? ''))
  for (const [index, name] of names.entries())
    for (const dependency of graph.dependencies(index)) {
      if (at(apply, name) <= at(apply, names[dependency]))
        return `the own order applies ${name} before ${names[dependency]}`
      if (at(prune, name) >= at(prune, names[dependency]))
        return `the own order deletes ${names[dependency]} before ${name}`
    }
  return undefined
}

function checkBareGraph(operation: string, item: JsonObject): Verdict {
  const names = (asList(item['vertices']) ?? []).map(String)
  const graph = new Graph(names.length)
  const index = (value: Json | undefined) => names.indexOf(asString(value) ?? '')
  for (const edge of items(item['edges'])) graph.wait(index(edge['from']), index(edge['to']))
  const expect = asObject(item['expect']) ?? {}
  const of = index(item['of'])
  const expected = (asList(expect['objects']) ?? []).map(String)
  switch (operation) {
    case 'graph-sort':
      return checkResult(graph, names, operation, expect)
    case 'graph-dependencies':
      return differs(
        'dependencies',
        graph.dependencies(of).map((to) => names[to] ?? ''),
        expected
      )
    case 'graph-dependents': {
      const dependents = names.filter((_name, from) => graph.dependencies(from).includes(of))
      return differs('dependents', dependents, expected)
    }
    default:
      return `unknown operation ${operation}`
  }
}

function cycleText(cycle: readonly CycleStep[], names: readonly string[]): string[] {
  return cycle.map((step) => `${names[step.from]} → ${names[step.to]}`)
}

function edgeText(edge: JsonObject): string {
  return `${asString(edge['from'])} → ${asString(edge['to'])}`
}

function items(value: Json | undefined): JsonObject[] {
  return (asList(value) ?? []).map(asObject).filter((item) => item !== undefined)
}

function sets(value: Json | undefined): string[][] {
  return (asList(value) ?? []).map((set) => (asList(set) ?? []).map(String))
}
