import { readFileSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { stringify } from 'yaml'

/** A request on its way to the API server. */
export interface Passing {
  readonly method: string
  /** Path with query. */
  readonly url: string
  readonly dryRun: boolean
  readonly userAgent: string
}

/**
 * What becomes of it: it goes through; it is never answered; the connection ends before the server sees it, or in the
 * middle of the server's answer; or something else is answered in the server's place.
 */
export type Fate =
  | 'pass'
  | 'hold'
  | 'reset'
  | 'cut'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly message?: string }

export interface Gate {
  readonly url: string
  /** A kubeconfig that leads through the gate, as text. */
  readonly kubeconfig: string
  /** Decides about every request from now on. Default: all pass. */
  rule: (request: Passing) => Fate
  /** Everything that came, in order. */
  readonly seen: readonly Passing[]
  close(): void
}

/** A plain HTTP gate in front of the API server: faults that a real server shows rarely, at will. */
export async function openGate(platform: {
  readonly server: string
  readonly authorityFile: string
  readonly token: string
}): Promise<Gate> {
  const agent = new https.Agent({ ca: readFileSync(platform.authorityFile), keepAlive: true })
  const seen: Passing[] = []
  const server = http.createServer((request, response) => {
    const passing: Passing = {
      method: request.method ?? '',
      url: request.url ?? '',
      dryRun: (request.url ?? '').includes('dryRun=All'),
      userAgent: request.headers['user-agent'] ?? ''
    }
    seen.push(passing)
    const fate = gate.rule(passing)
    if (fate === 'hold') return
    if (fate === 'reset') request.socket.destroy()
    else if (fate === 'pass' || fate === 'cut') forward(request, response, platform.server, agent, fate === 'cut')
    else refuse(response, fate)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const kubeconfig = stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'gate',
    clusters: [{ name: 'gate', cluster: { server: url } }],
    users: [{ name: 'gate', user: { token: platform.token } }],
    contexts: [{ name: 'gate', context: { cluster: 'gate', user: 'gate' } }]
  })
  const gate: Gate = {
    url,
    kubeconfig,
    seen,
    rule: () => 'pass',
    close() {
      server.closeAllConnections()
      server.close()
      agent.destroy()
    }
  }
  return gate
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  server: string,
  agent: https.Agent,
  cut: boolean
): void {
  const { host: _, ...headers } = request.headers
  const outgoing = https.request(
    new URL(request.url ?? '/', server),
    { method: request.method ?? 'GET', headers, agent },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      if (!cut) {
        answer.pipe(response)
        return
      }
      answer.once('data', (chunk: Buffer) => {
        response.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), () => response.socket?.destroy())
      })
    }
  )
  outgoing.on('error', () => response.destroy())
  response.on('close', () => outgoing.destroy())
  request.pipe(outgoing)
}

function refuse(response: ServerResponse, fate: Exclude<Fate, string>): void {
  const { status, headers = {}, message = 'refused by the gate' } = fate
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: status, message }))
}
