import { mapConcurrent } from '../../concurrency.ts'
import { timeText } from '../../moment.ts'
import { type KubernetesObject, namespaceOf, objectId } from '../../render/manifest.ts'
import type { Actor, Change } from '../plan.ts'
import type { UnhealthyResource } from '../target.ts'
import { type Attentive, attentive } from './attentive.ts'
import { describe } from './describe.ts'
import type { Findings, Pair } from './findings.ts'
import { eventsAbout } from './health/events.ts'
import { findUnhealthy } from './health/index.ts'
import type { Inventory } from './inventory.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { actorOf, managedEntries, managerKind, UNRECORDED } from './ownership/index.ts'
import { isDeadForGood, planRestarts, type WrongContent } from './restart/index.ts'
import type { Unmanaged } from './unmanaged.ts'

export interface DriftOnly {
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
  readonly contents: readonly WrongContent[]
}

/**
 * What applying alone would not touch, in the order of a plan: workloads that do not work, pods that run with content
 * that had drifted, objects that nobody declared. What is deleted gets candidates for who did it. `found` is completed
 * by what healing recreates.
 * @param unmanaged what nobody declared, asked for while all else was compared
 * @param copies the same of what carries our label and is listed anyway, in these namespaces
 */
export async function findDriftOnly(
  options: KubernetesTargetOptions,
  pairs: readonly Pair[],
  found: Findings,
  inventory: Inventory | undefined,
  unmanaged: Promise<Unmanaged> | undefined,
  copies: (namespaces: readonly string[]) => readonly Change[]
): Promise<DriftOnly> {
  await attributeMissing(options, found, pairs, inventory?.record?.time)
  const eyes = attentive(options.cluster)
  const unhealthy = await unhealthyChanges({ cluster: eyes.cluster, policy: options.policy }, pairs, found)
  eyes.refuseLoss()
  const restarts = await planRestarts(options.cluster, found, pairs, {
    deployed: inventory?.record?.time,
    remembered: inventory?.wrongContents
  })
  const undeclared = (await unmanaged) ?? { changes: [], notes: [], namespaces: [] }
  return {
    changes: [...restarts.changes, ...unhealthy, ...undeclared.changes, ...copies(undeclared.namespaces)],
    notes: [...blindness(eyes), ...restarts.notes, ...undeclared.notes],
    contents: restarts.contents
  }
}

/** Which of what tells of crashing pods may not be listed. */
function blindness({ forbidden }: Attentive): string[] {
  const missing = ['pods', 'replicasets.apps'].filter((type) => forbidden.has(type))
  if (missing.length === 0) return []
  return [
    `Whether the pods of all workloads run is not known, because ${missing.join(' and ')} may not be listed. A Role with the verbs get and list on ${missing.join(' and ')} allows it.`
  ]
}

/** A flood of deletions has one cause; events are asked for the first ones only. */
const ASKED_EVENTS = 10
const MOST_CANDIDATES = 3

/**
 * Nothing in the cluster says who deleted an object. What there is: when it was deployed, the last event about it, and
 * which people's tools have written to its namespace since.
 */
async function attributeMissing(
  options: KubernetesTargetOptions,
  found: Findings,
  pairs: readonly Pair[],
  deployed: string | undefined
): Promise<void> {
  const missing = [...found.changes].filter(
    ([, change]) => change.action === 'create' && change.attribution === undefined
  )
  const lives = pairs.map((pair) => pair.live)
  await mapConcurrent(missing, 4, async ([id, change], index) => {
    const { kind, name, namespace } = change.resource
    const events =
      index < ASKED_EVENTS ? await eventsAbout(options.cluster, namespace ?? '', [{ kind, name, uid: '' }], 'all') : []
    const last = events.at(-1)
    const facts = [
      ...(change.reason === undefined ? [] : [change.reason]),
      ...(deployed === undefined ? [] : [`was deployed ${timeText(deployed)}`]),
      ...(last && last.last > 0 ? [`last event ${timeText(last.last)}: ${last.reason}`] : [])
    ]
    found.changes.set(id, {
      ...change,
      ...(facts.length > 0 ? { reason: facts.join('; ') } : {}),
      attribution: { known: false, candidates: activeIn(lives, namespace, deployed) }
    })
  })
}

/** People's tools that wrote to objects of a namespace since a deployment, newest first. */
function activeIn(lives: readonly KubernetesObject[], namespace: string | undefined, since = ''): Actor[] {
  const newest = new Map<string, Actor>()
  for (const live of lives) {
    if (namespaceOf(live) !== namespace) continue
    for (const entry of managedEntries(live)) {
      if (entry.manager === UNRECORDED) continue
      if (managerKind(entry.manager, entry.operation) !== 'person' || (entry.time ?? '') < since) continue
      const known = newest.get(entry.manager)
      if ((known?.time ?? '') < (entry.time ?? '') || !known) newest.set(entry.manager, actorOf(entry))
    }
  }
  return [...newest.values()].sort((a, b) => (b.time ?? '').localeCompare(a.time ?? '')).slice(0, MOST_CANDIDATES)
}

/**
 * Workloads that are degraded although their declaration has not changed. What changes anyway is judged after the
 * change; what has failed for good and nothing starts again is recreated by healing.
 */
async function unhealthyChanges(
  { cluster, policy }: Pick<KubernetesTargetOptions, 'cluster' | 'policy'>,
  pairs: readonly Pair[],
  found: Findings
): Promise<Change[]> {
  const steady = new Map(
    pairs.filter((pair) => !found.changes.has(pair.member.id)).map((pair) => [objectId(pair.live), pair])
  )
  const unhealthy = await findUnhealthy(
    cluster,
    [...steady.values()].map((pair) => pair.live),
    policy.healthChecks ? { checks: policy.healthChecks } : {}
  )
  return unhealthy.flatMap((one): Change[] => {
    const pair = steady.get(one.resource.id)
    const reason = pair ? withoutName(one.message, pair.live) : one.message
    if (pair && isDeadForGood(pair.live)) {
      found.restart(pair, `${reason}; nothing starts it again, so healing recreates it`, evidenceOf(one))
      return []
    }
    return [
      {
        action: 'unhealthy',
        resource: one.resource,
        fields: [],
        reason,
        healable: false,
        ...evidenceOf(one),
        ...(pair ? { source: pair.member.manifest.source } : {})
      }
    ]
  })
}

/** A change names its object itself. */
function withoutName(message: string, object: KubernetesObject): string {
  const name = `${describe(object)}: `
  return message.startsWith(name) ? message.slice(name.length) : message
}

function evidenceOf({ events, logs }: UnhealthyResource): Pick<Change, 'evidence'> {
  return events.length > 0 || logs.length > 0 ? { evidence: { events, logs } } : {}
}
