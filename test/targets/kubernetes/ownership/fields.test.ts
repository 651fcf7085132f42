import { describe, expect, test } from 'vitest'
import {
  childOf,
  coverage,
  difference,
  type Fields,
  members,
  type Path,
  printPath,
  union
} from '../../../../src/targets/kubernetes/ownership/index.ts'

const TREE: Fields = {
  'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} }, 'f:annotations': {} },
  'f:spec': {
    'f:replicas': {},
    'f:selector': {},
    'f:containers': {
      'k:{"name":"web"}': { '.': {}, 'f:image': {}, 'f:name': {} }
    },
    'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} } },
    'f:flags': { 'v:"a"': {}, 'v:7': {} }
  }
}

test('members are all owned paths, items included', () => {
  expect([...members(TREE)].map(printPath)).toEqual([
    'metadata.labels',
    'metadata.labels.app',
    'metadata.annotations',
    'spec.replicas',
    'spec.selector',
    'spec.containers[name=web]',
    'spec.containers[name=web].image',
    'spec.containers[name=web].name',
    'spec.ports[port=80,protocol=TCP]',
    'spec.ports[port=80,protocol=TCP].port',
    'spec.flags[=a]',
    'spec.flags[=7]'
  ])
})

test('childOf finds keys whatever the order of their fields', () => {
  const ports = childOf(childOf(TREE, 'spec'), 'ports')
  expect(childOf(ports, { key: { protocol: 'TCP', port: 80 } })).toEqual({ '.': {}, 'f:port': {} })
  expect(childOf(ports, { key: { protocol: 'UDP', port: 80 } })).toBeUndefined()
})

describe('coverage', () => {
  test.each<[Path, ReturnType<typeof coverage>]>([
    [['spec', 'replicas'], 'exact'],
    [['spec', 'selector', 'matchLabels', 'app'], 'inside'],
    [['spec', 'containers', { key: { name: 'web' } }], 'exact'],
    [['spec', 'containers', { key: { name: 'web' } }, 'args'], undefined],
    [['spec', 'containers', { key: { name: 'other' } }], undefined],
    [['spec', 'containers'], 'below'],
    [['metadata', 'labels'], 'exact'],
    [['spec', 'flags', { value: 'a' }], 'exact'],
    [['status'], undefined],
    [[], 'below']
  ])('%j is %s', (path, expected) => expect(coverage(TREE, path)).toBe(expected))

  test('an empty map that somebody set does not own what others put into it', () => {
    const path = ['metadata', 'annotations', 'example.com/a']
    expect(coverage(TREE, path)).toBe('inside')
    expect(coverage(TREE, path, () => false)).toBeUndefined()
  })
})

describe('union', () => {
  test('keeps what either owns', () => {
    expect(union({ 'f:a': { 'f:x': {} } }, { 'f:a': { 'f:y': {} }, 'f:b': {} })).toEqual({
      'f:a': { 'f:x': {}, 'f:y': {} },
      'f:b': {}
    })
  })

  test('a leaf beside children stays owned itself', () => {
    expect(union({ 'f:a': {} }, { 'f:a': { 'f:y': {} } })).toEqual({ 'f:a': { '.': {}, 'f:y': {} } })
    expect(union({ 'f:a': {} }, { 'f:a': {} })).toEqual({ 'f:a': {} })
  })
})

describe('difference', () => {
  test.each<[string, Fields, Fields, string[]]>([
    ['nothing', TREE, TREE, []],
    ['a leaf', { 'f:spec': { 'f:a': {}, 'f:b': {} } }, { 'f:spec': { 'f:a': {} } }, ['spec.b']],
    ['the highest path', { 'f:spec': { 'f:a': { 'f:b': {}, 'f:c': {} } } }, { 'f:spec': {} }, ['spec.a']],
    ['everything', { 'f:spec': { 'f:a': {} } }, {}, ['spec']],
    ['not maps themselves', { 'f:l': { '.': {}, 'f:a': {} } }, { 'f:l': { 'f:a': {} } }, []],
    [
      'items themselves',
      { 'f:l': { 'k:{"n":1}': { '.': {}, 'f:a': {} } } },
      { 'f:l': { 'k:{"n":1}': { 'f:a': {} } } },
      ['l[n=1]']
    ],
    ['a piece that others part', { 'f:l': {} }, { 'f:l': { 'f:a': {} } }, ['l']]
  ])('%s', (_name, a, b, expected) => expect(difference(a, b).map(printPath)).toEqual(expected))
})
