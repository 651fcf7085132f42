import { expect, test } from 'vitest'
import { attribute, managedEntries } from '../../../../src/targets/kubernetes/ownership/index.ts'
import { liveObject } from './live.ts'

const OURS = { manager: 'gitops-actions', operation: 'Apply' as const, time: '2026-01-10T00:00:00Z' }
const IMAGE = ['spec', 'template', 'spec', 'containers', { key: { name: 'web' } }, 'image']
const IMAGE_FIELDS = {
  'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { 'f:image': {} } } } } }
}

test('names the owner with operation, subresource and time', () => {
  const live = liveObject({}, [
    { ...OURS, fields: IMAGE_FIELDS },
    {
      manager: 'kubectl',
      subresource: 'scale',
      time: '2026-01-11T08:00:00Z',
      fields: { 'f:spec': { 'f:replicas': {} } }
    }
  ])
  expect(attribute(live, ['spec', 'replicas'])).toEqual({
    known: true,
    manager: 'kubectl',
    operation: 'Update',
    subresource: 'scale',
    time: '2026-01-11T08:00:00Z'
  })
})

test('names the newest of several owners', () => {
  const live = liveObject({}, [
    { manager: 'argocd-controller', operation: 'Apply', time: '2026-01-12T00:00:00Z', fields: IMAGE_FIELDS },
    { manager: 'kubectl-edit', time: '2026-01-13T00:00:00Z', fields: IMAGE_FIELDS },
    { manager: 'helm', time: '2026-01-11T00:00:00Z', fields: IMAGE_FIELDS }
  ])
  expect(attribute(live, IMAGE)).toMatchObject({ known: true, manager: 'kubectl-edit' })
})

test('an owner of the whole list owns what stands in it', () => {
  const live = liveObject({ kind: 'Role', rules: [] }, [{ manager: 'k9s', fields: { 'f:rules': {} } }])
  expect(attribute(live, ['rules', { index: 2 }, 'verbs'])).toMatchObject({ known: true, manager: 'k9s' })
})

test('our own ownership explains no change', () => {
  const live = liveObject({}, [{ ...OURS, fields: IMAGE_FIELDS }])
  expect(attribute(live, IMAGE)).toEqual({ known: false, candidates: [] })
})

test('a removed field has candidates: people and tools active since our last apply, newest first, no controllers', () => {
  const other = { 'f:metadata': { 'f:labels': { 'f:x': {} } } }
  const live = liveObject({}, [
    { manager: 'helm', time: '2026-01-09T00:00:00Z', fields: other },
    { ...OURS, fields: other },
    { manager: 'kubectl-edit', time: '2026-01-11T00:00:00Z', fields: other },
    { manager: 'k9s', time: '2026-01-12T00:00:00Z', fields: other },
    { manager: 'kube-controller-manager', time: '2026-01-13T00:00:00Z', fields: other },
    { manager: 'kubectl', subresource: 'status', time: '2026-01-13T00:00:00Z', fields: { 'f:status': {} } },
    { manager: 'some-operator', time: '2026-01-13T00:00:00Z', fields: other },
    { manager: 'gitops-actions', time: '2026-01-13T00:00:00Z', fields: other },
    { manager: 'gitops-actions-revert', time: '2026-01-13T00:00:00Z', fields: other }
  ])
  const attribution = attribute(live, IMAGE)
  expect(attribution.known).toBe(false)
  expect(attribution.known ? [] : attribution.candidates.map((one) => one.manager)).toEqual(['k9s', 'kubectl-edit'])
})

test('entries that are not of their form are left out', () => {
  const live = liveObject({}, [])
  live.metadata['managedFields'] = [null, 5, { operation: 'Delete' }, {}, { manager: 'x', operation: 'Update' }]
  expect(managedEntries(live)).toEqual([{ manager: 'x', operation: 'Update', apiVersion: '', fields: {} }])
  live.metadata['managedFields'] = 'nonsense'
  expect(managedEntries(live)).toEqual([])
})
