import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import { assess, conditions, object, table } from './rule-table.ts'

table('Service', 'v1', 'Service', {
  'inside the cluster is healthy': ['Healthy', /./, { spec: { type: 'ClusterIP' } }],
  'with an external name is healthy': ['Healthy', /./, { spec: { type: 'ExternalName' } }],
  'of a load balancer waits for its address': [
    'Progressing',
    /no address yet/,
    { spec: { type: 'LoadBalancer', clusterIP: '10.0.0.1' } }
  ],
  'of a load balancer with an address is healthy': [
    'Healthy',
    /192\.0\.2\.1/,
    { spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } }
  ],
  'with external addresses of its own is healthy': [
    'Healthy',
    /of its own/,
    { spec: { type: 'LoadBalancer', externalIPs: ['192.0.2.1'] } }
  ]
})

const able = { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale' }
table('HorizontalPodAutoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', {
  'that can scale is healthy': ['Healthy', /ReadyForNewScale/, conditions(able)],
  'without a target is degraded': [
    'Degraded',
    /not found/,
    conditions({ type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message: 'deployments "x" not found' })
  ],
  'without metrics is degraded': [
    'Degraded',
    /no metrics/,
    conditions(able, {
      type: 'ScalingActive',
      status: 'False',
      reason: 'FailedGetResourceMetric',
      message: 'no metrics'
    })
  ],
  'that has not looked yet is in progress': ['Progressing', /not looked/, {}]
})

table('CustomResourceDefinition', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
  'established is healthy': ['Healthy', /Established/, conditions({ type: 'Established', status: 'True' })],
  'being installed is in progress': [
    'Progressing',
    /Not established/,
    conditions({ type: 'Established', status: 'False', reason: 'Installing' })
  ],
  'whose names are taken is degraded': [
    'Degraded',
    /taken/,
    conditions({ type: 'NamesAccepted', status: 'False', message: 'the plural is taken' })
  ]
})

describe('other kinds', () => {
  it.each<[string, string, string, JsonObject]>([
    ['an Ingress without address, which many controllers never give', 'Healthy', 'networking.k8s.io/v1 Ingress', {}],
    ['a claim without volume', 'Progressing', 'v1 PersistentVolumeClaim', { status: { phase: 'Pending' } }],
    ['a bound claim', 'Healthy', 'v1 PersistentVolumeClaim', { status: { phase: 'Bound' } }],
    ['a lost claim', 'Degraded', 'v1 PersistentVolumeClaim', { status: { phase: 'Lost' } }],
    ['a disruption budget', 'Healthy', 'policy/v1 PodDisruptionBudget', { status: { disruptionsAllowed: 0 } }],
    [
      'an API that is not served',
      'Progressing',
      'apiregistration.k8s.io/v1 APIService',
      conditions({ type: 'Available', status: 'False', reason: 'MissingEndpoints' })
    ],
    [
      'an API that is served',
      'Healthy',
      'apiregistration.k8s.io/v1 APIService',
      conditions({ type: 'Available', status: 'True' })
    ],
    ['a namespace', 'Healthy', 'v1 Namespace', { status: { phase: 'Active' } }],
    ['a ConfigMap', 'Healthy', 'v1 ConfigMap', {}],
    ['a role', 'Healthy', 'rbac.authorization.k8s.io/v1 Role', {}],
    [
      'a ReplicaSet that is refused pods',
      'Degraded',
      'apps/v1 ReplicaSet',
      { status: { observedGeneration: 2, conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'quota' }] } }
    ],
    [
      'a ReplicaSet whose pods are ready',
      'Healthy',
      'apps/v1 ReplicaSet',
      { spec: { replicas: 2 }, status: { observedGeneration: 2, replicas: 2, readyReplicas: 2 } }
    ],
    [
      'a ReplicaSet with minReadySeconds',
      'Progressing',
      'apps/v1 ReplicaSet',
      { spec: { replicas: 2, minReadySeconds: 5 }, status: { observedGeneration: 2, replicas: 2, readyReplicas: 2 } }
    ]
  ])('%s is %s', (_what, status, type, fields) => {
    const [apiVersion = '', kind = ''] = type.split(' ')
    expect(assess(object(apiVersion, kind, fields))?.status).toBe(status)
  })

  it('does not ask for a load balancer address where the caller says so', () => {
    const service = object('v1', 'Service', { spec: { type: 'LoadBalancer' } })
    expect(assess(service, { loadBalancers: 'optional' })?.status).toBe('Healthy')
  })

  it('tells what holds an object that is being deleted', () => {
    const health = assess({
      ...object('v1', 'ConfigMap'),
      metadata: { name: 'x', deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.test/cleanup'] }
    })
    expect(health).toEqual({ status: 'Progressing', message: expect.stringContaining('example.test/cleanup') })
  })
})
