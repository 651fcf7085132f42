import { describe, expect, test } from 'vitest'
import { at } from '../../../../src/json.ts'
import { ApiError } from '../../../../src/targets/kubernetes/cluster.ts'
import { type Comparison, REVERT_MANAGER, removalPatch } from '../../../../src/targets/kubernetes/compare/index.ts'
import { useWorkbench } from './workbench.ts'

const bench = useWorkbench('compare-by-hand')

describe('what people do with kubectl', () => {
  test('scale, set image, label, rollout restart and edit are found with who did it', async () => {
    const web = bench.deployment('by-hand')
    await bench.deploy(web)
    await bench.kubectl(['scale', 'deployment/by-hand', '--replicas=1'])
    await bench.kubectl(['set', 'image', 'deployment/by-hand', 'web=nginx:1.28'])
    await bench.kubectl(['label', 'deployment/by-hand', 'touched=yes'])
    await bench.kubectl(['rollout', 'restart', 'deployment/by-hand'])
    await bench.kubectl(['edit', 'deployment/by-hand'], {
      env: { KUBE_EDITOR: 'sed -i "s/terminationGracePeriodSeconds: 30/terminationGracePeriodSeconds: 5/"' }
    })
    const comparison = await bench.compare(web)
    expect(comparison.verdict).toBe('update')
    expect(attributionOf(comparison)).toEqual({
      'spec.replicas': 'kubectl/scale',
      'spec.template.spec.containers[name=web].image': 'kubectl-set',
      'spec.template.spec.terminationGracePeriodSeconds': 'kubectl-edit',
      'metadata.labels.touched': 'kubectl-label',
      'spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]': 'kubectl-rollout'
    })
    expect(comparison.conflicts.map(({ path, manager, kind }) => [path, manager, kind])).toEqual([
      ['spec.replicas', 'kubectl', 'person'],
      ['spec.template.spec.containers[name=web].image', 'kubectl-set', 'person']
    ])
    expect(comparison.recognised).toContainEqual({
      path: 'metadata.annotations[deployment.kubernetes.io/revision]',
      manager: 'kube-controller-manager',
      rule: 'kubernetes-component'
    })
  })

  test('what was added by hand is taken out by a patch, and nothing else', async () => {
    const web = bench.deployment('added', {}, { env: [{ name: 'A', value: '1' }] })
    await bench.deploy(web)
    await bench.kubectl([
      'patch',
      'deployment',
      'added',
      '--patch',
      JSON.stringify({
        metadata: { annotations: { 'example.com/by': 'hand' } },
        spec: {
          template: {
            spec: {
              terminationGracePeriodSeconds: 5,
              containers: [
                { name: 'debug', image: 'busybox:1.36', command: ['sleep', '1'] },
                {
                  name: 'web',
                  env: [
                    { name: 'B', value: '2' },
                    { name: 'C', value: '3' }
                  ],
                  resources: { limits: { cpu: '1' } }
                }
              ]
            }
          }
        }
      })
    ])
    // The rollout of what was added goes on for a moment: the controller's writes would outdate the patch below.
    await bench.kubectl(['rollout', 'status', 'deployment/added', '--timeout=60s'])
    const before = await bench.compare(web)
    expect(before.verdict).toBe('unchanged')
    expect(before.foreign.map((field) => field.path).sort()).toEqual([
      'metadata.annotations[example.com/by]',
      'spec.template.spec.containers[name=debug]',
      'spec.template.spec.containers[name=web].env[name=B]',
      'spec.template.spec.containers[name=web].env[name=C]',
      'spec.template.spec.containers[name=web].resources.limits.cpu',
      'spec.template.spec.terminationGracePeriodSeconds'
    ])
    const { apiVersion, kind } = web
    const ref = { apiVersion, kind, name: 'added', namespace: bench.namespace }
    if (before.live === undefined) throw new Error('no live object')
    await bench.cluster.patch(ref, 'json', removalPatch(before.live, before.foreign), { fieldManager: REVERT_MANAGER })
    const after = await bench.compare(web)
    expect([after.verdict, after.fields, after.reclaim]).toEqual(['unchanged', [], []])
    // The default came back in the name of the patch: that it is one takes a dry run to tell (forgive.ts).
    expect(after.foreign.map((field) => field.path)).toEqual(['spec.template.spec.terminationGracePeriodSeconds'])
    const spec = at(await bench.live(web), 'spec', 'template', 'spec')
    expect(at(spec, 'terminationGracePeriodSeconds')).toBe(30)
    expect(JSON.stringify(spec)).toContain('"env":[{"name":"A","value":"1"}]')
  })

  test('a removal patch for an object that changed since is refused', async () => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'raced', namespace: bench.namespace },
      data: { a: '1' }
    }
    await bench.deploy(config)
    await bench.kubectl(['label', 'configmap/raced', 'x=y'])
    const { live: seen, foreign } = await bench.compare(config)
    await bench.kubectl(['label', 'configmap/raced', 'z=y'])
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: 'raced', namespace: bench.namespace }
    const patch = removalPatch(seen ?? config, foreign)
    await expect(bench.cluster.patch(ref, 'json', patch)).rejects.toThrow(ApiError)
    expect(at(await bench.live(config), 'metadata', 'labels', 'x')).toBe('y')
  })
})

/** Who changed what: path → manager/subresource. */
function attributionOf(comparison: Comparison): Record<string, string> {
  return Object.fromEntries(
    [...comparison.fields, ...comparison.foreign].map(({ path, attribution }) => [
      path,
      attribution?.known ? [attribution.manager, attribution.subresource].filter(Boolean).join('/') : 'unknown'
    ])
  )
}
