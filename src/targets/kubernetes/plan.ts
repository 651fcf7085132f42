import { GitOpsError } from '../../errors.ts'
import { asString } from '../../json.ts'
import type { KubernetesObject } from '../../render/manifest.ts'
import { type Change, type Plan, type Purpose, planDigest } from '../plan.ts'
import { type AdoptedSet, membersOfSets, partingChange, readAdoptedSets } from './adopted-sets.ts'
import { liveAutoscalers } from './autoscaled.ts'
import { type Comparison, compareAll, defaultIgnores } from './compare/index.ts'
import { type DeclaredSet, declare } from './declared.ts'
import { resourceOf } from './describe.ts'
import { findDriftOnly } from './drift-only.ts'
import { otherHomes } from './elsewhere.ts'
import { eventOf } from './event.ts'
import { ownExtent } from './extent.ts'
import { Findings, type Pair, type Step } from './findings.ts'
import { forgiveDefaults } from './forgive.ts'
import { judgeHandovers, nameOfTarget } from './handover.ts'
import { applySetId, type Inventory, type InventoryKey, readInventory } from './inventory.ts'
import { holdForRecord, inventoryChange } from './inventory-drift.ts'
import { type Live, readLive } from './live.ts'
import { namespaceProblems, readNamespaces } from './namespaces.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { type Level, orderForApply } from './order/index.ts'
import { PAUSE_FIELDS, pausesOf } from './pause.ts'
import { type Preflight, preflight, preflightHooks, preflightReplacements, unaskedGates } from './preflight.ts'
import { mayReplace, preflightProblems, refusal } from './problems.ts'
import { type Beside, isOurs, type Prunable, prunable } from './prune.ts'
import { preflightRemovals } from './removals.ts'
import type { WrongContent } from './restart/index.ts'
import { mended, restore } from './restore.ts'
import { judgeAbsent, judgeExisting } from './schema/brought.ts'
import { Definitions } from './schema/definitions.ts'
import { findUnmanaged, undeclaredCopies } from './unmanaged.ts'

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
 * Fingerprints of every drift check are those of the last one. Those of a deploy or a preview are of one run: whoever may
 * propose a change could else have a dictionary made of values, for reports of all times.
 */
function fingerprintKeyFor(purpose: Purpose, inventory: Inventory | undefined): Buffer | undefined {
  return purpose === 'drift' ? inventory?.fingerprintKey : undefined
}

/**
 * Computes what applying the declared set would do. Nothing is written; every object that is not proven unchanged
 * has been through the API server's validation and admission by a dry run.
 * @param secretKey for the fingerprints of Secret values, where the target has no key of its own
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
  const declared = await declare(cluster, options.manifests, {
    namespace: options.namespace,
    applySetId: setId,
    tolerant: purpose === 'drift'
  })
  if (declared.members.length + declared.unknown.length === 0) throw emptySet(options.id, declared.hooks.length)
  // Nothing that is found out in between changes what these ask, so they are asked beside it.
  const autoscaled = begun(liveAutoscalers(cluster, declared))
  const unmanaged =
    purpose === 'drift' && policy.unmanaged === 'report' ? begun(findUnmanaged(options, declared, key)) : undefined
  const inventory = await readInventory(cluster, key)
  const manifests = declared.members.map((member) => member.manifest)
  const reading = readLive(cluster, key, declared.members, inventory, { partial: purpose === 'drift' })
  const looking = begun(readNamespaces(cluster, key.namespace, declared, reading))
  const live = await reading
  const restored = inventory ? mended(inventory, live) : await restore(options, key, live)
  const known = restored.inventory
  const adopted = await readAdoptedSets(cluster, purpose === 'deploy' ? (policy.adopt ?? []) : [], key)
  const event = eventOf(known, live, options.declaredDigest)
  const levels = purpose === 'deploy' ? orderForApply([...manifests, ...declared.hooks], { event }) : []
  const elsewhere = inventory ? [] : await otherHomes(cluster, key, options.source.declaration !== undefined)
  const namespaces = await looking

  const absent = declared.members.filter((member) => !live.members.has(member.id) && !live.unseen?.has(member.id))
  const checked = await preflight(cluster, absent, namespaces.missing)
  const hooks = levels.filter((level) => level.phase !== 'main').flatMap((level) => level.manifests)
  const checkedHooks = await preflightHooks(cluster, hooks, absent, namespaces.missing)
  const found = new Findings(options, purpose, known?.record?.time)
  for (const { declared: member, problem } of declared.unknown) found.cannotCreate(member, [problem])
  const pairs: Pair[] = []
  for (const pair of existing(declared, live, checked))
    if (pair.live.metadata['deletionTimestamp'] === undefined) pairs.push(pair)
    else found.leaving(pair)
  const leftOver = prunable(options, declared, live, known, {
    adopted: membersOfSets(adopted.sets),
    ...(await claimsOn(options, declared, live, adopted.sets)),
    present: new Set(pairs.flatMap((pair) => asString(pair.live.metadata['uid']) ?? []))
  })
  const pruned = leftOver.problems.length > 0 ? [] : leftOver.prunable
  // Replicas belong to the autoscaler, declared with the set or living beside it; not to one that goes with this plan.
  const leaving = new Set(pruned.map((one) => one.uid))
  const autoscalers = (await autoscaled).filter((one) => !leaving.has(String(one.metadata['uid'])))
  const scaled = defaultIgnores(manifests, autoscalers)
  for (const { kind = '', name = '', namespace } of scaled)
    options.log.debug(
      `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}: spec.replicas belongs to an autoscaler and is no drift (rule: autoscaler)`
    )
  const asCompared = await compareAll(
    cluster,
    pairs.map((pair) => ({ manifest: pair.member.manifest, live: pair.live })),
    {
      purpose,
      ignore: [...policy.ignore, ...(purpose === 'drift' ? [PAUSE_FIELDS] : []), ...scaled],
      secretKey: fingerprintKeyFor(purpose, inventory) ?? secretKey,
      foreignFields: policy.foreignFields,
      log: options.log
    }
  )
  const comparisons = await preflightReplacements(cluster, asCompared, ({ manifest }) =>
    mayReplace(manifest.object, policy.replace ?? [])
  )

  const handovers = await judgeHandovers(
    options,
    pairs.map((pair) => pair.live),
    setId,
    new Map(adopted.sets.map((set) => [set.id, set.name]))
  )
  const definitions = new Definitions(manifests)
  const changing = changingKinds(definitions, declared, comparisons)
  const judged = [...[...checked, ...checkedHooks].map((one) => one.declared), ...comparisons]
  await definitions.prepare(judged.map((one) => one.manifest.object).filter(changing))
  const absentOnes = judgeAbsent(checked, definitions, changing)
  const hookOnes = judgeAbsent(checkedHooks, definitions, changing)
  const compared = judgeExisting(comparisons, definitions, changing)
  found.notes.push(...compared.notes)
  found.problems.push(
    ...adopted.problems,
    // A check of the other namespaces goes on; without its own one there is nothing to lock and to remember in.
    ...[...namespaces.leaving].flatMap(([name, why]) => (purpose === 'deploy' || name === key.namespace ? [why] : [])),
    ...(purpose === 'deploy' ? await namespaceProblems(cluster, namespaces.create) : []),
    ...(purpose === 'deploy' ? preflightProblems([...absentOnes.judged, ...hookOnes.judged]) : []),
    ...[absentOnes, hookOnes, compared].flatMap((one) => one.problems)
  )
  for (const one of absentOnes.judged) {
    if (one.result === 'missing') found.create(one.declared, one.unchecked)
    else if (one.result === 'refused' && purpose === 'drift') found.cannotCreate(one.declared, preflightProblems([one]))
  }
  for (const one of hookOnes.judged) if (one.result === 'missing') found.unchecked(one.declared, one.unchecked)
  compared.judged.forEach((comparison, index) => {
    const pair = pairs[index]
    if (pair) found.compared(comparison, pair, setId, handovers.get(pair.member.id))
  })
  if (purpose === 'deploy') found.notes.push(...unaskedGates(found.steps.values()))
  if (purpose === 'deploy') found.problems.push(...leftOver.problems)
  if (found.problems.length > 0) throw refusal(options.id, found.problems)

  found.leaveIn(namespaces.leaving)
  if (purpose === 'drift') {
    await forgiveDefaults(cluster, found)
    await preflightRemovals(cluster, found)
  }
  const copies = (namespaces: readonly string[]) => undeclaredCopies(live.members.values(), declared, key, namespaces)
  const beyond = purpose === 'drift' ? await findDriftOnly(options, pairs, found, known, unmanaged, copies) : undefined
  const pauses =
    purpose === 'drift'
      ? pausesOf([...live.members.values(), ...pairs.map((pair) => pair.live)], options)
      : { held: new Map(), notes: [] }
  const own =
    purpose === 'drift'
      ? inventoryChange(known, { isNew: inventory === undefined, extent: ownExtent(declared, leftOver.kept, known) })
      : undefined
  const uncertain = purpose === 'drift' && inventory ? holdForRecord(inventory) : undefined
  const members = [...declared.members, ...declared.unknown.map((one) => one.declared)]
  const changes: Change[] = [
    ...(own ? [own] : []),
    ...namespaces.create.map((namespace) => neededNamespace(namespace)),
    ...members.flatMap((member) => found.changes.get(member.id) ?? []),
    ...found.foreign,
    ...leftOver.prunable.map((one) => deletion(one, leftOver.problems.length === 0)),
    ...adopted.sets.flatMap((set) => partingChange(set) ?? []),
    ...(beyond?.changes ?? [])
  ].map((change) => {
    const held = pauses.held.get(change.resource.id) ?? uncertain
    return held && change.healable !== false ? { ...change, held } : change
  })
  const touched = new Set(changes.map((change) => change.resource.id))
  const base = {
    target: options.id,
    kind: 'kubernetes' as const,
    purpose,
    changes,
    unchanged: members.filter(({ id }) => !touched.has(id)).length - (live.unseen?.size ?? 0),
    ...(live.unseen && live.unseen.size > 0 ? { unchecked: live.unseen.size } : {}),
    notes: [
      ...(inventory?.damage ? [inventory.damage] : []),
      ...(uncertain ? [`Nothing is healed: ${uncertain.reason}.`] : []),
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
    // What is in sync needs no order.
    levels: purpose === 'drift' && found.steps.size > 0 ? orderForApply(manifests, { event }) : levels,
    namespaces: namespaces.create,
    prunable: pruned,
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

function deletion(one: Prunable, allowed: boolean): Change {
  return {
    action: 'delete',
    resource: resourceOf(one.object),
    fields: [],
    reason: 'no longer declared',
    healable: allowed
  }
}
