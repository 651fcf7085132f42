import { describe, expect, test } from 'vitest'
import { readHealings } from '../../src/loop/fights.ts'
import { type HoldOptions, holdBack } from '../../src/loop/hold.ts'
import type { Change, FieldChange, Plan } from '../../src/targets/plan.ts'
import { changeOf } from './doubles.ts'

const NOW = new Date('2026-11-23T10:00:00Z')
const options = (more: Partial<HoldOptions> = {}): HoldOptions => ({
  pauses: [],
  now: NOW,
  healings: readHealings(undefined),
  ...more
})
const planOf = (changes: readonly Change[]): Plan => ({
  target: 'web',
  kind: 'kubernetes',
  purpose: 'drift',
  changes,
  unchanged: 0,
  notes: [],
  digest: 'sha256:plan',
  declaredDigest: 'sha256:declared'
})
const field = (path: string, more: Partial<FieldChange> = {}): FieldChange => ({
  path,
  before: { type: 'value', value: 'live' },
  after: { type: 'value', value: 'declared' },
  ...more
})
const HELD = { by: 'fight', reason: 'it is fought over' } as const

describe('a restart for content that is put right', () => {
  const follows = [{ resource: 'ConfigMap/shop/settings', paths: ['data.LEVEL'] }]
  const restart = changeOf('restart', 'pod', { follows })
  const settings = (more: Partial<Change>) => changeOf('update', 'settings', more)
  const heldAfter = (changes: readonly Change[], more?: Partial<HoldOptions>) =>
    holdBack(planOf(changes), options(more)).changes.at(-1)?.held

  test('goes with it', () => {
    expect(heldAfter([settings({ fields: [field('data.LEVEL')] }), restart])).toBeUndefined()
  })

  test('is left where the policy leaves the content', () => {
    const left = heldAfter([settings({ fields: [field('data.LEVEL')] }), restart], { except: ['ConfigMap/settings'] })
    expect(left).toMatchObject({ by: 'policy' })
    expect(left?.reason).toMatch(/^it follows ConfigMap\/shop\/settings, of which the policy excludes it/)
  })

  test('is left where an annotation on the object pauses it', () => {
    const held = { by: 'pause', reason: 'healing is paused', until: '2999-01-01T00:00:00.000Z' } as const
    expect(heldAfter([settings({ fields: [field('data.LEVEL')], held }), restart])).toMatchObject({ by: 'pause' })
  })

  test('is left where just that key is, and not where another one is', () => {
    const [mine, other] = [field('data.LEVEL', { held: HELD }), field('data.OTHER', { held: HELD })]
    expect(heldAfter([settings({ fields: [mine, field('metadata.labels.x')] }), restart])).toMatchObject({
      by: 'fight'
    })
    expect(heldAfter([settings({ fields: [field('data.LEVEL'), other] }), restart])).toBeUndefined()
  })

  test('goes with any content that is put right', () => {
    const both = changeOf('restart', 'pod', {
      follows: [...follows, { resource: 'ConfigMap/shop/more', paths: ['data.A'] }]
    })
    const changes = [
      settings({ fields: [field('data.LEVEL', { held: HELD })], held: HELD }),
      changeOf('update', 'more', { fields: [field('data.A')] }),
      both
    ]
    expect(heldAfter(changes)).toBeUndefined()
  })

  test('for what was missing goes with the object', () => {
    const missing = changeOf('restart', 'pod', { follows: [{ resource: 'ConfigMap/shop/settings', paths: [] }] })
    const created = changeOf('create', 'settings')
    expect(heldAfter([created, missing])).toBeUndefined()
    expect(heldAfter([created, missing], { except: ['ConfigMap/settings'] })).toMatchObject({ by: 'policy' })
  })
})
