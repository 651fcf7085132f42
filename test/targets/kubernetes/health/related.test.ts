import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import {
  byController,
  newestReplicaSet,
  podsOfRevision,
  selectorOf
} from '../../../../src/targets/kubernetes/health/related.ts'

const template = (image: string, labels: JsonObject = {}): JsonObject => ({
  metadata: { labels: { app: 'web', ...labels } },
  spec: { containers: [{ name: 'main', image }] }
})

const owned = (uid: string) => ({ ownerReferences: [{ uid, controller: true, kind: 'X', name: 'x' }] })

function replicaSet(name: string, image: string, revision: string): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      uid: name,
      creationTimestamp: '2026-01-01T00:00:00Z',
      annotations: { 'deployment.kubernetes.io/revision': revision },
      ...owned('deployment')
    },
    spec: { template: template(image, { 'pod-template-hash': name }) }
  }
}

function pod(name: string, owner: string, labels: JsonObject = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, uid: name, labels, ...owned(owner) } }
}

function deployment(image: string, fields: JsonObject = {}): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      uid: 'deployment',
      generation: 2,
      annotations: { 'deployment.kubernetes.io/revision': '2' }
    },
    spec: { template: template(image) },
    status: { observedGeneration: 2 },
    ...fields
  }
}

const names = (objects: readonly KubernetesObject[]) => objects.map((one) => one.metadata.name)

describe('the pods of a rollout', () => {
  const sets = [replicaSet('old', 'web:1', '1'), replicaSet('new', 'web:2', '2')]
  const pods = [pod('old-a', 'old'), pod('new-a', 'new'), pod('stranger', 'other')]

  it('are those of the ReplicaSet with the template of the Deployment', () => {
    expect(names(podsOfRevision(deployment('web:2'), byController(pods), byController(sets)))).toEqual(['new-a'])
  })

  it('are those of an old ReplicaSet again after a rollback to its template', () => {
    expect(newestReplicaSet(deployment('web:1'), byController(sets))?.metadata.name).toBe('old')
  })

  it('are found by the revision where the templates differ in what the server has added', () => {
    expect(newestReplicaSet(deployment('web:3'), byController(sets))?.metadata.name).toBe('new')
  })

  it('are none until the controller has seen the change', () => {
    const unseen = deployment('web:2', { status: { observedGeneration: 1 } })
    expect(podsOfRevision(unseen, byController(pods), byController(sets))).toEqual([])
  })

  it('are none while the new ReplicaSet does not exist', () => {
    const changed = deployment('web:3', { metadata: { name: 'web', uid: 'deployment', generation: 2 } })
    expect(podsOfRevision(changed, byController(pods), byController(sets))).toEqual([])
  })

  it('leave out pods that are being deleted', () => {
    const leaving = pod('leaving', 'new')
    leaving.metadata['deletionTimestamp'] = '2026-01-01T00:00:00Z'
    expect(names(podsOfRevision(deployment('web:2'), byController([leaving, ...pods]), byController(sets)))).toEqual([
      'new-a'
    ])
  })

  it('of a StatefulSet are those of its update revision', () => {
    const set: KubernetesObject = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', uid: 'set' },
      status: { updateRevision: 'db-2' }
    }
    const own = ['db-1', 'db-2'].map((hash) => pod(`pod-${hash}`, 'set', { 'controller-revision-hash': hash }))
    expect(names(podsOfRevision(set, byController(own), byController([])))).toEqual(['pod-db-2'])
    const onDelete = { ...set, spec: { updateStrategy: { type: 'OnDelete' } } }
    expect(podsOfRevision(onDelete, byController(own), byController([]))).toHaveLength(2)
  })

  it('of a DaemonSet are those of its template generation, and kept ones of an equal template', () => {
    const daemon: KubernetesObject = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent', uid: 'daemon', annotations: { 'deprecated.daemonset.template.generation': '3' } }
    }
    const own = [
      pod('first', 'daemon', { 'pod-template-generation': '1', 'controller-revision-hash': 'a' }),
      pod('second', 'daemon', { 'pod-template-generation': '2', 'controller-revision-hash': 'b' }),
      pod('third', 'daemon', { 'pod-template-generation': '3', 'controller-revision-hash': 'a' })
    ]
    expect(names(podsOfRevision(daemon, byController(own), byController([])))).toEqual(['first', 'third'])
  })
})

describe('a selector', () => {
  it.each<[JsonObject | undefined, string | undefined]>([
    [{ matchLabels: { app: 'web', tier: 'front' } }, 'app=web,tier=front'],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] }, 'app in (a,b)'],
    [{ matchLabels: { x: 'y' }, matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }] }, 'x=y,!old'],
    [
      {
        matchExpressions: [
          { key: 'a', operator: 'Exists' },
          { key: 'b', operator: 'NotIn', values: ['c'] }
        ]
      },
      'a,b notin (c)'
    ],
    [{ app: 'controller' }, 'app=controller'],
    [{}, undefined],
    [undefined, undefined]
  ])('%j is written as %s', (selector, text) => {
    expect(selectorOf({ spec: selector === undefined ? {} : { selector } })).toBe(text)
  })
})
