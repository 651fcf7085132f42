import { randomUUID } from 'node:crypto'
import { asObject, asString, at, canonicalJson, isObject, type Json, type JsonObject } from '../../../../src/json.ts'
import { driftedProperties, resourcesOf } from './compare.ts'
import { evaluate } from './evaluate.ts'
import { LIVE_TYPES } from './live.ts'
import { elements, unescaped } from './moto.ts'
import type { Region } from './region.ts'
import type { KeptChange, KeptChangeSet, KeptStack } from './world.ts'

const STACK = 'AWS::CloudFormation::Stack'

export interface OperationControls {
  /** Why a resource cannot be made or changed, by logical id. */
  readonly failures: ReadonlyMap<string, string>
  readonly token: string | undefined
}

/** Executes a change set: events as AWS writes them, the resources really made by moto. */
export async function executeChangeSet(
  region: Region,
  set: KeptChangeSet,
  stack: KeptStack,
  controls: OperationControls
): Promise<void> {
  const kind = stack.inMoto ? 'UPDATE' : 'CREATE'
  const event = eventWriter(stack, controls.token)
  for (const change of set.changes)
    event(change.logicalId, change.type, change.physicalId ?? '', beginning(change, kind))
  const broken = set.changes.find((one) => controls.failures.has(one.logicalId))
  let failure: { change: KeptChange | undefined; reason: string } | undefined
  if (broken) failure = { change: broken, reason: controls.failures.get(broken.logicalId) ?? '' }
  else {
    try {
      await provision(region, set, stack, controls)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      const named = set.changes.find((one) => message.includes(one.logicalId))
      failure = { change: named ?? set.changes[0], reason: message }
    }
  }
  if (failure) {
    await undo(region, set, stack, { ...failure, kind, event })
    return
  }
  for (const change of set.changes)
    event(change.logicalId, change.type, stack.resources.get(change.logicalId)?.physicalId ?? '', ending(change, kind))
  if (kind === 'UPDATE') event(stack.name, STACK, stack.id, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')
  stack.status = set.type === 'IMPORT' ? 'IMPORT_COMPLETE' : `${kind}_COMPLETE`
  set.execution = 'EXECUTE_COMPLETE'
  event(stack.name, STACK, stack.id, stack.status)
}

export function eventWriter(stack: KeptStack, token: string | undefined) {
  return (logicalId: string, type: string, physicalId: string, status: string, reason?: string) => {
    const last = stack.events.at(-1)?.time.getTime() ?? 0
    stack.events.push({
      id: randomUUID(),
      stackId: stack.id,
      stackName: stack.name,
      logicalId,
      physicalId,
      type,
      status,
      reason,
      // No two events of a stack have the same time.
      time: new Date(Math.max(Date.now(), last + 1)),
      token
    })
  }
}

function beginning(change: KeptChange, kind: string): string {
  if (change.action === 'Add') return 'CREATE_IN_PROGRESS'
  return change.action === 'Remove' ? 'DELETE_IN_PROGRESS' : `${kind}_IN_PROGRESS`
}

function ending(change: KeptChange, kind: string): string {
  return beginning(change, kind).replace('IN_PROGRESS', 'COMPLETE')
}

async function provision(
  region: Region,
  set: KeptChangeSet,
  stack: KeptStack,
  controls: OperationControls
): Promise<void> {
  if (set.revertDrift) await putBack(region, set, stack)
  const before = stack.template
  const scopeBefore = region.scope(stack, set.template, set.parameters)
  const wanted = resourcesOf(set.template, scopeBefore)
  for (const [id, resource] of wanted)
    if (resource['Type'] === STACK) await nested(region, set, stack, id, resource, controls)
  for (const [id, kept] of [...stack.resources])
    if (!wanted.has(id)) {
      if (kept.type === STACK) await deleteStack(region, region.stack(kept.physicalId), controls.token)
      stack.resources.delete(id)
    }
  for (const { logicalId, replacement } of set.changes)
    if (replacement === 'True') stack.generations.set(logicalId, (stack.generations.get(logicalId) ?? 0) + 1)
  for (const [name, value] of set.parameters) stack.everDeclared.set(name, value)
  const template = forMoto(set.template, region, stack)
  const parameters = Object.fromEntries(
    [...stack.everDeclared].flatMap(([name, value], index) => [
      [`Parameters.member.${index + 1}.ParameterKey`, name],
      [`Parameters.member.${index + 1}.ParameterValue`, value]
    ])
  )
  const same =
    stack.inMoto &&
    canonicalJson(before['Resources'] ?? null) === canonicalJson(set.template['Resources'] ?? null) &&
    JSON.stringify([...stack.parameters].sort()) === JSON.stringify([...set.parameters].sort())
  const hasOwn = Object.keys(asObject(template['Resources']) ?? {}).length > 0
  if (!same && hasOwn)
    await region.moto.query('cloudformation', stack.inMoto ? 'UpdateStack' : 'CreateStack', {
      StackName: stack.name,
      TemplateBody: JSON.stringify(template),
      ...parameters
    })
  stack.inMoto = true
  adopt(stack, set)
  if (hasOwn) await readIds(region, stack)
  for (const [id, resource] of wanted) {
    const kept = stack.resources.get(id)
    if (kept)
      kept.properties =
        asObject(evaluate(resource['Properties'] ?? {}, region.scope(stack, set.template, set.parameters))) ?? {}
  }
  if (!same) await writeThrough(region, set, stack)
}

/** moto's CloudFormation changes only some properties of what exists; the rest is done by the services themselves. */
async function writeThrough(region: Region, set: KeptChangeSet, stack: KeptStack): Promise<void> {
  for (const { action, replacement, logicalId, type } of set.changes) {
    const kept = stack.resources.get(logicalId)
    const live = LIVE_TYPES[type]
    if (action !== 'Modify' || replacement === 'True' || !kept || !live) continue
    const now = await live.read(kept.physicalId, region.moto)
    const names = now ? driftedProperties(kept.properties, now) : []
    if (names.length > 0)
      await live.write(
        kept.physicalId,
        Object.fromEntries(names.map((name) => [name, kept.properties[name] ?? null])),
        region.moto
      )
  }
}

function adopt(stack: KeptStack, set: KeptChangeSet): void {
  stack.body = set.body
  stack.template = set.template
  stack.parameters = new Map(set.parameters)
  stack.tags = new Map(set.tags)
  stack.capabilities = [...set.capabilities]
  stack.notificationArns = [...set.notificationArns]
  stack.rollback = set.rollback
  if (set.roleArn !== undefined) stack.roleArn = set.roleArn
}

/** Puts drifted resources back, by the API of their service; deleted ones are made anew. */
async function putBack(region: Region, set: KeptChangeSet, stack: KeptStack): Promise<void> {
  for (const change of set.changes) {
    const kept = stack.resources.get(change.logicalId)
    const type = LIVE_TYPES[change.type]
    if (!kept || !type || change.action !== 'Modify') continue
    const live = await type.read(kept.physicalId, region.moto)
    if (live === undefined) {
      kept.physicalId = await type.create(kept.physicalId, change.after ?? {}, region.moto)
      kept.own = true
    } else {
      const wanted = change.after ?? {}
      const names = driftedProperties(wanted, live)
      if (names.length > 0)
        await type.write(
          kept.physicalId,
          Object.fromEntries(names.map((name) => [name, wanted[name] ?? null])),
          region.moto
        )
    }
  }
}

async function nested(
  region: Region,
  set: KeptChangeSet,
  stack: KeptStack,
  id: string,
  resource: JsonObject,
  controls: OperationControls
): Promise<void> {
  const change = set.changes.find((one) => one.logicalId === id)
  const kept = stack.resources.get(id)
  if (!change && kept) return
  const planned = change?.changeSetId === undefined ? undefined : region.changeSets.get(change.changeSetId)
  const properties =
    asObject(evaluate(resource['Properties'] ?? {}, region.scope(stack, set.template, set.parameters))) ?? {}
  const inner = planned
    ? region.stack(planned.stackId)
    : kept
      ? region.stack(kept.physicalId)
      : region.newStack(`${stack.name}-${id}-${randomUUID().slice(0, 8).toUpperCase()}`, stack.id)
  stack.resources.set(id, {
    type: STACK,
    physicalId: inner.id,
    status: 'CREATE_COMPLETE',
    properties,
    updated: new Date()
  })
  const body = planned?.body ?? (await region.fetch(asString(properties['TemplateURL']) ?? ''))
  const template = region.parse(body)
  const given = Object.entries(asObject(properties['Parameters']) ?? {}).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue: String(ParameterValue)
  }))
  const own: KeptChangeSet = {
    ...(planned ?? set),
    id: planned?.id ?? region.newChangeSetId(`${set.name}-${id}`),
    stackId: inner.id,
    stackName: inner.name,
    type: inner.inMoto ? 'UPDATE' : 'CREATE',
    body,
    template,
    parameters: region.parameters(template, given, inner.inMoto ? inner : undefined),
    nested: false,
    imports: new Map(),
    changes: []
  }
  await region.fill(own, inner)
  if (own.status === 'FAILED') return
  const kind = inner.inMoto ? 'UPDATE' : 'CREATE'
  inner.status = `${kind}_IN_PROGRESS`
  const event = eventWriter(stack, controls.token)
  event(id, STACK, inner.id, `${kind}_IN_PROGRESS`, 'Resource creation Initiated')
  eventWriter(inner, controls.token)(inner.name, STACK, inner.id, inner.status)
  await executeChangeSet(region, own, inner, controls)
  if (!/_COMPLETE$/.test(inner.status) || /ROLLBACK/.test(inner.status) || inner.status === 'DELETE_COMPLETE')
    throw new Error(
      `Embedded stack ${inner.id} was not successfully ${kind === 'CREATE' ? 'created' : 'updated'}: see ${id}`
    )
}

/** A template that moto understands alone: nested stacks are ours, and what refers to them is a plain value. */
function forMoto(template: JsonObject, region: Region, stack: KeptStack): JsonObject {
  const scope = region.scope(stack, template, new Map())
  const resources = Object.entries(asObject(template['Resources']) ?? {})
  const inner = new Set(resources.flatMap(([id, one]) => (at(one, 'Type') === STACK ? [id] : [])))
  const { Outputs: _outputs, Parameters: declared, ...rest } = template
  const gone = [...stack.everDeclared.keys()].map((name) => [name, { Type: 'String', Default: '' }])
  return {
    ...rest,
    Parameters: { ...Object.fromEntries(gone), ...asObject(declared) },
    Resources: Object.fromEntries(
      resources.flatMap(([id, one]) => (inner.has(id) ? [] : [[motoId(stack, id), literal(one)]]))
    )
  }

  function literal(value: Json): Json {
    if (Array.isArray(value)) return value.map(literal)
    if (!isObject(value)) return value
    const path = value['Fn::GetAtt']
    const [name, ...attribute] = Array.isArray(path) ? path : []
    if (Array.isArray(path))
      return inner.has(String(name))
        ? evaluate(value, scope)
        : { 'Fn::GetAtt': [motoId(stack, String(name)), ...attribute] }
    if (value['Ref'] !== undefined)
      return inner.has(String(value['Ref'])) ? evaluate(value, scope) : { Ref: motoId(stack, String(value['Ref'])) }
    const sub = value['Fn::Sub']
    if (typeof sub === 'string')
      return { 'Fn::Sub': sub.replace(/\$\{(\w+)/g, (_whole, id: string) => `\${${motoId(stack, id)}`) }
    const { DependsOn, ...others } = value
    const kept = (Array.isArray(DependsOn) ? DependsOn : DependsOn === undefined ? [] : [DependsOn])
      .filter((one) => !inner.has(String(one)))
      .map((one) => motoId(stack, String(one)))
    return {
      ...Object.fromEntries(Object.entries(others).map(([key, one]) => [key, literal(one)])),
      ...(kept.length > 0 ? { DependsOn: kept } : {})
    }
  }
}

function motoId(stack: KeptStack, id: string): string {
  const generation = stack.generations.get(id) ?? 0
  return generation === 0 ? id : `${id}Generation${generation}`
}

async function readIds(region: Region, stack: KeptStack): Promise<void> {
  const answer = await region.moto.query('cloudformation', 'DescribeStackResources', { StackName: stack.name })
  for (const one of elements(answer, 'member')) {
    const [named = '', physicalId = '', type = ''] = ['LogicalResourceId', 'PhysicalResourceId', 'ResourceType'].map(
      (name) => unescaped(elements(one, name)[0] ?? '')
    )
    if (named === '') continue
    const id = named.replace(/Generation\d+$/, '')
    const kept = stack.resources.get(id)
    // What was made anew outside of moto's CloudFormation keeps its own id.
    stack.resources.set(id, {
      type,
      physicalId: (kept?.own ? kept.physicalId : physicalId) || kept?.physicalId || '',
      ...(kept?.own ? { own: true } : {}),
      status: kept ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE',
      properties: kept?.properties ?? {},
      updated: new Date()
    })
  }
}

async function undo(
  region: Region,
  set: KeptChangeSet,
  stack: KeptStack,
  failed: {
    readonly change: KeptChange | undefined
    readonly reason: string
    readonly kind: 'CREATE' | 'UPDATE'
    readonly event: ReturnType<typeof eventWriter>
  }
): Promise<void> {
  const { change, reason, kind, event } = failed
  const word = kind === 'CREATE' ? 'creation' : 'update'
  if (change)
    event(
      change.logicalId,
      change.type,
      change.physicalId ?? '',
      `${beginning(change, kind).replace('_IN_PROGRESS', '')}_FAILED`,
      reason
    )
  for (const other of set.changes)
    if (other !== change)
      event(
        other.logicalId,
        other.type,
        other.physicalId ?? '',
        `${beginning(other, kind).replace('_IN_PROGRESS', '')}_FAILED`,
        `Resource ${word} cancelled`
      )
  set.execution = 'EXECUTE_FAILED'
  const because = `The following resource(s) failed to ${kind.toLowerCase()}: [${change?.logicalId}]. `
  stack.statusReason = because
  if (set.onFailure === 'DO_NOTHING') {
    stack.status = `${kind}_FAILED`
    event(stack.name, STACK, stack.id, stack.status, because)
    return
  }
  if (kind === 'CREATE' && set.onFailure === 'DELETE') {
    event(stack.name, STACK, stack.id, 'DELETE_IN_PROGRESS', `${because}Delete requested by user.`)
    await removeFromMoto(region, stack)
    stack.status = 'DELETE_COMPLETE'
    event(stack.name, STACK, stack.id, 'DELETE_COMPLETE')
    region.drop(stack)
    return
  }
  const prefix = kind === 'CREATE' ? '' : 'UPDATE_'
  event(stack.name, STACK, stack.id, `${prefix}ROLLBACK_IN_PROGRESS`, `${because}Rollback requested by user.`)
  if (kind === 'CREATE') await removeFromMoto(region, stack)
  for (const one of set.changes)
    event(one.logicalId, one.type, one.physicalId ?? '', kind === 'CREATE' ? 'DELETE_COMPLETE' : 'UPDATE_COMPLETE')
  stack.status = `${prefix}ROLLBACK_COMPLETE`
  event(stack.name, STACK, stack.id, stack.status)
}

async function removeFromMoto(region: Region, stack: KeptStack): Promise<void> {
  await region.moto.query('cloudformation', 'DeleteStack', { StackName: stack.name }).catch(() => '')
  stack.resources.clear()
  stack.inMoto = false
}

export async function deleteStack(region: Region, stack: KeptStack, token: string | undefined): Promise<void> {
  const event = eventWriter(stack, token)
  event(stack.name, STACK, stack.id, 'DELETE_IN_PROGRESS', 'User Initiated')
  for (const { type, physicalId } of stack.resources.values())
    if (type === STACK) {
      const inner = region.find(physicalId)
      if (inner) await deleteStack(region, inner, token)
    }
  if (stack.inMoto) await removeFromMoto(region, stack)
  stack.status = 'DELETE_COMPLETE'
  event(stack.name, STACK, stack.id, 'DELETE_COMPLETE')
  region.drop(stack)
}
