import { describe, expect, it } from 'vitest'
import {
  addEntry,
  driftStreak,
  entryOf,
  type HistoryEntry,
  historyFromJson,
  historyToJson,
  renderHistory,
  sparkline
} from '../../src/github/drift-history.ts'
import type { Json } from '../../src/json.ts'
import { driftReport } from './support.ts'

const night = (
  day: number,
  status: HistoryEntry['status'],
  changes = 0,
  run = `https://github.com/acme/shop/actions/runs/${day}`
): HistoryEntry => ({
  at: `2026-01-${String(day).padStart(2, '0')}T03:00:00Z`,
  status,
  changes,
  run
})

describe('the drift history', () => {
  it('takes a run’s status and the number of its changes', () => {
    const now = new Date('2026-01-05T03:04:05.678Z')
    expect(entryOf(driftReport('healed', 2), now)).toEqual({
      at: '2026-01-05T03:04:05Z',
      status: 'healed',
      changes: 2,
      run: 'https://github.com/acme/shop/actions/runs/1'
    })
    expect(entryOf(driftReport('error', 0, { run: undefined }), now)).toEqual({
      at: '2026-01-05T03:04:05Z',
      status: 'error',
      changes: 0
    })
  })

  it('counts found drift as drift even where another target could not be checked', () => {
    const [web] = driftReport('drifted', 1).targets
    const report = driftReport('error', 0, { targets: [...driftReport('error').targets, ...(web ? [web] : [])] })
    expect(entryOf(report, new Date()).status).toBe('drifted')
  })

  it('is one entry for a run that reports twice, healed when the drift is gone at its end', () => {
    const history = addEntry(addEntry([night(1, 'in-sync')], night(2, 'drifted', 3)), night(2, 'in-sync', 0))
    expect(history).toEqual([night(1, 'in-sync'), night(2, 'healed', 3)])
    expect(addEntry([night(2, 'drifted', 3)], night(2, 'healed', 3))).toEqual([night(2, 'healed', 3)])
  })

  it('keeps runs outside GitHub, which have no link, apart', () => {
    const { run: _run, ...local } = night(1, 'drifted', 1)
    expect(addEntry([local], { ...local, at: night(2, 'drifted').at })).toHaveLength(2)
  })

  it('keeps the last 30 runs', () => {
    let history: HistoryEntry[] = []
    for (let at = 1; at <= 40; at++) history = addEntry(history, night(1, 'in-sync', 0, `https://example.org/${at}`))
    expect(history).toHaveLength(30)
    expect(history[0]?.run).toBe('https://example.org/11')
  })

  it.each([
    ['nothing at first', [], undefined],
    ['nothing when the last run was in sync', [night(1, 'drifted', 1), night(2, 'in-sync')], undefined],
    [
      'since the first of the runs in a row',
      [night(1, 'in-sync'), night(2, 'drifted', 1), night(3, 'healed', 1)],
      { since: night(2, 'drifted').at, runs: 2 }
    ],
    [
      'through runs that could not check',
      [night(1, 'drifted', 1), night(2, 'error'), night(3, 'drifted', 1)],
      { since: night(1, 'drifted').at, runs: 2 }
    ]
  ] as const)('says since when there is drift: %s', (_what, history, expected) => {
    expect(driftStreak(history)).toEqual(expected)
  })

  it('draws changes per run to the scale of the most there were', () => {
    const changes = [0, 1, 4, 8].map((count) => night(1, count === 0 ? 'in-sync' : 'drifted', count))
    expect(sparkline([...changes, night(2, 'error'), night(3, 'unsupported')])).toBe('▁▂▅█×·')
  })

  it('shows how often, since when, and the last ten runs with the newest first', () => {
    const history = [
      ...Array.from({ length: 10 }, (_, at) => night(at + 1, 'in-sync')),
      night(11, 'healed', 1),
      night(12, 'drifted', 2)
    ]
    const text = renderHistory(history)
    expect(text).toContain(
      '`▁▁▁▁▁▁▁▁▁▁▅█` Drift in 2 of the last 12 runs; in every one since 2026-01-11 03:00 UTC (2 runs).<br>'
    )
    expect(text.split('\n').slice(2)).toHaveLength(12)
    expect(text.split('\n')[4]).toBe(
      '| 2026-01-12 03:00 UTC | drifted | 2 | [run](https://github.com/acme/shop/actions/runs/12) |'
    )
  })

  it.each([
    ['the first drift', [night(1, 'drifted', 1)], 'Drift was found for the first time.'],
    [
      'drift that has come back',
      [night(1, 'healed', 1), night(2, 'in-sync'), night(3, 'drifted', 1)],
      'Drift in 2 of the last 3 runs; this time since 2026-01-03 03:00 UTC.'
    ],
    [
      'drift that is gone',
      [night(1, 'drifted', 1), night(2, 'in-sync')],
      'Drift in 1 of the last 2 runs, for the last time at 2026-01-01 03:00 UTC.'
    ],
    [
      'a check that failed between two that found drift',
      [night(1, 'drifted', 1), night(2, 'error'), night(3, 'drifted', 1)],
      'Drift in 2 of the last 3 runs (1 could not check); in every one that could check since 2026-01-01 03:00 UTC (2 runs).'
    ],
    ['nothing but failed checks', [night(1, 'error')], 'Drift in 0 of the last 1 runs (1 could not check).']
  ] as const)('says in one sentence how often and since when: %s', (_what, history, expected) => {
    expect(renderHistory(history)).toContain(` ${expected}<br>`)
  })

  it('says what its chart means, and counts no changes where none could be looked for', () => {
    const text = renderHistory([night(1, 'drifted', 4), night(2, 'error')])
    expect(text).toContain(
      '<sub>Changes that each run found, the newest at the right: ▁ none, █ 4, × could not be checked.</sub>'
    )
    expect(text).toContain('| 2026-01-02 03:00 UTC | could not be checked |  | [run]')
  })

  it('comes back from JSON as it was, and without what somebody else wrote into it', () => {
    const history = [night(1, 'in-sync'), night(2, 'drifted', 3)]
    expect(historyFromJson(historyToJson(history))).toEqual(history)
    const forged: Json[] = [
      null,
      'x',
      { at: 'yesterday', status: 'drifted', changes: 1 },
      { at: night(1, 'error').at, status: '<b>', changes: 1 },
      { at: night(1, 'error').at, status: 'error', changes: -1 },
      { at: night(1, 'error').at, status: 'error', changes: 1.5 },
      { at: night(3, 'error').at, status: 'error', changes: 0, run: 'javascript:alert(1)' }
    ]
    expect(historyFromJson({ version: 1, runs: forged })).toEqual([
      { at: night(3, 'error').at, status: 'error', changes: 0 }
    ])
    expect(historyFromJson({ version: 2, runs: [night(1, 'error')].map((one) => ({ ...one })) })).toEqual([])
    expect(historyFromJson(undefined)).toEqual([])
  })
})
