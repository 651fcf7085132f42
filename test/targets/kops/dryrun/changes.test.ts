import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { changesOf } from '../../../../src/targets/kops/dryrun/changes.ts'
import { parseDryRun } from '../../../../src/targets/kops/dryrun/parse.ts'
import { Redactor } from '../../../../src/targets/kops/redact.ts'
import { planDigest } from '../../../../src/targets/plan.ts'

const redactor = new Redactor({ S3_SECRET_ACCESS_KEY: 'kT9-very-secret-key' }, Buffer.alloc(32, 1))
const of = (text: string, prune = false) => changesOf(parseDryRun(text), { redactor, prune })
const modify = (body: string) => of(`Will modify resources:\n${body}\n\nMust specify --yes to apply changes\n`)
const captured = (name: string) =>
  readFileSync(path.join(import.meta.dirname, '../fixtures/dry-run', `${name}.txt`), 'utf8')

test('a changed size is a field with both values', () => {
  expect(of(captured('modify')).find((change) => change.resource.kind === 'AutoscalingGroup')).toEqual({
    action: 'update',
    resource: {
      id: 'AutoscalingGroup/nodes.shop.example.com',
      kind: 'AutoscalingGroup',
      name: 'nodes.shop.example.com'
    },
    fields: [{ path: 'MaxSize', before: { type: 'value', value: 2 }, after: { type: 'value', value: 3 } }]
  })
})

test('maps, which kops prints in random order, are compared entry by entry', () => {
  const tags = of(captured('upgrade')).find(
    (change) => change.resource.id === 'AutoscalingGroup/nodes.shop.example.com'
  )
  expect(tags?.fields).toEqual([
    {
      path: 'Tags["k8s.io/cluster-autoscaler/node-template/label/team"]',
      before: { type: 'absent' },
      after: { type: 'value', value: 'a b' }
    }
  ])
  const one = modify('  T/t\n  \tTags                \t {a: 1, b: 2} -> {b: 2, a: 3}')
  expect(one[0]?.fields).toEqual([
    { path: 'Tags["a"]', before: { type: 'value', value: 1 }, after: { type: 'value', value: 3 } }
  ])
})

test("kops' own bookkeeping is no change", () => {
  const diff = (lines: string[]) =>
    modify(
      [
        '  ManagedFile/cluster-completed.spec',
        '  \tContents            ',
        ...[...lines, ''].map((line) => `  \t${' '.repeat(20)}\t${line}`)
      ].join('\n')
    )
  expect(diff(['  metadata:', '+   generation: 2', '-   generation: 1'])).toEqual([])
  expect(diff(['  metadata:', '+   generation: 2', '-   generation: 1', '+   maxPods: 20'])).toHaveLength(1)
})

test('deferred deletions can be healed only with prune', () => {
  const deletions = (prune: boolean) => of(captured('modify'), prune).filter((change) => change.action === 'delete')
  expect(deletions(false).map((change) => change.healable)).toEqual([false, false])
  expect(deletions(true).map((change) => change.healable)).toEqual([undefined, undefined])
})

test('a change of which kops cannot tell the field says so, and shows nothing of what kops prints about it', () => {
  const listener = of(captured('inconsistent')).find((change) => change.resource.kind === 'NetworkLoadBalancerListener')
  expect(listener).toMatchObject({
    action: 'update',
    fields: [],
    reason: expect.stringContaining('cannot say in which field')
  })
  expect(JSON.stringify(listener)).not.toContain('server-certificate')
})

test('what the update itself deletes is a change that any apply makes', () => {
  expect(of(captured('deletions')).find((change) => change.action === 'delete')).toEqual({
    action: 'delete',
    resource: expect.objectContaining({ kind: 'VPCCIDRBlock', id: expect.stringContaining('cidr=10.9.0.0/16') }),
    fields: []
  })
})

test('the values of everything at once are masked where they are secret, whatever they hold', () => {
  const changes = of(captured('everything'))
  for (const field of changes.flatMap((change) => change.fields).filter((one) => one.path === 'UserData'))
    expect([field.before.type, field.after.type].filter((type) => type === 'value')).toEqual([])
  expect(new Set(changes.map((change) => change.action))).toEqual(new Set(['create', 'update', 'delete']))
})

describe('secrets are never shown', () => {
  test('user data is secret as a whole', () => {
    const [change] = of(captured('upgrade')).filter(
      (one) => one.resource.id === 'LaunchTemplate/nodes.shop.example.com'
    )
    const userData = change?.fields.find((field) => field.path === 'UserData')
    expect(userData?.before.type).toBe('secret')
    expect(userData?.after).not.toEqual(userData?.before)
  })

  test.each([
    ['a value of the environment', '  - name: A', '    value: kT9-very-secret-key'],
    ['the value of a variable that is called so', '  - name: DB_PASSWORD', '    value: hunter22'],
    ['a key that is called so', 'x:', '  dockerPassword: hunter22'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----', 'hunter22'],
    ['a key id of AWS', 'x:', 'id AKIAABCDEFGHIJKLMNOP'],
    ['a password in an address', 'x:', 'url: https://me:hunter22@example.com']
  ])('%s in a file', (_, first, second) => {
    const lines = [`+ ${first}`, `+ ${second}`, ''].map((line) => `  \t${' '.repeat(20)}\t${line}`)
    const text = JSON.stringify(modify(['  ManagedFile/f', '  \tContents            ', ...lines].join('\n')))
    expect(text).toContain('(hidden)')
    expect(text).not.toMatch(/kT9-very|hunter22|AKIAABC/)
  })

  test.each([
    'httpTokens: required',
    'secretStore: s3://acme/secrets',
    'encryptionSecret: true',
    'tokenTTL: 5m',
    'name: kops'
  ])('%s is a setting and stays', (line) => {
    expect(redactor.text(line)).toBe(line)
  })
})

test('deletions, which kops prints in any order, make one plan', () => {
  const line = (type: string, item: string) => `  ${type.padEnd(20)} ${item}`
  const deletions = [
    line('SecurityGroupRule', 'sg-0: port=22 protocol=tcp ip=203.0.113.0/24 ipv6='),
    line('SecurityGroupRule', 'sg-6: port=22 protocol=tcp ip=203.0.113.0/24 ipv6='),
    line('LaunchTemplate', 'nodes.shop.example.com')
  ]
  for (const header of [
    'Items will be deleted only when the --prune flag is specified:',
    'Items will be deleted during update:'
  ]) {
    const print = (lines: readonly string[]) =>
      of(`${header}\n${lines.join('\n')}\n\nMust specify --yes to apply changes\n`, true)
    const digest = (lines: readonly string[]) =>
      planDigest({ target: 'cluster', kind: 'kops', declaredDigest: 'sha256:0', changes: print(lines) })
    expect(print(deletions)).toHaveLength(3)
    expect(digest(deletions.toReversed())).toBe(digest(deletions))
  }
})
