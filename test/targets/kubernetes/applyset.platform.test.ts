import { describe, expect, it } from 'vitest'
import { applySetId } from '../../../src/targets/kubernetes/inventory.ts'
import { changesOf, configMap, problemOf, useKit } from './kit.ts'

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
