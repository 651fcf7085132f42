import type { Place } from '../log.ts'
import type { Change } from '../targets/plan.ts'
import type { RunReport } from './report.ts'
import { attributionText, commonAttribution, inlineValue, resourceText } from './value.ts'
import { FOUND } from './words.ts'

/** GitHub keeps ten warnings of a step; some must be left for what else went wrong. */
const MOST = 7
const MOST_FIELDS = 3

export interface Annotation {
  readonly message: string
  readonly place?: Place
}

/** Drift that was not put back, each at the line that declares what differs, and how much more there is. */
export function driftAnnotations(report: RunReport): Annotation[] {
  if (report.command !== 'drift') return []
  const changes = report.targets
    .filter((target) => target.status === 'drifted')
    .flatMap((target) => {
      const done = new Set(
        target.outcomes.flatMap(({ results }) =>
          results.filter((one) => one.action !== 'failed' && one.action !== 'skipped').map((one) => one.resource.id)
        )
      )
      return (target.plan?.changes ?? [])
        .filter((change) => !done.has(change.resource.id) || isHeldInPart(change))
        .map((change) => ({ target: target.id, change }))
    })
  const annotations = changes.slice(0, MOST).map(({ target, change }): Annotation => {
    const message = `Drift in ${report.environment}, ${target}: ${sentence(change)}`
    return change.source ? { message, place: change.source } : { message }
  })
  if (changes.length > MOST)
    annotations.push({
      message: `Drift in ${report.environment}: ${changes.length - MOST} more, see the summary of the job.`
    })
  return annotations
}

function isHeldInPart(change: Change): boolean {
  return change.fields.some((field) => field.held)
}

function sentence(change: Change): string {
  const fields = change.fields
    .slice(0, MOST_FIELDS)
    .map(({ path, before, after }) => `${path} is ${inlineValue(before)}, declared ${inlineValue(after)}`)
  if (change.fields.length > MOST_FIELDS) fields.push(`${change.fields.length - MOST_FIELDS} more fields`)
  const who = attributionText(change.attribution ?? commonAttribution(change))
  const parts = [`${resourceText(change.resource)}, ${FOUND[change.action]}`, fields.join('; '), change.reason ?? '']
  return `${parts.filter((part) => part !== '').join(': ')}${who === '' ? '' : ` (${who})`}.`
}
