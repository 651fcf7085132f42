import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '../../../src/render/manifest.ts'
import type { Policy } from '../../../src/targets/kubernetes/options.ts'
import { limitOf, prunable } from '../../../src/targets/kubernetes/prune.ts'

const policy: Policy = {
  prune: true,
  maxPrune: '50%',
  fieldConflicts: 'take-from-people',
  ignore: [],
  wait: true,
  timeout: 60_000,
  foreignFields: 'report',
  unmanaged: 'report'
}

function live(
  kind: string,
  name: string,
  metadata: Record<string, unknown> = {},
  manager = 'gitops-actions'
): [string, KubernetesObject] {
  const object = {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      managedFields: [{ manager, operation: 'Apply' }],
      ...metadata
    }
  } as unknown as KubernetesObject
  return [`${kind}/shop/${name}`, object]
}

const inventory = { key: { environment: 'e', target: 't', namespace: 'shop' }, groupKinds: [], namespaces: [] }
const nothing = { members: [], hooks: [], unknown: [] }

function names(members: [string, KubernetesObject][], over: Partial<Policy> = {}) {
  const result = prunable(
    { id: 't', policy: { ...policy, maxPrune: 100, ...over } },
    nothing,
    { members: new Map(members) },
    inventory
  )
  return {
    deleted: result.prunable.map((one) => one.object.metadata.name),
    notes: result.notes,
    problems: result.problems
  }
}

describe('pruning', () => {
  it('deletes what carries our label and was applied by us', () => {
    expect(names([live('ConfigMap', 'old')]).deleted).toEqual(['old'])
  })

  it.each([
    ['an object that only copied the label', live('ConfigMap', 'copy', {}, 'kube-controller-manager')],
    ['an object that a controller owns', live('ConfigMap', 'child', { ownerReferences: [{ uid: 'x' }] })],
    ['an object that is being deleted', live('ConfigMap', 'going', { deletionTimestamp: '2026-01-01T00:00:00Z' })]
  ])('leaves %s alone', (_what, member) => {
    expect(names([member]).deleted).toEqual([])
  })

  it.each([
    ['a namespace', live('Namespace', 'shop'), /by hand only/],
    ['a volume claim', live('PersistentVolumeClaim', 'data'), /by hand only/],
    [
      'what Helm says to keep',
      live('ConfigMap', 'k', { annotations: { 'helm.sh/resource-policy': 'keep' } }),
      /resource-policy: keep/
    ],
    [
      'what Argo CD says not to prune',
      live('ConfigMap', 'k', { annotations: { 'argocd.argoproj.io/sync-options': 'Replace=true, Prune=false' } }),
      /Prune=false/
    ],
    [
      'what Helm reads as keep',
      live('ConfigMap', 'k', { annotations: { 'helm.sh/resource-policy': ' Keep ' } }),
      /resource-policy: keep/
    ],
    [
      'what Argo CD says not to delete',
      live('ConfigMap', 'k', { annotations: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=true' } }),
      /Delete=false/
    ],
    [
      'what Flux says not to prune',
      live('ConfigMap', 'k', { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } }),
      /prune: disabled/
    ],
    [
      'what has got an owner',
      live('ConfigMap', 'k', { ownerReferences: [{ kind: 'Widget', name: 'w', uid: 'x' }] }),
      /belongs to Widget w/
    ],
    [
      'what a finalizer holds',
      live('ConfigMap', 'k', { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.com/guard'] }),
      /being deleted, but is still there, held by the finalizers example.com.guard/
    ]
  ])('keeps %s and says so', (_what, member, note) => {
    const { deleted, notes } = names([member])
    expect(deleted).toEqual([])
    expect(notes.join()).toMatch(note)
  })

  it('refuses to delete more than max-prune, naming what it would have deleted', () => {
    const { problems } = names([live('ConfigMap', 'a'), live('ConfigMap', 'b')], { maxPrune: 1 })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/2 of 2 objects.*max-prune \(1\).*ConfigMap shop\/a/)
  })

  it.each([
    [10, 1000, 10],
    ['10%', 25, 2],
    ['50%', 3, 1],
    ['50%', 1, 1],
    ['0%', 100, 0],
    ['100%', 7, 7]
  ] as const)('allows %s of %i as %i deletions', (max, total, limit) => {
    expect(limitOf(max, total)).toBe(limit)
  })
})
