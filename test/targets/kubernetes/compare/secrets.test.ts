import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../../../../src/targets/kubernetes/cluster.ts'
import { maskFor, redactedError } from '../../../../src/targets/kubernetes/compare/secrets.ts'

const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { password: 'aHVudGVyMg==' } }
const key = Buffer.from('key of this run')

describe('maskFor', () => {
  const mask = maskFor(secret, key)
  test('equal values give equal fingerprints, in data and stringData alike', () => {
    const shown = mask(['data', 'password'], 'aHVudGVyMg==')
    expect(shown).toMatchObject({ type: 'secret', fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) })
    expect(mask(['data', 'other'], 'aHVudGVyMg==')).toEqual(shown)
    expect(mask(['stringData', 'password'], 'hunter2')).toEqual(shown)
    expect(mask(['data', 'password'], 'aHVudGVyMw==')).not.toEqual(shown)
  })

  test('another run has other fingerprints', () => {
    const other = maskFor(secret, Buffer.from('another key'))
    expect(other(['data', 'password'], 'aHVudGVyMg==')).not.toEqual(mask(['data', 'password'], 'aHVudGVyMg=='))
  })

  test('an absent value is absent', () => expect(mask(['data', 'gone'], undefined)).toEqual({ type: 'absent' }))

  test.each([
    ['a whole map', ['data'], { password: 'aHVudGVyMg==' }],
    ['kubectl’s copy', ['metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration'], '{"data":{}}'],
    ['all annotations', ['metadata', 'annotations'], { 'kubectl.kubernetes.io/last-applied-configuration': '{}' }],
    ['fields that nobody knows', ['unknown'], 'x']
  ])('masks %s', (_name, path, value) => expect(mask(path, value).type).toBe('secret'))

  test.each([
    ['labels', ['metadata', 'labels', 'app'], 'x'],
    ['other annotations', ['metadata', 'annotations', 'note'], 'x'],
    ['the type', ['type'], 'Opaque']
  ])('shows %s', (_name, path, value) => expect(mask(path, value)).toEqual({ type: 'value', value }))

  test('masks nothing of other kinds', () => {
    const config = maskFor({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, key)
    expect(config(['data', 'password'], 'x')).toEqual({ type: 'value', value: 'x' })
  })
})

test('errors about a Secret do not quote its values', () => {
  const message = 'Secret "a" is invalid: data.password: Invalid value: "aHVudGVyMg==" (hunter2)'
  const error = new ApiError(422, 'Invalid', message, {
    causes: [{ reason: 'FieldValueInvalid', field: 'data.password', message: 'Invalid value: "hunter2"' }]
  })
  const clean = redactedError(secret, error)
  expect(JSON.stringify([clean.message, clean.causes])).not.toMatch(/hunter2|aHVudGVyMg/)
  expect(clean.message).toContain('data.password: Invalid value')
  expect(clean.code).toBe(422)
})
