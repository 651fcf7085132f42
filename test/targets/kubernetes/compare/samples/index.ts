import { CLUSTER_SCOPED } from './cluster-scoped.ts'
import { CUSTOM } from './custom.ts'
import { NAMESPACED } from './namespaced.ts'
import type { Sample } from './sample.ts'
import { WORKLOADS } from './workloads.ts'

export { DEFINITIONS } from './custom.ts'
export type { Sample } from './sample.ts'

/** By kind. */
export const SAMPLES: Readonly<Record<string, Sample>> = { ...NAMESPACED, ...WORKLOADS, ...CLUSTER_SCOPED, ...CUSTOM }
