import { type Sample, sample } from './sample.ts'

/** Namespaced kinds without a pod template. */
export const NAMESPACED: Readonly<Record<string, Sample>> = {
  ConfigMap: sample(
    'v1',
    'ConfigMap',
    { data: { a: '1', b: 'long\ntext' }, binaryData: { c: 'AAE=' } },
    {
      'data.a': ['1', '2', '', undefined],
      data: [{ a: '1' }, {}, null, undefined, { z: 'z', a: '1' }],
      'data[x.yaml]': ['k: v\n', undefined],
      'binaryData.c': ['AAE=', 'AAI=', undefined]
    }
  ),
  Secret: sample(
    'v1',
    'Secret',
    { type: 'Opaque', data: { a: 'eA==' }, stringData: { b: 'clear' } },
    {
      'data.a': ['eA==', 'eQ==', undefined],
      'data.b': ['Y2xlYXI=', undefined],
      stringData: [{ b: 'clear' }, { b: 'other' }, { a: 'x' }, {}, undefined],
      type: ['Opaque', undefined]
    }
  ),
  Service: sample(
    'v1',
    'Service',
    {
      spec: {
        selector: { app: 'x' },
        ports: [
          { name: 'http', port: 80 },
          { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' }
        ]
      }
    },
    {
      'spec.ports': [
        [{ name: 'http', port: 80 }],
        [{ name: 'http', port: 80, protocol: 'TCP' }],
        [
          { name: 'dns', port: 53, protocol: 'UDP' },
          { name: 'http', port: 80, targetPort: 8080 }
        ],
        [
          { name: 'a', port: 80, protocol: 'UDP' },
          { name: 'b', port: 80, protocol: 'TCP' }
        ]
      ],
      'spec.type': ['ClusterIP', 'NodePort', undefined],
      'spec.selector': [{ app: 'x' }, { app: 'x', b: 'c' }, undefined],
      'spec.sessionAffinity': ['None', 'ClientIP', undefined],
      'spec.publishNotReadyAddresses': [true, false, undefined],
      'spec.externalIPs': [['10.9.9.9'], [], undefined]
    }
  ),
  Ingress: sample(
    'networking.k8s.io/v1',
    'Ingress',
    {
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: ['a.example.com'], secretName: 't' }],
        rules: [
          {
            host: 'a.example.com',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'x', port: { number: 80 } } } }]
            }
          }
        ]
      }
    },
    {
      'spec.ingressClassName': ['nginx', 'other', undefined],
      'spec.rules[0].http.paths[0].backend.service.port': [{ number: 80 }, { number: 81 }, { name: 'http' }],
      'spec.tls': [[{ hosts: ['a.example.com'], secretName: 't' }], [], undefined],
      'spec.defaultBackend': [{ service: { name: 'd', port: { number: 1 } } }, undefined]
    }
  ),
  NetworkPolicy: sample(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    {
      spec: {
        podSelector: {},
        ingress: [{ from: [{ podSelector: { matchLabels: { a: 'b' } } }], ports: [{ port: 80 }] }]
      }
    },
    {
      'spec.podSelector': [{}, { matchLabels: { app: 'x' } }],
      'spec.ingress': [[], [{}], [{ ports: [{ port: 80, protocol: 'TCP' }] }], undefined],
      'spec.policyTypes': [['Ingress'], ['Ingress', 'Egress'], undefined],
      'spec.egress': [[], [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }], undefined]
    }
  ),
  HorizontalPodAutoscaler: sample(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' },
        maxReplicas: 3,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
          { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '1000m' } } }
        ]
      }
    },
    {
      'spec.minReplicas': [1, 2, undefined],
      'spec.maxReplicas': [3, 4],
      'spec.behavior': [{ scaleDown: { stabilizationWindowSeconds: 60 } }, undefined],
      'spec.metrics': [
        [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '0.5' } } }],
        [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '500m' } } }],
        undefined
      ]
    }
  ),
  PodDisruptionBudget: sample(
    'policy/v1',
    'PodDisruptionBudget',
    { spec: { minAvailable: 1, selector: { matchLabels: { app: 'x' } } } },
    {
      'spec.minAvailable': [1, '50%'],
      'spec.selector': [{ matchLabels: { app: 'x' } }, { matchLabels: { app: 'y' } }, {}]
    }
  ),
  Role: sample(
    'rbac.authorization.k8s.io/v1',
    'Role',
    { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
    {
      rules: [
        [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
        [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
        [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: [] }],
        [],
        null,
        undefined
      ]
    }
  ),
  RoleBinding: sample(
    'rbac.authorization.k8s.io/v1',
    'RoleBinding',
    {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' },
      subjects: [
        { kind: 'ServiceAccount', name: 'a', namespace: 'default' },
        { kind: 'User', name: 'u' }
      ]
    },
    {
      subjects: [
        [{ kind: 'User', name: 'u', apiGroup: 'rbac.authorization.k8s.io' }],
        [{ kind: 'User', name: 'u' }],
        [{ kind: 'ServiceAccount', name: 'a', namespace: 'default' }],
        [],
        undefined
      ],
      'roleRef.name': ['x', 'y']
    }
  ),
  ServiceAccount: sample(
    'v1',
    'ServiceAccount',
    { imagePullSecrets: [{ name: 'p' }] },
    {
      imagePullSecrets: [[{ name: 'p' }], [{ name: 'q' }, { name: 'p' }], [], undefined],
      automountServiceAccountToken: [true, false, null, undefined]
    }
  ),
  PersistentVolumeClaim: sample(
    'v1',
    'PersistentVolumeClaim',
    {
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'none', resources: { requests: { storage: '1024Mi' } } }
    },
    { 'spec.resources.requests.storage': ['1024Mi', '1Gi', '2Gi'], 'spec.volumeMode': ['Filesystem', undefined] }
  ),
  ResourceQuota: sample(
    'v1',
    'ResourceQuota',
    { spec: { hard: { pods: '100', 'requests.cpu': '100' } } },
    {
      'spec.hard.pods': ['100', 100, '0.1k', '101'],
      'spec.hard[requests.memory]': ['1Ti', '1024Gi', undefined],
      'spec.scopes': [['NotTerminating'], undefined]
    }
  ),
  LimitRange: sample(
    'v1',
    'LimitRange',
    { spec: { limits: [{ type: 'PersistentVolumeClaim', max: { storage: '2048Gi' } }] } },
    {
      'spec.limits': [
        [{ type: 'PersistentVolumeClaim', max: { storage: '2Ti' } }],
        [{ type: 'PersistentVolumeClaim', max: { storage: '3Ti' }, min: { storage: 1 } }]
      ]
    }
  ),
  Lease: sample(
    'coordination.k8s.io/v1',
    'Lease',
    { spec: { holderIdentity: 'a', leaseDurationSeconds: 10 } },
    {
      'spec.holderIdentity': ['a', 'b', undefined],
      'spec.renewTime': ['2026-01-01T00:00:00.000000Z', '2026-01-01T01:00:00+01:00', undefined]
    }
  )
}
