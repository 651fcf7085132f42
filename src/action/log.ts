import * as core from '@actions/core'
import type { Logger, Place } from '../log.ts'

/** The real `Logger`: the runner's workflow commands. `@actions/core` escapes what would be a command. */
export const log: Logger = {
  info: (message) => core.info(neutral(message)),
  debug: (message) => core.debug(message),
  warning: (message, place) => core.warning(message, annotation(place)),
  error: (message, place) => core.error(message, annotation(place)),
  group: (title, work) => core.group(neutral(title), work)
}

/**
 * Text from a cluster or a repository must not be a workflow command. The runner takes `::` for one at the start of a
 * line, behind whatever it thinks is white space, and `##[` anywhere in it.
 */
function neutral(text: string): string {
  return text.replace(/^([\s\u0085]*)(?=::)/gm, '$1\u200b').replaceAll('##[', '#\u200b#[')
}

function annotation(place: Place | undefined): core.AnnotationProperties {
  if (!place) return {}
  return { file: place.file, startLine: place.line, startColumn: place.column }
}
