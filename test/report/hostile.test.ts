import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { log } from '../../src/action/log.ts'
import { reportDriftIssue } from '../../src/github/drift-issue.ts'
import type { Issue, IssueOperations } from '../../src/github/forge.ts'
import { driftAnnotations } from '../../src/report/annotations.ts'
import type { RunReport, TargetReport } from '../../src/report/report.ts'
import { renderDriftIssue, renderSummary } from '../../src/report/summary.ts'
import { reportLines } from '../../src/report/text.ts'
import { GITHUB_BODY_LIMIT, STEP_SUMMARY_LIMIT } from '../../src/report/truncate.ts'
import type { Change } from '../../src/targets/plan.ts'
import { planOf, reportOf } from './reports.ts'

/** Whatever somebody who may write to a cluster could put there to be heard, to hide something or to break the text. */
const EVIL =
  '😀 @acme/team #1 GH-1 `x` | <details> <!-- ::error::boom ##[error]x \u202e \u0000 [a](http://evil) </details> :x: \n::error::two\n```\n# h\n- [ ] y'
const TARGETS = ['web', 'api', 'jobs']

const changes = (count: number, fields: number): Change[] =>
  Array.from({ length: count }, (_, index) => ({
    action: index % 3 === 0 ? 'remove-foreign' : 'update',
    resource: { id: `ConfigMap/${EVIL}${index}`, kind: 'ConfigMap', name: `${EVIL}${index}`, namespace: EVIL },
    reason: EVIL,
    ...(index % 3 === 0 ? { healable: false } : {}),
    ...(index % 7 === 0
      ? {
          held: {
            by: 'fight' as const,
            reason: `${EVIL}${index}`,
            proposal: `ignore:\n  - ${JSON.stringify(EVIL + index)}`
          }
        }
      : {}),
    source: { file: `${EVIL}.yaml`, line: 3 },
    evidence: { events: [EVIL], logs: [EVIL] },
    fields: Array.from({ length: fields }, (__, field) => ({
      path: `data.${EVIL}[${field}]`,
      before: { type: 'value', value: EVIL.repeat(field % 10 === 0 ? 20 : 1) },
      after: { type: 'value', value: field % 2 === 0 ? EVIL : { a: EVIL } },
      attribution:
        field % 2 === 0 ? { known: true, manager: EVIL, time: EVIL } : { known: false, candidates: [{ manager: EVIL }] }
    }))
  }))

const target = (id: string, found: readonly Change[]): TargetReport => ({
  id,
  kind: 'kubernetes',
  status: 'drifted',
  seconds: 1,
  plan: { ...planOf([], { purpose: 'drift', notes: [EVIL, EVIL.repeat(200)] }), changes: found },
  outcomes: [],
  error: { message: EVIL.repeat(200), hint: EVIL, details: Array.from({ length: 500 }, () => EVIL) }
})

/** 1,000 objects with 100 fields each, in the first of several targets. */
let flood: RunReport
beforeAll(() => {
  const [first = '', ...others] = TARGETS
  const targets = [target(first, changes(1000, 100)), ...others.map((id) => target(id, changes(3, 2)))]
  flood = reportOf('drift', 'drifted', targets)
})
afterEach(() => void vi.restoreAllMocks())

/** The text without what has no meaning where it stands: code blocks, code, the titles of folds, addresses of links. */
function prose(text: string): string {
  return text
    .replace(/^(`{3,})[^`\n]*\n[\s\S]*?^\1$/gm, 'block')
    .replace(/(?<![`\\])(`+)(?!`).*?[^`]\1(?!`)/g, 'code')
    .replace(/(<summary>).*?(<\/summary>)/g, '$1$2')
    .replace(/\]\(https:\/\/github\.com\/[^)\s]*\)/g, '](url)')
}

/** Nothing reorders or ends what stands there. */
function expectVisible(text: string): void {
  for (const character of ['\u202e', '\u0000']) expect(text.includes(character)).toBe(false)
}

function expectHarmless(text: string): void {
  const words = prose(text)
  expect(words).not.toMatch(/@acme/)
  expect(words).not.toMatch(/#1\b|GH-1\b/)
  expect(words).not.toMatch(/[^\\]\]\(http:\/\/evil/)
  expectVisible(words)
  expect(words).not.toMatch(/^(?:::error|# h|- \[ \])/m)
  expect(words.match(/<details/g)?.length ?? 0).toBe(words.match(/<\/details>/g)?.length ?? 0)
  expect(text.isWellFormed()).toBe(true)
  const rows = words.split('\n').filter((line) => line.startsWith('| changed') || line.startsWith('| with fields'))
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(7)
}

async function issueBody(report: RunReport): Promise<string> {
  const bodies: string[] = []
  const issue: Issue = {
    number: 1,
    url: 'https://github.com/acme/shop/issues/1',
    title: '',
    body: '',
    state: 'open',
    trusted: true
  }
  const issues: IssueOperations = {
    list: async () => [],
    create: async ({ body }) => {
      bodies.push(body)
      return { ...issue, body }
    },
    update: async (_number, { body }) => {
      if (body !== undefined) bodies.push(body)
    },
    comment: async () => {},
    ensureLabel: async () => {}
  }
  await reportDriftIssue({ issues }, report, { body: renderDriftIssue(report), log, reportFile: '/tmp/drift.json' })
  return bodies.at(-1) ?? ''
}

describe('a flood of hostile text', () => {
  test('fits into an issue with every target in it, and means nothing', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const text = await issueBody(flood)
    expect(text.length).toBeLessThanOrEqual(GITHUB_BODY_LIMIT)
    for (const id of TARGETS) expect(text).toContain(`\n### \`${id}\`\n`)
    expect(text).toContain('JSON report')
    expect(text).toMatch(/### History\n\n`█` Drift was found for the first time\./)
    expect(text.match(/<!--/g)).toHaveLength(4)
    expectHarmless(text)
  })

  test('fits into a step summary, which counts bytes, with every target in it, and means nothing', () => {
    const text = renderSummary([flood])
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(STEP_SUMMARY_LIMIT)
    expect(Buffer.byteLength(text)).toBeGreaterThan(STEP_SUMMARY_LIMIT / 2)
    for (const id of TARGETS) expect(text).toContain(`\n### \`${id}\`\n`)
    expectHarmless(text)
  })

  test('of one target leaves the others whole in the summary', () => {
    const text = renderSummary([flood])
    expect(text.slice(text.indexOf('### `jobs`'))).toMatch(/y2`/)
  })

  test('is ten annotations at most, none longer than anybody reads', () => {
    const annotations = driftAnnotations([flood])
    expect(annotations.length).toBeLessThanOrEqual(10)
    for (const { message } of annotations) {
      expect(message.length).toBeLessThanOrEqual(1000)
      expectVisible(message)
    }
  })

  test('gives the runner no command in the log, and leaves the log readable', () => {
    const written: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0)
    const small = reportOf('drift', 'drifted', [target('web', changes(5, 30))])
    for (const line of reportLines(small)) log.info(line)
    const lines = written.join('').split('\n')
    expect(lines.filter((line) => /^\s*::/.test(line) || line.includes('##['))).toEqual([])
    expect(lines.filter((line) => line.includes('… 10 more fields, see the report file'))).toHaveLength(5)
    for (const { message, place } of driftAnnotations([small])) log.warning(message, place)
    const commands = written
      .join('')
      .split('\n')
      .filter((line) => line.startsWith('::'))
    expect(commands.every((line) => line.startsWith('::warning'))).toBe(true)
  })

  test.each([
    ['errors of many targets', '$<@|'.repeat(500)],
    ['emoji at the place of the cut', '😀'.repeat(1000)]
  ])('in %s keeps the text of the issue within its limit', async (_what, message) => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    const lost = Array.from(
      { length: 60 },
      (_, index): TargetReport => ({
        id: `t${index}`,
        kind: 'kubernetes',
        status: 'error',
        seconds: 0,
        outcomes: [],
        error: { message }
      })
    )
    const drifted = await issueBody(reportOf('drift', 'error', [...lost, target('web', changes(10, 5))]))
    expect(drifted.length).toBeLessThanOrEqual(GITHUB_BODY_LIMIT)
    expect(drifted.isWellFormed()).toBe(true)
    expect(drifted).toContain('\n### `web`\n')
  })
})

test('one object with thousands of changed fields says how many are not shown, and hides no other object', () => {
  const [huge] = changes(1, 5000)
  const [other] = changes(3, 1).slice(2)
  const found = [{ ...(huge as Change), resource: { id: 'a', kind: 'ConfigMap', name: 'huge' } }, other as Change]
  const text = renderDriftIssue(reportOf('drift', 'drifted', [target('web', found)]))
  expect(text).toMatch(/\*… and \d+ more fields\*/)
  expect(text).toMatch(/y2`/)
})
