import http from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import { failureOf, kubeconfigText, listen, recorder } from './support.ts'

// Faults that a real API server cannot be made to commit on demand; what it does by itself is tested on it.

type Handler = (request: http.IncomingMessage, response: http.ServerResponse, count: number) => void
const servers: http.Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const PATIENCE = { first: 300, outage: 3_000, overload: 3_000 }
const RESOURCES = {
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: { name: '' },
      versions: [
        {
          version: 'v1',
          resources: [
            { resource: 'configmaps', responseKind: { kind: 'ConfigMap' }, scope: 'Namespaced', verbs: ['list'] }
          ]
        }
      ]
    }
  ]
}
const MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } }
const REF = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' }

/** A server whose requests for objects are answered by `handler`, with how often it was asked. */
async function serve(handler: Handler, user: object = { token: 'geheim' }) {
  let count = 0
  const server = http.createServer((request, response) => {
    if (request.url === '/api') json(response, 200, RESOURCES)
    else if (request.url === '/apis') json(response, 200, { kind: 'APIGroupDiscoveryList', items: [] })
    else if (request.url === '/readyz') response.end('ok')
    else handler(request, response, ++count)
  })
  servers.push(server)
  const log = recorder()
  const kubeconfig = kubeconfigText({ server: `http://127.0.0.1:${await listen(server)}` }, user)
  const cluster = await connect({ kubeconfig, env: {}, log, patience: PATIENCE })
  return { cluster, log, server, count: () => count }
}

function json(
  response: http.ServerResponse,
  status: number,
  body: object,
  headers: http.OutgoingHttpHeaders = {}
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const status = (code: number, reason: string, message: string, details: object = {}) => ({
  kind: 'Status',
  code,
  reason,
  message,
  details
})

describe('what is tried again', () => {
  test('429, after the time that the server asks for', async () => {
    const { cluster, count } = await serve((_request, response, n) =>
      n < 3
        ? json(response, 429, status(429, 'TooManyRequests', 'slow down'), { 'retry-after': '1' })
        : json(response, 200, MAP)
    )
    const started = performance.now()
    expect(await cluster.apply(MAP)).toEqual(MAP)
    expect(count()).toBe(3)
    expect(performance.now() - started).toBeGreaterThan(1900)
  })

  test('429 not without end', async () => {
    const { cluster } = await serve((_request, response) =>
      json(response, 429, status(429, 'TooManyRequests', 'slow down'))
    )
    await expect(cluster.get(REF)).rejects.toMatchObject({ name: 'ApiError', code: 429 })
  })

  test('an eviction that a budget forbids is not', async () => {
    const details = { causes: [{ reason: 'DisruptionBudget', message: 'needs 1 healthy pod' }], retryAfterSeconds: 10 }
    const { cluster, count } = await serve((_request, response) =>
      json(response, 429, status(429, 'TooManyRequests', 'Cannot evict pod', details), { 'retry-after': '10' })
    )
    await expect(cluster.evict({ namespace: 'shop', name: 'a' })).rejects.toMatchObject({
      code: 429,
      retryAfterSeconds: 10
    })
    expect(count()).toBe(1)
  })

  test('a connection that breaks, for what may be done twice', async () => {
    const { cluster, count } = await serve((request, response, n) =>
      n === 1 ? request.socket.destroy() : json(response, 200, MAP)
    )
    expect(await cluster.apply(MAP)).toEqual(MAP)
    expect(count()).toBe(2)
  })

  test('an answer that breaks off in the middle', async () => {
    const { cluster } = await serve((_request, response, n) => {
      if (n > 1) return json(response, 200, MAP)
      response.writeHead(200, { 'content-length': 1000 }).write('{"apiVersion": ')
      setTimeout(() => response.destroy(), 20)
    })
    expect(await cluster.get(REF)).toEqual(MAP)
  })

  test('creating is not: nobody knows whether it was done', async () => {
    const { cluster, count } = await serve((request) => void request.socket.destroy())
    expect(await failureOf(cluster.create(MAP))).toMatch(
      /^The connection was lost after POST \/api\/v1\/namespaces\/shop\/configmaps was sent; whether it was done is not known\. /
    )
    expect(count()).toBe(1)
  })

  test('a JSON patch is, if it holds for one version of the object only', async () => {
    const bound = await serve((request, response, n) => (n === 1 ? request.socket.destroy() : json(response, 200, MAP)))
    const test = { op: 'test', path: '/metadata/resourceVersion', value: '1' }
    const append = { op: 'add', path: '/data/list/-', value: 'x' }
    expect(await bound.cluster.patch(REF, 'json', [test, append])).toEqual(MAP)
    expect(bound.count()).toBe(2)
    const free = await serve((request) => void request.socket.destroy())
    expect(await failureOf(free.cluster.patch(REF, 'json', [append]))).toContain('whether it was done is not known')
    expect(free.count()).toBe(1)
  })

  test('deleting by UID is, and gone on the second try counts as done', async () => {
    const { cluster } = await serve((request, response, n) =>
      n === 1 ? request.socket.destroy() : json(response, 404, status(404, 'NotFound', 'not found'))
    )
    expect(await cluster.delete(REF, { uid: 'u' })).toBe(true)
  })

  test('deleting without a UID is not: it could hit an object that came after', async () => {
    const { cluster, count } = await serve((request) => void request.socket.destroy())
    expect(await failureOf(cluster.delete(REF))).toContain('whether it was done is not known')
    expect(count()).toBe(1)
    const gone = await serve((_request, response) => json(response, 404, status(404, 'NotFound', 'not found')))
    expect(await gone.cluster.delete(REF)).toBe(false)
  })

  test.each([
    [
      'a webhook that does not answer yet',
      status(500, 'InternalError', 'failed calling webhook "x": connection refused'),
      3
    ],
    [
      'an apply that met another change, of the object or of a quota',
      status(
        409,
        'Conflict',
        'Operation cannot be fulfilled on resourcequotas "q": the object has been modified; please apply your changes to the latest version and try again'
      ),
      3
    ],
    ['etcd that is away', status(500, 'InternalError', 'etcdserver: request timed out'), 2],
    ['an overloaded proxy', status(503, 'ServiceUnavailable', 'try later'), 2]
  ])('%s', async (_what, body, tries) => {
    const { cluster, count } = await serve((_request, response, n) =>
      n < tries ? json(response, body.code, body) : json(response, 200, MAP)
    )
    expect(await cluster.apply(MAP)).toEqual(MAP)
    expect(count()).toBe(tries)
  })

  test.each([
    ['an internal error that would come again', status(500, 'InternalError', '.data.x: field not declared in schema')],
    ['a conflict', status(409, 'Conflict', 'conflict')],
    ['what is invalid', status(422, 'Invalid', 'invalid')]
  ])('%s is not', async (_what, body) => {
    const { cluster, count } = await serve((_request, response) => json(response, body.code, body))
    await expect(cluster.apply(MAP)).rejects.toMatchObject({ code: body.code, message: body.message })
    expect(count()).toBe(1)
  })

  test('an answer whose compression is damaged', async () => {
    const { cluster, count } = await serve((_request, response, count) => {
      const packed = gzipSync(JSON.stringify(MAP))
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      response.end(count === 1 ? packed.subarray(0, -10) : packed)
    })
    expect(await cluster.get(REF)).toEqual(MAP)
    expect(count()).toBe(2)
  })

  test('a 401 once, with a token that was read anew', async () => {
    const { cluster, count, log } = await serve((_request, response) =>
      json(response, 401, status(401, 'Unauthorized', 'Unauthorized'))
    )
    expect(await failureOf(cluster.get(REF))).toMatch(
      /does not accept the user "tester" of context "test" of the given kubeconfig content: its token is refused \(401 Unauthorized\)\.\n/
    )
    expect(count()).toBe(1) // a fixed token: asking again would give the same
    expect(log.lines.join()).not.toContain('geheim')
  })
})

describe('an outage', () => {
  test('is waited out, and told when it lasts', async () => {
    const { cluster, server } = await serve((_request, response) => json(response, 200, MAP))
    await cluster.get(REF)
    const port = (server.address() as { port: number }).port
    server.closeAllConnections()
    server.close()
    const waiting = Promise.all(Array.from({ length: 50 }, () => cluster.apply(MAP)))
    await new Promise((resolve) => setTimeout(resolve, 700))
    const second = http.createServer((request, response) =>
      // Like an API server that has only begun to serve: it refuses its users until it is ready.
      request.url === '/readyz' && probes++ < 2
        ? json(response, 403, status(403, 'Forbidden', 'RBAC'))
        : json(response, 200, MAP)
    )
    let probes = 0
    servers.push(second)
    second.listen(port, '127.0.0.1')
    expect(await waiting).toHaveLength(50)
    expect(probes).toBeGreaterThanOrEqual(3)
  })

  test('that does not end is an error with the address and the cause', async () => {
    const { cluster, server } = await serve((_request, response) => json(response, 200, MAP))
    await cluster.get(REF)
    server.closeAllConnections()
    server.close()
    expect(await failureOf(cluster.get(REF))).toMatch(
      /^The API server http:\/\/127\.0\.0\.1:\d+ \(context "test" of the given kubeconfig content\) cannot be reached: nothing listens at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\.\n/
    )
  })

  test('of a server that was never there is told sooner', async () => {
    const kubeconfig = kubeconfigText({ server: 'http://127.0.0.1:1' })
    const cluster = await connect({ kubeconfig, env: {}, log: recorder(), patience: PATIENCE })
    const started = performance.now()
    expect(await failureOf(cluster.version())).toContain('nothing listens at 127.0.0.1:1 (ECONNREFUSED)')
    expect(performance.now() - started).toBeLessThan(1500)
  })
})

describe('an answer of something else than an API server', () => {
  test('that sends to a login page says where', async () => {
    const { cluster } = await serve((_request, response) =>
      response.writeHead(302, { location: 'https://login.example.com/?state=geheim' }).end()
    )
    const text = await failureOf(cluster.get(REF))
    expect(text).toContain('HTTP 302: it redirects to https://login.example.com, as a login page or a gateway does')
    expect(text).not.toContain('geheim')
  })

  test('is shown without its markup', async () => {
    const page = '<html><style>a{}</style><title>Sign in</title><body>Please <b>log in</b></body></html>'
    const { cluster } = await serve((_request, response) => void response.end(page))
    expect(await failureOf(cluster.get(REF))).toMatch(
      /is not what a Kubernetes API server gives: Sign in Please log in$/
    )
  })

  test('that stands in for one which is away is shown, too', async () => {
    const server = http.createServer((_request, response) =>
      response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>503 Service Unavailable</h1>nginx')
    )
    servers.push(server)
    const kubeconfig = kubeconfigText({ server: `http://127.0.0.1:${await listen(server)}` }, { token: 't' })
    const cluster = await connect({ kubeconfig, env: {}, log: recorder(), patience: PATIENCE })
    expect(await failureOf(cluster.version())).toMatch(
      /cannot be reached: it is not ready \(GET \/readyz: HTTP 503: 503 Service Unavailable nginx\)\.\nIt may be starting/
    )
  })
})

describe('a refused credential', () => {
  const refusing: Handler = (_request, response) => json(response, 401, status(401, 'Unauthorized', 'Unauthorized'))
  const jwt = (claims: object) => ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'c2ln'].join('.')

  test('that has expired says since when', async () => {
    const { cluster } = await serve(refusing, { token: jwt({ exp: 1_700_000_000 }) })
    expect(await failureOf(cluster.get(REF))).toContain(
      'its token, which expired 2023-11-14T22:13:20.000Z, is refused (401 Unauthorized)'
    )
  })

  test('that has not says nothing of it', async () => {
    const { cluster } = await serve(refusing, { token: jwt({ exp: 9_999_999_999 }) })
    expect(await failureOf(cluster.get(REF))).toContain('its token is refused (401 Unauthorized)')
  })
})

test('a token with a line end is sent without it, one with a line break inside is refused', async () => {
  const { cluster } = await serve(
    (request, response) => json(response, request.headers.authorization === 'Bearer good' ? 200 : 401, MAP),
    { token: 'good\n' }
  )
  expect(await cluster.get(REF)).toEqual(MAP)
  const { cluster: other } = await serve((_request, response) => json(response, 200, MAP), { token: 'ge\nheim' })
  const text = await failureOf(other.get(REF))
  expect(text).toMatch(/^The token or password of user "tester" .* holds a line break/)
  expect(text).not.toContain('heim')
})

test('a user of any name can be impersonated', async () => {
  const names: string[] = []
  const { cluster } = await serve(
    (request, response) => {
      names.push(Buffer.from(String(request.headers['impersonate-user']), 'latin1').toString('utf8'))
      json(response, 200, MAP)
    },
    { token: 't', as: 'Zoë ✓' }
  )
  await cluster.get(REF)
  expect(names).toEqual(['Zoë ✓'])
})

test('an aborted signal ends what waits and what comes, with its own reason', async () => {
  const controller = new AbortController()
  const server = http.createServer(() => {}) // never answers
  servers.push(server)
  const kubeconfig = kubeconfigText({ server: `http://127.0.0.1:${await listen(server)}` })
  const cluster = await connect({ kubeconfig, env: {}, log: recorder(), signal: controller.signal })
  const waiting = cluster.version()
  setTimeout(() => controller.abort(new Error('the run was cancelled')), 50)
  await expect(waiting).rejects.toThrow('the run was cancelled')
  await expect(cluster.version()).rejects.toThrow('the run was cancelled')
})

describe('a list', () => {
  const page = (names: string[], next?: string) => ({
    kind: 'ConfigMapList',
    metadata: { resourceVersion: '7', ...(next ? { continue: next } : {}) },
    items: names.map((name) => ({ metadata: { name, namespace: 'shop' } }))
  })
  const query = (request: http.IncomingMessage) => new URL(request.url ?? '', 'http://x').searchParams
  const resource = {
    group: '',
    version: 'v1',
    kind: 'ConfigMap',
    plural: 'configmaps',
    namespaced: true,
    verbs: [],
    subresources: []
  }

  test('is read page by page, its items get apiVersion and kind', async () => {
    const { cluster } = await serve((request, response) =>
      json(response, 200, query(request).get('continue') === 'more' ? page(['b']) : page(['a'], 'more'))
    )
    expect(await cluster.list(resource, { namespace: 'shop' })).toEqual({
      resourceVersion: '7',
      items: ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' } }))
    })
  })

  test('begins anew when the server has forgotten it half-way', async () => {
    let forgotten = false
    const { cluster } = await serve((request, response) => {
      if (query(request).get('continue') === null) return json(response, 200, page(['a'], 'more'))
      if (forgotten) return json(response, 200, page(['b']))
      forgotten = true
      json(response, 410, status(410, 'Expired', 'too old'))
    })
    const list = await cluster.list(resource)
    expect(list.items.map((item) => item.metadata.name)).toEqual(['a', 'b'])
  })

  test('is refused when it is something else', async () => {
    const { cluster } = await serve((_request, response) => response.end('<html>Please log in</html>'))
    await expect(cluster.list(resource)).rejects.toThrow(
      /the answer is not what a Kubernetes API server gives: Please log in/
    )
  })
})

test('a server that is no API server is told so', async () => {
  const server = http.createServer((_request, response) => json(response, 404, {}))
  servers.push(server)
  const kubeconfig = kubeconfigText({ server: `http://127.0.0.1:${await listen(server)}/typo` })
  const cluster = await connect({ kubeconfig, env: {}, log: recorder() })
  expect(await failureOf(cluster.resources())).toMatch(
    /^The server does not answer as a Kubernetes API server: GET \/apis?: HTTP 404/
  )
})
