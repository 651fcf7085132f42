import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { stringifyJson } from '../../src/json.ts'
import { orderingConformance } from './ordering.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'conformance-'))
afterAll(() => rmSync(folder, { recursive: true }))

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }
const MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } }
const WORKLOAD = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', namespace: 'shop' } }

function constraint(name: string, first: string, second: string): object {
  const rule = { name, type: 'constraint', operation: 'upsert', required: false, precedence: 1, first: { kind: first } }
  return Object.fromEntries([...Object.entries(rule), ['then', { kind: second }]])
}

/** JSON is YAML. */
function write(name: string, items: object[]): void {
  mkdirSync(path.join(folder, 'ordering'), { recursive: true })
  writeFileSync(path.join(folder, 'ordering', name), stringifyJson(items))
}

test('the runner passes what is right and says what is wrong', () => {
  const sorted = { operation: 'sort', objects: [MAP, NAMESPACE] }
  write('depends-on.yaml', [
    { ...sorted, name: 'right', expect: { sets: [['/Namespace/shop'], ['/namespaces/shop/ConfigMap/a']] } },
    { ...sorted, name: 'wrong', expect: { sets: [['/namespaces/shop/ConfigMap/a'], ['/Namespace/shop']] } },
    { ...sorted, name: 'no cycle', expect: { error: { type: 'cycle', edges: [] } } },
    { ...sorted, name: 'strange', operation: 'shuffle', expect: {} }
  ])
  const members = { kind: 'ConfigMap', apiVersion: 'v1' }
  write('kapp-rules.yaml', [
    { name: 'table', type: 'table', values: ['', 'apps'] },
    { name: 'wrong table', type: 'table', values: ['nobody.example.com'] },
    { name: 'group', type: 'group', group: 'change-groups.kapp.k14s.io/pod-related', anyOf: [members] },
    { name: 'wrong group', type: 'group', group: 'change-groups.kapp.k14s.io/crds', anyOf: [members] },
    constraint('kept', 'ConfigMap', 'Deployment'),
    constraint('broken', 'Deployment', 'ConfigMap'),
    constraint('empty', 'Nothing', 'ConfigMap'),
    {
      name: 'case',
      type: 'case',
      operation: 'upsert',
      defaultRules: true,
      objects: [WORKLOAD, MAP],
      expect: {
        waitsFor: [{ object: 'apps/namespaces/shop/Deployment/a', deps: ['/namespaces/shop/ConfigMap/a'] }],
        sections: [['/namespaces/shop/ConfigMap/a'], ['apps/namespaces/shop/Deployment/a']]
      }
    }
  ])
  writeFileSync(
    path.join(folder, 'ordering', 'cf-for-k8s.yml'),
    [NAMESPACE, MAP, WORKLOAD].map((one) => stringifyJson(one)).join('\n---\n')
  )
  const [dependsOn, kapp, large] = orderingConformance(folder)
  expect(dependsOn).toMatchObject({ suite: 'ordering/depends-on', pass: 1, deliberate: [] })
  expect(dependsOn?.fail.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
    'wrong: set 1 lacks /namespaces/shop/ConfigMap/a has too much /Namespace/shop',
    'no cycle: no cycle found',
    'strange: unknown operation shuffle'
  ])
  expect(kapp?.pass).toBe(4)
  expect(kapp?.fail.map(({ name }) => name)).toEqual(['wrong table', 'wrong group', 'broken', 'empty'])
  expect(large?.pass).toBe(1)
  // The rule that cannot be kept is in the data for the large manifest too.
  expect(large?.fail.map(({ name }) => name)).toEqual(['3 objects, upsert'])
})
