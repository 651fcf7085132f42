import { messageOf } from '../errors.ts'
import { canonicalJson } from '../json.ts'
import type { TargetReport } from '../report/report.ts'
import { resourceText } from '../report/value.ts'
import { FOUND, outcomeWords } from '../report/words.ts'
import type { Change, Plan } from '../targets/plan.ts'
import type { DeploymentRecord, HealedPart, Memory, Outcome, Target } from '../targets/target.ts'
import type { Check, DriftOptions } from './drift.ts'
import { type Healings, healingsToJson, nextHealings, readHealings } from './fights.ts'
import { holdBack } from './hold.ts'
import { healableChanges, refusalOf } from './refusal.ts'
import { errorReport, secondsSince, uncheckedError, unitLog, withNotes } from './target-run.ts'
import type { RunContext, Unit } from './unit.ts'

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
  const { target, plan } = drifted
  const judged = found.report.plan ?? plan
  for (const [index, fight] of fightWarnings(judged).entries())
    if (index < FIGHTS_ANNOTATED) log.warning(fight)
    else log.info(fight)
  const part = healedPart(judged)
  const refusal = refusalOf(found, drifted, context, options) ?? (await refusalOfCommit(found.report.deployed, options))
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

function succeeded(outcome: Outcome): boolean {
  return outcome.status === 'succeeded'
}
