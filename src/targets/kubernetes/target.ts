import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { GitOpsError, messageOf } from '../../errors.ts'
import { canonicalJson, type Json } from '../../json.ts'
import { timeText } from '../../moment.ts'
import { groupOf, objectId } from '../../render/manifest.ts'
import type { Plan, Purpose } from '../plan.ts'
import type { ChangeResult, DeploymentRecord, HealedPart, Memory, Outcome, Target } from '../target.ts'
import { type AdoptedSet, membersOfSets, partFrom, partingChange, takeMember } from './adopted-sets.ts'
import { type Applied, applyPlan, failureBy, whyLost } from './apply.ts'
import { CancelledError, endingWith, TIME_TO_FINISH, TIME_TO_RECORD } from './cancel.ts'
import { describeApiError } from './client/explain.ts'
import { ApiError } from './cluster.ts'
import { resourceOf } from './describe.ts'
import { ownExtent } from './extent.ts'
import { FINGERPRINT_KEY_LENGTH } from './fingerprint-key.ts'
import {
  applySetId,
  editedPlaces,
  type Inventory,
  type InventoryKey,
  nextRecord,
  parentOf,
  readDeployment,
  readInventory,
  sameDeployment,
  writeInventory,
  writeMemory
} from './inventory.ts'
import { withLease } from './lease.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { partOf, rulesOf, wrongIn } from './part.ts'
import { type PreparedPlan, preparePlan } from './plan.ts'
import { deletePrunable } from './prune-run.ts'
import { contentsToJson, type WrongContent } from './restart/index.ts'

export { readDeployment } from './inventory.ts'
export type { KubernetesTargetOptions, Policy } from './options.ts'

/** A set of Kubernetes objects in one cluster, owned through one inventory. */
export function kubernetesTarget(options: KubernetesTargetOptions): Target {
  return new KubernetesTarget(options)
}

class KubernetesTarget implements Target {
  readonly id: string
  readonly kind = 'kubernetes'
  readonly healsInPart = true
  readonly memory: Memory = {
    read: async () => this.#memory,
    write: (value) => writeMemory(this.#options.cluster, this.#key, value)
  }
  readonly #options: KubernetesTargetOptions
  readonly #key: InventoryKey
  readonly #secretKey: Buffer
  /** What only this target needs to know to execute a plan of its own; a plan from elsewhere cannot be applied. */
  readonly #prepared = new WeakMap<Plan, PreparedPlan>()
  readonly #instance = randomBytes(4).toString('hex')
  /** Later plans read everything anew. */
  #planned = false
  /** Inventory as this instance wrote it last. */
  #inventory: Inventory | undefined
  /** What this instance wrote last of content that pods may still run. */
  #contents: Json | undefined
  /** As the last plan found it: reading it costs no request of its own. */
  #memory: Inventory['memory']

  constructor(options: KubernetesTargetOptions) {
    this.id = options.id
    // Records and the lease come last, so they have the longest time when the run is cancelled.
    this.#options = { ...options, cluster: endingWith(options.cluster, options.signal, TIME_TO_RECORD) }
    this.#key = { environment: options.environment, target: options.id, namespace: options.namespace }
    this.#secretKey = options.secretKey ?? randomBytes(32)
  }

  async plan(purpose: Purpose): Promise<Plan> {
    const prepared = await this.#prepare(purpose)
    this.#prepared.set(prepared.plan, prepared)
    this.#inventory = undefined
    this.#contents = undefined
    this.#memory = prepared.inventory?.memory
    return prepared.plan
  }

  async #prepare(purpose: Purpose, part?: HealedPart): Promise<PreparedPlan> {
    try {
      const { cluster, signal, policy } = this.#options
      const ignore = part ? [...policy.ignore, ...rulesOf(part)] : policy.ignore
      const first = this.#planned ? undefined : this.#options.ahead
      this.#planned = true
      const options = {
        ...this.#options,
        policy: { ...policy, ignore },
        cluster: endingWith(first ?? cluster, signal, 0)
      }
      return await preparePlan(options, this.#secretKey, purpose)
    } catch (error) {
      throw error instanceof ApiError ? describeApiError(error, `Target "${this.id}"`) : error
    }
  }

  async apply(plan: Plan, part?: HealedPart): Promise<Outcome> {
    const prepared = this.#preparedOf(plan)
    const started = this.#now().getTime()
    const deadline = started + this.#options.policy.timeout
    const applied = await failing(() => this.#applyPrepared(prepared, deadline, part))
    return { target: this.id, ...applied, seconds: (this.#now().getTime() - started) / 1000 }
  }

  async #applyPrepared(prepared: PreparedPlan, deadline: number, part: HealedPart | undefined): Promise<Applied> {
    const { plan } = prepared
    const previous = prepared.inventory?.record
    if (plan.purpose === 'drift') {
      await this.#ensureHome(prepared)
      return this.#locked(deadline, async (options) => {
        const current = await this.#currentOf(prepared, part)
        const healed = part ? partOf(current, part) : current
        // Before the first write: a run that is killed once content is put right leaves no other trace of its pods.
        if (!current.isNew) await this.#rememberContents(current, wrongIn(healed))
        const { left = [], ...applied } = await applyPlan(options, healed, { hooks: false, deadline })
        const done = applied.status === 'succeeded' ? await this.#mendInventory(current, part, applied) : applied
        if (!whyLost(options.signal)) await this.#rememberContents(current, left)
        return done
      })
    }
    const settled =
      !prepared.isNew &&
      !isEdited(prepared.inventory) &&
      previous?.status === 'succeeded' &&
      previous.digest === plan.declaredDigest &&
      plan.changes.length === 0
    const run = { hooks: !settled, deadline }
    // A deploy that repeats the last one writes nothing at all; it only makes sure that everything is healthy.
    const isKept =
      previous?.revision === this.#options.source.revision && prepared.inventory?.fingerprintKey !== undefined
    if (settled && isKept) {
      const applied = await applyPlan(this.#options, prepared, run)
      if (applied.status !== 'succeeded') await this.#recordFailure(prepared, previous, deadline)
      return applied
    }
    await this.#ensureHome(prepared)
    return this.#locked(deadline, async (options) => {
      const current = await this.#currentOf(prepared)
      const before = current.inventory?.record
      await this.#record(current, before, 'in-progress', 'widen')
      const written = await failing(() => applyPlan(options, current, run))
      // The inventory is the new holder's by now: what that run has recorded must not be overwritten.
      if (whyLost(options.signal)) return written
      const applied = written.status === 'succeeded' ? await keeping(written, () => this.#takeKept(current)) : written
      try {
        await this.#record(current, before, applied.status === 'succeeded' ? 'succeeded' : 'failed', 'widen')
      } catch (error) {
        // What was done is told all the same; the record still says "in-progress".
        if (applied.status === 'succeeded') return { ...stoppedBy(error), results: applied.results }
        this.#options.log.warning(`How the deploy of ${this.id} ended could not be recorded: ${messageOf(error)}`)
      }
      return applied
    })
  }

  /** Keeps what content pods may still run, so that a later check finds them; nothing where it is known already. */
  async #rememberContents({ inventory }: PreparedPlan, contents: readonly WrongContent[]): Promise<void> {
    const before = this.#contents === undefined ? inventory?.wrongContents : this.#contents
    const after = contents.length > 0 ? contentsToJson(contents) : undefined
    if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return
    try {
      await writeMemory(this.#options.cluster, this.#key, after, 'wrongContents')
      this.#contents = after ?? null
    } catch (error) {
      this.#options.log.warning(
        `Which pods run with content that had drifted cannot be remembered, so those that are not replaced now would not be noticed: ${messageOf(error)}`
      )
    }
  }

  /** Puts the inventory itself back, where that is part of what is healed. What was deployed it says as before. */
  async #mendInventory(prepared: PreparedPlan, part: HealedPart | undefined, applied: Applied): Promise<Applied> {
    const { inventory, declared, kept } = prepared
    if (!inventory) return applied
    const resource = resourceOf(parentOf(inventory))
    const change = prepared.plan.changes.find((one) => one.resource.id === resource.id)
    if (!change || change.healable === false || part?.resources.has(resource.id) === false) return applied
    return keeping(applied, async () => {
      await writeInventory(this.#options.cluster, { ...inventory, ...ownExtent(declared, kept, inventory) })
      applied.results.push({ resource, action: change.action === 'create' ? 'created' : 'updated' })
    })
  }

  /** Members of adopted ApplySets that nobody declares and that stay are this target's from now on, like any it keeps. */
  async #takeKept(prepared: PreparedPlan): Promise<void> {
    const adopted = membersOfSets(prepared.adopted)
    for (const object of prepared.kept)
      if (adopted.has(objectId(object))) await takeMember(this.#options.cluster, object, applySetId(this.#key))
  }

  /** The plan to execute now that the lease is ours: made anew where another run has deployed the same meanwhile. */
  async #currentOf(prepared: PreparedPlan, part?: HealedPart): Promise<PreparedPlan> {
    const repeated = await this.#refuseStale(prepared.inventory?.record)
    // Fields that are left are sent with their live values, which needs another comparison.
    if (!repeated && (part?.except.length ?? 0) === 0) return prepared
    const current = await this.#prepare(prepared.plan.purpose, part)
    this.#prepared.set(prepared.plan, current)
    return current
  }

  async prune(plan: Plan, part?: HealedPart): Promise<Outcome> {
    const all = this.#preparedOf(plan)
    const prepared = part ? partOf(all, part) : all
    const started = this.#now().getTime()
    if (prepared.prunable.length === 0 && prepared.adopted.length === 0 && !this.#inventory)
      return { target: this.id, status: 'succeeded', results: [], seconds: 0 }
    const deadline = started + this.#options.policy.timeout
    const pruned = await failing(() =>
      this.#locked(deadline, async (options) => {
        await this.#refuseStale((this.#inventory ?? prepared.inventory)?.record)
        return this.#prunePrepared(options, prepared, deadline)
      })
    )
    return { target: this.id, ...pruned, seconds: (this.#now().getTime() - started) / 1000 }
  }

  /**
   * A plan is older than the lease under which it is executed. What another run deployed in between is newer than the
   * plan: executing it would take that back, and prune it.
   * @returns whether another run has deployed, but the same
   * @throws GitOpsError when another run has deployed something else
   */
  async #refuseStale(known: DeploymentRecord | undefined): Promise<boolean> {
    const record = (await readInventory(this.#options.cluster, this.#key))?.record
    if (!record || sameDeployment(record, known)) return false
    if (record.digest === this.#options.declaredDigest) return true
    throw new GitOpsError(
      `Target "${this.id}": another run has deployed since the plan was made: ${record.run ?? 'outside GitHub'}, ${timeText(record.time)}.`,
      { hint: 'Nothing more was written. Run again to plan against what is there now.' }
    )
  }

  async #prunePrepared(options: KubernetesTargetOptions, prepared: PreparedPlan, deadline: number): Promise<Applied> {
    const { cluster, signal, policy, log } = options
    const leaving = policy.wait ? { deadline, log, now: () => this.#now() } : undefined
    const deleted = await deletePrunable(cluster, prepared.prunable, applySetId(this.#key), signal, leaving)
    const { results, failed } = deleted
    const status = signal?.aborted ? 'cancelled' : failed > 0 ? 'failed' : 'succeeded'
    if (failed === 0)
      return keeping({ status, results }, async () => {
        if (status !== 'succeeded') return
        for (const set of prepared.adopted) results.push(...(await this.#part(set)))
        // Only when everything is gone may the inventory forget the types and namespaces it was in (KEP-3659: widen, apply, prune, shrink).
        const isGone = !deleted.left && !prepared.hasHidden && (policy.wait || prepared.prunable.length === 0)
        if (prepared.plan.purpose === 'deploy' && this.#inventory && isGone)
          await this.#record(prepared, undefined, 'as-is', 'exact')
      })
    const reason = results.find((one) => one.action === 'failed')?.message ?? ''
    const failure = {
      message: `${failed} objects that are no longer declared could not be deleted: ${reason}`,
      hint: 'They stay in the inventory; the next deploy tries again.',
      resources: []
    }
    return { status, results, failure }
  }

  async #part(set: AdoptedSet): Promise<ChangeResult[]> {
    const change = partingChange(set)
    if (!change) return []
    await partFrom(this.#options.cluster, set)
    this.#options.log.info(`The ApplySet ${set.name} of ${set.tooling} has been taken over.`)
    return [{ resource: change.resource, action: change.action === 'delete' ? 'pruned' : 'updated' }]
  }

  deployed(): Promise<DeploymentRecord | undefined> {
    return readDeployment(this.#options.cluster, this.#key)
  }

  /** A deploy that wrote nothing and found its objects ill says so in the record, unless another run has the last word. */
  async #recordFailure(prepared: PreparedPlan, previous: DeploymentRecord, deadline: number): Promise<void> {
    try {
      await this.#locked(deadline, async () => {
        await this.#refuseStale(previous)
        await this.#record(prepared, previous, 'failed', 'widen')
        return { status: 'failed', results: [] }
      })
    } catch (error) {
      this.#options.log.warning(`That target ${this.id} is not healthy could not be recorded: ${messageOf(error)}`)
    }
  }

  /** The inventory lives in a namespace, which may be declared by this very set: that one object comes before everything. */
  async #ensureHome(prepared: PreparedPlan): Promise<void> {
    const { cluster } = this.#options
    const home = [...prepared.steps.values()].find(
      (step) =>
        step.action === 'create' &&
        step.payload.kind === 'Namespace' &&
        groupOf(step.payload) === '' &&
        step.payload.metadata.name === this.#key.namespace
    )
    if (home) await cluster.apply(home.payload, { force: true })
    else
      for (const namespace of prepared.namespaces)
        if (namespace.metadata.name === this.#key.namespace) await cluster.apply(namespace, { force: true })
  }

  async #record(
    prepared: PreparedPlan,
    previous: DeploymentRecord | undefined,
    status: DeploymentRecord['status'] | 'as-is',
    extent: 'widen' | 'exact'
  ): Promise<void> {
    const { cluster, environment, source, declaredDigest } = this.#options
    const known = ownExtent(prepared.declared, prepared.kept, extent === 'widen' ? prepared.inventory : undefined)
    const record =
      status === 'as-is'
        ? this.#inventory?.record
        : nextRecord(this.#inventory?.record ?? previous, {
            target: this.id,
            environment,
            digest: declaredDigest,
            images: source.images,
            time: this.#now().toISOString(),
            status,
            ...(source.declaration ? { declaration: source.declaration } : {}),
            ...(source.repository ? { repository: source.repository } : {}),
            ...(source.revision ? { revision: source.revision } : {}),
            ...(source.run ? { run: source.run } : {})
          })
    const inventory: Inventory = {
      key: this.#key,
      ...known,
      fingerprintKey:
        this.#inventory?.fingerprintKey ?? prepared.inventory?.fingerprintKey ?? randomBytes(FINGERPRINT_KEY_LENGTH),
      ...(record ? { record } : {})
    }
    await writeInventory(cluster, inventory)
    this.#inventory = inventory
  }

  /** Runs `work` under the target's lease; its signal also stops it when the lease is lost. */
  #locked(deadline: number, work: (options: KubernetesTargetOptions) => Promise<Applied>): Promise<Applied> {
    const { cluster, log, signal, source, onLease } = this.#options
    const lease = {
      cluster,
      key: this.#key,
      // Two jobs of one run are two holders.
      holder: `${source.run ?? hostname()} ${this.#instance}`,
      deadline,
      log,
      now: () => this.#now(),
      ...(onLease ? { onLease } : {}),
      ...(signal ? { signal } : {})
    }
    return withLease(lease, (lost) =>
      work({
        ...this.#options,
        cluster: endingWith(cluster, signal, TIME_TO_FINISH),
        signal: signal ? AbortSignal.any([signal, lost]) : lost
      })
    )
  }

  #preparedOf(plan: Plan): PreparedPlan {
    const prepared = this.#prepared.get(plan)
    if (!prepared) throw new Error(`the plan for ${plan.target} was not made by this target`)
    return prepared
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date()
  }
}

/** Whether somebody else than a deploy wrote what only deploys write: then it is written anew, whatever it says. */
function isEdited(inventory: Inventory | undefined): boolean {
  return inventory?.parent !== undefined && editedPlaces(inventory.parent).length > 0
}

/** What is thrown half way becomes a failed outcome: the run goes on with other targets, and reports. */
async function failing(work: () => Promise<Applied>): Promise<Applied> {
  try {
    return await work()
  } catch (error) {
    return { ...stoppedBy(error), results: [] }
  }
}

/** The same for work that comes after: what was done before stays in the results. */
async function keeping(done: Applied, work: () => Promise<void>): Promise<Applied> {
  try {
    await work()
    return done
  } catch (error) {
    return { ...stoppedBy(error), results: done.results }
  }
}

function stoppedBy(error: unknown): Omit<Applied, 'results'> {
  const status = error instanceof CancelledError ? 'cancelled' : 'failed'
  return { status, failure: failureBy(error, 'The run stopped') }
}
