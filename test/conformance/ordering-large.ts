import { asNumber, asString } from '../../src/json.ts'
import type { KubernetesObject } from '../../src/render/manifest.ts'
import { referenceOf } from '../../src/targets/kubernetes/order/depends-on.ts'
import { changeGroupsOf, changeRulesOf } from '../../src/targets/kubernetes/order/kapp.ts'
import { differentSets, type Verdict } from './ordering.ts'
import {
  type Definitions,
  kappGraph,
  type Operation,
  pairsOf,
  positions,
  precedes,
  sectionsOf
} from './ordering-kapp.ts'

type Waits = Map<KubernetesObject, Set<KubernetesObject>>

/**
 * A large real manifest. kapp's algorithm is done naively from the data, pair by pair; our graph must give the same
 * sections when it uses kapp's rules only, and our own order must keep every pair.
 */
export function checkLargeManifest(
  objects: readonly KubernetesObject[],
  operation: Operation,
  definitions: Definitions
): Verdict {
  const waits = naive(objects, operation, definitions)
  const names = objects.map((object, index) => `${index} ${referenceOf(object)}`)
  const sections = naiveSections(objects, waits).map((section) =>
    section.map((object) => names[objects.indexOf(object)] ?? '')
  )
  const difference = differentSets('section', sectionsOf(kappGraph(objects, operation, true), names), sections)
  if (difference !== undefined) return difference
  const own = positions(objects, operation)
  for (const [second, firsts] of waits)
    for (const first of firsts)
      if (!precedes(own, first, second))
        return `the own order does not put ${referenceOf(first)} before ${referenceOf(second)}`
  return undefined
}

function naive(objects: readonly KubernetesObject[], operation: Operation, definitions: Definitions): Waits {
  const waits: Waits = new Map(objects.map((object) => [object, new Set()]))
  for (const object of objects)
    for (const rule of changeRulesOf(object).rules.filter((one) => one.operation === operation))
      for (const other of objects) {
        if (other === object || !changeGroupsOf(other).includes(rule.group)) continue
        if (rule.order === 'after') waits.get(object)?.add(other)
        else waits.get(other)?.add(object)
      }
  const rules = definitions.constraints.filter((constraint) => constraint['operation'] === operation)
  const weight = (constraint: (typeof rules)[number]) =>
    (constraint['required'] === true ? 1_000_000 : 0) + (asNumber(constraint['precedence']) ?? 0)
  for (const rule of rules.sort((a, b) => weight(b) - weight(a)))
    for (const [first, second] of pairsOf(rule, objects, definitions)) {
      if (rule['required'] !== true && reaches(waits, first, second)) continue
      waits.get(second)?.add(first)
    }
  return waits
}

function reaches(waits: Waits, from: KubernetesObject, to: KubernetesObject): boolean {
  const seen = new Set([from])
  for (const object of seen) {
    if (object === to) return true
    for (const next of waits.get(object) ?? []) seen.add(next)
  }
  return false
}

function naiveSections(objects: readonly KubernetesObject[], waits: Waits): KubernetesObject[][] {
  const sections: KubernetesObject[][] = []
  const done = new Set<KubernetesObject>()
  while (done.size < objects.length) {
    const section = objects.filter(
      (object) => !done.has(object) && [...(waits.get(object) ?? [])].every((one) => done.has(one))
    )
    if (section.length === 0)
      throw new Error(`a cycle at ${asString(objects.find((one) => !done.has(one))?.metadata.name)}`)
    for (const object of section) done.add(object)
    sections.push(section)
  }
  return sections
}
