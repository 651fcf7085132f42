import type { Place } from './log.ts'

/**
 * The one error type for everything a person can act on. `message` says what went wrong and where
 * (file:line:column, or the object), `hint` says what to do next. Any other error that reaches the top is
 * a defect of ours and is reported with its stack.
 */
export class GitOpsError extends Error {
  override readonly name = 'GitOpsError'
  readonly hint: string | undefined
  /** Further lines for the log and the summary, for example one per bad field. */
  readonly details: readonly string[]
  /** Where in the repository each of several errors stands; shown on those lines. Says the same as `details`. */
  readonly annotations: readonly Annotation[]

  constructor(
    message: string,
    options: { hint?: string; details?: readonly string[]; annotations?: readonly Annotation[]; cause?: unknown } = {}
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.hint = options.hint
    this.details = options.details ?? []
    this.annotations = options.annotations ?? []
  }
}

/** A message about a place in the repository. */
export interface Annotation {
  readonly place: Place
  readonly message: string
}

/** The text of any thrown value, for messages that wrap another error. Never throws. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name
  return String(thrown)
}
