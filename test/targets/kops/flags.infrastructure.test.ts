import { beforeAll, describe, expect, test } from 'vitest'
import { rollingUpdateArguments, updateArguments, validateArguments } from '../../../src/targets/kops/arguments.ts'
import { exec } from '../../../src/toolchain/exec.ts'
import { ensure } from '../../platform/binaries.ts'

/** Every flag that the real kops has is one that we set, or one that is left out for a reason. */
let kops = ''

beforeAll(async () => {
  kops = (await ensure(['kops'])).kops
})

const ACCESS = { apiServer: 'https://127.0.0.1', kubeconfig: '/kubeconfig' }

const UPDATE = updateArguments(
  'a.b',
  {
    enabled: true,
    prune: true,
    deleteInstanceGroups: true,
    instanceGroups: ['nodes'],
    instanceGroupRoles: ['node'],
    lifecycleOverrides: ['IAMRole=Ignore'],
    allowDowngrade: true,
    ignoreKubeletVersionSkew: true
  },
  { yes: true, prune: true }
)

const ROLLING = rollingUpdateArguments(
  'a.b',
  {
    enabled: true,
    instanceGroups: [],
    force: true,
    cloudOnly: false,
    controlPlaneInterval: '1s',
    nodeInterval: '1s',
    bastionInterval: '1s',
    drainTimeout: '1s',
    postDrainDelay: '1s',
    validationTimeout: '1s',
    validateCount: 1,
    failOnDrainError: true,
    failOnValidateError: true
  },
  ACCESS,
  ['nodes']
)

const VALIDATE = validateArguments('a.b', { enabled: true, wait: '1s', count: 1, interval: '1s' }, ACCESS)

describe('flags of kops', () => {
  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    [
      'update',
      UPDATE,
      {
        admin: 'a kubeconfig is an output of its own',
        user: 'a kubeconfig is an output of its own',
        internal: 'a kubeconfig is an output of its own',
        'api-server': 'an update asks no API, so that a plan says the same wherever it is made',
        'use-kubeconfig': 'an update asks no API, so that a plan says the same wherever it is made',
        target: 'Terraform code is written by kops itself',
        out: 'Terraform code is written by kops itself',
        phase: 'a part of an update leaves the final look with something to do',
        'ssh-public-key': 'deprecated by kops: an SSHCredential in the manifests',
        help: ''
      }
    ],
    [
      'rolling-update',
      ROLLING,
      {
        cloudonly: 'instead of the flags for the API',
        'instance-group-roles': 'resolved to names of groups',
        interactive: 'nobody is there to answer',
        admin: 'the certificate is for this call only',
        help: ''
      }
    ],
    ['validate', VALIDATE, { kubeconfig: 'given as KUBECONFIG', help: '' }]
  ])('kops %s cluster', async (command, args, left) => {
    const { stdout } = await exec(kops, [command, 'cluster', '--help'])
    const own = stdout.slice(stdout.indexOf('\nFlags:'), stdout.indexOf('\nGlobal Flags:'))
    const flags = [...own.matchAll(/^ +(?:-\w, )?--([\w-]+)/gm)].map((match) => match[1] ?? '')
    expect(flags.length).toBeGreaterThan(5)
    const set = args.filter((one) => one.startsWith('--')).map((one) => one.slice(2).split('=')[0] ?? '')
    expect(flags.filter((flag) => !set.includes(flag)).sort()).toEqual(Object.keys(left).sort())
    expect(set.filter((flag) => !flags.includes(flag))).toEqual(['name'])
  })
})
