import { describe, expect, test } from 'vitest'
import { proxyAuthorization, proxyFor } from '../../../../src/targets/kubernetes/client/proxy.ts'
import { failureOf } from './support.ts'

const PROXY = { HTTPS_PROXY: 'http://proxy:3128' }

describe('the proxy for a server', () => {
  test.each([
    ['https://api.example.com', undefined, PROXY, 'http://proxy:3128/'],
    ['https://api.example.com', undefined, { https_proxy: 'proxy:3128' }, 'http://proxy:3128/'],
    ['https://api.example.com', undefined, { HTTP_PROXY: 'http://proxy:3128' }, undefined],
    ['http://api.example.com', undefined, { HTTP_PROXY: 'http://proxy:3128' }, 'http://proxy:3128/'],
    ['https://api.example.com', undefined, {}, undefined],
    ['https://127.0.0.1:6443', undefined, PROXY, undefined],
    ['https://localhost:6443', undefined, PROXY, undefined],
    ['https://[::1]:6443', undefined, PROXY, undefined],
    // The cluster's own proxy counts always, NO_PROXY or loopback or not (as in client-go).
    ['https://127.0.0.1:6443', 'socks5://own:1080', { ...PROXY, NO_PROXY: '*' }, 'socks5://own:1080']
  ])('%s with %s and %j is %s', (server, own, env, expected) => {
    expect(proxyFor(server, own, env)?.href).toBe(expected)
  })

  test.each([
    ['*', true],
    ['example.com', true],
    ['.example.com', true],
    ['*.example.com', true],
    ['api.example.com', true],
    ['api.example.com:6443', true],
    ['api.example.com:443', false],
    ['ample.com', false],
    ['other.com, .example.com', true],
    ['API.EXAMPLE.COM', true],
    ['10.0.0.0/8', false],
    ['', false]
  ])('is bypassed for api.example.com:6443 by NO_PROXY=%s: %s', (noProxy, bypassed) => {
    expect(proxyFor('https://api.example.com:6443', undefined, { ...PROXY, NO_PROXY: noProxy }) === undefined).toBe(
      bypassed
    )
  })

  test.each([
    ['10.0.0.0/8', true],
    ['10.1.2.3', true],
    ['10.1.2.0/25', true],
    ['10.1.2.128/25', false],
    ['10.1.2.3/99', false],
    ['fd00::/8', false]
  ])('is bypassed for 10.1.2.3 by no_proxy=%s: %s', (noProxy, bypassed) => {
    expect(proxyFor('https://10.1.2.3', undefined, { ...PROXY, no_proxy: noProxy }) === undefined).toBe(bypassed)
  })

  test('must be of a kind that can be used, and its URL, which may hold a password, is not told', async () => {
    const text = await failureOf(() => proxyFor('https://api', 'ftp://me:geheim@proxy', {}))
    expect(text).toBe(
      'The proxy of https://api is not an http, https or socks5 URL.\nIt is the proxy-url of the cluster in the kubeconfig.'
    )
  })

  test('gets the user and password of its URL', () => {
    expect(proxyAuthorization(new URL('http://me:p%40ss@proxy'))).toBe(
      `Basic ${Buffer.from('me:p@ss').toString('base64')}`
    )
    expect(proxyAuthorization(new URL('http://proxy'))).toBeUndefined()
  })
})
