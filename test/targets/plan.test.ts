import { describe, expect, test } from 'vitest'
import { type Change, type FieldValue, planDigest } from '../../src/targets/plan.ts'

const value = (text: string): FieldValue => ({ type: 'value', value: text })

const change = (name: string, ...fields: [string, FieldValue, FieldValue][]): Change => ({
  action: 'update',
  resource: { id: `apps/Deployment/shop/${name}`, kind: 'Deployment', name, namespace: 'shop' },
  fields: fields.map(([path, before, after]) => ({ path, before, after }))
})

const digest = (changes: readonly Change[], declaredDigest = 'sha256:1', target = 'web') =>
  planDigest({ target, kind: 'kubernetes', declaredDigest, changes })

const image: [string, FieldValue, FieldValue] = ['spec.image', value('a'), value('b')]
const replicas: [string, FieldValue, FieldValue] = ['spec.replicas', value('1'), value('2')]
const web = change('web', image, replicas)

describe('the digest of a plan', () => {
  test('does not depend on the order in which objects were read and fields were found', () => {
    expect(digest([change('api', image), web])).toBe(digest([change('web', replicas, image), change('api', image)]))
  })

  test('does not depend on who changed a field, on reasons, or on the key of the run that masks secrets', () => {
    const secret = (fingerprint: string): FieldValue => ({ type: 'secret', fingerprint })
    const masked = (a: string, b: string) => change('web', ['data.a', secret(a), secret(b)])
    expect(digest([masked('1', '2')])).toBe(digest([masked('3', '4')]))
    const attributed = { ...web, reason: 'x', fields: web.fields.map((one) => ({ ...one, attribution: BY_HAND })) }
    expect(digest([attributed])).toBe(digest([web]))
  })

  test.each<[string, string]>([
    ['another live value', digest([change('web', ['spec.image', value('c'), value('b')], replicas)])],
    ['another declared value', digest([change('web', ['spec.image', value('a'), value('c')], replicas)])],
    ['a value that is gone', digest([change('web', ['spec.image', { type: 'absent' }, value('b')], replicas)])],
    ['another field', digest([change('web', ['spec.tag', value('a'), value('b')], replicas)])],
    ['one change less', digest([])],
    ['one more', digest([web, change('api')])],
    ['the same change twice', digest([web, web])],
    ['another action', digest([{ ...web, action: 'replace' }])],
    ['another object', digest([change('api', image, replicas)])],
    ['another declaration', digest([web], 'sha256:2')],
    ['another target', digest([web], 'sha256:1', 'api')]
  ])('is another one for %s', (_, other) => expect(other).not.toBe(digest([web])))
})

const BY_HAND = { known: true, manager: 'kubectl-edit', operation: 'Update', time: '2026-01-01T00:00:00Z' } as const
