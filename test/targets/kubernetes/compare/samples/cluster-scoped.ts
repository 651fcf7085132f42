import { type Sample, sample } from './sample.ts'

/** Kinds without a namespace. */
export const CLUSTER_SCOPED: Readonly<Record<string, Sample>> = {
  ClusterRole: sample(
    'rbac.authorization.k8s.io/v1',
    'ClusterRole',
    {
      rules: [
        { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] },
        { nonResourceURLs: ['/metrics'], verbs: ['get'] }
      ]
    },
    {
      rules: [[{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }], []],
      aggregationRule: [undefined, undefined]
    },
    true
  ),
  PriorityClass: sample(
    'scheduling.k8s.io/v1',
    'PriorityClass',
    { value: 10, description: 'd' },
    {
      value: [10, 11],
      description: ['d', 'e', '', undefined],
      globalDefault: [false, undefined]
    },
    true
  ),
  StorageClass: sample(
    'storage.k8s.io/v1',
    'StorageClass',
    { provisioner: 'example.com/x', parameters: { a: 'b' } },
    {
      'parameters.a': ['b', 'c'],
      reclaimPolicy: ['Delete', 'Retain', undefined],
      allowVolumeExpansion: [true, false, undefined],
      mountOptions: [['ro'], [], undefined]
    },
    true
  ),
  IngressClass: sample(
    'networking.k8s.io/v1',
    'IngressClass',
    { spec: { controller: 'example.com/c' } },
    {
      'spec.controller': ['example.com/c', 'example.com/d'],
      'spec.parameters': [{ kind: 'X', name: 'x', apiGroup: 'example.com' }, undefined]
    },
    true
  ),
  ValidatingWebhookConfiguration: sample(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    {
      webhooks: [
        {
          name: 'a.example.com',
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          failurePolicy: 'Ignore',
          clientConfig: { url: 'https://127.0.0.1:1/x' },
          rules: [
            { apiGroups: ['none.example.com'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nones'] }
          ]
        }
      ]
    },
    {
      'webhooks[name=a.example.com].rules': [
        [
          {
            apiGroups: ['none.example.com'],
            apiVersions: ['v1'],
            operations: ['CREATE'],
            resources: ['nones'],
            scope: '*'
          }
        ],
        [
          {
            apiGroups: ['none.example.com'],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['nones']
          }
        ]
      ],
      'webhooks[name=a.example.com].timeoutSeconds': [10, 5, undefined],
      'webhooks[name=a.example.com].namespaceSelector': [{}, { matchLabels: { a: 'b' } }, undefined],
      'webhooks[name=a.example.com].clientConfig.caBundle': [undefined, '']
    },
    true
  ),
  CustomResourceDefinition: sample(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    {
      metadata: { name: 'x', labels: { app: 'x' } },
      spec: {
        group: 'property.example.com',
        scope: 'Namespaced',
        names: { plural: 'x', kind: 'X' },
        preserveUnknownFields: false,
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } }
              }
            }
          }
        ]
      }
    },
    {
      'spec.names.shortNames': [['q'], [], undefined],
      'spec.versions[0].additionalPrinterColumns': [
        [{ name: 'A', type: 'string', jsonPath: '.spec.a' }],
        [{ name: 'A', type: 'string', jsonPath: '.spec.a', priority: 0 }],
        undefined
      ],
      'spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.b': [
        { type: 'integer', default: 0 },
        { type: 'array', items: { type: 'string' } },
        undefined
      ],
      'spec.versions[0].deprecated': [false, undefined],
      'spec.conversion': [{ strategy: 'None' }, undefined]
    },
    true
  )
}
