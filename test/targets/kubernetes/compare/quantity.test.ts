import { expect, test } from 'vitest'
import { quantityValue, sameQuantity } from '../../../../src/targets/kubernetes/compare/quantity.ts'

test.each([
  ['100m', '0.1'],
  ['1', '1000m'],
  ['1024Mi', '1Gi'],
  ['1073741824', '1Gi'],
  ['1e3', '1k'],
  ['1E3', '1000'],
  ['0.5Gi', '512Mi'],
  ['1.50', '1500m'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['-1', '-1000m'],
  ['+1', '1'],
  ['0', '0Ki'],
  ['1E', '1000P']
])('%s is %s', (a, b) => expect(sameQuantity(a, b)).toBe(true))

test.each([
  ['1G', '1Gi'],
  ['1M', '1m'],
  ['100m', '0.2'],
  ['1Gi', '1Mi'],
  ['1', '-1']
])('%s is not %s', (a, b) => expect(sameQuantity(a, b)).toBe(false))

test.each(['', 'Gi', '1gi', '1 Gi', 'abc', '1.2.3', '50%', '0.0000000001', '1e', '0x10', '1Kib'])(
  '%j is no quantity that could be compared',
  (text) => {
    expect(quantityValue(text)).toBeUndefined()
    expect(sameQuantity(text, text)).toBe(false)
  }
)
