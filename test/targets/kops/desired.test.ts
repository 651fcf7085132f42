import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/json.ts'
import { seemsEqual } from '../../../src/targets/kops/desired.ts'
import type { KopsKind } from '../../../src/targets/kops/manifests.ts'

const object = (kind: KopsKind, name: string, spec: JsonObject) => ({
  kind,
  name,
  object: { apiVersion: 'kops.k8s.io/v1alpha2', kind, metadata: { name }, spec }
})
const cluster = (spec: JsonObject, ...groups: JsonObject[]) => ({
  cluster: object('Cluster', 'a.b', spec),
  instanceGroups: groups.map((group, index) => object('InstanceGroup', `group-${index}`, group)),
  sshCredentials: [],
  addons: []
})
const source = { file: 'cluster.yaml', line: 1 }
const declared = (spec: JsonObject, ...groups: JsonObject[]) => {
  const all = cluster(spec, ...groups)
  return {
    ...all,
    cluster: { ...all.cluster, source },
    instanceGroups: all.instanceGroups.map((group) => ({ ...group, source }))
  }
}

test.each([
  ['what kops assigned besides', { a: 1 }, { a: 1, cidr: '10.0.0.0/8' }, true],
  ['what kops leaves out when it writes', { a: 1, legacy: false, rbac: {}, list: [] }, { a: 1 }, true],
  ['another value', { a: 1 }, { a: 2 }, false],
  ['a field more', { a: 1, b: 'x' }, { a: 1 }, false],
  ['a value that became empty', { a: false }, { a: true }, false]
])('whether the store seems to hold a Cluster: %s', (_, manifest, stored, expected) => {
  expect(seemsEqual(declared(manifest), cluster(stored))).toBe(expected)
})

test.each([
  ['both names of a role', 'ControlPlane', 'Master', true],
  ['another role', 'ControlPlane', 'Node', false],
  ['the same role', 'Node', 'Node', true]
])('whether it seems to hold an instance group: %s (%s, %s)', (_, role, stored, expected) => {
  expect(seemsEqual(declared({}, { role }), cluster({}, { role: stored }))).toBe(expected)
})

test('a group more or less is a difference', () => {
  expect(seemsEqual(declared({}, { role: 'Node' }), cluster({}))).toBe(false)
  expect(seemsEqual(declared({}), cluster({}, { role: 'Node' }))).toBe(false)
})
