import { beforeEach, describe, expect, test } from 'vitest'
import { repository, type Sample } from '../image/sample.ts'
import { usePlatform } from '../platform/use.ts'
import { type BundleRun, runBundle } from './run-bundle.ts'

const platform = usePlatform()
let namespace: string

beforeEach(async () => {
  namespace = await platform.createNamespace('root')
})

function files(more: Record<string, string> = {}): Record<string, string> {
  return {
    'gitops.yaml': `version: 1
images:
  web: {context: app, repository: "${platform.registry}/root/web"}
environments:
  ${namespace}:
    targets:
      settings: {manifests: [settings], namespace: ${namespace}}
      web: {helm: {chart: chart}, images: [web], namespace: ${namespace}, dependsOn: [settings], timeout: 1m}
    drift: {heal: automatic}
`,
    'app/Dockerfile': `FROM busybox:1.36\nRUN echo ${namespace} > /name\n`,
    'settings/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {greeting: hello}\n',
    'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.0.0\n',
    'chart/templates/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web, envFrom: [{configMapRef: {name: settings}}]}]}
`,
    ...more
  }
}

function run(sample: Sample, event: string, inputs: Record<string, string> = {}): Promise<BundleRun> {
  const given = { kubeconfig: platform.kubeconfig, 'buildkit-address': platform.buildkit, ...inputs }
  return runBundle('root', {
    inputs: given,
    workspace: sample.root,
    path: platform.path,
    env: { GITHUB_EVENT_NAME: event, GITHUB_REF: 'refs/heads/main' }
  })
}

test('a pull request is previewed, a push deployed, a night checked and healed', async () => {
  using sample = repository(files())
  const preview = await run(sample, 'pull_request')
  expect(preview.log).not.toContain('::error')
  expect(preview.outputs['status']).toBe('planned')
  expect(preview.summary).toContain('Plan for')
  expect(preview.summary).toContain('`Deployment ')
  expect(await platform.kubectl(['-n', namespace, 'get', 'deployment,secret', '-o', 'name'])).toBe('')

  const push = await run(sample, 'push')
  expect(push.log).not.toContain('::error')
  expect(push.outputs['status']).toBe('succeeded')
  const image = await platform.kubectl(['-n', namespace, 'get', 'deployment', 'web', '-o', 'jsonpath={..image}'])
  expect(image).toMatch(new RegExp(`^${platform.registry}/root/web@sha256:[0-9a-f]{64}$`))

  await platform.kubectl(['-n', namespace, 'patch', 'configmap', 'settings', '-p', '{"data":{"greeting":"hacked"}}'])
  const night = await run(sample, 'schedule')
  expect(night.log).not.toContain('::error')
  expect(night.outputs['status']).toBe('healed')
  expect(night.outputs['report']).toMatch(/\/drift-root-[^/]+\.json$/)
  expect((await run(sample, 'schedule')).outputs['status']).toBe('in-sync')

  const again = await run(sample, 'workflow_dispatch')
  expect(again.log).toContain('Nothing is built')
  expect(again.outputs['status']).toBe('succeeded')
})

describe('a bad declaration', () => {
  test('is told with every place, and nothing is done', async () => {
    using sample = repository(
      files({
        'gitops.yaml': 'version: 1\nenvironments:\n  a:\n    targets:\n      web: {manifest: [settings], timeout: 5}\n'
      })
    )
    const bad = await run(sample, 'push')
    expect(bad.code).toBe(1)
    expect(bad.outputs['status']).toBe('failed')
    expect(bad.log).toContain(
      '::error file=gitops.yaml,line=5,col=13::gitops.yaml:5:13: environments.a.targets.web: unknown key "manifest". Did you mean "manifests"?'
    )
    expect(bad.log).toContain('gitops.yaml:5:44: ')
    expect(bad.log).toContain('Nothing was done.')
  })

  test('that is not there says what to do', async () => {
    using sample = repository({ 'README.md': '' })
    const bad = await run(sample, 'push')
    expect(bad.log).toContain('::error::The declaration gitops.yaml cannot be read: there is no such file.')
  })
})

describe('what is asked for', () => {
  test('an event without a meaning is an error that names the choice', async () => {
    using sample = repository(files())
    const unknown = await run(sample, 'issue_comment')
    expect(unknown.code).toBe(1)
    expect(unknown.log).toContain('What to do on the event "issue_comment" is not known.')
    expect(unknown.log).toContain('preview, deploy or drift')
  })

  test('an unknown environment or target is refused by name', async () => {
    using sample = repository(files())
    expect((await run(sample, 'push', { environment: 'prod' })).log).toContain('names "prod", which is not declared')
    expect((await run(sample, 'push', { target: 'wep' })).log).toContain('Did you mean "web"?')
  })

  test('several environments without a cluster of their own are not all deployed to the current one', async () => {
    const target = 'targets: {web: {manifests: [settings]}}'
    using sample = repository(
      files({ 'gitops.yaml': `version: 1\nenvironments:\n  a: {${target}}\n  b: {${target}}\n` })
    )
    const run2 = await run(sample, 'push', { environment: 'all' })
    expect(run2.log).toContain('Several environments are run at once, and a, b name no cluster.')
  })
})
