import { asObject, asString, at, canonicalJson, isObject, type Json, type JsonObject } from '../../../../src/json.ts'
import { evaluate, holds, KNOWN_AFTER_APPLY, references, type Scope } from './evaluate.ts'
import { LIVE_TYPES } from './live.ts'
import type { Moto } from './moto.ts'
import type { KeptChange, KeptDetail, KeptStack } from './world.ts'

const STACK = 'AWS::CloudFormation::Stack'

/** The resources that a template makes under the given parameters. */
export function resourcesOf(template: JsonObject, scope: Scope): Map<string, JsonObject> {
  return new Map(
    Object.entries(asObject(template['Resources']) ?? {}).flatMap(([id, one]) => {
      const resource = asObject(one) ?? {}
      const condition = asString(resource['Condition'])
      return condition !== undefined && !holds(condition, scope) ? [] : [[id, resource]]
    })
  )
}

/** What an update would change, told as AWS does with property values. */
export function compare(
  stack: KeptStack,
  wanted: { readonly template: JsonObject; readonly scope: Scope; readonly tags: ReadonlyMap<string, string> },
  imports: ReadonlyMap<string, string>,
  live: ReadonlyMap<string, LiveState>
): KeptChange[] {
  const before = stack.resources
  const after = resourcesOf(wanted.template, wanted.scope)
  const changed = changedParameters(stack, wanted.scope)
  const replaced = new Set<string>()
  const changes: KeptChange[] = []
  // References to what is replaced are only seen once that is known: look until nothing new turns up.
  for (let known = -1; known !== replaced.size; ) {
    known = replaced.size
    changes.length = 0
    for (const [id, resource] of after) {
      const type = asString(resource['Type']) ?? ''
      const kept = before.get(id)
      if (!kept) {
        const properties = asObject(evaluate(resource['Properties'] ?? {}, wanted.scope)) ?? {}
        changes.push({ action: 'Add', logicalId: id, type, details: [], after: properties })
        continue
      }
      const change = modification(id, resource, kept, { ...wanted, stack, changed, replaced, live: live.get(id) })
      if (!change) continue
      if (change.replacement === 'True') replaced.add(id)
      changes.push(change)
    }
  }
  for (const [id, kept] of before)
    if (!after.has(id)) {
      const policy = asString(at(stack.template, 'Resources', id, 'DeletionPolicy')) ?? 'Delete'
      changes.push({
        action: 'Remove',
        logicalId: id,
        physicalId: kept.physicalId,
        type: kept.type,
        policyAction: policy === 'RetainExceptOnCreate' ? 'Retain' : policy,
        details: [],
        before: kept.properties
      })
    }
  return changes.map((one) =>
    imports.has(one.logicalId) ? { ...one, physicalId: imports.get(one.logicalId) ?? '' } : one
  )
}

/** How a resource lives: `properties` undefined when it was deleted. */
export interface LiveState {
  readonly properties: JsonObject | undefined
}

/** Reads how the resources of a stack live, by the APIs of their services; types that are not known are left out. */
export async function liveStates(stack: KeptStack, moto: Moto): Promise<Map<string, LiveState>> {
  const states = new Map<string, LiveState>()
  for (const [id, { type, physicalId }] of stack.resources) {
    const known = LIVE_TYPES[type]
    if (known) states.set(id, { properties: await known.read(physicalId, moto) })
  }
  return states
}

/** The declared properties that live otherwise; what the service does not tell is not compared. */
export function driftedProperties(declared: JsonObject, live: JsonObject): string[] {
  return Object.keys(declared).filter(
    (name) => live[name] !== undefined && comparable(declared[name] ?? null) !== comparable(live[name] ?? null)
  )
}

function modification(
  id: string,
  resource: JsonObject,
  kept: KeptStack['resources'] extends Map<string, infer R> ? R : never,
  wanted: {
    readonly stack: KeptStack
    readonly scope: Scope
    readonly tags: ReadonlyMap<string, string>
    readonly changed: ReadonlySet<string>
    readonly replaced: ReadonlySet<string>
    readonly live: LiveState | undefined
  }
): KeptChange | undefined {
  const declared = asObject(resource['Properties']) ?? {}
  const after = asObject(evaluate(declared, wanted.scope)) ?? {}
  const type = LIVE_TYPES[kept.type]
  const createOnly = type?.createOnly ?? []
  const live = wanted.live
  const details: KeptDetail[] = []
  const deleted = live !== undefined && live.properties === undefined
  const drifted = new Set(live?.properties ? driftedProperties(kept.properties, live.properties) : [])
  for (const name of [...new Set([...Object.keys(kept.properties), ...Object.keys(after)])].sort()) {
    const dependsOnReplaced = references(declared[name] ?? null).find((one) => wanted.replaced.has(one.name))
    const [one, other] = [kept.properties[name], after[name]]
    const differs = comparable(one ?? null) !== comparable(other ?? null)
    if (!differs && !drifted.has(name) && !dependsOnReplaced) continue
    const parameter = references(declared[name] ?? null).find((found) => wanted.changed.has(found.name))
    const actual = drifted.has(name) ? text(live?.properties?.[name]) : undefined
    const before = actual ?? text(one)
    const value = dependsOnReplaced ? KNOWN_AFTER_APPLY : text(other)
    details.push({
      attribute: 'Properties',
      name,
      path: `/Properties/${name}`,
      requires: createOnly.includes(name) ? 'Always' : 'Never',
      evaluation: dependsOnReplaced ? 'Dynamic' : 'Static',
      source: dependsOnReplaced
        ? dependsOnReplaced.attribute === undefined
          ? 'ResourceReference'
          : 'ResourceAttribute'
        : parameter
          ? 'ParameterReference'
          : 'DirectModification',
      ...(dependsOnReplaced
        ? { cause: [dependsOnReplaced.name, dependsOnReplaced.attribute].filter(Boolean).join('.') }
        : parameter
          ? { cause: parameter.name }
          : {}),
      ...(before === undefined ? {} : { before }),
      ...(value === undefined ? {} : { after: value }),
      ...(drifted.has(name) ? { drift: { previous: text(one), actual } } : {})
    })
  }
  for (const attribute of ['Metadata', 'DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy', 'CreationPolicy']) {
    const [one, other] = [at(wanted.stack.template, 'Resources', id, attribute), resource[attribute]]
    if (canonicalJson(one ?? null) !== canonicalJson(other ?? null))
      details.push({
        attribute,
        path: `/${attribute}`,
        requires: 'Never',
        evaluation: 'Static',
        source: 'DirectModification',
        ...(one === undefined ? {} : { before: text(one) ?? '' }),
        ...(other === undefined ? {} : { after: text(other) ?? '' })
      })
  }
  // CloudFormation hands the tags of a stack on to its resources.
  if (type && canonicalJson(Object.fromEntries(wanted.stack.tags)) !== canonicalJson(Object.fromEntries(wanted.tags)))
    for (const key of new Set([...wanted.stack.tags.keys(), ...wanted.tags.keys()])) {
      const [one, other] = [wanted.stack.tags.get(key), wanted.tags.get(key)]
      if (one === other) continue
      details.push({
        attribute: 'Tags',
        name: key,
        path: `/Tags/${key}`,
        requires: 'Never',
        evaluation: 'Static',
        source: 'DirectModification',
        ...(one === undefined ? {} : { before: one }),
        ...(other === undefined ? {} : { after: other })
      })
    }
  if (kept.type === STACK && details.length === 0)
    details.push({ attribute: 'Properties', requires: 'Never', evaluation: 'Dynamic', source: 'Automatic' })
  if (details.length === 0 && !deleted) return undefined
  const always = details.filter((one) => one.requires === 'Always')
  const replacement = always.some((one) => one.evaluation === 'Static')
    ? 'True'
    : always.length > 0
      ? 'Conditional'
      : 'False'
  const policy = asString(resource['UpdateReplacePolicy']) ?? 'Delete'
  return {
    action: 'Modify',
    logicalId: id,
    physicalId: kept.physicalId,
    type: kept.type,
    replacement,
    ...(replacement === 'True' ? { policyAction: `ReplaceAnd${policy}` } : {}),
    details,
    before: kept.properties,
    after,
    ...(live ? { driftStatus: deleted ? 'DELETED' : drifted.size > 0 ? 'MODIFIED' : 'IN_SYNC' } : {})
  }
}

function changedParameters(stack: KeptStack, scope: Scope): Set<string> {
  return new Set([...scope.parameters].flatMap(([name, value]) => (stack.parameters.get(name) === value ? [] : [name])))
}

/** Numbers and booleans are texts to most services. */
function comparable(value: Json): string {
  return canonicalJson(asTexts(value))
}

function asTexts(value: Json): Json {
  if (Array.isArray(value)) return value.map(asTexts)
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asTexts(one)]))
  return value === null ? null : String(value)
}

export function text(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
