import { PutObjectCommand } from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Plan } from '../../../src/targets/plan.ts'
import { isReadOnly } from '../../platform/aws/index.ts'
import { CLUSTER, MANIFEST, useKops } from './play.ts'

const play = useKops()

/** Calls an AWS action of the query protocol, as somebody with the console would. */
async function byHand(service: string, version: string, parameters: Record<string, string>): Promise<string> {
  const response = await fetch(play.aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=somebody/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`
    },
    body: new URLSearchParams({ Version: version, ...parameters })
  })
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

const ids = (plan: Plan) => plan.changes.map((change) => `${change.action} ${change.resource.id}`)

/** Runs `work` and proves that nothing was written by it: neither to the bucket, nor by any call to AWS. */
async function untouched<T>(work: () => Promise<T>): Promise<T> {
  const before = await play.bucket()
  play.aws.calls.length = 0
  const result = await work()
  expect(play.aws.calls.length).toBeGreaterThan(0)
  expect(play.aws.calls.filter((call) => !isReadOnly(call))).toEqual([])
  expect(await play.bucket()).toEqual(before)
  return result
}

describe('a cluster that does not exist yet', () => {
  test('is planned as created, and nothing is written', async () => {
    const target = await play.target(play.checkout())
    const plan = await untouched(() => target.plan('deploy'))
    expect(ids(plan)).toContain(`create Cluster/${CLUSTER}`)
    expect(ids(plan)).toContain('create InstanceGroup/nodes')
    expect(ids(plan)).toContain(`create VPC/${CLUSTER}`)
    expect(plan.changes.every((change) => change.action === 'create')).toBe(true)
    expect(plan.notes).toContain(`The cluster "${CLUSTER}" does not exist yet: it would be created.`)
    expect(await target.deployed()).toBeUndefined()
  })

  test('is created; then there is nothing to do', async () => {
    const target = await play.target(play.checkout())
    const outcome = await target.apply(await target.plan('deploy'))
    expect(outcome).toMatchObject({ status: 'succeeded' })
    expect(new Set(outcome.results.map((result) => result.action))).toEqual(new Set(['created']))
    expect(await target.deployed()).toMatchObject({ status: 'succeeded', revision: 'a'.repeat(40), target: 'cluster' })
    const plan = await untouched(() => target.plan('drift'))
    expect(plan.changes).toEqual([])
    expect(plan.unchanged).toBe(3)
  })
})

describe('a pull request', () => {
  test('is previewed without a single write, and its merge does what the preview said', async () => {
    const manifest = MANIFEST.replace('maxSize: 2', 'maxSize: 3').replace('203.0.113.0/24', '198.51.100.0/24')
    const checkout = play.checkout(manifest)
    const preview = await play.target(checkout)
    const plan = await untouched(() => preview.plan('deploy'))
    expect(ids(plan)).toEqual(
      expect.arrayContaining([
        'update Cluster/shop.example.com',
        'update InstanceGroup/nodes',
        'update AutoscalingGroup/nodes.shop.example.com'
      ])
    )
    expect(plan.changes.find((change) => change.resource.id === 'InstanceGroup/nodes')?.fields).toEqual([
      { path: 'spec.maxSize', before: { type: 'value', value: 2 }, after: { type: 'value', value: 3 } }
    ])
    // Creation assigned more to the Cluster than the manifest says; that stays.
    expect(
      plan.changes.find((change) => change.resource.kind === 'Cluster')?.fields.map((field) => field.path)
    ).toEqual(['spec.sshAccess'])
    const target = await play.target(checkout)
    const again = await target.plan('deploy')
    expect(again.digest).toBe(plan.digest)
    const outcome = await target.apply(again)
    expect(outcome.failure).toBeUndefined()
    expect(outcome.status).toBe('succeeded')
    expect((await target.plan('drift')).changes).toEqual([])
    expect((await target.deployed())?.history).toHaveLength(1)
    await restore()
  })

  test('that changes the image of the nodes rolls these, and no others', async () => {
    const [head = '', ...groups] = MANIFEST.split('---\n')
    const manifest = [
      head,
      ...groups.map((group) => (group.includes('name: nodes') ? group.replace('ami-785db401', 'ami-1e749f67') : group))
    ].join('---\n')
    const target = await play.target(play.checkout(manifest))
    const plan = await untouched(() => target.plan('deploy'))
    expect(ids(plan)).toContain('restart Instances/nodes')
    expect(ids(plan)).not.toContain('restart Instances/control-plane-us-east-1a')
    const outcome = await target.apply(plan)
    expect(outcome.failure).toBeUndefined()
    expect(
      outcome.results.filter((result) => result.action === 'restarted').map((result) => result.resource.id)
    ).toEqual(['Instances/nodes'])
    expect((await target.plan('drift')).changes).toEqual([])
    await restore()
  })
})

describe('what somebody changed by hand', () => {
  test('in the cloud is drift, and is put back', async () => {
    const group = await groupId('nodes.shop.example.com')
    await byHand('ec2', '2016-11-15', {
      Action: 'AuthorizeSecurityGroupIngress',
      GroupId: group,
      'IpPermissions.1.IpProtocol': 'tcp',
      'IpPermissions.1.FromPort': '22',
      'IpPermissions.1.ToPort': '22',
      'IpPermissions.1.IpRanges.1.CidrIp': '0.0.0.0/0'
    })
    await byHand('autoscaling', '2011-01-01', {
      Action: 'UpdateAutoScalingGroup',
      AutoScalingGroupName: 'nodes.shop.example.com',
      MaxSize: '9'
    })
    const target = await play.target(play.checkout())
    const plan = await untouched(() => target.plan('drift'))
    expect(ids(plan)).toEqual([
      'update AutoscalingGroup/nodes.shop.example.com',
      `delete SecurityGroupRule/${group}: port=22 protocol=tcp ip=0.0.0.0/0 ipv6=`
    ])
    const outcome = await target.apply(plan)
    expect(outcome.results.map((result) => result.action)).toEqual(['updated', 'pruned'])
    expect((await target.plan('drift')).changes).toEqual([])
  })

  test('in the state store is drift, and is put back', async () => {
    const file = await play.kops(['get', 'instancegroup', 'nodes', '--name', CLUSTER, '-o', 'yaml'])
    await play.replace(file.replace('maxSize: 2', 'maxSize: 7'))
    const target = await play.target(play.checkout())
    const plan = await untouched(() => target.plan('drift'))
    expect(plan.changes.map((change) => [change.resource.id, change.fields])).toEqual([
      [
        'InstanceGroup/nodes',
        [{ path: 'spec.maxSize', before: { type: 'value', value: 7 }, after: { type: 'value', value: 2 } }]
      ]
    ])
    expect((await target.apply(plan)).status).toBe('succeeded')
    expect((await target.plan('drift')).changes).toEqual([])
  })
})

describe('an instance group that Git no longer has', () => {
  const extra = MANIFEST.split('---\n').at(-1)?.replace('name: nodes', 'name: batch') ?? ''

  beforeAll(async () => {
    const target = await play.target(play.checkout(`${MANIFEST}---\n${extra}`))
    expect((await target.apply(await target.plan('deploy'))).status).toBe('succeeded')
  })

  test('is reported, and stays, unless it may be deleted', async () => {
    const target = await play.target(play.checkout(), {
      update: { ...play.defaults.update, deleteInstanceGroups: false }
    })
    const plan = await untouched(() => target.plan('deploy'))
    expect(ids(plan)).toEqual(['delete InstanceGroup/batch'])
    expect(plan.changes[0]).toMatchObject({ healable: false })
    expect((await target.apply(plan)).status).toBe('succeeded')
    expect(await play.kops(['get', 'instancegroups', '--name', CLUSTER])).toContain('batch')
  })

  test('is deleted where it may be, and nothing of it is left', async () => {
    const target = await play.target(play.checkout())
    const plan = await untouched(() => target.plan('deploy'))
    expect(ids(plan)).toContain('delete InstanceGroup/batch')
    const outcome = await target.apply(plan)
    expect(outcome.failure).toBeUndefined()
    expect(await play.kops(['get', 'instancegroups', '--name', CLUSTER])).not.toContain('batch')
    expect((await target.plan('drift')).changes).toEqual([])
  })

  test('is never deleted when it is a control plane', async () => {
    const [cluster = '', , nodes = ''] = MANIFEST.split('---\n')
    const target = await play.target(play.checkout([cluster, nodes].join('---\n')))
    const plan = await untouched(() => target.plan('deploy'))
    expect(plan.changes.find((change) => change.action === 'delete')).toMatchObject({
      resource: { id: 'InstanceGroup/control-plane-us-east-1a' },
      healable: false
    })
  })
})

describe('a lock', () => {
  const key = `gitops-actions/${CLUSTER}/lock.json`
  const put = (lock: object) =>
    play.s3.send(new PutObjectCommand({ Bucket: 'kops-state', Key: key, Body: JSON.stringify(lock) }))

  test('of another run stops this one before it writes, and names the other', async () => {
    await put({
      id: 'x',
      run: 'https://github.example/runs/7',
      since: '2026-01-01T00:00:00Z',
      expires: '2999-01-01T00:00:00Z'
    })
    const target = await play.target(play.checkout(MANIFEST.replace('maxSize: 2', 'maxSize: 4')))
    const plan = await target.plan('deploy')
    const outcome = await untouchedBucket(() => target.apply(plan))
    expect(outcome.status).toBe('failed')
    expect(outcome.failure?.message).toBe(
      `The cluster "${CLUSTER}" is locked by the run https://github.example/runs/7 since 2026-01-01T00:00:00Z.`
    )
  })

  test('of a run that died is taken over, and given back', async () => {
    await put({ id: 'x', run: 'https://github.example/runs/7', expires: '2020-01-01T00:00:00Z' })
    const target = await play.target(play.checkout(MANIFEST.replace('maxSize: 2', 'maxSize: 4')))
    expect((await target.apply(await target.plan('deploy'))).status).toBe('succeeded')
    expect((await play.bucket()).filter((one) => one.includes('lock.json'))).toEqual([])
    await restore()
  })
})

/** Puts the cluster back to the manifest, for the next test. */
async function restore(): Promise<void> {
  const target = await play.target(play.checkout())
  expect((await target.apply(await target.plan('deploy'))).status).toBe('succeeded')
}

async function untouchedBucket<T>(work: () => Promise<T>): Promise<T> {
  const before = await play.bucket()
  const result = await work()
  expect(await play.bucket()).toEqual(before)
  return result
}

async function groupId(name: string): Promise<string> {
  const text = await byHand('ec2', '2016-11-15', {
    Action: 'DescribeSecurityGroups',
    'Filter.1.Name': 'group-name',
    'Filter.1.Value.1': name
  })
  return /<groupId>(sg-\w+)<\/groupId>/.exec(text)?.[1] ?? ''
}
