import { describe, expect, test } from 'vitest'
import { INPUTS as KOPS } from '../../actions/kops-update/contract.ts'
import { INPUTS } from '../../actions/terraform-update/contract.ts'
import { slug } from '../../src/action/infrastructure-inputs.ts'
import { Inputs } from '../../src/action/inputs.ts'
import { readKops } from '../../src/action/kops-inputs.ts'
import { readTerraform } from '../../src/action/terraform-inputs.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`

function environment(given: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
}

const terraform = (given: Readonly<Record<string, string>>) => readTerraform(new Inputs(INPUTS, environment(given)))

describe('a run over root modules', () => {
  test('one directory is one target, which is deployed', () => {
    const { job, failOnDrift, session } = terraform({ directory: 'infrastructure/Network', variables: 'size=3' })
    expect(job.run).toMatchObject({ name: 'default', command: { name: 'deploy' } })
    expect([...job.run.declared.targets]).toMatchObject([
      [
        'infrastructure-network',
        { kind: 'terraform', dependsOn: [], terraform: { directory: 'infrastructure/Network' } }
      ]
    ])
    expect(job.followUp).toEqual({})
    expect({ failOnDrift, deployments: session.githubDeployments }).toEqual({ failOnDrift: false, deployments: false })
  })

  test('every directory in every workspace is a target of its own', () => {
    const { job } = terraform({ directory: 'a\nb', workspace: 'blue\ngreen', target: 'net', mode: 'plan' })
    expect([...job.run.declared.targets.keys()]).toEqual(['net-a-blue', 'net-a-green', 'net-b-blue', 'net-b-green'])
    expect(job.run.command).toEqual({ name: 'preview' })
  })

  test('drift is looked for and healed as it is asked for, with an issue of its own', () => {
    const { job, failOnDrift } = terraform({
      directory: 'network',
      environment: 'prod',
      mode: 'drift',
      heal: 'automatic',
      'max-changes': '3',
      'fail-on-drift': 'true',
      issue: 'true'
    })
    expect(job.run.command).toEqual({ name: 'drift', heal: 'automatic', maxChanges: 3, revision: 'deployed' })
    expect(job.followUp).toEqual({ issue: { name: 'prod/network' } })
    expect(failOnDrift).toBe(true)
    expect(terraform({ directory: 'a\nb', mode: 'drift', issue: 'true' }).job.followUp).toEqual({
      issue: { name: 'default/terraform' }
    })
    expect(terraform({ directory: 'a', mode: 'apply', issue: 'true' }).job.followUp).toEqual({})
  })

  test.each([
    ['one digest', { directory: 'a', 'plan-digest': DIGEST }, DIGEST],
    [
      'one for each of several',
      { directory: 'a\nb', 'plan-digest': `a=${DIGEST}\nb=${DIGEST}` },
      new Map([
        ['a', DIGEST],
        ['b', DIGEST]
      ])
    ]
  ])('the approved plan: %s', (_what, given, expected) => {
    expect(terraform(given).job.run.command).toEqual({ name: 'deploy', planDigest: expected })
  })

  test.each([
    [
      'an approval that names no target of several',
      { directory: 'a\nb', 'plan-digest': DIGEST },
      'is no digest of a plan'
    ],
    ['a directory twice', { directory: 'a\na' }, 'occurs twice'],
    ['no directory', {}, 'Input "directory" is required'],
    ['an unknown mode', { directory: 'a', mode: 'preview' }, 'Input "mode" is "preview", which is unknown.'],
    ['an unknown policy', { directory: 'a', mode: 'drift', heal: 'yes' }, 'Input "heal" is "yes", which is unknown.'],
    ['a name that is none', { directory: 'a', environment: 'Prod_1' }, 'Input "environment" is "Prod_1"']
  ])('%s is refused', (_what, given, message) => {
    expect(() => terraform(given)).toThrow(message)
  })
})

test('a kops cluster is one target; its state store may be that of the job', () => {
  const given = { manifest: 'kops', 'node-interval': '30s', prune: 'false', mode: 'drift', issue: 'true' }
  const env = { ...environment(given), KOPS_STATE_STORE: 's3://acme' }
  const { job } = readKops(new Inputs(KOPS, env), env)
  expect([...job.run.declared.targets]).toMatchObject([
    [
      'cluster',
      {
        kind: 'kops',
        kops: {
          manifests: ['kops'],
          state: 's3://acme',
          update: { enabled: true, prune: false },
          rollingUpdate: { nodeInterval: '30s' }
        }
      }
    ]
  ])
  expect(job.run.command).toMatchObject({ name: 'drift', heal: 'off' })
  expect(job.followUp).toEqual({ issue: { name: 'default/cluster' } })
})

test.each([
  ['infrastructure/Network', 'infrastructure-network'],
  ['./a_b/', 'a-b'],
  ['.', 'root'],
  [`${'x'.repeat(70)}`, 'x'.repeat(63)]
])('%s is called %s', (text, expected) => {
  expect(slug(text)).toBe(expected)
})
