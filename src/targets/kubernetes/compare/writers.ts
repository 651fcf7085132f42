import { X509Certificate } from 'node:crypto'
import { asList, asObject, asString, at, isObject, type Json } from '../../../json.ts'
import type { KubernetesObject } from '../../../render/manifest.ts'
import {
  isSystemComponent,
  type ManagedEntry,
  managerKind,
  members,
  type Path,
  printPath,
  UNRECORDED,
  valueAt
} from '../ownership/index.ts'
import type { Recognised } from './comparison.ts'
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
  const isSystem = isSystemComponent(entry.manager)
  if (isSystem && !isContent(path, live)) return 'kubernetes-component'
  if (entry.manager === UNRECORDED) return isKey(path, live) ? undefined : 'unrecorded'
  if (path[0] === 'metadata' && path[1] === 'annotations' && BOOKKEEPING.has(String(path[2]))) return 'bookkeeping'
  if (isApiServers(path, live)) return 'kubernetes-component'
  const rule = ruleFor(entry, path, live)
  if (rule !== undefined) return rule
  if (!isSystem && entry.operation === 'Update' && isOwnController(entry.manager, live)) return 'own-controller'
  return undefined
}

/**
 * Declared fields that a known writer keeps at a value of its own, each with the rule: an authority that is injected
 * where a chart has a placeholder (not where it has a certificate), the rules of a ClusterRole that Kubernetes collects. Putting them back would start a
 * fight, and break what works until it is lost again.
 */
export function writtenByControllers(
  declared: KubernetesObject,
  live: KubernetesObject,
  entries: readonly ManagedEntry[]
): Recognised[] {
  const found = new Map<string, Recognised>()
  if (declared.kind === 'ClusterRole' && isObject(declared['aggregationRule']) && live['rules'] !== undefined) {
    const { manager } = entries.find((entry) => 'f:rules' in entry.fields && isSystemComponent(entry.manager)) ?? {}
    found.set('rules', { path: 'rules', manager: manager ?? AGGREGATION, rule: 'aggregated-cluster-role' })
  }
  for (const entry of entries) {
    // What is written to the status is declared nowhere.
    if (entry.subresource === 'status' || rulesOf(entry.manager).length === 0) continue
    for (const path of members(entry.fields)) {
      const rule = ruleFor(entry, path, live)
      const value = valueAt(declared, path)
      if (rule === undefined || typeof path.at(-1) !== 'string' || value === undefined) continue
      if (isAuthority(path) && isCertificate(value)) continue
      const text = printPath(path)
      found.set(text, { path: text, manager: entry.manager, rule })
    }
  }
  return [...found.values()]
}

const AGGREGATION = 'clusterrole-aggregation-controller'

/** Keys that nothing fills in: of all that nobody is on record for, these alone are certain to be somebody's. */
function isKey([first, ...below]: Path, live: KubernetesObject): boolean {
  if (live.apiVersion !== 'v1' || (live.kind !== 'ConfigMap' && live.kind !== 'Secret')) return false
  return below.length > 0 && (first === 'data' || first === 'binaryData') && isContent([first], live)
}

/** What an object without any record of owners holds for certain in the name of nobody we know. */
export function unrecordedKeys(live: KubernetesObject): ManagedEntry {
  const fields = Object.fromEntries(
    ['data', 'binaryData'].flatMap((name) => {
      const keys = isObject(live[name]) ? Object.keys(live[name]).filter((key) => isKey([name, key], live)) : []
      return keys.length > 0 ? [[`f:${name}`, Object.fromEntries(keys.map((key) => [`f:${key}`, {}]))]] : []
    })
  )
  return { manager: UNRECORDED, operation: 'Update', apiVersion: live.apiVersion, fields }
}

/**
 * Whether a path lies in what only people declare. Kubernetes' own components never write there; whoever does so in
 * the name of one hides. (The token of a service account is theirs.)
 */
function isContent(path: Path, live: KubernetesObject): boolean {
  const [first, second] = path
  if (live['type'] === 'kubernetes.io/service-account-token') return false
  if (first === 'spec') return second === 'template' || second === 'jobTemplate' || PEOPLES_SPECS.has(live.kind)
  return typeof first === 'string' && CONTENT.has(first)
}

const CONTENT: ReadonlySet<string> = new Set([
  'data',
  'binaryData',
  'rules',
  'aggregationRule',
  'roleRef',
  'subjects',
  'webhooks'
])

/** Kinds (of Kubernetes' own) that controllers only read, and whose status they write. */
const PEOPLES_SPECS: ReadonlySet<string> = new Set([
  'Service',
  'Ingress',
  'IngressClass',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'HorizontalPodAutoscaler',
  'ResourceQuota',
  'LimitRange',
  'CustomResourceDefinition',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding'
])

/**
 * What the API server writes into every object of a kind by itself, in nobody's name, and what stands in the name of
 * whoever applies the object as it is afterwards.
 */
function isApiServers(path: Path, { apiVersion, kind }: KubernetesObject): boolean {
  const written = WRITTEN[`${apiVersion}/${kind}`]
  return written?.test(printPath(path)) ?? false
}

const TOKEN_MOUNT = 'volumeMounts\\[mountPath=/var/run/secrets/kubernetes.io/serviceaccount\\]'
const WRITTEN: Readonly<Record<string, RegExp>> = {
  'v1/Namespace': /^metadata\.labels\[kubernetes\.io\/metadata\.name\]$/,
  'v1/PersistentVolumeClaim': /^metadata\.finalizers\[=kubernetes\.io\/pvc-protection\]$/,
  'v1/PersistentVolume': /^metadata\.finalizers\[=kubernetes\.io\/pv-protection\]$/,
  'storage.k8s.io/v1/VolumeAttributesClass': /^metadata\.finalizers\[=kubernetes\.io\/vac-protection\]$/,
  // None of it can be changed in a pod that exists, but for the labels and annotations, which nothing reads.
  'v1/Pod': new RegExp(
    `^(spec\\.nodeName|spec\\.volumes\\[name=kube-api-access-\\w+\\]|spec\\.(initC|c)ontainers\\[[^\\]]*\\]\\.${TOKEN_MOUNT}|metadata\\.labels\\[topology\\.kubernetes\\.io/(region|zone)\\]|metadata\\.annotations\\[kubernetes\\.io/limit-ranger\\])$`
  ),
  // A Job without labels is given those of its pods, which the API server makes up along with the selector.
  'batch/v1/Job':
    /^(spec\.selector|(spec\.template\.)?metadata\.labels(\.controller-uid|\.job-name|\[(batch\.kubernetes\.io\/.*|controller-uid|job-name)\]))$/
}

interface Rule {
  readonly name: string
  readonly manager: RegExp
  writes(path: Path, entry: ManagedEntry, live: KubernetesObject): boolean
}

const annotation =
  (prefix: RegExp) =>
  (path: Path): boolean =>
    path[0] === 'metadata' && (path[1] === 'annotations' || path[1] === 'labels') && prefix.test(String(path[2] ?? ''))

const replicas = (path: Path): boolean => path[0] === 'spec' && path[1] === 'replicas'

/** A webhook fails open until it works. Only closing it is its controller's work: who opens one lets everything pass. */
const isClosing = (path: Path, live: KubernetesObject): boolean =>
  path[0] === 'webhooks' && path.at(-1) === 'failurePolicy' && valueAt(live, path) === 'Fail'
const isAuthority = (path: Path): boolean => path.at(-1) === 'caBundle'

/** Who declares a certificate means it; only what stands in for one is left to whoever injects it. */
function isCertificate(value: Json): boolean {
  if (typeof value !== 'string') return false
  try {
    new X509Certificate(Buffer.from(value, 'base64'))
    return true
  } catch {
    return false
  }
}

/** The name of the rule that knows who wrote a field. */
function ruleFor(entry: ManagedEntry, path: Path, live: KubernetesObject): string | undefined {
  return rulesOf(entry.manager).find((one) => one.writes(path, entry, live))?.name
}

/**
 * Whether what stands at a path, of which nobody records who wrote it, may be the work of a controller: what only
 * Kubernetes' own ones keep there, and what a rule knows by the field alone, whoever its manager is.
 */
export function mayBeWritten(path: Path, live: KubernetesObject): boolean {
  const [first, second] = path
  if (first === 'metadata' && second !== 'labels' && second !== 'annotations') return true
  // Tokens of before they were given to pods directly.
  if (first === 'secrets' && live.kind === 'ServiceAccount') return true
  if (first === 'metadata' && CONTROLLERS_NOTES.test(String(path[2] ?? ''))) return true
  const anybody: ManagedEntry = { manager: '', operation: 'Update', apiVersion: live.apiVersion, fields: {} }
  return RULES.some((rule) => !SCALING.has(rule.name) && rule.writes(path, anybody, live))
}

/** They write what people write as well; the objects that make them do so are known (`defaultIgnores`). */
const SCALING: ReadonlySet<string> = new Set(['autoscaler', 'vertical-pod-autoscaler'])
const CONTROLLERS_NOTES =
  /^((deployment|pv|volume|volume\.beta|batch|service|endpoints|autoscaling\.alpha|control-plane\.alpha)\.kubernetes\.io\/|vpa)/

/** The same few managers write to all objects. */
function rulesOf(manager: string): readonly Rule[] {
  const known = rulesByManager.get(manager)
  if (known) return known
  const rules = RULES.filter((one) => one.manager.test(manager))
  rulesByManager.set(manager, rules)
  return rules
}

const rulesByManager = new Map<string, readonly Rule[]>()

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
    writes: (path) => isAuthority(path) || annotation(/^(cert-manager\.io|acme\.cert-manager\.io)\//)(path)
  },
  {
    name: 'istio',
    manager: /^(pilot-discovery|istiod|istio-operator)$/,
    writes: (path, _entry, live) => isAuthority(path) || isClosing(path, live)
  },
  {
    name: 'linkerd',
    manager: /^linkerd.*/,
    writes: (path) => isAuthority(path) || annotation(/linkerd\.io\//)(path)
  },
  {
    name: 'kyverno',
    manager: /^(kyverno.*|background-controller|reports-controller|cleanup-controller)$/,
    writes: (path) => isAuthority(path) || annotation(/kyverno\.io\//)(path)
  },
  {
    // Jobs of charts and webhooks that make their own certificate.
    name: 'webhook-certificate',
    manager:
      /^(kube-webhook-certgen|.*-certgen|.*cert-controller|gatekeeper.*|external-secrets.*|vault-k8s|consul-k8s.*|webhook|.*-webhook|.*-webhook-.*|keda-.*|.*-operator|.*-controller|.*-controller-manager|manager)$/,
    writes: (path, { operation }) => operation === 'Update' && isAuthority(path)
  },
  {
    name: 'webhook-certificate',
    manager: /^kube-webhook-certgen$/,
    writes: (path, _entry, live) => isClosing(path, live)
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
