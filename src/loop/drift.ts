import { mapConcurrent } from '../concurrency.ts'
import { GitOpsError } from '../errors.ts'
import { timeText } from '../moment.ts'
import type { DriftStatus, RunReport, TargetReport } from '../report/report.ts'
import { driftWords } from '../report/words.ts'
import type { Plan } from '../targets/plan.ts'
import type { DeploymentRecord, Target } from '../targets/target.ts'
import type { Checkouts } from './checkouts.ts'
import type { Healings } from './fights.ts'
import { heal, recall, remember } from './heal.ts'
import { activePause, type HealLimits, type HoldOptions, holdBack, type Pause, pauseText } from './hold.ts'
import { type Opening, Openings } from './openings.ts'
import { withForecast } from './refusal.ts'
import { withoutOwnFields } from './reproducible.ts'
import { runGraph } from './schedule.ts'
import { errorReport, imagesOf, runReport, secondsSince, uncheckedError, unitLog, withNotes } from './target-run.ts'
import type { RunContext, Unit } from './unit.ts'

export interface DriftOptions extends HealLimits {
  readonly heal: 'off' | 'automatic'
  /** A pause of healing in the whole environment. */
  readonly pause?: Pause
  /** More healable changes than this in one unit are reported, never healed. */
  readonly maxChanges: number
  /** What the live state is compared with: the commit that was deployed, or the checkout as it is. */
  readonly revision: 'deployed' | 'head'
  readonly checkouts: Checkouts
}

/** How many units are compared side by side. */
const CONCURRENCY = 4

/** What was found out about one unit, and what healing it needs. */
export interface Check {
  report: TargetReport
  /** The target's own store knows of no deployment. */
  readonly unknownHere?: boolean
  /** Nothing says what was deployed: it was compared with the checkout, which may be ahead. */
  readonly unrecorded?: boolean
  readonly drifted?: {
    readonly target: Target
    readonly plan: Plan
    /** False when the plan holds what is no drift: executing it would write that too. */
    readonly exact: boolean
  }
  readonly opening?: Opening
  /** What speaks against healing, to judge a second plan by as well. */
  readonly hold?: HoldOptions
  /** What was healed before; undefined where nobody remembers it, or nothing is healed. */
  readonly healings?: Healings
}

/** The units of a run, and what each is compared with. */
interface Compared {
  readonly openings: Openings
  readonly last: (unit: Unit) => Promise<LastDeployment>
}

interface LastDeployment {
  readonly record: DeploymentRecord | undefined
  readonly notes: readonly string[]
  readonly unknownHere: boolean
  readonly unrecorded: boolean
}

/**
 * Compares what lives with what was deployed, and puts it back where the policy says so. Every unit is checked
 * whatever becomes of the others; healing keeps the order of dependencies. Never throws for a unit that fails.
 */
export async function drift(units: readonly Unit[], context: RunContext, options: DriftOptions): Promise<RunReport> {
  const started = context.now()
  const alone = units.length === 1
  const checks = new Map<string, Check>()
  const compared = comparedWith(units, context, options)
  await mapConcurrent(units, CONCURRENCY, async (unit) => {
    checks.set(unit.id, await check(unit, compared, context, options, alone))
  })
  if (options.heal === 'automatic')
    await runGraph(units, async (unit) => {
      const found = await upToDate(unit, checks, compared, context, options, alone)
      if (found?.drifted && !context.signal?.aborted) {
        found.report = await heal(unit, found, found.drifted, context, options, alone)
        if (found.report.outcomes.length > 0) compared.openings.forget(unit.id)
      }
      if (found) await remember(unit, found, context, alone)
      // One unit's failure never keeps another from being healed.
      return { ok: true, value: undefined }
    })
  else
    for (const found of checks.values())
      if (found.drifted) found.report = withForecast(found, found.drifted, context, options)
  const targets = units.flatMap((unit) => checks.get(unit.id)?.report ?? [])
  return runReport(context, 'drift', started, driftStatus(targets), targets)
}

function comparedWith(units: readonly Unit[], context: RunContext, options: DriftOptions): Compared {
  const found = new Map<string, Promise<LastDeployment>>()
  const last = (unit: Unit) => {
    const known = found.get(unit.id) ?? lastDeployment(unit, openings, context, options)
    found.set(unit.id, known)
    return known
  }
  const openings: Openings = new Openings({
    units,
    context,
    source: async (unit) => ({
      ...(await sourceOf(unit, (await last(unit)).record, context, options)),
      planned: 'at once' as const
    }),
    mayCome: () => false
  })
  return { openings, last }
}

/** What was found out about a unit; anew, where healing what it depends on gave its outputs other values. */
async function upToDate(
  unit: Unit,
  checks: Map<string, Check>,
  compared: Compared,
  context: RunContext,
  options: DriftOptions,
  alone: boolean
): Promise<Check | undefined> {
  const found = checks.get(unit.id)
  const used = found?.opening?.used ?? []
  if (used.length === 0) return found
  const outdated = await compared.openings.outdated(unit.id, used).catch(() => true)
  if (!outdated) return found
  const again = await check(unit, compared, context, options, alone, { again: true })
  checks.set(unit.id, again)
  return again
}

async function check(
  unit: Unit,
  { openings, last }: Compared,
  context: RunContext,
  options: DriftOptions,
  alone: boolean,
  { again = false }: { again?: boolean } = {}
): Promise<Check> {
  const started = context.now()
  const log = unitLog(context.log, unit.id, alone)
  const base = { id: unit.id, kind: unit.kind, outcomes: [] }
  const seconds = () => secondsSince(started, context.now())
  let deployed: DeploymentRecord | undefined
  try {
    if (context.signal?.aborted) throw new GitOpsError('The run was cancelled before this target was checked.')
    const { record, notes, unknownHere, unrecorded } = await last(unit)
    deployed = record
    const opening = await (again ? openings.reopen(unit) : openings.open(unit))
    const { opened } = opening
    const planned = await opened.target.plan('drift')
    const judged = opened.reproducible ? { plan: planned, left: [] } : withoutOwnFields(planned)
    const pauses = [options.pause, unit.pause].filter((pause) => pause !== undefined)
    const pause = activePause(pauses, context.now())
    const healings = options.heal === 'automatic' ? await recall(unit, opened.target, context) : undefined
    const hold: HoldOptions = { ...options, pauses, now: context.now(), ...(healings ? { healings } : {}) }
    const allNotes = [
      ...(pause ? [`Of this target, ${pauseText(pause)}.`] : []),
      ...notes,
      ...opened.notes,
      ...leftOut(judged.left)
    ]
    log.info(`${judged.plan.changes.length === 0 ? '' : 'Drift: '}${driftWords(judged.plan)}.`)
    const unchecked = judged.plan.changes.length === 0 ? uncheckedError(judged.plan) : undefined
    const report: TargetReport = {
      ...base,
      status: statusOf(judged.plan),
      ...(unchecked ? { error: unchecked } : {}),
      seconds: seconds(),
      plan: withNotes(holdBack(judged.plan, hold), allNotes),
      ...(record ? { deployed: record } : {})
    }
    const found = { report, opening, hold, ...(healings ? { healings } : {}) }
    if (judged.plan.changes.length === 0) return found
    return {
      ...found,
      unknownHere,
      unrecorded,
      drifted: { target: opened.target, plan: planned, exact: judged.left.length === 0 }
    }
  } catch (error) {
    return {
      report: {
        ...base,
        status: 'error',
        seconds: seconds(),
        error: errorReport(error),
        ...(deployed ? { deployed } : {})
      }
    }
  }
}

/** The deployment to compare with. With `revision: head` there need be none. */
async function lastDeployment(
  unit: Unit,
  openings: Openings,
  context: RunContext,
  options: DriftOptions
): Promise<LastDeployment> {
  const known = { notes: [], unknownHere: false, unrecorded: false }
  const own = await unit.deployed(openings.reader(unit.id))
  if (own) return { ...known, record: own, notes: recordNotes(own) }
  const outside = unit.recordedOutside ? undefined : await context.store?.read(context.environment, unit.id)
  if (outside)
    return {
      ...known,
      record: outside,
      unknownHere: true,
      notes: ['The inventory of this target is gone; what was deployed is known from the deployment record in GitHub.']
    }
  if (options.revision === 'head') return { ...known, record: undefined }
  if (unit.recordedOutside && !context.store)
    return {
      ...known,
      record: undefined,
      unrecorded: true,
      notes: [
        'Compared with the checkout as it is: nothing says which commit was deployed. A github-token with deployments: write lets every deploy record it.'
      ]
    }
  throw new GitOpsError(
    `"${unit.id}" was never deployed to "${context.environment}", or its inventory was deleted${unit.home === undefined ? '' : ` (${unit.home})`}: there is nothing to compare with.`,
    {
      hint: `Deploy it first: run the deploy action (or the root action with command: deploy). If it was deployed by other means, check against the checkout with revision: head.${context.store ? '' : ' To know what was deployed when an inventory is gone, have deployments recorded in GitHub, too (github-deployments).'}`
    }
  )
}

function recordNotes(record: DeploymentRecord): string[] {
  const run = record.run ? ` (${record.run})` : ''
  if (record.status === 'failed')
    return [
      `The last deployment, of ${timeText(record.time)}${run}, failed; the live state is compared with what it was to become.`
    ]
  if (record.status === 'in-progress')
    return [`A deployment that began ${timeText(record.time)}${run} has not said that it ended.`]
  return []
}

async function sourceOf(unit: Unit, record: DeploymentRecord | undefined, context: RunContext, options: DriftOptions) {
  if (options.revision === 'head' || !record) {
    const images = { ...record?.images, ...(await imagesOf(unit, (name) => context.images.foresee(name))) }
    return {
      workspace: context.workspace,
      images,
      ...(context.revision === undefined ? {} : { revision: context.revision })
    }
  }
  if (record.revision === undefined) return { workspace: context.workspace, images: record.images, recorded: record }
  const workspace = await checkoutOf(record, record.revision, context, options)
  return { workspace, revision: record.revision, images: record.images, recorded: record }
}

async function checkoutOf(
  record: DeploymentRecord,
  revision: string,
  { repository }: Pick<RunContext, 'repository'>,
  { checkouts }: DriftOptions
): Promise<string> {
  try {
    return await checkouts.at(revision)
  } catch (error) {
    // A repository that was renamed since still has the commit, so only a commit that is not there says anything.
    const other = record.repository
    if (other === undefined || repository === undefined || other.toLowerCase() === repository.toLowerCase()) throw error
    throw new GitOpsError(
      `"${record.target}" was deployed from ${other}, at commit ${revision}, which ${repository} does not have.`,
      { hint: `Check for drift from ${other}, or deploy from here.`, cause: error }
    )
  }
}

function leftOut(left: readonly string[]): string[] {
  return left.length === 0
    ? []
    : [`Differs only because it renders differently now, and is no drift: ${left.join('; ')}.`]
}

/** What a plan for drift means. */
function statusOf(plan: Plan): DriftStatus {
  if (plan.changes.length > 0) return 'drifted'
  if (uncheckedError(plan)) return 'error'
  return plan.unsupported === undefined ? 'in-sync' : 'unsupported'
}

/** That nothing can be told of one target does not matter where something is told of others. */
function driftStatus(targets: readonly TargetReport[]): DriftStatus {
  for (const status of ['error', 'drifted', 'healed', 'in-sync'] as const)
    if (targets.some((target) => target.status === status)) return status
  return targets.length > 0 ? 'unsupported' : 'in-sync'
}
