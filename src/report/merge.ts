import type { TargetKind } from '../targets/plan.ts'
import type { RunReport, RunStatus, TargetReport } from './report.ts'

/** From the one that wants most attention to the one that wants none. */
export const WORST_FIRST: readonly RunStatus[] = [
  'failed',
  'error',
  'cancelled',
  'drifted',
  'healed',
  'planned',
  'succeeded',
  'in-sync',
  // Of one target it says nothing about the others.
  'unsupported'
]

/**
 * One report of an environment out of those of its shards. A target that was checked twice (a job that was run again)
 * counts as it was checked last; one that no job has reported on is an error: its job was lost, and nothing is known.
 * @param expected the targets that the environment declares, in their order
 */
export function mergeReports(
  shards: readonly RunReport[],
  expected: ReadonlyMap<string, { readonly kind: TargetKind }>,
  about: Pick<RunReport, 'environment'> &
    Partial<Pick<RunReport, 'repository' | 'revision' | 'run'>> & {
      /** What was found that is no report, one sentence each. */
      readonly unreadable?: readonly string[]
    },
  now: Date
): RunReport {
  const newestLast = shards.toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
  const found = new Map(newestLast.flatMap((report) => report.targets.map((target) => [target.id, target] as const)))
  const targets = [...expected].map(([id, { kind }]) => found.get(id) ?? lost(id, kind, about.unreadable ?? []))
  const statuses = new Set(targets.map((target) => target.status))
  const [first] = newestLast
  const start = first ? Date.parse(first.startedAt) : now.getTime()
  const ends = newestLast.map((report) => Date.parse(report.startedAt) + report.seconds * 1000)
  const revision = about.revision ?? first?.revision
  return {
    version: 1,
    command: 'drift',
    environment: about.environment,
    ...(about.repository === undefined ? {} : { repository: about.repository }),
    ...(revision === undefined ? {} : { revision }),
    ...(about.run === undefined ? {} : { run: about.run }),
    startedAt: new Date(start).toISOString(),
    seconds: Math.max(0, ...ends.map((end) => (end - start) / 1000)),
    status: WORST_FIRST.find((status) => statuses.has(status)) ?? 'in-sync',
    targets
  }
}

function lost(id: string, kind: TargetKind, unreadable: readonly string[]): TargetReport {
  return {
    id,
    kind,
    status: 'error',
    seconds: 0,
    outcomes: [],
    error: {
      message: `"${id}" was not checked: no job has reported on it.`,
      hint: 'Its job failed before it could check anything, or was cancelled; the log of the job says why.',
      ...(unreadable.length === 0 ? {} : { details: unreadable })
    }
  }
}
