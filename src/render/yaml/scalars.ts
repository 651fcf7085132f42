import type { Json } from '../../json.ts'

/**
 * Scalars as kubectl reads them: `resolve` of go-yaml v2 (go.yaml.in/yaml/v2 2.4.3, resolve.go), which is YAML 1.1
 * with Go's number syntax. Differences to other readers that matter: `0644` and `0o644` are 420, `08` is 8, `yes`, `on`
 * and `y` are true, `1_000` is 1000, `1e400` and `0x1p4` are strings, base 60 does not exist, timestamps and `=`
 * are strings.
 */

const KEYWORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...words(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...words(false, 'n N no No NO false False FALSE off Off OFF'),
  ...words(null, '~ null Null NULL'),
  ...words(Number.NaN, '.nan .NaN .NAN'),
  ...words(Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF')
])

function words(value: Json, list: string): [string, Json][] {
  return list.split(' ').map((word) => [word, value])
}

const INT64_MAX = 2n ** 63n - 1n
const INT64_MIN = -(2n ** 63n)
const UINT64_MAX = 2n ** 64n - 1n

const SHORT_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/
// strconv.ParseInt(text, 0, 64): Go's integer literals, a bare leading 0 being octal.
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
// strconv.ParseFloat(text, 64) of what begins with a point: there, underscores stand between digits only.
const POINT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/

/**
 * The value of a plain scalar without a tag. `NaN` and infinities are returned as such; JSON has none, so the caller
 * refuses them. Integers of int64 that a double cannot hold are `bigint`; larger ones are doubles, as for kubectl.
 */
export function resolvePlain(text: string): Json {
  const first = text.charCodeAt(0)
  // 0-9 + - are numbers at most; . a number or one of the keywords; letters that begin no keyword are strings.
  if (first >= 0x30 && first <= 0x39) return resolveNumber(text) ?? text
  if (first === 0x2b || first === 0x2d) return KEYWORDS.get(text) ?? resolveNumber(text) ?? text
  if (first === 0x2e)
    return KEYWORDS.get(text) ?? (POINT_FLOAT.test(text) ? finite(Number(text.replaceAll('_', ''))) : undefined) ?? text
  if (text === '') return null
  if (text.length > 5) return text
  const keyword = KEYWORDS.get(text)
  return keyword === undefined ? text : keyword
}

function resolveNumber(text: string): number | bigint | undefined {
  if (SHORT_INTEGER.test(text)) return Number(text)
  const plain = text.includes('_') ? text.replaceAll('_', '') : text
  const integer = INTEGER.exec(plain)
  if (integer) {
    const value = int64OrUint64(integer[1] ?? '', integer[2] ?? '')
    if (value !== undefined) return narrow(value)
  }
  // Integers that fit no 64 bits are floats if they look decimal (also with a leading 0), else strings.
  return FLOAT.test(plain) ? finite(Number(plain)) : undefined
}

function int64OrUint64(sign: string, digits: string): bigint | undefined {
  const magnitude = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase())
  const value = sign === '-' ? -magnitude : magnitude
  if (value >= INT64_MIN && value <= INT64_MAX) return value
  return sign === '' && value <= UINT64_MAX ? value : undefined
}

/** An integer as Kubernetes keeps it: int64, else a double. */
export function narrow(value: bigint): number | bigint {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  return value >= INT64_MIN && value <= INT64_MAX ? value : number
}

/** strconv.ParseFloat refuses what no double can hold. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

const YAML_TAG = 'tag:yaml.org,2002:'

/**
 * The value of a scalar with an explicit tag, or undefined when the text is none of that type. Tags that YAML 1.1 does
 * not define leave the text as it is, as go-yaml does.
 */
export function resolveTagged(tag: string, text: string): Json | undefined {
  switch (tag) {
    case `${YAML_TAG}str`:
      return text
    case `${YAML_TAG}binary`:
      return decodeBase64(text)
    case `${YAML_TAG}null`:
      return resolvePlain(text) === null ? null : undefined
    case `${YAML_TAG}bool`: {
      const value = resolvePlain(text)
      return typeof value === 'boolean' ? value : undefined
    }
    case `${YAML_TAG}int`: {
      const value = resolvePlain(text)
      return isInteger(text, value) ? value : undefined
    }
    case `${YAML_TAG}float`: {
      const value = resolvePlain(text)
      if (typeof value === 'bigint') return Number(value)
      return typeof value === 'number' ? value : undefined
    }
    case `${YAML_TAG}timestamp`:
      return /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt ]\d{1,2}:)/.test(text) ? text : undefined
    default:
      return text
  }
}

/** Whether go-yaml resolves the text to an integer type: `1e3` and `1.0` are floats. */
function isInteger(text: string, value: Json): boolean {
  if (typeof value === 'bigint') return true
  return typeof value === 'number' && INTEGER.test(text.replaceAll('_', '')) && value <= Number(UINT64_MAX)
}

/** base64.StdEncoding: padded, line breaks allowed, nothing else; bytes that are no UTF-8 become U+FFFD (encoding/json). */
function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/[\r\n]/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined
  return Buffer.from(compact, 'base64').toString('utf8')
}

/**
 * A scalar key as JSON has it (sigs.k8s.io/yaml `convertToJSONableObject`), from its value and the text it was
 * written as; undefined for what may be no key (null, integers beyond int64).
 */
export function keyText(value: Json, text: string): string | undefined {
  if (typeof value === 'number') {
    if (!INTEGER.test(text.replaceAll('_', ''))) return floatKey(value)
    return Number.isSafeInteger(value) ? String(value) : undefined
  }
  if (typeof value === 'string') return value
  return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 32)`: the fewest digits that give the same float32. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  const single = Math.fround(value)
  if (!Number.isFinite(single)) return single < 0 ? '-.inf' : '.inf'
  const shortest = shortestSingle(single)
  const [mantissa = '0', exponentText = '0'] = shortest.split('e')
  const exponent = Number(exponentText)
  // ftoa.go: the shortest form has an exponent below 1e-4 and from 1e+06 on.
  if (exponent >= -4 && exponent < 6) return Object.is(single, -0) ? '-0' : String(Number(shortest))
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function shortestSingle(single: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const candidate = single.toExponential(digits)
    if (Math.fround(Number(candidate)) === single) return candidate
  }
  return single.toExponential()
}
