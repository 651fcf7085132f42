import { asObject, asString, at } from '../../../json.ts'
import { groupOf, type KubernetesObject, type Manifest, namespaceOf } from '../../../render/manifest.ts'
import type { IgnoreRule } from './comparison.ts'

/**
 * Ignore rules for what autoscalers own: `replicas` of the workloads that a HorizontalPodAutoscaler or a KEDA
 * ScaledObject of the set, or a live one, targets. A workload without an autoscaler keeps its declared replicas.
 */
export function defaultIgnores(
  manifests: readonly Manifest[],
  liveAutoscalers: readonly KubernetesObject[] = []
): IgnoreRule[] {
  const rules = new Map<string, IgnoreRule>()
  for (const object of [...manifests.map((manifest) => manifest.object), ...liveAutoscalers]) {
    const rule = scaledBy(object)
    if (rule) rules.set(`${rule.group}/${rule.kind}/${rule.namespace ?? ''}/${rule.name}`, rule)
  }
  return [...rules.values()]
}

function scaledBy(object: KubernetesObject): IgnoreRule | undefined {
  const scaledObject = object.kind === 'ScaledObject' && groupOf(object) === 'keda.sh'
  if (!scaledObject && (object.kind !== 'HorizontalPodAutoscaler' || groupOf(object) !== 'autoscaling'))
    return undefined
  const target = asObject(at(object, 'spec', 'scaleTargetRef'))
  const name = asString(target?.['name'])
  if (name === undefined) return undefined
  // KEDA's defaults; a HorizontalPodAutoscaler has to name both.
  const kind = asString(target?.['kind']) ?? 'Deployment'
  const apiVersion = asString(target?.['apiVersion']) ?? (scaledObject ? 'apps/v1' : undefined)
  const namespace = namespaceOf(object)
  return {
    ...(apiVersion === undefined ? {} : { group: groupOf({ apiVersion }) }),
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    pointers: ['/spec/replicas']
  }
}
