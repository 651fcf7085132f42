import type { KubernetesObject } from '../../../../../src/render/manifest.ts'
import { CLUSTER_SCOPED } from './cluster-scoped.ts'
import { CUSTOM, CUSTOM_DEFINITIONS } from './custom.ts'
import { derived } from './derived.ts'
import { KUBE_PROMETHEUS, KUBE_PROMETHEUS_DEFINITIONS } from './kube-prometheus.ts'
import { MONITORING, MONITORING_DEFINITIONS } from './monitoring.ts'
import { NAMESPACED } from './namespaced.ts'
import type { Sample } from './sample.ts'
import { WORKLOADS } from './workloads.ts'

export { GROUP } from './definition.ts'
export type { Sample } from './sample.ts'

/** By kind. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  ...NAMESPACED,
  ...WORKLOADS,
  ...CLUSTER_SCOPED,
  ...CUSTOM,
  ...MONITORING
}

/**
 * What the property is played with: the samples with their well-chosen values; the same with anything at any place;
 * and the custom resources of kube-prometheus with anything that their schemas know.
 */
export const PLAYED: Readonly<Record<string, Sample>> = {
  ...SAMPLES,
  ...Object.fromEntries(Object.entries(SAMPLES).map(([kind, sample]) => [`any ${kind}`, withAnything(sample)])),
  ...KUBE_PROMETHEUS
}

function withAnything(sample: Sample): Sample {
  return { ...sample, knobs: { ...sample.knobs, ...derived(sample.object).knobs } }
}

export const DEFINITIONS: readonly KubernetesObject[] = [
  ...CUSTOM_DEFINITIONS,
  ...MONITORING_DEFINITIONS,
  ...KUBE_PROMETHEUS_DEFINITIONS
]
