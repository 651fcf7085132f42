import type { Actor, Attribution, Change } from '../plan.ts'
import type { Context } from './context.ts'
import { recordKey } from './record.ts'
import type { StateStore } from './store/state-store.ts'

/**
 * Drifted changes with who made them, as far as anybody can know: neither kops nor the cloud's state says who. The state
 * store says when its objects were written, and that a kops updated the cloud after our last deploy; both are candidates
 * and no proof. What was changed in the cloud itself is unknown: that stands in the cloud's own audit log.
 */
export async function attributed(context: Context, cluster: string, changes: readonly Change[]): Promise<Change[]> {
  const { store } = context
  if (!store || changes.length === 0) return changes.map((change) => ({ ...change, attribution: UNKNOWN }))
  const update = await lastUpdate(store, cluster)
  return Promise.all(
    changes.map(async (change): Promise<Change> => {
      const key = storedAt(cluster, change)
      const actor = key === undefined ? update : await writer(store, key)
      return { ...change, attribution: actor ? { known: false, candidates: [actor] } : UNKNOWN }
    })
  )
}

const UNKNOWN: Attribution = { known: false, candidates: [] }

/** Where the state store keeps what a change is about; undefined for what lies in the cloud. */
function storedAt(cluster: string, { resource }: Change): string | undefined {
  if (resource.kind === 'Cluster') return `${cluster}/config`
  if (resource.kind === 'InstanceGroup') return `${cluster}/instancegroup/${resource.name}`
  return undefined
}

async function writer(store: StateStore, key: string): Promise<Actor | undefined> {
  const written = await store.written(key).catch(() => undefined)
  return (
    written && {
      manager: `whoever wrote ${key} in the state store${written.owner === undefined ? '' : ` (account ${written.owner})`}`,
      time: written.time
    }
  )
}

/** A `kops update cluster --yes` after what we did last: kops notes its version then. */
async function lastUpdate(store: StateStore, cluster: string): Promise<Actor | undefined> {
  const key = `${cluster}/kops-version.txt`
  const [noted, ours, version] = await Promise.all([
    store.written(key),
    store.written(recordKey(cluster)),
    store.read(key)
  ]).catch(() => [])
  if (!noted || !ours || Date.parse(noted.time) <= Date.parse(ours.time)) return undefined
  return { manager: `kops ${version?.text.trim() ?? ''} update cluster`, time: noted.time }
}
