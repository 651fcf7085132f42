import { statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KopsTargetOptions } from '../../../src/targets/kops/index.ts'
import type { Target } from '../../../src/targets/target.ts'
import { exec } from '../../../src/toolchain/exec.ts'
import { runBundle } from '../../actions/run-bundle.ts'
import { ensure } from '../../platform/binaries.ts'
import { type Machines, startMachines } from './machines.ts'
import { CLUSTER, idsOf, MANIFEST, useKops } from './play.ts'

/** What needs the API of the cluster: on a real API server, whose nodes are the instances of the emulator. */
const play = useKops({ keyBits: 2048 })
let machines: Machines

const POOL = MANIFEST.split('---\n').at(-1)?.replace('name: nodes', 'name: batch') ?? ''
/** With a newer image everywhere than the cluster was made with. */
const WITHOUT_POOL = MANIFEST.replaceAll('ami-785db401', 'ami-1e749f67')
const GIT = `${WITHOUT_POOL}---\n${POOL.replaceAll('ami-785db401', 'ami-1e749f67')}`

beforeAll(async () => {
  const target = await play.target(play.checkout(`${MANIFEST}---\n${POOL}`))
  expect((await target.apply(await target.plan('deploy'))).failure).toBeUndefined()
  machines = await startMachines(play)
  await machines.settled()
}, 900_000)

afterAll(() => machines?.stop())

const steps = () => play.lines.filter((line) => line.startsWith('group: ')).map((line) => line.slice('group: '.length))

const HURRIED: KopsTargetOptions['rollingUpdate'] = {
  enabled: true,
  instanceGroups: [],
  force: false,
  cloudOnly: false,
  // kops looks again only after 30 s when it finds a machine that has not joined yet.
  controlPlaneInterval: '2s',
  nodeInterval: '2s',
  drainTimeout: '60s',
  postDrainDelay: '0s',
  validationTimeout: '3m',
  validateCount: 1
}

/** A target that uses the API. */
function target(manifest: string, changes: Partial<KopsTargetOptions> = {}): Promise<Target> {
  return play.target(play.checkout(manifest), {
    rollingUpdate: HURRIED,
    validate: { enabled: true, wait: '2m' },
    access: { apiServer: machines.server },
    env: { ...play.env, PATH: machines.path },
    ...changes
  })
}

async function nodesOf(group: string): Promise<string[]> {
  const text = await machines.kubectl(['get', 'nodes', '-l', `kops.k8s.io/instancegroup=${group}`, '-o', 'name'])
  return text.split('\n').flatMap((line) => (line === '' ? [] : [line.replace('node/', '')]))
}

test('a new image: the control plane first, node after node is drained and validated, and nothing is left', async () => {
  const before = [...(await nodesOf('control-plane-us-east-1a')), ...(await nodesOf('nodes'))]
  await machines.kubectl(['create', 'deployment', 'web', '--image=web', '--replicas=2'])
  await machines.kubectl(['create', 'poddisruptionbudget', 'web', '--selector=app=web', '--min-available=1'])
  await machines.kubectl(['rollout', 'status', 'deployment/web', '--timeout=60s'])
  const one = await target(GIT)
  const plan = await one.plan('deploy')
  expect(idsOf(plan).filter((id) => id.startsWith('restart'))).toEqual([
    'restart Instances/batch',
    'restart Instances/control-plane-us-east-1a',
    'restart Instances/nodes'
  ])
  play.lines.length = 0
  const outcome = await one.apply(plan)
  expect(outcome.failure).toBeUndefined()
  expect(steps()).toEqual([
    'Replace in the state store',
    'Update the control plane',
    'Replace instances of the control plane',
    'Update the cloud',
    'Replace instances',
    'Validate the cluster',
    'Look for what is left'
  ])
  for (const node of before) expect(play.lines.join('\n')).toContain(`Draining the node: "${node}"`)
  const after = [...(await nodesOf('control-plane-us-east-1a')), ...(await nodesOf('nodes'))]
  expect(after).toHaveLength(before.length)
  for (const node of before) expect(after).not.toContain(node)
  // Moved by eviction, which the budget held to one at a time; a budget that is not met would have stopped it.
  expect(await machines.kubectl(['get', 'deployment', 'web', '-o', 'jsonpath={.status.readyReplicas}'])).toBe('2')
}, 300_000)

test('the kubeconfig that is handed on opens the cluster, and only its owner can read it', async () => {
  const outputs = await (await target(GIT)).outputs?.()
  const file = String(outputs?.['kubeconfig'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const { kubectl } = await ensure(['kubectl'])
  const { stdout } = await exec(kubectl, ['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.groups}'], {
    env: { KUBECONFIG: file, HOME: play.aws.run.directory }
  })
  expect(stdout).toContain('system:masters')
})

const ROOT = path.resolve(import.meta.dirname, '../../../actions/root/main.ts')

/** The root action over a kops target of that name and a ConfigMap that belongs into its cluster. */
function root(command: string, target: string, manifest: string): ReturnType<typeof runBundle> {
  const workspace = play.checkout(manifest)
  const kops = `{manifest: cluster.yaml, state: s3://kops-state, apiServer: '${machines.server}', validate: false}`
  const targets = `{${target}: {kops: ${kops}}, settings: {manifests: [settings.yaml], dependsOn: [${target}]}}`
  writeFileSync(path.join(workspace, 'gitops.yaml'), `version: 1\nenvironments: {production: {targets: ${targets}}}\n`)
  writeFileSync(
    path.join(workspace, 'settings.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {from: the loop}\n'
  )
  const env = Object.entries(play.env).flatMap(([name, value]) =>
    /^(AWS|S3|KOPS)_/.test(name) && value !== undefined ? [[name, value] as const] : []
  )
  return runBundle('root', {
    entry: ROOT,
    inputs: { command },
    workspace,
    path: [path.dirname(play.program), machines.path].join(path.delimiter),
    env: Object.fromEntries(env)
  })
}

test('what depends on a kops target is deployed into its cluster, by the kubeconfig that it hands on', async () => {
  const run = await root('deploy', 'cluster', GIT)
  expect(run.log).not.toContain('::error')
  expect(run.outputs['status']).toBe('succeeded')
  expect(await machines.kubectl(['get', 'configmap', 'settings', '-o', 'jsonpath={.data.from}'])).toBe('the loop')
  // Masked for the runner before anything else is printed, and shown nowhere.
  expect(
    run.log
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n')
  ).not.toMatch(/PRIVATE KEY|client-key-data/)
}, 300_000)

test('what depends on a kops target whose cluster is yet to be made is pending in a preview', async () => {
  const run = await root('preview', 'other', GIT.replaceAll(CLUSTER, 'shop.k8s.acme.example'))
  expect(run.log).not.toContain('::error')
  expect(run.outputs['status']).toBe('planned')
  expect(run.log).toContain('settings: Known after "other" is applied: its output "kubeconfig".')
  expect(run.summary).toContain('The cluster "shop.k8s.acme.example" did not exist before this run')
}, 300_000)

test('machines that do not join: the validation fails and names them (by a kubeconfig whose context has another name)', async () => {
  machines.strand(true)
  const grown = GIT.replace('minSize: 1\n  maxSize: 2', 'minSize: 2\n  maxSize: 3')
  const one = await target(grown, {
    access: { kubeconfig: machines.kubeconfig },
    validate: { enabled: true, wait: '1s' }
  })
  const outcome = await one.apply(await one.plan('deploy'))
  expect(outcome.status).toBe('failed')
  expect(outcome.failure?.message).toContain('Validating the cluster failed')
  expect(outcome.failure?.hint).toContain('a re-run goes on where this one ended')
  expect(outcome.failure?.resources).toEqual([
    expect.objectContaining({
      resource: expect.objectContaining({ kind: 'Machine' }),
      message: expect.stringMatching(/^machine "i-\w+" has not yet joined cluster$/)
    })
  ])
  // All is applied by now; the next run still looks whether the cluster became healthy.
  machines.strand(false)
  await machines.settled()
  const again = await one.plan('deploy')
  expect(again.changes).toEqual([])
  play.lines.length = 0
  expect(await one.apply(again)).toMatchObject({ status: 'succeeded' })
  expect(steps()).toEqual(['Validate the cluster'])
}, 300_000)

test('an API that cannot be reached: the reason, and the inputs that help', async () => {
  const one = await target(GIT, {
    access: { apiServer: 'https://127.0.0.1:1' },
    validate: { enabled: true, wait: '1s' }
  })
  const outcome = await one.apply(await one.plan('deploy'))
  expect(outcome.status).toBe('failed')
  expect(outcome.failure?.message).toContain('dial tcp 127.0.0.1:1')
  expect(outcome.failure?.hint).toContain('Give api-server')
}, 300_000)

test('an instance group that Git no longer has: a budget that allows no disruption keeps it; then it is drained and deleted', async () => {
  await machines.kubectl(['label', 'node', '-l', 'kops.k8s.io/instancegroup=batch', 'pool=batch'])
  const job = { spec: { template: { spec: { nodeSelector: { pool: 'batch' } } } } }
  await machines.kubectl(['create', 'deployment', 'job', '--image=job'])
  await machines.kubectl(['patch', 'deployment', 'job', '-p', JSON.stringify(job)])
  await machines.kubectl(['rollout', 'status', 'deployment/job', '--timeout=60s'])
  await machines.kubectl(['create', 'poddisruptionbudget', 'job', '--selector=app=job', '--min-available=1'])
  const [node = ''] = await nodesOf('batch')
  const hurried = { rollingUpdate: { ...HURRIED, drainTimeout: '4s' } }

  const first = await target(WITHOUT_POOL, hurried)
  const plan = await first.plan('deploy')
  expect(idsOf(plan)).toContain('delete InstanceGroup/batch')
  const held = await first.apply(plan)
  expect(held.status).toBe('failed')
  expect(held.failure?.message).toContain('Draining the nodes of batch failed')
  expect(held.failure?.hint).toContain('disruption budget')
  expect(await machines.kubectl(['get', 'node', node, '-o', 'jsonpath={.spec.unschedulable}'])).toBe('true')
  expect(await play.kops(['get', 'instancegroups', '--name', CLUSTER])).toContain('batch')

  await machines.kubectl(['delete', 'poddisruptionbudget', 'job'])
  const second = await target(WITHOUT_POOL, hurried)
  const outcome = await second.apply(await second.plan('deploy'))
  expect(outcome.failure).toBeUndefined()
  expect(outcome.results).toContainEqual({
    resource: expect.objectContaining({ id: 'InstanceGroup/batch' }),
    action: 'pruned'
  })
  expect(await play.kops(['get', 'instancegroups', '--name', CLUSTER])).not.toContain('batch')
  await machines.settled()
  expect(await nodesOf('batch')).toEqual([])
  expect((await second.plan('drift')).changes).toEqual([])
}, 300_000)
