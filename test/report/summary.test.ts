import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { TargetReport } from '../../src/report/report.ts'
import { renderDriftIssue, renderFailure, renderSummary } from '../../src/report/summary.ts'
import { GITHUB_BODY_LIMIT, STEP_SUMMARY_LIMIT } from '../../src/report/truncate.ts'
import type { Change } from '../../src/targets/plan.ts'
import type { ChangeResult } from '../../src/targets/target.ts'
import { CHANGES, COMMIT, DRIFTED, FAILED, IN_SYNC, planOf, reportOf, SUCCEEDED } from './reports.ts'

describe('the step summary', () => {
  test('of a deploy says what was done, with the numbers in a table and the changes folded', () => {
    expect(renderSummary([SUCCEEDED])).toMatchInlineSnapshot(`
      "## ✅ Deployed to \`production\`

      Commit [1a2b3c4d5e6f](https://github.com/acme/shop/commit/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d) · [run](https://github.com/acme/shop/actions/runs/42) · 2026-11-21 03:17 UTC, 1 min 23 s

      | Target | Result | Created | Updated | Pruned | Unchanged | Time |
      | --- | --- | --- | --- | --- | --- | --- |
      | \`web\` | ✅ succeeded | 1 | 1 | 1 | 14 | 42 s |

      ### \`web\`

      <details><summary>2 changes of web</summary>

      **create** \`Service shop/web\` · [charts/web/templates/service.yaml:3](https://github.com/acme/shop/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/charts/web/templates/service.yaml#L3)

      **update** \`Deployment shop/web\` · [charts/web/templates/deployment.yaml:12](https://github.com/acme/shop/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/charts/web/templates/deployment.yaml#L12)

      \`\`\`diff
      @@ spec.replicas @@
      - 5
      + 3
      @@ spec.template.spec.containers[name=web].args @@
        - --port=8080
      - - --verbose=true
        - --a-very-long-option=with-a-very-long-value
      \`\`\`

      </details>"
    `)
  })

  test('of a failed deploy tells the reason first, events and log folded', () => {
    expect(renderSummary([FAILED])).toMatchInlineSnapshot(`
      "## ❌ Deploying to \`production\` failed

      Commit [1a2b3c4d5e6f](https://github.com/acme/shop/commit/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d) · [run](https://github.com/acme/shop/actions/runs/42) · 2026-11-21 03:17 UTC, 1 min 23 s

      | Target | Result | Created | Updated | Pruned | Unchanged | Time |
      | --- | --- | --- | --- | --- | --- | --- |
      | \`web\` | ❌ failed |  | 1 |  | 14 | 12 s |
      | \`docs\` | ⏭️ skipped |  |  |  |  |  |

      ### \`web\`

      **Deployment shop/web: pod web-1: container web exited with code 1 \\(CrashLoopBackOff\\)**

      See the events and logs below.

      <details><summary>Deployment shop/web is Degraded: pod web-1: container web exited with code 1 (CrashLoopBackOff)</summary>

      Events

      \`\`\`
      Pod web-1: BackOff: Back-off restarting failed container
      \`\`\`

      Log

      \`\`\`\`
      starting
      \`\`\` fatal: DATABASE_URL is not set
      </details>
      \`\`\`\`

      </details>

      <details><summary>1 change of web</summary>

      **update** \`Deployment shop/web\` · [charts/web/templates/deployment.yaml:12](https://github.com/acme/shop/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/charts/web/templates/deployment.yaml#L12)

      \`\`\`diff
      @@ spec.replicas @@
      - 5
      + 3
      @@ spec.template.spec.containers[name=web].args @@
        - --port=8080
      - - --verbose=true
        - --a-very-long-option=with-a-very-long-value
      \`\`\`

      </details>

      ### \`docs\`

      **Skipped, because "web", on which it depends, did not succeed.**"
    `)
  })

  test('of drift shows each field with declared and live value, place and author', () => {
    expect(renderSummary([DRIFTED])).toMatchInlineSnapshot(`
      "## ⚠️ \`production\` has drifted

      Compared with [1a2b3c4d5e6f](https://github.com/acme/shop/commit/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d), the deployed commit · 18 objects · [run](https://github.com/acme/shop/actions/runs/42) · 2026-11-21 03:17 UTC, 1 min 23 s

      | Target | Result | Found | Time |
      | --- | --- | --- | --- |
      | \`web\` | ⚠️ drifted | 1 missing, 2 changed, 1 with fields added, 1 not declared | 1.2 s |

      ### \`web\`

      > The last deployment failed.

      Put back: 1. Only reported: 2.

      **Left as it is:**

      - \`Deployment shop/web\`: what others added inside our objects is only reported; take it out, declare it, or set foreign-fields \\(in gitops.yaml: drift.foreignFields\\) to revert or ignore.
      - \`Pod shop/debug\`: what nobody declares is only reported; declare it, delete it, or set unmanaged \\(in gitops.yaml: drift.unmanaged\\) to ignore.

      |  | Object | Field | Declared | Live | Changed by |
      | --- | --- | --- | --- | --- | --- |
      | missing<br>put back | \`Service shop/web\`<br>[charts/web/templates/service.yaml:3](https://github.com/acme/shop/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/charts/web/templates/service.yaml#L3) |  |  |  | unknown |
      | changed | \`Deployment shop/web\`<br>[charts/web/templates/deployment.yaml:12](https://github.com/acme/shop/blob/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d/charts/web/templates/deployment.yaml#L12) | \`spec.replicas\` | \`3\` | \`5\` | kubectl, Update of scale, 2026-11-20 10:01 UTC |
      |  |  | \`spec.template.spec.containers[name=web].args\` | (see below) | (see below) | kubectl-edit, Update, 2026-11-20 10:01 UTC |
      | changed | \`ConfigMap shop/settings\` | \`data.PASSWORD\` | – | \`(secret a1b2c3)\` | unknown; perhaps kubectl-patch, 2026-11-20 10:01 UTC |
      | with fields added<br>left | \`Deployment shop/web\`<br>fields that somebody added inside our object | \`metadata.labels.debug\` | – | \`"yes"\` |  |
      | not declared<br>left | \`Pod shop/debug\` |  |  |  | kubectl-run, Update, 2026-11-20 10:01 UTC |

      <details><summary>Deployment shop/web: what was changed</summary>

      \`\`\`diff
      @@ spec.template.spec.containers[name=web].args @@
        - --port=8080
      + - --verbose=true
        - --a-very-long-option=with-a-very-long-value
      \`\`\`

      </details>"
    `)
  })

  test('has no noise when everything is in sync', () => {
    expect(renderSummary([IN_SYNC])).toMatchInlineSnapshot(`
      "## ✅ \`production\` is in sync

      Compared with [1a2b3c4d5e6f](https://github.com/acme/shop/commit/1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d), the deployed commit · 14 objects · [run](https://github.com/acme/shop/actions/runs/42) · 2026-11-21 03:17 UTC, 1 min 23 s"
    `)
  })

  test('of a plan shows the changes unfolded and the digest that approves it', () => {
    const plan = planOf(CHANGES.slice(0, 2))
    const text = renderSummary([
      reportOf('preview', 'planned', [
        { id: 'web', kind: 'kubernetes', status: 'planned', seconds: 1, plan, outcomes: [] }
      ])
    ])
    expect(text).toContain('## 📋 Plan for `production`')
    expect(text).toContain('<details open><summary>2 changes of web</summary>')
    expect(text).toContain(`Plan digest: \`${plan.digest}\``)
    expect(text).toContain('@@ spec.replicas @@\n- 5\n+ 3')
  })

  test('holds several environments', () => {
    const text = renderSummary([SUCCEEDED, { ...IN_SYNC, environment: 'staging' }])
    expect(text.match(/^## .*$/gm)).toEqual(['## ✅ Deployed to `production`', '## ✅ `staging` is in sync'])
  })

  test("never exceeds GitHub's limit in bytes, and says where the rest is", () => {
    const long = { type: 'value', value: `${'ä '.repeat(200)}\n`.repeat(100) } as const
    const change = (index: number) => ({
      action: 'update' as const,
      resource: { id: `ConfigMap/shop/c${index}`, kind: 'ConfigMap', name: `c${index}`, namespace: 'shop' },
      fields: [{ path: 'data.text', before: long, after: { type: 'absent' } as const }]
    })
    const plan = planOf(Array.from({ length: 40 }, (_, index) => change(index)))
    const text = renderSummary([
      reportOf('preview', 'planned', [
        { id: 'web', kind: 'kubernetes', status: 'planned', seconds: 1, plan, outcomes: [] }
      ])
    ])
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(STEP_SUMMARY_LIMIT)
    expect(Buffer.byteLength(text)).toBeGreaterThan(STEP_SUMMARY_LIMIT / 2)
    expect(text).toMatch(/… and \d+ more changes; the JSON report of the run has them all/)
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length)
  })
})

describe('what healing made of drift', () => {
  const fight = (name: string) => ({
    ...changeNamed(name),
    held: {
      by: 'fight' as const,
      reason: 'put back 3 times since 2026-11-17, and kubectl-edit changes it each time: healing has stopped',
      proposal: `ignore:\n  - kind: "Deployment"\n    name: "${name}"\n    paths:\n      - "spec.replicas"`
    }
  })
  const changeNamed = (name: string) => ({
    action: 'update' as const,
    resource: { id: `apps/Deployment/shop/${name}`, kind: 'Deployment', name, namespace: 'shop' },
    fields: [
      {
        path: 'spec.replicas',
        before: { type: 'value', value: 5 } as const,
        after: { type: 'value', value: 3 } as const
      }
    ]
  })
  const textOf = (changes: readonly Change[], results: readonly ChangeResult[]) =>
    renderSummary([
      reportOf('drift', 'drifted', [
        {
          id: 'web',
          kind: 'kubernetes',
          status: 'drifted',
          seconds: 1,
          plan: planOf(changes, { purpose: 'drift' }),
          outcomes: [{ target: 'web', status: 'succeeded', results, seconds: 1 }]
        }
      ])
    ])

  test('stands at each change, with the reason why one is only reported', () => {
    const done = changeNamed('done')
    const other = { ...changeNamed('other'), healable: false, reason: "belongs to another target's set" }
    const failed = changeNamed('failed')
    const text = textOf(
      [done, other, failed, fight('fought')],
      [
        { resource: done.resource, action: 'updated' },
        { resource: failed.resource, action: 'failed', message: 'denied' }
      ]
    )
    expect(text).toContain('| changed<br>put back | `Deployment shop/done` |')
    expect(text).toContain("| changed<br>left | `Deployment shop/other`<br>belongs to another target's set |")
    expect(text).toContain('| changed<br>**not put back** | `Deployment shop/failed` |')
    expect(text).toContain('| changed<br>left | `Deployment shop/fought` |')
    expect(text).toContain('Put back: 1. Only reported: 2.')
  })

  test('stands before the table, so that it is not what a long table pushes out', () => {
    const text = textOf([fight('a'), changeNamed('b')], [])
    expect(text.indexOf('**Left as it is:**')).toBeLessThan(text.indexOf('|  | Object |'))
    expect(text.indexOf('```yaml')).toBeLessThan(text.indexOf('|  | Object |'))
  })

  test('is told where healing is off, too: what it would leave, and why', () => {
    const [target] = DRIFTED.targets
    const unhealthy = { ...changeNamed('sick'), action: 'unhealthy' as const, fields: [], healable: false }
    const plan = planOf([...CHANGES, unhealthy], { purpose: 'drift' })
    const text = renderSummary([{ ...DRIFTED, targets: target ? [{ ...target, outcomes: [], plan }] : [] }])
    expect(text).toContain(
      '**What healing leaves as it is:**\n\n- `Deployment shop/web`: what others added inside our objects is only reported;'
    )
    expect(text).toContain('- `Pod shop/debug`: what nobody declares is only reported;')
    expect(text).toContain('- `Deployment shop/sick`: it is what was declared and does not work')
    expect(text).not.toContain('Put back')
  })

  test('proposes one list of rules that can be pasted as it stands, not one text per field', () => {
    const text = textOf([fight('a'), fight('b')], [])
    expect(text.match(/```yaml/g)).toHaveLength(1)
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? []
    expect(parse(yaml)).toEqual({
      ignore: ['a', 'b'].map((name) => ({ kind: 'Deployment', name, paths: ['spec.replicas'] }))
    })
  })

  test('counts what would be too many rules to read', () => {
    const text = textOf(
      Array.from({ length: 300 }, (_, index) => fight(`w${index}`)),
      []
    )
    expect(text).toContain('and 295 more: put back 3 times')
    expect(text).toContain('# and 280 more rules like these: the JSON report has them all')
  })
})

describe('untrusted text', () => {
  const evil = 'x | <img src=x> `a` @acme/ops #1 ](http://evil)\n```\n</details>'
  const change = {
    action: 'update' as const,
    resource: { id: `ConfigMap/${evil}`, kind: 'ConfigMap', name: evil, namespace: 'shop' },
    reason: evil,
    source: { file: evil },
    fields: [
      {
        path: evil,
        before: { type: 'value', value: evil } as const,
        after: { type: 'value', value: 'x' } as const,
        attribution: { known: true, manager: evil } as const
      }
    ]
  }
  test.each(['preview', 'drift'] as const)('stays text in the summary of %s', (command) => {
    const text = renderSummary([
      reportOf(command, command === 'drift' ? 'drifted' : 'planned', [
        {
          id: 'web',
          kind: 'kubernetes',
          status: 'failed',
          seconds: 1,
          plan: planOf([change], { notes: [evil] }),
          outcomes: [],
          error: { message: evil, hint: evil, details: [evil] }
        }
      ])
    ])
    // Outside code blocks, code spans and the plain text of folds nothing of it may have a meaning.
    const prose = text
      .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
      .replace(/(?<![`\\])(`+)(?!`).*?[^`]\1(?!`)/g, 'code')
      .replace(/(<summary>).*?(<\/summary>)/g, '$1$2')
    expect(prose).not.toMatch(/<img/)
    expect(prose).not.toMatch(/@acme/)
    expect(prose).not.toMatch(/[^\\]\]\(http:\/\/evil/)
    expect(prose).not.toMatch(/#1\b/)
    expect(prose.match(/<details/g)?.length).toBe(prose.match(/<\/details>/g)?.length)
    for (const row of prose.split('\n').filter((line) => line.startsWith('| changed')))
      expect(row.replace(/\\\|/g, '').match(/\|/g)).toHaveLength(7)
  })
})

describe('a workload that does not work at an unchanged declaration', () => {
  test('is shown with its events and its log, folded', () => {
    const change = {
      action: 'unhealthy' as const,
      resource: { id: 'apps/Deployment/shop/web', kind: 'Deployment', name: 'web', namespace: 'shop' },
      fields: [],
      reason: 'pod web-1: container web exited with code 1',
      healable: false,
      evidence: { events: ['Pod web-1: BackOff (7 times)'], logs: ['no such table: users', '```'] }
    }
    const [target] = DRIFTED.targets
    const text = renderSummary([
      { ...DRIFTED, targets: target ? [{ ...target, plan: planOf([change], { purpose: 'drift' }) }] : [] }
    ])
    expect(text).toContain('<details><summary>Deployment shop/web: events and log</summary>')
    expect(text).toContain('Pod web-1: BackOff (7 times)')
    expect(text).toContain('no such table: users')
    // A fence inside the log does not end the block.
    expect(text).toContain('````')
  })
})

describe('what GitHub is told', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...(CHANGES[1] ?? { action: 'update' as const, fields: [] }),
      resource: { id: `apps/Deployment/shop/web-${index}`, kind: 'Deployment', name: `web-${index}`, namespace: 'shop' }
    }))
  const [drifted] = DRIFTED.targets
  const flooded = (...others: TargetReport[]) =>
    reportOf('drift', 'drifted', [
      ...(drifted ? [{ ...drifted, outcomes: [], plan: planOf(many(5000), { purpose: 'drift' }) }] : []),
      ...others
    ])

  test("the findings of the drift issue fit into GitHub's limit whatever was found, and say how much more there is", () => {
    const text = renderDriftIssue(flooded())
    expect(text.length).toBeLessThanOrEqual(GITHUB_BODY_LIMIT)
    expect(text).toMatch(/\*… and \d{4} more changes; the JSON report of the run has them all\.\*/)
  })

  test('thousands of changes of one target hide neither those of another nor its error', () => {
    const error = { message: 'The API server does not answer.' }
    const report = flooded(
      { id: 'docs', kind: 'kubernetes', status: 'drifted', seconds: 1, plan: planOf(CHANGES), outcomes: [] },
      { id: 'queue', kind: 'kubernetes', status: 'error', seconds: 1, outcomes: [], error }
    )
    for (const text of [renderDriftIssue(report), renderSummary([report])]) {
      expect(text).toContain('### `docs`')
      expect(text).toContain('`Pod shop/debug`')
      expect(text).toContain('**The API server does not answer.**')
    }
  })

  test('a text that is too long whatever is left out of it is cut, and says where the whole is', () => {
    const notes = Array.from({ length: 2000 }, (_, index) => `note ${index} of many, each of them some words long`)
    const text = renderDriftIssue(
      reportOf('drift', 'drifted', drifted ? [{ ...drifted, plan: planOf(CHANGES, { purpose: 'drift', notes }) }] : [])
    )
    expect(text.length).toBeLessThanOrEqual(GITHUB_BODY_LIMIT)
    expect(text).toContain(
      'The whole of it is in the JSON report of the [run](https://github.com/acme/shop/actions/runs/42)'
    )
  })

  test('the findings name the deployed commit', () => {
    expect(renderDriftIssue(DRIFTED)).toContain(
      `Compared with [${COMMIT.slice(0, 12)}](https://github.com/acme/shop/commit/${COMMIT}), the deployed commit`
    )
  })

  test('the reason of a rollback is that of the failed targets only', () => {
    const reason = renderFailure(FAILED)
    expect(reason).toContain('container web exited with code 1')
    expect(reason).toContain('fatal: DATABASE_URL is not set')
    expect(reason).not.toContain('docs')
  })
})
