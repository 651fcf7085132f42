import { describe, expect, test } from 'vitest'
import { asObject, at } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { defaultIgnores } from '../../../../src/targets/kubernetes/compare/index.ts'
import { useWorkbench } from './workbench.ts'

const bench = useWorkbench('compare-ignore')

describe('ignore rules', () => {
  const hpa = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'scaled' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled' }, maxReplicas: 5 }
  }

  test('replicas that leave Git when an autoscaler comes are kept, not reset to 1', async () => {
    await bench.deploy(bench.deployment('scaled', { replicas: 3 }))
    const { replicas: _, ...spec } = asObject(bench.deployment('scaled')['spec']) ?? {}
    const without = { ...bench.deployment('scaled'), spec }
    const ignore = defaultIgnores([{ object: hpa, source: { file: 'x' } }])

    const unguarded = await bench.compare(without, { purpose: 'deploy' })
    expect(unguarded.fields).toEqual([
      expect.objectContaining({ path: 'spec.replicas', after: { type: 'value', value: 1 } })
    ])
    const guarded = await bench.compare(without, { purpose: 'deploy', ignore })
    expect([guarded.verdict, guarded.fields]).toEqual(['unchanged', []])
    expect(at(guarded.payload, 'spec', 'replicas')).toBe(3)
    await bench.cluster.apply(guarded.payload, { force: true })

    // The autoscaler takes the field; from then on it is left to it.
    await bench.kubectl(['scale', 'deployment/scaled', '--replicas=4'])
    const scaled = await bench.compare(without, { ignore })
    expect([scaled.verdict, scaled.fields, scaled.foreign, scaled.reclaim]).toEqual(['unchanged', [], [], []])
    expect(at(scaled.payload, 'spec', 'replicas')).toBeUndefined()
    await bench.cluster.apply(scaled.payload, { force: true })
    expect(at(await bench.live(without), 'spec', 'replicas')).toBe(4)
  })

  test('fields of an ignored manager do not count, by object', async () => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'fed', namespace: bench.namespace },
      data: { a: '1', b: '1' }
    }
    await bench.deploy(config)
    const feed = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'fed', namespace: bench.namespace, labels: { fed: 'x' } },
      data: { b: '2' }
    }
    await bench.cluster.apply(feed, { force: true, fieldManager: 'feeder' })
    const rule = { kind: 'ConfigMap', name: 'f*', managers: ['feed*'] }
    const ignoring = await bench.compare(config, { ignore: [rule] })
    expect([ignoring.verdict, ignoring.fields, ignoring.foreign]).toEqual(['unchanged', [], []])
    expect(at(ignoring.payload, 'data')).toEqual({ a: '1' })
    const other = await bench.compare(config, { ignore: [{ ...rule, name: 'g*' }] })
    expect(other.fields.map((field) => field.path)).toEqual(['data.b'])
    expect(other.foreign.map((field) => field.path)).toEqual(['metadata.labels.fed'])
  })

  test('an entry inside a list that is replaced as one piece keeps its live value', async () => {
    const role = (verbs: string[]): KubernetesObject => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'piece', namespace: bench.namespace },
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs },
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }
      ]
    })
    await bench.deploy(role(['get']))
    await bench.kubectl([
      'patch',
      'role',
      'piece',
      '--type=json',
      '--patch',
      '[{"op":"replace","path":"/rules/0/verbs","value":["get","list"]}]'
    ])
    const comparison = await bench.compare(role(['get']), { ignore: [{ kind: 'Role', pointers: ['/rules/0/verbs'] }] })
    expect([comparison.verdict, comparison.fields]).toEqual(['unchanged', []])
    await bench.cluster.apply(comparison.payload, { force: true })
    expect(at(await bench.live(role([])), 'rules')).toEqual(role(['get', 'list'])['rules'])
  })
})
