import type { ApiError } from '../cluster.ts'

/** Why the API server refused a dry run, as far as it decides what to do next. */
export type Refusal =
  | { readonly type: 'no-dry-run'; readonly reason: string }
  | { readonly type: 'immutable'; readonly reason: string }
  | { readonly type: 'other' }

/**
 * Tells apart from all other refusals: a webhook that takes no dry runs (the object has to be compared without the
 * API server), and fields that cannot be changed in place (the object would have to be replaced).
 */
export function refusalOf(error: ApiError): Refusal {
  if (error.code === 400 && /does not support dry run/i.test(error.message))
    return { type: 'no-dry-run', reason: oneLine(error.message) }
  // Every cause has to be about immutability: an object that is invalid besides would be refused after replacing, too.
  const causes = error.causes.length > 0 ? error.causes.map((cause) => cause.message) : [error.message]
  if (error.code === 422 && causes.every((message) => IMMUTABLE.test(message)))
    return { type: 'immutable', reason: describeImmutable(error) }
  return { type: 'other' }
}

/** How Kubernetes' validation and common CEL rules of custom resources word it. */
const IMMUTABLE = new RegExp(
  [
    'immutable',
    'may not (be )?chang',
    'may not (be )?updat',
    'must not (be )?chang',
    'cannot (be )?(chang|modif|updat)',
    "can't be (chang|modif|updat)",
    'can not be (chang|modif|updat)',
    'updates to .* are forbidden',
    'updates to .* for fields other than',
    'forbidden after creation',
    'not allowed to be changed',
    'is not allowed to change',
    'may only be set (on|at|during) creation',
    'may not (add|remove)'
  ].join('|'),
  'i'
)

function describeImmutable(error: ApiError): string {
  const fields = [...new Set(error.causes.map((cause) => cause.field).filter(Boolean))]
  const [first] = error.causes
  if (fields.length === 0) return `it cannot be changed in place: ${oneLine(error.message)}`
  const why = first === undefined ? '' : ` (${withoutValue(oneLine(first.message))})`
  return `${fields.join(', ')} cannot be changed in place${why}`
}

/** `Invalid value: …: field is immutable` quotes whole structs; only the end says something. */
function withoutValue(message: string): string {
  const match = /^Invalid value: .*?: ([^:]+)$/.exec(message)
  const text = match?.[1] ?? message
  return text.length > 300 ? `${text.slice(0, 299)}…` : text
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
