import { GitOpsError } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import type { Change } from '../plan.ts'
import type { ChangeResult, Failure, UnhealthyResource } from '../target.ts'
import type { CloudFormationApi } from './api.ts'
import { resourceOf } from './changes.ts'
import { EventStream, eventLine, failedResources, firstFailure, nameOf, type PlacedEvent, reasonOf } from './events.ts'
import { isBusy } from './status.ts'
import type { Template } from './template.ts'
import type { Values } from './values.ts'
import { type Clock, waitFor } from './waiter.ts'

export interface Executing {
  readonly api: CloudFormationApi
  readonly clock: Clock
  readonly deadline: number
  readonly signal?: AbortSignal | undefined
  readonly log: Logger
  readonly values: Values
  readonly template: Template
}

export interface Executed {
  readonly ok: boolean
  /** Of the stack, in the end. */
  readonly status: string
  readonly failure?: Failure
  readonly failed: ReadonlySet<string>
}

const PAUSES = [1000, 5000] as const
const SUCCEEDED = /^(?:CREATE|UPDATE|IMPORT)_COMPLETE$/

/** Executes a change set, tells what happens, and waits for the end. */
export async function execute(
  changeSet: { readonly id: string; readonly stackId: string; readonly name: string },
  run: Executing
): Promise<Executed> {
  const { api, log, values } = run
  const stream = await EventStream.open(api, changeSet.stackId)
  await api.executeChangeSet({ id: changeSet.id, token: changeSet.name })
  let status = ''
  const tell = async () => {
    for (const one of await stream.next()) log.info(values.masked(eventLine(one)))
  }
  await waitFor(
    async () => {
      const stack = await api.describeStack(changeSet.stackId)
      status = stack?.StackStatus ?? 'DELETE_COMPLETE'
      await tell()
      // Until it has begun, the stack still says how the last operation ended.
      const ended = stream.all.some(
        ({ path, event }) =>
          path.length === 0 &&
          event.PhysicalResourceId === event.StackId &&
          /_(?:COMPLETE|FAILED)$/.test(event.ResourceStatus ?? '')
      )
      return ended && !(stack && isBusy(stack)) ? true : undefined
    },
    {
      ...run,
      pauses: PAUSES,
      timedOut: () => ({
        message: `The stack is still ${status}, and time is up. In AWS the operation goes on.`,
        hint: 'Run again: the next run waits for it and goes on from there. Or raise the timeout.'
      })
    }
  )
  await tell()
  if (SUCCEEDED.test(status)) return { ok: true, status, failed: new Set() }
  return { ok: false, status, ...failureOf(stream.all, status, run) }
}

/** The first resource that failed is the reason; what the stack came to afterwards is said too. */
function failureOf(
  events: readonly PlacedEvent[],
  status: string,
  { values, template }: Executing
): { failure: Failure; failed: Set<string> } {
  const failed = failedResources(events)
  const first = firstFailure(events)
  const told = first ? wordsOf(first, values, template) : 'AWS names no resource that failed.'
  const resources = failed.map((one): UnhealthyResource => {
    const message = values.masked(reasonOf(one) ?? one.event.ResourceStatus ?? 'It failed.')
    const resource = resourceOf(one.path, one.event.LogicalResourceId ?? '?', one.event.ResourceType ?? '')
    return { resource, status: 'Degraded', message, events: [], logs: [] }
  })
  return {
    failed: new Set(failed.map(nameOf)),
    failure: { message: `${told} The stack is now ${status}.`, hint: hintOf(status, first), resources }
  }
}

function wordsOf(one: PlacedEvent, values: Values, template: Template): string {
  const { event, path } = one
  const place = path.length === 0 ? template.place(event.LogicalResourceId ?? '') : undefined
  const where = place ? `${place.file}:${place.line}: ` : ''
  const reason = values.masked(reasonOf(one) ?? 'AWS gives no reason').replace(/ \(Service: [^)]*\)/, '')
  return `${where}${nameOf(one)} (${event.ResourceType}) ${event.HookStatus ?? event.ResourceStatus}: ${/[.!?)]$/.test(reason) ? reason : `${reason}.`}`
}

function hintOf(status: string, first: PlacedEvent | undefined): string {
  if (/denied by stack policy/i.test((first && reasonOf(first)) ?? ''))
    return 'The stack policy forbids it. Allow it there first, in a deploy of its own, and take that back afterwards.'
  if (/ROLLBACK_FAILED/.test(status))
    return 'Undoing it failed too. Mend what the events name, then continue the rollback (aws cloudformation continue-update-rollback), and run again.'
  if (status === 'ROLLBACK_COMPLETE')
    return 'What was made is deleted again; the stack is left as an empty shell, which must be deleted before the next run (on-failure: delete does that).'
  if (status === 'DELETE_COMPLETE')
    return 'The stack is deleted again, so nothing is left of it. Correct the cause and run again.'
  if (/ROLLBACK_COMPLETE/.test(status)) return 'Everything is as it was before. Correct the cause and run again.'
  return 'What was done stays (on-failure: do-nothing). Correct the cause and run again: it goes on from there.'
}

/** What became of each change. */
export function resultsOf(changes: readonly Change[], executed: Executed | undefined): ChangeResult[] {
  return changes.map(({ resource, action }): ChangeResult => {
    if (!executed || executed.ok) return { resource, action: DONE[action] ?? 'updated' }
    if (executed.failed.has(resource.id)) {
      const message = executed.failure?.resources.find((one) => one.resource.id === resource.id)?.message
      return { resource, action: 'failed', ...(message === undefined ? {} : { message }) }
    }
    return { resource, action: 'skipped', message: `Not done, or undone: the stack is ${executed.status}.` }
  })
}

const DONE: Partial<Record<Change['action'], ChangeResult['action']>> = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  delete: 'pruned'
}

/** @throws GitOpsError when the plan takes something away and may not */
export function refuseDestroying(destroys: readonly string[], allowed: boolean, listed: string): void {
  if (destroys.length === 0 || allowed) return
  throw new GitOpsError(
    `The plan deletes or replaces ${destroys.length === 1 ? 'a resource' : `${destroys.length} resources`}: ${listed}.`,
    {
      hint: 'Nothing was written. If that is what you want, allow it with allow-destroy: true (in gitops.yaml: allowDestroy); a resource with DeletionPolicy: Retain is kept when it leaves the template.'
    }
  )
}
