import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import type { Manifest } from '../../../src/render/manifest.ts'
import type { Change } from '../../../src/targets/plan.ts'
import { configMap, manifest, useKit } from './kit.ts'

const kit = useKit()

const template = (image: string): JsonObject => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image, ports: [{ containerPort: 80 }], env: [{ name: 'A', value: '1' }] }] }
})
const manifests: readonly Manifest[] = [
  configMap('settings', { a: '1' }),
  manifest('v1', 'Secret', 'password', { stringData: { p: 'secret-value' } }),
  manifest('v1', 'ServiceAccount', 'robot'),
  manifest('v1', 'Service', 'web', { spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }] } }),
  manifest('apps/v1', 'Deployment', 'web', {
    spec: { selector: { matchLabels: { app: 'web' } }, template: template('web:1') }
  }),
  manifest('apps/v1', 'StatefulSet', 'db', {
    spec: { serviceName: 'db', replicas: 1, selector: { matchLabels: { app: 'web' } }, template: template('db:1') }
  }),
  manifest('batch/v1', 'CronJob', 'nightly', {
    spec: {
      schedule: '0 3 * * *',
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] } } }
      }
    }
  }),
  manifest('networking.k8s.io/v1', 'NetworkPolicy', 'deny', { spec: { podSelector: {}, policyTypes: ['Ingress'] } }),
  manifest('rbac.authorization.k8s.io/v1', 'Role', 'reader', {
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]
  }),
  // Nothing of them can be replaced: what was added there is known by what is recorded alone.
  manifest('v1', 'PersistentVolumeClaim', 'data', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
  }),
  manifest('batch/v1', 'Job', 'once', {
    spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] } } }
  })
]

const names = manifests.map(({ object }) => `${object.kind.toLowerCase()}/${object.metadata.name}`)

async function deployed() {
  const namespace = await kit.platform.createNamespace('ownerless')
  const { outcome } = await kit.deploy(namespace, manifests, { wait: false })
  expect(outcome.failure).toBeUndefined()
  const kubectl = (...args: string[]) => kit.kubectl('-n', namespace, ...args)
  await expect
    .poll(() => kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.status.observedGeneration}'), { timeout: 20_000 })
    .toBe('1')
  return {
    namespace,
    kubectl,
    patch: (object: string, body: unknown) => kubectl('patch', object, '-p', JSON.stringify(body)),
    wipe: () => {
      for (const name of names) kubectl('patch', name, '--type=merge', '-p', '{"metadata":{"managedFields":[{}]}}')
    },
    check: async () => (await kit.target(namespace, manifests, { wait: false }).plan('drift')).changes,
    deploy: () => kit.deploy(namespace, manifests, { wait: false }),
    /** Kinds of the objects of which the API server books something on nobody. */
    unrecorded: () =>
      names
        .map((name) => JSON.parse(kubectl('get', name, '-o', 'json', '--show-managed-fields')))
        .filter((object) => JSON.stringify(object.metadata.managedFields).includes('before-first-apply'))
        .map((object) => object.kind)
        .sort(),
    heal: async (foreignFields: 'report' | 'revert') => {
      const target = kit.target(namespace, manifests, { wait: false, foreignFields })
      const outcome = await target.apply(await target.plan('drift'))
      expect(outcome.failure).toBeUndefined()
    }
  }
}

/** `Deployment web: spec.paused`, of what was added. */
const added = (changes: readonly Change[]) =>
  changes
    .filter((change) => change.action === 'remove-foreign')
    .flatMap(({ resource, fields }) => fields.map(({ path }) => `${resource.kind} ${resource.name}: ${path}`))
    .sort()

const POD = 'spec.template.spec'
const ADDED = [
  'ConfigMap settings: data.b',
  'ConfigMap settings: metadata.annotations[acme.io/by]',
  'CronJob nightly: spec.suspend',
  `Deployment web: ${POD}.containers[name=side]`,
  `Deployment web: ${POD}.containers[name=web].env[name=B]`,
  `Deployment web: ${POD}.terminationGracePeriodSeconds`,
  'Deployment web: metadata.labels.team',
  'Deployment web: spec.replicas',
  'NetworkPolicy deny: spec.ingress',
  'Secret password: data.q',
  'Service web: spec.sessionAffinity',
  `StatefulSet db: ${POD}.hostNetwork`
].sort()

function tamper(patch: (object: string, body: unknown) => unknown): void {
  patch('configmap/settings', { data: { b: '2' }, metadata: { annotations: { 'acme.io/by': 'hand' } } })
  patch('secret/password', { data: { q: 'aGlkZGVu' } })
  patch('cronjob/nightly', { spec: { suspend: true } })
  patch('networkpolicy/deny', { spec: { ingress: [{}] } })
  patch('service/web', { spec: { sessionAffinity: 'ClientIP' } })
  patch('statefulset/db', { spec: { template: { spec: { hostNetwork: true } } } })
  const containers = [
    { name: 'side', image: 'side:1' },
    { name: 'web', env: [{ name: 'B', value: '2' }] }
  ]
  patch('deployment/web', {
    metadata: { labels: { team: 'x' } },
    spec: { replicas: 4, template: { spec: { terminationGracePeriodSeconds: 5, containers } } }
  })
}

describe('objects whose record of owners was emptied', () => {
  test('hide nothing of what was added: the API server tells what the declaration alone would be', async () => {
    const { check, heal, patch, wipe } = await deployed()
    tamper(patch)
    const before = added(await check())
    wipe()
    const changes = await check()
    const found = added(changes)
    // Beside a field, the API server fills in what goes with it.
    expect(found.filter((one) => !/ports\[|sessionAffinityConfig/.test(one))).toEqual(ADDED)
    expect(before.filter((one) => !found.includes(one) && !/ports\[|sessionAffinityConfig/.test(one))).toEqual([])
    expect(JSON.stringify(changes)).not.toContain('aGlkZGVu')
    const reclaimed = changes.filter((change) => change.action === 'reclaim')
    expect(reclaimed.map(({ resource }) => `${resource.kind.toLowerCase()}/${resource.name}`).sort()).toEqual(
      [...names].sort()
    )
    for (const { resource, reason } of reclaimed)
      if (['PersistentVolumeClaim', 'Job'].includes(resource.kind))
        expect(reason).toContain('not all that others added')
      else expect(reason).toMatch(/\(managedFields was emptied\)$/)

    // Taken back, they are told of on: the record that begins now knows nobody for them.
    await heal('report')
    expect(added(await check()).filter((one) => !/ports\[|sessionAffinityConfig/.test(one))).toEqual(ADDED)
    await heal('revert')
    expect(await check()).toEqual([])
  })

  test('have no additions where there are none: no default, nothing allocated, no state of a controller', async () => {
    const { check, heal, unrecorded, wipe } = await deployed()
    wipe()
    expect(added(await check())).toEqual([])
    await heal('revert')
    expect(await check()).toEqual([])
    // What cannot be replaced keeps the entry in which the API server books it on nobody.
    expect(unrecorded()).toEqual(['Job', 'PersistentVolumeClaim'])
  })

  test('keep what healing had to leave: it is told of again by the next check', async () => {
    const { check, namespace, patch, wipe } = await deployed()
    patch('configmap/settings', { data: { b: '2', c: '3' } })
    patch('service/web', { spec: { sessionAffinity: 'ClientIP' } })
    wipe()
    const target = kit.target(namespace, manifests, { wait: false, foreignFields: 'revert' })
    const plan = await target.plan('drift')
    const held = [
      ['ConfigMap', 'data.b'],
      ['Service', 'spec.sessionAffinity'],
      ['Service', 'spec.sessionAffinityConfig']
    ] as const
    const outcome = await target.apply(plan, {
      resources: new Set(plan.changes.map(({ resource }) => resource.id)),
      except: held.flatMap(([kind, path]) => {
        const { resource } = plan.changes.find((change) => change.resource.kind === kind) ?? {}
        return resource ? [{ resource, path }] : []
      })
    })
    expect(outcome.failure).toBeUndefined()
    expect(added(await check()).filter((one) => !one.includes('sessionAffinityConfig'))).toEqual([
      'ConfigMap settings: data.b',
      'Service web: spec.sessionAffinity'
    ])
  })

  test('are asked about once: a deploy that takes them back leaves nothing that nobody is on record for', async () => {
    const { check, deploy, unrecorded, wipe } = await deployed()
    wipe()
    await deploy()
    expect(unrecorded()).toEqual(['Job', 'PersistentVolumeClaim'])
    expect(await check()).toEqual([])
  })
})
