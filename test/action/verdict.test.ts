import { describe, expect, test } from 'vitest'
import { verdict } from '../../src/action/verdict.ts'
import { DRIFTED, FAILED, IN_SYNC, reportOf, SUCCEEDED } from '../report/reports.ts'

const NO = { failOnDrift: false }

test('what went well does not fail the step', () => {
  expect(verdict([SUCCEEDED, IN_SYNC, { ...IN_SYNC, status: 'healed' }], NO)).toBeUndefined()
})

test('a failed target is the failure, with its reason; what was skipped for it is not another', () => {
  expect(verdict([FAILED], NO)).toMatchObject({
    message:
      'Deploying to production failed: web: Deployment shop/web: pod web-1: container web exited with code 1 (CrashLoopBackOff)',
    hint: 'See the events and logs below.'
  })
})

test('a run that was cancelled before anything was begun is no success', () => {
  const skipped = { id: 'web', kind: 'kubernetes' as const, status: 'skipped' as const, seconds: 0, outcomes: [] }
  expect(verdict([reportOf('deploy', 'cancelled', [skipped])], NO)?.message).toBe(
    'Deploying to production was cancelled.'
  )
})

describe('drift', () => {
  test('fails the step only on demand', () => {
    expect(verdict([DRIFTED], NO)).toBeUndefined()
    expect(verdict([DRIFTED], { failOnDrift: true })?.message).toBe(
      'production has drifted: web: 5 objects differ from what was deployed (fail-on-drift).'
    )
  })

  test('that came back after healing fails it anyway', () => {
    const [target] = DRIFTED.targets
    const targets = target ? [{ ...target, error: { message: 'Put back, but it differs again at once: x.' } }] : []
    expect(verdict([{ ...DRIFTED, targets }], NO)?.message).toContain('differs again at once')
  })
})

test('several failures are told together, one a line, a common hint once', () => {
  const target = (id: string) => ({
    id,
    kind: 'kubernetes' as const,
    status: 'error' as const,
    seconds: 1,
    outcomes: [],
    error: { message: `${id} was never deployed`, hint: 'Deploy it first.' }
  })
  const report = reportOf('drift', 'error', [target('web'), target('api')])
  expect(verdict([report], NO)).toMatchObject({
    message: 'Checking production failed.',
    details: ['web: web was never deployed', 'api: api was never deployed'],
    hint: 'Deploy it first.'
  })
  expect(verdict([report, { ...report, environment: 'staging' }], NO)?.details[3]).toBe(
    'staging/api: api was never deployed'
  )
})
