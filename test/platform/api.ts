import { readFileSync } from 'node:fs'
import https from 'node:https'
import { GitOpsError } from '../../src/errors.ts'
import { at, type Json, parseJson } from '../../src/json.ts'

/** What the platform itself needs of the API server; deliberately not the client that the product is tested with. */
export interface Api {
  /** The answer's status code and body (JSON, or null when it is something else). Rejects when nothing answers. */
  call(method: string, path: string, body?: unknown, contentType?: string): Promise<{ status: number; body: Json }>
  /**
   * As `call`, for what must succeed.
   * @throws GitOpsError with the server's message for an answer of 300 and above
   */
  need(method: string, path: string, body?: unknown, contentType?: string): Promise<Json>
}

export interface ApiAddress {
  readonly server: string
  readonly authorityFile: string
  readonly token: string
}

export function connectApi(address: ApiAddress): Api {
  const agent = new https.Agent({ ca: readFileSync(address.authorityFile), keepAlive: true, maxSockets: 8 })
  const call: Api['call'] = (method, path, body, contentType = 'application/json') =>
    new Promise((resolve, reject) => {
      const headers: Record<string, string> = { authorization: `Bearer ${address.token}`, accept: 'application/json' }
      if (body !== undefined) headers['content-type'] = contentType
      const request = https.request(
        `${address.server}${path}`,
        { method, agent, headers, timeout: 30_000 },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: jsonOrNull(Buffer.concat(chunks).toString('utf8')) })
          )
        }
      )
      request.on('timeout', () => request.destroy(new Error(`no answer within 30 s: ${method} ${path}`)))
      request.on('error', reject)
      request.end(body === undefined ? undefined : JSON.stringify(body))
    })
  return {
    call,
    async need(method, path, body, contentType) {
      const answer = await call(method, path, body, contentType)
      if (answer.status >= 300)
        throw new GitOpsError(`${method} ${path}: ${answer.status} ${String(at(answer.body, 'message') ?? '')}`)
      return answer.body
    }
  }
}

/** True if an https server on loopback answers 200, whatever its certificate: health ports sign their own. */
export function answersOk(url: string, token?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const request = https.get(url, { rejectUnauthorized: false, agent: false, headers, timeout: 2000 }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode === 200))
      response.on('error', () => resolve(false))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(false))
  })
}

function jsonOrNull(text: string): Json {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}
