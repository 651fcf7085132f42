import type { SuiteResult } from './ordering.ts'

/** One line per suite. What differs in a score has a column of its own only where there is such a suite. */
export function table(suites: readonly SuiteResult[]): string[] {
  const width = Math.max(...suites.map((suite) => suite.suite.length))
  const isScored = suites.some((suite) => suite.differs !== undefined)
  const row = (name: string, ...cells: string[]) => [name.padEnd(width), ...cells].join('  ').trimEnd()
  return [
    row('suite', 'agree', 'deliberate', ...(isScored ? ['differ'] : []), 'fail'),
    ...suites.map(({ suite, pass, deliberate, differs, fail }) =>
      row(
        suite,
        String(pass).padStart(5),
        String(deliberate.length).padStart(10),
        ...(isScored ? [String(differs?.length ?? '').padStart(6)] : []),
        String(fail.length).padStart(4)
      )
    )
  ]
}

/** Every case that does not agree, with what it says and why; then the figures. */
export function listed(suites: readonly SuiteResult[]): string[] {
  const cases = suites.flatMap(({ suite, deliberate, differs, fail }) => [
    ...deliberate.map(({ name, reason }) => `\n${suite}: ${name} differs on purpose: ${reason}`),
    ...(differs ?? []).map(
      ({ name, reason }) => `\n${suite}: ${name} differs, which counts against the score: ${reason}`
    ),
    ...fail.map(({ name, reason }) => `\n${suite}: ${name} FAILS: ${reason}`)
  ])
  return [...cases, ...suites.flatMap(({ suite, notes }) => (notes ?? []).map((note) => `\n${suite}: ${note}`))]
}
