import { GitOpsError } from '../../errors.ts'
import { type KubernetesObject, objectId } from '../../render/manifest.ts'
import { type Change, type Plan, type Purpose, planDigest } from '../plan.ts'
import type { Cluster } from './cluster.ts'
import { type Comparison, compareAll } from './compare/index.ts'
import { type Declared, type DeclaredSet, declare } from './declared.ts'
import { describe, resourceOf } from './describe.ts'
import { findUnhealthy } from './health/index.ts'
import { applySetId, type Inventory, type InventoryKey, readInventory } from './inventory.ts'
import { readLive } from './live.ts'
import { readNamespaces } from './namespaces.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { preflight } from './preflight.ts'
import { comparisonProblems, preflightProblems, refusal } from './problems.ts'
import { type Prunable, prunable } from './prune.ts'

/** What applying has to send for one declared object. */
export interface Step {
  readonly action: 'create' | 'update' | 'replace' | 'reclaim'
  readonly payload: KubernetesObject
  readonly live?: KubernetesObject
}

/** A plan with all that is needed to execute it. Only the plan itself leaves the target. */
export interface PreparedPlan {
  readonly plan: Plan
  readonly declared: DeclaredSet
  readonly inventory: Inventory | undefined
  /** By object id. */
  readonly steps: ReadonlyMap<string, Step>
  /** Namespaces that members need and nobody declares. */
  readonly namespaces: readonly KubernetesObject[]
  readonly prunable: readonly Prunable[]
}

/** An object that is declared and exists. */
interface Pair {
  readonly member: Declared
  readonly live: KubernetesObject
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
  if (declared.members.length === 0) throw emptySet(options.id)
  const inventory = await readInventory(cluster, key)
  const live = await readLive(cluster, key, declared.members, inventory)
  const namespaces = await readNamespaces(cluster, key.namespace, declared, live)

  const absent = declared.members.filter((member) => !live.members.has(member.id))
  const checked = await preflight(cluster, absent, namespaces.missing)
  const pairs: Pair[] = declared.members.flatMap((member) => {
    const object = live.members.get(member.id)
    return object ? [{ member, live: object }] : []
  })
  for (const one of checked) if (one.result === 'exists') pairs.push({ member: one.declared, live: one.live })
  const comparisons = await compareAll(
    cluster,
    pairs.map((pair) => ({ manifest: pair.member.manifest, live: pair.live })),
    { purpose, ignore: policy.ignore, secretKey, foreignFields: policy.foreignFields, log: options.log }
  )

  const found = new Findings(options, purpose)
  found.problems.push(...namespaces.problems, ...preflightProblems(checked))
  for (const one of checked) if (one.result === 'missing') found.create(one.declared, one.unchecked)
  comparisons.forEach((comparison, index) => {
    const pair = pairs[index]
    if (pair) found.compared(comparison, pair, setId)
  })
  const leftOver = prunable(options, declared, live, inventory)
  if (purpose === 'deploy') found.problems.push(...leftOver.problems)
  if (found.problems.length > 0) throw refusal(options.id, found.problems)

  const changes: Change[] = [
    ...namespaces.create.map((namespace) => neededNamespace(namespace)),
    ...declared.members.flatMap((member) => found.changes.get(member.id) ?? []),
    ...found.foreign,
    ...leftOver.prunable.map((one) => deletion(one, leftOver.problems.length === 0))
  ]
  if (purpose === 'drift') changes.push(...(await unhealthyChanges(cluster, pairs, found.changes)))
  const base = {
    target: options.id,
    kind: 'kubernetes' as const,
    purpose,
    changes,
    unchanged: declared.members.length - found.changes.size,
    notes: [...(inventory?.damage ? [inventory.damage] : []), ...found.notes, ...leftOver.notes, ...leftOver.problems],
    declaredDigest: options.declaredDigest
  }
  return {
    plan: { ...base, digest: planDigest(base) },
    declared,
    inventory,
    steps: found.steps,
    namespaces: namespaces.create,
    prunable: leftOver.problems.length > 0 ? [] : leftOver.prunable
  }
}

/** Collects what was found, object by object: problems all at once, so that one run shows everything there is to correct. */
class Findings {
  readonly problems: string[] = []
  readonly notes: string[] = []
  /** By object id. */
  readonly changes = new Map<string, Change>()
  readonly steps = new Map<string, Step>()
  readonly foreign: Change[] = []
  readonly #options: KubernetesTargetOptions
  readonly #purpose: Purpose

  constructor(options: KubernetesTargetOptions, purpose: Purpose) {
    this.#options = options
    this.#purpose = purpose
  }

  create(member: Declared, unchecked: string | undefined): void {
    const { object, source } = member.manifest
    this.steps.set(member.id, { action: 'create', payload: object })
    this.changes.set(member.id, { action: 'create', resource: resourceOf(object), fields: [], source })
    if (unchecked) this.notes.push(`${describe(object)} could not be checked before writing: ${unchecked}.`)
  }

  compared(comparison: Comparison, pair: Pair, setId: string): void {
    const { policy } = this.#options
    const problems = comparisonProblems(comparison, pair.live, {
      setId,
      deploy: this.#purpose === 'deploy',
      conflicts: policy.fieldConflicts
    })
    this.problems.push(...problems)
    if (problems.length > 0) return
    const id = objectId(pair.live)
    const base = { resource: resourceOf(pair.live), source: comparison.manifest.source }
    const reason = comparison.reason === undefined ? {} : { reason: comparison.reason }
    if (comparison.verdict === 'update' || comparison.verdict === 'replace') {
      this.changes.set(id, { ...base, ...reason, action: comparison.verdict, fields: comparison.fields })
      this.steps.set(id, { action: comparison.verdict, payload: comparison.payload, live: pair.live })
    } else if (comparison.reclaim.length > 0) {
      this.changes.set(id, {
        ...base,
        action: 'reclaim',
        fields: comparison.reclaim,
        reason: 'the values are equal, but others own the fields'
      })
      this.steps.set(id, { action: 'reclaim', payload: comparison.payload, live: pair.live })
    }
    if (this.#purpose === 'drift' && comparison.foreign.length > 0)
      this.foreign.push({
        ...base,
        action: 'remove-foreign',
        fields: comparison.foreign,
        reason: 'fields that somebody added inside our object',
        healable: policy.foreignFields === 'revert'
      })
  }
}

function emptySet(target: string): GitOpsError {
  return new GitOpsError(`Target "${target}" declares no object.`, {
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

/** Workloads that are degraded although their declaration has not changed. What changes anyway is judged after the change. */
async function unhealthyChanges(
  cluster: Cluster,
  pairs: readonly Pair[],
  changes: ReadonlyMap<string, Change>
): Promise<Change[]> {
  const steady = pairs.filter((pair) => !changes.has(pair.member.id))
  const sources = new Map(steady.map((pair) => [pair.member.id, pair.member.manifest.source]))
  const unhealthy = await findUnhealthy(
    cluster,
    steady.map((pair) => pair.live)
  )
  return unhealthy.map((one) => {
    const source = sources.get(one.resource.id)
    return {
      action: 'unhealthy',
      resource: one.resource,
      fields: [],
      reason: one.message,
      healable: false,
      ...(source ? { source } : {})
    }
  })
}
