import { describe, expect, test } from 'vitest'
import type { Json } from '../../../../src/json.ts'
import {
  elementOf,
  type Path,
  positionOf,
  printPath,
  sameElement,
  valueAt
} from '../../../../src/targets/kubernetes/ownership/index.ts'

describe('printPath', () => {
  test.each<[Path, string]>([
    [['spec', 'replicas'], 'spec.replicas'],
    [
      ['spec', 'template', 'spec', 'containers', { key: { name: 'web' } }, 'image'],
      'spec.template.spec.containers[name=web].image'
    ],
    [['spec', 'ports', { key: { port: 80, protocol: 'TCP' } }], 'spec.ports[port=80,protocol=TCP]'],
    [['metadata', 'labels', 'app.kubernetes.io/name'], 'metadata.labels[app.kubernetes.io/name]'],
    [['metadata', 'finalizers', { value: 'example.com/hold' }], 'metadata.finalizers[=example.com/hold]'],
    [['rules', { index: 3 }, 'verbs'], 'rules[3].verbs'],
    [['data', '0'], 'data["0"]'],
    [['data', 'with space'], 'data["with space"]'],
    [['data', 'config.yaml'], 'data[config.yaml]'],
    [['env', { key: { name: 'a]b' } }], 'env[name="a]b"]'],
    [[], '']
  ])('%j is written %s', (path, text) => expect(printPath(path)).toBe(text))
})

describe('elementOf', () => {
  test.each([
    ['f:image', 'image'],
    ['f:app.kubernetes.io/name', 'app.kubernetes.io/name'],
    ['k:{"containerPort":80,"protocol":"TCP"}', { key: { containerPort: 80, protocol: 'TCP' } }],
    ['v:"a"', { value: 'a' }],
    ['v:5', { value: 5 }],
    ['i:0', { index: 0 }],
    ['.', undefined],
    ['k:{not json', undefined],
    ['k:5', undefined],
    ['x:y', undefined]
  ])('%s', (key, element) => expect(elementOf(key)).toEqual(element))
})

test('sameElement tells numbers from texts', () => {
  expect(sameElement({ key: { port: 80 } }, { key: { port: 80 } })).toBe(true)
  expect(sameElement({ key: { port: 80 } }, { key: { port: '80' } })).toBe(false)
  expect(sameElement({ key: { port: 80 } }, { key: { port: 80, protocol: 'TCP' } })).toBe(false)
  expect(sameElement({ value: 'a' }, { key: { name: 'a' } })).toBe(false)
})

test('valueAt follows keys, values and positions', () => {
  const list: Json[] = [{ name: 'a' }, { name: 'b', v: 1 }]
  const object: Json = { spec: { list, set: ['x', 'y'], rows: [[1], [2]] } }
  expect(valueAt(object, ['spec', 'list', { key: { name: 'b' } }, 'v'])).toBe(1)
  expect(valueAt(object, ['spec', 'set', { value: 'y' }])).toBe('y')
  expect(valueAt(object, ['spec', 'rows', { index: 1 }, { index: 0 }])).toBe(2)
  expect(valueAt(object, ['spec', 'list', { key: { name: 'c' } }])).toBeUndefined()
  expect(valueAt(object, ['spec', 'list', 'name'])).toBeUndefined()
  expect(positionOf(list, { key: { name: 'b' } })).toBe(1)
})
