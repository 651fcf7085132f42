import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { GitOpsError, messageOf } from '../../errors.ts'
import { asString } from '../../json.ts'
import { timeText } from '../../moment.ts'
import { type Change, type Plan, planDigest } from '../plan.ts'
import type { DeploymentRecord, Outcome, Target } from '../target.ts'
import { hasOwner } from './declared.ts'
import { resourceOf } from './describe.ts'
import { nameOfTarget } from './handover.ts'
import { applySetId, type InventoryKey, inventoryName, parentOf, readInventory, sameDeployment } from './inventory.ts'
import { withLease } from './lease.ts'
import { type Live, readLive } from './live.ts'
import type { KubernetesTargetOptions } from './options.ts'
import { isOurs, type Prunable, prunable } from './prune.ts'
import { deletePrunable } from './prune-run.ts'

export interface RetiredTargetOptions
  extends Pick<KubernetesTargetOptions, 'cluster' | 'source' | 'neighbours' | 'log' | 'now' | 'signal' | 'onLease'> {
  readonly key: InventoryKey
  /** How it is called in plans and reports: its name, or `environment/name` for one of another environment. */
  readonly id: string
  /** The target is declared, but with another namespace by now. */
  readonly moved?: boolean
  /** What becomes of its objects. */
  readonly objects: 'keep' | 'delete'
  /** The most objects that may be deleted; more keeps all of them. */
  readonly maxPrune: number
}

/** Milliseconds for waiting for another run of the same target, and then for what is deleted to be gone. */
const PATIENCE = 60_000
/** So many names are shown; the rest is counted. */
const SHOWN = 20

/**
 * A target that was deployed and that nobody declares any more. Its plan says what is left of it: what stays, what
 * moves to other targets, and, where the policy says so, what is deleted. Applying it writes nothing; pruning deletes,
 * under all the guards of pruning, and then the inventory. As long as anything is left, the inventory stays.
 */
export function retiredTarget(options: RetiredTargetOptions): Target {
  return new RetiredTarget(options)
}

interface Prepared {
  readonly deleting: readonly Prunable[]
  /** What was deployed last when the plan was made. */
  readonly record: DeploymentRecord | undefined
}

class RetiredTarget implements Target {
  readonly id: string
  readonly kind = 'kubernetes'
  readonly #options: RetiredTargetOptions
  readonly #prepared = new WeakMap<Plan, Prepared>()

  constructor(options: RetiredTargetOptions) {
    this.id = options.id
    this.#options = options
  }

  async plan(): Promise<Plan> {
    const { key, objects, cluster, source, neighbours, maxPrune } = this.#options
    const inventory = await readInventory(cluster, key)
    const live: Live = inventory ? await readLive(cluster, key, [], inventory) : { members: new Map() }
    const ids = [...live.members].filter(([, object]) => isOurs(object)).map(([id]) => id)
    const claims = await neighbours?.declaring(ids)
    const [unreadable] = claims?.unreadable ?? []
    const found = prunable(
      { id: this.id, policy: POLICY(maxPrune), source },
      { members: [], hooks: [], unknown: [] },
      live,
      inventory,
      {
        claimed: new Map([...(claims?.by ?? [])].map(([id, by]) => [id, nameOfTarget(by)])),
        ...(unreadable
          ? { undecided: `it may have moved to ${nameOfTarget(unreadable.key)}, which cannot be rendered` }
          : {})
      }
    )
    const { problems } = found
    const deleting = objects === 'delete' && problems.length === 0 ? found.prunable : []
    const changes: Change[] = deleting.map((one) => ({
      action: 'delete',
      resource: resourceOf(one.object),
      fields: [],
      reason: 'its target is no longer declared'
    }))
    // What has got an owner goes with that; it needs no inventory.
    const holding = [...found.kept.filter((object) => !hasOwner(object)), ...(live.away ?? [])]
    if (inventory && objects === 'delete' && problems.length === 0 && holding.length === 0)
      changes.push({
        action: 'delete',
        resource: resourceOf(parentOf(inventory)),
        fields: [],
        reason: 'the inventory of a target that is no longer declared and has nothing left'
      })
    const base = {
      target: this.id,
      kind: 'kubernetes' as const,
      purpose: 'deploy' as const,
      changes,
      unchanged: live.members.size - deleting.length,
      notes: [
        this.#summary(found.prunable, deleting.length > 0, problems.length > 0),
        ...(live.notes ?? []),
        ...found.notes,
        ...problems.map((problem) => `Nothing of it is deleted: ${problem}`)
      ],
      declaredDigest: 'sha256:retired'
    }
    const plan = { ...base, digest: planDigest(base) }
    this.#prepared.set(plan, { deleting, record: inventory?.record })
    return plan
  }

  #summary(found: readonly Prunable[], deletes: boolean, refused: boolean): string {
    const { key, objects, moved } = this.#options
    const names = found.map((one) => resourceOf(one.object).id)
    const shown = `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ''}`
    const where = moved ? ` with the namespace ${key.namespace}` : ''
    const what = `Target "${key.target}" of ${key.environment} is no longer declared${where}`
    if (names.length === 0) return `${what}, and nothing of it is left that could be deleted.`
    const [its, are, stay] =
      names.length === 1 ? ['one object', 'is', 'stays'] : [`${names.length} objects`, 'are', 'stay']
    if (deletes) return `${what}: its ${its} ${are} deleted (retire: {objects: delete}).`
    if (objects === 'delete' && refused)
      return `${what}: its ${its} ${names.length === 1 ? 'was' : 'were'} to be deleted: ${shown}.`
    return `${what}, and its ${its} ${stay}: ${shown}. To have them deleted, set retire: {objects: delete}; to keep the target, declare it again.`
  }

  async apply(): Promise<Outcome> {
    return { target: this.id, status: 'succeeded', results: [], seconds: 0 }
  }

  async prune(plan: Plan): Promise<Outcome> {
    const prepared = this.#prepared.get(plan)
    if (!prepared) throw new Error(`the plan for ${plan.target} was not made by this target`)
    const { cluster, key, log, signal, source, onLease } = this.#options
    const now = () => this.#options.now?.() ?? new Date()
    const started = now().getTime()
    const done = (more: Pick<Outcome, 'status' | 'results' | 'failure'>): Outcome => ({
      target: this.id,
      seconds: (now().getTime() - started) / 1000,
      ...more
    })
    if (plan.changes.length === 0) return done({ status: 'succeeded', results: [] })
    const lease = {
      cluster,
      key,
      holder: `${source.run ?? hostname()} ${randomBytes(4).toString('hex')}`,
      deadline: started + PATIENCE,
      log,
      now,
      ...(onLease ? { onLease } : {}),
      ...(signal ? { signal } : {})
    }
    try {
      return await withLease(lease, async (lost) => {
        const stop = signal ? AbortSignal.any([signal, lost]) : lost
        await this.#refuseStale(prepared.record)
        const leaving = { deadline: now().getTime() + PATIENCE, log, now }
        const { results, failed } = await deletePrunable(cluster, prepared.deleting, applySetId(key), stop, leaving)
        if (failed === 0 && !stop.aborted && (await this.#removeInventory()))
          results.push({ resource: resourceOf(parentOf({ key, groupKinds: [], namespaces: [] })), action: 'pruned' })
        if (failed === 0) return done({ status: stop.aborted ? 'cancelled' : 'succeeded', results })
        const reason = results.find((one) => one.action === 'failed')?.message ?? ''
        const message = `${failed} objects of a target that is no longer declared could not be deleted: ${reason}`
        const hint = 'They stay in its inventory; the next deploy tries again.'
        return done({ status: 'failed', results, failure: { message, hint, resources: [] } })
      })
    } catch (error) {
      const hint = error instanceof GitOpsError && error.hint !== undefined ? { hint: error.hint } : {}
      return done({ status: 'failed', results: [], failure: { message: messageOf(error), ...hint, resources: [] } })
    }
  }

  /** A commit that declares the target again may have been deployed since the plan: then all of it is wanted again. */
  async #refuseStale(known: DeploymentRecord | undefined): Promise<void> {
    const { cluster, key } = this.#options
    const record = (await readInventory(cluster, key))?.record
    if (!record || sameDeployment(record, known)) return
    throw new GitOpsError(
      `Nothing was deleted: another run has deployed target "${key.target}" of ${key.environment} since the plan was made (${record.run ?? 'outside GitHub'}, ${timeText(record.time)}).`,
      { hint: 'If it is to go all the same, run again: that plans against what is there now.' }
    )
  }

  /** Once nothing carries its label any more: what moved has its new owner's, what is kept must not be forgotten. */
  async #removeInventory(): Promise<boolean> {
    const { cluster, key } = this.#options
    const inventory = await readInventory(cluster, key)
    if (!inventory) return false
    const left = await readLive(cluster, key, [], inventory)
    if ([...left.members.values()].some(isOurs) || (left.away ?? []).length > 0) return false
    const secret = { apiVersion: 'v1', kind: 'Secret', name: inventoryName(key), namespace: key.namespace }
    const uid = asString((await cluster.get(secret))?.metadata['uid'])
    return cluster.delete(secret, uid === undefined ? {} : { uid })
  }

  /** Nothing to remember any more. */
  async deployed(): Promise<DeploymentRecord | undefined> {
    return undefined
  }
}

/** All of a policy that pruning looks at. */
const POLICY = (maxPrune: number): KubernetesTargetOptions['policy'] => ({
  prune: true,
  maxPrune,
  fieldConflicts: 'fail',
  ignore: [],
  wait: false,
  timeout: PATIENCE,
  foreignFields: 'ignore',
  unmanaged: 'ignore'
})
