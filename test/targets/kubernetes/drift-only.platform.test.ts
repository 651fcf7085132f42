import { beforeAll, describe, expect, it } from 'vitest'
import { at, type Json, type JsonObject } from '../../../src/json.ts'
import type { KubernetesObject, Manifest } from '../../../src/render/manifest.ts'
import { connect } from '../../../src/targets/kubernetes/client/index.ts'
import { ApiError, type Cluster, Unreachable } from '../../../src/targets/kubernetes/cluster.ts'
import { kubernetesTarget } from '../../../src/targets/kubernetes/target.ts'
import type { Plan } from '../../../src/targets/plan.ts'
import { usePlatform } from '../../platform/use.ts'
import { silent } from './compare/play.ts'

const platform = usePlatform()
let cluster: Cluster
beforeAll(async () => {
  cluster = await connect({ kubeconfig: platform.kubeconfig, log: silent })
})

function object(apiVersion: string, kind: string, name: string, rest: JsonObject = {}): Manifest {
  return { object: { apiVersion, kind, metadata: { name }, ...rest } as KubernetesObject, source: { file: 'x.yaml' } }
}
const config = (name: string, data: JsonObject = { a: '1' }) => object('v1', 'ConfigMap', name, { data })

function target(
  id: string,
  namespace: string,
  manifests: readonly Manifest[],
  through = cluster,
  unmanaged: 'report' | 'ignore' = 'report',
  foreignFields: 'report' | 'revert' = 'report',
  now?: () => Date
) {
  return kubernetesTarget({
    id,
    environment: 'test',
    cluster: through,
    manifests,
    declaredDigest: 'sha256:drift-only',
    namespace,
    source: { revision: 'c0ffee', images: {} },
    policy: {
      prune: true,
      maxPrune: 10,
      fieldConflicts: 'take-from-people',
      ignore: [],
      wait: false,
      timeout: 30_000,
      foreignFields,
      unmanaged
    },
    ...(now ? { now } : {}),
    log: silent
  })
}

async function deploy(id: string, namespace: string, manifests: readonly Manifest[]): Promise<void> {
  const one = target(id, namespace, manifests)
  expect(await one.apply(await one.plan('deploy'))).toMatchObject({ status: 'succeeded' })
}

const kubectl = (namespace: string, ...args: string[]) => platform.kubectl(['-n', namespace, ...args])
const told = (plan: Plan) =>
  plan.changes.map((change) => `${change.action} ${change.resource.kind} ${change.resource.name}`)

describe('objects that nobody declared', () => {
  it('are found in the namespace that a target has for itself, without what controllers and tools keep there', async () => {
    const namespace = await platform.createNamespace('alone')
    await deploy('web', namespace, [config('settings')])
    expect((await target('web', namespace, [config('settings')]).plan('drift')).changes).toEqual([])
    await kubectl(namespace, 'create', 'configmap', 'by-hand', '--from-literal=a=b')
    await kubectl(namespace, 'create', 'deployment', 'debug', '--image=busybox:1.36')
    await kubectl(namespace, 'create', 'secret', 'generic', 'tls', '--from-literal=a=b')
    await kubectl(namespace, 'annotate', 'secret', 'tls', 'cert-manager.io/certificate-name=web')
    await kubectl(namespace, 'create', 'serviceaccount', 'robot')
    const token = `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"token","annotations":{"kubernetes.io/service-account.name":"robot"}},"type":"kubernetes.io/service-account-token"}`
    await platform.kubectl(['-n', namespace, 'create', '-f', '-'], token)
    const plan = await target('web', namespace, [config('settings')]).plan('drift')
    expect(told(plan).sort()).toEqual([
      'unmanaged ConfigMap by-hand',
      'unmanaged Deployment debug',
      'unmanaged ServiceAccount robot'
    ])
    expect(plan.changes.every((change) => change.healable === false)).toBe(true)
    expect(plan.changes[0]?.attribution).toMatchObject({ known: true, manager: 'kubectl-create' })
  })

  it("are nobody's where several targets share a namespace", async () => {
    const namespace = await platform.createNamespace('shared')
    await deploy('web', namespace, [config('web')])
    await deploy('api', namespace, [config('api')])
    await kubectl(namespace, 'create', 'configmap', 'by-hand', '--from-literal=a=b')
    expect((await target('web', namespace, [config('web')]).plan('drift')).changes).toEqual([])
    expect((await target('api', namespace, [config('api')]).plan('drift')).changes).toEqual([])
  })
})

describe('credentials that may not see everything', () => {
  it('give what they can see, and say what was not looked at and which right is missing', async () => {
    const namespace = await platform.createNamespace('partly')
    const manifests = [config('settings'), object('v1', 'Secret', 'password', { data: { p: 'eA==' } })]
    await deploy('web', namespace, manifests)
    await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"a":"2"}}')
    const inventory = { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['gitops.test.web'] }
    const kubeconfig = await platform.createRestrictedKubeconfig({
      namespace,
      rules: [inventory, { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'patch'] }]
    })
    const through = await connect({ kubeconfig, log: silent })
    const plan = await target('web', namespace, manifests, through).plan('drift')
    expect(told(plan)).toEqual(['update ConfigMap settings'])
    expect(plan.unchecked).toBe(1)
    expect(plan.notes.join('\n')).toMatch(
      /1 of 1 declared objects of the type secrets were not checked: the user ".*" may not list secrets/
    )
    expect(plan.notes.join('\n')).toMatch(/A Role with the verbs get and list on secrets allows it/)
    expect(plan.notes.join('\n')).toMatch(/Undeclared objects in .* were not looked for: Secrets may not be listed/)
  })
})

describe('credentials that may only read', () => {
  it('compare all the same, name the author, and say that nothing can be put back', async () => {
    const namespace = await platform.createNamespace('reader')
    const manifests = [config('settings'), config('other')]
    await deploy('web', namespace, manifests)
    await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"a":"2"}}')
    const rules = [{ apiGroups: [''], resources: ['secrets', 'configmaps'], verbs: ['get', 'list'] }]
    const kubeconfig = await platform.createRestrictedKubeconfig({ namespace, rules })
    const through = await connect({ kubeconfig, log: silent })
    const plan = await target('web', namespace, manifests, through).plan('drift')
    expect(told(plan)).toEqual(['update ConfigMap settings'])
    expect(plan.changes[0]).toMatchObject({
      healable: false,
      fields: [{ path: 'data.a', attribution: { known: true, manager: 'kubectl-patch' } }]
    })
    expect(plan.changes[0]?.reason).toMatch(
      /^compared without the API server, because the user ".*" may not patch .*; so it cannot be put back either$/
    )
  })
})

describe('pods that cannot be looked at', () => {
  const web = object('apps/v1', 'Deployment', 'web', {
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { nodeSelector: { no: 'such-node' }, containers: [{ name: 'web', image: 'busybox:1.36' }] }
      }
    }
  })
  const without = (failure: Error): Cluster =>
    new Proxy(cluster, {
      get(given, name) {
        const value: unknown = Reflect.get(given, name, given)
        if (typeof value !== 'function') return value
        return (...args: unknown[]) =>
          name === 'list' && at(args[0] as Json, 'kind') === 'Pod' ? Promise.reject(failure) : value.apply(given, args)
      }
    })

  it('because the API server went away are never called healthy', async () => {
    const namespace = await platform.createNamespace('lost')
    await deploy('web', namespace, [web])
    const lost = without(new Unreachable('The API server went away.'))
    await expect(target('web', namespace, [web], lost, 'ignore').plan('drift')).rejects.toThrow('went away')
  })

  it('because that is not allowed are told of, with the right that is missing', async () => {
    const namespace = await platform.createNamespace('blind')
    await deploy('web', namespace, [web])
    const denied = without(new ApiError(403, 'Forbidden', 'no'))
    const plan = await target('web', namespace, [web], denied, 'ignore').plan('drift')
    expect(plan.notes.join()).toMatch(/Whether the pods of all workloads run is not known, because pods may not be/)
  })
})

describe('what Kubernetes itself fills in', () => {
  it('is no drift: the token of a service account, the rules that a ClusterRole collects', async () => {
    const namespace = await platform.createNamespace('filled')
    const token: JsonObject = {
      metadata: { name: 'token', annotations: { 'kubernetes.io/service-account.name': 'robot' } },
      type: 'kubernetes.io/service-account-token'
    }
    const label = { [`collect-${namespace}`]: 'true' }
    const collecting: JsonObject = { aggregationRule: { clusterRoleSelectors: [{ matchLabels: label }] }, rules: [] }
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]
    const role = (name: string, rest: JsonObject) =>
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', `${name}-${namespace}`, rest)
    const manifests = [
      object('v1', 'ServiceAccount', 'robot'),
      object('v1', 'Secret', 'token', token),
      role('all', collecting),
      role('part', { metadata: { name: `part-${namespace}`, labels: label }, rules })
    ]
    await deploy('web', namespace, manifests)
    await expect
      .poll(() => platform.kubectl(['get', 'clusterrole', `all-${namespace}`, '-o', 'jsonpath={.rules}']), {
        timeout: 30_000
      })
      .toContain('pods')
    await expect
      .poll(() => kubectl(namespace, 'get', 'secret', 'token', '-o', 'jsonpath={.data.token}'), { timeout: 30_000 })
      .not.toBe('')
    const plan = await target('web', namespace, manifests).plan('drift')
    await platform.kubectl(['delete', 'clusterrole', `all-${namespace}`, `part-${namespace}`])
    expect(plan.changes).toEqual([])
  })

  it('is drift where a person hides behind the name of a component', async () => {
    const namespace = await platform.createNamespace('hidden')
    await deploy('web', namespace, [config('settings')])
    const patch = ['patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"evil":"1"}}']
    await kubectl(namespace, ...patch, '--field-manager=kube-controller-manager')
    expect(told(await target('web', namespace, [config('settings')]).plan('drift'))).toEqual([
      'remove-foreign ConfigMap settings'
    ])
  })
})

describe('a deleted object', () => {
  it('has no author, but candidates, and says when it was deployed', async () => {
    const namespace = await platform.createNamespace('deleted')
    const manifests = [config('gone'), config('left')]
    await deploy('web', namespace, manifests)
    await kubectl(namespace, 'label', 'configmap', 'left', 'touched=yes')
    await kubectl(namespace, 'delete', 'configmap', 'gone')
    const plan = await target('web', namespace, manifests).plan('drift')
    const gone = plan.changes.find((change) => change.resource.name === 'gone')
    expect(gone).toMatchObject({ action: 'create', attribution: { known: false } })
    expect(gone?.attribution?.known === false && gone.attribution.candidates.map((one) => one.manager)).toEqual([
      'kubectl-label'
    ])
    expect(gone?.reason).toMatch(/^was deployed 20[-\d]+ [:\d]+ UTC/)
  })

  it('that is held by a finalizer is created anew once it is gone', async () => {
    const namespace = await platform.createNamespace('held')
    const manifests = [config('held')]
    await deploy('web', namespace, manifests)
    await kubectl(
      namespace,
      'patch',
      'configmap',
      'held',
      '--type=merge',
      '-p',
      '{"metadata":{"finalizers":["example.com/hold"]}}'
    )
    await kubectl(namespace, 'delete', 'configmap', 'held', '--wait=false')
    const plan = await target('web', namespace, manifests).plan('drift')
    await kubectl(namespace, 'patch', 'configmap', 'held', '--type=merge', '-p', '{"metadata":{"finalizers":null}}')
    expect(told(plan)).toEqual(['create ConfigMap held'])
    expect(plan.changes[0]?.reason).toMatch(/^the live object is being deleted/)
  })

  it('that a finalizer holds for minutes is left, and keeps nothing else from being healed', async () => {
    const namespace = await platform.createNamespace('stuck')
    const manifests = [config('held'), config('other')]
    await deploy('web', namespace, manifests)
    const finalizers = (value: string) =>
      kubectl(namespace, 'patch', 'configmap', 'held', '--type=merge', '-p', `{"metadata":{"finalizers":${value}}}`)
    await finalizers('["example.com/hold"]')
    await kubectl(namespace, 'delete', 'configmap', 'held', '--wait=false')
    await kubectl(namespace, 'patch', 'configmap', 'other', '-p', '{"data":{"a":"2"}}')
    const later = target('web', namespace, manifests, cluster, 'report', 'report', () => new Date(Date.now() + 180_000))
    const plan = await later.plan('drift')
    expect(told(plan)).toEqual(['create ConfigMap held', 'update ConfigMap other'])
    expect(plan.changes[0]).toMatchObject({
      healable: false,
      reason: expect.stringMatching(/is being deleted since .*, and held by example\.com\/hold; it is created anew/)
    })
    expect(await later.apply(plan)).toMatchObject({ status: 'succeeded' })
    expect(await kubectl(namespace, 'get', 'configmap', 'other', '-o', 'jsonpath={.data.a}')).toBe('1')
    await finalizers('null')
  })

  it('in a namespace that is being deleted is left, and does not hide what happened elsewhere', async () => {
    const namespace = await platform.createNamespace('home')
    const going = await platform.createNamespace('going')
    const away = {
      object: { ...config('away').object, metadata: { name: 'away', namespace: going } },
      source: { file: 'x.yaml' }
    }
    const manifests = [config('settings'), away]
    await deploy('web', namespace, manifests)
    const finalizers = (value: string) =>
      kubectl(going, 'patch', 'configmap', 'hold', '--type=merge', '-p', `{"metadata":{"finalizers":${value}}}`)
    await kubectl(going, 'create', 'configmap', 'hold')
    await finalizers('["example.com/hold"]')
    await kubectl(namespace, 'patch', 'configmap', 'settings', '-p', '{"data":{"a":"2"}}')
    await platform.kubectl(['delete', 'namespace', going, '--wait=false'])
    const healing = target('web', namespace, manifests)
    const plan = await healing.plan('drift')
    expect(plan.changes.find(({ resource }) => resource.name === 'settings')?.healable).not.toBe(false)
    const left = plan.changes.filter(({ resource }) => resource.namespace === going)
    expect(left.every(({ healable, reason }) => healable === false && /is being deleted/.test(reason ?? ''))).toBe(true)
    expect(await healing.apply(plan)).toMatchObject({ status: 'succeeded' })
    await finalizers('null')
  })

  it('is no drift where it is a Job that expires', async () => {
    const namespace = await platform.createNamespace('expired')
    const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'x', image: 'busybox:1.36' }] } }
    const job = object('batch/v1', 'Job', 'once', { spec: { suspend: true, ttlSecondsAfterFinished: 60, template } })
    await deploy('web', namespace, [config('settings'), job])
    await kubectl(namespace, 'delete', 'job', 'once')
    const plan = await target('web', namespace, [config('settings'), job]).plan('drift')
    expect(plan.changes).toEqual([])
    expect(plan.notes.join('\n')).toMatch(/Job .*once is not there. It has ttlSecondsAfterFinished/)
  })
})

describe('the inventory', () => {
  const secret = 'gitops.test.web'
  const manifests = [config('a'), config('b')]
  async function edited(prefix: string, ...args: string[]) {
    const namespace = await platform.createNamespace(prefix)
    await deploy('web', namespace, manifests)
    await kubectl(namespace, ...args)
    return namespace
  }

  it.each([
    ['annotate', '--overwrite', 'secret', secret, 'applyset.kubernetes.io/contains-group-kinds=Secret'],
    ['annotate', 'secret', secret, 'applyset.kubernetes.io/tooling-'],
    ['label', 'secret', secret, 'applyset.kubernetes.io/id-'],
    ['label', '--overwrite', 'secret', secret, 'app.kubernetes.io/managed-by=me']
  ])('is part of what drifts, and is put back: kubectl %s', async (...args) => {
    const namespace = await edited('inventory', ...args)
    const one = target('web', namespace, manifests)
    const plan = await one.plan('drift')
    expect(told(plan)).toEqual([`update Secret ${secret}`])
    expect(await one.apply(plan)).toMatchObject({ status: 'succeeded', results: [{ action: 'updated' }] })
    const again = target('web', namespace, manifests)
    expect((await again.plan('drift')).changes).toEqual([])
    expect(await again.deployed?.()).toMatchObject({ revision: 'c0ffee', status: 'succeeded' })
  })

  it('finds members also where it was made to forget their types', async () => {
    const namespace = await platform.createNamespace('forgotten')
    const account = object('v1', 'ServiceAccount', 'robot')
    await deploy('web', namespace, [...manifests, account])
    const annotation = 'applyset.kubernetes.io/contains-group-kinds'
    await kubectl(namespace, 'annotate', '--overwrite', 'secret', secret, `${annotation}=ConfigMap`)
    const plan = await target('web', namespace, manifests).plan('drift')
    expect(told(plan)).toEqual([`update Secret ${secret}`, 'delete ServiceAccount robot'])
  })

  it('heals nothing by a record that somebody edited, and says who did', async () => {
    const record = Buffer.from(JSON.stringify({ target: 'web', digest: 'x', time: 'y', images: {}, history: [] }))
    const patch = JSON.stringify({ data: { record: record.toString('base64') } })
    const namespace = await edited('record', 'patch', 'secret', secret, '--type=merge', '-p', patch)
    await kubectl(namespace, 'patch', 'configmap', 'a', '-p', '{"data":{"a":"2"}}')
    const plan = await target('web', namespace, manifests).plan('drift')
    expect(told(plan)).toEqual([`update Secret ${secret}`, 'update ConfigMap a'])
    expect(plan.changes[0]).toMatchObject({ healable: false, fields: [{ path: 'data.record' }] })
    expect(plan.changes[0]?.fields[0]?.attribution).toMatchObject({ known: true, manager: 'kubectl-patch' })
    expect(plan.changes[1]?.held?.reason).toMatch(/^the record of what was deployed was edited by kubectl-patch/)
  })

  it('without its record was not "never deployed"', async () => {
    const patch = '[{"op":"remove","path":"/data/record"}]'
    const namespace = await edited('emptied', 'patch', 'secret', secret, '--type=json', '-p', patch)
    await expect(target('web', namespace, manifests).deployed?.()).rejects.toThrow(
      `Secret ${namespace}/${secret}, the inventory of target "web", holds no record of what was deployed`
    )
  })
})

describe('the label of another set', () => {
  it('that nobody knows is somebody’s edit, and is put back', async () => {
    const namespace = await platform.createNamespace('label')
    await deploy('web', namespace, [config('a')])
    await kubectl(namespace, 'label', '--overwrite', 'configmap', 'a', 'applyset.kubernetes.io/part-of=nonsense')
    const one = target('web', namespace, [config('a')])
    expect(await one.apply(await one.plan('drift'))).toMatchObject({ results: [{ action: 'updated' }] })
    expect((await target('web', namespace, [config('a')]).plan('drift')).changes).toEqual([])
  })

  it('that exists is left alone', async () => {
    const namespace = await platform.createNamespace('other')
    await deploy('web', namespace, [config('a')])
    await deploy('api', namespace, [config('b')])
    const label = 'applyset.kubernetes.io/part-of'
    const jsonpath = `jsonpath={.metadata.labels.applyset\\.kubernetes\\.io/part-of}`
    const api = await kubectl(namespace, 'get', 'configmap', 'b', '-o', jsonpath)
    await kubectl(namespace, 'label', '--overwrite', 'configmap', 'a', `${label}=${api}`)
    const plan = await target('web', namespace, [config('a')]).plan('drift')
    expect(plan.changes).toMatchObject([{ action: 'update', healable: false }])
  })
})

describe('a definition that was deleted', () => {
  it('is told of its custom resources, and does not hide what happened to the other objects', async () => {
    const namespace = await platform.createNamespace('undefined')
    const group = `${namespace}.example.com`
    const names = { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' }
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
    const definition = {
      ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `widgets.${group}`).object,
      spec: { group, names, scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true, schema }] }
    }
    await platform.kubectl(['create', '-f', '-'], JSON.stringify(definition))
    await platform.kubectl(['wait', '--for=condition=Established', `crd/widgets.${group}`])
    const manifests = [config('a'), object(`${group}/v1`, 'Widget', 'w', { spec: { a: 1 } })]
    cluster.refreshDiscovery()
    await deploy('web', namespace, manifests)
    await platform.kubectl(['delete', 'crd', `widgets.${group}`])
    await kubectl(namespace, 'patch', 'configmap', 'a', '-p', '{"data":{"a":"2"}}')
    const later = await connect({ kubeconfig: platform.kubeconfig, log: silent })
    const plan = await target('web', namespace, manifests, later).plan('drift')
    expect(told(plan)).toEqual(['update ConfigMap a', 'create Widget w'])
    expect(plan.changes[1]).toMatchObject({ healable: false })
    expect(plan.changes[1]?.reason).toMatch(/^cannot be created: .*The API server does not know the kind Widget/)
  })
})

describe('an object that the API server refuses to put back', () => {
  it('does not hide what happened to the others', async () => {
    const namespace = await platform.createNamespace('refused')
    const pod = object('v1', 'Pod', 'big', { spec: { containers: [{ name: 'x', image: 'busybox:1.36' }] } })
    const manifests = [config('settings'), pod]
    await deploy('web', namespace, manifests)
    await kubectl(namespace, 'delete', 'pod', 'big', '--now')
    await kubectl(namespace, 'create', 'quota', 'none', '--hard=pods=0')
    // It is in force once it has been counted.
    await expect
      .poll(() => kubectl(namespace, 'run', 'probe', '--image=x', '--dry-run=server').catch(String), {
        timeout: 20_000
      })
      .toContain('exceeded quota: none')
    await kubectl(namespace, 'patch', 'configmap', 'settings', '--type=merge', '-p', '{"data":{"a":"2"}}')
    const plan = await target('web', namespace, manifests).plan('drift')
    expect(told(plan)).toEqual(['update ConfigMap settings', 'create Pod big', 'unmanaged ResourceQuota none'])
    expect(plan.changes[1]).toMatchObject({ healable: false })
    expect(plan.changes[1]?.reason).toMatch(/^cannot be created: .*exceeded quota: none/)
  })
})

describe('what somebody added for good', () => {
  it('is told apart and left, and keeps nothing else from being taken away or put back', async () => {
    const namespace = await platform.createNamespace('for-good')
    const manifests = [config('frozen'), config('other'), config('third')]
    await deploy('web', namespace, manifests)
    await kubectl(namespace, 'patch', 'configmap', 'frozen', '--type=merge', '-p', '{"immutable":true}')
    await kubectl(namespace, 'label', 'configmap', 'frozen', 'by=hand')
    await kubectl(namespace, 'label', 'configmap', 'other', 'by=hand')
    await kubectl(namespace, 'patch', 'configmap', 'third', '-p', '{"data":{"a":"2"}}')
    const healing = target('web', namespace, manifests, cluster, 'report', 'revert')
    const plan = await healing.plan('drift')
    expect(plan.unchanged).toBe(0)
    expect(plan.changes.filter((change) => change.healable === false)).toMatchObject([
      {
        action: 'remove-foreign',
        resource: { name: 'frozen' },
        fields: [{ path: 'immutable' }],
        reason: expect.stringContaining('cannot be taken away again: immutable cannot be changed in place')
      }
    ])
    expect(await healing.apply(plan)).toMatchObject({ status: 'succeeded' })
    const left = await target('web', namespace, manifests).plan('drift')
    expect(left.changes.map((change) => [change.resource.name, change.fields.map((field) => field.path)])).toEqual([
      ['frozen', ['immutable']]
    ])
    expect(left.unchanged).toBe(2)
  })
})

const service = (port: JsonObject) =>
  object('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [port] } })

describe('what somebody put in the place of a declared field, and the API server takes only one of', () => {
  const cases = [
    {
      what: 'a port without a name',
      manifest: service({ port: 80, targetPort: 8080 }),
      patch: '{"spec":{"ports":[{"port":81,"targetPort":8080}]}}',
      declared: 'spec.ports[port=80,protocol=TCP]',
      other: 'spec.ports[port=81,protocol=TCP]',
      read: '{.spec.ports[*].port}',
      value: '80'
    },
    {
      what: 'a port with a name',
      manifest: service({ name: 'http', port: 80, targetPort: 8080 }),
      patch: '{"spec":{"ports":[{"name":"http","port":81,"targetPort":8080}]}}',
      declared: 'spec.ports[port=80,protocol=TCP]',
      other: 'spec.ports[port=81,protocol=TCP]',
      read: '{.spec.ports[*].port}',
      value: '80'
    },
    {
      what: 'a member of a union',
      manifest: object('policy/v1', 'PodDisruptionBudget', 'web', {
        spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } }
      }),
      patch: '{"spec":{"maxUnavailable":null,"minAvailable":1}}',
      declared: 'spec.maxUnavailable',
      other: 'spec.minAvailable',
      read: '{.spec.maxUnavailable}{.spec.minAvailable}',
      value: '1'
    },
    {
      what: 'the handler of a probe',
      manifest: object('apps/v1', 'Deployment', 'web', {
        spec: {
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'web', image: 'web:1', livenessProbe: { httpGet: { path: '/', port: 80 } } }] }
          }
        }
      }),
      patch:
        '[{"op":"remove","path":"/spec/template/spec/containers/0/livenessProbe/httpGet"},{"op":"add","path":"/spec/template/spec/containers/0/livenessProbe/tcpSocket","value":{"port":80}}]',
      declared: 'spec.template.spec.containers[name=web].livenessProbe.httpGet',
      other: 'spec.template.spec.containers[name=web].livenessProbe.tcpSocket',
      read: '{.spec.template.spec.containers[0].livenessProbe.httpGet.port}{.spec.template.spec.containers[0].livenessProbe.tcpSocket}',
      value: '80'
    }
  ]
  it.each(cases)('$what is told with its author, healed and deployed over', async (one) => {
    const namespace = await platform.createNamespace('instead')
    const { kind } = one.manifest.object
    const manifests = [one.manifest]
    const read = () => kubectl(namespace, 'get', kind, 'web', '-o', `jsonpath=${one.read}`)
    const byHand = async () => {
      const type = one.patch.startsWith('[') ? 'json' : 'merge'
      await kubectl(namespace, 'patch', kind, 'web', `--type=${type}`, '-p', one.patch)
      // What stands in nobody's way stays.
      await kubectl(namespace, 'annotate', kind, 'web', 'note=kept', '--overwrite')
    }
    await deploy('web', namespace, manifests)
    for (const purpose of ['drift', 'deploy'] as const) {
      await byHand()
      const wanted = target('web', namespace, manifests)
      const plan = await wanted.plan(purpose)
      const [change] = plan.changes
      expect(change).toMatchObject({ action: 'update', reason: expect.stringContaining('to go, because') })
      expect(change?.healable).not.toBe(false)
      expect(change?.fields.some(({ path }) => path.startsWith(one.declared))).toBe(true)
      expect(change?.fields.find(({ path }) => path.startsWith(one.other))).toMatchObject({
        after: { type: 'absent' },
        attribution: { known: true, manager: 'kubectl-patch' }
      })
      expect(await wanted.apply(plan)).toMatchObject({ status: 'succeeded' })
      expect(await read()).toBe(one.value)
      expect(await kubectl(namespace, 'get', kind, 'web', '-o', 'jsonpath={.metadata.annotations.note}')).toBe('kept')
      expect((await target('web', namespace, manifests).plan('deploy')).changes).toEqual([])
    }
    expect(told(await target('web', namespace, manifests).plan('drift'))).toEqual([`remove-foreign ${kind} web`])
  })

  it('is compared all the same where the declaration is refused without it, too', async () => {
    const namespace = await platform.createNamespace('neither')
    await deploy('web', namespace, [service({ port: 80, targetPort: 8080 })])
    const other = '{"spec":{"ports":[{"port":81,"targetPort":8080}]}}'
    await kubectl(namespace, 'patch', 'service', 'web', '--type=merge', '-p', other)
    const plan = await target('web', namespace, [service({ port: 80, targetPort: 99999 })]).plan('drift')
    expect(plan.changes).toMatchObject([
      {
        action: 'update',
        healable: false,
        fields: [{ path: 'spec.ports[port=80,protocol=TCP]' }],
        reason: expect.stringMatching(/spec.ports.*targetPort.*take it out by hand, or correct the declaration/s)
      },
      {
        action: 'remove-foreign',
        fields: [{ path: 'spec.ports[port=81,protocol=TCP]', attribution: { known: true, manager: 'kubectl-patch' } }]
      }
    ])
  })

  it('stops a deploy where another tool applied it', async () => {
    const namespace = await platform.createNamespace('rival')
    await deploy('web', namespace, [service({ port: 80, targetPort: 8080 })])
    await kubectl(namespace, 'patch', 'service', 'web', '--type=merge', '-p', '{"spec":{"ports":[{"port":81}]}}')
    const theirs = '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"ports":[{"port":81}]}}'
    const apply = ['apply', '--server-side', '--field-manager=helm', '--force-conflicts', '-f', '-']
    await platform.kubectl(['-n', namespace, ...apply], theirs)
    const deploying = target('web', namespace, [service({ port: 80, targetPort: 8080 })])
    await expect(deploying.plan('deploy')).rejects.toThrow(/spec.ports\[port=81,protocol=TCP\] is owned by helm/)
  })
})
