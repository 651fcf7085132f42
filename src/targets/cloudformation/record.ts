import type { ChangeSetSummary, Stack } from '@aws-sdk/client-cloudformation'
import { asString, at, canonicalJson, type Json, parseJson } from '../../json.ts'
import type { DeploymentRecord } from '../target.ts'
import type { CloudFormationTargetOptions } from './options.ts'

/** Longest description of a change set. */
const LONGEST = 1024
const MARK = 'gitops-actions '
/** Of a change set that is never executed: it remembers a deploy that needed none. */
const UNEXECUTED = 'gitops-actions settings '

/** What a change set remembers of the deployment that it is. */
export interface ChangeSetRecord {
  readonly target: string
  readonly environment: string
  readonly repository?: string
  readonly revision?: string
  readonly run?: string
  readonly digest: string
  readonly time: string
}

/**
 * The record of a deployment as the description of a change set: one that is executed, which AWS keeps with its stack,
 * or one that only remembers. Tags would be another place, but CloudFormation hands a stack's tags on to its resources:
 * every deploy would change every one of them.
 */
export function describeDeployment(
  options: Pick<CloudFormationTargetOptions, 'id' | 'environment' | 'source' | 'now'>,
  digest: string,
  { executed }: { readonly executed: boolean }
): string {
  const mark = executed ? MARK : UNEXECUTED
  const record: ChangeSetRecord = {
    target: options.id,
    environment: options.environment,
    ...options.source,
    digest,
    time: (options.now?.() ?? new Date()).toISOString()
  }
  const text = `${mark}${canonicalJson({ ...record })}`
  if (text.length <= LONGEST) return text
  const { run: _run, ...rest } = record
  return `${mark}${canonicalJson({ ...rest })}`.slice(0, LONGEST)
}

export function isUnexecutedRecord(one: Pick<ChangeSetSummary, 'Description'>): boolean {
  return one.Description?.startsWith(UNEXECUTED) === true
}

/** The record in a change set's description; undefined for a change set of somebody else. */
export function readRecord(description: string | undefined): ChangeSetRecord | undefined {
  const mark = [UNEXECUTED, MARK].find((one) => description?.startsWith(one))
  if (description === undefined || mark === undefined) return undefined
  let json: Json
  try {
    json = parseJson(description.slice(mark.length))
  } catch {
    return undefined
  }
  const [target, environment, digest, time] = ['target', 'environment', 'digest', 'time'].map((key) =>
    asString(at(json, key))
  )
  if (target === undefined || environment === undefined || digest === undefined || time === undefined) return undefined
  const optional = (key: 'repository' | 'revision' | 'run') => {
    const value = asString(at(json, key))
    return value === undefined ? {} : { [key]: value }
  }
  return { target, environment, digest, time, ...optional('repository'), ...optional('revision'), ...optional('run') }
}

/** The deployments that a stack's change sets tell of, the newest with those before it as its history. */
export function deploymentOf(
  summaries: readonly ChangeSetSummary[],
  stack: Pick<Stack, 'StackStatus' | 'ChangeSetId'>,
  wanted: { readonly id: string; readonly environment: string }
): DeploymentRecord | undefined {
  const executed = summaries
    .flatMap((one) => {
      const status = statusOf(one, stack)
      const record = readRecord(one.Description)
      return status && record && record.target === wanted.id && record.environment === wanted.environment
        ? [{ ...record, images: {}, status }]
        : []
    })
    .sort((a, b) => (a.time < b.time ? 1 : -1))
  const [newest, ...history] = executed
  return newest && { ...newest, history: history.slice(0, 10) }
}

function statusOf(
  one: ChangeSetSummary,
  stack: Pick<Stack, 'StackStatus' | 'ChangeSetId'>
): DeploymentRecord['status'] | undefined {
  if (isUnexecutedRecord(one)) return 'succeeded'
  switch (one.ExecutionStatus) {
    case 'EXECUTE_IN_PROGRESS':
      return 'in-progress'
    case 'EXECUTE_FAILED':
      return 'failed'
    case 'EXECUTE_COMPLETE':
      // It counts as executed as soon as the update began; the stack says how that ended.
      return one.ChangeSetId === stack.ChangeSetId && /ROLLBACK|FAILED/.test(stack.StackStatus ?? '')
        ? 'failed'
        : 'succeeded'
    default:
      return undefined
  }
}
