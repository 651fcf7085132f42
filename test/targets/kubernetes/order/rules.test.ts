import { expect, test } from 'vitest'
import { referenceOf } from '../../../../src/targets/kubernetes/order/depends-on.ts'
import {
  changeRuleEdges,
  definitionEdges,
  dependsOnEdges,
  namespaceEdges
} from '../../../../src/targets/kubernetes/order/edges.ts'
import { Graph } from '../../../../src/targets/kubernetes/order/graph.ts'
import { orderForApply } from '../../../../src/targets/kubernetes/order/index.ts'
import { levelsText, manifestsOf, objectsOf } from './text.ts'

// A few cases of carvel-dev/kapp (pkg/kapp/diffgraph/change_graph_test.go) and kubernetes-sigs/cli-utils
// (pkg/object/graph/depends_test.go), told again in our own words; `npm run conformance` runs them all.

const DATABASE = `
kind: ConfigMap
apiVersion: v1
metadata: {name: settings}
---
kind: Job
apiVersion: batch/v1
metadata:
  name: import
  annotations: {kapp.k14s.io/change-group: example.com/import, kapp.k14s.io/change-rule: upsert before deleting example.com/old}
---
kind: Job
apiVersion: batch/v1
metadata:
  name: migrate
  annotations:
    kapp.k14s.io/change-group: example.com/migrate
    kapp.k14s.io/change-rule: upsert after upserting example.com/import
    kapp.k14s.io/change-rule.0: delete before deleting example.com/app
---
kind: Service
apiVersion: v1
metadata: {name: app, annotations: {kapp.k14s.io/change-group: example.com/app}}
---
kind: Deployment
apiVersion: apps/v1
metadata:
  name: app
  annotations: {kapp.k14s.io/change-group: example.com/app, kapp.k14s.io/change-rule: upsert after upserting example.com/migrate}
---
kind: Job
apiVersion: batch/v1
metadata:
  name: check
  annotations:
    kapp.k14s.io/change-rule: upsert after upserting example.com/app
    kapp.k14s.io/change-rule.0: delete before deleting example.com/migrate
`

function levels(yaml: string, build: (graph: Graph, objects: ReturnType<typeof objectsOf>) => void): string[] {
  const objects = objectsOf(yaml)
  const names = objects.map(referenceOf)
  const graph = new Graph(objects.length)
  build(graph, objects)
  return graph.levels().map((level) => level.map((index) => names[index]).join(' '))
}

test('change rules order applying', () => {
  expect(levels(DATABASE, (graph, objects) => changeRuleEdges(graph, objects, 'upsert'))).toEqual([
    '/ConfigMap/settings batch/Job/import /Service/app',
    'batch/Job/migrate',
    'apps/Deployment/app',
    'batch/Job/check'
  ])
})

test('change rules order deleting by rules of their own', () => {
  expect(levels(DATABASE, (graph, objects) => changeRuleEdges(graph, objects, 'delete'))).toEqual([
    '/ConfigMap/settings batch/Job/import batch/Job/check',
    'batch/Job/migrate',
    '/Service/app apps/Deployment/app'
  ])
})

test('a change rule may name the groups that kinds are in, and placeholders', () => {
  const yaml = `
kind: Job
apiVersion: batch/v1
metadata: {name: first, annotations: {kapp.k14s.io/change-rule: upsert before upserting change-groups.kapp.k14s.io/serviceaccount}}
---
kind: ServiceAccount
apiVersion: v1
metadata: {name: web, annotations: {"kapp.k14s.io/change-group": "example.com/{kind}-{name}"}}
---
kind: Job
apiVersion: batch/v1
metadata: {name: last, annotations: {kapp.k14s.io/change-rule: upsert after upserting example.com/ServiceAccount-web}}
`
  expect(levelsText(orderForApply(manifestsOf(yaml), { event: 'install' }))).toEqual([
    'main: Job first',
    'main: ServiceAccount web [after Job first]',
    'main: Job last [after ServiceAccount web]'
  ])
})

test('depends-on, namespaces and definitions are edges of the same graph', () => {
  const yaml = `
kind: Deployment
apiVersion: apps/v1
metadata: {name: foo, namespace: test, annotations: {config.kubernetes.io/depends-on: stable.example.com/namespaces/test/CronTab/tab}}
---
kind: CronTab
apiVersion: stable.example.com/v1
metadata: {name: tab, namespace: test}
---
kind: Namespace
apiVersion: v1
metadata: {name: test}
---
kind: CustomResourceDefinition
apiVersion: apiextensions.k8s.io/v1
metadata: {name: crontabs.stable.example.com}
spec: {group: stable.example.com, names: {kind: CronTab}}
`
  expect(
    levels(yaml, (graph, objects) => {
      namespaceEdges(graph, objects)
      definitionEdges(graph, objects)
      expect(dependsOnEdges(graph, objects)).toEqual([])
    })
  ).toEqual([
    '/Namespace/test apiextensions.k8s.io/CustomResourceDefinition/crontabs.stable.example.com',
    'stable.example.com/namespaces/test/CronTab/tab',
    'apps/namespaces/test/Deployment/foo'
  ])
})

test('references of depends-on that are wrong are told, the others count', () => {
  const yaml = `
kind: Pod
apiVersion: v1
metadata:
  name: pod
  namespace: test
  annotations: {config.kubernetes.io/depends-on: "nonsense,/Namespace/test,/Namespace/test,/Namespace/elsewhere"}
---
kind: Namespace
apiVersion: v1
metadata: {name: test}
`
  const objects = objectsOf(yaml)
  const graph = new Graph(objects.length)
  expect(dependsOnEdges(graph, objects).map(({ problem }) => `${problem.type}: ${problem.reference}`)).toEqual([
    'invalid-reference: nonsense',
    'duplicate-dependency: /Namespace/test',
    'external-dependency: /Namespace/elsewhere'
  ])
  expect(graph.dependencies(0)).toEqual([1])
})

test('default rules can be switched off for an object, as with kapp', () => {
  const yaml = (annotation: string) => `
kind: Service
apiVersion: v1
metadata: {name: web, namespace: shop, annotations: {${annotation}}}
---
kind: ConfigMap
apiVersion: v1
metadata: {name: web, namespace: shop}
`
  const order = (annotation: string) => orderForApply(manifestsOf(yaml(annotation)), { event: 'install' }).length
  expect(order('')).toBe(2)
  expect(order('kapp.k14s.io/disable-default-change-group-and-rules: ""')).toBe(1)
})
