import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Declaration, readDeclaration } from '../../src/declaration/index.ts'
import { GitOpsError } from '../../src/errors.ts'

let workspace: string

beforeEach(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'declaration-'))
  for (const [file, text] of Object.entries({
    'services/web/Dockerfile': 'FROM scratch\n',
    'charts/web/Chart.yaml': 'name: web\n',
    'environments/production/web.yaml': 'replicas: 1\n',
    'environments/production/settings/settings.yaml': 'kind: ConfigMap\n'
  })) {
    await mkdir(path.dirname(path.join(workspace, file)), { recursive: true })
    await writeFile(path.join(workspace, file), text)
  }
})

afterEach(() => rm(workspace, { recursive: true, force: true }))

async function read(text: string): Promise<Declaration> {
  await writeFile(path.join(workspace, 'gitops.yaml'), text)
  return readDeclaration(workspace, 'gitops.yaml')
}

/** Every error that a declaration has, one a line. */
async function errors(text: string): Promise<string[]> {
  const error = await read(text).then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  if (error === undefined) return []
  if (!(error instanceof GitOpsError)) throw error
  expect(error.hint).toContain('Nothing was done')
  return error.annotations.map((annotation) => annotation.message)
}

/** A declaration with one target of production, given in flow style. */
function withTarget(target: string, more = ''): string {
  return `version: 1
images:
  web: {context: services/web, repository: ghcr.io/acme/web}
environments:
  production:
    targets:
      web: ${target}
${more}`
}

const DESIGN = `version: 1
images:
  web: {context: services/web, repository: ghcr.io/acme/web, buildArgs: {VERSION: 1.10, DEBUG: true}}
environments:
  production:
    cluster: {context: prod}
    targets:
      settings: {manifests: [environments/production/settings], namespace: shop}
      web:
        helm: {chart: charts/web, values: [environments/production/web.yaml], set: {service.port: 8080}}
        images: [web]
        namespace: shop
        dependsOn: [settings]
        timeout: 1m30s
        maxPrune: 20%
    ignore: [{kind: Deployment, pointers: [/spec/replicas]}, {kind: '*', managedFieldsManagers: [istio]}]
    drift: {heal: automatic, maxChanges: 20}
    onFailure: rollback-pull-request
  staging:
    targets: {web: {manifests: [environments/production/settings]}}
    images: {web: "sha256:${'0'.repeat(64)}"}
`

describe('a good declaration', () => {
  test('is read into typed data with defaults in place of what is not said', async () => {
    const declaration = await read(DESIGN)
    expect([...declaration.environments.keys()]).toEqual(['production', 'staging'])
    const production = declaration.environments.get('production')
    expect(production?.cluster).toEqual({ context: 'prod', kubeconfig: undefined })
    expect(production?.drift).toEqual({
      heal: 'automatic',
      maxChanges: 20,
      foreignFields: 'report',
      unmanaged: 'report'
    })
    expect(production?.ignore).toEqual([
      { kind: 'Deployment', pointers: ['/spec/replicas'] },
      { kind: '*', managers: ['istio'] }
    ])
    expect(production?.targets.get('web')).toEqual({
      kind: 'kubernetes',
      manifests: undefined,
      helm: {
        chart: 'charts/web',
        version: undefined,
        release: undefined,
        values: ['environments/production/web.yaml'],
        set: new Map([['service.port', '8080']]),
        includeCrds: true
      },
      namespace: 'shop',
      images: ['web'],
      dependsOn: ['settings'],
      timeout: 90_000,
      wait: true,
      prune: true,
      maxPrune: '20%',
      fieldConflicts: 'take-from-people',
      replace: [],
      adopt: [],
      configChecksums: true
    })
    const staging = declaration.environments.get('staging')
    expect(staging?.onFailure).toBe('none')
    expect(staging?.images.get('web')).toBe(`sha256:${'0'.repeat(64)}`)
    expect(staging?.targets.get('web')).toMatchObject({ namespace: 'default', timeout: 600_000, maxPrune: '50%' })
  })

  test('keeps scalars of build arguments as they are written', async () => {
    const declaration = await read(DESIGN)
    expect([...(declaration.images.get('web')?.buildArgs ?? [])]).toEqual([
      ['VERSION', '1.10'],
      ['DEBUG', 'true']
    ])
  })

  test('may share parts by anchors and merge keys, where own keys win', async () => {
    const declaration = await read(`version: 1
environments:
  staging: &base
    cluster: {context: one}
    targets: {web: {manifests: [environments/production/settings]}}
  production:
    <<: *base
    cluster: {context: two}
`)
    const { cluster, targets } = declaration.environments.get('production') ?? {}
    expect(cluster?.context).toBe('two')
    expect([...(targets?.keys() ?? [])]).toEqual(['web'])
  })

  test('keeps the written order of environments and targets', async () => {
    const declaration = await read(`version: 1
environments:
  z: {targets: {b: {manifests: [environments]}, "1": {manifests: [environments]}, a: {manifests: [environments]}}}
  a: {targets: {x: {manifests: [environments]}}}
`)
    expect([...declaration.environments.keys()]).toEqual(['z', 'a'])
    expect([...(declaration.environments.get('z')?.targets.keys() ?? [])]).toEqual(['b', '1', 'a'])
  })
})

describe('every error has its place and says what is allowed', () => {
  const cases: [what: string, text: string, expected: string[]][] = [
    [
      'an unknown key',
      withTarget('{manifest: [environments]}'),
      [
        'gitops.yaml:7:12: environments.production.targets.web: needs what to deploy: "manifests", "helm", "terraform", "cloudformation" or "kops".',
        'gitops.yaml:7:13: environments.production.targets.web: unknown key "manifest". Did you mean "manifests"? Allowed here: manifests, helm, terraform, cloudformation, kops, namespace, images, dependsOn, drift, timeout, wait, prune, maxPrune, fieldConflicts, replace, adopt, configChecksums.'
      ]
    ],
    [
      'a key in another spelling',
      withTarget('{manifests: [environments], depends-on: []}'),
      [
        'gitops.yaml:7:40: environments.production.targets.web: unknown key "depends-on". Did you mean "dependsOn"? Allowed here: manifests, helm, terraform, cloudformation, kops, namespace, images, dependsOn, drift, timeout, wait, prune, maxPrune, fieldConflicts, replace, adopt, configChecksums.'
      ]
    ],
    [
      'a wrong type',
      withTarget('{manifests: environments, prune: "no", timeout: 10}'),
      [
        'gitops.yaml:7:24: environments.production.targets.web.manifests: must be a list of paths, but is the text "environments". Write it as a list: [environments].',
        'gitops.yaml:7:45: environments.production.targets.web.prune: must be true or false, but is the text "no".',
        'gitops.yaml:7:60: environments.production.targets.web.timeout: must be a duration with a unit and more than nothing, such as 90s, 10m or 1h30m, but is 10.'
      ]
    ],
    [
      'a word that is not allowed',
      withTarget('{manifests: [environments], fieldConflicts: forced}', '    drift: {heal: auto}\n'),
      [
        'gitops.yaml:7:56: environments.production.targets.web.fieldConflicts: must be one of take-from-people, fail, force, but is the text "forced". Did you mean "force"?',
        'gitops.yaml:8:19: environments.production.drift.heal: must be one of off, automatic, but is the text "auto".'
      ]
    ],
    [
      'a pause that is no date, a reason without a pause, and objects that nothing names',
      withTarget(
        '{manifests: [environments], drift: {pausedUntil: 2026-02-30}}',
        '    drift: {reason: incident, only: [deployment/web]}\n'
      ),
      [
        'gitops.yaml:7:61: environments.production.targets.web.drift.pausedUntil: is "2026-02-30", but must be a date such as 2026-12-01 (its beginning, UTC) or a time such as 2026-12-01T18:00:00Z.',
        'gitops.yaml:8:21: environments.production.drift.reason: says why healing is paused, but not until when: add "pausedUntil".',
        'gitops.yaml:8:38: environments.production.drift.only[0]: "deployment/web" must be Kind, Kind.group'
      ]
    ],
    [
      'a key that stands twice',
      withTarget('{manifests: [environments], wait: true, wait: false}'),
      ['gitops.yaml:7:52: environments.production.targets.web: "wait" stands here a second time; first in line 7.']
    ],
    [
      'an unknown target and an unknown image, with what there is',
      withTarget('{manifests: [environments], dependsOn: [settings], images: [wep]}'),
      [
        'gitops.yaml:7:52: environments.production.targets.web.dependsOn[0]: there is no target "settings" in environment "production". Targets: web.',
        'gitops.yaml:7:72: environments.production.targets.web.images[0]: there is no image "wep". Did you mean "web"? Images: web.'
      ]
    ],
    [
      'a cycle, by name',
      withTarget(
        '{manifests: [environments], dependsOn: [api]}',
        `      api: {manifests: [environments], dependsOn: [db]}
      db: {manifests: [environments], dependsOn: [web]}
`
      ),
      [
        'gitops.yaml:7:51: environments.production.targets.web.dependsOn: the targets wait for each other: web → api → db → web. Remove one of these dependencies.'
      ]
    ],
    [
      'a target that depends on itself',
      withTarget('{manifests: [environments], dependsOn: [web]}'),
      ['gitops.yaml:7:52: environments.production.targets.web.dependsOn[0]: a target cannot depend on itself.']
    ],
    [
      'two engines',
      withTarget('{manifests: [environments], helm: {chart: charts/web}}'),
      [
        'gitops.yaml:7:12: environments.production.targets.web: has "manifests" and "helm", but a target is one thing. Make it several targets.'
      ]
    ],
    [
      'names that are no DNS labels',
      'version: 1\nenvironments:\n  Prod_1: {targets: {web: {manifests: [environments]}}}\n',
      [
        'gitops.yaml:3:3: environments: the name "Prod_1" must be a DNS label: lower-case letters, digits and hyphens, at most 63, none of them a hyphen at an end.'
      ]
    ],
    [
      'empty environments',
      'version: 1\nenvironments: {}\n',
      ['gitops.yaml:2:15: environments: must declare at least one environment.']
    ],
    [
      'an environment without targets',
      'version: 1\nenvironments:\n  production:\n    targets:\n',
      ['gitops.yaml:4:13: environments.production.targets: must be a mapping of keys to values, but is empty.']
    ],
    [
      'paths that do not exist or leave the repository',
      withTarget(
        '{manifests: [nowhere, ../.., /etc, environments/*.yaml]}',
        '      b: {helm: {chart: environments, values: [charts/web, none.yaml]}}\n'
      ),
      [
        'gitops.yaml:7:25: environments.production.targets.web.manifests[0]: "nowhere" does not exist in the repository.',
        'gitops.yaml:7:34: environments.production.targets.web.manifests[1]: Path "../.." leaves the workspace',
        'gitops.yaml:7:41: environments.production.targets.web.manifests[2]: "/etc" is absolute; paths are relative to the repository.',
        'gitops.yaml:8:25: environments.production.targets.b.helm.chart: "environments" is no chart: it has no Chart.yaml.',
        'gitops.yaml:8:48: environments.production.targets.b.helm.values[0]: "charts/web" is no file.',
        'gitops.yaml:8:60: environments.production.targets.b.helm.values[1]: "none.yaml" does not exist in the repository.'
      ]
    ],
    [
      'an image without a Dockerfile and with a tag',
      `version: 1
images:
  web: {context: charts, repository: ghcr.io/acme/web}
  api: {context: services/web, repository: "ghcr.io/acme/api:v1", file: Dockerfile.api}
environments: {production: {targets: {web: {manifests: [environments]}}}}
`,
      [
        'gitops.yaml:3:18: images.web.context: there is no Dockerfile in "charts". Add it, or name another one with "file".',
        'gitops.yaml:4:44: images.api.repository: "ghcr.io/acme/api:v1" must be a repository such as ghcr.io/acme/web, in lower case, without tag and digest.'
      ]
    ],
    [
      'an ignore rule that ignores nothing, and one in jq',
      withTarget(
        '{manifests: [environments]}',
        '    ignore: [{kind: Service}, {kind: Job, jqPathExpressions: [.spec | length]}]\n'
      ),
      [
        'gitops.yaml:8:14: environments.production.ignore[0]: says of which objects, but not what to ignore: add "pointers", "paths" or "managers".',
        'gitops.yaml:8:63: environments.production.ignore[1].jqPathExpressions[0]: The path ".spec | length" of an ignore rule cannot be read: at "length".'
      ]
    ],
    [
      'a version of a chart that lies in the repository',
      withTarget('{helm: {chart: charts/web, version: 1.0.0}}'),
      [
        'gitops.yaml:7:48: environments.production.targets.web.helm.version: belongs to a chart in a registry (oci://…); "charts/web" lies in the repository, where Git is the version. Remove it.'
      ]
    ],
    [
      'another version of the format',
      'version: 2\nenvironments: {a: {targets: {b: {manifests: [environments]}}}}\n',
      ['gitops.yaml:1:10: version: must be 1, but is 2.']
    ],
    [
      'an empty file',
      '# nothing\n',
      ['gitops.yaml:1:1: the declaration is empty. It needs "version: 1" and "environments".']
    ],
    [
      'two documents',
      'version: 1\n---\nversion: 1\n',
      ['gitops.yaml:2:1: a second YAML document starts here; the declaration is one document.']
    ]
  ]
  test.each(cases)('%s', async (_what, text, expected) => {
    const found = await errors(text)
    expect(found).toHaveLength(expected.length)
    for (const [index, message] of expected.entries()) expect(found[index]).toContain(message)
  })

  test('what is no YAML is told with its place', async () => {
    const [first] = await errors('version: 1\nenvironments:\n\tproduction: {}\n')
    expect(first).toMatch(/^gitops\.yaml:3:1: /)
  })

  test('an anchor merged into itself ends', async () => {
    const found = await errors(
      'version: 1\nenvironments: &e\n  <<: *e\n  production: {targets: {web: {manifests: [environments]}}}\n'
    )
    expect(found).toEqual(['gitops.yaml:3:7: environments: an anchor must not be merged into itself.'])
  })

  test('a link that leads out of the repository is refused', async () => {
    await symlink('/etc', path.join(workspace, 'outside'))
    const [first] = await errors(withTarget('{manifests: [outside]}'))
    expect(first).toContain('leaves the workspace')
  })

  test('errors of every kind are told in one run, in the order of the file', async () => {
    const found = await errors(`version: 1
images:
  web: {context: nowhere, repository: ghcr.io/acme/web}
environments:
  production:
    targets:
      a: {manifests: [environments], dependsOn: [b]}
      b: {manifests: [environments], dependsOn: [a], prune: perhaps}
    onFailure: retry
`)
    expect(found.map((line) => line.split(': ')[0])).toEqual([
      'gitops.yaml:3:18',
      'gitops.yaml:7:49',
      'gitops.yaml:8:61',
      'gitops.yaml:9:16'
    ])
  })
})

test('a missing declaration says what to do', async () => {
  await expect(readDeclaration(workspace, 'gitops.yml')).rejects.toThrow(
    'The declaration gitops.yml cannot be read: there is no such file.'
  )
  await expect(readDeclaration(workspace, '../gitops.yaml')).rejects.toThrow('leaves the workspace')
})
