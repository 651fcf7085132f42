import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { GitOpsError, messageOf } from '../../errors.ts'
import { canonicalJson } from '../../json.ts'
import type { Change, Resource } from '../plan.ts'
import type { ChangeResult, DeploymentRecord, Failure, Outcome } from '../target.ts'
import { dryRun } from './cloud.ts'
import { type Context, withSignal } from './context.ts'
import { changesOf, isQuiet } from './dryrun/changes.ts'
import type { DryRun } from './dryrun/grammar.ts'
import { removeInstanceGroup } from './instance-groups.ts'
import { acquireLock, type Lock } from './lock.ts'
import type { KopsObject } from './manifests.ts'
import type { Planned } from './plan.ts'
import { readRecord, writeRecord } from './record.ts'
import { CONTROL_PLANE_ROLES, isControlPlane, isLimited, isWithin, type Limit } from './roles.ts'
import { replaceObjects, rollInstances, Unhealthy, updateCloud, validateCluster } from './steps.ts'
import { readStored } from './stored.ts'

/**
 * Executes a plan in the order of `kops reconcile`: the control plane first, its instances, then the rest; then it
 * looks whether anything is left to do. Every step can be repeated, so a run that was interrupted is finished by the
 * next one.
 */
export async function executePlan(context: Context, planned: Planned): Promise<Outcome> {
  const { options, now } = context
  const started = now()
  const outcome = (status: Outcome['status'], results: readonly ChangeResult[], failure?: Failure): Outcome => ({
    target: options.id,
    status,
    results,
    ...(failure ? { failure } : {}),
    seconds: Math.max(0, now().getTime() - started.getTime()) / 1000
  })
  const record = recordOf(context, planned, started)
  let lock: Lock | undefined
  const done = new Done()
  try {
    lock = await lockCluster(context, planned)
    await refuseChangedStore(context, planned)
    const locked = lock ? withSignal(context, lock.signal) : context
    if (!isNothingToDo(planned)) {
      await save(context, planned, { ...record, status: 'in-progress' })
      await execute(locked, planned, done)
    } else if (await isUnfinished(context, planned)) await validateStep(locked, planned)
    await save(context, planned, { ...record, status: 'succeeded' })
    return outcome('succeeded', resultsOf(planned, done, undefined))
  } catch (error) {
    const isCancelled = options.signal?.aborted === true
    // Whatever fails after the lock is lost fails because of that.
    const failure = failureOf(lock?.signal.aborted ? lock.signal.reason : error)
    // Without the lock, the record belongs to the run that has it.
    if (lock && !lock.signal.aborted && !isNothingToDo(planned))
      await save(context, planned, { ...record, status: 'failed' }).catch((problem: unknown) =>
        options.log.warning(`What became of the deployment could not be recorded: ${messageOf(problem)}`)
      )
    return outcome(isCancelled ? 'cancelled' : 'failed', resultsOf(planned, done, failure.message), failure)
  } finally {
    await lock?.release()
  }
}

/** What has been done so far. */
class Done {
  replaced = false
  updated = false
  pruned = false
  readonly rolled = new Set<string>()
  readonly removed = new Set<string>()
  /** Ids of what the last dry run still wanted to change. */
  left: ReadonlySet<string> = new Set()
}

async function execute(context: Context, planned: Planned, done: Done): Promise<void> {
  const { options } = context
  const { log, update, rollingUpdate, signal } = options
  const cluster = planned.declared.cluster.name
  await mkdir(options.temporary, { recursive: true })
  const directory = await mkdtemp(path.join(options.temporary, 'kops-'))
  const step = async <T>(title: string, work: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted()
    return log.group(title, work)
  }
  try {
    await step('Replace in the state store', () => replaceObjects(context, directory, planned.replacements))
    done.replaced = true
    if (!update.enabled) return
    const groups = rolledGroups(planned, rollingUpdate)
    const isUpdate = planned.stored !== undefined
    if (isUpdate && rollingUpdate.enabled && concernsControlPlane(planned, groups.controlPlane)) {
      // New kubelets must not meet an older control plane (kubernetes/kops#16907).
      const within = controlPlaneOf(planned, update)
      if (within) await step('Update the control plane', () => updateCloud(context, cluster, { within }))
      await step('Replace instances of the control plane', () => roll(context, cluster, groups.controlPlane, done))
    }
    await step('Update the cloud', () => updateCloud(context, cluster, {}))
    done.updated = true
    if (isUpdate && rollingUpdate.enabled)
      await step('Replace instances', () => roll(context, cluster, groups.all, done))
    await validateStep(context, planned)
    for (const group of planned.removals) {
      await step(`Remove the instance group ${group.name}`, () =>
        removeInstanceGroup(context, cluster, group, directory)
      )
      done.removed.add(group.name)
    }
    const report = await step('Look for what is left', () => finish(context, cluster, planned, done))
    done.left = new Set(
      changesOf(report, { redactor: context.redactor, prune: update.prune }).map((one) => one.resource.id)
    )
    refuseRest(context, report)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function validateStep(context: Context, planned: Planned): Promise<void> {
  const { validate, update, log, signal } = context.options
  signal?.throwIfAborted()
  if (validate.enabled && update.enabled)
    await log.group('Validate the cluster', () => validateCluster(context, planned.declared.cluster.name))
}

/** Whether the last run did all there was to do, but not to its end: then the cluster may not have become healthy. */
async function isUnfinished(context: Context, planned: Planned): Promise<boolean> {
  if (!context.store) return false
  // A damaged one is written anew.
  const last = await readRecord(context.store, planned.declared.cluster.name).catch(() => undefined)
  return last !== undefined && last.status !== 'succeeded'
}

async function roll(context: Context, cluster: string, groups: readonly string[], done: Done): Promise<void> {
  for (const group of await rollInstances(context, cluster, groups, done.rolled)) done.rolled.add(group)
}

/**
 * The last dry run. What only the removal of groups or the replacement of instances made possible is done now: addons
 * that list the groups, deferred deletions.
 */
async function finish(context: Context, cluster: string, planned: Planned, done: Done): Promise<DryRun> {
  const what = 'Looking for what is left to do'
  const { update } = context.options
  let report = await dryRun(context, cluster, what)
  if (planned.removals.length > 0 && !isQuiet(report)) {
    await updateCloud(context, cluster, {})
    report = await dryRun(context, cluster, what)
  }
  // kops may leave out rules of security groups when it deletes, too (see `dryRun`): what it left is there again.
  for (let attempt = 0; update.prune && report.deferred.length > 0 && attempt < PRUNINGS; attempt++) {
    await updateCloud(context, cluster, { prune: true })
    done.pruned = true
    report = await dryRun(context, cluster, what)
  }
  return report
}

const PRUNINGS = 4

/** @throws GitOpsError when kops would still change something that it was to change */
function refuseRest(context: Context, report: DryRun): void {
  const { update, log } = context.options
  if (report.deferred.length > 0 && !update.prune) log.info(`${report.deferred.length} deletions wait for prune.`)
  if (isQuiet(report) && (report.deferred.length === 0 || !update.prune)) return
  const left = changesOf(report, { redactor: context.redactor, prune: update.prune })
  const names = left.map((one) => one.resource.id)
  if (isLimited(update)) {
    const limits = [...update.instanceGroups, ...(update.instanceGroupRoles ?? [])]
    log.warning(`Left to do, since the update is limited to ${limits.join(', ')}: ${names.join(', ')}.`)
    return
  }
  throw new GitOpsError(
    `kops was applied, but would still change ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}.`,
    {
      hint: 'Something changes it back, or the cloud refuses it. Look at the fields in a new plan.',
      details: left.slice(0, 20).map((one) => `${one.resource.id}: ${one.fields.map((field) => field.path).join(', ')}`)
    }
  )
}

/** What is not there to be healed is nothing to do. */
function isNothingToDo(planned: Planned): boolean {
  return planned.plan.changes.every((change) => change.healable === false)
}

async function lockCluster(context: Context, planned: Planned): Promise<Lock | undefined> {
  const { store, options, now } = context
  const { log, source, state } = options
  const cluster = planned.declared.cluster.name
  if (!store) {
    log.warning(`${state.split(':')[0]}:// cannot be locked: give the workflow a concurrency group for "${cluster}".`)
    return undefined
  }
  const holder = {
    ...(source.run === undefined ? {} : { run: source.run }),
    ...(source.revision === undefined ? {} : { revision: source.revision })
  }
  return acquireLock({ store, cluster, holder, log, now })
}

/** @throws GitOpsError when somebody wrote the state store between plan and lock */
async function refuseChangedStore(context: Context, planned: Planned): Promise<void> {
  const now = await readStored(context.kops, planned.declared.cluster.name)
  const text = (stored: typeof now) =>
    stored && canonicalJson([stored.cluster.object, ...stored.instanceGroups.map((group) => group.object)])
  if (text(now) === text(planned.stored)) return
  throw new GitOpsError('The state store was changed while this run was planning.', {
    hint: 'Nothing was written. Run it again: it plans anew.'
  })
}

/** Names of the groups whose instances may be replaced. */
function rolledGroups(planned: Planned, limit: Limit): { controlPlane: string[]; all: string[] } {
  const groups = allGroups(planned).filter((group) => isWithin(limit, group))
  const names = (list: typeof groups) => [...new Set(list.map((group) => group.name))]
  return { controlPlane: names(groups.filter(isControlPlane)), all: names(groups) }
}

/** The part of an update that is the control plane; undefined where its limits leave that out. */
function controlPlaneOf(planned: Planned, limit: Limit): Limit | undefined {
  if (limit.instanceGroups.length === 0) {
    const roles = limit.instanceGroupRoles ?? []
    const wanted = CONTROL_PLANE_ROLES.filter((role) => roles.length === 0 || roles.includes(role))
    return wanted.length === 0 ? undefined : { instanceGroups: [], instanceGroupRoles: wanted }
  }
  const names = rolledGroups(planned, limit).controlPlane
  return names.length === 0 ? undefined : { instanceGroups: names }
}

function allGroups(planned: Planned): readonly KopsObject[] {
  return [...(planned.stored?.instanceGroups ?? []), ...planned.declared.instanceGroups]
}

function concernsControlPlane(planned: Planned, groups: readonly string[]): boolean {
  return planned.plan.changes.some((change) => change.action === 'restart' && groups.includes(change.resource.name))
}

function recordOf(context: Context, planned: Planned, started: Date): Omit<DeploymentRecord, 'history' | 'status'> {
  const { id, environment, source } = context.options
  return {
    target: id,
    environment,
    digest: planned.plan.declaredDigest,
    images: {},
    time: started.toISOString(),
    ...(source.repository === undefined ? {} : { repository: source.repository }),
    ...(source.revision === undefined ? {} : { revision: source.revision }),
    ...(source.run === undefined ? {} : { run: source.run })
  }
}

async function save(context: Context, planned: Planned, record: Omit<DeploymentRecord, 'history'>): Promise<void> {
  if (context.store) await writeRecord(context.store, planned.declared.cluster.name, record)
}

function failureOf(error: unknown): Failure {
  const isUnhealthy = error instanceof Unhealthy
  const known = isUnhealthy ? error.explained : error
  const resources = isUnhealthy ? error.resources : []
  if (!(known instanceof GitOpsError)) return { message: messageOf(known), resources }
  // What is unhealthy says why by itself.
  const details = resources.length > 0 ? [] : known.details.map((line) => `- ${line}`)
  return {
    message: [known.message, ...details].join('\n'),
    ...(known.hint === undefined ? {} : { hint: known.hint }),
    resources
  }
}

/** What became of every change of the plan. */
function resultsOf(planned: Planned, done: Done, problem: string | undefined): ChangeResult[] {
  return planned.plan.changes.map((change) => {
    const result = (action: ChangeResult['action'], message?: string): ChangeResult => ({
      resource: change.resource,
      action,
      ...(message === undefined ? {} : { message })
    })
    if (change.healable === false) return result('skipped', change.reason)
    if (isDone(change, change.resource, done)) return result(DONE[change.action] ?? 'updated')
    return problem === undefined ? result('skipped') : result('skipped', 'The run ended before it.')
  })
}

const DONE: Partial<Record<Change['action'], ChangeResult['action']>> = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  delete: 'pruned',
  restart: 'restarted'
}

const STORED: ReadonlySet<string> = new Set(['Cluster', 'InstanceGroup', 'SSHCredential'])

function isDone(change: Change, resource: Resource, done: Done): boolean {
  if (resource.kind === 'InstanceGroup' && change.action === 'delete') return done.removed.has(resource.name)
  if (resource.kind === 'Instances') return done.rolled.has(resource.name)
  if (STORED.has(resource.kind)) return done.replaced
  return done.updated && !done.left.has(resource.id)
}
