import { isIP } from 'node:net'

interface Format {
  fits(value: string): boolean
  readonly must: string
}

const matching = (pattern: RegExp, must: string): Format => ({ fits: (value) => pattern.test(value), must })
const UUID = (version: string) =>
  new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$`, 'i')
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'

/**
 * The formats of texts that API servers check in custom resources (apiextensions `pkg/apiserver/validation/formats.go`).
 * Each refuses only what every version refuses: the real checks have their quirks.
 */
export const FORMATS: Readonly<Record<string, Format>> = {
  'date-time': matching(
    /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/,
    'a time such as 2026-01-31T12:00:00Z'
  ),
  date: matching(/^\d{4}-\d\d-\d\d$/, 'a date such as 2026-01-31'),
  byte: matching(/^[A-Za-z0-9+/\s]*={0,2}\s*$/, 'base64'),
  duration: matching(/^[-+]?0$|\d\s*[A-Za-zµμ]/, 'a duration such as 1h30m'),
  ipv4: { fits: (value) => isAddress(value) && value.includes('.'), must: 'an IPv4 address' },
  ipv6: { fits: (value) => isAddress(value) && value.includes(':'), must: 'an IPv6 address' },
  cidr: { fits: isNetwork, must: 'a network such as 10.0.0.0/8' },
  mac: matching(/^[0-9a-f]{2,4}([-:.][0-9a-f]{2,4}){2,19}$/i, 'a MAC address'),
  uuid: matching(UUID('[0-9a-f]'), 'a UUID'),
  uuid3: matching(UUID('3'), 'a UUID of version 3'),
  uuid4: matching(UUID('4'), 'a UUID of version 4'),
  uuid5: matching(UUID('5'), 'a UUID of version 5'),
  uri: {
    // Relative ones are refused, and control characters.
    fits: (value) => /^([a-z][a-z0-9+.-]*:|\/)/i.test(value) && ![...value].some((one) => one < ' ' || one === '\x7f'),
    must: 'an absolute URI'
  },
  email: matching(/.@./s, 'an e-mail address'),
  hostname: matching(/^[^\s/:@]+$/, 'a host name')
}

export const NAME_MUST =
  'must have at most 253 lower-case letters, digits, "-" and ".", and begin and end with a letter or a digit'

/** What names an object of a custom kind: a DNS subdomain of RFC 1123. */
export function isObjectName(name: string): boolean {
  return name.length <= 253 && new RegExp(`^${LABEL}(\\.${LABEL})*$`).test(name)
}

/** API servers still take parts with leading zeros, as they always did. */
function isAddress(value: string): boolean {
  return isIP(value.replace(/(^|[.:])0+(?=\d{1,3}(\.|$))/g, '$1')) !== 0 && !value.includes('%')
}

function isNetwork(value: string): boolean {
  const [address = '', bits = '', ...more] = value.split('/')
  const most = address.includes(':') ? 128 : 32
  return more.length === 0 && isAddress(address) && /^\d+$/.test(bits) && Number(bits) <= most
}
