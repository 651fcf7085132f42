import { describe, expect, test } from 'vitest'
import { repository } from '../image/sample.ts'
import { usePlatform } from '../platform/use.ts'
import { runBundle } from './run-bundle.ts'

const platform = usePlatform()

const BEHAVIOUR = 'platform.gitops-actions.dev/behaviour'

function deployment(behaviour = 'healthy'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {${BEHAVIOUR}: ${behaviour}}}
    spec: {containers: [{name: web, image: web}]}
`
}

function configMap(name: string, text = 'one'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {text: "${text}"}\n`
}

const FILES = { 'deploy/web.yaml': deployment(), 'deploy/settings.yaml': configMap('settings') }

async function deploy(workspace: string, namespace: string, inputs: Record<string, string> = {}, rest: object = {}) {
  const given = {
    manifests: 'deploy',
    target: 'web',
    namespace,
    kubeconfig: platform.kubeconfig,
    timeout: '1m',
    ...inputs
  }
  return runBundle('deploy', { inputs: given, workspace, path: platform.path, ...rest })
}

describe('deploy', () => {
  test('creates, then finds nothing to do, then updates and prunes', async () => {
    using sample = repository(FILES)
    const namespace = await platform.createNamespace('deploy')
    const image = `web=registry.example/web@sha256:${'0'.repeat(64)}`

    const first = await deploy(sample.root, namespace, { images: image })
    expect(first.log).not.toContain('::error')
    expect(first.code).toBe(0)
    expect(first.outputs).toMatchObject({
      status: 'succeeded',
      created: '2',
      updated: '0',
      pruned: '0',
      failed: '0',
      revision: sample.git('rev-parse', 'HEAD').trim()
    })
    expect(first.summary).toContain('## ✅ Deployed to `default`')
    const live = await platform.kubectl(['-n', namespace, 'get', 'deployment', 'web', '-o', 'jsonpath={..image}'])
    expect(live).toBe(`registry.example/web@sha256:${'0'.repeat(64)}`)

    const second = await deploy(sample.root, namespace, { images: image })
    expect(second.outputs).toMatchObject({ status: 'succeeded', created: '0', updated: '0', unchanged: '2' })

    sample.write('deploy/settings.yaml', configMap('other'))
    sample.write(
      'deploy/web.yaml',
      deployment().replace('name: web}\nspec:', 'name: web, labels: {tier: front}}\nspec:')
    )
    const third = await deploy(sample.root, namespace, { images: image })
    expect(third.outputs).toMatchObject({ status: 'succeeded', created: '1', updated: '1', pruned: '1' })
    const names = await platform.kubectl(['-n', namespace, 'get', 'configmap', '-o', 'name'])
    expect(names).toContain('configmap/other')
    expect(names).not.toContain('configmap/settings')
  })

  test('fails with the reason of the pod, its events and its log, well before the timeout', async () => {
    using sample = repository({ 'deploy/web.yaml': deployment('crash') })
    const namespace = await platform.createNamespace('deploy')
    const run = await deploy(sample.root, namespace, { timeout: '3m' })
    expect(run.code).toBe(1)
    expect(run.outputs).toMatchObject({ status: 'failed', created: '1', failed: '1' })
    expect(run.outputs['report']).toMatch(/deploy-default\.json$/)
    expect(run.log).toMatch(/::error::Deploying to default failed: web: .*CrashLoopBackOff/)
    expect(run.summary).toContain('<details><summary>Deployment')
    expect(run.summary).toContain('Back-off restarting failed container')
    expect(run.milliseconds).toBeLessThan(100_000)
  })

  test('an approved plan is applied, another one is not', async () => {
    using sample = repository({ 'deploy/settings.yaml': configMap('settings') })
    const namespace = await platform.createNamespace('deploy')
    const plan = await deploy(sample.root, namespace, { mode: 'plan' })
    expect(plan.code).toBe(0)
    expect(plan.outputs).toMatchObject({ status: 'planned', created: '1' })
    const names = () => platform.kubectl(['-n', namespace, 'get', 'configmap,secret', '-o', 'name'])
    expect(await names()).not.toContain('settings')

    const digest = plan.outputs['plan-digest'] ?? ''
    sample.write('deploy/settings.yaml', configMap('settings', 'two'))
    const refused = await deploy(sample.root, namespace, { 'plan-digest': digest })
    expect(refused.code).toBe(1)
    expect(refused.outputs['status']).toBe('failed')
    expect(refused.log).toContain('The plan is not the one that was approved')
    expect(await names()).not.toContain('settings')

    sample.write('deploy/settings.yaml', configMap('settings'))
    const applied = await deploy(sample.root, namespace, { 'plan-digest': digest })
    expect(applied.outputs).toMatchObject({ status: 'succeeded', 'plan-digest': digest })
  })

  test('a cancelled run ends in order, and says what it did', async () => {
    using sample = repository({ 'deploy/web.yaml': deployment('never-ready') })
    const namespace = await platform.createNamespace('deploy')
    let sent = false
    const run = await deploy(
      sample.root,
      namespace,
      { timeout: '2m' },
      {
        onOutput: (text: string, kill: (signal: NodeJS.Signals) => void) => {
          if (sent || !text.includes('to become healthy')) return
          sent = true
          kill('SIGTERM')
        }
      }
    )
    expect(run.code).toBe(1)
    expect(run.outputs['status']).toBe('cancelled')
    expect(run.log).toContain('The run was cancelled (SIGTERM)')
    expect(run.summary).toContain('was cancelled')
    expect(run.milliseconds).toBeLessThan(60_000)
  })
})

describe('bad input gets one clear sentence, and nothing is written', () => {
  test.each([
    ['a boolean that is none', { wait: 'yes' }, 'Input "wait" is "yes", which is not a boolean.'],
    ['a manifest that is missing', { manifests: 'nowhere' }, 'nowhere'],
    ['a context that the kubeconfig lacks', { context: 'prod' }, 'prod'],
    ['a path outside the workspace', { manifests: '../..' }, 'leaves the workspace'],
    ['a word that is unknown', { mode: 'dry' }, 'Use one of: apply, plan.']
  ])('%s', async (_what, inputs, message) => {
    using sample = repository(FILES)
    const run = await deploy(sample.root, 'default', inputs)
    expect(run.code).toBe(1)
    expect(run.outputs['status']).toBe('failed')
    expect(run.log).toMatch(/^::error/m)
    expect(run.log).toContain(message)
    expect(run.log).not.toContain('Unexpected error')
  })

  test('an unreachable cluster', async () => {
    using sample = repository(FILES)
    const kubeconfig = `apiVersion: v1
kind: Config
current-context: gone
contexts: [{name: gone, context: {cluster: gone, user: gone}}]
clusters: [{name: gone, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: gone, user: {token: top-secret-token}}]
`
    const run = await deploy(sample.root, 'default', { kubeconfig })
    expect(run.code).toBe(1)
    expect(run.log).toContain('https://127.0.0.1:1')
    expect(run.log).not.toContain('Unexpected error')
    // The secret is masked before anything else, and stands nowhere but in the mask itself.
    expect(run.log.match(/top-secret-token/g)).toHaveLength(1)
    expect(run.log.split('\n')[0]).toBe('::add-mask::top-secret-token')
  })
})
