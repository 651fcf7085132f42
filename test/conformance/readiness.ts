import { existsSync } from 'node:fs'
import path from 'node:path'
import { asList, asString, at } from '../../src/json.ts'
import type { KubernetesObject } from '../../src/render/manifest.ts'
import { assessHealth } from '../../src/targets/kubernetes/health/index.ts'
import { type Case, readCases } from './health.ts'
import type { SuiteResult } from './ordering.ts'

/** Runs the readiness suite of a conformance folder (`readiness/helm.yaml`). Nothing where the file is missing. */
export function readinessConformance(folder: string): SuiteResult[] {
  const file = path.join(folder, 'readiness', 'helm.yaml')
  if (!existsSync(file)) return []
  const cases = readCases(file)
  const deliberate: { name: string; reason: string }[] = []
  const fail: { name: string; reason: string }[] = []
  for (const one of cases) {
    const difference = differenceOf(one)
    if (difference === undefined) continue
    const reason = reasonOf(one)
    if (reason === undefined) fail.push({ name: one.name, reason: difference })
    else deliberate.push({ name: one.name, reason: `${difference}: ${reason}` })
  }
  return [{ suite: 'readiness/helm', pass: cases.length - deliberate.length - fail.length, deliberate, fail }]
}

/** How our answer differs from Helm's; an object that does not exist is an error for both. */
function differenceOf({ object, item, now }: Case): string | undefined {
  const expected = at(item, 'expect', 'ready') === true
  const error = asString(at(item, 'expect', 'error'))
  if (object === undefined) return error === 'not-found' ? undefined : 'the object does not exist'
  const health = assessHealth(object, now ? { now } : {})
  // What is suspended by declaration ends a wait, as with Helm's pausedAsReady.
  const ready = health?.status === 'Healthy' || health?.status === 'Suspended'
  if (error === 'failed' && health?.status !== 'Degraded') return `${health?.status} instead of a failure`
  return ready === expected ? undefined : `${ready ? 'ready' : 'not ready'} ("${health?.message}")`
}

/** Why we differ, by what the object shows; undefined where there is no good reason. */
function reasonOf({ object, item }: Case): string | undefined {
  if (object === undefined) return undefined
  const expected = at(item, 'expect', 'ready') === true
  if (object.kind === 'Job' && at(item, 'options', 'checkJobs') !== true)
    return 'we always wait for Jobs, which are declared to be run'
  if (object.kind === 'Pod') return undefined
  if (expected && toleratesMissing(object))
    return 'we wait for all pods, as kubectl rollout status and Argo CD do; maxUnavailable is for the way there'
  if (expected && object.kind === 'ReplicationController')
    return 'a controller that wants a pod and has none is not ready; Helm looks at the pods that exist only'
  if (hasPodsInQuestion(object, item))
    return "we go by the workload's own counts, which its controller keeps; the fixture leaves them out or contradicts them"
  return undefined
}

function toleratesMissing(object: KubernetesObject): boolean {
  const strategy = at(object, 'spec', 'updateStrategy') ?? at(object, 'spec', 'strategy')
  const unavailable = at(strategy, 'rollingUpdate', 'maxUnavailable')
  return unavailable !== undefined && unavailable !== 0 && unavailable !== '0%'
}

/** Helm decides by ReplicaSets and pods of the fixture that the workload's status does not tell of. */
function hasPodsInQuestion(object: KubernetesObject, item: Case['item']): boolean {
  const related = asList(at(item, 'related')) ?? []
  const kinds = ['Deployment', 'ReplicaSet', 'ReplicationController']
  return (
    kinds.includes(object.kind) &&
    related.some((one) => ['Pod', 'ReplicaSet'].includes(asString(at(one, 'kind')) ?? ''))
  )
}
