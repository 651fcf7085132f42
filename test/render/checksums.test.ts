import { describe, expect, test } from 'vitest'
import { asString, at } from '../../src/json.ts'
import { addConfigChecksums, CHECKSUM_ANNOTATION } from '../../src/render/checksums.ts'
import type { Manifest } from '../../src/render/manifest.ts'
import { manifests } from './support.ts'

const CONFIG = '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop}, data: {a: "1"}}'
const SECRET = '{apiVersion: v1, kind: Secret, metadata: {name: keys, namespace: shop}, data: {k: aGk=}}'

function workload(
  spec: string,
  options: { kind?: string; apiVersion?: string; namespace?: string; annotations?: string } = {}
): string {
  const { kind = 'Deployment', apiVersion = 'apps/v1', namespace = 'shop', annotations = '{}' } = options
  return `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: web, namespace: ${namespace}, annotations: ${annotations}}, spec: {template: {spec: ${spec}}}}`
}

const ENV_FROM = '{containers: [{name: c, image: i, envFrom: [{configMapRef: {name: settings}}]}]}'

function checksums(...yaml: string[]): (string | undefined)[] {
  const all = manifests(yaml.join('\n---\n'))
  addConfigChecksums(all, 'shop')
  return all.filter(({ object }) => object.kind !== 'ConfigMap' && object.kind !== 'Secret').map(checksumOf)
}

function checksumOf({ object }: Manifest): string | undefined {
  return asString(at(object, 'spec', 'template', 'metadata', 'annotations', CHECKSUM_ANNOTATION))
}

describe('a pod template gets a checksum of the configuration it uses', () => {
  test.each([
    ['envFrom of a ConfigMap', ENV_FROM],
    ['envFrom of a Secret', '{containers: [{name: c, image: i, envFrom: [{secretRef: {name: keys}}]}]}'],
    [
      'a variable from a ConfigMap',
      '{containers: [{name: c, image: i, env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: a}}}]}]}'
    ],
    [
      'a variable from a Secret',
      '{containers: [{name: c, image: i, env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: k}}}]}]}'
    ],
    [
      'an init container',
      '{initContainers: [{name: i, image: i, envFrom: [{configMapRef: {name: settings}}]}], containers: [{name: c, image: i}]}'
    ],
    [
      'a volume of a ConfigMap',
      '{containers: [{name: c, image: i}], volumes: [{name: v, configMap: {name: settings}}]}'
    ],
    ['a volume of a Secret', '{containers: [{name: c, image: i}], volumes: [{name: v, secret: {secretName: keys}}]}'],
    [
      'a projected volume',
      '{containers: [{name: c, image: i}], volumes: [{name: v, projected: {sources: [{secret: {name: keys}}, {configMap: {name: settings}}]}}]}'
    ]
  ])('by %s', (_how, spec) => {
    expect(checksums(CONFIG, SECRET, workload(spec))[0]).toMatch(/^[0-9a-f]{64}$/)
  })

  test.each([
    ['apps/v1', 'Deployment', true],
    ['apps/v1', 'StatefulSet', true],
    ['apps/v1', 'DaemonSet', true],
    ['argoproj.io/v1alpha1', 'Rollout', true],
    ['serving.knative.dev/v1', 'Service', true],
    ['batch/v1', 'Job', false],
    ['apps/v1', 'ReplicaSet', false],
    ['v1', 'ReplicationController', false],
    ['jobset.x-k8s.io/v1alpha2', 'JobSet', false]
  ])('if it is of a %s %s: %s', (apiVersion, kind, rolled) => {
    expect(checksums(CONFIG, workload(ENV_FROM, { apiVersion, kind }))[0] !== undefined).toBe(rolled)
  })

  test.each([
    ['nothing is used', CONFIG, '{containers: [{name: c, image: i}]}'],
    ['only a pull secret is used', SECRET, '{containers: [{name: c, image: i}], imagePullSecrets: [{name: keys}]}'],
    ['what is used is not in the set', SECRET, ENV_FROM]
  ])('but none when %s', (_why, config, spec) => {
    expect(checksums(config, workload(spec))).toEqual([undefined])
  })

  test('of its own namespace, given or not', () => {
    expect(checksums(CONFIG, workload(ENV_FROM, { namespace: 'other' }))).toEqual([undefined])
    const withoutNamespace = CONFIG.replace(', namespace: shop', '')
    expect(checksums(withoutNamespace, workload(ENV_FROM))).toEqual(checksums(CONFIG, workload(ENV_FROM)))
  })

  test('beside annotations that are there', () => {
    const all = manifests(
      `${CONFIG}\n---\n{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {template: {metadata: {annotations: {a: b}}, spec: ${ENV_FROM}}}}`
    )
    addConfigChecksums(all, undefined)
    expect(Object.keys(at(all[1]?.object, 'spec', 'template', 'metadata', 'annotations') ?? {})).toEqual([
      'a',
      CHECKSUM_ANNOTATION
    ])
  })
})

describe('the checksum', () => {
  const of = (config: string) => checksums(config, workload(ENV_FROM))[0]

  test('changes with the content', () => {
    const binary = (content: string) => CONFIG.replace('}, data:', `}, binaryData: {b: ${content}}, data:`)
    const all = [
      of(CONFIG),
      of(CONFIG.replace('"1"', '"2"')),
      of(CONFIG.replace('{a:', '{b:')),
      of(binary('aGk=')),
      of(binary('aG8='))
    ]
    expect(new Set(all).size).toBe(5)
  })

  test('and with nothing else', () => {
    const expected = of(CONFIG)
    expect(of(CONFIG.replace('name: settings,', 'name: settings, labels: {a: b}, annotations: {c: d},'))).toBe(expected)
    expect(of(CONFIG.replace('}, data:', '}, immutable: true, data:'))).toBe(expected)
    const two = (data: string) => of(CONFIG.replace('{a: "1"}', data))
    expect(two('{a: "1", b: "2"}')).toBe(two('{b: "2", a: "1"}'))
  })

  test('is the same for a Secret however it is written', () => {
    const spec = '{containers: [{name: c, image: i, envFrom: [{secretRef: {name: keys}}]}]}'
    const plain = SECRET.replace('data: {k: aGk=}', 'stringData: {k: hi}')
    expect(checksums(plain, workload(spec))).toEqual(checksums(SECRET, workload(spec)))
    // stringData wins, as in the API server.
    const both = SECRET.replace('data: {k: aGk=}', 'stringData: {k: hi}, data: {k: b3RoZXI=}')
    expect(checksums(both, workload(spec))).toEqual(checksums(SECRET, workload(spec)))
  })

  test('does not depend on the order of objects and references', () => {
    const spec = (volumes: string) => `{containers: [{name: c, image: i}], volumes: [${volumes}]}`
    const [a, b] = ['{name: a, configMap: {name: settings}}', '{name: b, secret: {secretName: keys}}']
    expect(checksums(CONFIG, SECRET, workload(spec(`${a}, ${b}`)))).toEqual(
      checksums(workload(spec(`${b}, ${a}`)), SECRET, CONFIG)
    )
  })

  test('is the same when it is added again', () => {
    const all = manifests([CONFIG, workload(ENV_FROM)].join('\n---\n'))
    addConfigChecksums(all, 'shop')
    const first = structuredClone(all.map(({ object }) => object))
    addConfigChecksums(all, 'shop')
    expect(all.map(({ object }) => object)).toEqual(first)
  })
})

describe('the annotation "disabled" leaves out', () => {
  const off = `{${CHECKSUM_ANNOTATION}: disabled}`

  test('a workload', () => {
    expect(checksums(CONFIG, workload(ENV_FROM, { annotations: off }))).toEqual([undefined])
  })

  test('a pod template', () => {
    const all = `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {template: {metadata: {annotations: ${off}}, spec: ${ENV_FROM}}}}`
    expect(checksums(CONFIG, all)).toEqual(['disabled'])
  })

  test('a ConfigMap, and no other', () => {
    const spec =
      '{containers: [{name: c, image: i, envFrom: [{configMapRef: {name: settings}}, {secretRef: {name: keys}}]}]}'
    const optedOut = CONFIG.replace('name: settings,', `name: settings, annotations: ${off},`)
    expect(checksums(optedOut, workload(ENV_FROM))).toEqual([undefined])
    expect(checksums(optedOut, SECRET, workload(spec))).toEqual(
      checksums(optedOut.replace('"1"', '"2"'), SECRET, workload(spec))
    )
  })
})
