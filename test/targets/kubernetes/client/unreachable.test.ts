import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import forge from 'node-forge'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import { type Authority, createAuthority } from '../../../platform/certificates.ts'
import { failureOf, kubeconfigText, listen, recorder } from './support.ts'

const directory = mkdtempSync(path.join(os.tmpdir(), 'unreachable-'))
afterAll(() => rmSync(directory, { recursive: true }))
const servers: net.Server[] = []
afterEach(() => void servers.splice(0).forEach((server) => void server.close()))

let authority: Authority
let stranger: Authority
beforeAll(async () => {
  authority = await createAuthority(directory, 'ca')
  stranger = await createAuthority(directory, 'stranger')
})

async function serve(server: net.Server): Promise<string> {
  servers.push(server)
  return `https://127.0.0.1:${await listen(server)}`
}

async function serveTls(
  credential: { certificate: string; key: string },
  options: tls.TlsOptions = {}
): Promise<string> {
  return serve(
    tls.createServer({ cert: credential.certificate, key: credential.key, ...options }, (socket) => socket.end())
  )
}

async function failure(cluster: object, user: object = {}): Promise<string> {
  const patience = { first: 200, outage: 200, overload: 200 }
  const connected = await connect({ kubeconfig: kubeconfigText(cluster, user), env: {}, log: recorder(), patience })
  return failureOf(connected.version())
}

const data = (text: string) => Buffer.from(text).toString('base64')
const trusted = () => ({ 'certificate-authority-data': data(authority.certificate) })

describe('a server that cannot be reached is told with its address, the cause and what to do', () => {
  test('a stranger as authority', async () => {
    const server = await serveTls(await stranger.issue('a', { commonName: 'a', hosts: ['127.0.0.1'] }))
    expect(await failure({ server, ...trusted() })).toMatch(
      /^The API server https:\/\/127\.0\.0\.1:\d+ \(context "test" of the given kubeconfig content\) cannot be reached: its certificate is signed by an authority that is not the kubeconfig's \(\w+\)\.\nSet certificate-authority-data/
    )
    expect(await failure({ server })).toContain('signed by an authority that is unknown here')
  })

  test('a certificate for other names, unless tls-server-name is one of them', async () => {
    const server = await serveTls(await authority.issue('b', { commonName: 'b', hosts: ['api.internal'] }))
    expect(await failure({ server, ...trusted() })).toContain('its certificate is not for 127.0.0.1')
    expect(await failure({ server, ...trusted(), 'tls-server-name': 'other' })).toContain(
      'its certificate is not for other (it names api.internal)'
    )
    expect(await failure({ server, ...trusted(), 'tls-server-name': 'api.internal' })).toContain(
      'breaks off every connection'
    )
  })

  test('a certificate that has expired', async () => {
    const expired = expiredCertificate(authority)
    expect(await failure({ server: await serveTls(expired), ...trusted() })).toContain(
      'its certificate has expired (CERT_HAS_EXPIRED)'
    )
  })

  test('insecure-skip-tls-verify looks at none of it', async () => {
    const server = await serveTls(expiredCertificate(stranger))
    expect(await failure({ server, 'insecure-skip-tls-verify': true })).toContain('breaks off every connection')
  })

  test('a client certificate that the server does not take', async () => {
    const serving = await authority.issue('c', { commonName: 'c', hosts: ['127.0.0.1'] })
    const server = await serveTls(serving, {
      requestCert: true,
      rejectUnauthorized: true,
      ca: authority.certificate,
      maxVersion: 'TLSv1.2'
    })
    const client = await stranger.issue('client', { commonName: 'client' })
    const user = { 'client-certificate-data': data(client.certificate), 'client-key-data': data(client.key) }
    const text = await failure({ server, ...trusted() }, user)
    expect(text).toMatch(/it refuses the TLS handshake|breaks off every connection/)
  })

  test('what is no certificate, no key or no pair', async () => {
    const server = await serveTls(await authority.issue('d', { commonName: 'd', hosts: ['127.0.0.1'] }))
    const [one, other] = [
      await authority.issue('one', { commonName: 'a' }),
      await authority.issue('b', { commonName: 'b' })
    ]
    const cut = (text: string) => text.slice(0, 300)
    const encrypted = createPrivateKey(one.key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'geheim'
    })
    const wrong: [string, string, string][] = [
      [one.certificate, other.key, 'the key does not belong to the certificate'],
      [one.certificate, cut(one.key), 'the key is no private key in PEM, or was cut off'],
      [one.certificate, String(encrypted), 'the key is encrypted'],
      [cut(one.certificate), one.key, 'the certificate is no PEM text, or was cut off'],
      [one.certificate.replace('MII', 'AAA'), one.key, 'a certificate in it is damaged']
    ]
    for (const [certificate, key, problem] of wrong) {
      const user = { 'client-certificate-data': data(certificate), 'client-key-data': data(key) }
      expect(await failure({ server, ...trusted() }, user)).toContain(
        `The client certificate of user "tester" of context "test" of the given kubeconfig content cannot be used: ${problem}`
      )
    }
    const authorities = (text: string) => failure({ server, 'certificate-authority-data': data(text) })
    expect(await authorities(cut(authority.certificate))).toContain('cannot be used: it holds no certificate.')
    // Several, with text between them.
    expect(await authorities(`# old\r\n${stranger.certificate}# new\n${authority.certificate}`)).toContain(
      'breaks off every connection'
    )
  })

  test('a server that speaks no TLS', async () => {
    const server = await serve(
      net.createServer((socket) => void socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    )
    expect(await failure({ server })).toMatch(
      /does not speak TLS as expected .*\nCheck whether the server in the kubeconfig should begin with http:/
    )
  })

  test('a name that nobody knows', async () => {
    expect(await failure({ server: 'https://no-such-host.invalid' })).toMatch(
      /the name no-such-host\.invalid is not known here \((ENOTFOUND|EAI_AGAIN)\)/
    )
  })

  test('a proxy that is not there, without the password in its URL', async () => {
    const text = await failure({ server: 'https://127.0.0.1:1', 'proxy-url': 'http://me:geheim@127.0.0.1:1' })
    expect(text).toContain(
      'cannot be reached: the proxy 127.0.0.1:1 cannot be reached (ECONNREFUSED).\nCheck proxy-url'
    )
    expect(text).not.toContain('geheim')
  })

  test.each([
    ['HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'asks for credentials (407)'],
    ['HTTP/1.1 403 Forbidden\r\n\r\n', 'refuses the tunnel to 127.0.0.1:1 (403)'],
    ['SSH-2.0-OpenSSH\r\n\r\n', 'refuses the tunnel to 127.0.0.1:1 (no HTTP)'],
    ['', 'closed the connection']
  ])('a proxy that answers %j', async (answer, message) => {
    const proxy = net.createServer((socket) => void socket.on('error', () => {}).once('data', () => socket.end(answer)))
    const url = (await serve(proxy)).replace('https', 'http')
    expect(await failure({ server: 'https://127.0.0.1:1', 'proxy-url': url })).toContain(message)
  })

  test.each([
    [[5, 255], 'asks for credentials'],
    [[4, 0], 'does not speak SOCKS5'],
    [[5, 0, 5, 5, 0, 1], 'refuses the tunnel: connection refused']
  ])('a SOCKS proxy that answers %j', async (bytes, message) => {
    const proxy = net.createServer(
      (socket) => void socket.on('error', () => {}).once('data', () => socket.end(Buffer.from(bytes)))
    )
    const url = (await serve(proxy)).replace('https', 'socks5')
    expect(await failure({ server: 'https://127.0.0.1:1', 'proxy-url': url })).toContain(message)
  })
})

function expiredCertificate(by: Authority): { certificate: string; key: string } {
  const keys = forge.pki.rsa.generateKeyPair(2048)
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = keys.publicKey
  certificate.serialNumber = '0123'
  certificate.validity.notBefore = new Date(Date.now() - 7_200_000)
  certificate.validity.notAfter = new Date(Date.now() - 3_600_000)
  certificate.setSubject([{ name: 'commonName', value: 'expired' }])
  certificate.setIssuer(forge.pki.certificateFromPem(by.certificate).subject.attributes)
  certificate.setExtensions([{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }])
  certificate.sign(forge.pki.privateKeyFromPem(by.key), forge.md.sha256.create())
  return { certificate: forge.pki.certificateToPem(certificate), key: forge.pki.privateKeyToPem(keys.privateKey) }
}
