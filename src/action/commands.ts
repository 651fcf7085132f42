import { issueCommand } from '../../node_modules/@actions/core/lib/command.js'
import { issueFileCommand, prepareKeyValueMessage } from '../../node_modules/@actions/core/lib/file-command.js'
import { toCommandProperties, toCommandValue } from '../../node_modules/@actions/core/lib/utils.js'
import type { Place } from '../log.ts'

// The runner's workflow commands, by the modules of `@actions/core` that write them. Its entry, the only one that it
// exports, also loads a client for OpenID Connect with an HTTP library of its own, which nobody here uses: half of every
// bundle, and 50 ms of each start.

/** Hides a value in every log from here on. */
export function setSecret(secret: string): void {
  issueCommand('add-mask', {}, secret)
}

/** Sets an output of the step; on a runner without files for that, by the command of old. */
export function setOutput(name: string, value: string): void {
  if (process.env['GITHUB_OUTPUT']) issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value))
  else issueCommand('set-output', { name }, toCommandValue(value))
}

/** The step fails with this message, once the process ends. */
export function setFailed(message: string): void {
  process.exitCode = 1
  annotate('error', message)
}

/** A line of the log that GitHub shows as an annotation, at a place of the repository where there is one. */
export function annotate(kind: 'warning' | 'error', message: string, place?: Place): void {
  const at = place ? { file: place.file, startLine: place.line, startColumn: place.column } : {}
  issueCommand(kind, toCommandProperties(at), message)
}

export function info(message: string): void {
  process.stdout.write(`${message}\n`)
}

/** Shown when the run has debug logging on; the runner says so, and would drop hundreds of lines otherwise. */
export function debug(message: string): void {
  if (process.env['RUNNER_DEBUG'] === '1') issueCommand('debug', {}, message)
}

/** What is written while `work` runs can be folded. */
export async function group<T>(title: string, work: () => Promise<T>): Promise<T> {
  issueCommand('group', {}, title)
  try {
    return await work()
  } finally {
    issueCommand('endgroup', {}, '')
  }
}
