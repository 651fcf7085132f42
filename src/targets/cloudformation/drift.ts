import type { StackResourceDrift, StackResourceSummary } from '@aws-sdk/client-cloudformation'
import { GitOpsError } from '../../errors.ts'
import type { Change } from '../plan.ts'
import type { CloudFormationApi } from './api.ts'
import { AwsError } from './aws-error.ts'
import { resourceOf } from './changes.ts'
import { secretPaths, type Template } from './template.ts'
import { parsedValue, type Values } from './values.ts'
import { type Clock, waitFor } from './waiter.ts'

export interface FoundDrift {
  readonly changes: readonly Change[]
  /** What could not be looked at. */
  readonly notes: readonly string[]
  /** How many resources were compared. */
  readonly compared: number
  /** How many of a type that can be compared were not: a right was missing, or their service did not answer. */
  readonly unknown: number
  /** How many are of types that drift detection does not know. */
  readonly unsupported: number
}

interface Looking {
  readonly clock: Clock
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
  readonly values: Values
  readonly template: Template
}

const PAUSES = [2000, 10_000] as const

/** Whether AWS, or this partition of it, does not know change sets that revert drift. */
export function knowsNoRevert(error: unknown): boolean {
  return (
    error instanceof AwsError &&
    /^(?:ValidationError|ValidationException|InvalidParameterValue|InvalidAction|NotImplemented|UnsupportedOperation\w*|ChangeSetFailed)$/.test(
      error.code
    ) &&
    /DeploymentMode|REVERT_DRIFT|drift.aware/i.test(error.message)
  )
}

/**
 * Compares every resource with its template by CloudFormation's drift detection; it does not look into nested stacks,
 * so each of them is asked of its own. It only tells: nothing of it can be healed by an update, which compares
 * templates.
 */
export async function detectDrift(
  api: CloudFormationApi,
  stack: string,
  looking: Looking,
  path: readonly string[] = []
): Promise<FoundDrift> {
  const label = path.length === 0 ? 'the stack' : `nested stack ${path.join('/')}`
  const notes: string[] = []
  const failure = await detected(api, stack, label, looking)
  if (failure !== undefined)
    notes.push(
      `Drift detection of ${label} ended with an error, so some of its resources were not compared: ${failure}`
    )
  const drifts = await api.resourceDrifts(stack)
  const changes = drifts.flatMap((one) => changeOf(one, looking, path) ?? [])
  const resources = (await api.resources(stack)).filter((one) => one.ResourceStatus !== 'DELETE_COMPLETE')
  const told = withUntold(drifts, resources)
  notes.push(...notLookedAt(told, path))
  const own = told.filter((one) => one.ResourceType !== NESTED)
  const count = (...statuses: string[]) =>
    own.filter((one) => statuses.includes(one.StackResourceDriftStatus ?? '')).length
  let compared = count('IN_SYNC', 'MODIFIED', 'DELETED')
  // What a detection that failed has not come to may well be of a type that it knows.
  const unreached = failure === undefined ? 0 : Math.max(count('NOT_CHECKED'), count('UNKNOWN') === 0 ? 1 : 0)
  let unknown = count('UNKNOWN') + unreached
  let unsupported = count('UNSUPPORTED') + (failure === undefined ? count('NOT_CHECKED') : 0)
  for (const one of resources) {
    if (one.ResourceType !== NESTED || !one.PhysicalResourceId?.startsWith('arn:')) continue
    const inner = await detectDrift(api, one.PhysicalResourceId, looking, [...path, one.LogicalResourceId ?? ''])
    changes.push(...inner.changes)
    notes.push(...inner.notes)
    compared += inner.compared
    unknown += inner.unknown
    unsupported += inner.unsupported
  }
  return { changes, notes, compared, unknown, unsupported }
}

const NESTED = 'AWS::CloudFormation::Stack'

/** Of types that it does not know, drift detection mostly says nothing at all. */
function withUntold(
  drifts: readonly StackResourceDrift[],
  resources: readonly StackResourceSummary[]
): StackResourceDrift[] {
  const told = new Set(drifts.map((one) => one.LogicalResourceId))
  const untold = resources.filter((one) => !told.has(one.LogicalResourceId) && one.ResourceType !== NESTED)
  return [
    ...drifts,
    ...untold.map(
      ({ LogicalResourceId, ResourceType }): StackResourceDrift => ({
        StackId: undefined,
        LogicalResourceId,
        ResourceType,
        StackResourceDriftStatus: 'NOT_CHECKED',
        Timestamp: undefined
      })
    )
  ]
}

/** Why nothing can be told of a stack; undefined where something can, or where there is nothing in it. */
export function whyUnsupported({ compared, unknown, unsupported }: FoundDrift): string | undefined {
  if (compared + unknown > 0 || unsupported === 0) return undefined
  return "Whether this stack drifted cannot be told: CloudFormation's drift detection knows none of the types in it. That the template and the parameters are those that were deployed was checked; what somebody changed in the account was not."
}

/** Runs one detection to its end. Returns why it failed, if it did; what it found until then holds. */
async function detected(
  api: CloudFormationApi,
  stack: string,
  label: string,
  looking: Looking
): Promise<string | undefined> {
  const timedOut = () => ({
    message: `Drift detection of ${label} did not end in time.`,
    hint: 'Nothing was written. Large stacks take many minutes: raise the timeout.'
  })
  const id = await waitFor(
    async () => {
      try {
        return await api.detectDrift(stack)
      } catch (error) {
        // One at a time: somebody else's has to end first.
        if (error instanceof AwsError && /already in progress|in progress.*drift/i.test(error.message)) return undefined
        throw error
      }
    },
    { ...looking, pauses: PAUSES, timedOut }
  )
  const ended = await waitFor(
    async () => {
      const now = await api.driftDetection(id)
      return now.DetectionStatus === 'DETECTION_IN_PROGRESS' ? undefined : now
    },
    { ...looking, pauses: PAUSES, timedOut }
  )
  if (ended.DetectionStatus === 'DETECTION_COMPLETE') return undefined
  if (ended.DetectionStatus === 'DETECTION_FAILED') return ended.DetectionStatusReason ?? 'AWS gives no reason.'
  throw new GitOpsError(
    `Drift detection of ${label} ended in a state that is not known here: ${ended.DetectionStatus}.`
  )
}

function changeOf(one: StackResourceDrift, { values, template }: Looking, path: readonly string[]): Change | undefined {
  const status = one.StackResourceDriftStatus
  if (status !== 'MODIFIED' && status !== 'DELETED') return undefined
  const secret = path.length === 0 ? secretPaths(template, one.LogicalResourceId ?? '') : []
  const place = path.length === 0 ? template.place(one.LogicalResourceId ?? '') : undefined
  return {
    action: status === 'DELETED' ? 'create' : 'update',
    resource: resourceOf(path, one.LogicalResourceId ?? '?', one.ResourceType ?? ''),
    fields: (one.PropertyDifferences ?? []).map(({ PropertyPath = '', ActualValue, ExpectedValue }) => {
      const pointer = `/Properties${PropertyPath}`
      const hidden = secret.some((place) => pointer === place || pointer.startsWith(`${place}/`))
      return {
        path: pathOf(PropertyPath),
        before: values.shown(given(ActualValue), hidden),
        after: values.shown(given(ExpectedValue), hidden)
      }
    }),
    attribution: { known: false, candidates: [] },
    reason: `${status === 'DELETED' ? 'Deleted' : 'Changed'} outside of CloudFormation. ${NO_REVERT}`,
    ...(place ? { source: place } : {}),
    healable: false
  }
}

const NO_REVERT =
  'It is not put back by itself: this CloudFormation offers no change sets that revert drift, and an ordinary update only compares templates.'

/** AWS writes `null` for what is not there. */
function given(text: string | undefined): ReturnType<typeof parsedValue> {
  return text === 'null' ? undefined : parsedValue(text)
}

function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .filter((step) => step !== '')
    .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`))
    .join('')
}

function notLookedAt(drifts: readonly StackResourceDrift[], path: readonly string[]): string[] {
  const named = (status: string) =>
    drifts
      .filter((one) => one.StackResourceDriftStatus === status)
      .map((one) => `${[...path, one.LogicalResourceId ?? '?'].join('/')} (${one.ResourceType})`)
  const unknown = drifts.filter((one) => one.StackResourceDriftStatus === 'UNKNOWN')
  const unsupported = [...named('UNSUPPORTED'), ...named('NOT_CHECKED')]
  return [
    ...(unsupported.length > 0 ? [`CloudFormation cannot tell whether these drifted: ${unsupported.join(', ')}.`] : []),
    ...unknown.map(
      (one) =>
        `Whether ${[...path, one.LogicalResourceId ?? '?'].join('/')} (${one.ResourceType}) drifted is unknown: ${one.DriftStatusReason ?? 'AWS gives no reason.'}`
    )
  ]
}
