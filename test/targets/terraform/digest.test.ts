import { expect, test } from 'vitest'
import { digestOf } from '../../../src/targets/terraform/digest.ts'

test.each([true, false])(
  'the same value has the same digest, in whatever order it is written (secret: %s)',
  (secret) => {
    const digest = digestOf({ a: 1, b: 'x' }, { secret })
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(digestOf({ b: 'x', a: 1 }, { secret })).toBe(digest)
    expect(digestOf({ b: 'x', a: 2 }, { secret })).not.toBe(digest)
  }
)

test('a digest of a secret cannot be found by hashing guesses', () => {
  expect(digestOf('1234', { secret: true })).not.toBe(digestOf('1234', { secret: false }))
})
