import { describe, expect, test } from 'vitest'
import { apiOf, checkTag, isLoopback, parseReference, parseRepository } from '../../src/image/reference.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`

describe('a repository', () => {
  test.each([
    ['ghcr.io/acme/web', 'ghcr.io', 'acme/web', 'https://ghcr.io/'],
    ['busybox', 'docker.io', 'library/busybox', 'https://registry-1.docker.io/'],
    ['acme/web', 'docker.io', 'acme/web', 'https://registry-1.docker.io/'],
    ['docker.io/busybox', 'docker.io', 'library/busybox', 'https://registry-1.docker.io/'],
    ['index.docker.io/acme/web', 'docker.io', 'acme/web', 'https://registry-1.docker.io/'],
    ['127.0.0.1:5000/web', '127.0.0.1:5000', 'web', 'http://127.0.0.1:5000/'],
    ['127.1.2.3/web', '127.1.2.3', 'web', 'http://127.1.2.3/'],
    ['localhost/web', 'localhost', 'web', 'http://localhost/'],
    ['localhost:5000/a/b_c/d-e.f', 'localhost:5000', 'a/b_c/d-e.f', 'http://localhost:5000/'],
    ['[::1]:5000/web', '[::1]:5000', 'web', 'http://[::1]:5000/'],
    ['Registry.Example:8443/team/x--y__z', 'registry.example:8443', 'team/x--y__z', 'https://registry.example:8443/'],
    ['10.0.0.1:5000/web', '10.0.0.1:5000', 'web', 'https://10.0.0.1:5000/']
  ])('%s', (name, registry, path, api) => {
    expect(parseRepository(name)).toEqual({ name, registry, path })
    expect(apiOf(registry).href).toBe(api)
  })

  test.each([
    ['ghcr.io/Acme/web', 'registries allow no capital letters', 'Use "ghcr.io/acme/web".'],
    ['Acme/web', 'registries allow no capital letters', 'Use "acme/web".'],
    ['ghcr.io/acme/web:latest', 'it carries a tag or a digest', 'Give the name alone'],
    [`ghcr.io/acme/web@${DIGEST}`, 'it carries a tag or a digest', 'Give the name alone'],
    ['https://ghcr.io/acme/web', 'it starts with a scheme', 'ghcr.io/acme/web'],
    ['ghcr.io/', '"" is no name of a repository', 'lower-case'],
    ['ghcr.io/acme//web', '"acme//web" is no name', 'lower-case'],
    ['ghcr.io/acme/web/', '"acme/web/" is no name', 'lower-case'],
    ['ghcr.io/-web', '"-web" is no name', 'lower-case'],
    ['ghcr.io/a b', '"a b" is no name', 'lower-case'],
    ['ghcr.io/../web', '"../web" is no name', 'lower-case'],
    ['gh_cr.io/web', '"gh_cr.io" is no host name', 'registry.example'],
    [`ghcr.io/${'a'.repeat(256)}`, 'is no name of a repository', 'lower-case'],
    ['', '"" is no name', 'lower-case']
  ])('%j is refused: %s', (name, why, hint) => {
    expect(() => parseRepository(name)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(why), hint: expect.stringContaining(hint) })
    )
  })
})

test.each([
  ['ghcr.io/acme/web', undefined, undefined],
  ['ghcr.io/acme/web:1.2', '1.2', undefined],
  [`ghcr.io/acme/web@${DIGEST}`, undefined, DIGEST],
  [`localhost:5000/web:1.2@${DIGEST}`, '1.2', DIGEST],
  ['localhost:5000/web', undefined, undefined]
])('reference %s', (text, tag, digest) => {
  expect(parseReference(text)).toMatchObject({ tag, digest })
})

test.each(['web@sha256:abc', `web@sha512:${'a'.repeat(64)}`, 'web:a b', 'web:'])('reference %j is refused', (text) => {
  expect(() => parseReference(text)).toThrow(/malformed digest|is not valid/)
})

test.each(['latest', 'v1.2.3', '_a', 'A-b.c_d', 'x'.repeat(128)])('%s is a tag', (tag) => {
  expect(checkTag(tag)).toBe(tag)
})

test.each([
  ['-a', 'not starting with'],
  ['.a', 'not starting with'],
  ['a b', 'letters, digits'],
  ['x'.repeat(129), 'up to 128'],
  ['ghcr.io/acme/web:1', 'without the repository'],
  ['a/b', 'without the repository']
])('%s is no tag', (tag, hint) => {
  expect(() => checkTag(tag)).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }))
})

test.each([
  ['127.0.0.1', true],
  ['127.0.0.1:5000', true],
  ['localhost', true],
  ['[::1]:5000', true],
  ['localhost.example', false],
  ['127.0.0.1.example', false],
  ['128.0.0.1', false],
  ['example:127', false]
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})
