import { setTimeout as sleep } from 'node:timers/promises'
import { asList, asString, type JsonObject } from '../../../../src/json.ts'
import { DriftDetections } from './detection.ts'
import { Moto } from './moto.ts'
import { deleteStack, eventWriter, executeChangeSet } from './operation.ts'
import { outputsOf, presentChangeSet, presentEvent, presentStack, presentSummary } from './present.ts'
import { type Answer, CloudFormationError, readQuery, validationError, writeAnswer, writeError } from './protocol.ts'
import { Region } from './region.ts'
import type { KeptChangeSet, KeptStack } from './world.ts'

const STACK = 'AWS::CloudFormation::Stack'
/** Entries of one page: small, so that everything that is listed has several. */
const PAGE = 4

/** What tests decide about CloudFormation. */
export interface CloudFormationControls {
  /** Milliseconds that an operation takes. */
  duration: number
  /** Whether change sets can revert drift; older partitions say a ValidationError. */
  revertsDrift: boolean
  /** Why a resource cannot be made or changed, by logical id. */
  readonly failures: Map<string, string>
  /** Why a resource cannot be compared, by logical id: then drift detection fails, with what it has. */
  readonly blind: Map<string, string>
  /** Operations stand still until it is called off. */
  hold(): () => void
  /** Puts a stack into a state that is hard to come by. */
  setStatus(stack: string, status: string, reason?: string): void
  /** Waits until nothing is under way. */
  idle(): Promise<void>
}

/**
 * CloudFormation beside moto: it keeps stacks, change sets, events and drift as AWS' API model has them, and lets moto's
 * CloudFormation make the resources. Drift is what the services themselves say: it turns up only where a resource in
 * moto was really changed, and goes away only when it really is put back.
 */
export class CloudFormationDouble implements CloudFormationControls {
  duration = 30
  revertsDrift = true
  readonly failures = new Map<string, string>()
  readonly #port: number
  #regions = new Map<string, Region>()
  #detections = new DriftDetections()
  #running = new Set<Promise<void>>()
  #held: Promise<void> = Promise.resolve()

  constructor(port: number) {
    this.#port = port
  }

  get blind(): Map<string, string> {
    return this.#detections.blind
  }

  reset(): void {
    this.#regions = new Map()
    this.#detections = new DriftDetections()
    this.failures.clear()
    this.duration = 30
    this.revertsDrift = true
  }

  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#held = promise
    return resolve
  }

  setStatus(name: string, status: string, reason?: string): void {
    for (const region of this.#regions.values()) {
      const stack = region.find(name)
      if (!stack) continue
      stack.status = status
      if (reason !== undefined) stack.statusReason = reason
      eventWriter(stack, undefined)(stack.name, STACK, stack.id, status, reason)
    }
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** The answer to a call, as HTTP has it. */
  async answer(call: { region: string; action: string }, body: string): Promise<{ status: number; body: string }> {
    try {
      const handler = this.#handlers[call.action]
      if (!handler) throw new CloudFormationError('InvalidAction', `The emulator does not know ${call.action}.`)
      let region = this.#regions.get(call.region)
      if (!region) {
        region = new Region(new Moto(this.#port, call.region))
        this.#regions.set(call.region, region)
      }
      return { status: 200, body: writeAnswer(call.action, await handler(readQuery(body), region)) }
    } catch (error) {
      const known =
        error instanceof CloudFormationError ? error : new CloudFormationError('InternalFailure', String(error), 500)
      return { status: known.status, body: writeError(known) }
    }
  }

  readonly #handlers: Readonly<Record<string, (request: JsonObject, region: Region) => Promise<Answer> | Answer>> = {
    DescribeStacks: (request, region) => {
      const name = asString(request['StackName'])
      const found = name === undefined ? [...region.stacks.values()] : [region.stack(name)]
      return {
        Stacks: found.map((one) =>
          presentStack(one, region.scope(one, one.template, one.parameters), this.#detections.status(one))
        )
      }
    },
    ListStacks: (_request, region) => ({
      StackSummaries: [...region.stacks.values(), ...region.deleted.values()].map((one) => ({
        StackId: one.id,
        StackName: one.name,
        StackStatus: one.status,
        CreationTime: one.created
      }))
    }),
    GetTemplate: (request, region) => ({ TemplateBody: region.stack(text(request, 'StackName')).body }),
    ListStackResources: (request, region) => {
      const stack = region.stack(text(request, 'StackName'))
      const all = [...stack.resources].map(([id, one]) => ({
        LogicalResourceId: id,
        PhysicalResourceId: one.physicalId,
        ResourceType: one.type,
        LastUpdatedTimestamp: one.updated,
        ResourceStatus: one.status
      }))
      const [items, next] = paged(all, request)
      return { StackResourceSummaries: items, NextToken: next }
    },
    DescribeStackResources: (request, region) => {
      const stack = region.stack(text(request, 'StackName'))
      return {
        StackResources: [...stack.resources].map(([id, one]) => ({
          StackName: stack.name,
          StackId: stack.id,
          LogicalResourceId: id,
          PhysicalResourceId: one.physicalId,
          ResourceType: one.type,
          Timestamp: one.updated,
          ResourceStatus: one.status
        }))
      }
    },
    DescribeStackEvents: (request, region) => {
      const [items, next] = paged([...region.stack(text(request, 'StackName')).events].reverse(), request)
      return { StackEvents: items.map(presentEvent), NextToken: next }
    },
    ListExports: (_request, region) => ({
      Exports: [...region.stacks.values()].flatMap((stack) =>
        outputsOf(stack, region.scope(stack, stack.template, stack.parameters)).flatMap(({ export: name, value }) =>
          name === undefined ? [] : [{ ExportingStackId: stack.id, Name: name, Value: value }]
        )
      )
    }),
    ValidateTemplate: async (request, region) => {
      region.parse(await region.body(request, undefined))
      return { Parameters: [] }
    },
    CreateChangeSet: (request, region) => this.#createChangeSet(request, region),
    DescribeChangeSet: (request, region) => {
      const set = region.changeSet(text(request, 'ChangeSetName'), asString(request['StackName']))
      set.looks += 1
      const values = request['IncludePropertyValues'] === 'true'
      if (set.looks === 1)
        return presentChangeSet(
          { ...set, status: 'CREATE_IN_PROGRESS', execution: 'UNAVAILABLE', changes: [] },
          { changes: [], next: undefined, values }
        )
      const [changes, next] = paged(set.changes, request)
      return presentChangeSet(set, { changes, next, values })
    },
    DescribeEvents: () => ({ OperationEvents: [] }),
    ListChangeSets: (request, region) => {
      const stack = region.stack(text(request, 'StackName'))
      const all = [...region.changeSets.values()].filter((one) => one.stackId === stack.id)
      const [items, next] = paged(all, request)
      return { Summaries: items.map(presentSummary), NextToken: next }
    },
    DeleteChangeSet: (request, region) => {
      const set = region.changeSet(text(request, 'ChangeSetName'), asString(request['StackName']))
      for (const one of [...region.changeSets.values()])
        if (one === set || one.parentId === set.id) {
          region.changeSets.delete(one.id)
          const stack = region.find(one.stackId)
          // The shells of nested stacks go with the change set that made them.
          if (one !== set && stack?.status === 'REVIEW_IN_PROGRESS') region.drop(stack)
        }
      return {}
    },
    ExecuteChangeSet: (request, region) => {
      const set = region.changeSet(text(request, 'ChangeSetName'), asString(request['StackName']))
      if (set.execution !== 'AVAILABLE')
        throw new CloudFormationError(
          'InvalidChangeSetStatus',
          `ChangeSet [${set.id}] cannot be executed in its current execution status of [${set.execution}]`
        )
      const stack = region.stack(set.stackId)
      refuseBusy(stack)
      this.#begin(set, stack, region, asString(request['ClientRequestToken']))
      return {}
    },
    CreateStack: async (request, region) => {
      if (region.find(text(request, 'StackName')))
        throw new CloudFormationError('AlreadyExistsException', `Stack [${text(request, 'StackName')}] already exists`)
      return this.#direct(request, region, 'CREATE')
    },
    UpdateStack: (request, region) => this.#direct(request, region, 'UPDATE'),
    DeleteStack: (request, region) => {
      const stack = region.find(text(request, 'StackName'))
      if (!stack || stack.status === 'DELETE_COMPLETE') return {}
      if (stack.protection)
        throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`)
      if (stack.status === 'REVIEW_IN_PROGRESS') {
        region.drop(stack)
        stack.status = 'DELETE_COMPLETE'
        return {}
      }
      stack.status = 'DELETE_IN_PROGRESS'
      this.#run(async () => deleteStack(region, stack, asString(request['ClientRequestToken'])))
      return {}
    },
    GetStackPolicy: (request, region) => ({ StackPolicyBody: region.stack(text(request, 'StackName')).policy }),
    SetStackPolicy: (request, region) => {
      region.stack(text(request, 'StackName')).policy = text(request, 'StackPolicyBody')
      return {}
    },
    UpdateTerminationProtection: (request, region) => {
      const stack = region.stack(text(request, 'StackName'))
      stack.protection = request['EnableTerminationProtection'] === 'true'
      return { StackId: stack.id }
    },
    DetectStackDrift: (request, region) => ({
      StackDriftDetectionId: this.#detections.start(region.stack(text(request, 'StackName')))
    }),
    DescribeStackDriftDetectionStatus: (request, region) =>
      this.#detections.describe(text(request, 'StackDriftDetectionId'), region),
    DescribeStackResourceDrifts: (request, region) => {
      const [items, next] = paged(this.#detections.drifts(region.stack(text(request, 'StackName'))), request)
      return { StackResourceDrifts: items, NextToken: next }
    }
  }

  async #createChangeSet(request: JsonObject, region: Region): Promise<Answer> {
    const name = text(request, 'StackName')
    const setName = text(request, 'ChangeSetName')
    const type = asString(request['ChangeSetType']) ?? 'UPDATE'
    if (type !== 'CREATE' && type !== 'UPDATE' && type !== 'IMPORT')
      throw validationError(
        `1 validation error detected: Value '${type}' at 'changeSetType' failed to satisfy constraint`
      )
    const mode = asString(request['DeploymentMode'])
    if (mode !== undefined && (mode !== 'REVERT_DRIFT' || !this.revertsDrift))
      throw validationError(
        `1 validation error detected: Value '${mode}' at 'deploymentMode' failed to satisfy constraint`
      )
    const existing = region.find(name)
    if (type === 'UPDATE' && !existing) throw validationError(`Stack [${name}] does not exist`)
    if (type === 'CREATE' && existing && existing.status !== 'REVIEW_IN_PROGRESS')
      throw validationError(
        `Stack [${name}] already exists and cannot be created again with the changeSet [${setName}].`
      )
    if (existing) {
      refuseBusy(existing)
      if ([...region.changeSets.values()].some((one) => one.stackId === existing.id && one.name === setName))
        throw new CloudFormationError(
          'AlreadyExistsException',
          `ChangeSet ${setName} cannot be created due to a mismatch with existing attribute StackName`
        )
    }
    const { set, stack } = await this.#prepare(request, region, type, existing)
    region.changeSets.set(set.id, set)
    await region.fill(set, stack)
    return { Id: set.id, StackId: stack.id }
  }

  async #prepare(
    request: JsonObject,
    region: Region,
    type: KeptChangeSet['type'],
    existing: KeptStack | undefined
  ): Promise<{ set: KeptChangeSet; stack: KeptStack }> {
    const body = await region.body(request, existing)
    const template = region.parse(body)
    const capabilities = (asList(request['Capabilities']) ?? []).map(String)
    const parameters = region.parameters(template, asList(request['Parameters']) ?? [], existing)
    region.capabilities(template, capabilities)
    const stack = existing ?? region.newStack(text(request, 'StackName'))
    if (!existing) eventWriter(stack, undefined)(stack.name, STACK, stack.id, 'REVIEW_IN_PROGRESS', 'User Initiated')
    const name = asString(request['ChangeSetName']) ?? 'direct'
    return {
      stack,
      set: newChangeSet(request, {
        id: region.newChangeSetId(name),
        name,
        type,
        stack,
        body,
        template,
        parameters,
        capabilities
      })
    }
  }

  /** CreateStack and UpdateStack: the same without a change set that anybody sees. */
  async #direct(request: JsonObject, region: Region, type: 'CREATE' | 'UPDATE'): Promise<Answer> {
    const name = text(request, 'StackName')
    const existing = region.find(name)
    if (type === 'UPDATE' && !existing) throw validationError(`Stack [${name}] does not exist`)
    if (existing) refuseBusy(existing)
    const { set, stack } = await this.#prepare(request, region, type, existing)
    // Tags that are not given stay as they are.
    if (type === 'UPDATE' && request['Tags'] === undefined)
      for (const [key, value] of stack.tags) set.tags.set(key, value)
    await region.fill(set, stack)
    if (set.status === 'FAILED') throw validationError('No updates are to be performed.')
    this.#begin(set, stack, region, asString(request['ClientRequestToken']))
    return { StackId: stack.id }
  }

  #begin(set: KeptChangeSet, stack: KeptStack, region: Region, token: string | undefined): void {
    for (const other of [...region.changeSets.values()])
      if (other.stackId === stack.id && other !== set && other.execution === 'AVAILABLE')
        region.changeSets.delete(other.id)
    set.execution = 'EXECUTE_IN_PROGRESS'
    const kind = set.type === 'IMPORT' ? 'IMPORT' : stack.inMoto ? 'UPDATE' : 'CREATE'
    if (region.changeSets.has(set.id)) stack.changeSetId = set.id
    stack.status = `${kind}_IN_PROGRESS`
    delete stack.statusReason
    stack.updated = new Date()
    eventWriter(stack, token)(stack.name, STACK, stack.id, stack.status, 'User Initiated')
    this.#run(async () => {
      try {
        await executeChangeSet(region, set, stack, { failures: this.failures, token })
      } catch (error) {
        // A defect of the double: the stack must not seem busy for ever.
        stack.status = `${kind === 'CREATE' ? '' : 'UPDATE_'}ROLLBACK_FAILED`
        eventWriter(stack, token)(stack.name, STACK, stack.id, stack.status, `The emulator: ${error}`)
      }
    })
  }

  #run(work: () => Promise<void>): void {
    const running = (async () => {
      await sleep(this.duration)
      await this.#held
      await work()
    })().finally(() => this.#running.delete(running))
    this.#running.add(running)
  }
}

function newChangeSet(
  request: JsonObject,
  made: Pick<KeptChangeSet, 'id' | 'name' | 'type' | 'body' | 'template' | 'parameters' | 'capabilities'> & {
    readonly stack: KeptStack
  }
): KeptChangeSet {
  const { stack, ...rest } = made
  const imports = (asList(request['ResourcesToImport']) ?? []).map((one): [string, string] => [
    text(one, 'LogicalResourceId'),
    Object.values(record(record(one)['ResourceIdentifier'])).map(String)[0] ?? ''
  ])
  return {
    ...rest,
    stackId: stack.id,
    stackName: stack.name,
    description: asString(request['Description']),
    created: new Date(),
    tags: new Map((asList(request['Tags']) ?? []).map((one) => [text(one, 'Key'), text(one, 'Value')])),
    notificationArns: (asList(request['NotificationARNs']) ?? []).map(String),
    rollback: {
      triggers: (asList(record(request['RollbackConfiguration'])['RollbackTriggers']) ?? []).map((one) => ({
        Arn: text(one, 'Arn'),
        Type: text(one, 'Type')
      })),
      minutes: Number(record(request['RollbackConfiguration'])['MonitoringTimeInMinutes'] ?? 0)
    },
    roleArn: asString(request['RoleARN']),
    onFailure: asString(request['OnStackFailure']),
    nested: request['IncludeNestedStacks'] === 'true',
    revertDrift: request['DeploymentMode'] === 'REVERT_DRIFT',
    imports: new Map(imports),
    parentId: undefined,
    status: 'CREATE_COMPLETE',
    execution: 'AVAILABLE',
    changes: [],
    looks: 0
  }
}

function refuseBusy(stack: KeptStack): void {
  if (stack.status === 'REVIEW_IN_PROGRESS') return
  if (!/_IN_PROGRESS$|^(?:ROLLBACK_COMPLETE|ROLLBACK_FAILED|DELETE_FAILED|UPDATE_ROLLBACK_FAILED)$/.test(stack.status))
    return
  throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`)
}

function paged<T>(all: readonly T[], request: JsonObject): [readonly T[], string | undefined] {
  const start = Number(asString(request['NextToken']) ?? 0)
  const next = start + PAGE
  return [all.slice(start, next), next < all.length ? String(next) : undefined]
}

function text(value: unknown, key: string): string {
  return asString(record(value)[key]) ?? ''
}

function record(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}
