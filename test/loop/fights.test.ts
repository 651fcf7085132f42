import { describe, expect, test } from 'vitest'
import { fightOver, healingsToJson, nextHealings, readHealings } from '../../src/loop/fights.ts'
import type { Change, FieldChange } from '../../src/targets/plan.ts'
import { changeOf } from './doubles.ts'

const DIGEST = `sha256:${'d'.repeat(64)}`
const NIGHT = (night: number) => new Date(Date.UTC(2026, 10, night, 3))

function field(declared: number | 'secret', more: Partial<FieldChange> = {}): FieldChange {
  const after =
    declared === 'secret'
      ? ({ type: 'secret', fingerprint: 'f' } as const)
      : ({ type: 'value', value: declared } as const)
  return { path: 'spec.replicas', before: { type: 'value', value: 9 }, after, ...more }
}

const drifted = (declared: number | 'secret' = 3, more: Partial<FieldChange> = {}) =>
  changeOf('update', 'a', { fields: [field(declared, more)] })

/** The nights in which a change was found and put back, one after another, each through its JSON form. */
function afterNights(nights: readonly number[], change: Change = drifted(), digest = DIGEST) {
  let healings = readHealings(undefined)
  for (const night of nights) {
    const healed = new Set([change.resource.id])
    const next = nextHealings(healings, { drifted: [change], healed, digest, now: NIGHT(night) })
    healings = readHealings(JSON.parse(JSON.stringify(healingsToJson(next))))
  }
  return healings
}

function fight(nights: readonly number[], on: number, change: Change = drifted()) {
  return fightOver(afterNights(nights, change), change, change.fields[0], DIGEST, NIGHT(on))
}

describe('a fight', () => {
  test.each([
    ['healed never', [], 4, false],
    ['healed twice', [1, 2], 3, false],
    ['healed three nights in a row', [1, 2, 3], 4, true],
    ['healed weekly', [1, 8, 15], 16, true],
    ['healed three times over a long time', [1, 12, 23], 24, false]
  ] as const)('%s', (_what, nights, on, expected) => {
    expect(fight(nights, on) !== undefined).toBe(expected)
  })

  test('says how often and since when', () => {
    expect(fight([1, 2, 3], 4)).toEqual({ times: 3, since: '2026-11-01T03:00:00.000Z' })
  })

  test('is about one field: another of the same object is healed on', () => {
    const healings = afterNights([1, 2, 3])
    const other = { ...field(3), path: 'spec.paused' }
    expect(fightOver(healings, drifted(), other, DIGEST, NIGHT(4))).toBeUndefined()
  })

  test('over an object that is deleted again and again has no field', () => {
    const deleted = changeOf('create', 'a')
    expect(fight([1, 2, 3], 4, deleted)).toMatchObject({ times: 3 })
    expect(fightOver(afterNights([1, 2, 3]), deleted, undefined, DIGEST, NIGHT(4))).toBeUndefined()
  })

  test('is none over a pod that only starts again with what is put right, whatever its name', () => {
    const restart = changeOf('restart', 'web-0', { follows: [{ resource: 'ConfigMap/shop/settings', paths: [] }] })
    expect(fightOver(afterNights([1, 2, 3], restart), restart, undefined, DIGEST, NIGHT(4))).toBeUndefined()
  })

  test('is over when another value is declared', () => {
    const healings = afterNights([1, 2, 3])
    expect(fightOver(healings, drifted(5), field(5), DIGEST, NIGHT(4))).toBeUndefined()
  })

  test('over a secret value is over when anything of the target is declared otherwise', () => {
    const secret = drifted('secret')
    const healings = afterNights([1, 2, 3], secret)
    const again = drifted('secret', { after: { type: 'secret', fingerprint: 'of another run' } })
    expect(fightOver(healings, again, again.fields[0], DIGEST, NIGHT(4))).toBeDefined()
    expect(fightOver(healings, again, again.fields[0], 'sha256:other', NIGHT(4))).toBeUndefined()
  })

  test('lasts while the field differs, however long ago the last healing is', () => {
    const held = drifted(3, { held: { by: 'fight', reason: 'fought' } })
    const noticed = nextHealings(afterNights([1, 2, 3]), {
      drifted: [held],
      healed: new Set(),
      digest: DIGEST,
      now: NIGHT(4)
    })
    expect(fightOver(noticed, drifted(), field(3), DIGEST, NIGHT(60))).toBeDefined()
  })

  test('is forgotten when the field does not differ any more', () => {
    const held = drifted(3, { held: { by: 'fight', reason: 'fought' } })
    const found = { healed: new Set<string>(), digest: DIGEST }
    const noticed = nextHealings(afterNights([1, 2, 3]), { ...found, drifted: [held], now: NIGHT(4) })
    expect(nextHealings(noticed, { ...found, drifted: [], now: NIGHT(5) }).size).toBe(0)
  })

  test('of fields that were put back twice and are quiet for one night is not forgotten', () => {
    const quiet = nextHealings(afterNights([1, 2]), {
      drifted: [],
      healed: new Set(),
      digest: DIGEST,
      now: NIGHT(3)
    })
    expect(quiet.size).toBe(1)
  })
})

test.each([
  ['nothing', undefined],
  ['another version', { version: 2, healed: [] }],
  ['texts where lists are', { version: 1, healed: 'x' }],
  ['entries without their parts', { version: 1, healed: [{ resource: 'a' }, 7, null] }]
])('a memory that holds %s is none', (_what, value) => {
  expect(readHealings(value).size).toBe(0)
})
