import type { HealthStatus } from '../../../target.ts'

/*
 * What the words of controllers mean: phases, states, reasons of conditions. By the words that controllers of many
 * vendors use (Kubernetes API conventions, kubebuilder and Operator SDK projects), not by any one of them.
 */

const HEALTHY = words(`
  accepted active applied atlatestknown attached available bound compliant complete completed configured connected
  created deployed done enabled established finished green healthy initialized installed insync issued listening
  normal ok online open operational passed polling programmed promoted provisioned ready reconciled registered running
  scheduled serving stable streaming succeeded success successful successfully synced uptodate updated valid validated
  verified working`)

const PROGRESSING = words(`
  inprogress new notinitialized notready notstarted pending queued requested resuming started submitted unprocessed
  unscheduled unsynced yellow`)

const DEGRADED = words(`
  aborted broken cancelled conflict corrupted crashed critical damaged degraded denied error errored expired fail
  failed failing failure fatal forbidden halted incompatible invalid lost misconfigured missing noncompliant orphaned
  outofsync red refused rejected stalled timedout timeout unauthorized unavailable unhealthy unreachable unschedulable
  unsupported warning`)

const SUSPENDED = words('disabled hibernated inactive paused sleeping stopped suspended')

/** Progressive forms that tell of a steady state or of a failure. */
const NOT_IN_PROGRESS = words(`
  according anything billing binding during everything existing failing following including listening listing logging
  mapping meaning missing monitoring networking nothing operating polling rating regarding remaining routing running
  serving something streaming string timing tracing warning working`)

/** What a phase or state word says, or undefined when it is no word that we know. */
export function meaningOf(phase: string): HealthStatus | undefined {
  const parts = split(phase)
  const whole = parts.join('')
  if (whole === '' || whole === 'none') return undefined
  if (whole === 'unknown') return 'Unknown'
  if (whole === 'notfound') return 'Missing'
  for (const [set, status] of MEANINGS) if (set.has(whole)) return status
  // A phrase: `ClusterRollingUpgrading`, `DEPLOYED_NOT_READY`, `Cluster in healthy state`.
  if (parts.some((part) => DEGRADED.has(part))) return parts.includes('no') ? undefined : 'Degraded'
  if (parts.length > 2 && FAILURE_PHRASES.some((phrase) => parts.join(' ').includes(phrase))) return 'Degraded'
  const negated = parts.some((part, index) => part === 'not' && HEALTHY.has(parts[index + 1] ?? ''))
  if (negated || parts.some(isProgressive)) return 'Progressing'
  const last = parts.at(-1) ?? ''
  if (SUSPENDED.has(last)) return 'Suspended'
  if (PROGRESSING.has(last)) return 'Progressing'
  return parts.some((part) => HEALTHY.has(part)) ? 'Healthy' : undefined
}

const MEANINGS: readonly (readonly [ReadonlySet<string>, HealthStatus])[] = [
  [HEALTHY, 'Healthy'],
  [PROGRESSING, 'Progressing'],
  [DEGRADED, 'Degraded'],
  [SUSPENDED, 'Suspended']
]

const FAILURE_WORDS = words(`
  abort aborted backoff bad broken cannot cant conflict conflicting crash crashed damaged degraded denied disallowed
  error errored errors exceeded expired fail failed failing fails failure forbidden illegal incompatible insufficient
  invalid lost malformed misconfigured mismatch missing prohibited refused rejected stalled timedout timeout
  unable unacceptable unauthorized undefined unhealthy unparsable unprocessable unreachable unresolved unsupported
  violation`)

const FAILURE_PHRASES = [
  'not found',
  'not allowed',
  'not permitted',
  'not supported',
  'not valid',
  'not controlled',
  'already exists',
  'does not exist',
  'doesn t exist',
  'could not',
  'can t',
  'timed out',
  'no such',
  'back off'
]

const WAITING_WORDS = words(`
  awaiting initial initializing inprogress notready notstarted pending progress queued requested scheduled started
  starting waiting`)

/**
 * Whether the reason and message of a condition that is not met tell of a failure or of work under way; undefined when
 * they tell neither. The reason decides, being a word of the API; the message only where the reason says nothing.
 */
export function toneOf(reason: string, message: string): 'failure' | 'waiting' | 'paused' | undefined {
  const word = split(reason)
  if (word.some((part) => part === 'paused' || part === 'suspended')) return 'paused'
  const said = split(message).slice(0, 60)
  if (said[0] === 'error' || said[0] === 'failed') return 'failure'
  const first = said[0] ?? ''
  return tone(word) ?? (isProgressive(first) ? 'waiting' : tone(said))
}

function tone(parts: readonly string[]): 'failure' | 'waiting' | undefined {
  const text = ` ${parts.join(' ')} `
  const isNothingFound = parts[0] === 'no' && (parts.at(-1) === 'found' || parts.includes('matching'))
  if (
    isNothingFound ||
    parts.some((part) => FAILURE_WORDS.has(part)) ||
    FAILURE_PHRASES.some((one) => text.includes(` ${one} `))
  )
    return 'failure'
  if (parts.some((part) => WAITING_WORDS.has(part) || isProgressive(part)) || text.includes(' not ready '))
    return 'waiting'
  return undefined
}

/** An English progressive form: `Provisioning`, `updating`. */
function isProgressive(word: string): boolean {
  return word.length > 5 && word.endsWith('ing') && !NOT_IN_PROGRESS.has(word)
}

/** Lower-case words of an identifier or a sentence. */
function split(text: string): string[] {
  return text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((part) => part !== '')
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
