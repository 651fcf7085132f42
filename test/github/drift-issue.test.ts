import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { composeBody, parseBody } from '../../src/github/drift-body.ts'
import { type DriftIssueOptions, reportDriftIssue } from '../../src/github/index.ts'
import type { RunReport } from '../../src/report/report.ts'
import { type GitHubDouble, startGitHubDouble } from '../platform/github/index.ts'
import { driftReport, forgeOn, logTo } from './support.ts'

let double: GitHubDouble
beforeAll(async () => {
  double = await startGitHubDouble()
})
beforeEach(() => double.reset())
afterEach(async () => expect(await double.problems()).toEqual([]))
afterAll(() => double.close())

let day = 1

async function report(what: RunReport, options: Partial<DriftIssueOptions> = {}) {
  const { forge } = await forgeOn(double)
  day += 1
  const now = () => new Date(Date.UTC(2026, 0, day, 3))
  return reportDriftIssue(forge, what, { body: '| Deployment | replicas |', log: logTo([]), now, ...options })
}

const nightly = (status: RunReport['status'], changes: number, run: number) =>
  driftReport(status, changes, { run: `https://github.com/acme/shop/actions/runs/${run}` })

describe('reportDriftIssue', () => {
  it('opens one issue with title, label, findings, history and a link to the run', async () => {
    const result = await report(nightly('drifted', 2, 7))
    expect(result).toEqual({ action: 'opened', number: 1, url: `${double.url}/acme/shop/issues/1` })
    const { issues, labels } = await double.state()
    expect(issues).toHaveLength(1)
    expect(issues[0]).toMatchObject({
      title: 'Drift in production',
      state: 'open',
      labels: ['gitops-drift'],
      comments: []
    })
    expect(issues[0]?.body).toContain('| Deployment | replicas |')
    expect(issues[0]?.body).toMatch(
      /\*\*Drifted\*\* at 2026-01-\d\d 03:00 UTC \(\[run\]\(https:\/\/github.com\/acme\/shop\/actions\/runs\/7\)\): 2 changes\./
    )
    expect(issues[0]?.body).toContain('`█` Drift was found for the first time.')
    expect(labels.find((label) => label.name === 'gitops-drift')).toMatchObject({ color: 'd93f0b' })
  })

  it('goes through the life of drift: opened, updated, closed, reopened, always the same issue', async () => {
    const steps = [
      [nightly('drifted', 1, 1), 'opened'],
      [nightly('drifted', 3, 2), 'updated'],
      [nightly('error', 0, 3), 'updated'],
      [nightly('in-sync', 0, 4), 'closed'],
      [nightly('in-sync', 0, 5), 'none'],
      [nightly('error', 0, 6), 'none'],
      [nightly('drifted', 1, 7), 'reopened'],
      [nightly('healed', 1, 8), 'closed'],
      [nightly('healed', 1, 9), 'updated']
    ] as const
    for (const [what, action] of steps)
      expect(await report(what, { body: `findings of ${what.run}` })).toMatchObject({ action, number: 1 })
    const { issues } = await double.state()
    expect(issues).toHaveLength(1)
    expect(issues[0]).toMatchObject({ state: 'closed', stateReason: 'completed' })
    expect(issues[0]?.comments.map((comment) => comment.replace(/ \(.*/, ''))).toEqual([
      'In sync again',
      'Drift again: 1 change',
      'Healed: 1 change put back',
      'Drift was found and healed: 1 change'
    ])
    expect(issues[0]?.body).toContain(
      '`▄█×▁▁×▄▄▄` Drift in 5 of the last 9 runs (2 could not check); in every one since'
    )
  })

  it('keeps what drifted readable after it is in sync, and while it cannot be checked', async () => {
    await report(nightly('drifted', 1, 1), { body: 'the findings' })
    await report(nightly('error', 0, 2), { body: 'no connection' })
    const body = async () => (await double.state()).issues[0]?.body ?? ''
    expect(await body()).toContain('**Could not be checked**')
    expect(await body()).toContain('the findings')
    await report(nightly('in-sync', 0, 3), { body: 'nothing' })
    expect(await body()).toContain('**In sync**')
    expect(await body()).toContain('the findings')
    expect(await body()).not.toMatch(/no connection|nothing/)
  })

  it('opens an issue for drift whose healing failed, and keeps one open where another target was not checked', async () => {
    const [web] = driftReport('error', 2).targets
    const lost = { id: 'db', kind: 'terraform', status: 'error', seconds: 0, outcomes: [] } as const
    const error = { message: 'Healing failed: forbidden' }
    const failed = driftReport('error', 0, { targets: web ? [{ ...web, error }] : [] })
    expect(await report(failed, { body: 'what was found' })).toMatchObject({ action: 'opened', number: 1 })
    expect((await double.state()).issues[0]?.body).toContain('what was found')
    const healed = driftReport('error', 0, {
      targets: web
        ? [
            { ...web, status: 'healed' },
            { ...lost, error: { message: 'locked by <!-- @ops -->' } }
          ]
        : []
    })
    expect(await report(healed)).toMatchObject({ action: 'updated', number: 1 })
    expect((await double.state()).issues[0]).toMatchObject({
      state: 'open',
      body: expect.stringContaining('1 of 2 targets could not be checked.')
    })
    await report(driftReport('error', 0, { targets: [{ ...lost, error: { message: 'locked by <!-- @ops -->' } }] }))
    // What an engine says is text, whatever it holds.
    expect((await double.state()).issues[0]?.body).toContain('- `db`: locked by &lt;\\!-- @&#8203;ops --&gt;')
  })

  it.each(['in-sync', 'error', 'unsupported'] as const)('makes no issue and no label for %s', async (status) => {
    expect(await report(driftReport(status))).toEqual({ action: 'none' })
    const state = await double.state()
    expect(state.issues).toEqual([])
    expect(state.labels.map((label) => label.name)).not.toContain('gitops-drift')
    expect((await double.requests()).map((one) => one.method)).toEqual(['GET'])
  })

  it('leaves a closed issue for drift that was healed at once, so that it is seen', async () => {
    expect(await report(driftReport('healed', 2))).toMatchObject({ action: 'closed', number: 1 })
    expect((await double.state()).issues).toMatchObject([
      { state: 'closed', comments: [expect.stringContaining('Healed: 2 changes put back')] }
    ])
  })

  it('is one entry of the history when a run reports before and after healing', async () => {
    await report(nightly('drifted', 2, 1))
    await report(nightly('healed', 2, 1))
    const [issue] = (await double.state()).issues
    expect(parseBody(issue?.body ?? '')?.history).toMatchObject([{ status: 'healed', changes: 2 }])
  })

  it('keeps environments apart', async () => {
    await report(driftReport('drifted', 1))
    await report(driftReport('drifted', 1, { environment: 'staging' }))
    await report(driftReport('in-sync', 0, { environment: 'staging' }))
    expect((await double.state()).issues.map((issue) => [issue.title, issue.state])).toEqual([
      ['Drift in production', 'open'],
      ['Drift in staging', 'closed']
    ])
  })

  it('finds its issue after people renamed it, commented, and edited its text in the browser', async () => {
    await report(nightly('drifted', 1, 1))
    const { forge } = await forgeOn(double, { token: await double.createToken({ login: 'mona' }) })
    const [issue] = (await double.state()).issues
    await forge.issues.update(1, { title: 'Who did this?', body: `${issue?.body.replaceAll('\n', '\r\n')}\r\nI did.` })
    await forge.issues.comment(1, 'hm')
    expect(await report(nightly('drifted', 2, 2))).toMatchObject({ action: 'updated', number: 1 })
    const [updated] = (await double.state()).issues
    expect(updated?.title).toBe('Who did this?')
    expect(parseBody(updated?.body ?? '')?.history.map((entry) => entry.changes)).toEqual([1, 2])
  })

  it('starts a new history when somebody destroyed the old one', async () => {
    await report(nightly('drifted', 1, 1))
    const { forge } = await forgeOn(double)
    const [issue] = (await double.state()).issues
    await forge.issues.update(1, { body: issue?.body.replace('"runs"', '"runs') ?? '' })
    expect(await report(nightly('drifted', 2, 2))).toMatchObject({ action: 'updated', number: 1 })
    expect(parseBody((await double.state()).issues[0]?.body ?? '')?.history).toHaveLength(1)
  })

  it.each([
    ['wrote above it', (body: string) => `Looking into this. – mona\n\n${body}`, 2],
    ['replaced all of it', () => 'Looking into this. – mona', 1]
  ])('finds its issue by its title after somebody %s', async (_what, edit, runs) => {
    await report(nightly('drifted', 1, 1))
    const { forge } = await forgeOn(double)
    await forge.issues.update(1, { body: edit((await double.state()).issues[0]?.body ?? '') })
    expect(await report(nightly('drifted', 2, 2))).toMatchObject({ action: 'updated', number: 1 })
    expect(parseBody((await double.state()).issues[0]?.body ?? '')?.history).toHaveLength(runs)
    await report(driftReport('drifted', 1, { environment: 'staging' }))
    expect((await double.state()).issues).toHaveLength(2)
  })

  it('does not believe an issue of a stranger that carries its marks and its title', async () => {
    await report(driftReport('drifted', 1))
    const [own] = (await double.state()).issues
    await double.reset()
    const { forge } = await forgeOn(double, { token: await double.createToken({ login: 'eve', stranger: true }) })
    await forge.issues.create({ title: 'Drift in production', body: own?.body ?? '', label: 'gitops-drift' })
    expect(await report(driftReport('drifted', 1))).toMatchObject({ action: 'opened', number: 2 })
    expect((await double.state()).issues[0]).toMatchObject({ state: 'open', body: own?.body })
  })

  it('uses the label that it is given', async () => {
    await report(driftReport('drifted', 1), { label: 'ops/drift: night' })
    await report(driftReport('drifted', 2), { label: 'ops/drift: night' })
    expect((await double.state()).issues).toMatchObject([{ labels: ['ops/drift: night'] }])
  })
})

describe('two runs at once', () => {
  it('end with one open issue, the one with the lowest number', async () => {
    // Both must have looked before either has opened one.
    await double.fault({ kind: 'gather', method: 'GET', route: '/issues', count: 2 })
    const results = await Promise.all([report(nightly('drifted', 1, 1)), report(nightly('drifted', 2, 2))])
    expect(results.map((result) => result.number)).toEqual([1, 1])
    expect(results.map((result) => result.action).sort()).toEqual(['opened', 'updated'])
    const { issues } = await double.state()
    expect(issues.map((issue) => [issue.number, issue.state, issue.stateReason])).toEqual([
      [1, 'open', ''],
      [2, 'closed', 'not_planned']
    ])
    expect(issues[1]?.comments).toEqual(['Duplicate of #1'])
    expect(parseBody(issues[0]?.body ?? '')?.history).toHaveLength(2)
  })

  it('leave no second open issue even when neither saw the other’s: the next run closes it', async () => {
    const { forge } = await forgeOn(double)
    await report(nightly('drifted', 1, 1))
    const body = (await double.state()).issues[0]?.body ?? ''
    for (let at = 0; at < 2; at++)
      await forge.issues.create({ title: 'Drift in production', body, label: 'gitops-drift' })
    expect(await report(nightly('drifted', 1, 2))).toMatchObject({ action: 'updated', number: 1 })
    expect((await double.state()).issues.map((issue) => issue.state)).toEqual(['open', 'closed', 'closed'])
  })

  it('reopen the oldest issue, not a closed duplicate', async () => {
    await double.fault({ kind: 'gather', method: 'GET', route: '/issues', count: 2 })
    await Promise.all([report(nightly('drifted', 1, 1)), report(nightly('drifted', 1, 2))])
    await report(nightly('in-sync', 0, 3))
    expect(await report(nightly('drifted', 1, 4))).toMatchObject({ action: 'reopened', number: 1 })
  })

  it('open one issue when the answer to the first try is lost', async () => {
    await double.fault({ kind: 'reset', after: true, method: 'POST', route: '/issues' })
    expect(await report(driftReport('drifted', 1))).toMatchObject({ action: 'opened', number: 1 })
    expect((await double.state()).issues).toHaveLength(1)
  })
})

describe('the text of the issue', () => {
  const forged = composeBody({ environment: 'other', headline: 'x', findings: 'y', history: [] }, '')

  it('is cut to GitHub’s limit with its history whole and a note where the rest is', async () => {
    const findings = `${'| `shop/web` | replicas | 2 | 3 |\n'.repeat(3000)}`
    await report(driftReport('drifted', 3000), {
      body: findings,
      reportFile: '/home/runner/work/_temp/gitops-report.json'
    })
    const [issue] = (await double.state()).issues
    expect(issue?.body.length).toBeLessThanOrEqual(65_536)
    expect(issue?.body.length).toBeGreaterThan(60_000)
    expect(issue?.body).toContain(
      'The whole report is with [the run](https://github.com/acme/shop/actions/runs/1) (file gitops-report.json)._'
    )
    expect(await report(driftReport('drifted', 3000), { body: findings })).toMatchObject({
      action: 'updated',
      number: 1
    })
  })

  it.each([
    ['marks of another issue', forged],
    ['an HTML comment that is never closed', 'pod <!-- '],
    ['a code block that is never closed', '```diff\n- a'],
    ['folds that are never closed', '<details><summary>x</summary>'],
    ['the marks around findings', '<!-- /gitops-actions:findings -->\n<!-- gitops-actions:findings -->']
  ])('survives findings with %s', async (_what, findings) => {
    await report(driftReport('drifted', 1), { body: findings })
    const [issue] = (await double.state()).issues
    const parsed = parseBody(issue?.body ?? '')
    expect(parsed?.environment).toBe('production')
    expect(parsed?.history).toHaveLength(1)
    // Outside of what we wrote ourselves no comment starts, and what follows the findings is outside of them.
    expect(issue?.body.match(/<!--/g)).toHaveLength(4)
    expect(await report(nightly('in-sync', 0, 2))).toMatchObject({ action: 'closed', number: 1 })
  })

  it.each([
    ['```diff\n- a', '```diff\n- a\n```'],
    ['<details><summary>x</summary>\n\na', '<details><summary>x</summary>\n\na\n\n</details>'],
    ['a\r\n', 'a']
  ])('closes what findings leave open, so that the history is not part of it: %j', (findings, closed) => {
    const text = composeBody({ environment: 'e', headline: 'h', findings, history: [] }, 'cut')
    expect(text).toContain(
      `<!-- gitops-actions:findings -->\n\n${closed}\n\n<!-- /gitops-actions:findings -->\n\n### History`
    )
  })

  it('comes apart as it was put together, whatever the findings', () => {
    const piece = fc.constantFrom(
      '<!-- gitops-actions:drift-issue {"version":1,"environment":"x"} -->',
      '<!-- gitops-actions:history {} -->',
      '-->',
      '<!--',
      '```',
      '\n',
      '@x',
      '\r\n',
      '| a |',
      '😀',
      '<details>'
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.string(), fc.nat(40), (pieces, environment, times) => {
        const history = [
          { at: '2026-01-01T03:00:00Z', status: 'drifted' as const, changes: 1, run: 'https://example.org/--><b>' }
        ]
        const text = composeBody(
          { environment, headline: 'h', findings: pieces.join('').repeat(times * 10), history },
          'cut'
        )
        const parsed = parseBody(text)
        expect(text.length).toBeLessThanOrEqual(65_536)
        expect(parsed?.environment).toBe(environment)
        expect(parsed?.history).toEqual(history)
        expect(text.match(/<!--/g)).toHaveLength(4)
      })
    )
  })

  it('is not taken for one of ours when the mark does not stand at its beginning', () => {
    expect(parseBody(`hello\n${forged}`)).toBeUndefined()
    expect(parseBody(forged.replace('"version":1', '"version":2'))).toBeUndefined()
    expect(parseBody('')).toBeUndefined()
  })
})
