import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { asObject, at, type Json, type JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { ApiError } from '../../../../src/targets/kubernetes/cluster.ts'
import { compareAll } from '../../../../src/targets/kubernetes/compare/index.ts'
import { silent } from './play.ts'
import { startWebhook } from './webhook.ts'
import { useWorkbench } from './workbench.ts'

const bench = useWorkbench('compare-answers')

describe('webhooks', () => {
  test('what they write is no change of ours, and what they rewrite is compared by their answer', async () => {
    const directory = await bench.platform.createDirectory('webhook')
    let calls = 0
    const webhook = await startWebhook(directory, (object) => {
      calls++
      const annotations: Json[] =
        at(object, 'metadata', 'annotations') === undefined
          ? [{ op: 'add', path: '/metadata/annotations', value: {} }]
          : []
      return [
        ...annotations,
        // A value of its own for every request, as mutating webhooks write checksums and times.
        { op: 'add', path: '/metadata/annotations/webhook', value: `call ${calls}` },
        { op: 'replace', path: '/data/image', value: 'mirror.example.com/web' }
      ]
    })
    const configuration = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: bench.namespace },
      webhooks: [
        {
          name: 'compare.example.com',
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          clientConfig: { url: webhook.url, caBundle: webhook.caBundle },
          rules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] }
          ],
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': bench.namespace } },
          objectSelector: { matchLabels: { mutated: 'yes' } }
        }
      ]
    }
    await bench.cluster.create(configuration)
    try {
      const config = (data: JsonObject): KubernetesObject => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'mutated', namespace: bench.namespace, labels: { mutated: 'yes' } },
        data
      })
      await expect
        .poll(
          // The API server learns of a new webhook a moment later.
          async () => {
            await bench.deploy(config({ image: 'web' }))
            return at(await bench.live(config({})), 'data', 'image')
          },
          { timeout: 20_000, interval: 200 }
        )
        .toBe('mirror.example.com/web')
      const same = await bench.compare(config({ image: 'web' }))
      expect([same.verdict, same.fields, same.foreign, same.reclaim]).toEqual(['unchanged', [], [], []])
      const changed = await bench.compare(config({ image: 'web', b: 'x' }))
      expect(changed.fields.map((field) => field.path)).toEqual(['data.b'])
    } finally {
      const { apiVersion, kind, metadata } = configuration
      await bench.cluster.delete({ apiVersion, kind, name: metadata.name })
      await webhook.close()
    }
  })

  test('one that takes no dry runs is got around, and the report says so', async () => {
    const web = bench.deployment('no-dry-run')
    await bench.deploy(web)
    await bench.kubectl(['set', 'image', 'deployment/no-dry-run', 'web=nginx:1.28'])
    // Webhooks of today's API cannot refuse dry runs any more; older ones that are stored still do.
    const through = new Proxy(bench.cluster, {
      get(target, property) {
        if (property === 'apply')
          return async () => {
            throw new ApiError(400, 'BadRequest', 'admission webhook "old.example.com" does not support dry run')
          }
        const value: unknown = Reflect.get(target, property)
        return typeof value === 'function' ? value.bind(target) : value
      }
    })
    const comparison = await bench.compare(web, { through })
    expect(comparison.verdict).toBe('update')
    expect(comparison.fields).toEqual([
      expect.objectContaining({
        path: 'spec.template.spec.containers[name=web].image',
        before: { type: 'value', value: 'nginx:1.28' },
        after: { type: 'value', value: 'nginx:1.27' }
      })
    ])
    expect(comparison.reason).toContain('admission webhook "old.example.com" does not support dry run')
  })
})

describe('what the API server refuses', () => {
  test('a field that cannot be changed in place asks for a replacement', async () => {
    await bench.deploy(bench.deployment('fixed'))
    const changed = bench.deployment('fixed', {
      selector: { matchLabels: { app: 'fixed', more: 'x' } },
      template: {
        metadata: { labels: { app: 'fixed', more: 'x' } },
        spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] }
      }
    })
    const comparison = await bench.compare(changed, { purpose: 'deploy' })
    expect(comparison.verdict).toBe('replace')
    expect(comparison.reason).toBe('spec.selector cannot be changed in place (field is immutable)')
    expect(comparison.fields.map((field) => field.path)).toContain('spec.selector.matchLabels.more')
  })

  test('an invalid object is an error of that object alone', async () => {
    await bench.deploy(bench.deployment('invalid'))
    await bench.deploy(bench.deployment('valid'))
    const pairs = await Promise.all(
      [bench.deployment('invalid', { replicas: -1 }), bench.deployment('valid', { replicas: 1 })].map(
        async (object) => ({
          manifest: { object, source: { file: 'x.yaml' } },
          live: await bench.live(object)
        })
      )
    )
    const options = {
      purpose: 'deploy',
      ignore: [],
      secretKey: Buffer.from('key'),
      foreignFields: 'ignore',
      log: silent
    } as const
    const results = await compareAll(bench.cluster, pairs, options)
    expect(results.map((result) => result.verdict)).toEqual(['error', 'update'])
    expect(results[0]?.error?.message).toContain('spec.replicas')
  })

  test('an unknown kind is named without a request', async () => {
    const object = { apiVersion: 'example.com/v1', kind: 'Nothing', metadata: { name: 'x' } }
    const comparison = await bench.compare(object, { live: object })
    expect(comparison.verdict).toBe('error')
    expect(comparison.error?.message).toContain('knows no Nothing in example.com/v1')
  })

  test('an unknown field is an error, not a change', async () => {
    await bench.deploy(bench.deployment('typo'))
    const comparison = await bench.compare(bench.deployment('typo', { replicaz: 1 }))
    expect(comparison.verdict).toBe('error')
    expect(comparison.error?.message).toContain('replicaz')
  })
})

test('an object that changed since it was listed is read again', async () => {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    // As on any member of a target, something of ours is left when somebody takes the value over.
    metadata: { name: 'stale', namespace: bench.namespace, labels: { app: 'stale' } },
    data: { a: '1' }
  }
  await bench.deploy({ ...config, data: { a: '0' } })
  const stale = await bench.live(config)
  await bench.kubectl(['patch', 'configmap', 'stale', '--patch', '{"data":{"a":"2","b":"x"}}'])
  const comparison = await bench.compare(config, { live: stale })
  expect(comparison.fields.map(({ path, before }) => [path, before])).toEqual([
    ['data.a', { type: 'value', value: '2' }]
  ])
  expect(comparison.foreign.map((field) => field.path)).toEqual(['data.b'])
  await bench.cluster.delete({ apiVersion: 'v1', kind: 'ConfigMap', name: 'stale', namespace: bench.namespace })
  expect((await bench.compare({ ...config, data: { a: '3' } }, { live: stale })).verdict).toBe('create')
})

test('a list that grew by a default is not a change, one that somebody emptied is', async () => {
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } } }
  }
  const set: KubernetesObject = {
    ...bench.deployment('stateful'),
    kind: 'StatefulSet',
    spec: { ...asObject(bench.deployment('stateful')['spec']), serviceName: 'x', volumeClaimTemplates: [claim] }
  }
  await bench.deploy(set)
  const comparison = await bench.compare(set)
  expect(comparison.predicted).toBeUndefined() // Proven: no dry run was needed.
  expect(comparison.verdict).toBe('unchanged')
})

test('integers beyond 2^53 are told apart', async () => {
  const widget = (big: bigint): KubernetesObject => ({
    apiVersion: 'compare.example.com/v1',
    kind: 'Widget',
    metadata: { name: 'big', namespace: bench.namespace },
    spec: { big }
  })
  await bench.deploy(widget(9007199254740993n))
  expect((await bench.compare(widget(9007199254740993n))).verdict).toBe('unchanged')
  expect((await bench.compare(widget(9007199254740995n))).fields).toEqual([
    {
      path: 'spec.big',
      before: { type: 'value', value: 9007199254740993n },
      after: { type: 'value', value: 9007199254740995n }
    }
  ])
})
