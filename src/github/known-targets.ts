import { asString, at } from '../json.ts'
import { TARGET_KINDS } from '../targets/plan.ts'
import type { KnownTarget } from '../targets/target.ts'
import type { Forge } from './forge.ts'

/** GitHub gives out so many at once; what was not deployed for that long is not told. */
const LOOK_BACK = 100

/** The targets of an environment that GitHub has Deployments of, each once, as its newest one tells. */
export async function knownTargets(forge: Pick<Forge, 'deployments'>, environment: string): Promise<KnownTarget[]> {
  const known = new Map<string, KnownTarget>()
  for (const { payload } of await forge.deployments.list({ environment }, LOOK_BACK)) {
    const [target, declaration] = ['target', 'declaration'].map((key) => asString(at(payload, key)))
    const kind = TARGET_KINDS.find((one) => one === at(payload, 'kind'))
    if (at(payload, 'version') !== 1 || target === undefined || known.has(target)) continue
    known.set(target, {
      target,
      ...(kind === undefined ? {} : { kind }),
      ...(declaration === undefined ? {} : { declaration })
    })
  }
  return [...known.values()]
}
