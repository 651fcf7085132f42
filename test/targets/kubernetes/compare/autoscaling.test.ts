import { expect, test } from 'vitest'
import { defaultIgnores } from '../../../../src/targets/kubernetes/compare/index.ts'

const source = { file: 'x.yaml' }
const scaler = (name: string, kind = 'Deployment') => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'h', namespace: 'shop' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind, name } }
})

test('ignores the replicas of what autoscalers of the set, live ones and KEDA target', () => {
  const scaledObject = {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'k', namespace: 'shop' },
    spec: { scaleTargetRef: { name: 'worker' } }
  }
  expect(
    defaultIgnores(
      [
        { object: scaler('web'), source },
        { object: scaledObject, source }
      ],
      [scaler('db', 'StatefulSet'), scaler('web')]
    )
  ).toEqual([
    { group: 'apps', kind: 'Deployment', name: 'web', namespace: 'shop', pointers: ['/spec/replicas'] },
    { group: 'apps', kind: 'Deployment', name: 'worker', namespace: 'shop', pointers: ['/spec/replicas'] },
    { group: 'apps', kind: 'StatefulSet', name: 'db', namespace: 'shop', pointers: ['/spec/replicas'] }
  ])
})

test('ignores nothing without an autoscaler', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } }
  const nonsense = { ...scaler('x'), spec: {} }
  expect(
    defaultIgnores([
      { object: deployment, source },
      { object: nonsense, source }
    ])
  ).toEqual([])
})
