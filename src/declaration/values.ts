import { parseDuration } from '../duration.ts'
import { type Limit, parseLimit } from './defaults.ts'
import { converted, type Shape } from './shape.ts'

/** A duration such as `90s` or `1h30m`, in milliseconds. */
export function duration(description: string, fallback: string): Shape<number> {
  return converted((value) => (typeof value === 'string' ? parseDuration(value) : undefined), {
    schema: {
      type: 'string',
      pattern: '^(\\d+(ms|s|m|h))+$',
      description,
      default: fallback,
      examples: ['90s', '10m', '1h30m']
    },
    must: 'a duration with a unit, such as 90s, 10m or 1h30m'
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
