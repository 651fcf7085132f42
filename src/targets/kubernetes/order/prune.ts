import type { KubernetesObject } from '../../../render/manifest.ts'
import { groupOf, namespaceOf } from '../../../render/manifest.ts'
import { changeRuleEdges, definitionEdges, dependsOnEdges, namespaceEdges, preferenceEdges, useEdges } from './edges.ts'
import { Graph } from './graph.ts'
import { waveOf } from './hooks.ts'
import { APPLY_RULES, DELETE_RULES, definedBy, isCustomResource, isNamespace, type OrderRule } from './kinds.ts'
import { apiServiceEdges, registrationEdgesForDelete } from './registrations.ts'

/**
 * The order in which to delete, in levels: custom resources while their operators still run, then definitions,
 * registrations, workloads, and what those used; Namespaces when they are empty. Waves run backwards. Live objects may
 * carry any annotation, so nothing here is an error: what is not understood does not count, a cycle is cut.
 */
export function orderForPrune(objects: readonly KubernetesObject[]): KubernetesObject[][] {
  return wavesBackwards(objects).flatMap((wave) => {
    const graph = deletionGraph(wave)
    return graph.levels().map((level) => level.map((index) => wave[index]).filter((object) => object !== undefined))
  })
}

function deletionGraph(objects: readonly KubernetesObject[]): Graph {
  const graph = new Graph(objects.length)
  namespaceEdges(graph, objects, true)
  definitionEdges(graph, objects, true)
  apiServiceEdges(graph, objects, true)
  dependsOnEdges(graph, objects, true)
  changeRuleEdges(graph, objects, 'delete')
  for (let cycle = graph.cycle(); cycle !== undefined; cycle = graph.cycle()) {
    // What somebody wrote yields to what the API server enforces.
    const weakest = cycle.find((step) => step.reason.written) ?? cycle[0]
    if (weakest === undefined) break
    graph.forget(weakest)
  }
  preferenceEdges(graph, objects, DELETE_RULES)
  useEdges(graph, objects, true)
  registrationEdgesForDelete(graph, objects)
  preferenceEdges(graph, objects, APPLY_RULES.map(reversed))
  return graph
}

function reversed(rule: OrderRule): OrderRule {
  return {
    text: rule.text,
    first: rule.second,
    second: (object, key) => rule.first(object, key) && !rule.second(object, key)
  }
}

/** The last wave first; a Namespace or definition stays until the wave in which the last of its objects goes. */
function wavesBackwards(objects: readonly KubernetesObject[]): KubernetesObject[][] {
  const last = new Map<string, number>()
  const lower = (key: string, wave: number) => last.set(key, Math.min(wave, last.get(key) ?? wave))
  for (const object of objects) {
    const namespace = namespaceOf(object)
    if (namespace !== undefined) lower(`namespace ${namespace}`, waveOf(object))
    if (isCustomResource(object)) lower(`kind ${object.kind}.${groupOf(object)}`, waveOf(object))
  }
  const waves = new Map<number, KubernetesObject[]>()
  for (const object of objects) {
    const key = isNamespace(object) ? `namespace ${object.metadata.name}` : `kind ${definedBy(object)}`
    const wave = Math.min(waveOf(object), last.get(key) ?? Number.POSITIVE_INFINITY)
    const list = waves.get(wave)
    if (list) list.push(object)
    else waves.set(wave, [object])
  }
  return [...waves].sort(([a], [b]) => b - a).map(([, list]) => list)
}
