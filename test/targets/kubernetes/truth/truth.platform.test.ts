import { expect, test } from 'vitest'
import { usePlatform } from '../../../platform/use.ts'
import { allCases } from './mutations.ts'
import { seeded, shuffled } from './random.ts'
import { judge } from './world.ts'

const platform = usePlatform()

/** All of them: `npm test -- --config vitest.long.config.ts test/targets/kubernetes/truth`. */
const SHARE = Number(process.env['TRUTH_CASES'] ?? 60)

test('every change that somebody makes is found, nothing else is, and healing leaves nothing', {
  timeout: 240_000
}, async () => {
  const seed = Number(process.env['TRUTH_SEED'] ?? Date.now() % 2 ** 31)
  console.info(`seed ${seed} (TRUTH_SEED repeats it)`)
  const random = seeded(seed)
  const only = process.env['TRUTH_ONLY']
  const cases = only
    ? allCases().filter((one) => new RegExp(only).test(one.name))
    : shuffled(allCases(), random).slice(0, SHARE)
  const { wrong } = await judge(platform, cases, random)
  expect(wrong).toEqual([])
})
