import { describe, expect, test } from 'vitest'
import { orderForPrune } from '../../../../src/targets/kubernetes/order/index.ts'
import { nameOf } from '../../../../src/targets/kubernetes/order/problems.ts'
import { objectsOf } from './text.ts'

const prune = (yaml: string) => orderForPrune(objectsOf(yaml)).map((level) => level.map(nameOf).join(', '))

const object = (
  apiVersion: string,
  kind: string,
  name: string,
  annotations: Record<string, string> = {},
  rest = ''
) => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: ${name}, namespace: shop, annotations: ${JSON.stringify(annotations)}}
${rest}`

describe('pruning', () => {
  test('goes backwards: operators outlive their resources, accounts their pods, namespaces everything', () => {
    expect(
      prune(`
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec: {group: example.com, names: {kind: Widget}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: operator, namespace: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: operator, namespace: shop}
spec: {template: {spec: {serviceAccountName: operator, containers: []}}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: operator}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: operator}
roleRef: {kind: ClusterRole, name: operator}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: front, namespace: shop}
`)
    ).toEqual([
      'Widget shop/front',
      'CustomResourceDefinition widgets.example.com',
      'ValidatingWebhookConfiguration operator',
      'Deployment shop/operator',
      'ServiceAccount shop/operator, ClusterRoleBinding operator',
      'Namespace shop, ClusterRole operator'
    ])
  })

  test('runs waves and depends-on backwards', () => {
    const wave = (number: number) => ({ 'argocd.argoproj.io/sync-wave': `${number}` })
    expect(
      prune(
        [
          object('batch/v1', 'Job', 'a'),
          object('batch/v1', 'Job', 'b', { 'config.kubernetes.io/depends-on': 'batch/namespaces/shop/Job/a' }),
          object('batch/v1', 'Job', 'c', wave(2)),
          'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, annotations: {argocd.argoproj.io/sync-wave: "9"}}\n'
        ].join('---\n')
      )
    ).toEqual(['Job shop/c', 'Job shop/b', 'Job shop/a', 'Namespace shop'])
  })

  test('takes live objects as they are: what makes no sense does not stop it', () => {
    const waits = (name: string) => ({ 'config.kubernetes.io/depends-on': `batch/namespaces/shop/Job/${name}` })
    const levels = prune(
      [
        object('batch/v1', 'Job', 'a', waits('b')),
        object('batch/v1', 'Job', 'b', waits('a')),
        object('batch/v1', 'Job', 'c', { 'config.kubernetes.io/depends-on': '???', 'helm.sh/hook-weight': 'x' }),
        object('batch/v1', 'Job', 'd', { 'kapp.k14s.io/change-rule': 'whatever' })
      ].join('---\n')
    )
    expect(levels.flatMap((level) => level.split(', ')).sort()).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => `Job shop/${name}`)
    )
    expect(levels).toHaveLength(2)
  })

  test('cuts what somebody wrote, not what the API server enforces', () => {
    const yaml = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, annotations: {config.kubernetes.io/depends-on: "/namespaces/shop/ConfigMap/a"}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: shop}
`
    expect(prune(yaml)).toEqual(['ConfigMap shop/a', 'Namespace shop'])
  })
})
