import { createReadStream, fstatSync } from 'node:fs'

/**
 * Calls `onEnd` when the process that handed us our work (`scripts/run.mjs`) is gone without having told us: it holds
 * the other end of our fourth stream. Does nothing for a script that somebody started directly.
 */
export function watchLifeline(onEnd: () => void): void {
  if (process.env['GITOPS_ACTIONS_LIFELINE'] === undefined) return
  delete process.env['GITOPS_ACTIONS_LIFELINE'] // the processes that we start do not hold it
  try {
    fstatSync(3)
  } catch {
    return
  }
  const stream = createReadStream('', { fd: 3 })
  stream.on('error', onEnd)
  stream.on('close', onEnd)
  stream.resume()
}
