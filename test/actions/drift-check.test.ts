import { beforeEach, describe, expect, test } from 'vitest'
import { repository, type Sample } from '../image/sample.ts'
import { usePlatform } from '../platform/use.ts'
import { type BundleRun, runBundle } from './run-bundle.ts'

const platform = usePlatform()
let namespace: string

beforeEach(async () => {
  namespace = await platform.createNamespace('drift')
})

const FILES = {
  'deploy/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web:1}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`,
  'deploy/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {greeting: hello}\n'
}

function run(action: string, workspace: string, inputs: Record<string, string> = {}, env = {}): Promise<BundleRun> {
  const given = { manifests: 'deploy', target: 'web', namespace, kubeconfig: platform.kubeconfig, ...inputs }
  return runBundle(action, { inputs: given, workspace, path: platform.path, env })
}

async function deployed(): Promise<Sample> {
  const sample = repository(FILES)
  const deploy = await run('deploy', sample.root)
  expect(deploy.outputs['status']).toBe('succeeded')
  return sample
}

async function tamper(): Promise<void> {
  await platform.kubectl(['-n', namespace, 'scale', 'deployment', 'web', '--replicas=5'])
  await platform.kubectl(['-n', namespace, 'patch', 'configmap', 'settings', '-p', '{"data":{"greeting":"hacked"}}'])
  await platform.kubectl(['-n', namespace, 'delete', 'service', 'web'])
}

test('a target that was never deployed is an error that names the first step', async () => {
  using sample = repository(FILES)
  const check = await run('drift-check', sample.root)
  expect(check.code).toBe(1)
  expect(check.outputs['status']).toBe('error')
  expect(check.log).toMatch(/::error::.*"web" was never deployed to "default".*Deploy it first/)
})

test('in sync is one quiet line', async () => {
  using sample = await deployed()
  const check = await run('drift-check', sample.root)
  expect(check.code).toBe(0)
  expect(check.outputs).toMatchObject({ status: 'in-sync', drifted: '0', missing: '0', unmanaged: '0', healed: '0' })
  expect(check.summary).toContain('## ✅ `default` is in sync')
  expect(check.summary).not.toContain('|')
})

test('drift is found with field, values, author and time; healing puts it back and checks again', async () => {
  using sample = await deployed()
  await tamper()
  const found = await run('drift-check', sample.root)
  expect(found.code).toBe(0)
  expect(found.outputs).toMatchObject({ status: 'drifted', drifted: '3', missing: '1', healed: '0' })
  expect(found.summary).toMatch(/`spec\.replicas` \| `2` \| `5` \| kubectl/)
  expect(found.summary).toMatch(/`data\.greeting` \| `hello` \| `hacked` \| kubectl-patch, Update, \d{4}-/)
  expect((await run('drift-check', sample.root, { 'fail-on-drift': 'true' })).code).toBe(1)

  const healed = await run('drift-check', sample.root, { heal: 'automatic' })
  expect(healed.log).not.toContain('::error')
  expect(healed.outputs).toMatchObject({ status: 'healed', drifted: '3', healed: '3' })
  const replicas = await platform.kubectl([
    '-n',
    namespace,
    'get',
    'deployment',
    'web',
    '-o',
    'jsonpath={.spec.replicas}'
  ])
  expect(replicas).toBe('2')
  expect((await run('drift-check', sample.root)).outputs['status']).toBe('in-sync')
})

test('more drift than max-changes is reported, not healed', async () => {
  using sample = await deployed()
  await tamper()
  const check = await run('drift-check', sample.root, { heal: 'automatic', 'max-changes': '2' })
  expect(check.outputs).toMatchObject({ status: 'drifted', healed: '0' })
  expect(check.summary).toContain('more than the limit of 2')
})

test('the yardstick is the deployed commit: a commit that nobody has deployed is no drift', async () => {
  using sample = await deployed()
  sample.write('deploy/settings.yaml', FILES['deploy/settings.yaml'].replace('hello', 'not deployed yet'))
  sample.git('add', '.')
  sample.git('commit', '--quiet', '-m', 'next')
  expect((await run('drift-check', sample.root)).outputs['status']).toBe('in-sync')
  expect((await run('drift-check', sample.root, { revision: 'head' })).outputs).toMatchObject({
    status: 'drifted',
    drifted: '1'
  })
  expect(sample.git('worktree', 'list').trim().split('\n')).toHaveLength(1)
})

test('manifests that an earlier step of the job made are taken as they are', async () => {
  using sample = repository({ 'README.md': 'nothing to deploy here\n' })
  for (const [file, text] of Object.entries(FILES)) sample.write(file, text)
  expect((await run('deploy', sample.root)).outputs['status']).toBe('succeeded')
  expect((await run('drift-check', sample.root)).outputs['status']).toBe('in-sync')
  await tamper()
  expect((await run('drift-check', sample.root)).outputs).toMatchObject({ status: 'drifted', drifted: '3' })
})

describe('the issue', () => {
  test('is opened by drift and closed when it is gone', async () => {
    using sample = repository(FILES)
    const environment = namespace
    const github = {
      GITHUB_API_URL: platform.github.apiUrl,
      GITHUB_REPOSITORY: platform.github.repository,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '7'
    }
    const inputs = { environment, issue: 'true', 'github-token': platform.github.token }
    expect((await run('deploy', sample.root, { environment })).outputs['status']).toBe('succeeded')
    await tamper()
    const opened = await run('drift-check', sample.root, inputs, github)
    expect(opened.log).not.toContain('::error')
    const number = opened.outputs['issue-number']
    expect(number).toMatch(/^\d+$/)
    const closed = await run('drift-check', sample.root, { ...inputs, heal: 'automatic' }, github)
    expect(closed.outputs).toMatchObject({ status: 'healed', 'issue-number': number })
    const issue = await issueOf(Number(number))
    expect(issue).toMatchObject({ state: 'closed' })
    expect(issue.body).toContain('data.greeting')
  })

  test('that was asked for and cannot be kept fails the step, after the report', async () => {
    using sample = await deployed()
    const check = await run('drift-check', sample.root, { issue: 'true' })
    expect(check.code).toBe(1)
    expect(check.outputs['status']).toBe('in-sync')
    expect(check.log).toContain('The drift issue could not be kept')
    expect(check.log).toContain('github-token')
  })
})

async function issueOf(number: number): Promise<{ state: string; body: string }> {
  const { apiUrl, repository: name, token } = platform.github
  const answer = await fetch(`${apiUrl}/repos/${name}/issues/${number}`, {
    headers: { authorization: `Bearer ${token}` }
  })
  const { state, body } = (await answer.json()) as Record<string, string>
  return { state: state ?? '', body: body ?? '' }
}
