import { describe, expect, test } from 'vitest'
import { at } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { useWorkbench } from './workbench.ts'

const bench = useWorkbench('compare-adoption')

describe('adoption', () => {
  const body = (name: string): KubernetesObject =>
    bench.deployment(name, { replicas: 1, minReadySeconds: 3 }, { command: ['x'] })

  test.each([
    [
      'kubectl apply',
      (object: KubernetesObject) => bench.kubectl(['apply', '-f', '-'], { input: JSON.stringify(object) }),
      'kubectl-client-side-apply'
    ],
    [
      'kubectl create',
      (object: KubernetesObject) => bench.kubectl(['create', '-f', '-'], { input: JSON.stringify(object) }),
      'kubectl-create'
    ],
    ['Helm 4', (object: KubernetesObject) => bench.cluster.apply(object, { fieldManager: 'helm' }), 'helm'],
    [
      'Argo CD',
      (object: KubernetesObject) => bench.cluster.apply(object, { fieldManager: 'argocd-controller' }),
      'argocd-controller'
    ]
  ])('takes over what %s made, shows what goes, restarts nothing', async (_name, make, manager) => {
    const name = `made-by-${manager}`
    await make(body(name))
    const declared = bench.deployment(name, { replicas: 1 }, { command: ['x'] })
    const comparison = await bench.compare(declared, { purpose: 'deploy' })
    expect(comparison.adoption?.from).toEqual([manager])
    // The default comes back in the place of what is no longer declared, which is no value at all.
    expect(comparison.fields).toEqual([
      expect.objectContaining({
        path: 'spec.minReadySeconds',
        before: { type: 'value', value: 3 },
        after: { type: 'absent' }
      })
    ])
    expect(comparison.reclaim).toEqual([
      {
        path: 'metadata.managedFields',
        before: { type: 'value', value: [manager] },
        after: { type: 'value', value: ['gitops-actions'] }
      }
    ])
    const before = await bench.live(declared)
    await bench.adopt(declared)
    const after = await bench.live(declared)
    expect(at(after, 'spec', 'template')).toEqual(at(before, 'spec', 'template'))
    expect(at(after, 'spec', 'minReadySeconds')).toBeUndefined()
    expect(JSON.stringify(after.metadata)).not.toContain('last-applied')
    const again = await bench.compare(declared)
    expect([again.verdict, again.foreign, again.reclaim, again.adoption]).toEqual(['unchanged', [], [], undefined])
  })
})

describe('conflicts', () => {
  test('names the tool that owns a field which applying would change, since when', async () => {
    const web = bench.deployment('contested')
    await bench.deploy(web)
    const theirs = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'contested', namespace: bench.namespace },
      spec: { replicas: 0, paused: true }
    }
    await bench.cluster.apply(theirs, { force: true, fieldManager: 'argocd-controller' })
    const comparison = await bench.compare(bench.deployment('contested', { paused: false, replicas: 0 }), {
      purpose: 'deploy'
    })
    expect(comparison.conflicts).toEqual([
      {
        path: 'spec.paused',
        manager: 'argocd-controller',
        kind: 'applier',
        operation: 'Apply',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/)
      }
    ])
  })
})
