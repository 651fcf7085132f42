import { GitOpsError } from '../errors.ts'
import type { RunReport, TargetReport } from '../report/report.ts'

/** A status that fails the step whatever the inputs say. */
const FAILED: ReadonlySet<TargetReport['status']> = new Set(['failed', 'error', 'cancelled'])

/**
 * Why the step must fail, told by its targets; undefined when it must not. Drift alone fails it only on demand, unless
 * it was to be healed and did not stay healed.
 */
export function verdict(reports: readonly RunReport[], policy: { failOnDrift: boolean }): GitOpsError | undefined {
  const failures = reports.flatMap((report) =>
    report.targets
      .filter((target) => isFailure(target, policy.failOnDrift))
      .map((target) => ({ report, reasons: reasonsOf(target), target }))
  )
  const [first] = failures
  if (!first) {
    // Cancelled before any target was begun: nothing failed, and nothing is as it was asked for.
    const cancelled = reports.find((report) => report.status === 'cancelled')
    return cancelled && new GitOpsError(`${titleOf(cancelled)}.`, { hint: 'Run it again.' })
  }
  const { report, target, reasons } = first
  if (failures.length === 1)
    return new GitOpsError(`${titleOf(report)}: ${target.id}: ${reasons.message}`, {
      ...(reasons.hint === undefined ? {} : { hint: reasons.hint }),
      details: reasons.details
    })
  const environments = new Set(failures.map((failure) => failure.report))
  const hints = new Set(failures.map((failure) => failure.reasons.hint))
  const common = hints.size === 1 ? reasons.hint : undefined
  const details = failures.map((failure) => {
    const where = environments.size > 1 ? `${failure.report.environment}/${failure.target.id}` : failure.target.id
    const hint = common === undefined ? (failure.reasons.hint ?? '') : ''
    return [`${where}: ${failure.reasons.message}`, ...failure.reasons.details, hint].join(' ').trim()
  })
  const options = common === undefined ? { details } : { details, hint: common }
  return new GitOpsError(`${[...environments].map(titleOf).join('; ')}.`, options)
}

interface Reasons {
  readonly message: string
  readonly hint?: string
  readonly details: readonly string[]
}

function isFailure(target: TargetReport, failOnDrift: boolean): boolean {
  if (FAILED.has(target.status)) return true
  return target.status === 'drifted' && (failOnDrift || target.error !== undefined)
}

function reasonsOf(target: TargetReport): Reasons {
  if (target.error)
    return {
      message: target.error.message,
      ...(target.error.hint === undefined ? {} : { hint: target.error.hint }),
      details: target.error.details ?? []
    }
  const failure = target.outcomes.find((outcome) => outcome.failure)?.failure
  if (failure)
    return { message: failure.message, ...(failure.hint === undefined ? {} : { hint: failure.hint }), details: [] }
  const changes = target.plan?.changes.length ?? 0
  return target.status === 'drifted'
    ? { message: `${changes} objects differ from what was deployed (fail-on-drift).`, details: [] }
    : { message: `it was ${target.status}.`, details: [] }
}

function titleOf(report: RunReport): string {
  const verb = { preview: 'Planning', deploy: 'Deploying to', drift: 'Checking' }[report.command]
  if (report.command === 'drift' && report.status === 'drifted') return `${report.environment} has drifted`
  return `${verb} ${report.environment} ${report.status === 'cancelled' ? 'was cancelled' : 'failed'}`
}
