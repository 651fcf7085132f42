import { mapConcurrent } from '../concurrency.ts'
import type { RunReport, TargetReport } from '../report/report.ts'
import { planWords } from '../report/words.ts'
import { errorReport, imagesOf, previousDeployment, runReport, secondsSince, unitLog, withNotes } from './target-run.ts'
import type { RunContext, Unit } from './unit.ts'

/** How many units are planned side by side. */
const CONCURRENCY = 4

/** Plans every unit against the live state; nothing is built and nothing written. A unit that cannot be planned hides no other. */
export async function preview(units: readonly Unit[], context: RunContext): Promise<RunReport> {
  const started = context.now()
  const targets = await mapConcurrent(units, CONCURRENCY, (unit) => previewUnit(unit, context, units.length === 1))
  const status = targets.every((target) => target.status === 'planned')
    ? 'planned'
    : context.signal?.aborted
      ? 'cancelled'
      : 'failed'
  return runReport(context, 'preview', started, status, targets)
}

async function previewUnit(unit: Unit, context: RunContext, alone: boolean): Promise<TargetReport> {
  const started = context.now()
  const log = unitLog(context.log, unit.id, alone)
  const base = { id: unit.id, kind: unit.kind, outcomes: [] }
  if (context.signal?.aborted)
    return { ...base, status: 'skipped', seconds: 0, error: { message: 'The run was cancelled.' } }
  try {
    const images = await imagesOf(unit, (name) => context.images.foresee(name))
    const { target, notes } = await unit.open({
      workspace: context.workspace,
      images,
      ...(context.revision === undefined ? {} : { revision: context.revision })
    })
    const deployed = await previousDeployment(unit, log)
    const plan = await target.plan('deploy')
    log.info(`Plan: ${planWords(plan)}.`)
    return {
      ...base,
      status: 'planned',
      seconds: secondsSince(started, context.now()),
      plan: withNotes(plan, notes),
      ...(deployed ? { deployed } : {})
    }
  } catch (error) {
    return { ...base, status: 'failed', seconds: secondsSince(started, context.now()), error: errorReport(error) }
  }
}
