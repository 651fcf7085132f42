import { constants, existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from '../../log.ts'
import type { Diagnostic } from './diagnostics.ts'

/** What a tool writes beside the root module when its backend does not take the state. */
const ERRORED = 'errored.tfstate'

/** Milliseconds before each further attempt to store a state: what is down for longer needs a person. */
export const PUSH_AFTER = [2_000, 8_000, 20_000] as const

export interface Rescue {
  /** The state is where it belongs after all. */
  readonly stored: boolean
  /** Where it is kept otherwise; absolute. */
  readonly file: string
  /** Whether it may be the state of another workspace. */
  readonly ambiguous: boolean
}

interface UnderWay {
  alone: boolean
}

const underWay = new Map<string, Set<UnderWay>>()

/**
 * Runs an apply in a root module, telling it whether it was the only one there at any time of its own. Workspaces that
 * are applied side by side leave a state that cannot be stored in the same file, which does not say whose it is.
 */
export async function amongOthers<T>(directory: string, work: (own: Readonly<UnderWay>) => Promise<T>): Promise<T> {
  const others = underWay.get(directory) ?? new Set()
  underWay.set(directory, others)
  const own = { alone: others.size === 0 }
  for (const other of others) other.alone = false
  others.add(own)
  try {
    return await work(own)
  } finally {
    others.delete(own)
  }
}

interface RescueOptions {
  /** The root module, absolute. */
  readonly directory: string
  /** Where to keep the state; absolute, nothing there yet. */
  readonly file: string
  /** False when another workspace of the root module was applied at the same time: both would have left it at one place. */
  readonly alone: boolean
  /** Stores a state file, and says whether that worked. */
  readonly push: (file: string) => Promise<boolean>
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly log: Logger
}

/** Whether an error says that the state could not be stored. */
export function isUnstored(diagnostic: Diagnostic): boolean {
  return /^Failed to (?:save|persist) state/.test(diagnostic.summary) || diagnostic.detail.includes(ERRORED)
}

/**
 * Takes care of a state that the backend did not take. What was made is recorded nowhere else, and the checkout may be
 * gone before a person looks: so it is moved to a place of its own, and storing it is tried again for a while.
 * @returns undefined where there is no such state
 */
export async function rescueState(options: RescueOptions): Promise<Rescue | undefined> {
  const { directory, file, log } = options
  const left = path.join(directory, ERRORED)
  if (!existsSync(left)) return undefined
  await mkdir(path.dirname(file), { recursive: true })
  // Not renamed: the checkout may lie on another disk.
  await copyFile(left, file, constants.COPYFILE_EXCL)
  await chmod(file, 0o600)
  await rm(left, { force: true })
  if (!options.alone) return { stored: false, file, ambiguous: true }
  for (const [index, wait] of PUSH_AFTER.entries()) {
    log.warning(`The state could not be stored. Trying again (${index + 1} of ${PUSH_AFTER.length}).`)
    await options.sleep(wait)
    if (!(await options.push(file))) continue
    await rm(file, { force: true })
    log.info('The state is stored.')
    return { stored: true, file, ambiguous: false }
  }
  return { stored: false, file, ambiguous: false }
}
