import type { TargetReport } from '../report/report.ts'
import { outcomeWords } from '../report/words.ts'
import type { Plan } from '../targets/plan.ts'
import type { DeploymentRecord, Outcome } from '../targets/target.ts'
import type { Check, DriftOptions } from './drift.ts'
import { errorReport, secondsSince, unitLog, withNotes } from './target-run.ts'
import type { RunContext, Unit } from './unit.ts'

/** A deployment that says it is running is believed for so long (milliseconds); one that was killed never ends. */
const DEPLOYMENT_RUNS_AT_MOST = 3_600_000

/** Puts a drifted unit back, unless the policy or what is known of it speaks against that; then the report says why. */
export async function heal(
  unit: Unit,
  found: Check,
  drifted: NonNullable<Check['drifted']>,
  context: RunContext,
  options: DriftOptions,
  alone: boolean
): Promise<TargetReport> {
  const started = context.now()
  const log = unitLog(context.log, unit.id, alone)
  const { target, plan, exact } = drifted
  const healable = healableChanges(plan)
  const refusal = found.unrecorded
    ? UNRECORDED
    : found.unknownHere && nothingLives(plan)
      ? NOT_HERE
      : refusalToHeal(healable.length, exact, found.report, context, options)
  if (refusal !== undefined) {
    if (refusal !== '') log.warning(refusal)
    return refusal === '' || !found.report.plan
      ? found.report
      : { ...found.report, plan: withNotes(found.report.plan, [refusal]) }
  }
  const outcomes: Outcome[] = []
  const done = (more: Partial<TargetReport>): TargetReport => ({
    ...found.report,
    seconds: found.report.seconds + secondsSince(started, context.now()),
    outcomes,
    ...more
  })
  try {
    outcomes.push(await target.apply(plan))
    if (outcomes.every(succeeded) && target.prune && healable.some((change) => change.action === 'delete'))
      outcomes.push(await target.prune(plan))
    const failed = outcomes.find((outcome) => !succeeded(outcome))
    if (failed)
      return done({
        status: 'error',
        error: {
          message: `Healing ${failed.status === 'cancelled' ? 'was cancelled' : 'failed'}: ${failed.failure?.message ?? 'see the results'}`,
          ...(failed.failure?.hint === undefined ? {} : { hint: failed.failure.hint })
        }
      })
    log.info(`Healed: ${outcomeWords(outcomes)}. Checking again.`)
    const second = await target.plan('drift')
    const left = healableChanges(second)
    if (left.length > 0)
      return done({
        status: 'drifted',
        error: {
          message: `Put back, but it differs again at once: ${left.map((change) => change.resource.id).join(', ')}.`,
          hint: 'Something else changes it back. Stop that, or, in a cluster, add an ignore rule for the field.'
        }
      })
    return done({ status: second.changes.length === 0 ? 'healed' : 'drifted' })
  } catch (error) {
    const report = errorReport(error)
    return done({ status: 'error', error: { ...report, message: `Healing failed: ${report.message}` } })
  }
}

const NOT_HERE =
  'Not healed: neither the inventory of this target nor any of its objects is here. Either all of it was deleted, or this is not the cluster or the namespace that it was deployed to. Deploy it, if it is to be here.'

const UNRECORDED =
  'Not healed: nothing says which commit was deployed, so healing might deploy what nobody released. Give a github-token, so that deployments are recorded; or compare with the checkout on purpose: revision: head.'

/** Whether a plan would make all of a target anew. */
function nothingLives(plan: Plan): boolean {
  return plan.unchanged === 0 && plan.changes.every((change) => change.action === 'create')
}

function healableChanges(plan: Plan): Plan['changes'] {
  return plan.changes.filter((change) => change.healable !== false)
}

/** Why a drifted unit is not healed; empty when there is simply nothing that healing could do; undefined to go on. */
function refusalToHeal(
  healable: number,
  exact: boolean,
  report: TargetReport,
  context: RunContext,
  options: DriftOptions
): string | undefined {
  if (healable === 0) return ''
  if (!exact)
    return 'Not healed: putting it back would also write what only renders differently now. Deploy again, then drift can be healed.'
  if (healable > options.maxChanges)
    return `Not healed: ${healable} objects drifted, more than the limit of ${options.maxChanges} for healing without a person. Look at them, then deploy, or raise the limit.`
  const { deployed } = report
  const runningSince =
    deployed?.status === 'in-progress' ? context.now().getTime() - Date.parse(deployed.time) : undefined
  if (runningSince !== undefined && runningSince < DEPLOYMENT_RUNS_AT_MOST)
    return 'Not healed: a deployment seems to be running. The next check heals what is left then.'
  // Its hooks may not have run, and what it no longer declares may be all that still serves.
  if (options.revision === 'deployed' && deployed && !hasSucceeded(deployed))
    return `Not healed: the last deployment, of ${deployed.time}, did not succeed, and healing would carry it on without its hooks. Deploy again first, or merge a revert.`
  return undefined
}

/** Whether what is recorded as deployed ever ran: a later attempt to deploy the same may have failed. */
function hasSucceeded(record: DeploymentRecord): boolean {
  return [record, ...record.history].some((one) => one.status === 'succeeded' && one.digest === record.digest)
}

function succeeded(outcome: Outcome): boolean {
  return outcome.status === 'succeeded'
}
