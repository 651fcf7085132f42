import { describe, expect, test } from 'vitest'
import { driftAnnotations } from '../../src/report/annotations.ts'
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

describe('annotations of drift', () => {
  test('say what differs and who did it, at the line that declares it', () => {
    expect(driftAnnotations(report([replicas]))).toEqual([
      {
        message:
          'Drift in production, web: Deployment shop/web, changed: spec.replicas is 5, declared 3 (kubectl, Update of scale, 2026-11-20 10:01 UTC).',
        place: { file: 'deploy/web.yaml', line: 7 }
      }
    ])
  })

  test('are not made for what was put back', () => {
    const done = { resource: replicas.resource, action: 'updated' } as const
    expect(driftAnnotations(report([replicas], [done], 'healed'))).toEqual([])
    expect(driftAnnotations(report([replicas, changeOf('create', 'b')], [done]))).toHaveLength(1)
  })

  test('are made for an object of which one field was left', () => {
    const held = {
      ...replicas,
      fields: replicas.fields.map((field) => ({ ...field, held: { by: 'fight' as const, reason: 'x' } }))
    }
    const done = { resource: replicas.resource, action: 'updated' } as const
    expect(driftAnnotations(report([held], [done]))).toHaveLength(1)
  })

  test('leave room among the ten that GitHub keeps, and say how many more there are', () => {
    const many = driftAnnotations(report(Array.from({ length: 30 }, (_, index) => changeOf('create', `c${index}`))))
    expect(many).toHaveLength(8)
    expect(many.at(-1)?.message).toBe('Drift in production: 23 more, see the summary of the job.')
  })

  test('are about drift only', () => {
    expect(driftAnnotations(SUCCEEDED)).toEqual([])
  })
})
