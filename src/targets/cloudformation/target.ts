import { GitOpsError } from '../../errors.ts'
import type { Plan, Purpose } from '../plan.ts'
import type { DeploymentRecord, Outcome, Target } from '../target.ts'
import type { CloudFormationApi } from './api.ts'
import { type Executed, execute, refuseDestroying, resultsOf } from './apply.ts'
import { AwsError, isMissingStack } from './aws-error.ts'
import { explain } from './explain.ts'
import { type Look, listed, look } from './look.ts'
import type { CloudFormationDeclaration, CloudFormationTargetOptions } from './options.ts'
import { deploymentOf } from './record.ts'
import { rememberUnexecuted } from './remember.ts'
import { readDeclared } from './request.ts'
import { applySettings } from './settings.ts'
import { outputNames } from './template.ts'
import { Values } from './values.ts'
import { Cancelled, realClock } from './waiter.ts'

/**
 * A stack. A plan is read from a change set that AWS makes for it and that is taken away again; applying makes it anew,
 * and executes it only if it says the same.
 */
export async function cloudformationTarget(options: CloudFormationTargetOptions): Promise<Target> {
  const { id, stack, log } = options
  const clock = options.clock ?? realClock
  const now = options.now ?? (() => new Date())
  const declared = readDeclared(options)
  const secrets = [...declared.parameters].flatMap(([name, value]) =>
    declared.template.parameters.get(name)?.noEcho ? [value] : []
  )
  for (const secret of secrets) options.onSecret?.(secret)
  const values = new Values(options.secretKey, secrets)
  const planned = new WeakMap<Plan, { readonly purpose: Purpose; readonly destroys: readonly string[] }>()
  const connected = lazily(() => open(options))
  let record: DeploymentRecord | undefined

  /** Looks, with failures in words that a person can act on. */
  async function looking(what: string, purpose: Purpose): Promise<Look> {
    try {
      const api = await connected()
      return await look(options, declared, purpose, { api, clock, deadline: clock.now() + options.timeout, values })
    } catch (error) {
      throw await told(what, error)
    }
  }

  async function told(what: string, error: unknown): Promise<unknown> {
    if (options.signal?.aborted || error instanceof Cancelled)
      return new GitOpsError(`The run was cancelled before stack ${stack} was written.`, { hint: 'Run again.' })
    const region = await connected().then(
      (api) => api.region,
      () => options.region
    )
    return explain(what, error, { stack, region, mask: (text) => values.masked(text), template: declared.template })
  }

  async function plan(purpose: Purpose): Promise<Plan> {
    const seen = await looking(purpose === 'drift' ? 'The drift check' : 'Planning', purpose)
    try {
      await seen.dispose()
    } catch (error) {
      if (options.signal?.aborted) throw await told('Planning', error)
      // What is planned is right all the same.
      log.warning(`Not everything that the preview of stack ${stack} made could be removed: ${messageIn(error)}`)
    }
    planned.set(seen.plan, { purpose, destroys: seen.destroys })
    return seen.plan
  }

  async function apply(wanted: Plan): Promise<Outcome> {
    const started = now()
    const seconds = () => Math.max(0, now().getTime() - started.getTime()) / 1000
    const known = planned.get(wanted)
    if (!known) throw new Error(`the plan of ${id} was made by another target`)
    refuseDestroying(known.destroys, options.allowDestroy, listed(known.destroys))
    if (wanted.changes.length === 0) {
      if (known.purpose === 'deploy') await rememberUnexecuted(await connected(), options, wanted.declaredDigest)
      record = recordOf(options, wanted, 'succeeded', now())
      return { target: id, status: 'succeeded', results: [], seconds: seconds() }
    }
    const seen = await looking('The update', known.purpose)
    const end = async (outcome: Omit<Outcome, 'target' | 'seconds'>): Promise<Outcome> => {
      record = recordOf(options, wanted, outcome.status === 'succeeded' ? 'succeeded' : 'failed', now())
      return { target: id, ...outcome, seconds: seconds() }
    }
    let executed: Executed | undefined
    try {
      refuseOther(seen.plan, wanted)
      if (options.signal?.aborted) throw new Cancelled()
    } catch (error) {
      await seen.dispose().catch(() => {})
      throw await told('The update', error)
    }
    const api = await connected()
    const changed = wanted.changes.filter((one) => one.healable !== false || known.purpose === 'deploy')
    try {
      if (seen.changeSet) {
        const { id: changeSetId, stackId } = seen.changeSet
        executed = await execute(
          { id: changeSetId, stackId, name: seen.input.ChangeSetName ?? '' },
          {
            api,
            clock,
            deadline: clock.now() + options.timeout,
            signal: options.signal,
            log,
            values,
            template: declared.template
          }
        )
        if (!executed.ok)
          return end({
            status: 'failed',
            results: resultsOf(changed, executed),
            ...(executed.failure ? { failure: executed.failure } : {})
          })
      } else await seen.dispose()
      await applySettings(api, { options, declared, look: seen, executed: executed !== undefined })
      return end({ status: 'succeeded', results: resultsOf(changed, executed) })
    } catch (error) {
      // What did not begin leaves nothing behind.
      if (error instanceof AwsError && error.operation === 'ExecuteChangeSet') await seen.dispose().catch(() => {})
      if (options.signal?.aborted || error instanceof Cancelled) return end(cancelled(stack, changed))
      const failure = await told('The update', error)
      if (!(failure instanceof GitOpsError)) throw failure
      const results = changed.map(({ resource }) => ({
        resource,
        action: 'skipped' as const,
        message: failure.message
      }))
      return end({
        status: 'failed',
        results,
        failure: {
          message: failure.message,
          ...(failure.hint === undefined ? {} : { hint: failure.hint }),
          resources: []
        }
      })
    }
  }

  async function outputs(): Promise<Record<string, string>> {
    try {
      const found = await (await connected()).describeStack(stack)
      return Object.fromEntries(
        (found?.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
          OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue]]
        )
      )
    } catch (error) {
      throw await told('Reading the outputs', error)
    }
  }

  return {
    id,
    kind: 'cloudformation',
    plan,
    apply,
    outputs,
    declaredOutputs: async () => outputNames(declared.template),
    deployed: async () => record ?? readDeployment(options, options)
  }
}

/** What the change sets of a stack tell of its deployments; undefined when there is no stack, or nothing of ours. */
export async function readDeployment(
  declared: Pick<CloudFormationDeclaration, 'stack' | 'region'>,
  setup: Pick<CloudFormationTargetOptions, 'id' | 'environment' | 'signal' | 'connect'>
): Promise<DeploymentRecord | undefined> {
  try {
    const api = await open({ ...setup, region: declared.region })
    const stack = await api.describeStack(declared.stack)
    if (stack?.StackId === undefined || stack.StackStatus === 'DELETE_COMPLETE') return undefined
    return deploymentOf(await api.listChangeSets(stack.StackId), stack, setup)
  } catch (error) {
    if (isMissingStack(error)) return undefined
    throw explain('Reading the last deployment', error, {
      stack: declared.stack,
      region: declared.region,
      mask: (text) => text
    })
  }
}

async function open(
  options: Pick<CloudFormationTargetOptions, 'connect' | 'region' | 'signal'>
): Promise<CloudFormationApi> {
  const connect = options.connect ?? (await import('./connect.ts')).connect
  return connect({
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.signal ? { signal: options.signal } : {})
  })
}

/** @throws GitOpsError when the stack or the declaration has changed since the plan was made */
function refuseOther(now: Plan, wanted: Plan): void {
  if (now.digest === wanted.digest) return
  throw new GitOpsError(
    `Stack ${wanted.target} is no longer as it was when it was planned: the change set says otherwise now.`,
    {
      hint: 'Nothing was written. Somebody changed the stack in between. Run again; the new plan says what is left.'
    }
  )
}

function cancelled(stack: string, changes: Plan['changes']): Omit<Outcome, 'target' | 'seconds'> {
  return {
    status: 'cancelled',
    results: changes.map(({ resource }) => ({ resource, action: 'skipped', message: 'The run ended before it.' })),
    failure: {
      message: `The run was cancelled while stack ${stack} was being updated. In AWS the update goes on.`,
      hint: `Run again: the next run waits for it and goes on from there. To undo it instead: aws cloudformation cancel-update-stack --stack-name ${stack}.`,
      resources: []
    }
  }
}

function recordOf(
  options: CloudFormationTargetOptions,
  plan: Plan,
  status: DeploymentRecord['status'],
  time: Date
): DeploymentRecord {
  return {
    target: options.id,
    environment: options.environment,
    ...options.source,
    digest: plan.declaredDigest,
    images: {},
    time: time.toISOString(),
    status,
    history: []
  }
}

function messageIn(error: unknown): string {
  return error instanceof AwsError ? `${error.operation}: ${error.message}` : String(error)
}

function lazily<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined
  return () => {
    begun ??= work()
    begun.catch(() => {
      begun = undefined
    })
    return begun
  }
}
