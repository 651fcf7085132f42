import { expect, test } from 'vitest'
import { eventOf } from '../../../src/targets/kubernetes/event.ts'
import type { DeploymentRecord } from '../../../src/targets/target.ts'

const nobody = { members: new Map() }
const somebody = {
  members: new Map([['ConfigMap/shop/a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]])
}

/** A record from `digest status` pairs, newest first. */
function recordOf(...deployed: string[]): { record: DeploymentRecord } {
  const [last, ...history] = deployed.map((text) => {
    const [digest = '', status = ''] = text.split(' ')
    return { target: 'web', environment: 'test', digest, images: {}, time: 't', status: status as 'succeeded' }
  })
  if (!last) throw new Error('a record is of something')
  return { record: { ...last, history } }
}

test('without a record, what lives tells an upgrade from an installation', () => {
  expect(eventOf(undefined, nobody, 'A')).toBe('install')
  expect(eventOf(undefined, somebody, 'A')).toBe('upgrade')
})

test.each([
  [['A failed'], 'A', 'install'],
  [['B failed', 'A in-progress'], 'A', 'install'],
  [['A succeeded'], 'B', 'upgrade'],
  [['B failed', 'A succeeded'], 'B', 'upgrade'],
  [['B failed', 'B failed', 'A succeeded'], 'C', 'upgrade'],
  // What is there is repeated.
  [['A succeeded'], 'A', 'upgrade'],
  [['A failed', 'A succeeded', 'B succeeded'], 'A', 'upgrade'],
  // Back to what was there before.
  [['B succeeded', 'A succeeded'], 'A', 'rollback'],
  [['B failed', 'A succeeded'], 'A', 'rollback'],
  [['B in-progress', 'A succeeded'], 'A', 'rollback'],
  [['C failed', 'B succeeded', 'A succeeded'], 'A', 'rollback'],
  // A rollback that failed is tried again.
  [['A failed', 'B succeeded', 'A succeeded'], 'A', 'rollback'],
  // Never worked before: going there is going forward.
  [['B succeeded', 'A failed', 'C succeeded'], 'A', 'upgrade']
])('%j, and then %s: %s', (deployed, digest, event) => {
  expect(eventOf(recordOf(...deployed), somebody, digest)).toBe(event)
})
