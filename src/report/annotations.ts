import type { Place } from '../log.ts'
import type { Change } from '../targets/plan.ts'
import { clip, visible } from './markdown.ts'
import type { RunReport, TargetReport } from './report.ts'
import { attributionText, commonAttribution, inlineValue, resourceText } from './value.ts'
import { FOUND } from './words.ts'

/** GitHub keeps ten warnings of a step; some must be left for what else went wrong. */
const MOST = 8
const MOST_FIELDS = 3
/** Characters of a message that are still read. */
const LONGEST = 1000

export interface Annotation {
  readonly message: string
  readonly place?: Place
}

/** Drift that was not put back, each at the line that declares what differs, and how much more there is in each environment. */
export function driftAnnotations(reports: readonly RunReport[]): Annotation[] {
  const annotations: Annotation[] = []
  // All of them share what GitHub keeps of a step, and each must be told of.
  const most = Math.max(1, Math.floor(MOST / Math.max(1, reports.filter(hasDrift).length)))
  for (const report of reports.filter(hasDrift)) annotations.push(...annotationsOf(report, most))
  return annotations
}

function hasDrift(report: RunReport): boolean {
  return report.command === 'drift' && report.targets.some((target) => target.status === 'drifted')
}

function annotationsOf(report: RunReport, most: number): Annotation[] {
  const changes = report.targets.filter((target) => target.status === 'drifted').flatMap(notPutBack)
  const shown = changes.slice(0, changes.length > most ? Math.max(most - 1, 0) : most)
  const annotations = shown.map(({ target, change }): Annotation => {
    const message = clip(visible(`Drift in ${report.environment}, ${target}: ${sentence(change)}`), LONGEST)
    return change.source ? { message, place: change.source } : { message }
  })
  const more = changes.length - shown.length
  if (more > 0) {
    const what = shown.length > 0 ? `${more} more` : `${more} ${more === 1 ? 'change' : 'changes'}`
    annotations.push({ message: `Drift in ${report.environment}: ${what}, see the summary of the job.` })
  }
  return annotations
}

function notPutBack({ id, outcomes, plan }: TargetReport): { target: string; change: Change }[] {
  const results = outcomes.flatMap((outcome) => outcome.results)
  const done = new Set(
    results.filter((one) => one.action !== 'failed' && one.action !== 'skipped').map((one) => one.resource.id)
  )
  return (plan?.changes ?? [])
    .filter((change) => !done.has(change.resource.id) || isHeldInPart(change))
    .map((change) => ({ target: id, change }))
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
