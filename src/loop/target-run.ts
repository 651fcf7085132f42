import { GitOpsError, messageOf } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { RunReport, RunStatus, TargetReport } from '../report/report.ts'
import type { Plan } from '../targets/plan.ts'
import type { DeploymentRecord } from '../targets/target.ts'
import { withoutSecrets } from './secrets.ts'
import type { ReadOutput, RunContext, Unit } from './unit.ts'

/** An error in the form of a report. A defect of ours keeps its first stack line, so that it can be found. */
export function errorReport(error: unknown): NonNullable<TargetReport['error']> {
  if (error instanceof GitOpsError)
    return {
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error.details.length > 0 ? { details: error.details } : {})
    }
  const [, where] = error instanceof Error ? (error.stack?.split('\n') ?? []) : []
  return { message: messageOf(error), ...(where === undefined ? {} : { details: [where.trim()] }) }
}

/** The log of one of several units that work side by side: each line names its unit, because folding would mix them. */
export function unitLog(log: Logger, id: string, alone: boolean): Logger {
  if (alone) return log
  const mark = (message: string) => message.replace(/^/gm, `${id}: `)
  return {
    info: (message) => log.info(mark(message)),
    debug: (message) => log.debug(mark(message)),
    warning: (message, place) => log.warning(mark(message), place),
    error: (message, place) => log.error(mark(message), place),
    group: (title, work) => {
      log.info(mark(title))
      return work()
    }
  }
}

/** Reports why an image could not be had, naming the image. */
export async function imagesOf(
  unit: Unit,
  resolve: (name: string) => Promise<string>
): Promise<Record<string, string>> {
  const references = await Promise.all(unit.images.map(async (name) => [name, await resolve(name)] as const))
  return Object.fromEntries(references)
}

/** A plan with more notes for the reader. The original stays what the target executes. */
export function withNotes(plan: Plan, notes: readonly string[]): Plan {
  return notes.length === 0 ? plan : { ...plan, notes: [...plan.notes, ...notes] }
}

/** Why an empty plan does not mean in sync: something that is declared could not be looked at. */
export function uncheckedError({ unchecked = 0 }: Plan): TargetReport['error'] {
  if (unchecked === 0) return undefined
  return {
    message: `${unchecked === 1 ? 'One declared object' : `${unchecked} declared objects`} could not be looked at, so it is not known whether all is in sync.`,
    hint: 'The notes of this target say which right is missing. What could be looked at is in sync.'
  }
}

/** What was deployed before, when it can be read: a deploy writes a damaged record anew. */
export async function previousDeployment(
  unit: Unit,
  output: ReadOutput,
  log: Logger
): Promise<DeploymentRecord | undefined> {
  try {
    return await unit.deployed(output)
  } catch (error) {
    if (!(error instanceof GitOpsError)) throw error
    log.debug(`what was deployed before cannot be read: ${error.message}`)
    return undefined
  }
}

/** The whole of a run. */
export function runReport(
  context: RunContext,
  command: RunReport['command'],
  started: Date,
  status: RunStatus,
  targets: readonly TargetReport[]
): RunReport {
  return {
    version: 1,
    command,
    environment: context.environment,
    ...(context.repository === undefined ? {} : { repository: context.repository }),
    ...(context.revision === undefined ? {} : { revision: context.revision }),
    ...(context.run === undefined ? {} : { run: context.run }),
    startedAt: started.toISOString(),
    seconds: secondsSince(started, context.now()),
    status,
    targets: withoutSecrets(targets, context.secrets ?? new Set())
  }
}

export function secondsSince(started: Date, now: Date): number {
  return Math.max(0, now.getTime() - started.getTime()) / 1000
}
