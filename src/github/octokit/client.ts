import { setTimeout as delay } from 'node:timers/promises'
import { getOctokit } from '@actions/github'
import { GitOpsError } from '../../errors.ts'
import { timeText } from '../../moment.ts'
import { VERSION } from '../../version.ts'
import type { ConnectOptions } from '../connect.ts'
import { explain, type Failure, failureOf, type Permission } from '../failure.ts'
import { mayHaveWorked, pauseAfter, type RetryPolicy, rateLimitPause } from '../retry.ts'

/** Sends a request by octokit. */
export type Send<D> = (rest: Rest) => Promise<{ status: number; data: D; url: string }>

type Octokit = ReturnType<typeof getOctokit>
export type Rest = Octokit['rest']

export interface CallOptions<T> {
  /** What a failure means to us when it is no error: "no such ref". */
  readonly accept?: (failure: Failure) => { readonly value: T } | undefined
  /**
   * For what must not happen twice: looks whether the request was carried out although its answer got lost. Its
   * answer, if any, is the request's.
   */
  readonly confirm?: () => Promise<T | undefined>
  /** Failures that pass by themselves: GitHub does not always see at once what it has just stored. */
  readonly settling?: (failure: Failure) => boolean
}

/** Sends requests: with the repository filled in, time limits, retries, and errors that a person can act on. */
export class Client {
  readonly repository: string
  readonly owner: string
  readonly name: string
  readonly #octokit: Octokit
  readonly #policy: RetryPolicy

  constructor(options: ConnectOptions) {
    const { log } = options
    const [owner = '', name = ''] = options.repository.split('/')
    this.repository = options.repository
    this.owner = owner
    this.name = name
    this.#policy = {
      sleep: options.sleep ?? delay,
      now: options.now ?? (() => new Date()),
      patience: options.patience ?? 300_000,
      log
    }
    const quiet = (message: string) => log.debug(message)
    this.#octokit = getOctokit(options.token, {
      baseUrl: options.apiUrl,
      userAgent: `gitops-actions/${VERSION}`,
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet }
    })
    this.#octokit.hook.before('request', (request) => {
      request.request = { ...request.request, signal: AbortSignal.timeout(options.timeout ?? 30_000) }
    })
  }

  /** Owner and name, as every request wants them. */
  get place(): { owner: string; repo: string } {
    return { owner: this.owner, repo: this.name }
  }

  /** Sends one request and gives the data of its answer. @throws GitOpsError */
  async call<D, T = D>(
    needs: Permission,
    send: Send<D>,
    read: (data: D) => T,
    options: CallOptions<T> = {}
  ): Promise<T> {
    const { log, sleep, now } = this.#policy
    for (let attempt = 1; ; attempt++) {
      const result = await this.#attempt(send)
      if ('data' in result) return read(result.data)
      const { failure } = result
      const accepted = options.accept?.(failure)
      if (accepted) return accepted.value
      const pause =
        options.settling?.(failure) && attempt <= SETTLING_ATTEMPTS
          ? attempt * 500
          : pauseAfter(failure, attempt, this.#policy)
      if (pause === undefined) throw this.#error(failure, needs, attempt, now())
      log.info(`GitHub: ${failure.request}: ${summary(failure)}; trying again in ${Math.ceil(pause / 1000)} s`)
      await sleep(pause)
      if (options.confirm && mayHaveWorked(failure)) {
        const done = await options.confirm()
        if (done !== undefined) return done
      }
    }
  }

  /** The time as the retries see it. */
  now(): Date {
    return this.#policy.now()
  }

  async #attempt<D>(send: Send<D>): Promise<{ data: D } | { failure: Failure }> {
    try {
      const { status, data, url } = await send(this.#octokit.rest)
      // octokit hands on an answer that broke off, or a proxy's page, as text: that is no answer.
      if (typeof data === 'string' && status !== 204) return { failure: brokenAnswer(url) }
      return { data }
    } catch (error) {
      const failure = failureOf(error)
      if (!failure) throw error
      return { failure }
    }
  }

  #error(failure: Failure, needs: Permission, attempts: number, now: Date): GitOpsError {
    const limit = rateLimitPause(failure, now)
    if (limit !== undefined) {
      const until = timeText(now.getTime() + limit)
      return new GitOpsError(`GitHub's rate limit for this token is used up until ${until} (${failure.message}).`, {
        hint: 'Run the job again after that, fewer jobs at a time, or with the token of a GitHub App, which has a larger limit.'
      })
    }
    const error = explain(failure, needs, this.repository)
    if (attempts === 1) return error
    return new GitOpsError(`${error.message} It was tried ${attempts} times.`, {
      details: error.details,
      ...(error.hint ? { hint: error.hint } : {})
    })
  }
}

function brokenAnswer(url: string): Failure {
  const { origin = '', pathname = url } = URL.parse(url) ?? {}
  return {
    status: undefined,
    message: 'the answer broke off or is no JSON',
    headers: {},
    request: pathname,
    server: origin
  }
}

const SETTLING_ATTEMPTS = 3

function summary(failure: Failure): string {
  return failure.status === undefined ? failure.message : `${failure.status} ${failure.message}`.trim()
}
