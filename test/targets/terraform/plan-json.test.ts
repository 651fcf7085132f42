import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../src/json.ts'
import type { Purpose } from '../../../src/targets/plan.ts'
import { readPlan } from '../../../src/targets/terraform/plan-json.ts'

const read = (plan: JsonObject, purpose: Purpose = 'drift') =>
  readPlan(plan, { purpose, secretKey: Buffer.from('key'), title: 'Terraform' })

/** An entry of `resource_changes` or `resource_drift`, in the shape of Terraform 1.11 and the aws provider. */
function resource(address: string, change: JsonObject, more: JsonObject = {}): JsonObject {
  const [type = '', name = ''] = address.split('.').slice(-2)
  return {
    address,
    mode: 'managed',
    type,
    name,
    change: { before: null, after: null, after_unknown: {}, before_sensitive: {}, after_sensitive: {}, ...change },
    ...more
  }
}

const group = (cidr: string, description: Json = 'nodes') => ({
  description,
  ingress: [{ from_port: 22, to_port: 22, cidr_blocks: [cidr] }],
  tags: { Name: 'nodes' }
})

describe('drift', () => {
  const rule = 'module.cluster.aws_security_group.nodes'

  test('a changed attribute is shown with both values and with what happened outside', () => {
    const plan = read({
      resource_changes: [
        resource(
          rule,
          { actions: ['update'], before: group('0.0.0.0/0'), after: group('10.0.0.0/8') },
          { module_address: 'module.cluster' }
        )
      ],
      resource_drift: [resource(rule, { actions: ['update'], before: group('10.0.0.0/8'), after: group('0.0.0.0/0') })]
    })
    expect(plan.changes).toEqual([
      {
        action: 'update',
        resource: { id: rule, kind: 'aws_security_group', name: 'nodes', namespace: 'module.cluster' },
        fields: [
          {
            path: 'ingress[0].cidr_blocks',
            before: { type: 'value', value: ['0.0.0.0/0'] },
            after: { type: 'value', value: ['10.0.0.0/8'] }
          }
        ],
        attribution: { known: false, candidates: [] },
        reason: 'Changed outside of Terraform: ingress[0].cidr_blocks from ["10.0.0.0/8"] to ["0.0.0.0/0"].'
      }
    ])
  })

  test('what a refresh alone sees is no drift, and is named only where it is more than an empty value', () => {
    const plan = read({
      resource_changes: [
        resource('aws_sqs_queue.a', { actions: ['no-op'] }),
        resource('aws_vpc.b', { actions: ['no-op'] })
      ],
      resource_drift: [
        resource('aws_sqs_queue.a', { actions: ['update'], before: { tags: null }, after: { tags: {} } }),
        resource('aws_vpc.b', { actions: ['update'], before: { note: 'a' }, after: { note: 'b' } })
      ]
    })
    expect(plan.changes).toEqual([])
    expect(plan.unchanged).toBe(2)
    expect(plan.notes).toEqual([
      'Different from the state, but not from what is declared, so no drift: aws_vpc.b (note).'
    ])
  })

  test('a change that nothing outside explains says so', () => {
    const [change] = read({
      resource_changes: [resource('aws_vpc.a', { actions: ['update'], before: { a: 1 }, after: { a: 2 } })]
    }).changes
    expect(change?.reason).toContain('Nothing outside changed it')
    expect(change?.attribution).toBeUndefined()
  })
})

describe('actions', () => {
  test.each([
    [['create'], 'create', []],
    [['update'], 'update', []],
    [['delete'], 'delete', ['aws_vpc.a']],
    [['delete', 'create'], 'replace', ['aws_vpc.a']],
    [['create', 'delete'], 'replace', ['aws_vpc.a']],
    [['create', 'forget'], 'replace', []],
    [['forget'], 'update', []]
  ])('%j is %s and destroys %j', (actions, action, destroys) => {
    const plan = read({ resource_changes: [resource('aws_vpc.a', { actions })] }, 'deploy')
    expect(plan.changes.map((change) => change.action)).toEqual([action])
    expect(plan.destroys).toEqual(destroys)
  })

  test('data sources and what needs nothing are no changes', () => {
    const data = resource('aws_ami.a', { actions: ['read'] }, { mode: 'data' })
    const plan = read({ resource_changes: [data, resource('aws_vpc.a', { actions: ['no-op'] })] }, 'deploy')
    expect(plan).toMatchObject({ changes: [], unchanged: 1 })
  })

  test('the object that a replacement left behind is a change of its own', () => {
    const left = resource('aws_vpc.a', { actions: ['delete'] }, { deposed: '1a2b3c4d' })
    const plan = read({ resource_changes: [resource('aws_vpc.a', { actions: ['no-op'] }), left] }, 'deploy')
    expect(plan.changes).toMatchObject([
      { resource: { id: 'aws_vpc.a (deposed 1a2b3c4d)' }, reason: 'Left over from a replacement that did not end.' }
    ])
  })

  test('says what forces a replacement', () => {
    const [change] = read(
      {
        resource_changes: [
          resource(
            'aws_vpc.a["x"]',
            { actions: ['delete', 'create'], replace_paths: [['cidr'], ['block', 0, 'id']] },
            { action_reason: 'replace_because_cannot_update' }
          )
        ]
      },
      'deploy'
    ).changes
    expect(change?.reason).toBe('Replaced, because it cannot be changed in place (cidr, block[0].id).')
  })
})

describe('values', () => {
  const fieldsOf = (change: JsonObject) =>
    read({ resource_changes: [resource('aws_vpc.a', { actions: ['update'], ...change })] }, 'deploy').changes[0]?.fields

  test('what is not known yet is shown as that, at its place', () => {
    expect(
      fieldsOf({
        before: { id: 'old', nested: { a: 1, b: 2 } },
        after: { nested: { a: 1 } },
        after_unknown: { id: true, nested: { b: true } }
      })
    ).toEqual([
      { path: 'id', before: { type: 'value', value: 'old' }, after: { type: 'value', value: 'known after apply' } },
      { path: 'nested.b', before: { type: 'value', value: 2 }, after: { type: 'value', value: 'known after apply' } }
    ])
  })

  test.each<[string, JsonObject]>([
    ['marked before', { before_sensitive: { password: true } }],
    ['marked after', { after_sensitive: { password: true } }],
    ['marked inside a list that is shown whole', { before_sensitive: { password: [true] } }]
  ])('a sensitive value %s is shown by a fingerprint', (_name, marks) => {
    const fields = fieldsOf({ before: { password: ['hunter22'] }, after: { password: ['correct horse'] }, ...marks })
    expect(JSON.stringify(fields)).not.toMatch(/hunter22|correct horse/)
    expect(fields?.every((field) => field.before.type === 'secret' && field.after.type === 'secret')).toBe(true)
  })

  test('a copy of a sensitive value is as secret as the original', () => {
    const fields = fieldsOf({
      before: { password: 'hunter22', url: 'db://hunter22@host', port: 1 },
      after: { password: 'hunter22', url: 'db://none@host', port: 2 },
      before_sensitive: { password: true },
      after_sensitive: { password: true }
    })
    expect(fields?.map((field) => [field.path, field.before.type, field.after.type])).toEqual([
      ['port', 'value', 'value'],
      ['url', 'secret', 'value']
    ])
  })

  test('a sensitive output counts for what is bound, and is shown to nobody', () => {
    const plan = (value: string) =>
      read(
        {
          output_changes: {
            password: {
              actions: ['update'],
              before: 'old one',
              after: value,
              before_sensitive: true,
              after_sensitive: true
            }
          }
        },
        'deploy'
      )
    expect(plan('hunter22').changes).toMatchObject([{ fields: [{ path: 'value', after: { type: 'secret' } }] }])
    expect(plan('hunter22').secretValues).not.toEqual(plan('correct horse').secretValues)
    expect(plan('hunter22').secrets).toEqual(['old one', 'hunter22'])
  })

  test('keys that are no names are quoted', () => {
    expect(fieldsOf({ before: { tags: { 'a.b/c': '1' } }, after: { tags: { 'a.b/c': '2' } } })?.[0]?.path).toBe(
      'tags["a.b/c"]'
    )
  })

  test('null and not set are the same', () => {
    expect(fieldsOf({ before: { a: null }, after: {} })).toEqual([])
  })
})
