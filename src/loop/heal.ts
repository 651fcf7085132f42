import { messageOf } from '../errors.ts'
import { canonicalJson } from '../json.ts'
import { timeText } from '../moment.ts'
import type { TargetReport } from '../report/report.ts'
import { resourceText } from '../report/value.ts'
import { FOUND, outcomeWords } from '../report/words.ts'
import type { Change, Plan } from '../targets/plan.ts'
import type { DeploymentRecord, HealedPart, Memory, Outcome, Target } from '../targets/target.ts'
import type { Check, DriftOptions } from './drift.ts'
import { type Healings, healingsToJson, nextHealings, readHealings } from './fights.ts'
import { holdBack } from './hold.ts'
import { errorReport, secondsSince, uncheckedError, unitLog, withNotes } from './target-run.ts'
import type { RunContext, Unit } from './unit.ts'

/** A deployment that says it is running is believed for so long (milliseconds); one that was killed never ends. */
const DEPLOYMENT_RUNS_AT_MOST = 3_600_000

/** GitHub keeps ten warnings of a step, and the report lists every fight. */
const FIGHTS_ANNOTATED = 2

/**
 * Puts a drifted unit back, unless the policy or what is known of it speaks against that; then the report says why.
 * What is held back stays as it is, and the rest is put back all the same.
 */
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
  const judged = found.report.plan ?? plan
  for (const [index, fight] of fightWarnings(judged).entries())
    if (index < FIGHTS_ANNOTATED) log.warning(fight)
    else log.info(fight)
  const part = healedPart(judged)
  const refusal = found.unrecorded
    ? UNRECORDED
    : found.unknownHere && nothingLives(plan)
      ? NOT_HERE
      : (refusalToHeal(part.resources.size, driftedObjects(judged), exact, found.report, context, options) ??
        refusalInPart(target, judged) ??
        (await refusalOfCommit(found.report.deployed, options)))
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
    // An engine that knows no parts is asked for the whole, as ever.
    const chosen = target.healsInPart ? part : undefined
    outcomes.push(await target.apply(plan, chosen))
    const deletes = healableChanges(judged).some((change) => change.action === 'delete')
    if (outcomes.every(succeeded) && target.prune && deletes) outcomes.push(await target.prune(plan, chosen))
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
    const more = found.report.plan ? { plan: withNotes(found.report.plan, foundMore(plan, second)) } : {}
    const left = healableChanges(found.hold ? holdBack(second, found.hold) : second).filter(isIn(plan))
    if (left.length > 0)
      return done({
        ...more,
        status: 'drifted',
        error: {
          message: `Put back, but it differs again at once: ${left.map((change) => change.resource.id).join(', ')}.`,
          hint: 'Something else changes it back. Stop that, or, in a cluster, add an ignore rule for the field.'
        }
      })
    const unchecked = second.changes.length === 0 ? uncheckedError(second) : undefined
    if (unchecked) return done({ status: 'error', error: unchecked })
    return done({ ...more, status: second.changes.length === 0 ? 'healed' : 'drifted' })
  } catch (error) {
    const report = errorReport(error)
    return done({ status: 'error', error: { ...report, message: `Healing failed: ${report.message}` } })
  }
}

/** How many of the changes that only the second check found are named. */
const MORE_NAMED = 5

/** What came to light, or happened, while the rest was put back: without it nobody would know why it is not healed. */
function foundMore(first: Plan, second: Plan): string[] {
  const known = isIn(first)
  const more = second.changes.filter((change) => !known(change))
  if (more.length === 0) return []
  const named = more
    .slice(0, MORE_NAMED)
    .map(({ action, resource, reason }) => `${FOUND[action]}: ${resourceText(resource)}${reason ? ` (${reason})` : ''}`)
  const others = more.length > named.length ? [`${more.length - named.length} more`] : []
  return [`The check after healing found what the first one had not: ${[...named, ...others].join('; ')}.`]
}

function isIn({ changes }: Plan): (change: Change) => boolean {
  const ids = new Set(changes.map(({ resource }) => resource.id))
  return ({ resource }) => ids.has(resource.id)
}

/**
 * Keeps what was put back, so that a later run sees a fight. Only what changed is written; that it cannot be written
 * is no failure of healing.
 */
export async function remember(unit: Unit, found: Check, context: RunContext, alone: boolean): Promise<void> {
  const { healings, report, opening } = found
  const memory = opening && memoryOf(unit, opening.opened.target, context)
  if (!healings || !memory || !report.plan || context.signal?.aborted) return
  const results = report.outcomes.flatMap((outcome) => outcome.results)
  const next = nextHealings(healings, {
    drifted: report.plan.changes,
    healed: new Set(results.filter((one) => PUT_BACK.has(one.action)).map((one) => one.resource.id)),
    digest: report.plan.declaredDigest,
    now: context.now()
  })
  const [before, after] = [healingsToJson(healings), healingsToJson(next)]
  if (canonicalJson(before) === canonicalJson(after)) return
  try {
    await memory.write(after)
  } catch (error) {
    unitLog(context.log, unit.id, alone).warning(
      `What was healed cannot be remembered, so a fight over it would not be noticed: ${messageOf(error)}`
    )
  }
}

/** Where it is remembered what was healed in a unit: its own store, else that of the run; undefined where there is none. */
function memoryOf(
  unit: Unit,
  target: Pick<Target, 'memory'>,
  { store, environment }: Pick<RunContext, 'store' | 'environment'>
): Memory | undefined {
  return target.memory ?? (unit.kind === 'kubernetes' ? undefined : store?.memory?.(environment, unit.id))
}

/** What was healed in a unit before. That it cannot be read stops no healing. */
export async function recall(
  unit: Unit,
  target: Pick<Target, 'memory'>,
  context: Pick<RunContext, 'store' | 'environment' | 'log'>
): Promise<Healings> {
  try {
    return readHealings(await memoryOf(unit, target, context)?.read())
  } catch (error) {
    context.log.warning(
      `What was healed in ${unit.id} before cannot be read, so a fight is not noticed: ${messageOf(error)}`
    )
    return readHealings(undefined)
  }
}

const PUT_BACK: ReadonlySet<string> = new Set(['created', 'updated', 'replaced', 'pruned', 'restarted'])

/** What of a plan is put back: everything that may be, without what is held back. */
function healedPart(plan: Plan): HealedPart {
  const resources = new Set(healableChanges(plan).map((change) => change.resource.id))
  return {
    resources,
    // Also of a change that is held as a whole, where another one of the same resource is not.
    except: plan.changes.flatMap(({ resource, fields }) =>
      resources.has(resource.id) ? fields.filter((field) => field.held).map(({ path }) => ({ resource, path })) : []
    )
  }
}

/** Why a target that is put back as a whole is not, when a part of it is held back. */
function refusalInPart(target: Pick<Target, 'healsInPart'>, plan: Plan): string | undefined {
  if (target.healsInPart) return undefined
  const held = plan.changes.find((change) => change.held ?? change.fields.some((field) => field.held))
  const why = held?.held ?? held?.fields.find((field) => field.held)?.held
  if (!held || !why) return undefined
  return `Not healed: this target can only be put back as a whole, and of ${held.resource.id} ${why.reason}.`
}

/** Why the recorded commit must not be applied: whoever edits an inventory must not be able to choose what is. */
async function refusalOfCommit(
  deployed: DeploymentRecord | undefined,
  { revision, checkouts }: DriftOptions
): Promise<string | undefined> {
  if (revision !== 'deployed' || deployed?.revision === undefined) return undefined
  const reason = await checkouts.whyUnreachable(deployed.revision)
  if (reason === undefined) return undefined
  return `Not healed: commit ${deployed.revision}, which is recorded as deployed, is not known to be accepted: ${reason}. The record may have been edited, or the history rewritten. Deploy again from the default branch; then drift can be healed.`
}

function fightWarnings(plan: Plan): string[] {
  return plan.changes.flatMap((change) => {
    const fought = change.fields.filter((field) => field.held?.by === 'fight')
    const held = change.held ?? fought[0]?.held
    if (held?.by !== 'fight') return []
    const what = fought.length > 0 ? `${fought.map((field) => field.path).join(', ')} of ` : ''
    return [`A fight over ${what}${change.resource.id}: ${held.reason}. To let it differ:\n${held.proposal ?? ''}`]
  })
}

const NOT_HERE =
  'Not healed: neither the inventory of this target nor any of its objects is here. Either all of it was deleted, or this is not the cluster or the namespace that it was deployed to. Deploy it, if it is to be here.'

const UNRECORDED =
  'Not healed: nothing says which commit was deployed, so healing might deploy what nobody released. Give a github-token, so that deployments are recorded; or compare with the checkout on purpose: revision: head.'

/** Whether a plan would make all of a target anew. */
function nothingLives(plan: Plan): boolean {
  return plan.unchanged === 0 && plan.changes.every((change) => change.action === 'create')
}

/** What healing may put back. */
function healableChanges(plan: Plan): Plan['changes'] {
  return plan.changes.filter((change) => change.healable !== false && change.held === undefined)
}

/** How many objects would be put back; pods that only start again with what is put right have not drifted themselves. */
function driftedObjects(plan: Plan): number {
  return new Set(healableChanges(plan).flatMap((change) => (change.follows ? [] : [change.resource.id]))).size
}

/** Why a drifted unit is not healed; empty when there is simply nothing that healing could do; undefined to go on. */
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

function succeeded(outcome: Outcome): boolean {
  return outcome.status === 'succeeded'
}
