import type { Logger } from '../log.ts'
import { annotate, debug, group, info } from './commands.ts'

/** The real `Logger`: the runner's workflow commands. `@actions/core` escapes what would be a command. */
export const log: Logger = {
  info: (message) => info(neutral(message)),
  debug,
  warning: (message, place) => annotate('warning', message, place),
  error: (message, place) => annotate('error', message, place),
  group: (title, work) => group(neutral(title), work)
}

/**
 * Text from a cluster or a repository must not be a workflow command. The runner takes `::` for one at the start of a
 * line, behind whatever it thinks is white space, and `##[` anywhere in it.
 */
function neutral(text: string): string {
  return text.replace(/^([\s\u0085]*)(?=::)/gm, '$1\u200b').replaceAll('##[', '#\u200b#[')
}
