/** What AWS answered to a call that failed, or why there was no answer. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  /** `CreateChangeSet`. */
  readonly operation: string
  /** `ValidationError`, `AccessDenied`, `ECONNREFUSED`; `Error` where there is none. */
  readonly code: string
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined

  constructor(operation: string, code: string, message: string, status?: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.operation = operation
    this.code = code
    this.status = status
  }
}

/** A failure of the SDK in our words: the operation it was, its code, its message. */
export function awsError(operation: string, thrown: unknown): AwsError {
  if (thrown instanceof AwsError) return thrown
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return new AwsError(operation, code, error.message || code, typeof status === 'number' ? status : undefined, error)
}

const TRANSIENT =
  /^(?:Throttling|ThrottlingException|ThrottledException|RequestThrottled|TooManyRequestsException|RequestLimitExceeded|SlowDown|RequestTimeout|RequestTimeoutException|TimeoutError|InternalFailure|InternalError|ServiceUnavailable|ServiceUnavailableException|ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|NetworkingError)$/

/** Whether the same call may succeed in a while. */
export function isTransient(error: unknown): boolean {
  return error instanceof AwsError && (TRANSIENT.test(error.code) || (error.status ?? 0) >= 500)
}

/** Whether AWS says that there is no such stack. */
export function isMissingStack(error: unknown): boolean {
  return error instanceof AwsError && error.code === 'ValidationError' && /does(?: not|n't) exist/i.test(error.message)
}
