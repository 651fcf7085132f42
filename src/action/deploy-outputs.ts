import type { RunReport } from '../report/report.ts'
import { countBy } from '../report/words.ts'
import type { Outputs } from './outputs.ts'
import type { Finished } from './session.ts'

type Name = 'status' | 'plan-digest' | 'created' | 'updated' | 'unchanged' | 'pruned' | 'failed' | 'revision' | 'report'

/** Sets what a deploy gives out; where it was only planned, the numbers are those of the plan. */
export function deployOutputs(finished: Finished, outputs: Outputs<Name>): void {
  outputs.set('report', finished.files)
  const [report] = finished.reports
  outputs.set('status', report?.status ?? 'cancelled')
  if (!report) return
  const [target] = report.targets
  if (target?.plan) outputs.set('plan-digest', target.plan.digest)
  for (const [name, count] of Object.entries(countsOf(report)) as [Name, number][]) outputs.set(name, count)
  if (report.revision !== undefined) outputs.set('revision', report.revision)
}

function countsOf(report: RunReport): Record<'created' | 'updated' | 'unchanged' | 'pruned' | 'failed', number> {
  const planned = report.command === 'preview'
  const done = countBy(
    report.targets.flatMap(({ outcomes }) => outcomes.flatMap(({ results }) => results.map((result) => result.action)))
  )
  const toDo = countBy(report.targets.flatMap(({ plan }) => plan?.changes.map((change) => change.action) ?? []))
  const count = <T>(counts: ReadonlyMap<T, number>, ...words: T[]) =>
    words.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0)
  const unhealthy = new Set(
    report.targets.flatMap(({ outcomes }) =>
      outcomes.flatMap(({ failure, results }) => [
        ...(failure?.resources.map((one) => one.resource.id) ?? []),
        ...results.filter((result) => result.action === 'failed').map((result) => result.resource.id)
      ])
    )
  )
  return {
    created: planned ? count(toDo, 'create') : count(done, 'created'),
    updated: planned ? count(toDo, 'update', 'replace', 'reclaim') : count(done, 'updated', 'replaced'),
    unchanged: report.targets.reduce((sum, { plan }) => sum + (plan?.unchanged ?? 0), 0),
    pruned: planned ? count(toDo, 'delete') : count(done, 'pruned'),
    failed: unhealthy.size
  }
}
