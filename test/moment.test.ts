import { expect, test } from 'vitest'
import { momentText, parseMoment, timeText } from '../src/moment.ts'

test.each([
  ['2026-12-01', '2026-12-01T00:00:00.000Z', '2026-12-01'],
  ['2026-12-01T18:00:00Z', '2026-12-01T18:00:00.000Z', '2026-12-01 18:00 UTC'],
  ['2026-12-01T18:00:00+02:00', '2026-12-01T16:00:00.000Z', '2026-12-01 16:00 UTC'],
  ['2026-12-01t18:00z', '2026-12-01T18:00:00.000Z', '2026-12-01 18:00 UTC']
])('%s is a moment', (text, iso, words) => {
  const moment = parseMoment(text)
  expect(moment?.toISOString()).toBe(iso)
  expect(moment && momentText(moment)).toBe(words)
})

test.each([
  '',
  'tomorrow',
  '2026-13-01',
  '2026-02-30',
  '2026-02-30T10:00:00Z',
  '2026-12-01T25:00:00Z',
  '2026-12-01T18:00:00',
  '01.12.2026',
  '20261201'
])('"%s" is none', (text) => {
  expect(parseMoment(text)).toBeUndefined()
})

test.each([
  ['2026-11-20T10:01:59.999Z', '2026-11-20 10:01 UTC'],
  ['2026-11-20T00:00:00+02:00', '2026-11-19 22:00 UTC'],
  ['2026-11-20T00:00:00Z', '2026-11-20 00:00 UTC'],
  [Date.UTC(2026, 10, 20, 3), '2026-11-20 03:00 UTC'],
  ['some day', 'some day']
])('%s is told as %s wherever people read it', (time, words) => {
  expect(timeText(time)).toBe(words)
})
