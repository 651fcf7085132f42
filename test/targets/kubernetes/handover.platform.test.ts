import { describe, expect, it } from 'vitest'
import { connect } from '../../../src/targets/kubernetes/client/index.ts'
import { applySetId, type InventoryKey } from '../../../src/targets/kubernetes/inventory.ts'
import type { Neighbours } from '../../../src/targets/kubernetes/options.ts'
import { changesOf, configMap, manifest, problemOf, quiet, useKit } from './kit.ts'

const kit = useKit()

const uid = (namespace: string, name: string) =>
  kit.kubectl('get', 'configmap', name, '-n', namespace, '-o', 'jsonpath={.metadata.uid}')

/** Other targets as a declaration would tell of them: what each declares. */
function neighbours(...targets: { key: InventoryKey; ids?: string[]; broken?: string }[]): Neighbours {
  return {
    targets: targets.map(({ key }) => key),
    declaring: async (ids) => ({
      by: new Map(
        targets.flatMap(({ key, ids: own = [] }) => ids.flatMap((id) => (own.includes(id) ? [[id, key] as const] : [])))
      ),
      unreadable: targets.flatMap(({ key, broken }) => (broken === undefined ? [] : [{ key, reason: broken }]))
    })
  }
}

const keyOf = (target: string, namespace: string, environment = 'test'): InventoryKey => ({
  environment,
  target,
  namespace
})

describe('an object that moves from one target to another', () => {
  it('is taken over by the new one in a later commit, and not deleted by the old one', async () => {
    const namespace = await kit.platform.createNamespace('handover')
    await kit.deploy(namespace, [configMap('stays'), configMap('moves')], { id: 'one', revision: 'first' })
    const before = uid(namespace, 'moves')

    const { plan, outcome } = await kit.deploy(namespace, [configMap('moves')], { id: 'two', revision: 'second' })
    expect(outcome.status).toBe('succeeded')
    expect(plan.changes).toMatchObject([
      { action: 'update', resource: { name: 'moves' }, reason: 'taken over from target "one" of test' }
    ])
    const old = await kit.deploy(namespace, [configMap('stays')], { id: 'one', revision: 'second' })
    expect(old.plan.changes).toEqual([])
    expect(uid(namespace, 'moves')).toBe(before)
    expect(kit.label(namespace, 'configmap/moves')).toBe(applySetId(keyOf('two', namespace)))
  })

  it('is refused when two targets declare it at the same commit, whichever is deployed first', async () => {
    const namespace = await kit.platform.createNamespace('handover')
    await kit.deploy(namespace, [configMap('both')], { id: 'one', revision: 'first' })
    await kit.deploy(namespace, [configMap('both')], { id: 'two', revision: 'second' })
    const problem = await problemOf(
      kit.target(namespace, [configMap('both')], { id: 'one', revision: 'second' }).plan('deploy')
    )
    expect(problem.message).toMatch(/configmap\.yaml:1: ConfigMap .*both belongs to another target's set: target "two"/)
    expect(problem.message).toMatch(/this very commit/)
  })

  it('stays where it is when the new target takes it over between the plan of the old one and its pruning', async () => {
    const namespace = await kit.platform.createNamespace('handover')
    await kit.deploy(namespace, [configMap('stays'), configMap('moves')], { id: 'one', revision: 'first' })
    const old = kit.target(namespace, [configMap('stays')], { id: 'one', revision: 'second' })
    const plan = await old.plan('deploy')
    expect(changesOf(plan)).toEqual(['delete ConfigMap moves'])
    expect((await old.apply(plan)).status).toBe('succeeded')
    await kit.cluster().patch({ apiVersion: 'v1', kind: 'ConfigMap', name: 'moves', namespace }, 'merge', {
      metadata: { labels: { 'applyset.kubernetes.io/part-of': applySetId(keyOf('two', namespace)) } }
    })
    const pruned = await old.prune?.(plan)
    expect(pruned).toMatchObject({ status: 'succeeded', results: [{ action: 'unchanged' }] })
    expect(kit.names(namespace, 'configmap')).toEqual(['configmap/moves', 'configmap/stays'])
  })

  it('is not deleted by the old target while the declaration says that another one has it, also in another environment', async () => {
    const namespace = await kit.platform.createNamespace('handover')
    await kit.deploy(namespace, [configMap('stays'), configMap('moves')], { id: 'one' })
    const knowing = {
      id: 'one',
      neighbours: neighbours({ key: keyOf('two', namespace, 'other'), ids: [`ConfigMap/${namespace}/moves`] })
    }
    const old = await kit.deploy(namespace, [configMap('stays')], knowing)
    expect(old.plan.changes).toEqual([])
    expect(old.plan.notes.join()).toMatch(/moves moves to target "two" of other/)
    expect(kit.names(namespace, 'configmap')).toContain('configmap/moves')

    // The same commit, and the old target no longer declares it: the declaration knows better than the commits.
    const { outcome } = await kit.deploy(namespace, [configMap('moves')], {
      id: 'two',
      environment: 'other',
      neighbours: neighbours({ key: keyOf('one', namespace), ids: [`ConfigMap/${namespace}/stays`] })
    })
    expect(outcome.status).toBe('succeeded')
    expect(kit.label(namespace, 'configmap/moves')).toBe(applySetId(keyOf('two', namespace, 'other')))
  })

  it('is kept while a target that may have it cannot be rendered, and refused where the old one still declares it', async () => {
    const namespace = await kit.platform.createNamespace('handover')
    await kit.deploy(namespace, [configMap('stays'), configMap('moves')], { id: 'one', revision: 'first' })
    const unsure = neighbours({ key: keyOf('two', namespace), broken: 'no such chart' })
    const old = await kit.deploy(namespace, [configMap('stays')], { id: 'one', neighbours: unsure })
    expect(old.plan.notes.join()).toMatch(/moves is no longer declared and is kept: .*"two".*no such chart/)
    expect(kit.names(namespace, 'configmap')).toContain('configmap/moves')

    const problem = await problemOf(
      kit
        .target(namespace, [configMap('moves')], {
          id: 'two',
          revision: 'other',
          neighbours: neighbours({ key: keyOf('one', namespace), ids: [`ConfigMap/${namespace}/moves`] })
        })
        .plan('deploy')
    )
    expect(problem.message).toMatch(/target "one" of test still declares it/)
  })

  it('is known by its own inventory where a copy of that has been restored elsewhere', async () => {
    const namespace = await kit.platform.createNamespace('moving')
    const copy = await kit.platform.createNamespace('a-copy')
    await kit.deploy(namespace, [configMap('a'), configMap('b')], { id: 'one', revision: 'first' })
    const secret = JSON.parse(kit.kubectl('get', 'secret', 'gitops.test.one', '-n', namespace, '-o', 'json'))
    const { name, labels, annotations } = secret.metadata
    kit.kubectlApply(['-n', copy], [{ ...secret, metadata: { name, labels, annotations, namespace: copy } }])
    const { plan } = await kit.deploy(namespace, [configMap('b')], { id: 'two', revision: 'second' })
    expect(plan.changes[0]?.reason).toMatch(/taken over from target "one"/)
  })

  it("is never taken from another repository's target", async () => {
    const namespace = await kit.platform.createNamespace('handover')
    await kit.deploy(namespace, [configMap('theirs')], { id: 'one', repository: 'acme/other', revision: 'first' })
    const problem = await problemOf(
      kit.target(namespace, [configMap('theirs')], { id: 'two', revision: 'second' }).plan('deploy')
    )
    expect(problem.message).toMatch(/of the repository acme\/other/)
    const named = await kit.deploy(namespace, [configMap('theirs')], {
      id: 'two',
      revision: 'second',
      adopt: ['Secret/gitops.test.one']
    })
    expect(named.outcome.status).toBe('succeeded')
    expect(kit.names(namespace, 'secret')).toContain('secret/gitops.test.one')
  })
})

describe('a deleted inventory', () => {
  it('is restored from the labels of what lives: nothing is forgotten, and it is no installation', async () => {
    const namespace = await kit.platform.createNamespace('restore')
    const role = {
      ...configMap('old'),
      object: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'old' },
        rules: []
      }
    }
    await kit.deploy(namespace, [configMap('a'), configMap('b'), role], { revision: 'first' })
    kit.kubectl('delete', 'secret', 'gitops.test.web', '-n', namespace)

    const remembered = async () => ({
      target: 'web',
      environment: 'test',
      repository: 'acme/shop',
      revision: 'first',
      digest: 'sha256:1',
      images: {},
      time: '2026-01-01T00:00:00.000Z',
      status: 'succeeded' as const,
      history: []
    })
    const { plan, pruned } = await kit.deploy(namespace, [configMap('a')], { revision: 'second', remembered })
    expect(plan.notes.join()).toMatch(/inventory of this target is gone; it is restored from the labels of 3 live/)
    expect(changesOf(plan)).toEqual(['delete ConfigMap b', 'delete Role old'])
    expect(pruned?.status).toBe('succeeded')
    expect(kit.names(namespace, 'role,configmap')).toEqual(['configmap/a'])
    const record = await kit.target(namespace, [configMap('a')]).deployed()
    expect(record).toMatchObject({ revision: 'second', status: 'succeeded' })
    expect(record?.history.map((entry) => entry.revision)).toEqual(['first'])
  })

  it('is restored as far as the credentials see, and what they do not see is told', async () => {
    const namespace = await kit.platform.createNamespace('restore')
    const verbs = ['get', 'list', 'create', 'patch', 'delete', 'watch']
    const kubeconfig = await kit.platform.createRestrictedKubeconfig({
      namespace,
      rules: [
        { apiGroups: [''], resources: ['configmaps', 'secrets'], verbs },
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs }
      ]
    })
    const cluster = await connect({ kubeconfig, log: quiet })
    const first = await kit.deploy(namespace, [configMap('a'), configMap('b')], { cluster })
    expect(first.outcome.status).toBe('succeeded')
    expect(first.plan.notes).toEqual([])
    kit.kubectl('delete', 'secret', 'gitops.test.web', '-n', namespace)
    const { plan, pruned } = await kit.deploy(namespace, [configMap('a')], { cluster, revision: 'second' })
    expect(plan.notes.join()).toMatch(/could not be looked for.*deployments\.apps/)
    expect(changesOf(plan)).toEqual(['delete ConfigMap b'])
    expect(pruned?.status).toBe('succeeded')
  })

  it.each([
    ['deleted', ['delete', 'secret', 'gitops.test.web']],
    [
      'edited',
      ['annotate', '--overwrite', 'secret', 'gitops.test.web', 'applyset.kubernetes.io/contains-group-kinds=ConfigMap']
    ]
  ])('leaves alone the copy that a backup made of its namespace (%s)', async (_how, command) => {
    const namespace = await kit.platform.createNamespace('restore')
    const copy = await kit.platform.createNamespace('restored-copy')
    const objects = [configMap('a'), configMap('b'), manifest('v1', 'ServiceAccount', 'old')]
    await kit.deploy(namespace, objects)
    // As backups restore: with labels, and with field owners.
    const labels = { 'applyset.kubernetes.io/part-of': kit.label(namespace, 'configmap/a') }
    kit.kubectlApply(
      ['--server-side', '--field-manager=gitops-actions', '-n', copy],
      objects.map(({ object }) => ({ ...object, metadata: { ...object.metadata, labels } }))
    )
    kit.kubectl(...command, '-n', namespace)
    for (const purpose of ['drift', 'deploy'] as const) {
      const plan = await kit.target(namespace, [configMap('a')], { revision: 'second' }).plan(purpose)
      expect(changesOf(plan).filter((change) => change.startsWith('delete'))).toEqual([
        'delete ConfigMap b',
        'delete ServiceAccount old'
      ])
      expect(plan.notes.join()).toMatch(/namespace restored-copy.* looks like a copy.*Its 3 objects are left alone/)
    }
    const { pruned } = await kit.deploy(namespace, [configMap('a')], { revision: 'second' })
    expect(pruned?.status).toBe('succeeded')
    expect(kit.names(copy, 'configmap')).toEqual(['configmap/a', 'configmap/b'])
    expect(kit.kubectl('get', 'secret', 'gitops.test.web', '-n', namespace, '-o', 'yaml')).not.toContain(copy)
  })

  it('is not told from a label that something else has copied: that is a first deploy, with its hooks', async () => {
    const namespace = await kit.platform.createNamespace('restore')
    const other = await kit.platform.createNamespace('copied')
    const labels = {
      'applyset.kubernetes.io/part-of': applySetId({ environment: 'test', target: 'web', namespace })
    }
    kit.kubectlApply(
      ['--server-side', '--field-manager=replicator', '-n', other],
      [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'copied', labels } }]
    )
    const hook = configMap('before', {}, { annotations: { 'helm.sh/hook': 'pre-install' } })
    const { plan, outcome } = await kit.deploy(namespace, [configMap('a'), hook])
    expect(plan.notes.join()).not.toMatch(/inventory of this target is gone/)
    expect(outcome.results.map((one) => one.resource.name)).toEqual(['before', 'a'])
  })

  it('is written anew by a deploy that changes nothing', async () => {
    const namespace = await kit.platform.createNamespace('restore')
    await kit.deploy(namespace, [configMap('a')])
    kit.kubectl('delete', 'secret', 'gitops.test.web', '-n', namespace)
    const { plan } = await kit.deploy(namespace, [configMap('a')])
    expect(plan.changes).toEqual([])
    expect(kit.names(namespace, 'secret')).toEqual(['secret/gitops.test.web'])
  })
})
