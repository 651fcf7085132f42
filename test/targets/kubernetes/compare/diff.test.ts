import { describe, expect, test } from 'vitest'
import type { Json } from '../../../../src/json.ts'
import { differences } from '../../../../src/targets/kubernetes/compare/diff.ts'
import { Shape } from '../../../../src/targets/kubernetes/compare/shape.ts'
import { typeOfKind } from '../../../../src/targets/kubernetes/compare/types/index.ts'
import { type Fields, printPath } from '../../../../src/targets/kubernetes/ownership/index.ts'

function diff(before: Json, after: Json, options: { kind?: [string, string]; tree?: Fields } = {}) {
  const [apiVersion, kind] = options.kind ?? ['example.com/v1', 'Widget']
  const object = (spec: Json) => ({ apiVersion, kind, metadata: { name: 'x' }, spec })
  const shape = new Shape(options.tree ? [{ 'f:spec': options.tree }] : [], typeOfKind(apiVersion, kind))
  return differences(object(before), object(after), shape, { status: false }).map((one) => [
    printPath(one.path),
    one.before,
    one.after,
    ...(one.order ? ['order'] : [])
  ])
}

describe('differences', () => {
  test.each<[string, Json, Json, unknown[]]>([
    ['nothing', { a: 1 }, { a: 1 }, []],
    ['a value', { a: 1 }, { a: 2 }, [['spec.a', 1, 2]]],
    [
      'a field that comes',
      {},
      { a: { b: 1, c: 2 } },
      [
        ['spec.a.b', undefined, 1],
        ['spec.a.c', undefined, 2]
      ]
    ],
    ['a field that goes', { a: { b: 1 } }, {}, [['spec.a.b', 1, undefined]]],
    ['an empty map that comes', {}, { a: {} }, [['spec.a', undefined, {}]]],
    ['another type', { a: 1 }, { a: [1] }, [['spec.a', 1, [1]]]],
    ['null', { a: null }, { a: 1 }, [['spec.a', null, 1]]],
    ['texts of different length', { a: ['x', 'y'] }, { a: ['x'] }, [['spec.a', ['x', 'y'], ['x']]]],
    ['a text in a list', { a: ['x', 'y'] }, { a: ['x', 'z'] }, [['spec.a[1]', 'y', 'z']]],
    [
      'items by their names where nothing else is known',
      { a: [{ name: 'x', v: 1 }, { name: 'y' }] },
      { a: [{ name: 'y' }, { name: 'x', v: 2 }] },
      [
        ['spec.a', ['x', 'y'], ['y', 'x'], 'order'],
        ['spec.a[name=x].v', 1, 2]
      ]
    ],
    [
      'items without names by what is the same around them',
      { a: [{ v: 1 }, { v: 2 }, { v: 3 }] },
      { a: [{ v: 1 }, { v: 3 }] },
      [['spec.a[1]', { v: 2 }, undefined]]
    ]
  ])('%s', (_name, before, after, expected) => expect(diff(before, after)).toEqual(expected))

  test('items by the keys that ownership shows, whole where they come or go', () => {
    const tree = { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {} } } }
    const before: Json = {
      ports: [
        { port: 80, protocol: 'TCP', name: 'a' },
        { port: 80, protocol: 'UDP', name: 'u' }
      ]
    }
    const after: Json = {
      ports: [
        { port: 80, protocol: 'TCP', name: 'b' },
        { port: 81, protocol: 'TCP' }
      ]
    }
    expect(diff(before, after, { tree })).toEqual([
      ['spec.ports[port=80,protocol=TCP].name', 'a', 'b'],
      ['spec.ports[port=80,protocol=UDP]', { port: 80, protocol: 'UDP', name: 'u' }, undefined],
      ['spec.ports[port=81,protocol=TCP]', undefined, { port: 81, protocol: 'TCP' }]
    ])
  })

  test('an item that is named twice, which an update may do, by the last one, which counts', () => {
    const pod = (env: Json) => ({ containers: [{ name: 'web', env }] })
    const one = { name: 'A', value: '1' }
    const both = (second: Json) => diff(pod([one, second]), pod([one]), { kind: ['v1', 'Pod'] })
    expect(both({ name: 'A', value: '2' })).toEqual([['spec.containers[name=web].env[name=A].value', '2', '1']])
    expect(both(one)).toEqual([['spec.containers[name=web].env[name=A]', [one, one], one]])
  })

  test('sets by value', () => {
    const tree = { 'f:flags': { 'v:"a"': {} } }
    expect(diff({ flags: ['a', 'b'] }, { flags: ['a', 'c'] }, { tree })).toEqual([
      ['spec.flags[=b]', 'b', undefined],
      ['spec.flags[=c]', undefined, 'c']
    ])
  })

  test('the same quantity in another spelling is no difference of a built-in kind, but one of others', () => {
    const [before, after] = [{ hard: { cpu: '1' } }, { hard: { cpu: '1000m' } }]
    expect(diff(before, after, { kind: ['v1', 'ResourceQuota'] })).toEqual([])
    expect(diff(before, after)).toEqual([['spec.hard.cpu', '1', '1000m']])
  })

  test('what every write changes does not count', () => {
    const object = (metadata: { [key: string]: Json }, status: Json) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', ...metadata },
      status
    })
    const noise = {
      resourceVersion: '2',
      generation: 2,
      uid: 'u',
      creationTimestamp: 't',
      managedFields: [],
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' }
    }
    const shape = new Shape([], typeOfKind('v1', 'ConfigMap'))
    const [bare, noisy] = [object({}, { a: 1 }), object(noise, { a: 2 })]
    expect(differences(bare, noisy, shape, { status: false })).toEqual([])
    expect(differences(bare, noisy, shape, { status: true }).map((one) => printPath(one.path))).toEqual(['status.a'])
  })
})
