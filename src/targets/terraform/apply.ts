import { asString, at, type Json } from '../../json.ts'
import type { Logger } from '../../log.ts'
import type { Change } from '../plan.ts'
import type { ChangeResult, UnhealthyResource } from '../target.ts'
import type { Diagnostic } from './diagnostics.ts'

/** Lines of a provisioner that are kept for the reason of a failure. */
const KEPT = 20

/** Follows an apply by its messages: what was begun, done and failed, by address. */
export class ApplyProgress {
  readonly #log: Logger
  readonly #mask: (text: string) => string
  readonly #done = new Map<string, Set<string>>()
  readonly #failed = new Set<string>()
  readonly #output = new Map<string, string[]>()

  constructor(log: Logger, mask: (text: string) => string) {
    this.#log = log
    this.#mask = mask
  }

  add(message: Json): void {
    const type = asString(at(message, 'type')) ?? ''
    const address = asString(at(message, 'hook', 'resource', 'addr'))
    const text = this.#mask((asString(at(message, '@message')) ?? '').trim())
    if (address !== undefined) {
      const action = asString(at(message, 'hook', 'action')) ?? ''
      if (type === 'apply_complete') this.#done.set(address, (this.#done.get(address) ?? new Set()).add(action))
      if (type === 'apply_errored') this.#failed.add(address)
      if (type === 'provision_progress') this.#keep(address, message)
    }
    // The plan is known already; diagnostics are told in the end.
    if (/^(?:apply|provision)_|^(?:change_summary|log|state_lock_.*)$/.test(type)) this.#log.info(text)
    else this.#log.debug(text)
  }

  /** What became of each change. Changes of the state alone hold when the whole run did. */
  results(changes: readonly Change[], ok: boolean, diagnostics: readonly Diagnostic[]): ChangeResult[] {
    return changes.map(({ resource, action }) => {
      const address = resource.id.replace(/ \(deposed .*\)$/, '')
      const errors = diagnostics.filter((one) => one.severity === 'error' && one.address === address)
      if (this.#failed.has(address) || (errors.length > 0 && !ok)) {
        const reason = errors.map((one) => one.summary).join('; ')
        return { resource, action: 'failed', ...(reason === '' ? {} : { message: this.#mask(reason) }) }
      }
      if (ok || this.#isDone(address, action)) return { resource, action: DONE[action] ?? 'updated' }
      return { resource, action: 'skipped', message: 'The run ended before it.' }
    })
  }

  /** The resources that failed, with all that was said about them. */
  unhealthy(changes: readonly Change[], diagnostics: readonly Diagnostic[]): UnhealthyResource[] {
    const errors = diagnostics.filter((one) => one.severity === 'error')
    return changes.flatMap(({ resource }): UnhealthyResource[] => {
      const about = errors.filter((one) => one.address === resource.id)
      if (about.length === 0 && !this.#failed.has(resource.id)) return []
      const message = about.map((one) => `${one.summary}: ${one.detail}`.replace(/: $/, '')).join(' ') || 'It failed.'
      const logs = this.#output.get(resource.id) ?? []
      return [{ resource, status: 'Degraded', message: this.#mask(message), events: [], logs }]
    })
  }

  #isDone(address: string, action: Change['action']): boolean {
    const done = this.#done.get(address)
    // Of a replacement, the new object is what counts.
    return done !== undefined && (action !== 'replace' || done.has('create'))
  }

  #keep(address: string, message: Json): void {
    const lines = this.#output.get(address) ?? []
    lines.push(this.#mask(asString(at(message, 'hook', 'output')) ?? ''))
    this.#output.set(address, lines.slice(-KEPT))
  }
}

const DONE: Partial<Record<Change['action'], ChangeResult['action']>> = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  delete: 'pruned'
}
