import { fstatSync } from 'node:fs'
import { Socket } from 'node:net'

/**
 * Calls `onEnd` when the process that handed us our work (`scripts/run.mjs`) is gone without having told us: it holds
 * the other end of our fourth stream. Does nothing for a script that somebody started directly.
 */
export function watchLifeline(onEnd: () => void): void {
  if (process.env['GITOPS_ACTIONS_LIFELINE'] === undefined) return
  delete process.env['GITOPS_ACTIONS_LIFELINE'] // the processes that we start do not hold it
  if (!isSocket(3)) return
  const socket = new Socket({ fd: 3, readable: true, writable: false })
  socket.on('error', () => {})
  socket.on('close', onEnd)
  socket.resume()
  socket.unref() // it must not keep a finished command alive
}

function isSocket(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isSocket()
  } catch {
    return false
  }
}
