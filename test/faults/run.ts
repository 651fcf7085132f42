import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ensure } from '../platform/binaries.ts'
import { startControlPlane } from '../platform/control-plane.ts'
import { startKwok } from '../platform/kwok.ts'
import { createRunFolder } from '../platform/run-folder.ts'
import { playRound, type RoundResult } from './round.ts'

/**
 * `npm run faults [-- --rounds 50] [--seed 1] [--size 300]`: deploys that are disturbed at seeded moments, each followed by a
 * plain re-run. `--rounds 1 --seed N` plays one of them again. Exit code 1 when a round is not good, or too few kills
 * came in the middle of a deploy.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: '300' }
  }
})
const [rounds, firstSeed, size] = [Number(values.rounds), Number(values.seed), Number(values.size)]
if (![rounds, firstSeed, size].every((value) => Number.isSafeInteger(value) && value > 0)) {
  console.error('Usage: npm run faults -- [--rounds 50] [--seed 1] [--size 300]; whole numbers.')
  process.exit(2)
}

/** Problems of one round that are printed. */
const SHOWN = 10
/** Of the kills, at least this share must come between the first and the last write. */
const BETWEEN = 0.8

const run = createRunFolder()
const results: RoundResult[] = []
// Nothing else keeps the process alive while components end.
const alive = setInterval(() => {}, 2 ** 30)
try {
  const bin = await ensure(['kube', 'kwok'])
  const plane = await startControlPlane(bin.kube, run)
  await startKwok(bin.kwok, plane, run)
  for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
    const directory = await mkdtemp(path.join(run.directory, 'round-'))
    const result = await playRound({ seed, size, plane, directory })
    results.push(result)
    console.log(`${result.problems.length === 0 ? 'ok  ' : 'FAIL'} seed ${seed}: ${result.story}`)
    for (const problem of result.problems.slice(0, SHOWN)) console.log(`       ${problem}`)
    await rm(directory, { recursive: true })
  }
  await plane.stop()
} finally {
  await run.close()
  clearInterval(alive)
}
const bad = results.filter((one) => one.problems.length > 0)
const between = results.filter((one) => one.between).length
console.log(
  `\n${results.length - bad.length} of ${results.length} rounds good; ${between} kills in the middle of a deploy.`
)
if (bad.length > 0) console.log(`Again: npm run faults -- --rounds 1 --seed ${bad[0]?.seed} --size ${size}`)
const tooFew = results.length >= 10 && between < BETWEEN * results.length
if (tooFew) console.log(`At least ${BETWEEN * 100} % of the kills must come in the middle.`)
process.exit(bad.length > 0 || tooFew ? 1 : 0)
