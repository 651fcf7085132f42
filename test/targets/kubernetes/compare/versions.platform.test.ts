import { describe, expect, test } from 'vitest'
import { at, type JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { useWorkbench } from './workbench.ts'

const bench = useWorkbench('compare-versions')

const GROUP = 'versions.example.com'

/** A kind that is served in two versions of the same schema, as kinds are while they grow up. */
const DEFINITION: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `gadgets.${GROUP}` },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: { plural: 'gadgets', kind: 'Gadget' },
    versions: ['v1beta1', 'v1'].map((name) => ({
      name,
      served: true,
      storage: name === 'v1',
      schema: {
        openAPIV3Schema: {
          type: 'object',
          properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
        }
      }
    }))
  }
}

async function serve(): Promise<void> {
  await bench.cluster.apply(DEFINITION, { force: true })
  await expect
    .poll(
      async () => {
        bench.cluster.refreshDiscovery()
        return (await bench.cluster.resourceFor(`${GROUP}/v1beta1`, 'Gadget'))?.plural
      },
      { timeout: 20_000 }
    )
    .toBe('gadgets')
}

describe('an object that is served in several versions', () => {
  const gadget = (version: string, name: string, spec: JsonObject): KubernetesObject => ({
    apiVersion: `${GROUP}/${version}`,
    kind: 'Gadget',
    metadata: { name, namespace: bench.namespace },
    spec
  })
  const scaler = (version: 'v1' | 'v2', name: string, spec: JsonObject): KubernetesObject => ({
    apiVersion: `autoscaling/${version}`,
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, namespace: bench.namespace },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, maxReplicas: 5, ...spec }
  })
  const cpu = (averageUtilization: number): JsonObject => ({
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } }]
  })

  test('is in sync in the version that it was deployed in, whichever version it was listed in', async () => {
    await serve()
    for (const [own, other] of [
      ['v1', 'v1beta1'],
      ['v1beta1', 'v1']
    ] as const) {
      const declared = gadget(own, `listed-${own}`, { a: { b: 1 }, list: [1, 2] })
      await bench.deploy(declared)
      const listed = await bench.live({ ...declared, apiVersion: `${GROUP}/${other}` })
      const found = await bench.compare(declared, { live: listed })
      expect([found.verdict, found.fields, found.foreign, found.reclaim]).toEqual(['unchanged', [], [], []])
    }
    const old = scaler('v1', 'listed', { targetCPUUtilizationPercentage: 70 })
    await bench.deploy(old)
    const listed = await bench.live({ ...old, apiVersion: 'autoscaling/v2' })
    expect((await bench.compare(old, { live: listed })).verdict).toBe('unchanged')
  })

  test('moves to another version of the declaration without a change, and says what changes besides', async () => {
    await serve()
    await bench.deploy(gadget('v1beta1', 'moves', { a: 1, gone: true }))
    const same = await bench.compare(gadget('v1', 'moves', { a: 1, gone: true }), { purpose: 'deploy' })
    expect([same.verdict, same.fields, same.reason]).toEqual(['unchanged', [], undefined])
    const changed = await bench.compare(gadget('v1', 'moves', { a: 2 }), { purpose: 'deploy' })
    expect(changed.fields.map((field) => field.path).sort()).toEqual(['spec.a', 'spec.gone'])

    await bench.deploy(scaler('v1', 'moves', { targetCPUUtilizationPercentage: 70 }))
    const moved = await bench.compare(scaler('v2', 'moves', cpu(70)), { purpose: 'deploy' })
    expect([moved.verdict, moved.fields, moved.reason]).toEqual(['unchanged', [], undefined])
    const more = await bench.compare(scaler('v2', 'moves', cpu(80)), { purpose: 'deploy' })
    expect([more.verdict, more.fields.map((field) => field.path)]).toEqual([
      'update',
      ['spec.metrics[type=Resource].resource.target.averageUtilization']
    ])
    await bench.deploy(scaler('v2', 'moves', cpu(80)))
    expect((await bench.compare(scaler('v2', 'moves', cpu(80)))).verdict).toBe('unchanged')
  })

  test('shows what was changed by hand in the other version, with who did it', async () => {
    await serve()
    await bench.deploy(gadget('v1', 'by-hand', { a: 1, b: 1 }))
    await bench.cluster.patch(
      { apiVersion: `${GROUP}/v1beta1`, kind: 'Gadget', name: 'by-hand', namespace: bench.namespace },
      'merge',
      { spec: { a: 2, extra: 'x' } },
      { fieldManager: 'kubectl-edit' }
    )
    const found = await bench.compare(gadget('v1', 'by-hand', { a: 1, b: 1 }))
    expect(found.fields).toMatchObject([{ path: 'spec.a', attribution: { known: true, manager: 'kubectl-edit' } }])
    expect(found.foreign.map((field) => field.path)).toEqual(['spec.extra'])

    await bench.deploy(scaler('v2', 'by-hand', cpu(70)))
    await bench.cluster.patch(
      { apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler', name: 'by-hand', namespace: bench.namespace },
      'merge',
      { spec: { targetCPUUtilizationPercentage: 90, maxReplicas: 9 } },
      { fieldManager: 'kubectl-edit' }
    )
    const edited = await bench.compare(scaler('v2', 'by-hand', cpu(70)))
    expect(edited.fields).toMatchObject([
      { path: 'spec.maxReplicas', attribution: { known: true, manager: 'kubectl-edit' } },
      { path: 'spec.metrics[type=Resource].resource.target.averageUtilization' }
    ])
    expect(edited.foreign).toEqual([])
  })

  test('is taken over from a tool that applied it in the other version', async () => {
    await serve()
    const declared = gadget('v1', 'adopted', { a: 1 })
    await bench.kubectl(['apply', '-f', '-'], { input: JSON.stringify(gadget('v1beta1', 'adopted', { a: 1, b: 2 })) })
    const before = await bench.compare(declared, { purpose: 'deploy' })
    expect(before.fields).toMatchObject([{ path: 'spec.b', after: { type: 'absent' } }])
    await bench.adopt(declared)
    expect(at(await bench.live(declared), 'spec')).toEqual({ a: 1 })
    expect((await bench.compare(declared)).verdict).toBe('unchanged')

    const old = scaler('v1', 'adopted', { targetCPUUtilizationPercentage: 70, minReplicas: 2 })
    await bench.kubectl(['apply', '-f', '-'], { input: JSON.stringify(old) })
    const scaled = scaler('v2', 'adopted', cpu(70))
    const shown = await bench.compare(scaled, { purpose: 'deploy' })
    expect(shown.fields).toMatchObject([{ path: 'spec.minReplicas', after: { type: 'value', value: 1 } }])
    await bench.adopt(scaled)
    expect(at(await bench.live(scaled), 'spec', 'minReplicas')).toBe(1)
    expect((await bench.compare(scaled)).verdict).toBe('unchanged')
  })
})
