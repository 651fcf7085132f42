import { timeText } from '../moment.ts'
import type { TargetReport } from '../report/report.ts'
import type { Plan } from '../targets/plan.ts'
import type { DeploymentRecord, Target } from '../targets/target.ts'
import type { Check, DriftOptions } from './drift.ts'
import { withNotes } from './target-run.ts'
import type { RunContext } from './unit.ts'

/** A deployment that says it is running is believed for so long (milliseconds); one that was killed never ends. */
const DEPLOYMENT_RUNS_AT_MOST = 3_600_000

/** Why nothing of a drifted unit is put back; empty when there is simply nothing that healing could do; undefined to go on. */
export function refusalOf(
  found: Check,
  { target, plan, exact }: NonNullable<Check['drifted']>,
  context: RunContext,
  options: DriftOptions
): string | undefined {
  if (found.unrecorded) return UNRECORDED
  if (found.unknownHere && nothingLives(plan)) return NOT_HERE
  const judged = found.report.plan ?? plan
  const healable = new Set(healableChanges(judged).map((change) => change.resource.id)).size
  return (
    refusalToHeal(healable, driftedObjects(judged), exact, found.report, context, options) ??
    refusalInPart(target, judged)
  )
}

/**
 * Of a drifted unit that is not healed because healing is off: what healing would do. Whether the recorded commit may
 * be applied is left out: that takes the history of the repository, which only checks.
 */
export function withForecast(
  found: Check,
  drifted: NonNullable<Check['drifted']>,
  context: RunContext,
  options: DriftOptions
): TargetReport {
  const { report } = found
  if (!report.plan) return report
  const all = report.plan.changes.length
  const healable = healableChanges(report.plan).length
  const refusal = refusalOf(found, drifted, context, options)
  const would =
    refusal === undefined
      ? `with heal: automatic, ${healable === all ? 'all of this' : `${healable} of these ${all} changes`} would be put back.`
      : refusal === ''
        ? 'with heal: automatic, nothing of this would be put back either.'
        : `with heal: automatic, nothing would be put back either: ${refusal.replace(/^(?:Not|Nothing was) healed: /, '')}`
  return { ...report, plan: withNotes(report.plan, [`Healing is off; ${would}`]) }
}

/** What healing may put back. */
export function healableChanges(plan: Plan): Plan['changes'] {
  return plan.changes.filter((change) => change.healable !== false && change.held === undefined)
}

/** As `refusalOf`, as far as numbers and the last deployment tell. */
function refusalToHeal(
  healable: number,
  drifted: number,
  exact: boolean,
  report: TargetReport,
  context: RunContext,
  options: DriftOptions
): string | undefined {
  if (healable === 0) return ''
  if (!exact)
    return 'Not healed: putting it back would also write what only renders differently now. Deploy again, then drift can be healed.'
  if (drifted > options.maxChanges)
    return `Nothing was healed: ${drifted} objects drifted, more than the limit of ${options.maxChanges} for healing without a person. Look at them, then deploy, or raise the limit.`
  const { deployed } = report
  const runningSince =
    deployed?.status === 'in-progress' ? context.now().getTime() - Date.parse(deployed.time) : undefined
  if (runningSince !== undefined && runningSince < DEPLOYMENT_RUNS_AT_MOST)
    return 'Not healed: a deployment seems to be running. The next check heals what is left then.'
  // Its hooks may not have run, and what it no longer declares may be all that still serves.
  if (options.revision === 'deployed' && deployed && !hasSucceeded(deployed))
    return `Not healed: the last deployment, of ${timeText(deployed.time)}, did not succeed, and healing would carry it on without its hooks. Deploy again first, or merge a revert.`
  return undefined
}

/** Whether what is recorded as deployed ever ran: a later attempt to deploy the same may have failed. */
function hasSucceeded(record: DeploymentRecord): boolean {
  return [record, ...record.history].some((one) => one.status === 'succeeded' && one.digest === record.digest)
}

/** Why a target that is put back as a whole is not, when a part of it is held back. */
function refusalInPart(target: Pick<Target, 'healsInPart'>, plan: Plan): string | undefined {
  if (target.healsInPart) return undefined
  const held = plan.changes.find((change) => change.held ?? change.fields.some((field) => field.held))
  const why = held?.held ?? held?.fields.find((field) => field.held)?.held
  if (!held || !why) return undefined
  return `Not healed: this target can only be put back as a whole, and of ${held.resource.id} ${why.reason}.`
}

/** Whether a plan would make all of a target anew. */
function nothingLives(plan: Plan): boolean {
  return plan.unchanged === 0 && plan.changes.every((change) => change.action === 'create')
}

/** How many objects would be put back; pods that only start again with what is put right have not drifted themselves. */
function driftedObjects(plan: Plan): number {
  return new Set(healableChanges(plan).flatMap((change) => (change.follows ? [] : [change.resource.id]))).size
}

const NOT_HERE =
  'Not healed: neither the inventory of this target nor any of its objects is here. Either all of it was deleted, or this is not the cluster or the namespace that it was deployed to. Deploy it, if it is to be here.'

const UNRECORDED =
  'Not healed: nothing says which commit was deployed, so healing might deploy what nobody released. Give a github-token, so that deployments are recorded; or compare with the checkout on purpose: revision: head.'
