import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import { GitOpsError } from '../../../errors.ts'
import { connectSocks5 } from './socks.ts'

const CONNECT_TIMEOUT = 15_000

/**
 * The proxy on the way to `server`, or undefined: the cluster's own `proxy-url`, else `HTTPS_PROXY` / `HTTP_PROXY`
 * unless `NO_PROXY` (hosts, domains, CIDR blocks, ports) names the server. As in Go, loopback is never proxied by the environment.
 * @throws GitOpsError when the proxy's URL is of a kind that nobody can use
 */
export function proxyFor(server: string, proxyUrl: string | undefined, env: NodeJS.ProcessEnv): URL | undefined {
  const target = new URL(server)
  const fromEnvironment = proxyUrl === undefined
  const names = target.protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy']
  const text = proxyUrl ?? names.map((name) => env[name]).find((value) => !!value)
  if (!text) return undefined
  if (fromEnvironment && bypasses(target, env['NO_PROXY'] || env['no_proxy'] || '')) return undefined
  const withScheme = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined
  if (!url || !['http:', 'https:', 'socks5:', 'socks5h:'].includes(url.protocol))
    throw new GitOpsError(`The proxy of ${target.origin} is not an http, https or socks5 URL.`, {
      hint: fromEnvironment ? `It comes from ${names[0]}.` : 'It is the proxy-url of the cluster in the kubeconfig.'
    })
  return url
}

function bypasses(target: URL, noProxy: string): boolean {
  const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = target.port || (target.protocol === 'https:' ? '443' : '80')
  if (host === 'localhost' || host === '::1' || (net.isIPv4(host) && host.startsWith('127.'))) return true
  return noProxy
    .split(/[\s,]+/)
    .filter((rule) => rule !== '')
    .some((rule) => matches(rule.toLowerCase(), host, port))
}

function matches(rule: string, host: string, port: string): boolean {
  if (rule === '*') return true
  const block = /^([^/]+)\/(\d+)$/.exec(rule)
  if (block) return inBlock(host, block[1] ?? '', Number(block[2]))
  const withPort = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(rule)
  if (withPort && withPort[3] !== port) return false
  const name = (withPort ? (withPort[1] ?? withPort[2] ?? '') : rule).replace(/^\*?\./, '.')
  // `.example.com` means the names below it only, `example.com` itself too (golang.org/x/net/http/httpproxy).
  return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`)
}

function inBlock(host: string, network: string, bits: number): boolean {
  const family = net.isIP(network) === 6 ? 'ipv6' : 'ipv4'
  if (net.isIP(host) !== (family === 'ipv6' ? 6 : 4) || net.isIP(network) === 0) return false
  if (bits > (family === 'ipv6' ? 128 : 32)) return false
  const list = new net.BlockList()
  list.addSubnet(network, bits, family)
  return list.check(host, family)
}

type Opened = (error: Error | null, socket: Duplex) => void

/** An agent for https servers behind a proxy: each connection is a tunnel (CONNECT or SOCKS5), TLS inside of it. */
export class TunnelAgent extends https.Agent {
  readonly #proxy: URL
  readonly #options: https.AgentOptions

  constructor(proxy: URL, options: https.AgentOptions) {
    super(options)
    this.#proxy = proxy
    this.#options = options
  }

  override createConnection(options: https.RequestOptions, opened?: Opened): Duplex | null | undefined {
    const host = String(options.host ?? options.hostname)
    const port = Number(options.port || 443)
    openTunnel(this.#proxy, host, port).then(
      (socket) => {
        const { rejectUnauthorized, secureContext } = this.#options
        const servername = this.#options.servername ?? (net.isIP(host) ? undefined : host)
        const secure = tls.connect({ socket, host, servername, rejectUnauthorized, secureContext })
        opened?.(null, secure)
      },
      (error: Error) => opened?.(error, new net.Socket())
    )
    return undefined
  }
}

/** An agent for plain http servers behind a SOCKS proxy. */
export class SocksAgent extends http.Agent {
  readonly #proxy: URL

  constructor(proxy: URL, options: http.AgentOptions) {
    super(options)
    this.#proxy = proxy
  }

  override createConnection(options: http.ClientRequestArgs, opened?: Opened): Duplex | null | undefined {
    openTunnel(this.#proxy, String(options.host ?? options.hostname), Number(options.port || 80)).then(
      (socket) => opened?.(null, socket),
      (error: Error) => opened?.(error, new net.Socket())
    )
    return undefined
  }
}

async function openTunnel(proxy: URL, host: string, port: number): Promise<net.Socket> {
  const socket = await openSocket(proxy)
  try {
    if (proxy.protocol.startsWith('socks')) await connectSocks5(socket, proxy, host, port)
    else await connectHttp(socket, proxy, host, port)
  } catch (error) {
    socket.destroy()
    throw error
  }
  socket.setTimeout(0)
  return socket
}

function openSocket(proxy: URL): Promise<net.Socket> {
  const secure = proxy.protocol === 'https:'
  const fallback = secure ? 443 : proxy.protocol === 'http:' ? 80 : 1080
  const host = proxy.hostname.replace(/^\[|\]$/g, '')
  const port = Number(proxy.port || fallback)
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
      reject(new ProxyError(`the proxy ${proxy.host} cannot be reached (${code ?? error.message})`, error))
    }
    const socket: net.Socket = secure
      ? tls.connect({ host, port, ...(net.isIP(host) ? {} : { servername: host }) })
      : net.connect({ host, port })
    socket.setNoDelay(true)
    socket.setTimeout(CONNECT_TIMEOUT, () => socket.destroy(new Error('no answer')))
    socket.once('error', fail)
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.off('error', fail)
      resolve(socket)
    })
  })
}

/** A failure of the proxy itself, so that the message does not blame the API server. */
export class ProxyError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
  }
}

function connectHttp(socket: net.Socket, proxy: URL, host: string, port: number): Promise<void> {
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const authorization = proxyAuthorization(proxy)
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0)
    const done = (error?: Error) => {
      socket.off('data', onData)
      socket.off('error', onError)
      socket.off('close', onClose)
      if (error) reject(error)
      else resolve()
    }
    const onError = (error: Error) =>
      done(new ProxyError(`the proxy ${proxy.host} broke off (${error.message})`, error))
    const onClose = () => done(new ProxyError(`the proxy ${proxy.host} closed the connection`))
    const onData = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) {
        if (head.length > 64 * 1024) done(new ProxyError(`the proxy ${proxy.host} does not speak HTTP`))
        return
      }
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(head.toString('latin1'))?.[1]
      socket.pause()
      if (head.length > end + 4) socket.unshift(head.subarray(end + 4))
      if (status === '200') return done()
      const why =
        status === '407' ? 'asks for credentials (407)' : `refuses the tunnel to ${target} (${status ?? 'no HTTP'})`
      done(new ProxyError(`the proxy ${proxy.host} ${why}`))
    }
    socket.on('data', onData)
    socket.on('error', onError)
    socket.on('close', onClose)
    const lines = [`CONNECT ${target} HTTP/1.1`, `Host: ${target}`]
    if (authorization) lines.push(`Proxy-Authorization: ${authorization}`)
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  })
}

/** The `Proxy-Authorization` that the proxy's URL asks for, or undefined. */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (!proxy.username) return undefined
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}
