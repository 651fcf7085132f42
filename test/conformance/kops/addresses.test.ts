import { expect, test } from 'vitest'
import type { Change } from '../../../src/targets/plan.ts'
import { plannedAddresses, writtenAddresses } from './addresses.ts'
import { manifestOf, readShapes } from './shapes.ts'

const change = (kind: string, name: string, more: Partial<Change> = {}): Change => ({
  action: 'create',
  resource: { id: `${kind}/${name}`, kind, name },
  fields: [],
  ...more
})
const mapped = (...changes: Change[]) => {
  const { addresses, unknown } = plannedAddresses({ changes })
  return { addresses: [...addresses], unknown }
}

test.each([
  ['VPC', 'shop.example.com', 'aws_vpc.shop-example-com'],
  ['Route', '0.0.0.0/0', 'aws_route.route-0-0-0-0--0'],
  ['Route', 'private-us-east-1a-::/0', 'aws_route.route-private-us-east-1a-__--0'],
  ['VPCCIDRBlock', '10.1.0.0/16', 'aws_vpc_ipv4_cidr_block_association.cidr-10-1-0-0--16'],
  ['EBSVolume', '1.etcd-main.example.com', 'aws_ebs_volume.ebs-1-etcd-main-example-com'],
  ['IAMRole', '1.example.com', 'aws_iam_role.prefix_1-example-com'],
  ['SSHKey', 'kubernetes.a-c4:a6', 'aws_key_pair.kubernetes-a-c4a6']
])('%s %s is %s', (kind, name, address) => {
  expect(mapped(change(kind, name))).toEqual({ addresses: [address], unknown: [] })
})

test('a listener is called like its load balancer and its port', () => {
  const field = (path: string, value: string | number) => ({
    path,
    before: { type: 'absent' } as const,
    after: { type: 'value', value } as const
  })
  const fields = [field('NetworkLoadBalancer', 'name:api.example.com id:api.example.com'), field('Port', 4003)]
  expect(mapped(change('NetworkLoadBalancerListener', 'etcd-cilium.example.com-4003', { fields })).addresses).toEqual([
    'aws_lb_listener.api-example-com-4003'
  ])
})

test('what Terraform does not see is left out, and what nobody has mapped is a failure', () => {
  expect(mapped(change('Keypair', 'a'), change('Cluster', 'b'))).toEqual({ addresses: [], unknown: [] })
  expect(mapped(change('Novelty', 'a'), change('VPC', 'b', { action: 'update' })).unknown).toEqual([
    'Novelty/a',
    'update VPC/b'
  ])
})

test('what existed before and is only tagged is no change of Terraform, other changes of it are', () => {
  const absent = { type: 'absent' } as const
  const field = (path: string) => ({ path, before: absent, after: { type: 'value', value: 'x' } as const })
  const update = (...paths: string[]) => change('Subnet', 'a', { action: 'update', fields: paths.map(field) })
  expect(mapped(update('Tags["a"]', 'Tags["b"]'))).toEqual({ addresses: [], unknown: [] })
  expect(mapped(update('Tags["a"]', 'IPv6CIDR')).unknown).toEqual(['update Subnet/a'])
  const rule = change('SecurityGroupRule', 'from-a', { action: 'update', fields: [field('Tags["a"]')] })
  expect(mapped(rule)).toEqual({ addresses: ['aws_security_group_rule.from-a'], unknown: [] })
})

test('policies of others are attached one by one, under the name that kops makes of them', () => {
  const after = { type: 'value', value: '[arn:aws:iam::123456789000:policy/test-policy]' } as const
  const policies = { fields: [{ path: 'ExternalPolicies', before: { type: 'absent' } as const, after }] }
  expect(mapped(change('IAMRolePolicy', 'node-policyoverride')).addresses).toEqual([])
  expect(mapped(change('IAMRolePolicy', 'node-policyoverride', policies)).addresses).toEqual([
    'aws_iam_role_policy_attachment.node-policyoverride-1242070525'
  ])
})

test('resources of a kubernetes.tf, and nothing else of it', () => {
  const text = 'data "aws_vpc" "a" {\n}\nresource "aws_vpc" "b" {\n  resource = "aws_vpc" "c"\n}\noutput "d" {\n}\n'
  expect([...writtenAddresses(text)]).toEqual(['aws_vpc.b'])
})

test('there are at least 30 shapes, each with a name and a manifest of its own', () => {
  const shapes = readShapes()
  expect(shapes.length).toBeGreaterThanOrEqual(30)
  expect(new Set(shapes.map((shape) => shape.name)).size).toBe(shapes.length)
  expect(new Set(shapes.map((shape) => manifestOf(shape, 's3://x', {}) + JSON.stringify(shape.spec))).size).toBe(
    shapes.length
  )
})
