import { describe, expect, it } from 'vitest'
import type { Manifest } from '../../../src/render/manifest.ts'
import { manifest, useKit } from './kit.ts'

const kit = useKit()

const deployment = (replicas?: number): Manifest =>
  manifest('apps/v1', 'Deployment', 'web', {
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } }
    }
  })

const scaler = (version: 'v1' | 'v2'): Manifest =>
  manifest(`autoscaling/${version}`, 'HorizontalPodAutoscaler', 'web', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 1, maxReplicas: 9 }
  })

const replicas = (namespace: string) =>
  kit.kubectl('get', 'deployment/web', '-n', namespace, '-o', 'jsonpath={.spec.replicas}')

describe('replicas of a workload', () => {
  it.each(['v1', 'v2'] as const)(
    'that leave the declaration when an autoscaler of autoscaling/%s joins it stay as they are',
    async (version) => {
      const namespace = await kit.platform.createNamespace('autoscaled')
      await kit.deploy(namespace, [deployment(3)], { wait: false })
      const { plan } = await kit.deploy(namespace, [deployment(), scaler(version)], { wait: false })
      expect(plan.changes.map((change) => `${change.action} ${change.resource.kind}`)).toEqual([
        'create HorizontalPodAutoscaler'
      ])
      expect(replicas(namespace)).toBe('3')
    }
  )

  it('that leave the declaration while an autoscaler lives that nobody declares stay as they are', async () => {
    const namespace = await kit.platform.createNamespace('autoscaled')
    await kit.deploy(namespace, [deployment(3)], { wait: false })
    kit.kubectl('autoscale', 'deployment', 'web', '--min=1', '--max=9', '-n', namespace)
    const { plan } = await kit.deploy(namespace, [deployment()], { wait: false })
    expect(plan.changes).toEqual([])
    expect(replicas(namespace)).toBe('3')
  })

  it('are the declared ones as soon as the declaration drops the autoscaler', async () => {
    const namespace = await kit.platform.createNamespace('autoscaled')
    await kit.deploy(namespace, [deployment(2), scaler('v2')], { wait: false })
    kit.kubectl('scale', 'deployment/web', '--replicas=5', '-n', namespace)
    expect((await kit.target(namespace, [deployment(2), scaler('v2')]).plan('deploy')).changes).toEqual([])
    const { plan } = await kit.deploy(namespace, [deployment(2)], { wait: false })
    expect(plan.changes.map((change) => `${change.action} ${change.resource.kind}`)).toEqual([
      'update Deployment',
      'delete HorizontalPodAutoscaler'
    ])
    expect(replicas(namespace)).toBe('2')
    expect((await kit.target(namespace, [deployment(2)]).plan('deploy')).changes).toEqual([])
  })

  it('are left to an autoscaler that is kept although nobody declares it any more', async () => {
    const namespace = await kit.platform.createNamespace('autoscaled')
    await kit.deploy(namespace, [deployment(2), scaler('v2')], { wait: false })
    kit.kubectl('scale', 'deployment/web', '--replicas=5', '-n', namespace)
    const { plan } = await kit.deploy(namespace, [deployment(2)], { wait: false, prune: false })
    expect(plan.changes).toEqual([])
    expect(replicas(namespace)).toBe('5')
  })
})
