import { randomUUID } from 'node:crypto'
import { asObject, asString, at, canonicalJson, type JsonObject } from '../../../../src/json.ts'
import { parseTemplate } from '../../../../src/targets/cloudformation/template.ts'
import { compare, liveStates } from './compare.ts'
import { references, type Scope } from './evaluate.ts'
import { LIVE_TYPES } from './live.ts'
import type { Moto } from './moto.ts'
import { outputsOf } from './present.ts'
import { CloudFormationError, validationError } from './protocol.ts'
import type { KeptChangeSet, KeptStack } from './world.ts'

const ACCOUNT = '123456789012'
/** Characters of a template that fit into a request. */
const LARGEST = 51_200

/** The stacks and change sets of one region. */
export class Region {
  readonly moto: Moto
  readonly stacks = new Map<string, KeptStack>()
  readonly deleted = new Map<string, KeptStack>()
  readonly changeSets = new Map<string, KeptChangeSet>()

  constructor(moto: Moto) {
    this.moto = moto
  }

  /** By name, one that is there; by ARN also one that was deleted. */
  find(nameOrId: string): KeptStack | undefined {
    const named = this.stacks.get(nameOrId)
    if (named) return named
    for (const stack of this.stacks.values()) if (stack.id === nameOrId) return stack
    return this.deleted.get(nameOrId)
  }

  stack(nameOrId: string): KeptStack {
    const found = this.find(nameOrId)
    if (!found) throw validationError(`Stack with id ${nameOrId} does not exist`)
    return found
  }

  changeSet(nameOrId: string, stackName: string | undefined): KeptChangeSet {
    const byId = this.changeSets.get(nameOrId)
    if (byId) return byId
    for (const one of this.changeSets.values())
      if (one.name === nameOrId && (one.stackName === stackName || one.stackId === stackName)) return one
    throw new CloudFormationError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404)
  }

  newStack(name: string, parentId?: string): KeptStack {
    const stack: KeptStack = {
      id: `arn:aws:cloudformation:${this.moto.region}:${ACCOUNT}:stack/${name}/${randomUUID()}`,
      name,
      created: new Date(),
      status: 'REVIEW_IN_PROGRESS',
      body: '',
      template: {},
      parameters: new Map(),
      tags: new Map(),
      capabilities: [],
      notificationArns: [],
      rollback: { triggers: [], minutes: 0 },
      protection: false,
      resources: new Map(),
      events: [],
      inMoto: false,
      generations: new Map(),
      everDeclared: new Map(),
      ...(parentId === undefined ? {} : { parentId })
    }
    this.stacks.set(name, stack)
    return stack
  }

  newChangeSetId(name: string): string {
    return `arn:aws:cloudformation:${this.moto.region}:${ACCOUNT}:changeSet/${name}/${randomUUID()}`
  }

  drop(stack: KeptStack): void {
    this.stacks.delete(stack.name)
    this.deleted.set(stack.id, stack)
    for (const one of [...this.changeSets.values()]) if (one.stackId === stack.id) this.changeSets.delete(one.id)
  }

  scope(
    stack: Pick<KeptStack, 'id' | 'name' | 'resources'>,
    template: JsonObject,
    parameters: ReadonlyMap<string, string>
  ): Scope {
    return {
      template,
      parameters,
      pseudo: {
        'AWS::AccountId': ACCOUNT,
        'AWS::Region': this.moto.region,
        'AWS::StackId': stack.id,
        'AWS::StackName': stack.name,
        'AWS::URLSuffix': 'amazonaws.com',
        'AWS::Partition': 'aws'
      },
      ids: new Map([...stack.resources].map(([id, one]) => [id, one.physicalId])),
      attribute: (id, name) => {
        const resource = stack.resources.get(id)
        if (!resource) return undefined
        if (resource.type === 'AWS::CloudFormation::Stack') {
          const nested = this.find(resource.physicalId)
          if (!nested) return undefined
          const outputs = outputsOf(nested, this.scope(nested, nested.template, nested.parameters))
          return outputs.find((one) => `Outputs.${one.key}` === name)?.value
        }
        return LIVE_TYPES[resource.type]?.attributes(resource.physicalId, this.moto)[name]
      },
      imports: (name) => {
        for (const other of this.stacks.values())
          for (const one of outputsOf(other, this.scope(other, other.template, other.parameters)))
            if (one.export === name) return one.value
        return undefined
      }
    }
  }

  /** The text of a template from wherever the request says. */
  async body(request: JsonObject, previous: KeptStack | undefined): Promise<string> {
    const body = asString(request['TemplateBody'])
    if (body !== undefined) {
      if (Buffer.byteLength(body) > LARGEST)
        throw validationError(
          `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${LARGEST}`
        )
      return body
    }
    const url = asString(request['TemplateURL'])
    if (url !== undefined) return this.fetch(url)
    if (request['UsePreviousTemplate'] === 'true' && previous) return previous.body
    throw validationError('Either Template URL or Template Body must be specified.')
  }

  async fetch(url: string): Promise<string> {
    const { host, pathname } = new URL(url)
    const [, bucket] = /^(.+)\.s3[.-]/.exec(host) ?? []
    const answer = await this.moto.rest('GET', bucket === undefined ? pathname : `/${bucket}${pathname}`)
    if (answer.status !== 200)
      throw validationError(
        'S3 error: The specified key does not exist. For more information check the S3 API reference (NoSuchKey).'
      )
    return answer.text
  }

  /** @throws CloudFormationError in the words of AWS for a template that is none */
  parse(body: string): JsonObject {
    let json: JsonObject
    try {
      json = parseTemplate(body, 'template').json
    } catch (error) {
      const message = error instanceof Error ? error.message : ''
      const [, line, column] = /template:(\d+):(\d+):/.exec(message) ?? []
      throw validationError(
        line === undefined
          ? 'Template format error: At least one Resources member must be defined.'
          : `Template format error: YAML not well-formed. (line ${line}, column ${column})`
      )
    }
    const names = new Set([
      ...Object.keys(asObject(json['Resources']) ?? {}),
      ...Object.keys(asObject(json['Parameters']) ?? {})
    ])
    for (const part of ['Resources', 'Outputs']) {
      const unresolved = references(json[part] ?? null).filter(
        (one) => !one.name.startsWith('AWS::') && !names.has(one.name)
      )
      if (unresolved.length > 0)
        throw validationError(
          `Template format error: Unresolved resource dependencies [${[...new Set(unresolved.map((one) => one.name))].join(', ')}] in the ${part} block of the template`
        )
    }
    const unknown = Object.values(asObject(json['Resources']) ?? {})
      .map((one) => asString(at(one, 'Type')) ?? '')
      .filter((type) => !/^(?:AWS|Custom|Alexa)::\w+(?:::\w+)*$/.test(type) || type.startsWith('AWS::Nothing'))
    if (unknown.length > 0)
      throw validationError(`Template format error: Unrecognized resource types: [${unknown.join(', ')}]`)
    return json
  }

  /** @throws CloudFormationError for what AWS refuses about parameters */
  parameters(template: JsonObject, given: readonly unknown[], previous: KeptStack | undefined): Map<string, string> {
    const declared = asObject(template['Parameters']) ?? {}
    const values = new Map<string, string>()
    for (const one of given) {
      const key = asString(at(one, 'ParameterKey')) ?? ''
      if (!(key in declared)) throw validationError(`Parameters: [${key}] do not exist in the template`)
      if (at(one, 'UsePreviousValue') === 'true') {
        const before = previous?.parameters.get(key)
        if (before === undefined)
          throw validationError(
            `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`
          )
        values.set(key, before)
      } else values.set(key, asString(at(one, 'ParameterValue')) ?? '')
    }
    const missing: string[] = []
    for (const [name, one] of Object.entries(declared)) {
      const fallback = at(one, 'Default')
      if (!values.has(name) && fallback !== undefined)
        values.set(name, Array.isArray(fallback) ? fallback.join(',') : String(fallback))
      if (!values.has(name)) missing.push(name)
      const allowed = at(one, 'AllowedValues')
      const value = values.get(name)
      if (value !== undefined && Array.isArray(allowed) && !allowed.map(String).includes(value))
        throw validationError(`Template validation error: Parameter '${name}' must be one of AllowedValues`)
    }
    if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`)
    return values
  }

  /** @throws CloudFormationError when the template does more than it was allowed to */
  capabilities(template: JsonObject, given: readonly string[]): void {
    const resources = Object.values(asObject(template['Resources']) ?? {})
    const iam = resources.filter((one) => /^AWS::IAM::/.test(asString(at(one, 'Type')) ?? ''))
    const named = iam.some((one) =>
      ['RoleName', 'UserName', 'GroupName', 'PolicyName'].some((name) => at(one, 'Properties', name) !== undefined)
    )
    const needs =
      template['Transform'] === undefined
        ? named
          ? 'CAPABILITY_NAMED_IAM'
          : iam.length > 0
            ? 'CAPABILITY_IAM'
            : undefined
        : 'CAPABILITY_AUTO_EXPAND'
    const satisfied =
      needs === undefined ||
      given.includes(needs) ||
      (needs === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM'))
    if (!satisfied)
      throw new CloudFormationError('InsufficientCapabilitiesException', `Requires capabilities : [${needs}]`)
  }

  /** Works out what a change set does, and whether that is anything. */
  async fill(set: KeptChangeSet, stack: KeptStack): Promise<void> {
    const scope = this.scope(stack, set.template, set.parameters)
    const live = set.revertDrift ? await liveStates(stack, this.moto) : new Map()
    set.changes = compare(stack, { template: set.template, scope, tags: set.tags }, set.imports, live)
    if (set.nested) for (const change of set.changes) await this.#nested(change, set, stack)
    const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
    const nothing =
      set.type === 'UPDATE' &&
      set.changes.length === 0 &&
      canonicalJson(stack.template['Outputs'] ?? null) === canonicalJson(set.template['Outputs'] ?? null) &&
      same([...stack.parameters].sort(), [...set.parameters].sort()) &&
      same([...stack.tags].sort(), [...set.tags].sort()) &&
      same(stack.notificationArns, set.notificationArns) &&
      same(stack.rollback, set.rollback)
    if (!nothing) return
    set.status = 'FAILED'
    set.execution = 'UNAVAILABLE'
    // AWS has two ways to say it.
    set.statusReason =
      this.changeSets.size % 2 === 0
        ? "The submitted information didn't contain changes. Submit different information to create a change set."
        : 'No updates are to be performed.'
  }

  async #nested(change: KeptChangeSet['changes'][number], set: KeptChangeSet, stack: KeptStack): Promise<void> {
    if (change.type !== 'AWS::CloudFormation::Stack' || change.action === 'Remove') return
    const url = asString(at(change.after, 'TemplateURL')) ?? ''
    const body = await this.fetch(url)
    const template = this.parse(body)
    const kept = stack.resources.get(change.logicalId)
    const inner = kept
      ? this.stack(kept.physicalId)
      : this.newStack(`${stack.name}-${change.logicalId}-${randomUUID().slice(0, 8).toUpperCase()}`, stack.id)
    const given = Object.entries(asObject(at(change.after, 'Parameters')) ?? {}).map(
      ([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue: String(ParameterValue)
      })
    )
    const name = `${set.name}-${change.logicalId}`
    const made: KeptChangeSet = {
      ...set,
      id: this.newChangeSetId(name),
      name,
      stackId: inner.id,
      stackName: inner.name,
      type: kept ? 'UPDATE' : 'CREATE',
      description: undefined,
      body,
      template,
      parameters: this.parameters(template, given, kept ? inner : undefined),
      imports: new Map(),
      parentId: set.id,
      status: 'CREATE_COMPLETE',
      execution: 'AVAILABLE',
      changes: [],
      looks: 0
    }
    this.changeSets.set(made.id, made)
    change.changeSetId = made.id
    await this.fill(made, inner)
  }
}
