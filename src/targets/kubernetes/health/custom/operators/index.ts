import { groupOf, type KubernetesObject } from '../../../../../render/manifest.ts'
import type { Health } from '../../status.ts'
import { ARGO_RULES } from './argo.ts'
import { CLOUD_RULES } from './cloud.ts'
import { CLUSTER_RULES } from './clusters.ts'
import { DATA_RULES } from './data.ts'
import { DATABASE_RULES } from './databases.ts'
import { DELIVERY_RULES } from './delivery.ts'
import { NETWORK_RULES } from './network.ts'
import { applyRule, type OperatorRule } from './rule.ts'
import { SECURITY_RULES } from './security.ts'
import { WORKLOAD_RULES } from './workloads.ts'

const RULES: readonly OperatorRule[] = [
  ...WORKLOAD_RULES,
  ...ARGO_RULES,
  ...DELIVERY_RULES,
  ...CLOUD_RULES,
  ...CLUSTER_RULES,
  ...DATABASE_RULES,
  ...DATA_RULES,
  ...NETWORK_RULES,
  ...SECURITY_RULES
]

/** Rules by exact group, and those for a whole family of groups. */
const BY_GROUP = Map.groupBy(RULES, (rule) => rule.group)
const FAMILIES = RULES.filter((rule) => rule.group.startsWith('*.'))

/** The health of a custom resource by what we know of its operator; undefined where we know nothing, or too little. */
export function operatorHealth(object: KubernetesObject): Health | undefined {
  const group = groupOf(object)
  const rules = BY_GROUP.get(group) ?? FAMILIES.filter((rule) => group.endsWith(rule.group.slice(1)))
  const rule = rules.find((one) => one.kinds?.includes(object.kind)) ?? rules.find((one) => one.kinds === undefined)
  return rule && applyRule(rule, object)
}
