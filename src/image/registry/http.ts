import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { getCACertificates, rootCertificates } from 'node:tls'
import { GitOpsError, messageOf } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import { VERSION } from '../../version.ts'
import { isLoopback } from '../reference.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface HttpResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly url: URL
  /** The body as it arrives. Read it or call `drain`. */
  readonly stream: IncomingMessage
  /** The whole body. @throws GitOpsError when it is longer than `limit` bytes */
  read(limit?: number): Promise<Buffer>
  /** Throws the body away, so that the connection is free again. */
  drain(): void
}

export type Http = (request: HttpRequest) => Promise<HttpResponse>

export interface HttpOptions {
  readonly log: Logger
  readonly env?: NodeJS.ProcessEnv
  /** Milliseconds without a sign of life before a request is given up. */
  readonly timeout?: number
  /** Waits, in milliseconds; replaced by tests. */
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

const ATTEMPTS = 5
const LONGEST_WAIT = 60_000
const TLS_ERRORS = /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_)/

/**
 * HTTP for registries: keep-alive, the proxy variables of the environment, redirects, and new attempts after 429, 5xx
 * and lost connections (`Retry-After` is honoured, up to a minute). Answers of any other status are returned.
 * Certificates are checked against Node's authorities and, where those do not know the issuer, the machine's own.
 */
export function createHttp(options: HttpOptions): Http {
  const wait = options.wait ?? sleep
  const agents = createAgents(options.env ?? process.env)
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await follow(request, agents, options.timeout ?? 30_000)
        if (attempt === ATTEMPTS || !(response.status === 429 || response.status >= 500)) return response
        response.drain()
        const pause = retryAfter(response.headers['retry-after']) ?? backoff(attempt)
        options.log.debug(`${request.url.host} answered ${response.status}; next attempt in ${pause} ms`)
        await wait(pause)
      } catch (error) {
        if (error instanceof GitOpsError) throw error
        const code = codeOf(error)
        if (TLS_ERRORS.test(code) && agents.trustMachine()) continue
        if (attempt === ATTEMPTS || TLS_ERRORS.test(code) || code === 'EPROTO') throw unreachable(request.url, error)
        options.log.debug(`${request.url.host}: ${messageOf(error) || code}; next attempt in ${backoff(attempt)} ms`)
        await wait(backoff(attempt))
      }
    }
  }
}

interface Agents {
  of(url: URL): HttpAgent
  /** Adds the machine's certificate authorities; false when they are in use already. */
  trustMachine(): boolean
}

function createAgents(env: NodeJS.ProcessEnv): Agents {
  const direct = new HttpAgent({ keepAlive: true })
  const plain = new HttpAgent({ keepAlive: true, proxyEnv: env })
  let secure: HttpsAgent | undefined
  let machine = false
  return {
    of: (url) => {
      // As Go does for BuildKit and Docker: no proxy is asked for this machine itself.
      if (url.protocol === 'http:') return isLoopback(url.host) ? direct : plain
      const ca = machine
        ? [...rootCertificates, ...getCACertificates('system'), ...getCACertificates('extra')]
        : undefined
      secure ??= new HttpsAgent({ keepAlive: true, proxyEnv: env, ca })
      return secure
    },
    trustMachine: () => {
      if (machine) return false
      machine = true
      secure = undefined
      return true
    }
  }
}

async function follow(request: HttpRequest, agents: Agents, timeout: number): Promise<HttpResponse> {
  let current = request
  for (let redirects = 0; ; redirects++) {
    const response = await once(current, agents, timeout)
    const location = response.headers.location
    const isRedirect = [301, 302, 303, 307, 308].includes(response.status)
    if (!isRedirect || location === undefined || current.method === 'POST' || current.method === 'PUT') return response
    response.drain()
    const url = new URL(location, current.url)
    if (url.protocol === 'http:' && !isLoopback(url.host))
      throw new GitOpsError(`${current.url.host} redirects to ${url.host} without encryption; that is refused.`)
    if (redirects === 5) throw new GitOpsError(`${request.url.host} redirects in a circle.`)
    // Storage behind a registry signs its addresses and must not be shown the registry's credentials.
    const headers = Object.entries(current.headers ?? {}).filter(
      ([name]) => url.origin === current.url.origin || name.toLowerCase() !== 'authorization'
    )
    current = { ...current, url, headers: Object.fromEntries(headers) }
  }
}

function once(request: HttpRequest, agents: Agents, timeout: number): Promise<HttpResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>()
  const send = request.url.protocol === 'http:' ? httpRequest : httpsRequest
  const outgoing = send(request.url, {
    method: request.method,
    agent: agents.of(request.url),
    timeout,
    headers: {
      'user-agent': `gitops-actions/${VERSION}`,
      ...(request.body || request.method === 'POST' ? { 'content-length': String(request.body?.length ?? 0) } : {}),
      ...request.headers
    }
  })
  outgoing.on('timeout', () =>
    outgoing.destroy(Object.assign(new Error(`no answer within ${timeout / 1000} s`), { code: 'ETIMEDOUT' }))
  )
  outgoing.on('error', reject)
  outgoing.on('response', (stream: IncomingMessage) => {
    resolve({
      status: stream.statusCode ?? 0,
      headers: stream.headers,
      url: request.url,
      stream,
      read: (limit = 8 << 20) => readAll(stream, limit, request.url),
      drain: () => stream.resume()
    })
  })
  outgoing.end(request.body)
  return promise
}

async function readAll(stream: IncomingMessage, limit: number, url: URL): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of stream) {
      const part = chunk as Buffer
      length += part.length
      if (length > limit) break
      chunks.push(part)
    }
  } catch (error) {
    throw unreachable(url, error)
  }
  if (length > limit)
    throw new GitOpsError(`${url.host} sent more than ${limit >> 20} MiB where a manifest was expected.`)
  return Buffer.concat(chunks)
}

/** Seconds or a date, as milliseconds from now. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isNaN(milliseconds) ? undefined : Math.min(Math.max(milliseconds, 0), LONGEST_WAIT)
}

function backoff(attempt: number): number {
  return 250 * 2 ** (attempt - 1)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function unreachable(url: URL, error: unknown): GitOpsError {
  const code = codeOf(error)
  const known: Record<string, string> = {
    ENOTFOUND: 'its name is not known (DNS)',
    EAI_AGAIN: 'its name could not be looked up (DNS)',
    ECONNREFUSED: 'nothing listens there',
    ECONNRESET: 'the connection was cut',
    ETIMEDOUT: 'it does not answer'
  }
  if (code === 'EPROTO')
    return new GitOpsError(`Registry ${url.host} does not speak HTTPS.`, {
      hint: 'Plain HTTP is used on loopback addresses only; give the registry a certificate.',
      cause: error
    })
  if (TLS_ERRORS.test(code))
    return new GitOpsError(`The certificate of registry ${url.host} is not trusted: ${messageOf(error)}.`, {
      hint: 'Install its authority on the runner, or name its file in NODE_EXTRA_CA_CERTS.',
      cause: error
    })
  return new GitOpsError(`Registry ${url.host} cannot be reached: ${known[code] ?? (messageOf(error) || code)}.`, {
    hint: 'Check the name of the registry, and that the runner may reach it (proxy: HTTPS_PROXY, NO_PROXY).',
    cause: error
  })
}
