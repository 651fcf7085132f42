import type { KubernetesObject } from '../../../../../src/render/manifest.ts'
import { CLUSTER_SCOPED } from './cluster-scoped.ts'
import { CUSTOM, CUSTOM_DEFINITIONS } from './custom.ts'
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

export const DEFINITIONS: readonly KubernetesObject[] = [...CUSTOM_DEFINITIONS, ...MONITORING_DEFINITIONS]
