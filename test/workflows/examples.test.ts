import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Stage, setStage } from '../../demo/stage.ts'
import type { WorkflowRun } from '../platform/act.ts'
import { usePlatform } from '../platform/use.ts'

const platform = usePlatform()
let stage: Stage

beforeAll(async () => {
  stage = await setStage(platform, 'acme/examples')
})

/** Nothing that a step must keep to itself may stand anywhere in the log. */
function expectNoSecrets(run: WorkflowRun): void {
  for (const secret of [platform.token, platform.github.token, platform.secureRegistry.password])
    expect(run.log.includes(secret), 'a credential stands in the log').toBe(false)
}

function expectSuccess(run: WorkflowRun): void {
  expect(run.success, run.log.slice(-6000)).toBe(true)
  expectNoSecrets(run)
}

async function live(kind: string, name: string, namespace: string, jsonpath: string): Promise<string> {
  return stage.kubectl('get', kind, name, '-n', namespace, '-o', `jsonpath=${jsonpath}`)
}

// The tests tell one story, so they run in this order.
describe('the example workflows, run by act as they are printed', () => {
  it('are all played here', () => {
    expect(readdirSync('workflows-examples').sort()).toEqual([
      'composed.yml',
      'merge-to-main.yml',
      'nightly-drift-heal-sharded.yml',
      'nightly-drift-heal.yml',
      'pull-request.yml'
    ])
  })

  it('merge-to-main.yml builds, deploys staging and then production, and records both', async () => {
    const run = await stage.workflow('merge-to-main.yml', 'push')
    expectSuccess(run)
    const image = '{.spec.template.spec.containers[0].image}'
    const deployed = await live('deployment', 'web', 'shop', image)
    expect(deployed).toMatch(new RegExp(`^${platform.secureRegistry.address}/shop/web@sha256:[0-9a-f]{64}$`))
    expect(await live('deployment', 'web', 'shop-staging', image)).toBe(deployed)
    expect(await live('deployment', 'web', 'shop', '{.status.readyReplicas}')).toBe('3')
    const { deployments } = await stage.github.state('acme/examples')
    expect(deployments.length).toBeGreaterThanOrEqual(4)
    expect(run.summaries.map((summary) => summary.markdown).join('\n')).toMatch(/production/)
  })

  it('merge-to-main.yml builds nothing and restarts nothing for a commit that changes no service', async () => {
    const pods = await stage.kubectl('get', 'pods', '-n', 'shop', '-o', 'name')
    await writeFile(path.join(stage.clone, 'NOTES.md'), 'nothing to deploy\n')
    await stage.push('Add a note')
    expectSuccess(await stage.workflow('merge-to-main.yml', 'push'))
    expect(await stage.kubectl('get', 'pods', '-n', 'shop', '-o', 'name')).toBe(pods)
  })

  it('pull-request.yml shows what the change would do to each environment, and does none of it', async () => {
    const values = path.join(stage.clone, 'environments/production/web.yaml')
    await writeFile(values, (await readFile(values, 'utf8')).replace('replicas: 3', 'replicas: 4'))
    const number = await stage.propose('more-pods', 'Four pods in production')
    const run = await stage.workflow('pull-request.yml', 'pull_request')
    expectSuccess(run)
    const summaries = run.summaries.map((summary) => summary.markdown).join('\n')
    expect(summaries).toMatch(/replicas[\s\S]*3[\s\S]*4/)
    expect(await live('deployment', 'web', 'shop', '{.spec.replicas}')).toBe('3')
    await stage.api('PATCH', `pulls/${number}`, { state: 'closed' })
    await stage.git('switch', '--quiet', 'main')
  })

  it('nightly-drift-heal.yml puts back what kubectl changed, tells who did it in one issue, and closes the issue', async () => {
    await stage.kubectl('scale', 'deployment/web', '--replicas=7', '-n', 'shop')
    await stage.kubectl('delete', 'service', 'web', '-n', 'shop')
    const run = await stage.workflow('nightly-drift-heal.yml', 'schedule')
    expectSuccess(run)
    expect(await live('deployment', 'web', 'shop', '{.spec.replicas}')).toBe('3')
    expect(await live('service', 'web', 'shop', '{.spec.ports[0].port}')).toBe('80')
    const { issues } = await stage.github.state('acme/examples')
    expect(issues.filter((issue) => issue.pull === undefined)).toMatchObject([
      { state: 'closed', title: expect.stringContaining('production'), body: expect.stringContaining('kubectl') }
    ])
  })

  it('nightly-drift-heal.yml says nothing when nothing drifted', async () => {
    expectSuccess(await stage.workflow('nightly-drift-heal.yml', 'schedule'))
    const { issues } = await stage.github.state('acme/examples')
    expect(issues.filter((issue) => issue.state === 'open')).toEqual([])
  })

  it('nightly-drift-heal-sharded.yml checks in several jobs, and tells of all in the one issue', async () => {
    await stage.kubectl('scale', 'deployment/web', '--replicas=7', '-n', 'shop')
    const run = await stage.workflow('nightly-drift-heal-sharded.yml', 'schedule')
    expectSuccess(run)
    expect(await live('deployment', 'web', 'shop', '{.spec.replicas}')).toBe('3')
    const { issues } = await stage.github.state('acme/examples')
    const [issue, ...others] = issues.filter((one) => one.pull === undefined)
    expect(others).toEqual([])
    expect(issue).toMatchObject({ state: 'closed', body: expect.stringContaining('spec.replicas') })
    // Each target of the environment stands in the table, whichever job checked it.
    expect(issue?.body).toMatch(/`settings` \|[\s\S]*`web` \|/)
  })

  it('composed.yml chains build, render, deploy and drift-check without a declaration', async () => {
    const run = await stage.workflow('composed.yml', 'push')
    expectSuccess(run)
    expect(await live('deployment', 'web', 'composed', '{.status.readyReplicas}')).toBe('3')
    expect(run.outputs['image-ref']).toMatch(/@sha256:/)
  })

  it('merge-to-main.yml fails with one clear sentence when the kubeconfig lacks the context', async () => {
    const declaration = path.join(stage.clone, 'gitops.yaml')
    const text = await stage.git('show', 'HEAD:gitops.yaml')
    await writeFile(declaration, `${text.replaceAll(`context: ${platform.context}`, 'context: elsewhere')}\n`)
    await stage.push('Use a context that does not exist')
    const run = await stage.workflow('merge-to-main.yml', 'push')
    expect(run.success).toBe(false)
    expectNoSecrets(run)
    const errors = run.annotations
      .filter((annotation) => annotation.level === 'error')
      .map((annotation) => annotation.message)
    expect(errors.join('\n')).toMatch(new RegExp(`elsewhere[\\s\\S]*${platform.context}`))
  })

  it('uses GitHub only as GitHub allows', async () => {
    expect(await stage.github.problems('acme/examples')).toEqual([])
  })
})
