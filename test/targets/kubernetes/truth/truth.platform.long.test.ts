import { expect, test } from 'vitest'
import { usePlatform } from '../../../platform/use.ts'
import { allCases } from './mutations.ts'
import { seeded, shuffled } from './random.ts'
import { judge } from './world.ts'

const platform = usePlatform()

/** Objects of one drift check: many, so that a check is cheap; not all, so that a namespace bears it. */
const BATCH = 150

test('every case of every kind, in random order', { timeout: 1_800_000 }, async () => {
  const seed = Number(process.env['TRUTH_SEED'] ?? Date.now() % 2 ** 31)
  console.info(`seed ${seed} (TRUTH_SEED repeats it)`)
  const random = seeded(seed)
  const cases = shuffled(allCases(), random)
  const wrong: string[] = []
  const pairs = new Set<string>()
  let mutated = 0
  for (let start = 0; start < cases.length; start += BATCH) {
    const outcome = await judge(platform, cases.slice(start, start + BATCH), random)
    wrong.push(...outcome.wrong)
    for (const pair of outcome.pairs) pairs.add(pair)
    mutated += outcome.mutated
    console.info(`${mutated} of ${cases.length} mutations, ${outcome.wrong.length} judged wrongly`)
  }
  console.info(`${mutated} mutations, ${pairs.size} pairs of mutation and kind`)
  expect(mutated).toBeGreaterThanOrEqual(500)
  expect(wrong).toEqual([])
})
