/**
 * Who stands behind a field manager: a `person` with a tool, an `applier` (another tool that deploys declarations),
 * or the `system` (Kubernetes' own components and controllers).
 */
export type ManagerKind = 'person' | 'applier' | 'system'

/**
 * Classifies a field manager by its name. Managers are free text that a client chooses, by default the first word of
 * its User-Agent. An unknown one that applies is taken for an applier, since applying is what deployment tools do; an
 * unknown one that updates is taken for a person's script unless its name says that it is a controller.
 */
export function managerKind(manager: string, operation: 'Apply' | 'Update'): ManagerKind {
  const name = manager.toLowerCase()
  if (SYSTEM.test(name)) return 'system'
  if (PERSON.test(name)) return 'person'
  if (APPLIER.test(name)) return 'applier'
  if (operation === 'Apply') return 'applier'
  return CONTROLLER.test(name) ? 'system' : 'person'
}

/** True for the components that run Kubernetes itself: what they write is never somebody's change. */
export function isSystemComponent(manager: string): boolean {
  return SYSTEM.test(manager.toLowerCase())
}

const SYSTEM = words(
  'kube-controller-manager',
  'kube-scheduler',
  'kube-apiserver',
  'kubelet',
  'kwok',
  'kube-proxy',
  'cloud-controller-manager',
  '(aws|azure|gcp|openstack|vsphere|digitalocean|hcloud|oci)-cloud-(controller-manager|node-manager|provider)',
  'gcp-controller-manager',
  'cluster-policy-controller',
  'openshift-(controller-manager|apiserver|kube-scheduler)',
  'k3s',
  'k0s',
  'rke2',
  'microk8s',
  'kubelite',
  'glbc',
  'ingress-gce',
  'gke-.*',
  'clusterrole-aggregation-controller',
  'storage-version-migrator'
)

/** kubectl and its sub-commands, terminal and desktop clients, web consoles (a browser's User-Agent), scripts. */
const PERSON = words(
  'kubectl(-.*)?',
  'oc',
  'oc-.*',
  'k9s',
  'lens',
  'openlens',
  'freelens',
  'node-fetch',
  'node',
  'mozilla',
  'rancher',
  'rancher-ui',
  'headlamp(-.*)?',
  'octant',
  'dashboard',
  'kubernetes-dashboard(-.*)?',
  'kubesphere.*',
  'kubenav',
  'kui',
  'seabird',
  'aptakube',
  'infra-app',
  'monokle(-.*)?',
  'vscode-kubernetes.*',
  'openshift-console',
  'bridge',
  'curl',
  'wget',
  'httpie',
  'postmanruntime',
  'python-requests',
  'openapi-generator',
  'okhttp',
  'axios',
  'go-http-client',
  'powershell',
  'kr8s',
  'kubernetes_asyncio'
)

const APPLIER = words(
  'argocd.*',
  'argo-cd.*',
  'argo-rollouts-apply',
  'kustomize-controller',
  'helm-controller',
  'flux.*',
  'gotk-.*',
  'helm',
  'helm-.*',
  'kapp.*',
  'pulumi.*',
  'terraform.*',
  'hashicorp.*',
  'opentofu.*',
  'kluctl.*',
  'werf.*',
  'nelm.*',
  'skaffold.*',
  'fleet.*',
  'rancher-fleet.*',
  'spinnaker.*',
  'ansible.*',
  'crossplane.*',
  'apiextensions\\.crossplane\\.io.*',
  'configsync.*',
  'config-sync.*',
  'kpt.*',
  'jenkins.*',
  'eksctl.*',
  'kops.*',
  'tanka.*',
  'kubecfg.*',
  'werf',
  'carvel.*',
  'cdk8s.*',
  'octopus.*',
  'gitlab.*',
  'github.*',
  'gitops-actions.*'
)

const CONTROLLER =
  /(^|[-_.])(controller|controllers|operator|manager|reconciler|autoscaler|scaler|injector|webhook|recommender|updater|daemon|agent|scheduler|provisioner|cainjector)([-_.]|$)|^(keda|istiod|pilot-discovery|kyverno|linkerd|velero|reloader)/

function words(...names: string[]): RegExp {
  return new RegExp(`^(${names.join('|')})$`)
}
