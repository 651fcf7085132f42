import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { clusterTargets, dependenciesOf } from '../../src/declaration/dependencies.ts'
import { readDeclaration } from '../../src/declaration/index.ts'
import { declarationSchema } from '../../src/declaration/schema.ts'
import { GitOpsError } from '../../src/errors.ts'
import { asObject, at } from '../../src/json.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
let workspace: string

beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'engines-'))
  for (const directory of ['network', 'chart', 'kops', 'objects']) await mkdir(path.join(workspace, directory))
  for (const file of [
    'network/production.tfvars',
    'backend.tfbackend',
    'chart/Chart.yaml',
    'kops/prod.yaml',
    'queues.yaml'
  ])
    await writeFile(path.join(workspace, file), '')
})
afterAll(() => rm(workspace, { recursive: true, force: true }))

async function read(text: string) {
  await writeFile(path.join(workspace, 'gitops.yaml'), text)
  return readDeclaration(workspace, 'gitops.yaml')
}

/** Targets of one environment, the first of them in line 5. */
function targets(...lines: string[]): string {
  return `version: 1\nenvironments:\n  production:\n    targets:\n${lines.map((line) => `      ${line}\n`).join('')}`
}

async function errors(text: string): Promise<string[]> {
  const error: unknown = await read(text).catch((thrown: unknown) => thrown)
  if (!(error instanceof GitOpsError)) throw new Error(`no error, but ${String(error)}`)
  return error.annotations.map((one) => one.message)
}

describe('targets of other engines', () => {
  test('terraform, with defaults in place of what is not said', async () => {
    const declaration = await read(
      targets(
        'network:',
        '  terraform:',
        '    directory: network',
        '    variables: {size: 3, zones: \'["a"]\'}',
        '    backendConfig: [key=x, backend.tfbackend]'
      )
    )
    expect(declaration.environments.get('production')?.targets.get('network')).toEqual({
      kind: 'terraform',
      dependsOn: [],
      terraform: {
        directory: 'network',
        workspace: undefined,
        engine: 'auto',
        version: undefined,
        variables: new Map([
          ['size', '3'],
          ['zones', '["a"]']
        ]),
        varFiles: [],
        backendConfig: ['key=x', 'backend.tfbackend'],
        allowDestroy: false,
        lockTimeout: 60_000,
        parallelism: undefined,
        timeout: 1_800_000
      }
    })
  })

  test('kops, its options where the engine looks for them', async () => {
    const declaration = await read(
      targets(
        'cluster:',
        '  kops: {manifest: kops/prod.yaml, state: s3://acme, kopsVersion: 1.36.2, nodeInterval: 30s, prune: false, failOnDrainError: false}'
      )
    )
    expect(declaration.environments.get('production')?.targets.get('cluster')).toMatchObject({
      kind: 'kops',
      kops: {
        manifests: ['kops/prod.yaml'],
        state: 's3://acme',
        version: '1.36.2',
        update: { enabled: true, prune: false },
        rollingUpdate: { enabled: true, nodeInterval: '30s', failOnDrainError: false },
        validate: { enabled: true, wait: '15m' },
        timeout: 600_000
      }
    })
  })

  test('cloudformation', async () => {
    const declaration = await read(
      targets('queues: {cloudformation: {stack: acme-queues, template: queues.yaml, capabilities: [CAPABILITY_IAM]}}')
    )
    expect(declaration.environments.get('production')?.targets.get('queues')).toMatchObject({
      kind: 'cloudformation',
      cloudformation: { stack: 'acme-queues', template: 'queues.yaml', capabilities: ['CAPABILITY_IAM'] }
    })
  })

  test('what uses an output of another depends on it, also without saying so', async () => {
    const declaration = await read(
      targets(
        'web: {helm: {chart: chart, set: {vpc: {from: network, output: vpcId}, replicas: 2}}}',
        'network: {terraform: {directory: network, variables: {queue: {from: queues, output: Url}}}}',
        'queues: {cloudformation: {stack: q, template: queues.yaml}}'
      )
    )
    const { targets: declared } = declaration.environments.get('production') ?? {}
    expect([...(declared ?? [])].map(([id, target]) => [id, dependenciesOf(target)])).toEqual([
      ['web', ['network']],
      ['network', ['queues']],
      ['queues', []]
    ])
  })
})

describe('the cluster that a target is deployed into', () => {
  const kops = (name: string, more = '') => `${name}: {kops: {manifest: kops, state: s3://acme/${name}}${more}}`

  test('is the nearest kops target that it depends on, over any number of steps', async () => {
    const declaration = await read(
      targets(
        kops('far'),
        kops('near', ', dependsOn: [far]'),
        'settings: {manifests: [objects], dependsOn: [near]}',
        'web: {manifests: [objects], dependsOn: [settings]}',
        'elsewhere: {manifests: [objects]}'
      )
    )
    const declared = declaration.environments.get('production')?.targets ?? new Map()
    expect(clusterTargets(declared, 'web')).toEqual(['near'])
    expect(clusterTargets(declared, 'elsewhere')).toEqual([])
  })

  test('must not be one of two, unless the environment names its own', async () => {
    const two = targets(kops('one'), kops('two'), 'web: {manifests: [objects], dependsOn: [one, two]}')
    expect(await errors(two)).toEqual([
      'gitops.yaml:7:46: environments.production.targets.web.dependsOn: it is not clear into which cluster "web" is deployed: it depends on "one" and "two", each of which is one. Depend on one of them, or name the cluster of the environment ("cluster").'
    ])
    await expect(read(two.replace('    targets:', '    cluster: {context: prod}\n    targets:'))).resolves.toBeDefined()
  })
})

describe('errors have their place', () => {
  const P = 'environments.production.targets'
  const cases: [what: string, text: string, expected: string[]][] = [
    [
      'keys of targets in a cluster',
      targets('network: {terraform: {directory: network}, namespace: shop, images: [], timeout: 10m, prune: true}'),
      [
        `gitops.yaml:5:61: ${P}.network.namespace: belongs to targets in a cluster (manifests, helm); this one is of terraform. Remove it.`,
        `gitops.yaml:5:75: ${P}.network.images: belongs to targets in a cluster`,
        `gitops.yaml:5:88: ${P}.network.timeout: belongs to targets in a cluster (manifests, helm); this one is of terraform. Write it inside "terraform".`,
        `gitops.yaml:5:100: ${P}.network.prune: belongs to targets in a cluster (manifests, helm); this one is of terraform. Remove it.`
      ]
    ],
    [
      'two engines in one target',
      targets('a: {terraform: {directory: network}, kops: {manifest: kops, state: s3://a}}'),
      [`gitops.yaml:5:10: ${P}.a: has "terraform" and "kops", but a target is one thing. Make it several targets.`]
    ],
    [
      'unknown options',
      targets('a: {terraform: {directory: network, allow-destroy: true}}'),
      [`gitops.yaml:5:43: ${P}.a.terraform: unknown key "allow-destroy". Did you mean "allowDestroy"?`]
    ],
    [
      'paths that are not there or lead out',
      targets(
        'a: {terraform: {directory: netwrk, varFiles: [network/nope.tfvars], backendConfig: [nope.tfbackend, key=value]}}',
        'b: {kops: {manifest: [kops, ../kops], state: s3://a}}',
        'c: {cloudformation: {stack: s, template: network, parameterFiles: [nope.json]}}'
      ),
      [
        `gitops.yaml:5:34: ${P}.a.terraform.directory: "netwrk" does not exist in the repository.`,
        `gitops.yaml:5:53: ${P}.a.terraform.varFiles[0]: "network/nope.tfvars" does not exist`,
        `gitops.yaml:5:91: ${P}.a.terraform.backendConfig[0]: "nope.tfbackend" does not exist`,
        `gitops.yaml:6:35: ${P}.b.kops.manifest[1]: Path "../kops" leaves the workspace`,
        `gitops.yaml:7:48: ${P}.c.cloudformation.template: "network" is no file.`,
        `gitops.yaml:7:74: ${P}.c.cloudformation.parameterFiles[0]: "nope.json" does not exist`
      ]
    ],
    [
      'outputs of what is not there, has none, or is the target itself',
      targets(
        'network: {terraform: {directory: network, variables: {a: {from: network, output: x}}}}',
        'web: {helm: {chart: chart, set: {a: {from: netwerk, output: x}, b: {from: settings, output: x}, c: {from: cluster, output: kubeconfig}}}}',
        'settings: {manifests: [objects]}',
        'cluster: {kops: {manifest: kops, state: s3://a}}'
      ),
      [
        `gitops.yaml:5:71: ${P}.network.terraform.variables.a.from: a target cannot use an output of its own.`,
        `gitops.yaml:6:50: ${P}.web.helm.set.a.from: there is no target "netwerk" in environment "production". Did you mean "network"?`,
        `gitops.yaml:6:81: ${P}.web.helm.set.b.from: "settings" has no outputs: only terraform and cloudformation targets have.`,
        `gitops.yaml:6:113: ${P}.web.helm.set.c.from: "cluster" is a kops cluster. It hands its kubeconfig`
      ]
    ],
    [
      'a value that is half a reference',
      targets('web: {helm: {chart: chart, set: {a: {from: network}, b: [x]}}}'),
      [
        `gitops.yaml:5:43: ${P}.web.helm.set.a: "output" is missing. Allowed here: from, output.`,
        `gitops.yaml:5:63: ${P}.web.helm.set.b: must be a text, number or boolean, but is a list.`
      ]
    ],
    [
      'targets that wait for each other through outputs',
      targets(
        'a: {terraform: {directory: network, variables: {x: {from: b, output: y}}}}',
        'b: {terraform: {directory: network}, dependsOn: [a]}'
      ),
      [
        `gitops.yaml:5:65: ${P}.a.terraform.variables.x.from: the targets wait for each other: a → b → a. Remove one of these dependencies (using an output is one).`
      ]
    ]
  ]
  test.each(cases)('%s', async (_what, text, expected) => {
    const found = await errors(text)
    expect(found, found.join('\n')).toHaveLength(expected.length)
    for (const [index, message] of expected.entries()) expect(found[index]).toContain(message)
  })
})

describe('every input of an action is an option of its target, with the same default', () => {
  /** What a run is told, not what is deployed; `target` is the key of the target itself. */
  const OF_THE_RUN = [
    'environment',
    'target',
    'mode',
    'plan-digest',
    'revision',
    'heal',
    'max-changes',
    'fail-on-drift',
    'issue',
    'github-deployments',
    'github-token'
  ]
  const schema: unknown = JSON.parse(declarationSchema())
  const target = at(
    schema,
    'properties',
    'environments',
    'additionalProperties',
    'properties',
    'targets',
    'additionalProperties'
  )

  test.each(['terraform', 'kops', 'cloudformation'].filter((one) => existsSync(`${ROOT}/actions/${one}-update`)))(
    '%s',
    (engine) => {
      const metadata: unknown = parse(readFileSync(`${ROOT}/actions/${engine}-update/action.yml`, 'utf8'))
      const inputs = Object.keys(asObject(at(metadata, 'inputs')) ?? {}).filter((name) => !OF_THE_RUN.includes(name))
      const keys = asObject(at(target, 'properties', engine, 'properties')) ?? {}
      const camel = (name: string) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
      expect(Object.keys(keys).sort()).toEqual(inputs.map(camel).sort())
      const fallback = (value: unknown) => (value === undefined ? '' : String(value))
      expect(inputs.map((name) => [name, fallback(at(keys, camel(name), 'default'))])).toEqual(
        inputs.map((name) => [name, fallback(at(metadata, 'inputs', name, 'default'))])
      )
    }
  )
})
