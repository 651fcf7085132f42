import type { JsonObject } from '../../../../../src/json.ts'
import type { KubernetesObject } from '../../../../../src/render/manifest.ts'
import { definition, LIST_OF_STRINGS } from './definition.ts'
import { type Sample, sample } from './sample.ts'

/**
 * Custom kinds built as those of the Prometheus operator are: rule groups by name with rules as one piece, selectors
 * and endpoints as pieces, a server with sets, quantities of its own, and parts of a pod template.
 */
export const MONITORING: Readonly<Record<string, Sample>> = {
  RuleSet: sample(
    'compare.example.com/v1',
    'RuleSet',
    {
      spec: {
        groups: [
          { name: 'node', interval: '30s', rules: [{ record: 'a:b', expr: 1, labels: { x: 'y' } }] },
          { name: 'app', rules: [{ alert: 'Down', expr: 'up == 0', for: '5m', annotations: { summary: 'gone' } }] }
        ]
      }
    },
    {
      'spec.groups': [
        [{ name: 'app', rules: [{ alert: 'Down', expr: 'up == 0', for: '10m' }] }],
        [{ name: 'app', rules: [] }, { name: 'node' }],
        [],
        undefined
      ],
      'spec.groups[name=node].interval': ['30s', '1m', undefined],
      'spec.groups[name=node].limit': [0, 5, undefined],
      'spec.groups[name=app].rules': [
        [{ alert: 'Down', expr: 'up == 0', for: '5m', annotations: { summary: 'gone' } }],
        [
          { alert: 'Down', expr: 'up == 0' },
          { record: 'c', expr: 'd' }
        ]
      ],
      'spec.groups[name=app].labels': [{ severity: 'page' }, {}, undefined]
    }
  ),
  Monitor: sample(
    'compare.example.com/v1',
    'Monitor',
    {
      spec: {
        selector: { matchLabels: { app: 'x' } },
        namespaceSelector: { matchNames: ['a', 'b'] },
        endpoints: [{ port: 'web', interval: '30s', relabelings: [{ action: 'drop', sourceLabels: ['a'] }] }],
        honorLabels: false
      }
    },
    {
      'spec.selector': [{ matchLabels: { app: 'x' } }, { matchLabels: { app: 'y' } }, {}],
      'spec.namespaceSelector': [{ any: true }, { matchNames: ['b', 'a'] }, {}, undefined],
      'spec.endpoints': [
        [{ port: 'web', interval: '30s', relabelings: [{ action: 'drop', sourceLabels: ['a'] }] }],
        [{ targetPort: 80 }, { targetPort: '80' }],
        []
      ],
      'spec.honorLabels': [true, false, undefined],
      'spec.podTargetLabels': [['a'], [], undefined]
    }
  ),
  Server: sample(
    'compare.example.com/v1',
    'Server',
    {
      spec: {
        replicas: 2,
        enableFeatures: [],
        externalLabels: {},
        podMetadata: { labels: { a: 'b' } },
        resources: { requests: { memory: '400Mi', cpu: 1 } },
        ruleSelector: {},
        containers: [{ name: 'proxy', args: ['--x'], env: [{ name: 'A', value: '' }], ports: [{ containerPort: 80 }] }],
        volumes: [{ name: 'tmp', emptyDir: {} }],
        alerting: { alertmanagers: [{ namespace: 'm', name: 'main', port: 'web' }] }
      }
    },
    {
      'spec.replicas': [2, 0, undefined],
      'spec.enableFeatures': [[], ['a'], ['b', 'a'], undefined],
      'spec.externalLabels': [{}, { a: 'b' }, undefined],
      'spec.resources.requests.memory': ['400Mi', '0.4Gi', '419430400'],
      'spec.resources.requests.cpu': [1, '1', '1000m'],
      'spec.resources.limits': [{ memory: '1Gi' }, {}, undefined],
      'spec.ruleSelector': [{}, { matchLabels: { a: 'b' } }, undefined],
      'spec.containers': [
        [{ name: 'proxy', ports: [{ containerPort: 80, protocol: 'TCP' }] }],
        [{ name: 'other' }, { name: 'proxy', args: [] }],
        [],
        undefined
      ],
      'spec.containers[name=proxy].env': [
        [{ name: 'A' }],
        [
          { name: 'B', value: 'x' },
          { name: 'A', value: '' }
        ],
        []
      ],
      'spec.volumes[name=tmp].emptyDir': [{}, { medium: 'Memory' }],
      'spec.alerting': [{ alertmanagers: [{ namespace: 'm', name: 'second', port: 9093 }] }, undefined]
    }
  )
}

const SCALAR: JsonObject = { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true }
const TEXTS: JsonObject = { type: 'object', additionalProperties: { type: 'string' } }
const QUANTITIES: JsonObject = { type: 'object', additionalProperties: SCALAR }
const SELECTOR: JsonObject = { type: 'object', 'x-kubernetes-map-type': 'atomic', properties: { matchLabels: TEXTS } }

function listByKeys(keys: string[], properties: JsonObject): JsonObject {
  return {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': keys,
    items: { type: 'object', required: keys.slice(0, 1), properties }
  }
}

export const MONITORING_DEFINITIONS: readonly KubernetesObject[] = [
  definition('RuleSet', 'rulesets', {
    groups: listByKeys(['name'], {
      name: { type: 'string', minLength: 1 },
      interval: { type: 'string' },
      limit: { type: 'integer' },
      labels: TEXTS,
      rules: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            record: { type: 'string' },
            alert: { type: 'string' },
            expr: SCALAR,
            for: { type: 'string' },
            labels: TEXTS,
            annotations: TEXTS
          }
        }
      }
    })
  }),
  definition('Monitor', 'monitors', {
    selector: SELECTOR,
    namespaceSelector: { type: 'object', properties: { any: { type: 'boolean' }, matchNames: LIST_OF_STRINGS } },
    endpoints: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          port: { type: 'string' },
          targetPort: SCALAR,
          interval: { type: 'string' },
          relabelings: {
            type: 'array',
            items: {
              type: 'object',
              properties: { action: { type: 'string', default: 'replace' }, sourceLabels: LIST_OF_STRINGS }
            }
          }
        }
      }
    },
    honorLabels: { type: 'boolean' },
    podTargetLabels: LIST_OF_STRINGS
  }),
  definition(
    'Server',
    'servers',
    {
      replicas: { type: 'integer', format: 'int32' },
      enableFeatures: { ...LIST_OF_STRINGS, 'x-kubernetes-list-type': 'set' },
      externalLabels: TEXTS,
      podMetadata: { type: 'object', properties: { labels: TEXTS } },
      resources: { type: 'object', properties: { requests: QUANTITIES, limits: QUANTITIES } },
      ruleSelector: SELECTOR,
      containers: listByKeys(['name'], {
        name: { type: 'string' },
        args: { ...LIST_OF_STRINGS, 'x-kubernetes-list-type': 'atomic' },
        env: listByKeys(['name'], { name: { type: 'string' }, value: { type: 'string' } }),
        ports: listByKeys(['containerPort', 'protocol'], {
          containerPort: { type: 'integer' },
          protocol: { type: 'string', default: 'TCP' }
        })
      }),
      volumes: listByKeys(['name'], {
        name: { type: 'string' },
        emptyDir: { type: 'object', properties: { medium: { type: 'string' } } }
      }),
      alerting: {
        type: 'object',
        properties: {
          alertmanagers: {
            type: 'array',
            items: {
              type: 'object',
              properties: { namespace: { type: 'string' }, name: { type: 'string' }, port: SCALAR }
            }
          }
        }
      }
    },
    { status: {}, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } }
  )
]
