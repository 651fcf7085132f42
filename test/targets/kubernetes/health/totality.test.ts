import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { assessHealth } from '../../../../src/targets/kubernetes/health/index.ts'
import { NOW } from './rule-table.ts'

describe('any object', () => {
  it('gets an answer in every profile, however malformed it is', () => {
    const kinds = fc.constantFrom(
      ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) => ['apps/v1', kind] as const),
      ...['Pod', 'Service', 'PersistentVolumeClaim', 'Namespace', 'ReplicationController'].map(
        (kind) => ['v1', kind] as const
      ),
      ['batch/v1', 'Job'] as const,
      ['batch/v1', 'CronJob'] as const,
      ['autoscaling/v1', 'HorizontalPodAutoscaler'] as const,
      ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'] as const,
      ['argoproj.io/v1alpha1', 'Rollout'] as const,
      ['cert-manager.io/v1', 'Certificate'] as const,
      ['gateway.networking.k8s.io/v1', 'HTTPRoute'] as const,
      ['example.test/v1', 'Widget'] as const
    )
    const names = fc.constantFrom(
      ...['conditions', 'type', 'status', 'reason', 'phase', 'replicas', 'observedGeneration', 'generation', 'state'],
      ...['containerStatuses', 'terminated', 'waiting', 'Ready', 'True', 'spec', 'metadata', 'parents', 'message']
    )
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        names,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map')
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(names, tie('value'), { maxKeys: 5 })
    }))
    const statuses = ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown']
    fc.assert(
      fc.property(kinds, json.map, json.map, json.value, ([apiVersion, kind], metadata, spec, status) => {
        const one = { apiVersion, kind, metadata, spec, status } as unknown as KubernetesObject
        for (const profile of ['default', 'argo', 'kstatus'] as const) {
          const health = assessHealth(one, { profile, now: NOW })
          if (health === null) expect(profile).toBe('argo')
          else {
            expect(statuses).toContain(health.status)
            if (profile === 'default') expect(health.message).not.toBe('')
          }
        }
      }),
      { numRuns: 500 }
    )
  })
})
