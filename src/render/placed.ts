import { GitOpsError } from '../errors.ts'
import type { Place } from '../log.ts'

/** An error about a place in the workspace: the place begins the message, and GitHub shows it on that line. */
export function errorAt(
  place: Place,
  problem: string,
  options: { hint?: string | undefined; details?: readonly string[]; cause?: unknown } = {}
): GitOpsError {
  const { hint, ...rest } = options
  const message = `${nameOf(place)}: ${problem}`
  return new GitOpsError(message, {
    ...rest,
    ...(hint === undefined ? {} : { hint }),
    annotations: [{ place: onDisk(place), message: [message, ...(options.details ?? [])].join('\n') }]
  })
}

/** `file:line:column`, as far as known. */
export function nameOf({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}

/** Marks the lines of what a template renders or a kustomization builds, which are no lines of a file. */
export const RENDERED = ' (rendered)'
export const BUILT = ' (built)'

function onDisk(place: Place): Place {
  const marked = [RENDERED, BUILT].find((mark) => place.file.endsWith(mark))
  return marked === undefined ? place : { file: place.file.slice(0, -marked.length) }
}
