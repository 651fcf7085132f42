import { mapConcurrent } from '../../../concurrency.ts'
import { asString, at } from '../../../json.ts'
import { timeText } from '../../../moment.ts'
import { type KubernetesObject, namespaceOf, objectId } from '../../../render/manifest.ts'
import type { Change } from '../../plan.ts'
import type { ChangeResult, Failure } from '../../target.ts'
import { ApiError, type Cluster } from '../cluster.ts'
import { resourceOf } from '../describe.ts'
import type { Findings, Pair } from '../findings.ts'
import type { KubernetesTargetOptions } from '../options.ts'
import { evictPods } from './evict.ts'
import { controllerUid } from './owner.ts'
import { startedWith, type WrongContent, wrongContents } from './stale.ts'

export type { WrongContent } from './stale.ts'

export interface Restarts {
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
  /** What the pods are found by once more when the content is put right: others may have started meanwhile. */
  readonly contents: readonly WrongContent[]
}

/**
 * Pods that started while a ConfigMap or Secret that healing puts right was wrong. Those of controllers are evicted;
 * pods that this target declares itself are recreated, for which `found` gets a step.
 * @param deployed when all of it was deployed (RFC 3339), as far as that is known
 */
export async function planRestarts(
  cluster: Cluster,
  found: Findings,
  pairs: readonly Pair[],
  deployed?: string
): Promise<Restarts> {
  const changesOf = (id: string) => [
    ...[found.changes.get(id)].filter((change) => change !== undefined),
    ...found.foreign.filter((change) => change.resource.id === id)
  ]
  const contents = wrongContents(found.steps, changesOf, deployed)
  const changes: Change[] = []
  const notes: string[] = []
  const members = new Map(pairs.map((pair) => [objectId(pair.live), pair]))
  for (const { pod, wrong } of await podsWith(cluster, contents, Number.POSITIVE_INFINITY, notes)) {
    const reason = wrong.map(reasonOf).join('; ')
    const follows = wrong.map(({ id, paths }) => ({ resource: id, paths }))
    const base = { resource: resourceOf(pod), fields: [], reason, follows }
    const member = members.get(objectId(pod))
    if (controllerUid(pod) !== undefined) changes.push({ ...base, action: 'restart' })
    else if (member) found.restart(member, reason, { follows })
    else if (at(pod, 'metadata', 'annotations', 'kubernetes.io/config.mirror') === undefined)
      changes.push({
        ...base,
        action: 'restart',
        reason: `${reason}; nothing would make it again, so it is left alone`,
        healable: false
      })
  }
  return { changes, notes, contents }
}

/**
 * Evicts every pod of a controller that started with wrong content until now, of those ConfigMaps and Secrets that
 * have been put right; not the `spared` ones (object ids). Pods of the plan that are gone by then, or have started
 * again, are done as well.
 */
export async function restartPods(
  options: KubernetesTargetOptions,
  { plan, contents }: { readonly plan: readonly Change[]; readonly contents: readonly WrongContent[] },
  done: readonly ChangeResult[],
  deadline: number,
  spared: ReadonlySet<string> = new Set()
): Promise<{ results: ChangeResult[]; failure?: Failure }> {
  const healed = new Set(done.filter((one) => PUT_RIGHT.has(one.action)).map((one) => one.resource.id))
  const until = (options.now?.() ?? new Date()).getTime()
  const notes: string[] = []
  const found = await podsWith(
    options.cluster,
    contents.filter((content) => healed.has(content.id)),
    until,
    notes
  )
  for (const note of notes) options.log.warning(note)
  const pods = found
    .map(({ pod }) => pod)
    .filter((pod) => controllerUid(pod) !== undefined && !spared.has(objectId(pod)))
  const gone = notes.length > 0 ? [] : goneOf(plan, healed, new Set([...spared, ...idsOf(done), ...pods.map(objectId)]))
  if (pods.length > 0)
    options.log.info(
      `Replacing ${pods.length === 1 ? 'a pod' : `${pods.length} pods`} that had started with content that had drifted; those of one workload one after another`
    )
  const evicted = await evictPods(options, pods, deadline)
  return { ...evicted, results: [...gone, ...evicted.results] }
}

function idsOf(results: readonly ChangeResult[]): string[] {
  return results.map((one) => one.resource.id)
}

/** Pods that the plan restarts and that run no longer as the plan saw them: a rollout was faster, or somebody. */
function goneOf(plan: readonly Change[], healed: ReadonlySet<string>, known: ReadonlySet<string>): ChangeResult[] {
  return plan
    .filter(
      ({ action, resource, healable, follows }) =>
        action === 'restart' &&
        healable !== false &&
        !known.has(resource.id) &&
        (follows ?? []).some((one) => healed.has(one.resource))
    )
    .map(({ resource }) => ({ resource, action: 'restarted', message: 'not evicted: it was replaced already' }))
}

const PUT_RIGHT: ReadonlySet<string> = new Set(['created', 'updated', 'replaced'])

/** Each pod once, with all content that concerns it. */
async function podsWith(
  cluster: Cluster,
  contents: readonly WrongContent[],
  until: number,
  notes: string[]
): Promise<{ pod: KubernetesObject; wrong: WrongContent[] }[]> {
  const resource = contents.length > 0 ? await cluster.resourceFor('v1', 'Pod') : undefined
  if (!resource) return []
  const namespaces = [...new Set(contents.map((content) => content.namespace))]
  const lists = await mapConcurrent(namespaces, 8, async (namespace) => {
    try {
      return (await cluster.list(resource, { namespace })).items
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 403) throw error
      notes.push(
        `Pods in namespace ${namespace} may not be listed, so those that started with drifted content are not known. Allow the service account to list pods there.`
      )
      return []
    }
  })
  return lists.flat().flatMap((pod) => {
    const namespace = namespaceOf(pod)
    const wrong = contents.filter((one) => one.namespace === namespace && startedWith(pod, one, until))
    return wrong.length > 0 ? [{ pod, wrong }] : []
  })
}

function reasonOf({ kind, name, since, missing, guessed }: WrongContent): string {
  if (missing)
    return `started after ${timeText(since)}, perhaps while ${kind} ${name} was missing, which it can do without`
  if (guessed && since > 0)
    return `started with content of ${kind} ${name} that was wrong, perhaps: it became so at some time after ${timeText(since)}, when it was deployed`
  const when = since > 0 ? ` since ${timeText(since)}` : ''
  return `started with content of ${kind} ${name} that was wrong${when}`
}

/** True for what has failed for good and that nothing starts again: a bare pod, a Job that has used up its retries. */
export function isDeadForGood(object: KubernetesObject): boolean {
  if (object.apiVersion === 'v1' && object.kind === 'Pod')
    return controllerUid(object) === undefined && at(object, 'status', 'phase') === 'Failed'
  if (object.kind !== 'Job' || !object.apiVersion.startsWith('batch/') || controllerUid(object) !== undefined)
    return false
  const conditions = at(object, 'status', 'conditions')
  return (
    Array.isArray(conditions) &&
    conditions.some((one) => asString(at(one, 'type')) === 'Failed' && asString(at(one, 'status')) === 'True')
  )
}
