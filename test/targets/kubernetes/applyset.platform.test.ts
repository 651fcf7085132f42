import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import { applySetId, GROUP_KINDS, parentId } from '../../../src/targets/kubernetes/inventory.ts'
import { changesOf, configMap, manifest, problemOf, useKit } from './kit.ts'

const kit = useKit()

/** What the real kubectl makes: a parent and its members. */
async function kubectlSet(parent: string, ...names: string[]): Promise<string> {
  const namespace = await kit.platform.createNamespace('applyset')
  kit.kubectlApply(
    ['--prune', `--applyset=${parent}`, '-n', namespace],
    names.map((name) => configMap(name).object)
  )
  return namespace
}

describe('an ApplySet of kubectl', () => {
  it('is refused, naming its parent and tool, unless it is to be adopted', async () => {
    const namespace = await kubectlSet('web', 'a', 'b')
    const problem = await problemOf(kit.target(namespace, [configMap('a')]).plan('deploy'))
    expect(problem.message).toMatch(/belongs to the ApplySet Secret\/.*\/web of other tooling \(kubectl\/v/)
    expect(problem.message).toContain(`adopt: Secret/${namespace}/web`)
  })

  it('becomes ours when it is adopted: members move, what nobody declares is pruned, the empty set ends', async () => {
    const namespace = await kubectlSet('web', 'a', 'b', 'kept')
    kit.kubectl('annotate', 'configmap', 'kept', 'helm.sh/resource-policy=keep', '-n', namespace)
    const setId = applySetId({ environment: 'test', target: 'web', namespace })
    const wanted = { adopt: ['Secret/web'] }
    const { plan, outcome, pruned } = await kit.deploy(namespace, [configMap('a')], wanted)
    expect(outcome.status).toBe('succeeded')
    expect(changesOf(plan)).toEqual(['delete ConfigMap b', 'delete Secret web', 'update ConfigMap a'])
    expect(plan.changes.find((change) => change.resource.name === 'a')?.reason).toMatch(/taken over from the ApplySet/)
    expect(pruned?.status).toBe('succeeded')
    expect(kit.names(namespace, 'configmap,secret')).toEqual([
      'configmap/a',
      'configmap/kept',
      'secret/gitops.test.web'
    ])
    expect(kit.label(namespace, 'configmap/a')).toBe(setId)
    expect(kit.label(namespace, 'configmap/kept')).toBe(setId)

    const again = await kit.deploy(namespace, [configMap('a')], wanted)
    expect(again.plan.changes).toEqual([])
    expect(again.plan.notes.join()).toMatch(/adopt: Secret\/web is not there/)
    expect((await kit.target(namespace, [configMap('a')], wanted).plan('drift')).changes).toEqual([])
  })

  it('ends without losing what else its parent holds: for kubectl that is no set any more', async () => {
    const namespace = await kit.platform.createNamespace('applyset')
    kit.kubectlApply(['--prune', '--applyset=configmap/parent', '-n', namespace], [configMap('a').object])
    kit.kubectl('patch', 'configmap', 'parent', '-n', namespace, '-p', '{"data":{"mine":"yes"}}')
    const { plan, pruned } = await kit.deploy(namespace, [configMap('a')], { adopt: ['ConfigMap/parent'] })
    expect(changesOf(plan)).toEqual(['update ConfigMap a', 'update ConfigMap parent'])
    expect(pruned?.status).toBe('succeeded')
    const parent = kit.kubectl('get', 'configmap', 'parent', '-n', namespace, '-o', 'json')
    expect(JSON.parse(parent)).toMatchObject({ data: { mine: 'yes' } })
    expect(parent).not.toContain('applyset.kubernetes.io')
    const more = () =>
      kit.kubectlApply(['--prune', '--applyset=configmap/parent', '-n', namespace], [configMap('new').object])
    expect(more).toThrow(/missing required annotation/)
    expect(kit.names(namespace, 'configmap')).toEqual(['configmap/a', 'configmap/parent'])
  })

  it('is not adopted by more than max-prune allows, nor under an id that is not its own', async () => {
    const namespace = await kubectlSet('web', 'a', 'b', 'c')
    const few = await problemOf(kit.target(namespace, [configMap('a')], { adopt: ['web'], maxPrune: 1 }).plan('deploy'))
    expect(few.message).toMatch(/pruning would delete 2 of 3 objects/)
    kit.kubectl('label', 'secret', 'web', 'applyset.kubernetes.io/id=applyset-wrong-v1', '--overwrite', '-n', namespace)
    const wrong = await problemOf(kit.target(namespace, [configMap('x')], { adopt: ['web'] }).plan('deploy'))
    expect(wrong.message).toMatch(/carries the id applyset-wrong-v1, which is not its own/)
    const unknown = await problemOf(
      kit.target(namespace, [configMap('x')], { adopt: ['NoSuchKind/web'] }).plan('deploy')
    )
    expect(unknown.message).toMatch(/knows no kind "NoSuchKind"/)
  })
})

describe('an ApplySet of kubectl whose parent is a custom resource', () => {
  it.each([
    ['Namespaced', 'widgets.'],
    ['Cluster', 'widgets.v1.']
  ])('is adopted with its members in several namespaces and without one (%s)', async (scope, type) => {
    const namespace = await kit.platform.createNamespace('applyset')
    // kubectl keeps the members of a parent in a namespace in that one.
    const other = scope === 'Cluster' ? await kit.platform.createNamespace('applyset') : namespace
    const where = scope === 'Cluster' ? [] : ['-n', namespace]
    const group = `${namespace}.my-company.example.com`
    kit.kubectlApply([], [parentType(group, scope)])
    kit.kubectl('wait', '--for=condition=established', `crd/widgets.${group}`)
    kit.cluster().refreshDiscovery()
    const apiVersion = `${group}/v1`
    const parent = { name: 'parent', namespace: scope === 'Cluster' ? '' : namespace, kind: 'Widget', group }
    const metadata = {
      name: 'parent',
      labels: { 'applyset.kubernetes.io/id': parentId(parent) },
      annotations: { 'applyset.kubernetes.io/tooling': 'kubectl/v1.36', [GROUP_KINDS]: '' }
    }
    kit.kubectlApply(['--server-side', '-n', namespace], [{ apiVersion, kind: 'Widget', metadata }])
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', rules: [] }
    const objects = [
      configMap('a', {}, { namespace }).object,
      configMap('b', {}, { namespace: other }).object,
      configMap('gone', {}, { namespace: other }).object,
      { ...role, metadata: { name: `${namespace}-stays` } },
      { ...role, metadata: { name: `${namespace}-gone` } }
    ]
    kit.kubectlApply(['--prune', `--applyset=widgets.${group}/parent`, ...where], objects)

    const wanted = { adopt: [`${type}${group}/parent`] }
    const kept = [
      configMap('a', {}, { namespace }),
      configMap('b', {}, { namespace: other }),
      manifest('rbac.authorization.k8s.io/v1', 'ClusterRole', `${namespace}-stays`, { rules: [] })
    ]
    const { plan, outcome, pruned } = await kit.deploy(namespace, kept, wanted)
    expect([outcome.status, pruned?.status]).toEqual(['succeeded', 'succeeded'])
    expect(changesOf(plan)).toEqual([
      `delete ClusterRole ${namespace}-gone`,
      'delete ConfigMap gone',
      `update ClusterRole ${namespace}-stays`,
      'update ConfigMap a',
      'update ConfigMap b',
      'update Widget parent'
    ])
    expect(kit.names(other, 'configmap')).toContain('configmap/b')
    expect(kit.names(other, 'configmap')).not.toContain('configmap/gone')
    const roles = kit.kubectl('get', 'clusterrole', '-o', 'name')
    expect(roles).toContain(`${namespace}-stays`)
    expect(roles).not.toContain(`${namespace}-gone`)
    expect(kit.kubectl('get', `widgets.${group}`, 'parent', ...where, '-o', 'yaml')).not.toContain(
      'applyset.kubernetes'
    )
    expect((await kit.target(namespace, kept, { unmanaged: 'ignore' }).plan('drift')).changes).toEqual([])
    kit.kubectl('delete', 'crd', `widgets.${group}`)
    kit.kubectl('delete', 'clusterrole', `${namespace}-stays`)
  })
})

describe('an ApplySet of kubectl that several targets divide', () => {
  it('gives each its own: what another target declares is not deleted', async () => {
    const namespace = await kubectlSet('web', 'a', 'b')
    const other = { environment: 'test', target: 'two', namespace }
    const id = `ConfigMap/${namespace}/b`
    const neighbours = {
      targets: [other],
      declaring: async (ids: readonly string[]) => ({
        by: new Map(ids.filter((one) => one === id).map((one) => [one, other] as const)),
        unreadable: []
      })
    }
    const { plan, pruned } = await kit.deploy(namespace, [configMap('a')], { adopt: ['web'], neighbours })
    expect(changesOf(plan)).not.toContain('delete ConfigMap b')
    expect(plan.notes.join()).toMatch(/b moves to target "two" of test/)
    expect(pruned?.status).toBe('succeeded')
    expect(kit.names(namespace, 'configmap')).toEqual(['configmap/a', 'configmap/b'])

    const first = { environment: 'test', target: 'web', namespace }
    const second = await kit.deploy(namespace, [configMap('b')], {
      id: 'two',
      adopt: ['web'],
      neighbours: { targets: [first], declaring: async () => ({ by: new Map(), unreadable: [] }) }
    })
    expect(second.outcome.status).toBe('succeeded')
    expect(kit.label(namespace, 'configmap/b')).toBe(applySetId(other))
    expect(kit.names(namespace, 'secret')).toEqual(['secret/gitops.test.two', 'secret/gitops.test.web'])
  })
})

describe('a member that stays', () => {
  it('does not come back, empty, when it was deleted meanwhile', async () => {
    const namespace = await kubectlSet('web', 'a', 'kept')
    kit.kubectl('annotate', 'configmap', 'kept', 'helm.sh/resource-policy=keep', '-n', namespace)
    const target = kit.target(namespace, [configMap('a')], { adopt: ['web'] })
    const plan = await target.plan('deploy')
    kit.kubectl('delete', 'configmap', 'kept', '-n', namespace)
    expect((await target.apply(plan)).status).toBe('succeeded')
    expect((await target.prune?.(plan))?.status).toBe('succeeded')
    expect(kit.names(namespace, 'configmap')).toEqual(['configmap/a'])
  })
})

describe('our inventory, to kubectl', () => {
  it('is an ApplySet of other tooling whose members it lists and which it refuses to touch', async () => {
    const namespace = await kit.platform.createNamespace('applyset')
    await kit.deploy(namespace, [configMap('a'), configMap('b')])
    const id = kit.label(namespace, 'secret/gitops.test.web', 'applyset.kubernetes.io/id')
    const members = kit.kubectl(
      'get',
      'configmap',
      '-n',
      namespace,
      '-l',
      `applyset.kubernetes.io/part-of=${id}`,
      '-o',
      'name'
    )
    expect(members.trim().split('\n')).toEqual(['configmap/a', 'configmap/b'])
    const parent = JSON.parse(kit.kubectl('get', 'secret', 'gitops.test.web', '-n', namespace, '-o', 'json'))
    expect(parent.metadata.annotations).toMatchObject({
      'applyset.kubernetes.io/contains-group-kinds': 'ConfigMap',
      'applyset.kubernetes.io/additional-namespaces': ''
    })
    const apply = () =>
      kit.kubectlApply(['--prune', '--applyset=gitops.test.web', '-n', namespace], [configMap('x').object])
    expect(apply).toThrow(/tooling.*gitops-actions|gitops-actions/)
    expect(kit.names(namespace, 'configmap')).toEqual(['configmap/a', 'configmap/b'])
  })
})

/** A CustomResourceDefinition whose objects may be parents of ApplySets. */
function parentType(group: string, scope: string): JsonObject {
  const schema = { openAPIV3Schema: { type: 'object' } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}`, labels: { 'applyset.kubernetes.io/is-parent-type': 'true' } },
    spec: {
      group,
      scope,
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
      versions: [{ name: 'v1', served: true, storage: true, schema }]
    }
  }
}
