import { createHash, randomBytes, scryptSync } from 'node:crypto'
import type { CreateChangeSetInput, Stack } from '@aws-sdk/client-cloudformation'
import { GitOpsError } from '../../errors.ts'
import { canonicalJson, type Json } from '../../json.ts'
import { type Change, type Plan, type Purpose, planDigest } from '../plan.ts'
import type { CloudFormationApi } from './api.ts'
import { AwsError } from './aws-error.ts'
import { type MadeChangeSet, makeChangeSet, removeChangeSet } from './change-set.ts'
import { readChange } from './changes.ts'
import { detectDrift, type FoundDrift, knowsNoRevert, whyUnsupported } from './drift.ts'
import type { CloudFormationTargetOptions } from './options.ts'
import type { GivenParameters } from './parameters.ts'
import { describeDeployment } from './record.ts'
import { changeSetRequest, type Declared } from './request.ts'
import { removeReview } from './review.ts'
import { settingChanges, silentChange, stackChanges } from './stack-changes.ts'
import { type StackState, settledStack } from './status.ts'
import { sameTemplate } from './template.ts'
import type { Values } from './values.ts'
import type { Clock } from './waiter.ts'

/** Bytes of a template that can be sent as it is. */
const LARGEST = 51_200

/** A plan and the change set it was read from, which whoever looks must execute or take away. */
export interface Look {
  readonly plan: Plan
  /** What the plan takes away, also to make it anew. */
  readonly destroys: readonly string[]
  readonly settings: ReturnType<typeof settingChanges>
  /** Undefined where there is nothing to execute. */
  readonly changeSet: MadeChangeSet | undefined
  readonly input: CreateChangeSetInput
  readonly state: StackState
  readonly values: Values
  /** Takes away everything that looking made. Safe to call again. */
  dispose(): Promise<void>
}

export interface LookSetup {
  readonly api: CloudFormationApi
  readonly clock: Clock
  readonly deadline: number
  readonly values: Values
}

/** What applying would do, by a change set that is really made. */
export async function look(
  options: CloudFormationTargetOptions,
  declared: Declared,
  purpose: Purpose,
  setup: LookSetup
): Promise<Look> {
  const { api, clock, values } = setup
  const { signal, log } = options
  const waiting = { clock, deadline: setup.deadline, signal, log, prefix: options.changeSetPrefix }
  const state = await settledStack(api, options.stack, waiting)
  const stack = state.state === 'ready' ? state.stack : undefined
  const present = new Map<string, string>()
  if (stack)
    for (const one of await api.resources(options.stack))
      if (one.ResourceStatus !== 'DELETE_COMPLETE') present.set(one.LogicalResourceId ?? '', one.ResourceType ?? '')
  const deployed = stack ? await api.template(options.stack) : undefined
  const declaredDigest = digestOf(options, declared)
  const request = (revertDrift: boolean) =>
    changeSetRequest(options, declared, {
      state,
      purpose,
      name: `${options.changeSetPrefix}-${randomBytes(8).toString('hex')}`,
      description: describeDeployment(options, declaredDigest, { executed: true }),
      present: new Set(present.keys()),
      revertDrift
    })
  const make = (revertDrift: boolean) => made(setup, options, declared, request(revertDrift), deployed, purpose)

  let result: Awaited<ReturnType<typeof made>>
  let drift: Awaited<ReturnType<typeof detectDrift>> | undefined
  const canRevert = purpose === 'drift' && stack !== undefined
  try {
    result = await make(canRevert)
  } catch (error) {
    if (!canRevert || !knowsNoRevert(error)) {
      await removeReview(api, options, state)
      throw error
    }
    log.debug(`drift-aware change sets: ${error instanceof Error ? error.message : ''}`)
    result = await make(false)
    const looking = { clock, deadline: setup.deadline, signal, values, template: declared.template }
    try {
      drift = await detectDrift(api, options.stack, looking)
    } catch (failure) {
      if (result.changeSet) await removeChangeSet(api, result.changeSet.id, clock)
      throw failure
    }
  }
  const { changeSet, input, parameters } = result
  let left = changeSet
  const dispose = async () => {
    if (left?.executable) await removeChangeSet(api, left.id, clock)
    left = undefined
    await removeReview(api, options, state)
  }
  try {
    const read = (changeSet?.changes ?? []).flatMap(
      ({ path, change }) => readChange(change, { purpose, values, template: declared.template, path }) ?? []
    )
    const own = changeSet?.executable === true && stack ? ownChanges(options, declared, stack, deployed, values) : []
    const silent: Change[] =
      stack && changeSet?.executable && changeSet.silent && own.length === 0
        ? [silentChange(options, { now: deployed, declared: declared.template }, parameters.kept)]
        : []
    const settings = settingChanges(
      options.stack,
      {
        policy: stack && declared.policy !== undefined ? await api.stackPolicy(options.stack) : undefined,
        protection: stack?.EnableTerminationProtection ?? false
      },
      { policy: declared.policy, protection: options.terminationProtection }
    )
    const inAccount = drift?.changes.filter(
      ({ resource }) => !read.some(({ change }) => change.resource.id === resource.id)
    )
    const settingList = [settings.policy, settings.protection].flatMap((one) => one ?? [])
    const destroys = read.flatMap(({ change, destroys }) => (destroys ? [change.resource.id] : []))
    const changes = [...read.map(({ change }) => change), ...own, ...silent, ...(inAccount ?? []), ...settingList]
    const notes = notesOf(options, { purpose, destroys, parameters, drift: drift?.notes ?? [] })
    if (purpose === 'drift' && stack && deployed !== undefined && changeSet?.executable)
      if (!sameTemplate(declared.template, deployed))
        notes.push(
          'The template of the stack is another one than was deployed: somebody updated the stack by other means.'
        )
    const plan = {
      ...planOf(options, purpose, declaredDigest, changes, destroys, notes, present, declared),
      ...blindness(drift)
    }
    return {
      plan,
      destroys,
      settings,
      // Nested stacks that are only looked through make a change set that does nothing.
      changeSet: changeSet?.executable && read.length + own.length + silent.length > 0 ? changeSet : undefined,
      input,
      state,
      values,
      dispose
    }
  } catch (error) {
    await dispose().catch(() => {})
    throw error
  }
}

/** What a drift check must not take for in sync. */
function blindness(drift: FoundDrift | undefined): Pick<Plan, 'unchecked' | 'unsupported'> {
  const unsupported = drift && whyUnsupported(drift)
  return {
    ...(drift && drift.unknown > 0 ? { unchecked: drift.unknown } : {}),
    ...(unsupported === undefined ? {} : { unsupported })
  }
}

/** Makes the change set; a template that is too large goes through the bucket, and does not stay there. */
async function made(
  { api, clock, deadline }: LookSetup,
  options: CloudFormationTargetOptions,
  declared: Declared,
  request: { readonly input: CreateChangeSetInput; readonly parameters: GivenParameters },
  deployed: string | undefined,
  purpose: Purpose
): Promise<{ changeSet: MadeChangeSet | undefined; input: CreateChangeSetInput; parameters: GivenParameters }> {
  const { input, parameters } = request
  const { body } = declared.template
  const waiting = { clock, deadline, signal: options.signal }
  const submit = async (source: Partial<CreateChangeSetInput>) => ({
    changeSet: await makeChangeSet(api, { ...input, ...source }, waiting),
    input,
    parameters
  })
  if (purpose === 'drift' && deployed === body) return submit({ UsePreviousTemplate: true })
  if (Buffer.byteLength(body) <= LARGEST) return submit({ TemplateBody: body })
  if (options.s3Bucket === undefined)
    throw new GitOpsError(
      `${options.template} has ${Buffer.byteLength(body).toLocaleString('en')} bytes; CloudFormation takes ${LARGEST.toLocaleString('en')} with a request.`,
      {
        hint: 'Name a bucket in the region of the stack with s3-bucket; the template passes through it and is removed again.'
      }
    )
  const hash = createHash('sha256').update(body).digest('hex')
  const object = {
    bucket: options.s3Bucket,
    key: [options.s3Prefix.replace(/\/+$/, ''), `${hash}.template`].filter((part) => part !== '').join('/'),
    body
  }
  let upload = await api.upload(object)
  try {
    try {
      return await submit({ TemplateURL: upload.url })
    } catch (error) {
      // A run beside this one had put it there, and took it away in the meantime.
      if (upload.made || !(error instanceof AwsError) || !/NoSuchKey|does not exist/i.test(error.message)) throw error
      upload = await api.upload(object)
      return await submit({ TemplateURL: upload.url })
    }
  } finally {
    if (upload.made) await api.removeUpload(object)
  }
}

function ownChanges(
  options: CloudFormationTargetOptions,
  declared: Declared,
  stack: Stack,
  deployed: string | undefined,
  values: Values
): Change[] {
  return stackChanges(
    stack,
    {
      name: options.stack,
      parameters: declared.parameters,
      tags: options.tags,
      notificationArns: options.notificationArns,
      rollbackTriggers: options.rollbackConfiguration.triggers,
      monitoringTime: declared.monitoringTime
    },
    { now: deployed, declared: declared.template },
    values
  )
}

function notesOf(
  options: CloudFormationTargetOptions,
  found: { purpose: Purpose; destroys: readonly string[]; parameters: GivenParameters; drift: readonly string[] }
): string[] {
  const notes = [...found.drift]
  if (found.parameters.kept.length > 0)
    notes.push(
      `${found.parameters.kept.join(', ')} ${found.parameters.kept.length === 1 ? 'keeps its' : 'keep their'} present value: nothing gives one, and the template has no default.`
    )
  if (found.destroys.length > 0 && !options.allowDestroy)
    notes.push(
      `${listed(found.destroys)} would be deleted or replaced, so nothing of this plan is applied without allow-destroy: true.`
    )
  return notes
}

function planOf(
  options: CloudFormationTargetOptions,
  purpose: Purpose,
  declaredDigest: string,
  found: readonly Change[],
  destroys: readonly string[],
  notes: string[],
  present: ReadonlyMap<string, string>,
  declared: Declared
): Plan {
  const { recordedDigest } = options
  const other = purpose === 'drift' && recordedDigest !== undefined && recordedDigest !== declaredDigest
  const forbidden = destroys.length > 0 && !options.allowDestroy
  if (other && found.length > 0)
    notes.push(
      'Not healed by itself: with the same commit, the parameters or files differ from those that were deployed, so some of this may be a change that is yet to be deployed.'
    )
  // A change set is executed as a whole, so one change that must not be healed keeps all of them from it.
  const changes = other || forbidden ? found.map((one): Change => ({ ...one, healable: false })) : found
  const touched = new Set(changes.map((change) => change.resource.id))
  const resources = present.size > 0 ? present.keys() : declared.template.resources.keys()
  const base = { target: options.id, kind: 'cloudformation' } as const
  return {
    ...base,
    purpose,
    changes,
    unchanged: [...resources].filter((id) => !touched.has(id)).length,
    notes,
    declaredDigest,
    digest: planDigest({ ...base, changes, declaredDigest })
  }
}

/** Over everything that is declared. Secret values are stretched: the digest is shown, and must give away none. */
function digestOf(options: CloudFormationTargetOptions, declared: Declared): string {
  const parameters = [...declared.parameters]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => [
      name,
      declared.template.parameters.get(name)?.noEcho ? scryptSync(value, options.stack, 32).toString('hex') : value
    ])
  const content: Json = {
    stack: options.stack,
    template: declared.template.body,
    parameters,
    tags: [...options.tags].sort(),
    capabilities: [...options.capabilities].sort(),
    policy: declared.policy ?? null,
    protection: options.terminationProtection ?? null,
    notifications: [...options.notificationArns].sort(),
    rollback: [...options.rollbackConfiguration.triggers].sort(),
    monitoring: declared.monitoringTime,
    imports: declared.imports.map((one) => JSON.stringify(one))
  }
  return `sha256:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`
}

export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ')
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown
}
