import { mapConcurrent } from '../concurrency.ts'
import { GitOpsError, messageOf } from '../errors.ts'
import { topological } from '../graph.ts'
import type { Logger } from '../log.ts'
import type { DeployStatus, RunReport, TargetReport } from '../report/report.ts'
import { outcomeWords, planWords } from '../report/words.ts'
import type { Plan } from '../targets/plan.ts'
import type { Outcome, Target } from '../targets/target.ts'
import { type Opening, Openings, OutputUnknown, ownSource } from './openings.ts'
import { type Ran, runGraph } from './schedule.ts'
import { errorReport, previousDeployment, runReport, secondsSince, unitLog, withNotes } from './target-run.ts'
import type { Opened, RunContext, Unit } from './unit.ts'

export interface DeployOptions {
  /** The digest of the plan that was approved, or of several by target. A plan with another one is not applied. */
  readonly planDigest?: string | ReadonlyMap<string, string>
}

/** What became of one unit so far; `target` and `plan` are there once it could be planned. */
interface Progress {
  report: TargetReport
  readonly target?: Target
  readonly plan?: Plan
}

/**
 * Deploys units in the order of their dependencies: plan, apply; then prunes what all of them no longer declare; then
 * records. Before the first of them is written, the images of all are built and all are rendered: what fails there
 * leaves everything as it is. What needs an output that only this run brings is rendered when that is there, and
 * rendered again where an output changed. What depends on a failed unit is skipped. Never throws for a unit that fails.
 */
export async function deploy(
  units: readonly Unit[],
  context: RunContext,
  options: DeployOptions = {}
): Promise<RunReport> {
  const started = context.now()
  const alone = units.length === 1
  const coming = new Set(units.map((unit) => unit.id))
  const openings = new Openings({
    units,
    context,
    source: ownSource(context, (name) => context.images.build(name)),
    mayCome: (id) => coming.has(id),
    waitForClusters: true
  })
  const ready = new Map<string, Ready>()
  await mapConcurrent(units, OPENED_AT_ONCE, async (unit) => {
    ready.set(unit.id, await openUnit(unit, openings, context))
  })
  const broken = units.filter((unit) => ready.get(unit.id)?.error !== undefined)
  if (broken.length > 0) {
    const targets = units.map((unit) => unopened(unit, ready.get(unit.id), broken))
    return runReport(context, 'deploy', started, deployStatus(targets), targets)
  }
  const ran = await runGraph(
    units,
    async (unit) => {
      const progress = await deployUnit(unit, ready.get(unit.id), openings, context, options, alone)
      coming.delete(unit.id)
      return { ok: progress.report.status === 'succeeded', value: progress }
    },
    context.signal ? { signal: context.signal } : {}
  )
  const progress = new Map(units.map((unit) => [unit.id, progressOf(unit, ran.get(unit.id))]))
  await pruneUnits(units, progress, context)
  if (context.store) await recordUnits(progress, context)
  const targets = [...progress.values()].map((one) => one.report)
  return runReport(context, 'deploy', started, deployStatus(targets), targets)
}

/** How many units are rendered side by side. */
const OPENED_AT_ONCE = 4

/** A unit with its images built and its declaration rendered, or why that failed or has to wait. */
interface Ready {
  readonly opening?: Opening
  /** Why it can be rendered only when its turn comes. */
  readonly waits?: string
  readonly error?: ReturnType<typeof errorReport>
  readonly seconds: number
}

async function openUnit(unit: Unit, openings: Openings, context: RunContext): Promise<Ready> {
  const started = context.now()
  const seconds = () => secondsSince(started, context.now())
  try {
    if (context.signal?.aborted) return { seconds: 0 }
    return { opening: await openings.open(unit), seconds: seconds() }
  } catch (error) {
    // Being cancelled is no failure, whatever it interrupted.
    if (context.signal?.aborted) return { seconds: seconds() }
    if (error instanceof OutputUnknown) return { waits: error.message, seconds: seconds() }
    return { error: errorReport(error), seconds: seconds() }
  }
}

/** A unit whose turn has come, rendered with the outputs that are there now. */
async function openedNow(
  unit: Unit,
  { opening, waits }: Ready,
  openings: Openings,
  log: Logger
): Promise<{ opened: Opened; notes: readonly string[] }> {
  if (opening && !(await openings.outdated(unit.id, opening.used)))
    return { opened: opening.opened, notes: opening.opened.notes }
  log.info(waits === undefined ? 'An output that it uses changed: rendered again.' : 'Rendered now.')
  const { opened } = await openings.reopen(unit)
  const why =
    waits === undefined
      ? 'Rendered again after what it depends on was applied, because an output that it uses changed.'
      : `Not rendered or checked before the first write: ${waits}`
  return { opened, notes: [...opened.notes, why] }
}

/** The report of a unit in a run that ended before its first write. */
function unopened(unit: Unit, ready: Ready | undefined, broken: readonly Unit[]): TargetReport {
  const base = { id: unit.id, kind: unit.kind, outcomes: [], seconds: ready?.seconds ?? 0 }
  if (ready?.error) return { ...base, status: 'failed', error: ready.error }
  const names = listed(broken.map((one) => one.id))
  return {
    ...base,
    status: 'skipped',
    error: { message: `Skipped: ${names} could not be prepared, so nothing was written anywhere.` }
  }
}

async function deployUnit(
  unit: Unit,
  ready: Ready | undefined,
  openings: Openings,
  context: RunContext,
  options: DeployOptions,
  alone: boolean
): Promise<Progress> {
  const started = context.now()
  const log = unitLog(context.log, unit.id, alone)
  const base = { id: unit.id, kind: unit.kind, outcomes: [] as Outcome[] }
  const seconds = () => secondsSince(started, context.now())
  let known: Pick<TargetReport, 'plan' | 'deployed'> = {}
  try {
    if (!ready?.opening && ready?.waits === undefined)
      return { report: { ...base, status: 'cancelled', seconds: seconds(), error: cancelled() } }
    const { opened, notes } = await openedNow(unit, ready, openings, log)
    const { target } = opened
    const before = await previousDeployment(unit, openings.reader(unit.id), log)
    if (before) known = { deployed: before }
    const plan = await target.plan('deploy')
    known = { ...known, plan: withNotes(plan, notes) }
    log.info(`Plan: ${planWords(plan)}.`)
    refuseOther(plan, options.planDigest)
    if (context.signal?.aborted)
      return { report: { ...base, ...known, status: 'cancelled', seconds: seconds(), error: cancelled() } }
    const outcome = await target.apply(plan)
    if (plan.changes.length > 0 || ready.waits !== undefined) openings.forget(unit.id)
    if (outcome.status === 'succeeded') log.info(`${outcomeWords([outcome])}.`)
    return {
      report: { ...base, ...known, status: outcome.status, seconds: seconds(), outcomes: [outcome] },
      target,
      plan
    }
  } catch (error) {
    const status = context.signal?.aborted ? 'cancelled' : 'failed'
    return { report: { ...base, ...known, status, seconds: seconds(), error: errorReport(error) } }
  }
}

/** @throws GitOpsError when the plan is not the approved one */
function refuseOther(plan: Plan, given: DeployOptions['planDigest']): void {
  if (given === undefined) return
  const approved = typeof given === 'string' ? given : (given.get(plan.target) ?? 'not there')
  if (approved === plan.digest) return
  throw new GitOpsError(
    `The plan is not the one that was approved: its digest is ${plan.digest}, the approved one is ${approved}.`,
    {
      hint: 'Nothing was written. The declaration or the live state has changed since; look at the new plan and approve that.'
    }
  )
}

function progressOf(unit: Unit, ran: Ran<Progress> | undefined): Progress {
  if (ran?.state === 'ran') return ran.value
  const error =
    ran?.state === 'blocked'
      ? { message: `Skipped, because ${listed(ran.failed)}, on which it depends, did not succeed.` }
      : cancelled()
  return { report: { id: unit.id, kind: unit.kind, status: 'skipped', seconds: 0, outcomes: [], error } }
}

function cancelled(): { message: string } {
  return { message: 'The run was cancelled before this target was written.' }
}

/**
 * Deletes what is no longer declared, last in the order of dependencies first. An object that moves to another target
 * is only safe once that target has taken it over, so nothing is deleted unless every target succeeded.
 */
async function pruneUnits(units: readonly Unit[], progress: Map<string, Progress>, context: RunContext): Promise<void> {
  const unfinished = [...progress.values()].filter((one) => one.report.status !== 'succeeded')
  for (const unit of topological(units).reverse()) {
    const one = progress.get(unit.id)
    if (one?.report.status !== 'succeeded' || !one.target?.prune || !one.plan) continue
    const deletions = one.plan.changes.filter((change) => change.action === 'delete').length
    if (unfinished.length > 0) {
      if (deletions > 0)
        one.report = noted(
          one.report,
          `${deletions} objects that are no longer declared were not deleted, because ${listed(unfinished.map((other) => other.report.id))} did not succeed and may be about to take them over. The next deploy deletes them.`
        )
      continue
    }
    one.report = pruned(one.report, await pruneTarget(one.target, one.plan))
    if (one.report.status === 'succeeded' && deletions > 0)
      unitLog(context.log, unit.id, units.length === 1).info(`${outcomeWords(one.report.outcomes.slice(-1))}.`)
  }
}

async function pruneTarget(target: Target, plan: Plan): Promise<Outcome | undefined> {
  try {
    return await target.prune?.(plan)
  } catch (error) {
    const { message, hint } = errorReport(error)
    const failure = { message, resources: [], ...(hint === undefined ? {} : { hint }) }
    return { target: target.id, status: 'failed', results: [], failure, seconds: 0 }
  }
}

function pruned(report: TargetReport, outcome: Outcome | undefined): TargetReport {
  if (!outcome) return report
  return {
    ...report,
    status: outcome.status,
    seconds: report.seconds + outcome.seconds,
    outcomes: [...report.outcomes, outcome]
  }
}

function noted(report: TargetReport, note: string): TargetReport {
  return report.plan ? { ...report, plan: withNotes(report.plan, [note]) } : report
}

/** Writes what the targets recorded to the second store. What is deployed is deployed: a store that fails is a warning. */
async function recordUnits(progress: Map<string, Progress>, context: RunContext): Promise<void> {
  for (const one of progress.values()) {
    if (!one.target || one.report.outcomes.length === 0) continue
    try {
      const record = await one.target.deployed()
      const { declaration } = context
      const from = declaration === undefined ? {} : { declaration }
      if (record && context.store)
        await inTime(context.store.write({ ...record, kind: one.report.kind, ...from }), context.signal)
    } catch (error) {
      const message = `The deployment of ${one.report.id} could not be recorded outside the target: ${messageOf(error)}`
      context.log.warning(message)
      one.report = noted(one.report, message)
    }
  }
}

/** Milliseconds for a record outside the target once the run is cancelled: the report is still to be written. */
const TIME_TO_STORE = 1500

/** @throws GitOpsError when the run was cancelled and `work` does not end in the time that is left */
async function inTime(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return work
  const late = new Promise<never>((_resolve, reject) => {
    const begin = () =>
      setTimeout(() => reject(new GitOpsError('The run was cancelled, and it took too long.')), TIME_TO_STORE).unref()
    if (signal.aborted) begin()
    else signal.addEventListener('abort', begin, { once: true })
  })
  await Promise.race([work, late])
}

function deployStatus(targets: readonly TargetReport[]): DeployStatus {
  if (targets.some((target) => target.status === 'failed')) return 'failed'
  return targets.every((target) => target.status === 'succeeded') ? 'succeeded' : 'cancelled'
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}
