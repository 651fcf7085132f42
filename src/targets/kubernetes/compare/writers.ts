import { asList, asObject, asString, at } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import { isSystemComponent, type ManagedEntry, managerKind, type Path, UNRECORDED } from '../ownership/index.ts'
import { BOOKKEEPING } from './payload.ts'

/**
 * The field manager under which fields that others added are removed again. A write of its own may own what the API
 * server then fills in, which must not look like somebody's addition.
 */
export const REVERT_MANAGER = 'gitops-actions-revert'

/**
 * The rule by which a field that another manager wrote into our object is no change by anybody: the name of the
 * rule, or undefined when there is none.
 */
export function knownWriter(entry: ManagedEntry, path: Path, live: KubernetesObject): string | undefined {
  if (isSystemComponent(entry.manager)) return 'kubernetes-component'
  if (entry.manager === REVERT_MANAGER) return 'defaults-after-revert'
  if (entry.manager === UNRECORDED) return 'unrecorded'
  if (path[0] === 'metadata' && path[1] === 'annotations' && BOOKKEEPING.has(String(path[2]))) return 'bookkeeping'
  if (JOB_LABELS.test(String(path[2] ?? '')) && live.kind === 'Job' && path[1] === 'labels')
    return 'kubernetes-component'
  const rule = RULES.find((one) => one.manager.test(entry.manager) && one.writes(path, entry))
  if (rule) return rule.name
  if (entry.operation === 'Update' && isOwnController(entry.manager, live)) return 'own-controller'
  return undefined
}

/** The API server gives a Job the labels of its pods when it has none, in the name of whoever took its last one. */
const JOB_LABELS = /^(batch\.kubernetes\.io\/.*|controller-uid|job-name)$/

interface Rule {
  readonly name: string
  readonly manager: RegExp
  writes(path: Path, entry: ManagedEntry): boolean
}

const annotation =
  (prefix: RegExp) =>
  (path: Path): boolean =>
    path[0] === 'metadata' && (path[1] === 'annotations' || path[1] === 'labels') && prefix.test(String(path[2] ?? ''))

const replicas = (path: Path): boolean => path[0] === 'spec' && path[1] === 'replicas'

/** Writers that are known to complete objects of others, and exactly what they write. */
const RULES: readonly Rule[] = [
  {
    name: 'autoscaler',
    manager: /^(keda(-operator)?|keda-.*|hpa-controller|cluster-proportional-autoscaler)$/,
    writes: replicas
  },
  {
    name: 'vertical-pod-autoscaler',
    manager: /^vpa-.*|^(recommender|updater|admission-controller)$/,
    writes: (path) => path.includes('resources') || annotation(/^vpa/)(path)
  },
  {
    name: 'cert-manager',
    manager: /^(cert-manager.*|cainjector)$/,
    writes: (path) => path.includes('caBundle') || annotation(/^(cert-manager\.io|acme\.cert-manager\.io)\//)(path)
  },
  {
    name: 'istio',
    manager: /^(pilot-discovery|istiod|istio-operator)$/,
    writes: (path) => path.includes('caBundle') || path.includes('failurePolicy')
  },
  {
    name: 'linkerd',
    manager: /^linkerd.*/,
    writes: (path) => path.includes('caBundle') || annotation(/linkerd\.io\//)(path)
  },
  {
    name: 'kyverno',
    manager: /^(kyverno.*|background-controller|reports-controller|cleanup-controller)$/,
    writes: (path) => path.includes('caBundle') || annotation(/kyverno\.io\//)(path)
  },
  {
    name: 'rancher',
    manager: /^rancher$/,
    writes: (path, entry) =>
      entry.operation === 'Update' && annotation(/^(field|management|lifecycle|objectset\.rio)\.cattle\.io\//)(path)
  },
  {
    name: 'load-balancer-controller',
    manager: /^(controller|aws-load-balancer-controller|service-lb-controller|metallb.*|cilium-operator.*)$/,
    writes: (path) => path[0] === 'metadata' && path[1] === 'finalizers'
  }
]

/**
 * True for the controller of the object: it writes the object's status, and no person's tool does that under the
 * same name. Operators complete the objects they work on (finalizers, defaults, bookkeeping annotations).
 */
function isOwnController(manager: string, live: KubernetesObject): boolean {
  if (managerKind(manager, 'Update') !== 'system') return false
  const entries = asList(at(live, 'metadata', 'managedFields')) ?? []
  return entries.some((raw) => {
    const entry = asObject(raw)
    return (
      asString(entry?.['manager']) === manager &&
      (entry?.['subresource'] === 'status' || at(entry, 'fieldsV1', 'f:status') !== undefined)
    )
  })
}
