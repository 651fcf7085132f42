import { describe, expect, test } from 'vitest'
import type { Manifest } from '../../../../src/render/manifest.ts'
import { failureHooks, orderForApply } from '../../../../src/targets/kubernetes/order/index.ts'
import { failure, levelsText, manifestsOf, order } from './text.ts'

const SHOP = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {spec: {serviceAccountName: web, containers: [{name: web, envFrom: [{configMapRef: {name: web}}]}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: front, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {kind: Role, name: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web, namespace: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web, namespace: shop}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec: {group: example.com, names: {kind: Widget}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
`

describe('the order of an application without annotations', () => {
  test('is namespaces and definitions, what pods need, bindings, everything else, registrations', () => {
    expect(order(SHOP)).toEqual([
      'main: CustomResourceDefinition widgets.example.com, Namespace shop',
      'main: Role shop/web, ConfigMap shop/web, ServiceAccount shop/web',
      'main: RoleBinding shop/web',
      'main: Deployment shop/web, Service shop/web, Widget shop/front [after CustomResourceDefinition widgets.example.com]',
      'main: ValidatingWebhookConfiguration shop'
    ])
  })

  test('does not depend on how the files are sorted', () => {
    const documents = SHOP.split('---')
    const sorted = (lines: string[]) =>
      lines.map((line) =>
        line
          .replace(/^main: /, '')
          .replace(/ \[.*/, '')
          .split(', ')
          .sort()
          .join(', ')
      )
    expect(sorted(order(documents.reverse().join('---')))).toEqual(sorted(order(SHOP)))
  })

  test('is one level where nothing needs anything', () => {
    const services = Array.from(
      { length: 3 },
      (_, index) => `apiVersion: v1\nkind: Service\nmetadata: {name: s${index}, namespace: shop}`
    )
    expect(order(services.join('\n---\n'))).toEqual(['main: Service shop/s0, Service shop/s1, Service shop/s2'])
  })

  test('puts what is referred to by name first even where kinds say nothing', () => {
    expect(
      order(`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec: {ingressClassName: edge}
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: edge}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: limits}
spec: {policyName: limits}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: limits}
`)
    ).toEqual([
      'main: IngressClass edge, ValidatingAdmissionPolicy limits',
      'main: Ingress shop/web',
      'main: ValidatingAdmissionPolicyBinding limits'
    ])
  })
})

describe('servers of our own', () => {
  const backend = `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec: {template: {metadata: {labels: {app: api, tier: back}}, spec: {containers: []}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: other, namespace: shop}
spec: {template: {metadata: {labels: {app: other}}, spec: {containers: []}}}
`
  test('come before their API, and that before its objects', () => {
    expect(
      order(`
apiVersion: things.example.com/v1
kind: Thing
metadata: {name: first}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1.things.example.com}
spec: {group: things.example.com, version: v1, service: {name: api, namespace: shop}}
---${backend}`)
    ).toEqual([
      'main: Service shop/api, Deployment shop/api, Deployment shop/other',
      'main: APIService v1.things.example.com [served by Service shop/api, Deployment shop/api]',
      'main: Thing first [after APIService v1.things.example.com]'
    ])
  })

  test('come before a webhook that calls them, even if something waits for it', () => {
    expect(
      order(`
apiVersion: batch/v1
kind: Job
metadata: {name: checked, namespace: shop, annotations: {config.kubernetes.io/depends-on: admissionregistration.k8s.io/MutatingWebhookConfiguration/api}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: api}
webhooks: [{name: api.example.com, clientConfig: {service: {name: api, namespace: shop}}}]
---${backend}`)
    ).toEqual([
      'main: Service shop/api, Deployment shop/api, Deployment shop/other',
      'main: MutatingWebhookConfiguration api [served by Service shop/api, Deployment shop/api]',
      'main: Job shop/checked [after MutatingWebhookConfiguration api]'
    ])
  })

  test('an account comes before the Secret that is to hold its token', () => {
    expect(
      order(`
apiVersion: v1
kind: Secret
metadata: {name: token, namespace: shop, annotations: {kubernetes.io/service-account.name: web}}
type: kubernetes.io/service-account-token
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
secrets: [{name: token}]
`)
    ).toEqual(['main: ServiceAccount shop/web', 'main: Secret shop/token'])
  })
})

const job = (name: string, annotations: Record<string, string>) => `
apiVersion: batch/v1
kind: Job
metadata: {name: ${name}, namespace: shop, annotations: ${JSON.stringify(annotations)}}
`
const settings = (name: string, annotations: Record<string, string>) => `
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: shop, annotations: ${JSON.stringify(annotations)}}
`
const all = (...documents: string[]) => documents.join('---')

describe('sync waves', () => {
  const wave = (number: number) => ({ 'argocd.argoproj.io/sync-wave': String(number) })

  test('follow one another, each when the one before is healthy', () => {
    expect(order(all(job('last', wave(2)), job('first', wave(-1)), job('middle', {})))).toEqual([
      'main: Job shop/first',
      'main: Job shop/middle [after Job shop/first]',
      'main: Job shop/last [after Job shop/middle]'
    ])
  })

  test('yield where an object could not exist: its namespace and its definition move up', () => {
    expect(
      order(`
apiVersion: v1
kind: Namespace
metadata: {name: shop, annotations: {argocd.argoproj.io/sync-wave: "5"}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com, annotations: {argocd.argoproj.io/sync-wave: "3"}}
spec: {group: example.com, names: {kind: Widget}}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: front, namespace: shop, annotations: {argocd.argoproj.io/sync-wave: "-2"}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
`)
    ).toEqual([
      'main: Namespace shop, CustomResourceDefinition widgets.example.com',
      'main: Widget shop/front [after CustomResourceDefinition widgets.example.com]',
      'main: Service shop/web [after Namespace shop, CustomResourceDefinition widgets.example.com, Widget shop/front]'
    ])
  })

  test('overrule what kinds suggest', () => {
    expect(order(all(settings('late', wave(1)), job('early', {})))).toEqual([
      'main: Job shop/early',
      'main: ConfigMap shop/late [after Job shop/early]'
    ])
  })

  test('that are no numbers are an error, with the place', () => {
    const wrong = settings('a', { 'argocd.argoproj.io/sync-wave': 'first' })
    expect(failure(() => order(all(job('b', {}), wrong)))).toEqual([
      'The order of applying is not clear: app.yaml:2: ConfigMap shop/a: argocd.argoproj.io/sync-wave is "first", which is no whole number.',
      'app.yaml:2: ConfigMap shop/a: argocd.argoproj.io/sync-wave is "first", which is no whole number'
    ])
  })
})

describe('hooks', () => {
  const chart = all(
    job('migrate', { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': '5' }),
    settings('migrate', { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': '-5' }),
    job('seed', { 'helm.sh/hook': 'post-install' }),
    job('restore', { 'helm.sh/hook': 'pre-rollback' }),
    job('check', { 'helm.sh/hook': 'test' }),
    job('clean', { 'helm.sh/hook': 'pre-delete' }),
    settings('web', {})
  )

  test.each([
    [
      'install' as const,
      [
        'before: ConfigMap shop/migrate',
        'before: Job shop/migrate',
        'main: ConfigMap shop/web',
        'after: Job shop/seed [after ConfigMap shop/web]'
      ]
    ],
    ['upgrade' as const, ['before: ConfigMap shop/migrate', 'before: Job shop/migrate', 'main: ConfigMap shop/web']],
    ['rollback' as const, ['before: Job shop/restore', 'main: ConfigMap shop/web']]
  ])('of %s are those of that event only, by weight', (event, expected) => {
    expect(order(chart, event)).toEqual(expected)
  })

  test('of one weight start their workloads last', () => {
    const hook = { 'helm.sh/hook': 'pre-install' }
    expect(order(all(job('migrate', hook), settings('migrate', hook)))).toEqual([
      'before: ConfigMap shop/migrate',
      'before: Job shop/migrate'
    ])
  })

  test('get the namespace and the definition they cannot exist without', () => {
    const namespace = '\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n'
    expect(
      order(all(settings('web', {}), job('migrate', { 'argocd.argoproj.io/hook': 'PreSync' }), namespace))
    ).toEqual(['main: Namespace shop', 'before: Job shop/migrate [after Namespace shop]', 'main: ConfigMap shop/web'])
  })

  test('of Argo run around, inside and after the sync', () => {
    const sync = { 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/sync-wave': '1' }
    const documents = all(
      settings('a', {}),
      settings('b', { 'argocd.argoproj.io/sync-wave': '1' }),
      settings('c', { 'argocd.argoproj.io/sync-wave': '2' }),
      job('in-between', sync),
      job('done', { 'argocd.argoproj.io/hook': 'PostSync' }),
      job('sorry', { 'argocd.argoproj.io/hook': 'SyncFail' }),
      job('never', { 'argocd.argoproj.io/hook': 'Skip' })
    )
    expect(order(documents, 'upgrade')).toEqual([
      'main: ConfigMap shop/a',
      'main: ConfigMap shop/b [after ConfigMap shop/a]',
      'before: Job shop/in-between',
      'main: ConfigMap shop/c [after ConfigMap shop/b]',
      'after: Job shop/done [after ConfigMap shop/a, ConfigMap shop/b, ConfigMap shop/c]'
    ])
    expect(levelsText(failureHooks(manifestsOf(documents)))).toEqual(['after: Job shop/sorry'])
  })

  test('with a misspelt event are an error, because they would never run', () => {
    expect(failure(() => order(job('migrate', { 'helm.sh/hook': 'pre-instal' })))[0]).toMatch(
      /app\.yaml:1: Job shop\/migrate: helm\.sh\/hook is "pre-instal"; it knows pre-install, post-install, /
    )
  })
})

describe('explicit rules', () => {
  const dependsOn = (...references: string[]) => ({ 'config.kubernetes.io/depends-on': references.join(',') })

  test('depends-on makes an object wait until the other is healthy', () => {
    expect(order(all(job('b', dependsOn('batch/namespaces/shop/Job/a')), job('a', {})))).toEqual([
      'main: Job shop/a',
      'main: Job shop/b [after Job shop/a]'
    ])
  })

  test('overrule what kinds suggest, for these objects only', () => {
    const documents = all(
      settings('generated', dependsOn('batch/namespaces/shop/Job/generator')),
      settings('plain', {}),
      job('generator', {}),
      job('other', {})
    )
    expect(order(documents)).toEqual([
      'main: ConfigMap shop/plain',
      'main: Job shop/generator',
      'main: ConfigMap shop/generated [after Job shop/generator]',
      'main: Job shop/other'
    ])
  })

  test('that go in a circle are an error that names the circle and every rule of it', () => {
    const documents = all(
      job('a', dependsOn('batch/namespaces/shop/Job/b')),
      job('b', { 'kapp.k14s.io/change-rule': 'upsert after upserting example.com/c' }),
      job('c', { 'kapp.k14s.io/change-group': 'example.com/c', ...dependsOn('batch/namespaces/shop/Job/a') })
    )
    expect(failure(() => order(documents))).toEqual([
      'These objects wait for each other, so none of them can be the first: Job shop/a → Job shop/b → Job shop/c → Job shop/a.',
      'app.yaml:1: Job shop/a waits for Job shop/b: config.kubernetes.io/depends-on',
      'app.yaml:2: Job shop/b waits for Job shop/c: kapp.k14s.io/change-rule: upsert after upserting example.com/c',
      'app.yaml:3: Job shop/c waits for Job shop/a: config.kubernetes.io/depends-on'
    ])
  })

  test('that contradict a wave are an error that names both', () => {
    const early = { ...dependsOn('batch/namespaces/shop/Job/late') }
    const late = { 'argocd.argoproj.io/sync-wave': '3' }
    expect(failure(() => order(all(job('early', early), job('late', late))))[1]).toBe(
      'app.yaml:1: Job shop/early waits for Job shop/late (config.kubernetes.io/depends-on), which comes later: it is in sync wave 3, Job shop/early in sync wave 0'
    )
    const group = job('group', { 'kapp.k14s.io/change-group': 'example.com/late', ...late })
    const rule = job('rule', { 'kapp.k14s.io/change-rule.x': 'upsert after upserting example.com/late' })
    expect(failure(() => order(all(rule, group)))[1]).toMatch(
      /^app\.yaml:1: Job shop\/rule waits for Job shop\/group \(kapp/
    )
    const before = job('before', { 'kapp.k14s.io/change-rule': 'upsert before upserting example.com/early', ...late })
    const member = job('member', { 'kapp.k14s.io/change-group': 'example.com/early' })
    expect(failure(() => order(all(before, member)))[1]).toMatch(
      /^app\.yaml:2: Job shop\/member waits for Job shop\/before /
    )
  })

  test('between waves and hooks that hold anyway are kept', () => {
    const documents = all(
      job('first', { 'helm.sh/hook': 'pre-install' }),
      job('second', dependsOn('batch/namespaces/shop/Job/first')),
      job('third', { ...dependsOn('batch/namespaces/shop/Job/second'), 'argocd.argoproj.io/sync-wave': '1' })
    )
    expect(order(documents)).toEqual([
      'before: Job shop/first',
      'main: Job shop/second',
      'main: Job shop/third [after Job shop/second]'
    ])
    // On an upgrade the hook does not exist; nothing waits for it.
    expect(order(documents, 'upgrade')).toEqual([
      'main: Job shop/second',
      'main: Job shop/third [after Job shop/second]'
    ])
  })

  test.each([
    ['Secret/a', 'has "Secret/a", which must be group/namespaces/NAMESPACE/Kind/name or group/Kind/name'],
    ['/namespaces/shop/Secret/gone', 'names /namespaces/shop/Secret/gone, which is not among these manifests'],
    ['/namespaces/shop/ConfigMap/a,/namespaces/shop/ConfigMap/a', 'names /namespaces/shop/ConfigMap/a twice']
  ])('depends-on %s is an error', (reference, message) => {
    expect(failure(() => order(all(job('b', dependsOn(reference)), settings('a', {}))))[1]).toBe(
      `app.yaml:1: Job shop/b: config.kubernetes.io/depends-on ${message}`
    )
  })

  test('a change rule that is not understood is an error', () => {
    expect(failure(() => order(job('a', { 'kapp.k14s.io/change-rule': 'upsert behind db' })))[1]).toBe(
      'app.yaml:1: Job shop/a: kapp.k14s.io/change-rule is "upsert behind db"; it must be of the form "upsert after upserting GROUP" (or delete, before, deleting)'
    )
  })

  test('a webhook that something waits for is not put last', () => {
    const hook = `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: injector, annotations: {kapp.k14s.io/change-group: example.com/injector}}
`
    const waits = job('a', { 'kapp.k14s.io/change-rule': 'upsert after upserting example.com/injector' })
    expect(order(all(waits, hook))).toEqual([
      'main: MutatingWebhookConfiguration injector',
      'main: Job shop/a [after MutatingWebhookConfiguration injector]'
    ])
  })
})

test('orders 10,000 objects in less than 200 ms', () => {
  const manifests: Manifest[] = []
  const add = (apiVersion: string, kind: string, name: string, namespace: string | undefined, rest: object = {}) =>
    manifests.push({
      object: {
        apiVersion,
        kind,
        metadata: { name, labels: { app: name }, ...(namespace ? { namespace } : {}) },
        ...rest
      },
      source: { file: 'a.yaml' }
    })
  for (let index = 0; index < 2500; index++) {
    const [name, namespace] = [`app-${index}`, `ns-${index % 50}`]
    add('apps/v1', 'Deployment', name, namespace, {
      spec: { template: { spec: { serviceAccountName: name, containers: [{ name: 'app' }] } } }
    })
    add('v1', 'ServiceAccount', name, namespace)
    add('v1', 'Service', name, namespace)
    add('networking.k8s.io/v1', 'Ingress', name, namespace, { spec: { ingressClassName: 'edge' } })
  }
  for (let index = 0; index < 50; index++) add('v1', 'Namespace', `ns-${index}`, undefined)
  // The processor's time, not the clock's: other work on the machine must not count. The best of some, warm or not.
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage()
    expect(orderForApply(manifests, { event: 'install' }).map((level) => level.manifests.length)).toEqual([
      50, 2500, 7500
    ])
    const used = process.cpuUsage(before)
    return (used.user + used.system) / 1000
  })
  expect(Math.min(...times)).toBeLessThan(200)
})
