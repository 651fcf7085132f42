import { mapConcurrent } from '../../concurrency.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { explainForbidden } from './client/explain.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { type ForeignField, REVERT_MANAGER, redactedError, removalPatch } from './compare/index.ts'
import { refusalOf } from './compare/refusal.ts'
import { describe } from './describe.ts'
import type { Findings } from './findings.ts'
import { patchAsItIs } from './patch.ts'
import { explain } from './problems.ts'

const CONCURRENCY = 8

/**
 * What others added may be there to stay: nothing makes a ConfigMap mutable again, and a policy may ask for a label.
 * What the API server would refuse to have taken away is reported and left, so that it keeps nothing else from being
 * healed.
 */
export async function preflightRemovals(cluster: Cluster, found: Findings): Promise<void> {
  await mapConcurrent([...found.steps], CONCURRENCY, async ([id, { action, live, foreign }]) => {
    if (!live || !foreign || action === 'replace' || action === 'restart') return
    const refused = await refusalsOf(cluster, live, foreign)
    if (refused.size > 0) found.keepForeign(id, refused)
  })
}

/** Why fields cannot be taken away: asked of all at once, and of each only where that was refused. */
async function refusalsOf(
  cluster: Cluster,
  live: KubernetesObject,
  fields: readonly ForeignField[]
): Promise<Map<ForeignField, string>> {
  const why = await refusalToRemove(cluster, live, fields)
  if (why === undefined) return new Map()
  if (fields.length === 1) return new Map(fields.map((field) => [field, why]))
  const refused = new Map<ForeignField, string>()
  for (const field of fields) {
    const own = await refusalToRemove(cluster, live, [field])
    if (own !== undefined) refused.set(field, own)
  }
  const left = fields.filter((field) => !refused.has(field))
  // Each may go, but not all of them; or none is to blame alone.
  const together = left.length > 0 ? await refusalToRemove(cluster, live, left) : undefined
  if (together !== undefined) for (const field of left) refused.set(field, together)
  return refused
}

async function refusalToRemove(
  cluster: Cluster,
  live: KubernetesObject,
  fields: readonly ForeignField[]
): Promise<string | undefined> {
  try {
    await patchAsItIs(cluster, live, (now) => removalPatch(now, fields), { fieldManager: REVERT_MANAGER, dryRun: true })
    return undefined
  } catch (error) {
    // A missing right may be that of a check that never writes; a webhook without dry runs says nothing of the field.
    if (!(error instanceof ApiError)) throw error
    if (explainForbidden(error) !== undefined) return undefined
    const refusal = refusalOf(error)
    if (refusal.type === 'no-dry-run') return undefined
    if (refusal.type === 'immutable') return refusal.reason
    return explain(redactedError(live, error), describe(live))
  }
}
