import { asString } from '../../json.ts'
import { timeText } from '../../moment.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { candidates, managedEntries, ownEntry } from './ownership/index.ts'

const MOST_SKEW_MS = 300_000

/**
 * That a declared object is not the one that was deployed: somebody deleted it and made another of that name. Nothing
 * of such an object is ours, and it is younger than the deployment. Undefined where that is not so.
 * @param deployed when all of it was deployed last (RFC 3339)
 */
export function remadeText(live: KubernetesObject, deployed: string | undefined): string | undefined {
  const entries = managedEntries(live)
  const made = asString(live.metadata['creationTimestamp']) ?? ''
  // Times of objects are whole seconds. What a deploy made in the same one is ours.
  const since = Math.floor(Date.parse(deployed ?? '') / 1000) * 1000
  // Where nothing at all is recorded, its age alone has to tell, by two clocks.
  const young = Date.parse(made) >= since + (entries.length === 0 ? MOST_SKEW_MS : 0)
  if (ownEntry(entries) || !young) return undefined
  // Who wrote first wrote when it was made, unless the same tool has written again since.
  const maker = entries.find((entry) => entry.subresource === undefined && entry.time === made)
  const names = [...new Set(candidates(entries).map((one) => one.manager))]
  const by = maker ? maker.manager : names.length > 0 ? `somebody (perhaps ${names.join(' or ')})` : 'somebody'
  return `was deleted, and made anew by ${by} (${timeText(made)}), so nothing of it is owned by a deploy any more; healing takes it over`
}
