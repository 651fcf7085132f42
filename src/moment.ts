const DATE = /^\d{4}-\d\d-\d\d$/
const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/

/** What a moment looks like, to follow "must be". */
export const MOMENT_MUST = 'a date such as 2026-12-01 (its beginning, UTC) or a time such as 2026-12-01T18:00:00Z'

/** A date (its beginning in UTC) or an RFC 3339 time; undefined for anything else, also for days that no calendar has. */
export function parseMoment(text: string): Date | undefined {
  if (!DATE.test(text) && !TIME.test(text)) return undefined
  // JavaScript takes February 30th for the 2nd of March.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text.slice(0, 10)) return undefined
  const moment = new Date(text.toUpperCase())
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

/**
 * A time as every text for people writes it, so that two of them can be compared at a glance: `2026-12-01 18:00 UTC`.
 * What is no time stays as it is. JSON reports keep the time itself, with its seconds.
 */
export function timeText(time: Date | number | string): string {
  const moment = new Date(time)
  return Number.isNaN(moment.getTime()) ? String(time) : `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** The same for what people write as a day: its beginning is the day alone. */
export function momentText(moment: Date): string {
  const text = moment.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : timeText(moment)
}
