import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readDeploy } from '../../src/action/deploy-inputs.ts'
import { readDrift } from '../../src/action/drift-inputs.ts'
import { Inputs } from '../../src/action/inputs.ts'

beforeEach(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => vi.restoreAllMocks())

const DIGEST = `sha256:${'0'.repeat(64)}`

function inputs(values: Record<string, string>): Inputs<string> {
  const all = { manifests: 'deploy', target: 'web', ...values }
  return new Inputs(
    [],
    Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  )
}

describe('deploy', () => {
  test('needs manifests and a name, everything else has a default', async () => {
    const { job, session } = await readDeploy(inputs({}))
    expect(job.run).toMatchObject({ name: 'default', command: { name: 'deploy' } })
    expect(job.followUp).toEqual({ rollback: false })
    expect(session).toEqual({ kubeconfig: undefined, token: undefined, githubDeployments: false })
    expect([...job.run.declared.targets]).toEqual([
      [
        'web',
        {
          kind: 'kubernetes',
          manifests: ['deploy'],
          helm: undefined,
          namespace: 'default',
          images: [],
          dependsOn: [],
          timeout: 600_000,
          wait: true,
          prune: true,
          maxPrune: '50%',
          fieldConflicts: 'take-from-people',
          replace: [],
          adopt: [],
          configChecksums: true
        }
      ]
    ])
  })

  test('what may be replaced, adopted and judged by own rules', async () => {
    const given = { replace: 'Job\nDeployment.apps/web', adopt: 'secret/old', 'health-checks': 'health.yaml' }
    const { declared } = (await readDeploy(inputs(given))).job.run
    expect(declared.targets.get('web')).toMatchObject({
      replace: ['Job', 'Deployment.apps/web'],
      adopt: ['secret/old']
    })
    expect(declared.healthChecks).toBe('health.yaml')
    const never = (await readDeploy(inputs({ replace: 'never' }))).job.run.declared.targets.get('web')
    expect(never).toMatchObject({ replace: [], adopt: [] })
  })

  test('images are named by their repository, or as the manifests name them', async () => {
    const { job } = await readDeploy(inputs({ images: `127.0.0.1:5000/acme/web@${DIGEST}\napi=ghcr.io/acme/api:v2\n` }))
    expect(await job.run.images.build('127.0.0.1:5000/acme/web')).toBe(`127.0.0.1:5000/acme/web@${DIGEST}`)
    expect(await job.run.images.build('api')).toBe('ghcr.io/acme/api:v2')
  })

  test.each([
    ['manifests', { manifests: ' \n# nothing\n' }, 'Input "manifests" is required.'],
    ['target', { target: '' }, 'Input "target" is required.'],
    ['target', { target: 'Web_1' }, 'Input "target" is "Web_1", but must be a DNS label'],
    ['environment', { environment: 'prod.eu' }, 'Input "environment" is "prod.eu", but must be a DNS label'],
    ['timeout', { timeout: '0s' }, 'Input "timeout" is "0s", which leaves no time for anything.'],
    ['replace', { replace: 'Job\nalways' }, 'Input "replace": "always" names no objects.'],
    ['adopt', { adopt: 'Secret/a/b/c' }, 'Input "adopt": "Secret/a/b/c" names no parent of an ApplySet.'],
    ['health-checks', { 'health-checks': '- kind: A\n  healthy: x' }, 'Input "health-checks" is text of several lines'],
    ['mode', { mode: 'dry-run' }, 'Input "mode" is "dry-run", which is unknown.'],
    ['plan-digest', { 'plan-digest': 'abc' }, 'Input "plan-digest" is "abc", which is no digest.'],
    ['max-prune', { 'max-prune': '120%' }, 'Input "max-prune" is "120%", which is neither a number nor a percentage.'],
    ['images', { images: 'ghcr.io/acme/web' }, '"ghcr.io/acme/web" is no image reference'],
    ['images', { images: 'web=' }, '"web=" is no image reference'],
    ['images', { images: `a/b:1\na/b:2` }, 'Input "images" names "a/b" twice.'],
    ['on-failure', { 'on-failure': 'revert' }, 'Input "on-failure" is "revert"'],
    [
      'ignore-differences',
      { 'ignore-differences': '- {kind: Job, pointers: [spec]}\n- {knd: Job}' },
      'Input "ignore-differences", line 1, column 26: [0].pointers[0]: "spec" must be a JSON pointer'
    ]
  ])('a bad "%s" is refused by name: %j', async (_name, values, message) => {
    await expect(readDeploy(inputs(values))).rejects.toThrow(message)
  })

  test('all errors of ignore-differences are told at once', async () => {
    const bad = inputs({ 'ignore-differences': '[{kind: Job, pointers: [x]}, {name: a, pointers: [/b]}]' })
    await expect(readDeploy(bad)).rejects.toMatchObject({
      details: [
        'line 1, column 30: [1]: "kind" is missing. Allowed here: group, kind, name, namespace, pointers, paths, managers, jsonPointers, jqPathExpressions, managedFieldsManagers.'
      ]
    })
  })

  test("Argo CD's form of ignored differences is understood, as YAML and as JSON", async () => {
    const yaml = '- group: apps\n  kind: Deployment\n  jsonPointers:\n    - /spec/replicas\n'
    const json = '[{"kind":"*","managedFieldsManagers":["istio"],"namespace":"shop-*"}]'
    const ignored = async (text: string) =>
      (await readDeploy(inputs({ 'ignore-differences': text }))).job.run.declared.ignore
    expect(await ignored(yaml)).toEqual([{ group: 'apps', kind: 'Deployment', pointers: ['/spec/replicas'] }])
    expect(await ignored(json)).toEqual([{ kind: '*', managers: ['istio'], namespace: 'shop-*' }])
    expect(await ignored(' \n')).toEqual([])
    const jq =
      '- kind: Deployment\n  jqPathExpressions:\n    - .spec.template.spec.containers[] | select(.name == "proxy")\n'
    expect(await ignored(jq)).toEqual([
      { kind: 'Deployment', pointers: ['.spec.template.spec.containers[] | select(.name == "proxy")'] }
    ])
  })

  test('a plan is a preview, and never opens a rollback', async () => {
    const { job } = await readDeploy(inputs({ mode: 'plan', 'on-failure': 'rollback-pull-request' }))
    expect(job.run.command).toEqual({ name: 'preview' })
    expect(job.followUp).toEqual({ rollback: false })
  })
})

describe('drift-check', () => {
  test('reads its policy', async () => {
    const { job, failOnDrift } = await readDrift(
      inputs({
        heal: 'automatic',
        'max-changes': '5',
        'foreign-fields': 'revert',
        issue: 'true',
        'fail-on-drift': 'true'
      })
    )
    expect(job.run.command).toEqual({ name: 'drift', heal: 'automatic', maxChanges: 5, revision: 'deployed' })
    expect(job.run.declared.drift.foreignFields).toBe('revert')
    expect(job.followUp).toEqual({ issue: { name: 'default/web' } })
    expect(failOnDrift).toBe(true)
  })

  test('keeps no issue and heals nothing unless it is asked to', async () => {
    const { job, failOnDrift } = await readDrift(inputs({}))
    expect(job.run.command).toMatchObject({ heal: 'off', revision: 'deployed' })
    expect(job.followUp).toEqual({})
    expect(failOnDrift).toBe(false)
  })

  test.each([
    ['heal', { heal: 'on' }],
    ['max-changes', { 'max-changes': '-1' }],
    ['revision', { revision: 'main' }],
    ['unmanaged', { unmanaged: 'delete' }]
  ])('a bad "%s" is refused by name', async (name, values) => {
    await expect(readDrift(inputs(values))).rejects.toThrow(`Input "${name}"`)
  })
})
