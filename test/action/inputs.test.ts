import { describe, expect, test } from 'vitest'
import { Inputs } from '../../src/action/inputs.ts'
import { formatSeconds, parseDuration } from '../../src/duration.ts'

/** Inputs as the runner hands them over. */
function given(values: Record<string, string>): Inputs<string> {
  const env = Object.entries(values).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value])
  return new Inputs([], Object.fromEntries(env))
}

describe('booleans are strict', () => {
  test.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    [' False ', false],
    ['FALSE', false],
    ['', true]
  ])('%j is %s', (text, expected) => expect(given({ wait: text }).boolean('wait', true)).toBe(expected))

  test.each(['yes', 'no', '1', '0', 'on', 'ture', 'tRUE', '"true"'])('%j is refused', (text) => {
    expect(() => given({ wait: text }).boolean('wait', true)).toThrow(
      `Input "wait" is "${text}", which is not a boolean.`
    )
  })
})

test('a choice names the allowed words', () => {
  expect(given({ mode: 'plan' }).choice('mode', ['apply', 'plan'], 'apply')).toBe('plan')
  expect(given({}).choice('mode', ['apply', 'plan'], 'apply')).toBe('apply')
  expect(() => given({ mode: 'Plan' }).choice('mode', ['apply', 'plan'], 'apply')).toThrow(
    expect.objectContaining({ message: 'Input "mode" is "Plan", which is unknown.', hint: 'Use one of: apply, plan.' })
  )
})

test('a required input names itself', () => {
  expect(() => given({ target: '  ' }).required('target')).toThrow('Input "target" is required.')
})

test('lists are newline-separated; blank lines and comments do not count', () => {
  expect(given({ manifests: 'a\r\n\n  b c  \n# not this\n' }).lines('manifests')).toEqual(['a', 'b c'])
})

test('pairs keep their values as they are, = included', () => {
  expect(given({ set: 'a=1\nb = x=y ' }).pairs('set')).toEqual([
    ['a', '1'],
    ['b', ' x=y']
  ])
  expect(() => given({ set: '=1' }).pairs('set')).toThrow('"=1" is not of the form key=value')
})

test.each(['-1', '1.5', '1e3', '0x10', 'many'])('%j is no count', (text) => {
  expect(() => given({ max: text }).count('max', 1)).toThrow('which is not a whole number')
})

describe('durations need a unit', () => {
  test.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['500ms', 500],
    ['0s', 0]
  ])('%s is %d ms', (text, expected) => expect(parseDuration(text)).toBe(expected))
  test.each(['10', '1.5m', '-1s', 'm', '1 m', '1d', ''])('%j is none', (text) =>
    expect(parseDuration(text)).toBeUndefined()
  )
  test('the error says how to write one', () => {
    expect(() => given({ timeout: '10' }).duration('timeout', '5m')).toThrow('Input "timeout" is "10"')
  })
})

test.each([
  [0, '0 s'],
  [0.04, '0 s'],
  [1.26, '1.3 s'],
  [41.7, '42 s'],
  [59.6, '1 min'],
  [200, '3 min 20 s'],
  [3600, '1 h'],
  [3899, '1 h 4 min']
])('%d seconds read as %s', (seconds, expected) => expect(formatSeconds(seconds)).toBe(expected))
