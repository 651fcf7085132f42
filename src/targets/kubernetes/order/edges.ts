import { groupOf, type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import { DEPENDS_ON, type DependsOnProblem, dependsOn, referenceOf } from './depends-on.ts'
import type { Graph, Reason } from './graph.ts'
import { changeGroupsOf, changeRulesOf } from './kapp.ts'
import { definedBy, groupKind, isCustomResource, isNamespace, type OrderRule } from './kinds.ts'
import { useKey, usesOf } from './uses.ts'

/** Sources of edges: each adds one kind to a graph over the indexes of `objects`. With `reverse` for deleting. */
export type Objects = readonly KubernetesObject[]

const IN_NAMESPACE: Reason = { text: 'it lies in that namespace', healthy: false }
const OF_DEFINITION: Reason = { text: 'it is of the kind that this defines', healthy: true }
const DECLARED: Reason = { text: DEPENDS_ON, healthy: true, written: true }
const USED: Reason = { text: 'it refers to it', healthy: false }

export function namespaceEdges(graph: Graph, objects: Objects, reverse = false): void {
  const namespaces = new Map<string, number>()
  for (const [index, object] of objects.entries()) if (isNamespace(object)) namespaces.set(object.metadata.name, index)
  if (namespaces.size === 0) return
  for (const [index, object] of objects.entries()) {
    const namespace = namespaceOf(object)
    const home = namespace === undefined ? undefined : namespaces.get(namespace)
    if (home !== undefined && home !== index) edge(graph, index, home, IN_NAMESPACE, reverse)
  }
}

export function definitionEdges(graph: Graph, objects: Objects, reverse = false): void {
  const definitions = new Map<string, number>()
  for (const [index, object] of objects.entries()) {
    const defined = definedBy(object)
    if (defined !== undefined) definitions.set(defined, index)
  }
  if (definitions.size === 0) return
  for (const [index, object] of objects.entries()) {
    const definition = isCustomResource(object) ? definitions.get(`${object.kind}.${groupOf(object)}`) : undefined
    if (definition !== undefined) edge(graph, index, definition, OF_DEFINITION, reverse)
  }
}

/** Problems are returned with the index of the object; the references that are right count all the same. */
export function dependsOnEdges(
  graph: Graph,
  objects: Objects,
  reverse = false,
  elsewhere: (reference: string) => boolean = () => false
): { index: number; problem: DependsOnProblem }[] {
  const problems: { index: number; problem: DependsOnProblem }[] = []
  let byReference: Map<string, number> | undefined
  for (const [index, object] of objects.entries()) {
    if (object.metadata['annotations'] === undefined) continue
    byReference ??= new Map(objects.map((one, at) => [referenceOf(one), at]))
    const known = byReference
    const found = dependsOn(object, (reference) => known.has(reference) || elsewhere(reference))
    for (const problem of found.problems) problems.push({ index, problem })
    for (const reference of found.references) {
      const dependency = known.get(reference)
      if (dependency !== undefined) edge(graph, index, dependency, DECLARED, reverse)
    }
  }
  return problems
}

/** The change rules of kapp's annotations for one operation; they mean what they say for it, nothing is reversed. */
export function changeRuleEdges(graph: Graph, objects: Objects, operation: 'upsert' | 'delete'): void {
  const rules = objects.map((object) =>
    object.metadata['annotations'] === undefined
      ? []
      : changeRulesOf(object).rules.filter((rule) => rule.operation === operation)
  )
  const named = new Set(rules.flat().map((rule) => rule.group))
  if (named.size === 0) return
  const members = new Map<string, number[]>()
  for (const [index, object] of objects.entries())
    for (const group of new Set(changeGroupsOf(object))) {
      if (!named.has(group)) continue
      const list = members.get(group)
      if (list) list.push(index)
      else members.set(group, [index])
    }
  // Many objects with the same rule share one hidden node.
  const shared = new Map<string, { nodes: number[]; group: number[]; before: boolean; text: string }>()
  for (const [index, own] of rules.entries())
    for (const rule of own) {
      const key = `${rule.order} ${rule.group}`
      const entry = shared.get(key) ?? {
        nodes: [],
        group: members.get(rule.group) ?? [],
        before: rule.order === 'before',
        text: rule.text
      }
      if (entry.nodes.at(-1) !== index) entry.nodes.push(index)
      shared.set(key, entry)
    }
  for (const { nodes, group, before, text } of shared.values()) {
    const reason = { text, healthy: true, written: true }
    if (before) graph.waitAll(group, nodes, reason)
    else graph.waitAll(nodes, group, reason)
  }
}

/** Rules of thumb by kind; a pair that would close a cycle is left out. */
export function preferenceEdges(graph: Graph, objects: Objects, rules: readonly OrderRule[]): void {
  const keys = objects.map(groupKind)
  for (const rule of rules) {
    const first: number[] = []
    const second: number[] = []
    for (const [index, object] of objects.entries()) {
      const key = keys[index] ?? ''
      if (rule.second(object, key)) second.push(index)
      else if (rule.first(object, key)) first.push(index)
    }
    graph.preferAll(second, first, { text: rule.text, healthy: false })
  }
}

/** References by name (a pod's ConfigMap, a binding's role); one that would close a cycle is left out. */
export function useEdges(graph: Graph, objects: Objects, reverse = false): void {
  const byKey = new Map(objects.map((object, index) => [useKey(object), index]))
  const pairs: [number, number][] = []
  for (const [user, object] of objects.entries())
    for (const name of usesOf(object)) {
      const used = byKey.get(name)
      if (used !== undefined && used !== user) pairs.push(reverse ? [used, user] : [user, used])
    }
  graph.preferPairs(pairs, USED)
}

function edge(graph: Graph, node: number, dependency: number, reason: Reason, reverse: boolean): void {
  if (reverse) graph.wait(dependency, node, reason)
  else graph.wait(node, dependency, reason)
}
