import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { complaintOf, readResult } from '../../scripts/test.ts'

describe('the count at the end of npm test', () => {
  it('comes from the report', () => {
    const report = { numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1, testResults: [] }
    expect(read(JSON.stringify(report))).toEqual({ passed: 7, failed: 2, skipped: 2 })
  })

  it('counts a file that could not be loaded as a failed test', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] }
    ]
    expect(read(JSON.stringify({ numPassedTests: 1, numFailedTests: 1, testResults })).failed).toBe(2)
  })

  it('is one failure when there is no report', () => {
    expect(read('{"numPas')).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(readResult('/nonexistent/result.json').failed).toBe(1)
  })
})

describe('a test run does not count as passed', () => {
  const passed = { passed: 3, failed: 0, skipped: 0 }
  it.each([
    ['when no test ran', { ...passed, passed: 0 }, { code: 0, selected: false }, 'No test ran'],
    ['when tests were skipped', { ...passed, skipped: 1 }, { code: 0, selected: false }, 'never skipped'],
    ['when a test failed', { ...passed, failed: 1 }, { code: 1, selected: false }, 'Some tests failed'],
    ['when vitest itself failed', passed, { code: 1, selected: false }, 'outside of the tests']
  ])('%s', (_title, result, run, complaint) => {
    expect(complaintOf(result, run)).toContain(complaint)
  })

  it('but it does when only some were selected by name', () => {
    expect(complaintOf({ ...passed, skipped: 9 }, { code: 0, selected: true })).toBeUndefined()
    expect(complaintOf(passed, { code: 0, selected: false })).toBeUndefined()
  })
})

function read(text: string) {
  const directory = mkdtempSync(path.join(tmpdir(), 'gitops-actions-result-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const file = path.join(directory, 'result.json')
  writeFileSync(file, text)
  return readResult(file)
}
