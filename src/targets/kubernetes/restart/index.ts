import { mapConcurrent } from '../../../concurrency.ts'
import { asString, at, type Json } from '../../../json.ts'
import { timeText } from '../../../moment.ts'
import { type KubernetesObject, namespaceOf, objectId } from '../../../render/manifest.ts'
import type { Change } from '../../plan.ts'
import type { ChangeResult, Failure } from '../../target.ts'
import { ApiError, type Cluster } from '../cluster.ts'
import { resourceOf } from '../describe.ts'
import type { Findings, Pair } from '../findings.ts'
import type { KubernetesTargetOptions } from '../options.ts'
import { evictPods } from './evict.ts'
import { controllerUid, whyKept } from './owner.ts'
import { putRightAt, readContents } from './remembered.ts'
import { startedWith, type WrongContent, wrongContents } from './stale.ts'

export { contentsToJson } from './remembered.ts'
export type { WrongContent } from './stale.ts'

export interface Restarts {
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
  /** What the pods are found by once more when the content is put right: others may have started meanwhile. */
  readonly contents: readonly WrongContent[]
}

/** What is known of what was deployed, and of pods that an earlier healing left with wrong content. */
export interface Before {
  /** When all of it was deployed (RFC 3339). */
  readonly deployed?: string | undefined
  /** As `contentsToJson` wrote it. */
  readonly remembered?: Json | undefined
}

/**
 * Pods that started while a ConfigMap or Secret that healing puts right was wrong, and those that an earlier healing
 * left that way. Those of controllers are evicted; pods that this target declares itself are recreated, for which
 * `found` gets a step.
 */
export async function planRestarts(
  cluster: Cluster,
  found: Findings,
  pairs: readonly Pair[],
  { deployed, remembered }: Before = {}
): Promise<Restarts> {
  const foreign = Map.groupBy(found.foreign, (change) => change.resource.id)
  const changesOf = (id: string) => [
    ...[found.changes.get(id)].filter((change) => change !== undefined),
    ...(foreign.get(id) ?? [])
  ]
  const wrong = wrongContents(found.steps, changesOf, deployed)
  const lives = new Map(remembered === undefined ? [] : pairs.map((pair) => [pair.member.id, pair.live]))
  // What is missing by now was there when its pods started with what was wrong.
  if (remembered !== undefined)
    for (const [id, { action, payload }] of found.steps) if (action === 'create') lives.set(id, payload)
  const contents = [...readContents(remembered, lives).map((one) => ended(one, wrong, lives.get(one.id))), ...wrong]
  const changes: Change[] = []
  const notes: string[] = []
  const members = new Map(pairs.map((pair) => [objectId(pair.live), pair]))
  for (const { pod, wrong } of await podsWith(cluster, contents, notes)) {
    const reason = wrong.map(reasonOf).join('; ')
    const follows = wrong.map(({ id, paths }) => ({ resource: id, paths }))
    const base = { action: 'restart' as const, resource: resourceOf(pod), fields: [], reason, follows }
    const member = members.get(objectId(pod))
    if (controllerUid(pod) !== undefined) {
      const kept = await whyKept(cluster, pod)
      changes.push(kept === undefined ? base : { ...base, reason: `${reason}; ${kept}`, healable: false })
    } else if (member) found.restart(member, reason, { follows })
    else if (at(pod, 'metadata', 'annotations', 'kubernetes.io/config.mirror') === undefined)
      changes.push({
        ...base,
        reason: `${reason}; nothing would make it again, so it is left alone`,
        healable: false
      })
  }
  return { changes, notes, contents }
}

/** Content that an earlier healing was about to put right, with when that came to pass; open where it did not. */
function ended(
  content: WrongContent,
  wrongNow: readonly WrongContent[],
  live: KubernetesObject | undefined
): WrongContent {
  if (content.until !== undefined) return content
  const until = putRightAt(live, content)
  const isWrong = wrongNow.some((one) => one.id === content.id)
  // Still wrong, the last apply of ours may be the very one since when it is.
  return until === undefined || (isWrong && content.guessed) ? content : { ...content, until }
}

/** Content that is put right by now, or that was before: what it is to be found by from now on. */
export async function contentsPutRight(
  { cluster, now }: Pick<KubernetesTargetOptions, 'cluster' | 'now'>,
  contents: readonly WrongContent[],
  done: readonly ChangeResult[]
): Promise<WrongContent[]> {
  const healed = new Set(done.filter((one) => PUT_RIGHT.has(one.action)).map((one) => one.resource.id))
  return mapConcurrent(
    contents.filter((content) => content.until !== undefined || healed.has(content.id)),
    8,
    async (content) => {
      if (content.until !== undefined) return content
      const { kind, name, namespace } = content
      const live = await cluster.get({ apiVersion: 'v1', kind, name, namespace })
      const time = (now?.() ?? new Date()).getTime()
      return { ...content, until: Math.min(time, putRightAt(live, content) ?? time) }
    }
  )
}

/**
 * Evicts every pod of a controller that started with wrong content, of those ConfigMaps and Secrets that have been put
 * right (`contents`); not the `spared` ones (object ids). Pods of the plan that are gone by then, or have started
 * again, are done as well. `left` is the content that pods run on with all the same.
 */
export async function restartPods(
  options: KubernetesTargetOptions,
  { plan, contents }: { readonly plan: readonly Change[]; readonly contents: readonly WrongContent[] },
  done: readonly ChangeResult[],
  deadline: number,
  spared: ReadonlySet<string> = new Set()
): Promise<{ results: ChangeResult[]; left: WrongContent[]; failure?: Failure }> {
  const notes: string[] = []
  const found = await podsWith(options.cluster, contents, notes)
  for (const note of notes) options.log.warning(note)
  const pods = found
    .map(({ pod }) => pod)
    .filter((pod) => controllerUid(pod) !== undefined && !spared.has(objectId(pod)))
  const ids = new Set(contents.map((content) => content.id))
  const gone = notes.length > 0 ? [] : goneOf(plan, ids, new Set([...spared, ...idsOf(done), ...pods.map(objectId)]))
  if (pods.length > 0)
    options.log.info(
      `Replacing ${pods.length === 1 ? 'a pod' : `${pods.length} pods`} that had started with content that had drifted; those of one workload one after another`
    )
  const evicted = await evictPods(options, pods, deadline)
  const restarted = new Set(evicted.results.filter((one) => one.action === 'restarted').map((one) => one.resource.id))
  const wanted = new Set(plan.filter((one) => one.action === 'restart' && one.healable !== false).map(idOf))
  const remain = found.filter(({ pod }) => {
    const id = objectId(pod)
    return !restarted.has(id) && (controllerUid(pod) !== undefined || wanted.has(id))
  })
  const left = contents.flatMap((content): WrongContent[] => {
    const uids = remain.flatMap(({ pod, wrong }) => (wrong.includes(content) ? String(pod.metadata['uid']) : []))
    // Where pods cannot be listed, nobody knows which.
    return notes.length > 0 ? [content] : uids.length > 0 ? [{ ...content, pods: new Set(uids) }] : []
  })
  return { ...evicted, left, results: [...gone, ...evicted.results] }
}

function idOf({ resource }: Change): string {
  return resource.id
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
    const wrong = contents.filter((one) => one.namespace === namespace && startedWith(pod, one))
    return wrong.length > 0 ? [{ pod, wrong }] : []
  })
}

function reasonOf(content: WrongContent): string {
  const { kind, name, since, until, missing, guessed } = content
  const whole = `${kind} ${name}`
  const later = until === undefined ? '' : `, and still runs: ${whole} was put right before ${timeText(until)}`
  if (missing)
    return `started after ${timeText(since)}, perhaps while ${whole} was missing, which it can do without${later}`
  if (guessed && since > 0)
    return `started with content of ${whole} that was wrong, perhaps: it became so at some time after ${timeText(since)}, when it was deployed${later}`
  const when = since > 0 ? ` since ${timeText(since)}` : ''
  return `started with content of ${whole} that was wrong${when}${later}`
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
