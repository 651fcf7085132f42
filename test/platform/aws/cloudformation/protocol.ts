import { isObject, type Json, type JsonObject } from '../../../../src/json.ts'

/** An error as CloudFormation answers it. */
export class CloudFormationError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

export function validationError(message: string): CloudFormationError {
  return new CloudFormationError('ValidationError', message)
}

/** The parameters of a query request as the structure they stand for: `Tags.member.1.Key=a` → `{Tags: [{Key: 'a'}]}`. */
export function readQuery(body: string): JsonObject {
  const root: JsonObject = {}
  for (const [name, value] of new URLSearchParams(body)) {
    const steps = name.split('.')
    let at: JsonObject = root
    for (const [index, step] of steps.entries()) {
      if (index === steps.length - 1) at[step] = value
      else {
        const below = at[step]
        const next: JsonObject = isObject(below) ? below : {}
        at[step] = next
        at = next
      }
    }
  }
  const read = structured(root)
  return isObject(read) ? read : {}
}

/** `member` is a list, `entry` a map. */
function structured(value: Json): Json {
  if (!isObject(value)) return value
  const { member, entry } = value
  if (isObject(member)) return ordered(member).map(structured)
  if (isObject(entry))
    return Object.fromEntries(
      ordered(entry).map((one) => [isObject(one) ? String(one['key']) : '', isObject(one) ? (one['value'] ?? '') : ''])
    )
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, structured(one)]))
}

function ordered(numbered: JsonObject): Json[] {
  return Object.entries(numbered)
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, value]) => value)
}

/** What an answer is made of; undefined is left out. */
export type Answer =
  | string
  | number
  | boolean
  | Date
  | undefined
  | readonly Answer[]
  | { readonly [key: string]: Answer }

/** The answer to an action in the form of the query protocol. */
export function writeAnswer(action: string, result: Answer): string {
  return `<?xml version="1.0"?><${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${xml(result)}</${action}Result><ResponseMetadata><RequestId>emulated-request</RequestId></ResponseMetadata></${action}Response>`
}

export function writeError(error: CloudFormationError): string {
  return `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${error.code}</Code><Message>${escaped(error.message)}</Message></Error><RequestId>emulated-request</RequestId></ErrorResponse>`
}

function xml(value: Answer): string {
  if (value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map((one) => `<member>${xml(one)}</member>`).join('')
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]) => `<${key}>${xml(one)}</${key}>`)
      .join('')
  return escaped(String(value))
}

function escaped(text: string): string {
  return text.replace(/[&<>"\r]/g, (one) => `&#${one.charCodeAt(0)};`)
}
