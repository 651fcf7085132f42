import { describe, expect, it, onTestFinished } from 'vitest'
import type { KubernetesObject, Manifest } from '../../../src/render/manifest.ts'
import { connect } from '../../../src/targets/kubernetes/client/index.ts'
import type { Policy } from '../../../src/targets/kubernetes/options.ts'
import { kubernetesTarget } from '../../../src/targets/kubernetes/target.ts'
import { Random } from '../../faults/random.ts'
import { memoryLog } from '../../loop/doubles.ts'
import { type Fate, openGate, type Passing } from '../../platform/gate.ts'
import { usePlatform } from '../../platform/use.ts'

const platform = usePlatform()

const policy: Policy = {
  prune: true,
  maxPrune: '100%',
  fieldConflicts: 'take-from-people',
  ignore: [],
  wait: true,
  timeout: 60_000,
  foreignFields: 'report',
  unmanaged: 'ignore'
}

function configMap(name: string, value = 'one'): Manifest {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { value } }
  return { object: object as KubernetesObject, source: { file: 'all.yaml', line: 1 } }
}

/** A target behind a gate. */
async function behindGate(namespace: string) {
  const gate = await openGate(platform)
  onTestFinished(gate.close)
  const cluster = await connect({ kubeconfig: gate.kubeconfig, log: memoryLog() })
  const targetOf = (manifests: Manifest[], revision: string) =>
    kubernetesTarget({
      id: 'web',
      environment: 'weather',
      cluster,
      manifests,
      declaredDigest: `sha256:${revision}`,
      namespace,
      source: { repository: 'acme/shop', revision, images: {} },
      policy,
      log: memoryLog()
    })
  return { gate, targetOf }
}

const namesIn = async (namespace: string) => {
  const text = await platform.kubectl(['-n', namespace, 'get', 'configmap', '-o', 'jsonpath={.items[*].metadata.name}'])
  return text.split(' ').filter((name) => name !== 'kube-root-ca.crt')
}

/** What API servers and what stands before them do on a bad day, for about a fifth of all requests. */
function badDay(random: Random): (request: Passing) => Fate {
  const webhook = 'Internal error occurred: failed calling webhook "x.example.com": connection refused'
  const fates: readonly Fate[] = [
    'reset',
    'cut',
    { status: 429, headers: { 'retry-after': '0' }, message: 'too many requests' },
    { status: 503, message: 'the server is currently unable to handle the request' },
    { status: 500, message: 'etcdserver: request timed out' },
    { status: 500, message: webhook }
  ]
  return ({ method, url }) => {
    // A creation is not sent twice when nobody knows whether it was done; an error of the server does say.
    if (url.startsWith('/readyz') || random.chance(0.8)) return 'pass'
    const fate = fates[random.between(0, fates.length - 1)] ?? 'pass'
    return method === 'POST' && typeof fate === 'object' && fate.status !== 429 ? 'pass' : fate
  }
}

describe('on a bad day of the API server', () => {
  it.each([1, 2])('everything is deployed, found in sync and pruned all the same (seed %i)', async (seed) => {
    const namespace = await platform.createNamespace('weather')
    const { gate, targetOf } = await behindGate(namespace)
    const all = Array.from({ length: 40 }, (_, index) => configMap(`map-${index}`))
    gate.rule = badDay(new Random(seed))

    const first = targetOf(all, 'one')
    const plan = await first.plan('deploy')
    expect(plan.changes).toHaveLength(40)
    const outcome = await first.apply(plan)
    expect(outcome.failure?.message ?? outcome.status).toBe('succeeded')
    expect(outcome.results.map((one) => one.action)).toEqual(all.map(() => 'created'))

    const fewer = targetOf([configMap('map-0', 'two'), ...all.slice(1, 20)], 'two')
    const next = await fewer.plan('deploy')
    expect((await fewer.apply(next)).failure?.message).toBeUndefined()
    expect((await fewer.prune?.(next))?.results.map((one) => one.action)).toEqual(Array(20).fill('pruned'))
    expect((await fewer.plan('drift')).changes).toEqual([])
    gate.rule = () => 'pass'
    expect(await namesIn(namespace)).toHaveLength(20)
  })
})

it('an object whose webhook takes no dry runs is told, and written without one', async () => {
  const namespace = await platform.createNamespace('weather')
  const { gate, targetOf } = await behindGate(namespace)
  const message = 'admission webhook "old.example.com" does not support dry run'
  gate.rule = ({ method, dryRun, url }) =>
    method === 'PATCH' && dryRun && url.includes('/configmaps/odd?') ? { status: 400, message } : 'pass'
  const target = targetOf([configMap('odd'), configMap('even')], 'one')
  const plan = await target.plan('deploy')
  expect(plan.notes.join()).toMatch(
    /odd could not be checked before writing: a webhook refuses dry runs \(.*old\.example\.com/
  )
  const outcome = await target.apply(plan)
  expect(outcome.results.map((one) => one.action)).toEqual(['created', 'created'])

  // What lives is compared without the API server then, and said so.
  const changed = targetOf([configMap('odd', 'two'), configMap('even')], 'two')
  const next = await changed.plan('deploy')
  expect(next.changes).toMatchObject([{ action: 'update', resource: { name: 'odd' } }])
  expect(JSON.stringify(next)).toContain('old.example.com')
  expect((await changed.apply(next)).status).toBe('succeeded')
  expect((await changed.plan('drift')).changes).toEqual([])
})

describe('what was done before the trouble is in the report', () => {
  it('when it cannot be read any more whether the objects are healthy', async () => {
    const namespace = await platform.createNamespace('weather')
    const { gate, targetOf } = await behindGate(namespace)
    const spec = { replicas: 0, selector: { app: 'x' }, template: POD }
    const controller = { apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'x' }, spec }
    const manifests = [
      configMap('a'),
      { object: controller as KubernetesObject, source: { file: 'all.yaml', line: 9 } }
    ]
    const target = targetOf(manifests, 'one')
    const plan = await target.plan('deploy')
    gate.rule = ({ method, url }) =>
      method === 'GET' && url.includes('/replicationcontrollers') ? { status: 403, message: 'forbidden' } : 'pass'
    const outcome = await target.apply(plan)
    expect(outcome.status).toBe('failed')
    expect(outcome.failure?.message).toContain('healthy')
    expect(outcome.results.map((one) => one.action)).toEqual(['created', 'created'])
    expect((await target.deployed())?.status).toBe('failed')
  })

  it('when the inventory cannot be written at the end', async () => {
    const namespace = await platform.createNamespace('weather')
    const { gate, targetOf } = await behindGate(namespace)
    const target = targetOf([configMap('a'), configMap('b')], 'one')
    const plan = await target.plan('deploy')
    let records = 0
    gate.rule = ({ method, url }) =>
      method === 'PATCH' && url.includes('/secrets/gitops.weather.web') && ++records > 1
        ? { status: 403, message: 'secrets is forbidden' }
        : 'pass'
    const outcome = await target.apply(plan)
    expect(outcome.status).toBe('failed')
    expect(outcome.results.map((one) => one.action)).toEqual(['created', 'created'])
  })
})

const POD = {
  metadata: { labels: { app: 'x' } },
  spec: { containers: [{ name: 'main', image: 'busybox:1.36' }] }
}
