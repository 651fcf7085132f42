import { describe, expect, test } from 'vitest'
import { driftAnnotations } from '../../src/report/annotations.ts'
import type { RunReport } from '../../src/report/report.ts'
import type { Change } from '../../src/targets/plan.ts'
import type { ChangeResult } from '../../src/targets/target.ts'
import { changeOf } from '../loop/doubles.ts'
import { planOf, reportOf, SUCCEEDED } from './reports.ts'

const time = '2026-11-20T10:01:07Z'
const replicas: Change = {
  action: 'update',
  resource: { id: 'apps/Deployment/shop/web', kind: 'Deployment', name: 'web', namespace: 'shop' },
  source: { file: 'deploy/web.yaml', line: 7 },
  fields: [
    {
      path: 'spec.replicas',
      before: { type: 'value', value: 5 },
      after: { type: 'value', value: 3 },
      attribution: { known: true, manager: 'kubectl', operation: 'Update', subresource: 'scale', time }
    }
  ]
}

function report(
  changes: readonly Change[],
  results: readonly ChangeResult[] = [],
  status: 'drifted' | 'healed' = 'drifted'
) {
  const outcomes = results.length > 0 ? [{ target: 'web', status: 'succeeded' as const, results, seconds: 1 }] : []
  return reportOf('drift', status, [
    { id: 'web', kind: 'kubernetes', status, seconds: 1, plan: planOf(changes), outcomes }
  ])
}

const driftAnnotationsOf = (one: RunReport) => driftAnnotations([one])

describe('annotations of drift', () => {
  test('say what differs and who did it, at the line that declares it', () => {
    expect(driftAnnotationsOf(report([replicas]))).toEqual([
      {
        message:
          'Drift in production, web: Deployment shop/web, changed: spec.replicas is 5, declared 3 (kubectl, Update of scale, 2026-11-20 10:01 UTC).',
        place: { file: 'deploy/web.yaml', line: 7 }
      }
    ])
  })

  test('are not made for what was put back', () => {
    const done = { resource: replicas.resource, action: 'updated' } as const
    expect(driftAnnotationsOf(report([replicas], [done], 'healed'))).toEqual([])
    expect(driftAnnotationsOf(report([replicas, changeOf('create', 'b')], [done]))).toHaveLength(1)
  })

  test('are made for an object of which one field was left', () => {
    const held = {
      ...replicas,
      fields: replicas.fields.map((field) => ({ ...field, held: { by: 'fight' as const, reason: 'x' } }))
    }
    const done = { resource: replicas.resource, action: 'updated' } as const
    expect(driftAnnotationsOf(report([held], [done]))).toHaveLength(1)
  })

  test('leave room among the ten that GitHub keeps, and say how many more there are', () => {
    const many = driftAnnotationsOf(report(Array.from({ length: 30 }, (_, index) => changeOf('create', `c${index}`))))
    expect(many).toHaveLength(8)
    expect(many.at(-1)?.message).toBe('Drift in production: 23 more, see the summary of the job.')
  })

  test('of several environments share that room, and none is left out', () => {
    const drifted = (environment: string, count: number) => ({
      ...report(Array.from({ length: count }, (_, index) => changeOf('create', `c${index}`))),
      environment
    })
    const told = (...counts: number[]) =>
      driftAnnotations(counts.map((count, index) => drifted(`e${index}`, count))).map((one) => one.message)
    expect(told(30, 30, 1)).toEqual([
      expect.stringContaining('Drift in e0, web: '),
      'Drift in e0: 29 more, see the summary of the job.',
      expect.stringContaining('Drift in e1, web: '),
      'Drift in e1: 29 more, see the summary of the job.',
      expect.stringContaining('Drift in e2, web: ')
    ])
    expect(told(9, 9, 9, 9, 9, 9)).toEqual(
      Array.from({ length: 6 }, (_, index) => `Drift in e${index}: 9 changes, see the summary of the job.`)
    )
  })

  test('are about drift only', () => {
    expect(driftAnnotationsOf(SUCCEEDED)).toEqual([])
  })
})
