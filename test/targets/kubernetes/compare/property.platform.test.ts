import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import { usePlatform } from '../../../platform/use.ts'
import { silent } from './play.ts'
import { prepare } from './prepare.ts'
import { scenarios } from './scenario.ts'
import { verify } from './verify.ts'

const platform = usePlatform()

/** Longer runs: `node test/targets/kubernetes/compare/soak.ts`. */
const RUNS = 150
/** A machine that is busy tries fewer of them, instead of running out of time. */
const LONGEST_MS = 60_000

test('agrees with a dry run of every object, whatever Git, people and other tools did to it', async () => {
  const cluster = await connect({ kubeconfig: platform.kubeconfig, log: silent })
  await prepare(cluster)
  const namespace = await platform.createNamespace('compare-property')
  const seed = Number(process.env['COMPARE_SEED'] ?? Date.now() % 2 ** 31)
  console.info(`seed ${seed} (COMPARE_SEED repeats it)`)
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const outcome = await verify(cluster, namespace, scenario)
      seen.add(outcome.proven ? 'proven' : outcome.verdict)
    }),
    { seed, numRuns: RUNS, endOnFailure: true, interruptAfterTimeLimit: LONGEST_MS }
  )
  // A property that only ever sees one outcome shows nothing.
  expect([...seen]).toEqual(expect.arrayContaining(['proven', 'unchanged', 'update']))
})
