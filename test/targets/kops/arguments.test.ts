import { expect, test } from 'vitest'
import {
  exportArguments,
  rollingUpdateArguments,
  updateArguments,
  validateArguments
} from '../../../src/targets/kops/arguments.ts'
import { parseJsonStream } from '../../../src/targets/kops/json-stream.ts'
import { parseRollingUpdate } from '../../../src/targets/kops/rolling.ts'

const UPDATE = {
  enabled: true,
  prune: false,
  deleteInstanceGroups: false,
  instanceGroups: [],
  lifecycleOverrides: [],
  allowDowngrade: false,
  ignoreKubeletVersionSkew: false
}
const ROLLING = { enabled: true, instanceGroups: [], force: false, cloudOnly: false }

test('a dry run of the cloud never says --yes', () => {
  expect(updateArguments('c.x', UPDATE, { yes: false })).toEqual([
    'update',
    'cluster',
    '--name',
    'c.x',
    '--create-kube-config=false'
  ])
})

test('every setting of an update becomes its flag', () => {
  const policy = {
    ...UPDATE,
    instanceGroups: ['a', 'b'],
    instanceGroupRoles: ['control-plane', 'apiserver'] as const,
    lifecycleOverrides: ['IAMRole=Ignore'],
    allowDowngrade: true,
    ignoreKubeletVersionSkew: true
  }
  expect(updateArguments('c.x', policy, { yes: true, prune: true }).slice(5)).toEqual([
    '--yes',
    '--prune',
    '--instance-group-roles',
    'control-plane,apiserver',
    '--instance-group',
    'a,b',
    '--lifecycle-overrides',
    'IAMRole=Ignore',
    '--allow-kops-downgrade',
    '--ignore-kubelet-version-skew'
  ])
})

test('a rolling update is told its groups, its pauses and how to reach the API', () => {
  const policy = { ...ROLLING, nodeInterval: '1m', drainTimeout: '5m', validateCount: 3, failOnDrainError: false }
  expect(rollingUpdateArguments('c.x', policy, { apiServer: 'https://10.0.0.1' }, ['nodes']).slice(4)).toEqual([
    '--yes',
    '--instance-group',
    'nodes',
    '--api-server',
    'https://10.0.0.1',
    '--node-interval',
    '1m',
    '--drain-timeout',
    '5m',
    '--validate-count',
    '3',
    '--fail-on-drain-error=false'
  ])
  expect(
    rollingUpdateArguments('c.x', { ...ROLLING, cloudOnly: true }, { apiServer: 'https://10.0.0.1' }, [])
  ).not.toContain('--api-server')
})

test('validation and kubeconfig', () => {
  expect(validateArguments('c.x', { enabled: true, wait: '10m', count: 2 }, { kubeconfig: '/k' }).slice(4)).toEqual([
    '--output',
    'json',
    '--wait',
    '10m',
    '--count',
    '2',
    '--use-kubeconfig'
  ])
  expect(exportArguments('c.x', '/k', '2h', {})).toEqual([
    'export',
    'kubeconfig',
    '--name',
    'c.x',
    '--admin=2h',
    '--kubeconfig',
    '/k'
  ])
})

test('the table of instance groups is read by its header', () => {
  const table =
    'banner\nNAME\t\t\tSTATUS\t\tNEEDUPDATE\tREADY\tMIN\tTARGET\tMAX\ncontrol-plane\t\tReady\t\t0\t\t1\t1\t1\t1\nnodes\t\t\tNeedsUpdate\t2\t\t1\t1\t3\t5\n\nMust specify --yes to rolling-update.\n'
  expect(parseRollingUpdate(table)).toEqual([
    { name: 'control-plane', needUpdate: 0, ready: 1 },
    { name: 'nodes', needUpdate: 2, ready: 1 }
  ])
  expect(parseRollingUpdate('\nNo rolling-update required.\n')).toEqual([])
  expect(() => parseRollingUpdate('something else')).toThrow('cannot be read')
})

test('of documents without a separator the last one can be had', () => {
  expect(parseJsonStream('{"a":"}{"}{"a":[1,{"b":2}]}\nINFO [x]\n{"failures":[]}')).toEqual([
    { a: '}{' },
    { a: [1, { b: 2 }] },
    { failures: [] }
  ])
})
