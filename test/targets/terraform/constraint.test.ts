import { expect, test } from 'vitest'
import { meets } from '../../../src/targets/terraform/constraint.ts'

test.each([
  ['1.9.8', '1.9.8', true],
  ['1.9.8', 'v1.9.8', true],
  ['1.9.8', '1.9.7', false],
  ['1.9.8', '1.9', true],
  ['1.10.0', '1.9', false],
  ['1.9.8', '~> 1.9', true],
  ['1.12.0', '~> 1.9', true],
  ['2.0.0', '~> 1.9', false],
  ['1.9.8', '~> 1.9.5', true],
  ['1.10.0', '~> 1.9.5', false],
  ['1.9.8', '>= 1.5, < 2.0', true],
  ['2.0.0', '>= 1.5, < 2.0', false],
  ['1.9.8', '>=1.5,!=1.9.8', false],
  ['1.5.0', '> 1.5.0', false],
  ['1.5.0', '<= 1.5.0', true],
  ['1.11.4', 'latest', true],
  ['1.11.4', 'latest:^1.11', true],
  ['1.11.4', 'latest:^1.9', false],
  ['1.11.4', 'min-required', true]
])('%s meets %s: %s', (version, constraint, expected) => {
  expect(meets(version, constraint)).toBe(expected)
})

test.each(['newest', '1.x', '~> ', '>= 1.5, latest'])('%j is no version', (constraint) => {
  expect(() => meets('1.9.8', constraint)).toThrow(`"${constraint}" is no version of Terraform or OpenTofu.`)
})
