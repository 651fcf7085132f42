import { mapConcurrent } from '../../concurrency.ts'
import { GitOpsError } from '../../errors.ts'
import { asString, at } from '../../json.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { type Change, type Plan, type Purpose, planDigest } from '../plan.ts'
import { type AdoptedSet, membersOfSets, partingChange, readAdoptedSets } from './adopted-sets.ts'
import { ApiError, type Cluster } from './cluster.ts'
import { type Comparison, compareAll, defaultIgnores, type IgnoreRule } from './compare/index.ts'
import { type DeclaredSet, declare } from './declared.ts'
import { resourceOf } from './describe.ts'
import { findDriftOnly } from './drift-only.ts'
import { otherHomes } from './elsewhere.ts'
import { eventOf } from './event.ts'
import { Findings, type Pair, type Step } from './findings.ts'
import { judgeHandovers, nameOfTarget } from './handover.ts'
import { applySetId, type Inventory, type InventoryKey, parentOf, readInventory } from './inventory.ts'
import { type Live, readLive } from './live.ts'
import { readNamespaces } from './namespaces.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { type Level, orderForApply } from './order/index.ts'
import { PAUSE_FIELDS, pausesOf } from './pause.ts'
import { type Preflight, preflight, preflightHooks } from './preflight.ts'
import { preflightProblems, refusal } from './problems.ts'
import { type Beside, isOurs, type Prunable, prunable } from './prune.ts'
import type { WrongContent } from './restart/index.ts'
import { mended, restore } from './restore.ts'
import { judgeAbsent, judgeExisting } from './schema/brought.ts'
import { Definitions } from './schema/definitions.ts'
import { findUnmanaged } from './unmanaged.ts'

/** A plan with all that is needed to execute it. Only the plan itself leaves the target. */
export interface PreparedPlan {
  readonly plan: Plan
  readonly declared: DeclaredSet
  /** As it is, or as it was restored; undefined for a first deploy. */
  readonly inventory: Inventory | undefined
  /** True when there is no inventory in the cluster: never deployed, or deleted. */
  readonly isNew: boolean
  /** ApplySets of other tools that this plan takes over. */
  readonly adopted: readonly AdoptedSet[]
  /** By object id. */
  readonly steps: ReadonlyMap<string, Step>
  /** ConfigMaps and Secrets whose pods are restarted once they are put right. */
  readonly wrongContents: readonly WrongContent[]
  /** Pods (by object id) that are not evicted for that. */
  readonly spared?: ReadonlySet<string>
  /** The order of applying, hooks included; for drift without hooks. */
  readonly levels: readonly Level[]
  /** Namespaces that members need and nobody declares. */
  readonly namespaces: readonly KubernetesObject[]
  readonly prunable: readonly Prunable[]
  /** Members that are no longer declared and stay all the same: the inventory must not forget where they are. */
  readonly kept: readonly KubernetesObject[]
  /** True when members may be where they cannot be seen at the moment: the inventory forgets nothing then. */
  readonly hasHidden: boolean
}

/**
 * Computes what applying the declared set would do. Nothing is written; every object that is not proven unchanged
 * has been through the API server's validation and admission by a dry run.
 * @throws GitOpsError naming every object that cannot be applied and why
 */
export async function preparePlan(
  options: KubernetesTargetOptions,
  secretKey: Buffer,
  purpose: Purpose
): Promise<PreparedPlan> {
  const { cluster, policy } = options
  const key: InventoryKey = { environment: options.environment, target: options.id, namespace: options.namespace }
  const setId = applySetId(key)
  const declared = await declare(cluster, options.manifests, { namespace: options.namespace, applySetId: setId })
  if (declared.members.length === 0) throw emptySet(options.id, declared.hooks.length)
  // Nothing that is found out in between changes what these ask, so they are asked beside it.
  const autoscaled = begun(autoscalerIgnores(cluster, declared))
  const unmanaged =
    purpose === 'drift' && policy.unmanaged === 'report' ? begun(findUnmanaged(cluster, declared, key)) : undefined
  const inventory = await readInventory(cluster, key)
  const manifests = declared.members.map((member) => member.manifest)
  const live = await readLive(cluster, key, declared.members, inventory, { partial: purpose === 'drift' })
  const restored = inventory ? mended(inventory, live) : await restore(options, key, live)
  const known = restored.inventory
  const adopted = await readAdoptedSets(cluster, purpose === 'deploy' ? (policy.adopt ?? []) : [], key)
  const event = eventOf(known, live, options.declaredDigest)
  const levels = orderForApply(purpose === 'deploy' ? [...manifests, ...declared.hooks] : manifests, {
    event
  })
  const elsewhere = inventory ? [] : await otherHomes(cluster, key, options.source.declaration !== undefined)
  const namespaces = await readNamespaces(cluster, key.namespace, declared, live)

  const absent = declared.members.filter((member) => !live.members.has(member.id) && !live.unseen?.has(member.id))
  const checked = await preflight(cluster, absent, namespaces.missing)
  const hooks = levels.filter((level) => level.phase !== 'main').flatMap((level) => level.manifests)
  const checkedHooks = await preflightHooks(cluster, hooks, namespaces.missing)
  const found = new Findings(options, purpose)
  const pairs: Pair[] = []
  for (const pair of existing(declared, live, checked))
    if (pair.live.metadata['deletionTimestamp'] === undefined) pairs.push(pair)
    else found.leaving(pair)
  const comparisons = await compareAll(
    cluster,
    pairs.map((pair) => ({ manifest: pair.member.manifest, live: pair.live })),
    {
      purpose,
      ignore: [...policy.ignore, ...(purpose === 'drift' ? [PAUSE_FIELDS] : []), ...(await autoscaled)],
      secretKey,
      foreignFields: policy.foreignFields,
      log: options.log
    }
  )

  const handovers = await judgeHandovers(
    options,
    pairs.map((pair) => pair.live),
    setId,
    new Map(adopted.sets.map((set) => [set.id, set.name]))
  )
  const definitions = new Definitions(manifests)
  const changing = changingKinds(definitions, declared, comparisons)
  const absentOnes = judgeAbsent(checked, definitions, changing)
  const hookOnes = judgeAbsent(checkedHooks, definitions, changing)
  const compared = judgeExisting(comparisons, definitions, changing)
  found.notes.push(...compared.notes)
  found.problems.push(
    ...adopted.problems,
    ...namespaces.problems,
    ...(purpose === 'deploy' ? preflightProblems([...absentOnes.judged, ...hookOnes.judged]) : []),
    ...[absentOnes, hookOnes, compared].flatMap((one) => one.problems)
  )
  for (const one of absentOnes.judged) {
    if (one.result === 'missing') found.create(one.declared, one.unchecked)
    else if (one.result === 'refused' && purpose === 'drift') found.cannotCreate(one.declared, preflightProblems([one]))
  }
  compared.judged.forEach((comparison, index) => {
    const pair = pairs[index]
    if (pair) found.compared(comparison, pair, setId, handovers.get(pair.member.id))
  })
  const leftOver = prunable(options, declared, live, known, {
    adopted: membersOfSets(adopted.sets),
    ...(await claimsOn(options, declared, live, adopted.sets)),
    present: new Set(pairs.flatMap((pair) => asString(pair.live.metadata['uid']) ?? []))
  })
  if (purpose === 'deploy') found.problems.push(...leftOver.problems)
  if (found.problems.length > 0) throw refusal(options.id, found.problems)

  const beyond = purpose === 'drift' ? await findDriftOnly(options, pairs, found, known, unmanaged) : undefined
  const pauses =
    purpose === 'drift'
      ? pausesOf([...live.members.values(), ...pairs.map((pair) => pair.live)], options)
      : { held: new Map(), notes: [] }
  const changes: Change[] = [
    ...namespaces.create.map((namespace) => neededNamespace(namespace)),
    ...declared.members.flatMap((member) => found.changes.get(member.id) ?? []),
    ...found.foreign,
    ...leftOver.prunable.map((one) => deletion(one, leftOver.problems.length === 0)),
    ...adopted.sets.flatMap((set) => partingChange(set) ?? []),
    ...(purpose === 'drift' && inventory?.edited !== undefined ? [editedInventory(inventory, inventory.edited)] : []),
    ...(beyond?.changes ?? [])
  ].map((change) => {
    const held = pauses.held.get(change.resource.id)
    return held ? { ...change, held } : change
  })
  const base = {
    target: options.id,
    kind: 'kubernetes' as const,
    purpose,
    changes,
    unchanged: declared.members.length - found.changes.size - (live.unseen?.size ?? 0),
    notes: [
      ...(inventory?.damage ? [inventory.damage] : []),
      ...elsewhere,
      ...(purpose === 'deploy' && event === 'rollback' && declared.hooks.length > 0 ? [ROLLBACK_NOTE] : []),
      ...pauses.notes,
      ...(live.notes ?? []),
      ...restored.notes,
      ...adopted.notes,
      ...found.notes,
      ...(beyond?.notes ?? []),
      ...leftOver.notes,
      ...leftOver.problems
    ],
    declaredDigest: options.declaredDigest
  }
  return {
    plan: { ...base, digest: planDigest(base) },
    declared,
    inventory: known,
    isNew: inventory === undefined,
    adopted: adopted.sets,
    steps: found.steps,
    wrongContents: beyond?.contents ?? [],
    levels,
    namespaces: namespaces.create,
    prunable: leftOver.problems.length > 0 ? [] : leftOver.prunable,
    kept: leftOver.kept,
    hasHidden: (live.away?.length ?? 0) > 0
  }
}

function* existing(declared: DeclaredSet, live: Live, checked: readonly Preflight[]): Generator<Pair> {
  for (const member of declared.members) {
    const object = live.members.get(member.id)
    if (object) yield { member, live: object }
  }
  for (const one of checked) if (one.result === 'exists') yield { member: one.declared, live: one.live }
}

/** Awaited later; until then its failure must not count as unhandled. */
function begun<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

/** Replicas belong to the autoscaler, declared with the set or living beside it. */
async function autoscalerIgnores(cluster: Cluster, declared: DeclaredSet): Promise<IgnoreRule[]> {
  const scaled = declared.members.filter((member) => at(member.manifest.object, 'spec', 'replicas') !== undefined)
  const manifests = declared.members.map((member) => member.manifest)
  if (scaled.length === 0) return []
  const namespaces = [...new Set(scaled.flatMap((member) => member.namespace ?? []))]
  const types = (await cluster.resources()).filter(
    (type) =>
      (type.kind === 'HorizontalPodAutoscaler' && type.group === 'autoscaling' && type.version === 'v2') ||
      (type.kind === 'ScaledObject' && type.group === 'keda.sh')
  )
  const lists = await mapConcurrent(
    types.flatMap((type) => namespaces.map((namespace) => ({ type, namespace }))),
    8,
    async ({ type, namespace }) => {
      try {
        return (await cluster.list(type, { namespace })).items
      } catch (error) {
        // Credentials that may not read autoscalers still know the declared ones.
        if (error instanceof ApiError && error.code === 403) return []
        throw error
      }
    }
  )
  return defaultIgnores(manifests, lists.flat())
}

/** Whether this run creates or changes the definition of an object's kind. */
function changingKinds(
  definitions: Definitions,
  declared: DeclaredSet,
  comparisons: readonly Comparison[]
): (object: KubernetesObject) => boolean {
  const steady = new Set(
    comparisons.filter((one) => one.verdict === 'unchanged').map((one) => one.manifest.object.metadata.name)
  )
  const changed = new Set(
    declared.members
      .map((member) => member.manifest.object)
      .filter((object) => object.kind === 'CustomResourceDefinition' && !steady.has(object.metadata.name))
      .map((object) => object.metadata.name)
  )
  return (object) => changed.has(definitions.nameOf(object) ?? '')
}

/** Which members that are no longer declared here other targets declare: they move. Asked only when there are any. */
async function claimsOn(
  { neighbours }: Pick<KubernetesTargetOptions, 'neighbours'>,
  declared: DeclaredSet,
  live: Live,
  adopted: readonly AdoptedSet[]
): Promise<Pick<Beside, 'claimed' | 'undecided'>> {
  const own = new Set(declared.members.map((member) => member.id))
  const members = [...live.members].filter(([, object]) => isOurs(object)).map(([id]) => id)
  // A set of kubectl may be divided among several targets.
  const open = [...members, ...adopted.flatMap((set) => [...set.members.keys()])].filter((id) => !own.has(id))
  if (!neighbours || open.length === 0) return {}
  const { by, unreadable } = await neighbours.declaring(open)
  const [first] = unreadable
  return {
    claimed: new Map([...by].map(([id, key]) => [id, nameOfTarget(key)])),
    ...(first
      ? { undecided: `it may have moved to ${nameOfTarget(first.key)}, which cannot be rendered (${first.reason})` }
      : {})
  }
}

const ROLLBACK_NOTE =
  'This goes back to what was deployed before, so the hooks of a rollback run (pre-rollback, post-rollback), not those of an upgrade.'

function emptySet(target: string, hooks: number): GitOpsError {
  return new GitOpsError(`Target "${target}" declares no object${hooks > 0 ? ', only hooks' : ''}.`, {
    hint: 'An empty set is never applied, because it would delete everything. To retire a target, remove it on purpose.'
  })
}

function neededNamespace(namespace: KubernetesObject): Change {
  return {
    action: 'create',
    resource: resourceOf(namespace),
    fields: [],
    reason: 'needed by this target and declared nowhere'
  }
}

/** Only a deploy knows what belongs into it, so healing leaves it to the next one. */
function editedInventory(inventory: Inventory, reason: string): Change {
  return { action: 'update', resource: resourceOf(parentOf(inventory)), fields: [], reason, healable: false }
}

function deletion(one: Prunable, allowed: boolean): Change {
  return {
    action: 'delete',
    resource: resourceOf(one.object),
    fields: [],
    reason: 'no longer declared',
    healable: allowed
  }
}
