import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { dump } from 'js-yaml'
import { afterAll, expect, test } from 'vitest'
import type { Json } from '../../src/json.ts'
import { conflictConformance } from './conflicts.ts'
import { diffConformance } from './diff.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(file: string, cases: Json): void {
  mkdirSync(path.join(folder, path.dirname(file)), { recursive: true })
  writeFileSync(path.join(folder, file), dump(cases))
}

const config = (data: Json, labels: Json, fields: Json): Json => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'c',
    labels,
    managedFields: [{ manager: 'us', operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: fields }]
  },
  data
})

const OWN = { 'f:data': { 'f:a': {} } }

/** Our field changes from 1 to 2, and a webhook writes a label. */
function diffCase(name: string, includeMutationWebhook: boolean, expected: Json): Json {
  return {
    name,
    desired: config({ a: '2' }, {}, OWN),
    live: config({ a: '1' }, {}, OWN),
    predicted: config({ a: '2' }, { webhook: 'x' }, OWN),
    manager: 'us',
    options: { includeMutationWebhook },
    expect: expected
  }
}

test('the diff suite tells agreement from disagreement', () => {
  const a = (equals: string): Json => ({ side: 'predictedLive', path: ['data', 'a'], equals })
  const label = (empty: boolean): Json => ({ side: 'predictedLive', path: ['metadata', 'labels', 'webhook'], empty })
  write('diff/argo-server-side.yaml', [
    diffCase('right', false, { modified: true, assertions: [a('2'), label(true)] }),
    diffCase('right with webhooks', true, { modified: true, assertions: [a('2'), label(false)] }),
    diffCase('wrong verdict', false, { modified: false }),
    diffCase('wrong value', false, { modified: true, assertions: [a('3')] }),
    diffCase('wrong text', false, { modified: true, assertions: [{ side: 'normalizedLive', textContains: 'webhook' }] })
  ])
  const [suite] = diffConformance(folder)
  expect(suite?.pass).toBe(2)
  expect(suite?.fail).toEqual([
    { name: 'wrong verdict', reason: '1 differences, but modified should be false' },
    { name: 'wrong value', reason: 'predictedLive: data.a is "2"' },
    { name: 'wrong text', reason: 'normalizedLive: lacks the text webhook' }
  ])
})

/** Somebody owns `a` with another value. */
function conflictCase(name: string, manager: string, annotations: Record<string, string>, expected: Json): Json {
  const entry = { manager, operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: OWN }
  const object = (data: Json, metadata: Record<string, Json>): Json => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', ...metadata },
    data
  })
  return {
    name,
    remote: object({ a: '1' }, { managedFields: [entry] }),
    local: object({ a: '2', b: '2' }, {}),
    conflicts: [{ field: '.data.a' }],
    options: { annotations },
    expect: expected
  }
}

test('the conflict suite tells agreement, deliberate difference and disagreement apart', () => {
  const apply = (data: Json): Json => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data })
  const both = { apply: apply({ a: '2', b: '2' }), lostOwnership: [] }
  const without = { apply: apply({ b: '2' }), lostOwnership: [] }
  const lost = { apply: apply({ b: '2' }), lostOwnership: ['.data.a'] }
  write('conflicts/kluctl.yaml', [
    conflictCase('taken from a person', 'kubectl', {}, both),
    conflictCase('ignored by field', 'helm', { 'kluctl.io/ignore-conflicts-field': 'data.a' }, without),
    conflictCase('ignored by manager', 'helm', { 'kluctl.io/ignore-conflicts-manager': 'helm' }, without),
    conflictCase('given up', 'helm', {}, lost),
    conflictCase('given up to a person', 'kubectl', {}, lost),
    conflictCase('sent although ignored', 'helm', { 'kluctl.io/ignore-conflicts-field': 'data.a' }, both)
  ])
  const [suite] = conflictConformance(folder)
  expect(suite?.pass).toBe(3)
  expect(suite?.deliberate).toEqual([{ name: 'given up', reason: expect.stringContaining('the run stops') }])
  expect(suite?.fail.map((one) => one.name)).toEqual(['given up to a person', 'sent although ignored'])
})
