/**
 * The value of a Kubernetes quantity (`100m`, `0.1`, `1Gi`, `1e3`) in units of 10⁻⁹, the finest that Kubernetes
 * keeps; undefined for what is no quantity or finer than that.
 */
export function quantityValue(text: string): bigint | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE][+-]?\d{1,3})|([KMGTPE]i|[numkMGTPE]))?$/.exec(text)
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponent, suffix = ''] = match
  if (whole === '' && fraction === '') return undefined
  let value = BigInt(whole + fraction)
  let power = 9 - fraction.length + (exponent === undefined ? 0 : Number(exponent.slice(1)))
  const binary = BINARY.indexOf(suffix)
  if (suffix.endsWith('i')) value <<= BigInt(10 * (binary + 1))
  else power += DECIMAL[suffix] ?? 0
  if (power >= 0) value *= 10n ** BigInt(power)
  else {
    const divisor = 10n ** BigInt(-power)
    if (value % divisor !== 0n) return undefined
    value /= divisor
  }
  return sign === '-' ? -value : value
}

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }

/** True when two spellings are quantities of the same value. */
export function sameQuantity(a: string, b: string): boolean {
  const value = cached(a)
  return value !== undefined && value === cached(b)
}

/** A set of objects uses few different quantities many times. */
const values = new Map<string, bigint | undefined>()

function cached(text: string): bigint | undefined {
  if (!values.has(text)) {
    if (values.size >= 1000) values.clear()
    values.set(text, quantityValue(text))
  }
  return values.get(text)
}
