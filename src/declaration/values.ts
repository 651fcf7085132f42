import { parseDuration } from '../duration.ts'
import { DNS_LABEL, DNS_LABEL_MUST } from '../names.ts'
import { type Limit, parseLimit } from './defaults.ts'
import { converted, type Shape, text } from './shape.ts'

/** A duration such as `90s` or `1h30m`, in milliseconds. `positive`: more than nothing. */
export function duration(
  description: string,
  fallback: string,
  { positive = false }: { positive?: boolean } = {}
): Shape<number> {
  const read = (value: string | number) => {
    const milliseconds = typeof value === 'string' ? parseDuration(value) : undefined
    return positive && milliseconds === 0 ? undefined : milliseconds
  }
  return converted(read, {
    schema: {
      type: 'string',
      pattern: positive ? '^(0+(ms|s|m|h))*0*[1-9]\\d*(ms|s|m|h)(\\d+(ms|s|m|h))*$' : '^(\\d+(ms|s|m|h))+$',
      description,
      default: fallback,
      examples: ['90s', '10m', '1h30m']
    },
    must: `a duration with a unit${positive ? ' and more than nothing' : ''}, such as 90s, 10m or 1h30m`
  })
}

/** A number of objects or a percentage of them. */
export function limit(description: string, fallback: Limit): Shape<Limit> {
  return converted(parseLimit, {
    schema: {
      anyOf: [
        { type: 'integer', minimum: 0 },
        { type: 'string', pattern: '^(\\d+|(\\d{1,2}|100)%)$' }
      ],
      description,
      default: fallback
    },
    must: 'a number of objects or a percentage such as 20%'
  })
}

/** A DNS label: names of targets, images, namespaces. */
export function name(description: string): Shape<string> {
  return text({ description, pattern: DNS_LABEL, must: DNS_LABEL_MUST })
}
