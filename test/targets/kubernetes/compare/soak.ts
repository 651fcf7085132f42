/**
 * Plays many random scenarios against an API server, seed by seed, and stops at the first where a comparison and a
 * dry run disagree. `npm run platform -- --kubeconfig-out FILE` gives a kubeconfig.
 *
 *     node test/targets/kubernetes/compare/soak.ts --kubeconfig FILE [--seed 1] [--seeds 20] [--runs 500]
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { connect } from '../../../../src/targets/kubernetes/client/index.ts'
import { silent } from './play.ts'
import { prepare } from './prepare.ts'
import { scenarios } from './scenario.ts'
import { verify } from './verify.ts'

const { values } = parseArgs({
  options: {
    kubeconfig: { type: 'string' },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '20' },
    runs: { type: 'string', default: '500' }
  }
})
const cluster = await connect({ kubeconfig: values.kubeconfig, log: silent })
await prepare(cluster)
const namespace = `compare-soak-${process.pid}`
await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, { force: true })
try {
  for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.seeds); seed++) {
    const outcomes = new Map<string, number>()
    const start = Date.now()
    const result = await fc.check(
      fc.asyncProperty(scenarios, async (scenario) => {
        const { verdict, proven, reclaim, adoption } = await verify(cluster, namespace, scenario)
        const name = [verdict, proven && 'proven', reclaim && 'reclaim', adoption && 'adoption']
          .filter(Boolean)
          .join('+')
        outcomes.set(name, (outcomes.get(name) ?? 0) + 1)
      }),
      { seed, numRuns: Number(values.runs), endOnFailure: true }
    )
    const counts = [...outcomes].map(([name, count]) => `${name} ${count}`).join(', ')
    console.info(
      `seed ${seed}: ${result.failed ? 'FAILED' : 'ok'} in ${Math.round((Date.now() - start) / 1000)} s: ${counts}`
    )
    if (result.failed) {
      console.error(JSON.stringify(result.counterexample), result.errorInstance)
      process.exitCode = 1
      break
    }
  }
} finally {
  await cluster.delete({ apiVersion: 'v1', kind: 'Namespace', name: namespace })
}
