import forge from 'node-forge'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { knownWriter, writtenByControllers } from '../../../../src/targets/kubernetes/compare/writers.ts'
import { type ManagedEntry, managedEntries } from '../../../../src/targets/kubernetes/ownership/index.ts'
import { liveObject } from '../ownership/live.ts'

const OURS = { manager: 'gitops-actions', operation: 'Apply' as const, fields: {} }
const hook = (
  config: JsonObject = { url: 'https://x', caBundle: 'Cg==' },
  failurePolicy: 'Ignore' | 'Fail' = 'Ignore'
): JsonObject => ({
  kind: 'ValidatingWebhookConfiguration',
  webhooks: [{ name: 'a.b.c', failurePolicy, clientConfig: config }]
})
const inHook = (fields: JsonObject): JsonObject => ({ 'f:webhooks': { 'k:{"name":"a.b.c"}': fields } })
const AUTHORITY = inHook({ 'f:clientConfig': { 'f:caBundle': {} } })

const NO_CERTIFICATE = '-----BEGIN CERTIFICATE-----\nPLACEHOLDER\n-----END CERTIFICATE-----\n'

function certificate(): string {
  const made = forge.pki.createCertificate()
  const keys = forge.pki.rsa.generateKeyPair(1024)
  made.publicKey = keys.publicKey
  made.sign(keys.privateKey)
  return forge.pki.certificateToPem(made)
}

function recognised(declared: JsonObject, entries: Parameters<typeof liveObject>[1], now = declared) {
  const live = liveObject(now, [OURS, ...entries])
  return writtenByControllers(liveObject(declared, []), live, managedEntries(live)).map(
    ({ path, rule }) => `${path}: ${rule}`
  )
}

describe('a declared field that a controller keeps at a value of its own', () => {
  test.each([
    ['cert-manager-cainjector', 'cert-manager'],
    ['cainjector', 'cert-manager'],
    ['pilot-discovery', 'istio'],
    ['kube-webhook-certgen', 'webhook-certificate'],
    ['kyverno', 'kyverno'],
    ['gatekeeper', 'webhook-certificate']
  ])('an authority that %s has injected: rule %s', (manager, rule) => {
    const path = 'webhooks[name=a.b.c].clientConfig.caBundle'
    expect(recognised(hook(), [{ manager, fields: AUTHORITY }])).toEqual([`${path}: ${rule}`])
  })

  test('but not in the place of a certificate that is declared, whatever the name of who writes there', () => {
    const pem = certificate()
    for (const manager of ['cainjector', 'kube-webhook-certgen', 'evil-operator', 'istiod'])
      for (const text of [pem, `${pem}${pem}`]) {
        const declared = hook({ url: 'https://x', caBundle: Buffer.from(text).toString('base64') })
        expect(recognised(declared, [{ manager, fields: AUTHORITY }], hook())).toEqual([])
      }
  })

  test.each(['', 'Cg==', 'UExBQ0VIT0xERVI=', 'CA_BUNDLE', Buffer.from(NO_CERTIFICATE).toString('base64')])(
    'in the place of what stands in for one: %j',
    (caBundle) => {
      const declared = hook({ url: 'https://x', caBundle })
      expect(recognised(declared, [{ manager: 'cainjector', fields: AUTHORITY }], hook())).toHaveLength(1)
    }
  )

  test.each(['pilot-discovery', 'kube-webhook-certgen'])('a webhook that %s closes once it works', (manager) => {
    const entries = [{ manager, fields: inHook({ 'f:failurePolicy': {} }) }]
    expect(recognised(hook(), entries, hook(undefined, 'Fail'))).toHaveLength(1)
  })

  test('but not one that fails open by its name, which lets everything pass', () => {
    const entries = [{ manager: 'kube-webhook-certgen', fields: inHook({ 'f:failurePolicy': {} }) }]
    expect(recognised(hook(undefined, 'Fail'), entries, hook(undefined, 'Ignore'))).toEqual([])
  })

  test('the replicas that a proportional autoscaler sets', () => {
    const entry = { manager: 'cluster-proportional-autoscaler', fields: { 'f:spec': { 'f:replicas': {} } } }
    expect(recognised({ spec: { replicas: 2 } }, [entry])).toEqual(['spec.replicas: autoscaler'])
  })

  test('the rules that Kubernetes collects for a ClusterRole, whatever is declared there', () => {
    const role = { kind: 'ClusterRole', aggregationRule: { clusterRoleSelectors: [] }, rules: [] }
    const entry = {
      manager: 'clusterrole-aggregation-controller',
      operation: 'Apply' as const,
      fields: { 'f:rules': {} }
    }
    expect(recognised(role, [entry])).toEqual(['rules: aggregated-cluster-role'])
    expect(recognised({ kind: 'ClusterRole', rules: [] }, [entry])).toEqual([])
  })

  test('no person, and nothing but exactly that field', () => {
    expect(recognised(hook(), [{ manager: 'kubectl-edit', fields: AUTHORITY }])).toEqual([])
    const url = inHook({ 'f:clientConfig': { 'f:url': {} } })
    expect(recognised(hook(), [{ manager: 'cert-manager-cainjector', fields: url }])).toEqual([])
    // What is not declared is no matter of this rule.
    expect(recognised(hook({ url: 'x' }), [{ manager: 'cainjector', fields: AUTHORITY }])).toEqual([])
  })
})

describe('a component of Kubernetes', () => {
  const entry: ManagedEntry = { manager: 'kube-controller-manager', operation: 'Update', apiVersion: 'v1', fields: {} }
  // It writes the status of the built-in kinds, which makes it no controller that may complete all of them.
  const status = { manager: entry.manager, subresource: 'status', fields: { 'f:status': {} } }
  const live: KubernetesObject = liveObject({}, [status])
  test.each([
    [['metadata', 'annotations', 'deployment.kubernetes.io/revision'], true],
    [['spec', 'replicas'], true],
    [['spec', 'volumeName'], true],
    [['spec', 'template', 'spec', 'containers', { key: { name: 'x' } }], false],
    [['spec', 'jobTemplate', 'spec'], false],
    [['data', 'key'], false],
    [['rules'], false],
    [['webhooks', { key: { name: 'x' } }], false]
  ])('writes %j: %s', (path, expected) => {
    expect(knownWriter(entry, path, live) !== undefined).toBe(expected)
  })
})

describe('in the name of a component of Kubernetes', () => {
  const component: ManagedEntry = {
    manager: 'kube-controller-manager',
    operation: 'Update',
    apiVersion: 'v1',
    fields: {}
  }

  test.each([
    ['Service', ['spec', 'externalIPs']],
    ['NetworkPolicy', ['spec', 'egress']],
    ['Deployment', ['spec', 'template', 'spec', 'hostPID']],
    ['ConfigMap', ['data', 'more']]
  ])('what only people declare in a %s is somebody hiding', (kind, path) => {
    expect(knownWriter(component, path, liveObject({ kind, data: { more: 'x' } }, []))).toBeUndefined()
  })

  test.each([
    ['PersistentVolumeClaim', ['spec', 'volumeName']],
    ['Service', ['metadata', 'finalizers', { value: 'service.kubernetes.io/load-balancer-cleanup' }]]
  ])('what it keeps in a %s is its own', (kind, path) => {
    expect(knownWriter(component, path, liveObject({ kind }, []))).toBe('kubernetes-component')
  })
})

describe('what the API server writes into every object of a kind', () => {
  const backup: ManagedEntry = { manager: 'backup', operation: 'Apply', apiVersion: 'v1', fields: {} }

  test.each([
    ['v1', 'Namespace', ['metadata', 'labels', 'kubernetes.io/metadata.name']],
    ['v1', 'PersistentVolumeClaim', ['metadata', 'finalizers', { value: 'kubernetes.io/pvc-protection' }]],
    ['v1', 'Pod', ['spec', 'nodeName']],
    ['v1', 'Pod', ['spec', 'volumes', { key: { name: 'kube-api-access-x1y2z' } }]],
    ['batch/v1', 'Job', ['spec', 'selector']],
    ['batch/v1', 'Job', ['spec', 'template', 'metadata', 'labels', 'batch.kubernetes.io/job-name']]
  ])('%s %s %j is nobody’s, whoever applied it as it was', (apiVersion, kind, path) => {
    expect(knownWriter(backup, path, liveObject({ apiVersion, kind }, []))).toBe('kubernetes-component')
  })

  test.each([
    ['v1', 'Namespace', ['metadata', 'labels', 'pod-security.kubernetes.io/enforce']],
    ['v1', 'PersistentVolumeClaim', ['metadata', 'finalizers', { value: 'example.com/hold' }]],
    ['apps/v1', 'Deployment', ['spec', 'template', 'spec', 'nodeName']],
    ['v1', 'Pod', ['metadata', 'labels', 'by-hand']]
  ])('but not %s %s %j', (apiVersion, kind, path) => {
    expect(knownWriter(backup, path, liveObject({ apiVersion, kind }, []))).toBeUndefined()
  })
})
