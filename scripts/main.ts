import path from 'node:path'
import { GitOpsError } from '../src/errors.ts'
import { SetupError } from './bootstrap.mjs'

/**
 * Runs a script's work if `file` is the program that was started (and not a module that another script imports). What
 * it throws becomes a sentence and exit code 1; a stack is shown only for defects.
 */
export async function main(file: string, work: () => Promise<void>): Promise<void> {
  if (path.resolve(process.argv[1] ?? '') !== file) return
  try {
    await work()
  } catch (error) {
    process.stderr.write(`\n${explain(error)}\n`)
    process.exitCode = 1
  }
}

/** An error as a person should see it. */
export function explain(error: unknown): string {
  if (error instanceof GitOpsError) return [error.message, ...error.details, error.hint ?? ''].join('\n').trim()
  if (error instanceof SetupError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
