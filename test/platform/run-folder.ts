import { spawn } from 'node:child_process'
import { mkdtempSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Every process of a run carries this variable, with the run's folder as its value: that is how the reaper finds them. */
export const RUN_VARIABLE = 'GITOPS_ACTIONS_PLATFORM_RUN'

/**
 * The temp folder of one run, and a promise that nothing outlives it: a reaper process holds the other end of a
 * pipe, and when this process closes it or dies by whatever cause (SIGKILL included), the reaper ends what still runs
 * and removes the folder.
 */
export interface RunFolder {
  readonly directory: string
  /** Environment that marks a process as part of the run. */
  readonly environment: Readonly<Record<string, string>>
  /** True from the first call of `close` on: nothing may be started in it any more. */
  readonly closing: boolean
  /** Ends whatever is left of the run and removes the folder. Returns when nothing is left. */
  close(): Promise<void>
}

/** The path of a Unix socket may have 107 bytes; a test runner's TMPDIR can be most of that. */
const LONGEST_PARENT = 60

export function createRunFolder(): RunFolder {
  const parent = tmpdir().length > LONGEST_PARENT ? '/tmp' : tmpdir()
  const directory = realpathSync(mkdtempSync(path.join(parent, 'gitops-actions-')))
  const reaper = spawn(process.execPath, [path.join(import.meta.dirname, 'reaper.mjs'), directory], {
    detached: true, // a session of its own: Ctrl-C in the terminal must not reach it
    stdio: ['pipe', 'ignore', 'inherit']
  })
  const ended = new Promise<void>((resolve) => reaper.once('exit', () => resolve()))
  reaper.unref()
  const pipe = reaper.stdin
  if ('unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  let closing = false
  return {
    directory,
    environment: { [RUN_VARIABLE]: directory },
    get closing() {
      return closing
    },
    async close() {
      closing = true
      reaper.ref()
      pipe.end()
      await ended
    }
  }
}

/**
 * `count` free loopback ports. They lie below the kernel's ephemeral range, so that no outgoing connection takes one
 * between here and the moment its component listens (or while a test has the component stopped).
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) {
    const port = 10_240 + Math.floor(Math.random() * 22_000)
    if (!ports.has(port) && (await isFree(port))) ports.add(port)
  }
  return [...ports]
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
