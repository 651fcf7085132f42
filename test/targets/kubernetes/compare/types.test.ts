import { describe, expect, test } from 'vitest'
import {
  fieldType,
  itemType,
  type TypeNode,
  typeOfKind
} from '../../../../src/targets/kubernetes/compare/types/index.ts'

/** The type at a path of fields; `*` stands for the items of a list. */
function typeAt(apiVersion: string, kind: string, path: string): TypeNode | undefined {
  return path
    .split('.')
    .reduce<TypeNode | undefined>(
      (type, step) => (step === '*' ? itemType(type) : fieldType(type, step)),
      typeOfKind(apiVersion, kind)
    )
}

describe('the table of built-in types', () => {
  test.each<[string, string, string, Partial<TypeNode> | undefined]>([
    [
      'apps/v1',
      'Deployment',
      'spec.template.spec.containers',
      { type: 'list', merge: 'keys', keys: [{ name: 'name' }] }
    ],
    [
      'apps/v1',
      'Deployment',
      'spec.template.spec.containers.*.ports',
      {
        type: 'list',
        merge: 'keys',
        keys: [{ name: 'containerPort' }, { name: 'protocol', absent: 'TCP' }]
      }
    ],
    ['v1', 'Service', 'spec.ports', { keys: [{ name: 'port' }, { name: 'protocol', absent: 'TCP' }] }],
    ['v1', 'Pod', 'spec.tolerations', { type: 'list', merge: 'atomic' }],
    ['v1', 'Pod', 'spec.containers.*.args', { type: 'list', merge: 'atomic' }],
    ['v1', 'ConfigMap', 'metadata.finalizers', { type: 'list', merge: 'set' }],
    ['v1', 'Pod', 'metadata.ownerReferences', { keys: [{ name: 'uid' }] }],
    ['v1', 'Pod', 'spec.containers.*.resources.limits', { type: 'map', atomic: false, element: { type: 'quantity' } }],
    ['v1', 'Pod', 'spec.volumes.*.emptyDir.sizeLimit', { type: 'quantity' }],
    ['v1', 'Pod', 'spec.containers.*.volumeMounts.*.readOnly', { type: 'droppable' }],
    ['v1', 'Pod', 'spec.containers.*.env.*.value', { type: 'droppable' }],
    ['v1', 'Pod', 'spec.hostNetwork', { type: 'droppable' }],
    // Pointers keep their zero values.
    ['apps/v1', 'Deployment', 'spec.replicas', undefined],
    ['v1', 'Pod', 'spec.automountServiceAccountToken', undefined],
    ['v1', 'Pod', 'spec.containers.*.securityContext.privileged', undefined],
    ['v1', 'Pod', 'spec.nodeSelector', { type: 'map', atomic: true }],
    ['v1', 'Pod', 'spec.containers.*.env.*.valueFrom.fieldRef', { type: 'struct', atomic: true }],
    ['apps/v1', 'Deployment', 'spec.selector', { type: 'struct', atomic: true }],
    ['v1', 'ConfigMap', 'data', { type: 'map', atomic: false }],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'rules', { type: 'list', merge: 'atomic' }],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'spec.versions', { type: 'list', merge: 'atomic' }],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'webhooks', { keys: [{ name: 'name' }] }],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'spec.metrics', { type: 'list', merge: 'atomic' }],
    // What is not built in is only known to have metadata.
    ['example.com/v1', 'Widget', 'spec', undefined],
    ['example.com/v1', 'Widget', 'metadata.finalizers', { type: 'list', merge: 'set' }],
    ['apps/v1beta1', 'Deployment', 'spec', undefined]
  ])('%s %s %s', (apiVersion, kind, path, expected) => {
    const type = typeAt(apiVersion, kind, path)
    if (expected === undefined) expect(type).toBeUndefined()
    else expect(type).toMatchObject(expected)
  })

  test('names of object members are no types', () => {
    expect(typeAt('v1', 'Pod', 'constructor')).toBeUndefined()
    expect(typeAt('v1', 'Pod', '__proto__')).toBeUndefined()
  })
})
