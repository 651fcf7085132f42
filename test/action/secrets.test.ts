import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { maskSecrets } from '../../src/action/secrets.ts'

let written: string

beforeEach(() => {
  written = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += String(text)
    return true
  })
})
afterEach(() => vi.restoreAllMocks())

function masked(secrets: Parameters<typeof maskSecrets>[0]): string[] {
  written = ''
  maskSecrets(secrets)
  return written.trim() === ''
    ? []
    : written
        .trim()
        .split('\n')
        .map((line) => line.replace('::add-mask::', ''))
}

const KUBECONFIG = `apiVersion: v1
kind: Config
clusters:
  - name: prod
    cluster: {server: https://prod.example, certificate-authority-data: LS0tQ0E=}
users:
  - name: ci
    user:
      token: "ey.secret-1"
      client-key-data: LS0tS0VZ
  - name: basic
    user: {username: admin, password: hunter2}
`

test('the secrets of a kubeconfig are masked, and nothing that every log says', () => {
  expect(masked({ kubeconfig: KUBECONFIG })).toEqual(['ey.secret-1', 'LS0tS0VZ', 'hunter2'])
})

test('also in JSON and in base64', () => {
  const json = JSON.stringify({
    clusters: [],
    users: [{ name: 'ci', user: { token: 'abc.def', 'id-token': 'x-y-z' } }]
  })
  expect(masked({ kubeconfig: json })).toEqual(['abc.def', 'x-y-z'])
  const encoded = Buffer.from(KUBECONFIG).toString('base64')
  expect(masked({ kubeconfig: encoded })).toEqual([encoded, 'ey.secret-1', 'LS0tS0VZ', 'hunter2'])
})

test.each([
  ['a block', 'token: |\n      first-line\n      second-line\n    username: x', ['first-line', 'second-line']],
  ['words', 'password: correct horse # staple', ['correct horse']],
  ['quoted words', 'password: "correct \\"horse, battery"', ['correct \\"horse, battery', 'correct "horse, battery']],
  ['single quotes', "password: 'it''s, secret}'", ["it's, secret}"]],
  ['nothing', 'password: ""\n    token: ~', []],
  ['no YAML', 'password: {x: "y z", w\n', []]
])('%s as a value is masked as a whole, and no punctuation', (_what, user, expected) => {
  expect(masked({ kubeconfig: `clusters: []\nusers:\n- name: a\n  user:\n    ${user}\n` })).toEqual(expected)
})

test('a path is no secret, an unknown text is hidden as a whole', () => {
  expect(masked({ kubeconfig: '/home/runner/.kube/config' })).toEqual([])
  expect(masked({ kubeconfig: 'first secret line\nshort\nsecond secret line' })).toEqual([
    'first secret line',
    'second secret line'
  ])
})

test('a token is masked', () => {
  expect(masked({ token: 'ghs_x' })).toEqual(['ghs_x'])
  expect(masked({ token: undefined, kubeconfig: undefined })).toEqual([])
})
