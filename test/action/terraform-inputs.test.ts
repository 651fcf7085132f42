import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Inputs } from '../../src/action/inputs.ts'
import { readTerraform } from '../../src/action/terraform-inputs.ts'

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => vi.restoreAllMocks())

const DIGEST = `sha256:${'0'.repeat(64)}`

function read(values: Record<string, string>) {
  const all = { directory: 'infrastructure/network', ...values }
  const given = Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return readTerraform(new Inputs([], Object.fromEntries(given)))
}

const targets = (values: Record<string, string>) => read(values).job.run.declared.targets

test('needs a directory, everything else has a default', () => {
  const { job, session, failOnDrift } = read({})
  expect(job.run).toMatchObject({ name: 'default', command: { name: 'deploy' } })
  expect(session).toEqual({ kubeconfig: undefined, token: undefined, githubDeployments: false })
  expect(failOnDrift).toBe(false)
  expect([...job.run.declared.targets]).toEqual([
    [
      'infrastructure-network',
      {
        kind: 'terraform',
        dependsOn: [],
        terraform: {
          directory: 'infrastructure/network',
          workspace: undefined,
          engine: 'auto',
          version: undefined,
          variables: new Map(),
          varFiles: [],
          backendConfig: [],
          allowDestroy: false,
          lockTimeout: 60_000,
          parallelism: undefined,
          timeout: 1_800_000
        }
      }
    ]
  ])
})

test('says what is deployed, and how it is treated', () => {
  const [declared] = targets({
    workspace: 'production',
    engine: 'opentofu',
    version: '~> 1.9',
    variables: 'size=large\ntags={"a" = "b=c"}',
    'var-files': 'production.tfvars',
    'backend-config': 'bucket=states\nbackend.hcl',
    'allow-destroy': 'true',
    'lock-timeout': '30s',
    parallelism: '3',
    timeout: '1h'
  }).values()
  expect(declared).toMatchObject({
    terraform: {
      workspace: 'production',
      engine: 'opentofu',
      version: '~> 1.9',
      variables: new Map([
        ['size', 'large'],
        ['tags', '{"a" = "b=c"}']
      ]),
      varFiles: ['production.tfvars'],
      backendConfig: ['bucket=states', 'backend.hcl'],
      allowDestroy: true,
      lockTimeout: 30_000,
      parallelism: 3,
      timeout: 3_600_000
    }
  })
})

describe('every directory in every workspace is a target of its own', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['named after the directory', { directory: './Infra/Net_work/' }, ['infra-net-work']],
    ['named as is asked', { target: 'network' }, ['network']],
    ['in one workspace, which changes no name', { workspace: 'blue' }, ['infrastructure-network']],
    ['in several', { workspace: 'blue\ngreen' }, ['infrastructure-network-blue', 'infrastructure-network-green']],
    ['several, with a name before them', { directory: 'a\nb', target: 'all' }, ['all-a', 'all-b']],
    ['both', { directory: 'a\nb', workspace: 'x\ny' }, ['a-x', 'a-y', 'b-x', 'b-y']],
    ['the top of the repository', { directory: '.' }, ['root']]
  ])('%s', (_name, values, names) => expect([...targets(values).keys()]).toEqual(names))
})

describe('plan-digest', () => {
  const command = (values: Record<string, string>) => read(values).job.run.command

  test('is one digest, or one for each target', () => {
    expect(command({ 'plan-digest': DIGEST })).toEqual({ name: 'deploy', planDigest: DIGEST })
    expect(command({ directory: 'a\nb', 'plan-digest': `a=${DIGEST}\nb=${DIGEST}` })).toEqual({
      name: 'deploy',
      planDigest: new Map([
        ['a', DIGEST],
        ['b', DIGEST]
      ])
    })
  })

  test.each(['sha256:abc', 'a=b', `Network=${DIGEST}`])('%s is none', (digest) => {
    expect(() => read({ 'plan-digest': digest })).toThrow(`Input "plan-digest": "${digest}" is no digest of a plan.`)
  })

  test('of several targets, each needs its name', () => {
    expect(() => read({ directory: 'a\nb', 'plan-digest': DIGEST })).toThrow('is no digest of a plan')
  })
})

test.each<[string, Record<string, string>, RegExp]>([
  ['no directory', { directory: '' }, /"directory" is required/],
  ['a directory twice', { directory: 'a\n./a' }, /"directory": "\.\/a" occurs twice \(as target "a"\)/],
  ['another engine', { engine: 'pulumi' }, /"engine".*pulumi/],
  ['another mode', { mode: 'destroy' }, /"mode".*destroy/],
  ['a name that is none', { target: 'Net work' }, /"target" is "Net work"/],
  ['a time without a unit', { 'lock-timeout': '30' }, /"lock-timeout"/],
  ['half a variable', { variables: 'size' }, /"variables"/],
  ['maybe', { 'allow-destroy': 'maybe' }, /"allow-destroy"/]
])('%s is refused by the name of the input', (_name, values, message) => {
  expect(() => read(values)).toThrow(message)
})
