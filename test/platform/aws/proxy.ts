import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CloudFormationDouble } from './cloudformation/double.ts'

/** One call of an AWS API, as it passed by. */
export interface AwsCall {
  /** `ec2`, `autoscaling`, `s3`, …: what the signature says; empty for an unsigned call. */
  readonly service: string
  /** The region that the signature is made for. */
  readonly region: string
  /** `DescribeSubnets`; for S3, the HTTP method. */
  readonly action: string
  /** Path and query. */
  readonly url: string
  readonly status: number
}

export interface AwsError {
  /** HTTP status. Clients retry 5xx, and throttling codes. */
  readonly status: number
  readonly code: string
  readonly message: string
}

export interface AwsProxy {
  readonly endpoint: string
  /** Every call since the start or the last `calls.length = 0`. */
  readonly calls: AwsCall[]
  /**
   * Answers calls itself: the first rule that gives an error decides. Undefined takes the rule away.
   */
  refuse(rule: ((call: Omit<AwsCall, 'status'>) => AwsError | undefined) | undefined): void
  /** Lets calls wait: for the promise that the rule gives. Undefined takes the rule away. */
  hold(rule: ((call: Omit<AwsCall, 'status'>, body: string) => Promise<void> | undefined) | undefined): void
  close(): Promise<void>
}

/**
 * A proxy in front of moto: it keeps a record of the calls, can be told to refuse some, and answers at once what moto
 * has no answer for. Without that, a client takes moto's HTML page for a passing trouble and retries for minutes.
 */
export async function startProxy(upstream: {
  port: number
  /** Answers for CloudFormation instead of moto. */
  cloudformation?: CloudFormationDouble
}): Promise<AwsProxy> {
  const calls: AwsCall[] = []
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  let rule: Parameters<AwsProxy['refuse']>[0]
  let waiting: Parameters<AwsProxy['hold']>[0]

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => response.destroy())
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const call = describe(request, body)
      const refused = rule?.(call)
      if (refused) {
        calls.push({ ...call, status: refused.status })
        answer(response, request, call, refused)
        return
      }
      const wait = waiting?.(call, body.toString('utf8'))
      if (wait) void wait.then(() => forward(request, response, call, body))
      else forward(request, response, call, body)
    })
  })

  function forward(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    call: Omit<AwsCall, 'status'>,
    body: Buffer
  ): void {
    if (upstream.cloudformation && call.service === 'cloudformation') {
      void upstream.cloudformation.answer(call, body.toString('utf8')).then((given) => {
        calls.push({ ...call, status: given.status })
        response.writeHead(given.status, { 'content-type': 'text/xml' }).end(given.body)
      })
      return
    }
    const onward = http.request(
      {
        host: '127.0.0.1',
        port: upstream.port,
        method: request.method,
        path: request.url,
        headers: request.headers,
        agent
      },
      (incoming) => {
        const status = incoming.statusCode ?? 502
        calls.push({ ...call, status })
        const isPage = String(incoming.headers['content-type']).startsWith('text/html')
        if (status >= 500 && isPage && call.service !== '') {
          incoming.resume()
          answer(response, request, call, {
            status: 400,
            code: 'NotImplemented',
            message: `The emulator cannot answer ${call.service} ${call.action}.`
          })
          return
        }
        response.writeHead(status, incoming.headers)
        incoming.pipe(response)
      }
    )
    onward.on('error', (error) => {
      calls.push({ ...call, status: 502 })
      if (response.headersSent) response.destroy()
      else response.writeHead(502).end(error.message)
    })
    onward.end(body)
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  server.unref()
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    refuse: (next) => {
      rule = next
    },
    hold: (next) => {
      waiting = next
    },
    close: () =>
      new Promise((resolve) => {
        agent.destroy()
        server.closeAllConnections()
        server.close(() => resolve())
      })
  }
}

function describe(request: http.IncomingMessage, body: Buffer): Omit<AwsCall, 'status'> {
  const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '')
  const [, region = '', service = ''] = scope ?? []
  const url = request.url ?? '/'
  const named = request.headers['x-amz-target']
  const type = request.headers['content-type'] ?? ''
  const fromForm = type.includes('x-www-form-urlencoded')
    ? new URLSearchParams(body.toString('utf8')).get('Action')
    : undefined
  const fromTarget = typeof named === 'string' ? named.split('.').at(-1) : undefined
  const fromQuery = new URL(url, 'http://aws').searchParams.get('Action')
  return { service, region, url, action: fromTarget ?? fromForm ?? fromQuery ?? request.method ?? 'GET' }
}

/** An error in the form of the protocol that the caller speaks. */
function answer(
  response: http.ServerResponse,
  request: http.IncomingMessage,
  call: Omit<AwsCall, 'status'>,
  { status, code, message }: AwsError
): void {
  const id = 'emulated-request'
  if (request.headers['x-amz-target'] !== undefined) {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code })
    response.end(JSON.stringify({ __type: code, message }))
    return
  }
  const error = `<Code>${code}</Code><Message>${message}</Message>`
  const body =
    call.service === 'ec2'
      ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>${id}</RequestID></Response>`
      : call.service === 's3'
        ? `<Error>${error}<RequestId>${id}</RequestId></Error>`
        : `<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>${id}</RequestId></ErrorResponse>`
  response.writeHead(status, { 'content-type': 'text/xml' })
  response.end(request.method === 'HEAD' ? '' : body)
}

/** Whether a call only looks. */
export function isReadOnly(call: AwsCall): boolean {
  if (call.service === 's3') return call.action === 'GET' || call.action === 'HEAD'
  return /^(Describe|Get|List|Head|Lookup|BatchGet|Validate|Estimate)/.test(call.action)
}
