import { describe, expect, test } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import { stringifyJson } from '../../src/json.ts'
import { mergeReports } from '../../src/report/merge.ts'
import { readReport } from '../../src/report/read.ts'
import type { RunReport, TargetReport } from '../../src/report/report.ts'
import { CHANGES, DRIFTED, FAILED, IN_SYNC, planOf, reportOf, SUCCEEDED } from './reports.ts'

const NOW = new Date('2026-11-20T04:00:00Z')
const ABOUT = { environment: 'production', run: 'https://github.com/acme/shop/actions/runs/7' }

describe('a report that another job has written', () => {
  const held = CHANGES.map((change) => ({
    ...change,
    held: { by: 'fight' as const, reason: 'again and again', proposal: 'ignore: []' },
    fields: change.fields.map((field) => ({
      ...field,
      held: { by: 'pause' as const, reason: 'paused', until: '2026-12-01T00:00:00.000Z' }
    }))
  }))
  const everything = reportOf('drift', 'drifted', [
    { id: 'web', kind: 'kubernetes', status: 'drifted', seconds: 1, plan: planOf(held), outcomes: [] }
  ])

  test.each([
    ['a deploy', SUCCEEDED],
    ['a failed deploy', FAILED],
    ['drift', DRIFTED],
    ['nothing', IN_SYNC],
    ['every part of a change', everything]
  ])('about %s is read as it was', (_what, report) => {
    // What is undefined is not written.
    expect(readReport(stringifyJson(report), 'a.json')).toEqual(JSON.parse(stringifyJson(report)))
  })

  test.each([
    ['no JSON', '{"version": 1,', /a\.json is no report of a run: /],
    ['a list', '[]', /its top must be an object/],
    ['another version', stringifyJson({ ...IN_SYNC, version: 2 }), /\/version must be 1/],
    ['an unknown status', stringifyJson({ ...IN_SYNC, status: 'fine' }), /\/status must be one of succeeded/],
    [
      'a target without its kind',
      stringifyJson({ ...IN_SYNC, targets: [{ ...IN_SYNC.targets[0], kind: undefined }] }),
      /\/targets\/0\/kind must be one of kubernetes/
    ]
  ])('that is %s is refused by name and place', (_what, text, message) => {
    expect(() => readReport(text, 'a.json')).toThrow(GitOpsError)
    expect(() => readReport(text, 'a.json')).toThrow(message)
  })
})

describe('the reports of several jobs as one', () => {
  const target = (id: string, status: TargetReport['status'] = 'in-sync'): TargetReport => ({
    id,
    kind: 'kubernetes',
    status,
    seconds: 1,
    outcomes: []
  })
  const shard = (startedAt: string, seconds: number, ...targets: TargetReport[]): RunReport => ({
    ...reportOf('drift', 'in-sync', targets),
    startedAt,
    seconds
  })
  const expected = (...ids: string[]) => new Map(ids.map((id) => [id, { kind: 'kubernetes' as const }]))

  test('has every target in the declared order, the worst status and the whole time', () => {
    const merged = mergeReports(
      [
        shard('2026-11-20T03:00:10.000Z', 20, target('b', 'healed')),
        shard('2026-11-20T03:00:00.000Z', 5, target('a'), target('c', 'drifted'))
      ],
      expected('a', 'b', 'c'),
      ABOUT,
      NOW
    )
    expect(merged).toMatchObject({ ...ABOUT, status: 'drifted', startedAt: '2026-11-20T03:00:00.000Z', seconds: 30 })
    expect(merged.targets.map((one) => one.id)).toEqual(['a', 'b', 'c'])
  })

  test('says of a target that nobody has reported on that it was not checked: a lost job never closes the issue', () => {
    const merged = mergeReports([shard('2026-11-20T03:00:00.000Z', 5, target('a'))], expected('a', 'b'), ABOUT, NOW)
    expect(merged.status).toBe('error')
    expect(merged.targets[1]?.error?.message).toBe('"b" was not checked: no job has reported on it.')
    expect(mergeReports([], expected('a'), ABOUT, NOW)).toMatchObject({ status: 'error', seconds: 0 })
  })

  test('believes the last word where a job was run again, whatever the order of the files', () => {
    const first = shard('2026-11-20T03:00:00.000Z', 5, target('a', 'error'))
    const again = shard('2026-11-20T03:30:00.000Z', 5, target('a'))
    for (const files of [
      [first, again],
      [again, first]
    ])
      expect(mergeReports(files, expected('a'), ABOUT, NOW).status).toBe('in-sync')
  })

  test('forgets a target that is no longer declared', () => {
    const merged = mergeReports(
      [shard('2026-11-20T03:00:00.000Z', 5, target('a'), target('old', 'error'))],
      expected('a'),
      ABOUT,
      NOW
    )
    expect(merged.targets.map((one) => one.id)).toEqual(['a'])
  })
})
