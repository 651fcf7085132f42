import { existsSync } from 'node:fs'
import path from 'node:path'
import { messageOf } from '../../src/errors.ts'
import { conflictConformance } from './conflicts.ts'
import { diffConformance } from './diff.ts'
import { healthConformance } from './health.ts'
import { kopsConformance } from './kops/index.ts'
import { orderingConformance, type SuiteResult } from './ordering.ts'
import { readinessConformance } from './readiness.ts'
import { listed, table } from './results.ts'

/**
 * `npm run conformance [-- FOLDER]`: runs cases from the test suites of peers (Argo CD, kstatus, kapp, cli-utils, kluctl,
 * Helm) and prints per suite how many agree, how many differ on purpose and why, and which fail. They lie beside the
 * repository, or in FOLDER, or where CONFORMANCE_CASES says; any number of cases of the same format. Then, where no
 * folder is given, shapes of kops clusters (kops/shapes/), which take about 15 s each; those alone:
 * `npm run conformance -- kops [SHAPE …]`. Exit code 1 when one fails or there are no cases.
 */
const FILES = [
  'health/argo-builtin.yaml',
  'health/kstatus.yaml',
  'health/argo-customizations.yaml',
  'readiness/helm.yaml',
  'ordering/depends-on.yaml',
  'ordering/kapp-rules.yaml',
  'ordering/cf-for-k8s.yml',
  'diff/argo-server-side.yaml',
  'conflicts/kluctl.yaml'
]

const [first, ...shapes] = process.argv.slice(2)
const suites: SuiteResult[] = []
const given = first || process.env['CONFORMANCE_CASES']
if (first !== 'kops') suites.push(...peers(given))
if (first === 'kops' || !given) suites.push(await kops(shapes))
process.exitCode = suites.some((suite) => suite.fail.length > 0) ? 1 : 0

/** Their results are printed at once: they take a second, and the clusters minutes. */
function peers(where: string | undefined): SuiteResult[] {
  const folder = path.resolve(where || path.join(import.meta.dirname, '../../../shared/conformance'))
  const missing = FILES.filter((file) => !existsSync(path.join(folder, file)))
  if (missing.length === FILES.length) {
    const what = existsSync(folder) ? `${folder} has none of ${FILES.join(', ')}` : `there is no ${folder}`
    console.error(
      `The cases cannot be found: ${what}.\nGive their folder: npm run conformance -- FOLDER, or CONFORMANCE_CASES=FOLDER`
    )
    process.exit(1)
  }
  const results = [
    ...healthConformance(folder),
    ...readinessConformance(folder),
    ...orderingConformance(folder),
    ...diffConformance(folder),
    ...conflictConformance(folder)
  ]
  if (missing.length > 0) console.log(`Not in ${folder}, so not run: ${missing.join(', ')}\n`)
  print(results)
  return results
}

async function kops(names: readonly string[]): Promise<SuiteResult> {
  const suite = 'kops/terraform'
  const result = await kopsConformance(names, console.log).catch((error: unknown) => ({
    suite,
    pass: 0,
    deliberate: [],
    fail: [{ name: 'all shapes', reason: `they could not be run: ${messageOf(error)}` }]
  }))
  print([result])
  return result
}

function print(results: readonly SuiteResult[]): void {
  for (const line of [...table(results), ...listed(results)]) console.log(line)
}
