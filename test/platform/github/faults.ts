import type { IncomingMessage, ServerResponse } from 'node:http'
import { asNumber, asString, type JsonObject } from '../../../src/json.ts'

/** What the next requests to a route shall suffer. */
export interface Fault {
  /** Default: any method. */
  method?: string
  /** Path template below `/repos/{owner}/{repo}`, for example `/issues/{issue_number}`; default: any. */
  route?: string
  /** `owner/name`; default: any. */
  repository?: string
  /** How many requests; default 1. For `gather`: how many must have come before any is answered. */
  count?: number
  kind: FaultKind
  /** With `status` and `reset`: the request is carried out first, only its answer is lost. */
  after?: boolean
  /** `status`: default 502. */
  status?: number
  /** `status`: default GitHub's own words. */
  message?: string
  /** `secondary-rate-limit`: the Retry-After header, in seconds; default 1. `rate-limit`: seconds until the reset. */
  seconds?: number
  /** `slow`: how long the answer is held. */
  milliseconds?: number
}

export type FaultKind = 'secondary-rate-limit' | 'rate-limit' | 'status' | 'slow' | 'reset' | 'gather' | 'html'

interface Armed extends Fault {
  left: number
  waiting: (() => void)[]
}

/** The faults that are waiting for their requests. */
export class Faults {
  #armed: Armed[] = []

  arm(spec: JsonObject): void {
    const kind = KINDS.find((one) => one === spec['kind'])
    if (!kind) throw new Error(`"kind" must be one of ${KINDS.join(', ')}`)
    const count = asNumber(spec['count']) ?? 1
    const text = (name: string) => asString(spec[name])
    this.#armed.push({
      kind,
      left: count,
      count,
      waiting: [],
      ...(text('method') ? { method: text('method') } : {}),
      ...(text('route') !== undefined ? { route: text('route') } : {}),
      ...(text('repository') ? { repository: text('repository') } : {}),
      after: spec['after'] === true,
      status: asNumber(spec['status']) ?? 502,
      message: text('message') ?? 'Server Error',
      seconds: asNumber(spec['seconds']) ?? 1,
      milliseconds: asNumber(spec['milliseconds']) ?? 1000
    })
  }

  /** The fault for this request, counted down; undefined when it shall work. */
  take(method: string, route: string, repository: string): Active | undefined {
    const fits = (wanted: string | undefined, value: string) => wanted === undefined || wanted === value
    const fault = this.#armed.find(
      (one) => one.left > 0 && fits(one.method, method) && fits(one.route, route) && fits(one.repository, repository)
    )
    if (!fault) return undefined
    fault.left -= 1
    return new Active(fault)
  }

  /** Forgets all faults, of one repository or of all, and lets go of whoever waits for one. */
  clear(repository?: string): void {
    for (const fault of this.#armed) if (!repository || fault.repository === repository) release(fault)
    this.#armed = repository ? this.#armed.filter((fault) => fault.repository !== repository) : []
  }
}

/** One request's fault: what to do before and after it is carried out. Both say whether the request is answered with that. */
export class Active {
  readonly #fault: Armed

  constructor(fault: Armed) {
    this.#fault = fault
  }

  async before(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (this.#fault.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, this.#fault.milliseconds))
    return this.#fault.after ? false : this.#answer(request, response)
  }

  async after(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (this.#fault.kind === 'gather') await gathered(this.#fault)
    return this.#fault.after ? this.#answer(request, response) : false
  }

  #answer(request: IncomingMessage, response: ServerResponse): boolean {
    const fault = this.#fault
    const send = (status: number, message: string, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      response.end(JSON.stringify({ message, documentation_url: 'https://docs.github.com/rest' }))
      return true
    }
    switch (fault.kind) {
      case 'secondary-rate-limit':
        return send(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
          'retry-after': String(fault.seconds)
        })
      case 'rate-limit':
        return send(403, 'API rate limit exceeded for installation ID 1.', {
          'x-ratelimit-limit': '1000',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + (fault.seconds ?? 1))
        })
      case 'status':
        return send(fault.status ?? 502, fault.message ?? 'Server Error')
      case 'html':
        // What stands in front of GitHub answers in its own way.
        response
          .writeHead(fault.status ?? 502, { 'content-type': 'text/html' })
          .end('<html><title>Unicorn!</title></html>')
        return true
      case 'reset':
        request.socket.resetAndDestroy()
        return true
      default:
        return false
    }
  }
}

const KINDS: readonly FaultKind[] = ['secondary-rate-limit', 'rate-limit', 'status', 'slow', 'reset', 'gather', 'html']

/** Waits until as many requests have been carried out as the fault counts: what two racing runs need to be sure to meet. */
function gathered(fault: Armed): Promise<void> {
  return new Promise((resolve) => {
    fault.waiting.push(resolve)
    if (fault.waiting.length >= (fault.count ?? 1)) release(fault)
  })
}

function release(fault: Armed): void {
  for (const go of fault.waiting.splice(0)) go()
}
