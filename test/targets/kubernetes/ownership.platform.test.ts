import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import { connect } from '../../../src/targets/kubernetes/client/index.ts'
import { applySetId, readInventory, writeInventory } from '../../../src/targets/kubernetes/inventory.ts'
import { retiredTarget } from '../../../src/targets/kubernetes/retired.ts'
import { changesOf, configMap, manifest, problemOf, quiet, useKit } from './kit.ts'

const kit = useKit()
const PART_OF = 'applyset.kubernetes.io/part-of'

const setId = (namespace: string, target = 'web') => applySetId({ environment: 'test', target, namespace })
const within = (namespace: string) => ({ namespace })
const role = (name: string, metadata: JsonObject = {}) =>
  manifest('rbac.authorization.k8s.io/v1', 'Role', name, { rules: [], metadata })
const inventoryOf = (namespace: string): JsonObject =>
  JSON.parse(kit.kubectl('get', 'secret', 'gitops.test.web', '-n', namespace, '-o', 'json'))
const kindsOf = (namespace: string) =>
  kit.kubectl(
    'get',
    'secret',
    'gitops.test.web',
    '-n',
    namespace,
    '-o',
    'jsonpath={.metadata.annotations.applyset\\.kubernetes\\.io/contains-group-kinds}'
  )
const patch = (object: string, namespace: string, body: JsonObject) =>
  kit.kubectl('patch', object, '-n', namespace, '--type=merge', '-p', JSON.stringify(body))

describe('an inventory that was deleted', () => {
  it('is restored from every namespace, whatever is still declared', async () => {
    const home = await kit.platform.createNamespace('prune')
    const other = await kit.platform.createNamespace('prune')
    await kit.deploy(home, [configMap('a'), configMap('b', {}, within(other)), role('c', within(other))])
    kit.kubectl('delete', 'secret', 'gitops.test.web', '-n', home)
    const { plan, pruned } = await kit.deploy(home, [configMap('a')], { maxPrune: 2 })
    expect(changesOf(plan)).toEqual(['delete ConfigMap b', 'delete Role c'])
    expect(pruned?.status).toBe('succeeded')
    expect(kit.names(other, 'configmap,role')).toEqual([])
  })

  it('is restored when its whole namespace went with it', async () => {
    const home = `${await kit.platform.createNamespace('prune')}-home`
    const other = await kit.platform.createNamespace('prune')
    await kit.deploy(home, [configMap('a'), configMap('b', {}, within(other)), role('c', within(other))])
    kit.kubectl('delete', 'namespace', home)
    const { plan, outcome } = await kit.deploy(home, [configMap('a')])
    expect(outcome.status).toBe('succeeded')
    expect(changesOf(plan)).toEqual([
      'create ConfigMap a',
      `create Namespace ${home}`,
      'delete ConfigMap b',
      'delete Role c'
    ])
    expect(kit.names(other, 'configmap,role')).toEqual([])
    kit.kubectl('delete', 'namespace', home, '--wait=false')
  })
})

describe('an inventory that somebody edited', () => {
  it.each([
    ['forgets a kind', { annotations: { 'applyset.kubernetes.io/contains-group-kinds': 'ConfigMap' } }],
    ['is emptied', { annotations: { 'applyset.kubernetes.io/contains-group-kinds': '' } }],
    ['loses its annotations', { annotations: null }],
    ['loses its labels', { labels: null }]
  ])('is not believed when it %s: it is found out, told, and put right', async (_how, metadata) => {
    const home = await kit.platform.createNamespace('prune')
    await kit.deploy(home, [configMap('a'), role('old')])
    const before = inventoryOf(home)
    patch('secret/gitops.test.web', home, { metadata })

    const drift = await kit.target(home, [configMap('a'), role('old')]).plan('drift')
    expect(changesOf(drift)).toEqual(['update Secret gitops.test.web'])
    expect(drift.changes[0]).toMatchObject({ reason: 'the inventory of this target, which only deploys write' })
    expect(drift.changes[0]?.fields.map(({ path }) => path).join()).toContain('applyset.kubernetes.io/')
    expect(drift.notes.join()).toMatch(/inventory of this target .* was edited.*applyset\.kubernetes\.io/)
    const { plan, pruned } = await kit.deploy(home, [configMap('a')])
    expect(plan.notes.join()).toMatch(/inventory of this target .* was edited/)
    expect(changesOf(plan)).toEqual(['delete Role old'])
    expect(pruned?.status).toBe('succeeded')
    expect(kit.names(home, 'role')).toEqual([])

    const again = await kit.deploy(home, [configMap('a'), role('old')])
    expect(again.plan.notes).toEqual([])
    expect(inventoryOf(home)['metadata']).toMatchObject({
      labels: Object(Object(before['metadata'])['labels']),
      annotations: Object(Object(before['metadata'])['annotations'])
    })
  })

  it('is put right by a deploy that changes nothing', async () => {
    const home = await kit.platform.createNamespace('prune')
    await kit.deploy(home, [configMap('a'), role('b')])
    patch('secret/gitops.test.web', home, { metadata: { annotations: null } })
    expect((await kit.deploy(home, [configMap('a'), role('b')])).plan.changes).toEqual([])
    expect(kindsOf(home)).toBe('ConfigMap,Role.rbac.authorization.k8s.io')
  })
})

describe('what is not ours', () => {
  it('stays, though it carries our label: what controllers and people made from our objects', async () => {
    const home = await kit.platform.createNamespace('prune')
    const slice = manifest('discovery.k8s.io/v1', 'EndpointSlice', 'declared', {
      addressType: 'IPv4',
      endpoints: [],
      ports: []
    })
    const service = manifest('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } })
    await kit.deploy(home, [configMap('a'), service, slice])
    // The controller gives slices the labels of their Service; a person copies an object.
    await expect
      .poll(() => kit.kubectl('get', 'endpointslice', '-n', home, '-l', `${PART_OF}=${setId(home)}`, '-o', 'name'), {
        timeout: 20_000
      })
      .toMatch(/web-/)
    const copy = JSON.parse(kit.kubectl('get', 'configmap', 'a', '-n', home, '-o', 'json', '--show-managed-fields'))
    const { name: _, namespace: __, uid: ___, resourceVersion: ____, ...metadata } = copy.metadata
    kit.kubectlApply(['-n', home], [{ ...copy, metadata: { ...metadata, name: 'copied' } }])

    const { plan } = await kit.deploy(home, [configMap('a'), service])
    expect(changesOf(plan)).toEqual(['delete EndpointSlice declared'])
    expect(kit.names(home, 'configmap')).toEqual(['configmap/a', 'configmap/copied'])
    expect(kit.names(home, 'endpointslice').join()).toMatch(/web-/)
  })

  it('stays where our inventory does not say that we are: a restored copy of a namespace', async () => {
    const home = await kit.platform.createNamespace('prune')
    const other = await kit.platform.createNamespace('prune')
    const backup = await kit.platform.createNamespace('prune')
    await kit.deploy(home, [configMap('a'), configMap('b', {}, within(other))])
    // Backup tools bring labels and managed fields along; so does an apply under our name.
    await kit.cluster().apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: backup, labels: { [PART_OF]: setId(home) } }
    })
    const { plan } = await kit.deploy(home, [configMap('a')])
    expect(changesOf(plan)).toEqual(['delete ConfigMap b'])
    expect(kit.names(backup, 'configmap')).toEqual(['configmap/a'])
  })

  it.each([
    ['asks to be kept', { annotations: { 'helm.sh/resource-policy': 'keep' } }, /helm\.sh\/resource-policy: keep/],
    [
      'has got an owner',
      { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'UID' }] },
      /belongs to ConfigMap owner/
    ]
  ])('stays when it %s, also since the plan was made, and is not forgotten', async (_how, metadata, why) => {
    const home = await kit.platform.createNamespace('prune')
    kit.kubectlApply(['-n', home], [configMap('owner').object])
    const uid = kit.kubectl('get', 'configmap', 'owner', '-n', home, '-o', 'jsonpath={.metadata.uid}')
    await kit.deploy(home, [configMap('a'), role('old')])
    const target = kit.target(home, [configMap('a')])
    const plan = await target.plan('deploy')
    expect((await target.apply(plan)).status).toBe('succeeded')
    patch('role/old', home, JSON.parse(JSON.stringify({ metadata }).replace('UID', uid)))
    const pruned = await target.prune?.(plan)
    expect(pruned).toMatchObject({ status: 'succeeded', results: [{ action: 'unchanged' }] })
    expect(pruned?.results[0]?.message).toMatch(why)
    expect(kit.names(home, 'role')).toEqual(['role.rbac.authorization.k8s.io/old'])
    const next = await kit.deploy(home, [configMap('a')], { revision: 'next' })
    expect(next.plan.changes).toEqual([])
    expect(next.plan.notes.join()).toMatch(why)
    expect(kindsOf(home)).toContain('Role')
  })

  it('is the same object under another API group', async () => {
    const home = await kit.platform.createNamespace('prune')
    const time = '2026-01-01T00:00:00.000000Z'
    const regarding = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: home }
    const old = manifest('v1', 'Event', 'told', {
      involvedObject: regarding,
      reason: 'Told',
      message: 'hello',
      type: 'Normal',
      eventTime: time,
      reportingComponent: 'example.com/test',
      reportingInstance: 'one',
      action: 'Tell'
    })
    await kit.deploy(home, [configMap('a'), old])
    const renamed = manifest('events.k8s.io/v1', 'Event', 'told', {
      regarding,
      reason: 'Told',
      note: 'hello',
      type: 'Normal',
      eventTime: time,
      reportingController: 'example.com/test',
      reportingInstance: 'one',
      action: 'Tell'
    })
    const { plan, outcome } = await kit.deploy(home, [configMap('a'), renamed], { revision: 'next' })
    expect(outcome.status).toBe('succeeded')
    expect(plan.changes.filter((change) => change.action === 'delete')).toEqual([])
    expect(kit.names(home, 'events').join()).toContain('told')
  })
})

describe('an object that is held by a finalizer', () => {
  const held = (name: string) => configMap(name, {}, { finalizers: ['example.com/guard'] })
  const release = (namespace: string, name: string) =>
    patch(`configmap/${name}`, namespace, { metadata: { finalizers: null } })

  it('fails the prune that cannot see it go, is told by the next run, and is remembered until it is gone', async () => {
    const home = await kit.platform.createNamespace('prune')
    await kit.deploy(home, [role('a'), held('old')])
    const { pruned } = await kit.deploy(home, [role('a')], { timeout: 1_500 })
    expect(pruned?.status).toBe('failed')
    expect(pruned?.failure?.message).toMatch(/ConfigMap .*old was deleted but is still there.*example\.com\/guard/)
    const next = await kit.deploy(home, [role('a')], { revision: 'next' })
    expect(next.outcome.status).toBe('succeeded')
    expect(next.plan.notes.join()).toMatch(/old is no longer declared and is being deleted.*example\.com\/guard/)
    expect(kindsOf(home)).toContain('ConfigMap')
    release(home, 'old')
    await kit.deploy(home, [role('a')], { revision: 'last' })
    expect(kindsOf(home)).toBe('Role.rbac.authorization.k8s.io')
  })

  it('does not keep others of its level from being deleted meanwhile, however many there are', async () => {
    const home = await kit.platform.createNamespace('prune')
    const all = Array.from({ length: 20 }, (_, index) => `held-${index}`)
    await kit.deploy(home, [role('a'), ...all.map(held)])
    const deploying = kit.deploy(home, [role('a')], { maxPrune: 20, timeout: 15_000 })
    const leaving = () =>
      kit
        .kubectl('get', 'configmap', '-n', home, '-o', 'jsonpath={.items[*].metadata.deletionTimestamp}')
        .split(' ')
        .filter((time) => time !== '')
    // Nothing is released before all of them are on their way out.
    await expect.poll(leaving, { timeout: 10_000 }).toHaveLength(20)
    for (const name of all) release(home, name)
    expect((await deploying).pruned?.status).toBe('succeeded')
  })

  it('is waited for before what may have to release it goes: the level after it', async () => {
    const home = await kit.platform.createNamespace('prune')
    const wave = (one: ReturnType<typeof held>, number: string) => ({
      ...one,
      object: {
        ...one.object,
        metadata: { ...one.object.metadata, annotations: { 'argocd.argoproj.io/sync-wave': number } }
      }
    })
    await kit.deploy(home, [role('a'), wave(configMap('operator'), '1'), wave(held('custom'), '2')])
    const deploying = kit.deploy(home, [role('a')])
    const since = () =>
      kit.kubectl('get', 'configmap', 'custom', '-n', home, '-o', 'jsonpath={.metadata.deletionTimestamp}')
    await expect.poll(since, { timeout: 20_000 }).not.toBe('')
    expect(kit.names(home, 'configmap')).toEqual(['configmap/custom', 'configmap/operator'])
    release(home, 'custom')
    expect((await deploying).pruned?.status).toBe('succeeded')
    expect(kit.names(home, 'configmap')).toEqual([])
  })
})

describe('a kind whose definition is gone', () => {
  it('costs nothing but its objects', async () => {
    const home = await kit.platform.createNamespace('prune')
    const group = `${home}.example.com`
    const definition = manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `widgets.${group}`, {
      spec: {
        group,
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }]
      }
    })
    kit.kubectlApply([], [definition.object])
    kit.kubectl('wait', '--for=condition=established', `crd/widgets.${group}`)
    kit.cluster().refreshDiscovery()
    const first = await kit.deploy(home, [configMap('a'), manifest(`${group}/v1`, 'Widget', 'w')])
    expect(first.outcome.status).toBe('succeeded')
    kit.kubectl('delete', 'crd', `widgets.${group}`)
    kit.cluster().refreshDiscovery()
    const { plan, outcome, pruned } = await kit.deploy(home, [configMap('a')])
    expect([plan.changes, outcome.status, pruned?.status]).toEqual([[], 'succeeded', 'succeeded'])
    expect(kindsOf(home)).toBe('ConfigMap')
  })
})

describe('a kind whose extension API server is down', () => {
  it('stays in the inventory, and the plan says that its objects were not seen', async () => {
    const home = await kit.platform.createNamespace('prune')
    const group = `${home}.example.com`
    await kit.deploy(home, [configMap('a'), configMap('b')])
    // As a deploy would have left it that brought objects of that group.
    const inventory = await readInventory(kit.cluster(), { environment: 'test', target: 'web', namespace: home })
    if (!inventory) throw new Error('no inventory')
    await writeInventory(kit.cluster(), { ...inventory, groupKinds: ['ConfigMap', `Thing.${group}`] })
    const service = manifest('apiregistration.k8s.io/v1', 'APIService', `v1.${group}`, {
      spec: {
        group,
        version: 'v1',
        groupPriorityMinimum: 100,
        versionPriority: 10,
        insecureSkipTLSVerify: true,
        service: { name: 'nobody', namespace: 'default' }
      }
    })
    kit.kubectlApply([], [service.object])
    try {
      const plan = async () => {
        kit.cluster().refreshDiscovery()
        return (await kit.target(home, [configMap('a')]).plan('deploy')).notes.join()
      }
      await expect.poll(plan, { timeout: 30_000 }).toContain(`Thing.${group}. They stay in the inventory.`)
      const { pruned } = await kit.deploy(home, [configMap('a')])
      expect(pruned).toMatchObject({ status: 'succeeded', results: [{ action: 'pruned' }] })
      expect(kindsOf(home)).toBe(`ConfigMap,Thing.${group}`)
    } finally {
      kit.kubectl('delete', 'apiservice', `v1.${group}`)
      kit.cluster().refreshDiscovery()
    }
  })
})

describe('a type that may not be listed', () => {
  it('stops the deploy, naming the right that is missing, before anything of it is forgotten', async () => {
    const home = await kit.platform.createNamespace('prune')
    await kit.deploy(home, [configMap('a'), role('old')])
    const verbs = ['get', 'list', 'create', 'patch', 'delete', 'watch']
    const kubeconfig = await kit.platform.createRestrictedKubeconfig({
      namespace: home,
      rules: [
        { apiGroups: [''], resources: ['configmaps', 'secrets'], verbs },
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs }
      ]
    })
    const cluster = await connect({ kubeconfig, log: quiet })
    const problem = await problemOf(kit.target(home, [configMap('a')], { cluster }).plan('deploy'))
    expect(`${problem.message} ${problem.hint} ${problem.details.join()}`).toMatch(/list.*roles/)
    expect(kit.names(home, 'role')).toContain('role.rbac.authorization.k8s.io/old')
    expect(kindsOf(home)).toContain('Role')
  })
})

describe('a target that nobody declares any more', () => {
  const retired = (namespace: string) =>
    retiredTarget({
      id: 'web',
      key: { environment: 'test', target: 'web', namespace },
      cluster: kit.cluster(),
      objects: 'delete',
      maxPrune: 10,
      source: { repository: 'acme/shop', images: {} },
      log: quiet
    })

  it('is not deleted when another run has deployed it since the plan: somebody declares it again', async () => {
    const home = await kit.platform.createNamespace('prune')
    await kit.deploy(home, [configMap('a')], { revision: 'first' })
    const target = retired(home)
    const plan = await target.plan('deploy')
    expect(changesOf(plan)).toEqual(['delete ConfigMap a', 'delete Secret gitops.test.web'])
    await kit.deploy(home, [configMap('a')], { revision: 'second' })
    const pruned = await target.prune?.(plan)
    expect(pruned?.failure?.message).toMatch(/Nothing was deleted: another run has deployed target "web" of test/)
    expect(kit.names(home, 'configmap,secret')).toEqual(['configmap/a', 'secret/gitops.test.web'])
  })

  it('keeps its inventory until what a finalizer holds is gone, and leaves what has got an owner to that', async () => {
    const home = await kit.platform.createNamespace('prune')
    await kit.deploy(home, [configMap('a', {}, { finalizers: ['example.com/guard'] }), configMap('owned')])
    kit.kubectlApply(['-n', home], [configMap('owner').object])
    const uid = kit.kubectl('get', 'configmap', 'owner', '-n', home, '-o', 'jsonpath={.metadata.uid}')
    patch('configmap/owned', home, {
      metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid }] }
    })
    kit.kubectl('delete', 'configmap', 'a', '-n', home, '--wait=false')
    const target = retired(home)
    const plan = await target.plan('deploy')
    expect(plan.changes).toEqual([])
    expect(plan.notes.join()).toMatch(/a is no longer declared and is being deleted.*example\.com\/guard/)
    patch('configmap/a', home, { metadata: { finalizers: null } })
    const next = await target.plan('deploy')
    expect(changesOf(next)).toEqual(['delete Secret gitops.test.web'])
    expect((await target.prune?.(next))?.status).toBe('succeeded')
    expect(kit.names(home, 'configmap,secret')).toEqual(['configmap/owned', 'configmap/owner'])
  })
})
