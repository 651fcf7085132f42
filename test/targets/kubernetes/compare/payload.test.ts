import { describe, expect, test } from 'vitest'
import type { ApiResource } from '../../../../src/targets/kubernetes/cluster.ts'
import { payloadOf } from '../../../../src/targets/kubernetes/compare/index.ts'

const resource = (subresources: string[]): ApiResource => ({
  group: '',
  version: 'v1',
  kind: 'X',
  plural: 'xs',
  namespaced: true,
  verbs: [],
  subresources
})

describe('payloadOf', () => {
  test('answers the very object where there is nothing to do', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: '1' } }
    expect(payloadOf(object, resource([]))).toBe(object)
  })

  test('leaves out what only the API server writes, in a copy', () => {
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'a',
        uid: 'u',
        resourceVersion: '5',
        generation: 2,
        creationTimestamp: null,
        managedFields: [],
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', keep: 'x' }
      },
      spec: {},
      status: { replicas: 1 }
    }
    expect(payloadOf(object, resource(['status', 'scale']))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a', annotations: { keep: 'x' } },
      spec: {}
    })
    expect(object.status).toEqual({ replicas: 1 })
    expect(object.metadata.uid).toBe('u')
  })

  test('keeps a status that is a field like any other', () => {
    const object = { apiVersion: 'example.com/v1', kind: 'X', metadata: { name: 'a' }, status: { phase: 'New' } }
    expect(payloadOf(object, resource([]))).toBe(object)
  })

  test('drops annotations that were only kubectl’s', () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' }
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations } }
    expect(payloadOf(object, resource([])).metadata).toEqual({ name: 'a' })
  })

  test.each([
    ['adds to data', { data: { a: 'eA==' }, stringData: { b: 'y' } }, { data: { a: 'eA==', b: 'eQ==' } }],
    ['wins over data', { data: { a: 'eA==' }, stringData: { a: 'ü' } }, { data: { a: 'w7w=' } }],
    ['may be empty', { stringData: {} }, {}],
    ['may be null', { data: { a: 'eA==' }, stringData: null }, { data: { a: 'eA==' } }]
  ])('stringData of a Secret %s', (_name, body, expected) => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }
    expect(payloadOf({ ...secret, ...body }, resource([]))).toEqual({ ...secret, ...expected })
  })

  test('leaves nonsense for the API server to refuse', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { a: 5 } }
    expect(payloadOf(secret, resource([]))).toBe(secret)
  })
})
