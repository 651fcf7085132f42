import { expect, test } from 'vitest'
import { asString, at, parseJson, stringifyJson } from '../../../../src/json.ts'
import type { Logger } from '../../../../src/log.ts'
import type { Manifest } from '../../../../src/render/manifest.ts'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import {
  GROUP_KINDS,
  type InventoryKey,
  inventoryName,
  NAMESPACES,
  readInventory
} from '../../../../src/targets/kubernetes/inventory.ts'
import type { Policy } from '../../../../src/targets/kubernetes/options.ts'
import { kubernetesTarget } from '../../../../src/targets/kubernetes/target.ts'
import type { Change } from '../../../../src/targets/plan.ts'
import type { DeploymentRecord } from '../../../../src/targets/target.ts'
import { usePlatform } from '../../../platform/use.ts'

const platform = usePlatform()

const POLICY: Policy = {
  prune: true,
  maxPrune: 10,
  fieldConflicts: 'take-from-people',
  ignore: [],
  wait: false,
  timeout: 60_000,
  foreignFields: 'report',
  unmanaged: 'report'
}
const silent: Logger = { info() {}, debug() {}, warning() {}, error() {}, group: (_title, work) => work() }

/** A target of two ConfigMaps that has just been deployed, and kubectl for its inventory. */
async function deployed() {
  const namespace = await platform.createNamespace('inventory')
  const cluster = await connect({ kubeconfig: platform.kubeconfig, log: silent })
  const key: InventoryKey = { environment: 'truth', target: 'web', namespace }
  const manifests = ['a', 'b'].map(
    (name): Manifest => ({
      object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { key: 'one' } },
      source: { file: 'truth.yaml' }
    })
  )
  const target = (more: { remembered?: () => Promise<DeploymentRecord | undefined>; kinds?: Manifest[] } = {}) =>
    kubernetesTarget({
      id: key.target,
      environment: key.environment,
      cluster,
      manifests: [...manifests, ...(more.kinds ?? [])],
      declaredDigest: 'sha256:truth',
      namespace,
      source: { revision: 'c0ffee', images: {} },
      policy: POLICY,
      log: silent,
      ...(more.remembered ? { remembered: more.remembered } : {})
    })
  const first = target()
  expect((await first.apply(await first.plan('deploy'))).status).toBe('succeeded')
  return {
    target,
    check: async () => (await target().plan('drift')).changes,
    heal: async (more: Parameters<typeof target>[0] = {}) => {
      const healing = target(more)
      const outcome = await healing.apply(await healing.plan('drift'))
      expect(outcome.status).toBe('succeeded')
      return outcome.results
    },
    inventory: () => readInventory(cluster, key),
    kubectl: (verb: string, ...args: string[]) =>
      platform.kubectl([verb, `secret/${inventoryName(key)}`, '-n', namespace, ...args])
  }
}

function shown(changes: readonly Change[]): unknown[] {
  return changes.map(({ action, resource, fields, healable }) => ({
    action,
    kind: resource.kind,
    fields: fields.map(({ path, attribution }) => [path, attribution?.known ? attribution.manager : 'unknown']),
    healable: healable !== false
  }))
}

const edited = (path: string, by: string, healable = true) => ({
  action: 'update',
  kind: 'Secret',
  fields: [[path, by]],
  healable
})

test('an inventory as a deploy has written it is no drift, also where another commit declares other types', async () => {
  const { target, check } = await deployed()
  expect(await check()).toEqual([])
  const kinds: Manifest[] = [
    {
      object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'x' } },
      source: { file: 'truth.yaml' }
    }
  ]
  const plan = await target({ kinds }).plan('drift')
  expect(plan.changes.map(({ action, resource }) => `${action} ${resource.kind}`)).toEqual(['create ServiceAccount'])
})

test.each([
  ['emptied', `${GROUP_KINDS}=`],
  ['given another type', `${GROUP_KINDS}=Service`],
  ['given a namespace', `${NAMESPACES}=kube-system`]
])('its list of what it holds, %s, is found with who did it and put back', async (_what, annotation) => {
  const { check, heal, inventory, kubectl } = await deployed()
  const before = await inventory()
  await kubectl('annotate', '--overwrite', annotation)
  const name = annotation.split('=')[0] ?? ''
  expect(shown(await check())).toEqual([edited(`metadata.annotations[${name}]`, 'kubectl-annotate')])
  expect(await heal()).toMatchObject([{ action: 'updated', resource: { kind: 'Secret' } }])
  expect(await check()).toEqual([])
  expect((await inventory())?.groupKinds).toContain('ConfigMap')
  expect((await inventory())?.record).toEqual(before?.record)
})

test('its list of what it holds, removed, is found although nobody can be known to have done it', async () => {
  const { check, heal, kubectl } = await deployed()
  await kubectl('annotate', `${GROUP_KINDS}-`)
  expect(shown(await check())).toEqual([edited(`metadata.annotations[${GROUP_KINDS}]`, 'unknown')])
  await heal()
  expect(await check()).toEqual([])
})

test('emptied owners are somebody’s edit of all of it, and its objects are looked for everywhere', async () => {
  const { check, heal, inventory, kubectl, target } = await deployed()
  await kubectl('patch', '--type=merge', '-p', '{"metadata":{"managedFields":[{}]}}')
  const [change, ...others] = await check()
  expect(others).toEqual([])
  expect(change?.fields.map(({ path }) => path)).toContain(`metadata.annotations[${GROUP_KINDS}]`)
  expect(change?.healable).toBe(false)
  expect((await inventory())?.edited).toContain(GROUP_KINDS)
  expect(await heal()).toEqual([])
  const deploy = target()
  await deploy.apply(await deploy.plan('deploy'))
  expect((await inventory())?.edited).toBeUndefined()
  expect(await check()).toEqual([])
})

test('an edited record is found with who did it, and healing never writes it as its own', async () => {
  const { check, heal, inventory, kubectl, target } = await deployed()
  const record = { ...(await inventory())?.record, revision: 'another' }
  const data = Buffer.from(stringifyJson(record)).toString('base64')
  await kubectl('patch', '--type=merge', '-p', stringifyJson({ data: { record: data } }))
  expect(shown(await check())).toEqual([edited('data.record', 'kubectl-patch', false)])
  expect(await heal()).toEqual([])
  expect(shown(await check())).toEqual([edited('data.record', 'kubectl-patch', false)])
  const deploy = target()
  await deploy.apply(await deploy.plan('deploy'))
  expect(await check()).toEqual([])
})

test('an edited record that still says the same commit is written anew by a deploy of that very commit', async () => {
  const { check, inventory, kubectl, target } = await deployed()
  const record = { ...(await inventory())?.record, run: 'https://github.com/acme/shop/actions/runs/1' }
  const data = Buffer.from(stringifyJson(record)).toString('base64')
  await kubectl('patch', '--type=merge', '-p', stringifyJson({ data: { record: data } }))
  expect(shown(await check())).toEqual([edited('data.record', 'kubectl-patch', false)])
  const deploy = target()
  expect((await deploy.apply(await deploy.plan('deploy'))).status).toBe('succeeded')
  expect(await check()).toEqual([])
})

test('a removed record is found', async () => {
  const { check, kubectl } = await deployed()
  await kubectl('patch', '--type=json', '-p', '[{"op":"remove","path":"/data/record"}]')
  expect(shown(await check())).toEqual([edited('data.record', 'unknown', false)])
})

test('a deleted inventory is drift, and is made again where another store remembers the deployment', async () => {
  const { check, heal, inventory, kubectl } = await deployed()
  const record = (await inventory())?.record
  await kubectl('delete')
  const missing = { action: 'create', kind: 'Secret', fields: [], healable: false }
  expect(shown(await check())).toEqual([missing])
  expect(await heal({ remembered: async () => record })).toMatchObject([
    { action: 'created', resource: { kind: 'Secret' } }
  ])
  expect(await check()).toEqual([])
  expect((await inventory())?.record).toEqual(record)
})

test('what healing remembers beside the record, and an edit that changes nothing, are no drift', async () => {
  const { check, kubectl, target } = await deployed()
  await target().memory?.write({ version: 1, healed: [] })
  const secret = parseJson(await kubectl('get', '-o', 'json'))
  await kubectl(
    'annotate',
    '--overwrite',
    `${GROUP_KINDS}=${asString(at(secret, 'metadata', 'annotations', GROUP_KINDS))}`
  )
  expect(await check()).toEqual([])
})
