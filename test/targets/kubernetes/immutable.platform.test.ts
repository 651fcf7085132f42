import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import type { Manifest } from '../../../src/render/manifest.ts'
import { parseSelector } from '../../../src/targets/kubernetes/selector.ts'
import { changesOf, configMap, manifest, problemOf, useKit } from './kit.ts'

const kit = useKit()
const select = (text: string) => [parseSelector(text) ?? []].flat()

const container = { name: 'main', image: 'busybox:1.36' }
const labels = (app: string) => ({ metadata: { labels: { app } }, spec: { containers: [container] } })
const workload = (app: string, more: JsonObject = {}): JsonObject => ({
  spec: { replicas: 0, selector: { matchLabels: { app } }, template: labels(app), ...more }
})
const claim = (size: string, mode = 'ReadWriteOnce') => ({
  accessModes: [mode],
  storageClassName: '',
  resources: { requests: { storage: size } }
})
const stateful = (size: string, more: JsonObject = {}) =>
  workload('a', {
    serviceName: 'a',
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim(size) }],
    ...more
  })
const binding = (role: string): JsonObject => ({
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
  subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }]
})

interface Case {
  readonly what: string
  readonly apiVersion: string
  readonly kind: string
  readonly before: JsonObject
  readonly after: JsonObject
  /** In the reason. */
  readonly field: RegExp
  readonly scope?: 'cluster'
}

const rows: readonly (readonly [string, string, string, JsonObject, JsonObject, RegExp, 'cluster'?])[] = [
  ['the selector of a Deployment', 'apps/v1', 'Deployment', workload('a'), workload('b'), /spec\.selector/],
  ['the selector of a DaemonSet', 'apps/v1', 'DaemonSet', daemon('a'), daemon('b'), /spec\.selector/],
  ['the claims of a StatefulSet', 'apps/v1', 'StatefulSet', stateful('1Gi'), stateful('2Gi'), /statefulset spec/],
  [
    'the claims of a StatefulSet beside its image',
    'apps/v1',
    'StatefulSet',
    stateful('1Gi'),
    stateful('2Gi', { serviceName: 'b', minReadySeconds: 5 }),
    /statefulset spec/
  ],
  ['the template of a Job', 'batch/v1', 'Job', job('busybox:1.36'), job('busybox:1.37'), /spec\.template/],
  [
    'the address of a Service',
    'v1',
    'Service',
    { spec: { clusterIP: 'None', selector: { app: 'a' }, ports: [{ port: 80 }] } },
    { spec: { clusterIP: '10.96.77.77', selector: { app: 'a' }, ports: [{ port: 80 }] } },
    /spec\.clusterIP/
  ],
  [
    'the mode of a claim',
    'v1',
    'PersistentVolumeClaim',
    { spec: claim('1Gi') },
    { spec: claim('1Gi', 'ReadWriteMany') },
    /spec/
  ],
  [
    'the role of a RoleBinding',
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    binding('view'),
    binding('edit'),
    /roleRef/
  ],
  [
    'the role of a ClusterRoleBinding',
    'rbac.authorization.k8s.io/v1',
    'ClusterRoleBinding',
    binding('view'),
    binding('edit'),
    /roleRef/,
    'cluster'
  ],
  ['the type of a Secret', 'v1', 'Secret', { type: 'Opaque' }, { type: 'acme.com/x' }, /type/],
  [
    'an immutable Secret',
    'v1',
    'Secret',
    { immutable: true, stringData: { a: 'one' } },
    { immutable: true, stringData: { a: 'two' } },
    /data/
  ],
  [
    'an immutable ConfigMap that is to be no more so',
    'v1',
    'ConfigMap',
    { immutable: true, data: { a: 'one' } },
    { data: { a: 'one' } },
    /immutable/
  ],
  [
    'the parameters of a StorageClass',
    'storage.k8s.io/v1',
    'StorageClass',
    { provisioner: 'acme.com/disk', parameters: { type: 'slow' } },
    { provisioner: 'acme.com/disk', parameters: { type: 'fast' } },
    /parameters/,
    'cluster'
  ],
  [
    'the provisioner of a StorageClass',
    'storage.k8s.io/v1',
    'StorageClass',
    { provisioner: 'acme.com/disk' },
    { provisioner: 'acme.com/ssd', reclaimPolicy: 'Retain' },
    /provisioner/,
    'cluster'
  ],
  [
    'the value of a PriorityClass',
    'scheduling.k8s.io/v1',
    'PriorityClass',
    { value: 1 },
    { value: 2 },
    /value/,
    'cluster'
  ],
  [
    'the controller of an IngressClass',
    'networking.k8s.io/v1',
    'IngressClass',
    { spec: { controller: 'acme.com/a' } },
    { spec: { controller: 'acme.com/b' } },
    /controller/,
    'cluster'
  ],
  [
    'the handler of a RuntimeClass',
    'node.k8s.io/v1',
    'RuntimeClass',
    { handler: 'runc' },
    { handler: 'gvisor' },
    /handler/,
    'cluster'
  ],
  ['the source of a PersistentVolume', 'v1', 'PersistentVolume', volume('/a'), volume('/b'), /spec/, 'cluster'],
  [
    'the containers of a Pod',
    'v1',
    'Pod',
    { spec: { containers: [{ ...container, command: ['a'] }] } },
    { spec: { containers: [{ ...container, command: ['b'] }] } },
    /spec/
  ]
]

const cases = rows.map(
  ([what, apiVersion, kind, before, after, field, scope]): Case => ({
    what,
    apiVersion,
    kind,
    before,
    after,
    field,
    ...(scope ? { scope } : {})
  })
)

function daemon(app: string): JsonObject {
  return {
    spec: {
      selector: { matchLabels: { app } },
      template: { metadata: { labels: { app } }, spec: { nodeSelector: { no: 'where' }, containers: [container] } }
    }
  }
}
function job(image: string): JsonObject {
  return { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image }] } } } }
}
function volume(path: string): JsonObject {
  return { spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path } } }
}

describe('what cannot be changed in place', () => {
  it.each(cases)('is told before the first write, and replaced where that is allowed: $what', async (one) => {
    const { apiVersion, kind, before, after, field, scope } = one
    const namespace = await kit.platform.createNamespace('immutable')
    const name = scope ? namespace : 'one'
    const set = (content: JsonObject, value: string): Manifest[] => [
      configMap('beside', { value }),
      manifest(apiVersion, kind, name, content)
    ]
    const wanted = { wait: false }
    try {
      await kit.deploy(namespace, set(before, 'old'), wanted)
      const problem = await problemOf(kit.target(namespace, set(after, 'new'), wanted).plan('deploy'))
      expect(problem.message).toMatch(field)
      expect(problem.message).toMatch(/gitops-actions\.dev\/replace/)
      const replacing = { ...wanted, replace: select(kind) }
      const plan = await kit.target(namespace, set(after, 'new'), replacing).plan('deploy')
      expect(changesOf(plan)).toEqual([`replace ${kind} ${name}`, 'update ConfigMap beside'].sort())
      expect(plan.changes.find((change) => change.action === 'replace')?.fields.length).toBeGreaterThan(0)
      const { outcome } = await kit.deploy(namespace, set(after, 'new'), replacing)
      expect(outcome.failure?.message ?? outcome.status).toBe('succeeded')
      expect(changesOf(await kit.target(namespace, set(after, 'new'), wanted).plan('deploy'))).toEqual([])
    } finally {
      if (scope) kit.kubectl('delete', kind, name, '--ignore-not-found', '--wait=false')
    }
  })
  it('is not deleted where it could not be created anew', async () => {
    const namespace = await kit.platform.createNamespace('immutable')
    const service = (clusterIP: string, port = 80) =>
      manifest('v1', 'Service', 'one', {
        spec: { type: 'NodePort', clusterIP, selector: { app: 'a' }, ports: [{ port, nodePort: 31977 }] }
      })
    await kit.deploy(namespace, [service('10.96.77.1')])
    const replace = select('Service')
    const problem = await problemOf(kit.target(namespace, [service('192.0.2.1')], { replace }).plan('deploy'))
    expect(problem.message).toMatch(/service\.yaml:1: Service .*one: .*deleted and created anew .*192\.0\.2\.1/)
    // That the live object itself has the port is no obstacle.
    const { outcome } = await kit.deploy(namespace, [service('10.96.77.2')], { replace })
    expect(outcome).toMatchObject({ status: 'succeeded', results: [{ action: 'replaced' }] })
  })
})
