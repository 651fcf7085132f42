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
    ['a declared value in plain text', 'user:hunter2'],
    ['a declared value as it is stored', 'x aHVudGVyMg== y'],
    ['a live value', 'was swordfish'],
    ['a copy of an older state', '{"kind":"Secret","data":{"password":"b2xk"}}']
  ])('masks an annotation that holds %s', (_name, value) => {
    const live = { ...secret, data: { password: Buffer.from('swordfish').toString('base64') } }
    const shown = maskFor(secret, key, [live])(['metadata', 'annotations', 'example.com/copy'], value)
    expect(shown.type).toBe('secret')
  })

  test.each(['kapp.k14s.io/original', 'objectset.rio.cattle.io/applied'])('masks %s, packed or not', (name) =>
    expect(mask(['metadata', 'annotations', name], 'H4sIAAAA').type).toBe('secret')
  )

  test('masks the data of Secrets that other objects hold', () => {
    const template = {
      apiVersion: 'example.com/v1',
      kind: 'Template',
      metadata: { name: 't' },
      objects: [secret, { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } }],
      spec: { manifest: secret }
    }
    const inside = maskFor(template, key)
    expect(inside(['spec', 'manifest', 'data', 'password'], 'aHVudGVyMg==').type).toBe('secret')
    expect(inside(['spec', 'manifest', 'metadata', 'name'], 'a').type).toBe('value')
    expect(inside(['objects', { index: 0 }, 'data', 'password'], 'x').type).toBe('secret')
    expect(inside(['objects', { index: 1 }, 'data', 'a'], 'b').type).toBe('value')
    expect(inside(['objects', { index: 0 }], secret).type).toBe('secret')
    expect(inside(['spec'], { manifest: secret }).type).toBe('secret')
  })

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
