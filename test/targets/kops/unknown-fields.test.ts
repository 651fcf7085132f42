import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import type { Place } from '../../../src/log.ts'
import { lineOfField } from '../../../src/targets/kops/places.ts'
import { reportUnknown, unknownFields, wordsOf } from '../../../src/targets/kops/unknown-fields.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kops-fields-'))
afterAll(() => rmSync(folder, { recursive: true }))

const object = (kind: 'Cluster' | 'InstanceGroup', name: string, spec: JsonObject, line = 1) => ({
  kind,
  name,
  object: { apiVersion: 'kops.k8s.io/v1alpha2', kind, metadata: { name }, spec },
  source: { file: 'nodes.yaml', line }
})
const found = (given: JsonObject, kept: JsonObject) =>
  unknownFields(
    {
      cluster: object('Cluster', 'a.b', {}),
      instanceGroups: [object('InstanceGroup', 'nodes', given)],
      sshCredentials: []
    },
    { cluster: object('Cluster', 'a.b', {}), instanceGroups: [object('InstanceGroup', 'nodes', kept)] }
  )

describe('what kops did not keep', () => {
  test.each<[string, JsonObject, JsonObject, [string, string | undefined, boolean][]]>([
    ['in another case', { maxsize: 6 }, {}, [['spec.maxsize', 'maxSize', true]]],
    ['with a slip', { machneType: 'x' }, {}, [['spec.machneType', 'machineType', true]]],
    [
      'an old field, which kops reads and drops',
      { rootVolumeDeleteOnTermination: true },
      {},
      [['spec.rootVolumeDeleteOnTermination', undefined, false]]
    ],
    ['a field of a newer kops', { rootVolumeFormat: 'x' }, {}, [['spec.rootVolumeFormat', undefined, false]]],
    ['a word like no other', { frobnicate: 1 }, {}, [['spec.frobnicate', undefined, false]]],
    [
      'below, beside one of the same letters',
      { kubelet: { maxpods: 1 } },
      { kubelet: { maxPods: 2 } },
      [['spec.kubelet.maxpods', 'maxPods', true]]
    ],
    [
      'below, with nothing like it',
      { kubelet: { maxpods: 1 } },
      { kubelet: {} },
      [['spec.kubelet.maxpods', undefined, false]]
    ],
    [
      'in an item of a list',
      { volumes: [{ device: 'a', Size: 3 }] },
      { volumes: [{ device: 'a', size: 1 }] },
      [['spec.volumes[0].Size', 'size', true]]
    ],
    ['a whole branch', { kubelett: { maxPods: 1 } }, {}, [['spec.kubelett', 'kubelet', true]]]
  ])('%s', (_, given, kept, expected) => {
    expect(found(given, kept).map(({ path, meant, sure }) => [path, meant, sure])).toEqual(expected)
  })

  test.each<[string, JsonObject, JsonObject]>([
    ['empty values', { maxsize: 0, taints: [], kubelett: { a: false, b: {} }, c: '', d: null }, {}],
    ['another value of the same field', { role: 'ControlPlane' }, { role: 'Master' }],
    ['what kops added', {}, { maxSize: 3 }]
  ])('is not: %s', (_, given, kept) => {
    expect(found(given, kept)).toEqual([])
  })
})

describe('is told on its line', () => {
  const text =
    '# spec: no\nkind: InstanceGroup\nmetadata: {name: nodes}\nspec:\n  minSize: 1 # maxsize: 9\n  maxsize: 6\n'
  const told: [string, Place | undefined][] = []
  const log = {
    info() {},
    debug() {},
    error() {},
    warning: (message: string, place?: Place) => void told.push([message, place]),
    group: async <T>(_: string, work: () => Promise<T>) => work()
  }

  test('as an error where it is to be deployed', async () => {
    writeFileSync(path.join(folder, 'nodes.yaml'), text)
    await expect(reportUnknown(found({ maxsize: 6 }, {}), { checkout: folder, log, refuse: true })).rejects.toThrow(
      'nodes.yaml:6: InstanceGroup "nodes": kops knows no field spec.maxsize. Did you mean maxSize?'
    )
  })

  test('as a warning where drift is looked for', async () => {
    const fields = found({ maxsize: 6 }, {})
    await reportUnknown(fields, { checkout: folder, log, refuse: false })
    expect(told).toEqual([[fields.map(wordsOf).join(), { file: 'nodes.yaml', line: 6 }]])
  })

  test.each<[string, string, readonly string[], number]>([
    ['in a flow mapping', 'a: 1\nspec: {x: 1,\n  role: Nodes}\n', ['spec', 'role'], 3],
    ['in quotes', '"spec":\n  "role": x\n', ['spec', 'role'], 2],
    ['not in the next document', 'spec: {}\n---\nspec:\n  role: x\n', ['spec', 'role'], 1]
  ])('%s', (_, manifest, keys, line) => {
    expect(lineOfField(manifest, 1, keys)).toBe(line)
  })
})
