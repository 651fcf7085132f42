import { describe, expect, test } from 'vitest'
import type { KubernetesObject } from '../../../src/render/manifest.ts'
import { PAUSE_ANNOTATION, pausesOf } from '../../../src/targets/kubernetes/pause.ts'
import { quiet } from './kit.ts'

const SET = '2026-11-30T10:00:00Z'

/** An object that kubectl annotated at `SET`. */
function annotated(text: string, recorded = true): KubernetesObject {
  const fieldsV1 = { 'f:metadata': { 'f:annotations': { [`f:${PAUSE_ANNOTATION}`]: {} } } }
  const entry = { manager: 'kubectl-annotate', operation: 'Update', apiVersion: 'v1', time: SET, fieldsV1 }
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'a',
      namespace: 'shop',
      annotations: { [PAUSE_ANNOTATION]: text },
      ...(recorded ? { managedFields: [entry] } : {})
    }
  }
}

function heldUntil(text: string, now: string, recorded = true) {
  const warnings: string[] = []
  const log = { ...quiet, warning: (message: string) => void warnings.push(message) }
  const { held, notes } = pausesOf([annotated(text, recorded)], { log, now: () => new Date(now) })
  return { until: held.get('ConfigMap/shop/a')?.until, notes, warnings }
}

describe('an object is paused', () => {
  test.each([
    ['2026-12-01', '2026-11-30T23:59:59Z', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01', '2026-12-01T00:00:00Z', undefined],
    [' 2026-12-01T18:00:00+02:00 ', '2026-12-01T15:59:59Z', '2026-12-01T16:00:00.000Z'],
    ['2026-12-01T18:00:00+02:00', '2026-12-01T16:00:00Z', undefined],
    ['2026-12-01T18:00:00-05:00', '2026-12-01T22:59:59Z', '2026-12-01T23:00:00.000Z'],
    ['2020-01-01', '2026-11-30T10:00:01Z', undefined]
  ])('until %s, at %s', (text, now, expected) => {
    const { until, warnings } = heldUntil(text, now)
    expect(until).toBe(expected)
    expect(warnings).toEqual([])
  })
})

describe('a date that cannot be read', () => {
  test.each(['tomorrow', '', '2026-02-30', '01.12.2026', 'true', '2026-12-01T18:00:00'])(
    'holds for a day from when it was set, never for ever: %j',
    (text) => {
      const held = heldUntil(text, '2026-12-01T09:59:59Z')
      expect(held.until).toBe('2026-12-01T10:00:00.000Z')
      expect(held.warnings).toEqual(held.notes)
      expect(held.notes[0]).toContain(`is ${JSON.stringify(text)}, but must be a date such as 2026-12-01`)
      const over = heldUntil(text, '2026-12-01T10:00:00Z')
      expect(over.until).toBeUndefined()
      expect(over.notes[0]).toMatch(
        /it pauses nothing any more \(set by kubectl-annotate \(2026-11-30 10:00 UTC\)\)\.$/
      )
    }
  )

  test('holds nothing where nobody knows when it was set', () => {
    const { until, notes } = heldUntil('tomorrow', SET, false)
    expect(until).toBeUndefined()
    expect(notes[0]).toMatch(/; it pauses nothing\.$/)
  })
})
