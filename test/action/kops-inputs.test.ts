import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Inputs } from '../../src/action/inputs.ts'
import { readKops } from '../../src/action/kops-inputs.ts'

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => vi.restoreAllMocks())
const temporary = mkdtempSync(path.join(tmpdir(), 'kops-inputs-'))
afterAll(() => rmSync(temporary, { recursive: true }))

function declared(values: Record<string, string>, env: Record<string, string> = {}) {
  const all = { manifest: 'kops/prod.yaml', state: 's3://acme-kops', ...values }
  const given = Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const request = readKops(new Inputs([], Object.fromEntries(given)), { RUNNER_TEMP: temporary, ...env })
  const [target] = request.job.run.declared.targets.values()
  if (target?.kind !== 'kops') throw new Error('no target of kops')
  return target.kops
}

test('needs a manifest and a state store, everything else has a default', () => {
  expect(declared({})).toEqual({
    manifests: ['kops/prod.yaml'],
    state: 's3://acme-kops',
    cluster: undefined,
    version: undefined,
    update: {
      enabled: true,
      prune: true,
      deleteInstanceGroups: false,
      instanceGroups: [],
      instanceGroupRoles: [],
      lifecycleOverrides: [],
      allowDowngrade: false,
      ignoreKubeletVersionSkew: false
    },
    rollingUpdate: { enabled: true, instanceGroups: [], instanceGroupRoles: [], force: false, cloudOnly: false },
    validate: { enabled: true, wait: '15m' },
    access: {},
    timeout: 600_000
  })
  expect(() => declared({ manifest: '' })).toThrow('Input "manifest" is required.')
  expect(() => declared({ state: '' })).toThrow('Input "state" is required.')
  expect(declared({ state: '' }, { KOPS_STATE_STORE: 's3://from-env' }).state).toBe('s3://from-env')
})

test('limits, pauses and ways to the API reach kops as it takes them', () => {
  const kops = declared({
    'instance-group-roles': 'node\nbastion',
    'rolling-update-instance-group-roles': 'control-plane',
    'node-interval': '1m30s',
    'fail-on-drain-error': 'false',
    'validate-count': '3',
    'validate-interval': '30s',
    'api-server': 'https://10.0.0.1'
  })
  expect(kops.update.instanceGroupRoles).toEqual(['node', 'bastion'])
  expect(kops.rollingUpdate).toMatchObject({
    instanceGroupRoles: ['control-plane'],
    nodeInterval: '1m30s',
    failOnDrainError: false
  })
  expect(kops.validate).toEqual({ enabled: true, wait: '15m', count: 3, interval: '30s' })
  expect(kops.access).toEqual({ apiServer: 'https://10.0.0.1' })
})

test('the content of a kubeconfig is put where nobody else can read it', () => {
  const file = declared({ kubeconfig: 'apiVersion: v1\nkind: Config' }).access.kubeconfig ?? ''
  expect(readFileSync(file, 'utf8')).toBe('apiVersion: v1\nkind: Config\n')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

describe('what is wrong is named', () => {
  test.each<[string, string, RegExp]>([
    ['instance-group-roles', 'master', /Input "instance-group-roles" has "master", but a role is one of control-plane/],
    ['validate-interval', '30', /Input "validate-interval" is "30", which is not a duration/],
    ['validate-count', 'two', /Input "validate-count" is "two", which is not a whole number/],
    ['kubeconfig', 'no/such/file', /neither a file that exists nor the content of one/]
  ])('%s: %s', (name, value, message) => {
    expect(() => declared({ [name]: value })).toThrow(message)
  })
})
