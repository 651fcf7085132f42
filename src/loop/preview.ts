import { mapConcurrent } from '../concurrency.ts'
import type { RunReport, TargetReport } from '../report/report.ts'
import { planWords } from '../report/words.ts'
import { Openings, OutputUnknown, ownSource } from './openings.ts'
import { errorReport, previousDeployment, runReport, secondsSince, unitLog, withNotes } from './target-run.ts'
import type { RunContext, Unit } from './unit.ts'

/** How many units are planned side by side. */
const CONCURRENCY = 4

/** Plans every unit against the live state; nothing is built and nothing written. A unit that cannot be planned hides no other. */
export async function preview(units: readonly Unit[], context: RunContext): Promise<RunReport> {
  const started = context.now()
  const openings = new Openings({
    units,
    context,
    source: ownSource(context, (name) => context.images.foresee(name)),
    mayCome: () => true
  })
  const alone = units.length === 1
  const targets = await mapConcurrent(units, CONCURRENCY, (unit) => previewUnit(unit, openings, context, alone))
  const status = targets.every((target) => target.status === 'planned')
    ? 'planned'
    : context.signal?.aborted
      ? 'cancelled'
      : 'failed'
  return runReport(context, 'preview', started, status, targets)
}

async function previewUnit(unit: Unit, openings: Openings, context: RunContext, alone: boolean): Promise<TargetReport> {
  const started = context.now()
  const log = unitLog(context.log, unit.id, alone)
  const base = { id: unit.id, kind: unit.kind, outcomes: [] }
  if (context.signal?.aborted)
    return { ...base, status: 'skipped', seconds: 0, error: { message: 'The run was cancelled.' } }
  const seconds = () => secondsSince(started, context.now())
  try {
    const { target, notes } = (await openings.open(unit)).opened
    const deployed = await previousDeployment(unit, openings.reader(unit.id), log)
    const plan = await target.plan('deploy')
    log.info(`Plan: ${planWords(plan)}.`)
    return {
      ...base,
      status: 'planned',
      seconds: seconds(),
      plan: withNotes(plan, notes),
      ...(deployed ? { deployed } : {})
    }
  } catch (error) {
    if (error instanceof OutputUnknown) {
      log.info(error.message)
      return { ...base, status: 'planned', seconds: seconds(), pending: error.message }
    }
    return { ...base, status: 'failed', seconds: seconds(), error: errorReport(error) }
  }
}
