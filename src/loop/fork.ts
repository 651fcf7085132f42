import type { RunReport, TargetReport } from '../report/report.ts'
import { preview } from './preview.ts'
import type { RunContext, Unit } from './unit.ts'

const REASON =
  'Not planned: this pull request comes from a fork, which GitHub gives no secrets, so there is no kubeconfig to compare with the cluster.'
const HINT = 'To see the plan, let a maintainer push the change to a branch of this repository.'

/**
 * Previews a pull request from a fork whose job has no access to a cluster: what lives there is passed over with the
 * reason, which is no failure; everything else is planned.
 */
export async function previewWithoutCluster(units: readonly Unit[], context: RunContext): Promise<RunReport> {
  const report = await preview(
    units.filter((unit) => unit.kind !== 'kubernetes'),
    context
  )
  const planned = new Map(report.targets.map((target) => [target.id, target]))
  const targets = units.map(
    (unit): TargetReport =>
      planned.get(unit.id) ?? {
        id: unit.id,
        kind: unit.kind,
        status: 'skipped',
        seconds: 0,
        outcomes: [],
        error: { message: REASON, hint: HINT }
      }
  )
  context.log.info(`${REASON} ${HINT}`)
  return { ...report, targets }
}
