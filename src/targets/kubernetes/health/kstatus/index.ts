import { asList, asObject, asString, at, type Json, type JsonObject } from '../../../../json.ts'
import { groupOf, type KubernetesObject } from '../../../../render/manifest.ts'
import { asInteger, conditionsOf, stringAt } from '../status.ts'
import { KSTATUS_RULES } from './kinds.ts'
import { current, failed, inProgress, type KStatusResult } from './result.ts'

export type { KStatus, KStatusCondition, KStatusResult } from './result.ts'

/**
 * The status of an object by the rules of kstatus, in its words, with the standard conditions that follow from it
 * (source: kubernetes-sigs/cli-utils, pkg/kstatus/status). A shape that kstatus refuses gives `Unknown`.
 */
export function computeStatus(object: KubernetesObject, options: { readonly now?: Date } = {}): KStatusResult {
  return (
    fromGenericProperties(object) ??
    KSTATUS_RULES[ruleKey(object)]?.(object, options.now ?? new Date()) ??
    fromReadyCondition(object) ??
    current('Resource is current')
  )
}

/**
 * The conditions of an object with the computed ones put in: an entry of the same type is updated, a missing one is
 * added. The object itself is not changed.
 */
export function augmentConditions(object: KubernetesObject, options: { readonly now?: Date } = {}): JsonObject[] {
  const now = options.now ?? new Date()
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z')
  const conditions = (asList(at(object, 'status', 'conditions')) ?? [])
    .map(asObject)
    .filter((entry) => entry !== undefined)
  for (const computed of computeStatus(object, { now }).conditions) {
    const fields = {
      type: computed.type,
      status: computed.status,
      reason: computed.reason,
      message: computed.message,
      lastUpdateTime: time
    }
    const index = conditions.findIndex((condition) => condition['type'] === computed.type)
    const known = conditions[index]
    if (known === undefined) conditions.push({ ...fields, lastTransitionTime: time })
    else
      conditions[index] = {
        ...known,
        ...fields,
        lastTransitionTime: known['status'] === computed.status ? (known['lastTransitionTime'] ?? time) : time
      }
  }
  return conditions
}

function ruleKey(object: KubernetesObject): string {
  const group = groupOf(object)
  return group === '' ? object.kind : `${group}/${object.kind}`
}

/** What holds for every kind: deletion, a generation not yet seen, and the conditions Reconciling and Stalled. */
function fromGenericProperties(object: KubernetesObject): KStatusResult | undefined {
  if (asString(at(object, 'metadata', 'deletionTimestamp')))
    return { status: 'Terminating', message: 'Resource scheduled for deletion', conditions: [] }
  const generation = at(object, 'metadata', 'generation')
  const observed = at(object, 'status', 'observedGeneration')
  if (!isIntegerOrAbsent(generation) || (generation !== undefined && !isIntegerOrAbsent(observed)))
    return { status: 'Unknown', message: 'The generation is no integer', conditions: [] }
  if (generation !== undefined && observed !== undefined && asInteger(generation) !== asInteger(observed))
    return inProgress(
      'LatestGenerationNotObserved',
      `${object.kind} generation is ${generation}, but latest observed generation is ${observed}`
    )
  for (const condition of conditionsOf(object)) {
    if (condition.status !== 'True') continue
    if (condition.type === 'Reconciling') return inProgress(condition.reason, condition.message)
    if (condition.type === 'Stalled') return failed(condition.reason, condition.message)
  }
  return undefined
}

function fromReadyCondition(object: KubernetesObject): KStatusResult | undefined {
  const ready = conditionsOf(object).find(
    (condition) => condition.type === 'Ready' && ['True', 'False', 'Unknown'].includes(condition.status)
  )
  if (ready === undefined) return undefined
  return ready.status === 'True' ? current('Resource is Ready') : inProgress(ready.reason, ready.message)
}

function isIntegerOrAbsent(value: Json | undefined): boolean {
  return value === undefined || asInteger(value) !== undefined
}

/** A sentence for what kstatus computed: its own wording, which for many kinds is the message of a condition. */
export function messageOfStatus(object: KubernetesObject, result: KStatusResult): string {
  return result.message || `${object.kind} ${stringAt(object, 'metadata', 'name')} is ${result.status}`.trim()
}
