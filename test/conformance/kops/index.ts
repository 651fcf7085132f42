import { messageOf } from '../../../src/errors.ts'
import { startAws } from '../../platform/aws/index.ts'
import { ensure } from '../../platform/binaries.ts'
import { startKopsAssets } from '../../platform/kops-assets.ts'
import { createRunFolder } from '../../platform/run-folder.ts'
import type { SuiteResult } from '../ordering.ts'
import { checkShape } from './check.ts'
import { readShapes } from './shapes.ts'

/** Shapes that were tried, but have no file: where the plan after applying is not empty on the emulator. */
const LEFT_OUT: SuiteResult['deliberate'] = [
  { name: 'warm-pool', reason: 'left out: on the emulator, WarmPool would still change after applying' },
  { name: 'existing-instance-profiles', reason: 'left out: on the emulator, tags of the profiles would still change' },
  {
    name: 'mixed-instances-spot',
    reason: 'left out: the emulator never finishes applying it (mixed-instances is there)'
  }
]

/**
 * Tries the shapes of kops clusters, one after the other, on the real kops and the AWS emulator: our plan creates what
 * `kops update cluster --target terraform` writes, and after applying it nothing is left to do.
 * @param names only these; none: all
 * @param progress told each result as it comes
 */
export async function kopsConformance(
  names: readonly string[],
  progress: (line: string) => void
): Promise<SuiteResult> {
  const run = createRunFolder()
  const alive = setInterval(() => {}, 2 ** 30)
  try {
    const [{ kops }, aws, assets] = await Promise.all([ensure(['kops']), startAws(run), startKopsAssets()])
    const bench = { aws, kops, env: { ...aws.env, ...assets.env }, folder: run.directory }
    const fail: { name: string; reason: string }[] = []
    let pass = 0
    for (const shape of readShapes().filter((one) => names.length === 0 || names.includes(one.name))) {
      const started = performance.now()
      const { wrong, resources } = await checkShape(shape, bench).catch((error: unknown) => ({
        wrong: messageOf(error),
        resources: 0
      }))
      if (wrong === undefined) pass += 1
      else fail.push({ name: shape.name, reason: wrong })
      const time = ((performance.now() - started) / 1000).toFixed(0)
      progress(`kops/${shape.name}: ${wrong ?? `${resources} resources`} (${time} s)`)
    }
    await assets.close()
    await aws.stop()
    return { suite: 'kops/terraform', pass, deliberate: names.length === 0 ? LEFT_OUT : [], fail }
  } finally {
    await run.close()
    clearInterval(alive)
  }
}
