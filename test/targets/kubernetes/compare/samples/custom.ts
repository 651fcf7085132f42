import type { KubernetesObject } from '../../../../../src/render/manifest.ts'
import { definition, LIST_OF_STRINGS } from './definition.ts'
import { type Sample, sample } from './sample.ts'

/** Custom resources: with a schema that has everything, without any, and one whose status is a field like any other. */
export const CUSTOM: Readonly<Record<string, Sample>> = {
  Widget: sample(
    'compare.example.com/v1',
    'Widget',
    {
      spec: {
        image: 'a',
        size: '1024Mi',
        flags: ['a', 'b'],
        steps: ['one', 'two'],
        ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }],
        parts: [
          { name: 'p', weight: 1, tags: ['t'] },
          { name: 'q', nested: { deep: { er: 'x' } } }
        ],
        selector: { matchLabels: { a: 'b' } },
        free: { any: [{ thing: 1 }], other: { list: [1, 2] } },
        template: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'inner' }, data: { a: 'b' } },
        limit: '50%'
      }
    },
    {
      'spec.image': ['a', 'b', '', null, undefined],
      'spec.size': ['1024Mi', '1Gi', undefined],
      'spec.flags': [['a', 'b'], ['b', 'a'], ['a', 'c'], [], undefined],
      'spec.steps': [['one', 'two'], ['two', 'one'], [], undefined],
      'spec.ports': [
        [{ port: 80, protocol: 'TCP' }],
        [{ port: 53, protocol: 'UDP', name: 'n' }, { port: 80 }],
        [],
        undefined
      ],
      'spec.parts': [
        [
          { name: 'q', nested: { deep: { er: 'x' } } },
          { name: 'p', weight: 1 }
        ],
        [{ name: 'p', weight: 2, tags: [] }],
        [{ name: 'p', on: false }],
        [],
        undefined
      ],
      'spec.selector': [{ matchLabels: { a: 'b' } }, { matchLabels: { a: 'c' } }, {}, undefined],
      'spec.free': [{ any: [{ thing: 2 }] }, { any: [], extra: null }, {}, { other: { list: [2, 1] } }, undefined],
      'spec.template.data.a': ['b', 'c'],
      'spec.template.extra': [{ x: 1 }, undefined],
      'spec.limit': ['50%', 5, '5', undefined],
      'spec.enabled': [true, false, null, undefined],
      'spec.count': [0, 1, undefined],
      'spec.big': [9007199254740993n, 9007199254740995n, undefined],
      'spec.ratio': [1, 1.5, undefined]
    }
  ),
  Loose: sample(
    'compare.example.com/v1',
    'Loose',
    { spec: { a: { b: { c: 1 } }, list: [{ name: 'x', v: 1 }, { name: 'y' }], empty: {}, none: [] } },
    {
      'spec.a.b.c': [1, 2, '1', null, undefined],
      'spec.a.b': [{}, { d: false }, undefined],
      'spec.list': [[{ name: 'y' }, { name: 'x', v: 1 }], [{ name: 'x', v: 2 }], [], undefined],
      'spec.empty': [{}, { filled: true }, null, undefined],
      'spec.none': [[], [1], null, undefined],
      data: [{ top: 'level' }, undefined]
    }
  ),
  Plain: sample(
    'compare.example.com/v1',
    'Plain',
    { spec: { a: 1 }, status: { phase: 'New', list: [1] } },
    {
      'spec.a': [1, 2, undefined],
      status: [{ phase: 'New' }, {}, undefined],
      'status.phase': ['New', 'Old', undefined],
      'status.list': [[1], [2, 1], [], undefined]
    }
  )
}

/** Their definitions: lists of every type, defaults, embedded and free objects; and no schema at all. */
export const CUSTOM_DEFINITIONS: readonly KubernetesObject[] = [
  definition('Widget', 'widgets', {
    image: { type: 'string', nullable: true },
    size: { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
    flags: { ...LIST_OF_STRINGS, 'x-kubernetes-list-type': 'set' },
    steps: LIST_OF_STRINGS,
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: {
        type: 'object',
        required: ['port'],
        properties: {
          port: { type: 'integer' },
          protocol: { type: 'string', default: 'TCP' },
          name: { type: 'string' }
        }
      }
    },
    parts: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          weight: { type: 'integer', default: 1 },
          on: { type: 'boolean' },
          tags: LIST_OF_STRINGS,
          nested: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
        }
      }
    },
    selector: {
      type: 'object',
      'x-kubernetes-map-type': 'atomic',
      properties: { matchLabels: { type: 'object', additionalProperties: { type: 'string' } } }
    },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    template: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    limit: { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
    enabled: { type: 'boolean', default: true },
    count: { type: 'integer' },
    big: { type: 'integer', format: 'int64' },
    ratio: { type: 'number' }
  }),
  definition('Loose', 'looses', undefined),
  definition('Plain', 'plains', undefined, {})
]
