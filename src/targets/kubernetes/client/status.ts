import type { IncomingHttpHeaders } from 'node:http'
import { asList, asNumber, asObject, asString, type JsonObject, parseJson } from '../../../json.ts'
import { ApiError } from '../cluster.ts'

/** The answer of the API server as an error: its `Status` object, or whatever else stood in the way (a proxy's page). */
export function apiError(code: number, headers: IncomingHttpHeaders, body: string, asked: string): ApiError {
  const status = readStatus(body)
  const header = Number(headers['retry-after'])
  if (!status) {
    const said = redirection(code, headers) ?? plainText(body)
    return new ApiError(code, reasonOf(code), `${asked}: HTTP ${code}${said === '' ? '' : `: ${said}`}`, {
      ...(header > 0 ? { retryAfterSeconds: header } : {})
    })
  }
  return statusError(status, code, header > 0 ? header : undefined, asked)
}

/** The beginning of a page, without its markup. */
export function plainText(page: string): string {
  return page
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}

/** Where a login page or a gateway sends a browser; what follows the host may hold a secret. */
function redirection(code: number, headers: IncomingHttpHeaders): string | undefined {
  const { location } = headers
  if (code < 300 || code > 399 || location === undefined) return undefined
  return `it redirects to ${URL.canParse(location) ? new URL(location).origin : 'another path'}, as a login page or a gateway does, not an API server`
}

/** An error from a `Status` object, as it also occurs in watches. */
export function statusError(status: JsonObject, httpCode = 500, retryAfter?: number, asked = ''): ApiError {
  const details = asObject(status['details'])
  const code = asNumber(status['code']) ?? httpCode
  const seconds = retryAfter ?? asNumber(details?.['retryAfterSeconds'])
  const causes = (asList(details?.['causes']) ?? []).map((cause) => ({
    reason: asString(asObject(cause)?.['reason']) ?? '',
    message: asString(asObject(cause)?.['message']) ?? '',
    field: asString(asObject(cause)?.['field']) ?? ''
  }))
  const message = asString(status['message']) || `${asked}: HTTP ${code}`
  return new ApiError(code, asString(status['reason']) || reasonOf(code), message, {
    causes,
    ...(details ? { details } : {}),
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds })
  })
}

function readStatus(body: string): JsonObject | undefined {
  try {
    const value = asObject(parseJson(body))
    return value?.['kind'] === 'Status' ? value : undefined
  } catch {
    return undefined
  }
}

function reasonOf(code: number): string {
  const reasons: Record<number, string> = {
    400: 'BadRequest',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'NotFound',
    405: 'MethodNotAllowed',
    409: 'Conflict',
    410: 'Gone',
    413: 'RequestEntityTooLarge',
    415: 'UnsupportedMediaType',
    422: 'Invalid',
    429: 'TooManyRequests',
    500: 'InternalError',
    503: 'ServiceUnavailable',
    504: 'Timeout'
  }
  return reasons[code] ?? `HTTP${code}`
}
