import { expect, test } from 'vitest'
import { at, type JsonObject } from '../../../../src/json.ts'
import { adoptionPatch } from '../../../../src/targets/kubernetes/ownership/index.ts'
import { liveObject } from './live.ts'

test('moves what client-side apply and other tools own into our Apply entry, and leaves controllers alone', () => {
  const live = liveObject({}, [
    { manager: 'kubectl-client-side-apply', fields: { 'f:spec': { 'f:replicas': {} } } },
    { manager: 'helm', operation: 'Apply', time: '2026-02-01T00:00:00Z', fields: { 'f:spec': { 'f:paused': {} } } },
    { manager: 'kube-controller-manager', subresource: 'status', fields: { 'f:status': { 'f:replicas': {} } } },
    { manager: 'kube-controller-manager', fields: { 'f:metadata': { 'f:annotations': { 'f:a': {} } } } }
  ])
  const adoption = adoptionPatch(live)
  expect(adoption?.from).toEqual(['kubectl-client-side-apply', 'helm'])
  expect(adoption?.ops.map((op) => [op['op'], op['path']])).toEqual([
    ['add', '/metadata/managedFields'],
    ['replace', '/metadata/resourceVersion']
  ])
  expect(adoption?.ops[1]?.['value']).toBe('7')
  const entries = adoption?.ops[0]?.['value']
  expect(Array.isArray(entries) ? entries.map((entry) => at(entry, 'manager')) : entries).toEqual([
    'gitops-actions',
    'kube-controller-manager',
    'kube-controller-manager'
  ])
  expect(at(Array.isArray(entries) ? entries[0] : null, 'fieldsV1')).toEqual({
    'f:spec': { 'f:replicas': {}, 'f:paused': {} }
  })
  expect(at(Array.isArray(entries) ? entries[0] : null, 'operation')).toBe('Apply')
})

test('an object that we have applied is ours already', () => {
  const live = liveObject({}, [
    { manager: 'gitops-actions', operation: 'Apply', fields: { 'f:spec': {} } },
    { manager: 'kubectl-edit', fields: { 'f:spec': { 'f:replicas': {} } } }
  ])
  expect(adoptionPatch(live)).toBeUndefined()
})

test('what only controllers and the API server itself wrote is not taken over', () => {
  const live = liveObject({}, [
    { manager: 'kube-controller-manager', fields: { 'f:spec': { 'f:replicas': {} } } },
    { manager: 'before-first-apply', fields: { 'f:spec': { 'f:clusterIP': {} } } }
  ])
  expect(adoptionPatch(live)).toBeUndefined()
})

test('finalizers and owner references stay: taken over and not declared they would be removed', () => {
  const live = liveObject({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' }, [
    {
      manager: 'kubectl-create',
      fields: {
        'f:metadata': {
          'f:finalizers': { '.': {}, 'v:"kubernetes.io/pvc-protection"': {} },
          'f:labels': { 'f:a': {} }
        },
        'f:spec': { 'f:accessModes': {} }
      }
    }
  ])
  expect(adoptionPatch(live)?.fields).toEqual({
    'f:metadata': { 'f:labels': { 'f:a': {} } },
    'f:spec': { 'f:accessModes': {} }
  })
})

test('paths of another API version are not mixed in', () => {
  const live = liveObject({}, [
    { manager: 'helm', apiVersion: 'extensions/v1beta1', fields: { 'f:spec': { 'f:rollbackTo': {} } } },
    { manager: 'helm', fields: { 'f:spec': { 'f:replicas': {} } } }
  ])
  expect(adoptionPatch(live)?.fields).toEqual({ 'f:spec': { 'f:replicas': {} } })
})

test('where nothing is recorded in this version, ownership moves in its own, which the API server converts', () => {
  const live = liveObject({ spec: { replicas: 3 } }, [
    {
      manager: 'helm',
      apiVersion: 'apps/v1beta2',
      fields: { 'f:spec': { 'f:replicas': {}, 'f:rollbackTo': {} } }
    }
  ])
  const adoption = adoptionPatch(live)
  expect(adoption?.fields).toEqual({ 'f:spec': { 'f:replicas': {} } })
  expect(at(adoption?.ops[0], 'value')).toMatchObject([
    { apiVersion: 'apps/v1beta2', fieldsV1: { 'f:spec': { 'f:replicas': {}, 'f:rollbackTo': {} } } }
  ])
})

test("kubectl's own copy counts where nobody is recorded to own it", () => {
  const copied = { 'f:spec': { 'f:replicas': {} } }
  const unrecorded = { manager: 'before-first-apply', fields: { 'f:spec': { 'f:clusterIP': {}, 'f:replicas': {} } } }
  const adoption = adoptionPatch(liveObject({}, [unrecorded]), undefined, undefined, copied)
  expect(adoption).toMatchObject({ from: ['kubectl-client-side-apply'], fields: copied })
  expect(at(adoption?.ops[0], 'value')).toMatchObject([{ manager: 'gitops-actions' }])

  const copy = { 'f:kubectl.kubernetes.io/last-applied-configuration': {} }
  const own = { manager: 'argocd-controller', fields: { 'f:metadata': { 'f:annotations': copy } } }
  expect(adoptionPatch(liveObject({}, [own]), undefined, undefined, copied)?.from).toEqual(['argocd-controller'])
})

test('the caller may say whose objects are taken over', () => {
  const live = liveObject({}, [{ manager: 'helm', fields: { 'f:spec': { 'f:replicas': {} } } }])
  expect(adoptionPatch(live, (entry) => entry.manager === 'kubectl')).toBeUndefined()
  expect(adoptionPatch(live, (entry) => entry.manager === 'helm')?.from).toEqual(['helm'])
})

test('leaves what controllers keep in annotations, which came with an exported object', () => {
  const notes = { 'f:deployment.kubernetes.io/revision': {}, 'f:pv.kubernetes.io/bind-completed': {} }
  const made = (annotations: JsonObject) => {
    const fields = { 'f:metadata': { 'f:annotations': annotations }, 'f:spec': { 'f:replicas': {} } }
    return adoptionPatch(liveObject({}, [{ manager: 'kubectl-create', fields }]))?.fields
  }
  expect(made({ '.': {}, ...notes })).toEqual({ 'f:spec': { 'f:replicas': {} } })
  expect(made({ ...notes, 'f:acme.io/team': {} })).toEqual({
    'f:metadata': { 'f:annotations': { 'f:acme.io/team': {} } },
    'f:spec': { 'f:replicas': {} }
  })
})
