import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { asList, asNumber, at, type Json, parseJson } from '../src/json.ts'

import { watchLifeline } from './lifeline.ts'
import { main } from './main.ts'

const repository = path.dirname(import.meta.dirname)

/** Options of vitest that choose single tests by name: the others then count as skipped. */
const NAME_FILTERS = ['-t', '--testNamePattern', '--test-name-pattern']

await main(import.meta.filename, async () => {
  const args = process.argv.slice(2)
  const directory = mkdtempSync(path.join(tmpdir(), 'gitops-actions-test-'))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  const file = path.join(directory, 'result.json')
  const code = await vitest([...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const result = readResult(file)
  const selected = args.some((arg) => NAME_FILTERS.includes(arg.split('=')[0] ?? ''))
  const complaint = complaintOf(result, { code, selected })
  if (complaint !== undefined) {
    process.stderr.write(`\n${complaint}\n`)
    process.exitCode = code === 0 ? 1 : code
  }
  // The last line, for .ci/run and whoever reads only the end.
  console.log(`\n${result.passed} passed, ${result.failed} failed`)
})

export interface Result {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Runs vitest on this repository. Signals that reach us go to it: its teardown stops the platform. */
function vitest(args: readonly string[]): Promise<number> {
  const program = path.join(repository, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [program, 'run', '--root', repository, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal) // Ctrl-C reaches it without us
    })
  watchLifeline(() => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 128))
  })
}

/** Test counts from vitest's JSON report. A file that failed to load or set up counts as one failed test. */
export function readResult(file: string): Result {
  let report: Json
  try {
    report = parseJson(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 } // it did not get as far as a report
  }
  const broken = (asList(at(report, 'testResults')) ?? []).filter((suite) => {
    const tests = asList(at(suite, 'assertionResults')) ?? []
    return at(suite, 'status') === 'failed' && !tests.some((test) => at(test, 'status') === 'failed')
  })
  return {
    passed: asNumber(at(report, 'numPassedTests')) ?? 0,
    failed: (asNumber(at(report, 'numFailedTests')) ?? 0) + broken.length,
    skipped: (asNumber(at(report, 'numPendingTests')) ?? 0) + (asNumber(at(report, 'numTodoTests')) ?? 0)
  }
}

/** Why this run does not count as passed, although perhaps no single test failed. */
export function complaintOf(result: Result, run: { code: number; selected: boolean }): string | undefined {
  if (run.code !== 0 && result.failed === 0) return 'Vitest failed outside of the tests (see above).'
  if (run.code !== 0 || result.failed > 0) return 'Some tests failed (see above).'
  if (result.passed === 0) return 'No test ran: nothing matches the arguments.'
  if (result.skipped > 0 && !run.selected) return `${result.skipped} tests were skipped: tests here are never skipped.`
  return undefined
}
