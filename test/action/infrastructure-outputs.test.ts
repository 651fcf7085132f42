import { expect, test } from 'vitest'
import { statusOfFailure } from '../../src/action/infrastructure-outputs.ts'

test.each([
  ['drift', 'error'],
  ['apply', 'failed'],
  ['plan', 'failed'],
  ['', 'failed']
])('a step with mode "%s" that fails before anything was looked at has the status %s', (mode, status) => {
  expect(statusOfFailure({ INPUT_MODE: mode })).toBe(status)
})
