import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { asString, at } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { connect, type HttpCluster } from '../../../../src/targets/kubernetes/client/index.ts'
import type { ApiResource, WatchEvent } from '../../../../src/targets/kubernetes/cluster.ts'
import { usePlatform } from '../../../platform/use.ts'
import { failureOf, kubeconfigText, listen, recorder } from './support.ts'

const platform = usePlatform()
let cluster: HttpCluster
let namespace: string
let configMaps: ApiResource

beforeAll(async () => {
  cluster = await connect({ kubeconfig: platform.kubeconfig, log: recorder() })
  namespace = await platform.createNamespace('client')
  const found = await cluster.resourceFor('v1', 'ConfigMap')
  if (!found) throw new Error('ConfigMaps are not served')
  configMaps = found
})

const configMap = (name: string, data: Record<string, string> = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, labels: { made: name } },
  data
})
const ref = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace })

describe('objects', () => {
  test('are applied under our field manager, read, patched and deleted', async () => {
    const applied = await cluster.apply(configMap('life', { a: '1' }))
    expect(at(applied, 'metadata', 'managedFields')).toEqual([
      expect.objectContaining({ manager: 'gitops-actions', operation: 'Apply' })
    ])
    expect(await cluster.get(ref('life'))).toEqual(applied)
    const patched = await cluster.patch(ref('life'), 'merge', { data: { b: '2' } }, { fieldManager: 'somebody' })
    expect(patched['data']).toEqual({ a: '1', b: '2' })
    const uid = asString(at(applied, 'metadata', 'uid'))
    await expect(cluster.delete(ref('life'), { uid: '00000000-0000-0000-0000-000000000000' })).rejects.toMatchObject({
      code: 409
    })
    expect(await cluster.delete(ref('life'), { ...(uid ? { uid } : {}) })).toBe(true)
    expect(await cluster.get(ref('life'))).toBeUndefined()
    expect(await cluster.delete(ref('life'))).toBe(false)
  })

  test('are not written by a dry run', async () => {
    expect((await cluster.apply(configMap('dry', { a: '1' }), { dryRun: true }))['data']).toEqual({ a: '1' })
    await cluster.create(configMap('dry'), { dryRun: true })
    expect(await cluster.get(ref('dry'))).toBeUndefined()
    await cluster.apply(configMap('kept'))
    await cluster.patch(ref('kept'), 'merge', { data: { x: 'y' } }, { dryRun: true })
    expect(await cluster.delete(ref('kept'), { dryRun: true })).toBe(true)
    expect((await cluster.get(ref('kept')))?.['data']).toBeUndefined()
  })

  test('of others are not overwritten without force, and the conflict names field and manager', async () => {
    await cluster.apply(configMap('shared', { a: '1' }), { fieldManager: 'first' })
    const second = cluster.apply(configMap('shared', { a: '2' }), { fieldManager: 'second' })
    await expect(second).rejects.toMatchObject({
      code: 409,
      reason: 'Conflict',
      causes: [{ reason: 'FieldManagerConflict', field: '.data.a', message: 'conflict with "first"' }]
    })
    const forced = await cluster.apply(configMap('shared', { a: '2' }), { fieldManager: 'second', force: true })
    expect(forced['data']).toEqual({ a: '2' })
  })

  test('are created once', async () => {
    await cluster.create(configMap('once'))
    await expect(cluster.create(configMap('once'))).rejects.toMatchObject({ code: 409, reason: 'AlreadyExists' })
  })

  test('take JSON patches and patches of subresources', async () => {
    const deployment = await cluster.apply(deploymentOf('scaled', 0))
    expect(at(deployment, 'spec', 'replicas')).toBe(0)
    const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled', namespace }
    await cluster.patch(target, 'json', [{ op: 'replace', path: '/spec/replicas', value: 1 }])
    const scale = await cluster.patch(target, 'merge', { spec: { replicas: 2 } }, { subresource: 'scale' })
    expect(scale).toMatchObject({ kind: 'Scale', spec: { replicas: 2 } })
    await cluster.patch(target, 'strategic', {
      spec: { template: { spec: { containers: [{ name: 'app', image: 'b' }] } } }
    })
    expect(at(await cluster.get(target), 'spec', 'template', 'spec', 'containers')).toMatchObject([
      { name: 'app', image: 'b' }
    ])
  })

  test('with a misspelt field are refused by its name', async () => {
    const message = await failureOf(cluster.apply({ ...configMap('typo'), dataa: { a: '1' } }))
    expect(message).toContain('.dataa: field not declared in schema')
    expect(await cluster.get(ref('typo'))).toBeUndefined()
    await expect(cluster.create({ ...configMap('typo'), dataa: {} })).rejects.toThrow(/unknown field "dataa"/)
  })

  test('that need a namespace and have none are refused before anything is sent', async () => {
    const homeless: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'homeless' } }
    expect(await failureOf(cluster.apply(homeless))).toBe(
      'ConfigMap "homeless" has no namespace, and a ConfigMap must have one.\nSet metadata.namespace, or the input "namespace" for all that name none.'
    )
  })
})

function deploymentOf(name: string, replicas: number): KubernetesObject {
  const labels = { app: name }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'a' }] } }
    }
  }
}

describe('kinds', () => {
  test.each([
    [
      'apps/v1beta1',
      'Deployment',
      'The API server does not serve Deployment of apps/v1beta1.\nIt serves Deployment as apps/v1: change apiVersion.'
    ],
    ['v1', 'deployment', 'It knows deployment'],
    ['apps/v1', 'deployment', 'Kinds are case-sensitive: it knows Deployment.'],
    ['app/v1', 'Deployment', 'Change apiVersion or kind: it knows Deployment of apps/v1.'],
    [
      'nobody.example.com/v1',
      'Nonesuch',
      'The CustomResourceDefinition of Nonesuch in the group nobody.example.com (by custom, nonesuches.nobody.example.com) is neither'
    ]
  ])('%s %s that are not served are told with what is', async (apiVersion, kind, message) => {
    const text = await failureOf(cluster.apply({ apiVersion, kind, metadata: { name: 'a', namespace } }))
    if (kind === 'deployment' && apiVersion === 'v1')
      expect(text).toContain('Check the spelling of apiVersion and kind.')
    else expect(text).toContain(message)
  })

  test('that are not served have no objects', async () => {
    const unknown = { apiVersion: 'nobody.example.com/v1', kind: 'Nonesuch', name: 'a' }
    expect(await cluster.get(unknown)).toBeUndefined()
    expect(await cluster.delete(unknown)).toBe(false)
  })

  test('come with their definition, at once and with integers of any size', async () => {
    const group = `c${randomBytes(4).toString('hex')}.example.com`
    const name = `widgets.${group}`
    const schema = {
      type: 'object',
      properties: { spec: { type: 'object', properties: { big: { type: 'integer', format: 'int64' } } } }
    }
    await cluster.resources()
    await cluster.apply({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name },
      spec: {
        group,
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets', singular: 'widget' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }]
      }
    })
    const widget = (spec: KubernetesObject['spec']) => ({
      apiVersion: `${group}/v1`,
      kind: 'Widget',
      metadata: { name: 'a', namespace },
      spec: spec ?? {}
    })
    try {
      const applied = await cluster.apply(widget({ big: 9007199254740993n }))
      expect(applied['spec']).toEqual({ big: 9007199254740993n })
      const [listed] = (
        await cluster.list((await cluster.resourceFor(`${group}/v1`, 'Widget')) ?? configMaps, { namespace })
      ).items
      expect(listed).toMatchObject({ apiVersion: `${group}/v1`, kind: 'Widget', spec: { big: 9007199254740993n } })
      await expect(cluster.apply(widget({ bigg: 1 }))).rejects.toThrow(
        /field not declared in schema|unknown field "spec.bigg"/
      )
    } finally {
      await cluster.delete({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name })
    }
  })

  test('are found in two requests, with their subresources', async () => {
    const deployments = await cluster.resourceFor('apps/v1', 'Deployment')
    expect(deployments).toMatchObject({ plural: 'deployments', namespaced: true, shortNames: ['deploy'] })
    expect(deployments?.subresources).toEqual(['scale', 'status'])
    expect(deployments?.verbs).toContain('patch')
    expect(await cluster.resourceFor('v1', 'Namespace')).toMatchObject({ namespaced: false })
    expect((await cluster.version()).gitVersion).toMatch(/^v1\.\d+\.\d+/)
  })
})

test('an older API server, which knows no aggregated discovery, serves the same kinds', async () => {
  const authority = await readFile(platform.authorityFile)
  const asked: string[] = []
  const older = http.createServer((request, response) => {
    asked.push(request.url ?? '')
    const headers = { authorization: `Bearer ${platform.token}`, accept: 'application/json' }
    const answer = https.request(`${platform.server}${request.url}`, { ca: authority, headers }, (from) => {
      response.writeHead(from.statusCode ?? 500, { 'content-type': from.headers['content-type'] })
      from.pipe(response)
    })
    request.pipe(answer)
  })
  try {
    const kubeconfig = kubeconfigText({ server: `http://127.0.0.1:${await listen(older)}` })
    const legacy = await connect({ kubeconfig, env: {}, log: recorder() })
    const comparable = (resources: readonly ApiResource[]) =>
      resources
        .filter((resource) => !resource.group.endsWith('.example.com')) // other tests come and go with these
        .map((resource) =>
          JSON.stringify({
            ...resource,
            verbs: [...resource.verbs].sort(),
            subresources: [...resource.subresources].sort()
          })
        )
        .sort()
    expect(comparable(await legacy.resources())).toEqual(comparable(await cluster.resources()))
    expect(asked).toContain('/apis/apps/v1')
  } finally {
    older.closeAllConnections()
    older.close()
  }
})

describe('lists', () => {
  test('hold every object of all pages, of one namespace or all, by label and field', async () => {
    const home = await platform.createNamespace('pages')
    const names = Array.from({ length: 1203 }, (_, index) => `page-${index}`)
    await Promise.all(
      names.map((name, index) =>
        cluster.create({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name, namespace: home, labels: { third: String(index % 3) } }
        })
      )
    )
    const ours = (await cluster.list(configMaps, { namespace: home })).items.map((item) => item.metadata.name)
    expect(new Set(ours)).toEqual(new Set([...names, 'kube-root-ca.crt']))
    expect(ours).toHaveLength(1204)
    const third = await cluster.list(configMaps, { labelSelector: 'third=2' })
    expect(third.items).toHaveLength(401)
    expect(third.items[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' })
    const one = await cluster.list(configMaps, { namespace: home, fieldSelector: 'metadata.name=page-7' })
    expect(one.items.map((item) => item.metadata.name)).toEqual(['page-7'])
    expect(Number(one.resourceVersion)).toBeGreaterThan(0)
  })
})

describe('a watch', () => {
  async function collect(resourceVersion: string, until: (events: WatchEvent[]) => boolean): Promise<WatchEvent[]> {
    const controller = new AbortController()
    const events: WatchEvent[] = []
    for await (const event of cluster.watch(
      configMaps,
      { namespace, labelSelector: 'made=seen', resourceVersion },
      controller.signal
    )) {
      events.push(event)
      if (until(events)) controller.abort()
    }
    return events
  }

  test('tells what happens after the list, and ends when it is aborted', async () => {
    const { resourceVersion } = await cluster.list(configMaps, { namespace })
    const watching = collect(resourceVersion, (events) => events.length === 3)
    await cluster.apply(configMap('unseen'))
    await cluster.apply(configMap('seen'))
    await cluster.apply(configMap('seen', { a: '1' }))
    await cluster.delete(ref('seen'))
    const events = await watching
    expect(events.map((event) => event.type)).toEqual(['ADDED', 'MODIFIED', 'DELETED'])
    expect(events[1]).toMatchObject({
      object: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'seen' }, data: { a: '1' } }
    })
  })

  test('that may not be is an error', async () => {
    const kubeconfig = await platform.createRestrictedKubeconfig({ namespace, rules: [] })
    const stranger = await connect({ kubeconfig, log: recorder() })
    const watching = async () => {
      for await (const _ of stranger.watch(
        configMaps,
        { namespace, resourceVersion: '0' },
        new AbortController().signal
      ));
    }
    await expect(watching()).rejects.toMatchObject({ code: 403 })
  })
})

describe('pods', () => {
  test('have logs, and can be evicted', async () => {
    const name = 'crasher'
    const annotations = { 'platform.gitops-actions.dev/behaviour': 'crash' }
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, annotations },
      spec: { containers: [{ name: 'app', image: 'x' }] }
    })
    const pod = { apiVersion: 'v1', kind: 'Pod', name, namespace }
    const restarts = async () => at(await cluster.get(pod), 'status', 'containerStatuses') !== undefined
    for (let left = 200; left > 0 && !(await restarts()); left--) await sleep(50)
    const log = await cluster.logs({ namespace, name }, { container: 'app', previous: true, tailLines: 2 })
    expect(log.trim().split('\n')).toHaveLength(2)
    await expect(cluster.evict({ namespace, name, uid: '00000000-0000-0000-0000-000000000000' })).rejects.toMatchObject(
      { code: 409 }
    )
    await cluster.evict({ namespace, name })
    await expect(cluster.logs({ namespace, name: 'nobody' }, { tailLines: 1 })).rejects.toMatchObject({ code: 404 })
  })

  test('are not evicted when a disruption budget forbids it, and we do not wait for it', async () => {
    const labels = { app: 'guarded' }
    await cluster.apply({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'guarded', namespace },
      spec: { minAvailable: 1, selector: { matchLabels: labels } }
    })
    await cluster.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'guarded', namespace, labels },
      spec: { containers: [{ name: 'app', image: 'x' }] }
    })
    const budget = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name: 'guarded', namespace }
    const guarded = async () => at(await cluster.get(budget), 'status', 'currentHealthy')
    await expect.poll(guarded, { timeout: 20_000 }).toBe(1)
    const started = performance.now()
    await expect(cluster.evict({ namespace, name: 'guarded' })).rejects.toMatchObject({
      code: 429,
      causes: [expect.objectContaining({ reason: 'DisruptionBudget' })]
    })
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

test('anything else can be asked for by its path', async () => {
  const review = await cluster.request('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'SelfSubjectReview'
  })
  expect(at(review, 'status', 'userInfo', 'username')).toBe('admin')
})
