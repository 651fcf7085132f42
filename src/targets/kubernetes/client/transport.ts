import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../../../log.ts'
import type { ApiError } from '../cluster.ts'
import type { Access } from './access.ts'
import type { Credential, Credentials } from './credentials.ts'
import { ConnectionError, type HttpConnection, readText } from './http.ts'
import { Limiter } from './limiter.ts'
import { ambiguous, plainHttp, unauthorized } from './refusals.ts'
import { apiError } from './status.ts'
import { isPermanent, unreachable } from './unreachable.ts'
import { USER_AGENT } from './user-agent.ts'

export interface Call {
  readonly method: string
  readonly path: string
  readonly body?: string
  readonly contentType?: string
  readonly accept?: string
  /** Doing it twice has the effect of doing it once: it may be sent again after its connection was lost. */
  readonly idempotent: boolean
  readonly timeout?: number
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly contentType: string
}

export interface Refusal {
  readonly error: ApiError
  /** The server may have done this already on an earlier try, whose answer was lost. */
  readonly repeated: boolean
}

/** How long trouble may last before a request gives up, in milliseconds. A restart of an API server takes 5 to 40 s. */
export interface Patience {
  /** Before the server has ever answered: then it is more likely a wrong address than a restart. */
  readonly first: number
  readonly outage: number
  readonly overload: number
}

const PATIENCE: Patience = { first: 8_000, outage: 60_000, overload: 120_000 }
/** The API server ends a request after 60 s by itself. */
const TIMEOUT = 65_000
const PROBE_TIMEOUT = 5_000
/** An outage longer than this (milliseconds) is told. */
const TELL_AFTER = 3_000
/** The media type of a server-side apply. */
export const APPLY_PATCH = 'application/apply-patch+yaml'
/** Tries of one request while the server says that it is ready, so that one bad webhook does not cost a minute. */
const TRIES = 5

/**
 * Requests with everything that makes them arrive: bounded and adaptive concurrency, 429 with Retry-After, renewal of
 * credentials, and retries across connection loss and restarts of the API server.
 */
export class Transport {
  readonly limiter = new Limiter()
  readonly #http: HttpConnection
  readonly #credentials: Credentials
  readonly #access: Access
  readonly #log: Logger
  readonly #signal: AbortSignal | undefined
  readonly #patience: Patience
  #firstAt: number | undefined
  #answered = false
  #recovery: Promise<void> | undefined

  constructor(
    http: HttpConnection,
    credentials: Credentials,
    context: { access: Access; log: Logger; signal?: AbortSignal; patience?: Patience }
  ) {
    this.#http = http
    this.#credentials = credentials
    this.#access = context.access
    this.#log = context.log
    this.#signal = context.signal
    this.#patience = context.patience ?? PATIENCE
  }

  /**
   * @throws ApiError for an answer that is no success
   * @throws GitOpsError when the server cannot be reached, or refuses the credentials
   */
  async call(call: Call): Promise<Answer> {
    const answer = await this.attempt(call)
    if ('error' in answer) throw answer.error
    return answer
  }

  /** As `call`, with an answer that is no success as a value. */
  async attempt(call: Call): Promise<Answer | Refusal> {
    const started = performance.now()
    this.#firstAt ??= started
    let losses = 0
    let failures = 0
    let repeated = false
    let renewed = false
    for (;;) {
      this.#signal?.throwIfAborted()
      if (this.#recovery) await this.#recovery
      const outcome = await this.#limited(call)
      if ('text' in outcome) return outcome
      const { error } = outcome
      if (error instanceof ConnectionError) {
        if (isPermanent(error, this.#answered)) throw unreachable(this.#access, error)
        if (error.sent && !call.idempotent) throw ambiguous(this.#access, call, error)
        repeated ||= error.sent
        losses++
        if (error.reused && losses === 1) continue
        if (losses > TRIES && this.#answered) throw unreachable(this.#access, error)
        // Ready, and yet it breaks off: one of several servers is ill.
        if (losses > 2) await this.#pause(100 * 2 ** losses)
        await this.#recover(error)
      } else if (error.code === 401) {
        if (renewed || !this.#credentials.renew(outcome.credential))
          throw unauthorized(this.#access, error, outcome.credential)
        renewed = true
      } else if (error.code === 429) {
        if (isBudget(error) || performance.now() - started > this.#patience.overload) return { error, repeated }
        await this.#pause(1000 * (error.retryAfterSeconds ?? 1) * (1 + Math.random() / 2))
      } else {
        if (error.code === 400 && /HTTP request to an HTTPS server/.test(error.message))
          throw plainHttp(this.#access, error)
        const retry = retryOf(error, call)
        if (retry === 'never' || ++failures > TRIES || performance.now() - started > this.#patience.outage)
          return { error, repeated }
        repeated = true
        await this.#pause(backoff(failures, error))
        if (retry === 'when-ready') await this.#recover(error)
      }
    }
  }

  /** One try of a request whose answer is read as it comes (watch); no retry, no slot of the limiter. */
  async stream(call: Call, signal: AbortSignal): Promise<IncomingMessage> {
    if (this.#recovery) await this.#recovery
    const credential = await this.#credentials.current()
    const either = this.#signal ? AbortSignal.any([this.#signal, signal]) : signal
    const response = await this.#send(call, credential, either, 'identity')
    const code = response.statusCode ?? 0
    if (code < 300) return response
    const error = apiError(code, response.headers, await readText(response, TIMEOUT), `${call.method} ${call.path}`)
    if (code === 401 && !this.#credentials.renew(credential)) throw unauthorized(this.#access, error, credential)
    throw error
  }

  /** After a connection was lost: waits until the server is ready again, once for all that wait. */
  async recover(error: unknown): Promise<void> {
    if (isPermanent(error, this.#answered)) throw unreachable(this.#access, error)
    await this.#recover(error)
  }

  async #limited(call: Call): Promise<Answer | { error: ConnectionError | ApiError; credential: Credential }> {
    await this.limiter.acquire()
    try {
      this.#signal?.throwIfAborted()
      const credential = await this.#credentials.current()
      try {
        const response = await this.#send(call, credential, this.#signal)
        const code = response.statusCode ?? 0
        const text = await readText(response, call.timeout ?? TIMEOUT)
        this.#answered = true
        if (code < 300) {
          this.limiter.succeeded()
          return { status: code, text, contentType: response.headers['content-type'] ?? '' }
        }
        const error = apiError(code, response.headers, text, `${call.method} ${call.path.split('?')[0]}`)
        if (code === 429 && !isBudget(error)) this.limiter.overloaded()
        return { error, credential }
      } catch (error) {
        if (error instanceof ConnectionError) return { error, credential }
        throw error
      }
    } finally {
      this.limiter.release()
    }
  }

  /**
   * The API server compresses answers above 128 KB. Measured: 10,000 objects are 0.7 MB instead of 14 MB at the same
   * speed on loopback, so it is always worth it, except where an answer is read as it comes.
   */
  #send(
    call: Call,
    credential: Credential,
    signal: AbortSignal | undefined,
    encoding = 'gzip'
  ): Promise<IncomingMessage> {
    const headers: Record<string, string> = {
      Accept: call.accept ?? 'application/json',
      'Accept-Encoding': this.#access.compression ? encoding : 'identity',
      'User-Agent': USER_AGENT
    }
    if (call.contentType) headers['Content-Type'] = call.contentType
    const { method, path, body } = call
    return this.#http.send(
      { method, path, headers, signal, timeout: call.timeout ?? TIMEOUT, ...(body === undefined ? {} : { body }) },
      credential
    )
  }

  #recover(error: unknown): Promise<void> {
    this.#recovery ??= this.#waitUntilReady(error).finally(() => {
      this.#recovery = undefined
    })
    return this.#recovery
  }

  /** Polls `/readyz`: while an API server starts, it answers before its authorizer knows the roles, with 401 and 403. */
  async #waitUntilReady(first: unknown): Promise<void> {
    const lostAt = performance.now()
    const deadline = this.#answered
      ? lostAt + this.#patience.outage
      : (this.#firstAt ?? lostAt) + this.#patienceAtFirst(first)
    if (first instanceof ConnectionError && first.code === 'ETIMEDOUT') this.#http.dropIdle()
    let refusals = 0
    let last = first
    let told = false
    for (let round = 1; ; round++) {
      if (performance.now() > deadline) throw unreachable(this.#access, last)
      if (this.#answered && !told && performance.now() - lostAt > TELL_AFTER) {
        told = true
        this.#log.info(`The API server ${this.#access.server} does not answer; waiting for it to come back.`)
      }
      await this.#pause(Math.min(1000, 50 * 2 ** round) * (0.75 + Math.random() / 2))
      try {
        const error = await this.#probe()
        // Some clusters never show /readyz to their users: then a while of refusals must do.
        if (!error || error.code === 404 || ((error.code === 401 || error.code === 403) && ++refusals >= 5)) break
        last = error
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error
        if (isPermanent(error, this.#answered)) throw unreachable(this.#access, error)
        last = error
      }
    }
    if (told) this.#log.info(`The API server is back after ${Math.round((performance.now() - lostAt) / 1000)} s.`)
  }

  /** A name that nobody knows is rarely a passing trouble. */
  #patienceAtFirst(error: unknown): number {
    return error instanceof ConnectionError && error.code === 'ENOTFOUND'
      ? this.#patience.first / 5
      : this.#patience.first
  }

  /** Why the server is not ready; undefined when it is. */
  async #probe(): Promise<ApiError | undefined> {
    const probe: Call = { method: 'GET', path: '/readyz', accept: '*/*', idempotent: true, timeout: PROBE_TIMEOUT }
    const response = await this.#send(probe, await this.#credentials.current(), this.#signal)
    const text = await readText(response, PROBE_TIMEOUT)
    const code = response.statusCode ?? 0
    return code < 300 ? undefined : apiError(code, response.headers, text, 'GET /readyz')
  }

  async #pause(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, this.#signal ? { signal: this.#signal } : {})
    } finally {
      this.#signal?.throwIfAborted()
    }
  }
}

/** An eviction that a disruption budget forbids: waiting is the caller's decision, not a matter of load. */
function isBudget(error: ApiError): boolean {
  return error.causes.some((cause) => cause.reason === 'DisruptionBudget')
}

/**
 * Whether an answer of the server's side may be different next time. A POST is repeated only when the server itself
 * says so (Retry-After), as client-go does.
 */
function retryOf(error: ApiError, call: Call): 'never' | 'soon' | 'when-ready' {
  // Several requests changed one object at once: this one, or the quota of its namespace, which every creation counts up.
  if (error.code === 409 && call.contentType === APPLY_PATCH && /object has been modified/.test(error.message))
    return 'soon'
  if (error.code < 500) return 'never'
  if (!call.idempotent && error.retryAfterSeconds === undefined) return 'never'
  if (error.code === 500) {
    if (/etcdserver|code = Unavailable|context deadline exceeded|error trying to reach service/.test(error.message))
      return 'when-ready'
    // A webhook whose backend is about to start: a few tries. Any other internal error would only repeat itself.
    return /failed calling webhook|failed to call webhook/.test(error.message) ? 'soon' : 'never'
  }
  return error.code === 501 ? 'never' : 'when-ready'
}

function backoff(failures: number, error: ApiError): number {
  const asked = (error.retryAfterSeconds ?? 0) * 1000
  return Math.max(asked, 200 * 2 ** failures) * (0.75 + Math.random() / 2)
}
