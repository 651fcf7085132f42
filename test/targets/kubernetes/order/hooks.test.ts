import { expect, test } from 'vitest'
import { hookProblems } from '../../../../src/targets/kubernetes/order/hooks.ts'
import { hookOf } from '../../../../src/targets/kubernetes/order/index.ts'

const object = (annotations: Record<string, string>, kind = 'Job', apiVersion = 'batch/v1') => ({
  apiVersion,
  kind,
  metadata: { name: 'a', annotations }
})

test('an object without hook annotations is no hook', () => {
  expect(hookOf({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } })).toBeUndefined()
  expect(hookOf(object({ 'argocd.argoproj.io/sync-wave': '1' }))).toBeUndefined()
})

test.each([
  [{ 'helm.sh/hook': 'pre-install, post-upgrade' }, ['pre-install', 'post-upgrade'], 0, []],
  [
    {
      'helm.sh/hook': 'test-success',
      'helm.sh/hook-weight': '-3',
      'helm.sh/hook-delete-policy': 'hook-succeeded,hook-failed'
    },
    ['test'],
    -3,
    ['hook-succeeded', 'hook-failed']
  ],
  [
    {
      'argocd.argoproj.io/hook': 'PreSync',
      'argocd.argoproj.io/sync-wave': '2',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation'
    },
    ['pre-install', 'pre-upgrade', 'pre-rollback'],
    2,
    ['before-hook-creation']
  ],
  [
    { 'argocd.argoproj.io/hook': 'PostSync,SyncFail' },
    ['post-install', 'post-upgrade', 'post-rollback', 'sync-fail'],
    0,
    []
  ],
  [{ 'argocd.argoproj.io/hook': 'Skip' }, [], 0, []],
  // Both: Helm's counts, which tells an install from an upgrade.
  [{ 'helm.sh/hook': 'post-install', 'argocd.argoproj.io/hook': 'PostSync' }, ['post-install'], 0, []]
])('%j', (annotations, events, weight, deletePolicies) => {
  expect(hookOf(object(annotations))).toEqual({ events, weight, deletePolicies })
  expect(hookProblems(object(annotations))).toEqual([])
})

test("Helm 2's crd-install is a definition like any other", () => {
  const definition = object({ 'helm.sh/hook': 'crd-install' }, 'CustomResourceDefinition', 'apiextensions.k8s.io/v1')
  expect(hookOf(definition)).toBeUndefined()
  expect(hookProblems(definition)).toEqual([])
  expect(hookProblems(object({ 'helm.sh/hook': 'crd-install' }))).toHaveLength(1)
})

test.each([
  [{ 'helm.sh/hook': 'pre-install,afterwards' }, 'helm.sh/hook is "afterwards"'],
  [
    { 'helm.sh/hook': 'test', 'helm.sh/hook-weight': 'heavy' },
    'helm.sh/hook-weight is "heavy", which is no whole number'
  ],
  [
    { 'helm.sh/hook': 'test', 'helm.sh/hook-delete-policy': 'HookFailed' },
    'helm.sh/hook-delete-policy is "HookFailed"'
  ],
  [{ 'argocd.argoproj.io/hook': 'pre-sync' }, 'argocd.argoproj.io/hook is "pre-sync"']
])('%j is a problem', (annotations, problem) => {
  expect(hookProblems(object(annotations)).join()).toContain(problem)
})
