import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { startedWith, type WrongContent } from '../../../../src/targets/kubernetes/restart/stale.ts'

const SINCE = '2026-11-23T10:00:00Z'
const content = (over: Partial<WrongContent> = {}): WrongContent => ({
  id: 'ConfigMap/shop/settings',
  kind: 'ConfigMap',
  name: 'settings',
  namespace: 'shop',
  keys: new Set(['LEVEL']),
  paths: ['data.LEVEL'],
  since: Date.parse(SINCE),
  ...over
})

function pod(container: JsonObject, spec: JsonObject = {}, started = '2026-11-23T10:05:00Z'): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-1', namespace: 'shop' },
    spec: { containers: [{ name: 'web', image: 'x', ...container }], ...spec },
    status: { phase: 'Running', containerStatuses: [{ name: 'web', state: { running: { startedAt: started } } }] }
  }
}

const mounted = (mount: JsonObject, volume: JsonObject): KubernetesObject =>
  pod({ volumeMounts: [{ name: 'v', mountPath: '/etc/app', ...mount }] }, { volumes: [{ name: 'v', ...volume }] })
const variable = (key: string): Json => ({ name: 'L', valueFrom: { configMapKeyRef: { name: 'settings', key } } })

describe('a pod that started while content was wrong', () => {
  it.each([
    ['takes all of it as environment', pod({ envFrom: [{ configMapRef: { name: 'settings' } }] }), true],
    ['takes the key as a variable', pod({ env: [variable('LEVEL')] }), true],
    ['takes only another key', pod({ env: [variable('OTHER')] }), false],
    ['takes another ConfigMap', pod({ envFrom: [{ configMapRef: { name: 'other' } }] }), false],
    ['takes a Secret of that name', pod({ envFrom: [{ secretRef: { name: 'settings' } }] }), false],
    ['mounts it', mounted({}, { configMap: { name: 'settings' } }), true],
    ['mounts the key by subPath', mounted({ subPath: 'LEVEL' }, { configMap: { name: 'settings' } }), true],
    ['mounts another key by subPath', mounted({ subPath: 'OTHER' }, { configMap: { name: 'settings' } }), false],
    [
      'mounts the key under another path',
      mounted({ subPath: 'a' }, { configMap: { name: 'settings', items: [{ key: 'LEVEL', path: 'a/level' }] } }),
      true
    ],
    [
      'mounts only other items',
      mounted({}, { configMap: { name: 'settings', items: [{ key: 'OTHER', path: 'o' }] } }),
      false
    ],
    ['mounts it in a projection', mounted({}, { projected: { sources: [{ configMap: { name: 'settings' } }] } }), true],
    [
      'has it as a volume that it does not mount',
      pod({}, { volumes: [{ name: 'v', configMap: { name: 'settings' } }] }),
      false
    ]
  ])('%s', (_what, given, expected) => {
    expect(startedWith(given, content(), Number.POSITIVE_INFINITY)).toBe(expected)
  })

  it.each([
    ['before it was changed', '2026-11-23T09:59:59Z', false],
    ['in the same second', SINCE, true],
    ['after it was put right', '2026-11-23T11:00:01Z', false]
  ])('counts by when its container started: %s', (_when, started, expected) => {
    const given = pod({ envFrom: [{ configMapRef: { name: 'settings' } }] }, {}, started)
    expect(startedWith(given, content(), Date.parse('2026-11-23T11:00:00Z'))).toBe(expected)
  })

  it('knows the Secret of a volume, and init containers that have ended', () => {
    const secret = content({ kind: 'Secret', name: 'password', keys: new Set(['p']) })
    expect(startedWith(mounted({}, { secret: { secretName: 'password' } }), secret, Number.POSITIVE_INFINITY)).toBe(
      true
    )
    const given = pod({}, { initContainers: [{ name: 'init', envFrom: [{ secretRef: { name: 'password' } }] }] })
    const state = { terminated: { startedAt: '2026-11-23T10:04:00Z' } }
    given['status'] = { phase: 'Running', initContainerStatuses: [{ name: 'init', state }] }
    expect(startedWith(given, secret, Number.POSITIVE_INFINITY)).toBe(true)
  })

  it('leaves alone what has ended, is being deleted, or has not started yet', () => {
    const using = { envFrom: [{ configMapRef: { name: 'settings' } }] }
    const ended = pod(using)
    ended['status'] = { phase: 'Succeeded' }
    const leaving = pod(using)
    leaving.metadata['deletionTimestamp'] = SINCE
    const waiting = pod(using)
    waiting['status'] = { phase: 'Pending', containerStatuses: [{ name: 'web', state: { waiting: {} } }] }
    for (const one of [ended, leaving, waiting])
      expect(startedWith(one, content(), Number.POSITIVE_INFINITY)).toBe(false)
  })

  it('is not one that only a debug container with it was put into', () => {
    const debug = { name: 'debug', image: 'x', envFrom: [{ configMapRef: { name: 'settings' } }] }
    const given = pod({}, { ephemeralContainers: [debug] }, '2026-11-23T09:00:00Z')
    const state = { running: { startedAt: '2026-11-23T10:05:00Z' } }
    given['status'] = { ...Object(given['status']), ephemeralContainerStatuses: [{ name: 'debug', state }] }
    expect(startedWith(given, content())).toBe(false)
  })

  it('is not one that is only pulled with the Secret', () => {
    const secret = content({ kind: 'Secret', name: 'registry', keys: new Set(['.dockerconfigjson']) })
    expect(startedWith(pod({}, { imagePullSecrets: [{ name: 'registry' }] }), secret)).toBe(false)
  })

  it('is one of those that an earlier healing left, where that is known', () => {
    const given = pod({ envFrom: [{ configMapRef: { name: 'settings' } }] })
    given.metadata['uid'] = 'a'
    expect(startedWith(given, content({ pods: new Set(['a']) }))).toBe(true)
    expect(startedWith(given, content({ pods: new Set(['b']) }))).toBe(false)
    expect(startedWith(given, content({ until: Date.parse('2026-11-23T10:04:59Z') }))).toBe(false)
  })
})

describe('a pod that started while the whole object was missing', () => {
  const missing = content({ missing: true, paths: [] })
  const optional = { name: 'settings', optional: true }
  it.each([
    ['takes it as environment if it is there', pod({ envFrom: [{ configMapRef: optional }] }), true],
    [
      'takes a key as a variable if it is there',
      pod({ env: [{ name: 'L', valueFrom: { configMapKeyRef: { ...optional, key: 'LEVEL' } } }] }),
      true
    ],
    ['mounts it if it is there', mounted({}, { configMap: optional }), true],
    [
      'mounts it in a projection if it is there',
      mounted({}, { projected: { sources: [{ configMap: optional }] } }),
      true
    ],
    // Without what they need they had not started: what runs did so while it was there.
    ['needs it as environment', pod({ envFrom: [{ configMapRef: { name: 'settings' } }] }), false],
    ['needs the key as a variable', pod({ env: [variable('LEVEL')] }), false],
    ['needs it as a volume', mounted({}, { configMap: { name: 'settings' } }), false]
  ])('%s', (_what, given, expected) => {
    expect(startedWith(given, missing, Number.POSITIVE_INFINITY)).toBe(expected)
  })
})
