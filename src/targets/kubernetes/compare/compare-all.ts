import { mapConcurrent } from '../../../concurrency.ts'
import { GitOpsError } from '../../../errors.ts'
import { objectId } from '../../../render/manifest.ts'
import type { Cluster } from '../cluster.ts'
import { typeKey, typesOf } from '../types-of.ts'
import { ask } from './ask.ts'
import type { CompareOptions, Comparison, Pair } from './comparison.ts'
import { IgnoreRules } from './ignore.ts'
import { payloadOf } from './payload.ts'
import { type Doubt, doubt } from './prove.ts'
import { examine, nothing, type Subject, unchanged } from './subject.ts'
import { hidesAdditions, withUnrecorded } from './unrecorded.ts'

const CONCURRENCY = 16

/**
 * What applying would do to each object, in the order of `pairs`. Nothing is written. What is proven unchanged
 * locally costs no request; each of the rest costs a dry-run apply.
 * @throws GitOpsError when an ignore rule cannot be read or the API server cannot be reached
 */
export async function compareAll(
  cluster: Cluster,
  pairs: readonly Pair[],
  options: CompareOptions
): Promise<Comparison[]> {
  const rules = new IgnoreRules(options.ignore)
  const types = await typesOf(
    cluster,
    pairs.map(({ manifest }) => manifest.object)
  )
  const results = new Array<Comparison>(pairs.length)
  const open: { index: number; subject: Subject }[] = []
  const ownerless: { index: number; subject: Subject; proven: Comparison }[] = []
  const doubts = new Map<Doubt, number>()
  for (const [index, pair] of pairs.entries()) {
    const resource = types.get(typeKey(pair.manifest.object))
    if (resource === undefined) {
      results[index] = unknownKind(pair)
      continue
    }
    const subject = examine(pair, resource, rules, options)
    if (subject === undefined) {
      const payload = payloadOf(pair.manifest.object, resource)
      results[index] = { ...nothing(pair, payload), verdict: 'create' }
      continue
    }
    const why = doubt(subject.payload, subject.live, subject.entries)
    if (why === undefined) {
      const proven = unchanged(subject, subject.own, options)
      results[index] = proven
      if (options.purpose === 'drift' && hidesAdditions(subject, options)) ownerless.push({ index, subject, proven })
    } else {
      doubts.set(why, (doubts.get(why) ?? 0) + 1)
      open.push({ index, subject })
    }
  }
  const reasons = [...doubts].map(([why, count]) => `${why}: ${count}`).join(', ')
  options.log.debug(
    `${pairs.length} objects compared, ${open.length} of them by a dry run${reasons === '' ? '' : ` (${reasons})`}`
  )
  await mapConcurrent(open, options.concurrency ?? CONCURRENCY, async ({ index, subject }) => {
    results[index] = await ask(cluster, subject, rules, options)
  })
  await mapConcurrent(ownerless, options.concurrency ?? CONCURRENCY, async ({ index, subject, proven }) => {
    results[index] = await withUnrecorded(cluster, subject, proven, options)
  })
  return results
}

function unknownKind(pair: Pair): Comparison {
  const { object } = pair.manifest
  return {
    ...nothing(pair, object),
    verdict: 'error',
    error: new GitOpsError(`${objectId(object)}: the API server knows no ${object.kind} in ${object.apiVersion}.`, {
      hint: 'Install the CustomResourceDefinition that defines it, or check the spelling of apiVersion and kind.'
    })
  }
}
