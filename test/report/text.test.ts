import { describe, expect, test } from 'vitest'
import { diffLines, lineDiff } from '../../src/report/diff.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { reportLines } from '../../src/report/text.ts'
import { inlineValue, valueLines } from '../../src/report/value.ts'
import { driftWords, outcomeWords, planWords } from '../../src/report/words.ts'
import { CHANGES, DRIFTED, FAILED, planOf, reportOf } from './reports.ts'

test('a failed deploy is a tree in the log', () => {
  expect(reportLines(FAILED).join('\n')).toMatchInlineSnapshot(`
    "production: failed in 1 min 23 s
    ├─ web: failed, 1 updated, 14 unchanged, 12 s
    │  ├─ update Deployment shop/web (charts/web/templates/deployment.yaml:12)
    │  │      spec.replicas: 5 → 3
    │  │      spec.template.spec.containers[name=web].args: ["--port=8080","--verbose=true","--a-very-long-option=with-a-very-long-value"] → ["--port=8080","--a-very-long-option=with-a-very-long-value"]
    │  ├─ Deployment shop/web: pod web-1: container web exited with code 1 (CrashLoopBackOff)
    │  ├─ See the events and logs below.
    │  └─ Deployment shop/web is Degraded: pod web-1: container web exited with code 1 (CrashLoopBackOff)
    │         event: Pod web-1: BackOff: Back-off restarting failed container
    │         log: starting
    │         log: \`\`\` fatal: DATABASE_URL is not set
    │         log: </details>
    └─ docs: skipped
       └─ Skipped, because "web", on which it depends, did not succeed."
  `)
})

test('what cannot be planned yet says what it waits for, in the log and in the summary', () => {
  const pending = 'Known after "vpc" is applied: its output "id".'
  const report = reportOf('preview', 'planned', [
    { id: 'web', kind: 'kubernetes', status: 'planned', seconds: 0, pending, outcomes: [] }
  ])
  expect(reportLines(report)).toEqual(['production: planned in 1 min 23 s', '└─ web: planned', `   └─ ${pending}`])
  expect(renderSummary([report])).toContain('| `web` | 📋 planned | not known yet |')
  expect(renderSummary([report])).toContain(`### \`web\`\n\n> ${pending}`)
})

test('two kinds of change that mean the same to a reader are one number', () => {
  const resource = { id: 'Secret/shop/a', kind: 'Secret', apiVersion: 'v1', name: 'a', namespace: 'shop' }
  const changes = (['update', 'replace', 'create'] as const).map((action) => ({ action, resource, fields: [] }))
  expect(driftWords(planOf(changes))).toBe('1 missing, 2 changed')
})

test('of a long value that only has another owner there is no empty diff', () => {
  const value = { type: 'value' as const, value: { ports: Array.from({ length: 9 }, (_, index) => `port-${index}`) } }
  const resource = { id: 'Service/shop/a', kind: 'Service', apiVersion: 'v1', name: 'a', namespace: 'shop' }
  const fields = [{ path: 'spec', before: value, after: value }]
  const plan = planOf([{ action: 'reclaim' as const, resource, fields }])
  const report = reportOf('drift', 'drifted', [
    { id: 'web', kind: 'kubernetes', status: 'drifted', seconds: 0, plan, outcomes: [] }
  ])
  expect(renderSummary([report])).toContain('| `spec` | (equal) | (equal) |')
  expect(renderSummary([report])).not.toContain('```diff')
  expect(reportLines(report).join('\n')).toContain('spec: declared and live {"ports":["port-0"')
})

test('drift is a tree in the log, with who and when', () => {
  expect(reportLines(DRIFTED).join('\n')).toMatchInlineSnapshot(`
    "production: drifted in 1 min 23 s
    └─ web: drifted, 1 missing, 2 changed, 1 with fields added, 1 not declared, put back: 1 created, 1.2 s
       ├─ The last deployment failed.
       ├─ missing: Service shop/web (charts/web/templates/service.yaml:3)
       ├─ changed: Deployment shop/web (charts/web/templates/deployment.yaml:12)
       │      spec.replicas: declared 3, live 5 (kubectl, Update of scale, 2026-11-20 10:01 UTC)
       │      spec.template.spec.containers[name=web].args: declared ["--port=8080","--a-very-long-option=with-a-very-long-value"], live ["--port=8080","--verbose=true","--a-very-long-option=with-a-very-long-value"] (kubectl-edit, Update, 2026-11-20 10:01 UTC)
       ├─ changed: ConfigMap shop/settings (unknown; perhaps kubectl-patch, 2026-11-20 10:01 UTC)
       │      data.PASSWORD: declared (absent), live (secret a1b2c3)
       ├─ with fields added: Deployment shop/web (fields that somebody added inside our object)
       │      metadata.labels.debug: declared (absent), live "yes"
       └─ not declared: Pod shop/debug (kubectl-run, Update, 2026-11-20 10:01 UTC)"
  `)
})

describe('values', () => {
  test.each([
    ['a word', 'web', 'web'],
    ['a text that YAML would read otherwise', 'yes', '"yes"'],
    ['a number as text', '10', '"10"'],
    ['an empty text', '', '""'],
    ['several lines', 'a\nb', '"a\\nb"'],
    ['a number', 10, '10'],
    ['a large integer', 2n ** 60n, '1152921504606846976'],
    ['an object', { a: [1, 'b'] }, '{"a":[1,"b"]}']
  ])('on one line: %s', (_what, value, expected) => {
    expect(inlineValue({ type: 'value', value })).toBe(expected)
  })

  test('are cut where they are too long', () => {
    expect(inlineValue({ type: 'value', value: 'x'.repeat(200) }, 10)).toBe('xxxxxxxxx…')
  })

  test('of any shape are written as in a manifest', () => {
    const value = {
      name: 'web',
      args: ['--a', { b: 'yes' }],
      empty: {},
      none: [],
      script: 'one\ntwo\n',
      nested: { c: null }
    }
    expect(valueLines({ type: 'value', value })).toEqual([
      'name: web',
      'args:',
      '  - --a',
      '  - b: "yes"',
      'empty: {}',
      'none: []',
      'script: |',
      '  one',
      '  two',
      'nested:',
      '  c: null'
    ])
  })
})

describe('diffs', () => {
  const lines = (text: string) => text.split(' ')
  test.each([
    ['one line for another', 'a', 'b', ['- a', '+ b']],
    ['a line added', 'a b', 'a x b', ['  a', '+ x', '  b']],
    ['a line removed', 'a b c', 'a c', ['  a', '- b', '  c']],
    [
      'unchanged stretches left out',
      '1 2 3 4 5 6 7 8 9',
      '1 2 3 4 x 6 7 8 9',
      ['  …', '  3', '  4', '- 5', '+ x', '  6', '  7', '  …']
    ]
  ])('%s', (_what, before, after, expected) => {
    expect(lineDiff(lines(before), lines(after))).toEqual(expected)
  })

  test('a secret shows by its fingerprint only', () => {
    const [, , change] = CHANGES
    expect(change ? diffLines(change, 'to-declared') : []).toEqual(['@@ data.PASSWORD @@', '- (secret a1b2c3)'])
  })

  test('drift is shown the other way round: what somebody did to the declaration', () => {
    const [, change] = CHANGES
    expect(change ? diffLines(change, 'to-live').slice(0, 3) : []).toEqual(['@@ spec.replicas @@', '- 3', '+ 5'])
  })
})

describe('counts in words', () => {
  test('of a plan, of drift, of what was done', () => {
    expect(planWords(planOf(CHANGES))).toBe(
      '1 to create, 2 to update, 1 with foreign fields, 1 that nobody declared, 14 unchanged'
    )
    expect(planWords(planOf([]))).toBe('nothing to do, 14 unchanged')
    expect(driftWords(planOf(CHANGES))).toBe('1 missing, 2 changed, 1 with fields added, 1 not declared')
    expect(driftWords(planOf([]))).toBe('14 objects in sync')
    expect(outcomeWords([])).toBe('nothing changed')
  })
})
