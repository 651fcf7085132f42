import { asList, asObject, asString, at, type Json } from '../../../json.ts'
import { groupOf, type KubernetesObject, namespaceOf } from '../../../render/manifest.ts'
import type { Graph, Reason } from './graph.ts'
import { groupKind, isRegistration } from './kinds.ts'
import { podTemplateOf } from './uses.ts'

const SERVED: Reason = { text: 'it is of a kind that this serves', healthy: true }
const BACKEND: Reason = { text: 'it calls this', healthy: false }
const LAST: Reason = { text: 'webhooks, API services and policies in force come last', healthy: false }

/** Objects of an API that an APIService of the same set brings wait until it is available. */
export function apiServiceEdges(graph: Graph, objects: readonly KubernetesObject[], reverse = false): void {
  const services = new Map<string, number>()
  for (const [index, object] of objects.entries())
    if (object.kind === 'APIService' && isRegistration(object) && at(object, 'spec', 'service') !== undefined)
      services.set(`${asString(at(object, 'spec', 'group'))}/${asString(at(object, 'spec', 'version'))}`, index)
  if (services.size === 0) return
  for (const [index, object] of objects.entries()) {
    const service = groupOf(object) === '' ? undefined : services.get(object.apiVersion)
    if (service === undefined) continue
    if (reverse) graph.wait(service, index, SERVED)
    else graph.wait(index, service, SERVED)
  }
}

/**
 * Registrations come after the Service and the pods that they call; those that nothing waits for come after everything.
 */
export function registrationEdges(graph: Graph, objects: readonly KubernetesObject[]): void {
  const [registrations, first] = split(objects)
  if (registrations.length === 0) return
  graph.preferPairs(
    registrations.flatMap((index) => backendsOf(objects[index], objects).map((backend) => [index, backend] as const)),
    BACKEND
  )
  const awaited = graph.awaited()
  const last = registrations.filter((index) => !awaited.has(index))
  graph.preferAll(last, first, LAST)
}

/** In deleting, registrations go before the backends that they call. */
export function registrationEdgesForDelete(graph: Graph, objects: readonly KubernetesObject[]): void {
  const [registrations, others] = split(objects)
  graph.preferAll(others, registrations, LAST)
}

function split(objects: readonly KubernetesObject[]): [registrations: number[], others: number[]] {
  const [registrations, others]: [number[], number[]] = [[], []]
  for (const [index, object] of objects.entries()) (isRegistration(object) ? registrations : others).push(index)
  return [registrations, others]
}

/** The backends, among the objects of `earlier` levels, of the registrations in a level: all are indexes of `objects`. */
export function backendsOfLevel(
  level: readonly number[],
  objects: readonly KubernetesObject[],
  earlier: ReadonlySet<number>
): number[] {
  const found = level.flatMap((index) => {
    const object = objects[index]
    return object && isRegistration(object) ? backendsOf(object, objects) : []
  })
  return [...new Set(found)].filter((index) => earlier.has(index)).sort((a, b) => a - b)
}

/** The Services that a registration calls, and the workloads whose pods stand behind them. */
function backendsOf(registration: KubernetesObject | undefined, objects: readonly KubernetesObject[]): number[] {
  const called = [
    at(registration, 'spec', 'service'),
    ...(asList(registration?.['webhooks']) ?? []).map((webhook) => at(webhook, 'clientConfig', 'service'))
  ]
  const names = new Set(
    called.map((service) => `${asString(at(service, 'namespace'))}/${asString(at(service, 'name'))}`)
  )
  const backends: number[] = []
  for (const [index, object] of objects.entries()) {
    if (groupKind(object) !== 'Service' || !names.has(`${namespaceOf(object)}/${object.metadata.name}`)) continue
    backends.push(index)
    for (const [pods, workload] of objects.entries())
      if (namespaceOf(workload) === namespaceOf(object) && selects(at(object, 'spec', 'selector'), workload))
        backends.push(pods)
  }
  return backends
}

function selects(selector: Json | undefined, workload: KubernetesObject): boolean {
  const wanted = Object.entries(asObject(selector) ?? {})
  const template = podTemplateOf(workload)
  return (
    wanted.length > 0 &&
    template !== undefined &&
    wanted.every(([key, value]) => at(template, 'metadata', 'labels', key) === value)
  )
}
