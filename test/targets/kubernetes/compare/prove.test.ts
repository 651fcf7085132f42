import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../../src/json.ts'
import { type Doubt, doubt } from '../../../../src/targets/kubernetes/compare/prove.ts'
import { managedEntries } from '../../../../src/targets/kubernetes/ownership/index.ts'
import { liveObject } from '../ownership/live.ts'

const OURS = { manager: 'gitops-actions', operation: 'Apply' as const }

interface Case {
  readonly declared: Json
  readonly live?: Json | undefined
  readonly own?: JsonObject | undefined
  readonly others?: JsonObject
}

/** The verdict on a pod spec inside of a Deployment (a built-in kind), or on the spec of a custom resource. */
function judge(one: Case, builtin: boolean): Doubt | undefined {
  const body = (value: Json | undefined): JsonObject =>
    builtin
      ? { spec: { template: { spec: value ?? {} } } }
      : { apiVersion: 'example.com/v1', kind: 'Widget', spec: value ?? {} }
  const tree = (node: JsonObject | undefined): JsonObject => {
    if (node === undefined) return {}
    return builtin ? { 'f:spec': { 'f:template': { 'f:spec': node } } } : { 'f:spec': node }
  }
  const live = liveObject(body(one.live), [
    { ...OURS, fields: tree(one.own) },
    ...(one.others ? [{ manager: 'kubectl-edit', fields: tree(one.others) }] : [])
  ])
  const { managedFields: _, resourceVersion: _r, ...metadata } = live.metadata
  return doubt({ ...live, ...body(one.declared), metadata } as typeof live, live, managedEntries(live))
}

const WEB = { 'k:{"name":"web"}': { '.': {}, 'f:name': {}, 'f:image': {} } }
const web = { name: 'web', image: 'i' }

describe('a built-in kind', () => {
  test.each<[string, Case, Doubt | undefined]>([
    [
      'equal values',
      { declared: { dnsPolicy: 'None' }, live: { dnsPolicy: 'None' }, own: { 'f:dnsPolicy': {} } },
      undefined
    ],
    [
      'another value',
      { declared: { dnsPolicy: 'None' }, live: { dnsPolicy: 'Default' }, own: { 'f:dnsPolicy': {} } },
      'value'
    ],
    ['a value that is gone', { declared: { priority: 5 }, live: {}, own: { 'f:priority': {} } }, 'value'],
    ['an owner that is gone', { declared: { dnsPolicy: 'None' }, live: { dnsPolicy: 'None' }, own: {} }, 'ownership'],
    [
      'a field that is no longer declared',
      { declared: { a: 1 }, live: { a: 1, b: 1 }, own: { 'f:a': {}, 'f:b': {} } },
      'ownership'
    ],
    [
      'defaults beside',
      {
        declared: { containers: [web] },
        live: { containers: [{ ...web, imagePullPolicy: 'Always' }], dnsPolicy: 'X' },
        own: { 'f:containers': WEB }
      },
      undefined
    ],
    [
      'items of others beside',
      { declared: { containers: [web] }, live: { containers: [{ name: 'x' }, web] }, own: { 'f:containers': WEB } },
      undefined
    ],
    [
      'an item that is gone',
      { declared: { containers: [web] }, live: { containers: [] }, own: { 'f:containers': WEB } },
      'value'
    ],
    [
      'an item that is no longer declared',
      { declared: { containers: [] }, live: { containers: [web] }, own: { 'f:containers': WEB } },
      'ownership'
    ],
    [
      'an item twice',
      { declared: { containers: [web, web] }, live: { containers: [web] }, own: { 'f:containers': WEB } },
      'ownership'
    ],
    [
      'live items with the same key',
      { declared: { containers: [web] }, live: { containers: [web, web] }, own: { 'f:containers': WEB } },
      'unclear'
    ],
    [
      'another order',
      {
        declared: { containers: [{ name: 'a' }, { name: 'b' }] },
        live: { containers: [{ name: 'b' }, { name: 'a' }] },
        own: {
          'f:containers': { 'k:{"name":"a"}': { '.': {}, 'f:name': {} }, 'k:{"name":"b"}': { '.': {}, 'f:name': {} } }
        }
      },
      'order'
    ],
    [
      'another spelling of a quantity',
      {
        declared: { overhead: { cpu: 0.1, memory: '1024Mi' } },
        live: { overhead: { cpu: '100m', memory: '1Gi' } },
        own: { 'f:overhead': { 'f:cpu': {}, 'f:memory': {} } }
      },
      undefined
    ],
    [
      'another quantity',
      {
        declared: { overhead: { cpu: '0.2' } },
        live: { overhead: { cpu: '100m' } },
        own: { 'f:overhead': { 'f:cpu': {} } }
      },
      'value'
    ],
    [
      'a false that is not kept',
      { declared: { hostNetwork: false }, live: {}, own: { 'f:hostNetwork': {} } },
      undefined
    ],
    ['a true that is gone', { declared: { hostNetwork: true }, live: {}, own: { 'f:hostNetwork': {} } }, 'value'],
    [
      'a false that would be kept',
      { declared: { automountServiceAccountToken: false }, live: {}, own: { 'f:automountServiceAccountToken': {} } },
      'value'
    ],
    [
      'an empty list that owns nothing',
      { declared: { priority: 1, imagePullSecrets: [] }, live: { priority: 1 }, own: { 'f:priority': {} } },
      undefined
    ],
    [
      'an empty list that is owned',
      { declared: { tolerations: [] }, live: {}, own: { 'f:tolerations': {} } },
      undefined
    ],
    ['an empty list that should be owned', { declared: { tolerations: [] }, live: {}, own: {} }, 'ownership'],
    [
      'an empty list that somebody filled',
      { declared: { tolerations: [] }, live: { tolerations: [{ key: 'a' }] }, own: { 'f:tolerations': {} } },
      'value'
    ],
    [
      'an empty map that is not kept',
      { declared: { nodeSelector: {} }, live: {}, own: { 'f:nodeSelector': {} } },
      undefined
    ],
    [
      'an empty struct that would be kept',
      { declared: { affinity: {} }, live: {}, own: { 'f:affinity': {} } },
      'unclear'
    ],
    ['an empty struct', { declared: { affinity: {} }, live: { affinity: {} }, own: { 'f:affinity': {} } }, undefined],
    [
      'an empty struct with defaults',
      {
        declared: { securityContext: {} },
        live: { securityContext: { fsGroup: 1 } },
        own: { 'f:securityContext': {} }
      },
      undefined
    ],
    ['a null that stays away', { declared: { affinity: null }, live: {}, own: { 'f:affinity': {} } }, undefined],
    [
      'a null beside a value',
      { declared: { affinity: null }, live: { affinity: {} }, own: { 'f:affinity': {} } },
      'unclear'
    ],
    [
      'a piece',
      {
        declared: { tolerations: [{ key: 'a', value: '' }] },
        live: { tolerations: [{ key: 'a' }] },
        own: { 'f:tolerations': {} }
      },
      undefined
    ],
    [
      'a piece that grew',
      {
        declared: { tolerations: [{ key: 'a' }] },
        live: { tolerations: [{ key: 'a' }, { key: 'b' }] },
        own: { 'f:tolerations': {} }
      },
      'value'
    ],
    [
      'a piece with another order',
      {
        declared: { nodeSelector: { a: '1', b: '2' } },
        live: { nodeSelector: { b: '2', a: '1' } },
        own: { 'f:nodeSelector': {} }
      },
      undefined
    ],
    [
      'a piece with an unknown field more',
      {
        declared: { tolerations: [{ key: 'a' }] },
        live: { tolerations: [{ key: 'a', effect: 'NoSchedule' }] },
        own: { 'f:tolerations': {} }
      },
      'value'
    ],
    [
      'text where a number is live',
      { declared: { priority: '5' }, live: { priority: 5 }, own: { 'f:priority': {} } },
      'value'
    ],
    ['a list where a map is live', { declared: { x: [1] }, live: { x: { a: 1 } }, own: { 'f:x': {} } }, 'value'],
    [
      'a map where a scalar is live',
      { declared: { x: { a: 1 } }, live: { x: 1 }, own: { 'f:x': { 'f:a': {} } } },
      'value'
    ]
  ])('%s', (_name, one, expected) => expect(judge(one, true)).toBe(expected))

  test('a port’s protocol that is a default of the key', () => {
    const own = {
      'f:containers': {
        'k:{"name":"web"}': {
          '.': {},
          'f:name': {},
          'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } }
        }
      }
    }
    const containers = (port: JsonObject): JsonObject => ({ containers: [{ name: 'web', ports: [port] }] })
    const live = containers({ containerPort: 80, protocol: 'TCP' })
    expect(judge({ declared: containers({ containerPort: 80 }), live, own }, true)).toBeUndefined()
    // Declaring it makes it ours, which it is not yet.
    expect(judge({ declared: containers({ containerPort: 80, protocol: 'TCP' }), live, own }, true)).toBe('ownership')
    expect(judge({ declared: containers({ containerPort: 80, protocol: 'UDP' }), live, own }, true)).toBe('ownership')
  })

  test('a default inside a piece: the apiVersion of a field reference', () => {
    const own = {
      'f:containers': {
        'k:{"name":"web"}': {
          '.': {},
          'f:name': {},
          'f:env': { 'k:{"name":"NODE"}': { '.': {}, 'f:name': {}, 'f:valueFrom': { 'f:fieldRef': {} } } }
        }
      }
    }
    const containers = (fieldRef: JsonObject): JsonObject => ({
      containers: [{ name: 'web', env: [{ name: 'NODE', valueFrom: { fieldRef } }] }]
    })
    const declared = containers({ fieldPath: 'spec.nodeName' })
    expect(
      judge({ declared, live: containers({ apiVersion: 'v1', fieldPath: 'spec.nodeName' }), own }, true)
    ).toBeUndefined()
    expect(judge({ declared, live: containers({ apiVersion: 'v2', fieldPath: 'spec.nodeName' }), own }, true)).toBe(
      'value'
    )
  })
})

describe('a custom resource', () => {
  test.each<[string, Case, Doubt | undefined]>([
    [
      'a set',
      { declared: { s: ['a', 'b'] }, live: { s: ['x', 'a', 'b'] }, own: { 'f:s': { 'v:"a"': {}, 'v:"b"': {} } } },
      undefined
    ],
    [
      'a set in another order',
      { declared: { s: ['b', 'a'] }, live: { s: ['a', 'b'] }, own: { 'f:s': { 'v:"a"': {}, 'v:"b"': {} } } },
      'order'
    ],
    [
      'a set with one less',
      { declared: { s: ['a'] }, live: { s: ['a', 'b'] }, own: { 'f:s': { 'v:"a"': {}, 'v:"b"': {} } } },
      'ownership'
    ],
    ['a piece', { declared: { l: [{ a: 1 }] }, live: { l: [{ a: 1 }] }, own: { 'f:l': {} } }, undefined],
    [
      'a piece with a default inside',
      { declared: { l: [{ a: 1 }] }, live: { l: [{ a: 1, b: 2 }] }, own: { 'f:l': {} } },
      'value'
    ],
    // Quantities of custom resources are stored as they are written.
    [
      'another spelling',
      {
        declared: { resources: { cpu: '0.1' } },
        live: { resources: { cpu: '100m' } },
        own: { 'f:resources': { 'f:cpu': {} } }
      },
      'value'
    ],
    ['a false that is gone', { declared: { on: false }, live: {}, own: { 'f:on': {} } }, 'value'],
    ['an empty list that is gone', { declared: { x: 1, l: [] }, live: { x: 1 }, own: { 'f:x': {} } }, 'unclear'],
    ['an empty list', { declared: { l: [] }, live: { l: [] }, own: { 'f:l': {} } }, undefined],
    [
      'a leaf that was an empty map once, beside fields of others',
      { declared: { m: { a: 1 } }, live: { m: { a: 1 } }, own: { 'f:m': {} }, others: { 'f:m': { 'f:a': {} } } },
      'unclear'
    ],
    [
      'an integer beyond 2^53',
      { declared: { n: 9007199254740993n }, live: { n: 9007199254740993n }, own: { 'f:n': {} } },
      undefined
    ],
    [
      'another integer beyond 2^53',
      { declared: { n: 9007199254740993n }, live: { n: 9007199254740995n }, own: { 'f:n': {} } },
      'value'
    ]
  ])('%s', (_name, one, expected) => expect(judge(one, false)).toBe(expected))
})

test('nothing is proven of an object that we have not applied, or not in this version', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'shop' }, data: { a: '1' } }
  const fields = { 'f:data': { 'f:a': {} } }
  const strange = liveObject(object, [{ manager: 'kubectl', operation: 'Apply', fields }])
  expect(doubt(object, strange, managedEntries(strange))).toBe('not-owned')
  const older = liveObject(object, [{ ...OURS, apiVersion: 'v1beta1', fields }])
  expect(doubt(object, older, managedEntries(older))).toBe('version')
  const status = liveObject(object, [{ ...OURS, subresource: 'status', fields }])
  expect(doubt(object, status, managedEntries(status))).toBe('not-owned')
})
