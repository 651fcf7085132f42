import { appendFileSync } from 'node:fs'
import { EOL } from 'node:os'
import { asList, asString, at, parseJson } from '../json.ts'

/**
 * What the main step of an action leaves for its post step (`GITHUB_STATE`), which runs even when the main step was
 * killed. Nothing secret: the post step is given the same inputs.
 */
const BEGUN = 'begun'
const ENDED = 'ended'
const LEASES = 'leases'

/** A lease that the main step held last, and where; `kubeconfig` only where it is not the job's own. */
export interface KeptLease {
  readonly namespace: string
  readonly name: string
  readonly holder: string
  readonly kubeconfig?: string
  readonly context?: string
}

export interface MainState {
  /** False when the main step never started. */
  readonly begun: boolean
  /** False when it was killed before it could report. */
  readonly ended: boolean
  readonly leases: readonly KeptLease[]
}

export function saveBegun(): void {
  save(BEGUN, 'true')
}

export function saveEnded(): void {
  save(ENDED, 'true')
}

const held = new Map<string, KeptLease>()

/** Notes a lease before it is taken, and forgets it when it was given back. */
export function keepLease(lease: KeptLease, isHeld: boolean): void {
  const key = JSON.stringify(lease)
  if (isHeld) held.set(key, lease)
  else held.delete(key)
  save(LEASES, JSON.stringify([...held.values()]))
}

/**
 * Where the runner keeps no state (a local run), nothing happens. A value is one line.
 */
function save(name: string, value: string): void {
  const file = process.env['GITHUB_STATE']
  if (file) appendFileSync(file, `${name}=${value}${EOL}`)
}

/** What the main step left; the runner gives it as `STATE_<name>`. */
export function readMainState(env: NodeJS.ProcessEnv = process.env): MainState {
  const leases = asList(parseJson(env[`STATE_${LEASES}`] || '[]')) ?? []
  return {
    begun: env[`STATE_${BEGUN}`] === 'true',
    ended: env[`STATE_${ENDED}`] === 'true',
    leases: leases.flatMap((one) => {
      const text = (key: string) => asString(at(one, key))
      const [namespace, name, holder] = [text('namespace'), text('name'), text('holder')]
      if (namespace === undefined || name === undefined || holder === undefined) return []
      const [kubeconfig, context] = [text('kubeconfig'), text('context')]
      return [
        {
          namespace,
          name,
          holder,
          ...(kubeconfig === undefined ? {} : { kubeconfig }),
          ...(context === undefined ? {} : { context })
        }
      ]
    })
  }
}
