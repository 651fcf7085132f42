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

/** `2026-12-01 18:00 UTC`; the beginning of a day is the day alone. */
export function momentText(moment: Date): string {
  const text = moment.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 16).replace('T', ' ')} UTC`
}
