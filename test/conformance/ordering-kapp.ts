import { asList, asObject, asString, type Json, type JsonObject } from '../../src/json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../src/render/manifest.ts'
import { referenceOf } from '../../src/targets/kubernetes/order/depends-on.ts'
import {
  changeRuleEdges,
  definitionEdges,
  namespaceEdges,
  preferenceEdges
} from '../../src/targets/kubernetes/order/edges.ts'
import { Graph } from '../../src/targets/kubernetes/order/graph.ts'
import { orderForApply, orderForPrune } from '../../src/targets/kubernetes/order/index.ts'
import { changeGroupsOf } from '../../src/targets/kubernetes/order/kapp.ts'
import { APPLY_RULES, DELETE_RULES, isCustomResource } from '../../src/targets/kubernetes/order/kinds.ts'
import { differentSets, differs, objectsOf, type Verdict } from './ordering.ts'

/** kapp's rules as the data states them. */
export interface Definitions {
  readonly groups: readonly JsonObject[]
  readonly constraints: readonly JsonObject[]
  readonly builtIn: readonly string[]
}

export type Operation = 'upsert' | 'delete'

export function checkTable(item: JsonObject): Verdict {
  const groups = (asList(item['values']) ?? []).map(String)
  const wrong = groups.filter((group) =>
    isCustomResource(sample(group === '' ? 'v1' : `${group}/v1`, 'Sample', 'shop'))
  )
  if (wrong.length > 0) return `takes these groups for custom resources: ${wrong.join(', ')}`
  return isCustomResource(sample('example.com/v1', 'Sample', 'shop')) ? undefined : 'takes example.com for built in'
}

/** Every member that the data names is in the group for us too, and a stranger is not. */
export function checkGroup(item: JsonObject): Verdict {
  for (const matcher of items(item['anyOf'])) {
    const member = sampleFor(matcher)
    const group = fill(asString(item['group']) ?? '', member)
    if (!changeGroupsOf(member).includes(group)) return `${member.apiVersion} ${member.kind} is not in ${group}`
    const stranger = sample('example.com/v1', 'Widget', 'shop')
    if (changeGroupsOf(stranger).includes(group)) return `a custom resource is in ${group}`
  }
  return undefined
}

/** Among one object of every kind that the data knows, and for each pair alone, our own order keeps the constraint. */
export function checkConstraint(item: JsonObject, definitions: Definitions): Verdict {
  const operation: Operation = item['operation'] === 'delete' ? 'delete' : 'upsert'
  const pool = samples(definitions)
  const pairs = pairsOf(item, pool, definitions)
  if (pairs.length === 0) return 'no pair of sample objects matches, so nothing was checked'
  const together = positions(pool, operation)
  for (const [first, second] of pairs) {
    const what = `${referenceOf(first)} before ${referenceOf(second)}`
    if (!precedes(together, first, second)) return `not kept among all: ${what}`
    if (!precedes(positions([second, first], operation), first, second)) return `not kept for the two alone: ${what}`
  }
  return undefined
}

/** The pairs of objects that a constraint is about. */
export function pairsOf(
  constraint: JsonObject,
  objects: readonly KubernetesObject[],
  definitions: Definitions
): [KubernetesObject, KubernetesObject][] {
  const side = (name: 'first' | 'then') => asObject(constraint[name]) ?? {}
  // A side whose matcher has no placeholder is the same for every partner: that saves most of the pairs.
  const fixed = (name: 'first' | 'then') => !JSON.stringify(side(name)).includes('{')
  const pick = (name: 'first' | 'then') =>
    fixed(name) ? objects.filter((object) => matches(side(name), object, object, definitions)) : objects
  const [firsts, seconds] = [pick('first'), pick('then')]
  const pairs: [KubernetesObject, KubernetesObject][] = []
  for (const second of seconds)
    for (const first of firsts)
      if (
        first !== second &&
        (fixed('first') || matches(side('first'), first, second, definitions)) &&
        (fixed('then') || matches(side('then'), second, first, definitions))
      )
        pairs.push([first, second])
  return pairs
}

export function positions(objects: readonly KubernetesObject[], operation: Operation): Map<KubernetesObject, number> {
  const levels =
    operation === 'delete'
      ? orderForPrune(objects)
      : orderForApply(
          objects.map((object) => ({ object, source: { file: '' } })),
          { event: 'install' }
        ).map((level) => level.manifests.map((manifest) => manifest.object))
  return new Map(levels.flatMap((level, index) => level.map((object) => [object, index] as const)))
}

export function precedes(
  at: ReadonlyMap<KubernetesObject, number>,
  first: KubernetesObject,
  second: KubernetesObject
): boolean {
  return (at.get(first) ?? Number.NaN) < (at.get(second) ?? Number.NaN)
}

/** A case of kapp: the direct dependencies of every object and the sections, with kapp's rules only. */
export function checkKappCase(item: JsonObject): Verdict {
  const objects = objectsOf(asList(item['objects']))
  const names = objects.map(referenceOf)
  const graph = kappGraph(objects, item['operation'] === 'delete' ? 'delete' : 'upsert', item['defaultRules'] === true)
  const expect = asObject(item['expect']) ?? {}
  const cycle = graph.cycle()
  if (expect['error'] === 'cycle') {
    if (!cycle) return 'no cycle found'
    // Upstream prints the way that led into the cycle too; the cycle itself is what follows the first of its last name.
    const walk = (asList(expect['cycle']) ?? []).map(String)
    const loop = walk.slice(walk.indexOf(walk.at(-1) ?? '') + 1)
    return differs(
      'cycle',
      cycle.map((step) => names[step.from] ?? ''),
      loop
    )
  }
  if (cycle) return 'a cycle that is not expected'
  for (const wait of items(expect['waitsFor'])) {
    const index = names.indexOf(asString(wait['object']) ?? '')
    const dependencies = graph.dependencies(index).map((to) => names[to] ?? '')
    const difference = differs(
      `dependencies of ${names[index]}`,
      dependencies,
      (asList(wait['deps']) ?? []).map(String)
    )
    if (difference !== undefined) return difference
  }
  const sections = (asList(expect['sections']) ?? []).map((set) => (asList(set) ?? []).map(String))
  return differentSets('section', sectionsOf(graph, names), sections)
}

export function sectionsOf(graph: Graph, names: readonly string[]): string[][] {
  return graph.levels().map((level) => level.map((index) => names[index] ?? ''))
}

/** The part of our rules that is kapp's. */
export function kappGraph(objects: readonly KubernetesObject[], operation: Operation, defaults: boolean): Graph {
  const graph = new Graph(objects.length)
  changeRuleEdges(graph, objects, operation)
  if (!defaults || graph.cycle()) return graph
  if (operation === 'upsert') {
    namespaceEdges(graph, objects)
    definitionEdges(graph, objects)
    if (!graph.cycle()) preferenceEdges(graph, objects, APPLY_RULES)
    return graph
  }
  const accounts = { text: 'accounts go before their namespace', healthy: false }
  for (const [index, object] of objects.entries()) {
    if (object.kind !== 'Namespace') continue
    const inside = [...objects.keys()].filter((at) => {
      const one = objects[at]
      return one?.kind === 'ServiceAccount' && namespaceOf(one) === object.metadata.name
    })
    graph.preferAll([index], inside, accounts)
  }
  preferenceEdges(graph, objects, DELETE_RULES)
  return graph
}

function matches(
  matcher: JsonObject,
  object: KubernetesObject,
  other: KubernetesObject,
  definitions: Definitions
): boolean {
  const every = Object.entries(matcher).every(([key, value]) => {
    switch (key) {
      case 'allOf':
        return items(value).every((one) => matches(one, object, other, definitions))
      case 'anyOf':
        return items(value).some((one) => matches(one, object, other, definitions))
      case 'noneOf':
        return !items(value).some((one) => matches(one, object, other, definitions))
      case 'changeGroup':
        return isMember(object, fill(String(value), other), definitions)
      case 'apiVersion':
        return object.apiVersion === value
      case 'group':
        return groupOf(object) === value
      case 'kind':
        return object.kind === value
      case 'customResource':
        return !definitions.builtIn.includes(groupOf(object)) === value
      case 'namespaced':
        return (namespaceOf(object) !== undefined) === value
      case 'annotation':
        return asObject(object.metadata['annotations'])?.[String(value)] !== undefined
      default:
        throw new Error(`unknown matcher ${key}`)
    }
  })
  return every
}

const memberships = new WeakMap<KubernetesObject, Set<string>>()

function isMember(object: KubernetesObject, group: string, definitions: Definitions): boolean {
  let groups = memberships.get(object)
  if (!groups) {
    groups = new Set(
      definitions.groups
        .filter((one) => items(one['anyOf']).some((matcher) => matches(matcher, object, object, definitions)))
        .map((one) => fill(asString(one['group']) ?? '', object))
    )
    for (const [key, value] of Object.entries(asObject(object.metadata['annotations']) ?? {}))
      if (/^kapp\.k14s\.io\/change-group(\.|$)/.test(key) && typeof value === 'string') groups.add(value)
    memberships.set(object, groups)
  }
  return groups.has(group)
}

function fill(text: string, object: KubernetesObject): string {
  const names = asObject(asObject(object['spec'])?.['names'])
  const values: Record<string, Json | undefined> = {
    name: object.metadata.name,
    namespace: namespaceOf(object),
    kind: object.kind,
    'api-group': groupOf(object),
    'crd-kind': names?.['kind'],
    'crd-group': asObject(object['spec'])?.['group']
  }
  return text.replace(/\{([^}]*)\}/g, (_whole, name: string) => String(values[name] ?? ''))
}

const CLUSTER_KINDS =
  /^(Namespace|CustomResourceDefinition|StorageClass|PersistentVolume|Cluster\w+|Priority\w+|Runtime\w+|PodSecurityPolicy|ValidatingWebhookConfiguration)$/

/** One object of every kind that the groups name, and of some that none does. */
function samples(definitions: Definitions): KubernetesObject[] {
  const named = definitions.groups.flatMap((group) => items(group['anyOf'])).map(sampleFor)
  const others = [
    sample('apps/v1', 'Deployment', 'shop'),
    sample('v1', 'Service', 'shop'),
    sample('networking.k8s.io/v1', 'Ingress', 'shop'),
    sample('example.com/v1', 'Widget', 'shop'),
    sample('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', undefined)
  ]
  return [...new Map([...named, ...others].map((object) => [`${object.apiVersion} ${object.kind}`, object])).values()]
}

function sampleFor(matcher: JsonObject): KubernetesObject {
  const kind = asString(matcher['kind']) ?? ''
  const group = asString(matcher['group'])
  const apiVersion = asString(matcher['apiVersion']) ?? (group ? `${group}/v1` : 'v1')
  return sample(apiVersion, kind, CLUSTER_KINDS.test(kind) ? undefined : 'shop')
}

function sample(apiVersion: string, kind: string, namespace: string | undefined): KubernetesObject {
  const definition: JsonObject =
    kind === 'CustomResourceDefinition' ? { spec: { group: 'example.com', names: { kind: 'Widget' } } } : {}
  return { apiVersion, kind, metadata: { name: 'shop', ...(namespace ? { namespace } : {}) }, ...definition }
}

function items(value: Json | undefined): JsonObject[] {
  return (asList(value) ?? []).map(asObject).filter((item) => item !== undefined)
}
