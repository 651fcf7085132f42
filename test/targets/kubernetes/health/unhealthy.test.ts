import { expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { findUnhealthy } from '../../../../src/targets/kubernetes/health/index.ts'
import { FakeCluster } from './fake-cluster.ts'
import { workload } from './support.ts'

const CREATED = '2026-01-01T12:00:00Z'
const NOW = new Date('2026-01-01T12:01:00Z')

/** A Deployment in progress whose only pod is in the given state, with everything between them. */
function put(fake: FakeCluster, namespace: string, name: string, container: JsonObject): KubernetesObject {
  const plain = workload('Deployment', namespace, name)
  const deployment: KubernetesObject = {
    ...plain,
    metadata: { ...plain.metadata, uid: `${namespace}-${name}`, generation: 1, creationTimestamp: CREATED },
    status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1 }
  }
  const child = (apiVersion: string, kind: string, owner: string, more: JsonObject): KubernetesObject => ({
    apiVersion,
    kind,
    metadata: {
      name: `${name}-x`,
      namespace,
      uid: `${owner}-${kind}`,
      creationTimestamp: CREATED,
      ownerReferences: [{ uid: owner, controller: true }],
      managedFields: []
    },
    ...more
  })
  const template = (plain['spec'] as JsonObject)['template'] ?? null
  const replicaSet = child('apps/v1', 'ReplicaSet', `${namespace}-${name}`, { spec: { template } })
  const pod = child('v1', 'Pod', String(replicaSet.metadata['uid']), {
    status: { phase: 'Running', containerStatuses: [{ name: 'main', restartCount: 7, ...container }] }
  })
  for (const one of [replicaSet, pod]) fake.put(one)
  fake.put({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}-e`, namespace },
    type: 'Warning',
    reason: 'BackOff',
    message: `of ${name}`,
    involvedObject: { kind: 'Pod', name: pod.metadata.name, uid: String(pod.metadata['uid']) }
  })
  return deployment
}

const CRASHING = {
  ready: false,
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: { terminated: { exitCode: 3 } }
}
const STARTING = { ready: false, state: { waiting: { reason: 'ContainerCreating' } } }

it('asks as many questions about 200 workloads in trouble as about two', async () => {
  const fake = new FakeCluster()
  const many = Array.from({ length: 100 }, (_, index) => [
    put(fake, 'shop', `crashing-${index}`, CRASHING),
    put(fake, 'mall', `starting-${index}`, STARTING)
  ]).flat()
  const found = await findUnhealthy(fake.cluster, many, { now: NOW })
  expect(found).toHaveLength(100)
  expect(found[42]).toMatchObject({
    resource: { name: 'crashing-42', namespace: 'shop' },
    message: expect.stringContaining('pod crashing-42-x: container main exited with code 3'),
    events: ['Pod crashing-42-x: BackOff: of crashing-42'],
    logs: ['last words']
  })
  expect(fake.lists.sort()).toEqual([
    'events shop type=Warning',
    'pods mall',
    'pods shop',
    'replicasets mall',
    'replicasets shop'
  ])
})

it('asks for the pods of the one workload where only one is in trouble', async () => {
  const fake = new FakeCluster()
  const one = put(fake, 'shop', 'crashing', CRASHING)
  const selectors: (string | undefined)[] = []
  fake.onList = (kind, { labelSelector }) => {
    if (kind === 'Pod') selectors.push(labelSelector)
    return undefined
  }
  expect(await findUnhealthy(fake.cluster, [one], { now: NOW })).toHaveLength(1)
  expect(new Set(selectors)).toEqual(new Set(['app=crashing']))
})
