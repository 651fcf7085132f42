import { describe, expect, test } from 'vitest'
import { checkSize, refuseDuplicates } from '../../src/render/objects.ts'
import { errorOf, manifests } from './support.ts'

describe('takes documents for objects', () => {
  test('unfolds lists, each item with its line', () => {
    const found = manifests(`apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: a}
- apiVersion: v1
  kind: List
  items:
  - {apiVersion: v1, kind: Secret, metadata: {name: b}}
---
apiVersion: apps/v1
kind: DeploymentList
items:
- metadata: {name: c}
`)
    expect(
      found.map(({ object, source }) => [object.apiVersion, object.kind, object.metadata.name, source.line])
    ).toEqual([
      ['v1', 'ConfigMap', 'a', 4],
      ['v1', 'Secret', 'b', 7],
      ['apps/v1', 'Deployment', 'c', 15]
    ])
  })

  test('a list of nothing is nothing', () => {
    for (const list of [
      '{apiVersion: v1, kind: List}',
      '{apiVersion: v1, kind: List, items: }',
      '{apiVersion: v1, kind: List, items: []}',
      '{apiVersion: v1, kind: ConfigMapList, metadata: {resourceVersion: ""}, items: null}',
      '{"apiVersion": "v1", "kind": "List", "items": null}'
    ])
      expect(manifests(list)).toEqual([])
  })

  test('items of a list in JSON have lines of their own, too', () => {
    const item = (name: string) => `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "${name}"}}`
    const found = manifests(
      `{"kind": "List", "apiVersion": "v1", "items": [\n${item('a')},\n${item('b')}]}\n${item('c')}`
    )
    expect(found.map(({ source }) => source.line)).toEqual([2, 3, 4])
  })

  test('a kind that ends in List and has no items is an object', () => {
    expect(manifests('{apiVersion: x.io/v1, kind: AllowList, metadata: {name: a}, spec: {}}')).toHaveLength(1)
  })

  test('a hook that leaves its name to the server gets one that follows from its content', () => {
    const hook = (image: string, base = 'migrate-') =>
      manifests(
        `{apiVersion: batch/v1, kind: Job, metadata: {generateName: ${base}, annotations: {argocd.argoproj.io/hook: PreSync}}, spec: {image: ${image}}}`
      )[0]?.object.metadata
    expect(hook('a')).toEqual({
      name: expect.stringMatching(/^migrate-[0-9a-f]{8}$/),
      annotations: { 'argocd.argoproj.io/hook': 'PreSync' }
    })
    expect(hook('a')?.name).toBe(hook('a')?.name)
    expect(hook('b')?.name).not.toBe(hook('a')?.name)
    expect(hook('a', 'x'.repeat(200))?.name).toHaveLength(63)
  })

  test.each([
    ['a: 1', 'f.yaml:1: this is no object of Kubernetes: it has neither apiVersion nor kind. It begins with "a".'],
    ['- a', 'f.yaml:1: this document is a list, not an object of Kubernetes.'],
    ['just text', 'f.yaml:1: this document is a text, not an object of Kubernetes.'],
    ['---\n\nkind: A\nmetadata: {name: a}', 'f.yaml:3: A a has no apiVersion.'],
    ['apiVersion: v1\nmetadata: {name: a, namespace: b}', 'f.yaml:1: the object b/a has no kind.'],
    ['{apiVersion: v1, kind: A}', 'f.yaml:1: A has no metadata.name.'],
    ['{apiVersion: v1, kind: A, metadata: {name: ""}}', 'f.yaml:1: A has no metadata.name.'],
    ['{kind: A}', 'f.yaml:1: A has no apiVersion and no metadata.name.'],
    ['{apiVersion: v1, kind: A, metadata: {generateName: a-}}', 'f.yaml:1: A has metadata.generateName and no name.'],
    [
      '{apiVersion: v1, kind: A, metadata: {name: 1.10}}',
      'f.yaml:1: metadata.name of A 1.1 is a number, and must be text.'
    ],
    [
      '{apiVersion: v1, kind: A, metadata: {name: a, namespace: yes}}',
      'f.yaml:1: metadata.namespace of A a is the boolean true, and must be text.'
    ],
    [
      '{apiVersion: v1, kind: A, metadata: {name: a, labels: {version: 1.10}}}',
      'f.yaml:1: metadata.labels["version"] of A a is a number, and must be text.'
    ],
    [
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {on: yes}}',
      'f.yaml:1: data["true"] of ConfigMap a is the boolean true, and must be text.'
    ],
    [
      '{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {pin: 1234}}',
      'f.yaml:1: stringData["pin"] of Secret a is a number, and must be text.'
    ],
    ['{apiVersion: v1, kind: List, items: {a: b}}', 'f.yaml:1: the items of this List are a mapping, not a list.'],
    ['{apiVersion: v1, kind: List, items: [1]}', 'f.yaml:1: an item of this List is a number, not an object.'],
    [
      '{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, metadata: {name: a}}',
      'f.yaml:1: this is a kustomization, which is built, not applied.'
    ]
  ])('refuses %s', async (yaml, message) => {
    const error = await errorOf(() => manifests(yaml))
    expect(error.message).toBe(message)
    expect(error.hint).toBeTruthy()
  })

  test('keeps null where the API server reads it as no value', () => {
    expect(
      manifests('{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {a: ~}}, data: {b: ~}}')
    ).toHaveLength(1)
  })

  test('refuses more data than a ConfigMap or Secret may hold', async () => {
    const data = (size: number) =>
      `{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: "${'x'.repeat(size)}"}}`
    expect(manifests(data(1024 * 1024))).toHaveLength(1)
    expect((await errorOf(() => manifests(data(1024 * 1024 + 1)))).message).toContain(
      'holds 1.0 MiB; the API server takes 1 MiB at most'
    )
    // Of a Secret, the decoded bytes count.
    const encoded = Buffer.alloc(1024 * 1024, 'x').toString('base64')
    expect(manifests(`{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {a: ${encoded}}}`)).toHaveLength(1)
  })

  test('refuses what no cluster stores', async () => {
    const [manifest] = manifests(
      `{apiVersion: x.io/v1, kind: A, metadata: {name: a}, spec: {a: "${'x'.repeat(2_000_000)}"}}`
    )
    const error = await errorOf(() => manifest && checkSize(manifest, JSON.stringify(manifest.object)))
    expect(error.message).toBe('f.yaml:1: A a has 1.9 MiB; a cluster stores 1.5 MiB at most.')
  })
})

describe('refuses the same object twice', () => {
  const pair = (first: string, second: string) =>
    manifests(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: ${first}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: ${second}\n`
    )

  test('and names both places', async () => {
    const error = await errorOf(() => refuseDuplicates(pair('{name: a}', '{name: a}'), undefined))
    expect(error.message).toBe('ConfigMap a is declared twice: f.yaml:1 and f.yaml:5.')
    expect(error.annotations.map(({ place }) => place)).toEqual([
      { file: 'f.yaml', line: 1 },
      { file: 'f.yaml', line: 5 }
    ])
  })

  test.each([
    ['{name: a}', '{name: a, namespace: shop}', 'shop', true],
    ['{name: a}', '{name: a, namespace: other}', 'shop', false],
    ['{name: a, namespace: u}', '{name: a, namespace: v}', undefined, false],
    ['{name: a, namespace: x}', '{name: b, namespace: x}', undefined, false]
  ])('%s and %s in namespace %s: %s', (first, second, namespace, twice) => {
    const check = () => refuseDuplicates(pair(first, second), namespace)
    if (twice) expect(check).toThrow('declared twice')
    else expect(check).not.toThrow()
  })

  test('also under two versions of its API', () => {
    const both = manifests(
      '{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}}\n---\n{apiVersion: apps/v1beta1, kind: Deployment, metadata: {name: a}}'
    )
    expect(() => refuseDuplicates(both, undefined)).toThrow('declared twice')
  })

  test('but not two hooks, of which one lives after the other', () => {
    const hook = (when: string) => `{name: a, annotations: {helm.sh/hook: ${when}}}`
    expect(() => refuseDuplicates(pair(hook('pre-install'), hook('post-install')), undefined)).not.toThrow()
    expect(() => refuseDuplicates(pair(hook('pre-install'), '{name: a}'), undefined)).toThrow('declared twice')
  })
})
