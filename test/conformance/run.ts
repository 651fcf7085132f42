import { existsSync } from 'node:fs'
import path from 'node:path'
import { conflictConformance } from './conflicts.ts'
import { diffConformance } from './diff.ts'
import { healthConformance } from './health.ts'
import { kopsConformance } from './kops/index.ts'
import { orderingConformance, type SuiteResult } from './ordering.ts'
import { readinessConformance } from './readiness.ts'

/**
 * `npm run conformance [-- FOLDER]`, `npm run conformance -- kops [SHAPE …]`: runs cases from the test suites of peers (Argo CD, kstatus, kapp, cli-utils,
 * kluctl, Helm), which lie beside the repository, and prints per suite how many agree, how many differ on purpose and
 * why, and which fail; then shapes of kops clusters (kops/shapes/), which take about 15 s each. Exit code 1 when one fails or the cases cannot be found.
 */
const [first, ...shapes] = process.argv.slice(2)
const onlyKops = first === 'kops'
const folder = path.resolve(
  (onlyKops ? undefined : first) ?? path.join(import.meta.dirname, '../../../shared/conformance')
)
if (!onlyKops && !existsSync(folder)) {
  console.error(`The cases cannot be found: there is no ${folder}.\nGive their folder: npm run conformance -- FOLDER`)
  process.exit(1)
}

const peers = () => [
  ...healthConformance(folder),
  ...readinessConformance(folder),
  ...orderingConformance(folder),
  ...diffConformance(folder),
  ...conflictConformance(folder)
]
const suites: readonly SuiteResult[] = [
  ...(onlyKops ? [] : peers()),
  await kopsConformance(onlyKops ? shapes : [], console.log)
]
const width = Math.max(...suites.map((suite) => suite.suite.length))
console.log(`${'suite'.padEnd(width)}  agree  deliberate  fail`)
for (const { suite, pass, deliberate, fail } of suites)
  console.log(
    `${suite.padEnd(width)}  ${String(pass).padStart(5)}  ${String(deliberate.length).padStart(10)}  ${String(fail.length).padStart(4)}`
  )
for (const { suite, deliberate, fail } of suites) {
  for (const { name, reason } of deliberate) console.log(`\n${suite}: ${name} differs on purpose: ${reason}`)
  for (const { name, reason } of fail) console.log(`\n${suite}: ${name} FAILS: ${reason}`)
}
for (const suite of suites)
  if ('notes' in suite && Array.isArray(suite.notes))
    for (const note of suite.notes) console.log(`\n${suite.suite}: ${note}`)
process.exitCode = suites.some((suite) => suite.fail.length > 0) ? 1 : 0
